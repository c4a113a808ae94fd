"""Where the links of a notebook lead once it has left the site."""

import pytest

from xordocs.site.notebooks.downloads.links import Place, replace_links

PLACE = Place(
    page="tutorials/one.py",
    name="tutorials/01-one.ipynb",
    names={"tutorials/two.py": "tutorials/02-two.ipynb", "data/a b.csv": "data/a b.csv"},
    urls={"notation.md": "https://example.org/notation/"},
)


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("[two](two.py)", "[two](02-two.ipynb)"),
        ("[a part](two.py#the-part)", "[a part](02-two.ipynb)"),
        ("[data](../data/a%20b.csv)", "[data](../data/a%20b.csv)"),
        ("[$y$](../notation.md#y)", "[$y$](https://example.org/notation/#y)"),
        ("[a [b] `c`](two.py), [d](two.py)", "[a [b] `c`](02-two.ipynb), [d](02-two.ipynb)"),
        ("to [the *playground*](../playground.py?seed=2).", "to the *playground*."),
    ],
)
def test_a_link_leads_to_its_page_beside_it_or_on_the_site_or_is_its_words(prose, expected):
    assert replace_links(prose, PLACE.link) == expected


@pytest.mark.parametrize(
    "prose",
    [
        "[here](#here), [there](https://example.org/two.py), <mailto:a@example.org>",
        "`[two](two.py)` and ``a ` [two](two.py)``",
        "```\n[two](two.py)\n```\n",
        "![a picture](two.py)",
        r"\[two](two.py)",
        "a call `f(x)[0](two.py)` and x[i](two py)",
    ],
)
def test_all_else_stays_as_it_is(prose):
    assert replace_links(prose, PLACE.link) == prose


def test_a_notebook_at_the_top_of_the_folder_links_into_it():
    top = PLACE._replace(page="index.py", name="01-index.ipynb")
    assert top.link("tutorials/two.py") == "tutorials/02-two.ipynb"
