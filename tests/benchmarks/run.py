"""Run the benchmarks, each in a process of its own, and write docs/benchmarks.json.

`python tests/benchmarks/run.py [NAME...]`; without a name all of them, about forty minutes on two
cores. What is not run again stays in the file as it was.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
RESULTS = HERE.parent.parent / "docs" / "benchmarks.json"
BENCHMARKS = {
    "building": [],
    "growth": [],
    "one_network": [],
    "many_networks": [],
    "playground": [],
    "code_cells": [],
    "loading": [],
}
VERSIONS = [
    "numpy", "tensorflow", "tensorflow-cpu", "keras", "mkdocs", "mkdocs-material",
    "mkdocs-jupyter", "myst-nb", "sphinx", "jax", "scikit-learn", "torch",
]  # fmt: skip


def installed(name):
    """Return a distribution's version, None if it is not installed."""
    try:
        return version(name)
    except ModuleNotFoundError:
        return None


def main(names):
    known = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {"results": {}}
    conditions = {
        "date": datetime.now(UTC).date().isoformat(),
        "cores": len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count(),
        "machine": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "versions": {name: found for name in VERSIONS if (found := installed(name))},
    }
    for name in names or BENCHMARKS:
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(
                [sys.executable, HERE / f"{name}.py", *BENCHMARKS[name]],
                check=True,
                env={**os.environ, "BENCH_RESULTS": folder, "NO_MKDOCS_2_WARNING": "1"},
            )
            found = [json.loads(path.read_text("utf-8")) for path in Path(folder).glob("*.json")]
        known["results"][name] = {**conditions, "tables": sorted(found, key=lambda it: it["title"])}
        RESULTS.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
