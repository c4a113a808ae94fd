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

# %% tags=["remove-input"]
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import numpy as np
from IPython.display import Markdown
from xordocs import datasets, playground, plots, tables
from xordocs.experiments import diagnosis, statistics, vectorized_mlp
from xordocs.experiments.census import census
from xordocs.listings import source
from xordocs.nn import activations, initializers, losses, numpy_mlp

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

# %% tags=["remove-input"]
low, high = full.interval(confidence := 0.95)
LEVEL = f"{confidence:.0%}"
assert full.setting[:3] == (10, 1.5, 500)
assert full.solved[1]
assert low > 1 / 2
assert high < 0.99
Markdown(
    f"**{int(full.solved.sum()):,} of {len(full.seeds):,} networks learn XOR: {full.rate:.1%}** "
    f"({LEVEL} interval {low:.1%} to {high:.1%}). Seed 1 is one of them. It was no great luck, and "
    "it was not a certainty either."
)

# %% tags=["remove-input"]
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

# %% tags=["remove-input"]
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
# Take any of these seeds and train it yourself. You will see the same failure, to the last digit
# shown.

# %% tags=["remove-input"]
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

# %% tags=["remove-input"]
x, y = datasets.xor()
for seed, report in zip(failed, reports, strict=True):
    alone, _ = numpy_mlp.train(numpy_mlp.initialize((10,), seed), x, y)
    outputs = numpy_mlp.predict(alone, x)
    assert abs(outputs[:, 0] - report.outputs).max() < 1e-6, seed
    assert abs(losses.mse(outputs, y) - report.loss) < 1e-6, seed
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

# %% tags=["remove-input"]
source(statistics.wilson)

# %% [markdown]
# ## How wide should it be?
#
# From here on you change one thing at a time, for the first thousand seeds, in float32. Half the
# digits: is that still enough to count?


# %%
@cache
def thousand(**changed):
    return census(range(1000), dtype=np.float32, **changed)


# %% tags=["remove-input"]
usual = thousand()
double = full.solved[:1000]
tipped = int((usual.solved != double).sum())
assert tipped <= 5
Markdown(
    f"At the notebook's own setting {usual.solved.sum()} of them learn in float32, and "
    f"{double.sum()} in float64; {tipped or 'none'} of the thousand "
    f"{'ends' if tipped == 1 else 'end'} differently."
)

# %% [markdown]
# !!! predict "Before you scroll"
#     [Two hidden units are enough](by-hand.py) to *compute* XOR. Out of a hundred networks of width
#     two, how many will *learn* it?

# %%
widths = [1, 2, 3, 4, 6, 8, 10, 12, 16, 24, 32]
by_width = [thousand(width=width) for width in widths]

# %% tags=["remove-input"]
plots.success(
    widths,
    [count.rate for count in by_width],
    [count.interval() for count in by_width],
    "hidden units",
)

# %% tags=["remove-input"]
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
widest = by_width[-1]
causes = widest.counts()
lost = len(widest.seeds) - causes.pop("solved")
leading = max(causes, key=causes.get)
*shorter, smaller = (
    census(range(300), width=widths[-1], dtype=np.float32, **change)
    for change in (
        {"learning_rate": 0.5},
        {"learning_rate": 0.2},
        {"initializer": initializers.HE},
    )
)


def sure_and_wrong(width):
    """The share of networks that start with a saturated row."""
    networks = vectorized_mlp.initialize(
        range(1000), width, initializers.NOTEBOOK, np.float64
    )
    found = diagnosis.diagnose_all(networks, activations.RELU, losses.MSE, [])
    return found.saturated.any(axis=0).mean()


assert rates[1] == 0
assert rates[2] < 1 / 2
assert sorted(climb := list(rates.values())[: widths.index(best) + 1]) == climb
assert beyond == widths[widths.index(beyond[0]) :]
assert leading == "saturated"
assert sure_and_wrong(best) < sure_and_wrong(widths[-1])
assert max(count.interval()[1] for count in shorter) < rates[best]
assert rates[best] < smaller.interval()[0]
Markdown(
    f"With two units {rates[2]:.0%} learn, with one none can. That a solution exists does not "
    "mean that gradient descent will find it from where it starts. Spare units help, as each is "
    f"another chance to be well placed: at {best} units {rates[best]:.0%} learn.\n\n"
    f"But more is not always better. From {beyond[0]} units on fewer learn again, and the "
    f"intervals do not overlap: at {widths[-1]} units {rates[widths[-1]]:.0%} learn, and "
    f"{causes[leading] / lost:.0%} of the failures are {leading}. The more units add up, the "
    "larger is the first sum in front of the sigmoid, so more rows start wrong where it is flat: "
    f"{sure_and_wrong(best):.0%} of the networks with {best} units have such a row before the "
    f"first step, and {sure_and_wrong(widths[-1]):.0%} of those with {widths[-1]}. Shorter steps "
    f"do not help: of {len(smaller.seeds)} seeds "
    + " and ".join(
        f"{count.rate:.1%} (learning rate {count.setting.learning_rate:g})"
        for count in shorter
    )
    + f" learn. Smaller first weights do: {smaller.rate:.1%}, with those of He, of which more below."
)

# %% [markdown]
# ## How fast should it learn?
#
# !!! predict "Before you scroll"
#     Ten units again. At a third of the notebook's rate, will fewer networks learn? At three times
#     it? At ten times?

# %%
speeds = [0.1, 0.2, 0.5, 1, 2, 3, 4, 5, 6, 8, 10, 15]
by_speed = [thousand(learning_rate=speed) for speed in speeds]

# %% tags=["remove-input"]
plots.success(
    speeds,
    [count.rate for count in by_speed],
    [count.interval() for count in by_speed],
    "learning rate",
    log=True,
)

# %% tags=["remove-input"]
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
assert speeds.index(level[-1]) - speeds.index(level[0]) == len(level) - 1
assert all(count.rate < 1 for count in by_speed)
Markdown(
    f"From {level[0]:g} to {level[-1]:g} it hardly matters. At {half:g} less than half of the "
    f"best share is left, and at {speeds[-1]:g} only {by_speed[-1].rate:.0%}: "
    + ", ".join(f"{n} {cause}" for n, cause in fast_failures[:3])
    + f". At the slow end {patient} of the {failed_slow} failures are still learning. The others "
    "are stuck, as some are at every rate."
)

# %% [markdown]
# ## Another loss, another bend, another start
#
# First the function that bends, and the loss that is to fall.
#
# !!! predict "Before you scroll"
#     ReLU units can die, as they have no slope below zero. Leaky ReLU, tanh and sigmoid units cannot.
#     Will more of their networks learn?

# %% tags=["remove-input"]
bends = [
    activations.RELU,
    activations.LEAKY_RELU,
    activations.TANH,
    activations.SIGMOID,
]
by_bend = {
    bend: [
        thousand(activation=bend, loss=loss)
        for loss in (losses.MSE, losses.CROSS_ENTROPY)
    ]
    for bend in bends
}
tables.Table(
    "Share that learns, by activation and loss.",
    ["activation", "mean squared error", "cross-entropy"],
    [
        [bend.name.replace("_", " "), *(f"{count.rate:.1%}" for count in pair)]
        for bend, pair in by_bend.items()
    ],
)

# %% tags=["remove-input"]
undying = [pair for bend, pair in by_bend.items() if bend != activations.RELU]
_, entropy = by_bend[activations.RELU]
fail = [[int((~count.solved).sum()) for count in pair] for pair in undying]
flat = sum(pair[0].counts().get("saturated", 0) for pair in undying)
all_failures = sum(squared for squared, _ in fail)
few = max(crossed for _, crossed in fail)
relu_fails = int((~entropy.solved).sum())
assert flat > 0.9 * all_failures
assert 10 * few < relu_fails
Markdown(
    "That no unit can die does not save a network from an output sigmoid that is flat where it is "
    f"wrong: under the squared error {flat} of the {all_failures} failures of the other three are "
    "saturated. Under cross-entropy, which has no flat "
    f"end, each of the three fails in {few} of a thousand cases at most, and ReLU in {relu_fails}. "
    "ReLU earns its place in deep networks, where sigmoids pass on ever smaller gradients."
)

# %% [markdown]
# Then the start: the same draws, scaled or replaced.

# %% tags=["remove-input"]
starts = {
    "notebook": initializers.NOTEBOOK,
    "He": initializers.HE,
    "Glorot": initializers.GLOROT,
    "large": initializers.LARGE,
    "equal": initializers.EQUAL,
    "zeros": initializers.ZEROS,
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
    name: thousand(initializer=start) if name != "notebook" else usual
    for name, start in starts.items()
}


def main_cause(count):
    failures = {
        cause: n for cause, n in count.counts().items() if cause != "solved"
    }
    return max(failures, key=failures.get) if failures else ""


tables.Table(
    "Share that learns, by initializer.",
    ["start", "weights", "learns", f"{LEVEL} interval", "most common failure"],
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

# %% tags=["remove-input"]
he, he_entropy = (
    census(
        range(10_000),
        dtype=np.float32,
        initializer=initializers.HE,
        loss=loss,
    )
    for loss in (losses.MSE, losses.CROSS_ENTROPY)
)


def change(cause):
    before, after = (count.counts().get(cause, 0) for count in (usual, entropy))
    return before, after, f"{cause} goes from {before} to {after}"


saturated, merged = change("saturated"), change("merged")
assert saturated[0] > saturated[1]
assert merged[0] < merged[1]
assert entropy.interval()[1] < by_start["He"].interval()[0]
assert he_entropy.interval()[1] < he.interval()[0]
Markdown(
    f"Scaling the same draws as He and others suggest takes {usual.rate:.1%} to "
    f"{by_start['He'].rate:.1%}. Cross-entropy alone gives {entropy.rate:.1%}: "
    f"{saturated[-1]}, but {merged[-1]}. What held the notebook's network back is mostly the size "
    "of its first weights.\n\n"
    "Do the two add up? They are too close for a thousand seeds, so take all ten thousand. From "
    "He's start "
    + ", ".join(
        f"{count.rate:.1%} learn by the {count.setting.loss.title} ({LEVEL} interval "
        f"{count.interval()[0]:.1%} to {count.interval()[1]:.1%})"
        for count in (he, he_entropy)
    )
    + ": at this learning rate the other loss takes something away. So change the start first, and "
    "count again before you change anything else."
)

# %% [markdown]
# ## Born dead
#
# A ReLU unit is off on all four rows from the start when its bias is zero and both its weights are
# negative. Each weight is negative with probability one half, and the two are drawn independently,
# so the unit is dead with probability one quarter, whatever the scale of the weights. And then its
# gradient is zero for good.
#
# !!! predict "Before you scroll"
#     That is the start. After training, will more units be dead, or fewer?


# %%
def born_dead(seeds, width):
    """Which hidden units start dead: ``(width, networks)``."""
    networks = vectorized_mlp.initialize(
        seeds, width, initializers.NOTEBOOK, np.float64
    )
    w1, w2, _ = networks.hidden
    return (w1 < 0) & (w2 < 0)


units = born_dead(range(10_000), 10)

# %% tags=["remove-input"]
share = units.mean()
low, high = statistics.wilson(int(units.sum()), units.size)
after = full.dead_units.mean()
assert low < 1 / 4 < high
assert after > 10 * share
Markdown(
    f"Of the {units.size:,} hidden units of the census {share:.1%} are born dead ({LEVEL} interval "
    f"{low:.1%} to {high:.1%}). That is {10 * share:.1f} of ten. After training it is {after:.1f}: "
    "some die on the way."
)

# %% [markdown]
# ## Exercises
#
# !!! exercise "Nobody left"
#     What is the probability that *all* hidden units of a network of width three are born dead?
#     Of width ten? And are more of them dead after training?

# %% tags=["remove-input"]
three = by_width[widths.index(3)]
dead = three.counts().get("dead", 0)
born = int(born_dead(range(1000), 3).all(axis=0).sum())
assert born < dead
Markdown(
    '??? answer "Answer"\n'
    f"    $\\frac{{1}}{{4}}$ to the third power is {0.25**3:.2%}, to the tenth {0.25**10:.1e}. "
    f"Of the {len(three.seeds)} networks of width three {born} are born dead, "
    f"{born / len(three.seeds):.2%}, and {dead} are dead in the end: the others "
    "died during training."
)

# %% [markdown]
# !!! exercise "Run it yourself"
#     The census takes any executor of `concurrent.futures`. Download this page's notebook and
#     repeat the first table for another learning rate: on your machine, then on an executor of
#     your own.
#
# <details class="answer" markdown>
# <summary>Answer</summary>

# %%
here = census(range(300), learning_rate=0.5)
with ThreadPoolExecutor(2) as executor:
    there = census(range(300), learning_rate=0.5, executor=executor)
there.counts()

# %% tags=["remove-input"]
assert here.counts() == there.counts()
Markdown(
    "Both count the same. On a cluster of Dask the executor is `client.get_executor()`. With "
    "`range(10_000)` in place of the three hundred you have the whole table."
)

# %% [markdown]
# </details>
#
# ## Sources
#
# - E. B. Wilson, "Probable inference, the law of succession, and statistical inference", *Journal
#   of the American Statistical Association* (1927).
# - K. He, X. Zhang, S. Ren, J. Sun, "Delving deep into rectifiers" (2015); X. Glorot, Y. Bengio,
#   "Understanding the difficulty of training deep feedforward neural networks" (2010).
# - X. Glorot, A. Bordes, Y. Bengio, "Deep sparse rectifier neural networks" (2011): why deep
#   networks took to ReLU.
