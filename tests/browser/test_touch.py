"""The map and the loss curve, grasped with a mouse, a finger and the keyboard."""

import itertools

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from numpy.testing import assert_allclose
from serving import troubles_of

from xordocs import datasets
from xordocs.nn import numpy_mlp
from xordocs.nn.parameters import flatten

# The network of whole numbers that solves XOR, of Goodfellow, Bengio and Courville, 6.1: both
# hinges fall from left to right, the first unit's through (0, 0), the second's through the middle.
FOLD = "?hidden_layers=2&weights=1,1,1,1,0,-1,1,-2,0"
TABLES = {
    "false": lambda a, b: False,
    "nor": lambda a, b: not (a or b),
    "not x1 and x2": lambda a, b: not a and b,
    "not x1": lambda a, b: not a,
    "x1 and not x2": lambda a, b: a and not b,
    "not x2": lambda a, b: not b,
    "xor": lambda a, b: a != b,
    "nand": lambda a, b: not (a and b),
    "and": lambda a, b: a and b,
    "xnor": lambda a, b: a == b,
    "x2": lambda a, b: b,
    "not x1 or x2": lambda a, b: not a or b,
    "x1": lambda a, b: a,
    "x1 or not x2": lambda a, b: a or not b,
    "or": lambda a, b: a or b,
    "true": lambda a, b: True,
}


@pytest.fixture(params=[{}], ids=["mouse"])
def tab(browser, address, request):
    """A page on which an error fails the test; parameters are those of the browser's context."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}} | request.param)
    page = context.new_page()
    troubles = troubles_of(page)
    yield page
    context.close()
    assert troubles == []


def visit(tab, address, query=""):
    tab.goto(f"{address}playground/{query}")
    rest(tab)


def rest(tab):
    """Wait until the page computes no more, and has drawn what it computed."""
    tab.wait_for_function("document.getElementById('pg')?.getAttribute('aria-busy') === 'false'")
    tab.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def run(tab):
    """The run that the page shows."""
    return tab.evaluate("""() => {
        const {run, unit, canUndo} = document.querySelector("xor-map").session;
        const {epoch, ahead, y, network, settings} = run;
        const {changes} = settings;
        const known = epoch + ahead.length;
        return {epoch, known, y: [...y], theta: [...network.theta], changes, unit, canUndo};
    }""")


def place(tab, x1, x2):
    """Where a point of the plane, which goes from -½ to 1½, is in the window."""
    tab.locator("#pg-map").scroll_into_view_if_needed()
    box = tab.locator("#pg-map").bounding_box()
    across, up = (x1 + 0.5) / 2, (x2 + 0.5) / 2
    return box["x"] + across * box["width"], box["y"] + (1 - up) * box["height"]


def drag(tab, start, end):
    tab.mouse.move(*start)
    tab.mouse.down()
    tab.mouse.move(*((a + b) / 2 for a, b in zip(start, end, strict=True)))
    tab.mouse.move(*end)
    tab.mouse.up()
    rest(tab)


# Labels.


def test_a_click_on_a_point_flips_its_label_and_the_table_has_its_name(tab, address):
    """All sixteen, one click from each to the next."""
    visit(tab, address)
    seen = {}
    for step in range(16):
        row = (step & -step).bit_length() - 1 if step else 3  # the bits of a Gray code
        tab.mouse.click(*place(tab, *divmod(row, 2)))
        labels = tuple(run(tab)["y"])
        seen[labels] = tab.text_content("#pg-table")
        pressed = [tab.get_attribute(f"#pg-y{i}", "aria-pressed") == "true" for i in range(4)]
        assert pressed == [label == 1 for label in labels]
    rows = list(itertools.product((False, True), repeat=2))
    assert seen == {
        tuple(int(bool(holds(*row))) for row in rows): name for name, holds in TABLES.items()
    }


def test_the_verdict_speaks_of_the_table_at_hand(tab, address):
    visit(tab, address, "?epoch=500")
    assert tab.get_attribute("#pg-verdict", "data-cause") == "solved"
    tab.click("#pg-y3")
    assert tab.text_content("#pg-table") == "or"
    assert tab.get_attribute("#pg-verdict", "data-cause") != "solved"
    tab.click("#pg-undo")
    rest(tab)
    assert tab.text_content("#pg-table") == "xor"


def test_labels_are_flipped_by_keyboard(tab, address):
    visit(tab, address)
    tab.focus("#pg-y0")
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Space")
    assert run(tab)["y"] == [1, 0, 1, 0]


# Hinges.


def test_a_hinge_is_dragged_and_its_units_bias_follows_as_one_change(tab, address):
    visit(tab, address, FOLD)
    drag(tab, place(tab, 0.75, 0.25), place(tab, 1, 0.5))
    bent = run(tab)
    assert bent["unit"] == [0, 1]
    assert bent["theta"][5] == pytest.approx(-1.5, abs=0.03)  # x₁ + x₂ is 1.5 there
    assert bent["theta"][:5] == [1, 1, 1, 1, 0]
    assert [what for _, what, _ in bent["changes"]] == ["p5"]
    tab.click("#pg-undo")
    rest(tab)
    assert run(tab)["theta"][5] == -1
    assert not run(tab)["changes"]


def test_a_hinge_is_turned_by_its_grip(tab, address):
    visit(tab, address, FOLD)
    tab.mouse.click(*place(tab, 0.75, 0.25))
    box = tab.locator("#pg-turn").bounding_box()
    grip = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    drag(tab, grip, place(tab, 0.5, 0.9))
    w = run(tab)["theta"]
    # upright through the middle, and as steep as before
    assert_allclose([w[1], w[3], w[5]], [2**0.5, 0, -(0.5**0.5)], atol=0.03)
    assert [w[0], w[2], w[4]] == [1, 1, 0]


def test_a_hinge_dragged_off_the_map_can_be_brought_back(tab, address):
    visit(tab, address, FOLD)
    drag(tab, place(tab, 0.75, 0.25), place(tab, 1.6, 1.6))
    assert run(tab)["theta"][5] == pytest.approx(-3.2, abs=0.05)
    tab.focus("#pg-move")
    for _ in range(3):
        tab.keyboard.press("ArrowLeft")
        rest(tab)
    assert run(tab)["theta"][5] > -3  # whose line goes through a corner of the map


def test_hinges_are_chosen_moved_and_turned_by_keyboard(tab, address):
    visit(tab, address, FOLD)
    tab.focus("#pg-cross")
    tab.keyboard.press("Enter")  # in the middle, through which the second unit's hinge runs
    assert run(tab)["unit"] == [0, 1]
    tab.keyboard.press("Tab")
    tab.keyboard.down("ArrowRight")
    tab.keyboard.down("ArrowRight")
    tab.keyboard.up("ArrowRight")
    rest(tab)
    assert run(tab)["theta"] == pytest.approx([1, 1, 1, 1, 0, -1.1, 1, -2, 0])
    tab.click("#pg-undo")
    rest(tab)
    assert run(tab)["theta"][5] == -1
    tab.focus("#pg-turn")
    tab.keyboard.press("ArrowUp")
    rest(tab)
    w = run(tab)["theta"]
    # through the middle and the old end, a step further up
    end = np.array([0.5 - 0.4 * 0.5**0.5, 0.5 + 0.4 * 0.5**0.5 + 0.05])
    assert w[1] * 0.5 + w[3] * 0.5 + w[5] == pytest.approx(0, abs=1e-5)
    assert w[1] * end[0] + w[3] * end[1] + w[5] == pytest.approx(0, abs=1e-5)
    assert np.hypot(w[1], w[3]) == pytest.approx(2**0.5, abs=1e-5)


def test_a_hinge_dragged_while_playing_lets_training_go_on(tab, address):
    visit(tab, address, FOLD + "&targets=xnor")
    tab.click("#pg-play")
    drag(tab, place(tab, 0.75, 0.25), place(tab, 0.85, 0.35))
    epoch = run(tab)["epoch"]
    tab.wait_for_function(
        f"document.querySelector('xor-map').session.run.epoch > {epoch}", timeout=5000
    )


# The output anywhere.


def told(tab):
    """Where the output is read, and the output."""
    where, _, output = tab.text_content("#pg-output").removeprefix("Output at ").partition(": ")
    return [float(x) for x in where.strip("()").split(", ")], float(output)


def test_the_output_is_read_under_the_pointer_and_by_arrow_keys(tab, address):
    visit(tab, address, "?epoch=100")
    network, _ = numpy_mlp.train(numpy_mlp.initialize(), *datasets.xor(), epochs=100)
    tab.mouse.move(*place(tab, 0.2, 1.1))
    (x1, x2), output = told(tab)
    assert_allclose([x1, x2], [0.2, 1.1], atol=0.02)
    # two decimals of a place are known, so the output is known to a slope's share of 0.01
    assert_allclose(output, numpy_mlp.predict(network, [[x1, x2]]), atol=0.03)
    visit(tab, address, "?epoch=100")
    tab.focus("#pg-cross")
    for key in ("ArrowRight", "ArrowRight", "ArrowUp"):
        tab.keyboard.press(key)
    (x1, x2), output = told(tab)
    assert [x1, x2] == [0.6, 0.55]
    assert_allclose(output, numpy_mlp.predict(network, [[x1, x2]]), atol=5e-4)


LIGHTNESS = """() => {
    const {ramp} = xordocs["drawing/canvas"].palette();
    const linear = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    const share = [0.2126, 0.7152, 0.0722];
    const luminance = p => share.reduce((sum, s, i) => sum + s * linear((p >> (8 * i)) & 255), 0);
    return [...ramp].map(p => 116 * Math.cbrt(luminance(p)) - 16);
}"""


@pytest.mark.audit(sample=1)
@pytest.mark.parametrize("tab", [{"color_scheme": it} for it in ("light", "dark")], indirect=True)
def test_the_maps_sides_differ_in_grey(tab, address):
    """In CIE lightness, which goes from 0 to 100."""
    visit(tab, address)
    grey = tab.evaluate(LIGHTNESS)
    assert grey[-1] - grey[0] >= 25
    assert np.mean(grey[128:]) - np.mean(grey[:128]) >= 12


# The loss curve.


def curve(tab, epoch, of=500):
    """Where an epoch is on the curve's axis, in the window."""
    tab.locator("#pg-plot").scroll_into_view_if_needed()
    box = tab.locator("#pg-plot").bounding_box()
    left, right = 46, 44  # drawing/loss_curve.js leaves them for numbers
    across = left + (box["width"] - left - right) * epoch / of
    return box["x"] + across, box["y"] + box["height"] / 2


def theta_at(epoch):
    network, _ = numpy_mlp.train(numpy_mlp.initialize(), *datasets.xor(), epochs=epoch)
    return flatten(network)


def test_the_run_is_pulled_back_and_forth_along_the_curve(tab, address):
    visit(tab, address, "?epoch=300")
    drag(tab, curve(tab, 300), curve(tab, 100))
    back = run(tab)
    assert back["epoch"] == pytest.approx(100, abs=2)
    assert back["known"] == 300
    assert_allclose(back["theta"], theta_at(back["epoch"]), rtol=1e-9)
    drag(tab, curve(tab, 100), curve(tab, 450))
    assert run(tab)["epoch"] == 300  # as far as it has been
    assert_allclose(run(tab)["theta"], theta_at(300), rtol=1e-9)
    tab.mouse.click(*curve(tab, 200))
    rest(tab)
    assert run(tab)["epoch"] == pytest.approx(200, abs=2)
    assert run(tab)["changes"] == []


def test_the_run_is_pulled_by_keyboard(tab, address):
    visit(tab, address, "?epoch=300")
    tab.focus("#pg-read")
    for key, epoch in [("Home", 0), ("ArrowRight", 1), ("End", 300), ("ArrowLeft", 299)]:
        tab.keyboard.press(key)
        rest(tab)
        assert (key, run(tab)["epoch"]) == (key, epoch)
    assert tab.get_attribute("#pg-read", "aria-valuetext").startswith("epoch 299: loss 0.")


def test_what_lies_ahead_is_forgotten_when_something_is_changed(tab, address):
    visit(tab, address, "?epoch=300")
    tab.focus("#pg-read")
    tab.keyboard.press("Home")
    rest(tab)
    tab.click("#pg-y3")
    assert run(tab)["known"] == 0


SPY = """() => {
    const texts = [], lines = [];
    const {fillText, moveTo, lineTo} = CanvasRenderingContext2D.prototype;
    const isPlot = context => context.canvas.id === "pg-plot";
    let from;
    Object.assign(CanvasRenderingContext2D.prototype, {
        fillText(text, x, y) {
            const {actualBoundingBoxLeft: l, actualBoundingBoxRight: r, actualBoundingBoxAscent: a,
                actualBoundingBoxDescent: d} = this.measureText(text);
            if (isPlot(this)) texts.push([String(text), x - l, y - a, x + r, y + d]);
            fillText.call(this, text, x, y);
        },
        moveTo(x, y) {
            from = [x, y];
            moveTo.call(this, x, y);
        },
        lineTo(x, y) {
            if (isPlot(this) && from) lines.push([...from, x, y]);
            from = [x, y];
            lineTo.call(this, x, y);
        },
    });
    document.querySelector("xor-map").session.publish();
    Object.assign(CanvasRenderingContext2D.prototype, {fillText, moveTo, lineTo});
    return [texts, lines];
}"""


def crosses(box, line):
    """Whether a line goes through a box, by the points of it."""
    _, left, top, right, bottom = box
    x1, y1, x2, y2 = line
    along = np.linspace(0, 1, 200)
    x, y = x1 + along * (x2 - x1), y1 + along * (y2 - y1)
    return bool(((left < x) & (x < right) & (top < y) & (y < bottom)).any())


@pytest.mark.audit(sample=2)
@pytest.mark.parametrize(
    "query",
    [
        "?epoch=300",
        "?epoch=300&views=log",
        "?epoch=300&targets=and",
        "?epoch=9&targets=0,0.3,0.7,1",
    ],
)
def test_no_number_of_the_loss_curve_lies_on_a_line_or_another(tab, address, query):
    visit(tab, address, f"?{query}")
    texts, lines = tab.evaluate(SPY)
    assert len(texts) > 10
    assert [(box[0], line) for box in texts for line in lines if crosses(box, line)] == []
    for a, b in itertools.combinations(texts, 2):
        apart = a[3] <= b[1] or b[3] <= a[1] or a[4] <= b[2] or b[4] <= a[2]
        assert apart, (a, b)


# Fingers.

PHONE = {"viewport": {"width": 375, "height": 812}, "has_touch": True, "is_mobile": True}


def swipe(tab, start, end):
    """Move a finger over the screen in steps, as a hand does."""
    client = tab.context.new_cdp_session(tab)

    def send(kind, *points):
        touches = [{"x": x, "y": y} for x, y in points]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    send("touchStart", start)
    for share in np.linspace(0.1, 1, 10):
        x, y = (a + (b - a) * float(share) for a, b in zip(start, end, strict=True))
        send("touchMove", (x, y))
    send("touchEnd")
    rest(tab)


@pytest.mark.parametrize("tab", [PHONE], indirect=True, ids=["finger"])
def test_a_finger_taps_labels_and_pulls_but_scrolls_where_it_scrolls(tab, address):
    visit(tab, address, FOLD + "&epoch=100")
    tab.touchscreen.tap(*place(tab, 1, 1))
    assert run(tab)["y"] == [0, 1, 1, 1]
    visit(tab, address, FOLD + "&epoch=100")
    before = run(tab)
    for x, y in (place(tab, 0.75, 0.25), place(tab, 1, 1), curve(tab, 50)):
        at = tab.evaluate("scrollY")
        swipe(tab, (x, y), (x + 3, y - 150))
        assert tab.evaluate("scrollY") > at + 50
        assert run(tab) == before
    x, y = curve(tab, 90)
    swipe(tab, (x, y), (curve(tab, 20)[0], y + 10))
    assert run(tab)["epoch"] == pytest.approx(20, abs=5)


@pytest.mark.parametrize("tab", [PHONE], indirect=True, ids=["finger"])
def test_a_finger_drags_the_grip_of_a_chosen_hinge(tab, address):
    visit(tab, address, FOLD)
    tab.touchscreen.tap(*place(tab, 0.75, 0.25))
    rest(tab)
    assert run(tab)["unit"] == [0, 1]
    finger = place(tab, 0.5, 0.8)
    swipe(tab, place(tab, 0.5, 0.5), finger)
    bent = run(tab)
    assert [what for _, what, _ in bent["changes"]] == ["p5"]
    # through where the finger left the map, which a longer verdict above it may have moved
    left, bottom, width = tab.evaluate("""() => {
        const {left, bottom, width} = document.getElementById("pg-map").getBoundingClientRect();
        return [left, bottom, width];
    }""")
    x1, x2 = ((pixels / width) * 2 - 0.5 for pixels in (finger[0] - left, bottom - finger[1]))
    assert bent["theta"][5] == pytest.approx(-x1 - x2, abs=0.03)
    assert bent["theta"][5] < -1.1


@pytest.mark.audit(sample=1)
@pytest.mark.parametrize(
    "tab",
    [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}],
    indirect=True,
    ids=["light", "dark", "forced"],
)
def test_axe_finds_nothing_about_what_can_be_grasped(tab, address):
    visit(tab, address, FOLD + "&epoch=20&unit=1:2")
    found = Axe().run(tab, {"include": ["xor-map", "xor-loss"]}).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
