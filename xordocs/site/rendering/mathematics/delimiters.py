r"""Find the formulas in Markdown, as Jupyter does before it reads the Markdown around them.

Formulas are found from left to right beside what must not be searched: code, HTML tags, escaped
characters. Dollars that stand for money or shell variables are told apart by what is between them.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Formula", "find_formulas"]


class Formula(NamedTuple):
    r"""A formula in a text.

    Attributes:
        start: Where it begins in the text, its delimiters included.
        end: Where it ends.
        latex: What is to be set, without dollars, but with its `\begin` and `\end`.
        display: Whether it stands on lines of its own.
        punctuation: What closes the sentence right after a formula on lines of its own.
    """

    start: int
    end: int
    latex: str
    display: bool
    punctuation: str = ""


_ATTRIBUTE = r"""\s+[A-Za-z_:][\w:.-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?"""
_CANDIDATE = re.compile(r"[`~<(\x02\\$]")
"""How a token begins; most characters begin none."""
_GAP = r"\n[ \t>]*\n"
_TOKEN = re.compile(
    rf"""
      (?P<fence>(?<![^\s>])(`{{3,}}|~{{3,}}).*?^[ \t>]*\2)
    | (?P<code>(`+)(?!`)(?:(?!{_GAP}).)+?(?<!`)\4(?!`))
    | (?P<ticks>`+)
    | (?P<raw><(script|style|pre|code|textarea|svg|math)\b[^>]*>.*?</\7\s*>)
    | (?P<comment><!--.*?-->)
    | (?P<tag></?[A-Za-z][\w-]*(?:{_ATTRIBUTE})*\s*/?>)
    | (?P<address><[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*>|(?<=\])\([^\s()]*\))
    | (?P<stashed>\x02[^\x03]*\x03)                 # what another extension has put away
    | (?P<begin>\\begin\{{(?P<name>[A-Za-z]+\*?)\}})
    | (?P<open>\\\\?[(\[])
    | (?P<reference>\\(?:eq)?ref\{{[^{{}}$]+\}})
    | (?P<escaped>\\.)
    | (?P<dollars>\${{1,2}})
    """,
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)
_BLANK_LINE = re.compile(_GAP)
_OTHER_BLOCK = re.compile(
    r"\n[ \t>]*\n[ \t>]*(?:\#{1,6}\s|[-*+]\s+[A-Za-z]{2}|\d+\.\s|```|~~~|!!!|\|)|[\x02\x03]"
)
"""After a blank line, what shows that a formula was not meant to go on."""
_PROSE = re.compile(r"(?:(?<!\\)\b[A-Za-z]{2,}[ ,\n]+){2}[A-Za-z]{2}|(?<!\\)\$")
_ARGUMENT = re.compile(r"\\[A-Za-z]+\s*\{[^{}]*\}")
_TEX = re.compile(r"\\[A-Za-z]|[\^_=]")
_WORD = re.compile(r"[A-Za-z]{2,}")
_CLOSING = {r"\(": r"\)", r"\[": r"\]", r"\\(": r"\\)", r"\\[": r"\\]"}


def find_formulas(text: str) -> Iterator[Formula]:
    r"""Yield the formulas in Markdown, from left to right.

    These are `$…$` and `\(…\)` in a line, `$$…$$` and `\[…\]`, all of them also with two
    backslashes, environments such as `\begin{align}`, and references such as `\eqref{energy}`.

    Args:
        text: The Markdown; fences may have been put away.
    """
    at = 0
    while candidate := _CANDIDATE.search(text, at):
        at = candidate.end()
        token = _TOKEN.match(text, candidate.start())
        if token is None:
            continue
        at = token.end()
        found: Formula | None = None
        match token.lastgroup:
            case "name" | "begin":
                found = _environment(text, token)
            case "open":
                found = _bracketed(text, token)
                at = found.end if found else at
            case "reference":
                found = Formula(token.start(), token.end(), token[0], display=False)
            case "dollars":
                found = _display(text, token.start()) if token[0] == "$$" else None
                found = found or _inline(text, token.start())
                if found is None and token[0] == "$$":
                    at = token.start() + 2
        if found is not None:
            at = found.end
            yield found


def _environment(text: str, token: re.Match[str]) -> Formula | None:
    r"""Find the end of an environment that begins here."""
    name = re.escape(token["name"])
    depth = 0
    for mark in re.finditer(rf"\\(begin|end)\{{{name}\}}", text[token.start() :]):
        depth += 1 if mark[1] == "begin" else -1
        if depth == 0:
            end = token.start() + mark.end()
            return _whole(text, token.start(), end, text[token.start() : end])
    return None


def _bracketed(text: str, token: re.Match[str]) -> Formula | None:
    r"""Find the end of `\(…\)` or `\[…\]`; single backslashes may also escape brackets."""
    opening = token[0]
    end = text.find(_CLOSING[opening], token.end())
    while end > 0 and len(opening) == 2 and text[end - 1] == "\\":
        end = text.find(_CLOSING[opening], end + 1)
    latex = text[token.end() : end]
    if end < 0 or not latex.strip() or _goes_astray(latex):
        return None
    display = opening.endswith("[")
    if not display and _BLANK_LINE.search(latex):
        return None
    if len(opening) == 2 and not _looks_like_tex(latex):
        return None
    end += len(opening)
    if display:
        return _whole(text, token.start(), end, latex)
    return Formula(token.start(), end, _without_quote_marks(text, token.start(), latex), False)


def _display(text: str, start: int) -> Formula | None:
    """Find the end of a formula between double dollars."""
    match = re.compile(r"\$\$((?:\\.|\$(?!\$)|[^\\$])+)\$\$", re.DOTALL).match(text, start)
    if match is None or not match[1].strip() or _goes_astray(match[1]):
        return None
    return _whole(text, start, match.end(), match[1])


def _inline(text: str, start: int) -> Formula | None:
    """Find the end of a formula between dollars, if it is one and not two prices."""
    match = re.compile(r"\$((?:\\.|[^\\$`\x02\x03])+)\$(?!\d)", re.DOTALL).match(text, start)
    if match is None or text[match.end() : match.end() + 1] == "$":
        return None
    latex = match[1]
    if not latex.strip() or _BLANK_LINE.search(latex):
        return None
    if latex != latex.strip() and (latex[0].isdigit() or not _looks_like_tex(latex)):
        return None  # "$5 and $x"
    if re.match(r"\d[\d.,]*\s+[A-Za-z]{2}", latex) and not _TEX.search(latex):
        return None  # "$5 each/$x"
    return Formula(start, match.end(), _without_quote_marks(text, start, latex), False)


def _whole(text: str, start: int, end: int, latex: str) -> Formula:
    """Make a formula that stands on lines of its own, with the full stop that may follow."""
    stop = re.compile(r"[.,;:](?=\s|$)").match(text, end)
    mark = stop[0] if stop else ""
    return Formula(start, end + len(mark), _without_quote_marks(text, start, latex), True, mark)


def _without_quote_marks(text: str, start: int, latex: str) -> str:
    """Remove the marks of a block quotation from the lines that a formula goes on to."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    if "\n" not in latex or not (quoted := re.match(r"(?:[ ]{0,3}>[ ]?)+", line)):
        return latex
    depth = quoted[0].count(">")
    return re.sub(rf"\n(?:[ ]{{0,3}}>[ ]?){{1,{depth}}}", "\n", latex)


def _goes_astray(latex: str) -> bool:
    """Whether what follows a delimiter is the text of other blocks, up to another formula."""
    if not _BLANK_LINE.search(latex):
        return "\x02" in latex
    return bool(_OTHER_BLOCK.search(latex) or _PROSE.search(_ARGUMENT.sub("", latex)))


def _looks_like_tex(latex: str) -> bool:
    """Whether a text reads as a formula rather than as words or an amount of money."""
    if _TEX.search(latex):
        return True
    return bool(re.search(r"[A-Za-z]", latex)) and not _WORD.search(latex)
