"""Whatever is written where the engine reads: a right result, or its module's documented error.

Real texts are damaged, and texts without any grammar stand beside them. `make test` reads a few of
each kind, `make audit` thousands.
"""

import base64
import io
import json
import math
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import nbformat
import pytest
from damage import FORMULAS, LESSONS, bounded_work, damaged, damaged_json, texts_like
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from PIL import Image

from xordocs.site.errors import CellError, FigureError, FormulaError, PageError
from xordocs.site.figure_text import figure_text
from xordocs.site.notebooks import inline, source
from xordocs.site.notebooks.dialect import to_python_markdown
from xordocs.site.notebooks.outputs import CellRenderer
from xordocs.site.rendering import balance, find_formulas, inline_image, inline_svg, to_mathml
from xordocs.site.rendering.html_fragment import _is_balanced
from xordocs.site.rendering.mathematics.plain_text import to_text
from xordocs.site.rendering.terminal import as_displayed

pytestmark = pytest.mark.filterwarnings(
    "ignore::PIL.Image.DecompressionBombWarning",
    "ignore::SyntaxWarning",
    "ignore::DeprecationWarning",
)


def parsed_ipynb():
    """One of the lessons as Jupyter writes it, with outputs of every kind."""
    lesson = source.parse(LESSONS[0], Path("lesson.py")).notebook
    notebook = json.loads(nbformat.writes(lesson))
    outputs = [
        {"output_type": "stream", "name": "stdout", "text": ["10 %\r", "100 %\n"]},
        {
            "output_type": "display_data",
            "data": {"text/plain": ["1"], "image/png": PNG},
            "metadata": {},
        },
        {"output_type": "execute_result", "data": {"text/html": "<b>x</b>"}, "metadata": {}},
        {"output_type": "display_data", "data": {"image/svg+xml": SVG}, "metadata": {"width": 3}},
        {"output_type": "error", "ename": "E", "evalue": "e", "traceback": ["\x1b[31mE\x1b[0m"]},
    ]
    notebook["cells"] = [
        {"cell_type": "code", "source": ["1"], "metadata": {"tags": ["live"]}, "outputs": outputs},
        {
            "cell_type": "markdown",
            "source": ["![x](attachment:a.png) `{python} 1`"],
            "metadata": {},
            "attachments": {"a.png": {"image/png": PNG}},
        },
        *notebook["cells"][:2],
    ]
    notebook["metadata"]["xordocs"] = {"timeout": 3, "depends": ["a.csv"]}
    return notebook


def png():
    written = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.linear_gradient("L").resize((9, 7)).save(written, "PNG", exif=exif)
    return base64.b64encode(written.getvalue()).decode()


def svg():
    figure = Figure(figsize=(2, 1))
    figure.add_subplot(title="Training", xlabel="epoch").plot([1, 2], label="a")
    written = io.StringIO()
    figure.savefig(written, format="svg", metadata={"Title": "A line", "Description": "It rises."})
    return written.getvalue()


PNG, SVG = png(), svg()
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="30pt" height="2cm" viewBox="0 0 30 20">'
    '<title>A</title><style>#a{fill:#f00}</style><g transform="scale(2.5)"><use href="#a"/></g>'
    '<rect id="a" x="1.23456" fill="#123456"/></svg>'
)
MARKDOWN = (
    "---\ntitle: A\njupyter: {kernelspec: {name: python3}}\nxordocs: {timeout: 9}\n---\n\n# A\n\n"
    '`{python} 1 + 1` $x$\n\n```python tags=["live"]\n1\n```\n'
)
MYST = (
    "---\nfile_format: mystnb\nkernelspec: {name: python3}\nmystnb: {execution_timeout: 9}\n---\n"
    '# A\n\n```{code-cell} python\n:tags: [live, hide-input]\nprint(1)\n```\n\n+++ {"a": 1}\n\nb\n'
)
TERMINAL = [
    "10 %\r\x1b[32m100 %\x1b[0m\ndone",
    "a\x1b[3Ab\x1b[2K\x1b[10Dc\x08\x1b[1;31md",
    "\x1b]0;t\x07",
]
HTML = ["<div><p>a<li>b</div><!-- c --><svg><g/></svg>", "<![CDATA[x]]><br/><b title='1'>&amp;</b>"]


def read_page(name):
    """Read a page, and what its prose and its header say."""

    def read(text):
        page = source.parse(text, Path(name))
        assert len(page.lines) == len(page.notebook.cells)
        assert all(1 <= line <= text.count("\n") + 1 for line in page.lines)
        inline.check_expressions(page)
        for cell in page.notebook.cells:
            if cell.cell_type == "markdown":
                found = inline.expressions(cell.source)
                inline.insert_results(
                    nbformat.v4.new_notebook(cells=[cell]), ["<b>|$1"] * len(found)
                )
                to_python_markdown(cell.source)

    return read


def read_ipynb(content):
    page = source.parse(json.dumps(content), Path("page.ipynb"))
    for _ in CellRenderer(page.notebook, "note").blocks():
        pass


def read_formula(text):
    for display in (True, False):
        mathml = to_mathml(text, display=display)
        if mathml.startswith("<math"):
            assert "NaN" not in to_text(mathml) or "NaN" in text
        else:
            assert not mathml or mathml.startswith("<a "), mathml


def read_prose(text):
    at = 0
    for formula in find_formulas(text):
        assert at <= formula.start < formula.end <= len(text)
        at = formula.end


def read_drawing(text):
    figure = ElementTree.fromstring(inline_svg(text, 1, "alt"))
    (drawn,) = figure.iter("svg")
    for key in ("width", "height"):
        size = drawn.get(key, "1").removesuffix("%")
        assert math.isfinite(float(size)), drawn.attrib
        assert float(size) >= 0
    assert not re.search(r"\b(?:nan|inf)\b", ElementTree.tostring(drawn, "unicode")) or re.search(
        r"nan|inf", text
    )


def read_image(text):
    shown = inline_image(text, "image/png", "alt", (30.0, None))
    size = re.search(r'width="(\d+)" height="(\d+)"', shown)
    assert size, shown[-80:]


def read_terminal(text):
    shown = as_displayed(text)
    assert not re.search(r"[\x00-\x07\x1b\ud800-\udfff]", shown)
    assert len(shown) <= 1001 * (len(text) + 1)


def read_html(text):
    assert _is_balanced(balance(text)) or "<" in text


def read_labels(text):
    figure = Figure()
    axes = figure.add_subplot()
    axes.set_title(text)
    axes.set_xlabel(text[::-1])
    assert "\n" not in figure_text(figure)


@st.composite
def damaged_bytes(draw):
    """An image whose bytes are changed: flipped, cut, doubled."""
    content = bytearray(base64.b64decode(PNG))
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(content) - 1))
        match draw(st.sampled_from(["flip", "cut", "double"])):
            case "flip":
                content[place] = draw(st.integers(0, 255))
            case "cut":
                del content[place : place + draw(st.integers(1, 30))]
                content += b"\0"
            case "double":
                content[place:place] = content[place : place + 20]
    return base64.b64encode(bytes(content)).decode()


HEADERS = ["2024-02-30", "!!int ''", "9" * 5000, "[" * 3000, "!!bool x", "!!timestamp x"]
FORMULAS_FOUND = [
    r"\sqrt" * 20_000,  # ended the process
    r"\color{red}" * 20_000 + "x",
    r"\sqrt[" * 20_000,
    "(" * 300 + "x",  # took twice as long with each bracket
    "(" * 16 + "x" * 3000,
    "{(}" * 60,
    r"\text{(xdtag5)}",
    "\\text{\ue0005\ue001}",
    "a\x01b",
    r"\unicode{x1}",
    "a\ufffeb",
    "a\ud800b",
]
READERS = {
    "script": (read_page("page.py"), texts_like(LESSONS), PageError),
    "markdown": (read_page("page.md"), texts_like([MARKDOWN]), PageError),
    "myst": (read_page("page.md"), texts_like([MYST]), PageError),
    "ipynb": (
        read_ipynb,
        st.deferred(lambda: damaged_json(parsed_ipynb())),
        (PageError, CellError),
    ),
    "formula": (read_formula, texts_like(FORMULAS), FormulaError),
    "prose": (read_prose, texts_like(LESSONS), ()),
    "figure": (read_drawing, texts_like([SVG, DRAWING]), FigureError),
    "drawing": (read_drawing, damaged([DRAWING]), FigureError),
    "image": (read_image, damaged_bytes() | texts_like([PNG]), FigureError),
    "terminal": (read_terminal, texts_like(TERMINAL), ()),
    "html": (read_html, texts_like(HTML), ()),
    "labels": (read_labels, texts_like(FORMULAS), ()),
}


def survey(name, examples):
    read, texts, documented = READERS[name]

    @settings(max_examples=examples, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(texts)
    def reads(text):
        attempt(read, text, documented)

    reads()


def attempt(read, text, documented):
    """Read a text; a refusal must be of the documented class, and say something."""
    refusal = None
    with bounded_work():
        try:
            read(text)
        except documented as error:
            refusal = str(error)
    assert refusal is None or refusal.strip(" :")


def drawn(attributes, inner=""):
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inner}</svg>'


FOUND = [
    *(("script", f"# ---\n# a: {value}\n# ---\n# %%\n1\n") for value in HEADERS),
    *(
        ("script", f"# %% [markdown]\n# `{{python}} {code}`\n")
        for code in ("-" * 5000 + "1", "a" + ".b" * 5000)
    ),
    *(("formula", text) for text in FORMULAS_FOUND),
    ("figure", drawn('width="1e999"')),
    ("figure", drawn('viewBox="0 0 inf inf"')),
    ("figure", drawn('viewBox="0 0 1e-320 1" width="1"')),
    ("figure", drawn("", '<g transform="scale(1e999)"/>')),
    ("figure", drawn("", '<use transform="scale(1e200)"/>')),
    ("figure", drawn("", "<g id='a'>" * 1500 + "</g>" * 1500)),
    ("figure", drawn('id="\ud800"')),
    ("figure", drawn("", f'<rect x="{"9" * 400}.1234"/>')),
    ("terminal", f"a\x1b[{'9' * 5000}C"),
    ("html", "<![x[ y"),
    ("html", "<![x[\ud800"),
]
"""What once failed in the depths, ended the process or never came to an end."""


@pytest.mark.parametrize(
    ("name", "text"), FOUND, ids=[f"{at} {name}" for at, (name, _) in enumerate(FOUND)]
)
def test_what_once_failed_is_read_or_refused_by_name(name, text):
    read, _, documented = READERS[name]
    attempt(read, text, documented)


@pytest.mark.parametrize(
    ("part", "wrong"),
    [
        ({"attachments": {"a": "b"}}, "the attachment a of cell 1"),
        ({"metadata": json.loads('{"a": ' * 600 + "1" + "}" * 600)}, "recursion"),
    ],
)
def test_a_cell_that_is_none_is_named(part, wrong):
    cell = {"cell_type": "markdown", "source": "x", **part}
    with pytest.raises(PageError, match=wrong):
        read_ipynb({"nbformat": 4, "cells": [cell], "metadata": {}})


def test_a_traceback_that_is_no_text_is_named():
    cell = {"cell_type": "code", "outputs": [{"output_type": "error", "traceback": 5}]}
    with pytest.raises(PageError, match="the traceback of an output of cell 1, got 5"):
        read_ipynb({"nbformat": 4, "cells": [cell], "metadata": {}})


@pytest.mark.parametrize("name", READERS)
def test_what_is_written_is_read_or_refused_by_name(name):
    survey(name, 25)


@pytest.mark.audit
@pytest.mark.parametrize("name", READERS)
def test_thousands_of_damaged_texts_are_read_or_refused_by_name(name):
    survey(name, 1500)
