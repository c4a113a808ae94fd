"""Text between blocks' marks: what CommonMark and Python-Markdown read otherwise in a line."""

import re

__all__ = ["change_text", "mask_formulas"]

LITERAL = re.compile(
    r"^(?P<fence> *(?:`{3,}|~{3,}))[^\n]*\n(?:.*?^(?P=fence)[`~]*[ \t]*$|.*\Z)"
    r"|(?P<ticks>(?<!`)`+(?!`)).+?(?<!`)(?P=ticks)(?!`)"
    r"|(?<!\\)\$\$.+?\$\$"
    r"|\\begin\{(?P<environment>\w+\*?)\}.+?\\end\{(?P=environment)\}"
    r"|\\\\?\[.+?\\\\?\]"
    r"|(?<![\\$\w])\$(?!\$)(?=[^$]*[\\^_={])(?:[^$\n]|\n(?!\s*\n))+?(?<!\\)\$(?![\d$])",
    re.DOTALL | re.MULTILINE,
)
"""Code and formulas, in which Markdown finds nothing."""
LINK = re.compile(
    r"<a\b.*?</a>|<[^<>]*>|\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])"
    r"|(?<![^\s*_~(])(?<!\]\()(https?://[^\s<>]*[^\s<>?!.,:;*_~\"')\]])",
    re.DOTALL,
)
"""An address that stands for itself, as the last alternative; the others are links already."""
ESCAPED = re.compile(r"""\\([<&~"'@^%/=?])""")
"""What CommonMark lets one escape, and Python-Markdown does not."""


def mask_formulas(lines: list[str]) -> list[str]:
    """Blot out formulas that go over several lines, in which lists seem to begin."""

    def blot(match: re.Match[str]) -> str:
        if match["fence"] or match["ticks"] or "\n" not in match[0]:
            return match[0]
        return re.sub(r"\S", "x", match[0])

    return LITERAL.sub(blot, "\n".join(lines)).split("\n")


def change_text(lines: list[str]) -> list[str]:
    """Change what is text, and neither code nor a formula, so that it is read as CommonMark's."""
    text = "\n".join(lines)
    parts, at = [], 0
    for literal in LITERAL.finditer(text):
        code = re.sub(r"\n(?= *#)", " ", literal[0]) if literal["ticks"] else literal[0]
        parts += [_escape(text[at : literal.start()]), code]
        at = literal.end()
    return "".join([*parts, _escape(text[at:])]).split("\n")


def _escape(text: str) -> str:
    """Write out what Python-Markdown would read as something else."""
    text = re.sub(r"^( {0,3})(#{1,6}(?=[^\s#])|#{7,})", r"\1\\\2", text, flags=re.MULTILINE)
    text = re.sub(r"(?<!\\)\\\n", "  \n", text)
    text = LINK.sub(lambda match: f"<{match[1]}>" if match[1] else match[0], text)
    return ESCAPED.sub(lambda match: f"&#{ord(match[1])};", text)
