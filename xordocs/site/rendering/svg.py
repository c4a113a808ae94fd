"""Adapt an SVG to the page around it: its colours and its font, unique ids, styles of its own."""

import math
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator

__all__ = ["SVG", "adapt", "cannot_be_inline"]

SVG = "{http://www.w3.org/2000/svg}"
HEX = re.compile(r"""#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b(?!["']?\s*\))""")
PAINTS = ("fill", "stroke", "color", "stop-color", "flood-color", "lighting-color")
NUMBER = re.compile(r"(?<![\d.])-?(?:0|[1-9]\d*)\.\d{3,}(?![\d.eE])")
"""A number that can be rounded wherever it stands: in a path, a digit before it can be a flag."""
COORDINATES = ("d", "points", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height")
REFERENCE = re.compile(r"""url\(\s*["']?#([^"')]+?)["']?\s*\)""")
IDS = ("aria-controls", "aria-describedby", "aria-details", "aria-labelledby", "aria-owns")
"""Attributes that are lists of ids."""
EVENT = re.compile(r"([^\s;.+-][^\s;.+]*)(?=\.(?:begin|end|repeat|click|focus|mouse|activate))")
"""The id in what begins or ends an animation: ``a.end + 1s``."""
SANS = re.compile(r"""(?:'(?:Source Sans 3|DejaVu Sans)'|"(?:Source Sans 3|DejaVu Sans)")[^;{}]*""")
POINT = 4 / 3
"""A point in CSS pixels."""
PIXELS = {
    "": 1.0, "px": 1.0, "pt": POINT, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4,
    "Q": 96 / 101.6, "em": 16.0, "rem": 16.0, "ex": 8.0, "ch": 8.0,
}  # fmt: skip
"""How many CSS pixels the units of lengths are."""
LENGTH = re.compile(r"\+?(\d+\.?\d*|\.\d+)(?:[eE]\+?(\d+))?\s*([a-zA-Z]*)")
DEFAULT_SIZE = (300.0, 150.0)
"""The size of a drawing that states none, in CSS pixels; CSS's."""
NUMBERS = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
SCALE = re.compile(r"(scale|matrix)\(([^)]*)\)")


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
    _number_ids(svg, name)
    decimals = _decimals(svg)
    frame = f"{name}-frame" if _has_own_rules(svg) else ""
    for element in svg.iter():
        _restyle(element, frame or name, decimals, keeps_paints=bool(frame))
    _unwrap_groups(svg)
    _drop_blanks(svg)
    _set_size(svg)
    return frame


def cannot_be_inline(svg: ElementTree.Element) -> str:
    """Say what in an SVG would not work, or not stay within it, as a part of the page; or nothing.

    Args:
        svg: The root element, as parsed.
    """
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


def _has_own_rules(svg: ElementTree.Element) -> bool:
    """Whether its style sheets say more than Matplotlib's, which are about all elements alike.

    Such rules can be about the root itself, and win over its elements' attributes.
    """
    sheets = "".join(_style_sheet(element) for element in svg.iter())
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


def _number_ids(svg: ElementTree.Element, name: str) -> None:
    """Number the ids that something refers to, and drop the others."""
    known = {element.get("id") for element in svg.iter()} - {None}
    used: dict[str, str] = {}

    def numbered(old: str) -> str:
        if old not in known:
            return old
        return used.setdefault(old, f"{name}-{len(used) + 1}")

    for element in svg.iter():
        if sheet := _style_sheet(element):
            element.text = _refer(_rename_selectors(sheet, numbered), numbered)
        for key, value in element.attrib.items():
            if key == "id":
                continue
            if key == "href" and value.startswith("#"):
                element.set(key, f"#{numbered(value[1:])}")
            elif key in IDS:
                element.set(key, " ".join(map(numbered, value.split())))
            elif key in ("begin", "end"):
                element.set(key, EVENT.sub(lambda match: numbered(match[1]), value))
            else:
                element.set(key, _refer(value, numbered))
    for element in svg.iter():
        if element.get("id") in used:
            element.set("id", used[element.attrib["id"]])
        else:
            element.attrib.pop("id", None)


def _refer(text: str, numbered: Callable[[str], str]) -> str:
    return REFERENCE.sub(lambda match: f"url(#{numbered(match[1])})", text)


def _rename_selectors(sheet: str, numbered: Callable[[str], str]) -> str:
    """Rename the ids in the selectors of a style sheet, but not its colours."""

    def rename(selectors: re.Match[str]) -> str:
        return re.sub(r"#([\w-]+)", lambda match: f"#{numbered(match[1])}", selectors[0])

    return re.sub(r"[^{}]+(?=\{)", rename, sheet)


def _style_sheet(element: ElementTree.Element) -> str:
    return element.text or "" if element.tag == "style" else ""


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
    style = element.get("style", "")
    for paint in PAINTS:
        if not keeps_paints and HEX.fullmatch(element.get(paint, "")):
            # var() is for style sheets, not for attributes.
            style = f"{paint}: {element.attrib.pop(paint)}; {style}"
    if style:
        style = SANS.sub("var(--xd-ui, sans-serif)", _round(_use_variables(style), decimals))
        element.set("style", re.sub(r"\s*([:;])\s+", r"\1", style).strip("; "))
    if SANS.match(element.get("font-family", "")):
        del element.attrib["font-family"]
    if "radient" in element.tag:
        return  # its coordinates are parts of the shape that it fills
    for key in COORDINATES:
        if key in element.attrib:
            element.set(key, " ".join(_round(element.attrib[key], decimals).split()))
    transform = element.get("transform", "")
    if transform and "matrix" not in transform and "scale" not in transform:
        element.set("transform", _round(transform, decimals))


def _decimals(svg: ElementTree.Element) -> int | None:
    """Count the decimals that a screen shows: about hundredths of a point.

    None if parts of the drawing are measured in parts of others.
    """
    for element in svg.iter():
        if element is not svg and "viewBox" in element.attrib:
            return None
        if "objectBoundingBox" in element.attrib.values():
            return None
    box = _view_box(svg)
    width = _pixels(svg.get("width")) or (box[2] if box else 0)
    scale = width / POINT / box[2] if box and width else 1.0
    return 2 + max(0, round(math.log10(scale * max(_magnifications(svg, 1.0), default=1.0))))


def _magnifications(parent: ElementTree.Element, scale: float) -> Iterator[float]:
    """Yield by how much each element is magnified; more if others that it shows can be, too."""
    for kind, values in SCALE.findall(" ".join(parent.attrib.values())):
        numbers = [abs(float(number)) for number in NUMBERS.findall(values)]
        scale *= max([1.0, *numbers[: 4 if kind == "matrix" else 2]])
    yield scale**2 if parent.tag == "use" else scale
    for child in parent:
        yield from _magnifications(child, scale)


def _use_variables(text: str) -> str:
    def variable(match: re.Match[str]) -> str:
        digits = match[1].lower()
        digits = digits if len(digits) == 6 else "".join(2 * digit for digit in digits)
        return f"var(--fig-{digits},#{digits})"

    return HEX.sub(variable, text)


def _round(text: str, decimals: int | None) -> str:
    if decimals is None:
        return text
    return NUMBER.sub(lambda match: f"{float(match[0]):.{decimals}f}".rstrip("0").rstrip("."), text)


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
    """Give width and height in CSS pixels, so that nothing moves when the page is laid out.

    A width in per cent stays: it is of the page's width, which only the browser knows.
    """
    box = _view_box(svg)
    ratio = box[3] / box[2] if box and box[2] else None
    width, height = _pixels(svg.get("width")), _pixels(svg.get("height"))
    if width is None and height is None:
        width, height = (box[2], box[3]) if box else DEFAULT_SIZE
    elif height is None:
        height = width * ratio if width is not None and ratio else DEFAULT_SIZE[1]
    elif width is None:
        width = height / ratio if ratio else DEFAULT_SIZE[0]
    if box is None:
        svg.set("viewBox", f"0 0 {width:.0f} {height:.0f}")
    is_relative = re.fullmatch(r"\s*[\d.]+\s*%\s*", svg.get("width", ""))
    svg.set("width", svg.get("width", "").strip() if is_relative else f"{width:.0f}")
    svg.set("height", f"{height:.0f}")
    if is_relative:
        del svg.attrib["height"]
    svg.attrib.pop("version", None)


def _pixels(length: str | None) -> float | None:
    """Convert a length to CSS pixels; None if there is none, or it depends on something else."""
    match = LENGTH.fullmatch((length or "").strip())
    if match is None or match[3] not in PIXELS:
        return None
    return float(match[1]) * 10.0 ** int(match[2] or 0) * PIXELS[match[3]] or None


def _view_box(svg: ElementTree.Element) -> tuple[float, float, float, float] | None:
    """Return the part of the plane that an SVG shows; None if it does not say."""
    try:
        x, y, width, height = map(float, re.split(r"[\s,]+", svg.get("viewBox", "").strip()))
    except ValueError:
        return None
    return (x, y, width, height) if width > 0 and height > 0 else None
