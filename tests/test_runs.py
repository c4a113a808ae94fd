"""A run in the browser's modules, under Node: edits, ways back, addresses."""

import json

import numpy as np
import pytest
from node import needs_node, node

from xordocs.experiments import diagnosis

HEAD = """
import {begin, edit, rewind, step, look} from "./runs/run.js";
import {DEFAULTS} from "./runs/settings.js";
import {beginTwin, hasParted} from "./runs/twin.js";
import {parse, print, fromObject} from "./runs/links.js";
import {reportOf} from "./state/report.js";
import {lossLadder} from "./model/loss_ladder.js";
import {TRUTH_TABLES, nameOf} from "./model/truth_tables.js";
const to = (run, epoch) => { while (run.epoch < epoch && !run.diverged) step(run); return run; };
const open = query => {
    const {settings} = parse(query);
    return to(begin(settings), settings.epoch);
};
const link = run => print({...run.settings, epoch: run.epoch});
const theta = run => [...run.network.theta];
const tell = value => console.log(JSON.stringify(value));
"""
pytestmark = needs_node


def told(program):
    """What a program tells, with the modules at hand."""
    return node(HEAD + program)


def test_a_link_restores_a_run_whatever_was_changed_and_whenever():
    """Steps on and back, labels, rates and weights, some before changes to come."""
    assert (
        told("""
        let seed = 7;
        const draw = n => (seed = (seed * 16807) % 2147483647) % n;
        const wrong = [];
        for (let trial = 0; trial < 200; trial++) {
            const run = open(`?seed=${trial}&hidden_layers=${1 + draw(4)},${1 + draw(4)}`
                + "&changes=5:y0:1;9:rate:0.5");
            for (let hand = 0; hand < 12; hand++) {
                const kind = draw(5);
                if (kind === 0) to(run, run.epoch + draw(40));
                if (kind === 1) rewind(run, draw(run.epoch + 1));
                if (kind === 2) edit(run, `y${draw(4)}`, draw(2));
                if (kind === 3) edit(run, "rate", (1 + draw(30)) / 10);
                if (kind === 4) edit(run, `p${draw(7)}`, draw(100) / 25 - 2);
            }
            const again = open(link(run));
            if (String([theta(run), [...run.y], run.rate, run.losses]) !==
                String([theta(again), [...again.y], again.rate, again.losses])) wrong.push(trial);
        }
        tell(wrong);
    """)
        == []
    )


def test_a_change_still_to_come_stays_when_the_reader_edits_before_it():
    held, link = told("""
        const run = to(open("?hidden_layers=3&changes=5:y0:1"), 2);
        edit(run, "y3", 1);
        to(run, 12);
        tell([run.settings.changes, link(run)]);
    """)
    assert held == [[2, "y3", 1], [5, "y0", 1]]
    assert link == "?hidden_layers=3&epoch=12&changes=2:y3:1;5:y0:1"


def test_of_a_drag_the_last_value_stays():
    assert (
        told("""
        const run = to(open(""), 40);
        for (let value = 0; value <= 120; value++) edit(run, "rate", value / 100 + 0.01);
        tell(link(run));
    """)
        == "?epoch=40&changes=40:rate:1.21"
    )


def test_the_way_back_is_the_way_there():
    assert (
        told("""
        const run = open("?epoch=1200");
        const before = theta(run);
        const losses = run.losses.slice();
        const seen = [777, 600, 16, 15, 1, 0].map(epoch => {
            rewind(run, epoch);
            return String(theta(run)) === String(theta(open(`?epoch=${epoch}`)))
                && run.losses.length + run.ahead.length === losses.length;
        });
        to(run, 1200);
        tell([...seen, String(theta(run)) === String(before)]);
    """)
        == [True] * 7
    )


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("?epoch=300", False),
        ("?epoch=80&seed=4&targets=0,0.25,1,1&changes=5:y0:1;7:rate:0.5;9:p3:2", False),
        ("?initializer=zeros&epoch=40", False),
        ("?seed=3&hidden_layers=3&learning_rate=50&epoch=150", True),
    ],
)
def test_a_run_and_its_twin_part_only_where_rounding_grows(query, parts):
    """The twin's labels and changes stay with their rows, or it would part at once."""
    found, gaps = told(f"""
        const run = open({json.dumps(query)});
        const twin = to(beginTwin(run.settings), run.epoch);
        tell([hasParted(run, twin), run.losses.map((loss, i) => Math.abs(loss - twin.losses[i]))]);
    """)
    assert found == parts
    assert any(gap > 0 for gap in gaps) or "zeros" in query
    assert (max(gaps) > 1e-9) == parts


@pytest.mark.parametrize(
    ("query", "name", "said"),
    [
        ("?lr=2", "lr", "learning_rate is one"),
        ("?garbage", "garbage", "garbage"),
        ("?pinned=garbage", "pinned", "garbage"),
        ("?seed=3&seed=4", "seed", "seed is given twice"),
        ("?weights=1,2", "weights", "41 numbers, got 2"),
        ("?unit=1:11", "unit", "no unit 1:11"),
        ("?views=colour", "views", "log, gradient"),
        ("?targets=maybe", "targets", "xor"),
    ],
)
def test_an_unknown_or_malformed_part_is_named(query, name, said):
    problems = told(f"tell(parse({json.dumps(query)}).problems);")
    assert problems.keys() == {name}
    assert said in problems[name]


def test_settings_behind_a_hash_are_named():
    assert "#seed=3" in told('tell(parse("", "#seed=3").problems);')["#"]


@pytest.mark.parametrize(
    ("query", "printed"),
    [
        ("?Seed=3&amp;HIDDEN_LAYERS=2", "?seed=3&hidden_layers=2"),
        ("?hidden-layers=2-4-3-1", "?hidden_layers=4,3"),
        ("?activation=TanH", "?activation=tanh"),
        ("?targets=and", "?targets=0,0,0,1"),
        ("?changes=3:learning_rate:2", "?changes=3:rate:2"),
        ("?learning_rate=1,25", "?learning_rate=1.25"),
        ("?seed=4&pinned=seed=9%26epoch=40", "?seed=4&pinned=seed=9~epoch=40"),
        ("?embed&seed=2", "?seed=2"),
        ("?seed=2&amp;Embed", "?seed=2"),
    ],
)
def test_names_are_taken_as_they_come(query, printed):
    found, problems = told(f"""
        const {{settings, problems}} = parse({json.dumps(query)});
        tell([print(settings), problems]);
    """)
    assert (found, problems) == (printed, {})


def test_json_holds_more_changes_than_a_link_can():
    """A change in each of 1,500 epochs, which no address would hold."""
    same, count = told("""
        const run = begin({...DEFAULTS, hidden_layers: [2]});
        for (let epoch = 0; epoch < 1500; epoch++) {
            edit(run, "p1", Math.sin(epoch));
            step(run);
        }
        const settings = {...run.settings, epoch: run.epoch};
        const opened = fromObject(JSON.parse(JSON.stringify(settings)));
        const again = to(begin(opened), opened.epoch);
        tell([String(theta(again)) === String(theta(run)), opened.changes.length]);
    """)
    assert (same, count) == (True, 1500)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?at=5:1", "The network has 4 rows and 6 stops, got 5:1"),
        ("?at=2:7", "The network has 4 rows and 6 stops, got 2:7"),
        ("?at=2:8&hidden_layers=3,3", ""),
        ("?at=2", "It must be row:stop, counted from 1, got 2"),
        ("?at=0:1", "A place must be a whole number from 1 to 17, got 0"),
        ("?unit=1:2:3:4", "It must be layer:unit or layer:unit:input, counted from 1, got 1:2:3:4"),
    ],
)
def test_a_place_in_an_epoch_is_one_that_the_network_has(query, said):
    (found,) = told(f"tell([Object.values(parse({json.dumps(query)}).problems)])")
    assert found == ([said] if said else [])


def test_a_rise_that_a_reader_has_made_is_no_oscillation():
    """A label flipped raises the loss of the run; that the rate is too large, it does not say."""
    flipped, later = told("""
        const run = open("?epoch=266");
        edit(run, "y0", 1);
        const flipped = reportOf({run}).cause;
        to(run, 270);
        const later = reportOf({run: {...run}}).cause;
        tell([flipped, later]);
    """)
    assert "oscillating" not in (flipped, later)


@pytest.mark.parametrize(
    ("given", "said"),
    [({"seed": "3"}, "seed"), ({"hidden_layers": 3}, "hidden_layers"), ({"lr": 1}, "lr"),
     ({"changes": 5}, "changes"), ({"targets": [0, 1, "1", 0]}, "targets")],
)  # fmt: skip
def test_json_of_other_types_is_refused_by_name(given, said):
    program = f"""
        try {{ fromObject({json.dumps(given)}); tell(""); }}
        catch (error) {{ tell(error instanceof RangeError ? error.message : ""); }}
    """
    assert said in told(program)


def test_all_sixteen_tables_have_a_name_and_the_losses_of_their_merged_rows():
    """Against Python's own sum over all groups of rows."""
    from itertools import combinations

    tables, ladders = told("""
        tell([Object.values(TRUTH_TABLES).map(labels => [nameOf(labels), labels]),
            Object.values(TRUTH_TABLES).map(labels => Object.values(lossLadder(labels)))]);
    """)
    assert len({tuple(labels) for _, labels in tables}) == 16
    for (_, labels), ladder in zip(tables, ladders, strict=True):
        groups = (group for n in (2, 3, 4) for group in combinations(labels, n))
        losses = {sum((y - sum(g) / len(g)) ** 2 for y in g) / 4 for g in groups}
        wanted = pytest.approx(sorted({round(it, 9) for it in losses} - {0}), abs=1e-8)
        assert ladder == wanted
        assert list(diagnosis.ladder(np.array([labels]).T).values()) == wanted


@pytest.mark.parametrize("labels", [[0, 1, 1, 0], [0, 0, 0, 1], [0, 1, 0.5, 1], [0.3] * 4])
def test_a_page_and_its_stills_name_the_same_losses(labels):
    named = told(f"tell(Object.entries(lossLadder({labels})));")
    assert [name for name, _ in named] == list(diagnosis.ladder(np.array([labels]).T))


def test_the_losses_ahead_are_those_beyond_the_epoch_on_the_way_forth_too():
    """After a way back from 300 to 100, and from there to 140."""
    assert (
        told("""
        const run = open("?epoch=300");
        const losses = run.losses.slice();
        rewind(run, 100);
        to(run, 140);
        tell(String(run.ahead) === String(losses.slice(140)));
    """)
        is True
    )
