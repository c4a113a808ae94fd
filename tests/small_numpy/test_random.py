"""Random numbers, bit for bit those of NumPy's legacy generator.

Normal numbers are computed by the C library's logarithm, so each interpreter is held to a NumPy
with the same one: see NumPyOfPlainSteps.
"""

import numpy as np
import pytest
from evaluating import encode
from hypothesis import given, settings
from hypothesis import strategies as st
from test_operations import EXAMPLES, assert_same, check, numpys

SEEDS = st.integers(0, 2**32 - 1)


@pytest.fixture(scope="session")
def check_drawn(small, request):
    """Compare what code draws in either interpreter with what it draws in NumPy."""
    if small.name == "CPython":
        return lambda code: check(small, code)
    plain = request.getfixturevalue("plain_steps")
    return lambda code: assert_same(small.evaluate(code, {}), plain.evaluate(code, {}))


@settings(EXAMPLES, max_examples=10)
@given(seed=SEEDS)
def test_normal_numbers(check_drawn, seed):
    check_drawn(f"np.random.seed({seed}); result = np.random.randn(2, 10), np.random.randn()")
    check_drawn(f"result = np.random.RandomState({seed}).randn(3, 3)")


def test_fifty_thousand_normal_numbers(check_drawn):
    check_drawn("np.random.RandomState(7).randn(50000)")


def test_numpys_own_differ_between_processors(plain_steps):
    """Where the processor multiplies and adds in one step; elsewhere there is no difference."""
    code = "np.random.RandomState(7).randn(50000)"
    plain, here = plain_steps.evaluate(code, {}), numpys(code, {})
    assert_same(plain, here, 2)  # another last bit of the logarithm, times a root
    assert sum(a != b for a, b in zip(plain[3], here[3], strict=True)) < 10


def test_uniform_numbers_need_no_library(small):
    check(small, "np.random.RandomState(7).rand(10000)")


DRAWN = [
    "r.rand(3, 2), r.rand()", "r.random_sample(4)", "r.random((2, 2))", "r.uniform(-1, 1, (2, 3))",
    "r.uniform(size=3)", "r.normal(2, 0.5, size=5)", "r.standard_normal((2, 2))", "r.randint(10)",
    "r.randint(0, 2, size=(4, 2))", "r.randint(5, 1000, 20)", "r.randint(0, 2**32, 3)",
    "r.permutation(10)", "r.permutation(np.arange(6).reshape(3, 2))",
    "r.permutation([5, 6, 7])",
    "r.choice(5, 8)", "r.choice(5, 3, replace=False)",
    "r.choice([2.5, 3.5], (2, 2))", "r.choice(4)",
    "r.randn(3), r.rand(2), r.randn(2), r.randint(7, size=3), r.randn()", "r.randn(400).sum()",
    "r.rand(700)[-1]", "r.randint(3, 3)", "r.choice(2, 3, replace=False)",
]  # fmt: skip


@pytest.mark.parametrize("code", DRAWN)
@settings(EXAMPLES, max_examples=5)
@given(seed=SEEDS)
def test_other_draws(check_drawn, code, seed):
    check_drawn(f"r = np.random.RandomState({seed}); result = {code}")


@settings(EXAMPLES, max_examples=5)
@given(seed=SEEDS)
def test_shuffling(small, seed):
    code = "r.shuffle(x); r.shuffle(y); r.shuffle(z); result = x, y, z"
    made = "x = list(range(9)); y = np.arange(9); z = np.arange(8).reshape(4, 2)"
    check(small, f"r = np.random.RandomState({seed}); {made}; {code}")


@pytest.mark.parametrize("seed", [-1, 2**32])
def test_a_seed_out_of_range_is_refused(small, seed):
    check(small, f"np.random.seed({seed})")


def test_the_generator_starts_as_published(small):
    """The first words of MT19937 for seed 5489, Matsumoto and Nishimura's own: 3499211612."""
    word = 3499211612
    code = "result = np.random.RandomState(5489).randint(0, 2**32, 1)"
    assert_same(small.evaluate(code, {}), encode(np.array([word])))
    assert numpys(code, {}) == encode(np.array([word]))
