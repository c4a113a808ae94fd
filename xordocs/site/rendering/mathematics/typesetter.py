r"""Set the formulas of one page, in order: definitions hold from where they stand.

References may lead to equations further down, so all formulas are numbered before one is set.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from xordocs.site.errors import FormulaError
from xordocs.site.rendering.mathematics.delimiters import Formula
from xordocs.site.rendering.mathematics.equations import Numbers, lay_out
from xordocs.site.rendering.mathematics.equivalents import EQUIVALENTS, rewrite
from xordocs.site.rendering.mathematics.macros import expand, read_macros
from xordocs.site.rendering.mathematics.mathml import convert
from xordocs.site.rendering.mathematics.tokens import argument, join, tokenize

__all__ = ["set_formulas", "to_mathml"]

MAX_DEPTH = 100
_OPENING = {"{", r"\begin", r"\left"}
_CLOSING = {"}", r"\end", r"\right"}
_REFERENCE = re.compile(r"\s*\\(eq)?ref\s*\{([^{}]*)\}\s*")
_LINK = re.compile("\ue000(\\d+)\ue001")
"""What stands for a link until the formula is set."""


def to_mathml(latex: str, *, display: bool = False, macros: Mapping[str, object] = {}) -> str:
    r"""Convert a LaTeX formula to MathML.

    Args:
        latex: The formula without its dollar signs, such as `\hat{y} = \sigma(z)`.
        display: Whether it stands on a line of its own, with limits above and below.
        macros: LaTeX by names such as `\RR`.

    Raises:
        FormulaError: An unknown command, a missing argument, or unbalanced braces.
    """
    (result,) = set_formulas([Formula(0, len(latex), latex, display)], macros)
    if isinstance(result, FormulaError):
        raise result
    return result


def set_formulas(
    formulas: Sequence[Formula], macros: Mapping[str, object] = {}
) -> Iterator[str | FormulaError]:
    """Set all formulas of a page, in order.

    Args:
        formulas: The formulas.
        macros: LaTeX by names, as `read_macros` reads it.

    Yields:
        For each formula its MathML, a link for a reference, nothing for one that only defines
        macros, or what is wrong with it.
    """
    known = {**EQUIVALENTS, **read_macros(macros)}
    numbers = Numbers()
    prepared: list[list[str] | FormulaError] = []
    for formula in formulas:
        try:
            tokens = expand(tokenize(formula.latex.strip()), known)
            _check_depth(tokens)
            if formula.display:
                tokens = lay_out(tokens, numbers, formula.punctuation)
            prepared.append(tokens)
        except ValueError as error:
            prepared.append(FormulaError(formula.latex.strip(), str(error)))
    for formula, result in zip(formulas, prepared, strict=True):
        if isinstance(result, FormulaError):
            yield result
            continue
        try:
            yield _set(result, formula.display, numbers)
        except ValueError as error:
            failure = FormulaError(formula.latex.strip(), str(error))
            failure.__cause__ = error
            yield failure


def _set(tokens: list[str], display: bool, numbers: Numbers) -> str:
    written = join(tokens)
    if not written.strip():
        return ""
    if alone := _REFERENCE.fullmatch(written):
        return numbers.link(alone[2], in_brackets=bool(alone[1]))
    tokens, links = _take_links(tokens, numbers)
    mathml = convert(join(rewrite(tokens)), display=display, numbers=numbers)
    return _LINK.sub(lambda match: links[int(match[1])], mathml)


def _check_depth(tokens: Sequence[str]) -> None:
    """Refuse what is nested too deeply to be set, or read."""
    depth = 0
    for symbol in tokens:
        depth += (symbol in _OPENING) - (symbol in _CLOSING)
        if depth > MAX_DEPTH:
            raise ValueError(f"groups are nested more than {MAX_DEPTH} deep")


def _take_links(tokens: Sequence[str], numbers: Numbers) -> tuple[list[str], list[str]]:
    """Replace references within a formula by marks, and return their links."""
    done: list[str] = []
    links: list[str] = []
    at = 0
    while at < len(tokens):
        if tokens[at] in {r"\eqref", r"\ref"}:
            label, end = argument(tokens, at + 1)
            links.append(numbers.link(join(label).strip(), in_brackets=tokens[at] == r"\eqref"))
            done += tokenize(f"\\text{{\ue000{len(links) - 1}\ue001}}")
            at = end
        else:
            done.append(tokens[at])
            at += 1
    return done, links
