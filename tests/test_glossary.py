"""The glossary: in order, with anchors, and with the playground's meanings of the same terms."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ENTRY = re.compile(r"^(.+) \{ #(\S+) \}\n\n:   (.+(?:\n    .+)*)", re.MULTILINE)
GLOSSARY = ENTRY.findall((ROOT / "docs" / "glossary.md").read_text("utf-8"))
MEANINGS = dict(
    re.findall(
        r'^  "?([\w ,]+?)"?: "(.+)",$',
        (ROOT / "elements" / "controls" / "term.js").read_text("utf-8"),
        re.MULTILINE,
    )
)
SHARED = {term.lower(): " ".join(text.split()) for term, _, text in GLOSSARY}
SHARED = {term: text for term, text in SHARED.items() if term in MEANINGS}


def test_terms_stand_in_alphabetical_order_each_with_its_anchor():
    terms = [term.lower() for term, *_ in GLOSSARY]
    assert len(terms) > 40
    assert terms == sorted(set(terms))
    assert [anchor for _, anchor, _ in GLOSSARY] == [term.replace(" ", "-") for term in terms]


def test_every_term_names_the_lesson_that_introduces_it():
    assert [term for term, _, text in GLOSSARY if "](tutorials/" not in text] == []


def test_the_playground_explains_terms_of_the_glossary():
    assert {"activation", "bias", "epoch", "gradient", "label", "loss", "weight"} <= SHARED.keys()


@pytest.mark.parametrize("term", SHARED)
def test_the_playground_gives_a_term_the_same_meaning(term):
    assert SHARED[term].startswith(MEANINGS[term])
