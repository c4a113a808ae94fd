"""Ids of an SVG that are unique on its page, and everything that refers to them."""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable

__all__ = ["number_ids", "style_sheet"]

REFERENCE = re.compile(r"""url\(\s*["']?#([^"')]+?)["']?\s*\)""")
IDS = ("aria-controls", "aria-describedby", "aria-details", "aria-labelledby", "aria-owns")
"""Attributes that are lists of ids."""
EVENT = re.compile(r"([^\s;.+-][^\s;.+]*)(?=\.(?:begin|end|repeat|click|focus|mouse|activate))")
"""The id in what begins or ends an animation: ``a.end + 1s``."""


def number_ids(svg: ElementTree.Element, name: str) -> None:
    """Number the ids that something refers to, and drop the others."""
    known = {element.get("id") for element in svg.iter()} - {None}
    used: dict[str, str] = {}

    def numbered(old: str) -> str:
        if old not in known:
            return old
        return used.setdefault(old, f"{name}-{len(used) + 1}")

    for element in svg.iter():
        if sheet := style_sheet(element):
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


def style_sheet(element: ElementTree.Element) -> str:
    """Return the text of a style sheet; nothing for other elements."""
    return element.text or "" if element.tag == "style" else ""
