"""Arrays as text, as NumPy prints them: aligned, eight places, lines of 75 characters."""

import math
from typing import Any

from .decimals import fixed, scientific
from .dtypes import BOOL, FLOAT, DType
from .shapes import Shape

__all__ = ["array_text", "set_printoptions"]

OPTIONS: dict[str, Any] = {
    "precision": 8,
    "suppress": False,
    "threshold": 1000,
    "edgeitems": 3,
    "linewidth": 75,
}


def set_printoptions(
    precision: int | None = None,
    threshold: int | None = None,
    edgeitems: int | None = None,
    linewidth: int | None = None,
    suppress: bool | None = None,
) -> None:
    """Set how arrays are printed from here on.

    Args:
        precision: The most places behind the point.
        threshold: An array of more numbers is shortened.
        edgeitems: How many rows and columns a shortened array shows at each end.
        linewidth: How many characters a line has.
        suppress: Whether small numbers are printed with a point, not as ``1e-05``.
    """
    given = {
        "precision": precision,
        "threshold": threshold,
        "edgeitems": edgeitems,
        "linewidth": linewidth,
        "suppress": suppress,
    }
    OPTIONS.update({name: value for name, value in given.items() if value is not None})


def array_text(numbers: list[Any], shape: Shape, kind: DType, is_repr: bool) -> str:
    """Return an array as ``str`` or ``repr`` shows it.

    Args:
        numbers: Its numbers, row by row.
        shape: Its shape.
        kind: What its numbers are.
        is_repr: Whether it is written as ``array(...)``.
    """
    if not shape and not is_repr:
        return str(numbers[0])
    prefix, separator = ("array(", ", ") if is_repr else ("", " ")
    shortened = len(numbers) > OPTIONS["threshold"]
    edge = OPTIONS["edgeitems"]
    rows = _shown(shape[0], edge, shortened) if shape else []
    columns = _shown(shape[1], edge, shortened) if len(shape) == 2 else []
    places = _places(shape, rows, columns)
    words = _words([numbers[place] for place in places], kind, bool(shape))
    word_of: dict[int | None, str] = dict(zip(places, words))  # noqa: B905 - MicroPython's zip cannot check the lengths
    width = OPTIONS["linewidth"] - len(")" * is_repr)
    indent = " " * (len(prefix) + 1)
    if not shape:
        text = words[0]
    elif not numbers:
        text = "[]"
    elif len(shape) == 1:
        text = _row([word_of.get(i) for i in rows], separator, indent, width - 1)
    else:
        lines = [
            "..."
            if i is None
            else _row(
                [word_of.get(None if j is None else i * shape[1] + j) for j in columns],
                separator,
                indent + " ",
                width - 2,
            )
            for i in rows
        ]
        text = "[" + (separator.rstrip() + "\n" + indent).join(lines) + "]"
    return prefix + text + _extras(prefix + text, shape, kind, shortened) if is_repr else text


def _shown(length: int, edge: int, shortened: bool) -> list[int | None]:
    """Return which of an axis's places are shown; None stands for the dots."""
    if shortened and length > 2 * edge:
        return [*list(range(edge)), None, *list(range(length - edge, length))]
    return list(range(length))


def _places(shape: Shape, rows: list[int | None], columns: list[int | None]) -> list[int]:
    """Return where the numbers that are shown lie."""
    if not shape:
        return [0]
    if len(shape) == 1:
        return [i for i in rows if i is not None]
    return [i * shape[1] + j for i in rows if i is not None for j in columns if j is not None]


def _row(words: list[str | None], separator: str, indent: str, width: int) -> str:
    """Return one row in brackets, broken where it is longer than a line."""
    text, line = "", indent
    for i, word in enumerate(words):
        shown = "..." if word is None else word
        if len(line) + len(shown) > width and len(line) > len(indent):
            text += line.rstrip() + "\n"
            line = indent
        line += shown
        if i < len(words) - 1:
            line += separator
    return "[" + (text + line)[len(indent) :] + "]"


def _extras(text: str, shape: Shape, kind: DType, shortened: bool) -> str:
    """Return what ends a repr: what its numbers do not tell by themselves."""
    empty = 0 in shape
    extras = [f"shape={shape}"] if shortened or (empty and shape != (0,)) else []
    if empty:
        extras.append(f"dtype={kind.name}")
    if not extras:
        return ")"
    said = ", ".join(extras) + ")"
    last = len(text) - (text.rfind("\n") + 1) + 1
    fits = last + len(said) + 1 <= OPTIONS["linewidth"]
    return "," + (" " if fits else "\n" + " " * len("array(")) + said


def _words(numbers: list[Any], kind: DType, in_row: bool) -> list[str]:
    """Return each number as text, all of them aligned."""
    if kind is BOOL:
        return [(" True" if in_row else "True") if v else "False" for v in numbers]
    if kind is FLOAT:
        return _float_words(numbers)
    return _aligned([str(v) for v in numbers])


def _aligned(words: list[str]) -> list[str]:
    width = max([len(word) for word in words], default=0)
    return [" " * (width - len(word)) + word for word in words]


def _float_words(numbers: list[float]) -> list[str]:
    precision = OPTIONS["precision"]
    finite = [v for v in numbers if math.isfinite(v)]
    write = _scientific_words if _is_scientific(finite) else _fixed_words
    written = iter(write(finite, precision))
    return _aligned([next(written) if math.isfinite(v) else _special(v) for v in numbers])


def _special(x: float) -> str:
    return "nan" if x != x else "inf" if x > 0 else "-inf"


def _is_scientific(finite: list[float]) -> bool:
    sizes = [abs(v) for v in finite if v]
    if not sizes:
        return False
    large, small = max(sizes), min(sizes)
    spread = not OPTIONS["suppress"] and (small < 0.0001 or large / small > 1000.0)
    return large >= 1e8 or spread


def _fixed_words(finite: list[float], precision: int) -> list[str]:
    words = [fixed(v, precision) for v in finite]
    places = max([len(word) - word.find(".") for word in words], default=0)
    return [word + " " * (places - len(word) + word.find(".")) for word in words]


def _scientific_words(finite: list[float], precision: int) -> list[str]:
    parts = [scientific(v, precision) for v in finite]
    places = max([len(digits) - digits.find(".") - 1 for digits, _ in parts])
    width = max([len(str(abs(exponent))) for _, exponent in parts] + [2])
    words = []
    for v in finite:
        digits, exponent = scientific(v, places, places)
        power = str(abs(exponent))
        sign = "-" if exponent < 0 else "+"
        words.append(f"{digits}e{sign}{'0' * (width - len(power))}{power}")
    return words
