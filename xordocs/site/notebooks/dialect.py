r"""Rewrite notebooks' prose so that Python-Markdown reads it as Jupyter shows it.

Jupyter's Markdown is CommonMark with tables. markdown-it-py, which jupytext brings along, says
where blocks begin; what Python-Markdown would not see there is laid out as it wants it. All else
stays as it was written, Material's own syntax included: to CommonMark, text or indented code.
"""

import functools
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

__all__ = ["EXTENSIONS", "to_python_markdown"]

EXTENSIONS = {
    "md_in_html": {},
    "sane_lists": {},
    "tables": {},
    "pymdownx.magiclink": {},
    "pymdownx.tasklist": {},
    "pymdownx.tilde": {"subscript": False},
}
"""Python-Markdown's extensions for what Jupyter's dialect has besides, with their options."""

INDENT = 4
LITERAL = re.compile(
    r"^(?P<fence> *(?:`{3,}|~{3,}))[^\n]*\n(?:.*?^(?P=fence)[`~]*[ \t]*$|.*\Z)"
    r"|(?P<ticks>(?<!`)`+(?!`)).+?(?<!`)(?P=ticks)(?!`)"
    r"|(?<!\\)\$\$.+?\$\$"
    r"|\\begin\{(?P<environment>\w+\*?)\}.+?\\end\{(?P=environment)\}"
    r"|\\\\?\[.+?\\\\?\]"
    r"|(?<![\\$\w])\$(?![\s$])(?=[^$]*[\\^_={])(?:[^$\n]|\n(?!\s*\n))+?(?<![\s\\])\$(?![\d$])",
    re.DOTALL | re.MULTILINE,
)
"""Code and formulas, in which Markdown finds nothing."""
MARKER = re.compile(r"( *)([-+*]|\d{1,9}[.)])(?:( +)(?=\S)|[ \t]*$)")
MATERIAL = re.compile(r"\s*(?:!!!|\?\?\?\+?|===[!+]*|:::|///|-+8<-+|;|: |\[\^|\*\[|\{[:%{#])")
"""How a paragraph begins that is no prose to Python-Markdown's extensions."""
LISTS = {"bullet_list_open", "ordered_list_open"}
CLOSE = {"fence", *LISTS}
"""Blocks that Python-Markdown finds right under the text of their list's item."""
MERGED = {"blockquote_open", *LISTS}
"""Blocks that Python-Markdown makes one of if nothing else stands between them."""
ESCAPED = re.compile(r"""\\([<&~"'@^%/=?])""")
"""What CommonMark lets one escape, and Python-Markdown does not."""


def to_python_markdown(text: str) -> str:
    """Rewrite a cell's prose for Python-Markdown; what both read alike stays as it is.

    Args:
        text: Markdown as Jupyter shows it.
    """
    return "\n".join(_rewrite(text.split("\n"), is_top=True))


@functools.cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # most builds convert nothing

    return MarkdownIt("commonmark").enable("table")


def _rewrite(lines: list[str], *, is_top: bool = False, in_item: bool = False) -> list[str]:
    """Rewrite the lines of one container: a cell, a list's item, a quotation."""
    tokens = _parser().parse("\n".join(_masked(lines)))
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
            if _is_laid_out(lines, inner, start):
                return lines
            return list(_items(lines, inner, start))
        case "blockquote_open":
            content = [re.sub(r"^ {0,3}> ?", "", line) for line in lines]
            changed = _rewrite(content)
            return lines if changed == content else [f"> {line}".rstrip() for line in changed]
        case "heading_open" if block.markup in ("=", "-"):
            if len(lines) == 2:
                return lines
            title = " ".join(line.strip() for line in lines[:-1])
            return [f"{'#' if block.markup == '=' else '##'} {title}"]
        case "html_block":
            return _mark_open_tags("\n".join(lines), "\n".join(rest)).split("\n")
        case "paragraph_open" if not MATERIAL.match(lines[0]):
            return _outside_literals("\n".join(lines), _escape).split("\n")
    return lines


def _is_laid_out(lines: list[str], inner: list["Token"], start: int) -> bool:
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
        changed = _rewrite(own, in_item=True)
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


def _masked(lines: list[str]) -> list[str]:
    """Blot out formulas that go over several lines, in which lists seem to begin."""

    def blot(match: re.Match[str]) -> str:
        if match["fence"] or match["ticks"] or "\n" not in match[0]:
            return match[0]
        return re.sub(r"\S", "x", match[0])

    return LITERAL.sub(blot, "\n".join(lines)).split("\n")


def _outside_literals(text: str, change: Callable[[str], str]) -> str:
    """Change a paragraph where it is neither code nor a formula."""
    parts, at = [], 0
    for literal in LITERAL.finditer(text):
        parts += [change(text[at : literal.start()]), literal[0]]
        at = literal.end()
    return "".join([*parts, change(text[at:])])


def _escape(text: str) -> str:
    """Write out what Python-Markdown would read as something else."""
    text = re.sub(r"^( {0,3})(#{1,6}(?=[^\s#])|#{7,})", r"\1\\\2", text, flags=re.MULTILINE)
    text = re.sub(r"(?<!\\)\\\n", "  \n", text)
    return ESCAPED.sub(lambda match: f"&#{ord(match[1])};", text)


def _mark_open_tags(html: str, rest: str) -> str:
    """Have Markdown read inside of the elements that HTML leaves open before a blank line."""
    if not rest[:1].isspace() and rest.split("\n", 1)[0].strip():
        return html
    tags = _OpenTags()
    tags.feed(html)
    lines = html.split("\n")
    for name, line, column, text in reversed(tags.open):
        if f"</{name}" in rest.lower() and not re.search(r"\smarkdown\b", text):
            end = column + len(text.rstrip("/>").rstrip()) if "\n" not in text else -1
            if end > 0:
                lines[line] = f'{lines[line][:end]} markdown="block"{lines[line][end:]}'
    return "\n".join(lines)


class _OpenTags(HTMLParser):
    """The elements that are open at the end: name, line, column and the text of the tag."""

    # The names are the standard library's.

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, int, int, str]] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        line, column = self.getpos()
        self.open.append((tag, line - 1, column, self.get_starttag_text() or ""))

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        """Pass over an element without content."""

    def handle_endtag(self, tag: str) -> None:
        names = [name for name, *_ in self.open]
        if tag in names:
            del self.open[len(names) - 1 - names[::-1].index(tag) :]
