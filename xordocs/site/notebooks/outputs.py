"""Render the cells of an executed notebook as Markdown."""

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from xordocs.site.errors import CellError, FigureError, quote_cell
from xordocs.site.notebooks.dialect import to_python_markdown
from xordocs.site.notebooks.displays import Displays, Figures, fence
from xordocs.site.notebooks.exercises import CLOSING, label, summary
from xordocs.site.notebooks.tags import Part as CellPart
from xordocs.site.notebooks.tags import execution, folds, hides, is_for_notebook, role
from xordocs.site.rendering.placeholders import Part, placeholder
from xordocs.site.rendering.terminal import as_displayed

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["CellRenderer", "Note"]

ATTACHMENT = re.compile(r"""(?:\]\(<?|\bsrc\s*=\s*["'])attachment:([^)>"']+)""")
"""An image that should be attached to its cell."""
LEXERS = {"c#": "csharp", "c++": "cpp", "f#": "fsharp"}
"""The names by which Pygments knows languages that are not words."""
MAGICS = {
    "bash": "bash", "cython": "cython", "html": "html", "javascript": "javascript",
    "js": "javascript", "julia": "julia", "latex": "latex", "markdown": "markdown", "perl": "perl",
    "r": "r", "ruby": "ruby", "script bash": "bash", "script sh": "bash", "sh": "bash",
    "sql": "sql", "svg": "xml", "system": "bash",
}  # fmt: skip
"""The languages of cells, by the cell magic that they begin with."""
FOLDED: Mapping[str, str] = {
    "cell": "Show this cell", "input": "Show the code", "output": "Show the output",
}  # fmt: skip
"""The words that open what a tag folds."""
KINDS = {"<figure": "Show the figure", "<table": "Show the table"}
"""The words that open an output which is one thing, by what its HTML holds."""
TITLE = re.compile(r"<(?:figcaption[^>]*><strong|caption)>(?P<title>[^<]+?)\.?</")
"""What such a thing is called."""
ELSEWHERE = (
    '<p class="xd-elsewhere">Do this one in the notebook, which you can download at the top of '
    "this page: complete the cell, run it, and then run the check below it.</p>"
)
"""What stands in an exercise that readers cannot do in the page."""
FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(?:.*\n)?---\s*", re.DOTALL)
"""Metadata, with which a page may begin."""
RAW = {"": "html", "html": "html", "text/html": "html", "markdown": "markdown", "md": "markdown",
       "text/markdown": "markdown"}  # fmt: skip
"""What raw cells of these formats are shown as; those of others are for other documents."""


RAISED = (
    "raised an exception, which the page may show if the cell has the tag `raises-exception`, or "
    "with `allow_errors: true`"
)
"""What is wrong with a cell whose output is an error, and what to do about it."""


class Note(NamedTuple):
    """What the author should know of a cell's output.

    Attributes:
        number: The code cell, counted from 1.
        text: What was found, and what was done about it.
        is_warning: Whether something is not shown.
    """

    number: int
    text: str
    is_warning: bool = False


class CellRenderer:
    """Renders the cells of one executed notebook.

    Its figures are numbered, so that their ids are unique on the page.

    Args:
        notebook: The notebook.
        figures: What to do about a figure without a description.

    Attributes:
        anchors: The ids of the exercises in the blocks so far.
        notes: What was found in the blocks so far.
        parts: What the placeholders in the blocks so far stand for.
    """

    def __init__(self, notebook: "NotebookNode", figures: Figures = "error") -> None:
        self._notebook = notebook
        self.anchors: list[str] = []
        self.notes: list[Note] = []
        self._failures: list[CellError] = []
        self.parts: dict[str, Part] = {}
        self._displays = Displays(notebook.metadata, figures)
        self._language = _language(notebook.metadata)
        self._carried: list[str] = []

    def blocks(self) -> Iterator[str]:
        """Yield the page's Markdown, block by block.

        Raises:
            CellError: Cells raised an exception although no tag allows it, or figures in them
                cannot be published; raised when all have been seen.
        """
        number = 0
        in_exercise = False
        for position, cell in enumerate(self._notebook.cells):
            number += cell.cell_type == "code" and bool(cell.source.strip())
            if in_exercise and role(cell) not in CLOSING:
                in_exercise = False
                yield self._hold("</xor-exercise>", is_html=True)
            if hides(cell, "cell"):
                continue
            if role(cell) == "exercise":
                in_exercise = True
                yield self._hold(self._exercise(position), is_html=True)
            match cell.cell_type:
                case "markdown":
                    yield from self._folded(position, "cell", [self._prose(number, cell)])
                case "raw":
                    yield from self._raw(number, cell, is_first=position == 0)
                case "code":
                    yield from self._folded(position, "cell", self._code(number, position))
        if in_exercise:
            yield self._hold("</xor-exercise>", is_html=True)
        if library := self._displays.library():
            yield self._hold(library, is_html=True)
            self._note_all(number)
        if self._failures:
            first, *first.others = self._failures
            raise first

    def _exercise(self, position: int) -> str:
        """Return what begins an exercise: a group with a name, and its visible caption."""
        name, title, heading = label(self._notebook.cells, position)
        self.anchors.append(name)
        caption = f"Exercise: {title}" if title else "Exercise"
        spoken = f"Exercise: {title or heading}" if title or heading else "Exercise"
        opening = f'<xor-exercise id="{escape(name)}" role="group" aria-label="{escape(spoken)}">'
        elsewhere = ELSEWHERE if is_for_notebook(self._notebook.cells[position]) else ""
        return f'{opening}\n<p class="xd-exercise">{escape(caption)}</p>{elsewhere}'

    def _code(self, number: int, position: int) -> Iterator[str]:
        """Yield a code cell: its code, and its outputs; in an element if readers can run it."""
        cell = self._notebook.cells[position]
        shows_code = bool(cell.source.strip()) and not hides(cell, "input")
        is_live = shows_code and role(cell) in ("live", "exercise") and not is_for_notebook(cell)
        if is_live:
            name = cell.metadata.get("name") if role(cell) == "live" else None
            given = f' name="{escape(str(name))}"' if name else ""
            yield self._hold(f"<xor-code{given}>", is_html=True)
        if shows_code:
            code = self._hold(fence(cell.source, f".{_lexer(cell, self._language)}"))
            yield from self._folded(position, "input", [code])
        if not hides(cell, "output"):
            yield from self._folded(position, "output", self._outputs(number, cell))
        if is_live:
            yield self._hold("</xor-code>", is_html=True)

    def _folded(self, position: int, part: CellPart, blocks: Iterable[str]) -> Iterator[str]:
        """Yield blocks, behind words that open them where the cell's tags fold this part of it."""
        cell = self._notebook.cells[position]
        blocks = list(blocks)
        if not blocks or not folds(cell, part):
            yield from blocks
            return
        words, about = FOLDED[part], 'class="xd-fold"'
        if part == "output" and len(blocks) == 1:
            html = self.parts[blocks[0]].text
            words = next((named for tag, named in KINDS.items() if tag in html), words)
            title = TITLE.search(html)
            words += f": {title['title']}" if title and words != FOLDED[part] else ""
        if part == "cell" and role(cell) in CLOSING:
            words = summary(self._notebook.cells, position)
            about = f'class="xd-fold xd-{role(cell)}" data-search-exclude="true"'
        yield self._hold(f"<details {about}><summary>{words}</summary>", is_html=True)
        yield from blocks
        yield self._hold("</details>", is_html=True)

    def _hold(self, text: str, *, is_html: bool = False) -> str:
        """Keep a part of the page out of reach, and return what stands for it."""
        part = Part(text, is_html)
        word = placeholder(part)
        self.parts[word] = part
        return word

    def _note_all(self, number: int) -> None:
        """Take over what the displays have noted."""
        noted = self._displays.take_notes()
        self.notes += [Note(number, text, is_warning) for text, is_warning in noted]

    def _prose(self, number: int, cell: "NotebookNode") -> str:
        """Return the cell's Markdown, with the images that are attached to it."""
        self._displays.read_headings(cell.source)
        text = to_python_markdown(cell.source, self._carried)
        images = cell.get("attachments", {})
        for name in sorted(images, key=len, reverse=True):  # one name can begin another
            for written in (name, quote(name), escape(name)):
                text = text.replace(f"attachment:{written}", _data_url(images[name]))
        for missing in ATTACHMENT.findall(text):
            self.notes.append(Note(number, f"the prose after it attaches no {missing}", True))
        return text

    def _raw(self, number: int, cell: "NotebookNode", *, is_first: bool) -> Iterator[str]:
        """Yield what a raw cell's format makes of it on a web page; nothing of front matter."""
        named = str(cell.metadata.get("raw_mimetype") or cell.metadata.get("format") or "").lower()
        if not cell.source.strip() or (is_first and FRONT_MATTER.fullmatch(cell.source)):
            return
        if RAW.get(named) == "html":
            yield self._hold(self._displays.html(cell.source), is_html=True)
            self._note_all(number)
        elif RAW.get(named) == "markdown":
            yield self._hold(to_python_markdown(cell.source))
        else:
            text = f"a raw cell of the format {named} stands after it, and is for other documents"
            self.notes.append(Note(number, text))

    def _outputs(self, number: int, cell: "NotebookNode") -> Iterator[str]:
        """Yield the cell's outputs, streams that follow one another as one."""
        stream, caption = "", cell.metadata.get("caption")
        said = {"caption": str(caption)} if caption else {}  # what an output brings comes first
        for output in cell.outputs:
            if output.output_type == "stream":
                if not hides(cell, output.name):
                    stream += output.text
                continue
            yield from self._printed(stream)
            stream = ""
            if output.output_type == "error":
                traceback = as_displayed("\n".join(output.traceback))
                if "raises-exception" not in execution(cell):
                    failure = quote_cell(cell.source, traceback.splitlines())
                    self._failures.append(CellError(number, f"{RAISED}\n{failure}"))
                yield self._hold(fence(traceback, ".pytb .xd-output .xd-error .no-copy"))
                continue
            try:
                shown = self._displays.render(number, output.data, {**said, **output.metadata})
            except FigureError as error:
                self._failures.append(CellError(number, str(error)))
                continue
            self._note_all(number)
            if shown is not None:
                yield self._hold(shown.text, is_html=shown.is_html)
        yield from self._printed(stream)

    def _printed(self, stream: str) -> Iterator[str]:
        text = as_displayed(stream)
        if text.strip():
            yield self._hold(fence(text, ".text .xd-output .no-copy"))


def _language(metadata: Mapping[str, Any]) -> str:
    """Return the name by which Pygments knows the language of a notebook's code."""
    kernel, info = metadata.get("kernelspec") or {}, metadata.get("language_info") or {}
    name = str(kernel.get("language") or info.get("name") or "python").lower()
    name = LEXERS.get(name, name)
    return name if re.fullmatch(r"[a-z][\w-]*", name) else "text"


def _lexer(cell: "NotebookNode", language: str) -> str:
    """Return the language of a cell: the notebook's, or the one that its cell magic is for."""
    magic = re.match(r"\s*%%(script \w+|\w+)", cell.source)
    return MAGICS.get(magic[1].lower(), language) if magic else language


def _data_url(image: Mapping[str, str]) -> str:
    """Return an image that is attached to a cell as an address; nothing if there is none."""
    return next((f"data:{mime};base64,{data}" for mime, data in image.items()), "")
