"""Turn SVG into figures of the page, with a caption and an accessible description.

Parsed with the standard library's ElementTree: Matplotlib writes plain XML, and lxml would be a
dependency for nothing.
"""

import xml.etree.ElementTree as ElementTree
from html import escape

from xordocs.site.errors import FigureError
from xordocs.site.rendering.svg import SVG, adapt

__all__ = ["inline_svg"]

DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
WORK = "{http://creativecommons.org/ns#}Work"


def inline_svg(source: str, number: int) -> str:
    """Turn an SVG document into a figure for the page.

    Colours become `var(--fig-rrggbb, #rrggbb)`, ids are numbered, text takes the page's
    font, and the title and description of its Dublin Core metadata become its accessible name.

    Args:
        source: An SVG document with `dc:title` and `dc:description` in its metadata.
        number: The figure's place on its page, counted from 1; it makes the ids unique.

    Returns:
        A `<figure>` on one line.

    Raises:
        FigureError: The figure has no title or no description, or is no SVG.
    """
    try:
        svg = ElementTree.fromstring(source)  # noqa: S314 - our own kernel wrote it
    except ElementTree.ParseError as error:
        raise FigureError(f"the figure is not well-formed SVG: {error}") from error
    title = _metadata(svg, "title")
    description = _metadata(svg, "description")
    if not title or not description:
        raise FigureError(
            "the figure has no description; save it with "
            'metadata={"Title": "what it shows", "Description": "what is to be seen on it"}'
        )
    name = f"figure-{number}"
    adapt(svg, name)
    svg.set("class", name)
    svg.set("role", "img")
    svg.set("aria-labelledby", f"{name}-title {name}-description")
    # Axis ticks are no search results.
    svg.set("data-search-exclude", "true")
    for place, (kind, text) in enumerate((("title", title), ("desc", description))):
        element = ElementTree.Element(
            kind, id=f"{name}-{'title' if kind == 'title' else 'description'}"
        )
        element.text = text
        svg.insert(place, element)
    drawn = ElementTree.tostring(svg, encoding="unicode")
    caption = f"<strong>{escape(title.rstrip('.'))}.</strong> {escape(description)}"
    # The caption repeats the accessible description for the eye.
    caption = f'<figcaption aria-hidden="true">{caption}</figcaption>'
    return f'<figure class="xd-figure">{drawn}{caption}</figure>'


def _metadata(svg: ElementTree.Element, name: str) -> str:
    """Find the title or description of the work itself, not of its creator."""
    for metadata in svg.iter(f"{SVG}metadata"):
        for work in (metadata, *metadata.iter(WORK)):
            found = work.find(f"{DUBLIN_CORE}{name}")
            if found is not None:
                return " ".join("".join(found.itertext()).split())
    return ""
