"""Listings without the elements that have no colour."""

import pytest
from bs4 import BeautifulSoup
from markdown import markdown
from site_hooks import hook

on_post_page = hook("colours").on_post_page
CODE = '''\
import numpy as np
from math import exp


@cache
def half(x, *, y=0.5e3):  # of it
    """Return a half."""
    if x is not None and len(f"{x:.2f}") < 10_000:
        return np.maximum(0, -x @ [x for x in range(3)]) ** 2
    raise ValueError('x & y') from None
'''
COLOURED = ["import", "from", "def", "if", "return", "for", "raise", "half", "0.5e3", "10_000"]
COLOURED += ["# of it", '"""Return a half."""', "'x & y'"]
"""What has a colour of its own in the listing above, or is in bold letters."""


@pytest.fixture
def listing():
    extensions = ["pymdownx.highlight", "pymdownx.superfences"]
    return markdown(f"```python\n{CODE}```\n", extensions=extensions)


def read(html):
    return BeautifulSoup(html, "html.parser")


def test_no_character_is_lost_and_every_colour_stays(listing):
    before, after = (read(each) for each in (listing, on_post_page(listing)))
    assert after.get_text() == before.get_text()
    assert after.select_one("code").get_text() == CODE
    coloured = "".join(span.get_text() for span in after.select("code span[class]"))
    assert [text for text in COLOURED if text not in coloured] == []


def test_what_has_the_colour_of_all_text_has_no_element(listing):
    kept = {span["class"][0] for span in read(on_post_page(listing)).select("code span[class]")}
    assert kept & {"n", "nb", "nn", "o", "p", "w"} == set()


def test_elements_elsewhere_stay():
    page = '<span class="n other">x</span><span class="p"><b>y</b></span><span>z</span>'
    assert on_post_page(page) == page
