"""What stands behind a placeholder comes through whatever a site has switched on."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from rendered import MATERIAL

from xordocs.site.rendering.html_fragment import balance
from xordocs.site.rendering.placeholders import Part, PlaceholderExtension, placeholder

HOSTILE = [
    "*a* _b_ `c` ~~d~~ ==e== ^f^ $g$ $$h$$", "# no heading", "    indented", "\n\n\n", "```", "~~~",
    "::: module", '--8<-- "mkdocs.yml"', "[TOC]", "[^1]", "[^1]: note", "*[HTML]: abbreviation",
    "HTML", "{: .class }", "{ .class }", "(c) -- ... \"q\" 'q' 1/2", ":material-x: :smile:",
    "++ctrl++", "{++added++}", "{{ macro }}", "{% raw %}", "{# comment #}", "!!! note",
    "??? tip", '=== "Tab"', "https://example.org user@example.org", "| a |\n|---|", "- item",
    "<!-- comment -->", "&amp; &lt;", "\\* \\$ \\(", "\x02wzxhzdk:0\x03", "klzzwxh:0000", "\ttab",
]  # fmt: skip
"""What some extension of Markdown has a meaning for."""


def convert(text, *parts):
    words = {placeholder(part): part for part in parts}
    body = "\n\n".join([text, *words, "# After"])
    return Markdown(extensions=[*MATERIAL, PlaceholderExtension(words)]).convert(body)


@settings(max_examples=30)
@given(st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=6).map("\n".join))
def test_html_comes_through_byte_for_byte(inside):
    html = f"<div><pre>{inside}</pre></div>".replace("\x02", "").replace("\x03", "")
    page = convert("before\n- list", Part(html, is_html=True))
    assert html in page
    assert page.count("<h1") == 1


@settings(max_examples=30)
@given(st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=6).map("\n".join))
def test_code_comes_through_character_by_character(inside):
    fence = Part(f"``````` {{ .text .xd-output }}\n{inside}\n```````", is_html=False)
    code = BeautifulSoup(convert("before", fence), "html.parser").select_one(".xd-output code")
    assert code.text.strip() == inside.replace("\x02", "").replace("\x03", "").strip()


PIECES = [
    "<div>", "</div>", "</article>", "<b>", "</b>", "<p>", "</p>", "<td>", "</table>", "<br>",
    "<svg>", "</svg>", "<path/>", "<!-- ", "-->", "<script>", "</script>", "<style>", "</style>",
    "<textarea>", "<title>", "<plaintext>", "<xmp>", "<select>", "<template>", "<math>", "x", "<",
    '<a href="', '">', "<!", "<?x", "</", "<![CDATA[", "]]>", "\n\n", "</body></html>",
]  # fmt: skip


@settings(max_examples=30)
@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_the_page_goes_on_after_any_html(html):
    page = convert("before", Part(f'<div class="xd-html">\n{balance(html)}\n</div>', is_html=True))
    after = BeautifulSoup(page, "html.parser").find_all("h1")
    assert [heading.parent.name for heading in after if heading.text == "After"] == ["[document]"]


def test_the_same_part_has_the_same_word_and_another_part_another():
    part = Part("<p>x</p>", is_html=True)
    assert placeholder(part) == placeholder(Part("<p>x</p>", is_html=True))
    assert len({placeholder(part), placeholder(part._replace(is_html=False))}) == 2


@pytest.mark.parametrize("extensions", [[], ["fenced_code"], ["md_in_html", "smarty"]])
def test_few_extensions_are_enough(extensions):
    part = Part("<div>*x*</div>", is_html=True)
    words = {placeholder(part): part}
    page = Markdown(extensions=[*extensions, PlaceholderExtension(words)]).convert(
        next(iter(words))
    )
    assert page == "<div>*x*</div>"
