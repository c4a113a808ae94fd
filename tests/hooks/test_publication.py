"""What the site is made of: its fonts' characters, its search, its styles, and no file too many."""

import importlib.util
import json
import pkgutil
import re
import sys
import unicodedata
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from xordocs.micropython import data

ROOT = Path(__file__).parent.parent.parent
BESIDE = {"run-it-yourself/run-it-yourself.ipynb"}
"""What mkdocs-jupyter writes beside a page that is itself no notebook to take along."""
BY_ADDRESS = {"404.html", "sitemap.xml", "sitemap.xml.gz", "objects.inv", "robots.txt", "llms.txt"}
"""What servers, search engines and other sites ask for by name."""
UNSEEN = set("⌃⌘⌤⌥⌦⌧⌫⎀⎇⎋⎙⏎⏏⇞⇟⇤⇥⇧⇪⊞❖☰⤒⤓")
"""The theme's names of keys, which no page shows."""


def load(name, path):
    spec = importlib.util.spec_from_file_location(name, ROOT / path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


style_sheet = load("style_sheet_hook", "hooks/style_sheet.py")
publication = load("publication_hook", "hooks/publication.py")
theme_script = load("theme_script_hook", "hooks/theme_script.py")


def as_drawn(identifier):
    """A letter alone in a formula is drawn as an italic one."""
    text = identifier.get_text()
    if len(text) != 1 or identifier.get("mathvariant") == "normal" or not text.isalpha():
        return text
    size = "CAPITAL" if text.isupper() else "SMALL"
    letter = unicodedata.name(text).rpartition(" ")[2]
    italic = f"MATHEMATICAL ITALIC {size} {letter}"
    try:
        return "ℎ" if text == "h" else unicodedata.lookup(italic)
    except KeyError:
        return text


def test_every_character_of_the_site_is_in_its_fonts(site):
    """`make fonts` cuts them to these; the symbols of figures are in the code's font alone."""
    cut = load("cut", "tests/fonts/cut.py")
    text, figures, mathematics = set(), set(), set()
    for page in site.rglob("*.html"):
        soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
        for tag in soup(["script", "style"]):
            tag.decompose()
        for figure in soup("svg"):
            figures |= set(figure.get_text())
            figure.decompose()
        for formula in soup("math"):
            for leaf in formula(["mi", "mn", "mo", "mtext"]):
                mathematics |= set(as_drawn(leaf) if leaf.name == "mi" else leaf.get_text())
            formula.decompose()
        text |= set(soup.get_text())
    symbols = set("─━╍■½▲●◆✓✗") | UNSEEN
    known = symbols | set(map(chr, cut.TEXT))
    assert {it for it in text if it.isprintable()} - known == set()
    assert {it for it in figures if it.isprintable()} - known == set(map(chr, cut.POWERS))
    drawn = {it for it in mathematics if it.isprintable()}
    assert drawn - set(map(chr, cut.MATHEMATICS)) == set()


def test_nothing_is_shipped_that_no_page_reaches(site):
    names = set()
    for path in site.rglob("*"):
        if path.suffix in (".html", ".css", ".js", ".json"):
            found = re.findall(r"[\w.%-]+\.[a-z0-9]{2,5}\b", path.read_text("utf-8"))
            names |= set(map(unquote, found))
    elements = {path.stem for path in (ROOT / "elements").glob("*/*.js")} | {
        "core",
        "tools",
        *data(),
    }
    names |= {f"{name}.js" for name in elements}  # the loader makes their names
    shipped = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    unreached = {it for it in shipped - BY_ADDRESS - BESIDE if it.rpartition("/")[2] not in names}
    licences = {it for it in unreached if it.startswith("assets/fonts/LICENSE-")}
    assert unreached - licences == set()
    assert len(licences) == 4, "each font's licence goes with it"


def test_the_search_knows_every_page_and_heading_and_no_listing(site):
    file = site / "search" / "search_index.json"
    index = json.loads(file.read_text("utf-8"))
    entries = {entry["location"]: entry for entry in index["docs"]}
    assert not [place for place, entry in entries.items() if "<pre>" in entry["text"]]
    arguments = entries["reference/plots/#xordocs.plots.curves.loss"]["text"]
    assert "<code>log</code> \u2013 <p>Divide the vertical axis" in arguments
    assert "<code>bool</code>" not in arguments
    for page in site.rglob("index.html"):
        address = page.parent.relative_to(site).as_posix()
        address = "" if address == "." else f"{address}/"
        if address == "paper/":
            continue  # the lessons again
        assert address in entries
        soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
        for heading in soup.select("article :is(h2, h3)[id]:not(xor-exercise *, details *)"):
            assert f"{address}#{heading['id']}" in entries
    assert file.stat().st_size < 640_000  # about 170 kB compressed, when the search opens


def test_the_reference_describes_each_function_and_class_once(site):
    """A package that hands on its modules' names does not describe them a second time."""
    described = {}
    for page in (site / "reference").rglob("index.html"):
        soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
        for heading in soup.select("article .doc-heading[id^='xordocs.']"):
            found = pkgutil.resolve_name(heading["id"])
            if callable(found):
                described.setdefault(id(found), []).append(heading["id"])
    assert len(described) > 100
    assert [names for names in described.values() if len(names) > 1] == []


def test_every_link_of_an_article_has_words(site):
    """A formula alone names no link for those who listen."""
    nameless = []
    for page in site.rglob("index.html"):
        soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
        for link in soup.select("article a[href]:has(math)"):
            for formula in link.select("math"):
                formula.decompose()
            if not link.get_text(strip=True):
                nameless.append((page.parent.name, link["href"]))
    assert nameless == []


@pytest.mark.parametrize(
    ("selector", "matches"),
    [
        (".md-header", True),
        (".md-header .gone", False),
        ("a:not(.gone)", True),
        (":is(.gone,.md-header) > p", True),
        (":is(.gone,.lost) > p", False),
        ("h1", True),
        (".xor-plane > .xor-turn", True),  # `xor-${kind}` in a script
        (".xd-error .gone", False),
        ("[data-md-scheme=x] .md-header:hover", True),
    ],
)
def test_a_selector_stays_if_its_classes_occur(selector, matches):
    assert style_sheet.can_match(selector, {"md-header"}) is matches


def test_rules_without_a_selector_that_can_match_go_and_others_keep_their_order():
    sheet = (
        ".a, .gone { x: 1 } @media print { .gone { x: 2 } } @media print { .a { x: 3 } } .gone {}"
    )
    kept = "".join(style_sheet.prune(sheet, {"a"}).split())
    assert kept == ".a{x:1}@mediaprint{.a{x:3}}"


def test_classes_that_scripts_put_together_keep_their_rules():
    """A script holds `xor-${name}`, and no page `xor-cross`."""
    sheet = ".xor-cross, .xorcross, .md-cross { color: red }"
    assert style_sheet.prune(sheet, {"xor-", "cross"}).split("{")[0].strip() == ".xor-cross"


@pytest.mark.parametrize(
    ("link", "named"),
    [
        ("..", "../index.html"),
        (".", "./index.html"),
        ("../two/#part", "../two/index.html#part"),
        ("../two/?seed=2#map", "../two/index.html?seed=2#map"),
        ("#part", "#part"),
        ("", ""),
        ("a.ipynb", "a.ipynb"),
        ("https://example.org/", "https://example.org/"),
        ("/below/", "/below/"),
    ],
)
def test_a_link_to_a_folder_names_its_file(link, named):
    assert publication.name_files(f'<a class="x" href="{link}">') == f'<a class="x" href="{named}">'


def test_another_script_of_the_theme_stops_the_build():
    with pytest.raises(Exception, match=r"expected .* once in Material's script"):
        theme_script.change("")


def test_a_script_that_cannot_be_joined_stops_the_build():
    elsewhere = MkDocsConfig()
    elsewhere.extra_javascript = ["https://example.org/a.js"]
    with pytest.raises(
        Exception, match=r"expected a file of the site, got 'https://example.org/a.js'"
    ):
        theme_script.on_files(Files([]), elsewhere)
