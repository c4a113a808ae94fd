import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.lines import AxLine
from matplotlib.text import Text

from xordocs import datasets, playground
from xordocs.nn import activations, initializers, losses, numpy_mlp
from xordocs.nn.parameters import Layer
from xordocs.playground.embedding import PARTS
from xordocs.plots.style import CLASSES

ROOT = Path(__file__).parents[2]

EXACT = [
    Layer(np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([[0.0, -1.0]])),
    Layer(np.array([[1.0], [-2.0]]), np.array([[0.0]])),
]
"""The network of whole numbers of Goodfellow, Bengio and Courville, 6.1."""


def displayed(monkeypatch, embedding):
    """What a notebook shows of an embedding, in order."""
    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    embedding._ipython_display_()
    return shown


def test_stills_come_first_and_then_the_elements(monkeypatch):
    *stills, html = displayed(monkeypatch, playground.embed("controls", "map", "loss", seed=3))
    assert [still.title for still in stills] == [
        "Output after 500 epochs",
        "The loss, epoch by epoch",
    ]
    assert all(still.description for still in stills)
    assert html.data == (
        '<xor-run seed="3" stills="2"><xor-controls></xor-controls><xor-map></xor-map>'
        "<xor-loss></xor-loss></xor-run>"
    )


def test_a_still_shows_the_run_at_its_epoch():
    (still,) = playground.embed("table", seed=2, epoch=40).stills
    trained, _ = numpy_mlp.train(numpy_mlp.initialize(seed=2), *datasets.xor(), epochs=40)
    outputs = numpy_mlp.predict(trained, datasets.xor()[0]).ravel()
    assert [float(row[1]) for row in still.rows] == pytest.approx(outputs, abs=1e-8)


def test_a_strip_shows_the_next_twenty_seeds(unchecked_shapes):
    (still,) = playground.embed("strip", hidden_layers=(3,), seed=4).stills
    outputs = []
    for seed in range(5, 25):
        network, _ = numpy_mlp.train(numpy_mlp.initialize((3,), seed), *datasets.xor())
        outputs.append(numpy_mlp.predict(network, datasets.xor()[0]))
    learned = [losses.accuracy(each, datasets.xor()[1]) == 1 for each in outputs]
    assert still.title == f"The next 20 seeds: {sum(learned)} learn"
    failing = [
        seed for seed, has_learned in zip(range(5, 25), learned, strict=True) if not has_learned
    ]
    assert failing
    assert still.description.endswith(", ".join(f"seed {seed}" for seed in failing) + ".")
    assert len(re.findall(r"seed \d", still.description)) == len(failing)


def test_a_space_shows_where_the_units_put_the_points():
    """By hand: the network of whole numbers puts (0, 1) and (1, 0) on one point."""
    (still,) = playground.embed("space", weights=EXACT, learning_rate=1e-9, epoch=1).stills
    assert "(0, 1) and (1, 0)" in " ".join(text.get_text() for text in still.findobj(Text))
    assert playground.embed("space", hidden_layers=(2, 3)).stills == []


OF_THE_RUN = {"descent", "loss", "plane", "strip"}
"""Parts whose stills show no network at one moment."""


@pytest.mark.parametrize("part", [part for part in PARTS if PARTS[part] and part not in OF_THE_RUN])
def test_stills_of_weights_show_them_as_the_live_figures_begin(part):
    """A step too short to change a digit leaves the given network, a long one another."""

    def drawn(**settings):
        (still,) = playground.embed(part, weights=EXACT, **settings).stills
        if part == "table":
            return still.rows
        if part == "player":  # the curve beside its map is an epoch longer
            return still.axes[0].images[0].get_array().tolist()
        return still._repr_svg_().replace(still.title, "")

    given = drawn()
    assert given == drawn(epoch=1, learning_rate=1e-300)
    assert given != drawn(epoch=1, learning_rate=10)


def test_the_line_of_a_space_is_where_the_sigmoid_of_the_sum_is_one_half():
    """By hand: the sum of the network of whole numbers less one half is 0 through (1/2, 0)."""
    network = [EXACT[0], Layer(EXACT[1].weights, np.array([[-0.5]]))]
    (still,) = playground.embed("space", weights=network).stills
    (line,) = still.findobj(AxLine)
    (u, v), (u2, v2) = line.get_xy1(), line.get_xy2()
    assert u - 2 * v == u2 - 2 * v2 == pytest.approx(0.5)
    assert still.description.startswith("(0, 0) goes to (0, 0), label 0. (0, 1) goes to (1, 0), ")
    assert still.caption


def test_a_network_and_its_unit_share_a_still():
    (both,) = playground.embed("network", "unit", seed=3).stills
    (alone,) = playground.embed("unit", seed=3).stills
    assert both.description == alone.description


def test_the_graph_of_a_network_shows_the_row_and_the_epoch_at_which_its_unit_begins():
    """By hand: at (1, 1) the network of whole numbers adds up 2 - 2; the sigmoid of 0 is 1/2."""
    embedding = playground.embed("unit", weights=EXACT, at=(3, 4))
    assert ' at="4:5"' in embedding.html
    (still,) = embedding.stills
    assert still.description == (
        "For the input (1, 1), 0 of 2 hidden units are off, and the output is 0.500."
    )
    (later,) = playground.embed("unit", weights=EXACT, at=(3, 4), epoch=50).stills
    assert later.description != still.description
    with pytest.raises(ValueError, match=r"at\[1\] must be an integer from 0 to 5"):
        playground.embed("unit", weights=EXACT, at=(3, 6))


def test_a_part_can_be_about_one_row_and_then_has_no_update():
    html = playground.embed("unit", weights=EXACT, at=(3, 4), alone=True).html
    assert ' at="4:5" alone="" ' in html
    with pytest.raises(ValueError, match=r"at\[1\] must be an integer from 0 to 4"):
        playground.embed("unit", weights=EXACT, at=(3, 5), alone=True)
    with pytest.raises(TypeError, match="alone must be a bool"):
        playground.embed("unit", alone=1)


def test_a_player_names_the_seed_that_its_weights_come_from_and_none_for_other_weights():
    def panel(**settings):
        (still,) = playground.embed("player", **settings).stills
        (beside,) = still.axes[0].texts
        return still.axes[0].get_title(), beside.get_text().partition(" ")[0]

    assert panel(seed=3) == ("seed 3", "loss")
    assert panel(weights=EXACT) == ("its own weights", "loss")


def test_hinges_are_shown_where_they_start():
    (still,) = playground.embed("hinges", weights=EXACT).stills
    assert "0.00 at (0, 0), 1.00 at (1, 0), 1.00 at (0, 1) and 0.00 at (1, 1)" in still.description


def test_a_descent_takes_its_steps_at_the_rate():
    """By hand: at a quarter, each step is half of the way from 1.75 to the mean, one half."""
    (still,) = playground.embed("descent", learning_rate=0.25).stills
    end = 0.5 + 1.25 / 2**10
    assert f"goes from 1.75 to {end:.3g}" in still.description


def test_attributes_are_those_of_an_address_and_weights_give_the_sizes():
    html = playground.embed(
        "map",
        learning_rate=1e-7,
        activation=activations.TANH,
        loss=losses.CROSS_ENTROPY,
        initializer=initializers.GLOROT,
        epoch=1,
        targets=(0, 0, 0, 1),
        weights=EXACT,
        run='a"b',
    ).html
    assert re.findall(r' (\w+)="([^"]*)"', html.partition(">")[0]) == [
        ("run", "a&quot;b"), ("hidden_layers", "2"), ("learning_rate", "1e-7"),
        ("activation", "tanh"), ("loss", "cross_entropy"), ("initializer", "glorot"),
        ("epoch", "1"), ("targets", "0,0,0,1"), ("weights", "1,1,1,1,0,-1,1,-2,0"), ("stills", "1"),
    ]  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_every_part_has_an_element_and_can_be_embedded(part):
    embedding = playground.embed(part, hidden_layers=(2,), epoch=3)
    assert f"<xor-{part}></xor-{part}>" in embedding.html
    assert len(embedding.stills) == (PARTS[part] is not None)


def test_a_still_has_the_colours_of_the_live_figure():
    """Those of the light scheme, in which notebooks and paper show it."""
    styles = (ROOT / "elements" / "elements.css").read_text("utf-8")
    light = styles.partition('"slate"')[0]
    named = [re.search(rf"--xd-{name}: (#\w+);", light)[1] for name in ("low", "mid", "high")]
    assert [to_hex(CLASSES(place)) for place in (0.0, 0.5, 1.0)] == named


def test_a_run_that_diverges_is_shown_as_far_as_its_numbers_are_finite():
    (wild,) = (it for it in playground.PRESETS if it.cause == "diverged")
    assert len(playground.embed("map", "loss", **wild.setting).stills) == 2


@pytest.mark.parametrize(
    ("parts", "wrong", "said"),
    [
        ((), {}, "parts must have at least one name, got none"),
        (("map", "chart"), {}, "parts[1] must be one of 'challenge', 'controls', 'descent'"),
        (("map",), {"targets": (0, 1, 2, 0)}, "targets must be from 0 to 1"),
        (("map",), {"targets": (0, 1)}, "targets must have shape (4,)"),
        (("map",), {"hidden_layers": (17,)}, "hidden_layers[0] must be an integer from 1 to 16"),
        (("map",), {"epoch": -1}, "epoch must be an integer from 0"),
    ],
)
def test_an_embedding_of_nothing_that_there_is_is_refused(parts, wrong, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        playground.embed(*parts, **wrong)


def test_links_load_no_plots():
    code = (
        "import sys, json; from xordocs import playground; playground.link(seed=2);"
        "print(json.dumps(sorted({'matplotlib', 'IPython'} & sys.modules.keys())))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []
