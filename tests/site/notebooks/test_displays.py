"""Every kind of output is shown, or the author is told."""

import base64
import io
import json
from pathlib import Path

import pytest
from PIL import Image
from rendered import code, display, page, prose

from xordocs.site.errors import CellError

RECORDED = json.loads(Path(__file__).with_name("recorded_outputs.json").read_text("utf-8"))
"""What current versions of the libraries display, as nbclient has recorded it."""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1">{}</svg>'
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAAAAACcgYFdAAAAC0lEQVR4nGNggAIAAAkAAftSuKkAAAAASUVORK5CYII="
GIF = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


def shown(data, metadata=None, **options):
    return page(code("draw()", display(data, metadata)), **options)


def recorded(name):
    entry = RECORDED[name]
    outputs = [display(output["data"], output["metadata"]) for output in entry["outputs"]]
    metadata = {"widgets": entry["widgets"]} if "widgets" in entry else {}
    return page(code("draw()", *outputs), metadata=metadata)


def texts(notes):
    return [note.text for note in notes]


def test_bokeh_draws_where_its_scripts_find_their_places():
    soup, notes = recorded("bokeh")
    place = soup.select_one("div[data-root-id]")
    scripts = [script.text for script in soup.find_all("script")]
    assert any(place["data-root-id"] in script for script in scripts)
    for script in soup.select("div[id^=xd-output] > script"):
        assert f'getElementById("{script.parent["id"]}")' in script.text
    assert texts(notes) == ["its output loads from cdn.bokeh.org"]


def test_altair_and_plotly_draw_and_the_author_knows_from_where():
    soup, notes = recorded("altair")
    assert soup.select_one(".xd-html div[id^=altair-viz]")
    assert texts(notes) == ["its output loads from cdn.jsdelivr.net"]
    soup, notes = recorded("plotly")
    libraries = [script["src"] for script in soup.select("script[src]")]
    assert [address.split("/")[2] for address in libraries] == ["cdn.plot.ly"]
    assert soup.find(id="xd-output-1")
    assert 'Plotly.newPlot("xd-output-1"' in soup.find_all("script")[-1].text
    assert texts(notes) == ["its output loads from cdn.plot.ly"]


@pytest.mark.parametrize(
    ("latex", "formula"),
    [
        ("$x^2$", "$$x^2$$"),
        ("$$ x^2 $$", "$$x^2$$"),
        (r"\[x^2\]", "$$x^2$$"),
        ("x^2\n\n", "$$x^2$$"),
        ("$a$ and $b$", "$a$ and $b$"),
    ],
)
def test_a_formula_stands_on_lines_of_its_own_and_a_text_stays(latex, formula):
    soup, notes = shown({"text/latex": latex, "text/plain": "x²"})
    assert formula in soup.text
    assert notes == []


def test_each_host_is_told_once():
    def script(*hosts):
        tags = (f'<script src="https://{host}/a.js"></script>' for host in hosts)
        return code("draw()", display({"text/html": "".join(tags)}))

    _, notes = page(script("a.org"), script("a.org", "b.org"), script("b.org", "a.org"))
    assert texts(notes) == ["its output loads from a.org", "its output loads from b.org"]


@pytest.mark.parametrize(
    "mime",
    ["application/vnd.vegalite.v5+json", "application/vnd.vegalite.v6.json",
     "application/vnd.vega.v5+json", "application/vnd.plotly.v1+json"],
)  # fmt: skip
def test_a_chart_wins_over_its_text_and_its_image_over_the_chart(mime):
    chart = {mime: {"mark": "</script>"}, "text/plain": "Chart(...)"}
    soup, notes = shown(chart)
    assert "Chart(...)" not in soup.text
    assert soup.select_one(".xd-html > script").find_next_sibling("script") is not None
    assert len(notes) == 1
    soup, _ = shown({**chart, "image/png": PNG})
    assert soup.img
    assert not soup.script


def test_a_widget_is_drawn_from_its_last_state():
    soup, notes = recorded("slider")
    view = json.loads(soup.find("script", type="application/vnd.jupyter.widget-view+json").text)
    state = json.loads(soup.find("script", type="application/vnd.jupyter.widget-state+json").text)
    assert state["state"][view["model_id"]]["state"]["value"] == 7
    assert texts(notes) == ["its output loads from cdn.jsdelivr.net, cdnjs.cloudflare.com"]


def test_the_progress_bar_of_a_notebook_ends_where_it_ended():
    soup, notes = recorded("tqdm")
    assert (soup.progress["value"], soup.progress["max"]) == ("10.0", "10.0")
    assert soup.select_one(".xd-progress").text.startswith("100%")
    assert "10/10" in soup.select_one(".xd-progress").text
    assert not soup.find("script")
    assert notes == []


def test_a_widget_without_a_state_is_the_text_that_stands_for_it():
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}, "text/plain": "Slider()"}
    soup, notes = shown(view)
    assert soup.select_one(".xd-output").text.strip() == "Slider()"
    assert "widget-view+json is shown as text" in notes[0].text


def test_only_the_states_of_shown_widgets_are_published():
    states = {
        "1": {"model_name": "BoxModel", "state": {"children": ["IPY_MODEL_2"]}},
        "2": {"model_name": "TextModel", "state": {"value": "mine"}},
        "3": {"model_name": "PasswordModel", "state": {"value": "secret"}},
    }
    widgets = {"application/vnd.jupyter.widget-state+json": {"state": states}}
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}}
    soup, _ = page(code("draw()", display(view)), metadata={"widgets": widgets})
    assert "mine" in str(soup)
    assert "secret" not in str(soup)


@pytest.mark.parametrize(
    ("data", "selector"),
    [
        ({"application/javascript": "element.append('</script>')"}, "div[id] > script"),
        ({"text/html": "<b>x</b>", "image/png": PNG, "text/plain": "x"}, ".xd-html b"),
        ({"image/svg+xml": SVG.format(""), "text/html": "<b>x</b>"}, "figure svg"),
        ({"text/html": "<b>x</b>", "text/latex": "$x$", "text/markdown": "*x*"}, ".xd-html b"),
        ({"text/markdown": "Text:\n- a\n  - b", "text/plain": "x"}, "ul ul li"),
        ({"text/html": ["<b>", "x</b>"]}, ".xd-html b"),
        ({"image/gif": GIF}, 'img[src^="data:image/gif"]'),
        ({"image/png": PNG, "image/jpeg": "?"}, "img"),
        ({"application/pdf": "JVBERi0="}, 'object[type="application/pdf"] a[download]'),
        ({"audio/wav": "UklGRg=="}, "audio[controls]"),
        ({"video/mp4": "AAAA"}, "video[controls]"),
        ({"application/json": {"a": [1]}, "text/plain": "<JSON>"}, ".language-json, .highlight"),
        ({"text/vnd.mermaid": "graph TD;"}, ".highlight, .mermaid"),
        ({"text/x-odd": "some text"}, ".xd-output"),
    ],
)  # fmt: skip
def test_outputs_are_shown_in_the_form_that_suits_a_page(data, selector):
    soup, notes = shown(data)
    assert soup.select_one(selector)
    assert [note for note in notes if note.is_warning] == []


def test_json_is_laid_out_and_a_text_that_is_none_is_shown_as_json():
    soup, _ = shown({"application/json": {"a": ["ä"]}, "text/plain": "<JSON>"})
    assert '{\n  "a": [\n    "ä"\n  ]\n}' in soup.text
    soup, _ = shown({"text/plain": {"a": 1}})
    assert '{"a": 1}' in soup.text


@pytest.mark.parametrize("kind", ["webp", "bmp", "tiff"])
def test_images_of_other_kinds_are_images(kind):
    content = io.BytesIO()
    Image.new("RGB", (4, 3)).save(content, kind)
    soup, _ = shown({f"image/{kind}": base64.b64encode(content.getvalue()).decode()})
    assert (soup.img["width"], soup.img["height"]) == ("4", "3")


@pytest.mark.parametrize("data", [{}, {"text/html": ""}, {"text/plain": "  "}, {"text/html": []}])
def test_an_output_with_nothing_in_it_shows_nothing(data):
    soup, notes = shown(data)
    assert soup.select(".xd-output, .xd-html") == []
    assert notes == []


@pytest.mark.parametrize(
    ("data", "text", "is_warning"),
    [
        ({"application/x-odd": "?"}, "nothing shows its output of the kind application/x-odd", 1),
        ({"application/geo+json": {}, "text/plain": "Geo"}, "geo+json is shown as text", 0),
        ({"application/geo+json": {"type": "Point"}}, "geo+json is shown as text", 0),
    ],
)  # fmt: skip
def test_what_is_not_shown_as_it_is_meant_is_named(data, text, is_warning):
    _, (note,) = shown(data)
    assert text in note.text
    assert note.is_warning == is_warning
    assert note.number == 1


def test_require_is_loaded_once_and_only_for_scripts_that_count_on_it():
    bare = display({"text/html": '<script>require(["d3"], d3 => 1)</script>'})
    asks = "<script>if (typeof require !== 'undefined') { require(['d3']) }</script>"
    soup, notes = page(code("a", bare, bare), code("b", display({"text/html": asks})))
    assert len(soup.select('script[src*="require"]')) == 1
    assert texts(notes) == ["its output loads from cdnjs.cloudflare.com"]
    soup, notes = page(code("b", display({"text/html": asks})))
    assert not soup.select("script[src]")
    assert notes == []


@pytest.mark.parametrize("metadata", [{"isolated": True}, {"text/html": {"isolated": True}}])
def test_isolated_html_has_a_frame_of_its_own(metadata):
    soup, notes = shown({"text/html": '<style>p {}</style><img src="//example.org/a">'}, metadata)
    assert soup.iframe["srcdoc"].startswith("<style>p {}</style>")
    assert not soup.style
    assert texts(notes) == ["its output loads from example.org"]


@pytest.mark.parametrize(
    ("metadata", "size"),
    [({}, ("2", "3")), ({"image/png": {"width": 1, "height": 1.5}}, ("1", "2")),
     ({"height": 6}, ("4", "6")),
     ({"width": "1"}, ("1", "2")), ({"width": "50%", "height": []}, ("2", "3"))],
)  # fmt: skip
def test_an_image_has_the_size_of_its_metadata(metadata, size):
    soup, _ = shown({"image/png": PNG}, metadata)
    assert (soup.img["width"], soup.img["height"]) == size


def test_a_transparent_image_has_the_background_that_it_is_made_for():
    soup, _ = shown({"image/png": PNG}, {"needs_background": "light"})
    assert soup.img["style"] == "background: #fff"


@pytest.mark.parametrize("data", [{"image/png": PNG}, {"image/svg+xml": SVG.format("")}])
def test_figures_without_a_description_are_described_by_their_place(data):
    (mime,) = data

    def described(metadata, figures="note"):
        cells = [
            prose("# The *page*"),
            prose("text\n\n## [Losses](a.md) `x` {#id}\n"),
            code("draw()"),
        ]
        cells[-1].outputs = [display(data, metadata)]
        soup, notes = page(*cells, figures=figures)
        figure = soup.img or soup.svg
        assert not soup.figcaption
        return figure.get("alt") or figure["aria-label"], len(notes)

    assert described({}) == ("Losses x: output of cell 1", 1)
    assert described({}, "off") == ("Losses x: output of cell 1", 0)
    assert described({mime: {"alt": ""}}) == ("Losses x: output of cell 1", 1)
    assert described({mime: {"figure_text": "loss against epoch"}}) == ("loss against epoch", 1)
    assert described({mime: {"alt": "falls", "figure_text": "loss"}}, "error") == ("falls", 0)
    assert described({"alt": "falls"}, "error") == ("falls", 0)
    with pytest.raises(CellError, match=r"cell 1: the figure has no description: display\("):
        described({mime: {"figure_text": "loss against epoch"}}, "error")


@pytest.mark.parametrize(
    "data",
    [{"image/png": PNG}, {"image/svg+xml": SVG.format("")}, {"image/svg+xml": "<svg><g>"}],
    ids=["image", "drawing", "drawing shown as an image"],
)
def test_a_figure_has_the_caption_that_its_output_brings(data):
    (mime,) = data
    for description in ({"alt": "falls"}, {}):
        soup, _ = shown(data, {mime: {**description, "caption": "Look < there."}})
        assert soup.figcaption.text == "Look < there."
        assert soup.figcaption.parent.name == "figure"


@pytest.mark.parametrize(
    "source", ["<svg><g>", SVG.format("<script>1</script>"), SVG.format('<g onclick="f()"/>')]
)
def test_a_drawing_that_cannot_be_inline_is_an_image_and_named(source):
    soup, notes = shown({"image/svg+xml": source}, {"alt": "a dot"})
    assert soup.img["alt"] == "a dot"
    assert base64.b64decode(soup.img["src"].partition(",")[2]).decode() == source
    assert "it is shown as an image of its own" in notes[0].text
    with pytest.raises(CellError, match="cell 1: the figure"):
        shown({"image/svg+xml": source}, {"alt": "a dot"}, figures="error")


@pytest.mark.parametrize("own", [{}, {"caption": "The figure's own."}])
def test_a_figure_without_a_caption_has_that_of_its_cell(own):
    cell = code("draw()", display({"image/png": PNG}, {"image/png": {"alt": "falls", **own}}))
    cell.metadata["caption"] = "The cell's."
    soup, _ = page(cell)
    assert soup.figcaption.text == own.get("caption", "The cell's.")
