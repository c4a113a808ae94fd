"""Drawings follow the page: its colours, its font, its ids."""

import re
from base64 import b64decode
from io import BytesIO

import pytest
from drawings import document, drawn, parsed
from PIL import Image

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


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ('width="36mm" height="72mm"', ("136", "272")),
        ('width="3in" height="6in"', ("288", "576")),
        ('width="2em" height="4em"', ("32", "64")),
        ('width="1e2" height="2e2"', ("100", "200")),
        ('width="100%"', ("100%", None)),
        ('width="100%" height="100%"', ("100%", None)),
        ('width="50"', ("50", "100")),
        ('height="50"', ("25", "50")),
        ('width="auto"', ("10", "20")),
        ("", ("10", "20")),
    ],
)
def test_any_size_becomes_one_in_pixels_with_the_ratio_of_the_drawing(size, expected):
    svg = parsed(inline_svg(document("", size=size), 1)).svg
    assert (svg["width"], svg.get("height")) == expected


def test_a_drawing_that_states_nothing_takes_the_size_that_browsers_give_it():
    svg = parsed(inline_svg('<svg xmlns="http://www.w3.org/2000/svg"/>', 1, "nothing")).svg
    assert (svg["width"], svg["height"], svg["viewbox"]) == ("300", "150", "0 0 300 150")


@pytest.mark.parametrize("quote", ['"', "'", ""])
def test_references_are_followed_however_they_are_quoted(quote):
    body = f"""<linearGradient id="g"/><path style='fill: url(#g)'/>
    <path class="a"/><style>.a {{ fill: url({quote}#g{quote}) }}</style>"""
    svg = parsed(inline_svg(document(body), 1)).svg
    name = svg.find("lineargradient")["id"]
    assert f"url(#{name})" in svg.path["style"]
    assert f"url(#{name})" in svg.style.text


def test_ids_are_followed_wherever_they_stand():
    body = (
        '<g id="a"/><rect id="b" aria-labelledby="a b" aria-describedby="a"/>'
        '<use href="#a"/><use xlink:href="#b"/><animate id="c" begin="0s; b.end+1s" end="a.click"/>'
        "<style>#a path { fill: #abc } g#b:hover, #a { stroke: #a00 }</style>"
    )
    svg = parsed(inline_svg(document(body), 1)).svg
    a, b = svg.g["id"], svg.rect["id"]
    assert (svg.rect["aria-labelledby"], svg.rect["aria-describedby"]) == (f"{a} {b}", a)
    assert [use["href"] for use in svg.find_all("use")] == [f"#{a}", f"#{b}"]
    assert (svg.animate["begin"], svg.animate["end"]) == (f"0s; {b}.end+1s", f"{a}.click")
    assert re.search(rf"#{a} path .*g#{b}:hover, #{a} ", svg.style.text)
    assert "var(--fig-aabbcc,#aabbcc)" in svg.style.text


def test_a_reference_to_something_elsewhere_stays():
    assert 'href="#elsewhere"' in inline_svg(document('<a href="#elsewhere"/>'), 1)


def test_rules_about_the_root_hold_and_win_over_attributes():
    html = inline_svg(document('<style>svg { fill: #123456 }</style><path fill="#abcdef"/>'), 1)
    figure = parsed(html).figure
    assert "figure-1-frame" in figure["class"]
    assert figure.style.text.startswith(".figure-1-frame{")
    assert figure.path["fill"] == "#abcdef"


@pytest.mark.parametrize(
    ("drawing", "exact"),
    [
        ('viewBox="0 0 0.01 0.01"|<path d="M 0.00123 0.00456"/>', "M 0.00123 0.00456"),
        ('viewBox="0 0 9 9"|<g transform="scale(1000)"><path d="M 1.23456 2"/></g>', "M 1.23456 2"),
        (
            'viewBox="0 0 9 9"|<path transform="matrix(0 900 9 0 1 1)" d="M 1.2345 2"/>',
            "M 1.2345 2",
        ),
        (
            'viewBox="0 0 9 9"|<symbol viewBox="0 0 1 1"><path d="M 1.2345 2"/></symbol>',
            "M 1.2345 2",
        ),
        ('viewBox="0 0 900 900"|<path d="M1 1a2 2 0 01.12345 1.5e-12345"/>', "01.12345 1.5e-12345"),
        ('viewBox="0 0 900 900"|<path d="M-0.001.5"/>', "M-0.001.5"),
    ],
)
def test_no_number_is_rounded_that_shows(drawing, exact):
    box, _, body = drawing.partition("|")
    size = f'width="900" height="900" {box}'
    source = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{body}</svg>'
    assert exact in parsed(inline_svg(source, 1, "x")).path["d"]


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        '<path onclick="alert(1)"/>',
        '<a href="javascript:alert(1)"/>',
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
        "<style>@font-face { font-family: x }</style>",
    ],
)
def test_what_would_not_stay_within_the_drawing_keeps_it_from_the_page(body):
    with pytest.raises(FigureError, match="cannot be a part of the page"):
        inline_svg(document(body), 1)


def test_a_figures_style_sheet_reaches_no_further_than_the_figure():
    html = inline_svg(drawn(), 4)
    assert ".figure-4{*{" in html.replace(" ", "")
    assert parsed(html).svg["class"] == ["figure-4"]


def pixels(source):
    with Image.open(BytesIO(b64decode(source.partition(",")[2]))) as image:
        return image.convert("RGBA").tobytes()


def test_a_raster_inside_keeps_its_pixels_in_fewer_bytes():
    drawing = drawn(rasterized=True)
    before = re.search(r'href="(data:image/png;base64,[^"]+)"', drawing)[1]
    after = parsed(inline_svg(drawing, 1)).image["href"]
    assert after.startswith("data:image/webp;base64,")
    assert len(after) < len(before)
    assert pixels(after) == pixels(before)


@pytest.mark.parametrize(
    "source", ["data:image/png;base64,AAAA", "data:image/gif;base64,R0lG", "#other"]
)
def test_what_is_no_png_inside_stays(source):
    soup = parsed(inline_svg(document(f'<image href="{source}"/>'), 1))
    assert soup.image["href"].endswith(source.removeprefix("#"))


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
