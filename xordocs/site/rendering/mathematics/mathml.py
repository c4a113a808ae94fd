"""Convert LaTeX that has been rewritten to MathML Core, and mend what browsers set differently."""

import html
import re

from math_core import LatexError, LatexToMathML

from xordocs.site.rendering.mathematics.equations import Numbers

__all__ = ["convert"]

CONVERTER = LatexToMathML(fancy_error=False, id_prefix="equation-")
_CHARACTERS = {
    "&ApplyFunction;": "\u2061",  # as XML knows it, too
    "<mo>\u2063</mo>": "",  # where `\right.` sets nothing
    "color:#000000;": "color:var(--md-default-fg-color,currentcolor);",  # on dark pages, too
}
_TAKEN_AWAY = '<mspace style="margin-left:-0.16666667em;"/><mrow><mo lspace="0.1667em"'
_CIRCLED = re.compile(r"<mo([^>]*)>([\u2295-\u2299])</mo>")
_LAST_RULE = re.compile(r'<mtr><mtd style="border-top: ([^;"]*);[^"]*"></mtd></mtr></mtable>')
_LINE = re.compile('<mo stretchy="true">\u0332</mo></(mover|munder)>')
_TAG = re.compile(r"<mtext>\(xdtag(\d+)\)</mtext>")


def convert(latex: str, *, display: bool, numbers: Numbers) -> str:
    r"""Convert a formula that math-core knows.

    Args:
        latex: The formula.
        display: Whether it stands on a line of its own, with limits above and below.
        numbers: The tags of its page, for which the formula holds marks.

    Raises:
        ValueError: An unknown command, a missing argument, or unbalanced braces.
    """
    try:
        mathml: str = CONVERTER.convert_with_local_state(latex, displaystyle=display)
    except LatexError as error:
        reason = re.sub(r"^\d+: ", "", str(error)).rstrip(".").replace('"', "")
        raise ValueError(reason[:1].lower() + reason[1:]) from error
    if not display:
        mathml = mathml.replace("<math>", '<math display="inline">', 1)
    for theirs, ours in _CHARACTERS.items():
        mathml = mathml.replace(theirs, ours)
    # `\!\left(`: Firefox sets no space before the bracket, and takes one away all the same.
    mathml = mathml.replace(_TAKEN_AWAY, '<mrow><mo lspace="0em"')
    # Firefox takes a circled operator at the beginning for one like a sum, and draws it large.
    mathml = _CIRCLED.sub(r'<mo\1 largeop="false">\2</mo>', mathml)
    mathml = _draw_lines(_close_tables(mathml))
    tags = {f"{number}": tag for number, tag in enumerate(numbers.tags, start=1)}
    return _TAG.sub(lambda mark: _tag(*tags[mark[1]]) if mark[1] in tags else mark[0], mathml)


def _close_tables(mathml: str) -> str:
    r"""Draw a rule below the last row of a table, which math-core draws above an empty row."""
    while row := _LAST_RULE.search(mathml):
        start = _opening(mathml, "mtable", row.start())
        table = mathml[start : row.start()]
        rule = f"border-bottom: {row[1]};"
        if table.startswith('<mtable style="'):
            table = table.replace('style="', f'style="{rule}', 1)
        else:
            table = table.replace("<mtable", f'<mtable style="{rule}"', 1)
        mathml = mathml[:start] + table + mathml[row.end() - len("</mtable>") :]
    return mathml


def _draw_lines(mathml: str) -> str:
    r"""Draw the lines of `\overline` and `\underline` as borders: few fonts can stretch them."""
    while line := _LINE.search(mathml):
        start = _opening(mathml, line[1], line.start())
        inner = mathml[mathml.index(">", start) + 1 : line.start()]
        side = "top" if line[1] == "mover" else "bottom"
        lined = f'<menclose notation="{side}">{inner}</menclose>'
        mathml = mathml[:start] + lined + mathml[line.end() :]
    return mathml


def _opening(mathml: str, name: str, end: int) -> int:
    """Return where the element opens that is still open at a position."""
    start, depth = end, 1
    while depth:
        start = max(mathml.rfind(f"{tag}{name}", 0, start) for tag in ("<", "</"))
        depth += 1 if mathml.startswith("</", start) else -1
    return start


def _tag(tag: str, is_bare: bool) -> str:
    """Set a tag: a text, perhaps with formulas in it."""
    parts = []
    for number, part in enumerate(re.split(r"(?<!\\)\$", tag)):
        if not number % 2:
            parts.append(f"<mtext>{html.escape(part)}</mtext>" if part else "")
            continue
        math = convert(part, display=False, numbers=Numbers())
        parts.append(math.partition(">")[2].removesuffix("</math>"))
    if is_bare:
        return f"<mrow>{''.join(parts)}</mrow>"
    return f"<mrow><mtext>(</mtext>{''.join(parts)}<mtext>)</mtext></mrow>"
