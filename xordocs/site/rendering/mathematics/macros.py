r"""The macros that an author defines, in the configuration or in formulas, and their expansion.

A definition holds from where it stands to the end of its page, as in Jupyter, and may replace an
earlier one or a command of LaTeX's own.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from xordocs.site.rendering.mathematics.tokens import (
    argument,
    braced,
    join,
    option,
    skip_blanks,
    tokenize,
)

__all__ = ["Macro", "expand", "read_macros"]

MAX_EXPANSIONS = 5_000
MAX_TOKENS = 200_000
"""How often macros may be replaced in a formula, and how long it may grow: they may contain
themselves."""
_DEFINITIONS = {r"\newcommand", r"\renewcommand", r"\providecommand", r"\def", r"\gdef", r"\let"}
_OPERATORS = {r"\DeclareMathOperator"}
_ENVIRONMENTS = {r"\newenvironment", r"\renewenvironment"}


class Macro(NamedTuple):
    """What a command stands for.

    Attributes:
        body: The tokens, in which ``#`` and a digit stand for an argument.
        arguments: How many arguments it takes.
        default: What stands for the first where it is not given in brackets, if it may be omitted.
        is_final: Whether the body is left as it is, whatever its commands mean by now.
    """

    body: tuple[str, ...]
    arguments: int = 0
    default: tuple[str, ...] | None = None
    is_final: bool = False


def read_macros(macros: Mapping[str, object]) -> dict[str, Macro]:
    r"""Read the macros of a configuration.

    Args:
        macros: LaTeX by names such as `\RR`, or, as MathJax has it, LaTeX with the number of
            arguments and the default of the first. Without a number, the highest `#1`, `#2` …
            says how many there are.

    Raises:
        ValueError: A macro is neither.
    """
    found = {}
    for name, value in macros.items():
        latex, number, default = value, None, None
        if isinstance(value, list | tuple) and 2 <= len(value) <= 3:
            latex, number, default = (*value, None)[:3]
        whole = number is None or (isinstance(number, int) and 0 <= number <= 9)
        if not isinstance(latex, str) or not whole or not isinstance(default, str | None):
            raise ValueError(
                f"{name}: expected LaTeX in quotes, or a list of it and a number of arguments, "
                f"got {value!r}"
            )
        highest = max((int(digit) for digit in re.findall(r"#([1-9])", latex)), default=0)
        optional = None if default is None else tuple(tokenize(default))
        command = name if name.startswith("\\") else f"\\{name}"
        found[command] = Macro(
            tuple(tokenize(latex)), int(number) if isinstance(number, int) else highest, optional
        )
    return found


def expand(tokens: Sequence[str], macros: dict[str, Macro]) -> list[str]:
    """Replace macros by what they stand for, and take out definitions.

    Args:
        tokens: A formula.
        macros: The macros known so far; what the formula defines is added.

    Raises:
        ValueError: A definition or an argument is not complete, or macros never come to an end.
    """
    rest = list(reversed(tokens))  # a stack: the next token is the last
    done: list[str] = []
    expansions = 0
    while rest:
        symbol = rest.pop()
        if symbol in _DEFINITIONS | _OPERATORS | _ENVIRONMENTS:
            following = rest[::-1]
            end = _define(symbol, following, macros)
            rest = following[end:][::-1]
            while done and done[-1] == " " and rest and rest[-1] == " ":
                rest.pop()
        elif symbol in {r"\global", r"\long"}:
            continue
        elif symbol in macros:
            following = rest[::-1]
            body, end = _applied(symbol, macros[symbol], following)
            rest = following[end:][::-1]
            expansions += 1
            if expansions > MAX_EXPANSIONS or len(rest) + len(done) + len(body) > MAX_TOKENS:
                raise ValueError("a macro never comes to an end; does it contain itself?")
            if macros[symbol].is_final:
                done.extend(body)
            else:
                rest.extend(reversed(body))
        else:
            done.append(symbol)
    return done


def _define(command: str, tokens: list[str], macros: dict[str, Macro]) -> int:
    """Add the definition that begins here to the macros; return the position after it."""
    at = 0
    starred = tokens[:1] == ["*"]
    at += starred
    if command in _ENVIRONMENTS:
        raise ValueError(f"{command} is not known here")
    name, at = argument(tokens, at)
    if len(name) != 1 or not name[0].startswith("\\"):
        raise ValueError(f"{command} expects a command such as \\RR, got {join(name)}")
    if command == r"\DeclareMathOperator":
        text, at = argument(tokens, at)
        operator = [r"\operatorname", *(["*"] if starred else []), *braced(text)]
        macros[name[0]] = Macro(tuple(operator))
    elif command == r"\let":
        at = skip_blanks(tokens, at)
        at = skip_blanks(tokens, at + 1) if tokens[at : at + 1] == ["="] else at
        target, at = argument(tokens, at)
        macros[name[0]] = macros.get(target[0], Macro(tuple(target), is_final=True))
    elif command in {r"\def", r"\gdef"}:
        opening = tokens.index("{", at) if "{" in tokens[at:] else len(tokens)
        parameters = [symbol for symbol in tokens[at:opening] if symbol != " "]
        numbers = [str(number) for number in range(1, len(parameters) // 2 + 1)]
        if parameters != [part for number in numbers for part in ("#", number)]:
            raise ValueError(f"{command}{name[0]} may have #1, #2 … only before its text")
        body, at = argument(tokens, opening)
        macros[name[0]] = Macro(tuple(body), len(numbers))
    else:
        number, at = option(tokens, at)
        default, at = option(tokens, at)
        count = join(number or ["0"]).strip()
        if not (count.isascii() and count.isdigit() and int(count) <= 9):
            raise ValueError(f"{command} expects a number of arguments, got [{count}]")
        body, at = argument(tokens, at)
        if command != r"\providecommand" or name[0] not in macros:
            macros[name[0]] = Macro(
                tuple(body), int(count), None if default is None else tuple(default)
            )
    return at


def _applied(name: str, macro: Macro, tokens: list[str]) -> tuple[list[str], int]:
    """Return what a macro stands for with the arguments that follow, and the position after."""
    arguments: list[list[str]] = []
    at = 0
    if macro.default is not None:
        given, at = option(tokens, at)
        arguments.append(list(macro.default) if given is None else given)
    while len(arguments) < macro.arguments:
        try:
            given, at = argument(tokens, at)
        except ValueError as error:
            raise ValueError(f"{name} expects {macro.arguments} arguments") from error
        arguments.append(given)
    body: list[str] = []
    place = 0
    while place < len(macro.body):
        symbol = macro.body[place]
        following = macro.body[place + 1 : place + 2]
        if symbol == "#" and following and following[0].isdigit():
            number = int(following[0])
            if not 1 <= number <= len(arguments):
                raise ValueError(f"{name} has no argument #{number}")
            body.extend(arguments[number - 1])
            place += 2
        else:
            body.append(symbol)
            place += 1
    return body, at
