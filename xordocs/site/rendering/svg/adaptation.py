"""Adapt an SVG to the page around it: its colours and its font, unique ids, styles of its own."""

import re
import xml.etree.ElementTree as ElementTree

from xordocs.site.rendering.svg.ids import number_ids, style_sheet
from xordocs.site.rendering.svg.measures import count_decimals, round_numbers, set_size
from xordocs.site.rendering.webp import shrink

__all__ = ["SVG", "adapt", "cannot_be_inline"]

SVG = "{http://www.w3.org/2000/svg}"
HEX = re.compile(r"""#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b(?!["']?\s*\))""")
PAINTS = ("fill", "stroke", "color", "stop-color", "flood-color", "lighting-color")
COORDINATES = ("d", "points", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height")
MAX_DEPTH = 100
"""How deep elements may be nested; each level is a call of the functions that walk the drawing."""
SANS = re.compile(r"""(?:'(?:Source Sans 3|DejaVu Sans)'|"(?:Source Sans 3|DejaVu Sans)")[^;{}]*""")


def adapt(svg: ElementTree.Element, name: str) -> str:
    """Adapt a parsed SVG to the page that it stands in, in place.

    Args:
        svg: The root element.
        name: Its class and the prefix of its ids; unique on the page.

    Returns:
        The class that the element around it must have for the drawing's own rules; nothing if it
        has none.
    """
    _drop_namespaces(svg)
    number_ids(svg, name)
    decimals = count_decimals(svg)
    frame = f"{name}-frame" if _has_own_rules(svg) else ""
    for element in svg.iter():
        _restyle(element, frame or name, decimals, keeps_paints=bool(frame))
    _unwrap_groups(svg)
    _drop_blanks(svg)
    set_size(svg)
    return frame


def cannot_be_inline(svg: ElementTree.Element) -> str:
    """Say what in an SVG would not work, or not stay within it, as a part of the page; or nothing.

    Args:
        svg: The root element, as parsed.
    """
    if _depth(svg) > MAX_DEPTH:
        return f"elements nested more than {MAX_DEPTH} deep"
    for element in svg.iter():
        tag = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if tag in ("script", "foreignObject"):
            return f"a {tag} element"
        if tag == "style" and (rule := re.search(r"@[\w-]+", element.text or "")):
            return f"{rule[0]} in a style sheet"
        for key, value in element.attrib.items():
            if key.startswith("on") or value.strip().lower().startswith("javascript:"):
                return "scripts"
    return ""


def _depth(svg: ElementTree.Element) -> int:
    """Count the levels of elements."""
    depth, level = 0, [svg]
    while level:
        depth, level = depth + 1, [child for element in level for child in element]
    return depth


def _has_own_rules(svg: ElementTree.Element) -> bool:
    """Whether its style sheets say more than Matplotlib's, which are about all elements alike.

    Such rules can be about the root itself, and win over its elements' attributes.
    """
    sheets = "".join(style_sheet(element) for element in svg.iter())
    return any(selector.strip() != "*" for selector in re.findall(r"([^{}]+)\{", sheets))


def _drop_namespaces(svg: ElementTree.Element) -> None:
    """Drop namespaces, metadata and what drawing programs add for themselves.

    HTML knows the svg element, and allows no prefixes in it.
    """
    for parent in list(svg.iter()):
        for child in list(parent):
            foreign = child.tag.startswith("{") and not child.tag.startswith(SVG)
            if foreign or child.tag == f"{SVG}metadata":
                parent.remove(child)
    for element in svg.iter():
        element.tag = element.tag.rpartition("}")[2]
        for key in list(element.attrib):
            if "}" in key:
                element.set(key.rpartition("}")[2], element.attrib.pop(key))


def _restyle(
    element: ElementTree.Element, scope: str, decimals: int | None, *, keeps_paints: bool
) -> None:
    """Leave an element's colours and font to the page, and shorten its numbers.

    Args:
        element: The element.
        scope: The class that its style sheet is for.
        decimals: How many to keep; None if numbers must stay as they are.
        keeps_paints: Whether colours in attributes stay there, because rules win over them.
    """
    if element.tag == "style":
        # A style sheet inside inline SVG reaches the whole page: nest it under this figure.
        sheet = re.sub(r"\{[^{}]*\}", lambda rule: _use_variables(rule[0]), element.text or "")
        element.text = f".{scope}{{{sheet}}}"
    if element.tag == "image":
        element.set("href", shrink(element.get("href", "")))
    style = element.get("style", "")
    for paint in PAINTS:
        if not keeps_paints and HEX.fullmatch(element.get(paint, "")):
            # var() is for style sheets, not for attributes.
            style = f"{paint}: {element.attrib.pop(paint)}; {style}"
    if style:
        style = SANS.sub("var(--xd-ui, sans-serif)", round_numbers(_use_variables(style), decimals))
        element.set("style", re.sub(r"\s*([:;])\s+", r"\1", style).strip("; "))
    if SANS.match(element.get("font-family", "")):
        del element.attrib["font-family"]
    if "radient" in element.tag:
        return  # its coordinates are parts of the shape that it fills
    for key in COORDINATES:
        if key in element.attrib:
            element.set(key, " ".join(round_numbers(element.attrib[key], decimals).split()))
    transform = element.get("transform", "")
    if transform and "matrix" not in transform and "scale" not in transform:
        element.set("transform", round_numbers(transform, decimals))


def _use_variables(text: str) -> str:
    def variable(match: re.Match[str]) -> str:
        digits = match[1].lower()
        digits = digits if len(digits) == 6 else "".join(2 * digit for digit in digits)
        return f"var(--fig-{digits},#{digits})"

    return HEX.sub(variable, text)


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
