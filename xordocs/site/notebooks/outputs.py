"""What a notebook's cells come to on the page: Markdown, for the template to put in order."""

import json
import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any
from urllib.parse import unquote

from nbformat import NotebookNode

from xordocs.site.errors import CellError
from xordocs.site.execution_error import ANSI, quoted
from xordocs.site.rendering.figures import inline_svg
from xordocs.site.rendering.images import inline_image
from xordocs.site.rendering.svg import FigureError

HIDES_INPUT = {"hide-input", "remove-input"}
HIDES_CELL = "remove-cell"
# What to show of an output that comes in several forms: the one that says most on a page.
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
SNIPPET = "-8<-"
"""Where pymdownx.snippets would put a file's text, also inside a fence."""


class Page:
    """One executed notebook. Its figures are counted, so that ids on the page are unique."""

    def __init__(self, notebook: NotebookNode) -> None:
        self._notebook = notebook
        self._figures = 0
        kernel = notebook.metadata.get("kernelspec", {})
        self.language = str(kernel.get("language", "python"))

    def cells(self) -> Iterator[tuple[int, NotebookNode]]:
        """Every cell that the page shows, with the number of code cells up to it."""
        number = 0
        for cell in self._notebook.cells:
            number += cell.cell_type == "code" and bool(cell.source.strip())
            if HIDES_CELL not in cell.metadata.get("tags", []):
                yield number, cell

    def shows_input(self, cell: NotebookNode) -> bool:
        """Whether the cell has code, and its tags do not hide it."""
        return bool(cell.source.strip()) and HIDES_INPUT.isdisjoint(cell.metadata.get("tags", []))

    def prose(self, cell: NotebookNode) -> str:
        """The cell's Markdown, with the images that are attached to it."""
        images = cell.get("attachments", {})
        return re.sub(
            r"attachment:([^)\s]+)",
            lambda found: attached(images.get(unquote(found[1]), {})) or found[0],
            cell.source,
        )

    def fence(self, text: str, attributes: str) -> str:
        """Fence text off, however many backticks stand in it."""
        if SNIPPET in text:
            opening = f'<div class="{attributes.replace(".", "")} highlight"><pre><code>'
            return f"{opening}{inert(escape(text.rstrip()))}\n</code></pre></div>"
        longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
        marks = "`" * max(3, longest + 1)
        return f"{marks} {{ {attributes} }}\n{text.rstrip()}\n{marks}"

    def outputs(self, number: int, cell: NotebookNode) -> Iterator[str]:
        """The cell's outputs as Markdown, streams that follow one another as one.

        Raises:
            CellError: The cell raised although it is not tagged raises-exception, or a figure in
                it cannot be published.
        """
        stream = ""
        for output in cell.outputs:
            if output.output_type == "stream":
                stream += output.text
                continue
            yield from self._printed(stream)
            stream = ""
            if output.output_type == "error":
                if "raises-exception" not in cell.metadata.get("tags", []):
                    told = plain("\n".join(output.traceback)).splitlines()
                    raise CellError(number, "raised an exception\n" + quoted(cell.source, told))
                yield self.fence(
                    plain("\n".join(output.traceback)), ".pytb .xd-output .xd-error .no-copy"
                )
                continue
            try:
                yield from self._displayed(output.data, output.metadata)
            except FigureError as error:
                raise CellError(number, str(error)) from error
        yield from self._printed(stream)

    def _printed(self, stream: str) -> Iterator[str]:
        text = plain(stream)
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
                said = {**metadata, **metadata.get(mime, {})}
                asked = said.get("width"), said.get("height")
                yield inline_image(content, mime, str(said.get("alt") or ""), asked)
            case "text/markdown":
                yield content
            case "text/html":
                yield raw_html(content)
            case "text/latex":
                yield formulas(content)
            case "application/json":
                text = json.dumps(content, indent=2, ensure_ascii=False)
                yield self.fence(text, ".json .xd-output .no-copy")
            case "text/plain":
                yield from self._printed(content)


def plain(text: str) -> str:
    """Text as a terminal would leave it: no colours, and a line overwritten by what followed."""
    lines = ANSI.sub("", text).replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in lines)


def formulas(latex: str) -> str:
    """A formula on lines of its own, or a text with formulas in it, as Markdown."""
    text = re.sub(r"\n\s*\n", "\n", latex.strip())
    whole = re.fullmatch(r"\$\$(.+)\$\$|\\\[(.+)\\\]|\$([^$]+)\$|([^$]+)", text, re.DOTALL)
    return f"$${next(filter(None, whole.groups())).strip()}$$" if whole else text


def attached(image: Mapping[str, str]) -> str:
    """An image that came with a cell, as an address."""
    return next((f"data:{mime};base64,{data}" for mime, data in image.items()), "")


def raw_html(html: str) -> str:
    """HTML as one block, in which Markdown finds neither a fence nor its end."""
    safe = re.sub(
        r"^(\s*)(```+|~~~+)", lambda m: m[1] + f"&#{ord(m[2][0])};" * len(m[2]), html, flags=re.M
    )
    return f'<div class="xd-html">\n{inert(safe.strip())}\n</div>'


def inert(html: str) -> str:
    """The same HTML, in which snippets finds nothing to do."""
    return re.sub("-8(<|&lt;)-", "-&#56;&lt;-", html)
