"""Prose is shown as CommonMark reads it, and what sites with Material write stays as it is.

The truth is what markdown-it renders.
"""

import random
from html.parser import HTMLParser

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown_it import MarkdownIt
from rendered import page, prose

from xordocs.site.notebooks.dialect import EXTENSIONS, to_python_markdown

COMMON_MARK = MarkdownIt("commonmark").enable("table")
USUAL = ["admonition", "attr_list", "def_list", "footnotes", "pymdownx.superfences"]


def outline(html):
    """The nested elements with their text, without paragraphs and spaces.

    Lists of a kind that follow one another are one: Python-Markdown joins them within others.
    """

    def walk(node):
        found = []
        for child in node.children:
            if child.name is None:
                found.append("".join(str(child).split()))
            elif child.name in ("p", "thead", "tbody"):
                found += walk(child)
            elif child.name == "a" and child.get("href") == child.text:  # GFM's, not CommonMark's
                found.append(child.text)
            elif child.name == "pre":
                found.append(("pre", "".join(child.text.split())))
            else:
                found.append((child.name, walk(child)))
        joined = []
        for it in filter(None, found):
            if joined and isinstance(it, str) and isinstance(joined[-1], str):
                joined[-1] += it
            elif joined and it[0] in ("ol", "ul") and it[0] == joined[-1][0]:
                joined[-1] = (it[0], joined[-1][1] + it[1])
            else:
                joined.append(it)
        return joined

    return walk(BeautifulSoup(html, "html.parser"))


def ours(text):
    converter = Markdown(
        extensions=[*USUAL, *EXTENSIONS, "pymdownx.highlight"],
        extension_configs={**EXTENSIONS, "pymdownx.highlight": {"use_pygments": False}},
    )
    return converter.convert(to_python_markdown(text))


def assert_alike(text):
    assert outline(ours(text)) == outline(COMMON_MARK.render(text)), to_python_markdown(text)


@pytest.mark.parametrize(
    "text",
    [
        "Text:\n- one\n  - nested\n\nTable:\n| a | b |\n|---|---|\n| 1 | 2 |\n\nend",
        "text\n1. a\n   - b\n     1. c\n2. d\n\n   para\n\n3. e",
        "1) a\n2) b",
        "3. three\n4. four",
        "- a\n- b\n1. c\n2. d\n* e",
        "- a\n   - b\n      - c\n         - d",
        "* a\n\n  para **b**\n\n  * c\n    * d\n\n* e",
        "- a\n\n      code in item\n\n- b",
        "- a\n  ```py\n  - x = 1\n  ```\n- b",
        "- a\n  > q\n- b",
        "- one\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |\n- two",
        "10. ten\n    - a\n11. eleven\n    para",
        "-\ta\n\t- b\n\n\t- c",
        "- a\n\n\tb",
        "<script>x</script><div>\ntext **b**\n</div>",
        "<!-- x --><div>\n- a\n</div>",
        "- a\nlazy\n- b\n\n\n- c",
        "text\n```py\nx\n```\nmore\n***\nend",
        "text\n## head\nmore\n- a\n# last",
        "# first\n\n   ## head \\<\n\n # last",
        "Several lines\nof *title*\n===\n\nand\nof another\n---\nx",
        "> quote\n> - a\n>   - b\n\nend\n> lazy\nline",
        "#hashtag is text\n\n####### and so is this",
        "a line  \nthat breaks\\\nand breaks",
        "\\*a\\* \\<b\\> \\& \\~ \\\" \\' \\% \\@ &amp; &copy; `\\<`",
        "snake_case_name and 2 * 3 * 4",
        "<!-- note -->\n- a\n- b",
        "| a |\n|---|\n| `x` |\n> quote\n\nend",
    ],
)
def test_blocks_are_where_common_mark_sees_them(text):
    assert_alike(text)


def compose(source, depth=0):
    """Blocks of prose as people write it, with blank lines between them or without.

    Never a table in lazy lines of a list, which CommonMark takes for text.
    """
    lines = []
    for _ in range(source.randint(1, 3)):
        kinds = ["text", "text", "bullets", "numbers", "fence", "heading"]
        if depth == 0:
            kinds += ["table", "rule", "quote"]
        kind = source.choice(kinds if depth < 3 else ["text"])
        block = compose_block(source, kind, depth)
        if lines and (source.random() < 0.6 or kind == "table" or lines[-1][0] in ">|"):
            lines.append("")
        lines += block
    return lines


def compose_block(source, kind, depth):
    word = source.choice(["alpha", "beta *em* x", "`code`", "gamma **b**"])
    match kind:
        case "heading":
            return [f"## {word}"]
        case "fence":
            return ["```py", "x = 1", "- y", "```"]
        case "table":
            return ["| a | b |", "|---|---|", "| 1 | 2 |"]
        case "rule":
            return ["***"]
        case "quote":
            return [f"> {line}".rstrip() for line in compose(source, depth + 2)]
        case "text":
            return [word] * source.randint(1, 2)
    end = source.choice("-*+") if kind == "bullets" else source.choice(".)")
    lines = []
    for number in range(1, source.randint(2, 4)):
        marker = (end if kind == "bullets" else f"{number}{end}") + " " * source.randint(1, 2)
        blank = [""] * source.randint(0, 1)
        inner = [*blank, *compose(source, depth + 1)] if source.random() < 0.4 else []
        lines += [marker + word, *(" " * len(marker) + line if line else "" for line in inner)]
    return lines


@given(st.integers(0, 10**9))
def test_any_composition_of_blocks_is_read_alike(seed):
    assert_alike("\n".join(compose(random.Random(seed))))


@pytest.mark.parametrize(
    "text",
    [
        '!!! note\n    - a\n    - b\n\n    more\n\n??? tip "x"\n    y',
        '=== "A"\n\n    ```py\n    x\n    ```\n\n=== "B"\n\n    - a\n        - b',
        "# H {#id}\n{: .c }\n\ntext\n{: .lead }\n\n- a\n{: .l }",
        "term\n: def\n\n    - a\n\n[^1]: foot\n    note\n\n*[HTML]: x",
        "::: package.module\n    options:\n      a: 1",
        '--8<-- "a.md"\n\n:material-x: ++ctrl++ ==m== H~2~O x^2^',
        '<div class="grid cards" markdown>\n\n-   __a__\n\n    ---\n\n    b\n\n-   c\n\n</div>',
        "| a | b |\n|---|---|\n| 1 | 2 |\n{: .t }",
        "``` py\nx # (1)!\n```\n\n1.  note\n\n    !!! x\n\n        y",
        "1. a\n{ .annotate }\n\n1.  b",
        "/// note\nx\n///",
        "{{ macro() }}\n\n{% if x %}\na\n{% endif %}",
        "$5\\%$ and $a\\,\\~b$\n\n$$\na\n- b\n+ c\n$$\n\n$a\n- b = \\{c\\}$",
        "\\begin{align}\na &= b \\\\\n- c &= \\%\n\\end{align}",
        "```\n- a\n  - b\n#x\n```\n\n    - code\n\n`#x \\<`",
        "- item\n\n    ```py\n    x = 1\n    # y\n    ```\n    text",
        "- item\n\n    second paragraph\n\n    ```py\n    x\n    ```\n\n- item\n    - nested",
    ],
)
def test_what_python_markdown_and_material_read_stays_as_it_is(text):
    assert to_python_markdown(text) == text


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("$", "$"),
        ("$$", "$$"),
        (r"\(", r"\)"),
        (r"\[", r"\]"),
        (r"\\(", r"\\)"),
        (r"\\[", r"\\]"),
        (r"\begin{align}", r"\end{align}"),
    ],
)
@pytest.mark.parametrize("latex", [r"50\% x_1 \& y", r"\{a\~b\}", "a_1\n- b = c\n#d"])
def test_a_formula_stays_as_it_is_between_all_delimiters(opening, closing, latex):
    text = f"So {opening}{latex}{closing} holds."
    assert to_python_markdown(text) == text
    assert to_python_markdown(f"{text} And \\%.") == f"{text} And &#37;."


@pytest.mark.parametrize(
    ("text", "selector", "expected"),
    [
        ("~~gone~~ H~2~O", "del", "gone"),
        (
            "## See https://example.org/x\n",
            'h2 > a[href="https://example.org/x"]',
            "https://example.org/x",
        ),
        ("see https://example.org/x.", 'a[href="https://example.org/x"]', "https://example.org/x"),
        (
            "- a\n- https://a.org/?b=c&d<br>",
            'a[href="https://a.org/?b=c&d"]',
            "https://a.org/?b=c&d",
        ),
        ('<a href="https://a.org">https://a.org</a>', "a:not(a a)", "https://a.org"),
        ("[at https://a.org](b.md) (https://c.org)", "a + a", "https://c.org"),
        ("a `code\n#span` b", "code", "code #span"),
        ("<div>\n    <b>x</b>\n\n**y**\n\n</div>", "div:not(:has(pre)) > p > b, div > b", "x"),
        ('<div class="alert">\n\n**Note** well\n\n</div>\n\n**after**', ".alert strong", "Note"),
        ("<details>\n<summary>S</summary>\n\n- a\n  - b\n\n</details>", "details ul ul li", "b"),
        ("<table><tr><td>\n\n**x**\n\n</td></tr></table>", "td strong", "x"),
        ('<div>\n<div style="x">\n\n*a*\n\n</div>\n</div>', "div > div em", "a"),
        ('<p align="center">\n\n**x**\n\n</p>', "p strong", "x"),
        ("<font color=red>**b**</font>", "font strong", "b"),
        ("line<br>next", "p:has(br)", "linenext"),
        ("[a][r]\n\n[r]: other.md", 'a[href="other.md"]', "a"),
    ],
)
def test_what_jupyter_shows_besides_is_shown(text, selector, expected):
    soup, _ = page(prose(text), prose("## After"))
    assert soup.select_one(selector).text.strip() == expected
    assert soup.h2.parent.name == "[document]"


def test_tasks_are_ticked():
    soup, _ = page(prose("To do:\n- [ ] this\n- [x] that"))
    assert [box.has_attr("checked") for box in soup.select("li input")] == [False, True]


def test_a_definition_in_one_cell_is_known_in_another():
    soup, _ = page(prose("See [it][r]."), prose("[r]: other.md"))
    assert soup.a["href"] == "other.md"


@pytest.mark.parametrize(
    "first",
    [
        "<center>\n# Words\n",
        "<center>\n\n## Words\n\n*more*",
        "Words\n\n<p>\n* one\n\n<p>\n* two\n",
        "<p>Words<p>more\n<div>there</div>",
        "<div class='a'>\n\nWords\n\n<div>\n\nmore\n\n</div>",
        "Words\n\n</div>\n\nmore",
        "<div>Words</div></div>\n\nmore",
        "Some <b>Words\n\nmore",
        "Some <b>more <i>Words",
        "# Some <font color='red'>Words",
        "Words</font></span> **more**",
        "<h2>Words\n\nmore",
        "<b><i>Words</b></i>",
        "<table><tr><td>Words<td>more</table>",
        "<table><tr><td>Words\n\nmore",
        "| a | b |\n|---|---|\n| <b>Words | more |",
        "- one <b>Words\n- two\n\n  <div>\n  more\n",
        "> <div>Words\n\nmore",
        "<details><summary>Words</summary>\n\n**more**\n",
        "Words\n\n<!-- hidden\n\n# hidden",
        "Words `<div>` and\n\n```html\n<div>\n```\n\n    <center>\n",
        "Words, $c<d>e$ and $$x <y> z$$",
    ],
)
def test_html_reaches_no_further_than_its_cell(first):
    cells = [to_python_markdown(cell) for cell in (first, "# Next *cell*")]
    converter = Markdown(extensions=[*USUAL, *EXTENSIONS], extension_configs=EXTENSIONS)
    html = converter.convert("\n\n".join(cells))
    open_ = []

    class Nesting(HTMLParser):
        def handle_starttag(self, tag, attrs):
            open_.append(tag)

        def handle_endtag(self, tag):
            while open_[-1] in ("td", "tr") and open_[-1] != tag:
                open_.pop()
            assert open_.pop() == tag, html

    Nesting().feed(html.replace("<d>", "").replace("<y>", ""))  # formulas have not been set here
    assert open_ == [], html
    soup = BeautifulSoup(html, "html.parser")
    last = soup.find_all("h1")[-1]
    assert last.text == "Next cell"
    assert last.em
    assert last.parent is soup
    assert soup.text.count("Words") == 1
    assert "hidden" not in soup.text


def test_a_bar_ends_a_cell_of_a_table_and_nothing_else():
    assert to_python_markdown("Some <b>words | more") == "Some <b>words | more</b>"


def test_elements_for_python_markdown_may_go_across_cells():
    cells = [
        '<div class="a" markdown>\n<div markdown>\n\nsome *text*',
        "</div>",
        "more</b>\n\n</div>",
    ]
    carried = []
    assert [to_python_markdown(cell, carried) for cell in cells] == [
        *cells[:2],
        cells[2].replace("</b>", ""),
    ]
    assert carried == []
    assert to_python_markdown("</div>x", carried) == "x"


def test_a_list_with_a_second_paragraph_and_a_fence_stays_as_it_is_laid_out():
    text = "- a\n\n    b\n    ```\n    x\n    ```"
    assert to_python_markdown(text) == text


def test_a_fence_in_a_list_keeps_its_lines_whatever_they_begin_with():
    text = "- a\n\n    ~~~\n    x\n    # y\n    ~~~\n"
    assert to_python_markdown(text) == text


def test_a_bar_in_a_paragraph_ends_no_element_there():
    assert to_python_markdown("<b>a | b\nc") == "<b>a | b\nc</b>"


@pytest.mark.parametrize("text", ["- a\n\n\t\tcode", "1. a\n\n\t\t code"])
def test_code_in_an_item_keeps_what_tabs_indent_it_by(text):
    """A tab leads to the next multiple of four columns, and an item takes its own from that."""
    expected = BeautifulSoup(COMMON_MARK.render(text), "html.parser").pre.get_text()
    assert page(prose(text))[0].pre.get_text() == expected
