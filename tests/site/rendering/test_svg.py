"""Drawings follow the page: its colours, its font, its ids."""

import re

import pytest
from drawings import document, drawn, parsed

from xordocs.site.errors import FigureError
from xordocs.site.rendering.figures import inline_svg


def test_every_hex_colour_is_left_to_the_style_sheet():
    html = inline_svg(drawn(), 1)
    bare = re.sub(r"var\(--fig-([0-9a-f]{6}),#\1\)", "", html)
    assert "var(--fig-0072b2,#0072b2)" in html
    assert not re.search(r"#[0-9a-fA-F]{3,6}\b", re.sub(r'(url\(|href=")#', "", bare))


def test_colours_in_attributes_and_short_colours_are_left_to_it_too():
    path = parsed(
        inline_svg(document('<path fill="#ABC" stroke="none" style="stroke:#D55E00"/>'), 1)
    ).path
    assert path["style"] == "fill:var(--fig-aabbcc,#aabbcc);stroke:var(--fig-d55e00,#d55e00)"
    assert path["stroke"] == "none"
    assert not path.has_attr("fill")


def test_an_id_that_looks_like_a_colour_is_no_colour():
    body = (
        '<clipPath id="abcdef"><path d="M0 0"/></clipPath>'
        '<g clip-path="url(#abcdef)"><path d="M1 1"/></g>'
    )
    soup = parsed(inline_svg(document(body), 1))
    assert soup.g["clip-path"] == f"url(#{soup.find('clippath')['id']})"


def test_ids_are_unique_on_a_page_and_every_reference_arrives():
    page = parsed(inline_svg(drawn(), 1) + inline_svg(drawn(), 2))
    ids = [element["id"] for element in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    references = re.findall(r'(?:url\(|href=")#([^)"]+)', str(page))
    assert references
    assert set(references) <= set(ids)


def test_the_same_figure_comes_out_the_same():
    """Matplotlib's own ids are random here: the salt is unset."""
    first, second = drawn(), drawn()
    assert first != second
    assert inline_svg(first, 1) == inline_svg(second, 1)


def test_text_stays_text_in_the_pages_font():
    soup = parsed(inline_svg(drawn(), 1))
    title = soup.find("text", string="Rising")
    assert "var(--xd-ui" in title["style"]
    assert "DejaVu" not in str(soup)


def test_monospaced_text_keeps_its_font():
    soup = parsed(
        inline_svg(
            document("<text style=\"font-family: 'Source Code Pro', monospace\">x</text>"), 1
        )
    )
    assert "Source Code Pro" in soup.find("text")["style"]


def test_the_size_is_given_in_pixels_and_scales():
    svg = parsed(inline_svg(drawn(), 1)).svg
    assert (svg["width"], svg["height"]) == ("384", "288")
    assert svg["viewbox"] == "0 0 288 216"


def test_a_figure_without_a_size_is_refused():
    with pytest.raises(FigureError, match="width must be"):
        inline_svg(document("", size='width="100%"'), 1)


def test_a_figures_style_sheet_reaches_no_further_than_the_figure():
    html = inline_svg(drawn(), 4)
    assert ".figure-4{*{" in html.replace(" ", "")
    assert parsed(html).svg["class"] == ["figure-4"]


def test_a_raster_inside_stays():
    image = parsed(inline_svg(drawn(rasterized=True), 1)).image
    assert image["href"].startswith("data:image/png;base64,")


def test_coordinates_are_rounded_but_scales_are_not():
    body = (
        '<path d="M 1.23456 2.99999" transform="scale(0.015625)"/>'
        '<g transform="translate(1.23456 2)"><path/></g>'
    )
    soup = parsed(inline_svg(document(body), 1))
    assert soup.path["d"] == "M 1.23 3"
    assert soup.path["transform"] == "scale(0.015625)"
    assert soup.g["transform"] == "translate(1.23 2)"


def test_a_style_sheet_finds_the_ids_that_it_refers_to():
    body = (
        '<defs><linearGradient id="g"><stop stop-color="#abc"/></linearGradient></defs>'
        "<style>.shaded { fill: url(#g) }</style><path class='shaded'/>"
    )
    svg = parsed(inline_svg(document(body), 2)).svg
    gradient = svg.find("lineargradient")["id"]
    assert gradient.startswith("figure-2-")
    assert f"url(#{gradient})" in svg.style.text


def test_spaces_within_a_text_stay_and_those_between_shapes_go():
    body = "<g>\n <text>\n<tspan>Hello</tspan> <tspan>world</tspan></text>\n <path/>\n</g>"
    html = inline_svg(document(body), 1)
    assert parsed(html).find("text").text.strip() == "Hello world"
    assert "</text><path" in html
