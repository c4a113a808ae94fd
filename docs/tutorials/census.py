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
# xordocs:
#   timeout: 300
# ---

# %% [markdown]
# # Was seed 1 lucky? The census
#
# Most tutorials show one run, and it works. Would it have worked from another seed? This lesson
# trains ten thousand networks, and asks what would have helped those that failed.
#
# **After this lesson you can** say how often a setting works and how sure you are, compare two settings
# fairly, and say what to change first when a network like this one does not learn.
#
# **You need** the network of [lesson 6](numpy-network.py) and the names of failures from
# [the failure clinic](failure-clinic.py). What is folded is for those who want proof of every sentence:
# pass over it in a first reading.
#
# ## From one seed to many
#
# The network of lesson 6 had ten ReLU units, the squared error, a learning rate of `1.5`, five hundred
# steps, and first weights from the standard normal distribution, drawn from seed 1. A network has
# **learned** XOR when in the end all four outputs are on the right side of one half.
#
# !!! predict "Before you scroll"
#     Of a hundred networks from other seeds, all else being the same, how many will learn?
#
# Begin with twenty seeds, and a loop around what you know:

# %%
from xordocs import datasets
from xordocs.nn import numpy_mlp

x, y = datasets.xor()
seeds = range(1, 21)
learned = 0
for seed in seeds:
    network = numpy_mlp.initialize((10,), seed)
    network, _ = numpy_mlp.train(network, x, y, learning_rate=1.5, epochs=500)
    y_hat = numpy_mlp.predict(network, x)
    if ((y_hat > 0.5) == (y > 0.5)).all():
        learned = learned + 1

print(learned, "of", len(seeds), "have learned.")

# %% tags=["remove-input"]
from xordocs import playground

strip_seeds = range(21, 41)
assert learned == len(seeds)

# %% [markdown]
# All of them. Stop here, and you would think that it always works. Watch the next twenty, the
# seeds `{python} strip_seeds[0]` to `{python} strip_seeds[-1]`. Press the button to train
# them, and choose a small map to open it below and play it from the start.

# %% tags=["remove-input"]
playground.embed("strip", "player", seed=strip_seeds[0] - 1, epoch=500)

# %% tags=["remove-input"]
from xordocs.experiments.census import census

in_strip = census(strip_seeds)
strip_fails = in_strip.seeds[~in_strip.solved].tolist()
assert len(strip_fails) == 1

# %% [markdown]
# <details class="note" markdown>
# <summary>The outputs of these twenty, as a table</summary>

# %% tags=["remove-input"]
from xordocs import tables

tables.Table(
    "What each of the twenty networks answers after five hundred steps.",
    ["seed", "(0, 0)", "(0, 1)", "(1, 0)", "(1, 1)"],
    [
        [f"{seed}", *(f"{it:.2f}" for it in in_strip.diagnosis(seed).outputs)]
        for seed in strip_seeds
    ],
)

# %% [markdown]
# </details>
#
# `{python} len(strip_seeds) - len(strip_fails)` of these learn, and seed `{python} strip_fails[0]` does
# not. Twenty seeds are too few to say how often it works. The function `census` trains thousands of
# networks at once, with the same results as the loop. In `solved` it has `True` for each seed that has
# learned, and `sum` counts them:

# %%
from xordocs.experiments.census import census

full = census(range(10_000))
print(full.solved.sum(), "of", len(full.seeds), "have learned.")

# %% tags=["remove-input"]
from math import comb
from statistics import NormalDist

import numpy as np
from xordocs import plots
from xordocs.experiments import diagnosis, statistics, vectorized_mlp

assert full.setting[:3] == (10, 1.5, 500)
assert full.setting.dtype == np.float64
assert full.solved[list(seeds)].all()
assert (full.solved[list(strip_seeds)] == in_strip.solved).all()
counts = full.counts()
failures = {cause: n for cause, n in counts.items() if cause != "solved"}
failed = full.seeds[~full.solved].tolist()
first, second, *_ = sorted(failures, key=failures.get, reverse=True)
assert (first, second) == ("saturated", "merged")
assert failures[first] + failures[second] > 0.98 * len(failed)
assert 1 / 2 < full.interval()[0] < full.interval()[1] < 0.99
tables.Table(
    "What became of the ten thousand.",
    ["name", "networks"],
    [
        ["learned" if cause == "solved" else cause, f"{count}"]
        for cause, count in counts.items()
    ],
)

# %% [markdown]
# **`{python} f"{full.rate:.1%}"` of the networks learn XOR.** About one seed in
# `{python} f"{1 / (1 - full.rate):.0f}"` fails, and seed 1 is not one of them. Almost all failures have
# come to rest: their loss has stopped falling. [The clinic's words](failure-clinic.py#the-words-and-where-they-begin)
# say how.
#
# - **Saturated** are `{python} f"{failures[first] / len(failed):.0%}"` of them: an output is more than
#   `{python} f"{diagnosis.FLAT:g}"` from its label, where the output unit's sigmoid is almost flat, so that
#   the row's squared error has hardly a slope.
# - **Merged** are most of the others: two rows with different labels have outputs at most
#   `{python} f"{diagnosis.SAME:g}"` apart, and the loss stays on a plateau.
#
# The first five seeds that fail are `{python} ", ".join(map(str, failed[:4]))` and `{python} failed[4]`.
# [Open seed `{python} failed[0]` in the
# playground](`{python} playground.link(seed=failed[0], epoch=500)`).
#
# ## How sure is that?
#
# Another ten thousand seeds would give a slightly different share. How far does a share stray by chance?
# Take something whose true share you know. A fair coin shows heads with probability $p = 1/2$.
# Toss it $n = 500$ times, and note the share of heads. Do that ten thousand times, and look at how far
# the shares lie from $p$. Typically (square the distances, take their mean, and its root) it is as far as
# this formula says, the **standard deviation** of a share:
#
# $$\sqrt{\frac{p\,(1-p)}{n}}$$
#
# Does it fit? `binomial` tosses the coins, and returns the number of heads in each of the repetitions:

# %%
import numpy as np

p, n = 0.5, 500
heads = np.random.RandomState(1).binomial(n, p, size=10_000)
distances = abs(heads / n - p)

deviation = np.sqrt(p * (1 - p) / n)
print(f"root of the mean square: {np.sqrt((distances**2).mean()):.4f}")
print(f"the formula:             {deviation:.4f}")
z = 1.96
near = (distances <= z * deviation).mean()
print(f"within {z} of these:    {near:.1%}")

# %% tags=["remove-input"]
plots.sampling_distribution(
    heads / n,
    p,
    z * deviation,
    caption="Each line is a number of heads, and its height says how often it came. The few orange ones, "
    f"at both ends, are more than {z} standard deviations from the middle.",
)

# %% tags=["remove-input"]
typical = np.sqrt((distances**2).mean())
exact = (
    sum(
        comb(n, k) for k in range(n + 1) if abs(k / n - p) <= 1.96 * deviation
    )
    / 2**n
)
assert len(heads) == 10_000
assert abs(typical / deviation - 1) < 0.02
assert abs(near - exact) < 3 * np.sqrt(exact * (1 - exact) / len(heads))
assert f"{exact:.1%}" != f"{0.95:.1%}"
assert abs(NormalDist().inv_cdf(1 - 0.05 / 2) - 1.96) < 0.0001

# %% [markdown]
# The formula fits: the more tosses, the closer the share, and four times as many bring it twice as close.
# And `{python} f"{near:.1%}"` of the shares lie within $z = 1.96$ standard deviations. That is about
# `{python} f"{0.95:.0%}"`, and so it is for any share of many tosses.
#
# <details class="note" markdown>
# <summary>Where the formula comes from, and how shares spread</summary>
#
# Count heads, with probability $p$, as 1 and tails as 0. The square of a toss's distance from $p$ is
# $(1-p)^2$ or $p^2$, and on average
#
# $$p\,(1-p)^2 + (1-p)\,p^2 = p\,(1-p)$$
#
# For the sum of $n$ tosses these averages add up, to $np(1-p)$: as the tosses are independent, the
# products of two tosses' distances cancel on average. The share is their sum over $n$. That divides
# distances by $n$ and squares by $n^2$, and leaves $p(1-p)/n$. The standard deviation is the root of that.
#
# Shares of many tosses spread like a bell curve, and `{python} f"{0.95:.0%}"` of a bell curve lies within
# $1.96$ standard deviations of its middle. Here it is a little less: heads come in whole numbers, and the
# exact probability, added up over all numbers of heads that are near enough, is `{python} f"{exact:.1%}"`.
# (The rest of the difference is chance: ten thousand repetitions are a sample, too.)
#
# </details>
#
# A seed is a toss, too: it learns with some probability $p$. But now you know the share, and look for $p$.
# So try every $p$, and keep those from which your share is not too far away, $1.96$ standard deviations
# at most:

# %% tags=["live"]
import numpy as np


def interval(learned, trials, z=1.96):
    share = learned / trials
    # every p that we try, from 0 to 1
    p = np.linspace(0, 1, 10_001)
    near = abs(share - p) <= z * np.sqrt(p * (1 - p) / trials)
    # p[near] are those that are near
    return p[near].min(), p[near].max()


low, high = interval(20, 20)
print(f"all of twenty: from {low:.2f} to {high:.2f}")

# %% tags=["remove-input"]
twenty = interval(20, 20)
low, high = interval(full.solved.sum(), len(full.seeds))
for some in ((20, 20), (5, 10), (0, 8), (full.solved.sum(), len(full.seeds))):
    # the p that are tried lie this far apart
    assert np.allclose(interval(*some), statistics.wilson(*map(int, some)), atol=1e-4)  # fmt: skip

# %% [markdown]
# What is left is a **confidence interval**. About `{python} f"{0.95:.0%}"` of such intervals hold the true
# share. For the ten thousand seeds it goes from `{python} f"{low:.1%}"` to `{python} f"{high:.1%}"`. For the
# twenty of twenty at the top of this lesson it reaches down to `{python} f"{twenty[0]:.0%}"`: they never
# showed that it always works.
#
# So **seed 1 was not very lucky**: most seeds learn. Only, one run could not have told you so. How would you
# make the failures fewer?
#
# ## One fair comparison
#
# A ReLU unit can die, as it has no slope below zero. The [sigmoid](by-hand.py) has a slope everywhere. Would
# hidden units with the sigmoid do better?
#
# !!! predict "Before you scroll"
#     Will more networks learn with sigmoid hidden units than with ReLU? And if both train at the learning
#     rate that is best for ReLU?
#
# **Each at its own best rate.** A learning rate that suits one network may be far too large or too small
# for another. The function `sweep` trains the same two hundred seeds at one rate after another, each
# twice the one before, until clearly fewer learn at the lowest and at the highest rate than at the best
# one. (If several are best, it takes the middle one.)

# %%
from xordocs.experiments.sweep import sweep
from xordocs.nn import activations

choosing = range(200)
relu_sweep = sweep(choosing)
sigmoid_sweep = sweep(choosing, activation=activations.SIGMOID)
print("best rate with ReLU:   ", relu_sweep.best)
print("best rate with sigmoid:", sigmoid_sweep.best)


# %% tags=["remove-input"]
def line(found):
    return found.rates, found.shares, found.intervals


plots.by_learning_rate(
    {"ReLU": line(relu_sweep), "sigmoid": line(sigmoid_sweep)},
    caption="Sigmoid units are slow where ReLU is at home, and at home where ReLU has broken down. "
    f"Each bar is the {0.95:.0%} interval of its own share.",
)

# %% tags=["remove-input"]
assert relu_sweep.is_inside
assert sigmoid_sweep.is_inside
assert 1.5 in relu_sweep.as_good
good_places = np.flatnonzero(np.isin(relu_sweep.rates, relu_sweep.as_good))
assert (np.diff(good_places) == 1).all()
large = 12.0


def learn_at(found, rate):
    """How many of the choosing seeds learn at a rate of the grid."""
    return int(found.learned[found.rates == rate].sum())


assert learn_at(sigmoid_sweep, relu_sweep.best) < learn_at(
    relu_sweep, relu_sweep.best
)
assert learn_at(sigmoid_sweep, large) > 2 * learn_at(relu_sweep, large)

# %% [markdown]
# At one rate for both, either can be made to lose. At `{python} f"{relu_sweep.best:g}"`, ReLU's best,
# `{python} learn_at(sigmoid_sweep, relu_sweep.best)` of the `{python} relu_sweep.trials` learn with sigmoid
# units, and `{python} learn_at(relu_sweep, relu_sweep.best)` with ReLU; at `{python} f"{large:g}"` they are
# `{python} learn_at(sigmoid_sweep, large)` and `{python} learn_at(relu_sweep, large)`.
#
# **Chosen on some seeds, measured on others.** The share at the best rate is the largest of many, and the
# largest of many is partly luck. So the shares that count come from other seeds, which had no say in the
# choice:

# %%
fresh = range(10_000, 12_000)
relu = census(fresh, learning_rate=relu_sweep.best)
sigmoid = census(
    fresh, learning_rate=sigmoid_sweep.best, activation=activations.SIGMOID
)
print("with ReLU:   ", relu.solved.sum(), "of", len(fresh), "learn")
print("with sigmoid:", sigmoid.solved.sum())

# %% [markdown]
# **On the same seeds.** Both were trained from the same seeds. A seed from which both learn, or neither,
# says nothing about which is better. Look at the others. For `True` and `False`, `&` says *and*, and `~`
# says *not*:


# %%
def count_pairs(first, second):
    only_first = first.solved & ~second.solved
    only_second = second.solved & ~first.solved
    return only_first.sum(), only_second.sum()


gained, lost = count_pairs(sigmoid, relu)
print(gained, "only with sigmoid,", lost, "only with ReLU")

# %% [markdown]
# Suppose that there were no difference between the two. Then each of these
# `{python} int(gained + lost)` seeds would be the toss of a fair coin, and the sigmoid would win about half
# of them. It has won `{python} int(gained)`. Is that still chance? Ask the interval:

# %%
low, high = interval(gained, gained + lost)
print(f"The sigmoid wins between {low:.0%} and {high:.0%} of them.")

# %% tags=["remove-input"]
assert (gained, lost) == statistics.only_one(sigmoid.solved, relu.solved)
assert low > 1 / 2

# %% [markdown]
# One half is not in it, so this was no fair coin: more networks learn with the sigmoid. Where one half lies
# in the interval, call it a **tie**, which is no proof that the two are alike.
#
# ## What to change first
#
# The same comparison now for other changes, one at a time, each at its own best rate:
#
# - fewer or more hidden units than ten;
# - other hidden units: **leaky ReLU**, with the slope `{python} f"{activations.LEAK:g}"` instead of 0 for
#   negative sums, $\tanh$ from [lesson 6](numpy-network.py#write-it-yourself), or the sigmoid;
# - [cross-entropy](deeper.py#cross-entropy) instead of the squared error;
# - **He's start** and **Glorot's start**, two rules for smaller first weights;
#
# and at last two changes together, He's start with thirty-two units.
#
# !!! predict "Before you scroll"
#     [Two hidden units are enough](by-hand.py) to *compute* XOR. Out of a hundred such networks, at
#     their best rate, how many will *learn* it? And which change will help most?

# %%
from xordocs.nn import initializers, losses


def compare_fairly(**change):
    found = sweep(choosing, **change)
    counted = census(fresh, learning_rate=found.best, **change)
    return found, counted


he, glorot = initializers.HE, initializers.GLOROT
results = {"as in lesson 6": (relu_sweep, relu)}
results["two hidden units"] = compare_fairly(width=2)
results["four hidden units"] = compare_fairly(width=4)
results["thirty-two hidden units"] = compare_fairly(width=32)
results["leaky ReLU"] = compare_fairly(activation=activations.LEAKY_RELU)
results["tanh"] = compare_fairly(activation=activations.TANH)
results["sigmoid"] = sigmoid_sweep, sigmoid
results["cross-entropy"] = compare_fairly(loss=losses.CROSS_ENTROPY)
results["He's start"] = compare_fairly(initializer=he)
results["Glorot's start"] = compare_fairly(initializer=glorot)
results["thirty-two, He's start"] = compare_fairly(width=32, initializer=he)

# %% tags=["remove-input"]
REFERENCE = "as in lesson 6"
WIDE_HE = "thirty-two, He's start"
share = {name: count.rate for name, (_, count) in results.items()}
assert all(found.is_inside for found, _ in results.values())

# all comparisons between settings of this page, beside those with the reference
AMONG = [
    ("He's start", "cross-entropy"),
    ("He's start", "Glorot's start"),
    ("He's start", "smaller W₁"),
    ("He's start", WIDE_HE),
    ("He's start", "He's start and cross-entropy"),
    ("sigmoid", "tanh"),
    ("sigmoid", "He's start"),
    ("four hidden units", "two hidden units"),
    ("thirty-two hidden units", WIDE_HE),
    ("smaller W₁", REFERENCE),
]
COMPARISONS = len(results) - 2 + len(AMONG)
level = 1 - 0.05 / COMPARISONS
wide_z = NormalDist().inv_cdf((1 + level) / 2)
wrong_somewhere = 1 - 0.95**COMPARISONS


def percent(name):
    text = f"{share[name]:.1%}"
    if text == f"{1:.1%}" and share[name] < 1:
        return f"{share[name]:.2%}"
    return text


def n_learned(name):
    return int(results[name][1].solved.sum())


def failed_as(cause, name):
    """How many of the fresh seeds end with a cause."""
    return results[name][1].counts().get(cause, 0)


def pair(name, other):
    """The seeds from which only one of two settings learns, as a score."""
    found = statistics.only_one(
        results[name][1].solved, results[other][1].solved
    )
    return " to ".join(map(str, found))


def is_below(name, other):
    """Whether the other is clearly better, on the seeds on which they differ."""
    assert {(name, other), (other, name)} & {*AMONG} or REFERENCE in (
        name,
        other,
    )
    return is_clear(results[other][1].solved, results[name][1].solved)


def is_clear(better, worse):
    clear = statistics.is_better(better, worse, level)
    assert clear == is_clear_exactly(better, worse, level)
    return clear


def is_clear_exactly(better, worse, level):
    """The same by counting all ways in which the coins can fall."""
    gained, lost = statistics.only_one(better, worse)
    tosses = gained + lost
    tail = sum(comb(tosses, heads) for heads in range(min(gained, lost) + 1))
    return gained > lost and 2 * tail / 2**tosses < 1 - level


for found_rates, _ in results.values():
    (at_best,) = found_rates.solved[found_rates.rates == found_rates.best]
    for end in (0, -1):
        assert is_clear_exactly(at_best, found_rates.solved[end], 0.95)

ranked = sorted(share, key=share.get, reverse=True)
single = [name for name in ranked if name not in (REFERENCE, WIDE_HE)]
helps = [name for name in single if is_below(REFERENCE, name)]
harms = [name for name in single if is_below(name, REFERENCE)]
few = {"two hidden units", "four hidden units"}
assert {*helps, *harms} == {*single}
assert {name for name in ranked if share[name] <= 0.7} == few
plots.ranking(
    {
        name: (share[name], results[name][1].interval())
        for name in ranked
        if name not in few
    },
    REFERENCE,
    caption="Each bar says how sure its own share is, and the band is the bar of the network as it was. "
    "The table below tells which settings differ. Two and four hidden units lie far to the left.",
)

# %% tags=["remove-input"]
pairs = {
    name: statistics.only_one(
        results[name][1].solved, results[REFERENCE][1].solved
    )
    for name in ranked
}
tables.Table(
    f"How many of {len(fresh):,} fresh seeds learn, each setting at its own best learning rate. Gained are "
    "those that learn with it, and not as in lesson 6; lost, the other way round.",
    ["change", f"of {len(fresh):,}", "gained", "lost", "best rate"],
    [
        [
            name,
            f"{results[name][1].solved.sum()}",
            f"{pairs[name][0]}",
            f"{pairs[name][1]}",
            f"{results[name][0].best:.3g}",
        ]
        for name in ranked
    ],
)

# %% tags=["remove-input"]
with_relu = ["cross-entropy", "He's start", "Glorot's start"]
assert max(single, key=share.get) == "sigmoid"
assert is_below("He's start", "sigmoid")
assert is_below("tanh", "sigmoid")
assert max(with_relu, key=share.get) == "He's start"
assert all(
    is_below(it, "He's start") for it in with_relu if it != "He's start"
)
assert is_below("two hidden units", "four hidden units")
assert is_below("thirty-two hidden units", WIDE_HE)
assert is_below("He's start", WIDE_HE)


words = ["None", "One", "Two", "Three", "Four", "Five", "Six", "Seven"]
sigmoid_fails = int((~results["sigmoid"][1].solved).sum())
fails = "one fails" if sigmoid_fails == 1 else f"{sigmoid_fails} fail"

# %% [markdown]
# `{python} words[len(helps)]` of the single changes help, and `{python} words[len(harms)].lower()` harm.
#
# - **Sigmoid** hidden units gain most: of `{python} f"{len(fresh):,}"` fresh seeds `{python} fails`, and
#   they win `{python} pair("sigmoid", "He's start")` against He's start.
# - Of the changes that keep ReLU units, **He's start** does most. From there more units help as well:
#   thirty-two of them win `{python} pair(WIDE_HE, "He's start")` against ten. Without it, thirty-two
#   harm.
# - With **two hidden units** `{python} percent("two hidden units")` learn: that a solution exists does
#   not mean that gradient descent finds it.
#
# So, for XOR and a network with one layer of ten hidden units that trains for five hundred steps, change
# the activation first, to the sigmoid; if the units have to be ReLU, begin from He's start. Give each its
# own best learning rate. For other tasks and networks this census says nothing. (In deep networks the
# slopes shrink with every layer of sigmoid units, and ReLU does better.) What goes with you to any task is
# the way to compare.
#
# The folded boxes have the evidence behind the table, and what the failures tell.
#
# <details class="note" markdown>
# <summary>Are these differences more than chance?</summary>
#
# To ask whether one half lies in the interval is called the **sign test**, or McNemar's test. Of settings
# that do not differ it says about once in twenty times that they do, and this page makes
# `{python} COMPARISONS` comparisons. If no setting differed, and they were independent, one or more would be
# wrong with probability `{python} f"{wrong_somewhere:.0%}"`. So divide the twentieth by their number:
# **Bonferroni's correction**. It asks for a larger $z$ than $1.96$:

# %%
from statistics import NormalDist

comparisons = 19
z = NormalDist().inv_cdf(1 - 0.05 / comparisons / 2)
print(f"z = {z:.2f}")

# %% tags=["remove-input"]
assert comparisons == COMPARISONS
assert np.isclose(z, wide_z)

# %% [markdown]
# Wherever this section says that one setting is better, or helps, or harms, it is so with this $z$. Even if
# no setting differed, the probability of finding a difference anywhere would then be about a twentieth at
# most. A close call is He's start against cross-entropy, `{python} pair("He's start", "cross-entropy")`: a
# difference also with this $z$. (With few
# tosses Wilson's interval is a little too sure of itself; exact probabilities give the same verdicts.) The
# bars in the figure cannot replace the test: two of them may overlap although the settings differ, as each
# says how sure *one* share is.
#
# </details>
#
# <details class="note" markdown>
# <summary>The sweeps behind the table</summary>

# %% tags=["remove-input"]
plots.by_learning_rate(
    {
        "two units": line(results["two hidden units"][0]),
        "four units": line(results["four hidden units"][0]),
        "ten units": line(results[REFERENCE][0]),
        "thirty-two units": line(results["thirty-two hidden units"][0]),
    },
    caption="Four units reach higher than two, ten higher than four, and thirty-two fall back.",
)

# %% tags=["remove-input"]
plots.by_learning_rate(
    {
        "as in lesson 6": line(results[REFERENCE][0]),
        "leaky ReLU": line(results["leaky ReLU"][0]),
        "tanh": line(results["tanh"][0]),
        "cross-entropy": line(results["cross-entropy"][0]),
    },
    caption="All three tops are higher than that of lesson 6. Tanh wants the longest steps.",
)

# %% tags=["remove-input"]
plots.by_learning_rate(
    {
        "as in lesson 6": line(results[REFERENCE][0]),
        "He's start": line(results["He's start"][0]),
        "Glorot's start": line(results["Glorot's start"][0]),
        "thirty-two, He's start": line(results[WIDE_HE][0]),
    },
    caption="With the smaller weights of both starts the top is higher.",
)

# %% tags=["remove-input"]
assert is_below("four hidden units", REFERENCE)
assert is_below("thirty-two hidden units", REFERENCE)
wide_failures = len(fresh) - n_learned("thirty-two hidden units")
wide_saturated = failed_as("saturated", "thirty-two hidden units")
assert wide_saturated > 0.9 * wide_failures
others = ("as in lesson 6", "leaky ReLU", "cross-entropy")
assert results["tanh"][0].best > max(results[it][0].best for it in others)
assert all(is_below(REFERENCE, it) for it in others[1:])
assert "dead" not in results["leaky ReLU"][1].counts()


def saved(cause):
    """How many seeds that end so with ReLU learn with leaky ReLU."""
    these = relu.findings.cause == diagnosis.CAUSES.index(cause)
    return int(results["leaky ReLU"][1].solved[these].sum())


assert {*relu.counts()} == {"solved", "merged", "saturated"}
assert saved("merged") > 0.8 * failed_as("merged", REFERENCE)
assert saved("saturated") < 0.2 * failed_as("saturated", REFERENCE)
assert failed_as("saturated", "cross-entropy") < 0.05 * failed_as(
    "saturated", REFERENCE
)
assert (
    failed_as("saturated", "He's start")
    < failed_as("saturated", REFERENCE) / 5
)
assert is_below("Glorot's start", "He's start")

# %% [markdown]
# </details>
#
# <details class="note" markdown>
# <summary>What the failures tell</summary>
#
# **Width.** Of the `{python} wide_failures` failures with thirty-two units
# `{python} wide_saturated` are saturated: a sum of more units scatters more. He's start makes $W_2$ smaller
# the more units there are, and with it `{python} len(fresh) - n_learned(WIDE_HE)` of
# `{python} f"{len(fresh):,}"` fail.
#
# **Activation.** Which seeds does the small slope of leaky ReLU save? Of those that end merged with ReLU,
# `{python} saved("merged")` of `{python} failed_as("merged", REFERENCE)`; of those that end saturated,
# `{python} saved("saturated")` of `{python} failed_as("saturated", REFERENCE)`. That fits: a unit that is
# off can still be moved, and so can part merged rows, while the flat end of the output's sigmoid stays flat.
#
# **Loss.** Of the failures with cross-entropy `{python} failed_as("merged", "cross-entropy")` are merged,
# and `{python} failed_as("saturated", "cross-entropy")` saturated: it gets networks off the flat end, and
# does not part merged rows.
#
# **Start.** He and others draw a layer's first weights with the standard deviation
# $\sqrt{2 / \text{inputs}}$, Glorot and Bengio with $\sqrt{2 / (\text{inputs} + \text{units})}$. For our
# ten units that is:
#
# | start | deviation of $W_1$ | deviation of $W_2$ |
# |---|---|---|
# | lesson 6 | $1$ | $1$ |
# | He | $\sqrt{2/2} = 1$ | $\sqrt{2/10} \approx 0.45$ |
# | Glorot | $\sqrt{2/12} \approx 0.41$ | $\sqrt{2/11} \approx 0.43$ |
#
# He's start leaves $W_1$ as it is, and makes $W_2$ smaller. `{python} failed_as("saturated", "He's start")`
# networks end saturated instead of `{python} failed_as("saturated", REFERENCE)`.
#
# </details>
#
# <details class="note" markdown>
# <summary>Optional: is it the size of the first sums that helps?</summary>
#
# Is it the smaller weights of one layer that help in He's start, or the smaller first sums $z_2$? As a
# control, make $W_1$ smaller by the same factor instead, and leave $W_2$ as it is. For a positive factor
# $c$, $\mathrm{ReLU}(c\,z_1) = c\,\mathrm{ReLU}(z_1)$, so both starts have the same first sums $z_2$:


# %%
def smaller_w1(draws):
    inputs = draws.shape[-2]
    if inputs == 2:  # these are for W1
        return draws * np.sqrt(2 / 10)
    return draws


start = initializers.Initializer("control", "smaller W₁", smaller_w1)
results["smaller W₁"] = compare_fairly(initializer=start)
for name in ("He's start", "smaller W₁"):
    print(name)
    print("   ", results[name][1].counts())

# %% tags=["remove-input"]
share["smaller W₁"] = results["smaller W₁"][1].rate
assert results["smaller W₁"][0].is_inside
assert is_below(REFERENCE, "smaller W₁")
assert is_below("smaller W₁", "He's start")
assert (
    failed_as("saturated", "smaller W₁")
    < failed_as("saturated", REFERENCE) / 5
)
assert failed_as("merged", "smaller W₁") > 2 * failed_as(
    "merged", "He's start"
)

# %% [markdown]
# With the control, too, only `{python} failed_as("saturated", "smaller W₁")` networks end saturated: that was the size
# of the first sums. But `{python} failed_as("merged", "smaller W₁")` end merged, where He's start leaves
# `{python} failed_as("merged", "He's start")`, and He's start wins `{python} pair("He's start", "smaller W₁")`. So size
# is not all that matters.
#
# </details>
#
# ## Exercises
#
# ### An interval without trying
#
# The ends of an interval can be computed. They are the $p$ from which the share $\hat{p} = s/n$, when $s$
# of $n$ have learned, is exactly $z = 1.96$ standard deviations away:
#
# $$|\hat{p} - p| = z\sqrt{\frac{p(1-p)}{n}}$$
#
# Square both sides, and solve the quadratic equation for $p$. Its two solutions are E. B. Wilson's formula
# of 1927:
#
# $$\frac{\hat{p} + \frac{z^2}{2n} \pm z\sqrt{\frac{\hat{p}(1 - \hat{p})}{n} + \frac{z^2}{4n^2}}}
# {1 + \frac{z^2}{n}}$$
#
# Write it as four lines of code.


# %% name="wilson" tags=["exercise"]
import numpy as np


def wilson(successes, trials, z=1.96):
    share = ...  # p hat
    middle = ...  # what is before the ±
    reach = ...  # what is after it
    scale = ...  # what divides both
    return (middle - reach) / scale, (middle + reach) / scale


# %% tags=["check"]
from xordocs.exercises import call, compare


def check():
    def end(successes, trials, z, far):
        """Find an end as it is defined: the last p that is near enough."""
        share = near = successes / trials
        for _ in range(60):
            p = (near + far) / 2
            if abs(share - p) <= z * (p * (1 - p) / trials) ** 0.5:
                near = p
            else:
                far = p
        return near

    names = "low, high"
    for successes, trials, z in [(7, 10, 3.0), (45, 50, 1.5), (0, 8, 1.96)]:
        share = successes / trials
        shift = z**2 / (2 * trials)
        root = share * (1 - share) / trials + z**2 / (4 * trials**2)
        bare = z * (share * (1 - share) / trials) ** 0.5
        reach = z * root**0.5
        scale = 1 + z**2 / trials
        asked = f"for {successes} of {trials} and z = {z} a search"
        given = (successes, trials, z)
        if z == 1.96:
            given = (successes, trials)  # the default
        found = call("wilson", wilson, given, names)
        for place, name in enumerate(["low", "high"]):
            sign = 2 * place - 1
            compare(
                name,
                found[place],
                end(successes, trials, z, float(sign > 0)),
                asked,
                [
                    (
                        "Is the shift of the middle missing, z²/2n?",
                        (share + sign * reach) / scale,
                    ),
                    (
                        "Is z²/4n² missing under the root?",
                        (share + shift + sign * bare) / scale,
                    ),
                    (
                        "Is the division by 1 + z²/n missing?",
                        share + shift + sign * reach,
                    ),
                    (
                        "The middle is shifted by z squared over 2n.",
                        (share + z / (2 * trials) + sign * reach) / scale,
                    ),
                    (
                        "Is the z in front of the root missing?",
                        (share + shift + sign * reach / z) / scale,
                    ),
                    (
                        "Is the root missing, np.sqrt?",
                        (share + shift + sign * z * root) / scale,
                    ),
                    (
                        "The two ends are exchanged: the lower one first.",
                        (share + shift - sign * reach) / scale,
                    ),
                    (
                        "That is p̂ ± z√(p̂(1 − p̂)/n), a simpler one.",
                        share + sign * bare,
                    ),
                ],
            )
    print("All ends lie where the distance is z deviations.")


check()

# %% [markdown] tags=["hint"]
# `share` is `successes / trials`, and $z^2$ is `z**2`. In the formula $n$ is `trials`.

# %% [markdown] tags=["hint"]
# `middle` is `share + z**2 / (2 * trials)`. `reach` is `z` times a root, `np.sqrt(...)`, of two terms.


# %% tags=["solution"]
import numpy as np


def wilson(successes, trials, z=1.96):
    share = successes / trials
    middle = share + z**2 / (2 * trials)
    root = share * (1 - share) / trials + z**2 / (4 * trials**2)
    reach = z * np.sqrt(root)
    scale = 1 + z**2 / trials
    return (middle - reach) / scale, (middle + reach) / scale


# %% tags=["live"]
for successes, trials in [(5, 10), (20, 20), (0, 8)]:
    low, high = wilson(successes, trials)
    print(f"{successes} of {trials}: from {low:.3f} to {high:.3f}")

# %% tags=["remove-input"]
for few in ((20, 20), (5, 10), (0, 8)):
    assert np.allclose(wilson(*few), statistics.wilson(*few), atol=1e-4)

# %% [markdown]
# ### Born dead
#
# A ReLU unit with a bias of zero and two negative weights is off on all four rows from the start, and
# [stays dead](failure-clinic.py#dead).

# %% tags=["remove-input"]
born_dead = (
    vectorized_mlp.initialize(
        range(1000), 10, initializers.NOTEBOOK, np.float64
    ).hidden[:2]
    < 0
).all(axis=0)
in_the_end = full.dead_units[:1000].sum()
low_dead, high_dead = statistics.wilson(int(born_dead.sum()), born_dead.size)
assert low_dead < 1 / 4 < high_dead
assert in_the_end > born_dead.sum()
assert full.solved[:1000].mean() > 1 / 2

# %% tags=["remove-input"]
playground.ask(
    "With which probability is a unit with a bias of zero born dead, whatever the spread of its weights?",
    1 / 4,
    "Each weight is negative with probability one half, and the two are drawn independently. Of "
    f"the {born_dead.size:,} units of the first thousand seeds {born_dead.sum():,} are born dead. After training "
    f"{in_the_end:,} of them are dead: the others died on the way, and most of their networks have learned "
    "all the same.",
    tolerance=0.0005,
    hints={
        0.5: "That is the probability that one weight is negative. Both have to be.",
        1 / 16: "The unit is off on four rows, but it has only two weights.",
    },
)

# %% [markdown]
# ### Half as wide

# %% tags=["remove-input"]
hundred, four_hundred = (interval(9 * n, 10 * n) for n in (10, 40))
narrower = (hundred[1] - hundred[0]) / (four_hundred[1] - four_hundred[0])
assert abs(narrower - 2) < 0.05
playground.ask(
    "An interval is too wide for you. How many times as many seeds make it about half as wide?",
    4,
    "The standard deviation has the number of seeds under a root. With ninety of a hundred the interval is "
    f"{hundred[1] - hundred[0]:.1%} wide, with the same share of four hundred "
    f"{four_hundred[1] - four_hundred[0]:.1%}.",
    hints={
        2: "The number of seeds stands under a root.",
        1.4142: "That is the root of two. Which number has the root two?",
        8: "That would make it almost a third as wide.",
    },
)

# %% [markdown]
# !!! exercise "Two changes at once"
#     In the downloaded notebook, make two of the changes at once, at the best rate for both. Does the
#     second still help? Count the seeds on which both differ from the better of the two alone.
#
# <details class="answer" markdown>
# <summary>Answer</summary>
#
# For instance He's start and cross-entropy, against He's start alone:

# %%
_, both = compare_fairly(
    initializer=initializers.HE, loss=losses.CROSS_ENTROPY
)
gained, lost = count_pairs(both, results["He's start"][1])
low, high = interval(gained, gained + lost, z)
print(f"{gained} gained, {lost} lost: from {low:.0%} to {high:.0%}")

# %% tags=["remove-input"]
assert not is_clear(both.solved, results["He's start"][1].solved)
assert wilson(gained, gained + lost)[0] < 1 / 2 < gained / (gained + lost)

# %% [markdown]
# Both together win `{python} int(gained)` of these `{python} int(gained + lost)` seeds. One half is in the
# interval, and would be with $z = 1.96$ as well: a tie, and it takes more seeds to tell.
#
# </details>
#
# ## In short
#
# One run shows that a setting can work; a count with a confidence interval shows how often. Compare
# settings each at its own best learning rate, chosen on some seeds, and by the other seeds on which they
# differ.
#
# Next: [what has the network learned](beyond-the-square.py) beyond the four points?
#
# ## Sources
#
# - E. B. Wilson, "Probable inference, the law of succession, and statistical inference", *Journal
#   of the American Statistical Association* (1927).
# - Q. McNemar, "Note on the sampling error of the difference between correlated proportions or
#   percentages", *Psychometrika* (1947): two settings, compared on the cases in which they differ.
# - K. He, X. Zhang, S. Ren, J. Sun, "Delving deep into rectifiers" (2015); X. Glorot, Y. Bengio,
#   "Understanding the difficulty of training deep feedforward neural networks" (2010): the spread of
#   the first weights. He's start here is theirs for ReLU; Glorot's is drawn from a normal distribution
#   with the variance that they give.
# - X. Glorot, A. Bordes, Y. Bengio, "Deep sparse rectifier neural networks" (2011): why deep
#   networks took to ReLU.
# - O. J. Dunn, "Multiple comparisons among means", *Journal of the American Statistical Association*
#   (1961): wider intervals, for many comparisons at once.
