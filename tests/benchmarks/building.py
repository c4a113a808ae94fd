"""Building sites from notebooks: this project's plugin beside mkdocs-jupyter and MyST-NB.

`python tests/benchmarks/building.py [--rounds N]`. The pages are the source notebook's two halves,
each tool as its own manual sets it up. Every measurement is of a whole command, or of the time
from saving a file to the page that shows it.
"""

import argparse
import gzip
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measure import record, report

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from checkout import copy_checkout  # noqa: E402 - it lies with the tests
from served import Served  # noqa: E402

OURS, PLAIN, MYST, SCRIPT = "xordocs", "mkdocs-jupyter", "MyST-NB", "the page's code as a script"
MATERIAL = "site_name: Bench\ntheme: {name: material, font: false}\nplugins:\n  - search\n"
SETTINGS = {
    OURS: {
        "mkdocs.yml": MATERIAL
        + "  - xordocs: {preload: [numpy, matplotlib.pyplot, mpl_toolkits.mplot3d, tensorflow]}\n"
        + '  - mkdocs-jupyter: {ignore: ["*.md"], cache: false}\n'
        + "markdown_extensions: [attr_list, pymdownx.highlight, pymdownx.superfences]\n"
    },
    PLAIN: {"mkdocs.yml": MATERIAL + "  - mkdocs-jupyter: {execute: true}\n"},
    MYST: {
        "docs/conf.py": 'extensions = ["myst_nb"]\nnb_execution_mode = "cache"\n'
        "nb_execution_raise_on_error = True\n"
        'nb_custom_formats = {".py": ["jupytext.reads", {"fmt": "py:percent"}]}\n'
        'exclude_patterns = ["conf.py"]\nnb_execution_timeout = 120\n'
    },
}
COMMANDS = {
    OURS: ["mkdocs", "build", "--quiet"],
    PLAIN: ["mkdocs", "build", "--quiet"],
    # with -j its processes now and then fail to make the one database of its cache at once
    MYST: ["sphinx", "-q", "docs", "site"],
}
INDEX = {MYST: "# Home\n\n```{toctree}\nxor_numpy\nxor_tensorflow\n```\n"}
CENSUS_PART = [
    "beyond-the-square", "by-hand", "census", "failure-clinic", "forward-pass", "gradient-check",
    "what-to-change",
]  # fmt: skip
"""The lessons that were added to those of the source notebook, and were to stay quick to build."""
PAGE = {
    OURS: "xor_tensorflow/index.html",
    PLAIN: "xor_tensorflow/index.html",
    MYST: "xor_tensorflow.html",
}


def site(tool, folder):
    """Lay out a tool's site of the two pages."""
    root = folder / tool
    shutil.copytree(HERE / "notebooks", root / "docs")
    (root / "docs/index.md").write_text(INDEX.get(tool, "# Home\n"))
    for name, text in SETTINGS[tool].items():
        (root / name).write_text(text)
    return root


def run(command, root):
    """Run a Python module, and return how many seconds it took."""
    start = time.perf_counter()
    process = subprocess.run(
        [sys.executable, "-P", "-m", *command],
        cwd=root, check=False, capture_output=True, text=True,
    )  # fmt: skip
    seconds = time.perf_counter() - start
    assert process.returncode == 0, process.stdout + process.stderr
    return seconds


def script(path):
    """Return how long a page's code takes as a script."""
    start = time.perf_counter()
    environment = {**os.environ, "MPLBACKEND": "agg"}
    subprocess.run([sys.executable, "-P", path], check=True, capture_output=True, env=environment)
    return time.perf_counter() - start


def text_of(root, tool, name):
    """Return the text that a built page shows."""
    page = root / "site" / PAGE[tool].replace("xor_tensorflow", name)
    return re.sub(r"<[^>]*>", "", page.read_text("utf-8"))


def first(tool, folder):
    """Build a tool's site of which nothing is kept, and return the seconds that it took."""
    shutil.rmtree(folder / tool, ignore_errors=True)
    root = site(tool, folder)
    seconds = run(COMMANDS[tool], root)
    for name in ("xor_numpy", "xor_tensorflow"):
        assert "Accuracy: 1.0" in text_of(root, tool, name), f"{tool} has not executed {name}"
    return seconds


def edit(path, text):
    """Add prose at a notebook's end."""
    path.write_text(path.read_text("utf-8") + f"\n# %% [markdown]\n# {text}\n", "utf-8")


def rebuilt(tool, root, mark):
    """Edit prose of the TensorFlow page, build, and return the seconds until it stands there."""
    edit(root / "docs/xor_tensorflow.py", mark)
    seconds = run(COMMANDS[tool], root)
    assert mark in (root / "site" / PAGE[tool]).read_text("utf-8"), tool
    return seconds


def idle(server):
    """Tell whether everything that has begun to execute has been executed, and shown."""
    said = server.said()
    begun, done = said.count(": executing ("), said.count(": executed in")
    marks = (": executed in", "Building documentation", "Reloading browsers")
    executed, building, shown = map(said.rfind, marks)
    return begun == done and executed < building < max(shown, said.rfind("Serving on"))


def changed(server, path, text, page, mark):
    """Write a file under serve, and return the seconds until a page shows the mark.

    The server has nothing else to do, and somebody has just read the page.
    """
    server.until(page, lambda _: idle(server))
    start = time.perf_counter()
    path.write_text(text, "utf-8")
    server.until(page, lambda shown: mark in shown)
    return time.perf_counter() - start


def two_pages(folder, rounds):
    roots = {tool: site(tool, folder) for tool in SETTINGS}
    cold, again, prose = ({tool: [] for tool in roots} for _ in range(3))
    cold[SCRIPT] = []
    for number in range(rounds):
        for tool in roots:
            cold[tool].append(first(tool, folder))
        cold[SCRIPT].append(script(HERE / "notebooks/xor_tensorflow.py"))
        for tool, root in roots.items():
            again[tool].append(run(COMMANDS[tool], root))
        for tool, root in roots.items():
            prose[tool].append(rebuilt(tool, root, f"mark {number} made"))
    report("Cold build of two pages", cold, PLAIN)
    report("Rebuild, nothing changed", again, PLAIN)
    report("Rebuild after a prose edit", prose, PLAIN)
    served = {tool: [] for tool in (OURS, PLAIN)}
    page, path = "xor_tensorflow/", "docs/xor_tensorflow.py"
    servers = {tool: Served(roots[tool], folder / f"{tool}.log") for tool in served}
    for server in servers.values():
        server.until(page, lambda shown: "</html>" in shown)
    for number in range(rounds):
        for tool, server in servers.items():
            mark = f"mark {number} served"
            text = (roots[tool] / path).read_text("utf-8") + f"\n# %% [markdown]\n# {mark}\n"
            served[tool].append(changed(server, roots[tool] / path, text, page, mark))
    for server in servers.values():
        server.__exit__()
    report("Prose edit to page, served", served, PLAIN)
    weights = {
        tool: {name: weight(roots[tool] / "site", name) for name in ("xor_numpy", "xor_tensorflow")}
        for tool in roots
    }
    record("Weight of two pages", kilobytes=weights)


def weight(site, name):
    """Return a page's kilobytes, gzip, with the pictures that it loads."""
    page = site / name / "index.html"
    page = page if page.exists() else site / f"{name}.html"
    html = page.read_bytes()
    pictures = re.findall(rb'<img[^>]*src="((?!data:)[^"]+\.(?:png|svg))"', html)
    files = [html, *((page.parent / picture.decode()).read_bytes() for picture in pictures)]
    return sum(len(gzip.compress(content, mtime=0)) for content in files) / 1000


def stale(folder):
    """Say of each tool whether an edit in a module reaches the page that imports it."""
    arrives = {}
    for tool in SETTINGS:
        root = site(tool, folder / "stale")
        for notebook in (root / "docs").glob("xor_*.py"):
            notebook.unlink()
        (root / "docs/index.md").write_text("# Home\n\n```{toctree}\nxor_tensorflow\n```\n")
        (root / "docs/xor_tensorflow.py").write_text(
            "# %% [markdown]\n# # Page\n\n# %%\nimport sys\n\nsys.path.insert(0, '..')\n"
            "import helper\n\nprint('it says', helper.word)\n"
        )
        for word in ("before", "and now after"):
            (root / "helper.py").write_text(f"word = {word!r}\n")
            run(COMMANDS[tool], root)
        text = (root / "site" / PAGE[tool]).read_text("utf-8")
        arrives[tool] = "it says and now after" in text
    record("Module edit reaches the page", arrives=arrives)


def cold_course(root):
    """Build a copy of this project's own site, of which nothing is kept; return the seconds."""
    for built in (".cache", "site"):
        shutil.rmtree(root / built, ignore_errors=True)
    os.environ["PYTHONPATH"] = str(root)
    return run([*COMMANDS[OURS], "--no-strict"], root)


def without(root, names):
    """Lay out a copy of this project that lacks some lessons."""
    copy_checkout(root)
    for name in names:
        (root / f"docs/tutorials/{name}.py").unlink()
    settings = root / "mkdocs.yml"
    lines = settings.read_text("utf-8").splitlines()
    kept = [line for line in lines if not any(f"tutorials/{name}.py" in line for name in names)]
    settings.write_text("\n".join(kept), "utf-8")


def course(folder, rounds):
    """Measure this project's own site, from a copy that may be edited."""
    root, shorter = folder / "course", folder / "shorter"
    copy_checkout(root)
    without(shorter, CENSUS_PART)
    cold, fewer, importing, again = [], [], [], []
    for _ in range(rounds):
        fewer.append(cold_course(shorter))
        cold.append(cold_course(root))
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", "import tensorflow"], check=True, capture_output=True)
        importing.append(time.perf_counter() - start)
        again.append(run(COMMANDS[OURS], root))
    entries = (path.read_bytes().splitlines()[1] for path in root.rglob("*.executed"))
    pages = [json.loads(entry)["seconds"] for entry in entries]
    record(
        "The whole course",
        rounds=rounds,
        cold_seconds=statistics.median(cold),
        import_seconds=statistics.median(importing),
        pages_seconds=sum(pages),
        executed_pages=len(pages),
        rebuild_seconds=statistics.median(again),
    )
    added = statistics.median(a - b for a, b in zip(cold, fewer, strict=True))
    record(
        "The course without the census part",
        rounds=rounds,
        pages=CENSUS_PART,
        with_seconds=statistics.median(cold),
        without_seconds=statistics.median(fewer),
        added_seconds=added,
    )
    names = sorted(path.parent.name for path in (root / "site/tutorials").glob("*/index.html"))
    kilobytes = {name: weight(root / "site/tutorials", name) for name in names}
    surfaces = [
        name for name in names
        if "as a surface" in (root / "site/tutorials" / name / "index.html").read_text("utf-8")
    ]  # fmt: skip
    record("Weight of the course's pages", kilobytes=kilobytes, surfaces=surfaces)
    page = "tutorials/tensorflow-network/"
    lesson = root / "docs/tutorials/tensorflow-network.py"
    text = lesson.read_text("utf-8")
    line = "    with tf.GradientTape() as tape:\n"
    assert line in text
    prose, code = [], []
    with Served(root, folder / "course.log", "--no-strict") as server:
        server.until(page, lambda shown: "</html>" in shown)
        for number in range(rounds + 1):
            mark = f"mark {number} served"
            said = text + f"\n# %% [markdown]\n# {mark}\n"
            prose.append(changed(server, lesson, said, page, mark))
            mark = f"code {number} served"
            done = text.replace(line, f"    mark = '{mark}'\n{line}", 1)
            code.append(changed(server, lesson, done, page, mark))
    record(
        "Edit to page in the course",
        rounds=rounds,
        prose_seconds=statistics.median(prose[1:]),
        first_code_seconds=code[0],
        code_seconds=statistics.median(code[1:]),
    )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as name:
        for tool in SETTINGS:  # so that all that they read is in the machine's memory
            first(tool, Path(name) / "warm")
        two_pages(Path(name), rounds)
        stale(Path(name))
        course(Path(name), rounds)


if __name__ == "__main__":
    main()
