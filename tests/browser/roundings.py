"""Find where the C library's logarithm is not the correctly rounded one: `ROUNDINGS`.

The page's own logarithm is correctly rounded; that of glibc misses by one unit in the last place
about once in a thousand, and a pair of normal numbers may then end in another digit. This script
draws the pairs of many seeds, asks the page's logarithm and this machine's, and writes down the
draws that would differ.
"""

import math
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from serving import chromium, find_chromium, serve

MODULES = Path(__file__).parents[2] / "elements" / "model"
STRIDE = 512
"""The pairs of seed n are counted from n times this."""
SEEDS, FEW = 10_000, 32
"""Of the census's seeds, as many pairs as a network with 16 hidden units draws, and more."""
LOW_SEEDS, MANY = 256, STRIDE
"""Of the first seeds, enough for four hidden layers of 16 units, nearly."""


def squares(seed: int, pairs: int) -> Iterator[tuple[float, float, float]]:
    """Yield x, y and x² + y² of each pair that the polar method accepts."""
    random = np.random.RandomState(seed)
    while pairs:
        x, y = 2.0 * random.random_sample(2) - 1.0
        square = x * x + y * y
        if 0 < square < 1:
            pairs -= 1
            yield float(x), float(y), float(square)


def steps(ours: float, theirs: float) -> int:
    """Return how many floats lie from one logarithm to the other."""
    a, b = np.array([ours, theirs]).view(np.int64)
    return int(b - a)


def main() -> None:
    """Write the constant of `random.js`."""
    drawn = [
        (seed * STRIDE + place, *pair)
        for seed in range(SEEDS)
        for place, pair in enumerate(squares(seed, MANY if seed < LOW_SEEDS else FEW))
    ]
    executable = find_chromium()
    if executable is None:
        sys.exit("no Chromium on the PATH")
    with serve(MODULES) as address, chromium(executable) as browser:
        tab = browser.new_page()
        tab.goto(address)
        logs = tab.evaluate(
            "async squares => squares.map((await import('/random.js')).log)",
            [square for *_, square in drawn],
        )
    text, last = "", 0
    for (key, x, y, square), log in zip(drawn, logs, strict=True):
        theirs = math.log(square)
        factors = [math.sqrt(-2.0 * value / square) for value in (log, theirs)]
        if len({(factor * x, factor * y) for factor in factors}) > 1:
            step = steps(log, theirs)
            assert abs(step) == 1, (key, step)
            text += np.base_repr(key - last, 36).lower() + "-+"[step > 0]
            last = key
    module = MODULES / "random.js"
    code = re.sub('(?<=const ROUNDINGS = ")[^"]*', text, module.read_text("utf-8"))
    module.write_text(code, "utf-8")


if __name__ == "__main__":
    main()
