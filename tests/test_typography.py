"""Quotes and apostrophes outside Markdown."""

import markdown
import pytest

from xordocs._typography import typographic

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
