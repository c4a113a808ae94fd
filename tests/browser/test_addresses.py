"""The playground's address: it holds what is shown, and goes back and forth with the reader."""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from instrument import RESTS, show_all

SETTLED = "!document.getElementById('pg').isWriting"
SETTINGS = "JSON.stringify(document.getElementById('pg').session.settings)"


@pytest.fixture
def tab(context):
    page = context.new_page()
    troubles = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    yield page
    page.close()
    assert troubles == []


def open_run(tab, address, query=""):
    tab.goto(f"{address}playground/{query}")
    show_all(tab)


def query(tab):
    tab.wait_for_function(SETTLED)
    return urlsplit(tab.url).query


def enter(tab, name, text):
    tab.fill(f"#pg-{name}", text)
    tab.press(f"#pg-{name}", "Enter")


def text(tab, name):
    return tab.inner_text(f"#pg-{name}")


def comes_back(tab):
    """Whether a reload shows what is shown."""
    query(tab)
    before = tab.evaluate(SETTINGS)
    tab.reload()
    tab.wait_for_function(RESTS)
    return tab.evaluate(SETTINGS) == before


def test_undo_and_redo_by_button_and_by_key(tab, address):
    open_run(tab, address)
    enter(tab, "seed", "5")
    tab.click("#pg-ten")
    label = tab.get_by_label("Label of 1 1")
    label.fill("1")
    label.press("Enter")
    assert query(tab) == "seed=5&epoch=10&changes=10:y3:1"
    tab.click("#pg-undo")
    assert (query(tab), label.input_value()) == ("seed=5&epoch=10", "0")
    tab.focus("#pg-play")
    tab.keyboard.press("Control+z")
    assert query(tab) == ""
    tab.keyboard.press("Control+Shift+z")
    tab.keyboard.press("Control+y")
    assert query(tab) == "seed=5&epoch=10&changes=10:y3:1"
    assert tab.get_attribute("#pg-redo", "aria-disabled") == "true"


def test_undo_goes_back_beyond_where_the_network_was_solved(tab, address):
    open_run(tab, address)
    tab.check("#pg-stop")
    tab.click("#pg-end")
    tab.wait_for_function(RESTS)
    solved = int(text(tab, "at"))
    tab.click("#pg-ten")
    enter(tab, "seed", "5")
    tab.click("#pg-undo")
    tab.wait_for_function(RESTS)
    assert int(text(tab, "at")) == solved + 10


def test_copied_goes_when_the_run_is_another(tab, address):
    open_run(tab, address)
    tab.click("#pg-copy")
    tab.wait_for_function("document.getElementById('pg-shared').textContent === 'Copied.'")
    tab.click("#pg-step")
    assert text(tab, "shared") == ""


def test_back_undoes_a_preset(tab, address):
    open_run(tab, address)
    enter(tab, "seed", "5")
    tab.select_option("#pg-preset", "2")
    assert query(tab) == "seed=9&hidden_layers=3"
    tab.go_back()
    tab.wait_for_function("document.getElementById('pg-seed').value === '5'")
    assert query(tab) == "seed=5"


def test_a_link_holds_its_epoch_while_it_computes(tab, address):
    open_run(tab, address)
    tab.goto(tab.url + "?hidden_layers=16,16,16,16&epoch=20000")
    tab.wait_for_function("document.getElementById('pg-note').textContent.startsWith('Computing')")
    tab.reload()
    assert query(tab) == "hidden_layers=16,16,16,16&epoch=20000"


def test_a_slider_that_is_dragged_leaves_its_last_value(tab, address):
    open_run(tab, address, "?epoch=20")
    box = tab.locator("#pg-rate-slide").bounding_box()
    middle = box["y"] + box["height"] / 2
    tab.click("#pg-play")
    tab.mouse.move(box["x"] + 10, middle)
    tab.mouse.down()
    for step in range(60):
        tab.mouse.move(box["x"] + 10 + step, middle)
    tab.mouse.up()
    tab.click("#pg-play")
    assert query(tab).count("rate:") == 1
    assert comes_back(tab)


@pytest.mark.audit(sample=2)
@pytest.mark.parametrize(
    "asked",
    [
        "limit=800",
        "views=log,gradient",
        "unit=1:4",
        "seed=3&epoch=30&limit=40&views=log&unit=2:1&pinned=seed=4~epoch=7",
        "hidden_layers=2&epoch=12&targets=0,0,0,1&weights=1,1,1,1,0,-1,1,-2,0",
    ],
)
def test_all_that_is_shown_is_in_the_link(tab, address, asked):
    open_run(tab, address, f"?{asked}")
    assert query(tab) == asked
    assert comes_back(tab)


@pytest.mark.audit(sample=2)
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("?lr=2", "learning_rate is one"),
        ("?seed=3&hidden=2", "hidden"),
        ("#seed=3", "behind a question mark"),
    ],
)
def test_what_an_address_holds_beside_settings_is_named(tab, address, asked, said):
    tab.goto(f"{address}playground/{asked}")
    tab.wait_for_function(RESTS)
    assert said in tab.inner_text(".xor-address")
    found = Axe().run(tab).response["violations"]
    assert [each["id"] for each in found] == []


def test_a_link_that_grows_too_long_says_so_and_offers_the_file(tab, address):
    open_run(tab, address, "?hidden_layers=16,16")
    tab.evaluate("""() => {
        const {session} = document.getElementById("pg");
        for (let place = 0; place < 200; place++) session.edit(`p${place}`, Math.sqrt(place) / 7);
    }""")
    assert len(query(tab)) < 2000
    assert "Export it as JSON" in tab.inner_text(".xor-address")
    tab.click("#pg-copy")
    assert "too many changes" in text(tab, "shared")


def test_a_wrong_width_goes_with_its_message_when_the_seed_is_another(tab, address):
    open_run(tab, address)
    width = tab.locator("#pg-hidden_layers input")
    width.fill("99")
    width.press("Enter")
    assert "16, got 99" in text(tab, "hidden_layers-problem")
    tab.click("#pg-next")
    assert (text(tab, "hidden_layers-problem"), width.input_value()) == ("", "10")


def test_a_comma_is_a_decimal_point(tab, address):
    open_run(tab, address)
    enter(tab, "learning_rate", "0,5")
    assert query(tab) == "learning_rate=0.5"


def test_the_start_says_what_is_true_and_shows_no_figure_that_is_zero(tab, address):
    open_run(tab, address, "?activation=tanh")  # whose units are never dead
    assert text(tab, "verdict") == "Epoch 0. Press Play."
    assert not any(tab.is_visible(f"#pg-{name}") for name in ("dead", "resting", "saturated"))
    open_run(tab, address, "?hidden_layers=3&seed=9&epoch=500")
    assert text(tab, "dead") == "3 of 3"
