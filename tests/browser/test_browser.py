"""The built site in a real browser: what only one can tell."""

from typing import NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from serving import pages, serve

PALE_TEXT = """least => {
    const parts = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(Number);
    const light = channels => {
        const [r, g, b] = channels.map(part => part / 255)
            .map(part => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = element => {
        for (; element; element = element.parentElement) {
            const colour = getComputedStyle(element).backgroundColor;
            if (colour.startsWith("rgb(")) return colour;
        }
        return "rgb(255, 255, 255)";
    };
    const opacity = element =>
        element ? getComputedStyle(element).opacity * opacity(element.parentElement) : 1;
    const pale = new Set();
    for (const element of document.querySelectorAll("header *, main *, footer *")) {
        const says = [...element.childNodes].some(
            node => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
        const visible = element.checkVisibility({visibilityProperty: true, opacityProperty: true});
        const colour = getComputedStyle(element).color;
        if (!says || !visible || element.closest("svg") || !colour.startsWith("rgb(")) continue;
        const [ink, paper, share] = [parts(colour), parts(behind(element)), opacity(element)];
        const seen = ink.map((part, i) => share * part + (1 - share) * paper[i]);
        const [low, high] = [light(seen), light(paper)].sort((a, b) => a - b);
        if ((high + 0.05) / (low + 0.05) < least)
            pale.add(`${element.tagName}.${element.className}: ${colour} on ${behind(element)}`);
    }
    return [...pale];
}"""


WIDE_LISTINGS = """() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
    const inside = element => {
        const {paddingLeft, paddingRight} = getComputedStyle(element);
        return element.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
    };
    const advance = element => {
        const probe = document.createElement("span");
        probe.textContent = "0".repeat(100);
        element.append(probe);
        const width = probe.getBoundingClientRect().width / 100;
        probe.remove();
        return width;
    };
    return [...document.querySelectorAll("pre, pre > code")]
        .filter(listing => listing.scrollWidth > listing.clientWidth)
        .flatMap(listing => {
            const columns = inside(listing) / advance(listing);
            const lines = listing.textContent.split("\\n").filter(line => line.length > columns);
            return lines.length ? lines : [listing.textContent];
        });
}"""


COVERED = """() => [...document.querySelectorAll(
    // the cross of a map is for keys: a finger takes the map itself
    "article :is(a[href], button:not(.xor-cross), input, select, summary, textarea)")]
    .filter(it => {
        if (it.disabled || !it.checkVisibility({visibilityProperty: true})) return false;
        it.scrollIntoView({block: "center", behavior: "instant"});
        const {left, top, width, height} = it.getClientRects()[0] ?? {};
        if (!(width > 2 && height > 2)) return false;
        const hit = document.elementFromPoint(left + width / 2, top + height / 2);
        return hit && !it.contains(hit) && ![...it.labels ?? []].some(each => each.contains(hit));
    }).map(it => it.outerHTML.slice(0, 80))"""
"""What can be pressed, while something else lies on its middle."""

PASS_ALL = """async () => {
    for (const it of document.querySelectorAll("xor-code, xor-run")) {
        it.scrollIntoView({behavior: "instant"});
        for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    }
}"""
"""Scroll past all that is alive: its script comes when it is near."""


SOME = (
    *("", "404.html", "playground/", "run-it-yourself/", "reference/numpy_mlp/"),
    *("tutorials/numpy-network/", "tutorials/from-a-blank-file/"),
)
"""Pages of each kind."""


class Visit(NamedTuple):
    """What was found on a page.

    Attributes:
        errors: What its console said.
        elsewhere: The requests that left for another host.
        barriers: What axe found, each with the HTML of the first place.
        wide: The lines for which a listing scrolls sideways at 1280 px.
        covered: What a press does not reach, at 1280 px and on a phone of 375 px.
        width: How wide it is on a phone of 375 px.
    """

    errors: list[str]
    elsewhere: list[str]
    barriers: list[tuple[str, str]]
    wide: list[str]
    covered: list[str]
    width: int


def visit(tab, address, page):
    """Open a page; return its console errors, and the requests that left for another host."""
    errors, elsewhere = [], []
    tab.on("console", lambda message: message.type == "error" and errors.append(message.text))
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.on("requestfailed", lambda request: errors.append(f"failed: {request.url}"))
    tab.on(
        "request",
        lambda request: (
            request.url.startswith((address, "data:", "blob:")) or elsewhere.append(request.url)
        ),
    )
    tab.goto(address + page, wait_until="networkidle")
    return errors, elsewhere


@pytest.fixture(scope="module", params=["some", pytest.param("all", marks=pytest.mark.audit)])
def visits(request, browser, address, site):
    """Every page of the site, or some, visited once."""
    # Material's script puts each copy button into a nav without a name
    rules = {"landmark-unique": {"enabled": False}}
    # all lessons on one page, of which each is looked at by itself: most of a minute
    quicker = {"paper/": {"color-contrast": {"enabled": False}}}
    found = {}
    with browser.new_context(viewport={"width": 1280, "height": 720}) as context:
        for page in SOME if request.param == "some" else pages(site):
            tab = context.new_page()
            errors, elsewhere = visit(tab, address, page)
            options = {"rules": rules | quicker.get(page, {}), "resultTypes": ["violations"]}
            violations = Axe().run(tab, options=options).response["violations"]
            barriers = [(each["id"], each["nodes"][0]["html"]) for each in violations]
            tab.evaluate(PASS_ALL)
            tab.wait_for_function("!document.querySelector('xor-code:not(.xor-cell)')")
            covered = tab.evaluate(COVERED)
            tab.set_viewport_size({"width": 375, "height": 800})
            covered += tab.evaluate(COVERED)
            width = tab.evaluate("document.documentElement.scrollWidth")
            tab.set_viewport_size({"width": 1280, "height": 720})
            wide = tab.evaluate(WIDE_LISTINGS)
            found[page] = Visit(errors, elsewhere, barriers, wide, covered, width)
            tab.close()
    assert "tutorials/numpy-network/" in found
    return found


def test_every_page_loads_without_an_error_or_a_request_to_another_host(visits):
    assert {page: it for page, it in visits.items() if it.errors or it.elsewhere} == {}


def test_the_watch_for_other_hosts_sees_one(browser, tmp_path):
    (tmp_path / "elsewhere.html").write_text('<img src="http://127.0.0.2:9/pixel.png">')
    tab = browser.new_page()
    with serve(tmp_path) as address:
        errors, elsewhere = visit(tab, address, "elsewhere.html")
    tab.close()
    assert elsewhere == ["http://127.0.0.2:9/pixel.png"]
    assert errors


def test_axe_finds_nothing_on_any_page(visits):
    assert {page: it.barriers for page, it in visits.items() if it.barriers} == {}


def test_no_listing_scrolls_sideways(visits):
    wide = [f"{page}: {line}" for page, it in visits.items() for line in it.wide]
    assert not wide, "\n".join(["listings are too wide:", *wide])


def test_the_check_of_listings_finds_the_line_that_is_too_long(browser):
    tab = browser.new_page()
    for overflow in ("pre", "code"):
        long = "x" * 200
        tab.set_content(
            f"<style>{overflow} {{ display: block; overflow: auto; width: 40ch }}</style>"
            f"<pre><code>fits\n</code></pre>"
            f"<details><pre><code>short\n{long}\n</code></pre></details>"
        )
        assert tab.evaluate(WIDE_LISTINGS) == [long]
    tab.close()


def test_whatever_can_be_pressed_takes_the_press(visits):
    assert {page: it.covered for page, it in visits.items() if it.covered} == {}


def test_no_page_scrolls_sideways_on_a_phone(visits):
    assert {page: it.width for page, it in visits.items() if it.width > 375} == {}


def test_what_is_said_of_a_folded_figure_appears_with_it_and_on_paper(browser, address):
    tab = browser.new_page()
    tab.goto(address + "tutorials/forward-pass/")
    said = tab.get_by_text("on this row the network has no opinion yet")
    assert said.count() == 1
    assert not said.is_visible()
    tab.emulate_media(media="print")
    assert said.is_visible()
    tab.emulate_media(media="screen")
    tab.locator(".xd-fold:has(+ .xd-then) > summary").first.click()
    assert said.is_visible()
    tab.close()


def test_the_scheme_follows_the_system_and_then_the_reader(browser, address):
    context = browser.new_context(color_scheme="dark")
    tab = context.new_page()
    tab.goto(address)
    scheme = "document.body.getAttribute('data-md-color-scheme')"
    background = "getComputedStyle(document.body).backgroundColor"
    assert tab.evaluate(scheme) == "slate"
    dark = tab.evaluate(background)
    tab.locator("label.md-header__button[for^=__palette]:visible").click()
    tab.wait_for_function(f"{scheme} === 'default'")
    assert tab.evaluate(background) != dark
    context.close()


def test_figures_change_colour_with_the_scheme(browser, address):
    strokes = """[...document.querySelectorAll('.xd-figure svg *')]
        .map(element => getComputedStyle(element).stroke).filter(stroke => stroke !== 'none')"""
    seen = []
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme)
        tab = context.new_page()
        tab.goto(address + "tutorials/numpy-network/")
        seen.append(set(tab.evaluate(strokes)))
        context.close()
    light, dark = seen
    assert "rgb(0, 114, 178)" in light
    assert "rgb(0, 114, 178)" not in dark


def test_the_fonts_of_text_and_formulas_are_the_sites_own(browser, address):
    tab = browser.new_page()
    tab.goto(address + "tutorials/numpy-network/", wait_until="networkidle")
    loaded = tab.evaluate(
        "[...document.fonts].filter(font => font.status === 'loaded').map(font => font.family)"
    )
    names = {name.strip('"').lower() for name in loaded}  # style sheets ask for them in any case
    assert {"xor serif", "xor sans", "xor code", "xor math"} <= names
    tab.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_stands_out_from_its_background(browser, address, scheme):
    """WCAG 2.2 AA for text of any size: 4.5 to 1. That of 21 to 1 is met by none."""
    context = browser.new_context(color_scheme=scheme)
    tab = context.new_page()
    for page in ("", "tutorials/numpy-network/", "reference/numpy_mlp/", "playground/", "404.html"):
        tab.goto(address + page)
        assert tab.evaluate(PALE_TEXT, 4.5) == [], page
        assert tab.evaluate(PALE_TEXT, 21)
    context.close()


TOPS = """() => [...document.querySelectorAll("article :is(h2, table)")].map(
    element => element.getBoundingClientRect().top
)"""


@pytest.mark.browser
@pytest.mark.parametrize("page", ["notation/", "engine/", "tutorials/numpy-network/"])
def test_nothing_moves_when_the_themes_script_has_run(browser, address, page):
    """That script boxes tables that have no box yet, and so moves what stands below them."""
    tops = []
    for pattern in ("**/bundle.*.js", "nothing"):
        with browser.new_context(viewport={"width": 412, "height": 823}) as context:
            tab = context.new_page()
            tab.route(pattern, lambda route: route.abort())
            tab.goto(address + page, wait_until="networkidle")
            tab.evaluate("document.fonts.ready")
            tops.append(tab.evaluate(TOPS))
    assert len(tops[0]) > 5
    assert tops[0] == pytest.approx(tops[1], abs=0.5)
