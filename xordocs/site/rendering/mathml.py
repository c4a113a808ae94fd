r"""Formulas as MathML, set when the page is built: `$…$` in a line, `$$…$$` on lines of its own.

A Markdown extension. A reader's browser needs no script for it, only the font that the style sheet
names. What latex2mathml leaves as it is (an unknown command, a missing argument, a stray brace)
fails the build instead of reaching a reader.
"""

import re
import xml.etree.ElementTree as ElementTree
from typing import Any

from latex2mathml.converter import convert
from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor

from xordocs.site.errors import FormulaError

__all__ = ["FormulaError", "MathematicsExtension", "makeExtension", "to_mathml"]

INLINE = r"(?<![\\$])\$(?![\s$])((?:\\.|[^\\$\x02\x03])+?)(?<!\s)\$(?![\d$])"
DISPLAY = re.compile(r"^\$\$(.+?)\$\$[ ]*$", re.DOTALL | re.MULTILINE)
ARGUMENTS = {"mfrac": 2, "msub": 2, "msup": 2, "mover": 2, "munder": 2, "mroot": 2}
ARGUMENTS |= {"msubsup": 3, "munderover": 3}
# MathML Core has characters for these, and no attribute.
DOUBLE_STRUCK = str.maketrans("0123456789ENPQRZ", "𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡𝔼ℕℙℚℝℤ")
BOLD_ITALIC = {**{ord("α") + i: 0x1D736 + i for i in range(25)}}
BOLD_ITALIC |= {ord("A") + i: 0x1D468 + i for i in range(26)}
BOLD_ITALIC |= {ord("a") + i: 0x1D482 + i for i in range(26)}
CHARACTERS = {"double-struck": DOUBLE_STRUCK, "bold-italic": BOLD_ITALIC}
ACCENTS = {"^": "\u02c6", "~": "\u02dc", "¯": "\u203e"}


def to_mathml(formula: str, *, display: bool = False) -> str:
    r"""Set a LaTeX formula as MathML.

    Args:
        formula: LaTeX without its dollar signs, such as `\hat{y} = \sigma(z)`.
        display: On a line of its own, with limits above and below.

    Raises:
        FormulaError: An unknown command, a missing argument, or unbalanced braces.
    """
    source = formula.strip()
    try:
        _check_braces(source)
        # latex2mathml numbers `align` and does not know `aligned`.
        known = re.sub(r"\{(?:aligned|align)\}", "{align*}", source)
        tree = ElementTree.fromstring(convert(known, display="block" if display else "inline"))  # noqa: S314 - our own text
        for element in tree.iter():
            element.tag = element.tag.rpartition("}")[2]
        _check(tree)
        for element in tree.iter():
            _to_core(element)
    except Exception as error:
        raise FormulaError(source, str(error) or type(error).__name__) from error
    return ElementTree.tostring(tree, encoding="unicode")


def _check_braces(source: str) -> None:
    depth = 0
    for brace in re.findall(r"\\.|[{}]", source, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(brace, 0)
        if depth < 0:
            raise ValueError("a } closes nothing")
    if depth:
        raise ValueError("a { is never closed")


def _check(tree: ElementTree.Element) -> None:
    for element in tree.iter():
        text = element.text or ""
        if element.tag != "mtext" and (text.startswith("\\") or text == "&"):
            raise ValueError(f"unknown command {text}")
        expected = ARGUMENTS.get(element.tag)
        if expected and len(element) != expected:
            raise ValueError(f"an argument is missing ({element.tag})")


def _to_core(element: ElementTree.Element) -> None:
    """Say with MathML Core, which browsers implement, what latex2mathml says with MathML 3."""
    letters = list(element)
    if len(letters) > 1 and all(
        e.tag == "mi" and e.get("mathvariant") == "normal" for e in letters
    ):
        for letter in letters:
            element.remove(letter)
        # Several upright letters are one name, such as ReLU, and set without gaps.
        ElementTree.SubElement(element, "mi").text = "".join(e.text or "" for e in letters)
    characters = CHARACTERS.get(element.get("mathvariant", ""))
    if characters is not None:
        element.text = (element.text or "").translate(characters)
        del element.attrib["mathvariant"]
    for before, name, after in zip([None, *letters], letters, [*letters[1:], None], strict=False):
        if name.tag == "mo" and len(name.text or "") > 1 and (name.text or "").isalpha():
            # The name of a function, such as max: no gap to its parenthesis, or to an operator.
            if before is None or before.tag == "mo":
                name.set("lspace", "0")
            if after is None or (after.text or "") in {"(", "["}:
                name.set("rspace", "0")
    if element.tag == "mover" and element.get("accent") and element[1].text in ACCENTS:
        element[1].text = ACCENTS[element[1].text or ""]


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
