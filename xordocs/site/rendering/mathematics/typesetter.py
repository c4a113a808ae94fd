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
MAX_READINGS = 10_000_000
"""How many tokens math-core may read; it reads the rest twice for each bracket that stays open."""
MAX_CHAIN = 1000
"""How many commands may stand side by side, or change all that follows them: math-core calls itself
for each, and some 5,000 such calls would end the process."""
MAX_LEVELS = 300
"""How deep the elements of a formula may be nested; browsers stop at 512 for a whole page."""
_OPENING = {"{", r"\begin", r"\left"}
_CLOSING = {"}", r"\end", r"\right"}
_FENCES = {r"\left", r"\middle", r"\right"}
_BRACKETS = "brace|brack|paren|angle|ang|Angle|Brace|floor|ceil|vert|Vert|group|moustache"
_LEFT = re.compile(
    rf"[(\[⟨⌊⌈⟦⦅]|\\(?:[{{(\[]|l(?:{_BRACKETS}|lbracket|lparenthesis|lcorner)|ulcorner)"
)
_RIGHT = re.compile(rf"[)\]⟩⌋⌉⟧⦆]|\\(?:[}})\]]|r(?:{_BRACKETS}|rbracket|rparenthesis)|[lu]rcorner)")
_CELL_ENDS = {"&", r"\\", r"\cr"}
_SWITCH = re.compile(r"\\(?:color|bf|cal|it|mit|rm|sf|tt|\w+style)")
_TAG = re.compile(r'<(/?)[a-z](?:[^>"]|"[^"]*")*?(/?)>')
_STRAY = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
"""What neither XML nor HTML knows as a character."""
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
            _check_nesting(tokens)
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
            yield _check_result(_set(result, formula.display, numbers))
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
    known = {f"{place}": link for place, link in enumerate(links)}
    return _LINK.sub(lambda mark: known.get(mark[1], mark[0]), mathml)


def _check_nesting(tokens: Sequence[str]) -> None:
    """Refuse what is nested too deeply to be set, or read."""
    depth = brackets = chain = switches = 0
    before = ""
    for symbol in tokens:
        depth += (symbol in _OPENING) - (symbol in _CLOSING)
        if depth > MAX_DEPTH:
            raise ValueError(f"groups are nested more than {MAX_DEPTH} deep")
        if before in _FENCES:
            pass  # its bracket has a partner, even if it is a dot
        elif _LEFT.fullmatch(symbol):
            brackets += 1
        elif symbol in _CELL_ENDS:
            brackets = 0
        elif brackets and _RIGHT.fullmatch(symbol):
            brackets -= 1
        if len(tokens) << brackets > MAX_READINGS:
            raise ValueError(f"too many brackets are open at once, {brackets} of them")
        switches += bool(_SWITCH.fullmatch(symbol))
        if symbol != " ":
            before = symbol
            chain = chain + 1 if symbol.startswith("\\") else 0
        if max(chain, switches) > MAX_CHAIN:
            raise ValueError(f"more than {MAX_CHAIN} commands apply to one another")


def _check_result(mathml: str) -> str:
    """Return MathML as it is, unless a page cannot hold it."""
    if stray := _STRAY.search(mathml):
        raise ValueError(f"U+{ord(stray[0]):04X} is no character that a page can show")
    if mathml.count("</") > MAX_LEVELS:
        depth = 0
        for tag in _TAG.finditer(mathml):
            depth += -1 if tag[1] else not tag[2]
            if depth > MAX_LEVELS:
                raise ValueError(f"its parts are nested more than {MAX_LEVELS} deep")
    return mathml


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
