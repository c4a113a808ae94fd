"""Choose how to show what a cell displays, which comes in one or several forms."""

import json
import re
from collections.abc import Mapping
from typing import Any, Literal

from xordocs.site.errors import FigureError, UndescribedError
from xordocs.site.figure_text import FIGURE_TEXT
from xordocs.site.notebooks.dialect import headings, to_python_markdown
from xordocs.site.rendering import embeds, widgets
from xordocs.site.rendering.figures import inline_svg, svg_image
from xordocs.site.rendering.html_fragment import balance
from xordocs.site.rendering.images import inline_image
from xordocs.site.rendering.placeholders import Part
from xordocs.site.rendering.terminal import as_displayed

__all__ = ["Displays", "Figures", "fence"]

Figures = Literal["error", "note", "off"]
"""What to do about a figure without a description: fail, describe it and say so, or describe it."""

PREFERENCE = (
    re.escape(widgets.VIEW),
    r"image/svg\+xml",
    r"(?:application|text)/javascript",
    r"text/html",
    r"text/markdown",
    r"text/latex",
    r"image/png",
    r"image/jpeg",
    r"image/.+",
    r"application/pdf|(?:audio|video)/.+",
    embeds.CHARTS.pattern,
    r"application/json",
    r"text/vnd\.mermaid",
    r"text/plain",
    r"text/.+",
    r"application/(?:.+\+)?json|application/.+\.json",
)
"""Which form to show of an output that comes in several: nbconvert's order, and then others."""
COMPANIONS = re.compile(
    r"application/(?:json|javascript|vnd\.(?:bokehjs|holoviews|jupyter|plotly|vega).*)|image/.+"
    r"|text/.+"
)
"""Kinds of which nothing is lost when another form of the same output is shown."""
SHOWN_DATA = re.compile(rf"{re.escape(widgets.VIEW)}|{embeds.CHARTS.pattern}|application/json")
"""Kinds of JSON that are shown as what they are."""


class Displays:
    """Renders what the cells of one notebook display.

    Args:
        metadata: The notebook's, which holds the states of its widgets.
        figures: What to do about a figure without a description.
    """

    def __init__(self, metadata: Mapping[str, Any], figures: Figures) -> None:
        self._about_widgets = dict((metadata.get("widgets") or {}).get(widgets.STATE) or {})
        self._states: widgets.States = self._about_widgets.pop("state", {})
        self._options: Figures = figures
        self._figures = self._places = 0
        self._shown_widgets: set[str] = set()
        self._told_hosts: set[str] = set()
        self._has_require = False
        self._heading = ""
        self._notes: list[tuple[str, bool]] = []

    def take_notes(self) -> list[tuple[str, bool]]:
        """Return what was noted since the last call: each text, and whether it is a warning."""
        notes, self._notes = self._notes, []
        return notes

    def read_headings(self, prose: str) -> None:
        """Note under which heading the outputs that follow stand."""
        self._heading = [self._heading, *headings(prose)][-1]

    def render(
        self, number: int, data: Mapping[str, Any], metadata: Mapping[str, Any]
    ) -> Part | None:
        """Render an output in the form that suits a page best.

        Args:
            number: The code cell, counted from 1.
            data: The forms of the output, by kind.
            metadata: What is said of it, for all forms or by kind.

        Returns:
            HTML or Markdown; None if there is nothing to show.

        Raises:
            FigureError: A figure cannot be published.
        """
        known = {mime.lower(): content for mime, content in data.items()}
        view = known.get(widgets.VIEW)
        if view is not None and not self._has_state(view):
            del known[widgets.VIEW]
        mime = _preferred(known)
        if mime is None:
            if data:
                self._notes.append((f"nothing shows its output of the kind {_list(data)}", True))
            return None
        other = [kind for kind in data if kind.lower() != mime and not COMPANIONS.fullmatch(kind)]
        lost_view = view is not None and widgets.VIEW not in known
        lost = [*other, *([widgets.VIEW] if lost_view else [])]
        if mime.endswith("json") and not SHOWN_DATA.fullmatch(mime):
            lost.append(mime)
        elif mime != "text/plain":
            lost = []
        if lost:
            self._notes.append((f"its output of the kind {_list(lost)} is shown as text", False))
        described = {**metadata, **_mapping(metadata.get(mime))}
        return self._form(number, mime, known[mime], described)

    def library(self) -> str:
        """Return what loads the library of the widgets that were shown; nothing if none were."""
        if not self._shown_widgets:
            return ""
        library = widgets.embed_library(self._shown_widgets, self._states, self._about_widgets)
        self._note_hosts(library)
        return library

    def html(self, content: str) -> str:
        """Wrap HTML into a block that ends where it ends, and load what its scripts need."""
        require = ""
        if embeds.needs_require(content) and not self._has_require:
            self._has_require = True
            require = f'<script src="{embeds.REQUIRE_JS}"></script>\n'
        self._note_hosts(require + content)
        return f'<div class="xd-html">\n{require}{balance(content).strip()}\n</div>'

    def _has_state(self, view: Any) -> bool:
        return isinstance(view, Mapping) and view.get("model_id") in self._states

    def _form(
        self, number: int, mime: str, content: Any, described: Mapping[str, Any]
    ) -> Part | None:
        """Render one form of an output."""
        if mime == widgets.VIEW:
            return Part(self._widget(content), is_html=True)
        if embeds.CHARTS.fullmatch(mime):
            chart = embeds.embed_chart(mime, content, self._place())
            self._note_hosts(chart)
            return Part(chart, is_html=True)
        if mime == "application/json" or (mime.endswith("json") and not isinstance(content, str)):
            text = json.dumps(content, indent=2, ensure_ascii=False)
            return Part(fence(text, ".json .xd-output .no-copy"), is_html=False)
        text = _text(content)
        if mime == "image/svg+xml":
            return Part(self._svg(number, text, described), is_html=True)
        if mime.startswith("image/"):
            return Part(self._image(number, mime, text, described), is_html=True)
        if media := embeds.embed_media(mime, text, f"Output of cell {number}"):
            return Part(media, is_html=True)
        if not text.strip():
            return None
        match mime:
            case "application/javascript" | "text/javascript":
                self._note_hosts(text)
                return Part(embeds.embed_script(text, self._place()), is_html=True)
            case "text/html" if described.get("isolated"):
                self._note_hosts(text)
                return Part(embeds.embed_frame(text, f"Output of cell {number}"), is_html=True)
            case "text/html":
                return Part(self.html(text), is_html=True)
            case "text/markdown":
                return Part(to_python_markdown(text), is_html=False)
            case "text/latex":
                return Part(_formulas(text), is_html=False)
            case "text/vnd.mermaid":
                return Part(fence(text, ".mermaid"), is_html=False)
        return Part(fence(as_displayed(text), ".text .xd-output .no-copy"), is_html=False)

    def _place(self) -> str:
        """Name a place on the page that a script finds."""
        self._places += 1
        return f"xd-output-{self._places}"

    def _widget(self, view: Mapping[str, Any]) -> str:
        root = str(view["model_id"])
        progress = widgets.static_progress(root, self._states)
        if progress is not None:
            return progress
        self._shown_widgets.add(root)
        return widgets.embed_widget(view)

    def _svg(self, number: int, source: str, described: Mapping[str, Any]) -> str:
        self._figures += 1
        alt, caption = _text(described.get("alt") or ""), _text(described.get("caption") or "")
        try:
            try:
                return inline_svg(source, self._figures, alt, caption)
            except UndescribedError as error:
                made_up = self._describe(number, described, error)
                return inline_svg(source, self._figures, made_up, caption)
        except UndescribedError:
            raise
        except FigureError as error:
            if self._options == "error":
                raise
            self._notes.append((f"{error}; it is shown as an image of its own", False))
            return svg_image(source, alt or self._made_up(number, described), caption)

    def _image(self, number: int, mime: str, data: str, described: Mapping[str, Any]) -> str:
        size = _length(described.get("width")), _length(described.get("height"))
        background = str(described.get("needs_background") or "")
        alt, caption = _text(described.get("alt") or ""), _text(described.get("caption") or "")
        try:
            return inline_image(data, mime, alt, size, background, caption)
        except UndescribedError as error:
            alt = self._describe(number, described, error)
            return inline_image(data, mime, alt, size, background, caption)

    def _describe(self, number: int, described: Mapping[str, Any], error: UndescribedError) -> str:
        """Make up a description for a figure that has none, if that is allowed."""
        if self._options == "error":
            raise error
        if self._options == "note":
            self._notes.append((str(error), False))
        return error.hint or self._made_up(number, described)

    def _made_up(self, number: int, described: Mapping[str, Any]) -> str:
        text = str(described.get(FIGURE_TEXT) or "")
        if text:
            return text
        place = f"output of cell {number}"
        return f"{self._heading}: {place}" if self._heading else place.capitalize()

    def _note_hosts(self, html: str) -> None:
        hosts = embeds.remote_hosts(html) - self._told_hosts
        if hosts:
            self._told_hosts |= hosts
            self._notes.append((f"its output loads from {', '.join(sorted(hosts))}", False))


def fence(text: str, attributes: str) -> str:
    """Fence a text off, however many backticks stand in it."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    marks = "`" * max(3, longest + 1)
    return f"{marks} {{ {attributes} }}\n{text.rstrip()}\n{marks}"


def _preferred(data: Mapping[str, Any]) -> str | None:
    """Return the kind that comes first in the order of preference; None if all are unknown."""
    for pattern in PREFERENCE:
        for mime, content in data.items():
            if re.fullmatch(pattern, mime) and content is not None:
                return mime
    return None


def _formulas(latex: str) -> str:
    """Mark up a formula as one on lines of its own; leave a text with formulas in it."""
    text = re.sub(r"\n\s*\n", "\n", latex.strip())
    whole = re.fullmatch(r"\$\$(.+)\$\$|\\\[(.+)\\\]|\$([^$]+)\$|([^$]+)", text, re.DOTALL)
    return f"$${next(filter(None, whole.groups())).strip()}$$" if whole else text


def _text(content: Any) -> str:
    """Return a text, which may come in lines."""
    if isinstance(content, list) and all(isinstance(line, str) for line in content):
        return "".join(content)
    return content if isinstance(content, str) else json.dumps(content)


def _length(value: Any) -> float | None:
    """Return a width or height in CSS pixels; None if it is something else."""
    try:
        pixels = float(str(value).strip().removesuffix("px"))
    except ValueError:
        return None
    return pixels if 0 < pixels < 100_000 else None


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(kinds: Any) -> str:
    return ", ".join(kinds)
