"""How building grows with a site: 40 and 160 small notebooks, each with NumPy and one plot.

`python tests/benchmarks/growth.py [--rounds N] [--pages N ...]`. Beside mkdocs-jupyter with its own
cache, and beside the same pages as plain Markdown: the text, code and figures that MkDocs renders
of the notebooks, in a site without either plugin.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from building import MATERIAL, OURS, PLAIN, SETTINGS
from measure import record, report

MARKDOWN = "the same pages as Markdown"
EXTENSIONS = "markdown_extensions: [attr_list, pymdownx.highlight, pymdownx.superfences]\n"
CONFIGURATIONS = {
    OURS: MATERIAL
    + "  - xordocs: {preload: [numpy, matplotlib.pyplot]}\n"
    + '  - mkdocs-jupyter: {ignore: ["*.md"], cache: false}\n'
    + EXTENSIONS,
    PLAIN: SETTINGS[PLAIN]["mkdocs.yml"],
    MARKDOWN: MATERIAL + EXTENSIONS,
}
PAGE = """\
# %% [markdown]
# # Wave {number}
#
# A wave of frequency {number}, sampled at a hundred points.

# %%
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display

frequency = {number}
x = np.linspace(0, 1, 100)
y = np.sin(2 * np.pi * frequency * x)
print("mean square", np.mean(y**2))

# %% [markdown]
# ## Its plot
#
# What NumPy has computed, as Matplotlib draws it.

# %%
figure, axes = plt.subplots(figsize=(4, 2))
axes.plot(x, y)
axes.set(xlabel="time", ylabel="height")
display(figure, metadata={{"image/png": {{"alt": "A sine wave of frequency {number}."}}}})
plt.close(figure)
"""
DUMP = """
from pathlib import Path

def on_page_markdown(markdown, page, config, **_):
    state = config.plugins["xordocs"]._build.pages.get(page.file.src_uri)
    for placeholder, part in state.publication.parts.items() if state else ():
        markdown = markdown.replace(placeholder, f"\\n{part.text}\\n")
    Path("markdown", page.file.src_uri).with_suffix(".md").write_text(markdown, "utf-8")
"""


def site(tool, root, pages):
    """Lay out a site of this many notebooks."""
    (root / "docs").mkdir(parents=True)
    (root / "docs/index.md").write_text("# Home\n")
    (root / "mkdocs.yml").write_text(CONFIGURATIONS[tool])
    if tool != MARKDOWN:
        for number in range(pages):
            (root / f"docs/wave_{number:03}.py").write_text(PAGE.format(number=number))
    return root


def build(root):
    """Build a site; return the seconds that it took, and the megabytes of its largest process."""
    start = time.perf_counter()
    command = [sys.executable, "-P", "-m", "mkdocs", "build", "--quiet"]
    with (root / "said").open("wb") as said:
        process = subprocess.Popen(command, cwd=root, stdout=said, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, (root / "said").read_text()
    return seconds, usage.ru_maxrss * 1024 / 1e6


def cold(root):
    """Build a site of which nothing is kept."""
    for name in (".cache", "site"):
        shutil.rmtree(root / name, ignore_errors=True)
    return build(root)[0]


def take_markdown(ours, markdown):
    """Lay out as Markdown what MkDocs renders of the notebooks."""
    settings = (ours / "mkdocs.yml").read_text()
    (ours / "dump.py").write_text(DUMP)
    (ours / "markdown").mkdir()
    (ours / "mkdocs.yml").write_text(f"{settings}hooks: [dump.py]\n")
    build(ours)
    (ours / "mkdocs.yml").write_text(settings)
    shutil.copytree(ours / "markdown", markdown / "docs", dirs_exist_ok=True)


def assert_same(roots, pages):
    """Assert that the sites show the same, so that what is compared is comparable."""
    index = {tool: (root / "site/search/search_index.json") for tool, root in roots.items()}
    assert index[OURS].read_text("utf-8") == index[MARKDOWN].read_text("utf-8")
    for root in roots.values():
        last = (root / f"site/wave_{pages - 1:03}/index.html").read_text("utf-8")
        assert "mean square" in last, root
        assert f"A sine wave of frequency {pages - 1}." in last or root == roots[PLAIN], root


def measure(folder, pages, rounds):
    """Measure sites of this many notebooks."""
    roots = {tool: site(tool, folder / f"{pages}-{tool}", pages) for tool in CONFIGURATIONS}
    first = {tool: [cold(roots[tool])] for tool in (OURS, PLAIN)}
    take_markdown(roots[OURS], roots[MARKDOWN])
    again, edited, memory = ({tool: [] for tool in roots} for _ in range(3))
    for root in roots.values():
        build(root)  # what was kept for another configuration
    assert_same(roots, pages)
    for _ in range(3 * rounds):
        for tool, root in roots.items():
            seconds, megabytes = build(root)
            again[tool].append(seconds)
            memory[tool].append(megabytes)
    for number in range(3 * rounds):
        for tool in (OURS, PLAIN):
            page = roots[tool] / "docs/wave_000.py"
            page.write_text(PAGE.format(number=0).replace("= 0\n", f"= 0 + {number}\n"))
            edited[tool].append(build(roots[tool])[0])
    for _ in range(rounds - 1):
        for tool, seconds in first.items():
            seconds.append(cold(roots[tool]))
    report(f"Cold build of {pages} notebooks", first, PLAIN)
    report(f"{pages} notebooks, nothing changed", again, MARKDOWN)
    report(f"{pages} notebooks, one cell edited", {it: edited[it] for it in first}, PLAIN)
    record(
        f"Memory for {pages} notebooks, nothing changed",
        megabytes={tool: statistics.median(found) for tool, found in memory.items()},
    )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pages", type=int, nargs="+", default=[40, 160])
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        for pages in arguments.pages:
            measure(Path(name), pages, arguments.rounds)


if __name__ == "__main__":
    main()
