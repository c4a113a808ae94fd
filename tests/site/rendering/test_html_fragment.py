"""HTML that does not balance is contained; HTML that does is left alone."""

import pandas
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from xordocs.site.rendering.html_fragment import balance

SVG = (
    '<svg viewBox="0 0 1 1"><defs><linearGradient id="g"/></defs><path d="M0 0"/>'
    "<foreignObject><p>in it</p></foreignObject></svg>"
)


@pytest.mark.parametrize(
    "html",
    [
        "no tags & 1 < 2 but a &lt; b",
        pandas.DataFrame({"a": [1, 2], "b": ["<x>", None]}).to_html(),
        pandas.DataFrame({"a": [1.5]}).style.highlight_max().set_uuid("a").to_html(),
        f"<div>{SVG}<img src='a.png'><br/>text<hr></div>",
        '<script>if (a < b) { document.write("</div><div>"); }</script>',
        "<!-- a comment with <div> and </p> --><i>x</i>",
        "<ul><li>one<li>two</ul><table><tr><td>1<td>2<tr><td>3</table><p>a<p>b",
        "<!DOCTYPE html><html><head><title>t</title></head><body><p>x</body></html>",
        '<iframe srcdoc="<div><b>open"></iframe>',
        "<?xml version='1.0'?><p>x</p>",
        "<DIV><B>upper</b></div>",
    ],
)
def test_valid_html_stays_as_it_is(html):
    assert balance(html) == html


@pytest.mark.parametrize(
    ("html", "text", "elements"),
    [
        ("<div><b>open", "open", ["div", "b"]),
        ("<plaintext>no end</plaintext>", "no end", ["pre"]),
        ("<table><tr><td>1</td></tr>", "1", ["table", "tr", "td"]),
        ("a</div></div>b", "ab", []),
        ("<b><i>x</b></i>y", "xy", ["b", "i"]),
        ("<div/>after", "after", ["div"]),
        ("<script>let a = 1;", "", ["script"]),
        ("<p>kept</p><div class='cut", "kept", ["p"]),
        ("<plaintext>all & <b>the</b> rest", "all & the rest", ["pre", "b"]),
    ],
)
def test_what_is_open_is_closed_and_no_text_is_lost(html, text, elements):
    soup = BeautifulSoup(balance(html), "html.parser")
    assert [element.name for element in soup.find_all(True)] == elements
    for script in soup.find_all("script"):
        script.extract()
    assert soup.get_text().startswith(text)
    assert balance(balance(html)) == balance(html)


PIECES = ["<div>", "</div>", "<b>", "</b>", "<p>", "</p>", "<td>", "</table>", "<br>", "<div/>"]
PIECES += [
    "<svg>",
    "</svg>",
    "<path/>",
    "<!-- ",
    "-->",
    "<script>",
    "</script>",
    "text",
    "\n\n",
    "<",
]
PIECES += [
    "<pre>",
    "</pre>",
    "# no heading",
    '<a href="',
    '">',
    "&lt;",
    "<!",
    "<?x",
    "</",
    "?>",
    "<![CDATA[",
    "]]>",
    ">",
    "`",
]


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_markdown_goes_on_after_any_html(html):
    page = Markdown().convert(f'<div class="xd-html">\n{balance(html).strip()}\n</div>\n\n## Later')
    later = BeautifulSoup(page, "html.parser").find_all("h2")
    assert [heading.parent.name for heading in later if heading.text == "Later"] == ["[document]"]
