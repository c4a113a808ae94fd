"""The size of an SVG on the page, and how exact its numbers must be for it."""

import math
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator

__all__ = ["count_decimals", "round_numbers", "set_size"]

NUMBER = re.compile(r"(?<![\d.])-?(?:0|[1-9]\d{,14})\.\d{3,}(?![\d.eE])")
"""A number that can be rounded wherever it stands: in a path, a digit before it can be a flag.

Of one that has more digits, no decimal would be kept, and some are too large for a float."""
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


def set_size(svg: ElementTree.Element) -> None:
    """Give width and height in CSS pixels, so that nothing moves when the page is laid out.

    A width in per cent stays: it is of the page's width, which only the browser knows.
    """
    box = _view_box(svg)
    ratio = box[3] / box[2] if box else None
    width, height = _pixels(svg.get("width")), _pixels(svg.get("height"))
    if width is None and height is None:
        width, height = (box[2], box[3]) if box else DEFAULT_SIZE
    elif height is None:
        height = width * ratio if width is not None and ratio else DEFAULT_SIZE[1]
    elif width is None:
        width = height / ratio if ratio else DEFAULT_SIZE[0]
    if not (width and height and width + height < math.inf):
        width, height = DEFAULT_SIZE
    if box is None:
        svg.set("viewBox", f"0 0 {width:.0f} {height:.0f}")
    is_relative = re.fullmatch(r"\s*[\d.]+\s*%\s*", svg.get("width", ""))
    svg.set("width", svg.get("width", "").strip() if is_relative else f"{width:.0f}")
    svg.set("height", f"{height:.0f}")
    if is_relative:
        del svg.attrib["height"]
    svg.attrib.pop("version", None)


def count_decimals(svg: ElementTree.Element) -> int | None:
    """Count the decimals that a screen shows: about hundredths of a point.

    None if parts of the drawing are measured in parts of others, or magnified beyond all numbers.
    """
    for element in svg.iter():
        if element is not svg and "viewBox" in element.attrib:
            return None
        if "objectBoundingBox" in element.attrib.values():
            return None
    box = _view_box(svg)
    width = _pixels(svg.get("width")) or (box[2] if box else 0)
    scale = width / POINT / box[2] if box and width else 1.0
    scale *= max(_magnifications(svg, 1.0))
    return 2 + max(0, round(math.log10(scale))) if 0 < scale < math.inf else None


def _magnifications(parent: ElementTree.Element, scale: float) -> Iterator[float]:
    """Yield by how much each element is magnified; more if others that it shows can be, too."""
    for kind, values in SCALE.findall(" ".join(parent.attrib.values())):
        numbers = [abs(float(number)) for number in NUMBERS.findall(values)]
        scale *= max([1.0, *numbers[: 4 if kind == "matrix" else 2]])
    yield scale * scale if parent.tag == "use" else scale
    for child in parent:
        yield from _magnifications(child, scale)


def round_numbers(text: str, decimals: int | None) -> str:
    """Round the numbers in a text to this many decimals; None leaves them."""
    if decimals is None:
        return text
    return NUMBER.sub(lambda match: f"{float(match[0]):.{decimals}f}".rstrip("0").rstrip("."), text)


def _pixels(length: str | None) -> float | None:
    """Convert a length to CSS pixels; None if there is none, or it depends on something else."""
    match = LENGTH.fullmatch((length or "").strip())
    if match is None or match[3] not in PIXELS:
        return None
    pixels = float(f"{match[1]}e{match[2] or 0}") * PIXELS[match[3]]
    return pixels if 0 < pixels < math.inf else None


def _view_box(svg: ElementTree.Element) -> tuple[float, float, float, float] | None:
    """Return the part of the plane that an SVG shows; None if it does not say."""
    try:
        x, y, width, height = map(float, re.split(r"[\s,]+", svg.get("viewBox", "").strip()))
    except ValueError:
        return None
    is_drawn = 0 < width < math.inf and 0 < height < math.inf
    return (x, y, width, height) if is_drawn else None
