"""A page before and after its execution, parsed only where a notebook is needed, and then once."""

import copy
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from xordocs.site.cache import Memo
from xordocs.site.dependencies import version
from xordocs.site.notebooks import inline, source
from xordocs.site.notebooks.exercises import read_exercises
from xordocs.site.notebooks.options import DEFAULTS, PageOptions, merge
from xordocs.site.notebooks.tags import add_tag, execution, role

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["Executed", "Page", "PreExecuted"]

PARSERS = ("jupytext", "nbformat")
"""The distributions that decide what a text is as a notebook."""
_COMMENT = re.compile(r"^#.*\n", re.MULTILINE)
_MAGIC = re.compile(r"^\s*[%!].*$", re.MULTILINE)


class _Summary(NamedTuple):
    """What builds need to know of a page's text before they execute or convert it.

    Attributes:
        cells: One digest for each code cell, as `Page.cells` has them.
        options: What its header says of its execution.
        has_outputs: Whether its file holds outputs.
    """

    cells: list[str]
    options: dict[str, Any]
    has_outputs: bool


@dataclass(frozen=True)
class Page:
    """A notebook among a site's pages.

    Attributes:
        name: Its name.
        path: Its file.
        text: The file's content.
        options: How it is executed.
        cells: One digest for each code cell, in order: equal if executing the cell does the same,
            and the inline expressions that follow it are the same. Those before the first cell
            count as the first cell's.
        has_outputs: Whether the file holds outputs.
        parsed: The page as a notebook, if it had to be parsed to be read.
    """

    name: str
    path: Path
    text: str
    options: PageOptions
    cells: list[str]
    has_outputs: bool
    parsed: source.Source | None = field(compare=False, repr=False)

    @classmethod
    def read(
        cls,
        name: str,
        path: Path,
        memo: Memo,
        options: PageOptions = DEFAULTS,
        on_new_code: Callable[[Path, str], None] | None = None,
    ) -> Self:
        """Read a page's file, and parse it unless an earlier build has done so.

        Args:
            name: The page's name.
            path: Its file.
            memo: Keeps what is known of its text from build to build.
            options: What holds where the page's own header says nothing.
            on_new_code: Called before a Python file is parsed whose code is new: with the file and
                its text.

        Raises:
            PageError: The file is no notebook, or its header is not what it must be.
        """
        text = source.read_text(path)
        summary, parsed = _summarize(text, path, memo, on_new_code)
        whole, cells = merge(options, summary.options), summary.cells
        if whole.allow_errors:  # a cell that raises ends another page's execution
            cells = [_digest(f"{cell} may raise") for cell in cells]
        return cls(name, path, text, whole, cells, summary.has_outputs, parsed)

    @cached_property
    def source(self) -> source.Source:
        """The page as a notebook; to be copied before it is changed."""
        return self.parsed or source.parse(self.text, self.path)

    @property
    def code(self) -> str:
        """The page's code, without the magics that stand at the beginnings of lines."""
        if self.path.suffix == ".py":
            return self.text
        cells = source.code_cells(self.source.notebook)
        return _MAGIC.sub("", "\n".join(cell.source for cell in cells))


class Executed(NamedTuple):
    """A page with the outputs of its execution.

    Attributes:
        page: The page.
        outputs: A notebook with the page's code cells, executed, in JSON; nothing if it has none.
        cached: Whether a later build can find it.
    """

    page: Page
    outputs: str
    cached: bool = True

    @property
    def origin(self) -> tuple[str, ...]:
        """Everything that determines the executed notebook."""
        return *_origin(self.page), self.outputs

    def notebook(self) -> "NotebookNode":
        """Combine the page's prose with what its cells and its expressions came to."""
        from nbformat import NotebookNode, from_dict

        notebook = copy.deepcopy(self.page.source.notebook)
        if self.outputs:
            executed = from_dict(json.loads(self.outputs))
            inline.insert_results(notebook, executed.metadata.pop(inline.RESULTS, []))
            notebook.metadata = NotebookNode({**executed.metadata, **notebook.metadata})
            pairs = zip(source.code_cells(notebook), source.code_cells(executed), strict=True)
            for cell, result in pairs:
                cell.outputs, cell.execution_count = result.outputs, result.execution_count
        if self.page.options.allow_errors:
            _allow_errors(notebook)
        return notebook


class PreExecuted(NamedTuple):
    """A page that is not executed: it has the outputs that its file holds, if any.

    Attributes:
        page: The page.
    """

    page: Page

    @property
    def origin(self) -> tuple[str, ...]:
        """Everything that determines the notebook."""
        return _origin(self.page)

    def notebook(self) -> "NotebookNode":
        """Return the file's notebook.

        Raises:
            PageError: It has inline expressions, which only an execution can evaluate.
        """
        inline.refuse_expressions(self.page.source)
        notebook = copy.deepcopy(self.page.source.notebook)
        if self.page.options.allow_errors:
            _allow_errors(notebook)
        return notebook


def _origin(page: Page) -> tuple[str, ...]:
    return page.path.suffix, page.text, str(page.options.allow_errors)


def _summarize(
    text: str, path: Path, memo: Memo, on_new_code: Callable[[Path, str], None] | None
) -> tuple[_Summary, source.Source | None]:
    """Return what is known of a page's text, and the page as a notebook if that had to be parsed.

    Raises:
        PageError: The text is no notebook.
    """
    versions = (f"{name} {version(name)}" for name in PARSERS)
    origin = "summary", *versions, path.suffix, text
    known = memo.get(*origin)
    if known is not None:
        return _Summary(*json.loads(known)), None
    code = "code", _COMMENT.sub("", text)
    if path.suffix == ".py" and memo.get(*code) is None:
        if on_new_code is not None:
            on_new_code(path, text)
        memo.store("known", *code)
    parsed = source.parse(text, path)
    inline.check_expressions(parsed)
    read_exercises(parsed)
    has_outputs = any(cell.get("outputs") for cell in parsed.notebook.cells)
    summary = _Summary(_fingerprints(parsed.notebook), dict(parsed.options), has_outputs)
    memo.store(json.dumps(summary), *origin)
    return summary, parsed


def _fingerprints(notebook: "NotebookNode") -> list[str]:
    """Digest everything about each code cell that changes what executing it does."""
    above, *below = inline.sections(notebook)
    cells = source.code_cells(notebook)
    parts: list[list[Any]] = [[cell.source, execution(cell)] for cell in cells]
    for part, cell in zip(parts, cells, strict=True):
        part += [{"role": role(cell)}] if role(cell) in ("check", "solution") else []
    for part, codes in zip(parts, below, strict=True):
        part += [{"below": codes}] if codes else []
    if above:
        parts = parts or [["", []]]
        parts[0].append({"above": above})
    kernel = notebook.metadata.get("kernelspec", {})
    if parts and kernel.get("language") != "python":  # all of Python's run on the builder's own
        parts[0].append({"kernel": [kernel.get("name"), kernel.get("language")]})
    return [_digest(json.dumps(part)) for part in parts]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _allow_errors(notebook: "NotebookNode") -> None:
    """Tag the cells that have raised an exception as Jupyter tags those that may, in place."""
    for cell in source.code_cells(notebook):
        if any(output.output_type == "error" for output in cell.outputs):
            add_tag(cell, "raises-exception")
