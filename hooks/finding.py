"""Help those who look for a page: what it is about in one line, and where the pages are.

Writes ``robots.txt`` and ``llms.txt`` (https://llmstxt.org).
"""

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import NamedTuple

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

LONGEST = 160
"""How many letters of a description searches show."""
SHORTEST = 40
"""And how few tell anything."""
START, OPTIONAL = "Start", "Optional"
"""The headings of pages outside sections, and of those deep within them."""
PARAGRAPH = re.compile(r"<p(?: class=\"[^\"]*\")?>(.*?)</p>", re.DOTALL)
FORMULA = re.compile(r"<math\b.*?</math>", re.DOTALL)
MARK = "\N{OBJECT REPLACEMENT CHARACTER}"
"""What stands for a formula, which plain text cannot show."""
NOTE = re.compile(r"<sup\b.*?</sup>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
SENTENCE = re.compile(r"(?<=[.!?])\s+")

_nav: list[Navigation] = []


class Entry(NamedTuple):
    """A page in the list of all.

    Attributes:
        section: The heading that it is listed under.
        page: The page.
    """

    section: str
    page: Page


def on_nav(nav: Navigation, **_: object) -> Navigation:
    """Note the order of the pages."""
    _nav[:] = [nav]
    return nav


@event_priority(-200)  # after pages that join others have their content
def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Describe each page, and write the files for robots."""
    for file in files.documentation_pages():
        if file.page and "description" not in file.page.meta:
            file.page.meta["description"] = escape(describe(file.page.content or ""))
    texts = {"robots.txt": robots(config.site_url), "llms.txt": llms(config, _nav[0])}
    for path, text in texts.items():
        files.append(File.generated(config, path, content=text))
    return env


def describe(html: str) -> str:
    """Return the first lines of a page's prose as plain text; nothing if it has none.

    Sentences are whole as long as one fits, and none has a formula in it.
    """
    for paragraph in PARAGRAPH.finditer(html):
        text = unescape(TAG.sub("", NOTE.sub("", FORMULA.sub(MARK, paragraph[1]))))
        sentences = SENTENCE.split(" ".join(text.split()))
        plain = sentences[: next((n for n, it in enumerate(sentences) if MARK in it), None)]
        if len(" ".join(plain)) >= SHORTEST:
            return shorten(plain)
    return ""


def shorten(sentences: list[str]) -> str:
    """Return as many sentences as fit; some words of the next where they would be few."""
    text = ""
    for sentence in sentences:
        longer = f"{text} {sentence}".strip()
        if len(longer) > LONGEST:
            if len(text) < LONGEST // 2:
                text = f"{longer[: LONGEST - 1].rpartition(' ')[0].rstrip(' ,;:–')}…"
            break
        text = longer
    return f"{text[:-1]}." if text.endswith(":") else text


def robots(address: str | None) -> str:
    """Return what robots may read, which is all, and where the sitemap is.

    Args:
        address: The site's; None or nothing if it is not known.
    """
    sitemap = f"\nSitemap: {address}sitemap.xml\n" if address else ""
    return f"User-agent: *\nAllow: /\n{sitemap}"


def llms(config: MkDocsConfig, nav: Navigation) -> str:
    """Return a list of the pages, each with what it is about."""
    text = f"# {config.site_name}\n\n> {config.site_description}\n"
    section = ""
    for entry in sorted(entries(nav), key=lambda it: it.section == OPTIONAL):
        if entry.section != section:
            section = entry.section
            text += f"\n## {section}\n\n"
        page = entry.page
        about = unescape(str(page.meta["description"]))
        link = f"[{page.title}]({page.canonical_url or page.url or './'})"
        text += f"- {link}: {about}\n" if about else f"- {link}\n"
    return text


def entries(nav: Navigation) -> Iterator[Entry]:
    """List the pages of a navigation under the headings of its first level.

    Groups of pages within one stand under its heading, too. What lies deeper is optional: whoever
    has little room may leave it out.
    """
    alone = [item for item in nav.items if isinstance(item, Page)]
    yield from (Entry(START, page) for page in alone)
    for item in nav.items:
        if isinstance(item, Section):
            for below in item.children:
                if isinstance(below, Page):
                    yield Entry(item.title, below)
                elif isinstance(below, Section):
                    is_deep = any(isinstance(it, Section) for it in below.children)
                    heading = OPTIONAL if is_deep else item.title
                    yield from (Entry(heading, page) for page in pages_of(below))


def pages_of(section: Section) -> Iterator[Page]:
    """List the pages of a section, however deep."""
    for item in section.children:
        if isinstance(item, Page):
            yield item
        elif isinstance(item, Section):
            yield from pages_of(item)
