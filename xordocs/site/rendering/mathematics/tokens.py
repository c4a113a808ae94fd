r"""Split LaTeX into tokens, and read arguments from them.

A token is a command such as `\frac`, a single other character, or the blanks between two others.
Comments are dropped.
"""

import re
from collections.abc import Sequence

__all__ = ["argument", "braced", "join", "option", "skip_blanks", "tokenize", "trim", "unbraced"]

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|%[^\n]*\n?[ \t]*|\s+|.|\\$", re.DOTALL)
_SPACING = re.compile(r"\\\s?")


def tokenize(latex: str) -> list[str]:
    """Split LaTeX into tokens; every run of blanks is one blank."""
    found = []
    for symbol in _TOKEN.findall(latex):
        if symbol.startswith("%"):
            continue
        if symbol.isspace():
            found.append(" ")
        else:
            found.append("\\ " if _SPACING.fullmatch(symbol) else symbol)
    return found


def join(tokens: Sequence[str]) -> str:
    r"""Write tokens as LaTeX again: `\alpha` and `x` as `\alpha x`."""
    parts: list[str] = []
    for symbol in tokens:
        if parts and symbol[:1].isalpha() and parts[-1][0] == "\\" and parts[-1][1:].isalpha():
            parts.append(" ")
        parts.append(symbol)
    return "".join(parts)


def skip_blanks(tokens: Sequence[str], at: int) -> int:
    """Return the position of the next token that is no blank."""
    while at < len(tokens) and tokens[at] == " ":
        at += 1
    return at


def argument(tokens: Sequence[str], at: int) -> tuple[list[str], int]:
    r"""Read an argument: a group without its braces, or one token.

    Args:
        tokens: The tokens.
        at: Where it begins; blanks before it are skipped.

    Returns:
        Its tokens, and the position after it.

    Raises:
        ValueError: There is none, or its brace is not closed.
    """
    command = tokens[at - 1] if at else "a command"
    at = skip_blanks(tokens, at)
    if at >= len(tokens) or tokens[at] == "}":
        raise ValueError(f"{command} lacks its argument")
    if tokens[at] != "{":
        return [tokens[at]], at + 1
    end = _closing(tokens, at, "{", "}")
    return list(tokens[at + 1 : end]), end + 1


def option(tokens: Sequence[str], at: int) -> tuple[list[str] | None, int]:
    """Read an optional argument in brackets; None if there is none, and the position after it."""
    start = skip_blanks(tokens, at)
    if start >= len(tokens) or tokens[start] != "[":
        return None, at
    end = _closing(tokens, start, "[", "]")
    return list(tokens[start + 1 : end]), end + 1


def braced(tokens: Sequence[str]) -> list[str]:
    """Put tokens into braces."""
    return ["{", *tokens, "}"]


def unbraced(tokens: Sequence[str]) -> list[str]:
    """Remove braces that enclose all of some tokens, and blanks around them."""
    inner = trim(tokens)
    while inner[:1] == ["{"] and _closing(inner, 0, "{", "}") == len(inner) - 1:
        inner = trim(inner[1:-1])
    return inner


def trim(tokens: Sequence[str]) -> list[str]:
    """Remove blanks on both sides."""
    start, end = skip_blanks(tokens, 0), len(tokens)
    while end > start and tokens[end - 1] == " ":
        end -= 1
    return list(tokens[start:end])


def _closing(tokens: Sequence[str], at: int, opening: str, closing: str) -> int:
    """Find the token that closes what is opened here, beside groups in braces."""
    depth = braces = 0
    for position in range(at, len(tokens)):
        symbol = tokens[position]
        if braces == 0 and symbol == opening:
            depth += 1
        elif braces == 0 and symbol == closing:
            depth -= 1
            if depth == 0:
                return position
        elif opening != "{" and symbol in "{}":
            braces += 1 if symbol == "{" else -1
    raise ValueError(f"{opening} is not closed")
