"""Operation by operation against NumPy, in CPython and in MicroPython.

Results are compared bit for bit. Where they are not, the tolerance counts the floats between the
two numbers: NumPy's own `exp` and others are within 4 of the truth (SVML), and those of a C library
within 1; matrix products round in another order.
"""

import struct
import warnings

import evaluating
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

LIBRARY_ULPS = 5
"""Between NumPy's elementary functions and a C library's."""

EXAMPLES = settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)

FINITE = st.floats(-1e6, 1e6) | st.floats(allow_infinity=False, allow_nan=False, width=32)
ANY = FINITE | st.floats()
MODEST = st.floats(-30, 30)
INTS = st.integers(-1000, 1000)
LENGTHS = st.integers(1, 6)
SHAPES = st.lists(LENGTHS, min_size=1, max_size=2)


def encoded(kind, shape, numbers):
    values = [evaluating.bits_of(v) for v in numbers] if kind == "float64" else list(numbers)
    return ["array", kind, list(shape), values]


@st.composite
def arrays(draw, shapes=SHAPES, kinds=("float64", "int64", "bool"), floats=ANY, ints=INTS):
    shape = draw(shapes)
    kind = draw(st.sampled_from(kinds))
    numbers = {"float64": floats, "int64": ints, "bool": st.booleans()}[kind]
    size = int(np.prod(shape))
    return encoded(kind, shape, draw(st.lists(numbers, min_size=size, max_size=size)))


@st.composite
def scalars(draw, floats=ANY):
    return draw(
        st.one_of(
            floats.map(lambda v: ["float64", evaluating.bits_of(v)]),
            INTS.map(lambda v: ["int64", v]),
        )
    )


@st.composite
def pairs(draw, floats=ANY, ints=INTS, kinds=("float64", "int64", "bool")):
    """Two arrays whose shapes stretch to one, or an array and a number."""
    shape = draw(SHAPES)

    def shrunk():
        lengths = [draw(st.sampled_from([n, n, 1])) for n in shape]
        return lengths if draw(st.booleans()) else lengths[-1:]

    x = draw(arrays(st.just(shrunk()), kinds, floats, ints))
    y = draw(arrays(st.just(shrunk()), kinds, floats, ints) | scalars(floats))
    return (x, y) if draw(st.booleans()) else (y, x)


def ordered(bits):
    """A float's place among all floats."""
    whole = struct.unpack("<q", bytes.fromhex(bits))[0]
    return whole if whole >= 0 else -(2**63) - whole


def is_near(got, wanted, ulps):
    if "nan" in (got, wanted) or ulps == 0:
        return got == wanted
    return abs(ordered(got) - ordered(wanted)) <= ulps


def assert_same(got, wanted, ulps=0):
    if wanted[0] == "items":
        assert len(got[1]) == len(wanted[1])
        for each, other in zip(got[1], wanted[1], strict=True):
            assert_same(each, other, ulps)
        return
    assert got[:-1] == wanted[:-1], (got, wanted)
    if wanted[0] == "float64":
        assert is_near(got[1], wanted[1], ulps), values(got, wanted)
    elif wanted[:2] == ["array", "float64"]:
        assert len(got[3]) == len(wanted[3])
        wrong = [i for i, w in enumerate(wanted[3]) if not is_near(got[3][i], w, ulps)]
        assert not wrong, (wrong, values(got, wanted))
    else:
        assert got == wanted


def values(*encoded):
    return [evaluating.decode(np, each) for each in encoded]


def numpys(code, arguments):
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        return evaluating.evaluate(np, code, arguments)


def check(small, code, ulps=0, **arguments):
    assert_same(small.evaluate(code, arguments), numpys(code, arguments), ulps)


@pytest.mark.parametrize("operator", ["+", "-", "*", "/", "<", "<=", ">", ">=", "==", "!="])
@EXAMPLES
@given(xy=pairs())
def test_operators_of_two(small, operator, xy):
    """MicroPython asks only the left operand of ``<``, so an array stands there."""
    x, y = xy
    if operator[0] in "<>" and x[0] != "array":
        x, y = y, x
    check(small, f"x {operator} y", x=x, y=y)


@pytest.mark.parametrize("operator", ["//", "%"])
@EXAMPLES
@given(xy=pairs(floats=FINITE, kinds=("float64", "int64")))
def test_whole_quotients_and_remainders(small, operator, xy):
    check(small, f"x {operator} y", x=xy[0], y=xy[1])


@pytest.mark.parametrize("operator", ["&", "|", "^"])
@EXAMPLES
@given(xy=pairs(kinds=("int64", "bool")).filter(lambda xy: all("float64" not in it for it in xy)))
def test_bits(small, operator, xy):
    check(small, f"x {operator} y", x=xy[0], y=xy[1])


@pytest.mark.parametrize("exponent", ["2", "2.0", "3", "0", "1", "0.5", "-1.0", "1.5"])
@EXAMPLES
@given(x=arrays(kinds=("float64", "int64"), ints=st.integers(-50, 50)))
def test_powers(small, exponent, x):
    """Squares are products, bit for bit; others come from a C library's pow."""
    check(small, f"x ** {exponent}", 0 if exponent[0] == "2" else LIBRARY_ULPS, x=x)


@EXAMPLES
@given(xy=pairs(floats=st.floats(-20, 20), kinds=("float64",)))
def test_powers_of_arrays(small, xy):
    check(small, "np.power(x, y)", LIBRARY_ULPS, x=xy[0], y=xy[1])


@pytest.mark.parametrize("function", ["maximum", "minimum"])
@EXAMPLES
@given(xy=pairs(floats=ANY.map(lambda v: v + 0.0)))
def test_larger_and_smaller(small, function, xy):
    """Of 0 and -0, which are equal, NumPy takes either; here they are one."""
    check(small, f"np.{function}(x, y)", x=xy[0], y=xy[1])


FUNCTIONS = ["exp", "log", "log2", "log10", "log1p", "sin", "cos", "tanh", "sinh", "cosh"]


@pytest.mark.parametrize("function", FUNCTIONS)
@EXAMPLES
@given(x=arrays(kinds=("float64", "int64"), floats=ANY | MODEST))
def test_elementary_functions(small, function, x):
    check(small, f"np.{function}(x)", LIBRARY_ULPS, x=x)


EXACT = ["sqrt", "square", "abs", "sign", "isfinite", "isnan", "isinf", "logical_not"]


@pytest.mark.parametrize("function", EXACT)
@EXAMPLES
@given(x=arrays())
def test_exact_functions(small, function, x):
    if x[1] == "bool" and function in ("sqrt", "sign", "square"):
        return  # float16, int8 or no loop for booleans in NumPy
    check(small, f"np.{function}(x)", x=x)


@pytest.mark.parametrize("code", ["-x", "+x", "~x", "abs(x)"])
@EXAMPLES
@given(x=arrays(kinds=("float64", "int64")))
def test_signs(small, code, x):
    if code == "~x" and x[1] == "float64":
        return
    check(small, code, x=x)


@pytest.mark.parametrize("function", ["floor", "ceil"])
@EXAMPLES
@given(x=arrays(kinds=("float64",)))
def test_whole_numbers_below_and_above(small, function, x):
    check(small, f"np.{function}(x)", x=x)


@pytest.mark.parametrize("decimals", [0, 1, 3, 8, -1, -3])
@EXAMPLES
@given(x=arrays(kinds=("float64",), floats=FINITE | st.integers(-99, 99).map(lambda n: n / 2)))
def test_rounding(small, decimals, x):
    check(small, f"np.round(x, {decimals})", x=x)
    check(small, f"x.round({decimals})", x=x)


AXES = ["", "axis=0", "axis=-1", "axis=0, keepdims=True", "axis=-1, keepdims=True", "keepdims=True"]
LONG = st.lists(st.integers(1, 40), min_size=1, max_size=2)


@pytest.mark.parametrize("axis", AXES)
@pytest.mark.parametrize("function", ["sum", "mean", "max", "min"])
@EXAMPLES
@given(x=arrays(LONG, floats=ANY.map(lambda v: v + 0.0)))
def test_along_axes(small, function, axis, x):
    """Without -0, which NumPy adds up to 0 or to -0."""
    check(small, f"x.{function}({axis})", x=x)


@pytest.mark.parametrize("function", ["argmax", "argmin", "any", "all", "prod"])
@pytest.mark.parametrize("axis", AXES[:4])
@EXAMPLES
@given(
    x=arrays(floats=st.sampled_from([0.0, 1.0, -2.5, 3.0, float("nan")]), ints=st.integers(-2, 2))
)
def test_places_and_conditions_along_axes(small, function, axis, x):
    check(small, f"x.{function}({axis})", x=x)


@pytest.mark.parametrize("function", ["var", "std"])
@pytest.mark.parametrize("axis", AXES[:4])
@EXAMPLES
@given(x=arrays(LONG, kinds=("float64",), floats=st.floats(-1000, 1000)))
def test_spread_along_axes(small, function, axis, x):
    check(small, f"x.{function}({axis})", x=x)


@EXAMPLES
@given(x=arrays(st.tuples(st.integers(1, 3000)), kinds=("float64",), floats=st.just(0.1) | MODEST))
def test_long_sums_round_as_numpys(small, x):
    check(small, "x.sum(), x.mean(), (x * x).sum()", x=x)


@EXAMPLES
@given(x=arrays(LONG, kinds=("float64",), floats=MODEST))
def test_sums_of_a_transposed_array_round_as_numpys(small, x):
    check(small, "x.T.sum(), x.T.sum(axis=0), x.T.sum(axis=-1)", x=x)


@pytest.mark.parametrize("count", [1, 2, 9, 130])
def test_negative_zeros_add_up_to_zero(small, count):
    check(small, f"np.full({count}, -0.0).sum(), np.full({count}, -0.0).mean()")
    check(
        small, f"np.full(({count}, 2), -0.0).sum(axis=0), np.full((2, {count}), -0.0).sum(axis=1)"
    )


def test_nothing_added_up(small):
    for code in ("sum()", "prod()", "any()", "all()", "mean()"):
        check(small, f"np.array([]).{code}")
    for code in ("sum(axis=0)", "sum(axis=1)", "sum()", "max(axis=1)", "argmax()", "max()"):
        check(small, f"np.zeros((0, 3)).{code}")


@st.composite
def factors(draw, kinds, floats=MODEST):
    n, k, m = draw(LENGTHS), draw(LENGTHS), draw(LENGTHS)
    left = draw(st.sampled_from([[n, k], [k]]))
    right = draw(st.sampled_from([[k, m], [k]]))
    return draw(arrays(st.just(left), kinds, floats)), draw(arrays(st.just(right), kinds, floats))


@EXAMPLES
@given(xy=factors(("int64", "bool")))
def test_matrix_products_of_whole_numbers(small, xy):
    check(small, "x @ y", x=xy[0], y=xy[1])
    check(small, "np.dot(x, y)", x=xy[0], y=xy[1])


@EXAMPLES
@given(xy=factors(("float64",)))
def test_matrix_products(small, xy):
    """NumPy's sums may be fused or in another order: each term rounds by 2**-53 of its size."""
    x, y = values(*xy)
    wanted = np.asarray(x @ y)
    result = small.evaluate("x @ y", {"x": xy[0], "y": xy[1]})
    assert result[:-1] == numpys("x @ y", {"x": xy[0], "y": xy[1]})[:-1]
    got = np.asarray(values(result)[0])
    bound = 2 * len(y) * 2.0**-53 * np.asarray(np.abs(x) @ np.abs(y)) + 1e-300
    assert (np.abs(got - wanted) <= bound).all()


@EXAMPLES
@given(x=arrays(kinds=("int64", "float64")), y=arrays(kinds=("int64", "float64")))
def test_shapes_that_do_not_fit_are_told_in_numpys_words(small, x, y):
    for code in ("x + y", "x > y"):
        if numpys(code, {"x": x, "y": y})[0] == "error":
            check(small, code, x=x, y=y)
    if numpys("x @ y", {"x": x, "y": y})[0] == "error":
        check(small, "x @ y", x=x, y=y)


@EXAMPLES
@given(xy=pairs(), z=st.booleans())
def test_choices(small, xy, z):
    check(small, "np.where(x > 0, x, y)" if xy[0][0] == "array" else "np.where(y > 0, x, y)",
          x=xy[0], y=xy[1])  # fmt: skip


@pytest.mark.parametrize(
    "code",
    ["np.where(x)", "np.nonzero(x)", "np.flatnonzero(x)", "x.T", "x.ravel()", "x.flatten()",
     "x.reshape(-1)", "x.reshape(-1, 1)", "x.T.reshape(1, -1)", "x.copy()", "x.tolist()",
     "x.astype(bool)", "x.shape, x.ndim, x.size, len(x)", "np.zeros_like(x)", "np.ones_like(x)",
     "np.concatenate([x, x])", "np.vstack([x, x])", "np.hstack([x, x])",
     "np.column_stack([x, x])", "np.outer(x, x) if x.dtype != bool else 0", "list(x)",
     "np.array([list(row) for row in x]) if x.ndim == 2 else np.array(list(x))", "x.cumsum()",
     "np.array_equal(x, x.copy())", "np.transpose(x)", "np.full_like(x, 1)", "x.item()"],
)  # fmt: skip
@EXAMPLES
@given(x=arrays(floats=FINITE))
def test_other_shapes(small, code, x):
    check(small, code, x=x)


@EXAMPLES
@given(x=arrays(kinds=("float64",), floats=st.floats(-1e15, 1e15)))
def test_floats_as_ints(small, x):
    check(small, "x.astype(int)", x=x)


@EXAMPLES
@given(
    x=arrays(st.tuples(LENGTHS), kinds=("float64", "int64"), floats=FINITE.map(lambda v: v + 0.0))
)
def test_sorting(small, x):
    check(small, "np.sort(x)", x=x)
    check(small, "np.diff(x)", x=x)
    check(small, "np.sort(x)[::-1]", x=x)


@EXAMPLES
@given(xy=pairs(kinds=("float64",), floats=ANY | st.sampled_from([1.0, 1.0 + 1e-6, 1.0 + 1e-9])))
def test_closeness(small, xy):
    check(small, "np.isclose(x, y), np.allclose(x, y), np.allclose(x, x)", x=xy[0], y=xy[1])


@pytest.mark.parametrize(
    "code",
    ["np.arange(5)", "np.arange(2, 9, 3)", "np.arange(9, 2, -2)", "np.arange(0, 1, 0.1)",
     "np.arange(0.5, 3)", "np.arange(3.0)", "np.linspace(0, 1, 11)", "np.linspace(-2, 3)",
     "np.linspace(1, 1, 1)", "np.zeros(3)", "np.zeros((2, 3))", "np.ones((2, 1), dtype=int)",
     "np.full((2, 2), 7)", "np.full(3, 0.5)", "np.eye(3)", "np.array([1, 2.5, True])",
     "np.array([[1, 2], [3, 4]])", "np.array([])", "np.array([[], []])", "np.array([True, False])",
     "np.array([True, 2])", "np.array((1, 2)), np.array(range(3))", "np.array([1, 2], dtype=float)",
     "np.array([[1, 2], [3]])", "np.meshgrid(np.arange(3), np.linspace(0, 1, 2))",
     "np.asarray([1, 2]), np.asarray(np.ones(2), dtype=int)", "np.zeros((2, 0))",
     "np.clip(np.arange(9), 2, 5), np.clip([0.5, 9.5], None, 2)", "np.array(5.0) + 1",
     "np.array([[1, 2], [3, 4]]).reshape(3)",
     "np.arange(6).reshape(2, -1), np.ones(4).reshape((2, 2))",
     "np.exp(1), np.sqrt(-1), np.log(0), np.abs(-3), np.maximum(2, 3)", "np.array([1, 0]) / 0",
     "np.array([1., -1., 0.]) / 0", "5 // np.array([2, 0]), 5 % np.array([3, 0])",
     "np.array([2]) ** -1", "2 ** np.array([1, 2, 3]), 2.0 ** np.array([0.5, -1])",
     "np.array([True]) - np.array([True])", "-np.array([True])", "~np.array([1.0])",
     "np.array([True, False]) + np.array([True, True])", "np.array([True, False]) * 2",
     "np.sum([[1, 2], [3, 4]], axis=1), np.mean([1, 2, 4]), np.max([3, 1]), np.argmax([1, 3, 3])",
     "np.array([1, 2]).sum(axis=1)", "np.array([1, 2]) == None", "bool(np.array([1]))",
     "bool(np.array([1, 2]))", "bool(np.array([]))", "2 in np.array([1, 2])", "{np.ones(1): 1}",
     "np.array([1, 2]) & np.array([1.0, 2.0])", "np.concatenate([])", "np.finfo(float).eps",
     "np.pi, np.e, np.inf, np.nan, np.newaxis", "str(np.ones(1).dtype), np.arange(2).dtype.name",
     "np.ones(2).dtype == float, np.ones(2).dtype == np.float64, np.arange(2).dtype == 'int64'",
     "[1, 2] + np.array([3, 4])", "(np.array([1, 2]) * [3, 4]).tolist()",
     "list(np.ndindex(3))", "list(np.ndindex(2, 3))"],
)  # fmt: skip
def test_making_and_special_cases(small, code):
    check(small, code)
