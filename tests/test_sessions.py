"""A session under Node, with a part that notes what it is told, and frames that come when asked."""

from node import needs_node, node

HEAD = """
globalThis.matchMedia = () => ({matches: false});
const frames = [];
globalThis.requestAnimationFrame = draw => frames.push(draw);
const {Session} = await import("./state/session.js");
const {parse, print} = await import("./runs/links.js");
const open = query => new Session("test", parse(query).settings);
const link = session => print(session.settings);
const rests = async session => {
    while (session.isComputing) await new Promise(done => setTimeout(done));
};
const tell = value => console.log(JSON.stringify(value));
"""
pytestmark = needs_node


def told(program):
    """What a program tells, with the modules at hand."""
    return node(HEAD + program)


def test_a_link_holds_the_epoch_of_a_journey_from_its_first_moment():
    seen = told("""
        const session = open("");
        const links = [];
        session.subscribe({draw: session => links.push(link(session)), update() {}});
        session.start(parse("?hidden_layers=16,16&epoch=3000&pinned=epoch=2").settings);
        await rests(session);
        tell([links.length > 1, [...new Set(links.slice(1))]]);
    """)
    assert seen == [True, ["?hidden_layers=16,16&epoch=3000&pinned=epoch=2"]]


def test_parts_say_where_a_run_is_while_it_plays():
    words = told("""
        const session = open("");
        const said = [];
        for (const name of ["first", "second"]) {
            const say = ({run, isPlaying}) => isPlaying && said.push([name, run.epoch]);
            session.subscribe({draw() {}, say});
        }
        session.clock.speed = 60;
        session.play();
        for (let frame = 0; frame < 20; frame++) {
            await new Promise(done => setTimeout(done, 16));
            frames.splice(0).forEach(draw => draw(performance.now()));
        }
        tell(said);
    """)
    assert {name for name, _ in words} == {"first", "second"}
    assert words[-1][1] > words[0][1]


def test_what_is_dragged_leaves_its_last_value_and_one_way_back():
    assert told("""
        const session = open("?epoch=20");
        await rests(session);
        session.hold();
        for (let value = 1; value <= 60; value++) session.edit("p3", value / 10);
        session.release();
        const dragged = link(session);
        session.undo();
        await rests(session);
        tell([dragged, link(session), session.canUndo]);
    """) == ["?epoch=20&changes=20:p3:6", "?epoch=20", False]


def test_what_is_held_and_not_moved_is_nothing_to_undo():
    assert (
        told("""
        const session = open("");
        session.hold();
        session.release();
        tell(session.canUndo);
    """)
        is False
    )


def test_undo_and_redo_go_through_all_that_was_changed():
    links = told("""
        const session = open("?hidden_layers=3");
        const links = [link(session)];
        const acts = [
            () => session.set("seed", 5),
            () => session.edit("y0", 1),
            () => session.step(7),
            () => session.edit("rate", 0.5),
            () => session.reset(),
            () => session.open(parse("?seed=8&epoch=12&views=log").settings),
        ];
        for (const act of acts) {
            act();
            await rests(session);
            links.push(link(session));
        }
        const back = [];
        while (session.canUndo) {
            session.undo();
            await rests(session);
            back.push(link(session));
        }
        const forth = [];
        while (session.canRedo) {
            session.redo();
            await rests(session);
            forth.push(link(session));
        }
        tell([links, back, forth]);
    """)
    there, back, forth = links
    before = [there[at] for at in (5, 4, 3, 1, 0)]  # steps are no change: the way back is the curve
    assert back == before
    assert forth[-1] == there[-1]


def test_time_stands_still_while_something_is_held():
    assert told("""
        const session = open("");
        session.play();
        const run = milliseconds => {
            for (const draw of frames.splice(0)) draw(performance.now() + milliseconds);
        };
        run(500);
        const before = session.run.epoch;
        session.hold();
        run(1000);
        run(1500);
        const held = session.run.epoch;
        session.release();
        run(2500);
        tell([before > 0, held === before, session.run.epoch > held]);
    """) == [True, True, True]


def test_stepping_back_is_the_way_there():
    assert told("""
        const session = open("?epoch=40");
        await rests(session);
        const outputs = () => String(session.frame.outputs);
        const seen = [];
        for (let back = 0; back < 40; back++) {
            seen.unshift(outputs());
            session.step(-1);
            await rests(session);
        }
        const again = [];
        while (session.run.epoch < 40) {
            session.step(1);
            again.push(outputs());
        }
        tell(String(seen) === String(again));
    """)
