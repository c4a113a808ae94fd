"""Quotes and apostrophes outside Markdown."""

import markdown
import pytest

from xordocs._typography import typographic, unbroken

PROSE = [
    "Lesson 6's network, and the units' sums.",
    'It says "on" or "off", and means it.',
    "A 'word' (\"of course\") doesn't say more.",
    "Nothing to set.",
]


@pytest.mark.parametrize("text", PROSE)
def test_quotes_are_those_that_markdown_sets(text):
    """Python-Markdown's ``smarty``, which sets them in other prose, is the independent truth."""
    smarty = {"smarty": {"smart_dashes": False, "smart_ellipses": False}}
    page = markdown.markdown(text, extensions=["smarty"], extension_configs=smarty)
    names = {"&lsquo;": "‘", "&rsquo;": "’", "&ldquo;": "“", "&rdquo;": "”"}
    for name, sign in names.items():
        page = page.replace(name, sign)
    assert f"<p>{typographic(text)}</p>" == page


@pytest.mark.parametrize("point", ["(0, 1)", "(−0.5, 12)", "(½, 1)"])
def test_a_point_stays_on_one_line(point):
    said = unbroken(f"At {point}, and there only.")
    assert said == f"At {point.replace(' ', chr(0xA0))}, and there only."


def test_other_brackets_break_as_they_do():
    for text in ["(one, two)", "f(0, 1, 2)", "[0, 1]"]:
        assert unbroken(text) == text
