"""Code cells in headless Chromium: how soon the first run answers, trains, and stops.

`python tests/benchmarks/code_cells.py [--site FOLDER]`; without a built site it builds one. Each
round is a browser that has fetched nothing yet, and the site is served from this machine.
"""

import gzip
import statistics
import sys
import tempfile
from pathlib import Path

from measure import record, with_site

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "browser"))
from cells import cell, write_page  # noqa: E402 - it lies with the tests
from serving import chromium, find_chromium, serve  # noqa: E402

TRAINING = """import numpy as np
from xordocs import datasets
from xordocs.nn import numpy_mlp

x, y = datasets.xor()
numpy_mlp.train(numpy_mlp.initialize(seed=1), x, y, epochs=500)[1][-1]"""
PAGE = cell("1 + 1") + cell(TRAINING) + cell("while True:\n    pass")
PRESS = """async ([number, button, ended]) => {
    const {tools} = document.querySelectorAll("xor-code")[number];
    const start = performance.now();
    [...tools.row.children].find(it => it.textContent === button).click();
    return new Promise(done => new MutationObserver(() => {
        if (tools.status.textContent === ended) done(performance.now() - start);
    }).observe(tools.status, {subtree: true, childList: true, characterData: true}));
}"""
BEFORE = ("loader", "code", "exercise")
AT_FIRST_RUN = ("python", "plot")


def press(tab, number, button="Run", ended="Done."):
    """Press a cell's button; return the milliseconds until it has ended so."""
    return tab.evaluate(PRESS, [number, button, ended])


def visit(browser, address):
    """Return the milliseconds of a first run, of a training, and of a stop."""
    with browser.new_context() as context:
        tab = context.new_page()
        tab.goto(f"{address}page/", wait_until="networkidle")
        first, training = press(tab, 0), press(tab, 1)
        press(tab, 2, ended="Running…")
        return first, training, press(tab, 2, "Stop", "Stopped.")


def compressed(site, names):
    """Return the bytes of scripts, compressed as servers do."""
    scripts = [site / "assets" / "elements" / f"{name}.js" for name in names]
    return sum(len(gzip.compress(script.read_bytes())) for script in scripts)


def measure(site, rounds):
    """Measure code cells on a page in a built site's dress, and record it."""
    executable = find_chromium()
    if executable is None:
        raise SystemExit("no Chromium on the PATH: install it to measure code cells")
    with tempfile.TemporaryDirectory() as folder:
        write_page(site, Path(folder), PAGE)
        with serve(Path(folder)) as address, chromium(executable) as browser:
            visits = [visit(browser, address) for _ in range(rounds)]
            version = browser.version
    names = ("first_run", "training", "stop")
    record(
        "Code cells",
        chromium=version,
        rounds=rounds,
        milliseconds={
            name: statistics.median(times)
            for name, times in zip(names, zip(*visits, strict=True), strict=True)
        },
        bytes={
            "before": compressed(site, BEFORE),
            "first_run": compressed(site, AT_FIRST_RUN),
        },
    )


if __name__ == "__main__":
    with_site(measure, rounds=9)
