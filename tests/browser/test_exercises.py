"""Exercises where no script runs: folded on screens of any theme, and open on paper."""

from pathlib import Path

import pytest
from serving import serve
from small_site import build

PAGE = """# %% [markdown]
# # Doubling

# %%
x = 21

# %% tags=["exercise"]
y = ...

# %% tags=["check"]
assert y == 42, "expected 42"

# %% [markdown] tags=["hint"]
# Think twice.

# %% tags=["solution"]
y = 42
print("solved")
"""
FOLDED = [".xd-check code", ".xd-hint p", ".xd-solution code", ".xd-solution .xd-output code"]
VISIBLE = "texts => texts.map(text => document.querySelector(text).checkVisibility())"


@pytest.mark.audit(sample=1)
@pytest.mark.browser
@pytest.mark.build
@pytest.mark.parametrize("theme", ["material", "mkdocs", "readthedocs"])
def test_what_is_folded_on_a_screen_is_open_on_paper(browser, tmp_path: Path, theme: str):
    status, said = build(tmp_path, {"page.py": PAGE}, theme=f"{{name: {theme}}}")
    assert status == 0, said
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    def shown():
        return page.evaluate(VISIBLE, FOLDED)

    with serve(tmp_path / "site") as address:
        page.goto(f"{address}page/")
        assert page.get_by_role("group", name="Exercise: Doubling").is_visible()
        code, exercise = (page.locator(it).bounding_box() for it in ("xor-code", "xor-exercise"))
        assert 0.8 * exercise["width"] < code["width"] < exercise["width"], "both are blocks"
        assert shown() == [False] * 4
        page.get_by_text("Hint", exact=True).click()
        assert shown() == [False, True, False, False]
        page.emulate_media(media="print")
        assert shown() == [True] * 4
    context.close()
