import json
import re
from pathlib import Path

import pytest

from xordocs import DivergedError, datasets, playground
from xordocs.experiments.diagnosis import CAUSES, diagnose
from xordocs.nn import activations, initializers, losses, numpy_mlp

ROOT = Path(__file__).parent.parent


def outcome(setting):
    """Return the diagnosis that a preset's run ends in."""
    setting = dict(setting)
    chosen = {name: setting[name] for name in ("activation", "loss") if name in setting}
    rate = setting.get("learning_rate", 1.5)
    shape = ("hidden_layers", "seed", "initializer")
    start = numpy_mlp.initialize(**{name: setting[name] for name in shape if name in setting})
    try:
        trained, history = numpy_mlp.train(
            start, *datasets.xor(), learning_rate=rate, epochs=playground.EPOCHS, **chosen
        )
    except DivergedError:
        return "diverged"
    return diagnose(trained, **chosen, losses=history[-10:]).cause


@pytest.mark.parametrize("preset", playground.PRESETS, ids=lambda preset: preset.name)
def test_a_preset_ends_in_the_diagnosis_it_is_named_for(preset):
    assert outcome(preset.setting) == preset.cause


def test_there_is_a_preset_and_a_sentence_for_every_diagnosis():
    assert {preset.cause for preset in playground.PRESETS} == set(CAUSES)
    assert playground.WORDS.keys() == set(CAUSES)


def test_a_link_leaves_out_what_is_at_its_default():
    assert playground.link() == "../playground.py"
    assert playground.link(seed=3, page="playground.py") == "playground.py?seed=3"
    assert playground.link(
        hidden_layers=(8, 8),
        seed=2,
        learning_rate=0.01,
        activation=activations.LEAKY_RELU,
        loss=losses.CROSS_ENTROPY,
        initializer=initializers.HE,
        epoch=500,
    ) == (
        "../playground.py?seed=2&hidden_layers=8,8&learning_rate=0.01&activation=leaky_relu"
        "&loss=cross_entropy&initializer=he&epoch=500"
    )
    assert playground.link(learning_rate=15).endswith("?learning_rate=15")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (
            {"hidden_layers": (17,)},
            "hidden_layers must be at most 4 of at most 16 units, got (17,)",
        ),
        ({"hidden_layers": (2,) * 5}, "hidden_layers must be at most 4"),
        ({"epoch": -1}, "epoch must be an integer of at least 0, got -1"),
        ({"epoch": 20_001}, "epoch must be at most 20,000, got 20001"),
        ({"seed": -1}, "seed must be an integer from 0"),
        ({"learning_rate": 0}, "learning_rate must be a finite positive number"),
    ],
)
def test_a_link_to_no_run_is_refused(wrong, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        playground.link(**wrong)


def test_what_the_page_takes_is_json():
    course = json.loads(json.dumps(playground.course()))
    assert course["presets"][0]["query"] == ""
    assert all(preset["query"].startswith("?") for preset in course["presets"][1:])
