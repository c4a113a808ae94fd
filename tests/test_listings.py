import ast
from pathlib import Path

import pytest

from xordocs import listings, losses, numpy_mlp


def test_a_listing_is_the_text_of_the_file():
    file = Path(numpy_mlp.__file__).read_text("utf-8")
    shown = listings.source(numpy_mlp.forward)._repr_markdown_()
    title, _, code = shown.removesuffix("\n```").partition("\n")
    assert title == '```python title="xordocs/numpy_mlp.py"'
    assert code in file
    assert ast.parse(code).body[0].name == "forward"
    assert "a[-1] @ weights + bias" in code


def test_several_members_stand_in_the_order_asked_for():
    code = repr(listings.source(losses.mse_gradient, losses.mse))
    assert [node.name for node in ast.parse(code).body] == ["mse_gradient", "mse"]


def test_members_of_two_modules_are_refused():
    with pytest.raises(ValueError, match="members must come from one module, got 2"):
        listings.source(losses.mse, numpy_mlp.forward)
    with pytest.raises(ValueError, match="got 0"):
        listings.source()
