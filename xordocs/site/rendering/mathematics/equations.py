r"""Number displayed equations: those with a `\label` or a `\tag`, as Jupyter does.

A label without a tag gets the page's next number. References link to it from anywhere on the page.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from xordocs.site.rendering.mathematics.environments import (
    TRANSPARENT,
    environment_at,
    join_rows,
    merge_eqnarray,
    split_rows,
)
from xordocs.site.rendering.mathematics.tokens import (
    argument,
    braced,
    join,
    trim,
)

__all__ = ["Numbers", "lay_out"]

Tokens = list[str]
_ALIGNED = {"align", "alignat", "flalign", "xalignat", "eqnarray"}
_NUMBERS = {r"\label", r"\tag"}
_MARK = "xdtag"
"""What stands for a tag until the formula is set: math-core takes plain words only."""


class _Target(NamedTuple):
    """What a reference leads to: the id of an equation, and what it is called, as HTML."""

    id: str
    name: str
    has_brackets: bool


@dataclass
class Numbers:
    """The numbers of a page's equations.

    Attributes:
        targets: The labelled equations, by label.
        tags: The tags of equations, as LaTeX, in order.
    """

    targets: dict[str, _Target] = field(default_factory=dict)
    tags: list[tuple[str, bool]] = field(default_factory=list)
    _count: int = 0

    def add(self, found: Tokens) -> Tokens:
        r"""Number one row of equations.

        Args:
            found: Its `\tag` and `\label`, with their arguments.

        Returns:
            What math-core takes for them.

        Raises:
            ValueError: There are several tags, or a label is another equation's already.
        """
        tags: list[str] = []
        labels: list[str] = []
        starred = False
        at = 0
        while at < len(found):
            command = found[at]
            star = found[at + 1 : at + 2] == ["*"]
            content, at = argument(found, at + 1 + star)
            (tags if command == r"\tag" else labels).append(join(content).strip())
            starred = starred or star
        if len(tags) > 1:
            raise ValueError(r"an equation can have one \tag only")
        if not tags:
            self._count += 1
            tags = [str(self._count)]
        self.tags.append((tags[0], starred))
        mark = f"{_MARK}{len(self.tags)}"
        written = [r"\tag", *braced(list(mark))]
        for label in labels:
            if label in self.targets:
                raise ValueError(f"two equations have the label {label}")
            words = re.sub(r"[^A-Za-z0-9:.-]+", "-", label)
            taken = {target.id for target in self.targets.values()}
            name = f"equation-{words}"
            name = name if name not in taken else f"{name}-{len(taken) + 1}"
            self.targets[label] = _Target(name, html.escape(tags[0].replace("$", "")), not starred)
        if labels:
            identifier = self.targets[labels[0]].id.removeprefix("equation-")
            written += [r"\label", *braced(list(identifier))]
        return written

    def link(self, label: str, *, in_brackets: bool) -> str:
        r"""Return a reference as HTML; `\eqref` puts what `\ref` says in brackets.

        Raises:
            ValueError: No equation of the page has this label.
        """
        target = self.targets.get(label)
        if target is None:
            raise ValueError(f"no equation on this page has the label {label}")
        name = f"({target.name})" if in_brackets and target.has_brackets else target.name
        return f'<a href="#{target.id}">{name}</a>'


def lay_out(tokens: Sequence[str], numbers: Numbers, punctuation: str = "") -> Tokens:
    """Give a displayed formula its rows and numbers.

    Args:
        tokens: The formula, macros expanded.
        numbers: The numbers of its page.
        punctuation: What closes the sentence, and belongs to its end.

    Raises:
        ValueError: A label or a tag is wrong.
    """
    content, name = _unwrapped(trim(tokens))
    stop = [r"\text", *braced([punctuation])] if punctuation else []
    if name in {"gather", "multline"} | _ALIGNED:
        return _rows(name, content, numbers, stop)
    content, found = _take_numbers(content)
    content = trim(content)
    rows = split_rows(content)
    if len(rows) > 1 and all(len(row) == 1 for row in rows):
        content = [r"\begin", *braced(list("gathered")), *content]
        content += [r"\end", *braced(list("gathered"))]
    content += stop
    if not found:
        return content
    number = numbers.add(found)
    equation = braced(list("equation*"))
    return [r"\begin", *equation, *content, " ", *number, r"\end", *equation]


def _unwrapped(tokens: Tokens) -> tuple[Tokens, str]:
    """Return what is in the environment that is the whole formula, and the environment's name."""
    environment = environment_at(tokens, 0)
    if environment is None or environment.end != len(tokens):
        return tokens, ""
    name = environment.name.rstrip("*")
    content = environment.body
    if name in TRANSPARENT:
        return _unwrapped(trim(content))
    if name not in {"gather", "multline"} | _ALIGNED:
        return tokens, ""
    if name in {"alignat", "xalignat"}:
        content = content[argument(content, 0)[1] :]
    return content, name


def _rows(name: str, content: Tokens, numbers: Numbers, stop: Tokens) -> Tokens:
    """Number the rows of an environment that may number each of them."""
    if name == "eqnarray":
        content = merge_eqnarray(content)
    rows = split_rows(content)
    rows[-1][-1] = [*trim(rows[-1][-1]), *stop]
    numbered = False
    for row in rows:
        found: Tokens = []
        for place, cell in enumerate(row):
            row[place], taken = _take_numbers(cell)
            found += taken
        if found:
            numbered = True
            row[-1] += [" ", *numbers.add(found)]
    if name == "multline":
        outer = "multline*"
    elif name in _ALIGNED:
        outer = "align*" if numbered else "aligned"
    else:
        outer = "gather*" if numbered else "gathered"
    return [r"\begin", *braced(list(outer)), " ", *join_rows(rows), r"\end", *braced(list(outer))]


def _take_numbers(tokens: Sequence[str]) -> tuple[Tokens, Tokens]:
    """Separate labels and tags, however deep, from the rest of a formula."""
    rest: Tokens = []
    found: Tokens = []
    at = 0
    while at < len(tokens):
        symbol = tokens[at]
        if symbol in _NUMBERS:
            star = tokens[at + 1 : at + 2] == ["*"]
            content, end = argument(tokens, at + 1 + star)
            found += [symbol, *(["*"] if star else []), *braced(content)]
            at = end
        else:
            rest.append(symbol)
            at += 1
    return rest, found
