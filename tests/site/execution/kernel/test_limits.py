import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xordocs.site.execution.kernel import limits
from xordocs.site.execution.kernel.limits import OutputLimit, TextLimit, cut


@given(st.lists(st.text("ab\n", max_size=90)), st.integers(0, 3))
def test_text_is_shown_whole_or_with_beginning_end_and_what_was_cut(
    pieces: list[str], before: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "END_CHARACTERS", 20)
        limit = TextLimit(100)
        for _ in range(before):  # texts that have ended have no effect
            limit.add("x" * 150)
            limit.end()
        shown = "".join(map(limit.add, pieces)) + limit.end()
    text = "".join(pieces)
    if len(text) <= 100:
        assert shown == text
    else:
        count = f"{len(text) - 100:,}"
        assert shown == f"{text[:80]}\n[… {count} characters cut …]\n{text[-20:]}"


def test_text_that_comes_whole_is_cut_once() -> None:
    assert cut("x" * limits.MAX_CHARACTERS) == "x" * limits.MAX_CHARACTERS
    shown = cut("x" * (limits.MAX_CHARACTERS + 1234))
    assert re.findall(r"\[.*\]", shown) == ["[… 1,234 characters cut …]"]


def test_outputs_beyond_the_limit_are_counted() -> None:
    limit = OutputLimit()
    assert all(limit.add() for _ in range(limits.MAX_OUTPUTS))
    assert limit.end() == ""
    shown = [limit.add() for _ in range(limits.MAX_OUTPUTS + 3)]
    assert sum(shown) == limits.MAX_OUTPUTS
    assert limit.end() == "[… 3 outputs cut …]\n"
