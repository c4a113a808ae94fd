"""Code cells in Chromium, Firefox and WebKit: under their page's policy, served and from a disk."""

import json

import pytest
from cells import cell, exercise, write_page
from engines import wait
from serving import serve

pytestmark = pytest.mark.browser
STATUS = "document.querySelectorAll('xor-code')[{}].tools.status.textContent"
FIELD = "document.querySelectorAll('xor-code textarea')[{}]"
RESULTS = "() => document.querySelectorAll('xor-code')[{}].tools.results.textContent"
ENDED = "/Done|line|not|Stopped/.test({})"
PAGE = (
    cell("import numpy as np\nx = np.array([[1.0, 2.0]])\nx @ x.T")
    + cell("y = x\ny / z")
    + cell("from xordocs import plots\nplots.loss([0.3, 0.2, 0.1])")
    + cell("while True:\n    pass")
    + exercise("dW = ...", "assert dW == 5, 'your dW says %s' % dW\nprint('Right.')", "dW = 5")
)


@pytest.fixture(params=["server", "disk"])
def page(request, engine, site, tmp_path):
    """A function that opens a page of cells, anew each time."""
    written = write_page(site, tmp_path, PAGE)
    with serve(tmp_path) as address:
        address = written.as_uri() if request.param == "disk" else f"{address}page/"
        yield lambda: open_page(engine, address)


def open_page(engine, address):
    engine.visit("about:blank")
    engine.visit(address)
    wait(engine, "document.querySelectorAll('xor-code.xor').length === 5")
    return engine


def press(engine, number, button="Run"):
    engine.run(
        "([number, button]) => [...document.querySelectorAll('xor-code')[number]"
        ".querySelectorAll('button')].find(it => it.textContent === button).click()",
        [number, button],
    )


def run(engine, number):
    press(engine, number)
    wait(engine, ENDED.format(STATUS.format(number)))
    return engine.run(RESULTS.format(number))


@pytest.mark.audit(sample=4)
def test_cells_run_show_and_name_the_line_of_an_error(page):
    window = page()
    assert run(window, 0) == "array([[5.]])\n"
    assert run(window, 1) == "Line 2: NameError: name 'z' isn't defined. "
    run(window, 2)
    wait(window, "document.querySelector('xor-plot canvas')?.width > 100")


def test_a_press_on_the_code_reaches_its_field(page):
    hit = """() => {
        const lines = document.querySelectorAll('xor-code')[1].querySelectorAll('.xor-lines > div');
        return [...lines].map(line => {
            line.scrollIntoView({block: 'center'});
            const {left, top, width, height} = line.getBoundingClientRect();
            return document.elementFromPoint(left + width / 2, top + height / 2).localName;
        });
    }"""
    assert page().run(hit) == ["textarea", "textarea"]


@pytest.mark.audit(sample=3)
def test_an_endless_loop_is_stopped_and_others_run_again(page):
    """How soon it stops, tests/benchmarks/code_cells.py measures."""
    window = page()
    press(window, 3)
    wait(window, f"{STATUS.format(3)} === 'Running…'")
    press(window, 3, "Stop")
    wait(window, f"{STATUS.format(3)} === 'Stopped.'")
    assert run(window, 0) == "array([[5.]])\n"


@pytest.mark.audit(sample=4)
def test_keys_write_run_and_leave_and_a_check_is_kept(page):
    window = page()
    window.run(f"() => {{ const it = {FIELD.format(4)}; it.focus(); it.select(); }}")
    for key in ("d", "W", "=", "5"):
        window.press(key)
    assert window.run(f"() => {FIELD.format(4)}.value") == "dW=5"
    window.press("Control+Enter")
    wait(window, ENDED.format(STATUS.format(4)))
    window.press("Enter")
    window.press("Tab")
    assert window.run(f"() => {FIELD.format(4)}.value") == "dW=5\n    "
    window.press("Escape")
    window.press("Tab")
    assert window.run("() => document.activeElement.textContent") == "Run"
    window.run("() => document.querySelector('xor-exercise > div.xor button').click()")
    wait(window, "document.querySelector('xor-exercise.xor-right')")
    window = page()
    wait(window, "document.querySelector('xor-exercise.xor-right')")
    assert window.run(f"() => {FIELD.format(4)}.value") == "dW=5\n    "
    window.run("() => localStorage.clear()")


DRAW = """() => {
    const paper = document.querySelector('xor-pad canvas');
    Object.assign(paper, {setPointerCapture() {}, hasPointerCapture: () => true}); // none is down
    const {left, top, width, height} = paper.getBoundingClientRect();
    for (const [kind, down] of [['pointerdown', 0.1], ['pointermove', 0.9]]) {
        const place = {clientX: left + width / 2, clientY: top + down * height};
        paper.dispatchEvent(new PointerEvent(kind, place));
    }
    document.querySelector('xor-pad button').click();
}"""


@pytest.mark.audit(sample=1)
def test_a_line_on_the_pad_is_the_same_picture_everywhere(engine, site, tmp_path):
    array = "drawn = np.array(\n    [\n        [1],\n    ]\n)"
    source = f"import numpy as np\n{array}\nprint(drawn.tolist())"
    write_page(site, tmp_path, "<xor-pad></xor-pad>" + cell(source))
    with serve(tmp_path) as address:
        engine.visit("about:blank")
        engine.visit(f"{address}page/")
        wait(
            engine,
            "document.querySelector('xor-pad canvas') && document.querySelector('xor-code.xor')",
        )
        engine.run(DRAW)
        wait(engine, ENDED.format(STATUS.format(0)))
        rows = json.loads(engine.run(RESULTS.format(0)))
    # 4 dots wide and 32 long in the middle, half of it in either column; round at its ends
    assert rows[1:-1] == 6 * [[0, 0, 0, 8, 8, 0, 0, 0]]
    assert all(5 <= ink <= 8 for row in (rows[0], rows[-1]) for ink in row[3:5])
