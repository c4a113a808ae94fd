"""Listings without the elements that have no colour of their own."""

import re
from pathlib import Path

import material
import pytest
from bs4 import BeautifulSoup
from markdown import markdown
from site_hooks import FOLDER, hook

colours = hook("colours")
CODE = '''\
import numpy as np
from math import exp


@cache
def half(x, *, y=0.5e3):  # of it
    """Return a part."""
    if x is not None and len(f"{x:.2f}") < 10_000:
        return np.maximum(0, -x @ [x for x in range(3)]) ** 2
    raise ValueError('x & y') from None
'''


@pytest.fixture
def listing():
    extensions = ["pymdownx.highlight", "pymdownx.superfences"]
    return markdown(f"```python\n{CODE}```\n", extensions=extensions)


@pytest.fixture
def plain():
    """The classes of Pygments that the style sheets give the colour of all text, or none."""
    theme = Path(material.__file__).parent / "templates/assets/stylesheets"
    (sheet,) = theme.glob("main.*.min.css")
    palette = (FOLDER.parent / "docs/assets/stylesheets/palette.css").read_text("utf-8")
    inks = re.findall(r"--(md-code-hl-[a-z]+-color): var\(--xd-ink\)", palette)
    rules = re.findall(
        r"((?:\.highlight \.\w+,?)+)\{color:var\(--([\w-]+)\)", sheet.read_text("utf-8")
    )
    colour_of = {
        name: ink for names, ink in rules for name in re.findall(r"\.highlight \.(\w+)", names)
    }
    assert {"k", "n", "p", "s2"} <= colour_of.keys()
    return lambda name: colour_of.get(name, inks[0]) in inks


def spans(html):
    found = BeautifulSoup(html, "html.parser").select("code span[class]")
    return [(span["class"][0], span.get_text()) for span in found]


def test_no_character_is_lost(listing):
    after = BeautifulSoup(colours.on_post_page(listing), "html.parser")
    assert after.select_one("code").get_text() == CODE


def test_only_elements_without_a_colour_are_left_out(listing, plain):
    before, after = spans(listing), spans(colours.on_post_page(listing))
    left_out = {name for name, _ in before} - {name for name, _ in after}
    assert len(left_out) > 3
    assert all(plain(name) for name in left_out)
    assert after == [it for it in before if it[0] not in left_out]


def test_elements_elsewhere_stay():
    page = '<span class="n other">x</span><span class="p"><b>y</b></span><span>z</span>'
    assert colours.on_post_page(page) == page
