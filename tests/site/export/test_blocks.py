"""A page's HTML as Markdown: what parsers make of it is what the page was."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown
from markdown_it import MarkdownIt
from rendered import MATERIAL

from xordocs.site.export import to_markdown

DIALECT = [
    *(name for name in MATERIAL if name not in ("smarty", "pymdownx.critic", "pymdownx.snippets")),
    "pymdownx.arithmatex",
    "pymdownx.betterem",
    "pymdownx.caret",
]
"""What Zensical switches on, and tables."""


def by_commonmark(text):
    return MarkdownIt("commonmark").render(text)


def by_python_markdown(text):
    return Markdown(
        extensions=DIALECT, extension_configs={"pymdownx.arithmatex": {"generic": True}}
    ).convert(text)


def by_bare_python_markdown(text):
    """As MkDocs reads it without any setting."""
    return Markdown(extensions=["toc", "tables", "fenced_code"]).convert(text)


PARSERS = [by_commonmark, by_python_markdown, by_bare_python_markdown]


def same(link):
    return link


PLAIN = {"highlight", "language-python", "doc", "doc-object", "doc-contents"}
"""Classes of what stands around a block in one form and not in the other."""


def blocks(html):
    """The elements of HTML, with their text; white space counts in those that hold words."""
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.select("pre span, pre > code"):
        tag.unwrap()  # colours, and how a parser marks code
    for tag in soup.select("div"):
        if not set(tag.get("class", [])) - PLAIN:
            tag.unwrap()
    found = [tag for tag in soup.find_all(True) if tag.name not in ("code", "span")]
    return [
        (
            tag.name,
            (" " if tag.name in ("h1", "h2", "h3", "p") else "").join(tag.get_text().split()),
        )
        if tag.name != "pre"
        else (tag.name, tag.get_text().strip())
        for tag in found
        if tag.get_text(strip=True)
    ]


WHOLE = {
    "emphasis": "<p>A <em>slope</em> and a <strong>step</strong>, and <em>both</em>.</p>",
    "emphasis within a word": "<p>un<em>believ</em>able, <strong>(so)</strong>far</p>",
    "emphasis within emphasis": "<p><strong>very <em>much</em></strong></p>",
    "headings": '<h1 id="a">One</h1><p>Text.</p><h3 id="b">C# and <code>x_1</code></h3>',
    "marks": (
        "<p>1. not *a* list_of_[things](x) | ~this~ ^that^ ==so== `code` &lt;b&gt; &amp;amp; \\</p>"
    ),
    "dialect": (
        "<p>$x$, $$y$$, :smile: (c) 1/2 --&gt; +/- 1st ++ctrl++ {: .a } {++new++}"
        " www.a.org a@b.org</p>"
    ),
    "admonition's mark": "<p>!!! note</p><p>??? more</p><p>+ plus</p><p>- minus</p><p>: colon</p>",
    "code": (
        "<p><code>a * b * c</code>, <code>&lt;div&gt;</code>, <code>`</code>, <code>#!sh"
        " x</code></p>"
    ),
    "list": "<ul><li>one<ul><li>deep<ol><li>deeper</li></ol></li></ul></li><li>two</li></ul>",
    "loose list": "<ol start='9'><li><p>one</p><p>more</p></li><li><p>two</p></li></ol>",
    "list of boxes": "<ul><li><p>one</p><div class='x'><p>box</p></div></li></ul>",
    "quotation": "<blockquote><p>One.</p><p>Two *stars*.</p></blockquote>",
    "box": (
        '<div class="admonition note"><p class="admonition-title">Note</p>'
        "<p>One.</p>\n\n<p>Two.</p></div>"
    ),
    "details": (
        "<details class='tip'><summary>More</summary>\n\n<p>Text</p>\n\n</details><p>After.</p>"
    ),
    "table": (
        "<table><thead><tr><th>a|b</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>"
    ),
    "definitions": "<dl><dt>word</dt><dd><p>meaning</p></dd></dl>",
    "listing": (
        '<div class="language-python highlight"><pre><span></span><code><span>if</span>'
        ' x:\n\n    y = "```"\n</code></pre></div>'
    ),
    "listing in a box": (
        "<div class='admonition'><pre><code>a\n\n\n\n  b\n \nc</code></pre></div><p>After.</p>"
    ),
    "custom element": (
        "<xor-code><pre><code>a\n\nb</code></pre></xor-code><p>After <xor-term"
        " of='x'>it</xor-term>.</p>"
    ),
    "paragraph with a class": '<p class="intro">One <em>and</em> two.</p>',
    "reference": (
        '<div class="doc doc-object"><h2 id="a.b">b</h2><div class="doc'
        ' doc-contents"><p>Text</p></div></div>'
    ),
}


@pytest.mark.parametrize("parse", PARSERS)
@pytest.mark.parametrize("html", WHOLE.values(), ids=WHOLE.keys())
def test_what_parsers_make_of_the_markdown_is_what_the_page_was(html, parse):
    assert blocks(parse(to_markdown(html, same))) == blocks(html)


@pytest.mark.parametrize("parse", PARSERS)
def test_text_outside_of_any_element_becomes_a_paragraph(parse):
    assert blocks(parse(to_markdown("+ loose *text*", same))) == [("p", "+ loose *text*")]


MARKS = st.text(
    st.sampled_from("\\`*_[]<>&~^$|{}!#+-=:;/.()'\"@ abc123\n"), min_size=1, max_size=40
)


@pytest.mark.parametrize("parse", PARSERS)
@given(text=MARKS | st.text(st.characters(exclude_categories=["C"]), max_size=40))
@example("&#42; &amp; &lt;")
@example("1) one")
@example("#hash")
@example("(tm) (C) =/= <-->")
@example("[1]")
def test_any_text_survives(parse, text):
    soup = BeautifulSoup("<p></p>", "html.parser")
    soup.p.string = text
    shown = BeautifulSoup(parse(to_markdown(str(soup), same)), "html.parser")
    assert shown.get_text().split() == text.split()
    assert {tag.name for tag in shown.find_all(True)} <= {"p"}


@pytest.mark.parametrize("parse", PARSERS)
def test_formulas_and_drawings_stay_letter_by_letter(parse):
    formula = (
        '<math display="inline"><mo stretchy="false">[</mo><mi>x_1</mi><mo>*</mo><mo>*</mo></math>'
    )
    drawing = '<svg viewBox="0 0 1 1"><style>.a{*{b:c}}</style>\n\n<text>a_b_c *d*</text></svg>'
    html = f"<p>Of <span class='math'>{formula}</span>.</p><figure>{drawing}</figure>"
    made = parse(to_markdown(html, same))
    assert drawing.replace("\n\n", "\n") in made
    shown, meant = (BeautifulSoup(it, "html.parser").math for it in (made, formula))
    assert shown == meant


@pytest.mark.parametrize("parse", PARSERS)
def test_attributes_stay_as_they_are(parse):
    html = """<p><a class="x" title="a *b* `c` $d$ [e](f) \\" href="x_y_z">go</a></p>
    <div><img alt="two

lines" src="a_b_c.png"></div>"""
    shown = BeautifulSoup(parse(to_markdown(html, same)), "html.parser")
    assert shown.a.attrs == BeautifulSoup(html, "html.parser").a.attrs
    assert shown.img.attrs == BeautifulSoup(html, "html.parser").img.attrs


def test_markdown_is_written_where_it_has_the_form():
    html = """
<h2 id="slope">The slope<a class="headerlink" href="#slope">#</a></h2>
<p>See <a href="../x/">the <em>other</em> page</a> and <img src="a.png" alt="a dot">.</p>
<ul><li>one</li><li>two <code>x</code></li></ul>
<div class="language-python highlight"><pre><span></span><code><span class="k">pass</span>
</code></pre></div>
<hr>"""
    assert (
        to_markdown(html, {"../x/": "x.md", "a.png": "a.png"}.get)
        == """\
## <span id="slope"></span>The slope

See [the *other* page](x.md) and ![a dot](a.png).

-   one
-   two `x`

```python
pass
```

---
"""
    )


def test_a_link_that_no_file_stands_behind_stays_html():
    made = to_markdown('<p><a href="?seed=3">a</a></p>', lambda _: None)
    assert made == '<a href="?seed=3">a</a>\n'


@pytest.mark.parametrize(
    "of", ["filename", "hll", "linenos"], ids=["title", "marked line", "line numbers"]
)
def test_a_listing_with_more_than_code_stays_html(of):
    html = f'<div class="highlight"><span class="{of}">1</span><pre><code>x</code></pre></div>'
    assert to_markdown(html, same) == f"{html}\n"
