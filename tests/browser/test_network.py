"""The network, read and grasped: weights on their lines, a unit's formulas, one epoch."""

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from serving import troubles_of

from xordocs import datasets
from xordocs.nn import activations, losses, numpy_mlp
from xordocs.nn.parameters import Layer, flatten

SMALL = "?hidden_layers=2&seed=5"


@pytest.fixture
def tab(context):
    """A page on which an error fails the test."""
    page = context.new_page()
    troubles = troubles_of(page)
    yield page
    page.close()
    assert troubles == []


def visit(tab, address, query=SMALL):
    tab.goto(f"{address}playground/{query}")
    tab.wait_for_function("document.getElementById('pg')?.getAttribute('aria-busy') === 'false'")
    tab.keyboard.press("Shift")  # at a first key the parts come that are not in view
    tab.wait_for_selector("xor-unit:defined")
    tab.locator("#pg-diagram").scroll_into_view_if_needed()


def theta(tab):
    last = "[...document.querySelectorAll('xor-network')].at(-1)"
    return tab.evaluate(f"[...{last}.session.run.network.theta]")


def links(tab):
    """The run's link, as the page itself would write it."""
    return tab.evaluate(
        "xordocs['runs/links'].print(document.querySelector('xor-network').session.settings)"
    )


LINE = """([layer, unit, input, share]) => {
    const box = document.getElementById("pg-diagram");
    const {left, top} = box.getBoundingClientRect();
    const {settings} = document.querySelector("xor-network").session.run;
    const widths = [2, ...settings.hidden_layers, 1];
    let before = 0;
    for (let l = 0; l < layer; l++) before += (widths[l] + 1) * widths[l + 1];
    const line = box.querySelectorAll("line")[before + input * widths[layer + 1] + unit];
    const [x1, y1, x2, y2] = ["x1", "y1", "x2", "y2"].map(name => Number(line.getAttribute(name)));
    return [left + x1 + share * (x2 - x1), top + y1 + share * (y2 - y1)];
}"""


def on_line(tab, layer, unit, source, share=0.25):
    """Return a point of the page on a weight's line."""
    return tab.evaluate(LINE, [layer, unit, source, share])


def test_a_weight_is_dragged_on_its_line_in_one_undo_step(tab, address):
    visit(tab, address)
    before = theta(tab)
    x, y = on_line(tab, 0, 0, 0)
    tab.mouse.move(x, y)
    tab.mouse.down()
    for up in (10, 20, 30, 50):
        tab.mouse.move(x, y - up)
    tab.mouse.up()
    after = theta(tab)
    assert after[0] == pytest.approx(round(before[0] + 1, 2), abs=1e-12)
    assert after[1:] == before[1:]
    assert links(tab).count(":p") == 1
    tab.click("#pg-undo")
    assert theta(tab) == before


def test_a_network_about_one_row_says_its_answer_and_its_loss(tab, address):
    """By hand: raised by ½, the first output weight lifts the sum from 0 to 1; the label is 0."""
    tab.goto(f"{address}tutorials/backpropagation/")
    figure = tab.locator("xor-network").first
    said = figure.locator(".xor-verdict")
    expect(said).to_have_text("Row (1, 1), label 0: the answer is ŷ = 0.500, the loss 0.2500.")
    figure.get_by_role("spinbutton", name="Weight from hidden unit a₁[0] to output unit").focus()
    tab.keyboard.press("PageUp")
    output = 1 / (1 + np.exp(-1))
    expect(said).to_have_text(
        f"Row (1, 1), label 0: the answer is ŷ = {output:.3f}, the loss {output**2:.4f}; "
        "at the start it was 0.2500."
    )


def test_a_drag_while_playing_goes_on_from_the_last_value(tab, address):
    visit(tab, address)
    tab.click("#pg-play")
    x, y = on_line(tab, 1, 0, 0, 0.5)
    tab.mouse.move(x, y)
    tab.mouse.down()
    tab.mouse.move(x, y - 25)
    tab.mouse.move(x, y - 50)
    epoch = tab.evaluate("document.querySelector('xor-network').session.run.epoch")
    held = theta(tab)
    tab.mouse.move(x, y - 60)
    assert tab.evaluate("document.querySelector('xor-network').session.run.epoch") == epoch
    assert theta(tab)[6] == pytest.approx(held[6] + 0.2, abs=1e-9)
    tab.mouse.up()
    tab.wait_for_function(
        "epoch => document.querySelector('xor-network').session.run.epoch > epoch", arg=epoch
    )
    tab.click("#pg-play")


def test_a_chosen_units_weights_are_changed_by_keyboard(tab, address):
    visit(tab, address)
    before = theta(tab)
    tab.get_by_role("button", name="Hidden unit a₁[1]:").focus()
    tab.keyboard.press("Enter")
    number = tab.get_by_role("spinbutton", name="Weight from x₂ to hidden unit a₁[1]")
    assert number.get_attribute("tabindex") == "0"
    number.focus()
    tab.keyboard.press("PageUp")
    tab.keyboard.press("ArrowDown")
    assert theta(tab)[3] == pytest.approx(round(round(before[3] + 0.5, 2) - 0.05, 2), abs=1e-12)
    assert float(number.get_attribute("aria-valuenow")) == theta(tab)[3]
    assert tab.evaluate("document.activeElement.getAttribute('role')") == "spinbutton"
    tab.click("#pg-undo")
    tab.click("#pg-undo")
    assert theta(tab) == before
    tab.get_by_role("spinbutton", name="Bias of hidden unit a₁[1]").focus()
    tab.keyboard.press("ArrowUp")
    assert theta(tab)[5] == 0.05


def test_a_chosen_weight_lights_its_way_to_the_loss_and_a_link_carries_it(tab, address):
    visit(tab, address, "?hidden_layers=2,3&seed=5")
    tab.mouse.click(*on_line(tab, 0, 1, 0))
    lit = tab.locator("#pg-diagram line:not(.xor-faint):not(.xor-gone)")
    assert lit.count() == 1 + 3 + 3  # itself, from its unit to three, from these to the output
    assert "unit=1:2:1" in links(tab)
    visit(tab, address, links(tab))
    assert lit.count() == 1 + 3 + 3
    number = tab.get_by_role("spinbutton", name="Weight from x₁ to hidden unit a₁[1]")
    assert "xor-chosen" in number.get_attribute("class")
    tab.mouse.click(*on_line(tab, 0, 1, 0))
    assert tab.locator("#pg-diagram .xor-faint").count() == 0


def test_gradients_are_shown_and_not_dragged(tab, address):
    visit(tab, address)
    before = theta(tab)
    tab.check("#pg-gradient")
    gradient = tab.evaluate("document.querySelector('xor-network').session.run.gradient.theta[0]")
    number = tab.get_by_role("spinbutton", name="Weight from x₁ to hidden unit a₁[0]")
    assert float(number.inner_text().replace("−", "-")) == pytest.approx(gradient, abs=0.006)
    x, y = on_line(tab, 0, 0, 0)
    tab.mouse.move(x, y)
    tab.mouse.down()
    tab.mouse.move(x, y - 50)
    tab.mouse.up()
    assert theta(tab) == before


@pytest.fixture
def phone(browser):
    context = browser.new_context(viewport={"width": 375, "height": 700}, has_touch=True)
    tab = context.new_page()
    yield tab
    context.close()


def swipe(tab, x, y, dy):
    """Move a finger over the screen."""
    touch = tab.context.new_cdp_session(tab)
    for kind, at in [("Start", 0), *(("Move", dy * i / 10) for i in range(1, 11)), ("End", None)]:
        points = [] if at is None else [{"x": x, "y": y + at}]
        touch.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})
    touch.detach()


def middle(number):
    box = number.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_finger_that_scrolls_is_not_caught_and_one_on_a_chosen_number_drags_it(phone, address):
    visit(phone, address)
    before = theta(phone)
    number = phone.get_by_role("spinbutton", name="Weight from x₁ to hidden unit a₁[0]")
    scrolled = phone.evaluate("scrollY")
    swipe(phone, *middle(number), -120)
    phone.wait_for_function("before => scrollY > before", arg=scrolled)
    assert theta(phone) == before
    phone.locator("#pg-diagram").scroll_into_view_if_needed()
    phone.touchscreen.tap(*middle(number))
    phone.wait_for_selector(".xor-chosen")
    scrolled = phone.evaluate("scrollY")
    swipe(phone, *middle(number), -100)
    assert theta(phone)[0] == pytest.approx(round(before[0] + 2, 2), abs=1e-12)
    assert phone.evaluate("scrollY") == scrolled


CROSSED = """() => {
    const cross = (box, [x1, y1, x2, y2]) => {
        for (let share = 0; share <= 1; share += 0.002) {
            const [x, y] = [x1 + share * (x2 - x1), y1 + share * (y2 - y1)];
            if (x > box.left && x < box.right && y > box.top && y < box.bottom) return true;
        }
        return false;
    };
    const diagram = document.getElementById("pg-diagram");
    const {left, top} = diagram.getBoundingClientRect();
    const lines = [...diagram.querySelectorAll("line")].filter(line => !line.matches(".xor-gone"));
    const ends = lines.map(line => ["x1", "y1", "x2", "y2"].map((name, i) =>
        Number(line.getAttribute(name)) + [left, top][i % 2]));
    return [...diagram.querySelectorAll(".xor-weight, text")].filter(it => it.checkVisibility())
        .filter(it => ends.some(each => cross(it.getBoundingClientRect(), each)))
        .map(it => it.textContent);
}"""


@pytest.mark.audit(sample=4)
@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize(
    "query",
    [
        "?hidden_layers=2",
        "?unit=1:4",
        "",
        "?hidden_layers=3,2&unit=2:1",
        "?hidden_layers=4,4,4&unit=2:2",
    ],
)
def test_no_number_lies_on_a_line(tab, address, width, query):
    tab.set_viewport_size({"width": width, "height": 800})
    visit(tab, address, query)
    assert tab.locator("#pg-diagram .xor-weight:visible").count() > 2
    assert tab.evaluate(CROSSED) == []


# One epoch in numbers.


def results(tab, run="pg"):
    """Return the numbers behind each sign of equality, and those in bold print in the table."""
    formulas = tab.locator(f"#{run}-unit-formulas")
    found = formulas.locator(".xor-term:text-matches('^=') b").all_inner_texts()
    table = formulas.locator("td b").all_inner_texts()
    return [[number(text) for text in texts] for texts in (found, table)]


def number(text):
    return float(text.replace("−", "-"))


def three(*values):
    return [float(f"{value:.2e}") for value in values]


@pytest.mark.audit(sample=2)
@pytest.mark.parametrize(
    ("shape", "activation", "loss", "row"),
    [
        ((2,), activations.RELU, losses.MSE, 1),
        ((3, 2), activations.TANH, losses.CROSS_ENTROPY, 3),
        ((2, 2), activations.SIGMOID, losses.MSE, 2),
        ((4,), activations.LEAKY_RELU, losses.CROSS_ENTROPY, 0),
    ],
    ids=["relu", "tanh", "sigmoid", "leaky"],
)
def test_every_stop_shows_the_packages_numbers(tab, address, shape, activation, loss, row):
    x, y = datasets.xor()
    setting = f"activation={activation.name}&loss={loss.name}&epoch=7&learning_rate=0.5&seed=3"
    visit(tab, address, f"?hidden_layers={','.join(map(str, shape))}&{setting}")
    tab.select_option("#pg-unit-row", str(row))
    network, _ = numpy_mlp.train(numpy_mlp.initialize(shape, 3), x, y, 0.5, 7, activation, loss)
    z, a = numpy_mlp.forward(network, x, activation)
    gradient = numpy_mlp.backward(network, z, a, y, activation, loss)
    stepped = numpy_mlp.update(network, gradient, 0.5)
    alone = numpy_mlp.backward(
        network, [it[[row]] for it in z], [it[[row]] for it in a], y[[row]], activation, loss
    )  # on this row alone: a bias's gradient is its unit's δ, four times that in the mean
    depth = len(network)

    def units(layer):
        for unit in range(network[layer].bias.size):
            if network[layer].bias.size > 1:
                button = tab.locator("#pg-unit-choices button").nth(unit)
                if button.get_attribute("aria-pressed") == "false":
                    button.click()
            yield unit

    for layer in range(depth):
        for unit in units(layer):
            assert results(tab)[0] == three(z[layer][row, unit], a[layer + 1][row, unit])
        tab.click("#pg-unit-next")
    rows = loss.rows(z[-1], y).ravel()
    assert results(tab)[0] == three(rows[row], rows.mean())
    for layer in reversed(range(depth)):
        tab.click("#pg-unit-next")
        for unit in units(layer):
            delta, _ = results(tab)[0]
            assert [delta] == three(alone[layer].bias[0, unit] / 4)
            slopes = [*gradient[layer].weights[:, unit], gradient[layer].bias[0, unit]]
            assert results(tab)[1] == three(*slopes)
    tab.click("#pg-unit-next")
    last = tab.locator("#pg-unit-choices button[aria-pressed=true]")
    unit = int(last.get_attribute("data-unit")) if last.count() else 0
    after = [*stepped[0].weights[:, unit], stepped[0].bias[0, unit]]
    np.testing.assert_allclose(results(tab)[1], after, rtol=0, atol=6e-5)
    tab.click("#pg-unit-next")
    assert tab.inner_text("#pg-unit-stop").startswith("Epoch 8, stop 1 ")
    np.testing.assert_allclose(theta(tab), flatten(stepped), rtol=0, atol=1e-12)
    tab.click("#pg-unit-back")
    assert tab.inner_text("#pg-unit-stop").startswith(f"Epoch 7, stop {2 * depth + 2} of")
    np.testing.assert_allclose(theta(tab), flatten(network), rtol=0, atol=1e-12)


def test_a_unit_chosen_in_the_diagram_is_the_one_that_is_explained(tab, address):
    visit(tab, address, "?hidden_layers=3,2")
    tab.get_by_role("button", name="Hidden unit a₂[1]:").click()
    assert tab.inner_text("#pg-unit-name") == "Hidden unit a₂[1]"
    assert "forward" in tab.inner_text("#pg-unit-stop")
    for _ in range(3):
        tab.click("#pg-unit-next")
    assert tab.inner_text("#pg-unit-name") == "Output unit: ŷ"
    tab.get_by_role("button", name="Hidden unit a₁[2]:").click()
    assert tab.inner_text("#pg-unit-stop").endswith("backward, hidden layer 1")
    tab.locator("#pg-unit-formulas").get_by_role("button", name="W₁[1, 2]").click()
    assert "unit=1:3:2" in links(tab)
    assert tab.evaluate("document.activeElement.textContent") == "W₁[1, 2]"
    assert tab.locator("#pg-unit-formulas .xor-formula").last.inner_text().count("x₂ · δ₁[2]") == 4


@pytest.mark.audit(sample=2)
@pytest.mark.parametrize("stop", range(1, 7))
def test_a_reload_is_at_the_same_row_and_stop(tab, address, stop):
    visit(tab, address, "?hidden_layers=3&epoch=20")
    tab.select_option("#pg-unit-row", label="1 1")
    tab.get_by_role("button", name="Hidden unit a₁[2]:").click()
    while f"stop {stop} of 6" not in tab.inner_text("#pg-unit-stop"):
        tab.click("#pg-unit-next")
    before = tab.inner_text("xor-unit")
    tab.wait_for_function("!document.getElementById('pg').isWriting")
    assert f"at=4:{stop}" in tab.evaluate("location.search")
    visit(tab, address, tab.evaluate("location.search"))
    assert tab.inner_text("xor-unit") == before
    assert tab.eval_on_selector("#pg-unit-row", "field => field.value") == "3"


@pytest.mark.audit(sample=1)
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_at_any_stop(browser, address, scheme, width):
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    tab = context.new_page()
    visit(tab, address, "?hidden_layers=3,2&unit=1:2:1&epoch=3")
    for stop in range(8):
        found = Axe().run(tab, "xor-unit, xor-network").response["violations"]
        assert [(stop, it["id"], it["nodes"][0]["html"]) for it in found] == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        tab.click("#pg-unit-next")
    context.close()


# A lesson about one row.

NINE = [
    Layer(np.array([[1.5, 2.0], [1.0, -1.5]]), np.array([[-0.5, 0.5]])),
    Layer(np.array([[0.5], [-1.5]]), np.array([[0.5]])),
]
"""The network of the lessons that work out one row by hand."""


@pytest.fixture
def lesson(tab, address):
    """The lesson that carries one row back by hand, at its figure."""
    tab.goto(f"{address}tutorials/backpropagation/")
    for part in ("xor-network", "xor-unit"):  # the first network stands above, in a run of its own
        tab.locator(part).last.scroll_into_view_if_needed()
        tab.wait_for_function(f"[...document.querySelectorAll('{part}')].at(-1).className")
    return tab


def slopes_shown(lesson):
    """Return the slope of each number of the network, as the figure shows them unit by unit."""
    found = {}
    for stop, units in (("4 of 5: backward, output", 1), ("5 of 5: backward, hidden layer 1", 2)):
        assert lesson.inner_text("#nine-unit-stop") == f"Stop {stop}"
        for unit in range(units):
            if lesson.locator("#nine-unit-choices button").nth(unit).is_visible():
                lesson.locator("#nine-unit-choices button").nth(unit).click()
            for row in lesson.locator("#nine-unit-formulas tbody tr").all():
                found[row.locator("button").inner_text()] = number(row.locator("td").inner_text())
        onward = "From the start" if stop.startswith("5 of 5") else "Next"
        assert lesson.inner_text("#nine-unit-next") == onward
        lesson.click("#nine-unit-next")
    return found


def test_a_figure_about_one_row_shows_the_slopes_that_its_lesson_works_out(lesson):
    table = lesson.locator(
        "table", has=lesson.get_by_text("Every slope of the network for the row")
    )
    written = {
        row.locator("th").inner_text().replace("\xa0", " "): float(
            row.locator("td").nth(2).inner_text().replace("−", "-")
        )
        for row in table.locator("tbody tr").all()
    }
    assert len(written) == 9
    assert slopes_shown(lesson) == written
    assert lesson.inner_text("#nine-unit-stop").startswith("Stop 1 of 5: forward")
    np.testing.assert_array_equal(theta(lesson), flatten(NINE))  # round it goes, without a step


@pytest.mark.audit(sample=2)
@pytest.mark.parametrize("row", range(4))
def test_a_figure_about_one_row_has_the_packages_numbers_of_any_row(lesson, row):
    x, y = (each[[row]] for each in datasets.xor())
    passed = numpy_mlp.forward(NINE, x)
    gradient = numpy_mlp.backward(NINE, *passed, y)
    lesson.select_option("#nine-unit-row", str(row))
    lesson.click("#nine-unit-back")
    assert lesson.inner_text("#nine-unit-stop") == "Stop 3 of 5: loss"
    assert results(lesson, "nine")[0] == three(losses.mse(passed.a[-1], y))
    lesson.click("#nine-unit-next")
    assert results(lesson, "nine")[0][:1] == three(gradient[1].bias.item())
    shown = list(slopes_shown(lesson).values())
    hidden = np.vstack([gradient[0].weights, gradient[0].bias]).T
    assert shown == three(*flatten([gradient[1]]), *hidden.ravel())
    last = lesson.locator("xor-network").last
    last.scroll_into_view_if_needed()
    last.get_by_label("Gradient instead of weights").check()
    numbers = lesson.locator("#nine-diagram [role=spinbutton]").all_inner_texts()
    np.testing.assert_allclose(
        [number(text) for text in numbers], flatten(gradient), rtol=0, atol=5.1e-3
    )
