"""Whatever stands in the playground's address or in a file that it opens: a run, or what is wrong.

The modules run in one Node for all texts of a test; each answer is held to what may be said.
"""

import json
import subprocess

import pytest
from damage import JSON, damaged, damaged_json
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from node import ELEMENTS, needs_node

pytestmark = needs_node
PROGRAM = """
import { createInterface } from "node:readline";
import { parse, print, fromObject } from "./runs/links.js";
import { DEFAULTS, SETTINGS } from "./runs/settings.js";
import { begin } from "./runs/run.js";

const answers = {
  address: (text) => parse(text),
  object: (text) => ({ settings: fromObject(JSON.parse(text)), problems: {} }),
};
for await (const line of createInterface({ input: process.stdin })) {
  const [kind, text] = JSON.parse(line);
  let answer;
  try {
    const { settings, problems } = answers[kind](text);
    const again = parse(print(settings));
    answer = {
      told: Object.entries(problems),
      names: Object.keys(settings),
      finite: begin(settings).network.theta.every(Number.isFinite),
      same: print(again.settings) === print(settings) && Object.keys(again.problems).length === 0,
    };
  } catch (error) {
    answer = { error: `${error.name}: ${error.message}` };
  }
  console.log(JSON.stringify(answer));
}
"""
NAMES = {
    *("seed", "hidden_layers", "learning_rate", "activation", "loss", "initializer", "epoch"),
    *("targets", "weights", "changes", "limit", "views", "unit", "at", "pinned"),
}
SETTINGS = {
    "seed": 4,
    "hidden_layers": [2],
    "learning_rate": 0.25,
    "activation": "tanh",
    "loss": "cross_entropy",
    "initializer": "he",
    "epoch": 7,
    "targets": [0, 0, 0.5, 1],
    "weights": [1, -2, 0.5, 1e-9, 0, 1, 2, 3, 4],
    "changes": [[3, "rate", 0.5], [4, "y1", 0], [5, "p3", -1.5]],
    "limit": 40,
    "views": ["log", "gradient"],
    "unit": [0, 1],
    "at": [2, 3],
    "pinned": {"seed": 9, "epoch": 40, "pinned": None},
}
ADDRESSES = [
    "?seed=3&hidden_layers=4,3&learning_rate=0.5&activation=tanh&loss=cross_entropy&initializer=he",
    "?epoch=80&seed=4&targets=0,0.25,1,1&changes=5:y0:1;7:rate:0.5;9:p3:2&views=log,gradient",
    "?hidden_layers=2-4-3-1&unit=1:2:1&at=2:3&limit=300&pinned=seed=9~epoch=40",
    "?weights=1,-2,0.5,1e-9,0,1,2,3,4&hidden_layers=2&Seed=3&amp;embed",
]
PARTS = st.one_of(
    st.sampled_from([*NAMES, "__proto__", "constructor", "toString", "pinned=", "~", "%", "%7E"]),
    st.sampled_from(["&", "=", ";", ":", ",", "-", "%26", "+", "1e999", "-0", "NaN", "9" * 400]),
    st.text(max_size=3),
)


@pytest.fixture(scope="module")
def ask():
    """Ask the modules what they make of a text."""
    command = ["node", "--input-type=module", "--eval", PROGRAM]
    with subprocess.Popen(
        command, cwd=ELEMENTS, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:

        def answer(kind, text):
            process.stdin.write(json.dumps([kind, text]) + "\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield answer
        process.stdin.close()


def check(answer):
    assert set(answer["names"]) == NAMES
    assert answer["same"], answer
    assert answer["finite"], answer
    for name, said in answer["told"]:
        assert said.strip(), name


def survey(ask, kind, texts, examples):
    @settings(max_examples=examples, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(texts)
    def reads(text):
        answer = ask(kind, text)
        if "error" in answer:
            assert kind == "object"
            is_json = "Infinity" not in text and "NaN" not in text
            assert answer["error"].startswith("RangeError: ") or not is_json, answer
            assert "call stack" not in answer["error"]
        else:
            check(answer)

    reads()


KINDS = {
    "address": damaged(ADDRESSES, PARTS) | st.lists(PARTS, max_size=9).map("".join),
    "object": (damaged_json(SETTINGS) | st.dictionaries(st.sampled_from(sorted(NAMES)), JSON)).map(
        json.dumps
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_run_is_opened_or_what_is_wrong_is_told(ask, kind):
    survey(ask, kind, KINDS[kind], 150)


@pytest.mark.audit
@pytest.mark.parametrize("kind", KINDS)
def test_a_run_is_opened_or_what_is_wrong_is_told_of_thousands(ask, kind):
    survey(ask, kind, KINDS[kind], 5000)


@pytest.mark.parametrize("name", ["__proto__", "constructor", "valueOf", "toString"])
def test_no_name_of_javascripts_own_is_a_setting(ask, name):
    assert [told for told, _ in ask("address", f"?{name}=3")["told"]] == [name]


def test_a_pinned_run_pins_no_other(ask):
    (told,) = ask("address", "?pinned=" * 3000 + "seed=3")["told"]
    assert told == ["pinned", "The pinned run: There is no setting pinned"]


@pytest.mark.parametrize("wrong", [True, 5, [], "x"])
def test_a_pinned_run_of_json_is_an_object(ask, wrong):
    said = ask("object", json.dumps({"pinned": wrong}))["error"]
    assert said.startswith("RangeError: pinned is of another kind than this page writes, got ")
