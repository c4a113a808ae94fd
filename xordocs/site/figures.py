"""Figures a page can carry: inline SVG that follows the page's colours, images with their size.

Parsed with the standard library's ElementTree: Matplotlib writes plain XML, and lxml would be a
dependency for nothing.
"""

import re
import struct
import xml.etree.ElementTree as ElementTree
from base64 import b64decode
from html import escape

from xordocs.site.drawing import SVG, FigureError, adapt

DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
WORK = "{http://creativecommons.org/ns#}Work"


def inline_svg(source: str, number: int) -> str:
    """Turn an SVG document into a figure for the page.

    Colours become `var(--fig-rrggbb, #rrggbb)`, ids are counted through, text takes the page's
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
        told = ElementTree.Element(
            kind, id=f"{name}-{'title' if kind == 'title' else 'description'}"
        )
        told.text = text
        svg.insert(place, told)
    drawn = re.sub(r">\s+<", "><", ElementTree.tostring(svg, encoding="unicode"))
    caption = f"<strong>{escape(title.rstrip('.'))}.</strong> {escape(description)}"
    # The caption repeats the accessible description for the eye.
    caption = f'<figcaption aria-hidden="true">{caption}</figcaption>'
    return f'<figure class="xd-figure">{drawn}{caption}</figure>'


def inline_image(data: str, mime: str, alt: str) -> str:
    """Turn a PNG or JPEG into an image of known size, inside the page.

    Args:
        data: The image in base64, as notebooks hold it.
        mime: `image/png` or `image/jpeg`.
        alt: What is to be seen on it.

    Raises:
        FigureError: There is no description, or the size cannot be read.
    """
    if not alt.strip():
        raise FigureError(
            'the image has no description; display it as Image(..., alt="what is to be seen")'
        )
    code = "".join(data.split())
    width, height = _pixels(b64decode(code), mime)
    return (
        f'<figure class="xd-figure"><img src="data:{mime};base64,{code}" alt="{escape(alt)}" '
        f'width="{width}" height="{height}" loading="lazy"></figure>'
    )


def _metadata(svg: ElementTree.Element, name: str) -> str:
    """The work's own title or description, and not the title of its creator."""
    for metadata in svg.iter(f"{SVG}metadata"):
        for work in (metadata, *metadata.iter(WORK)):
            found = work.find(f"{DUBLIN_CORE}{name}")
            if found is not None:
                return " ".join("".join(found.itertext()).split())
    return ""


def _pixels(image: bytes, mime: str) -> tuple[int, int]:
    """Read an image's width and height from its header."""
    if mime == "image/png" and image[12:16] == b"IHDR":
        width, height = struct.unpack(">II", image[16:24])
        return width, height
    at = 2
    while mime == "image/jpeg" and image[:2] == b"\xff\xd8" and at + 9 <= len(image):
        marker, length = image[at + 1], struct.unpack(">H", image[at + 2 : at + 4])[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", image[at + 5 : at + 9])
            return width, height
        at += 2 + length
    raise FigureError(f"cannot read the size of this {mime}")
