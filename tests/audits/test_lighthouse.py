"""Lighthouse finds nothing to better in any page: for readers, for browsers, for search engines."""

import pytest
from audits import tools
from serving import find_chromium, pages, serve

pytestmark = pytest.mark.audit

CATEGORIES = ("accessibility", "best-practices", "seo")
MEANT = {"paper/": {("seo", "is-crawlable")}}
"""What is so on purpose: searches shall find the lessons, and not the page that joins them."""


@pytest.fixture
def executable():
    found = find_chromium()
    assert found, "no Chromium here"
    return found


def lost(report):
    """The audits that cost a page points, by category."""
    return {
        (name, audit["id"])
        for name, category in report["categories"].items()
        for audit in category["auditRefs"]
        if audit["weight"] and report["audits"][audit["id"]]["score"] not in (None, 1)
    }


def test_every_page_has_all_points(site, executable):
    with serve(site) as address:
        found = {
            page: lost(tools.lighthouse(address + page, executable, *CATEGORIES))
            for page in pages(site)
            if page != "404.html"  # is not to be found
        }
    assert {page: points for page, points in found.items() if points} == MEANT


def test_the_check_can_fail(tmp_path, executable):
    page = '<!doctype html><html><body><img src="absent.png"></body></html>'
    tmp_path.joinpath("index.html").write_text(page, "utf-8")
    with serve(tmp_path) as address:
        report = tools.lighthouse(address, executable, *CATEGORIES)
    assert {
        ("accessibility", "document-title"),
        ("accessibility", "image-alt"),
        ("best-practices", "errors-in-console"),
        ("seo", "document-title"),
    } <= lost(report)
