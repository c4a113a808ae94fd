"""The playground in headless Chromium: how it trains and draws, and how soon it answers.

`python tests/benchmarks/playground.py [--site FOLDER]`; without a built site it builds one. Frames
are timed by the clock, as a reader sees them, so a busy machine adds to them. The control tells how
much: frames of as much script that only computes, on the same page, in turns with the drawn ones.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import record

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "browser"))
from serving import chromium, find_chromium, serve  # noqa: E402 - it lies with the tests

WATCH = """
    window.times = [];
    const ask = window.requestAnimationFrame;
    window.requestAnimationFrame = draw => ask.call(window, now => {
        const start = performance.now();
        draw(now);
        window.times.push(performance.now() - start);
    });
    const ready = setInterval(() => {
        if (document.getElementById("pg")?.getAttribute("aria-busy") !== "false") return;
        window.readyAt = performance.now();
        clearInterval(ready);
    }, 4);
    window.train = async () => {
        const module = name => import(new URL(`../assets/playground/${name}.js`, location.href));
        const [{begin, step}, {DEFAULTS}] = await Promise.all(["run", "address"].map(module));
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
    """Return when a page that nothing was kept of answers, and each training of 500 epochs on it."""
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
    """Return the drawn frames while it trains with every view open, and those that compute."""
    drawn, computed = [], []
    with browser.new_context(viewport={"width": 1280, "height": 1600}) as context:
        tab = context.new_page()
        tab.add_init_script(WATCH)
        tab.goto(f"{address}playground/?hidden_layers={shape}&learning_rate=0.1&epoch=20")
        tab.wait_for_function("window.readyAt")
        tab.click("#pg-numbers > summary")
        tab.click("#pg-pin")
        tab.check("#pg-gradient")
        tab.fill("#pg-epoch", "20000")
        tab.press("#pg-epoch", "Enter")
        for _ in range(rounds):
            tab.click("#pg-play")
            drawn += watch(tab)
            tab.click("#pg-play")
            tab.evaluate(COMPUTE)
            computed += watch(tab)
            tab.evaluate("window.isComputing = false")
    return drawn, computed


def measure(site, rounds):
    executable = find_chromium()
    if executable is None:
        raise SystemExit("no Chromium on the PATH: install it to measure the playground")
    with serve(site) as address, chromium(executable) as browser:
        loads, trainings = zip(*(load(browser, address) for _ in range(rounds)), strict=True)
        both = [frames(browser, address, shape, rounds) for shape in ("10", "10,2")]
        chromium_version = browser.version
    drawn, computed = (sum(times, []) for times in zip(*both, strict=True))
    milliseconds = {
        "training": statistics.median(sum(trainings, [])),
        "frame_median": statistics.median(drawn),
        "frame_p99": statistics.quantiles(drawn, n=100)[98],
        "control_median": statistics.median(computed),
        "control_p99": statistics.quantiles(computed, n=100)[98],
        "interactive": statistics.median(loads),
    }
    record(
        "The playground",
        chromium=chromium_version,
        rounds=rounds,
        frames=len(drawn),
        milliseconds=milliseconds,
    )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--site", type=Path, help="the folder of a built site")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    if arguments.site:
        return measure(arguments.site, arguments.rounds)
    with tempfile.TemporaryDirectory() as folder:
        build = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
        subprocess.run([*build, "--site-dir", folder], cwd=HERE.parent.parent, check=True)
        measure(Path(folder), arguments.rounds)


if __name__ == "__main__":
    main()
