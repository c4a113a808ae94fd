"""Real texts of many kinds, and what becomes of them when they are damaged."""

import json
import re
import signal
from contextlib import contextmanager
from pathlib import Path

from hypothesis import strategies as st

ROOT = Path(__file__).parents[1]
LESSONS = [path.read_text("utf-8") for path in sorted((ROOT / "docs/tutorials").glob("*.py"))]
FORMULAS = sorted({found for text in LESSONS for found in re.findall(r"\$([^$\n]+)\$", text)})
WORK = 5
"""How many seconds of the processor reading one text of a few thousand characters may take."""

SIGNS = (
    "\0\x01\x02\x1b\r\n\t\x85\u2028\ufffe\ud800\ue000\ue001\u0332\u0660\U0001f600"
    "{}[]()<>&\"'`$\\#%^_-:=;,.|~"
)
PIECES = st.one_of(
    st.text(st.sampled_from(SIGNS), max_size=4),
    st.text(max_size=4),
    st.sampled_from(["1e999", "-1", "nan", "9" * 5000, "2024-02-30", "!!int ''", "null", "<![x["]),
)


@st.composite
def damaged(draw, texts, pieces=PIECES, longest=4000):
    """Draw a text with parts of it left out, doubled, swapped, or replaced by others."""
    text = draw(st.sampled_from(texts))
    if len(text) > longest:
        start = draw(st.integers(0, len(text) - longest))
        text = text[start : start + longest]
    for _ in range(draw(st.integers(1, 4))):
        places = st.integers(0, len(text))
        a, b, c = sorted([draw(places), draw(places), draw(places)])
        match draw(st.sampled_from(["cut", "double", "repeat", "swap", "insert", "replace"])):
            case "cut":
                text = text[:a] + text[b:]
            case "double":
                text = text[:b] + text[a:b] + text[b:]
            case "repeat":
                many = draw(st.sampled_from([30, 300]))
                text = text[:a] + text[a : min(b, a + 8)] * many + text[a:]
            case "swap":
                text = text[:a] + text[b:c] + text[a:b] + text[c:]
            case "insert":
                text = text[:a] + draw(pieces) + text[a:]
            case "replace":
                text = text[:a] + draw(pieces) + text[min(b, a + 3) :]
    return text


def texts_like(texts, pieces=PIECES):
    """Draw damaged texts, and texts that never were anything else."""
    return st.one_of(damaged(texts, pieces), st.lists(pieces, max_size=12).map("".join))


JSON = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.sampled_from(["", "\ud800", "x"])
    ),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=2), inner),
    max_leaves=4,
)


@st.composite
def damaged_json(draw, content):
    """Draw JSON in which something else stands in one or two places, or nothing."""
    content = json.loads(json.dumps(content))
    for _ in range(draw(st.integers(1, 2))):
        parent = content
        while parent:
            key = draw(
                st.sampled_from([*parent] if isinstance(parent, dict) else range(len(parent)))
            )
            inner = parent[key]
            if not isinstance(inner, dict | list) or draw(st.integers(0, 3)) == 0:
                if draw(st.booleans()):
                    parent[key] = draw(JSON)
                else:
                    del parent[key]
                break
            parent = inner
    return content


@contextmanager
def bounded_work():
    """Interrupt what takes too much of the processor's time, however busy the machine is."""

    def interrupt(number, frame):
        raise AssertionError(f"it takes more than {WORK} seconds of the processor")

    before = signal.signal(signal.SIGVTALRM, interrupt)
    signal.setitimer(signal.ITIMER_VIRTUAL, WORK)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
