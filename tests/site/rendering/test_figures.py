"""Figures are named and described for all readers, screen readers included."""

import pytest
from drawings import DESCRIBED, drawn, parsed

from xordocs.site.errors import FigureError
from xordocs.site.rendering.figures import inline_svg


def test_a_figure_is_named_and_described_by_its_own_metadata():
    svg = parsed(inline_svg(drawn(), 3)).svg
    assert svg["role"] == "img"
    named = [svg.find(id=name).text for name in svg["aria-labelledby"].split()]
    assert named == ["A line", "It rises from 0 to 1 & stays < 2."]
    assert svg.find("metadata") is None


def test_the_description_can_also_be_read_under_the_figure():
    assert (
        parsed(inline_svg(drawn(), 1)).figcaption.text
        == "A line. It rises from 0 to 1 & stays < 2."
    )


@pytest.mark.parametrize("missing", ["Title", "Description"])
def test_a_figure_without_title_or_description_is_refused(missing):
    metadata = {key: value for key, value in DESCRIBED.items() if key != missing}
    with pytest.raises(FigureError, match="no description"):
        inline_svg(drawn(metadata), 1)


def test_something_that_is_no_svg_is_refused():
    with pytest.raises(FigureError, match="not well-formed"):
        inline_svg("<svg", 1)
