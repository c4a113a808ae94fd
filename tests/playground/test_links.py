import inspect
import json
import re
from urllib.parse import parse_qsl

import links
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xordocs import DivergedError, datasets, playground
from xordocs.experiments.diagnosis import CAUSES, diagnose
from xordocs.nn import activations, initializers, losses, numpy_mlp


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
    assert playground.MESSAGES.keys() == set(CAUSES)


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
            "hidden_layers[0] must be an integer from 1 to 16, got 17",
        ),
        ({"hidden_layers": (2,) * 5}, "hidden_layers must have at most 4 entries"),
        ({"epoch": -1}, "epoch must be an integer from 0 to 20,000, got -1"),
        ({"epoch": 20_001}, "epoch must be an integer from 0 to 20,000, got 20001"),
        ({"seed": -1}, "seed must be an integer from 0"),
        ({"learning_rate": 0}, "learning_rate must be a finite number above 0, got 0"),
    ],
)
def test_a_link_to_no_run_is_refused(wrong, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        playground.link(**wrong)


READ = {
    "seed": int,
    "hidden_layers": lambda text: tuple(map(int, text.split(","))),
    "learning_rate": float,
    "activation": {each.name: each for each in activations.ACTIVATIONS}.get,
    "loss": {each.name: each for each in losses.LOSSES}.get,
    "initializer": {each.name: each for each in initializers.INITIALIZERS}.get,
    "epoch": int,
}


@given(links.arguments())
def test_a_link_holds_its_arguments_and_no_default(arguments):
    page, _, query = playground.link(**arguments).partition("?")
    assert page == "../playground.py"
    held = {name: READ[name](text) for name, text in parse_qsl(query, strict_parsing=bool(query))}
    defaults = {
        name: parameter.default
        for name, parameter in inspect.signature(playground.link).parameters.items()
    }
    assert held == {
        name: arguments[name] for name in arguments if arguments[name] != defaults[name]
    }


@pytest.mark.parametrize("name", links.REFUSED)
@given(data=st.data())
def test_a_link_refuses_what_the_page_would_and_names_the_argument(name, data):
    wrong = data.draw(links.REFUSED[name])
    others = data.draw(links.arguments())
    with pytest.raises(ValueError, match=rf"^{name}(\[0\])? must .*got "):
        playground.link(**{**others, name: wrong})


def test_a_links_refusal_of_a_users_function_lists_the_known_ones():
    mine = losses.Loss("mine", "my own", max, max)
    known = "loss must be one of the playground's mse, cross_entropy, got Loss(name='mine'"
    with pytest.raises(ValueError, match=re.escape(known)):
        playground.link(loss=mine)


def test_the_pages_data_is_json():
    data = json.loads(json.dumps(playground.element_data()))
    assert data["presets"][0]["query"] == ""
    assert all(preset["query"].startswith("?") for preset in data["presets"][1:])


def test_the_page_offers_every_function_by_a_title_that_begins_a_sentence():
    choices = playground.element_data()["choices"]
    functions = {
        "activation": activations.ACTIVATIONS,
        "loss": losses.LOSSES,
        "initializer": initializers.INITIALIZERS,
    }
    assert choices.keys() == functions.keys()
    for setting, offered in choices.items():
        assert list(offered) == [each.name for each in functions[setting]]
        for each in functions[setting]:
            assert offered[each.name].casefold() == each.title.casefold()
            assert offered[each.name][0].isupper()


def test_a_message_of_several_units_has_one_of_a_single_unit_beside_it():
    for message in playground.MESSAGES.values():
        if "units are" in str(message):
            one, several = message
            assert "units" not in one
            assert "{dead} units are" in several
