"""The playground and formulas in Chromium, Firefox and WebKit."""

import functools
import re
from pathlib import Path

import diagnoses
import numpy as np
import pytest
from engines import Watched, wait
from serving import serve

from xordocs import datasets
from xordocs.nn import numpy_mlp

pytestmark = pytest.mark.browser
HANDS = Path(__file__).with_name("hands.js").read_text("utf-8")
HOW_MANY = pytest.mark.parametrize("count", [40, pytest.param(300, marks=pytest.mark.audit)])

TROUBLES = "() => JSON.parse(sessionStorage.troubles ?? '[]')"
RESTS = "document.getElementById('pg')?.getAttribute('aria-busy') === 'false'"
SETTLED = "!document.getElementById('pg').isWriting"
LIVES = (
    "(BOX.localName === 'xor-answer' ? BOX.querySelector('form') : "
    "BOX.classList.contains('xor-alive') && [...BOX.querySelectorAll('canvas')].every(canvas => "
    "canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(Boolean)))"
)
"""Whether a lesson's figure is alive."""
SETTINGS = "() => JSON.stringify(document.getElementById('pg').session.settings)"


@pytest.fixture(scope="module")
def address(site):
    with serve(site, Watched) as served:
        yield served


@pytest.fixture
def playground(engine, address):
    """The playground as it opens, and stays without an error."""
    visit(engine, address)
    yield engine
    assert engine.run(TROUBLES) == []


def test_the_watch_for_errors_sees_them(engine, address):
    visit(engine, address)
    engine.run("""() => new Promise(done => {
        console.error("said");
        dispatchEvent(new ErrorEvent("error", {message: "thrown"})); // as a script's error is told
        done();
    })""")
    said, thrown = engine.run(TROUBLES)
    assert (said, "thrown" in thrown) == ("said", True)
    engine.run("() => sessionStorage.clear()")


def visit(engine, address, query=""):
    engine.visit("about:blank")  # a query alone is no other page
    engine.visit(f"{address}playground/{query}")
    wait(engine, RESTS)


def text(engine, name):
    return engine.run("name => document.getElementById(`pg-${name}`).textContent", name)


def query(engine):
    wait(engine, SETTLED)
    return engine.run("() => location.search")


def focus(engine, name):
    engine.run("name => document.getElementById(`pg-${name}`).focus()", name)


# The same numbers.


@functools.cache  # one for all engines
def python_finds(count):
    """Random runs, each with what Python finds in it."""
    return [(job, diagnoses.find(job)) for job in diagnoses.jobs(count)]


@HOW_MANY
def test_random_runs_get_the_packages_diagnosis(playground, count):
    """Or the package's own twin of the run strays as far; and of those the page warns."""
    finds = python_finds(count)
    pages = playground.run(diagnoses.FIND, [job for job, _ in finds])
    verdicts = [
        (diagnoses.compare(job, ours, page), page[-1], job)
        for (job, ours), page in zip(finds, pages, strict=True)
    ]
    assert [it for it in verdicts if it[0] == "wrong"] == []
    assert [it for it in verdicts if it[0] == "chaotic" and not it[1]] == []
    assert sum(warned for _, warned, _ in verdicts) < 0.1 * count


def test_the_course_s_run_is_the_package_s(playground):
    """Within 1e-9 for 500 epochs."""
    focus(playground, "end")
    playground.press("Enter")
    wait(playground, RESTS)
    assert text(playground, "at") == "500"
    theirs = playground.run("() => document.getElementById('pg').session.run.losses")
    x, y = datasets.xor()
    _, losses = numpy_mlp.train(numpy_mlp.initialize(), x, y)
    np.testing.assert_allclose(theirs, losses, rtol=0, atol=1e-9)
    assert text(playground, "doubt") == ""


def test_a_run_that_rounding_decides_says_so(playground, address):
    visit(playground, address, "?seed=3&hidden_layers=3&learning_rate=50&epoch=150")
    wait(playground, "document.getElementById('pg-doubt').textContent")
    assert "Another browser may see another end" in text(playground, "doubt")


# Links.


@HOW_MANY
def test_a_link_and_a_file_give_back_what_random_hands_have_made(playground, count):
    assert playground.run(HANDS, {"trials": count}) == {"wrong": [], "count": 0, "short": count}


def test_a_reload_shows_the_same(playground, address):
    visit(playground, address, "?seed=3&hidden_layers=3&pinned=seed=4~epoch=7&limit=80&views=log")
    for _ in range(3):
        focus(playground, "ten")
        playground.press("Enter")
    assert "epoch=30" in query(playground)
    before = playground.run(SETTINGS)
    playground.visit(playground.run("() => location.href"))
    wait(playground, RESTS)
    assert playground.run(SETTINGS) == before


# Manners.


def test_it_plays_to_the_end_however_many_steps_came_before(playground):
    """WebKit refuses the hundredth change of an address within ten seconds."""
    focus(playground, "step")
    for _ in range(10):
        playground.press("Enter")
    playground.run(
        "() => { for (let n = 0; n < 240; n++) document.getElementById('pg-step').click(); }"
    )
    assert text(playground, "at") == "250"
    playground.run("() => document.getElementById('pg').session.setLimit(320)")
    playground.run("() => { document.getElementById('pg').session.clock.speed = 3000; }")
    focus(playground, "play")
    playground.press(" ")
    wait(
        playground, "document.getElementById('pg-note').textContent === 'Reached the epoch limit.'"
    )
    assert text(playground, "at") == "320"
    wait(playground, "location.search === '?epoch=320&limit=320'")


def test_the_keyboard_alone_is_enough(playground):
    focus(playground, "play")
    playground.press("Tab")
    assert playground.run("() => document.activeElement.id") == "pg-step"
    playground.press("Enter")
    playground.press(" ")
    assert text(playground, "at") == "2"
    playground.run("() => document.querySelector('#pg-rows input').focus()")
    playground.run("() => document.activeElement.select()")
    playground.press("1")
    playground.press("Enter")
    assert query(playground) == "?epoch=2&changes=2:y0:1"
    focus(playground, "play")
    playground.press("Control+z")
    assert query(playground) == "?epoch=2"


# Lessons.


@pytest.mark.parametrize("every", [4, pytest.param(1, marks=pytest.mark.audit)])
def test_the_figures_of_lessons_live(engine, address, site, every):
    """Each comes to life when it is seen, and its canvases have ink; nothing goes wrong."""
    lessons = [
        path.parent.relative_to(site).as_posix()
        for path in sorted(site.glob("tutorials/*/index.html"))
        if re.search("<xor-(run|answer)", path.read_text("utf-8"))
    ][::every]
    assert len(lessons) >= 3
    for lesson in lessons:
        engine.visit(f"{address}{lesson}/")
        count = engine.run(
            "() => document.querySelectorAll(':is(xor-run, xor-answer):not(xor-run *)').length"
        )
        assert count
        for place in range(count):
            box = f"document.querySelectorAll(':is(xor-run, xor-answer):not(xor-run *)')[{place}]"
            engine.run(f"() => {box}.scrollIntoView({{behavior: 'instant', block: 'center'}})")
            wait(engine, LIVES.replace("BOX", box))
        assert engine.run(TROUBLES) == [], lesson
    engine.visit(f"{address}tutorials/numpy-network/")
    engine.run("() => document.querySelector('xor-run:has(xor-loss)').scrollIntoView()")
    wait(engine, "document.querySelector('xor-controls [id$=-play]')?.textContent")
    engine.run("() => document.querySelector('xor-controls [id$=-play]').focus()")
    engine.press("Enter")
    wait(engine, "Number(document.querySelector('xor-controls [id$=-at]').textContent) > 5")
    assert engine.run(TROUBLES) == []


# Formulas.

FORMULAS = """async () => {
    const page = document.querySelector("article");
    const formulas = [...page.querySelectorAll("math")];
    page.innerHTML = "<table><tr><td>(0, 1)<td>(1, 1)</table>";
    const cells = [...page.querySelectorAll("td")];
    for (const cell of cells) cell.style.cssText = "font-size: 40px; color: cyan";
    for (const formula of formulas.filter(({textContent}) => /[([]/.test(textContent))) {
        const box = document.createElement("span");
        box.style.cssText = "display: inline-block; margin: 4px 30px; color: transparent";
        formula.style.fontSize = "40px";
        box.append(formula);
        page.append(box);
    }
    const whole = "position: fixed; inset: 0; margin: 0; padding: 0 60px; max-width: none";
    page.style.cssText = `${whole}; background: white; white-space: nowrap; z-index: 99`;
    for (const box of page.querySelectorAll("span")) box.after(document.createElement("br"));
    const inked = /[^\\s\u2061]/; // but for spaces and the mark of an applied function
    const before = element => {
        while (!element.previousElementSibling && element.localName !== "math")
            element = element.parentElement;
        const found = element.previousElementSibling;
        return found && !inked.test(found.textContent) ? before(found) : found;
    };
    const pairs = [];
    for (const bracket of page.querySelectorAll("mo")) {
        const letter = /^[([]$/.test(bracket.textContent) && before(bracket);
        if (!letter || /[([]/.test(letter.textContent)) continue;
        bracket.style.color = "cyan";
        letter.style.color = "magenta";
        pairs.push([letter, bracket]);
    }
    await document.fonts.ready;
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    const box = element => {
        const {left, top, right, bottom} = element.getBoundingClientRect();
        return [left, top, right, bottom];
    };
    return {
        pairs: pairs.map(pair => [pair[1].closest("math").textContent, ...pair.map(box)]),
        cells: cells.map(cell => {
            const [left, ...others] = box(cell);
            return [left + parseFloat(getComputedStyle(cell).paddingLeft), ...others];
        }),
        width: innerWidth,
        height: innerHeight,
    };
}"""
"""Leave of a page its formulas and a table, large, without ink but for brackets and what precedes
them; return where these are."""
INK = 0.3
"""The share of full ink from which on a pixel belongs to a letter."""
RED, GREEN = 0, 1
"""The light that cyan and magenta ink swallow."""


def columns(light, channel, left, top, right, bottom):
    """Return the columns that hold ink which swallows one colour of light, within a box."""
    left, top = max(0, round(left)), max(0, round(top))
    is_dark = light[top : round(bottom), left : round(right), channel] < 255 * (1 - INK)
    return left + np.flatnonzero(is_dark.any(axis=0))


def test_brackets_stand_where_they_belong(engine, address):
    """Behind what precedes them, and within their table cells: looked up in a picture's ink."""
    engine.visit(f"{address}tutorials/forward-pass/")
    found = engine.run(FORMULAS)
    picture = engine.picture().convert("RGB")
    light = np.asarray(picture)
    scale = picture.width / found["width"]
    pairs = [pair for pair in found["pairs"] if pair[2][3] < found["height"]]
    assert len(pairs) >= 3
    for formula, letter, bracket in pairs:
        boxes = scale * np.array([letter, bracket])
        left, top = boxes[:, :2].min(axis=0)
        right, bottom = boxes[:, 2:].max(axis=0)
        letters = columns(light, GREEN, left - 20, top, right, bottom)
        within = left + (boxes[0][2] - left) / 4  # a bracket before the letters is not looked at
        strokes = columns(light, RED, within, top, right, bottom)
        assert letters[-1] < strokes[0], formula
    for cell in found["cells"]:
        left, top, right, bottom = scale * np.array(cell)
        assert columns(light, RED, left - 20, top + 8, right, bottom - 8)[0] >= left - 1  # no rules
