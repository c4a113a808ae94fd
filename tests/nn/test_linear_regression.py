import numpy as np
import pytest

from xordocs import datasets
from xordocs.nn import linear_regression, losses


def test_the_best_line_for_xor_is_flat_at_one_half():
    # by hand: the normal equations give w = 0 and b = 1/2, so J = 1/4 (Deep Learning, §6.1)
    x, y = datasets.xor()
    line = linear_regression.fit(x, y)
    np.testing.assert_allclose(line.weights, [[0], [0]], atol=1e-15)
    np.testing.assert_allclose(line.bias, [[0.5]], rtol=1e-15)
    assert losses.mse(linear_regression.predict(line, x), y) == pytest.approx(0.25, rel=1e-15)


def test_a_line_is_found_where_there_is_one():
    x = datasets.grid(4)
    y = x @ [[0.25], [0.5]] + 0.125
    line = linear_regression.fit(x, y)
    np.testing.assert_allclose(line.weights, [[0.25], [0.5]], rtol=1e-12)
    np.testing.assert_allclose(line.bias, [[0.125]], rtol=1e-12)
    np.testing.assert_allclose(linear_regression.predict(line, x), y, rtol=1e-12)


def test_of_equally_good_lines_the_shortest_is_taken():
    # w1 + w2 = 1/2 and b = 1/4 for all of them; the shortest has w1 = w2
    x = np.array([[0.0, 0.0], [1.0, 1.0]])
    line = linear_regression.fit(x, np.array([[0.25], [0.75]]))
    np.testing.assert_allclose(np.vstack(line), [[0.25], [0.25], [0.25]], rtol=1e-12)
