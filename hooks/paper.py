"""Join the lessons into one page for paper.

A page whose header has a list of globs, ``joins: [tutorials/*.py]``, shows after its own text a
table of contents and then the pages that they name, in the order of the navigation. There ids are
the page's own, links between those pages lead from one to the other, live figures leave their place
to their stills, nothing is folded, and answers stand at the end of their lesson.
"""

import functools
import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any, NamedTuple

from bs4 import BeautifulSoup, Tag
from bs4.element import AttributeValueList
from jinja2 import Environment
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.utils import get_relative_url

from xordocs.site.notebooks.options import matches

LIVE = (
    "xor-run, xor-pad, script, form, input, button, a.headerlink, a.md-button, "
    ".xd-actions, .xd-check"
)
"""What is of no use on paper."""
ANSWERS = "details.answer, .xd-hint, .xd-solution"
"""What a reader opens after an exercise: it goes to the end of the lesson."""
PLAIN = {"xor-answer": "paper-question", "xor-exercise": "paper-exercise"}
"""The classes of what scripts would make elements of."""
LONG = 9
"""From so many lines on code may go on overleaf; fewer stay together."""
BESIDE = (70, 32, 14)
"""How wide code and its output may be, in letters, to stand side by side, and how long the code."""
COLUMN = 58
"""How many letters of code a column of answers holds; an answer with longer lines takes both."""
TELLS_NOTHING = {"Answer", "Solution"}
"""Words that open an answer, which its number says as well."""
DRAWING = re.compile(r"<(svg|math)\b.*?</\1>", re.DOTALL)
SIZE = re.compile(r'^<svg width="(\d+)" height="\d+"')
"""How wide a figure is on a screen, which its style sheet has to know."""
IDS = ("aria-describedby", "aria-labelledby", "for", "headers", "id")
"""Attributes that are ids, or lists of them."""
_DRAWN_IDS = re.compile(
    r"""(?P<ids>\s(?:aria-describedby|aria-labelledby|id)=")(?P<list>[^"]+)"""
    r"""|(?P<link>\shref="\#|url\(\#)|(?P<name>(?<=[\s".])figure-(?=\d))"""
)
NUMBER = re.compile(r"(\d+)\.\s")
"""What the title of a lesson begins with."""
COMMON = 3
"""In how many lessons a heading may stand before the table of contents leaves it out."""

_order: list[str] = []


class Article(NamedTuple):
    """A page that is joined with others.

    Attributes:
        key: What its ids begin with.
        title: Its title in the navigation.
        url: Its address within the site.
        html: Its content.
    """

    key: str
    title: str
    url: str
    html: str


class Joined(NamedTuple):
    """A page as it stands among others.

    Attributes:
        html: Its content.
        sections: Its headings of the second level: the id and the words of each.
    """

    html: str
    sections: tuple[tuple[str, str], ...]


def on_nav(nav: Navigation, **_: object) -> Navigation:
    """Note the order of the pages."""
    _order[:] = [page.file.src_uri for page in nav.pages]
    return nav


@event_priority(-100)  # after plugins that finish pages here
def on_env(env: Environment, files: Files, **_: object) -> Environment:
    """Fill the pages that join others, now that these are rendered."""
    pages = {file.src_uri: file.page for file in files.documentation_pages() if file.page}
    for page in pages.values():
        if globs := page.meta.get("joins"):
            joined = [
                Article(key_of(uri), str(pages[uri].title), pages[uri].url, pages[uri].content)
                for uri in _order
                if uri in pages and any(matches(glob, uri) for glob in globs)
            ]
            page.content = (page.content or "") + join(joined, page.url)
            page.meta["running_heads"] = "\n".join(map(_running_head, joined))
    return env


def key_of(uri: str) -> str:
    """Return what the ids of a page begin with, by its path: ``tutorials-by-hand``."""
    return posixpath.splitext(uri)[0].replace("/", "-")


def join(articles: Sequence[Article], url: str) -> str:
    """Return pages as one, with a table of contents before them.

    Args:
        articles: The pages in their order.
        url: The address of the one page within the site.
    """
    keys = tuple((article.url, article.key) for article in articles)
    joined = [_adapt(article, url, keys) for article in articles]
    counts = Counter(words for one in joined for _, words in one.sections)
    entries = []
    for article, one in zip(articles, joined, strict=True):
        own = [(name, words) for name, words in one.sections if counts[words] < COMMON]
        parts = " · ".join(f'<a href="#{name}">{words}</a>' for name, words in own)
        below = f"<p>{parts}</p>" if parts else ""
        entries.append(
            f'<li><a href="#{article.key}">{escape(article.title, quote=False)}</a>{below}</li>'
        )
    contents = "".join(entries)
    head = '<h2 id="contents">Contents</h2>'
    nav = f'<nav class="paper-contents" aria-labelledby="contents">{head}<ul>{contents}</ul></nav>'
    return "\n".join([nav, *(one.html for one in joined)])


def _running_head(article: Article) -> str:
    """Return the style by which a page's title stands above each of its sheets."""
    title = re.sub(r'["\\<]', lambda sign: f"\\{ord(sign[0]):x} ", article.title)
    key = article.key
    return f'#{key} {{ page: {key} }} @page {key} {{ @top-left {{ content: "{title}" }} }}'


@functools.lru_cache(maxsize=64)  # under ``serve`` most pages are the same in the next build
def _adapt(article: Article, url: str, keys: tuple[tuple[str, str], ...]) -> Joined:
    """Make a page a part of another one.

    Args:
        article: The page.
        url: The address of the other one within the site.
        keys: What ids begin with on each page that the other one joins, by its address.
    """
    drawings: list[str] = []

    def put_aside(drawing: re.Match[str]) -> str:
        drawn = SIZE.sub(r'\g<0> style="--wide: \1px"', _prefix_drawn(drawing[0], article.key))
        drawings.append(drawn)
        return f"<!--drawing {len(drawings) - 1}-->"

    soup = BeautifulSoup(DRAWING.sub(put_aside, article.html), "html.parser")
    for tag in soup.select(LIVE):
        tag.decompose()
    for tag in soup.find_all("p"):
        if not "".join(map(str, tag.contents)).strip():
            tag.decompose()
    for tag in soup.find_all(True):
        _rename(tag, article, url, dict(keys))
    number = NUMBER.match(article.title)
    answers = list(_take_answers(soup, article.key, f"{number[1]}." if number else ""))
    for details in soup.find_all("details"):
        _unfold(details)
    for listing in soup.select(".highlight pre"):
        if len(listing.get_text().rstrip().split("\n")) >= LONG:
            for tag in (listing, *listing.find_parents(class_="highlight")):
                classes = filter(None, tag.get_attribute_list("class"))
                tag["class"] = AttributeValueList([*classes, "paper-long"])
    for output in soup.select(".highlight:not(.xd-output) + .xd-output"):
        _put_beside(output, soup)
    for title in soup.select(".admonition-title"):
        if title.string == "Before you scroll":
            title.string = "Before you read on"
    for level in range(5, 0, -1):
        for heading in soup.find_all(f"h{level}"):
            heading.name = f"h{level + 1}"
    sections = [(str(heading["id"]), _words(heading)) for heading in soup.find_all("h3", id=True)]
    kicker = f'<p class="paper-number">Lesson {number[1]}</p>' if number else ""
    html = f"{kicker}{soup.decode(formatter='minimal')}"
    if answers:
        name = f"{article.key}--answers-of-this-lesson"
        sections.append((name, "Answers"))
        html += f'<div class="paper-answers"><h3 id="{name}">Answers</h3>{"".join(answers)}</div>'
    html = f'<section class="paper-part" id="{article.key}">{html}</section>'

    def put_back(text: str) -> str:
        return re.sub(r"<!--drawing (\d+)-->", lambda match: drawings[int(match[1])], text)

    return Joined(put_back(html), tuple((name, put_back(words)) for name, words in sections))


def _prefix_drawn(drawing: str, key: str) -> str:
    """Prefix the ids in a drawing or a formula, all that refers to them, and its own class."""

    def prefix(match: re.Match[str]) -> str:
        if match["ids"]:
            return match["ids"] + " ".join(f"{key}--{name}" for name in match["list"].split())
        return f"{match['link']}{key}--" if match["link"] else f"{key}--{match['name']}"

    return _DRAWN_IDS.sub(prefix, drawing)


def _rename(tag: Tag, article: Article, url: str, keys: dict[str, str]) -> None:
    """Prefix a tag's ids, lead its links on from the other page, and make it plain HTML."""
    for name in IDS:
        if value := tag.get(name):
            values = value if isinstance(value, list) else str(value).split()
            tag[name] = " ".join(f"{article.key}--{each}" for each in values)
    classes = [
        re.sub(r"^(?=figure-\d)", f"{article.key}--", each)
        for each in filter(None, tag.get_attribute_list("class"))
    ]
    if tag.name.startswith("xor-"):
        tag.attrs = {"id": tag["id"]} if tag.get("id") else {}
        classes = [PLAIN.get(tag.name, "")]
        tag.name = "span" if tag.name == "xor-term" else "div"
    if named := " ".join(classes).split():
        tag["class"] = AttributeValueList(named)
    for name in ("href", "src"):
        if tag.get(name):
            tag[name] = _leading(str(tag[name]), article, url, keys)


def _leading(target: str, article: Article, url: str, keys: dict[str, str]) -> str:
    """Return where a link of a page leads from the page that joins it."""
    if re.match(r"[a-z][a-z\d+.-]*:|/", target, re.IGNORECASE):
        return target
    path, mark, fragment = target.partition("#")
    if not path:
        return f"#{article.key}--{fragment}" if fragment else f"#{article.key}"
    place = posixpath.normpath(posixpath.join(article.url or ".", path))
    place = f"{place}/" if path.endswith(("/", ".")) and place != "." else place
    if place in keys:
        return f"#{keys[place]}--{fragment}" if fragment else f"#{keys[place]}"
    return get_relative_url(place, url) + mark + fragment


def _take_answers(soup: BeautifulSoup, key: str, number: str) -> Iterator[str]:
    """Take the answers out of a page, with a note in the place of each that says where it is.

    Yields:
        The answers. What follows on one exercise is one answer.
    """
    found = soup.select(ANSWERS)
    groups: list[list[Tag]] = []
    for details in found:
        before = details.find_previous_sibling()
        if groups and before is groups[-1][-1]:
            groups[-1].append(details)
        else:
            groups.append([details])
    for count, group in enumerate(groups, 1):
        name, place = f"{key}--answer-{count}", f"{key}--question-{count}"
        note = BeautifulSoup(
            f'<p class="paper-see" id="{place}"><a href="#{name}">Answer {number}{count}</a>, '
            "at the end of the lesson</p>",
            "html.parser",
        )
        group[0].insert_before(note)
        for details in group:
            _unfold(details.extract(), is_answer=len(group) == 1)
        title = f'<p class="paper-title"><a href="#{place}">Answer {number}{count}</a></p>'
        content = "".join(details.decode(formatter="minimal") for details in group)
        code = (pre.get_text().split("\n") for details in group for pre in details.select("pre"))
        is_wide = any(len(line) > COLUMN for lines in code for line in lines)
        kind = "paper-solved paper-wide" if is_wide else "paper-solved"
        yield f'<div class="{kind}" id="{name}">{title}{content}</div>'


def _unfold(details: Tag, *, is_answer: bool = False) -> None:
    """Make what a reader would open a block with a title, in place; an answer has its number."""
    details.name = "div"
    details["class"] = "paper-open"
    details.attrs.pop("open", None)
    summary = details.find("summary", recursive=False)
    if isinstance(summary, Tag):
        if is_answer and summary.get_text(strip=True) in TELLS_NOTHING:
            summary.decompose()
        else:
            summary.name = "p"
            summary["class"] = "paper-title"


def _put_beside(output: Tag, soup: BeautifulSoup) -> None:
    """Put what code has printed into one block with it, if the two fit side by side."""
    code = output.find_previous_sibling()
    if not isinstance(code, Tag):
        return
    left, right = (each.get_text().rstrip().split("\n") for each in (code, output))
    columns, printed, lines = BESIDE
    if max(map(len, left)) > columns or max(map(len, right)) > printed or len(left) > lines:
        return
    block = soup.new_tag("div", attrs={"class": "paper-ran"})
    code.insert_before(block)
    block.extend([code.extract(), output.extract()])


def _words(heading: Tag) -> str:
    """Return a heading's words as HTML without links and ids."""
    copied: Any = BeautifulSoup(heading.decode(formatter="minimal"), "html.parser").find(True)
    for tag in copied.find_all(True):
        if tag.name == "a":
            tag.unwrap()
        tag.attrs.pop("id", None)
    return str(copied.decode_contents(formatter="minimal")).strip()
