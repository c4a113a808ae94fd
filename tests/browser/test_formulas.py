"""Formulas in a browser: rules and strikes are drawn, and only scrolled formulas take the focus."""

from pathlib import Path

import pytest
from markdown import Markdown

from xordocs.site import plugin
from xordocs.site.rendering import MathematicsExtension

pytestmark = pytest.mark.browser
ASSETS = Path(plugin.__file__).with_name("theme") / "assets"


@pytest.fixture
def page(browser):
    opened = browser.new_page(viewport={"width": 400, "height": 600})
    yield opened
    opened.close()


def show(page, markdown):
    html = Markdown(extensions=[MathematicsExtension(formulas="error")]).convert(markdown)
    page.set_content(f"<!doctype html><main>{html}</main>")
    page.add_style_tag(path=ASSETS / "_xordocs.css")
    page.add_script_tag(path=ASSETS / "_formulas.js")


def test_the_keyboard_stops_only_at_formulas_that_scroll(page):
    wide = " + ".join(f"x_{{{number}}}" for number in range(60))
    show(page, f"$$a$$\n\nso $${wide}$$ holds\n\n$$b$$")
    page.wait_for_function("document.querySelectorAll('[tabindex]').length === 1")
    assert page.locator("[tabindex]").evaluate("it => it.scrollWidth > it.clientWidth")
    page.set_viewport_size({"width": 8000, "height": 600})
    page.wait_for_function("document.querySelectorAll('[tabindex]').length === 0")


def test_what_belongs_to_a_formula_stays_on_its_line(page):
    show(page, "Some words ($x$), or $y = 1$, and then “$z$”.")
    marks = """() => {
        const walker = document.createTreeWalker(document.querySelector("p"), NodeFilter.SHOW_TEXT);
        const range = document.createRange();
        const alone = [];
        while (walker.nextNode()) {
            const {data, parentElement} = walker.currentNode;
            if (parentElement.closest("math")) continue;
            for (const {0: mark, index} of data.matchAll(/[(),.“”]/g)) {
                range.setStart(walker.currentNode, index);
                range.setEnd(walker.currentNode, index + 1);
                const {top, bottom} = range.getBoundingClientRect();
                const formulas = [...document.querySelectorAll("math")];
                const boxes = formulas.map(it => it.getBoundingClientRect());
                if (!boxes.some(it => it.top < bottom && top < it.bottom)) alone.push(mark);
            }
        }
        return alone;
    }"""
    for width in range(60, 400, 3):
        page.set_viewport_size({"width": width, "height": 600})
        assert page.evaluate(marks) == [], width


def test_a_formula_within_a_sentence_has_lines_of_its_own(page):
    show(page, "before $$a$$ after $b$")
    display, inline = (page.locator(".math").nth(number).bounding_box() for number in range(2))
    assert display["width"] > 300
    assert inline["y"] >= display["y"] + display["height"]


@pytest.mark.parametrize(
    ("latex", "side"), [(r"\overline{abc}", "top"), (r"\underline{abc}", "bottom")]
)
def test_a_line_is_as_wide_as_what_it_stands_over(page, latex, side):
    show(page, f"${latex}$")
    enclosed = page.locator("menclose")
    assert (
        enclosed.evaluate(f"it => parseFloat(getComputedStyle(it).border{side.title()}Width)") > 0
    )
    inner = page.locator("menclose > *")
    left, right = inner.first.bounding_box(), inner.last.bounding_box()
    letters = right["x"] + right["width"] - left["x"]
    assert enclosed.bounding_box()["width"] == pytest.approx(letters, abs=1)


def test_a_box_a_strike_and_the_rules_of_a_table_are_drawn(page):
    table = r"\begin{array}{|c|} \hline 1 \\ \hline \end{array}"
    show(page, rf"$\boxed{{a}} \cancel{{b}} {table}$")
    width = "(it, side) => parseFloat(getComputedStyle(it)[`border${side}Width`])"
    for selector in ("menclose[notation=box]", "mtable"):
        for side in ("Top", "Bottom"):
            assert page.locator(selector).evaluate(width, side) > 0
    strike = page.locator(".menclose-updiagonalstrike").bounding_box()
    struck = page.locator("menclose[notation=updiagonalstrike]").bounding_box()
    assert strike["width"] > struck["width"]
