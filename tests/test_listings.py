import ast
from pathlib import Path

import pytest

from xordocs import listings
from xordocs.nn import losses, numpy_mlp
from xordocs.plots import curves


def test_a_listing_is_the_text_of_the_file():
    file = Path(numpy_mlp.__file__).read_text("utf-8")
    shown = listings.source(numpy_mlp.forward)._repr_markdown_()
    title, _, code = shown.removesuffix("\n```").partition("\n")
    assert title == '```python title="xordocs/nn/numpy_mlp.py"'
    (function,) = ast.parse(code).body
    (original,) = [node for node in ast.parse(file).body if getattr(node, "name", "") == "forward"]
    assert function.name == "forward"
    assert ast.get_docstring(function) == ast.get_docstring(original).splitlines()[0]
    assert ast.unparse(function.body[1:]) == ast.unparse(original.body[1:])
    assert all(line in file for line in code.splitlines() if '"""' not in line)
    assert "a[-1] @ weights + bias" in code


def test_several_members_stand_in_the_order_asked_for():
    code = repr(listings.source(losses.mse_gradient, losses.mse))
    assert [node.name for node in ast.parse(code).body] == ["mse_gradient", "mse"]


def test_members_of_two_modules_are_refused():
    with pytest.raises(ValueError, match="members must come from one module, got 2"):
        listings.source(losses.mse, numpy_mlp.forward)
    with pytest.raises(ValueError, match="got 0"):
        listings.source()


def test_a_method_stands_at_the_margin():
    assert repr(listings.source(losses.Loss.value)).startswith("def value(\n    self, z: ")


def test_the_title_is_the_path_from_the_package_on():
    assert listings.source(curves.loss).title == "xordocs/plots/curves.py"


@pytest.mark.parametrize("member", [len, int, 5])
def test_what_has_no_source_is_refused(member):
    with pytest.raises(TypeError, match="members must have Python source, got"):
        listings.source(member)
