r"""A Markdown extension that sets formulas as MathML, or hands them to a script of the site's own.

Formulas are taken out before Markdown reads the text around them, and put back when it is HTML: as
formulas in text, as they were written in code and in attributes.
"""

import html
import logging
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from xordocs.site.errors import FormulaError
from xordocs.site.rendering.mathematics.delimiters import Formula, find_formulas
from xordocs.site.rendering.mathematics.plain_text import to_text
from xordocs.site.rendering.mathematics.typesetter import set_formulas

__all__ = ["MathematicsExtension", "makeExtension"]

log = logging.getLogger("mkdocs.plugins.xordocs")

MARK = re.compile("\x02formula:(\\d+)\x03")
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BESIDE = re.compile(rf"([(“‘]?){MARK.pattern}([.,;:!?)”’]*)")
"""A formula, with what must not stand alone at the end of the line before it, or begin the next."""
_ALONE = re.compile("<p>\\s*((?:\x02formula:\\d+\x03\\s*)+)</p>")

# The names and arguments are Python-Markdown's.
# ruff: noqa: N802


class MathematicsExtension(Extension):
    r"""Sets the formulas of a text.

    Args:
        report: Called with every formula that cannot be set, whose source is then shown. If None,
            the option `formulas` decides.
        options: Python-Markdown's: `formulas` is `note` (show the source of a formula that cannot
            be set, and log it), `error` (raise `FormulaError`) or `site` (set none, and pass all to
            a script as pymdownx.arithmatex does); `macros` are LaTeX by names such as `\RR`.
    """

    def __init__(
        self, report: Callable[[FormulaError], None] | None = None, **options: Any
    ) -> None:
        self.config = {
            "formulas": ["note", "What to do about formulas: note, error or site"],
            "macros": [{}, "LaTeX by names of commands"],
        }
        super().__init__(**options)
        self._report = report
        self._sources: list[str] = []
        self._indents: list[int] = []
        self._formulas: list[Formula] = []
        self._results: dict[int, str] = {}
        self._written: set[int] = set()

    def extendMarkdown(self, md: Markdown) -> None:
        """Register what takes formulas out and what puts them back."""
        md.registerExtension(self)
        md.preprocessors.register(_TakeOut(self), "mathematics", 22)  # between fences and HTML
        md.treeprocessors.register(_RestoreCode(self), "mathematics", 35)  # before highlighting
        md.treeprocessors.register(_NameHeadings(self, md), "headings", 6)  # before they are listed
        md.postprocessors.register(_PutBack(self), "mathematics", 12)  # once HTML is put back
        if "$" not in md.ESCAPED_CHARS:
            md.ESCAPED_CHARS.append("$")

    def reset(self) -> None:
        """Forget the text before."""
        self._sources, self._indents, self._formulas = [], [], []
        self._results, self._written = {}, set()

    def take_out(self, text: str) -> str:
        """Replace the formulas of a text by marks."""
        parts = []
        at = 0
        for formula in find_formulas(text):
            parts += [text[at : formula.start], f"\x02formula:{len(self._formulas)}\x03"]
            self._formulas.append(formula)
            self._sources.append(text[formula.start : formula.end])
            self._indents.append(_indent(text, formula.start))
            at = formula.end
        return "".join([*parts, text[at:]])

    def restore(self, text: str) -> str:
        """Put formulas back as they were written: they stand in code."""

        def written(match: re.Match[str]) -> str:
            self._written.add(int(match[1]))
            removed = self._indents[int(match[1])] - _indent(text, match.start())
            return re.sub(rf"\n[ ]{{0,{max(0, removed)}}}", "\n", self._sources[int(match[1])])

        return MARK.sub(written, text)

    def set_all(self) -> None:
        """Set all formulas that do not stand in code."""
        numbers = [n for n in range(len(self._formulas)) if n not in self._written]
        formulas = [self._formulas[number] for number in numbers]
        if self.getConfig("formulas") == "site":
            self._results = {n: _for_script(self._formulas[n]) for n in numbers}
            return
        for number, result in zip(
            numbers, set_formulas(formulas, self.getConfig("macros")), strict=True
        ):
            if isinstance(result, FormulaError):
                self._complain(result)
                source = html.escape(self._sources[number])
                result = f'<code class="xd-formula">{source}</code>'
            self._results[number] = result

    def _complain(self, error: FormulaError) -> None:
        if self._report is not None:
            self._report(error)
        elif self.getConfig("formulas") == "error":
            raise error
        else:
            log.info("%s", error)

    def put_back(self, page: str) -> str:
        """Put the formulas into HTML."""
        page = _ALONE.sub(lambda match: self._blocks(match) or match[0], page)

        def inline(match: re.Match[str]) -> str:
            before, number, after = match[1], int(match[2]), match[3]
            if number not in self._results or _is_in_tag(page, match.start()):
                return f"{before}{html.escape(self._sources[number])}{after}"
            return self._wrapped(number, "span", before, after)

        return (
            re.sub(r"<p>\s*</p>\n?", "", _BESIDE.sub(inline, page)) if MARK.search(page) else page
        )

    def name(self, heading: str) -> str:
        """Write the formulas of a heading as text."""

        def text(match: re.Match[str]) -> str:
            result = self._results.get(int(match[1]), "")
            return html.escape(
                to_text(result) if result.startswith("<math") else self._sources[int(match[1])]
            )

        return MARK.sub(text, heading)

    def _blocks(self, paragraph: re.Match[str]) -> str:
        """Make a paragraph that holds displayed formulas only into blocks."""
        numbers = [int(number) for number in MARK.findall(paragraph[1])]
        if any(n not in self._results or not self._formulas[n].display for n in numbers):
            return ""
        if any(self._results[n].startswith("<code") for n in numbers):
            return ""
        return "\n".join(self._wrapped(number, "div") for number in numbers) or " "

    def _wrapped(self, number: int, tag: str, before: str = "", after: str = "") -> str:
        result = self._results[number]
        if result and not result.startswith(("<a", "<code", "<span", "<div")):
            if not self._formulas[number].display:
                return f'<{tag} class="math">{before}{result}{after}</{tag}>'
            # scrolled where it is too wide, by keyboard, too
            result = f'<{tag} class="math display" tabindex="0">{result}</{tag}>'
        return f"{before}{result}{after}"


def _is_in_tag(page: str, at: int) -> bool:
    """Whether a position in HTML is within a tag, such as in an image's description."""
    start = page.rfind("<", 0, at)
    return start > page.rfind(">", 0, at) and page[start + 1].isalpha()


def _for_script(formula: Formula) -> str:
    """Write a formula as arithmatex's generic form, which MathJax and KaTeX find."""
    latex = html.escape(formula.latex.strip(), quote=False)
    if formula.display:
        return f'<span class="arithmatex">\\[{latex}\\]</span>{formula.punctuation}'
    return f'<span class="arithmatex">\\({latex}\\)</span>'


def _indent(text: str, at: int) -> int:
    """Return how far the line of a position is indented."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return len(line) - len(line.lstrip(" "))


class _TakeOut(Preprocessor):
    def __init__(self, extension: MathematicsExtension) -> None:
        super().__init__()
        self._extension = extension

    def run(self, lines: list[str]) -> list[str]:
        return self._extension.take_out("\n".join(lines)).split("\n")


class _RestoreCode(Treeprocessor):
    def __init__(self, extension: MathematicsExtension) -> None:
        super().__init__()
        self._extension = extension

    def run(self, root: ElementTree.Element) -> None:
        for code in root.iter("code"):
            if code.text and MARK.search(code.text):
                code.text = AtomicString(self._extension.restore(code.text))
        self._extension.set_all()


class _NameHeadings(Treeprocessor):
    def __init__(self, extension: MathematicsExtension, md: Markdown) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, root: ElementTree.Element) -> None:
        if "toc" not in self.md.treeprocessors:
            return
        for heading in root.iter():
            written = "".join(heading.itertext()) if heading.tag in HEADINGS else ""
            if MARK.search(written) and heading.find(".//sup") is None:  # a footnote's number
                heading.attrib.setdefault("data-toc-label", self._extension.name(written))


class _PutBack(Postprocessor):
    def __init__(self, extension: MathematicsExtension) -> None:
        super().__init__()
        self._extension = extension

    def run(self, text: str) -> str:
        return self._extension.put_back(text)


def makeExtension(**options: Any) -> MathematicsExtension:
    """Make the extension."""
    return MathematicsExtension(**options)
