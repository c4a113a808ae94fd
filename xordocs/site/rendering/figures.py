"""Turn SVG into figures of the page, with a caption and an accessible description.

Parsed with the standard library's ElementTree: Matplotlib writes plain XML, and lxml would be a
dependency for nothing.
"""

import xml.etree.ElementTree as ElementTree
from base64 import b64encode
from html import escape

from xordocs.site.errors import FigureError, UndescribedError
from xordocs.site.rendering.svg import SVG, adapt, cannot_be_inline

__all__ = ["figcaption", "inline_svg", "svg_image"]

DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
WORK = "{http://creativecommons.org/ns#}Work"


def inline_svg(source: str, number: int, alt: str = "", caption: str = "") -> str:
    """Turn an SVG document into a figure for the page.

    Colours become `var(--fig-rrggbb, #rrggbb)`, ids are numbered, text takes the page's
    font, and the title and description of its Dublin Core metadata become its accessible name, and
    its caption if no other is given.

    Args:
        source: An SVG document.
        number: The figure's place on its page, counted from 1; it makes the ids unique.
        alt: What is to be seen on it, if the document does not say it.
        caption: What to say under it, after its title.

    Returns:
        A `<figure>` on one line.

    Raises:
        UndescribedError: Neither its metadata nor its own `<title>` nor `alt` describe it.
        FigureError: It is no SVG, or holds what must not be a part of the page.
    """
    try:
        svg = ElementTree.fromstring(source.strip())  # noqa: S314 - our own kernel wrote it
    except (ElementTree.ParseError, UnicodeError) as error:
        raise FigureError(f"the figure is not well-formed SVG: {error}") from error
    if svg.tag not in (f"{SVG}svg", "svg"):
        raise FigureError(f"the figure must be an svg element, got {svg.tag}")
    if reason := cannot_be_inline(svg):
        raise FigureError(f"the figure cannot be a part of the page: {reason}")
    title, description = _metadata(svg, "title"), _metadata(svg, "description")
    if not (title and description):
        alt = alt or ("" if title or description else _own_title(svg))
        if not alt.strip():
            raise UndescribedError(
                "display(figure, metadata={'image/svg+xml': {'alt': '...'}}), or "
                "savefig(..., metadata={'Title': '...', 'Description': '...'})",
                title or description,
            )
    else:  # Matplotlib repeats the title in the drawing
        for child in [*svg]:
            if child.tag.rpartition("}")[2] in ("title", "desc"):
                svg.remove(child)
    name = f"figure-{number}"
    frame = adapt(svg, name)
    svg.set("class", " ".join(filter(None, [svg.get("class"), name])))
    svg.set("role", "img")
    if title and description:
        svg.set("aria-labelledby", f"{name}-title {name}-description")
        for place, (kind, text) in enumerate((("title", title), ("desc", description))):
            element = ElementTree.Element(
                kind, id=f"{name}-{'title' if kind == 'title' else 'description'}"
            )
            element.text = text
            svg.insert(place, element)
    else:
        svg.attrib.pop("aria-labelledby", None)
        svg.set("aria-label", alt)
    # Axis ticks are no search results.
    svg.set("data-search-exclude", "true")
    classes = f"xd-figure {frame}".strip()
    drawn = ElementTree.tostring(svg, encoding="unicode")
    if title and description:
        below = figcaption(caption or description, title, repeats=not caption)
    else:
        below = figcaption(caption)
    return f'<figure class="{classes}">{drawn}{below}</figure>'


def figcaption(text: str, title: str = "", repeats: bool = False) -> str:
    """Return a figure's caption; nothing if there is no text.

    Args:
        text: What it says.
        title: The figure's title, which comes before it.
        repeats: It repeats the accessible description for the eye.
    """
    if not text.strip():
        return ""
    hidden = ' aria-hidden="true"' if repeats else ""
    strong = f"<strong>{escape(title.rstrip('.'))}.</strong> " if title else ""
    return f"<figcaption{hidden}>{strong}{escape(text)}</figcaption>"


def svg_image(source: str, alt: str, caption: str = "") -> str:
    """Show an SVG as an image, which nothing on the page reaches, and which reaches nothing.

    Args:
        source: An SVG document, or what should be one.
        alt: What is to be seen on it.
        caption: What to say under it.
    """
    data = b64encode(source.strip().encode(errors="replace")).decode()
    image = f'<img src="data:image/svg+xml;base64,{data}" alt="{escape(alt)}" loading="lazy">'
    return f'<figure class="xd-figure">{image}{figcaption(caption)}</figure>'


def _own_title(svg: ElementTree.Element) -> str:
    """Return the title and the description that stand in the drawing itself."""
    found = [svg.find(f"{space}{name}") for name in ("title", "desc") for space in (SVG, "")]
    texts = (" ".join("".join(it.itertext()).split()) for it in found if it is not None)
    return ". ".join(filter(None, texts))


def _metadata(svg: ElementTree.Element, name: str) -> str:
    """Find the title or description of the work itself, not of its creator."""
    for metadata in svg.iter(f"{SVG}metadata"):
        for work in (metadata, *metadata.iter(WORK)):
            found = work.find(f"{DUBLIN_CORE}{name}")
            if found is not None:
                return " ".join("".join(found.itertext()).split())
    return ""
