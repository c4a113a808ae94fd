"""A page before and after its execution, parsed only where a notebook is needed, and then once."""

import copy
import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from xordocs.site.cache import Memo
from xordocs.site.dependencies import version
from xordocs.site.notebooks import source
from xordocs.site.notebooks.options import DEFAULTS, PageOptions
from xordocs.site.notebooks.tags import execution

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["Executed", "Page", "PreExecuted"]

PARSERS = ("jupytext", "nbformat")
"""The distributions that decide what a text is as a notebook."""


@dataclass(frozen=True)
class Page:
    """A page that builds execute.

    Attributes:
        name: Its name.
        path: Its file.
        text: The file's content.
        memo: Keeps the digests of its cells from build to build.
        options: How it is executed.
    """

    name: str
    path: Path
    text: str
    memo: Memo = field(compare=False, repr=False)
    options: PageOptions = DEFAULTS

    @cached_property
    def source(self) -> source.Source:
        """The page as a notebook; to be copied before it is changed."""
        return source.parse(self.text, self.path)

    @cached_property
    def cells(self) -> list[str]:
        """One digest for each code cell, in order: equal if executing the cell does the same."""
        versions = (f"{name} {version(name)}" for name in PARSERS)
        origin = "fingerprints", *versions, self.path.suffix, self.text
        known = self.memo.get(*origin)
        if known is None:
            cells = source.code_cells(self.source.notebook)
            known = json.dumps([_fingerprint(cell) for cell in cells])
            self.memo.store(known, *origin)
        digests: list[str] = json.loads(known)
        return digests


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
        return self.page.path.suffix, self.page.text, self.outputs

    def notebook(self) -> "NotebookNode":
        """Combine the page's prose with the outputs of its cells into a new notebook."""
        from nbformat import NotebookNode, from_dict

        notebook = copy.deepcopy(self.page.source.notebook)
        if self.outputs:
            executed = from_dict(json.loads(self.outputs))
            notebook.metadata = NotebookNode({**executed.metadata, **notebook.metadata})
            pairs = zip(source.code_cells(notebook), source.code_cells(executed), strict=True)
            for cell, result in pairs:
                cell.outputs, cell.execution_count = result.outputs, result.execution_count
        return notebook


class PreExecuted(NamedTuple):
    """A page whose file holds its outputs, such as an ``.ipynb``.

    Attributes:
        path: Its file.
        text: The file's content.
    """

    path: Path
    text: str

    @property
    def origin(self) -> tuple[str, ...]:
        """Everything that determines the executed notebook."""
        return self.path.suffix, self.text

    def notebook(self) -> "NotebookNode":
        """Parse the file.

        Raises:
            PageError: It is no notebook.
        """
        return source.parse(self.text, self.path).notebook


def _fingerprint(cell: "NotebookNode") -> str:
    """Digest everything about a cell that changes what executing it does."""
    return hashlib.sha256(json.dumps([cell.source, execution(cell)]).encode()).hexdigest()
