"""What the small NumPy has not is named, and where it is to be had."""

import numpy as np
import pytest
from micropython import MicroPythonError

POINTER = "; download the notebook to use all of NumPy"


@pytest.mark.parametrize(
    ("code", "missing"),
    [
        ("np.einsum", "einsum"),
        ("np.linalg.norm([1])", "linalg"),
        ("np.float32", "float32"),
        ("np.random.default_rng(1)", "random.default_rng"),
        ("np.random.RandomState(1).binomial(5, 0.5)", "random.binomial"),
        ("np.ones(2).swapaxes(0, 1)", "ndarray.swapaxes"),
        ("np.zeros((2, 2, 2))", "arrays of more than two dimensions"),
        ("np.array([[[1]]])", "arrays of more than two dimensions"),
        ("np.ones((2, 2))[:, :, None]", "arrays of more than two dimensions"),
        ("np.array(['a'])", "arrays of str"),
        ("np.array(1j)", "arrays of complex"),
        ("np.ones(2).astype('float32')", "dtype float32"),
        ("np.errstate(over='raise')", "errstate(over='raise')"),
    ],
)
def test_an_error_names_it_and_points_to_the_notebook(small, code, missing):
    kind, _, said = small.evaluate(code, {})
    assert kind == "error"
    assert said == f"this page's small NumPy has no {missing}{POINTER}"


def test_names_can_be_looked_for(small):
    code = "result = hasattr(np, 'einsum'), hasattr(np, 'exp'), hasattr(np.ones(1), 'trace')"
    assert small.evaluate(code, {}) == ["items", [["bool", False], ["bool", True], ["bool", False]]]


@pytest.mark.parametrize(
    "code", ["np.maximum(0, ...)", "np.ones((2, 2)) @ ...", "np.array([..., 1])"]
)
def test_dots_are_a_line_that_is_not_written_yet(small, code):
    kind, _, said = small.evaluate(code, {})
    assert (kind, "stands for a line that is not written yet" in said) == ("error", True)


@pytest.mark.parametrize("code", ["max(0, z)", "min(z, z)", "max(z)"])
def test_pythons_own_max_refuses_arrays_in_a_page_too(micropython, code):
    setup = "import numpy as np\nz = np.ones((2, 2))\n"
    with pytest.raises(ValueError, match="truth value of an array"):
        exec(setup + code, {})
    with pytest.raises(MicroPythonError, match="truth value of an array"):
        micropython.run(setup + code)
    assert micropython.run("print(max(2, 3), min([4, 1]), max([1], [2]))") == "3 1 [2]"


@pytest.mark.parametrize("name", ["zeros", "ones", "empty"])
@pytest.mark.parametrize("second", ["5", "0"])
def test_a_shape_in_two_arguments_is_said_to_be_a_pair(small, name, second):
    """NumPy's words, and what they mean."""
    with pytest.raises(TypeError, match=f"^Cannot interpret '{second}' as a data type$"):
        eval(f"np.{name}(1, {second})", {"np": np})
    kind, _, said = small.evaluate(f"np.{name}(1, {second})", {})
    assert kind == "error"
    assert said == (
        f"Cannot interpret '{second}' as a data type. A shape of two numbers is a pair, in "
        f"parentheses of its own: np.{name}((1, {second}))"
    )


@pytest.mark.parametrize(
    "code", ["np.full(2, 3, 4)", "np.zeros((1, 2), 4)", "np.ones(2).astype(4)"]
)
def test_a_number_is_no_dtype_in_numpys_words(small, code):
    with pytest.raises(TypeError, match="Cannot interpret '4' as a data type"):
        eval(code, {"np": np})
    assert small.evaluate(code, {})[::2] == ["error", "Cannot interpret '4' as a data type"]


def test_an_ordered_dictionary_keeps_its_order_in_a_page(micropython):
    code = (
        "from collections import OrderedDict\nmade = OrderedDict([('plain', 1), ('momentum', 2)])\n"
    )
    assert micropython.run(f"{code}print(list(made), isinstance(made, dict))") == (
        "['plain', 'momentum'] True"
    )
