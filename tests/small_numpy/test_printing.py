"""Arrays as text, to the letter as NumPy prints them, in CPython and in MicroPython."""

import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_operations import EXAMPLES, arrays, check

TEXTS = "str(x), repr(x)"
ROUND = st.builds(round, st.floats(-1e5, 1e5), st.integers(0, 12))
SCALED = st.builds(lambda v, n: v * 10.0**n, st.floats(-1, 1), st.integers(-12, 12))
ODD = st.sampled_from([0.0, -0.0, float("nan"), float("inf"), -float("inf"), 5e-324, 1e16, 1e22])


@EXAMPLES
@given(x=arrays(floats=ROUND))
def test_rounded_numbers(small, x):
    check(small, TEXTS, x=x)


@EXAMPLES
@given(x=arrays(floats=ROUND | SCALED | ODD))
def test_numbers_of_all_sizes(small, x):
    check(small, TEXTS, x=x)


@EXAMPLES
@given(x=arrays(floats=st.floats()))
def test_any_float(small, x):
    check(small, TEXTS, x=x)


@EXAMPLES
@given(x=arrays(st.lists(st.integers(1, 30), min_size=1, max_size=2), floats=SCALED))
def test_long_rows(small, x):
    check(small, TEXTS, x=x)


@pytest.mark.parametrize(
    "code",
    ["np.arange(1001)", "np.arange(1000)", "np.arange(1002).reshape(2, 501)",
     "np.ones((501, 2))", "np.linspace(0, 1, 1200).reshape(1200, 1)", "np.array([])",
     "np.zeros((0, 3))", "np.zeros((2, 0))", "np.array(5.0)", "np.array(3)", "np.array(True)",
     "np.array([]) > 0", "np.array([10**8 + 0.5])", "np.array([0.0001, 1])",
     "np.array([0.00001, 1])", "np.array([1e-9])", "np.array([[1.5], [-20]])", "np.eye(2) > 0",
     "np.array([1, -100])", "np.array([np.nan, 1])", "np.array([-np.inf, 0.25])",
     "np.array([2.5e-8, 0.3])", "np.arange(6.0)[::2]", "np.arange(6).reshape(2, 3).T"],
)  # fmt: skip
def test_special_arrays(small, code):
    check(small, f"x = {code}; result = {TEXTS}")


@pytest.mark.parametrize(
    "options",
    ["precision=3", "precision=0", "suppress=True", "precision=2, suppress=True", "linewidth=30",
     "threshold=5", "threshold=5, edgeitems=1"],
)  # fmt: skip
@EXAMPLES
@given(x=arrays(floats=ROUND | SCALED | ODD))
def test_print_options(small, options, x):
    back = "np.set_printoptions(8, 1000, 3, 75, False)"
    check(small, f"np.set_printoptions({options}); result = {TEXTS}; {back}", x=x)


@given(st.floats(min_value=5e-324, allow_infinity=False))
def test_the_shortest_digits_are_pythons(x):
    from xordocs.small_numpy._core.decimals import scientific

    digits, exponent = scientific(x, 17)
    assert float(f"{digits}e{exponent}") == x
    assert digits.replace(".", "") == np.format_float_scientific(x).partition("e")[0].replace(
        ".", ""
    )


@pytest.mark.parametrize("mantissa", [2**52, 2**53 - 1, 2**52 + 1])
@pytest.mark.parametrize("exponent", [1, 2, 1023, 1024, 1075, 1076, 2000, 2046])
def test_the_shortest_digits_where_floats_change_their_distance(mantissa, exponent):
    from xordocs.small_numpy._core.decimals import shortest

    bits = (exponent << 52) | (mantissa & (2**52 - 1))
    x = struct.unpack("<d", struct.pack("<Q", bits))[0]
    digits, power = shortest(x)
    wanted = np.format_float_scientific(x, trim="-")
    assert f"{digits[0]}.{digits[1:]}".rstrip(".") == wanted.partition("e")[0]
    assert power == int(wanted.partition("e")[2])
