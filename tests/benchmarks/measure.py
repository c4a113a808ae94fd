"""Run works side by side, and say how long each took: medians of interleaved rounds."""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # idle threads of one peer slow the next down
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "1")


FEW = 3
"""Rounds of a slow work."""


def side_by_side(works, rounds, slow=()):
    """Return the seconds of each work in each round, after one of the quick that does not count.

    Args:
        works: Callables by name; None for what is not installed.
        rounds: How often to go round: A B C A B C, so that a busy moment hits all alike.
        slow: Names of those that take part in the first few rounds only.
    """
    seconds = {name: [] for name in works}
    installed = {name: work for name, work in works.items() if work}
    for name, work in installed.items():
        if name not in slow:
            work()
    for number in range(rounds):
        for name, work in installed.items():
            if name in slow and number >= FEW:
                continue
            start = time.perf_counter()
            work()
            seconds[name].append(time.perf_counter() - start)
    return seconds


def report(title, seconds, baseline, **facts):
    """Print a Markdown table of medians, and write it as JSON beside the other results.

    Args:
        title: What was measured; also names the file.
        seconds: As from `side_by_side`; none for a work that is not installed.
        baseline: The work that the others are divided by, round by round.
        facts: What else was found.
    """
    rows = []
    for name, times in seconds.items():
        if not times:
            rows.append({"work": name, "installed": False})
            continue
        ratios = [mine / theirs for mine, theirs in zip(times, seconds[baseline], strict=False)]
        rows.append(
            {
                "work": name,
                "median_ms": 1e3 * statistics.median(times),
                "fastest_ms": 1e3 * min(times),
                "ratio": statistics.median(ratios),
            }
        )
    print(f"\n{title}\n\n| work | median | fastest | × {baseline} |\n|---|--:|--:|--:|")
    for row in rows:
        if not row.get("installed", True):
            print(f"| {row['work']} | not installed | | |")
            continue
        print(
            f"| {row['work']} | {row['median_ms']:.2f} ms | {row['fastest_ms']:.2f} ms "
            f"| {row['ratio']:.2f} |"
        )
    record(title, baseline=baseline, rounds=len(seconds[baseline]), rows=rows, **facts)


def record(title, **found):
    """Write what was found as JSON, for `run.py` to collect.

    Args:
        title: What was measured; also names the file.
        found: Anything that JSON can hold.
    """
    for name, fact in found.items():
        if name != "rows":
            print(f"\n{name}: {fact}")
    folder = Path(os.environ.get("BENCH_RESULTS", ".cache/benchmarks"))
    folder.mkdir(parents=True, exist_ok=True)
    name = title.lower().replace(" ", "-").replace(",", "")
    text = json.dumps({"title": title, **found}, indent=1)
    folder.joinpath(f"{name}.json").write_text(text + "\n", "utf-8")


def with_site(measure, rounds):
    """Call a measurement with a built site and a number of rounds, as the command line says.

    Args:
        measure: Takes the folder of a built site, and the rounds.
        rounds: How many, unless ``--rounds`` says otherwise. Without ``--site`` a site is built.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("--site", type=Path, help="the folder of a built site")
    parser.add_argument("--rounds", type=int, default=rounds)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if arguments.site is None:
            build = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
            root = Path(__file__).parents[2]
            subprocess.run([*build, "--site-dir", folder], cwd=root, check=True)
        measure(arguments.site or Path(folder), arguments.rounds)
