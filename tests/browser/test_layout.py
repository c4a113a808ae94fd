"""The playground's page: what is in view, what opens when wanted, on paper and in a frame."""

import io
import itertools
import re
from functools import partial
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image

FIRST = ("play", "map", "plot")
SIZES = {"desktop": (1280, 720), "phone": (375, 812)}


@pytest.fixture
def tab(browser):
    """A page on which an error fails the test; `tab.context.new_page()` opens another."""
    with browser.new_context() as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        troubles = []
        page.on("console", lambda it: it.type == "error" and troubles.append(it.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        yield page
    assert troubles == []


@pytest.fixture
def visit(tab, address):
    """Open the playground in a window of some size, before the reader does anything."""

    def visit(query="", size=SIZES["desktop"]):
        width, height = size
        tab.set_viewport_size({"width": width, "height": height})
        tab.goto(f"{address}playground/{query}")
        rest(tab)
        return tab

    return visit


def rest(page):
    page.wait_for_selector("#pg[aria-busy=false]")
    page.evaluate("document.fonts.ready")


def whole(page):
    """Wait for the parts that come when the reader does something."""
    page.keyboard.press("Shift")
    page.wait_for_function("!document.querySelector('#pg :not(:defined)')")


def text(page, name):
    return page.inner_text(f"#pg-{name}")


DIAGRAM = """() => {
    const diagram = document.getElementById("pg-diagram");
    const [within, whole] = [diagram, diagram.closest("xor-network")]
        .map(it => it.getBoundingClientRect());
    return [within.x - whole.x, within.y - whole.y, within.width, within.height];
}"""
"""The diagram's place in its part: above that, text may change its font after a print."""


def out_of_view(page, names=FIRST):
    """Those of the elements that are not wholly in the window, with their boxes."""
    return page.evaluate(
        """names => names.map(name => [name, document.getElementById(`pg-${name}`)])
        .map(([name, element]) => [name, element.getBoundingClientRect().toJSON()])
        .filter(([, box]) => box.top < 0 || box.left < 0 || box.width < 60 || box.height < 24
          || box.bottom > innerHeight || box.right > document.documentElement.clientWidth)""",
        names,
    )


def covered(page, name):
    """Whether something lies over the middle of an element."""
    return page.evaluate(
        """name => {
            const element = document.getElementById(name);
            const {x, y, width, height} = element.getBoundingClientRect();
            return !element.contains(document.elementFromPoint(x + width / 2, y + height / 2));
        }""",
        f"pg-{name}",
    )


# What is in view.


@pytest.mark.audit(sample=3)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("query", ["", "?hidden_layers=4,4&epoch=300", "?seed=9&hidden_layers=3"])
def test_play_map_and_loss_are_in_view_together(visit, query, size):
    page = visit(query, SIZES[size])
    assert out_of_view(page) == []
    assert [name for name in FIRST if covered(page, name)] == []
    page.click("#pg-play")
    page.click("#pg-play")
    assert page.evaluate("scrollY") == 0


def test_on_a_phone_play_stays_in_reach_of_the_thumb(visit):
    page = visit(size=SIZES["phone"])
    whole(page)
    for part in page.locator("#pg > :not(xor-controls):not(:empty)").all():
        part.evaluate("element => element.scrollIntoView({block: 'center'})")
        assert out_of_view(page, ["play"]) == []
        assert page.locator("#pg-play").bounding_box()["y"] > 812 / 2
        assert not covered(page, "play")
    page.evaluate("scrollTo(0, 1e6)")
    end = page.locator("footer").bounding_box()
    assert end["y"] + end["height"] <= page.locator("#pg-play").bounding_box()["y"]
    bar = page.locator(".xor-buttons:has(#pg-play)").bounding_box()
    assert bar["y"] + bar["height"] == 812  # or what is behind it would be seen below it
    page.evaluate("scrollTo(0, 0)")
    page.focus("#pg-play")
    assert page.evaluate("scrollY") == 0


def test_what_has_the_focus_is_not_behind_the_bar(visit):
    page = visit(size=SIZES["phone"])
    whole(page)
    page.focus("#pg-step")
    bar = "#pg-play"
    for _ in range(40):
        page.keyboard.press("Tab")
        box, top, inside = page.evaluate(
            """bar => {
                const element = document.activeElement;
                const of = element => element.getBoundingClientRect().toJSON();
                const buttons = document.querySelector(bar).parentElement;
                const inside = element.closest('#pg') && !buttons.contains(element);
                return [of(element), of(buttons).top, !!inside];
            }""",
            bar,
        )
        assert not inside or box["top"] < top


def test_the_start_says_what_is_true_and_counts_nothing_that_is_not_there(visit):
    page = visit()
    assert text(page, "verdict") == "Epoch 0. Press Play."
    names = page.locator("#pg .xor-figures dt:visible").all_inner_texts()
    assert names == ["Epoch", "Loss"]
    assert "–" not in text(page, "now")


def test_settings_and_numbers_open_when_wanted(visit):
    page = visit()
    for name, inside in (("settings-open", "#pg-seed"), ("numbers-open", "#pg-layers")):
        assert not page.is_visible(inside)
        page.focus(f"#pg-{name}")
        page.keyboard.press("Enter")
        assert page.is_visible(inside)
        page.click(f"#pg-{name}")
        assert not page.is_visible(inside)
    assert text(page, "brief").startswith("seed 1 · 2-10-1 · rate 1.5 · ReLU")
    page.click("#pg-next")
    assert text(page, "brief").startswith("seed 2 ·")


def test_settings_open_where_an_address_got_one_wrong(visit):
    page = visit("?seed=-1")
    assert "got -1" in text(page, "seed-problem")
    assert page.is_visible("#pg-seed-problem")
    page.click("#pg-settings-open")
    page.click("#pg-step")
    assert not page.is_visible("#pg-seed")


def test_parts_below_the_view_load_when_they_come_into_it_or_at_a_first_touch(visit):
    page = visit(size=SIZES["phone"])
    late = page.locator("#pg > [later]")
    assert late.count() >= 2
    assert page.locator("#pg > :not(:defined)").count() == late.count()
    late.last.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('xor-share').matches(':defined')")
    page.reload()
    rest(page)
    page.evaluate("scrollTo(0, 0)")
    whole(page)


# Terms.


def terms(page):
    return page.locator("xor-term")


def meaning(page):
    return page.locator(".xor-meaning:popover-open")


def test_every_term_has_a_meaning_of_one_sentence(visit):
    page = visit("?hidden_layers=3&seed=9&epoch=500")
    whole(page)
    page.click("#pg-settings-open")
    page.click("#pg-numbers-open")
    words = terms(page).evaluate_all(
        "them => them.map(it => [it.textContent, it.getAttribute('role'), it.ariaDescription])"
    )
    assert [word for word, role, _ in words if role != "button"] == []
    assert len({word for word, *_ in words}) > 20
    for word, _, said in words:
        assert re.fullmatch(r"[A-Z][^.!?]{20,}\.", said), word


def test_a_term_tells_its_meaning(visit):
    page = visit()
    words = ("Loss", "Decision map", "Label", "hinges")
    for how, word in itertools.product(("hover", "focus", "click"), words):
        term = terms(page).filter(has_text=re.compile(f"^{word}$")).first
        getattr(term, how)()
        assert meaning(page).inner_text() == term.get_attribute("aria-description")
        box = meaning(page).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 1280
        page.keyboard.press("Escape")
        assert meaning(page).count() == 0
        page.mouse.move(0, 0)


def test_a_meaning_goes_when_the_reader_goes_on(visit):
    page = visit()
    loss = terms(page).filter(has_text=re.compile("^Loss$")).first
    loss.focus()
    page.keyboard.press("Tab")
    assert "Loss" not in page.evaluate("document.activeElement.textContent")
    page.click("#pg-step")
    assert meaning(page).count() == 0
    loss.hover()
    meaning(page).hover()  # it stays for a pointer that goes over to it
    page.clock.install()
    page.clock.run_for(1000)
    assert meaning(page).count() == 1
    page.mouse.move(640, 700)
    page.wait_for_function("!document.querySelector('.xor-meaning:popover-open')")


def test_the_word_of_a_field_tells_its_meaning_and_does_not_go_to_the_field(visit):
    page = visit()
    page.click("#pg-settings-open")
    seed = terms(page).filter(has_text=re.compile("^Seed$"))
    seed.click()
    assert page.evaluate("document.activeElement.textContent") == "Seed"
    page.keyboard.press("Space")
    assert "the same weights" in meaning(page).inner_text()
    assert page.get_by_label("Seed", exact=True).get_attribute("id") == "pg-seed"


def test_a_meaning_fits_a_narrow_window(visit):
    page = visit(size=(320, 700))
    whole(page)
    page.click("#pg-settings-open")
    for term in terms(page).all():
        if not term.is_visible():
            continue
        term.focus()
        box = meaning(page).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320


# Entries.


def test_a_comma_is_a_decimal_point(visit):
    page = visit()
    page.click("#pg-settings-open")
    page.fill("#pg-learning_rate", "1,25")
    page.press("#pg-learning_rate", "Enter")
    assert text(page, "learning_rate-problem") == ""
    assert page.input_value("#pg-learning_rate") == "1.25"
    label = page.get_by_label("Label of 0 1", exact=True)
    label.fill("0,5")
    label.press("Enter")
    assert label.input_value() == "0.5"


def test_a_wrong_entry_goes_with_its_message(visit):
    page = visit()
    page.click("#pg-settings-open")
    width = page.get_by_label("Units in hidden layer 1")
    width.fill("99")
    width.press("Enter")
    assert "from 1 to 16, got 99" in text(page, "hidden_layers-problem")
    page.click("#pg-next")
    assert text(page, "hidden_layers-problem") == ""
    assert width.input_value() == "10"
    assert width.get_attribute("aria-invalid") is None


# To take away.


def copied(page, button):
    page.click(f"#pg-{button}")
    page.wait_for_function("document.getElementById('pg-shared').textContent === 'Copied.'")
    return page.evaluate("navigator.clipboard.readText()")


def test_copied_goes_away_again(visit):
    page = visit()
    whole(page)
    page.clock.install()
    copied(page, "copy")
    page.clock.run_for(60_000)
    assert text(page, "shared") == ""


class Frames(HTMLParser):
    """The attributes of each iframe."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        assert tag == "iframe"
        self.found.append(dict(attributes))


@pytest.mark.audit(sample=1)
@pytest.mark.parametrize("query", ["", "?seed=3&hidden_layers=2&epoch=7"])
def test_the_embed_code_shows_the_run_in_a_frame(visit, query):
    page = visit(query)
    whole(page)
    code = copied(page, "embed")
    (frame,) = Frames(code).found
    assert not re.search(r"&(?!amp;)", code)
    assert (frame["width"], frame["height"]) == ("600", "400")
    other = page.context.new_page()
    other.set_content(f"<!doctype html><title>Elsewhere</title>{code}")
    inside = other.frame_locator("iframe").locator("#pg[aria-busy=false]")
    inside.wait_for()
    (_, embedded) = other.frames
    assert out_of_view(embedded) == []
    assert [name for name in FIRST if covered(embedded, name)] == []
    embedded.click("#pg-step")
    assert int(text(embedded, "at")) == (8 if query else 1)
    other.close()


def test_an_embedded_page_is_the_instrument_alone_and_stays_so(visit):
    page = visit("?embed&seed=3", (600, 400))
    for name in (".md-header", ".md-footer", ".md-content h1 + p"):
        assert not page.is_visible(name)
    box = page.locator("#pg").bounding_box()
    assert (box["x"], box["y"], box["width"]) == (0, 0, page.evaluate("document.body.clientWidth"))
    page.click("#pg-step")
    page.wait_for_function("!document.getElementById('pg').isWriting")
    assert urlsplit(page.url).query == "embed&seed=3&epoch=1"
    whole(page)
    assert urlsplit(copied(page, "copy")).query == "seed=3&epoch=1"
    with page.context.expect_page() as opening:
        page.click("#pg-whole")
    assert urlsplit(opening.value.url).query == "seed=3&epoch=1"
    opening.value.close()


# On paper.


@pytest.mark.audit(sample=1)
@pytest.mark.parametrize("size", SIZES)
def test_what_is_printed_is_the_run_as_it_stands(tab, visit, size):
    tab.emulate_media(color_scheme="dark")
    visit("", SIZES[size]).evaluate("document.fonts.ready")  # the next visit has the fonts at once
    page = visit("?hidden_layers=3,5&epoch=40", SIZES[size])
    screen = page.evaluate(DIAGRAM)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    ink = page.evaluate("getComputedStyle(document.body).getPropertyValue('--xd-ink')")
    assert int(ink[1:3], 16) < 0x40  # dark, on white paper
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 900})
    for name in ("verdict", "at", "now", "brief", "map", "plot", "diagram", "rows"):
        assert page.is_visible(f"#pg-{name}"), name
    for name in ("play", "preset", "seed", "read"):
        assert not page.is_visible(f"#pg-{name}"), name
    fields = page.locator("#pg-layers input")
    assert fields.count() == 2 * 3 + 3 + 3 * 5 + 5 + 5 + 1
    values = fields.evaluate_all("them => them.map(it => it.value)")
    assert [value for value in values if not re.search(r"\d", value)] == []
    apart = page.evaluate(
        """() => {
            const box = element => element.getBoundingClientRect();
            const diagram = box(document.getElementById('pg-diagram'));
            const all = selector => [...document.querySelectorAll(selector)];
            const beside = (a, b) => a.left < b.left || a.right > b.right;
            const outside = (a, b) => beside(a, b) || a.top < b.top || a.bottom > b.bottom;
            const paper = {left: 0, right: document.documentElement.clientWidth};
            return [
                ...all('#pg-diagram :is(button, text, circle)')
                    .filter(it => outside(box(it), diagram)),
                ...all('#pg *').filter(it => box(it).width > 1 && beside(box(it), paper)),
            ].map(it => it.outerHTML.slice(0, 90));
        }"""
    )
    assert apart == []
    page.emulate_media(media="screen")
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.get_attribute("body", "data-md-color-scheme") == "slate"
    assert page.evaluate(DIAGRAM) == screen
    assert not page.is_visible("#pg-layers")


# For everyone.


@pytest.mark.audit(sample=3)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("forced", ["none", "active"])
@pytest.mark.parametrize(
    ("query", "size"),
    [("", (1280, 720)), ("", (320, 700)), ("?embed", (600, 400))],
    ids=["wide", "narrow", "embedded"],
)
def test_axe_finds_nothing_in_any_state(visit, tab, query, size, scheme, forced):
    tab.emulate_media(color_scheme=scheme, forced_colors=forced, reduced_motion="reduce")
    page = visit(query, size)

    def check(state):
        found = Axe().run(page).response["violations"]
        assert [(state, it["id"], it["nodes"][0]["html"]) for it in found] == []

    check("as it opens")
    whole(page)
    page.click("#pg-settings-open")
    page.click("#pg-numbers-open")
    page.click("#pg-pin")
    page.fill("#pg-seed", "-1")
    page.press("#pg-seed", "Enter")
    terms(page).filter(has_text=re.compile("^Loss$")).first.focus()
    assert meaning(page).count() == 1
    check("all open, a problem, a meaning")
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.click("#pg-copy")
    page.click("#pg-end")
    rest(page)
    check("solved")


@pytest.mark.audit(sample=1)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_forced_colours_play_can_be_read_and_a_hinge_has_grips(visit, tab, scheme):
    """axe leaves colours that the system forces alone."""
    tab.emulate_media(forced_colors="active", color_scheme=scheme)
    page = visit("?hidden_layers=3&epoch=40&unit=1:1")
    colours = """element => {
        const {color, backgroundColor, backgroundImage} = getComputedStyle(element);
        return [color, backgroundColor, backgroundImage];
    }"""
    ink, ground, _ = page.eval_on_selector("#pg-play", colours)
    assert ink != ground
    assert "gradient" in page.eval_on_selector("#pg-move", colours)[2]
    dots = Image.open(io.BytesIO(page.locator("#pg-play").screenshot())).convert("L")
    assert dots.getextrema() == (0, 255)


def test_without_scripts_the_instrument_leaves_its_place_to_the_stills(browser, address):
    """Its own figures are then the first thing below the title."""
    with browser.new_context(
        java_script_enabled=False, viewport={"width": 1280, "height": 720}
    ) as context:
        page = context.new_page()
        page.goto(f"{address}playground/")
        assert page.locator(".xor-stills").bounding_box()["y"] < 720 / 2


def test_in_forced_colours_lines_and_names_are_seen(visit, tab):
    """Numbers of the loss curve's axis and of the diagram have the system's colour on its paper."""
    tab.emulate_media(forced_colors="active", color_scheme="dark")
    page = visit()
    paper, ink = page.evaluate(
        """() => {
            const probe = document.body.appendChild(document.createElement('p'));
            probe.style = 'background: Canvas; color: CanvasText';
            const {backgroundColor, color} = getComputedStyle(probe);
            probe.remove();
            return [backgroundColor, color];
        }"""
    )
    light = partial(page.evaluate, """([name, colour]) => {
            const canvas = document.getElementById(name);
            const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
            const [r, g, b] = colour.match(/\\d+/g).map(Number);
            let count = 0;
            for (let i = 0; i < data.length; i += 4)
                count += data[i + 3] > 200 && Math.abs(data[i] - r) + Math.abs(data[i + 1] - g)
                    + Math.abs(data[i + 2] - b) < 30;
            return count;
        }""")  # fmt: skip
    assert paper != ink
    assert light(["pg-plot", ink]) > 50
