import gzip
import re
import xml.etree.ElementTree as ET
from functools import partial
from itertools import combinations
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.lines import AxLine
from matplotlib.text import Text
from mpl_toolkits.mplot3d import proj3d

from xordocs import datasets, plots
from xordocs.nn import numpy_mlp
from xordocs.nn.parameters import Layer
from xordocs.plots import style, surfaces

PALETTE = Path(__file__).parents[2] / "docs/assets/stylesheets/palette.css"
X, Y = datasets.xor()
LATTICE = datasets.grid(10)
SADDLE = (LATTICE[:, :1] - LATTICE[:, 1:]) ** 2  # 0 at (0, 0) and (1, 1), 1 at the other corners
FALLING = np.array([0.5, 0.02, 0.005, 0.012, 0.004, 0.001])

SVG = "{http://www.w3.org/2000/svg}"
DC = "{http://purl.org/dc/elements/1.1/}"


FIELD = 0.8 * LATTICE[:, :1] + 0.2 * LATTICE[:, 1:]  # asymmetric
STEEP = 1 / (1 + np.exp(-40 * (FIELD - 0.5)))  # a unit's output; one half on a known line
NETWORK = [  # the signs differ; of its units, (1, 0) turns the second off
    Layer(np.array([[1.0, -2.0, 0.5], [-1.0, 3.0, 0.25]]), np.array([[0.0, 0.5, -0.25]])),
    Layer(np.array([[2.0], [-1.0], [0.5]]), np.array([[0.25]])),
]
DELTAS = [np.array([[0.5, 0.0, 0.125]]), np.array([[0.25]])]
SHARES = {"one": ([1, 2, 4], [0.1, 0.9, 0.5], [(0.0, 0.2), (0.8, 1.0), (0.4, 0.6)])}
RANKED = {"a": (0.5, (0.4, 0.6)), "b": (0.9, (0.8, 1.0)), "c": (0.2, (0.1, 0.3))}
PLOTS = {
    "loss": (lambda: plots.loss(FALLING), "epoch"),
    "loss_panels": (lambda: plots.loss_panels({"one": FALLING}, {"1/4": 0.25}), "one"),
    "loss, log": (lambda: plots.loss({"one": FALLING, "two": 2 * FALLING}, log=True), "epoch"),
    "descent": (lambda: plots.descent([-1, 0, 1], [1, 0, 1], [1, 0.5], [1, 0.25]), "weight w"),
    "chain": (lambda: plots.chain({"w": 1, "u": 3}, {("w", "u"): 3}), "× 3"),
    "pictures": (
        lambda: plots.pictures("Two", [("a 7", np.full(64, 0.5)), ("a 1", np.ones(64))]),
        "a 7",
    ),
    "windows": (lambda: plots.windows(np.eye(8), np.ones((3, 3)), [(1, 2)]), "× kernel"),
    "displays": (lambda: plots.displays("Two", {"a": (np.ones(7), np.full(10, 0.1))}), "a"),
    "numbered_lamps": (lambda: plots.numbered_lamps("One", {"a": np.ones(7)}), "6"),
    "functions": (lambda: plots.functions("Two", [-1, 0, 1], {"a": [0, 0, 1]}, "z"), "z"),
    "landscape": (lambda: plots.landscape(LATTICE, SADDLE[:, 0], {"way": X[:2]}), "w₁"),
    "steps": (lambda: plots.steps([0, 1], [1, 0], {"slow": [[0, 1], [0.5, 0.5]]}), "slow"),
    "sticks": (lambda: plots.sticks(X, Y, X @ [[0.5], [0.25]]), "(0, 1)"),
    "tangent": (lambda: plots.tangent([0, 1], [1, 0], (0.5, 0.5), -1, [(1, 0)]), "rise -0.5"),
    "difference": (lambda: plots.difference({"one": FALLING}, FALLING + 1e-7), "epoch"),
    "losses_along": (
        lambda: plots.losses_along("Two", [1, 4], {"one": np.eye(2)}, "hidden units"),
        "hidden units",
    ),
    "step_sizes": (lambda: plots.step_sizes([1e-3, 1e-5], {"one": [1e-6, 1e-9]}), "step size h"),
    "chord": (lambda: plots.chord([-1, 0, 1], [1, 0, 1], 0, 0.5, 0), "θ + h"),
    "tape": (lambda: plots.tape([plots.Record("σ", "ŷ", "∂J/∂ŷ", "db")]), "∂J/∂ŷ"),
    "training_loop": (lambda: plots.training_loop(), "2 forward"),
    "walks": (
        lambda: plots.walks(
            [0, 1], {"up": [0, 3]}, {"up": [1]}, {"up": [[0, 0], [0, 1]]}, LATTICE, SADDLE
        ),
        "sum z₂",
    ),
    "surface": (lambda: plots.surface(LATTICE, SADDLE), "x₁"),
    "contour": (lambda: plots.contour(LATTICE, SADDLE, X, Y), "x₁"),
    "maps": (lambda: plots.maps("Two", {"a": SADDLE, "b": FIELD}, LATTICE, X, Y), "b"),
    "map_and_loss": (
        lambda: plots.map_and_loss("Run", "seed 1", SADDLE, LATTICE, X, Y, [0.3, 0.2]),
        "epoch",
    ),
    "film": (lambda: plots.film(LATTICE, [(0, FIELD), (20, SADDLE)], X, Y), "epoch 20"),
    "field": (lambda: plots.field("Two", ["learned", "learned", "stuck"]), "stuck: 1"),
    "mosaic": (lambda: plots.mosaic("Two", {"a": SADDLE, "b": FIELD}, LATTICE, X, Y), "b"),
    "hinges": (lambda: plots.hinges({0: NETWORK, 7: NETWORK}, X, Y), "3 of 3 part the points"),
    "folded": (lambda: plots.folded(X, X[::-1], Y, Layer(X[1:3, :1], np.zeros((1, 1)))), "a₁[0]"),
    "network_graph": (
        lambda: plots.network_graph(NETWORK, numpy_mlp.forward(NETWORK, X[2:3])),
        "hidden units",
    ),
    "by_learning_rate": (lambda: plots.by_learning_rate(SHARES), "learning rate"),
    "ranking": (lambda: plots.ranking(RANKED, "a"), "share that learns"),
    "confidence_belt": (
        lambda: plots.confidence_belt(20, [0.5], 0.75, near_of(0.75, 20)),
        "probability p",
    ),
    "coverage": (
        lambda: plots.coverage([0.5, 0.2], [(0.4, 0.6), (0.1, 0.3)], 0.45),
        "share, with its interval",
    ),
    "draws": (lambda: plots.draws([0.1, -0.6, 1.3], 1), "how many"),
    "sampling_distribution": (
        lambda: plots.sampling_distribution([0.5, 0.25, 0.5], 0.5, 0.1),
        "how often",
    ),
    "named_network": (lambda: plots.named_network(NETWORK), "W₁[0, 1]"),
    "worked_forward": (
        lambda: plots.worked_forward(NETWORK, numpy_mlp.forward(NETWORK, X[2:3])),
        "bias = −0.25",
    ),
    "worked_backward": (
        lambda: plots.worked_backward(NETWORK, numpy_mlp.forward(NETWORK, X[2:3]), DELTAS),
        "∂J/∂b = 0.5",
    ),
    "sum_over_rows": (lambda: plots.sum_over_rows([[1.0, 2.0]], [[0.5]]), "1 · 0.5"),
    "delta_curves": (lambda: plots.delta_curves([0, 1], {"one": [0, 0.5]}), "output ŷ"),
    "gradient_sizes": (lambda: plots.gradient_sizes({"one": [0.1, 1]}), "size of the slopes"),
    "ladder": (lambda: plots.ladder([0.25, 0.125, 0.1251], {"1/8": 0.125}), "final loss J"),
    "bars": (lambda: plots.bars({"one": 1.0, "other": 2.5}, "Two works"), "seconds, median"),
    "growth": (lambda: plots.growth([1, 2], {"one": [1.0, 2.0]}, "One work"), "pages"),
}


def all_plots():
    return {name: draw() for name, (draw, _) in PLOTS.items()}


def test_every_plot_is_among_those_tested():
    assert {name.split(",")[0] for name in PLOTS} == {*plots.__all__} - {"Plot", "Record"}


@pytest.mark.parametrize("name", PLOTS)
def test_an_svg_carries_its_description_and_live_text_and_no_date(name):
    draw, word = PLOTS[name]
    figure = draw()
    svg = figure._repr_svg_()
    root = ET.fromstring(svg)
    assert [node.text for node in root.iter(f"{DC}title")] == [figure.title]
    assert figure.description
    assert [node.text for node in root.iter(f"{DC}description")] == [figure.description]
    assert not list(root.iter(f"{DC}date"))
    assert word in shown(figure)
    assert svg == draw()._repr_svg_(), "two figures of the same results differ"


@pytest.mark.audit(sample=8)
@pytest.mark.parametrize("name", PLOTS)
def test_a_caption_goes_beside_the_description(name, monkeypatch):
    plot = name.split(",")[0]
    draw, _ = PLOTS[name]
    assert draw()._repr_mimebundle_() == ({"image/svg+xml": draw()._repr_svg_()}, {})
    monkeypatch.setattr(plots, plot, partial(getattr(plots, plot), caption="Look up."))
    data, metadata = draw()._repr_mimebundle_()
    assert metadata == {"image/svg+xml": {"caption": "Look up."}}
    assert "Look up." not in data["image/svg+xml"]


def test_the_curve_is_where_the_losses_are():
    """The one path that is not an axis has a vertex for each epoch, at its height."""
    axes = plots.loss(FALLING).axes[0]
    np.testing.assert_array_equal(axes.lines[0].get_ydata(), FALLING)
    assert axes.get_ylim()[0] == 0
    assert plots.loss(FALLING, log=True).axes[0].get_yscale() == "log"


def test_small_losses_share_their_axes_and_one_that_leaps_leaves_its_panel():
    runs = {"one": [0.5, 0.25, 0.125], "two": [0.25, 0.25], "far": [0.5, 9.0]}
    figure = plots.loss_panels(runs, {"1/8": 0.125, "1/4": 0.25})
    assert [axes.get_title() for axes in figure.axes] == [*runs, ""]
    for axes, run in zip(figure.axes, runs.values(), strict=False):
        *levels, line = axes.lines
        assert [level.get_ydata()[0] for level in levels] == [0.125, 0.25]
        assert line.get_ydata().tolist() == run
        assert (axes.get_xlim(), axes.get_ylim()) == ((0, 2), (0, 1.5 * 0.25))
    assert [label.get_text() for label in figure.axes[0].get_yticklabels()] == ["1/8", "1/4"]
    with pytest.raises(ValueError, match="levels must be at least one, got none"):
        plots.loss_panels(runs, {})


def test_a_loss_is_described_in_its_own_numbers():
    # by hand: from epoch 4 on FALLING stays below 0.01; at epoch 3 it is above once more
    assert plots.loss(FALLING).description == (
        "The loss falls from 0.5 at epoch 0 to 0.001 at epoch 5, below 0.01 from epoch 4 on."
    )
    assert plots.loss({"up": FALLING[::-1]}).description == (
        "up: the loss goes from 0.001 at epoch 0 to 0.5 at epoch 5."
    )
    assert plots.loss([0.5, 0.1, 0.2]).description == (
        "The loss falls from 0.5 at epoch 0 to 0.1 at epoch 1, and rises to 0.2 at epoch 2."
    )
    # a rise of a twentieth is not worth a word
    assert plots.loss([0.5, 0.2, 0.21]).description == (
        "The loss falls from 0.5 at epoch 0 to 0.21 at epoch 2."
    )
    # nor is it a fall to end above the start
    assert plots.loss([0.5, 0.48, 0.51]).description == (
        "The loss goes from 0.5 at epoch 0 to 0.51 at epoch 2."
    )


def test_a_descent_is_described_by_its_ends_and_the_bottom():
    figure = plots.descent([-1, 0.5, 2], [2.5, 0.25, 2.5], [1.5, 1.0, 0.75], [1.25, 0.5, 0.3125])
    assert figure.description == (
        "In 2 steps the weight goes from 1.5 to 0.75, and the loss from 1.25 to 0.312. "
        "The curve is lowest, 0.25, at 0.5."
    )
    with pytest.raises(ValueError, match=r"losses must have shape \(2,\)"):
        plots.descent([0, 1], [1], [0], [1])


def test_a_surface_is_described_by_its_corners():
    expected = "The output is 0.00 at (0, 0), 1.00 at (1, 0), 1.00 at (0, 1) and 0.00 at (1, 1)."
    assert plots.surface(LATTICE, SADDLE).description == expected
    above = int((SADDLE > 0.5).sum())
    described = plots.contour(LATTICE, SADDLE, X, Y).description
    assert described.startswith(expected)
    assert re.findall(r"on (\d+)% of the map", described) == [str(above)]  # of 100 points


def test_the_3d_surface_is_a_raster_inside_its_svg_and_its_text_is_not():
    root = ET.fromstring(plots.surface(LATTICE, SADDLE)._repr_svg_())
    assert len(list(root.iter(f"{SVG}image"))) == 1
    assert len(list(root.iter(f"{SVG}text"))) > 10


def test_points_differ_in_mark_and_not_in_colour_alone():
    lines = plots.contour(LATTICE, SADDLE, X, Y).axes[0].lines
    assert [line.get_marker() for line in lines] == ["o", "s"]
    np.testing.assert_array_equal(lines[0].get_xydata(), [[0, 0], [1, 1]])
    np.testing.assert_array_equal(lines[1].get_xydata(), [[0, 1], [1, 0]])
    dashes = [line.get_linestyle() for line in all_plots()["loss, log"].axes[0].lines]
    assert len(set(dashes)) == 2


def test_a_worked_pass_has_the_networks_numbers_on_its_lines_and_its_sums_in_its_units():
    # by hand: at (1, 0) the sums are 1, -1.5 and 0.25, the outputs 1, 0 and 0.25, and the output
    # unit's sum 2 + 0.125 + 0.25
    passed = numpy_mlp.forward(NETWORK, X[2:3])
    (axes,) = plots.worked_forward(NETWORK, passed).axes
    texts = [text.get_text() for text in axes.texts]
    assert texts[:9] == ["1", "−2", "0.5", "−1", "3", "0.25", "2", "−1", "0.5"]
    assert texts[9:19] == [
        "1", "0", "sum = 1", "output = 1", "sum = −1.5", "output = 0", "sum = 0.25",
        "output = 0.25", "sum = 2.375", "ŷ = 0.9149",
    ]  # fmt: skip
    boxes = [patch.get_extents().transformed(axes.transData.inverted()) for patch in axes.patches]
    assert len(boxes) == 6
    inside = [sum(box.contains(*text.get_position()) for box in boxes) for text in axes.texts[9:19]]
    assert inside == [1] * 10
    assert "hidden unit 2 has the sum -1.5 and passes on 0" in axes.figure.description
    (bare,) = plots.worked_forward(NETWORK, passed, with_sums=False).axes
    left = [text.get_text() for text in bare.texts]
    assert left[:11] == texts[:11]  # the weights and the row
    assert left[11:19] == ["sum = ?", "output = ?"] * 3 + ["sum = ?", "ŷ = ?"]
    assert "Hidden unit 2 has the weights −2, 3 and the bias" in bare.figure.description
    assert "−1.5" not in bare.figure.description
    back = plots.worked_backward(NETWORK, passed, DELTAS)
    texts = [text.get_text() for text in back.axes[0].texts]
    # the slopes of the first layer's weights, and the weights that the delta has passed
    assert texts[:9] == ["0.5", "0", "0.125", "0", "0", "0", "× 2", "× (−1)", "× 0.5"]
    # beside the units, by hand: 0.25 of the output unit times a weight times ReLU's slope
    stand = {text.get_text(): text.get_position() for text in back.axes[0].texts}
    products = [stand[words] for words in ("0.25 · 2 · 1", "0.25 · (−1) · 0", "0.25 · 0.5 · 1")]
    assert all(1 <= across < 1.3 for across, _ in products)  # inputs stand at 0, hidden units at 1
    assert products[0][1] > 1  # the units stand at 1, 0 and −1: above, or below in the lower half
    assert products[1][1] > 0
    assert products[2][1] < -1
    assert [up for _, up in products] == sorted((up for _, up in products), reverse=True)
    heads = [text for text in back.axes[0].texts if getattr(text, "arrow_patch", None)]
    assert len(heads) == 9
    assert all(head.xy[0] < head.get_position()[0] for head in heads)
    assert back.description == (
        "The deltas: hidden unit 1 0.5, hidden unit 2 0, hidden unit 3 0.125, output unit 0.25. "
        "The steepest slope of a weight is 0.5 in size."
    )
    begun = plots.worked_backward(NETWORK, passed, DELTAS[1:], "2 · 0.5 · 0.25")
    texts = [text.get_text() for text in begun.axes[0].texts if text.get_text()]
    assert texts[:12] == [
        "0.25", "0", "0.0625", "1", "0", "output = 1", "output = 0", "output = 0.25", "δ = 0.25",
        "ŷ = 0.9149", "∂J/∂b = 0.25", "inputs",
    ]  # fmt: skip
    stand = {text.get_text(): text.get_position() for text in begun.axes[0].texts}
    assert 2 <= stand["2 · 0.5 · 0.25"][0] < 2.3
    made_of = [stand[words] for words in ("1 · 0.25", "0 · 0.25", "0.25 · 0.25")]
    assert all(1 < across < 2 for across, _ in made_of)  # between the hidden units and the output
    assert begun.description.startswith("The deltas: output unit 0.25. The steepest slope")
    with pytest.raises(ValueError, match="deltas must be of the last layers, of at most 2, got 3"):
        plots.worked_backward(NETWORK, passed, [*DELTAS, DELTAS[1]])
    with pytest.raises(ValueError, match=r"deltas\[0\] must be what deltas\[1\] hands back"):
        plots.worked_backward(NETWORK, passed, [2 * DELTAS[0], DELTAS[1]])
    with pytest.raises(ValueError, match="another network's"):
        plots.worked_forward([NETWORK[0], NETWORK[1]._replace(bias=np.ones((1, 1)))], passed)


def test_a_weights_slope_is_added_up_below_the_products_of_its_rows():
    # by hand: 1 · 0.5 and 3 · (−1) add up to −2.5; 2 · 0.5 and 1 · (−1) to nothing
    figure = plots.sum_over_rows([[1.0, 2.0], [3.0, 1.0]], [[0.5], [-1.0]])
    (axes,) = figure.axes
    stand = {}
    for text in axes.texts:
        stand.setdefault(text.get_text(), []).append(text.get_position())
    (below,) = stand["−2.5"]
    assert [across for across, _ in stand["1 · 0.5"] + stand["3 · (−1)"]] == [below[0]] * 2
    assert stand["1 · 0.5"][0][1] > stand["3 · (−1)"][0][1] > below[1]
    assert [across for across, _ in stand["2 · 0.5"] + stand["0"]] == [below[0] + 1] * 2
    assert figure.description == (
        "Unit 0: 0.5 and −3 add up to −2.5. Unit 1: 1 and −1 add up to 0."
    )
    colours = {
        (round(tile.get_center()[0]), round(tile.get_center()[1])): tile.get_facecolor()[:3]
        for tile in axes.patches
        if tile.get_alpha()
    }
    assert colours[0, 0] == colours[1, 0] == to_rgb(style.VERMILLION)
    assert colours[0, -1] == colours[1, -1] == colours[0, -2] == to_rgb(style.BLUE)
    assert colours[1, -2] == (0, 0, 0)  # nothing, which is transparent
    with pytest.raises(ValueError, match=r"deltas must have shape \(2, 1\)"):
        plots.sum_over_rows([[1.0, 2.0], [3.0, 1.0]], [[0.5]])


def test_lines_of_equal_height_pass_through_the_first_places_of_a_walk():
    """By hand: at places of the lattice the heights are sums of two squares."""
    points = datasets.grid(9, -1.0, 1.0)
    way = [(1.0, 0.5), (0.75, 0.25), (0.5, 0.0), (0.25, 0.0)]
    figure = plots.landscape(points, (points**2).sum(axis=1), {"way": way})
    levels = np.concatenate([lines.levels for lines in figure.axes[0].collections])
    for height in (1.25, 0.625, 0.25):
        assert abs(levels - height).min() < 1e-12
    assert abs(levels - 0.0625).min() > 1e-3


def test_a_window_is_the_part_of_the_picture_around_its_place_with_paper_beyond_the_edge():
    """By hand: the pixels count from 0 in quarters, row by row; the kernel is lopsided."""
    picture = np.arange(64.0).reshape(8, 8) / 4
    kernel = np.array([[0.0, 1.0, 0.0], [0.0, 0.0, -2.0], [4.0, 0.0, 0.0]])
    figure = plots.windows(picture, kernel, [(0, 0), (4, 6)])
    corner, inner = np.reshape(figure.axes, (2, 4))
    numbers = [[float(text.get_text()) for text in row[1].texts] for row in (corner, inner)]
    assert numbers[0] == [0, 0, 0, 0, 0, 0.25, 0, 2, 2.25]
    # around row 4, column 6, which holds (4 * 8 + 6) / 4 = 9.5
    assert numbers[1] == [7.25, 7.5, 7.75, 9.25, 9.5, 9.75, 11.25, 11.5, 11.75]
    sums = 0 - 2 * 0.25 + 0, 7.5 - 2 * 9.75 + 4 * 11.25
    titles = [row[3].get_title() for row in (corner, inner)]
    assert titles == [f"sum {value:g}".replace("-", "−") for value in sums]
    [found] = inner[3].images
    assert found.get_array()[4, 6] == sums[1]
    assert found.get_array()[0, 0] == 0  # after ReLU
    frames = [
        row[place].patches[0].get_bbox().bounds for row in (corner, inner) for place in (0, 3)
    ]
    assert frames == [(-1.5, -1.5, 3, 3), (-0.5, -0.5, 1, 1), (4.5, 2.5, 3, 3), (5.5, 3.5, 1, 1)]
    with pytest.raises(ValueError, match=r"places\[1\] must be .* from 0 to 7, got \(8, 0\)"):
        plots.windows(picture, kernel, [(0, 0), (8, 0)])
    with pytest.raises(ValueError, match=r"picture must have pixels from 0 to 16, got 16\.25"):
        plots.windows(picture + 1.25, kernel, [(0, 0)])
    with pytest.raises(ValueError, match="places must be at least one, got none"):
        plots.windows(picture, kernel, [])


def test_a_named_network_has_each_name_where_its_number_stands():
    """Each weight's name lies on the line between its two units, as its number does."""

    def places(figure):
        lines = {line.get_label(): line.get_xydata().tolist() for line in figure.axes[0].lines}
        return lines, {text.get_text(): text.get_position() for text in figure.axes[0].texts}

    passed = numpy_mlp.forward(NETWORK, X[2:3])
    numbers = plots.worked_forward(NETWORK, passed)
    lines, texts = places(plots.named_network(NETWORK))
    assert lines == places(numbers)[0]
    assert [name for name in texts if name[0] in "Wb"] == [
        "W₁[0, 0]", "W₁[0, 1]", "W₁[0, 2]", "W₁[1, 0]", "W₁[1, 1]", "W₁[1, 2]",
        "W₂[0, 0]", "W₂[1, 0]", "W₂[2, 0]", "b₁[0]", "b₁[1]", "b₁[2]", "b₂",
    ]  # fmt: skip
    first, second = np.array(texts["x₁"]), (np.array(texts["z₁[1]"]) + texts["a₁[1]"]) / 2
    along = (np.array(texts["W₁[0, 1]"]) - first) / (second - first + 1e-12)
    assert 0 < along[0] < 1
    assert texts["W₁[0, 1]"][1] - first[1] == pytest.approx(along[0] * (second - first)[1])
    assert texts["W₁[0, 1]"] == numbers.axes[0].texts[1].get_position()
    with pytest.raises(ValueError, match="must have one hidden layer, got 0 hidden layers"):
        plots.named_network([Layer(np.ones((2, 1)), np.zeros((1, 1)))])


def test_the_curves_of_deltas_are_marked_where_they_are_largest():
    figure = plots.delta_curves([0, 0.5, 1], {"one": [0, 0.25, 0], "two": [0, 0.5, 1]})
    assert figure.description == (
        "one: 0 at ŷ = 0, largest, 0.25, at 0.5, and 0 at 1. "
        "two: 0 at ŷ = 0, largest, 1, at 1, and 1 at 1."
    )
    with pytest.raises(ValueError, match=r"deltas\['one'\] must have shape \(2,\)"):
        plots.delta_curves([0, 1], {"one": [0]})


def test_sizes_of_gradients_fall_to_the_right_where_earlier_layers_have_smaller_ones():
    """By hand: a tenfold from layer to layer is a straight line down, from last to first."""
    figure = plots.gradient_sizes({"deep": [0.01, 0.1, 1], "level": [2, 2, 2]})
    axes = figure.axes[0]
    assert axes.lines[0].get_xydata().tolist() == [[1, 0.01], [2, 0.1], [3, 1]]
    across, up = axes.transData.transform(axes.lines[0].get_xydata()[::-1]).T
    np.testing.assert_allclose(np.diff(across), np.diff(across)[0])
    np.testing.assert_allclose(np.diff(up), np.diff(up)[0])
    assert np.diff(across)[0] > 0 > np.diff(up)[0]
    assert {"10⁻²", "10⁻¹", "10⁰", "3", "1"} <= {*shown(figure)}
    assert figure.description == (
        "deep: 1.0e+00 in layer 3, the last, and 1.0e-02 in layer 1. "
        "level: 2.0e+00 in layer 3, the last, and 2.0e+00 in layer 1."
    )


def test_matplotlibs_global_state_is_left_alone():
    before = dict(mpl.rcParams)
    for figure in all_plots().values():
        figure._repr_svg_()
    assert dict(mpl.rcParams) == before


def shown(figure):
    """All text of a figure, as its SVG has it."""
    root = ET.fromstring(figure._repr_svg_())
    return ["".join(node.itertext()).strip() for node in root.iter(f"{SVG}text")]


def test_maps_name_each_panel_and_draw_no_boundary_on_a_plateau_at_one_half():
    half = np.full_like(SADDLE, 0.5) + np.where(LATTICE[:, :1] > 0.5, 1e-9, -1e-9)
    figure = plots.maps("Two", {"saddle\nseed 3": SADDLE, "flat": half}, LATTICE, X, Y)
    assert [axes.get_title() for axes in figure.axes] == ["saddle", "flat"]
    assert [text.get_text() for text in figure.axes[0].texts] == ["seed 3"]
    assert [len(axes.collections) for axes in figure.axes] == [1, 0]
    assert figure.description == (
        "The output at (0, 0), (1, 0), (0, 1), (1, 1). saddle seed 3: 0.00, 1.00, 1.00, 0.00. "
        "flat: 0.50, 0.50, 0.50, 0.50."
    )


def test_maps_can_have_a_lattice_each():
    far = datasets.grid(10, -5, 6)
    figure = plots.maps("Two", {"near": SADDLE, "far": FIELD}, {"near": LATTICE, "far": far}, X, Y)
    assert figure.description == (
        "near: 0.00, 1.00, 1.00, 0.00, at (0, 0), (1, 0), (0, 1), (1, 1). "
        "far: 0.00, 0.80, 0.20, 1.00, at (-5, -5), (6, -5), (-5, 6), (6, 6)."
    )
    assert [axes.get_images()[0].get_extent()[:2] for axes in figure.axes] == [[0, 1], [-5, 6]]
    with pytest.raises(ValueError, match=r"points must have the panels \['a'\], got \['b'\]"):
        plots.maps("One", {"a": FIELD}, {"b": LATTICE}, X, Y)


def test_a_map_beside_its_loss_shows_both_and_the_levels():
    losses = [0.5, 0.25, 0.125]
    figure = plots.map_and_loss("Run", "a", SADDLE, LATTICE, X, Y, losses, {"1/4": 0.25})
    assert figure.description == (
        "The output at (0, 0), (1, 0), (0, 1), (1, 1). a: 0.00, 1.00, 1.00, 0.00. "
        "The loss ends at 0.125."
    )
    left, right = figure.axes
    curve, level = right.lines
    assert curve.get_ydata().tolist() == losses
    assert set(level.get_ydata()) == {0.25}
    assert [text.get_text() for text in right.texts] == ["1/4"]
    assert right.get_ylim()[0] == 0
    assert len(left.get_images()) == 1


def test_a_map_and_loss_count_powers_of_ten_once_the_loss_has_left_all_bounds():
    for last, scale, lines in ((1e6, "linear", 2), (1e7, "log", 1), (1e300, "log", 1)):
        figure = plots.map_and_loss("Run", "a", SADDLE, LATTICE, X, Y, [0.5, last], {"1/4": 0.25})
        assert figure.axes[1].get_yscale() == scale
        assert len(figure.axes[1].lines) == lines
        assert "epoch" in figure._repr_svg_()
    assert {"10⁰", "10⁶⁰", "10¹²⁰"} <= set(shown(figure))


def test_maps_can_have_marks_each():
    fields, mine = {"left": FIELD, "right": FIELD}, {"left": X[:1], "right": X[1:]}
    figure = plots.maps("Two", fields, LATTICE, mine, {"left": Y[:1], "right": Y[1:]})
    drawn = [[line.get_xydata().tolist() for line in axes.lines] for axes in figure.axes]
    assert drawn == [[X[:1].tolist()], [X[[3]].tolist(), X[[1, 2]].tolist()]]
    with pytest.raises(
        ValueError, match=r"x must have the panels \['left', 'right'\], got \['left'\]"
    ):
        plots.maps("Two", fields, LATTICE, {"left": X[:1]}, Y)
    with pytest.raises(
        ValueError, match=r"y must have the panels \['left', 'right'\], got \['a'\]"
    ):
        plots.maps("Two", fields, LATTICE, mine, {"a": Y})


def test_a_map_on_which_the_marks_would_lie_on_each_other_has_one_dot_for_all():
    lattices = {"near": datasets.grid(10, -49, 50), "far": datasets.grid(10, -50, 51)}
    near, far = plots.maps("Two", dict.fromkeys(lattices, FIELD), lattices, X, Y).axes
    marked = [[line.get_xydata().tolist() for line in axes.lines] for axes in (near, far)]
    assert marked == [[X[Y[:, 0] == label].tolist() for label in (0, 1)], [[[0.5, 0.5]]]]
    assert far.lines[0].get_color() not in {line.get_color() for line in near.lines}


@pytest.mark.parametrize(
    "draw",
    [
        lambda: plots.contour(LATTICE, FIELD, X, Y),
        lambda: plots.maps("One", {"one": FIELD}, LATTICE, X, Y),
        lambda: plots.mosaic("One", {"one": FIELD}, LATTICE, X, Y),
    ],
)
def test_marks_on_a_map_have_a_pale_rim_in_both_schemes_as_the_map_is_repainted_in_none(draw):
    palette = PALETTE.read_text("utf-8")
    repainted = {f"#{colour}" for colour in re.findall(r"--fig-([0-9a-f]{6})", palette)}
    for line in draw().axes[0].lines:
        assert not {line.get_color(), line.get_markeredgecolor()} & repainted
        assert min(to_rgb(line.get_markeredgecolor())) > 0.9
        assert line.get_markeredgewidth() > 0.5


def test_a_dot_at_the_end_of_a_functions_axis_is_whole():
    figure = plots.functions("One", [-1, 0, 1], {"a": [0, 0, 1]}, points=np.array([[1.0, 0.5]]))
    [dots] = [line for line in figure.axes[0].lines if line.get_marker() == "."]
    assert not dots.get_clip_on()


@pytest.mark.parametrize(("panels", "columns", "rows"), [(1, 1, 1), (2, 2, 1), (6, 3, 2)])
def test_maps_are_as_wide_as_is_asked(panels, columns, rows):
    named = {str(number): FIELD for number in range(panels)}
    width, height = plots.maps("Wide", named, LATTICE, X, Y, side=2.5).get_size_inches()
    assert width == columns * 2.5
    assert height > rows * 2.5  # their names stand above them
    with pytest.raises(ValueError, match="side must be a finite number above 0, got 0"):
        plots.maps("None", named, LATTICE, X, Y, side=0)


def test_maps_say_what_their_inputs_are_called():
    named = plots.maps("Two", {"a": FIELD, "b": SADDLE}, LATTICE, X, Y, names=("deep", "heavy"))
    for axes in named.axes:
        assert (axes.get_xlabel(), axes.get_ylabel()) == ("deep", "heavy")
        assert axes.axison
        assert not axes.get_xticks().size + axes.get_yticks().size
    assert not plots.maps("One", {"a": FIELD}, LATTICE, X, Y).axes[0].axison


def test_a_mosaic_puts_each_map_and_its_points_at_its_place():
    figure = plots.mosaic("Three", {"a": FIELD, "b": SADDLE, "c": FIELD}, LATTICE, X, Y)
    assert figure.description == (
        "On 1 of 3 maps the output is on the right side of one half at every labelled point, "
        "and on the others not: a, c."
    )
    [axes] = figure.axes
    [image] = axes.images
    picture = image.get_array()
    zeros, ones = axes.lines
    assert (len(zeros.get_xydata()), len(ones.get_xydata())) == (6, 6)
    labels = [text.get_text() for text in axes.texts]
    for place, (name, field) in enumerate({"a": FIELD, "b": SADDLE, "c": FIELD}.items()):
        # the points are the map's corners, where the lattice has the value that the picture shows
        corners = [line.get_xydata()[2 * place : 2 * place + 2] for line in (zeros, ones)]
        for found, at in zip(corners, ([0, 3], [1, 2]), strict=True):
            for (column, row), (x1, x2) in zip(found, X[at], strict=True):
                wanted = field[((x1, x2) == LATTICE).all(axis=1)].item()
                assert picture[round(row), round(column)] == pytest.approx(wanted)
        assert labels[place] == name


@pytest.mark.parametrize("name", PLOTS)
def test_no_title_and_no_words_in_a_plot_are_cut_off(name):
    """By a pixel: letters of a page's font are no larger than Matplotlib's."""
    figure = PLOTS[name][0]()
    renderer = FigureCanvasAgg(figure).get_renderer()
    figure.draw_without_rendering()
    flat = [axes for axes in figure.axes if axes.name != "3d"]
    for text in [each for axes in flat for each in (axes.title, *axes.texts)]:
        if text.get_text():
            extent = text.get_window_extent(renderer)
            assert extent.x0 > figure.bbox.x0 - 1, text
            assert extent.y0 > figure.bbox.y0 - 1, text
            assert extent.x1 < figure.bbox.x1 + 1, text
            assert extent.y1 < figure.bbox.y1 + 1, text


def test_a_film_is_drawn_at_its_ends_and_at_moments_of_which_each_is_twice_the_last():
    frames = [(10 * frame, np.full_like(SADDLE, frame / 20)) for frame in range(17)]
    drawn = plots.film(LATTICE, frames, X, Y).axes
    chosen = (0, 1, 2, 4, 8, 16)
    assert [axes.get_title() for axes in drawn] == [f"epoch {10 * frame}" for frame in chosen]
    assert [axes.images[0].get_array().mean() for axes in drawn] == pytest.approx(
        [frame / 20 for frame in chosen]
    )
    assert len(plots.film(LATTICE, frames[:1], X, Y).axes) == 1
    with pytest.raises(ValueError, match="frames must be at least one, got none"):
        plots.film(LATTICE, [], X, Y)


def test_a_field_has_a_square_for_each_network_in_its_order():
    outcomes = ["stuck", "learned", "learned", "other", "learned"]
    figure = plots.field("Five", outcomes)
    (picture,) = figure.axes[0].images
    pixels = np.asarray(picture.get_array())
    assert pixels.shape == (9, 9, 4)  # three squares a row, of two pixels and a gap each
    squares = [tuple(each) for each in pixels[1::3, 1::3].reshape(9, 4).tolist()]
    assert squares[1] == squares[2] == squares[4]  # learned
    assert len({*squares[:5]}) == 3
    assert not any(map(any, squares[5:]))
    assert not pixels[2::3].any()
    assert figure.description == "Of 5 networks: learned 3, other 1, stuck 1."
    with pytest.raises(ValueError, match="outcomes must be of at least one network, got none"):
        plots.field("None", [])
    with pytest.raises(ValueError, match="outcomes must be of at most 4 kinds, got 5"):
        plots.field("Five", list("abcde"))


def test_hinge_lines_stand_where_a_units_sum_is_zero():
    # by hand: x₁ + x₂ = 1/2 parts (0, 0) from the others; x₁ = 3 parts none; the third has no line
    first = Layer(np.array([[1.0, 1.0, 0.0], [1.0, 0.0, 0.0]]), np.array([[-0.5, -3.0, 1.0]]))
    network = [first, Layer(np.ones((3, 1)), np.zeros((1, 1)))]
    figure = plots.hinges({7: network}, X, Y)
    assert figure.description == "At epoch 7, 1 of 3 lines part the four points."
    drawn = figure.axes[0].lines
    np.testing.assert_allclose(drawn[1].get_xydata().sum(axis=1), 0.5, atol=1e-12)
    assert not any(np.allclose(line.get_xydata()[:, 0], 3) for line in drawn)
    assert len(drawn) == 5  # the square, a line and its tick, two labels
    assert figure.axes[0].get_title() == "epoch 7"
    assert "1 of 3 part the points" in [text.get_text() for text in figure.axes[0].texts]


def test_folded_space_shows_where_the_points_go():
    # Goodfellow et al., §6.1: (0, 1) and (1, 0) meet in (1, 0), and (1, 1) goes to (2, 1)
    hidden = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 0.0], [2.0, 1.0]])
    output = Layer(np.array([[1.0], [-2.0]]), np.zeros((1, 1)))
    figure = plots.folded(X, hidden, Y, output)
    assert "(0, 1) and (1, 0)" in shown(figure)
    assert "(1, 1) goes to (2, 1), label 0." in figure.description
    image = np.array([[0.0, 0.0], [1.0, 0.0], [2.0, 1.0]])
    joined = plots.folded(X, hidden, Y, output, image=image).axes
    drawn = [[line.get_xydata().tolist() for line in axes.lines] for axes in joined]
    assert image.tolist() in drawn[1]
    assert image.tolist() not in drawn[0]
    with pytest.raises(ValueError, match=r"image must have shape \(points, 2\)"):
        plots.folded(X, hidden, Y, output, image=image.T)
    with pytest.raises(ValueError, match=r"hidden must have shape \(4, 2\), got \(4, 3\)"):
        plots.folded(X, np.zeros((4, 3)), Y, output)


@pytest.mark.parametrize("name", ["contour", "folded"])
def test_a_legend_names_the_points_by_their_label_as_the_lessons_do(name):
    draw, _ = PLOTS[name]
    legend = {text for text in shown(draw()) if re.search(r"\b[01]$", text) and " " in text}
    assert {"label 0", "label 1"} <= legend
    assert not {text for text in shown(draw()) if text.startswith("true")}


def test_the_network_graph_holds_the_values_of_the_row():
    parameters = numpy_mlp.initialize((3,), seed=4)
    passed = numpy_mlp.forward(parameters, X[1:2])
    values = [f"{value:.2f}" for value in (*passed.a[1][0], passed.a[2][0, 0])]
    assert set(values) <= set(shown(plots.network_graph(parameters, passed)))
    with pytest.raises(ValueError, match="passed must be of one row, got 4"):
        plots.network_graph(parameters, numpy_mlp.forward(parameters, X))


def test_shares_by_learning_rate_have_their_intervals_and_name_the_best():
    figure = plots.by_learning_rate(SHARES | {"two": ([1], [1.0], [(0.9, 1.0)])})
    assert figure.description == (
        "The share that learns. one: most, 90%, at 2; two: most, 100%, at 1."
    )
    bars = figure.axes[0].containers[0][2][0].get_segments()
    np.testing.assert_allclose([bar[:, 1] for bar in bars], [[0, 0.2], [0.8, 1], [0.4, 0.6]])
    assert {"one", "two"} <= set(shown(figure))


def test_shares_by_learning_rate_name_every_best_rate_and_round_none_to_all():
    bars = [(0.9, 1.0)] * 3
    figure = plots.by_learning_rate({"one": ([1, 2, 4], [0.995, 0.95, 0.995], bars)})
    assert figure.description == "The share that learns. one: most, 99.5%, at 1 and 4."


def test_a_ranking_has_the_largest_share_on_top_and_a_band_for_its_reference():
    figure = plots.ranking(RANKED, "a")
    assert figure.description == (
        "The share that learns, with its interval, for 3 settings from the largest to the "
        "smallest. Among them are b 90.0% (80.0% to 100.0%), a 50.0% (40.0% to 60.0%), "
        "c 20.0% (10.0% to 30.0%)."
    )
    axes = figure.axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["c", "a", "b"]
    bars = axes.containers[0][2][0].get_segments()
    np.testing.assert_allclose([bar[:, 0] for bar in bars], [[0.1, 0.3], [0.4, 0.6], [0.8, 1.0]])
    [band] = axes.patches
    assert (band.get_x(), band.get_x() + band.get_width()) == (0.4, 0.6)


@pytest.mark.parametrize(
    ("low", "title"),
    [
        (0.0, "The share of networks that learn"),
        (0.1, "The share of networks that learn, from 10% on"),
    ],
)
def test_a_ranking_shows_all_from_where_its_axis_begins_to_one(low, title):
    figure = plots.ranking(RANKED, "a", low=low)
    assert figure.title == title
    left, right = figure.axes[0].get_xlim()
    assert (low - left) / (1 - low) == pytest.approx(0.02)
    assert (right - 1) / (1 - low) == pytest.approx(0.02)


def test_no_share_on_a_rankings_axis_is_rounded():
    figure = plots.ranking({"He's": (0.95, (0.9, 1.0))}, "He's", low=0.85)
    axes = figure.axes[0]
    axes.set_xticks([0.875, 0.9])
    assert [label.get_text() for label in axes.get_xticklabels()] == ["87.5%", "90%"]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["He’s"]


def test_a_sampling_distribution_has_a_line_for_each_share_and_sets_the_far_ones_apart():
    shares = [0.5, 0.75, 0.5, 0.25, 0.5, 0.6]
    figure = plots.sampling_distribution(shares, 0.5, 0.1)
    assert figure.description == "Of 6 shares, from 0.25 to 0.75, 4 lie within 0.1 of 0.5."
    near, far = figure.axes[0].collections
    tops = [[line[1].tolist() for line in part.get_segments()] for part in (near, far)]
    assert tops == [[[0.5, 3], [0.6, 1]], [[0.25, 1], [0.75, 1]]]
    assert near.get_color().tolist() != far.get_color().tolist()


def test_draws_are_counted_by_quarters_and_the_far_ones_are_set_apart():
    """By hand; a stretch holds its lower end and not its upper."""
    figure = plots.draws([-1.1, -1, -0.1, 0.1, 0.2, 0.99, 1, 2.6], 1)
    assert figure.description == "Of 8 numbers, from -1.10 to 2.60, 5 lie between -1 and 1."
    near, far = (
        {bar.get_x(): bar.get_height() for bar in bars} for bars in figure.axes[0].containers
    )
    assert near == {-1: 1, -0.25: 1, 0: 2, 0.75: 1}
    assert far == {-1.25: 1, 1: 1, 2.5: 1}


def near_of(share, trials, z=1.96):
    """The interval's ends, as the roots of (share - p)² = z² p (1 - p) / trials."""
    w = z**2 / trials
    return tuple(np.roots([1 + w, -(2 * share + w), share**2])[::-1].tolist())


def test_a_belt_is_read_level_for_a_probability_and_upright_for_a_share():
    """By hand, with z = 1.5: near 1/2 the shares of four tosses lie from 1/8 to 7/8."""
    ends = near_of(0.25, 4, z=1.5)
    figure = plots.confidence_belt(4, [0.5, 0.9], 0.25, ends, z=1.5)
    assert figure.description == (
        "Of the shares of 4 trials those near 0.5 go from 0.125 to 0.875, those near 0.9 go from "
        f"0.675 to 1.000. The share 0.25 is near the probabilities from {ends[0]:.3f} to "
        f"{ends[1]:.3f}."
    )
    [axes] = figure.axes
    _, near, far, high_near, high_far = axes.collections

    def sticks(drawn):
        return {start[0]: (start[1], end[1] - start[1]) for start, end in drawn.get_segments()}

    inner, outer = sticks(near), sticks(far)
    assert sorted(inner) == [0.25, 0.5, 0.75]
    assert sorted(outer) == [0, 1]
    assert {base for base, _ in (inner | outer).values()} == {0.5}
    # Four tosses of a fair coin: 1, 4, 6, 4 and 1 of sixteen.
    unit = inner[0.5][1] / 6
    heights = [(inner | outer)[share][1] / unit for share in (0, 0.25, 0.5, 0.75, 1)]
    assert heights == pytest.approx([1, 4, 6, 4, 1])
    # No head in four tosses of the other: 0.1⁴, where a fair coin has 1/16.
    assert sticks(high_far)[0][1] / unit == pytest.approx(16 * 0.1**4)
    assert sorted(sticks(high_near)) == [0.75, 1]
    assert max(height for _, height in sticks(high_near).values()) < 0.4, "a coin reaches the next"
    assert near.get_color().tolist() == high_near.get_color().tolist() != far.get_color().tolist()
    assert [text.get_text() for text in axes.texts] == ["kept", "out", *(f"{p:.2f}" for p in ends)]
    on_lines = {line.get_marker(): line.get_xydata().tolist() for line in axes.lines}
    assert (on_lines["o"], on_lines["x"]) == ([[0.25, 0.5]], [[0.25, 0.9]])
    [frame] = axes.patches
    assert frame.get_x() + frame.get_width() / 2 == pytest.approx(0.25)
    assert [frame.get_y(), frame.get_y() + frame.get_height()] == pytest.approx(ends)


def test_coverage_sets_the_intervals_apart_that_miss_the_truth_below_and_above():
    """An end on the truth itself holds it."""
    intervals = [(0.4, 0.6), (0.1, 0.3), (0.45, 0.7), (0.5, 0.9), (0.2, 0.45)]
    figure = plots.coverage([0.5, 0.2, 0.6, 0.7, 0.3], intervals, 0.45)
    assert figure.description == (
        "Of 5 intervals 3 hold the true probability, 45.0%, 1 lie below it and 1 above."
    )
    axes = figure.axes[0]
    held, missed = axes.containers
    assert [dots.lines[0].get_xdata().tolist() for dots in (held, missed)] == [[1, 3, 5], [2, 4]]
    ends = [bar[:, 1].tolist() for part in (held, missed) for bar in part[2][0].get_segments()]
    np.testing.assert_allclose(ends, [intervals[place] for place in (0, 2, 4, 1, 3)])
    assert held.lines[0].get_color() != missed.lines[0].get_color()
    assert held.lines[0].get_marker() != missed.lines[0].get_marker()
    assert axes.lines[-1].get_ydata() == [0.45, 0.45]
    all_hold = plots.coverage([0.5], [(0.4, 0.6)], 0.5)
    assert all_hold.description.endswith("0 lie below it and 0 above.")


def test_a_ladder_counts_the_losses_next_to_each_rung():
    figure = plots.ladder([0.25, 0.125, 0.1251, 0.2], {"1/8": 0.125, "1/4": 0.25})
    assert figure.description == (
        "Of 4 networks 2 end within 0.005 of 1/8, 1 end within 0.005 of 1/4, and 1 elsewhere."
    )
    bars = {bar.get_x() + bar.get_width() / 2: bar.get_height() for bar in figure.axes[0].patches}
    tall = {round(place, 3): height for place, height in bars.items() if height}
    assert tall == {0.125: 2, 0.2: 1, 0.25: 1}


def test_a_ladders_bars_stand_on_their_rungs():
    figure = plots.ladder([0.1664, 0.1665, 0.1251, 0.1731], {"1/8": 1 / 8, "1/6": 1 / 6})
    bars = {bar.get_x() + bar.get_width() / 2: bar.get_height() for bar in figure.axes[0].patches}
    np.testing.assert_allclose(list(bars), [1 / 8, 1 / 6, 1 / 6 + 0.005], atol=1e-9)
    assert list(bars.values()) == [1, 2, 1]


def test_bars_are_as_long_as_the_works_take_and_say_how_often_the_first_would_fit():
    figure = plots.bars({"ours": 0.5, "theirs": 2.0}, "A build")
    assert figure.description == "Seconds: ours 0.5; theirs 2, 4 times as long."
    assert [bar.get_width() for bar in figure.axes[0].patches] == [0.5, 2.0]
    assert "2 s" in shown(figure)


def test_growth_has_a_line_a_work_and_names_its_ends():
    figure = plots.growth([40, 160], {"ours": [1, 2], "theirs": [2.5, 9]}, "Builds")
    assert figure.description == (
        "ours: 1 s for 40 pages, 2 s for 160. theirs: 2.5 s for 40 pages, 9 s for 160."
    )
    lines = [line.get_xydata().tolist() for line in figure.axes[0].lines]
    assert lines == [[[40, 1], [160, 2]], [[40, 2.5], [160, 9]]]


def test_step_sizes_name_the_best_one():
    figure = plots.step_sizes(np.array([1e-1, 1e-4, 1e-9]), {"d": np.array([1e-2, 1e-8, 1e-5])})
    assert figure.description == (
        "d: least, 1e-08, at h = 1e-04; 1e-02 at the largest step, 1e-05 at the smallest."
    )


def test_losses_along_a_number_are_medians_with_the_middle_half_of_the_runs():
    # five runs, whose quarters can be counted off
    runs = np.array([[5, 1], [1, 10], [3, 7], [2, 3], [4, 2]], float)
    figure = plots.losses_along("Two", [1, 8], {"one": runs}, "units")
    bars = figure.axes[0].containers[0]
    assert bars.lines[0].get_xydata().tolist() == [[1, 3], [8, 3]]
    (stems,) = bars.lines[2]
    reach = [[end.tolist() for end in stem] for stem in stems.get_segments()]
    assert reach == [[[1, 2], [1, 4]], [[8, 2], [8, 7]]]
    assert figure.description == "one, medians by units: 3 at 1, 3 at 8."
    assert [label.get_text() for label in figure.axes[0].get_xticklabels()] == ["1", "8"]
    assert figure.axes[0].get_ylabel() == "loss"


def test_a_chord_has_the_slope_between_its_ends():
    # by hand: a kink at 0, flat to the left and of slope 2 to the right
    figure = plots.chord([-1, 0, 1], [1, 1, 3], 0, 0.5, 0)
    assert figure.description == (
        "At θ = 0 the chord from θ - h to θ + h, with h = 0.5, has the slope 1; "
        "backpropagation’s line has 0."
    )
    flat, chord, ends = [line.get_xydata() for line in figure.axes[0].lines[1:4]]
    np.testing.assert_allclose(ends, [[-0.5, 1], [0.5, 2]])
    assert np.ptp(flat[:, 1]) == 0
    np.testing.assert_allclose(np.diff(chord[:, 1]) / np.diff(chord[:, 0]), 1)


def test_a_tape_tells_what_goes_up_and_what_comes_back():
    figure = plots.tape(
        [plots.Record("x W\n+ b", "z", "δ", "dW\ndb"), plots.Record("z²", "J", "1")]
    )
    assert figure.description == (
        "Recorded: x W + b gives z; z² gives J. Handed back, from the last: 1, δ, dW, db."
    )
    with pytest.raises(ValueError, match="records must be at least one operation, got none"):
        plots.tape([])


def test_walks_have_a_dot_where_a_hinge_line_is_crossed():
    figure = plots.walks(
        [0, 1, 2], {"up": [0, 1, 3], "on": [1, 1, 1]}, {"up": [1, 9], "on": []},
        {"up": [[0, 0], [0, 0.5], [0, 1]], "on": [[0, 0], [0.5, 0], [1, 0]]}, LATTICE, SADDLE,
    )  # fmt: skip
    assert figure.description == (
        "up: from 0 to 3, last bent at 1. on: from 1 to 1, without a bend."
    )
    for axes, dot in zip(figure.axes, ([0, 0.5], [1, 1]), strict=True):
        dots = [line for line in axes.lines if line.get_marker() == "o"]
        assert dots[0].get_xydata().tolist() == [dot]
        assert not len(dots[1].get_xydata())


NAN = np.where(SADDLE == 1, np.nan, SADDLE)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: plots.loss(dict.fromkeys("abcde", FALLING)),
            "losses must be at most 4 runs, got 5",
        ),
        (lambda: plots.loss({}), "losses must be at least one run, got none"),
        (lambda: plots.loss([]), "losses must have shape (points,), none of them 0, got (0,)"),
        (
            lambda: plots.loss({"one": [0.5, 0.25, 0]}, log=True),
            "losses['one'] must be positive on a logarithmic axis, got 0 at (2,)",
        ),
        (
            lambda: plots.loss([0.5, -0.25], log=True),
            "losses must be positive on a logarithmic axis, got -0.25 at (1,)",
        ),
        (
            lambda: plots.losses_along("", [1, 0], {"one": np.eye(2)}, "units"),
            "places must be positive on a logarithmic axis, got 0 at (1,)",
        ),
        (
            lambda: plots.losses_along("", [1, 2, 4], {"one": np.eye(2)}, "units"),
            "losses['one'] must have shape (runs, 3), got (2, 2)",
        ),
        (
            lambda: plots.losses_along("", [1, 2], {}, "units"),
            "losses must be at least one run, got none",
        ),
        (
            lambda: plots.step_sizes([0.1, 0], {"one": [1e-3, 1e-5]}),
            "steps must be positive on a logarithmic axis, got 0 at (1,)",
        ),
        (
            lambda: plots.difference(dict.fromkeys("abcde", FALLING), FALLING),
            "losses must be at most 4 runs, got 5",
        ),
        (
            lambda: plots.difference({"one": FALLING[:2]}, FALLING),
            "losses['one'] must have shape (6,), got (2,)",
        ),
        (
            lambda: plots.step_sizes(FALLING, dict.fromkeys("abcde", FALLING)),
            "errors must be at most 4 runs, got 5",
        ),
        (
            lambda: plots.step_sizes(FALLING, {"one": FALLING[:2]}),
            "errors['one'] must have shape (6,), got (2,)",
        ),
        (lambda: plots.maps("t", {}, LATTICE, X, Y), "panels must be at least one, got none"),
        (lambda: plots.mosaic("t", {}, LATTICE, X, Y), "panels must be at least one, got none"),
        (
            lambda: plots.mosaic("t", {"one": NAN}, LATTICE, X, Y),
            "panels['one'] must be finite, got nan at (9, 0)",
        ),
        (lambda: plots.hinges({}, X, Y), "snapshots must be at least one, got none"),
        (
            lambda: plots.hinges({3: numpy_mlp.initialize((2, 3))}, X, Y),
            "snapshots[3] must have one hidden layer and one output, got weights of the shapes "
            "[(2, 2), (2, 3), (3, 1)]",
        ),
        (lambda: plots.contour(LATTICE, NAN, X, Y), "y_hat must be finite, got nan at (9, 0)"),
        (
            lambda: plots.maps("t", {"one": NAN}, LATTICE, X, Y),
            "panels['one'] must be finite, got nan at (9, 0)",
        ),
        (lambda: plots.contour(LATTICE, SADDLE, X, Y / 2), "y must be labels 0 or 1, got 0.5"),
        (
            lambda: plots.maps("t", {"one": SADDLE}, LATTICE, X, Y / 2),
            "y must be labels 0 or 1, got 0.5",
        ),
        (
            lambda: plots.folded(X, X, Y / 2, Layer(np.ones((2, 1)), np.zeros((1, 1)))),
            "y must be labels 0 or 1, got 0.5",
        ),
        (lambda: plots.hinges({0: NETWORK}, X, Y / 2), "y must be labels 0 or 1, got 0.5"),
        (
            lambda: plots.by_learning_rate({"one": ([0], [0.5], [(0.4, 0.6)])}),
            "lines['one'][0] must be positive on a logarithmic axis, got 0 at (0,)",
        ),
        (
            lambda: plots.by_learning_rate({"one": ([1], [0.5], [(0.6, 0.8)])}),
            "the shares of 'one' must lie in their intervals",
        ),
        (
            lambda: plots.ranking({"a": (0.5, (0.4, 0.6))}, "b"),
            "reference must be one of a, got 'b'",
        ),
        (
            lambda: plots.ranking({"a": (0.5, (0.4, 0.6))}, "a", low=0.41),
            "low must be from 0 to the lowest interval's 0.4, got 0.41",
        ),
        (
            lambda: plots.ranking({"a": (0.5, (0.4, 0.6))}, "a", low=-0.1),
            "low must be from 0 to the lowest interval's 0.4, got -0.1",
        ),
        (lambda: plots.ladder([], {"1/8": 0.125}), "losses must have shape (networks,)"),
        (
            lambda: plots.draws([1], 0.3),
            "reach must be a multiple of a quarter, got 0.3",
        ),
        (
            lambda: plots.draws([1, -2e6], 1),
            "values must lie nearer than 1,000,000, got 2e+06",
        ),
        (
            lambda: plots.sampling_distribution([], 0.5, 0.1),
            "shares must have shape (repetitions,)",
        ),
        (
            lambda: plots.sampling_distribution([0.5], 0.5, 0),
            "reach must be a finite number above 0, got 0",
        ),
        (
            lambda: plots.confidence_belt(20, [0.5, 1.5], 1, (0.8, 1)),
            "probabilities must lie between 0 and 1",
        ),
        (
            lambda: plots.confidence_belt(20, [0.5], -0.1, (0, 0.1)),
            "share must lie between 0 and 1",
        ),
        (
            lambda: plots.confidence_belt(20, [0.7], 0.8, (0.79, 0.81)),
            "interval must end 1.96 standard deviations from the share 0.8, got (0.79, 0.81)",
        ),
        (lambda: plots.confidence_belt(0, [0.5], 1, (0.8, 1)), "trials must be an integer"),
        (
            lambda: plots.confidence_belt(1001, [0.5], 1, (0.8, 1)),
            "trials must be at most 1,000, got 1,001",
        ),
        (
            lambda: plots.confidence_belt(20, [0.5, 0.5], 1, (0.8, 1)),
            "probabilities must be different from each other",
        ),
        (
            lambda: plots.confidence_belt(20, [0.5], 1, (0.8, 1), 0),
            "z must be a finite number above 0",
        ),
        (lambda: plots.coverage([], [], 0.5), "shares must have shape (repetitions,)"),
        (
            lambda: plots.coverage([0.5], [(0.6, 0.7)], 0.5),
            "the shares of 'shares' must lie in their intervals",
        ),
        (
            lambda: plots.chord([0, 1], [0, 1], 0.5, 1, 0),
            "at and h must give a chord from 0 to 1, got 0.5 and 1",
        ),
        (
            lambda: plots.walks([0, 1], {"up": [0, 1]}, {}, {"up": X[:2]}, LATTICE, SADDLE),
            "crossings must have the walk 'up', got []",
        ),
        (
            lambda: plots.walks([0, 1], {"up": [0, 1]}, {"up": []}, {}, LATTICE, SADDLE),
            "ways must have the walk 'up', got []",
        ),
        (
            lambda: plots.walks([0, 1], {"up": [0, 1]}, {"up": []}, {"up": X}, LATTICE, SADDLE),
            "ways['up'] must have shape (2, 2), got (4, 2)",
        ),
        (
            lambda: plots.walks([0, 1], {"up": [0, 1, 2]}, {"up": []}, {}, LATTICE, SADDLE),
            "sums['up'] must have shape (2,), got (3,)",
        ),
        (lambda: plots.bars({}, ""), "seconds must be at least one work's, got none"),
        (lambda: plots.bars({"a": 0}, ""), "seconds must be positive"),
        (
            lambda: plots.growth([1, 2], {"a": [1]}, ""),
            "seconds['a'] must be 2 times, one a size, got 1",
        ),
        (
            lambda: plots.network_graph(
                NETWORK, numpy_mlp.forward(numpy_mlp.initialize((3,), seed=5), X[1:2])
            ),
            "passed must be a forward pass of parameters, got another network's",
        ),
        (
            lambda: plots.network_graph(
                NETWORK, numpy_mlp.forward(numpy_mlp.initialize((4,)), X[1:2])
            ),
            "a forward pass of parameters, whose a has shapes [(1, 2), (1, 3), (1, 1)], got",
        ),
    ],
)
def test_what_cannot_be_drawn_whole_is_refused_by_name(call, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        call()


def test_lists_are_runs_too():
    [line] = plots.loss(FALLING.tolist()).axes[0].lines
    np.testing.assert_array_equal(line.get_ydata(), FALLING)
    [line] = plots.difference({"one": [0.5, 0.25]}, [0.25, 0.5]).axes[0].lines
    np.testing.assert_array_equal(line.get_ydata(), [0.25, 0.25])
    [line] = plots.difference({"one": [0.5, 0.25]}, [0.5, 0.5]).axes[0].lines
    np.testing.assert_array_equal(line.get_ydata(), [np.nan, 0.25])
    assert plots.step_sizes([0.1, 0.2], {"d": [1e-2, 1e-3]}).description


HALF = np.full_like(SADDLE, 0.5) + np.where(LATTICE[:, :1] > 0.5, 1e-9, -1e-9)


def test_a_contour_draws_no_boundary_on_a_plateau_at_one_half_and_says_so():
    figure = plots.contour(LATTICE, HALF, X, Y)
    assert not figure.axes[0].collections, "no line"
    assert figure.description.endswith(
        "The output is within 0.001 of 1/2 on 100% of the map, where no boundary is drawn."
    )
    assert len(plots.contour(LATTICE, SADDLE, X, Y).axes[0].collections) == 1


def test_beside_a_plateau_the_boundary_is_drawn():
    """A plateau a hair below one half; the output crosses one half elsewhere."""
    points = datasets.grid(20)
    z = np.where(points[:, :1] > 0.45, points[:, 1:] - 0.5, -1e-4)
    figure = plots.contour(points, 1 / (1 + np.exp(-z)), X, Y)
    vertices = np.concatenate([p.vertices for p in figure.axes[0].collections[0].get_paths()])
    np.testing.assert_allclose(vertices[:, 1], 0.5, atol=1e-12)
    np.testing.assert_allclose([vertices[:, 0].min(), vertices[:, 0].max()], [9 / 19, 1])
    assert "within 0.001 of 1/2 on 45% of the map" in figure.description


@pytest.mark.parametrize("steps", [10, 50, 120])
def test_a_flat_sheet_has_a_dark_rim_and_thin_lines_across_it(steps):
    points = datasets.grid(steps)
    [sheet] = plots.surface(points, np.full((len(points), 1), 0.5)).axes[0].collections
    pieces = [(steps - 1) ** 2]
    light, dark = np.split(sheet._facecolor3d[:, 0], pieces)  # the public ones are sorted by depth
    assert dark.max() < 0.85 * light.min()
    facets, mesh = np.split(np.reshape(sheet._faces, (-1, 4, 3))[..., :2], pieces)
    np.testing.assert_allclose(np.ptp(facets, axis=1).prod(axis=1).sum(), 1)
    reach = np.ptp(mesh, axis=1)
    np.testing.assert_allclose(reach.prod(axis=1), 0, atol=1e-12)  # lines have no breadth
    np.testing.assert_allclose(reach.sum(axis=0), surfaces.MESH)  # each is as long as the sheet
    assert (sheet.get_linewidths() == 0.5).all()
    for axis in (0, 1):  # the first and the last line of each direction are the rim
        across = mesh[reach[:, axis] < 1e-12, 0, axis]
        assert len(np.unique(across.round(9))) == surfaces.MESH
        np.testing.assert_allclose(np.ptp(across), 1)


def test_a_trained_surface_stays_a_small_file():
    points = datasets.grid()
    trained, _ = numpy_mlp.train(numpy_mlp.initialize(), X, Y)
    svg = plots.surface(points, numpy_mlp.predict(trained, points))._repr_svg_()
    assert len(gzip.compress(svg.encode())) < 40_000


@pytest.mark.parametrize("weights", [(1.0, -2.0), (1.0, 0.0), (0.0, 1.0)])
def test_no_label_of_the_folded_plane_is_crossed_by_the_line(weights):
    hidden = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 0.0], [2.0, 1.0]])
    output = Layer(np.array(weights)[:, None], np.array([[-0.6]]) * (weights[1] >= 0))
    figure = plots.folded(X, hidden, Y, output)
    figure.draw_without_rendering()
    after = figure.axes[1]
    for text in after.texts:
        box = text.get_window_extent()
        corners = [(x, y) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]
        sums = after.transData.inverted().transform(corners) @ output.weights + output.bias
        assert len(set((sums > 0.5).ravel())) == 1, f"{text.get_text()} is crossed"


def test_four_snapshots_stand_in_two_rows_of_two_large_panels():
    figure = plots.hinges(dict.fromkeys((0, 1, 2, 3), NETWORK), X, Y)
    assert figure.axes[0].get_gridspec().get_geometry() == (2, 2)
    figure.draw_without_rendering()
    widths = [axes.get_window_extent().width / figure.dpi for axes in figure.axes]
    assert min(widths) > 2, "inches"


def test_of_two_runs_with_the_same_gaps_both_are_seen():
    first, second = plots.difference({"a": FALLING, "b": FALLING}, FALLING[::-1]).axes[0].lines
    assert (first.get_marker(), second.get_marker()) == ("o", "x")
    assert first.get_fillstyle() == "none", "the second shows through it"
    assert {first.get_linestyle(), second.get_linestyle()} == {"None"}


def test_a_tapes_arrows_go_from_box_to_box():
    records = [plots.Record("a\nb", "z", "δ"), plots.Record("c", "y", "1")]
    figure = plots.tape(records)
    figure.draw_without_rendering()
    axes = figure.axes[0]
    up, down = (next(t for t in axes.texts if t.get_text() == each) for each in ("c", "a\nb"))
    boxes = [text.get_bbox_patch().get_window_extent() for text in (down, up)]
    arrows = [a for a in axes.texts if a.get_text() == "" and a.arrow_patch][:2]
    for arrow in arrows:
        ends = axes.transData.transform([arrow.xy, arrow.xyann])[:, 1]
        top, bottom = max(ends), min(ends)
        np.testing.assert_allclose([top, bottom], [boxes[0].y0, boxes[1].y1], atol=4)


def test_a_gap_is_the_distance_from_the_reference_itself():
    [line] = plots.difference({"one": FALLING}, FALLING[::-1]).axes[0].lines
    np.testing.assert_array_equal(line.get_ydata(), np.abs(FALLING - FALLING[::-1]))


@pytest.mark.parametrize(
    "draw",
    [
        lambda: plots.contour(LATTICE, STEEP, X, Y).axes[0].collections[0],
        lambda: plots.maps("One", {"one": STEEP}, LATTICE, X, Y).axes[0].collections[0],
    ],
)
def test_the_boundary_of_a_unit_is_straight_on_a_coarse_lattice(draw):
    vertices = np.concatenate([path.vertices for path in draw().get_paths()])
    np.testing.assert_allclose(vertices @ [0.8, 0.2], 0.5, atol=1e-12)
    assert np.ptp(vertices[:, 1]) == 1, "from edge to edge"


def test_a_surface_tells_the_output_at_each_corner_and_stands_on_its_nearest():
    figure = plots.surface(LATTICE, FIELD)
    figure.draw_without_rendering()
    [axes] = figure.axes
    told = {text.get_text(): np.array(text.xy) for text in axes.texts}
    for x1, x2 in ((0, 0), (1, 0), (0, 1), (1, 1)):
        output = 0.8 * x1 + 0.2 * x2
        at = proj3d.proj_transform(x1, x2, output, axes.get_proj())[:2]
        np.testing.assert_allclose(told[f"{output:.2f}"], at, atol=1e-6)
    [stem] = axes.lines
    np.testing.assert_allclose(np.transpose(stem.get_data_3d()), [[1, 0, 0], [1, 0, 0.8]])


@pytest.mark.parametrize(
    ("draw", "pixels"),
    [
        (lambda: plots.maps("One", {"one": STEEP}, LATTICE, X, Y, side=0.5), 10),
        (lambda: plots.contour(LATTICE, STEEP, X, Y), surfaces.PIXELS),
    ],
)
def test_a_map_stands_upright(draw, pixels):
    [image] = draw().axes[0].images
    assert image.get_extent() == [0, 1, 0, 1]
    assert image.get_clim() == (0, 1)
    rows = image.get_array()[:: 1 if image.origin == "lower" else -1]  # from x₂ = 0 up
    places = (np.arange(3 * pixels) + 0.5) / (3 * pixels)  # three in each of its pixels
    x1, x2 = np.meshgrid(places, places)
    # pixels between 10 points: the log-odds of a single unit are a plane
    exact = 1 / (1 + np.exp(-40 * (0.8 * x1 + 0.2 * x2 - 0.5)))
    wanted = exact.reshape(pixels, 3, pixels, 3).mean(axis=(1, 3))
    np.testing.assert_allclose(rows, wanted, rtol=1e-9)


def test_a_surface_has_each_input_on_its_own_axis():
    axes = plots.surface(LATTICE, FIELD).axes[0]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("x₁", "x₂")
    [sheet] = axes.collections
    facets, mesh = np.split(sheet._faces, [81])  # no public name has the 3-D corners
    x1, x2, z = facets.reshape(-1, 3).T
    np.testing.assert_allclose(z, 0.8 * x1 + 0.2 * x2, atol=1e-12)
    assert (x1.min(), x1.max(), x2.min(), x2.max()) == (0, 1, 0, 1)
    x1, x2, z = mesh.reshape(-1, 3).T
    np.testing.assert_allclose(np.ptp([x1, x2, z], axis=1), 1, atol=1e-12)  # from edge to edge
    above = z - 0.8 * x1 - 0.2 * x2  # moved towards who sees it, all alike
    np.testing.assert_allclose(above, above[0], atol=1e-12)
    assert above[0] > 0


def test_a_hinge_lines_tick_is_on_the_side_where_its_unit_is_on():
    drawn = plots.hinges({0: NETWORK}, X, Y).axes[0].lines[1:7]
    (weights, bias), _ = NETWORK
    for unit in range(3):
        line, tick = (one.get_xydata() @ weights[:, unit] for one in drawn[unit::3])
        np.testing.assert_allclose(line + bias[0, unit], 0, atol=1e-12)
        np.testing.assert_allclose(tick[0] + bias[0, unit], 0, atol=1e-12)
        assert tick[1] > tick[0]


def test_a_hinge_line_is_solid_where_its_unit_raises_the_output_and_dashed_where_it_lowers_it():
    """By hand: at both epochs units 0 and 1 part the points, unit 2 only at the second, 3 never."""
    weights = np.array([[1.0, 1.0, 1.0, 1.0], [0.0, 1.0, 1.0, 0.0]])
    output = Layer(np.array([[2.0], [-1.0], [-3.0], [1.0]]), np.zeros((1, 1)))
    first, second = (Layer(weights, np.array([[-0.5, -0.5, bias, 3.0]])) for bias in (3.0, -1.5))
    figure = plots.hinges({0: [first, output], 5: [second, output]}, X, Y)
    early, late = ([line.get_linestyle() for line in axes.lines[1:4]] for axes in figure.axes)
    assert (early, late) == (["-", "--", ":"], ["-", "--", "--"])
    for axes in figure.axes:
        up, down, other = (line.get_color() for line in axes.lines[1:4])
        assert (up, down) == ("#d55e00", "#0072b2")
        assert other == down
        assert len(axes.lines) - 1 == 2 * 3 + 2  # a line and a tick each, and two kinds of marks


def test_a_hinge_line_has_its_units_number_in_every_panel():
    """By hand: at epoch 0 the lines of units 1 and 2 part the points, later those of 0 and 2."""
    output = Layer(np.ones((3, 1)), np.zeros((1, 1)))
    weights = np.array([[1.0, 1.0, 0.0], [0.0, 1.0, 1.0]])
    biases = {0: [3.0, -0.5, -0.5], 9: [-0.5, 3.0, -0.5]}
    figure = plots.hinges(
        {epoch: [Layer(weights, np.array([bias])), output] for epoch, bias in biases.items()}, X, Y
    )
    for axes, parting in zip(figure.axes, ([1, 2], [0, 2]), strict=True):
        ticks = [line.get_xydata() for line in axes.lines if len(line.get_xydata()) == 2]
        ticks = [tick for tick in ticks if np.hypot(*np.ptp(tick, axis=0)) < 1]
        *texts, count = axes.texts
        assert [text.get_text() for text in texts] == ["0", "1", "2"]
        assert count.get_text() == "2 of 3 part the points"
        colours = [text.get_color() for text in texts]
        [dark] = {colours[unit] for unit in parting}
        assert [unit for unit in range(3) if colours[unit] == dark] == parting
        for unit, (text, (base, tip)) in enumerate(zip(texts, ticks, strict=True)):
            direction = weights[:, unit] / np.hypot(*weights[:, unit])
            np.testing.assert_allclose((tip - base) / np.hypot(*(tip - base)), direction)
            assert np.hypot(*(np.array(text.get_position()) - tip)) < 0.1


def test_no_tick_of_a_hinge_line_lies_on_another_tick_a_line_or_a_point():
    # by hand: x₁ + x₂ = 1 twice, once from either side, x₁ = x₂ twice, and x₁ = 2x₂ through (0, 0)
    weights = np.array([[1.0, -2.0, 1.0, 3.0, 1.0], [1.0, -2.0, -1.0, -3.0, -2.0]])
    bias = np.array([[-1.0, 2.0, 0.0, 0.0, 0.0]])
    network = [Layer(weights, bias), Layer(np.ones((5, 1)), np.zeros((1, 1)))]
    figure = plots.hinges({0: network}, X, Y)
    drawn = [line.get_xydata() for line in figure.axes[0].lines[1:-2]]
    ticks = [line for line in drawn if np.hypot(*np.ptp(line, axis=0)) < 1]
    assert len(ticks) == 5
    middles = [tick.mean(axis=0) for tick in ticks]
    for unit, (base, tip) in enumerate(ticks):
        assert base @ weights[:, unit] + bias[0, unit] == pytest.approx(0, abs=1e-12)
        size = np.hypot(*weights)
        for place in (middles[unit], tip):
            assert (abs(place @ weights + bias[0]) / size).min() > 0.05
            others = [*np.delete(middles, unit, axis=0), *X]
            assert np.hypot(*(np.array(others) - place).T).min() > 0.05


def test_the_folded_planes_line_is_where_the_output_is_one_half():
    output = Layer(np.array([[3.0], [-1.0]]), np.array([[0.2]]))
    figure = plots.folded(X, X[:, ::-1] * [2, 1], Y, output)
    [line] = [line for line in figure.axes[1].lines if isinstance(line, AxLine)]
    ends = np.array([line.get_xy1(), line.get_xy2()])
    np.testing.assert_allclose(ends @ output.weights + output.bias, 0.5, atol=1e-12)
    assert np.linalg.norm(ends[1] - ends[0]) > 0.1
    assert not any(isinstance(line, AxLine) for line in figure.axes[0].lines)
    for axes, places in zip(figure.axes, (X, X[:, ::-1] * [2, 1]), strict=True):
        np.testing.assert_array_equal(axes.lines[0].get_xydata(), places[[0, 3]])
        np.testing.assert_array_equal(axes.lines[1].get_xydata(), places[[1, 2]])


def test_the_network_graph_shows_signs_sizes_and_which_units_are_off():
    # by hand, for (1, 0): sums 1, -1.5 and 0.25, so the outputs are 1, 0 and 0.25
    figure = plots.network_graph(NETWORK, numpy_mlp.forward(NETWORK, X[2:3]))
    assert X[2].tolist() == [1, 0]
    [axes] = figure.axes
    heights = [np.linspace(0, 1, units + 2)[1:-1][::-1] for units in (2, 3, 1)]
    drawn = {tuple(np.ravel(line.get_xydata()).round(6)): line for line in axes.lines}
    assert len(drawn) == 9
    for depth, (weights, _) in enumerate(NETWORK):
        for (below, above), weight in np.ndenumerate(weights):
            ends = (depth, heights[depth][below], depth + 1, heights[depth + 1][above])
            line = drawn[tuple(np.round(ends, 6))]
            looks = ("#0072b2", "--") if weight < 0 else ("#d55e00", "-")
            assert (line.get_color(), line.get_linestyle()) == looks
            assert line.get_linewidth() == pytest.approx(0.3 + 1.1 * abs(weight))
    muted = [text.get_text() for text in axes.texts if text.get_color() == "#5b6470"]
    assert muted == ["0.00", "inputs", "hidden units", "output"]
    output = 1 / (1 + np.exp(-(2 * 1 + 0.5 * 0.25 + 0.25)))
    assert figure.description == (
        f"For the input (1, 0), 1 of 3 hidden units are off, and the output is {output:.3f}."
    )


def test_each_line_is_named_at_its_end_and_names_stand_apart():
    curves = {"falls": [1, 0], "rises": [0, 1], "rests": [0, 0], "rises late": [0, 0.97]}
    figure = plots.functions("Four lines", [0.0, 1.0], curves, "z")
    figure.draw_without_rendering()
    axes = figure.axes[0]
    assert {text.get_text() for text in axes.texts} == set(curves)
    boxes = {text.get_text(): Text.get_window_extent(text) for text in axes.texts}
    for one, other in combinations(boxes.values(), 2):
        assert one.y0 >= other.y1 or one.y1 <= other.y0
    line = boxes["rests"].height
    for text in axes.texts:
        name = text.get_text()
        end = axes.transData.transform((1, curves[name][-1]))
        assert axes.transAxes.transform(text.xy) == pytest.approx(end, abs=0.01), name
        box = boxes[name]
        assert abs((box.y0 + box.y1) / 2 - end[1]) < 1.1 * line, "no farther than it must"
        assert box.x0 > end[0]


def test_losses_come_in_pairs_as_by_their_names():
    pairs = plots.loss([("plain", FALLING), ("momentum", FALLING / 2)])
    assert [line.get_label() for line in pairs.axes[0].lines] == ["plain", "momentum"]
    named = plots.loss({"plain": FALLING, "momentum": FALLING / 2})
    assert pairs.description == named.description


def test_what_is_written_in_a_figure_has_the_quotes_of_prose():
    svg = plots.loss({"He's start": [0.3, 0.1], '"good"': [0.3, 0.2]})._repr_svg_()
    assert {"He’s start", "“good”"} <= {*re.findall(r"<text[^>]*>([^<]+)</text>", svg)}
