"""The figures that are made for lessons, and questions: what they do, where, and for whom."""

import math
import re

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from serving import troubles_of

from xordocs import DivergedError, datasets
from xordocs.nn import activations, linear_regression, losses, numpy_mlp
from xordocs.nn.parameters import Layer, flatten

X, Y = datasets.xor()
FIGURES = {
    "plane": "tutorials/setting-the-scene/",
    "hinges": "tutorials/by-hand/",
    "descent": "tutorials/downhill/",
    "strip": "playground/",
    "player": "tutorials/failure-clinic/",
}
"""Where each figure stands."""
NUMBER = "tutorials/downhill/"
CHOICE = "tutorials/setting-the-scene/"
EXACT = [
    Layer(np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([[0.0, -1.0]])),
    Layer(np.array([[1.0], [-2.0]]), np.array([[-0.5]])),
]
"""The network of whole numbers of Goodfellow, Bengio and Courville, 6.1, one half below."""
START = 1.75


BESIDE = "xor-hinges:has(+ xor-space)"
"""The hinges that are no puzzle."""


@pytest.fixture
def tab(browser):
    """A page for a reader who wants no motion, on which an error fails the test."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, reduced_motion="reduce", has_touch=True
    )
    page = context.new_page()
    troubles = troubles_of(page)
    yield page
    context.close()
    assert troubles == []


@pytest.fixture
def open_figure(tab, address):
    """Go to a figure of a lesson; its element is returned."""

    def go(name, page=None):
        tab.goto(address + (page or FIGURES[name]))
        return near(tab, BESIDE if name == "hinges" else f"xor-{name}")

    return go


def near(tab, element):
    found = tab.locator(element).first
    found.evaluate("it => it.scrollIntoView({block: 'center'})")
    tab.wait_for_function(
        "it => it.matches(':defined') && it.children.length > 0", arg=found.element_handle()
    )
    return found


def knob(figure, name):
    return figure.get_by_role("slider", name=name, exact=True)


def drag(tab, figure, name, x, y):
    """Drag a knob to a place on the canvas, in shares of its width."""
    box = figure.locator("canvas").bounding_box()
    start = knob(figure, name).bounding_box()
    tab.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    tab.mouse.down()
    tab.mouse.move(box["x"] + box["width"] * x, box["y"] + box["width"] * y, steps=4)
    tab.mouse.up()


def settled(tab):
    """Wait until what was asked for with the last frame is drawn."""
    tab.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


# A plane.


def test_the_plane_starts_tilted_and_shows_the_best_fit(open_figure):
    figure = open_figure("plane")
    tilted = losses.mse(X.sum(axis=1, keepdims=True) / 2, Y)
    assert f"= {tilted:.4f}" in figure.locator(".xor-formula").inner_text()
    assert "1 of 4 points is on its side of one half." in figure.inner_text()
    figure.get_by_role("button", name="Show the best fit").click()
    best = linear_regression.predict(linear_regression.fit(X, Y), X)
    assert f"= {losses.mse(best, Y):.4f}" in figure.locator(".xor-formula").inner_text()
    assert "no point is on either side" in figure.inner_text()


def test_three_corners_at_their_labels_take_the_fourth_to_two(open_figure):
    """By hand: 1 + 1 - 0 is 2, which is 2 off, and 2² / 4 is 1."""
    figure = open_figure("plane")
    for corner in ("(0, 1)", "(1, 0)"):
        for _ in range(10):
            knob(figure, f"Height of the sheet at {corner}").press("ArrowUp")
    assert (
        figure.locator(".xor-formula").inner_text()
        == "J = (0.00² + 0.00² + 0.00² + 2.00²) / 4 = 1.0000"
    )
    assert "1.00 + 1.00 − 0.00 = 2.00" in figure.inner_text()
    assert "3 of 4 points are on their side" in figure.inner_text()
    described = figure.locator("canvas").get_attribute("aria-label")
    assert "2.00 at (1, 1)" in described
    assert knob(figure, "Height of the sheet at (0, 1)").get_attribute("aria-valuenow") == "1"
    figure.get_by_role("button", name="Show the best fit").click()
    assert "= 0.2500" in figure.locator(".xor-formula").inner_text()


def test_a_dragged_corner_has_the_packages_error(tab, open_figure):
    figure = open_figure("plane")
    for corner, y in (("(0, 0)", 0.42), ("(0, 1)", 0.2), ("(1, 0)", 0.6)):
        at = knob(figure, f"Height of the sheet at {corner}").bounding_box()
        box = figure.locator("canvas").bounding_box()
        x = (at["x"] + at["width"] / 2 - box["x"]) / box["width"]
        drag(tab, figure, f"Height of the sheet at {corner}", x, y)
    heights = [
        float(each.get_attribute("aria-valuenow")) for each in figure.get_by_role("slider").all()
    ]
    assert len(set(heights)) == 3
    design = np.column_stack([X, np.ones(4)])
    w1, w2, b = np.linalg.solve(design[:3], heights)
    error = losses.mse(X @ [[w1], [w2]] + b, Y)
    shown = float(figure.locator(".xor-formula").inner_text().rpartition("= ")[2])
    assert shown == pytest.approx(error, abs=5.1e-5)


# Hinges.

WIDTH = 2  # of the map, from -0.5 to 1.5


def on_map(x1, x2):
    return (x1 + 0.5) / WIDTH, (1.5 - x2) / WIDTH


def weights(figure):
    return figure.evaluate("it => [...it.session.run.network.theta]")


def solve(tab, figure):
    """Drag the knobs to where the solution of lesson 2 has them."""
    for name, place in (
        ("Hinge of the first hidden unit", (0, 0)),
        ("Where the sum of the first hidden unit is one", (0.5, 0.5)),
        ("Hinge of the second hidden unit", (0.5, 0.5)),
        ("Where the sum of the second hidden unit is one", (1, 1)),
    ):
        drag(tab, figure, name, *on_map(*place))
        settled(tab)


def test_hinges_dragged_to_the_exact_solution_say_so_and_can_be_taken_back(tab, open_figure):
    figure = open_figure("hinges")
    start = weights(figure)
    assert start != pytest.approx(list(flatten(EXACT)))
    solve(tab, figure)
    assert weights(figure) == pytest.approx(list(flatten(EXACT)), abs=1e-12)
    assert "4 of 4 points" in figure.inner_text()
    sums = figure.locator("tbody td:nth-last-child(2)").all_inner_texts()
    assert [float(it) for it in sums] == Y.ravel().tolist()
    assert "a₁[0] = ReLU(1.00x₁ + 1.00x₂ + 0.00)" in figure.inner_text()
    for _ in range(4):
        figure.evaluate("it => it.session.undo()")
    assert weights(figure) == start


def test_hinges_alone_are_a_puzzle_without_sums(tab, address):
    tab.goto(address + FIGURES["hinges"])
    figure = near(tab, "xor-hinges:only-child")
    assert "1 of 4 points is on its side of the thick line." in figure.inner_text()
    assert figure.locator("table, .xor-formula").count() == 0
    solve(tab, figure)
    assert weights(figure) == pytest.approx(list(flatten(EXACT)), abs=1e-12)
    assert "4 of 4 points are on their side of the thick line." in figure.inner_text()
    words = figure.locator("canvas").get_attribute("aria-label")
    assert "₁" not in figure.inner_text() + words  # no names that the lesson has yet to give


def test_hinges_move_by_keyboard_and_the_rows_are_the_packages(tab, open_figure):
    figure = open_figure("hinges")
    knob(figure, "Hinge of the first hidden unit").press("ArrowLeft")
    knob(figure, "Where the sum of the second hidden unit is one").press("ArrowUp")
    knob(figure, "Where the sum of the second hidden unit is one").press("ArrowRight")
    settled(tab)
    theta = np.array(weights(figure))
    network = [
        Layer(theta[:4].reshape(2, 2), theta[4:6].reshape(1, 2)),
        Layer(theta[6:8].reshape(2, 1), theta[8:].reshape(1, 1)),
    ]
    passed = numpy_mlp.forward(network, X)
    expected = np.column_stack([passed.a[1], passed.z[1] - network[1].bias])
    rows = figure.locator("tbody tr").all()
    shown = [
        [float(cell.replace("−", "-")) for cell in row.locator("td").all_inner_texts()[:3]]
        for row in rows
    ]
    assert shown == pytest.approx(expected, abs=5.1e-3)
    right = int(((passed.z[1] > 0) == (Y > 0.5)).sum())
    assert f"{right} of 4 points" in figure.inner_text()


def test_a_finger_moves_a_knob_only_once_it_is_chosen(open_figure):
    figure = open_figure("hinges")
    touch = """(it) => {
        const {left, top} = it.getBoundingClientRect();
        const send = (type, x) => it.dispatchEvent(new PointerEvent(type, {
            pointerId: 1, pointerType: "touch", clientX: left + x, clientY: top, bubbles: true}));
        it.setPointerCapture = () => (it.hasPointerCapture = () => true);
        send("pointerdown", 0);
        send("pointermove", 40);
        delete it.hasPointerCapture;
        send("lostpointercapture", 40);
        return getComputedStyle(it).touchAction;
    }"""
    hinge = knob(figure, "Hinge of the first hidden unit")
    assert hinge.evaluate("it => getComputedStyle(it).touchAction") == "pan-y"
    start = weights(figure)
    assert hinge.evaluate(touch) == "none"
    assert weights(figure) == start
    hinge.evaluate(touch)
    assert weights(figure) != start


# A ball on a curve.


def slide(figure, rate):
    figure.get_by_label("Learning rate").evaluate(
        """(it, rate) => {
            it.value = rate;
            it.dispatchEvent(new Event("input"));
            it.dispatchEvent(new Event("change"));
        }""",
        str(rate),
    )


def error(weight):
    return losses.mse(weight + 0 * Y, Y)


def test_a_step_down_the_curve_is_the_packages_loss_and_a_measured_slope(open_figure):
    figure = open_figure("descent")
    rate = 0.3
    slide(figure, rate)
    figure.get_by_role("button", name="One step").click()
    slope = (error(START + 1e-4) - error(START - 1e-4)) / 2e-4
    weight = START - rate * slope
    weight_and_loss = re.search(r"w = (\S+), J = (\S+)\.", figure.inner_text()).groups()
    shown = [float(it) for it in weight_and_loss]
    assert shown == pytest.approx([weight, error(weight)], abs=5.1e-5)
    assert "Step 1: the loss falls." in figure.inner_text()


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        (0.01, "Step 50: the loss falls, and the bottom is still far."),
        (0.5, "Step 1: at the bottom."),
        (1.1, "so far out that the drawing has to grow. The learning rate is too large."),
    ],
)
def test_a_rate_is_too_small_right_or_too_large(open_figure, rate, said):
    figure = open_figure("descent")
    slide(figure, rate)
    figure.get_by_role("button", name="Roll").click()
    assert said in figure.inner_text()


def test_a_step_of_twice_the_way_ends_no_lower(open_figure):
    figure = open_figure("descent")
    slide(figure, 1)
    figure.get_by_role("button", name="One step").click()
    assert "no lower on the other side" in figure.inner_text()
    assert error(START - 2 * (START - Y.mean())) == error(START)


def test_the_ball_is_put_elsewhere_by_keyboard_and_by_pointer(tab, open_figure):
    figure = open_figure("descent")
    ball = knob(figure, "The weight")
    ball.press("ArrowLeft")
    ball.press("ArrowLeft")
    assert float(ball.get_attribute("aria-valuenow")) == pytest.approx(START - 0.1)
    drag(tab, figure, "The weight", 0.3, 0.3)
    assert float(ball.get_attribute("aria-valuenow")) < Y.mean()
    assert "Choose a rate" in figure.inner_text()


# Twenty seeds.


def trained(seed, hidden_layers=(10,)):
    network, _ = numpy_mlp.train(numpy_mlp.initialize(hidden_layers, seed), X, Y)
    outputs = numpy_mlp.predict(network, X)
    return losses.mse(outputs, Y), losses.accuracy(outputs, Y) == 1


def count(figure):
    figure.get_by_role("button", name="Train the next 20 seeds").click()
    figure.locator("output", has_text="of 20 learned").wait_for()


def test_twenty_seeds_end_as_the_packages_and_open_in_the_playground(
    tab, open_figure, unchecked_shapes
):
    figure = open_figure("strip", "playground/?hidden_layers=3")
    count(figure)
    ends = {seed: trained(seed, (3,)) for seed in range(2, 22)}
    learned = sum(has_learned for _, has_learned in ends.values())
    assert 0 < learned < 20
    assert figure.locator("output").inner_text() == f"{learned} of 20 learned"
    seeds = figure.locator(".xor-seed")
    names = [text.split("\n") for text in seeds.all_inner_texts()]
    assert [name for name, _ in names] == [f"Seed {seed}" for seed in ends]
    for (_, words), (loss, has_learned) in zip(names, ends.values(), strict=True):
        if has_learned:
            assert words == "learned ✓"
        elif "≈" in words:
            over, under = words.partition("≈ ")[2].split("/")
            assert int(over) / int(under) == pytest.approx(loss, rel=0.02)
        else:
            assert float(words.removeprefix("✗ loss ")) == pytest.approx(loss, abs=5.1e-4)
    stuck = next(place for place, (_, has_learned) in enumerate(ends.values()) if not has_learned)
    seeds.nth(stuck).click()
    seed = list(ends)[stuck]
    tab.wait_for_function("document.getElementById('pg-at').textContent === '500'")
    tab.wait_for_function(f"location.search === '?seed={seed}&hidden_layers=3&epoch=500'")
    assert seeds.nth(stuck).get_attribute("aria-pressed") == "true"
    tab.go_back()
    tab.wait_for_function("document.getElementById('pg-at').textContent === '0'")


def test_a_player_opens_where_its_run_ends_and_plays_it_from_the_start(tab, open_figure):
    figure = open_figure("player")
    seed = figure.evaluate("it => it.session.run.settings.seed")
    loss, has_learned = trained(seed, (3,))
    assert not has_learned
    now = figure.locator("output")
    assert now.inner_text() == f"500: loss {loss:.4f}"
    end = figure.locator(".xor-verdict").inner_text()
    assert end.startswith("Merged")
    figure.get_by_role("button", name="Play").click()
    figure.get_by_role("button", name="Pause").click()
    assert figure.evaluate("it => it.session.run.epoch") < 500
    slider = figure.get_by_role("slider")
    slider.fill("0")
    assert figure.locator(".xor-verdict").inner_text().startswith("Epoch 0")
    slider.fill("500")
    tab.wait_for_function("it => it.textContent.startsWith('500')", arg=now.element_handle())
    assert figure.locator(".xor-verdict").inner_text() == end


def test_a_diverged_player_ends_where_its_run_does(tab, address):
    tab.goto(address + FIGURES["player"])
    tab.locator("#diverged").scroll_into_view_if_needed()
    player = tab.locator("xor-player", has_text="learning rate 100")
    now = player.locator("output").element_handle()
    tab.wait_for_function("it => it.textContent.includes('NaN')", arg=now)
    setting = {"learning_rate": 100, "activation": activations.LEAKY_RELU}
    start = numpy_mlp.initialize((4, 4), seed=1)
    with pytest.raises(DivergedError) as diverged:
        numpy_mlp.train(start, X, Y, loss=losses.CROSS_ENTROPY, **setting)
    last = str(diverged.value.epoch)
    slider = player.get_by_role("slider")
    assert slider.get_attribute("max") == slider.input_value() == last
    slider.fill("0")
    assert player.locator("output").inner_text().startswith("0: loss 0.7")
    slider.fill(last)
    tab.wait_for_function("it => it.textContent.includes('NaN')", arg=now)
    player.get_by_role("button", name="Play").click()
    tab.wait_for_function("it => it.textContent.includes('NaN')", arg=now)


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_a_run_plays_slowly_at_first_and_then_ever_faster(tab, address, motion):
    """By hand: three epochs a second, and 0.7 more with each; or a picture a second."""
    tab.emulate_media(reduced_motion=motion)
    tab.goto(address + FIGURES["player"])
    player = near(tab, "xor-player")
    player.get_by_role("slider").fill("0")
    tab.clock.install(time=0)
    tab.clock.pause_at(60_000)
    player.get_by_role("button", name="Play").click()
    for chunk in range(1, 6):
        tab.clock.run_for(1040)  # a second, and the rest of its last frame
        epoch = player.evaluate("it => it.session.run.epoch")
        grown = 1.7**chunk if motion == "reduce" else math.exp(0.7 * 1.04 * chunk)
        # whole epochs, and a frame or two late
        assert epoch == pytest.approx(3 * (grown - 1) / 0.7, rel=0.08, abs=1.5)


def test_a_player_whose_first_loss_is_beyond_all_bounds_draws_it(tab, address):
    """The run has no step, and its axis none to divide."""
    tab.goto(address + FIGURES["player"])
    figure = near(tab, "xor-player")
    first = Layer(np.full((2, 1), 1e8), np.zeros((1, 1)))
    weights = flatten([first, Layer(np.ones((1, 1)), np.zeros((1, 1)))]).tolist()
    setting = {"weights": weights, "hidden_layers": [1], "loss": "cross_entropy", "epoch": 0}
    figure.evaluate(
        "(it, setting) => it.session.open({ ...it.session.settings, ...setting })", setting
    )
    now = figure.locator("output").element_handle()
    tab.wait_for_function("it => it.textContent.startsWith('0: loss')", arg=now)
    assert figure.get_by_role("slider").get_attribute("max") == "1"


def test_four_wrong_answers_become_right_at_the_start_of_the_course(tab, open_figure):
    figure = open_figure("player", "tutorials/setting-the-scene/")
    assert "Seed" not in figure.locator(".xor-title").inner_text()  # its weights come from no seed
    outputs = "it => [...it.session.frame.outputs]"
    assert all((np.array(figure.evaluate(outputs)) > 0.5) != (Y.ravel() > 0.5))
    figure.get_by_role("button", name="Play").click()
    now = figure.locator("output").element_handle()
    tab.wait_for_function("it => it.textContent.startsWith('500')", arg=now)
    assert all((np.array(figure.evaluate(outputs)) > 0.5) == (Y.ravel() > 0.5))
    assert figure.locator(".xor-verdict").get_attribute("data-cause") == "solved"


def test_the_best_score_has_a_link_that_opens_its_setting(tab, open_figure):
    figure = open_figure("strip")
    challenge = near(tab, "xor-challenge")
    tab.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    count(figure)
    assert "10 hidden units" in challenge.locator("output").inner_text()
    figure.evaluate("it => it.session.set('hidden_layers', [1])")  # too few for any seed
    count(figure)
    assert (
        "too few to count. Your best: 10 hidden units" in challenge.locator("output").inner_text()
    )
    challenge.get_by_role("button", name="Copy your score").click()
    challenge.get_by_text("Copied.").wait_for()
    text = tab.evaluate("window.copied")
    assert text.startswith("XOR: 10 hidden units, ")
    tab.goto(text.rpartition(" ")[2])
    assert tab.locator("xor-playground").evaluate(
        "it => it.session.run.settings.hidden_layers"
    ) == [10]


# Questions.


def test_a_number_is_checked_and_a_likely_mistake_has_a_hint(tab, address):
    tab.goto(address + NUMBER)
    question = near(tab, "xor-answer")
    field = question.get_by_role("textbox")
    details = question.locator("details")

    def enter(text):
        field.fill(text)
        field.press("Enter")
        return question.get_by_role("status").inner_text()

    assert "Not yet. Try again" in enter("0.3")
    assert "on the other side" in enter("1")
    assert details.get_attribute("open") is None
    for right in ("0.5", "0,5", "1/2"):
        assert enter(right) == "Right."
    assert details.get_attribute("open") is not None
    field.fill("half")
    field.press("Enter")
    assert "must be a number" in question.get_by_role("alert").inner_text()
    assert question.get_by_role("status").count() == 0  # "Right." was said of another
    assert field.get_attribute("aria-invalid") == "true"


def test_a_choice_is_checked(tab, address):
    tab.goto(address + CHOICE)
    question = near(tab, "xor-answer")
    check = question.get_by_role("button", name="Check")
    check.click()
    assert "Choose one" in question.get_by_role("alert").inner_text()
    question.get_by_label("AND", exact=True).check()
    check.click()
    assert "cut off that corner" in question.get_by_role("status").inner_text()
    question.get_by_label("XNOR").check()
    check.click()
    assert question.get_by_role("status").inner_text() == "Right."


# For everybody, everywhere.


@pytest.mark.audit(sample=2)
@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_works_from_a_disk(tab, site, name):
    tab.goto((site / FIGURES[name] / "index.html").as_uri())
    assert near(tab, f"xor-{name}").locator("canvas, button").count() > 0


@pytest.mark.audit(sample=2)
@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_works_under_its_pages_policy(browser, address, name):
    with browser.new_context(bypass_csp=False, reduced_motion="reduce") as context:
        tab = context.new_page()
        troubles = troubles_of(tab)
        tab.goto(address + FIGURES[name])
        figure = tab.locator(f"xor-{name}").first
        figure.evaluate("it => it.scrollIntoView({block: 'center'})")
        if name == "strip":
            count(figure)
        else:
            figure.get_by_role("slider").first.press("ArrowUp")
        assert troubles == []


STILLS = {
    "plane": "A plane over the four points",
    "hinges": "What the hidden units add up to",
    "descent": "Gradient descent on one weight",
    "strip": "The next 20 seeds",
    "player": "Output after 500 epochs",
}
"""The title of each figure's still."""


@pytest.mark.audit(sample=1)
@pytest.mark.parametrize("name", FIGURES)
def test_without_javascript_there_is_a_described_still(browser, address, name):
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(address + FIGURES[name])
    still = plain.locator("figure", has=plain.get_by_text(STILLS[name])).first
    assert still.is_visible()
    assert len(still.text_content()) > len(STILLS[name]) + 20
    context.close()


@pytest.mark.audit(sample=2)
@pytest.mark.parametrize("name", FIGURES)
def test_a_still_is_what_is_printed(tab, open_figure, name):
    figure = open_figure(name)
    tab.wait_for_selector(f"xor-run.xor-alive:has(xor-{name})")
    still = tab.locator(".xor-still", has=tab.get_by_text(STILLS[name])).first
    assert not still.is_visible()
    tab.emulate_media(media="print")
    assert still.is_visible()
    assert not figure.is_visible()


def test_without_javascript_a_question_has_its_answer_folded_away(browser, address):
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(address + CHOICE)
    question = plain.locator("xor-answer")
    assert "AND · OR · NAND · XNOR" in question.inner_text()
    answer = question.locator("details p")
    assert not answer.is_visible()
    question.locator("summary").click()
    assert answer.inner_text().startswith("XNOR.")
    context.close()


@pytest.mark.audit(sample=3)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", FIGURES)
def test_axe_finds_nothing_in_a_figure(browser, address, name, scheme):
    context = browser.new_context(
        viewport={"width": 320, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(address + FIGURES[name])
    figure = near(page, f"xor-{name}")
    if name == "strip":
        count(figure)
    found = Axe().run(page, f"xor-{name}, xor-answer")
    assert found.response["violations"] == []
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320
    context.close()


def test_the_fold_moves_the_points_from_the_square_to_the_hidden_space(open_figure, tab):
    figure = open_figure("space", "tutorials/by-hand/")
    theta = np.array(weights(figure))
    sums = X @ theta[:4].reshape(2, 2) + theta[4:6]
    expected = {0: X, 0.25: (X + sums) / 2, 0.5: sums, 1: np.maximum(0, sums)}
    for share, points in expected.items():
        figure.get_by_role("slider").fill(f"{share}")
        settled(tab)
        words = figure.locator("canvas").get_attribute("aria-label")
        said = [float(number) for number in re.findall(r"-?\d+\.\d+", words)]
        assert said == pytest.approx(points.ravel(), abs=5.1e-3)


def record_words(tab, part):
    """Keep in `written` what is written into the canvas of a part."""
    tab.add_init_script(
        "const real = CanvasRenderingContext2D.prototype.fillText; window.written = new Set();"
        "CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {"
        f"  if (this.canvas.closest('{part}')) written.add(text);"
        "  return real.call(this, text, ...place); };"
    )


def test_the_fold_plays_to_its_end_and_names_its_axes_on_the_way(open_figure, tab):
    record_words(tab, "xor-space:only-child")
    tab.emulate_media(reduced_motion="no-preference")
    figure = open_figure("space", "tutorials/by-hand/")
    figure.get_by_role("button", name="Play").click()
    expect(figure.get_by_role("slider")).to_have_js_property("value", "1", timeout=20_000)
    expect(figure.get_by_role("button", name="Play")).to_be_visible()
    settled(tab)
    across = {"x₁", "x₁ → z₁[0]", "z₁[0] → a₁[0]", "a₁[0]"}
    up = {"x₂", "x₂ → z₁[1]", "z₁[1] → a₁[1]", "a₁[1]"}
    assert across | up <= set(tab.evaluate("[...written]"))


def test_the_fold_stops_where_the_reader_pauses_it_and_goes_on_from_there(open_figure, tab):
    tab.clock.install()
    tab.emulate_media(reduced_motion="no-preference")
    figure = open_figure("space", "tutorials/by-hand/")
    slider = figure.get_by_role("slider")
    figure.get_by_role("button", name="Play").click()
    tab.clock.run_for(1000)
    figure.get_by_role("button", name="Pause").click()
    first = float(slider.input_value())
    assert 0.15 < first < 0.25  # a fifth of its five seconds, as frames come
    tab.clock.run_for(1000)
    assert float(slider.input_value()) == first
    figure.get_by_role("button", name="Play").click()
    tab.clock.run_for(1000)
    assert 0.35 < float(slider.input_value()) < 0.45


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_unfolded_square_is_seen_in_both_schemes(tab, open_figure, scheme):
    """By hand: the drawing goes from -1 to 2 and a margin; (1/2, 0) is on the square's edge."""
    tab.emulate_media(color_scheme=scheme)
    figure = open_figure("space", "tutorials/by-hand/")
    settled(tab)
    *colour, opaque = figure.locator("canvas").evaluate("""canvas => {
        const at = value => (value + 1 + 0.36) / (3 + 0.72);
        const around = [at(0.5) * canvas.width - 2, (1 - at(0)) * canvas.height - 2, 5, 5];
        const { data } = canvas.getContext("2d").getImageData(...around.map(Math.round));
        const dots = Array.from({length: 25}, (_, dot) => [...data.slice(4 * dot, 4 * dot + 4)]);
        return dots.sort((one, other) => other[3] - one[3])[0]; // the one with most ink
    }""")
    assert opaque > 64
    assert min(colour) > 128 if scheme == "dark" else max(colour) < 128  # unlike the page


def test_the_hidden_space_writes_its_gridlines_as_they_are(open_figure, tab):
    record_words(tab, "xor-hinges + xor-space")
    open_figure("hinges")
    tab.wait_for_function("window.written.size > 1")
    numbers = set(tab.evaluate("[...written]")) - {"a₁[0]", "a₁[1]"}
    values = sorted(float(text.replace("−", "-")) for text in numbers)
    steps = np.diff(values)
    np.testing.assert_allclose(steps, steps[0], atol=1e-9)  # they stand at equal distances


def test_the_hidden_space_writes_no_label_into_a_mark(open_figure, tab):
    tab.add_init_script(
        "window.frames_ = [];"
        "for (const name of ['fillText', 'rect', 'arc']) {"
        "  const real = CanvasRenderingContext2D.prototype[name];"
        "  CanvasRenderingContext2D.prototype[name] = function (...given) {"
        "    if (this.canvas.closest('xor-space')) {"
        "      const isText = name === 'fillText';"
        "      const isNew = !isText && frames_.at(-1)?.texts.length !== 0;"
        "      if (isNew) frames_.push({marks: [], texts: []});"
        "      const [x, y] = given.slice(isText ? 1 : 0), half = name === 'rect' ? 8 : 0;"
        "      frames_.at(-1)[isText ? 'texts' : 'marks'].push([x + half, y + half]);"
        "    }"
        "    return real.apply(this, given); }; }"
    )
    open_figure("space", "tutorials/by-hand/")
    tab.wait_for_function("window.frames_.at(-1)?.texts.length > 1")
    for frame in tab.evaluate("frames_"):
        marks, texts = np.array(frame["marks"]), np.array(frame["texts"])
        assert len(marks) == 4
        apart = abs(texts[:, np.newaxis] - marks)  # a mark is 22 wide, a label 20 by 12
        assert ((apart[..., 0] > 21) | (apart[..., 1] > 17)).all()


PARTS = """() => [...document.querySelectorAll(
    ":is(xor-hinges:has(+ xor-space), xor-hinges + xor-space) > *")]
    .map(it => [it.className || it.tagName, it.getBoundingClientRect()])
    .map(([name, {left, top, right, bottom}]) => [name, left, top, right, bottom])
    .filter(([, left, , right]) => right > left)"""


@pytest.mark.parametrize("width", [320, 960, 1000, 1220, 1280])
def test_the_map_and_the_pad_of_the_home_page_have_room_in_their_columns(browser, address, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(address)
    canvas = page.locator(".xd-hero__picture canvas").first
    canvas.wait_for(state="visible")
    near(page, "xor-pad")
    pad = page.locator("xor-pad canvas")
    widths = [place.bounding_box()["width"] for place in (canvas, pad)]
    assert min(widths) >= 240  # twelve of the page's em, the width of the paper
    outside = page.evaluate(
        """() => [...document.querySelectorAll(".xd-hero__picture *, xor-pad, xor-pad *")]
        .filter(it => it.getBoundingClientRect().width)
        .filter(it => it.getBoundingClientRect().right > document.documentElement.clientWidth)
        .map(it => it.outerHTML.slice(0, 60))"""
    )
    page.close()
    assert outside == []


@pytest.mark.parametrize("width", [375, 721, 1280])
def test_no_part_of_the_hinges_and_the_hidden_space_lies_on_another(tab, open_figure, width):
    tab.set_viewport_size({"width": width, "height": 900})
    open_figure("hinges")
    near(tab, "xor-space")
    parts = tab.evaluate(PARTS)
    assert len(parts) == 8  # titles, drawings, a table, formulas, a verdict and a hint
    for at, (name, left, top, right, bottom) in enumerate(parts):
        for other, *box in parts[at + 1 :]:
            across = min(right, box[2]) - max(left, box[0])
            down = min(bottom, box[3]) - max(top, box[1])
            assert min(across, down) <= 1, (name, other)  # a pixel is rounding


FLIPS = """async (canvas) => {
    const context = canvas.getContext("2d");
    const bright = () => {
        const data = context.getImageData(0, 0, canvas.width, canvas.height).data;
        let sum = 0;
        for (let i = 0; i < data.length; i += 400) sum += data[i] + data[i + 1] + data[i + 2];
        return sum / (data.length / 400) / 765;
    };
    const seen = [];
    const start = performance.now();
    while (performance.now() - start < 3000) {
        seen.push(bright());
        await new Promise(requestAnimationFrame);
    }
    return seen;
}"""


def test_a_map_that_leaps_from_side_to_side_does_not_flash(browser, address):
    """WCAG 2.3.1: at most three flashes, each two opposite changes by a tenth, in a second."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})  # wants motion
    tab = context.new_page()
    tab.goto(f"{address}tutorials/failure-clinic/#oscillating")
    player = tab.locator("#oscillating ~ .xd-html xor-player").first
    player.scroll_into_view_if_needed()
    player.get_by_role("button", name="Play").click()
    seen = player.locator("canvas").first.evaluate(FLIPS)
    context.close()
    steps = np.diff(np.array(seen))
    assert len(seen) > 10
    assert (abs(steps) > 0.05).sum() >= 2  # it leaps indeed
    assert (abs(steps) > 0.05).sum() <= 3 * 2 * 3
