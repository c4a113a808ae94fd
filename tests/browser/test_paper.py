"""The course as it is printed."""

import re

import pytest
from lessons import LESSONS, TUTORIALS

BREAKS = """() => {
    const found = [];
    for (const rule of [".paper-part"])
        for (const element of document.querySelectorAll(rule))
            found.push(getComputedStyle(element).breakBefore);
    return found;
}"""


@pytest.fixture(scope="module")
def tab(browser, address):
    context = browser.new_context(java_script_enabled=True, color_scheme="dark")
    page = context.new_page()
    page.goto(f"{address}paper/")
    page.emulate_media(media="print")
    yield page
    context.close()


def test_every_lesson_begins_on_a_new_sheet(tab):
    assert set(tab.evaluate(BREAKS)) == {"page"}


def test_a_dark_screen_prints_dark_on_light(tab):
    ink, paper = tab.evaluate(
        """() => {
            const article = getComputedStyle(document.querySelector("article"));
            return [article.color, getComputedStyle(document.body).backgroundColor];
        }"""
    )
    assert sum(map(int, re.findall(r"\d+", ink)[:3])) < 200
    assert sum(map(int, re.findall(r"\d+", paper)[:3])) == 3 * 255


def test_no_line_of_code_is_cut_and_nothing_is_wider_than_the_sheet(tab):
    tab.set_viewport_size({"width": 680, "height": 900})  # A4 without its margins
    wide = tab.evaluate(
        """() => [...document.querySelectorAll("article :is(div, figure, li, p, pre *, table)")]
            .filter(it => it.getBoundingClientRect().right > innerWidth + 1)
            .map(it => it.outerHTML.slice(0, 200))"""
    )
    assert wide == []


def test_no_line_of_code_is_broken_to_fit_its_column(tab):
    tab.set_viewport_size({"width": 680, "height": 900})
    broken = tab.evaluate(
        """() => [...document.querySelectorAll(".paper-part pre > code")].filter(code => {
            const style = getComputedStyle(code);
            const padding = parseFloat(style.paddingTop) + parseFloat(style.paddingBottom);
            const height = code.getBoundingClientRect().height - padding;
            const lines = code.textContent.trimEnd().split("\\n").length;
            return Math.round(height / parseFloat(style.lineHeight)) > lines;
        }).map(code => code.textContent)"""
    )
    assert broken == []


def test_figures_are_of_one_scale_and_their_letters_no_smaller_than_six_points(tab):
    """The smallest are those of the strips and maps of many seeds, which name nothing but seeds."""
    tab.set_viewport_size({"width": 680, "height": 900})
    letters = tab.evaluate(
        """() => [...document.querySelectorAll("article figure svg")].map(svg => {
            const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
            const letters = [...svg.querySelectorAll("text")];
            const sizes = letters.map(it => getComputedStyle(it).fontSize);
            return [scale, scale * 0.75 * Math.min(...sizes.map(parseFloat))];
        })"""
    )
    scales, points = zip(*letters, strict=True)
    assert len(points) > 50
    assert max(scales) == pytest.approx(min(scales), rel=0.01)
    assert sorted(points)[2] >= 5.9


def test_it_prints_to_a_pdf_whose_outline_has_every_lesson(tab):
    pdf = tab.pdf(prefer_css_page_size=True, format="A4", outline=True, tagged=True)
    sheets = len(re.findall(rb"/Type /Page\b", pdf))
    assert len(LESSONS) < sheets <= 8 * len(TUTORIALS)
    # where the site's fonts came too late, Chromium writes some names twice, one after the other
    titles = set(re.findall(rb"/Title \((.+?)\1?\)", pdf))
    headings = tab.locator(".paper-part > h2").all_inner_texts()
    assert {heading.encode() for heading in headings if heading.isascii()} <= titles
    assert len(headings) > len(LESSONS)


# Below the header's 60 px; a heading that the layout moved afterwards would lie elsewhere.
AT_THE_TOP = """id => {
    const { top } = document.getElementById(id).getBoundingClientRect();
    return top > 0 && top < 120;
}"""


def test_on_a_screen_the_contents_lead_to_lessons_that_were_not_laid_out_yet(browser, address):
    page = browser.new_page()
    page.goto(f"{address}paper/")
    for name in (LESSONS[-1], LESSONS[len(LESSONS) // 2], LESSONS[0]):
        target = f"tutorials-{name}"
        page.click(f'.paper-contents a[href="#{target}"]')
        page.wait_for_function(AT_THE_TOP, arg=target)
        page.evaluate("scrollTo(0, 0)")
    page.close()


def test_it_can_be_printed_without_its_answers(browser, address):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}paper/")

    def printed():
        page.emulate_media(media="print")
        shown = [
            page.locator(kind).evaluate_all(
                "them => them.filter(it => it.getClientRects().length).length"
            )
            for kind in (".paper-answers", ".paper-see", ".admonition.exercise", "#without-answers")
        ]
        page.emulate_media(media="screen")
        return shown

    answers, notes, exercises, boxes = printed()
    assert min(answers, notes, exercises) > 10
    assert not boxes
    page.get_by_label("Leave out the answers").check()
    assert printed() == [0, 0, exercises, 0]
    context.close()
