"""The playground in headless Chromium: how it trains and draws, and how soon it answers.

`python tests/benchmarks/playground.py [--site FOLDER]`; without a built site it builds one. Frames
are timed by the clock, as a reader sees them, so a busy machine adds to them. The control tells how
much: frames of as much script that only computes, on the same page, in turns with the drawn ones.
"""

import statistics
import sys
from pathlib import Path

from measure import record, with_site

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "browser"))
from instrument import show_all  # noqa: E402 - it lies with the tests
from serving import chromium, find_chromium, serve  # noqa: E402

WATCH = """
    window.times = [];
    const ask = window.requestAnimationFrame;
    window.requestAnimationFrame = draw => ask.call(window, now => {
        const start = performance.now();
        draw(now);
        if (window.frame !== now) window.times.push(0); // a frame may have several callbacks
        window.frame = now;
        window.times[window.times.length - 1] += performance.now() - start;
    });
    const ready = setInterval(() => {
        if (document.getElementById("pg")?.getAttribute("aria-busy") !== "false") return;
        window.readyAt = performance.now();
        clearInterval(ready);
    }, 4);
    window.train = async () => {
        const {begin, step} = xordocs["runs/run"];
        const {DEFAULTS} = xordocs["runs/settings"];
        return epochs => {
            const run = begin(structuredClone(DEFAULTS));
            while (run.epoch < epochs) step(run);
        };
    };
"""
TRAIN = """async rounds => {
    const train = await window.train();
    return Array.from({length: rounds}, () => {
        const start = performance.now();
        train(500);
        return performance.now() - start;
    });
}"""
COMPUTE = """async () => {
    const train = await window.train();
    window.isComputing = true;
    const frame = () => {
        train(1000); // about as long as a drawn frame
        if (window.isComputing) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
}"""
SECONDS = 3  # of one kind of frame, before it is the other's turn


def load(browser, address):
    """Return when a page that was never opened answers, and 15 trainings of 500 epochs there."""
    with browser.new_context() as context:
        tab = context.new_page()
        tab.add_init_script(WATCH)
        tab.goto(f"{address}playground/")
        tab.wait_for_function("window.readyAt")
        return tab.evaluate("window.readyAt"), tab.evaluate(TRAIN, 15)


def watch(tab):
    """Return the milliseconds of script in each animation frame from now on."""
    tab.wait_for_timeout(300)
    tab.evaluate("window.times.length = 0")
    tab.wait_for_timeout(1000 * SECONDS)
    return tab.evaluate("window.times")


def frames(browser, address, shape, rounds):
    """Yield the drawn frames while it trains with every view open, and then as many computing."""
    with browser.new_context(viewport={"width": 1280, "height": 1600}) as context:
        tab = context.new_page()
        tab.add_init_script(WATCH)
        tab.goto(f"{address}playground/?hidden_layers={shape}&learning_rate=0.1&epoch=20")
        tab.wait_for_function("window.readyAt")
        show_all(tab)
        tab.click("#pg-numbers-open")
        tab.click("#pg-pin")
        tab.check("#pg-gradient")
        tab.fill("#pg-epoch", "20000")
        tab.press("#pg-epoch", "Enter")
        for _ in range(rounds):
            tab.click("#pg-play")
            drawn = watch(tab)
            tab.click("#pg-play")
            tab.evaluate(COMPUTE)
            yield drawn, watch(tab)
            tab.evaluate("window.isComputing = false")


def measure(site, rounds):
    """Measure a built site's playground, and record it."""
    executable = find_chromium()
    if executable is None:
        raise SystemExit("no Chromium on the PATH: install it to measure the playground")
    loads, trainings, drawn, computed = [], [], [], []
    with serve(site) as address, chromium(executable) as browser:
        for _ in range(rounds):
            answered, trained = load(browser, address)
            loads.append(answered)
            trainings += trained
        for shape in ("10", "10,2"):
            for watched, control in frames(browser, address, shape, rounds):
                drawn += watched
                computed += control
        version = browser.version
    record(
        "The playground",
        chromium=version,
        rounds=rounds,
        drawn_frames=len(drawn),
        milliseconds={
            "training": statistics.median(trainings),
            "interactive": statistics.median(loads),
            "frame_median": statistics.median(drawn),
            "frame_p99": statistics.quantiles(drawn, n=100)[98],
            "control_median": statistics.median(computed),
            "control_p99": statistics.quantiles(computed, n=100)[98],
        },
    )


if __name__ == "__main__":
    with_site(measure, rounds=5)
