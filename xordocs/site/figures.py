"""Figures a page can carry: inline SVG that follows the page's colours, images with their size.

Parsed with the standard library's ElementTree: Matplotlib writes plain XML, and lxml would be a
dependency for nothing.
"""

import re
import struct
import xml.etree.ElementTree as ElementTree
from base64 import b64decode
from html import escape

SVG = "{http://www.w3.org/2000/svg}"
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
WORK = "{http://creativecommons.org/ns#}Work"
HEX = re.compile(r"#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b(?!\))")
PAINTS = ("fill", "stroke", "color", "stop-color", "flood-color", "lighting-color")
NUMBER = re.compile(r"-?\d+\.\d{3,}")
COORDINATES = ("d", "points", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height")
REFERENCE = re.compile(r"url\(#([^)]+)\)")
SANS = re.compile(r"""(?:'(?:Source Sans 3|DejaVu Sans)'|"(?:Source Sans 3|DejaVu Sans)")[^;{}]*""")
POINTS = {"pt": 4 / 3, "px": 1.0, "": 1.0, "in": 96.0}


class FigureError(ValueError):
    """A figure that must not be published as it is."""


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
    _forget_namespaces(svg)
    name = f"figure-{number}"
    _rename(svg, name)
    for element in svg.iter():
        _restyle(element, name)
    _unwrap(svg)
    _size(svg)
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


def _forget_namespaces(svg: ElementTree.Element) -> None:
    """HTML knows the svg element, and wants no prefixes inside it."""
    for parent in list(svg.iter()):
        for child in list(parent):
            if child.tag == f"{SVG}metadata":
                parent.remove(child)
    for element in svg.iter():
        element.tag = element.tag.rpartition("}")[2]
        for key in list(element.attrib):
            if "}" in key:
                element.set(key.rpartition("}")[2], element.attrib.pop(key))


def _rename(svg: ElementTree.Element, name: str) -> None:
    """Count the ids that something refers to, and drop the others."""
    used: dict[str, str] = {}
    for element in svg.iter():
        for value in element.attrib.values():
            for old in [*REFERENCE.findall(value), *([value[1:]] if value.startswith("#") else [])]:
                used.setdefault(old, f"{name}-{len(used) + 1}")
    for element in svg.iter():
        for key, value in list(element.attrib.items()):
            if key == "id":
                if value not in used:
                    del element.attrib["id"]
                else:
                    element.set("id", used[value])
            elif key == "href" and value.startswith("#"):
                element.set("href", f"#{used[value[1:]]}")
            else:
                element.set(key, REFERENCE.sub(lambda match: f"url(#{used[match[1]]})", value))


def _restyle(element: ElementTree.Element, name: str) -> None:
    if element.tag == "style":
        # A style sheet inside inline SVG reaches the whole page: nest it under this figure.
        element.text = f".{name}{{{_paint(element.text or '')}}}"
    style = element.get("style", "")
    for paint in PAINTS:
        if HEX.fullmatch(element.get(paint, "")):
            # var() is for style sheets, not for attributes.
            style = f"{paint}: {element.attrib.pop(paint)}; {style}"
    if style:
        style = SANS.sub("var(--xd-ui, sans-serif)", _round(_paint(style)))
        element.set("style", re.sub(r"\s*([:;])\s+", r"\1", style).strip("; "))
    if SANS.match(element.get("font-family", "")):
        del element.attrib["font-family"]
    for key in COORDINATES:
        if key in element.attrib:
            element.set(key, " ".join(_round(element.attrib[key]).split()))
    transform = element.get("transform", "")
    if transform and "matrix" not in transform and "scale" not in transform:
        element.set("transform", _round(transform))


def _paint(text: str) -> str:
    def variable(match: re.Match[str]) -> str:
        digits = match[1].lower()
        digits = digits if len(digits) == 6 else "".join(2 * digit for digit in digits)
        return f"var(--fig-{digits},#{digits})"

    return HEX.sub(variable, text)


def _round(text: str) -> str:
    """Hundredths of a point are below what a screen shows."""
    return NUMBER.sub(lambda match: f"{float(match[0]):.2f}".rstrip("0").rstrip("."), text)


def _unwrap(parent: ElementTree.Element) -> None:
    """Groups that lost their id hold nothing together."""
    for child in list(parent):
        _unwrap(child)
        if child.tag == "g" and not child.attrib:
            at = list(parent).index(child)
            parent[at : at + 1] = list(child)


def _size(svg: ElementTree.Element) -> None:
    """Width and height in CSS pixels, so that nothing moves when the page is laid out."""
    for key in ("width", "height"):
        match = re.fullmatch(r"([\d.]+)\s*(pt|px|in|)", svg.get(key, ""))
        if match is None:
            raise FigureError(
                f"the figure's {key} must be a number of pt, px or in, got {svg.get(key)!r}"
            )
        svg.set(key, f"{float(match[1]) * POINTS[match[2]]:.0f}")
    if "viewBox" not in svg.attrib:
        svg.set("viewBox", f"0 0 {svg.get('width')} {svg.get('height')}")
    svg.attrib.pop("version", None)


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
