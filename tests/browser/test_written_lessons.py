"""Lessons in which readers write: each exercise is solved in the page, after a mistake is named."""

import pytest
from lesson_exercises import EXERCISES, planted
from mistakes import MISTAKES

IN_PAGE = [place for place, one in EXERCISES.items() if one.runs_in_page]
PAGES = sorted({page for page, _ in IN_PAGE})
DONE = "exercise => exercise.classList.contains('xor-right')"


@pytest.mark.audit(sample=3)
@pytest.mark.browser
@pytest.mark.parametrize("lesson", PAGES)
def test_a_reader_solves_a_lesson_from_top_to_bottom(browser, address, lesson):
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    troubles = []
    tab.on("pageerror", lambda error: troubles.append(str(error)))
    tab.goto(f"{address}tutorials/{lesson}/")
    left = [place for place in IN_PAGE if place[0] == lesson]
    for cell in tab.locator("xor-code").element_handles():
        cell.scroll_into_view_if_needed()
        tab.wait_for_function("cell => cell.tools", arg=cell)
        exercise = cell.evaluate_handle("cell => cell.closest('xor-exercise')").as_element()
        if exercise is None:
            assert cell.evaluate("cell => cell.run()") is None
            continue
        one = EXERCISES[left[0]]
        old, new, words = MISTAKES[left.pop(0)][0]
        check = exercise.query_selector("button:text-is('Check')")
        cell.evaluate("(cell, text) => cell.write(text)", one.starter)
        for solution in (planted(one.solution, old, new), one.solution):
            code = f"{one.starter}\n{solution}"
            cell.evaluate("(cell, text) => cell.write(text)", code)
            check.click()
            if solution != one.solution:
                named = "([exercise, words]) => exercise.innerText.includes(words)"
                tab.wait_for_function(named, arg=[exercise, words])
                assert not exercise.evaluate(DONE)
        tab.wait_for_function(DONE, arg=exercise)
    assert left == []
    assert troubles == []
    tab.close()
