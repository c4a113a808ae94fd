"""What searches, robots and language models are told of the pages, with and without an address."""

import re
import xml.etree.ElementTree as ElementTree
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup
from lessons import TUTORIALS
from PIL import Image
from site_hooks import FOLDER, hook
from small_site import build

finding = hook("finding")

ADDRESS = "https://example.org/below/"
LOCATION = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
FIGURE = (
    '<figure class="xd-figure"><svg width="80" height="40" viewBox="0 0 80 40">'
    "<title>Bars</title><desc>Two &amp; three.</desc>"
    '<path d="M0 0H80V40H0z" style="fill:var(--fig-d55e00,#d55e00)"/></svg></figure>'
)
PAGES = {
    "index.md": f'# Home\n\nIt says "yes" & <b>no</b>. It is a page with a figure.\n\n{FIGURE}\n',
    "other.md": "---\ndescription: What its author says of it.\n---\n# Other\n\n"
    "A line of prose that is long enough to tell something.\n\n## There\n",
    "paper.md": "---\njoins: [other.md]\n---\n# Paper\n",
}


@pytest.fixture(scope="module")
def addressed(tmp_path_factory):
    """A small site that knows its address, which is below that of its host."""
    folder = tmp_path_factory.mktemp("addressed")
    hooks = [str(FOLDER / f"{name}.py") for name in ("finding", "pictures")]
    settings = f"site_url: {ADDRESS}\nsite_description: Small.\nhooks: {hooks}\n"
    theme = f"{{name: material, font: false, custom_dir: {FOLDER.parent / 'overrides'}}}"
    code, said = build(folder, PAGES, settings, theme=theme)
    assert code == 0, said
    return folder / "site"


def head(page):
    text, _, _ = page.read_text("utf-8").partition("</head>")  # the rest takes a parser long
    return BeautifulSoup(text, "html.parser").head


def told(page):
    """What a page says of itself in its metadata, by name."""
    tags = head(page).select("meta[content]")
    return {tag.get("name") or tag.get("property"): tag["content"] for tag in tags}


def linked(page, kind):
    """Where the last of a page's links of a kind leads; None if it has none."""
    links = head(page).select(f"link[rel='{kind}']")
    return links[-1]["href"] if links else None


X = "<math><mi>x</mi></math>"
DESCRIBED = {
    "<h1>T</h1><p>One thing, then another thing. And a third.</p>": (
        "One thing, then another thing. And a third."
    ),
    '<p>Too short.</p><p class="x">Long enough to tell what the page is about.</p>': (
        "Long enough to tell what the page is about."
    ),
    "<pre>A long line of code that is no prose at all.</pre><table><tr><td>x</td></table>": "",
    f"<p>The first sentence, which tells what it is. The second has {X} in it.</p>": (
        "The first sentence, which tells what it is."
    ),
    f"<p>With {X} it begins.</p><p>And goes on, in plain words, for a while.</p>": (
        "And goes on, in plain words, for a while."
    ),
    "<p>A <b>word</b> &amp; a <a href='x'>link</a>,\na note<sup>1</sup> too, and its end.</p>": (
        "A word & a link, a note too, and its end."
    ),
    "<p>There are some ways to do it, and this is one:</p>": (
        "There are some ways to do it, and this is one."
    ),
    f"<p>{'word ' * 60}.</p>": f"{'word ' * 30}word…",
    f"<p>{'A sentence of prose. ' * 30}</p>": " ".join(["A sentence of prose."] * 7),
    f"<p>A short one. A long one, {'of many, ' * 30}</p>": (
        f"A short one. A long one, {'of many, ' * 14}of…"
    ),
    "": "",
}


@pytest.mark.parametrize("html", DESCRIBED)
def test_a_page_is_described_by_its_first_prose(html):
    assert finding.describe(html) == DESCRIBED[html]
    assert len(DESCRIBED[html]) <= 160


def test_each_page_of_the_course_has_a_description_of_its_own(site):
    described = {}
    for page in sorted(site.rglob("index.html")):
        description = told(page)["description"]
        assert 25 <= len(description) <= 160, page
        assert not re.search(r"[$\\{}<>]|&\w+;", description), page
        assert described.setdefault(description, page) == page
        assert told(page)["og:description"] == description


def test_what_the_author_says_of_a_page_comes_first_and_quotes_are_kept(addressed):
    assert told(addressed / "other/index.html")["description"] == "What its author says of it."
    home = told(addressed / "index.html")
    assert home["description"] == 'It says "yes" & no. It is a page with a figure.'


def test_a_page_that_is_not_there_has_a_title_of_its_own(site):
    assert head(site / "404.html").title.text == "Not found - XOR, learned"
    titles = [head(page).title.text for page in site.rglob("*.html")]
    assert len(titles) == len(set(titles))


def test_a_site_without_an_address_says_nothing_that_needs_one(site):
    assert not (site / "sitemap.xml").exists()
    assert not (site / "sitemap.xml.gz").exists()
    assert not (site / "assets/pictures").exists()
    assert (site / "robots.txt").read_text("utf-8") == "User-agent: *\nAllow: /\n"
    for page in site.rglob("*.html"):
        assert not linked(page, "canonical")
        assert not {"og:url", "og:image", "twitter:card"} & told(page).keys()


def test_a_site_with_an_address_says_it_of_each_page(addressed):
    for path, url in {"index.html": ADDRESS, "other/index.html": f"{ADDRESS}other/"}.items():
        assert linked(addressed / path, "canonical") == url
        assert told(addressed / path)["og:url"] == url
    (last,) = re.findall(r"^Sitemap: (.+)$", (addressed / "robots.txt").read_text(), re.MULTILINE)
    assert last == f"{ADDRESS}sitemap.xml"


def test_the_sitemap_lists_the_pages_that_searches_should_find(addressed):
    assert (addressed / "sitemap.xml.gz").exists()
    listed = [it.text for it in ElementTree.parse(addressed / "sitemap.xml").iter(LOCATION)]
    assert listed == [ADDRESS, f"{ADDRESS}other/"]


def test_a_link_is_shown_with_the_pages_figure_and_without_one_with_that_of_the_home_page(
    addressed,
):
    home, other = (told(addressed / path) for path in ("index.html", "other/index.html"))
    assert home["og:title"] == "Another site"
    assert other["og:title"] == "Other"
    for page in (home, other):
        assert page["twitter:card"] == "summary_large_image"
        assert page["og:image:alt"] == "Bars. Two & three."
        assert page["og:image"].startswith(f"{ADDRESS}assets/")
        with Image.open(addressed / page["og:image"].removeprefix(ADDRESS)) as picture:
            size = (int(page["og:image:width"]), int(page["og:image:height"]))
            assert picture.size == size == (1200, 630)
            # the figure is as wide as its place, half as high as wide, and in the middle
            assert picture.getpixel((866, 315))[:3] == (0xD5, 0x5E, 0)


def test_the_icons_are_there_in_the_size_that_they_say(site):
    page = site / "index.html"
    for kind, side in (("icon", 48), ("apple-touch-icon", 180)):
        with Image.open(site / linked(page, kind)) as icon:
            assert icon.size == (side, side)
            colours = {colour[:3] for _, colour in icon.getcolors(1 << 16)}
            assert {(0, 0x72, 0xB2), (0xD5, 0x5E, 0)} <= colours
    with Image.open(site / linked(page, "apple-touch-icon")) as icon:
        assert icon.getpixel((0, 0)) == (0xFB, 0xF9, 0xF4, 255), "a telephone shows black there"


def test_language_models_get_a_list_of_all_pages_with_a_line_on_each(site):
    text = (site / "llms.txt").read_text("utf-8")
    title, summary = re.match(r"# (.+)\n\n> (.+)\n\n## ", text).groups()
    assert title == "XOR, learned"
    assert summary.startswith("Fourteen lessons")
    links = re.findall(r"^- \[([^]]+)\]\(([^)]+)\)(?:: (.+))?$", text, re.MULTILINE)
    assert len(links) == len(re.findall(r"^- ", text, re.MULTILINE))
    places = {urljoin("/", url) for _, url, _ in links}
    pages = {f"/{page.parent.relative_to(site).as_posix()}/" for page in site.rglob("index.html")}
    assert places == {"/" if page == "/./" else page for page in pages}
    for _, url, about in links:
        assert about == unescape(told(site / Path(url) / "index.html")["description"])
    course = text.partition("## Course\n")[2].partition("## ")[0]
    assert re.findall(r"tutorials/([\w-]+)/", course) == TUTORIALS
    assert text.index("## Optional") < text.index("(reference/")
