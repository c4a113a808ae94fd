"""Adapt an SVG to the page around it: its colours and its font, unique ids, styles of its own."""

import re
import xml.etree.ElementTree as ElementTree

from xordocs.site.errors import FigureError

__all__ = ["SVG", "adapt"]

SVG = "{http://www.w3.org/2000/svg}"
HEX = re.compile(r"#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b(?!\))")
PAINTS = ("fill", "stroke", "color", "stop-color", "flood-color", "lighting-color")
NUMBER = re.compile(r"-?\d+\.\d{3,}")
COORDINATES = ("d", "points", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height")
REFERENCE = re.compile(r"url\(#([^)]+)\)")
SANS = re.compile(r"""(?:'(?:Source Sans 3|DejaVu Sans)'|"(?:Source Sans 3|DejaVu Sans)")[^;{}]*""")
POINTS = {"pt": 4 / 3, "px": 1.0, "": 1.0, "in": 96.0}


def adapt(svg: ElementTree.Element, name: str) -> None:
    """Adapt a parsed SVG to the page that it stands in, in place.

    Args:
        svg: The root element.
        name: Its class and the prefix of its ids; unique on the page.

    Raises:
        FigureError: Its width or height is missing or relative.
    """
    _drop_namespaces(svg)
    _number_ids(svg, name)
    for element in svg.iter():
        _restyle(element, name)
    _unwrap_groups(svg)
    _drop_blanks(svg)
    _set_size(svg)


def _drop_namespaces(svg: ElementTree.Element) -> None:
    """Drop namespaces and metadata: HTML knows the svg element, and allows no prefixes in it."""
    for parent in list(svg.iter()):
        for child in list(parent):
            if child.tag == f"{SVG}metadata":
                parent.remove(child)
    for element in svg.iter():
        element.tag = element.tag.rpartition("}")[2]
        for key in list(element.attrib):
            if "}" in key:
                element.set(key.rpartition("}")[2], element.attrib.pop(key))


def _number_ids(svg: ElementTree.Element, name: str) -> None:
    """Number the ids that something refers to, and drop the others."""
    used: dict[str, str] = {}
    for element in svg.iter():
        for value in [*element.attrib.values(), _style_sheet(element)]:
            for old in [*REFERENCE.findall(value), *([value[1:]] if value.startswith("#") else [])]:
                used.setdefault(old, f"{name}-{len(used) + 1}")
    for element in svg.iter():
        if sheet := _style_sheet(element):
            element.text = REFERENCE.sub(lambda match: f"url(#{used[match[1]]})", sheet)
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


def _style_sheet(element: ElementTree.Element) -> str:
    return element.text or "" if element.tag == "style" else ""


def _restyle(element: ElementTree.Element, name: str) -> None:
    if element.tag == "style":
        # A style sheet inside inline SVG reaches the whole page: nest it under this figure.
        element.text = f".{name}{{{_use_variables(element.text or '')}}}"
    style = element.get("style", "")
    for paint in PAINTS:
        if HEX.fullmatch(element.get(paint, "")):
            # var() is for style sheets, not for attributes.
            style = f"{paint}: {element.attrib.pop(paint)}; {style}"
    if style:
        style = SANS.sub("var(--xd-ui, sans-serif)", _round(_use_variables(style)))
        element.set("style", re.sub(r"\s*([:;])\s+", r"\1", style).strip("; "))
    if SANS.match(element.get("font-family", "")):
        del element.attrib["font-family"]
    for key in COORDINATES:
        if key in element.attrib:
            element.set(key, " ".join(_round(element.attrib[key]).split()))
    transform = element.get("transform", "")
    if transform and "matrix" not in transform and "scale" not in transform:
        element.set("transform", _round(transform))


def _use_variables(text: str) -> str:
    def variable(match: re.Match[str]) -> str:
        digits = match[1].lower()
        digits = digits if len(digits) == 6 else "".join(2 * digit for digit in digits)
        return f"var(--fig-{digits},#{digits})"

    return HEX.sub(variable, text)


def _round(text: str) -> str:
    """Round numbers to hundredths of a point, which no screen shows."""
    return NUMBER.sub(lambda match: f"{float(match[0]):.2f}".rstrip("0").rstrip("."), text)


def _drop_blanks(parent: ElementTree.Element) -> None:
    """Drop spaces between elements, except within a text, where they are shown."""
    if parent.tag == "text":
        return
    parent.text = _unless_blank(parent.text)
    for child in parent:
        child.tail = _unless_blank(child.tail)
        _drop_blanks(child)


def _unless_blank(text: str | None) -> str | None:
    return text if text and text.strip() else None


def _unwrap_groups(parent: ElementTree.Element) -> None:
    """Replace groups without attributes by their content."""
    for child in list(parent):
        _unwrap_groups(child)
        if child.tag == "g" and not child.attrib:
            at = list(parent).index(child)
            parent[at : at + 1] = list(child)


def _set_size(svg: ElementTree.Element) -> None:
    """Give width and height in CSS pixels, so that nothing moves when the page is laid out."""
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
