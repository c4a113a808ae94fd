"""Renderings are restored only where rendering again would do the same, and register the same."""

import logging
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from mkdocs.structure.toc import get_toc

from xordocs.site.cache import Memo
from xordocs.site.incremental import RenderCache

HEADINGS = [
    {"name": "One &amp; only", "id": "one", "level": 1, "children": [
        {"name": "Two", "id": "two", "level": 2, "children": []}
    ]}
]  # fmt: skip


class File(NamedTuple):
    src_uri: str
    url: str = "page/"


class Registry:
    """What pages are registered with, as autorefs and the inventory are."""

    def __init__(self):
        self.known = []

    def register_anchor(self, page, identifier, **options):
        self.known.append((page.url, identifier, options))

    def register(self, name):
        self.known.append(name)


class Site:
    """One process that builds a site."""

    def __init__(self, folder: Path, description="site"):
        self.rendered = []
        self.registries = {"autorefs": Registry(), "inventory": Registry()}
        self.cache = RenderCache(Memo(folder), get_toc, remembers=True)
        self.description = description
        self.begin()

    def begin(self, **options):
        self.cache.begin(lambda: self.description, "", **options)

    def render(self, render, text="text", uri="page.md"):
        """Render a page by a function of the site and the page, or restore it."""
        page = SimpleNamespace(
            file=File(uri), url="page/", markdown=text, meta={}, content=None, toc=get_toc([]),
            _title_from_render=None, present_anchor_ids=None, links_to_anchors=None,
        )  # fmt: skip

        def counted():
            self.rendered.append(uri)
            render(self, page)

        files = SimpleNamespace(get_file_from_path=File)
        self.cache.render(page, files, self.registries, counted)
        return page


def simply(_site, page):
    page.content = "<p>content</p>"


def is_kept(folder, render):
    """Whether a second process restores what a first one has rendered."""
    sites = [Site(folder), Site(folder)]
    for site in sites:
        site.render(render)
    assert sites[0].rendered == ["page.md"]
    return sites[1].rendered == []


def test_everything_that_rendering_makes_is_restored(tmp_path: Path) -> None:
    def render(site, page):
        page.content = "<p>content</p>"
        page.toc = get_toc(HEADINGS)
        page._title_from_render = "Title"
        page.present_anchor_ids = {"one", "two"}
        page.links_to_anchors = {File("other.md"): {"there": "other.md#there"}}
        site.registries["autorefs"].register_anchor(page, "one", title="One")

    sites = [Site(tmp_path), Site(tmp_path)]
    first, second = (site.render(render) for site in sites)
    assert sites[1].rendered == []
    for name in ("content", "_title_from_render", "present_anchor_ids", "links_to_anchors"):
        assert getattr(second, name) == getattr(first, name)
    assert str(second.toc) == str(first.toc)
    assert second.toc.items[0].active
    known = [site.registries["autorefs"].known for site in sites]
    assert known == 2 * [[("page/", "one", {"title": "One"})]]


@pytest.mark.parametrize("level", [logging.INFO, logging.WARNING])
@pytest.mark.parametrize("logger", ["mkdocs.structure.pages", "elsewhere"])
def test_page_that_logs_is_rendered_in_every_build(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, logger, level
) -> None:
    caplog.set_level(logging.INFO, "mkdocs")

    def render(site, page):
        simply(site, page)
        logging.getLogger(logger).log(level, "to be repeated")

    is_logged = logging.getLogger(logger).isEnabledFor(level)
    assert is_kept(tmp_path, render) == (not is_logged)


def test_page_that_sets_or_registers_what_no_file_can_hold_is_not_kept(tmp_path: Path) -> None:
    def sets(site, page):
        simply(site, page)
        page.another = "attribute"

    def changes_metadata(site, page):
        simply(site, page)
        page.meta["title"] = "changed"

    def registers(site, page):
        simply(site, page)
        site.registries["inventory"].register(object())

    for number, render in enumerate([sets, changes_metadata, registers]):
        assert not is_kept(tmp_path / str(number), render)
    assert is_kept(tmp_path / "3", simply)


def test_text_site_and_place_decide(tmp_path: Path) -> None:
    Site(tmp_path).render(simply)
    for description, changes in [
        ("site", {"text": "other"}),
        ("site", {"uri": "other.md"}),
        ("another site", {}),
        (None, {}),
    ]:
        site = Site(tmp_path, description)
        site.render(simply, **changes)
        assert len(site.rendered) == 1, (description, changes)


def test_page_is_added_to_the_same_inventory_as_before_or_rendered_again(tmp_path: Path) -> None:
    def adds(name):
        def render(site, page):
            simply(site, page)
            site.registries["inventory"].register(name)

        return render

    Site(tmp_path).render(adds("second"))
    site = Site(tmp_path)
    site.render(adds("first"), uri="earlier.md")
    site.render(adds("second"))
    assert site.rendered == ["earlier.md", "page.md"]
    assert site.registries["inventory"].known == ["first", "second"]


def test_documentation_of_other_modules_is_postponed_by_one_build_under_serve(
    tmp_path: Path,
) -> None:
    module = tmp_path / "package/other.py"
    module.parent.mkdir()
    module.write_text("first")

    def render(_site, page):
        page.content = module.read_text()

    site = Site(tmp_path / "cache")
    pages = {"own.md": "::: package.other", "page.md": "::: package.module"}
    shown = []
    for text, postpones in [("first", True), ("second", True), ("second", False)]:
        module.write_text(text)
        site.begin(postpones=postpones)
        contents = [site.render(render, pages[uri], uri).content for uri in pages]
        shown.append((*contents, site.cache.has_postponed))
    assert shown == [
        ("first", "first", False), ("second", "first", True), ("second", "second", False),
    ]  # fmt: skip
