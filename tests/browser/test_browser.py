"""The built site in a real browser: what only one can tell."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from serving import pages

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


def test_every_page_loads_without_an_error_or_a_request_to_another_host(browser, address, site):
    found = pages(site)
    assert "tutorials/numpy-network/" in found
    for page in found:
        tab = browser.new_page()
        assert visit(tab, address, page) == ([], []), page
        tab.close()


def test_the_watch_for_other_hosts_sees_one(browser, address, site):
    (site / "elsewhere.html").write_text('<img src="http://127.0.0.2:9/pixel.png">')
    try:
        errors, elsewhere = visit(browser.new_page(), address, "elsewhere.html")
    finally:
        (site / "elsewhere.html").unlink()
    assert elsewhere == ["http://127.0.0.2:9/pixel.png"]
    assert errors


def test_no_page_scrolls_sideways_on_a_phone(browser, address, site):
    context = browser.new_context(viewport={"width": 375, "height": 800})
    tab = context.new_page()
    for page in pages(site):
        tab.goto(address + page)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 375, page
    context.close()


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
    names = {name.strip('"') for name in loaded}
    assert {"Source Serif 4", "Source Sans 3", "Source Code Pro", "STIX Two Math"} <= names
    tab.close()


def test_axe_finds_nothing_on_any_page(browser, address, site):
    # Material's script puts each copy button into a nav without a name
    options = {"rules": {"landmark-unique": {"enabled": False}}}
    for page in pages(site):
        tab = browser.new_page()
        tab.goto(address + page, wait_until="networkidle")
        found = Axe().run(tab, options=options).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], page
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
