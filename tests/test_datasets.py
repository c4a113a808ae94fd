from hashlib import sha256

import numpy as np
import pytest

from xordocs import datasets


def test_xor_is_the_bitwise_operator():
    x, y = datasets.xor()
    assert x.shape == (4, 2)
    assert y.shape == (4, 1)
    assert len({tuple(row) for row in x}) == 4
    for (a, b), label in zip(x.astype(int), y.astype(int), strict=True):
        assert a ^ b == label


def test_the_moons_are_half_circles_that_noise_blurs():
    points, label = datasets.moons(4000, seed=3, noise=0)
    around = np.where(label == 0, points, -points) - np.array([-0.5, -0.25])
    np.testing.assert_allclose(np.hypot(*around.T), 1, rtol=1e-12)
    assert (around[:, 1] >= 0).all()
    assert set(np.unique(label)) == {0, 1}
    # four standard errors of a mean of 4000 fair coins
    assert abs(label.mean() - 0.5) < 4 * 0.5 / 4000**0.5
    # the same points, moved: 8000 numbers of a standard normal distribution
    moved = (datasets.moons(4000, 3, 0.25)[0] - points) / 0.25
    assert abs(moved.mean()) < 4 / 8000**0.5
    assert abs(moved.std() - 1) < 4 / 16000**0.5
    assert not (moved[:, 0] == moved[:, 1]).any()


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((0, 1), ValueError, "rows must be an integer from 1 to 10,000, got 0"),
        ((5, -1), ValueError, "seed must be an integer from 0 to 4,294,967,295, got -1"),
        ((5, 1, -0.1), ValueError, "noise must be from 0 to 10, got -0.1"),
        ((5, 1, "0"), TypeError, "noise must be a finite number, got '0'"),
    ],
)
def test_moons_refuse_what_is_out_of_range(arguments, error, message):
    with pytest.raises(error, match=message):
        datasets.moons(*arguments)


def test_the_digits_are_those_of_a_display():
    """Drawn by hand: the top, the upper row, the middle, the lower row, the bottom."""
    drawn = [
        " _     _  _     _  _  _  _  _ ",
        "| |  | _| _||_||_ |_   ||_||_|",
        "|_|  ||_  _|  | _||_|  ||_| _|",
    ]
    lamps, labels = datasets.digits()
    for digit in range(10):
        top, upper, lower = (row[3 * digit : 3 * digit + 3] for row in drawn)
        clockwise = [top[1], upper[2], lower[2], lower[1], lower[0], upper[0], upper[1]]
        assert lamps[digit].tolist() == [float(lamp != " ") for lamp in clockwise]
        assert labels[digit].tolist() == [float(column == digit) for column in range(10)]


def test_the_handwriting_is_that_of_scikit_learn():
    pixels, labels = datasets.handwriting()
    assert labels.sum(axis=1).tolist() == [1.0] * len(labels)
    numbers = np.column_stack([pixels, labels.argmax(axis=1)]).astype(int).tolist()
    text = "".join(",".join(map(str, row)) + "\n" for row in numbers)
    # of the file within digits.csv.gz, in the wheel of scikit-learn 1.9.1
    whole = "6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8"
    assert sha256(text.encode()).hexdigest() == whole
    # as the data set's own description counts them
    counts = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert labels.sum(axis=0).tolist() == counts


def test_the_penguins_are_those_that_were_measured():
    """As Gorman, Williams and Fraser (2014) count them: 152 Adelie, 68 chinstrap, 124 gentoo."""
    first, *lines = datasets.penguins().strip().split("\n")
    columns = first.split(",")
    assert columns[0] == "species"
    assert [name for name in columns if name.endswith(("mm", "_g"))] == columns[2:6]
    rows = [line.split(",") for line in lines]
    assert {len(row) for row in rows} == {8}
    counts = {
        name: sum(row[0] == name for row in rows) for name in ("Adelie", "Chinstrap", "Gentoo")
    }
    assert counts == {"Adelie": 152, "Chinstrap": 68, "Gentoo": 124}
    # of the file in the wheel of palmerpenguins 0.1.6
    whole = "f204db2c753b0937caac3cb35258562c14f073e4bbc76be24b4c51ce22767a93"
    assert sha256(datasets.penguins().encode()).hexdigest() == whole


def test_grid_runs_along_x1_first():
    np.testing.assert_array_equal(
        datasets.grid(2, low=-1, high=3), [[-1, -1], [3, -1], [-1, 3], [3, 3]]
    )


@pytest.mark.parametrize(
    ("low", "high", "error", "message"),
    [
        (1, 0, ValueError, "low must be below high, got low=1.0, high=0.0"),
        (0, 0, ValueError, "low must be below high"),
        (np.nan, 1, ValueError, "low must be a finite number, got nan"),
        (0, np.inf, ValueError, "high must be a finite number, got inf"),
        ("0", 1, TypeError, "low must be a finite number, got '0'"),
        (-1e308, 1e308, ValueError, "low and high must be 3 different numbers apart"),
        (0, 5e-324, ValueError, "low and high must be 3 different numbers apart"),
        (1e16, 1e16 + 2, ValueError, "low and high must be 3 different numbers apart"),
    ],
)
def test_grid_refuses_an_empty_square(low, high, error, message):
    with pytest.raises(error, match=message):
        datasets.grid(3, low, high)
