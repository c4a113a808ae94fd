"""Figures are named and described for all readers, screen readers included."""

import base64

import pytest
from drawings import DESCRIBED, drawn, parsed

from xordocs.site.errors import FigureError
from xordocs.site.rendering.figures import inline_svg, svg_image


def test_a_figure_is_named_and_described_by_its_own_metadata():
    svg = parsed(inline_svg(drawn(), 3)).svg
    assert svg["role"] == "img"
    named = [svg.find(id=name).text for name in svg["aria-labelledby"].split()]
    assert named == ["A line", "It rises from 0 to 1 & stays < 2."]
    assert svg.find("metadata") is None
    assert [it.text for it in svg.find_all(["title", "desc"])] == named


def test_the_description_can_also_be_read_under_the_figure():
    assert (
        parsed(inline_svg(drawn(), 1)).figcaption.text
        == "A line. It rises from 0 to 1 & stays < 2."
    )


def test_a_caption_of_its_own_stands_under_the_title_for_all_readers():
    figure = parsed(inline_svg(drawn(), 1, caption="Look < there.")).figure
    assert figure.figcaption.text == "A line. Look < there."
    assert not figure.figcaption.has_attr("aria-hidden")
    assert figure.desc.text == "It rises from 0 to 1 & stays < 2."
    bare = parsed(inline_svg(drawn({"Date": None}), 1, "a line", "Look there.")).figure
    assert bare.figcaption.text == "Look there."


@pytest.mark.parametrize("missing", ["Title", "Description"])
def test_a_figure_without_title_or_description_is_refused(missing):
    metadata = {key: value for key, value in DESCRIBED.items() if key != missing}
    with pytest.raises(FigureError, match="no description"):
        inline_svg(drawn(metadata), 1)


def test_something_that_is_no_svg_is_refused():
    with pytest.raises(FigureError, match="not well-formed"):
        inline_svg("<svg", 1)
    with pytest.raises(FigureError, match="must be an svg element, got html"):
        inline_svg("<html/>", 1)


def test_a_description_from_elsewhere_names_the_figure_without_a_caption():
    figure = parsed(inline_svg(drawn({"Date": None}), 1, 'a "line"')).figure
    assert figure.svg["aria-label"] == 'a "line"'
    assert figure.figcaption is None


def test_a_title_in_the_drawing_itself_describes_it():
    source = '<svg xmlns="http://www.w3.org/2000/svg"><title>A\n dot</title><desc>Red</desc></svg>'
    assert parsed(inline_svg(source, 1)).svg["aria-label"] == "A dot. Red"


def test_an_image_of_a_drawing_is_the_drawing():
    image = parsed(svg_image("<svg>ü", "a <dot>")).img
    data = image["src"].removeprefix("data:image/svg+xml;base64,")
    assert (base64.b64decode(data).decode(), image["alt"]) == ("<svg>ü", "a <dot>")
