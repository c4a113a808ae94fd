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
# # Was seed 1 lucky? The census
#
# Most tutorials show you one run that works. This page asks how often it does. It trains the
# network of [the NumPy lesson](numpy-network.py) from ten thousand seeds, and looks at every end.
#
# **After this page you can** say how often a setting works and how sure you are, read a success
# rate against width and learning rate, and say what to change first when a network fails.

# %% tags=["hide-input"]
import numpy as np
from IPython.display import Markdown
from xordocs import (
    activations,
    initializations,
    intervals,
    losses,
    numpy_mlp,
    playground,
    plots,
    tables,
)
from xordocs.census import census
from xordocs.listings import source

# %% [markdown]
# ## Ten thousand networks
#
# Width ten, learning rate `1.5`, five hundred epochs, seeds `0` to `9999`: the setting of the source
# notebook, whose seed was 1. A network *learns* XOR when all four outputs are on the right side
# of one half.
#
# !!! predict "Before you scroll"
#     Out of a hundred seeds, how many will learn it? Write your number down.

# %%
full = census(range(10_000))

# %% tags=["hide-input"]
low, high = full.interval(confidence := 0.95)
LEVEL = f"{confidence:.0%}"
Markdown(
    f"**{int(full.solved.sum()):,} of {len(full.seeds):,} networks learn XOR: {full.rate:.1%}** "
    f"({LEVEL} interval {low:.1%} to {high:.1%}). Seed 1 is "
    + ("one of them" if full.solved[1] else "NOT one of them")
    + ". It was no great luck, and it was not a certainty either."
)

# %% tags=["hide-input"]
tables.Table(
    "What became of the ten thousand.",
    ["diagnosis", "networks", "share"],
    [
        [cause, f"{count}", f"{count / len(full.seeds):.2%}"]
        for cause, count in full.counts().items()
    ],
)

# %% [markdown]
# The diagnoses are those of [the failure clinic](failure-clinic.py).

# %% tags=["hide-input"]
failures = {cause: n for cause, n in full.counts().items() if cause != "solved"}
leading = max(failures, key=failures.get)
saying = {
    "saturated": "a row is wrong where the sigmoid is flat, and the squared error does not get it "
    "back",
    "merged": "rows with different labels share an output",
}
Markdown(
    f"Of the {sum(failures.values()):,} failures {failures[leading] / sum(failures.values()):.0%} "
    f"are {leading}" + (f": {saying[leading]}." if leading in saying else ".")
)

# %% [markdown]
# ### The first twenty that fail
#
# Take any of these seeds and train it yourself. You will see the same failure, to the last digit.

# %% tags=["hide-input"]
failed = full.seeds[~full.solved][:20].tolist()
reports = [full.diagnosis(seed) for seed in failed]
tables.Table(
    "The first twenty seeds that do not learn XOR at the notebook's own setting.",
    ["seed", "diagnosis", "loss", "dead units", "outputs, (0, 0) to (1, 1)"],
    [
        [
            str(seed),
            report.cause,
            f"{report.loss:.4f}",
            str(len(report.dead_units)),
            "  ".join(f"{output:.2f}" for output in report.outputs),
        ]
        for seed, report in zip(failed, reports, strict=True)
    ],
)

# %% tags=["hide-input"]
Markdown(
    "Each of them in [the playground](../playground.py), at its last epoch: seeds "
    + ", ".join(
        f"[{seed}]({playground.link(seed=seed, epoch=full.setting.epochs)})"
        for seed in failed
    )
    + "."
)

# %% [markdown]
# ### How sure is that?
#
# A share of a sample is not the share of all. If $s$ of $n$ networks learn, take every
# probability $p$ for which a share like $\hat{p} = s/n$ is no surprise: the distance
# $|\hat{p} - p|$ is at most $z \sqrt{p(1 - p)/n}$, with $z \approx 2$. Solving that for $p$ gives
# **Wilson's interval**:
#
# $$\frac{\hat{p} + \frac{z^2}{2n} \pm z\sqrt{\frac{\hat{p}(1 - \hat{p})}{n} + \frac{z^2}{4n^2}}}
# {1 + \frac{z^2}{n}}$$

# %% tags=["hide-input"]
source(intervals.wilson)

# %% [markdown]
# ## How wide should it be?
#
# From here on the census computes in float32, which is enough to count, and takes less time.
#
# !!! predict "Before you scroll"
#     [Two hidden units are enough](by-hand.py) to *compute* XOR. Out of a hundred networks of width
#     two, how many will *learn* it?

# %%
widths = [1, 2, 3, 4, 6, 8, 10, 12, 16, 24, 32]
by_width = [
    census(range(1000), width=width, dtype=np.float32) for width in widths
]

# %% tags=["hide-input"]
plots.success(
    widths,
    [count.rate for count in by_width],
    [count.interval() for count in by_width],
    "hidden units",
)

# %% tags=["hide-input"]
rates = {
    width: count.rate for width, count in zip(widths, by_width, strict=True)
}
best = max(rates, key=rates.get)
beyond = [
    width
    for width, count in zip(widths, by_width, strict=True)
    if width > best
    and count.interval()[1] < by_width[widths.index(best)].interval()[0]
]
causes = by_width[-1].counts()
leading = max((cause for cause in causes if cause != "solved"), key=causes.get)
shorter = census(
    range(1000), width=widths[-1], learning_rate=0.5, dtype=np.float32
)
smaller = census(
    range(1000),
    width=widths[-1],
    initialization=initializations.HE,
    dtype=np.float32,
)
Markdown(
    f"With two units {rates[2]:.0%} learn, with one none can. That a solution exists does not "
    "mean that gradient descent will find it from where it starts. Spare units help, as each is "
    f"another chance to be well placed: at {best} units {rates[best]:.0%} learn.\n\n"
    + (
        f"But more is not always better. From {beyond[0]} units on fewer learn again, and the "
        f"intervals do not overlap: at {widths[-1]} units {rates[widths[-1]]:.0%} learn, and most "
        f"failures are {leading}. The more units add up, the larger is the first sum in front of "
        "the sigmoid, so more rows start wrong where it is flat. Shorter steps do not help "
        f"({shorter.rate:.1%} at a learning rate of {shorter.setting.learning_rate:g}); smaller "
        f"first weights do ({smaller.rate:.1%} with those of He, of which more below)."
        if beyond
        else "In this census no width beyond that is clearly worse."
    )
)

# %% [markdown]
# ## How fast should it learn?

# %%
speeds = [0.1, 0.2, 0.5, 1, 2, 3, 4, 5, 6, 8, 10, 15]
by_speed = [
    census(range(1000), learning_rate=speed, dtype=np.float32)
    for speed in speeds
]

# %% tags=["hide-input"]
plots.success(
    speeds,
    [count.rate for count in by_speed],
    [count.interval() for count in by_speed],
    "learning rate",
    log=True,
)

# %% tags=["hide-input"]
peak = max(count.rate for count in by_speed)
level = [
    s for s, c in zip(speeds, by_speed, strict=True) if c.rate > peak - 0.03
]
half = next(
    s
    for s, c in zip(speeds, by_speed, strict=True)
    if s > 1 and c.rate < peak / 2
)
slow = by_speed[0]
failed_slow = len(slow.seeds) - int(slow.solved.sum())
patient = slow.counts().get("still learning", 0)
fast_failures = sorted(
    (
        (n, cause)
        for cause, n in by_speed[-1].counts().items()
        if cause != "solved"
    ),
    reverse=True,
)
Markdown(
    f"From {level[0]:g} to {level[-1]:g} it hardly matters. At {half:g} less than half of the "
    f"best share is left, and at {speeds[-1]:g} only {by_speed[-1].rate:.0%}: "
    + ", ".join(f"{n} {cause}" for n, cause in fast_failures[:3])
    + f". At the slow end {patient} of the {failed_slow} failures are still learning. The others "
    "are stuck, as they are at any rate."
)

# %% [markdown]
# ## Another loss, another bend, another start
#
# The same thousand seeds, with one thing changed at a time.

# %% tags=["hide-input"]
seeds = range(1000)
bends = [
    activations.RELU,
    activations.LEAKY_RELU,
    activations.TANH,
    activations.SIGMOID,
]
rows = []
for bend in bends:
    pair = [
        census(seeds, activation=bend, loss=loss, dtype=np.float32)
        for loss in (losses.MSE, losses.CROSS_ENTROPY)
    ]
    rows.append(
        [bend.name.replace("_", " "), *(f"{count.rate:.1%}" for count in pair)]
    )
tables.Table(
    "Share that learns, by activation and loss.",
    ["activation", "mean squared error", "cross-entropy"],
    rows,
)

# %% [markdown]
# On XOR the smooth units win, as none of them can die. ReLU earns its place in deep networks, where
# sigmoids pass on ever smaller gradients.

# %% tags=["hide-input"]
starts = {
    "notebook": initializations.NOTEBOOK,
    "He": initializations.HE,
    "Glorot": initializations.GLOROT,
    "large": initializations.LARGE,
    "equal": initializations.EQUAL,
    "zeros": initializations.ZEROS,
}
drawn = {
    "notebook": "N(0, 1)",
    "He": "N(0, 2 / inputs)",
    "Glorot": "N(0, 2 / (inputs + units))",
    "large": "ten times those of the notebook",
    "equal": "all units of a layer alike",
    "zeros": "all zero",
}
by_start = {
    name: census(seeds, initialization=start, dtype=np.float32)
    for name, start in starts.items()
}


def main_cause(count):
    failures = {
        cause: n for cause, n in count.counts().items() if cause != "solved"
    }
    return max(failures, key=failures.get) if failures else ""


tables.Table(
    "Share that learns, by initialisation.",
    ["start", "weights", "learns", f"{LEVEL} interval", "most failures are"],
    [
        [
            name,
            drawn[name],
            f"{count.rate:.1%}",
            f"{count.interval()[0]:.1%} to {count.interval()[1]:.1%}",
            main_cause(count),
        ]
        for name, count in by_start.items()
    ],
)

# %% tags=["hide-input"]
both = census(
    seeds,
    initialization=initializations.HE,
    loss=losses.CROSS_ENTROPY,
    dtype=np.float32,
)
entropy = census(seeds, loss=losses.CROSS_ENTROPY, dtype=np.float32)


def change(cause):
    before, after = (
        count.counts().get(cause, 0)
        for count in (by_start["notebook"], entropy)
    )
    return f"{cause} goes from {before} to {after}"


Markdown(
    f"Scaling the same draws as He and others suggest takes {by_start['notebook'].rate:.1%} to "
    f"{by_start['He'].rate:.1%}. Cross-entropy alone gives {entropy.rate:.1%}: "
    f"{change('saturated')}, but {change('merged')}. With both it is {both.rate:.1%}. What held the "
    "notebook's network back is mostly the size of its first weights. So change the start first, "
    "then the loss."
)

# %% [markdown]
# ## Born dead
#
# A ReLU unit is off on all four rows from the start when its bias is zero and both its weights are
# negative. Each weight is negative with probability one half, so the unit is dead with probability
# one quarter, whatever the scale of the weights. And then its gradient is zero for good.

# %%
hidden = np.stack(
    [numpy_mlp.initialize((10,), seed)[0].weights for seed in range(2000)]
)
born_dead = (hidden < 0).all(axis=1)

# %% tags=["hide-input"]
share = born_dead.mean()
low, high = intervals.wilson(int(born_dead.sum()), born_dead.size)
Markdown(
    f"Of the {born_dead.size:,} hidden units of the first {len(hidden):,} seeds {share:.1%} are "
    f"born dead ({LEVEL} interval {low:.1%} to {high:.1%}). After training, a network of the census "
    f"has {full.dead_units.mean():.1f} dead units of ten on average: about {full.dead_units.mean() - 10 * share:.0f} more dies on the way."
)

# %% [markdown]
# ## Exercises
#
# !!! exercise "Nobody left"
#     What is the probability that *all* hidden units of a network of width three are born dead?
#     Of width ten? And are more of them dead after training?

# %% tags=["hide-input"]
three = by_width[widths.index(3)]
dead = three.counts().get("dead", 0)
born = [
    (numpy_mlp.initialize((3,), int(seed))[0].weights < 0).all()
    for seed in three.seeds
]
Markdown(
    '??? answer "Answer"\n'
    f"    $\\frac{{1}}{{4}}$ to the third power is {0.25**3:.2%}, to the tenth {0.25**10:.1e}. "
    f"Of the {len(three.seeds)} networks of width three {sum(map(int, born))} are born dead, "
    f"{sum(map(int, born)) / len(born):.2%}, and {dead} are dead in the end: the others "
    "died during training."
)

# %% [markdown]
# !!! exercise "Run it yourself"
#     The census takes any executor of `concurrent.futures`. Download this page's notebook and
#     repeat the first table for another learning rate, or on all cores of a cluster.
#
# ??? answer "Answer"
#     `census(range(10_000), learning_rate=0.5)` is enough on one machine. With Dask it is
#     `census(seeds, executor=client.get_executor())`.
#
# ## Sources
#
# - E. B. Wilson, "Probable inference, the law of succession, and statistical inference", *Journal
#   of the American Statistical Association* (1927).
# - K. He, X. Zhang, S. Ren, J. Sun, "Delving deep into rectifiers" (2015); X. Glorot, Y. Bengio,
#   "Understanding the difficulty of training deep feedforward neural networks" (2010).
