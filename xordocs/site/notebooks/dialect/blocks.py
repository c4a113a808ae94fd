"""Lay out the blocks of prose as Python-Markdown wants them."""

import functools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from xordocs.site.notebooks.dialect.html_block import mark_open_tags
from xordocs.site.notebooks.dialect.lists import CLOSE, INDENT, LISTS, MARKER, is_laid_out
from xordocs.site.notebooks.dialect.text import change_text, mask_formulas

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

__all__ = ["rewrite"]

MATERIAL = re.compile(r"\s*(?:!!!|\?\?\?\+?|===[!+]*|:::|///|-+8<-+|;|: |\[\^|\*\[|\{[:%{#])")
"""How a paragraph begins that is no prose to Python-Markdown's extensions."""
MERGED = {"blockquote_open", *LISTS}
"""Blocks that Python-Markdown makes one of if nothing else stands between them."""


def rewrite(lines: list[str], *, is_top: bool = False, in_item: bool = False) -> list[str]:
    """Rewrite the lines of one container: a cell, a list's item, a quotation."""
    tokens = _parser().parse("\n".join(mask_formulas(lines)))
    blocks = [token for token in tokens if token.level == 0 and token.map and token.nesting >= 0]
    rewritten: list[str] = []
    done, before = 0, ""
    for block in blocks:
        assert block.map is not None  # noqa: S101 - filtered above
        start, end = block.map
        while end > start and not lines[end - 1].strip():
            end -= 1
        rewritten += lines[done:start]
        is_second = in_item and block in blocks[:2]
        if start == done and _needs_blank(before, block.type, lines[start], is_second=is_second):
            rewritten.append("")
        if is_top and before == block.type and before in MERGED:
            rewritten += ["<!-- -->", ""]
        inner = [token for token in tokens if token.map and start <= token.map[0] < end]
        rewritten += _block(block, lines[start:end], inner, start, lines[end:])
        done, before = end, block.type
    return rewritten + lines[done:]


@functools.cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # most builds convert nothing

    return MarkdownIt("commonmark").enable("table")


def _needs_blank(before: str, after: str, line: str, *, is_second: bool) -> bool:
    """Whether Python-Markdown may see a block only after a blank line.

    Args:
        before: The type of the block that ends right before it; nothing if there is none.
        after: Its own type.
        line: Its first line.
        is_second: Whether it is the second block of a list's item.
    """
    if not before or (after == "paragraph_open" and MATERIAL.match(line)):
        return False
    return not (is_second and before == "paragraph_open" and after in CLOSE)


def _block(
    block: "Token", lines: list[str], inner: list["Token"], start: int, rest: list[str]
) -> list[str]:
    """Rewrite one block."""
    match block.type:
        case "bullet_list_open" | "ordered_list_open":
            if is_laid_out(lines, inner, start):
                has_code = any(token.type == "code_block" for token in inner)
                return lines if has_code else change_text(lines)
            return list(_items(lines, inner, start))
        case "blockquote_open":
            content = [re.sub(r"^ {0,3}> ?", "", line) for line in lines]
            changed = rewrite(content)
            return lines if changed == content else [f"> {line}".rstrip() for line in changed]
        case "heading_open" if block.markup in ("=", "-"):
            if len(lines) == 2:
                return lines
            title = " ".join(line.strip() for line in lines[:-1])
            return [f"{'#' if block.markup == '=' else '##'} {title}"]
        case "html_block":
            return mark_open_tags("\n".join(lines), "\n".join(rest)).split("\n")
        case "paragraph_open" if not MATERIAL.match(lines[0]):
            return change_text(lines)
    return lines


def _items(lines: list[str], inner: list["Token"], start: int) -> Iterator[str]:
    """Yield a list's lines, each item's content indented as far as Python-Markdown wants it."""
    for item in inner:
        if item.type != "list_item_open" or item.level != 1 or item.map is None:
            continue
        first, end = item.map[0] - start, item.map[1] - start
        content = lines[first:end]
        match = MARKER.match(content[0])
        if match is None:  # it was a formula's or a tab's doing
            yield from content
            continue
        spaces = len(match[3] or " ")
        width = len(match[1] + match[2]) + (spaces if spaces <= INDENT else 1)
        own = [content[0][width:], *(_dedent(line, width) for line in content[1:])]
        while own and not own[-1].strip() and len(own) > 1:
            own.pop()
        blanks = content[len(own) :]
        changed = rewrite(own, in_item=True)
        marker = match[2].replace(")", ".").ljust(INDENT - 1) + " "
        yield (marker + changed[0]).rstrip() if changed[0].strip() else marker
        for line in changed[1:]:
            yield " " * INDENT + line if line.strip() else ""
        yield from blanks
        if not blanks and not _is_simple(changed):
            yield ""


def _is_simple(item: list[str]) -> bool:
    """Whether an item is followed by others without a blank line: it has none itself."""
    return all(line.strip() for line in item)


def _dedent(line: str, width: int) -> str:
    """Take an item's indentation from a line; a line that has less of it is a lazy one."""
    expanded = line.expandtabs(INDENT) if line[:width].strip(" ") != line[:width].strip() else line
    indent = len(expanded) - len(expanded.lstrip(" "))
    return expanded[min(indent, width) :]
