"""Code cells and exercises: what a reader writes runs in the page, and is kept."""

import json
import re
import struct

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from cells import cell, exercise, write_page
from playwright.sync_api import expect
from serving import serve, troubles_of

from xordocs import datasets
from xordocs.nn import numpy_mlp

SOON = 10_000
"""Milliseconds within which Python has started, on a busy machine, too."""
SETUP = cell(
    "import numpy as np\nW2 = np.array([[0.25], [-1.0]])\n\ndef half(x):\n    return 1 / x"
)
STEP = exercise(
    "dW2 = ...  # your line",
    'assert dW2 is not ..., "dW2 is still the three dots"\n'
    'assert dW2 == 5, f"your dW2 says {dW2}, a nudge of the weight says 5"\n'
    'print("All slopes agree with the nudge.")',
    "dW2 = 5",
    ("The chain rule.", "The weight."),
    "the-step",
)


@pytest.fixture
def context(browser):
    opened = browser.new_context(viewport={"width": 1280, "height": 1400})
    yield opened
    opened.close()


@pytest.fixture
def tab(context):
    """A page on which an error fails the test."""
    page = context.new_page()
    troubles = troubles_of(page)
    yield page
    of_the_tests = (
        "refused by the test",
        "ERR_FAILED",
        "the page's limit of memory",
        "Failed to grow the heap",
    )
    assert [it for it in troubles if not any(known in it for known in of_the_tests)] == []


@pytest.fixture
def show(tab, site, tmp_path):
    """Open a page of cells; returns the tab."""
    with serve(tmp_path) as address:

        def open_page(article):
            write_page(site, tmp_path, article)
            tab.goto(f"{address}page/")
            tab.wait_for_selector("xor-code textarea")
            return tab

        yield open_page


def test_a_cell_is_as_high_as_its_lines(show):
    tab = show(cell("x = 1") + cell("x = 1\ny = 2"))
    lines = tab.locator(".xor-lines")
    expect(lines).to_have_count(2)
    one, two = (box.bounding_box()["height"] for box in lines.all())
    assert two == pytest.approx(2 * one)


@pytest.mark.parametrize("width", [1280, 375])
def test_a_press_on_a_line_puts_the_caret_there(tab, show, width):
    tab.set_viewport_size({"width": width, "height": 800})
    show(cell("x = 1\ny = 2\nz = 3"))
    line = tab.locator(".xor-lines > div").nth(1).bounding_box()
    tab.mouse.click(line["x"] + line["width"] - 5, line["y"] + line["height"] / 2)
    tab.keyboard.type("0")
    assert field(tab).input_value() == "x = 1\ny = 20\nz = 3"


def run(tab, number, button="Run", within=SOON):
    """Press a cell's button, and wait until Python has answered; returns the results' text."""
    it = tab.locator("xor-code").nth(number - 1)
    it.get_by_role("button", name=button, exact=True).click()
    return results(it, within)


def results(it, within=SOON):
    expect(it.locator(".xor-tools [role=status]")).to_have_text(
        re.compile("Done|line|not|Stopped"), timeout=within
    )
    return it.locator(".xor-results").inner_text().strip()


def field(tab, number=1):
    return tab.locator("xor-code textarea").nth(number - 1)


def status(tab, number=1):
    return tab.locator("xor-code [role=status]").nth(number - 1).inner_text()


def scripts(tab):
    return tab.evaluate(
        "performance.getEntriesByType('resource').map(it => it.name)"
        ".filter(it => it.includes('assets/elements/') && it.endsWith('.js'))"
        ".map(it => it.replace(/.*\\//, '')).sort()"
    )


@pytest.mark.audit(sample=2)
@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("6 * 7", "42"),
        ("x = 3\n(x +\n 1)", "4"),
        ('"ŷ"', "'ŷ'"),
        ("x = 5\nx = 6", ""),
        ("print(1)\nprint(2)\n3", "1\n2\n3"),
        ("None", ""),
        ("[\n1,\n2,\n]", "[1, 2]"),
        ("x = '''\n1\n'''", ""),
        ("if True:\n    1\nelse:\n    2", ""),
        ("x = 4\nx # its value", "4"),
        ("import numpy as np\nnp.array([[1.0, 2.0]]) @ np.array([[3.0], [4.0]])", "array([[11.]])"),
        ("print('a', end='')", "a"),
        ("import sys\nsys.exit()", ""),
    ],
)
def test_a_cell_shows_what_a_notebooks_would(show, source, shown):
    assert run(show(cell(source)), 1) == shown


FLOATS = (
    *(0.1 + 0.2, -82.53726364, 1 / 3, 1e16, 1e15, 123456789012345.6, 0.0001, 0.00001, -1.5e-7),
    *(5e-324, 1.7976931348623157e308, 0.0, -0.0, 7.0, float("inf"), float("-inf"), float("nan")),
    *np.random.default_rng(0).standard_normal(200).tolist(),
)


def test_floats_are_written_as_python_writes_them(show):
    """Also where MicroPython itself would miss the last digit."""
    bits = [int.from_bytes(struct.pack("<d", it), "little") for it in FLOATS]
    source = (
        f"import struct\nfor bits in {bits}:\n"
        "    value = struct.unpack('<d', bits.to_bytes(8, 'little'))[0]\n    print(value)\nvalue"
    )
    expected = [*map(str, FLOATS), repr(FLOATS[-1])]
    assert run(show(cell(source)), 1).split() == expected


def test_nothing_of_python_is_fetched_before_the_first_run(show):
    tab = show(SETUP + STEP)
    assert scripts(tab) == ["code.js", "exercise.js", "loader.js"]
    run(tab, 1)
    assert scripts(tab) == ["code.js", "exercise.js", "loader.js", "python.js"]


def test_the_builds_output_gives_way_to_the_readers(show):
    output = '<div class="highlight xd-output"><pre><code>built</code></pre></div>'
    tab = show(cell("1 + 1", outputs=output))
    assert tab.get_by_text("built").is_visible()
    assert run(tab, 1) == "2"


@pytest.mark.audit(sample=4)
@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        ("x = 1\ny = z", 2, "NameError: name 'z' isn't defined."),
        (
            "x = 1\ny = (2\nprint(3)",
            3,
            "SyntaxError: invalid syntax, here or at the end of the line",
        ),
        ("def f():\n  return g()\n\ndef g():\n  1 / 0\n\nf()", 5, "ZeroDivisionError"),
        (
            "def f(n):\n    return f(n + 1)\n\nf(0)",
            2,
            "too many times over: does the recursion end?",
        ),
        ("import pandas", 1, "this page's Python has no pandas. Download the notebook"),
        ("open('rows.csv')", 1, "there is no such file: a page's Python sees no files of yours"),
        ("name = input('Name?')", 1, "input() is not there in a page"),
        ("x = 600_000_000\nbytearray(x)", 2, "no more memory"),
        ("import numpy as np\n\nnp.ones((2, 3)) @ np.ones((2, 3))", 3, "matmul"),
        ("from xordocs import plots\nplots.surface(1, 2)", 2, "download the notebook to see it"),
    ],
)
def test_an_error_names_the_readers_line_and_leads_to_it(show, source, line, said):
    tab = show(cell(source))
    text = run(tab, 1)
    assert text.startswith(f"Line {line}: ")
    assert said in text
    assert f"in line {line}." in status(tab)
    marked = tab.eval_on_selector_all(
        ".xor-lines > div", "them => them.map(it => it.className).indexOf('xor-wrong') + 1"
    )
    assert marked == line
    assert field(tab).get_attribute("aria-invalid") == "true"
    tab.get_by_role("button", name=f"Line {line}", exact=True).click()
    chosen = field(tab).evaluate(
        "it => [it === document.activeElement, it.value.slice(it.selectionStart, it.selectionEnd)]"
    )
    assert chosen == [True, source.split("\n")[line - 1]]
    field(tab).press("End")
    field(tab).type("#")
    assert tab.locator(".xor-wrong").count() == 0


def test_a_cell_that_fills_the_memory_bit_by_bit_is_told_so_and_keeps_what_it_printed(show):
    """Each round's list is dropped at once, but nothing is freed before the cell's end."""
    endless = "print('begun')\nwhile True:\n    row = [float(n) for n in range(1000)]"
    tab = show(cell(endless) + cell("2 + 3"))
    text = run(tab, 1, within=6 * SOON)  # filling it takes a busy machine more than ten seconds
    assert text.startswith("begun")
    assert "Stopped: its memory is full" in text
    assert "Divide the work among several cells." in text
    assert run(tab, 2) == "5"


def test_an_error_in_a_function_of_an_earlier_cell_names_both(show):
    tab = show(SETUP + cell("x = 0\nhalf(x)"))
    run(tab, 1)
    assert run(tab, 2) == (
        "Line 2: ZeroDivisionError: divide by zero. "
        "It arose in line 5 of cell 1, which is called here."
    )
    tab.get_by_role("button", name="line 5 of cell 1").click()
    assert field(tab, 1).evaluate("it => it === document.activeElement")


def test_a_cell_that_needs_earlier_ones_runs_them_and_says_so(show):
    tab = show(cell("a = 1") + cell("b = a + 1") + cell("a + b + 1"))
    assert run(tab, 3).split("\n") == ["Ran cell 1, cell 2 first.", "", "4"]
    assert status(tab, 2) == "Done, nothing to show."
    assert run(tab, 3) == "4"


def test_a_check_runs_the_cells_that_the_readers_function_needs(show):
    """Also where the check puts the missing name into its own words, as `call` does."""
    checked = (
        "from xordocs.exercises import call\n"
        "assert call('half', half, [], 'number') == 0.5, 'no'\nprint('Right.')"
    )
    tab = show(cell("a = 1") + exercise("def half():\n    return a / 2", checked, "half = max"))
    assert check(tab).split("\n") == ["Ran cell 1 first.", "", "Right."]
    assert status(tab, 2) == "Done. Check tells whether it is right."


@pytest.mark.parametrize("where", [1, 2])
def test_an_endless_loop_in_a_cell_that_is_needed_stops_at_either_button(show, where):
    tab = show(cell("a = 1\nwhile True:\n    pass") + cell("a"))
    tab.locator("xor-code").nth(1).get_by_role("button", name="Run").click()
    expect(tab.locator("xor-code [role=status]").nth(1)).to_have_text("Running cell 1 first…")
    it = tab.locator("xor-code").nth(where - 1)
    it.get_by_role("button", name="Stop").click()
    expect(tab.locator("xor-code [role=status]").nth(1)).to_have_text(
        "It did not run: cell 1, which comes first, was stopped."
    )
    assert status(tab, 1) == "Stopped."
    assert tab.get_by_role("button", name="Stop").count() == 0
    assert results(tab.locator("xor-code").nth(1)).endswith("Run cell 1, then this")


def test_a_needed_cell_with_an_error_is_named(show):
    tab = show(cell("a = 1 / 0") + cell("a"))
    assert "a comes from cell 1, which has not run yet" in run(tab, 2)
    assert status(tab, 2) == "It did not run: cell 1, which comes first, stops with an error."


def test_a_cell_that_needs_an_exercise_says_that_it_is_to_be_done(show):
    tab = show(exercise("step = 1 / 0", "assert False", "step = 1") + cell("step"))
    assert run(tab, 2).endswith(
        "step comes from cell 1, an exercise that is still to be done. Run cell 1, then this"
    )
    tab.get_by_role("button", name="Run cell 1, then this").click()
    expect(tab.locator("xor-code [role=status]").last).to_have_text("cell 1 stops with an error.")
    tab.get_by_role("button", name="cell 1", exact=True).click()
    assert field(tab, 1).evaluate("it => it === document.activeElement")


def test_a_cell_that_was_changed_since_it_ran_is_to_be_run_again(show):
    tab = show(cell("a = 1") + cell("b"))
    run(tab, 1)
    field(tab, 1).fill("b = 1")
    assert "b comes from cell 1, which has changed since it ran." in run(tab, 2)


def test_a_name_of_a_cell_that_has_run_is_not_asked_for_again(show):
    tab = show(cell("a = 1") + cell("b"))
    assert run(tab, 2) == "Line 1: NameError: name 'b' isn't defined."


def test_an_endless_loop_stops_at_the_button_and_what_was_run_is_lost(show):
    tab = show(cell("a = 1") + cell("while True:\n    pass") + cell("a"))
    run(tab, 1)
    it = tab.locator("xor-code").nth(1)
    it.get_by_role("button", name="Run").click()
    expect(it.locator("[role=status]")).to_have_text("Running…")
    it.get_by_role("button", name="Stop").focus()
    tab.keyboard.press("Enter")
    expect(it.locator("[role=status]")).to_have_text("Stopped.")
    assert results(it) == (
        "Stopped: as you asked. What the cells had made is gone: run them again from the top."
    )
    assert it.get_by_role("button", name="Run").evaluate("it => it === document.activeElement")
    assert run(tab, 3).split("\n") == ["Ran cell 1 first.", "", "1"]


def test_a_run_ends_at_the_time_limit(tab, show):
    tab.clock.install()
    show(cell("while True:\n    pass"))
    it = tab.locator("xor-code")
    it.get_by_role("button", name="Run").click()
    expect(it.locator("[role=status]")).to_have_text("Running…", timeout=SOON)
    tab.clock.fast_forward(30_000)  # besides the time that it takes to get here
    assert status(tab) == "Running…"
    tab.clock.fast_forward(30_000)
    assert "has not come to an end within 60 seconds" in results(it)


@pytest.mark.parametrize(
    ("broken", "words"),
    [("dW2 = 4", "Not yet."), ("dW2 = 1 / 0", "Your code stops with an error: see above.")],
)
def test_what_was_right_and_is_no_more_is_not_done(show, broken, words):
    tab = show(exercise("dW2 = 5", "assert dW2 == 5, f'Your dW2 says {dW2}.'", "dW2 = 5"))
    check = tab.get_by_role("button", name="Check")
    said = tab.locator("xor-exercise > div.xor > .xor-tools [role=status]")
    check.click()
    expect(said).to_have_text("✓ Done", timeout=SOON)
    field(tab).fill(broken)
    check.click()
    expect(said).to_have_text(words)
    assert not tab.locator("xor-exercise.xor-right").count()
    tab.reload()
    tab.wait_for_selector("xor-code textarea")
    assert not tab.locator("xor-exercise.xor-right").count()


def test_a_blank_that_was_copied_from_a_page_is_one(show):
    tab = show(cell("x = 1"))
    field(tab).fill("x\u00a0=\u00a02\nx")
    assert run(tab, 1) == "2"


def test_endless_output_is_cut_and_leaves_the_page_alive(show):
    tab = show(
        cell("while True:\n    print('xor')") + cell("for i in range(50_000):\n    print(i)")
    )
    it = tab.locator("xor-code").nth(0)
    it.get_by_role("button", name="Run").click()
    expect(it.get_by_text("Only the first 10,000 characters are shown.")).to_be_visible()
    it.get_by_role("button", name="Stop").click()
    expect(it.locator("[role=status]")).to_have_text("Stopped.")
    assert len(it.locator("pre").last.inner_text()) == 10_000
    text = run(tab, 2)
    assert text.startswith("0\n1\n2\n")
    assert text.endswith("Only the first 10,000 characters are shown.")


def test_cells_run_one_at_a_time_in_the_order_of_the_presses(show):
    tab = show(cell("a = sum(range(2_000_000))") + cell("a"))
    tab.locator("xor-code").nth(0).get_by_role("button", name="Run").click()
    assert run(tab, 2) == str(sum(range(2_000_000)))


def test_what_the_reader_writes_is_kept_and_can_be_reset(show):
    tab = show(cell("1 + 1"))
    assert tab.get_by_role("button", name="Reset").count() == 0
    field(tab).fill("2 + 3")
    tab.reload()
    assert field(tab).input_value() == "2 + 3"
    assert run(tab, 1) == "5"
    tab.get_by_role("button", name="Reset").click()
    assert field(tab).input_value() == "1 + 1"
    tab.keyboard.press("Control+z")
    assert field(tab).input_value() == "2 + 3"
    tab.keyboard.press("Control+Shift+z")
    tab.reload()
    assert field(tab).input_value() == "1 + 1"


def test_a_lesson_that_has_changed_keeps_the_readers_code_and_offers_its_own(show):
    tab = show(cell("1 + 1", "sum"))
    field(tab).fill("2 + 3")
    show(cell("1 + 4", "sum"))
    assert field(tab).input_value() == "2 + 3"
    note = tab.get_by_text("The lesson’s code has changed since you wrote yours.")
    expect(note).to_be_visible()
    tab.get_by_role("button", name="Take the lesson’s").click()
    assert field(tab).input_value() == "1 + 4"
    assert not note.is_visible()
    tab.keyboard.press("Control+z")
    assert field(tab).input_value() == "2 + 3"


@pytest.fixture
def one_by_one(tab, show):
    """Three cells in a browser that is idle when `idle` is called, and once at the start."""
    tab.add_init_script(
        """
        const waiting = [];
        let began = false;
        window.requestIdleCallback = (next) => {
            if (began) return waiting.push(next);
            began = true;
            return setTimeout(next);
        };
        window.idle = () => waiting.shift()();
        """
    )
    show(cell("a = 1") + cell("b = a + 1") + cell("print(b)"))
    fields = tab.locator("xor-code textarea")
    expect(fields).to_have_count(1)
    return fields


def test_cells_are_built_one_by_one_while_the_browser_is_idle(tab, one_by_one):
    for count in (2, 3):
        tab.evaluate("idle()")
        expect(one_by_one).to_have_count(count)


def test_a_cell_that_is_asked_for_before_its_turn_is_whole(tab, one_by_one):
    tab.evaluate("document.querySelectorAll('xor-code')[2].run()")
    expect(one_by_one).to_have_count(3)
    assert "2" in results(tab.locator("xor-code").nth(2))


def test_what_a_reader_wrote_does_not_wait_for_its_turn(tab, one_by_one):
    kept = json.dumps({"text": "b = a + 10", "lesson": "b = a + 1"})
    tab.evaluate("kept => localStorage.setItem('xordocs:/page/#cell-2', kept)", kept)
    tab.reload()
    expect(one_by_one).to_have_count(2)
    expect(one_by_one.nth(1)).to_have_value("b = a + 10")


def test_print_shows_cells_whose_turn_has_not_come(tab, one_by_one):
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(one_by_one).to_have_count(3)


def test_two_windows_show_the_same(show, context):
    tab = show(SETUP + STEP)
    other = context.new_page()
    other.goto(tab.url)
    other.wait_for_selector("xor-code textarea")
    field(tab, 2).fill("dW2 = 5")
    expect(field(other, 2)).to_have_value("dW2 = 5")
    check(tab)
    expect(other.locator("xor-exercise")).to_have_class(re.compile("xor-right"))


def test_a_browser_that_keeps_nothing_is_said_once_and_all_else_works(tab, show):
    tab.add_init_script(
        "Object.defineProperty(window, 'localStorage',"
        " {get() { throw Error('refused by the test'); }})"
    )
    show(cell("1") + cell("2"))
    field(tab).fill("7")
    assert status(tab).startswith("Your browser keeps nothing for this page")
    field(tab, 2).fill("8")
    assert status(tab, 2) == ""
    assert run(tab, 1) == "7"


def test_a_browser_that_keeps_nothing_shows_what_is_done_until_the_page_is_left(tab, show):
    tab.add_init_script(
        "Object.defineProperty(window, 'localStorage',"
        " {get() { throw Error('refused by the test'); }})"
    )
    show(f'<h2 id="step">The step</h2>{STEP}')
    field(tab).fill("dW2 = 5")
    check(tab)
    tab.get_by_text("Hint 2").click()
    assert tab.get_by_text("Solution").is_visible()
    assert tab.locator(".md-nav--secondary .xor-done").count() > 0


def test_keys_indent_comment_leave_and_run(show):
    tab = show(cell("x = 1"))
    code = field(tab)
    code.focus()
    tab.keyboard.press("Control+a")
    tab.keyboard.type("for i in range(3):  # rows\n")
    assert code.input_value() == "for i in range(3):  # rows\n    "
    tab.keyboard.type("print(i)\n")
    tab.keyboard.press("Backspace")
    tab.keyboard.type("a")
    assert code.input_value() == "for i in range(3):  # rows\n    print(i)\na"
    tab.keyboard.press("Tab")
    assert code.input_value().endswith("\na   ")
    tab.keyboard.press("Control+a")
    tab.keyboard.press("Tab")
    assert code.input_value().startswith("    for i in range(3):  # rows\n        print")
    tab.keyboard.press("Shift+Tab")
    assert code.input_value() == "for i in range(3):  # rows\n    print(i)\na   "
    tab.keyboard.press("Control+/")
    assert code.input_value() == "# for i in range(3):  # rows\n    # print(i)\n# a   "
    tab.keyboard.press("Control+/")
    assert code.input_value() == "for i in range(3):  # rows\n    print(i)\na   "
    tab.keyboard.press("Control+a")
    tab.keyboard.type("40 + 2")
    tab.keyboard.press("Control+Enter")
    assert results(tab.locator("xor-code")) == "42"
    assert code.evaluate("it => it === document.activeElement")
    help_text = tab.locator(f"#{code.get_attribute('aria-describedby')}")
    assert help_text.inner_text() == "Ctrl-Enter runs. Esc, then Tab, leaves the field."
    tab.keyboard.press("Escape")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Run"
    code.focus()
    tab.keyboard.press("Escape")
    tab.keyboard.press("Shift+Tab")
    assert not code.evaluate("it => it === document.activeElement")


@pytest.mark.parametrize("width", [375, 1280])
def test_the_text_in_colours_lies_under_the_fields(show, tab, width):
    """Line by line and letter by letter: a caret stands where the reader sees it."""
    tab.set_viewport_size({"width": width, "height": 800})
    deep = "        if n > 0: return x @ W1 + b1  # row by row, and unit by unit, as in the lesson"
    source = (
        "def f(x):\n    return '''a\nb''' + \"c\" # <d> & e\n\n" + "x = 1 + " * 30 + "0\n" + deep
    )
    show(cell(source))
    assert tab.locator(".xor-lines > div").all_inner_texts() == source.split("\n")
    text, written = tab.evaluate(
        """() => [".xor-lines", "textarea"].map(name => {
            const it = document.querySelector(`.xor-code > ${name}`);
            const {left, width, top} = it.getBoundingClientRect();
            const style = getComputedStyle(it);
            const room = ["paddingLeft", "paddingRight", "textIndent", "letterSpacing", "tabSize"];
            const text = ["font", "whiteSpace", "overflowWrap", "wordBreak"];
            const found = [...text, ...room].map(each => style[each]);
            Object.assign(it.style, {alignSelf: "start", height: 0});
            return [left, width, top, it.clientWidth, it.scrollHeight, ...found];
        })"""
    )
    assert written == text


def test_on_a_phone_broken_lines_go_on_further_in(show, tab):
    """Nothing is cut off, and a line that goes on does not look like Python's next."""
    tab.set_viewport_size({"width": 375, "height": 800})
    show(cell("x = 1\n" + "loss = np.mean((y_hat - y) ** 2) + " * 3 + "0"))
    starts = """it => {
        const range = document.createRange();
        range.selectNodeContents(it);
        const lefts = [...range.getClientRects()].map(({left, top}) => [Math.round(top), left]);
        return Object.values(Object.groupBy(lefts, ([top]) => top)).map(
            them => Math.min(...them.map(([, left]) => left)));
    }"""
    lines = tab.locator(".xor-lines > div")
    (short,) = lines.nth(0).evaluate(starts)
    first, *others = lines.nth(1).evaluate(starts)
    assert first == pytest.approx(short, abs=1)
    assert len(others) >= 2
    assert min(others) > first + 50
    editor = tab.locator(".xor-code").first
    assert editor.evaluate("it => it.scrollWidth <= it.clientWidth")


def check(tab):
    """Press an exercise's button; returns what is said about it."""
    it = tab.locator("xor-exercise")
    it.get_by_role("button", name="Check").click()
    expect(it.locator("> div.xor .xor-tools [role=status]").first).to_have_text(
        re.compile("Not yet|Done|above|Stopped"), timeout=SOON
    )
    return it.locator("> div.xor .xor-results").inner_text().strip()


def test_a_check_says_what_differs_and_marks_what_is_done(show):
    tab = show(f'<h2 id="step">The step</h2>{STEP}<h2 id="next">Next</h2>')
    assert check(tab) == "dW2 is still the three dots"
    field(tab).fill("dW2 = 7")
    assert check(tab) == "your dW2 says 7, a nudge of the weight says 5"
    field(tab).fill("dW2 = 1 / 0")
    assert check(tab) == ""
    assert tab.locator("xor-code .xor-fault").inner_text().startswith("Line 1: ZeroDivisionError")
    assert tab.locator(".xor-done").count() == 0
    field(tab).fill("dW2 = 5")
    assert check(tab) == "All slopes agree with the nudge."
    for _ in range(2):
        done = tab.locator(".md-nav--secondary a", has=tab.get_by_role("img", name="done"))
        assert set(done.evaluate_all("them => them.map(it => it.hash)")) == {"#step"}
        assert (
            tab.locator("xor-exercise > div.xor .xor-tools [role=status]").first.inner_text()
            == "✓ Done"
        )
        tab.reload()
        tab.wait_for_selector("xor-code textarea")
    tab.get_by_role("button", name="Reset").click()
    assert tab.locator(".xor-done").count() == 0


def test_a_check_that_fails_in_the_readers_function_leads_there(show):
    tab = show(
        SETUP
        + exercise("def slope(x):\n    return x[5]", "assert slope([1]) == 1, 'no'", "slope = max")
    )
    assert check(tab) == "Line 2 of your code: IndexError: list index out of range."
    assert tab.locator(".xor-wrong").inner_text() == "    return x[5]"


def test_hints_unfold_one_by_one_and_then_the_solution(show):
    """The check, which may give the answer away, stands below them all the time."""
    tab = show(STEP)

    def seen():
        return [it for it in tab.locator("xor-exercise > details").all() if it.is_visible()]

    assert len(seen()) == 2
    for count in (3, 4):
        seen()[-2].locator("summary").click()
        expect(tab.locator("xor-exercise > details:visible")).to_have_count(count)
    assert [it.inner_text().split(" ")[0] for it in seen()[-2:]] == ["Solution", "How"]


def test_plots_are_drawn_with_the_playgrounds_parts(show):
    source = (
        "from xordocs import datasets, plots\nfrom xordocs.nn import numpy_mlp\n"
        "x, y = datasets.xor()\nplots.loss([0.3, 0.2, 0.1])"
    )
    lattice = "grid = datasets.grid(25)\nplots.contour(grid, grid[:, 0] * (1 - grid[:, 1]), x, y)"
    grid = datasets.grid(25)
    above = grid[:, 0] * (1 - grid[:, 1]) > 0.5
    tab = show(cell(source) + cell(lattice))
    run(tab, 1)
    run(tab, 2)
    pictures = tab.locator("xor-plot canvas")
    expect(pictures).to_have_count(2)
    assert [it.get_attribute("aria-label") for it in pictures.all()] == [
        "The loss goes from 0.3000 at epoch 0 to 0.1000 at epoch 2.",
        f"The output is above one half on {round(100 * above.mean())} % of the map from 0 to 1.",
    ]
    drawn = pictures.evaluate_all(
        "them => them.map(it => new Set(new Uint32Array(it.getContext('2d')"
        ".getImageData(0, 0, it.width, it.height).data.buffer)).size)"
    )
    assert min(drawn) > 5  # colours: an empty canvas has one
    assert scripts(tab) == ["code.js", "loader.js", "plot.js", "python.js"]


FILM = (
    "from xordocs import datasets, plots\nx, y = datasets.xor()\ngrid = datasets.grid(25)\n"
    "frames = [(20 * k, k / 40 + 0 * grid[:, :1]) for k in range(36)]\n"
    "plots.film(grid, frames, x, y)"
)


def test_a_film_is_played_and_sought(show):
    """It stands at its end, plays from its beginning, and goes where the slider is moved to."""
    tab = show(cell(FILM))
    run(tab, 1)
    film = tab.locator("xor-plot")
    slider, epoch = film.get_by_role("slider"), film.locator("output")
    colour = (  # in the middle of the map
        "it => [...it.getContext('2d').getImageData(it.width / 2, it.height / 2, 1, 1).data]"
    )
    expect(epoch).to_have_text("700")
    last = film.locator("canvas").evaluate(colour)
    slider.focus()
    slider.press("Home")
    expect(epoch).to_have_text("0")
    assert film.locator("canvas").evaluate(colour) != last
    slider.press("ArrowRight")
    expect(epoch).to_have_text("20")
    assert slider.get_attribute("aria-valuetext") == "20"
    film.get_by_role("button", name="Play").click()
    film.get_by_role("button", name="Pause").click()
    assert int(epoch.inner_text()) < 700
    film.get_by_role("button", name="Play").click()
    expect(film.get_by_role("button", name="Play")).to_be_visible(timeout=30_000)
    expect(epoch).to_have_text("700")
    assert film.locator("canvas").evaluate(colour) == last


def test_losses_in_pairs_are_drawn_in_their_order(show):
    runs = '[("plain", [0.4, 0.3]), ("momentum", [0.4, 0.1])]'
    tab = show(cell(f"from xordocs import plots\nplots.loss({runs})"))
    run(tab, 1)
    expect(tab.locator("xor-plot .xor-hint")).to_have_text("━ plain, ╍ momentum")


def test_what_is_printed_before_a_plot_stands_above_it(show):
    tab = show(cell("from xordocs import plots\nprint('so')\nplots.loss([0.3, 0.2])"))
    run(tab, 1)
    parts = tab.eval_on_selector_all(".xor-results > *", "them => them.map(it => it.localName)")
    assert parts == ["pre", "xor-plot"]


def test_python_that_cannot_be_fetched_is_said_and_asked_for_again(tab, show):
    show(cell("1 + 1"))
    tab.route("**/python.js", lambda route: route.abort())
    tab.get_by_role("button", name="Run").click()
    expect(tab.locator("xor-code [role=status]")).to_have_text(re.compile("could not be fetched"))
    tab.unroute("**/python.js")
    assert run(tab, 1) == "2"


def test_data_are_fetched_for_the_code_that_asks_for_them(tab, show):
    """Python may have begun without them, and be asked again after a failure."""
    show(cell("1 + 1") + cell("from xordocs.datasets import handwriting\nhandwriting()[0].shape"))
    assert run(tab, 1) == "2"
    tab.route("**/handwriting.js", lambda route: route.abort())
    second = tab.locator("xor-code").nth(1)
    second.get_by_role("button", name="Run").click()
    expect(second).to_contain_text("The data could not be fetched. Are you online?")
    tab.unroute("**/handwriting.js")
    second.get_by_role("button", name="Run").click()
    expect(second).to_contain_text("(1797, 64)")


PICTURE = cell(
    "import numpy as np\n"
    "drawn = np.array(\n    [\n        [1, 2],\n    ]\n)\n"
    "print(drawn.tolist())",
    "drawn",
)


def draw(tab, *points):
    """Draw through points, each from 0 to 1."""
    paper = tab.locator("xor-pad canvas").bounding_box()
    for number, (x, y) in enumerate(points):
        tab.mouse.move(paper["x"] + x * paper["width"], paper["y"] + y * paper["height"], steps=5)
        if not number:
            tab.mouse.down()
    tab.mouse.up()


def write(tab, *points):
    """Draw through points, and have it read; returns what the cell prints."""
    draw(tab, *points)
    tab.get_by_role("button", name="Read it").click()
    return results(tab.locator("xor-code"))


def test_a_digit_on_the_pad_goes_into_the_cell_as_its_pixels(show):
    tab = show("<xor-pad></xor-pad>" + PICTURE)
    tab.get_by_role("button", name="Read it").click()
    expect(tab.locator("xor-pad [role=status]")).to_have_text("Write a digit first.")
    # a line from top to bottom, however small, is 4 dots wide and 32 long in the middle of 32
    for points in (((0.3, 0.1), (0.3, 0.9)), ((0.6, 0.4), (0.6, 0.6))):
        tab.locator("xor-pad").get_by_role("button", name="Clear").click()
        rows = np.array(json.loads(write(tab, *points)))
        assert rows.shape == (8, 8)
        assert (rows[1:-1, 3:5] == 8).all()  # half of its dots on either side
        assert rows[:, [0, 1, 2, 5, 6, 7]].max() == 0
        assert (rows[[0, -1], 3:5] >= 5).all()  # its ends are round
    tab.locator("xor-pad").get_by_role("button", name="Clear").click()
    level = np.array(json.loads(write(tab, (0.2, 0.5), (0.8, 0.5))))
    np.testing.assert_array_equal(level, rows.T)


def test_a_pad_with_weights_of_its_own_reads_each_stroke_as_numpy_does(show):
    """The picture is what the cell of a pad without weights is given for the same stroke."""
    line = ((0.3, 0.2), (0.7, 0.4), (0.4, 0.8))
    pixels = np.array(json.loads(write(show("<xor-pad></xor-pad>" + PICTURE), *line)))
    random = np.random.RandomState(4)
    weights = [random.randn(*shape).round(2) for shape in ((64, 5), (1, 5), (5, 10), (1, 10))]
    w1, b1, w2, b2 = weights
    grown = np.exp(np.maximum(0, pixels.reshape(1, 64) / 16 @ w1 + b1) @ w2 + b2).ravel()
    shares = grown / grown.sum()
    assert 0.3 < shares.max() < 0.98
    own = f'<xor-pad weights="{[array.tolist() for array in weights]}"></xor-pad>'
    tab = show(own + PICTURE)
    pad = tab.locator("xor-pad")
    empty = pad.locator("li").all_inner_texts()
    assert [text.split() for text in empty] == [[f"{digit}"] for digit in range(10)]
    draw(tab, *line)
    expect(pad.locator("[role=status]")).to_have_text(f"It reads a {shares.argmax()}.")
    said = [text.split() for text in pad.locator("li").all_inner_texts()]
    assert said == [[f"{digit}", f"{share:.0%}"] for digit, share in enumerate(shares)]
    bar = pad.locator("li.xor-said span").nth(1)
    width = bar.evaluate("bar => parseFloat(bar.style.inlineSize)")
    assert width == pytest.approx(100 * shares.max(), abs=0.01)  # browsers round it
    tab.mouse.down()
    tab.mouse.move(*tab.evaluate("[innerWidth / 2, 40]"))
    expect(pad.locator("[role=status]")).to_have_text("")  # half a picture has bars, and no answer
    assert [text.split() for text in pad.locator("li").all_inner_texts()] != said
    paper = pad.locator("canvas")
    paper.evaluate("it => it.releasePointerCapture(1)")  # as when a system takes the stroke away
    tab.mouse.move(0, 0)  # browsers tell of it with the next event
    expect(pad.locator("[role=status]")).to_have_text(re.compile("It reads a [0-9]"))
    tab.mouse.up()
    assert not pad.get_by_role("button", name="Read it").is_visible()
    pad.get_by_role("button", name="Clear").click()
    assert pad.locator("li").all_inner_texts() == empty
    widths = pad.locator("li span:nth-child(2)").evaluate_all(
        "bars => bars.map(it => it.style.inlineSize)"
    )
    assert set(widths) == {"0%"}


def test_a_pad_whose_cell_has_lost_its_array_says_so(show):
    tab = show("<xor-pad></xor-pad>" + PICTURE)
    field(tab).fill("drawn = 1")
    paper = tab.locator("xor-pad canvas")
    paper.click()
    tab.get_by_role("button", name="Read it").click()
    said = "The cell below has no array “drawn” any more: press its Reset."
    expect(tab.locator("xor-pad [role=status]")).to_have_text(said)
    assert field(tab).input_value() == "drawn = 1"


def test_without_javascript_the_cell_is_the_listing_and_its_output(browser, site, tmp_path):
    output = '<div class="highlight xd-output"><pre><code>2</code></pre></div>'
    write_page(site, tmp_path, cell("1 + 1", outputs=output) + STEP)
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    with serve(tmp_path) as address:
        tab.goto(f"{address}page/")
        assert tab.locator("xor-code").first.inner_text().split() == ["1", "+", "1", "2"]
        assert tab.get_by_text("Solution").is_visible()
    context.close()


def test_it_works_from_a_disk(tab, site, tmp_path):
    tab.goto(write_page(site, tmp_path, SETUP + STEP).as_uri())
    field(tab, 2).fill("dW2 = 5")
    assert check(tab) == "All slopes agree with the nudge."
    tab.reload()
    assert field(tab, 2).input_value() == "dW2 = 5"


def test_forced_colours_leave_every_word_legible(show):
    """No word has the colour of its background."""
    tab = show(SETUP + STEP)
    tab.emulate_media(forced_colors="active")
    run(tab, 1)
    pairs = tab.evaluate(
        """() => [...document.querySelectorAll("xor-exercise button:not(.md-icon), textarea")]
            .filter(it => it.offsetWidth).map(it => {
                const style = getComputedStyle(it);
                return [it.textContent, style.color, style.backgroundColor];
            })"""
    )
    assert {"Run", "Check"} <= {name for name, *_ in pairs}
    assert [it for it in pairs if it[1] == it[2]] == []


def test_print_shows_the_readers_code_and_no_button(show):
    tab = show(cell("1 + 1"))
    field(tab).fill("2 + 3")
    run(tab, 1)
    tab.emulate_media(media="print")
    assert tab.locator(".xor-lines").inner_text() == "2 + 3"
    assert tab.locator(".xor-results").inner_text().strip() == "5"
    assert not tab.get_by_role("button", name="Run").is_visible()
    assert not field(tab).is_visible()


def test_print_shows_all_hints_and_the_solution(show):
    tab = show(STEP)
    solution = tab.locator("xor-exercise > .xd-solution")
    assert not solution.is_visible()
    tab.emulate_media(media="print")
    assert solution.is_visible()


def test_the_solution_can_be_put_into_the_cell_and_taken_back(show):
    tab = show(exercise("dW2 = ...", "assert dW2 == 5", "dW2 = 5"))
    tab.get_by_text("Solution").click()
    tab.get_by_role("button", name="Put it into the cell").click()
    assert field(tab).input_value() == "dW2 = 5"
    tab.keyboard.press("Control+z")
    assert field(tab).input_value() == "dW2 = ..."


@pytest.mark.audit(sample=1)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(show, scheme):
    tab = show(f"<h1>Cells</h1>{SETUP}{STEP}")
    tab.emulate_media(color_scheme=scheme)
    run(tab, 1)
    check(tab)
    field(tab, 1).fill("1 / 0")
    run(tab, 1)
    found = Axe().run(tab, context="article").response["violations"]
    assert [(it["id"], it["nodes"][0]["html"]) for it in found] == []


@pytest.mark.audit(sample=1)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_a_narrow_window(show, scheme):
    tab = show(SETUP + STEP + cell("x = " + "1 + " * 60 + "0\n'y' * 300"))
    tab.emulate_media(color_scheme=scheme)
    tab.set_viewport_size({"width": 320, "height": 700})
    run(tab, 3)
    assert tab.evaluate("document.documentElement.scrollWidth") == 320


def test_the_networks_own_code_trains_in_the_page(show):
    """The losses are the package's, to as many figures as sums in another order leave."""
    source = (
        "from xordocs import datasets\nfrom xordocs.nn import numpy_mlp\nx, y = datasets.xor()\n"
        "losses = numpy_mlp.train(numpy_mlp.initialize(seed=1), x, y)[1]\n"
        "print(losses[0], losses[-1])"
    )
    found = [float(it) for it in run(show(cell(source)), 1).split()]
    losses = numpy_mlp.train(numpy_mlp.initialize(seed=1), *datasets.xor())[1]
    assert found == pytest.approx([losses[0], losses[-1]], rel=1e-12)
