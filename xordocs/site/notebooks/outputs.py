"""Render the cells of an executed notebook as Markdown, for the template to put in order."""

import json
import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from xordocs.site.errors import ANSI, CellError, FigureError, quote_cell
from xordocs.site.notebooks.tags import execution, hides
from xordocs.site.rendering.figures import inline_svg
from xordocs.site.rendering.html_fragment import balance
from xordocs.site.rendering.images import inline_image

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["CellRenderer"]

PREFERENCE = (
    "image/svg+xml",
    "text/markdown",
    "text/html",
    "text/latex",
    "image/png",
    "image/jpeg",
    "image/gif",
    "application/json",
    "text/plain",
)
"""Which form to show of an output that comes in several: the first, which says most on a page."""
SNIPPET = "-8<-"
"""Where pymdownx.snippets would put a file's text, also inside a fence."""


class CellRenderer:
    """Renders the cells of one executed notebook.

    Its figures are numbered, so that their ids are unique on the page.

    Args:
        notebook: The notebook.

    Attributes:
        language: The language of its code.
    """

    def __init__(self, notebook: "NotebookNode") -> None:
        self._notebook = notebook
        self._figures = 0
        kernel = notebook.metadata.get("kernelspec", {})
        self.language = str(kernel.get("language", "python"))

    def cells(self) -> Iterator[tuple[int, "NotebookNode"]]:
        """Yield every cell that the page shows, with the number of code cells up to it."""
        number = 0
        for cell in self._notebook.cells:
            number += cell.cell_type == "code" and bool(cell.source.strip())
            if not hides(cell, "cell"):
                yield number, cell

    def shows_input(self, cell: "NotebookNode") -> bool:
        """Whether the cell has code, and its tags do not hide it."""
        return bool(cell.source.strip()) and not hides(cell, "input")

    def prose(self, cell: "NotebookNode") -> str:
        """Return the cell's Markdown, with the images that are attached to it."""
        images = cell.get("attachments", {})
        return re.sub(
            r"attachment:([^)\s]+)",
            lambda found: _data_url(images.get(unquote(found[1]), {})) or found[0],
            cell.source,
        )

    def fence(self, text: str, attributes: str) -> str:
        """Fence a text off, however many backticks stand in it."""
        if SNIPPET in text:
            opening = f'<div class="{attributes.replace(".", "")} highlight"><pre><code>'
            return f"{opening}{_escape_snippets(escape(text.rstrip()))}\n</code></pre></div>"
        longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
        marks = "`" * max(3, longest + 1)
        return f"{marks} {{ {attributes} }}\n{text.rstrip()}\n{marks}"

    def outputs(self, number: int, cell: "NotebookNode") -> Iterator[str]:
        """Yield the cell's outputs as Markdown, streams that follow one another as one.

        Args:
            number: The number of the code cell.
            cell: The cell.

        Raises:
            CellError: The cell raised an exception although no tag allows it, or a figure in it
                cannot be published.
        """
        if hides(cell, "output"):
            return
        stream = ""
        for output in cell.outputs:
            if output.output_type == "stream":
                stream += output.text
                continue
            yield from self._printed(stream)
            stream = ""
            if output.output_type == "error":
                traceback = _as_displayed("\n".join(output.traceback))
                if "raises-exception" not in execution(cell):
                    failure = quote_cell(cell.source, traceback.splitlines())
                    raise CellError(number, f"raised an exception\n{failure}")
                yield self.fence(traceback, ".pytb .xd-output .xd-error .no-copy")
                continue
            try:
                yield from self._displayed(output.data, output.metadata)
            except FigureError as error:
                raise CellError(number, str(error)) from error
        yield from self._printed(stream)

    def _printed(self, stream: str) -> Iterator[str]:
        text = _as_displayed(stream)
        if text.strip():
            yield self.fence(text, ".text .xd-output .no-copy")

    def _displayed(self, data: Mapping[str, Any], metadata: Mapping[str, Any]) -> Iterator[str]:
        mime = next((kind for kind in PREFERENCE if kind in data), None)
        content = data[mime] if mime else ""
        match mime:
            case "image/svg+xml":
                self._figures += 1
                yield inline_svg(content, self._figures)
            case "image/png" | "image/jpeg" | "image/gif":
                described = {**metadata, **metadata.get(mime, {})}
                size = described.get("width"), described.get("height")
                yield inline_image(content, mime, str(described.get("alt") or ""), size)
            case "text/markdown":
                yield content
            case "text/html":
                yield _html_block(content)
            case "text/latex":
                yield _formulas(content)
            case "application/json":
                text = json.dumps(content, indent=2, ensure_ascii=False)
                yield self.fence(text, ".json .xd-output .no-copy")
            case "text/plain":
                yield from self._printed(content)


def _as_displayed(text: str) -> str:
    """Return a text as a terminal shows it: no colours, and overwritten lines as they end up."""
    lines = ANSI.sub("", text).replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in lines)


def _formulas(latex: str) -> str:
    """Mark up a formula as one on lines of its own; leave a text with formulas in it."""
    text = re.sub(r"\n\s*\n", "\n", latex.strip())
    whole = re.fullmatch(r"\$\$(.+)\$\$|\\\[(.+)\\\]|\$([^$]+)\$|([^$]+)", text, re.DOTALL)
    return f"$${next(filter(None, whole.groups())).strip()}$$" if whole else text


def _data_url(image: Mapping[str, str]) -> str:
    """Return an image that is attached to a cell as an address; nothing if there is none."""
    return next((f"data:{mime};base64,{data}" for mime, data in image.items()), "")


def _html_block(html: str) -> str:
    """Wrap HTML into one block, in which Markdown finds neither a fence nor the block's end."""
    safe = re.sub(
        r"^(\s*)(```+|~~~+)",
        lambda m: m[1] + f"&#{ord(m[2][0])};" * len(m[2]),
        balance(html),
        flags=re.MULTILINE,
    )
    return f'<div class="xd-html">\n{_escape_snippets(safe.strip())}\n</div>'


def _escape_snippets(html: str) -> str:
    """Encode the marker of pymdownx.snippets in HTML, so that no file is inserted there."""
    return re.sub("-8(<|&lt;)-", "-&#56;&lt;-", html)
