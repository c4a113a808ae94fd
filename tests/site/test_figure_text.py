"""A Matplotlib figure is described by what stands on it."""

import pytest
from matplotlib.figure import Figure

from xordocs.site.figure_text import figure_text


def figure(*axes, title=""):
    drawn = Figure()
    for at, (labels, lines) in enumerate(axes, start=1):
        one = drawn.add_subplot(1, len(axes), at, **labels)
        for line in lines:
            one.plot([0, 1], label=line)
        if lines:
            one.legend()
    if title:
        drawn.suptitle(title)
    return drawn


BOTH = {"xlabel": "epoch", "ylabel": "loss"}


@pytest.mark.parametrize(
    ("drawn", "text"),
    [
        (figure(), ""),
        (figure(({}, ())), ""),
        (figure((BOTH, ())), "loss against epoch"),
        (figure(({"title": "Run\n  1"}, ())), "Run 1"),
        (figure(({**BOTH, "title": "Run"}, ("a", "$b$"))), "Run: loss against epoch (a, b)"),
        (figure(({"ylabel": "y"}, ()), ({"xlabel": "x"}, ()), title="Two"), "Two: y; x"),
        (figure(({}, ("a",))), "(a)"),
        (figure((BOTH, "abcdefghijk")), "loss against epoch (a, b, c, d, e, f, g, h, …)"),
        (figure(*(({"title": name}, ()) for name in "abcdefgh")), "a; b; c; d; e; f; and 2 more"),
    ],
)
def test_titles_labels_and_legends_are_its_text(drawn, text):
    assert figure_text(drawn) == text


def test_titles_at_the_sides_and_a_third_axis_count():
    drawn = Figure()
    axes = drawn.add_subplot(projection="3d", xlabel="w", ylabel="b", zlabel="loss")
    axes.set_title("left", loc="left")
    axes.set_title("right", loc="right")
    assert figure_text(drawn) == "left right: loss against w and b"
