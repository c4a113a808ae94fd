r"""Convert formulas to MathML when the page is built: `$…$` in a line, `$$…$$` on lines of its own.

A Markdown extension. A reader's browser needs no script for it, only the font that the style sheet
names. What math-core cannot convert is rewritten where LaTeX has an equivalent; the rest fails the
build instead of reaching a reader.
"""

import re
import xml.etree.ElementTree as ElementTree
from typing import Any

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from math_core import LatexError, LatexToMathML

from xordocs.site.errors import FormulaError

__all__ = ["MathematicsExtension", "makeExtension", "to_mathml"]

INLINE = r"(?<![\\$])\$(?![\s$])((?:\\.|[^\\$\x02\x03])+?)(?<!\s)\$(?![\d$])"
# Another formula may follow on the same line.
DISPLAY = re.compile(r"^\$\$((?:\\.|(?!\$\$)[^\\])+)\$\$[ ]*(?=$|\$\$)", re.DOTALL | re.MULTILINE)

MACROS = {
    "dotsc": r"\ldots",
    "ensuremath": "{#1}",
    "mathds": r"\mathbb{#1}",
    "mathnormal": "{#1}",
    "mbox": r"\text{#1}",
    "pmb": r"\boldsymbol{#1}",
    "textup": r"\text{#1}",
    "widetilde": r"\tilde{#1}",
}
"""Commands that math-core lacks, by others that set the same."""
CONVERTER = LatexToMathML(fancy_error=False, macros=MACROS)
UNNUMBERED = {
    "align": "aligned",
    "alignat": "aligned",
    "alignedat": "aligned",
    "gather": "gathered",
    "multline": "gathered",
    "split": "aligned",
}
"""Environments that number their rows, or that math-core lacks, and those that set the same."""
GROUP = r"\{((?:\\.|[^\\{}]|\{(?:\\.|[^\\{}])*\})*)\}"
"""A group in braces, which may hold other groups."""
CHARACTERS = {
    "&ApplyFunction;": "\u2061",  # as XML knows it, too
    "<mo>\u2063</mo>": "",  # where `\right.` sets nothing
    "\u0332": "\u2015",  # a line over or under several letters, which more fonts can stretch
}


def to_mathml(formula: str, *, display: bool = False) -> str:
    r"""Convert a LaTeX formula to MathML.

    Args:
        formula: LaTeX without its dollar signs, such as `\hat{y} = \sigma(z)`.
        display: Whether it stands on a line of its own, with limits above and below.

    Raises:
        FormulaError: An unknown command, a missing argument, or unbalanced braces.
    """
    source = formula.strip()
    try:
        mathml: str = CONVERTER.convert_with_local_state(_rewrite(source), displaystyle=display)
    except (LatexError, ValueError) as error:
        reason = re.sub(r"^\d+: ", "", str(error)).rstrip(".").replace('"', "")
        raise FormulaError(source, reason[:1].lower() + reason[1:]) from error
    if not display:
        mathml = mathml.replace("<math>", '<math display="inline">', 1)
    for theirs, ours in CHARACTERS.items():
        mathml = mathml.replace(theirs, ours)
    return mathml


def _rewrite(source: str) -> str:
    """Replace what math-core cannot convert, where something else means the same."""
    if r"\eqref" in source:
        raise ValueError(r"equations have no numbers that \eqref could refer to")
    source = re.sub(r"(\\left|\\middle|\\right)\s*<", r"\1\\langle ", source)
    source = re.sub(r"(\\left|\\middle|\\right)\s*>", r"\1\\rangle ", source)
    source = re.sub(r"\\label\s*\{[^{}]*\}", "", source)
    source = source.replace("\\\n", "\\ \n")  # the end of a line is a space to LaTeX
    source = re.sub(r"\\substack\s*" + GROUP, r"{\\begin{subarray}{c}\1\\end{subarray}}", source)
    source = re.sub(r"\\text\s*" + GROUP, _split_text, source)
    source = re.sub(r"(\\begin\{align(?:at\*?|edat)\})\s*\{\d+\}", r"\1", source)
    has_tag = r"\tag" in source

    def rename(match: re.Match[str]) -> str:
        command, name = match[1], match[2]
        if name == "eqnarray":
            columns = "{rcl}" if command == "begin" else ""
            return f"\\{command}{{darray}}{columns}"
        if has_tag and name in {"align", "equation", "gather"}:
            return f"\\{command}{{{name}*}}"
        if name == "equation":
            return ""
        return f"\\{command}{{{UNNUMBERED[name]}}}"

    names = "|".join(["eqnarray", "equation", *UNNUMBERED])
    return re.sub(rf"\\(begin|end)\{{({names})\*?\}}", rename, source)


def _split_text(match: re.Match[str]) -> str:
    r"""Take the formulas out of a text: `\text{if $x$}` is `\text{if }x`."""
    parts = re.split(r"(?<!\\)\$", match[1])
    if len(parts) == 1:
        return match[0]
    texts = [rf"\text{{{part}}}" if part else "" for part in parts[::2]]
    return "{" + texts[0] + "".join(map(str.__add__, parts[1::2], texts[1:])) + "}"


class _Inline(InlineProcessor):
    # The names and arguments are Python-Markdown's.
    # ruff: noqa: ARG002, N802

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:
        html = f'<span class="math">{to_mathml(m[1])}</span>'
        return self.md.htmlStash.store(html), m.start(0), m.end(0)


class _Display(BlockProcessor):
    def test(self, parent: ElementTree.Element, block: str) -> bool:
        return DISPLAY.search(block) is not None

    def run(self, parent: ElementTree.Element, blocks: list[str]) -> None:
        before, formula, after = DISPLAY.split(blocks.pop(0), maxsplit=1)
        self.parser.parseBlocks(parent, [before] if before.strip() else [])
        if after.strip():
            blocks.insert(0, after)
        html = f'<div class="math" tabindex="0">{to_mathml(formula, display=True)}</div>'
        ElementTree.SubElement(parent, "p").text = self.parser.md.htmlStash.store(html)


class MathematicsExtension(Extension):
    """Registers both notations, below code spans and above emphasis."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Register them on this converter."""
        md.inlinePatterns.register(_Inline(INLINE, md), "mathematics", 189)
        md.parser.blockprocessors.register(_Display(md.parser), "mathematics", 79.9)
        md.ESCAPED_CHARS.append("$")


def makeExtension(**kwargs: Any) -> MathematicsExtension:
    """Make the extension."""
    return MathematicsExtension(**kwargs)
