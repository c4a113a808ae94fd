"""The plots of ideas: an error, a bend, a slope, a landscape, slopes that multiply."""

import re

import numpy as np
import pytest

from xordocs import datasets, plots
from xordocs.plots import style

X, Y = datasets.xor()
LATTICE = datasets.grid(10)
BOWL = (LATTICE[:, 0] - 0.25) ** 2 + LATTICE[:, 1] ** 2


def test_a_stick_reaches_from_the_label_to_the_sheet():
    # by hand: guesses 0, 1/4, 1/2 and 3/4
    figure = plots.sticks(X, Y, X @ [[0.5], [0.25]])
    [axes] = figure.axes
    drawn = [np.array(line.get_data_3d()) for line in axes.lines]
    solid = [line for line in drawn if line.shape == (3, 2) and line[2].max() > line[2].min()]
    for (a, b), label, guess in zip(X, Y[:, 0], [0, 0.25, 0.5, 0.75], strict=True):
        if label == guess:
            continue
        ends = [[a, a], [b, b], [label, guess]]
        assert any(np.allclose(line, ends) for line in solid)
    assert "At (1, 1) the label is 0 and the guess 0.75: an error of 0.75." in figure.description
    corners = [np.array(patch).round(9) for patch in axes.collections[0]._faces]
    heights = np.concatenate(corners)
    np.testing.assert_allclose(heights @ [0.5, 0.25, -1], 0, atol=1e-9)


def test_a_display_shows_its_lamps_and_the_share_of_each_digit():
    lamps, labels = datasets.digits()
    shares = 0.75 * labels[7] + 0.25 * labels[1]
    figure = plots.displays("Seven", {"whole": (lamps[7], shares), "dark": (0 * lamps[7], shares)})
    whole, bars, dark, _ = figure.axes
    lit = [line for line in whole.lines if line.get_color() == style.VERMILLION]
    # a 7 has the top lamp and the two at the right
    ends = {tuple(map(tuple, np.asarray(line.get_xydata()).round().tolist())) for line in lit}
    assert ends == {((0, 2), (1, 2)), ((1, 2), (1, 1)), ((1, 1), (1, 0))}
    assert len(whole.lines) == len(dark.lines) == 7
    assert not [line for line in dark.lines if line.get_color() == style.VERMILLION]
    assert [bar.get_height() for bar in bars.patches] == shares.tolist()
    assert figure.description.startswith("whole: lamps 0, 1, 2 are lit; 75% for 7, 25% for 1.")
    assert "dark: no lamp is lit" in figure.description


def test_each_lamp_carries_its_number_and_the_row_stands_below():
    lamps = datasets.digits()[0]
    figure = plots.numbered_lamps("Two digits", {"a 2": lamps[2], "a 4": lamps[4]})
    # by hand: the top is 0, and 1 to 5 go clockwise; 6 is in the middle
    middles = [(0.5, 2), (1, 1.5), (1, 0.5), (0.5, 0), (0, 0.5), (0, 1.5), (0.5, 1)]
    for axes, row in zip(figure.axes, [(1, 1, 0, 1, 1, 0, 1), (0, 1, 1, 0, 0, 1, 1)], strict=True):
        *numbers, below = axes.texts
        assert [text.get_text() for text in numbers] == list("0123456")
        np.testing.assert_allclose([text.get_position() for text in numbers], middles)
        assert below.get_text() == f"{row}"
        lit = sorted(
            tuple(line.get_xydata().mean(axis=0).round(9).tolist())
            for line in axes.lines
            if line.get_color() == style.VERMILLION
        )
        assert lit == sorted(middles[lamp] for lamp in range(7) if row[lamp])
    assert figure.description.endswith(
        "a 4: lamps 1, 2, 5, 6 are lit; as a row, (0, 1, 1, 0, 0, 1, 1)."
    )


def test_functions_are_drawn_where_they_are_and_points_with_their_class():
    z = np.linspace(-1, 1, 5)
    figure = plots.functions("Bend", z, {"bend": abs(z)}, "sum", X[:, :2], Y)
    curves = [line for line in figure.axes[0].lines if line.get_label() == "bend"]
    np.testing.assert_array_equal(curves[0].get_xydata(), np.column_stack([z, abs(z)]))
    marked = {line.get_marker(): line.get_xydata() for line in figure.axes[0].lines}
    np.testing.assert_array_equal(marked["o"], X[[0, 3]])
    np.testing.assert_array_equal(marked["s"], X[[1, 2]])
    assert figure.description == "bend is 1 at sum = -1, 0 at sum = 0, 1 at sum = 1."


def test_rows_that_a_function_was_fitted_to_are_dots_behind_it():
    rows = np.array([[-0.5, 0.75], [0.5, 0.25], [1, 1]])
    figure = plots.functions("Fit", [-1, 0, 1], {"fit": [1, 0, 1]}, points=rows)
    dots = {line.get_label(): line for line in figure.axes[0].lines}["the rows"]
    np.testing.assert_array_equal(dots.get_xydata(), rows)
    assert dots.get_linestyle() == "None"
    assert figure.description.endswith(" The dots are 3 rows.")


def test_a_logarithmic_axis_gives_each_tenfold_the_same_room_and_the_lowest_place_is_told():
    epochs = np.array([1, 10, 100, 1000])
    figure = plots.functions("Turn", epochs, {"loss": [3, 1, 2, 4]}, "epoch", log=True)
    axes = figure.axes[0]
    across = axes.transData.transform(np.column_stack([epochs, 0 * epochs]))[:, 0]
    np.testing.assert_allclose(np.diff(across), np.diff(across)[0])
    figure.canvas.draw()
    assert {label.get_text() for label in axes.get_xticklabels()} >= {"1", "10", "100", "1000"}
    assert figure.description == "loss is 3 at epoch = 1, 1 at epoch = 10, 4 at epoch = 1000."


def test_a_tangent_has_the_slope_and_passes_through_its_place():
    figure = plots.tangent([0, 1, 2], [4, 1, 0], (1, 1), -2, [(2, 0), (1.5, 0.25)])
    axes = figure.axes[0]
    named = {line.get_label(): line.get_xydata() for line in axes.lines}
    (x0, y0), (x1, y1) = named["shorter and shorter: slope -2"]
    assert (y1 - y0) / (x1 - x0) == pytest.approx(-2)
    assert y0 - 1 == pytest.approx(-2 * (x0 - 1))
    np.testing.assert_allclose(named["run 1: slope -1"], [[1, 1], [2, 0]])
    np.testing.assert_allclose(named["run 0.5: slope -1.5"], [[1, 1], [1.5, 0.25]])
    assert axes.lines[-1].get_xydata().tolist() == [[1, 1]]
    shown = {text.get_text().strip() for text in axes.texts}
    assert {"run 1", "rise -1", "run 0.5", "rise -0.75"} <= shown
    assert "its slope is -2. From there a run of 1 is a rise of -1 and" in figure.description


def test_steps_have_a_panel_each_with_a_dot_for_each_weight():
    walks = {"short": [[1, 1], [0.9, 0.81]], "long": [[1, 1], [-1, 1], [1, 1]]}
    figure = plots.steps([-1, 0, 1], [1, 0, 1], walks)
    assert [axes.get_title() for axes in figure.axes] == ["short", "long"]
    for axes, walk in zip(figure.axes, walks.values(), strict=True):
        np.testing.assert_array_equal(axes.lines[1].get_xydata(), walk)
    assert figure.description == (
        "short: in 1 steps the weight goes from 1 to 0.9. "
        "long: in 2 steps the weight goes from 1 to 1."
    )


def test_a_landscape_has_its_star_at_the_lowest_point_and_its_paths_where_they_went():
    walk = [[1.0, 1.0], [0.5, 0.25], [0.3, 0.0]]
    figure = plots.landscape(LATTICE, BOWL, {"walk": walk})
    lines = {line.get_marker(): line.get_xydata().tolist() for line in figure.axes[0].lines[::-1]}
    assert lines["o"] == walk
    lowest = LATTICE[BOWL.argmin()]
    assert lines["*"] == [lowest.tolist()]
    assert figure.description.endswith("walk: in 2 steps from (1.00, 1.00) to (0.30, 0.00).")


def test_a_chain_stands_in_columns_each_to_the_right_of_what_leads_to_it():
    values = {"w": 1.0, "p": 3.0, "q": 2.0, "J": 6.0}
    slopes = {("w", "p"): 3.0, ("w", "q"): 1.0, ("p", "J"): 2.0, ("q", "J"): -3.0}
    figure = plots.chain(values, slopes)
    places = {
        text.get_text(): text.xy for text in figure.axes[0].texts if text.get_text() in values
    }
    assert [places[name][0] for name in values] == [0, 1, 1, 2]
    assert places["p"][1] > places["w"][1] == places["J"][1] > places["q"][1]
    assert figure.description.endswith("J changes -3 times as fast as q.")


@pytest.mark.parametrize(("count", "across"), [(1, 1), (2, 2), (5, 5), (7, 5)])
def test_pictures_stand_five_in_a_row_and_fewer_fill_their_row(count, across):
    figure = plots.pictures("Some", [(f"{at}", np.zeros(64)) for at in range(count)])
    lefts = [each.get_position().x0 for each in figure.axes]
    assert len(set(lefts)) == across
    one = plots.pictures("One", [("0", np.zeros(64))])
    # each column is as wide as a single picture is
    assert figure.get_figwidth() == pytest.approx(across * one.get_figwidth())


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: plots.displays("None", {}), "panels must be at least one, got none"),
        (lambda: plots.pictures("None", []), "panels must be at least one, got none"),
        (
            lambda: plots.pictures("A", [("a", np.zeros(64)), ("a", np.full(64, 2.0))]),
            "panels[1][1] must have pixels from 0 to 1, got 2",
        ),
        (lambda: plots.numbered_lamps("None", {}), "panels must be at least one, got none"),
        (
            lambda: plots.numbered_lamps("A", {"a": np.full(7, 2.0)}),
            "panels['a'] must have lamps of 0 or 1, got 2",
        ),
        (
            lambda: plots.displays("A", {"a": (np.full(7, 0.5), np.ones(10))}),
            "panels['a'] must have lamps of 0 or 1, got 0.5",
        ),
        (
            lambda: plots.displays("A", {"a": (np.ones(7), np.full(10, 2.0))}),
            "panels['a'] must have shares from 0 to 1, got 2",
        ),
        (lambda: plots.sticks(X, Y, Y), "y_hat must lie on a plane"),
        (lambda: plots.sticks(X, Y / 2, X[:, :1]), "y must be labels 0 or 1, got 0.5"),
        (
            lambda: plots.functions("", [0, 1], {"a": [0]}),
            "curves['a'] must have shape (2,), got (1,)",
        ),
        (
            lambda: plots.functions("", [0, 1], {"a": [0, 0]}, points=np.array([[0, np.nan]])),
            "points must be finite, got nan at (0, 1)",
        ),
        (lambda: plots.functions("", [0, 1], {}), "curves must be at least one run, got none"),
        (
            lambda: plots.functions("", [0, 1], {"a": [0, 0]}, log=True),
            "z must be positive on a logarithmic axis, got 0 at (0,)",
        ),
        (
            lambda: plots.tangent([0, 1], [1], (0, 1), 1, [(1, 1)]),
            "losses must have shape (2,), got (1,)",
        ),
        (
            lambda: plots.tangent([0, 1], [1, 0], (0.5, 0.5), 1, [(0.5, 1)]),
            "nudged must lie to the right of 0.5, got 0.5",
        ),
        (
            lambda: plots.tangent([0, 1], [1, 0], (0.5, 0.5), 1, [(1, 1)] * 3),
            "nudged must be one weight or two, got 3",
        ),
        (lambda: plots.steps([0, 1], [1, 0], {}), "paths must be at least one, got none"),
        (
            lambda: plots.steps([0, 1], [1, 0], {"a": [[0, np.inf]]}),
            "paths['a'] must be finite, got inf at (0, 1)",
        ),
        (lambda: plots.landscape(LATTICE, BOWL, {}), "paths must be at least one run, got none"),
        (lambda: plots.landscape(LATTICE, BOWL[1:], {"a": X}), "must be a square lattice"),
        (lambda: plots.chain({}, {}), "values must be at least one, got none"),
        (lambda: plots.chain({"a": 1}, {("a", "b"): 1}), "got 'b'"),
        (
            lambda: plots.chain({"a": 1, "b": 1}, {("a", "b"): 1, ("b", "a"): 1}),
            "slopes must not lead in a circle",
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused_by_name(call, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        call()
