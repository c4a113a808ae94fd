# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Benchmarks
#
# How long this site takes to build, beside other tools on the same pages; how long its networks take
# to train, beside other libraries; how quick the playground and code cells are; and how its pages
# load. Everything in one table was measured in one run, in rounds that take turns, so that a busy
# moment hits all alike. Compare the ratios: seconds differ from machine to machine.

# %% tags=["remove-input"]
import json
from pathlib import Path

from IPython.display import Markdown, display
from xordocs import plots
from xordocs.tables import Table

measured = Path("benchmarks.json")
if not measured.exists():
    raise FileNotFoundError(
        "benchmarks.json must lie beside this notebook: it is in the project's docs/, "
        "and `make bench` writes it"
    )
results = json.loads(measured.read_text("utf-8"))["results"]
found = {
    table["title"]: table
    for run in results.values()
    for table in run["tables"]
}
runs = [
    f"{', '.join(table['title'].lower() for table in run['tables'])}: {run['date']}, "
    f"{run['cores']} cores, {run['machine']}, Python {run['python']}, "
    + ", ".join(
        f"{name} {version}" for name, version in run["versions"].items()
    )
    for run in results.values()
]


def times(title, caption):
    """Show the medians of one measurement, and their ratios."""
    table = found[title]
    ratio = f"× {table['baseline']}"
    rows = [
        (row["work"], f"{row['median_ms'] / 1000:.4g}", f"{row['ratio']:.2f}")
        if row.get("installed", True)
        else (row["work"], "not installed", "")
        for row in table["rows"]
    ]
    display(Table(caption, ("", "seconds, median", ratio), rows))


def seconds(title):
    """Return the median seconds of each work of one measurement."""
    return {
        row["work"]: row["median_ms"] / 1000
        for row in found[title]["rows"]
        if row.get("installed", True)
    }


def ratio(title, work):
    """Tell how long some work takes beside its baseline."""
    rows = found[title]["rows"]
    return next(row["ratio"] for row in rows if row["work"] == work)


# %% [markdown]
# ## Building pages
#
# The two pages are the source notebook: its NumPy half and its TensorFlow half. mkdocs-jupyter and
# MyST-NB build them as their own manuals say, MyST-NB with its cache. The script is the code of the
# TensorFlow page run by Python alone; no tool that starts Python anew can be quicker.

# %% tags=["remove-input"]
pictures = {
    "Cold build of two pages": "A first build of two pages",
    "Rebuild after a prose edit": "A build after a sentence has changed",
    "Prose edit to page, served": "From saving a sentence to its page",
}
for title, picture in pictures.items():
    display(plots.bars(seconds(title), picture))

# %% [markdown]
# The same in figures, with the ratio to mkdocs-jupyter in each round.

# %% tags=["remove-input"]
times(
    "Cold build of two pages", "A first build of two pages, nothing cached."
)
times("Rebuild, nothing changed", "The same build again.")
times("Rebuild after a prose edit", "A build after a sentence has changed.")
times("Prose edit to page, served", "From saving a sentence to its page.")

# %% [markdown]
# And after an edit in a module that a page imports, does the next build show it?

# %% tags=["remove-input"]
arrives = found["Module edit reaches the page"]["arrives"]
display(
    Table(
        "A page after a module that it imports has changed.",
        ("tool", "the next build"),
        [
            (tool, "shows the new output" if does else "shows the old one")
            for tool, does in arrives.items()
        ],
    )
)

# %% [markdown]
# ## As a site grows
#
# Sites of small notebooks, each with NumPy and one plot: beside mkdocs-jupyter with its own cache, and
# beside the same pages as plain Markdown, with their code and figures, in a site without either
# plugin. Each build is a whole one.

# %% tags=["remove-input"]
sizes = sorted(
    int(title.split()[0])
    for title in found
    if title.endswith(" notebooks, nothing changed")
    and not title.startswith("Memory")
)
grown = {
    "{} notebooks, nothing changed": "A build in which nothing has changed",
    "{} notebooks, one cell edited": "A build after one cell of one page has changed",
    "Cold build of {} notebooks": "A first build",
}
for title, picture in grown.items() if sizes else ():
    measured_times = [seconds(title.format(size)) for size in sizes]
    by_work = {
        work: [times_of_size[work] for times_of_size in measured_times]
        for work in measured_times[0]
    }
    display(plots.growth(sizes, by_work, picture))
for title, picture in grown.items() if sizes else ():
    for size in sizes:
        times(title.format(size), f"{picture}: {size} notebooks.")
if sizes:
    memory = {
        size: found[f"Memory for {size} notebooks, nothing changed"][
            "megabytes"
        ]
        for size in sizes
    }
    display(
        Table(
            "Peak memory of a build in which nothing has changed, megabytes.",
            ("tool", *(f"{size} notebooks" for size in sizes)),
            [
                (tool, *(f"{memory[size][tool]:.0f}" for size in sizes))
                for tool in memory[sizes[0]]
            ],
        )
    )
else:
    display(Markdown("Growth has not been measured here yet."))

# %% [markdown]
# ## Weight
#
# A page as a reader loads it, compressed, with its figures.

# %% tags=["remove-input"]
two = found["Weight of two pages"]["kilobytes"]
display(
    Table(
        "Kilobytes of the source notebook's two pages; their plots are images.",
        ("tool", *next(iter(two.values()))),
        [
            (tool, *(f"{size:.0f}" for size in sizes.values()))
            for tool, sizes in two.items()
        ],
    )
)
weights = found["Weight of the course's pages"]
display(
    Table(
        "Kilobytes of this course's lessons; their plots are drawings.",
        ("lesson", "kilobytes", "with a surface"),
        [
            (
                name,
                f"{size:.0f}",
                "yes" if name in weights["surfaces"] else "",
            )
            for name, size in weights["kilobytes"].items()
        ],
    )
)

# %% [markdown]
# ## What was aimed at
#
# These bounds were set before anything was built, and each says here whether it holds.

# %% tags=["remove-input"]
course = found["The whole course"]
edits = found["Edit to page in the course"]
whole = course["cold_seconds"] / (
    course["import_seconds"] + course["pages_seconds"]
)
plain = [
    size
    for name, size in weights["kilobytes"].items()
    if name not in weights["surfaces"]
]
drawn = [weights["kilobytes"][name] for name in weights["surfaces"]]
aims = [
    (
        "cold build of two pages, × mkdocs-jupyter",
        ratio("Cold build of two pages", "xordocs"),
        0.6,
    ),
    (
        "rebuild, nothing changed, × mkdocs-jupyter",
        ratio("Rebuild, nothing changed", "xordocs"),
        0.8,
    ),
    (
        "cold build of the course, × importing TensorFlow and all its cells",
        whole,
        1.6,
    ),
    ("prose edit to page in the course, seconds", edits["prose_seconds"], 1),
    ("code edit to page in the course, seconds", edits["code_seconds"], 3),
    (
        "the first code edit after the start, seconds",
        edits["first_code_seconds"],
        4,
    ),
    (
        "building the course again, nothing changed, seconds",
        course["rebuild_seconds"],
        1.5,
    ),
    ("heaviest lesson, kilobytes", max(plain), 40),
    ("heaviest lesson with a surface, kilobytes", max(drawn), 80),
]
without = found.get("The course without the census part")
if without:
    aims.append(
        (
            "the lessons of the census part: seconds that they add to a cold build",
            without["added_seconds"],
            6,
        )
    )
for size in sizes:
    aims += [
        (
            f"{size} notebooks, nothing changed, × the same pages as Markdown",
            ratio(f"{size} notebooks, nothing changed", "xordocs"),
            1.1,
        ),
        (
            f"{size} notebooks, one cell edited, × mkdocs-jupyter",
            ratio(f"{size} notebooks, one cell edited", "xordocs"),
            0.4,
        ),
        (
            f"cold build of {size} notebooks, × mkdocs-jupyter",
            ratio(f"Cold build of {size} notebooks", "xordocs"),
            0.12,
        ),
    ]
playground = found.get("The playground", {}).get("milliseconds")
if playground:
    aims += [
        (
            "five hundred epochs in the playground, milliseconds",
            playground["training"],
            30,
        ),
        (
            "script of a frame there, median, milliseconds",
            playground["frame_median"],
            8,
        ),
        (
            "script of a frame there, the slowest but one in a hundred, milliseconds",
            playground["frame_p99"],
            16,
        ),
        (
            "the playground answers on a first visit, seconds",
            playground["interactive"] / 1000,
            1.5,
        ),
    ]
cells = found.get("Code cells")
loading = found.get("Loading pages")
if cells:
    aims += [
        (
            "from a code cell's first Run to its output, milliseconds",
            cells["milliseconds"]["first_run"],
            300,
        ),
        (
            "five hundred epochs in a code cell, seconds",
            cells["milliseconds"]["training"] / 1000,
            1,
        ),
        (
            "a code cell's endless loop stops, seconds after the button",
            cells["milliseconds"]["stop"] / 1000,
            1,
        ),
        (
            "script of code cells before the first Run, KB",
            cells["bytes"]["before"] / 1024,
            6,
        ),
        (
            "what the first Run fetches, KB",
            cells["bytes"]["first_run"] / 1024,
            260,
        ),
    ]
display(
    Table(
        "What was aimed at, and what was measured.",
        ("", "at most", "measured", ""),
        [
            (
                name,
                f"{aim:g}",
                f"{is_:.3g}",
                "holds" if is_ <= aim else "missed",
            )
            for name, is_, aim in aims
        ],
    )
)
missed = [name for name, is_, aim in aims if is_ > aim]
Markdown(
    f"{len(aims) - len(missed)} of {len(aims)} hold. The course's cold build took "
    f"{course['cold_seconds']:.0f} s for {course['executed_pages']} executed pages, whose cells "
    f"take {course['pages_seconds']:.0f} s one after the other; building it again took "
    f"{course['rebuild_seconds']:.1f} s. A code edit in the TensorFlow lesson "
    "shows on its page as soon as the page has been executed again."
)

# %% [markdown]
# ## Training networks

# %% tags=["remove-input"]
captions = {
    "One network": "One network, five hundred epochs, step by step.",
    "Ten thousand networks": "Ten thousand networks of the census.",
}
for title, caption in captions.items():
    if title in found:
        times(title, caption)

# %% [markdown]
# Of these too it was said beforehand what they should reach.

# %% tags=["remove-input"]
NUMPY, CENSUS = captions
most = {NUMPY: 13 / 10, CENSUS: 1 / 2}
goals = {
    NUMPY: f"xordocs, NumPy: at most {most[NUMPY]:g} times the notebook's loop",
    CENSUS: "xordocs census, two processes: at most half of JAX's time",
}
reached = [
    (goal, f"{is_:.2f}", "holds" if is_ <= most[title] else "missed")
    for title, goal in goals.items()
    if title in found
    for is_ in [ratio(title, goal.partition(":")[0])]
]
if CENSUS in found:
    peak = found[CENSUS]["census_peak_memory_mib"] * 2**20 / 1e6
    goal = "the census: at most five hundred megabytes of memory"
    reached.append(
        (goal, f"{peak:.0f}", "holds" if peak <= 500 else "missed")
    )
if reached:
    display(
        Table(
            "What was aimed at in training, and what was measured.",
            ("", "measured", ""),
            reached,
        )
    )

# %% [markdown]
# ## Drawing the playground

# %% tags=["remove-input"]
if playground:
    times_drawn = found["The playground"]["drawn_frames"]
    sentence = (
        "While the playground trains with every view open, the scripts of half of its "
        f"{times_drawn:,} frames take at most {playground['frame_median']:.1f} ms, and those of all but "
        f"one in a hundred at most {playground['frame_p99']:.1f} ms. Frames that compute and draw nothing, "
        f"in turns with them on the same page, take {playground['control_median']:.1f} and "
        f"{playground['control_p99']:.1f} ms: what the two figures of the control differ by is the "
        "machine's doing. Measured in headless Chromium "
        f"{found['The playground']['chromium']}, the page served from the same machine."
    )
else:
    sentence = "The playground has not been measured here yet."
Markdown(sentence)

# %% [markdown]
# ## Running code in a page

# %% tags=["remove-input"]
if cells:
    times = cells["milliseconds"]
    sentence = (
        "A browser that has never seen the site fetches and starts Python when you first press Run: "
        f"half of {cells['rounds']} times the output was there within {times['first_run']:.0f} ms. The "
        "lessons' own network, in Python in the page and on the small NumPy, takes "
        f"{times['training']:.0f} ms for five hundred epochs. An endless loop ends "
        f"{times['stop']:.1f} ms after you press Stop. A page with cells fetches "
        f"{cells['bytes']['before']:,} bytes of script, compressed, and at the first Run "
        f"{cells['bytes']['first_run']:,} more, drawn plots among them. Measured in headless Chromium "
        f"{cells['chromium']}, the page served from the same machine."
    )
else:
    sentence = "Code cells have not been measured here yet."
Markdown(sentence)

# %% [markdown]
# ## Loading a page

# %% tags=["remove-input"]
if loading:
    display(
        Table(
            "Each page as Lighthouse loads it on the phone that it imagines, with a slow processor "
            f"and a slow line: medians of {loading['rounds']} loads.",
            (
                "page",
                "performance score",
                "layout shift",
                "blocked, ms",
                "KiB",
                "requests",
            ),
            [
                (
                    row["page"] or "home",
                    f"{row['performance']:.0f}",
                    f"{row['shift']:.3f}",
                    f"{row['blocking_ms']:.0f}",
                    f"{row['bytes'] / 1024:.0f}",
                    f"{row['requests']:.0f}",
                )
                for row in loading["rows"]
            ],
        )
    )
else:
    display(Markdown("The pages have not been loaded here yet."))

# %% [markdown]
# ## How to measure again
#
# `make bench` installs the peers, pinned, into an environment of their own, measures for some
# forty minutes, and writes `docs/benchmarks.json`, which this page reads. Leave the machine alone
# meanwhile.

# %% tags=["remove-input"]
Markdown("Measured:\n\n" + "\n".join(f"- {run}" for run in runs))
