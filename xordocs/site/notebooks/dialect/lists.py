"""Whether Python-Markdown reads a list as CommonMark does."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["CLOSE", "INDENT", "LISTS", "MARKER", "is_laid_out"]

INDENT = 4
MARKER = re.compile(r"( *)([-+*]|\d{1,9}[.)])(?:( +)(?=\S)|[ \t]*$)")
LISTS = {"bullet_list_open", "ordered_list_open"}
CLOSE = {"fence", *LISTS}
"""Blocks that Python-Markdown finds right under the text of their list's item."""


def is_laid_out(lines: list[str], inner: list["Token"], start: int) -> bool:
    """Whether Python-Markdown finds every block of a list where CommonMark does."""
    items: dict[int, int] = {}  # where the item of each level begins
    before: dict[int, str] = {}  # the type of the block before on each level
    for token in inner:
        if token.map is None or token.nesting < 0 or token.type == "inline":
            continue
        first, end = token.map[0] - start, token.map[1] - start
        above = lines[items.get(token.level - 1, first) : first]
        sibling = before.get(token.level, "")
        before[token.level] = token.type
        if token.type == "list_item_open":
            items[token.level] = first
            before.pop(token.level + 1, None)
            if token.markup == ")" or not _is_apart(lines[first:end], lines[end:]):
                return False
        elif token.type not in LISTS and MARKER.match(lines[first]):
            if token.type != "paragraph_open":
                return False
            continue
        if not _is_indented(token, lines[first]):
            return False
        if token.type in CLOSE and above and above[-1].strip():
            is_text = all(map(str.strip, above)) or token.type not in LISTS
            if sibling != "paragraph_open" or not is_text:
                return False
        around = [*above[-1:], *lines[end : end + 1]]
        is_block = token.type not in {"paragraph_open", "list_item_open", "code_block", *CLOSE}
        if is_block and any(map(str.strip, around)):
            return False
    return True


def _is_indented(token: "Token", line: str) -> bool:
    """Whether a block of a list stands as far in as Python-Markdown expects it."""
    indent = len(line) - len(line.lstrip(" "))
    wanted = INDENT * (token.level // 2)  # a list has one level, and its items another
    if token.type == "code_block":
        return indent >= wanted + INDENT
    return wanted <= indent < wanted + INDENT


def _is_apart(item: list[str], rest: list[str]) -> bool:
    """Whether an item with a blank line in it is followed by one."""
    text = "\n".join(item)
    return not rest or text.endswith("\n") or not re.search(r"\n[ \t]*\n", text.rstrip())
