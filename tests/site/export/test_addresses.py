"""Links of an export: to files where the site's links lead to addresses."""

import pytest

from xordocs.site.export import Addresses

SITE = Addresses.of(
    {"./": "index.md", "a/b/": "a/b/index.md", "a/c%20d/": "a/c d/index.md", "e.html": "e.md"},
    ["assets/x.zip", "a/b/b.ipynb"],
)


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("../c%20d/#one", "../c%20d/index.md#one"),
        ("../c%20d/index.html", "../c%20d/index.md"),
        ("../..", "../../index.md"),
        ("../../e.html", "../../e.md"),
        ("../../assets/x.zip", "../../assets/x.zip"),
        ("b.ipynb", "b.ipynb"),
        ("#here", "#here"),
        ("https://example.org/a/b/", "https://example.org/a/b/"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("../c%20d/?seed=3", None),
        ("../../nothing.txt", None),
    ],
)
def test_links_lead_to_files(link, expected):
    assert SITE.file_behind(link, "a/b/") == expected


def test_links_of_the_home_page_lead_to_files():
    assert SITE.file_behind("a/b/#x", "./") == "a/b/index.md#x"


def test_a_link_to_the_page_itself_leads_to_its_file():
    assert SITE.file_behind("./", "a/b/") == "index.md"
    assert SITE.file_behind("e.html", "e.html") == "e.md"
