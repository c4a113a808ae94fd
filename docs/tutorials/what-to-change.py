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
# # Encore: what to change first
#
# When a network does not learn, there is a lot that you could change: the number of hidden units, their
# activation, the loss, the first weights. The census made one change. This page compares ten changes, nine
# single ones and a pair, by the same rules, and ranks them. Then ten hidden layers show what first weights are
# for.
#
# **After this page you can** say what to change first when a network like this one does not learn, read a
# ranking with its intervals, and say how far such a result carries.
#
# **You need** the confidence interval and the three rules of [the census](census.py#one-fair-comparison), and
# the names of failures from [the failure clinic](failure-clinic.py). Here, too, the cells that train have no
# *Run* button: run them in the downloaded notebook.

# %% tags=["remove-input"]
from xordocs.nn import activations

leak = activations.LEAK

# %% [markdown]
# ## Ten changes
#
# The network of lesson 6 has ten ReLU units, the squared error, and first weights from the standard normal
# distribution. The census replaced ReLU by the sigmoid. Here are nine single changes, this one among them:
#
# - **Width**: two, four, or thirty-two hidden units.
# - **Activation**: the sigmoid, $\tanh$ from [lesson 6](numpy-network.py#another-bend), or **leaky
#   ReLU**, whose slope for negative sums is `{python} f"{leak:g}"` instead of 0.
# - **Loss**: the [cross-entropy](deeper.py#cross-entropy).
# - **Start**: **He** and **Glorot initialization**, two rules for smaller first weights, here called the He start and
#   the Glorot start. Their formulas come [below](#which-first-weights).
#
# The tenth is a pair of changes, made together: thirty-two units with the He start.
#
# !!! predict "Before you scroll"
#     [Two hidden units are enough](by-hand.py) to *compute* XOR. Of a hundred such networks, trained at their
#     best rate, how many will *learn* it? And which change will help most?
#
# Each setting gets the learning rate that is best on two hundred seeds, and is then counted on two thousand
# others. Both are the seeds of the census:

# %%
from xordocs.experiments.census import census
from xordocs.experiments.sweep import sweep
from xordocs.nn import activations, initializers, losses

choosing = range(200)
fresh = range(10_000, 12_000)


def at_its_best(**change):
    found = sweep(choosing, **change)
    counted = census(fresh, learning_rate=found.best, **change)
    return found, counted


he, glorot = initializers.HE, initializers.GLOROT
results = {
    "as in lesson 6": at_its_best(),
    "two hidden units": at_its_best(width=2),
    "four hidden units": at_its_best(width=4),
    "thirty-two hidden units": at_its_best(width=32),
    "leaky ReLU": at_its_best(activation=activations.LEAKY_RELU),
    "tanh": at_its_best(activation=activations.TANH),
    "sigmoid": at_its_best(activation=activations.SIGMOID),
    "cross-entropy": at_its_best(loss=losses.CROSS_ENTROPY),
    "He start": at_its_best(initializer=he),
    "Glorot start": at_its_best(initializer=glorot),
    "thirty-two, He start": at_its_best(width=32, initializer=he),
}

# %% tags=["remove-input"]
from math import comb
from statistics import NormalDist

import numpy as np
from xordocs import playground, plots, tables
from xordocs.experiments import diagnosis, statistics

REFERENCE = "as in lesson 6"
WIDE_HE = "thirty-two, He start"
share = {name: count.rate for name, (_, count) in results.items()}
top = {name: found.shares.max() for name, (found, _) in results.items()}
assert all(found.is_inside for found, _ in results.values())

# all comparisons between settings of this page, beside those with the reference
AMONG = [
    ("He start", "cross-entropy"),
    ("He start", "Glorot start"),
    ("He start", "smaller W₁"),
    ("He start", WIDE_HE),
    ("He start", "He start and cross-entropy"),
    ("sigmoid", "tanh"),
    ("sigmoid", "He start"),
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


def n_failed(name):
    return len(fresh) - n_learned(name)


def failed_as(cause, name):
    """How many of the fresh seeds end with a cause."""
    return results[name][1].counts().get(cause, 0)


def pair(name, other):
    """The seeds from which only one of two settings learns, as a score."""
    found = statistics.only_one(
        results[name][1].solved, results[other][1].solved
    )
    return " to ".join(map(str, found))


deviations = {}  # from one half, of each pair that is compared


def is_below(name, other):
    """Whether the other is clearly better, on the seeds on which they differ."""
    assert {(name, other), (other, name)} & {*AMONG} or REFERENCE in (
        name,
        other,
    )
    solved = results[other][1].solved, results[name][1].solved
    gained, lost = statistics.only_one(*solved)
    pair_of_names = frozenset((name, other))
    deviations[pair_of_names] = abs(gained - lost) / np.sqrt(gained + lost)
    return statistics.is_better(*solved, level)


def line(name):
    return results[name][0].line


for found_rates, _ in results.values():
    (at_best,) = found_rates.solved[found_rates.rates == found_rates.best]
    for end in (0, -1):
        assert statistics.is_better(at_best, found_rates.solved[end])

ranked = sorted(share, key=share.get, reverse=True)
single = [name for name in ranked if name not in (REFERENCE, WIDE_HE)]
helps = [name for name in single if is_below(REFERENCE, name)]
harms = [name for name in single if is_below(name, REFERENCE)]
few = {"two hidden units", "four hidden units"}
assert {*helps, *harms} == {*single}
assert {name for name in ranked if share[name] <= 0.7} == few
zoom = 0.85
points = {name: (share[name], results[name][1].interval()) for name in ranked}

# %% [markdown]
# ## The ranking
#
# Here is the share of the fresh seeds that learn with each setting, at its own best rate. The axis begins at
# `{python} f"{zoom:.0%}"`. The three changes that harm lie to the left of it: with thirty-two hidden units
# `{python} percent("thirty-two hidden units")` learn, with four `{python} percent("four hidden units")`, and with
# two `{python} percent("two hidden units")`.

# %% tags=["remove-input"]
near = {name: it for name, it in points.items() if it[1][0] > zoom}
assert {*points} - {*near} == {*harms}
assert all(share[name] < zoom for name in harms)
plots.ranking(
    near,
    REFERENCE,
    low=zoom,
    caption="Each dot is a share, with its interval as a bar. The grey band is the interval of lesson 6's network. "
    "All six changes that help lie to the right of it, and so does the pair of changes.",
)

# %% tags=["remove-input"]
assert {*near} == {REFERENCE, WIDE_HE, *helps}
assert len(helps) == 6
assert all(
    points[name][1][0] > points[REFERENCE][1][1] for name in (*helps, WIDE_HE)
)
pairs = {
    name: statistics.only_one(
        results[name][1].solved, results[REFERENCE][1].solved
    )
    for name in ranked
}
tables.Table(
    f"How many of {len(fresh):,} fresh seeds learn, with each setting at its own best learning rate. Gained seeds "
    "learn with the setting but not as in lesson 6; lost seeds, the other way round.",
    ["setting", f"of {len(fresh):,}", "gained", "lost", "best rate"],
    [
        [
            name,
            f"{results[name][1].solved.sum()}",
            *map(str, pairs[name]),
            f"{results[name][0].best:.3g}",
        ]
        for name in ranked
    ],
)

# %% tags=["remove-input"]
words = ["none", "one", "two", "three", "four", "five", "six", "seven"]
assert len(single) == 9
assert len(results) - 1 == 10

# %% [markdown]
# Of the nine single changes `{python} words[len(helps)]` help and
# `{python} words[len(harms)]` harm. As in the census, the verdict comes from the seeds on which a setting and
# lesson 6 differ: gained against lost.
#
# <details class="note" markdown>
# <summary>With so many comparisons, is one of them wrong?</summary>
#
# Asking whether one half lies in the interval is called McNemar's test; it comes close to the **sign test**, which
# [counts exactly](case.py#how-lopsided-is-chance). When two
# settings do not differ, it says about once in twenty times that they do, and this page makes
# `{python} COMPARISONS` comparisons. If no setting differed, and the comparisons were independent, one or
# more would be wrong with probability `{python} f"{wrong_somewhere:.0%}"`. So divide the twentieth by the
# number of comparisons. This is **Bonferroni's correction**, and it asks for a larger $z$ than $1.96$:

# %%
from statistics import NormalDist

comparisons = 19
z = NormalDist().inv_cdf(1 - 0.05 / comparisons / 2)
print(f"z = {z:.2f}")

# %% tags=["remove-input"]
assert comparisons == COMPARISONS
assert len(results) == 11
every_pair = comb(len(results), 2)
compared = [names for names in AMONG if {*names} <= {*results}]
compared += [(name, REFERENCE) for name in results if name != REFERENCE]


def differ(names, level):
    first, second = (results[name][1].solved for name in names)
    return statistics.is_better(first, second, level) or statistics.is_better(
        second, first, level
    )


assert [
    names
    for names in compared
    if differ(names, level) and not differ(names, 1 - 0.05 / every_pair)
] == [("He start", "cross-entropy")]
assert np.isclose(z, wide_z)

# %% [markdown]
# Wherever this page says that one setting is better, or helps, or harms, the verdict holds with this $z$.
# Even if no setting differed, the probability of finding a difference anywhere would then be about a twentieth at
# most. The closest call is the He start against cross-entropy, `{python} pair("He start", "cross-entropy")`.
# (As everywhere on this page, [how far chance alone goes](case.py#how-lopsided-is-chance) is counted exactly.)
#
# These `{python} COMPARISONS` were chosen with the ranking in sight. To be safe, count every pair of the
# eleven settings, `{python} every_pair` in all. Then all verdicts of the ranking stand but
# that one: the He start and cross-entropy would be a tie.
#
# The bars in the figures cannot replace this test. Each says how sure *one* share is, so the bars of two
# settings may overlap although the settings differ.
#
# </details>
#
# Now look at one kind of change after another.
#
# ## How many hidden units?
#
# Two, four, ten or thirty-two? This is how each width found its best rate:

# %% tags=["remove-input"]
plots.by_learning_rate(
    {
        "ten units, as in lesson 6": line(REFERENCE),
        "two units": line("two hidden units"),
        "four units": line("four hidden units"),
        "thirty-two units": line("thirty-two hidden units"),
    },
    caption="Four units reach higher than two, ten higher than four, and thirty-two fall back.",
    title="Each width at each rate",
)

# %% tags=["remove-input"]
assert is_below("two hidden units", "four hidden units")
assert is_below("four hidden units", REFERENCE)
assert is_below("thirty-two hidden units", REFERENCE)
assert is_below("thirty-two hidden units", WIDE_HE)
assert is_below("He start", WIDE_HE)
assert top["two hidden units"] < top["four hidden units"] < top[REFERENCE]
assert top["thirty-two hidden units"] < top[REFERENCE]
wide_failures = n_failed("thirty-two hidden units")
wide_saturated = failed_as("saturated", "thirty-two hidden units")
assert wide_saturated > 0.9 * wide_failures

# %% [markdown]
# With **two** hidden units, `{python} percent("two hidden units")` of the networks learn. A solution exists,
# but that does not mean that gradient descent finds it. Four units do better, with
# `{python} percent("four hidden units")`, and ten better still, with `{python} percent(REFERENCE)`.
#
# But **thirty-two** do worse than ten. Of their `{python} wide_failures` failures, `{python} wide_saturated`
# are saturated: a sum of more units scatters more, and sends more rows to the flat ends of the output's
# sigmoid. Is that what holds them back? The He start is a way to find out: it leaves $W_1$ as it is, and makes
# $W_2$ smaller the more units there are. With it, only `{python} n_failed(WIDE_HE)` of
# `{python} f"{len(fresh):,}"` fail, and thirty-two units win `{python} pair(WIDE_HE, "He start")` against
# ten with the same start. So thirty-two units do help, if they start from smaller weights.
#
# ## Which activation?
#
# ReLU, leaky ReLU, tanh or the sigmoid?

# %% tags=["remove-input"]
plots.by_learning_rate(
    {
        "ReLU, as in lesson 6": line(REFERENCE),
        "leaky ReLU": line("leaky ReLU"),
        "tanh": line("tanh"),
        "sigmoid": line("sigmoid"),
    },
    caption="All three curves reach higher than ReLU's. With tanh and the sigmoid, most networks still learn at "
    "rates at which hardly any do with ReLU.",
    title="Each activation at each rate",
)

# %% tags=["remove-input"]
assert max(single, key=share.get) == "sigmoid"
assert (
    min(top[it] for it in ("leaky ReLU", "tanh", "sigmoid")) > top[REFERENCE]
)
assert is_below("He start", "sigmoid")
assert is_below("tanh", "sigmoid")
assert "dead" not in results["leaky ReLU"][1].counts()
assert n_failed("leaky ReLU") > n_failed(REFERENCE) / 2  # as the census says
relu = results[REFERENCE][1]


def share_at(name, rate):
    """The share of the choosing seeds that learns at a rate of the grid."""
    found = results[name][0]
    return found.shares[found.rates == rate].item()


assert share_at(REFERENCE, 12.0) < 0.1
assert min(share_at(it, 12.0) for it in ("tanh", "sigmoid")) > 0.8


leaky_rate, relu_rate = (
    results[name][0].best for name in ("leaky ReLU", REFERENCE)
)
controls = {
    "leaky ReLU at its best rate": results["leaky ReLU"][1],
    "leaky ReLU at ReLU's rate": census(
        fresh, learning_rate=relu_rate, activation=activations.LEAKY_RELU
    ),
    "ReLU at leaky ReLU's rate": census(fresh, learning_rate=leaky_rate),
}


def saved(cause, control="leaky ReLU at its best rate"):
    """How many of the seeds that end with a cause learn in another way."""
    these = relu.findings.cause == diagnosis.CAUSES.index(cause)
    return int(controls[control].solved[these].sum())


ENDS = ("merged", "saturated")
assert {*relu.counts()} == {"solved", *ENDS}
assert saved("merged") > 0.8 * failed_as("merged", REFERENCE)
assert saved("saturated") < 0.2 * failed_as("saturated", REFERENCE)
assert saved("merged", "leaky ReLU at ReLU's rate") > 0.8 * failed_as(
    "merged", REFERENCE
)
assert saved("merged", "ReLU at leaky ReLU's rate") < 0.1 * failed_as(
    "merged", REFERENCE
)
sigmoid_fails = n_failed("sigmoid")
fails = "one fails" if sigmoid_fails == 1 else f"{sigmoid_fails} fail"
assert single[:2] == ["sigmoid", "tanh"]
assert helps[-1] == "leaky ReLU"

# %% [markdown]
# Of all single changes, **sigmoid** hidden units gain the most: of `{python} f"{len(fresh):,}"` fresh seeds
# `{python} fails`. With **tanh**, the next best, `{python} n_failed("tanh")` fail.
#
# Of the changes that help, **leaky ReLU** gains the least. Which seeds does its small slope save? Its best rate is
# another than ReLU's, so here is each change by itself, too:

# %% tags=["remove-input"]
tables.Table(
    "Of the seeds that fail with ReLU at its best rate: how many learn in another way.",
    ["", "rate", "end merged", "end saturated"],
    [
        [
            "there are",
            "",
            *(f"{failed_as(cause, REFERENCE)}" for cause in ENDS),
        ],
        *(
            [
                name,
                f"{control.setting.learning_rate:g}",
                *(f"{saved(cause, name)}" for cause in ENDS),
            ]
            for name, control in controls.items()
        ),
    ],
)

# %% [markdown]
# The small slope alone, at the same rate, saves most of those that end merged, and the rate alone hardly any. That
# fits: with leaky ReLU a unit that is off can still be moved, and so can part merged rows. It saves few of those that
# end saturated, as the flat end of the output's sigmoid stays flat.
#
# ## Which loss?
#
# The squared error or the cross-entropy? At the same rate the cross-entropy takes [longer
# steps](deeper.py#a-fair-comparison), so compare the tops of the curves:

# %% tags=["remove-input"]
plots.by_learning_rate(
    {
        "squared error, as in lesson 6": line(REFERENCE),
        "cross-entropy": line("cross-entropy"),
    },
    caption="The cross-entropy's curve has a higher top, which lies further to the left.",
    title="Each loss at each rate",
)

# %% tags=["remove-input"]
for end in (min, max):
    assert end(results["cross-entropy"][0].as_good) < end(
        results[REFERENCE][0].as_good
    )
assert top["cross-entropy"] > top[REFERENCE]
assert failed_as("saturated", "cross-entropy") < 0.05 * failed_as(
    "saturated", REFERENCE
)
assert failed_as("merged", "cross-entropy") > 0.8 * failed_as(
    "merged", REFERENCE
)

# %% [markdown]
# With the **cross-entropy** more networks learn, each loss at its best rate. It helps against one kind of
# failure:

# %% tags=["remove-input"]
tables.Table(
    f"How many of {len(fresh):,} fresh seeds end saturated, and how many merged.",
    ["loss", "saturated", "merged"],
    [
        [
            name,
            *(
                f"{failed_as(cause, key)}"
                for cause in ("saturated", "merged")
            ),
        ]
        for name, key in (
            ("squared error", REFERENCE),
            ("cross-entropy", "cross-entropy"),
        )
    ],
)

# %% [markdown]
# The cross-entropy gets networks off the flat end of the output's sigmoid. That fits: its slope is [largest
# where a row is most wrong](failure-clinic.py#saturated). But it does not part merged rows.
#
# ## Which first weights?
#
# The first weights of lesson 6, the He start, or the Glorot start? The figure also has the sweep of thirty-two units
# with the He start:

# %% tags=["remove-input"]
plots.by_learning_rate(
    {
        "as in lesson 6": line(REFERENCE),
        "He start": line("He start"),
        "Glorot start": line("Glorot start"),
        "thirty-two, He start": line(WIDE_HE),
    },
    caption="Both starts make some of the first weights smaller, and both curves reach higher than that of "
    "lesson 6.",
    title="Each start at each rate",
)

# %% tags=["remove-input"]
with_relu = ["cross-entropy", "He start", "Glorot start"]
assert max(with_relu, key=share.get) == "He start"
assert min(top["He start"], top["Glorot start"]) > top[REFERENCE]
assert all(is_below(it, "He start") for it in with_relu if it != "He start")
assert share["leaky ReLU"] < share["He start"]
assert (
    failed_as("saturated", "He start") < failed_as("saturated", REFERENCE) / 5
)

# %% [markdown]
# He and others draw a layer's first weights with the standard deviation $\sqrt{2 / \text{inputs}}$, Glorot and
# Bengio with $\sqrt{2 / (\text{inputs} + \text{units})}$. For our ten units that is:
#
# | start | deviation of $W_1$ | deviation of $W_2$ |
# |---|---|---|
# | lesson 6 | $1$ | $1$ |
# | He | $\sqrt{2/2} = 1$ | $\sqrt{2/10} \approx 0.45$ |
# | Glorot | $\sqrt{2/12} \approx 0.41$ | $\sqrt{2/11} \approx 0.43$ |
#
# With **the He start**, `{python} failed_as("saturated", "He start")` networks end saturated instead of
# `{python} failed_as("saturated", REFERENCE)`. Of the changes that keep the ten ReLU units, none helps more: it
# wins `{python} pair("He start", "cross-entropy")` against the cross-entropy, and
# `{python} pair("He start", "Glorot start")` against the Glorot start. (With all pairs of settings in mind, the
# first of the two would be a tie.)
#
# <details class="note" markdown>
# <summary>Optional: is it the size of the first sums that helps?</summary>
#
# Why does the He start help: because the weights of one layer are smaller, or because the first sums $z_2$ are?
# As a control, make $W_1$ smaller by the same factor instead, and leave $W_2$ as it is. For a positive factor
# $c$, $\mathrm{ReLU}(c\,z_1) = c\,\mathrm{ReLU}(z_1)$, so both starts have the same first sums $z_2$:


# %%
import numpy as np


def smaller_w1(draws):
    inputs = draws.shape[-2]
    if inputs == 2:  # these are for W1
        return draws * np.sqrt(2 / 10)
    return draws


start = initializers.Initializer("control", "smaller W₁", smaller_w1)
results["smaller W₁"] = at_its_best(initializer=start)
for name in ("He start", "smaller W₁"):
    print(name)
    print("   ", results[name][1].counts())

# %% tags=["remove-input"]
share["smaller W₁"] = results["smaller W₁"][1].rate
assert results["smaller W₁"][0].is_inside
assert is_below(REFERENCE, "smaller W₁")
assert is_below("smaller W₁", "He start")
assert (
    failed_as("saturated", "smaller W₁")
    < failed_as("saturated", REFERENCE) / 5
)
assert failed_as("merged", "smaller W₁") > 2 * failed_as("merged", "He start")

# %% [markdown]
# With the control, too, only `{python} failed_as("saturated", "smaller W₁")` networks end saturated, so this
# comes from the size of the first sums. But `{python} failed_as("merged", "smaller W₁")` end merged, where
# the He start leaves `{python} failed_as("merged", "He start")`, and the He start wins
# `{python} pair("He start", "smaller W₁")` against the control. So the size of the sums is not all that
# matters.
#
# </details>
#
# ## Through ten layers
#
# This ranking is for one hidden layer. What the first weights are for shows in a network with many.
#
# [Lesson 7's list of layers](deeper.py#more-hidden-layers) can be as long as you like. But does the error get all the
# way back? Each layer multiplies delta by the weights and by the slope of the activation. ReLU's slope is 1 or 0; the
# sigmoid's, $a(1 - a)$, is at most a quarter. Here are networks of both kinds with ten hidden layers of eight units,
# with the squared error: ReLU with the He start, and the sigmoid with the Glorot start, as libraries use them.
#
# Why do both have a root? Random numbers partly cancel, so a sum of $n$ of them is only about $\sqrt{n}$ times as
# large as one of them, and dividing by $\sqrt{n}$ makes up for that. The 2 of the He start makes up for ReLU, which
# halves the mean square of such sums. On the way back delta is a sum over the layer's units, so the Glorot start
# divides by the root of the mean of the inputs and the units. It was made for activations whose slope at 0 is 1, such
# as tanh; libraries use it for the sigmoid all the same. A third line of the figure belongs to a remedy, which comes
# below.

# %% tags=["remove-input"]
from xordocs import datasets
from xordocs.nn import numpy_mlp
from xordocs.nn.parameters import Layer

x, y = datasets.xor()

deep_seeds = range(100)


def deep_start(seed, initializer, times=1, centred=False):
    """First weights of ten hidden layers, larger by a factor, with biases that centre the sums."""
    drawn = numpy_mlp.initialize(10 * (8,), seed, initializer)
    return [
        Layer(times * W, b - centred * times * W.sum(axis=0) / 2)
        for W, b in drawn
    ]


def slope_sizes(activation, *start):
    """Each layer's root mean square slope before any step, the seeds' median."""
    sizes = []
    for seed in deep_seeds:
        deep = deep_start(seed, *start)
        passed = numpy_mlp.forward(deep, x, activation)
        slopes_of = numpy_mlp.backward(deep, *passed, y, activation)
        sizes.append([np.sqrt((dW**2).mean()) for dW, _ in slopes_of])
    return np.median(sizes, axis=0)


GLOROT, REMEDY = (initializers.GLOROT,), (initializers.GLOROT, 4, True)
by_sigmoid = slope_sizes(activations.SIGMOID, *GLOROT)
by_remedy = slope_sizes(activations.SIGMOID, *REMEDY)
by_relu = slope_sizes(activations.RELU, initializers.HE)
sums = np.linspace(-9, 9, 19)
assert activations.SIGMOID.derivative(sums).max() == 1 / 4
assert set(activations.RELU.derivative(sums)) == {0, 1}
kept = by_sigmoid[:-2] / by_sigmoid[1:-1]
assert kept.max() < 1 / 3
assert by_sigmoid[0] < 1e-6 * by_sigmoid[-1]
for nearly_level in (by_relu, by_remedy):
    assert nearly_level.max() < 3 * nearly_level.min()
assert 2 / 3 < by_relu[0] / by_relu[-1] < 3 / 2
plots.gradient_sizes(
    {
        "ReLU, He start": by_relu,
        "sigmoid, Glorot start": by_sigmoid,
        "sigmoid, the remedy": by_remedy,
    },
    caption="From left to right, as delta goes, the line of the sigmoid with its usual start falls at every "
    "layer. The two others stay nearly level. Each dot is a typical size of the slopes of a layer's weights "
    f"before training (the root of their mean square, and of {len(deep_seeds)} seeds the middle one).",
)

# %% tags=["remove-input"]
from xordocs.experiments.sweep import best_rate

deep_rates = 1.5 * 2.0 ** np.arange(-4, 3)
assert len(deep_rates) == 7
deep_choosing, counting = range(20), range(1000, 1100)


def forward_deep(weights, biases):
    """The inputs and each layer's outputs, of all networks at once."""
    passed = [x]
    for W, b in zip(weights, biases):
        passed.append(activations.SIGMOID.function(passed[-1] @ W + b))
    return passed


def learn_deep(seeds, rates, *start):
    """Train ten sigmoid layers from each seed at each rate, all at once; who learns, (rates, seeds)."""
    drawn = [deep_start(seed, *start) for seed in seeds]
    weights, biases = (
        [
            np.tile([one[k] for one in layer], (len(rates), 1, 1))
            for layer in zip(*drawn)
        ]
        for k in (0, 1)
    )
    rate = np.repeat(rates, len(seeds))[:, np.newaxis, np.newaxis]
    for epoch in range(500):
        passed = forward_deep(weights, biases)
        delta = 2 / len(y) * (passed[-1] - y)
        for depth in reversed(range(len(weights))):
            delta = delta * passed[depth + 1] * (1 - passed[depth + 1])
            dW = passed[depth].swapaxes(-1, -2) @ delta
            db = delta.sum(axis=1, keepdims=True)
            delta = delta @ weights[depth].swapaxes(-1, -2)
            weights[depth] = weights[depth] - rate * dW
            biases[depth] = biases[depth] - rate * db
    right = (forward_deep(weights, biases)[-1] > 0.5) == (y > 0.5)
    return right.all(axis=(1, 2)).reshape(len(rates), -1)


def deep_count(*start):
    """How many of the counting seeds learn, at the rate that is best for the choosing ones."""
    tried = learn_deep(deep_choosing, deep_rates, *start).sum(axis=1)
    rate = best_rate(deep_rates, tried)
    count = int(learn_deep(counting, [rate], *start).sum())
    return tried, rate, count


assert not learn_deep(deep_choosing, deep_rates, *GLOROT).any()
larger_tried, _, larger_count = deep_count(initializers.GLOROT, 4)
remedy_tried, remedy_rate, remedy_count = deep_count(*REMEDY)
for one in (larger_tried, remedy_tried):
    assert max(one[0], one[-1]) < one.max()
assert remedy_count > 2 * larger_count > 0
# the same as the package's, layer by layer
alone, _ = numpy_mlp.train(
    deep_start(1000, *REMEDY),
    x,
    y,
    remedy_rate,
    activation=activations.SIGMOID,
)
assert (
    losses.accuracy(numpy_mlp.predict(alone, x, activations.SIGMOID), y) == 1
) == learn_deep(range(1000, 1001), [remedy_rate], *REMEDY).item()

# %% [markdown]
# From the Glorot start the sigmoid's slopes shrink with each hidden layer to about
# `{python} f"{np.median(kept):.1f}"` of their size. They **vanish**: the first layer's steps are next to nothing
# beside the last one's. With ReLU the two are about equally large.
#
# Can the sigmoid be helped? Near 0 it is almost a straight line, $\sigma(z) \approx 1/2 + z/4$. So it
# makes what goes through four times smaller, and adds one half. First weights can make up for both: the Glorot start,
# four times as large, and for each unit a bias of minus half the sum of its weights:

# %%
import numpy as np

random = np.random.RandomState(1)
deep = []
for inputs, units in [(2, 8)] + 9 * [(8, 8)] + [(8, 1)]:
    glorot = (2 / (inputs + units)) ** 0.5
    W = 4 * glorot * random.randn(inputs, units)
    b = -W.sum(axis=0, keepdims=True) / 2
    deep.append((W, b))

# %% tags=["remove-input"]
for mine, theirs in zip(deep, deep_start(1, *REMEDY), strict=True):
    assert np.allclose(mine[0], theirs.weights)
    assert np.allclose(mine[1], theirs.bias)

# %% [markdown]
# What the halves add to a sum, the bias takes away, so the sums stay around 0. There the slope is a quarter, and
# the 4 makes up for it. That is the third line.
#
# Does such a network learn? From the Glorot start, at each of seven learning rates, **not one of
# `{python} len(deep_choosing)` networks has learned XOR after five hundred epochs. With the remedy
# `{python} remedy_count` of `{python} len(counting)` have.** So it was not the sigmoid alone that kept
# these ten layers from learning, but the sigmoid with the Glorot start: a start made for this bend was enough.
#
# ??? note "How they were counted, and whether the 4 alone would do"
#     The rates go from `{python} f"{deep_rates[0]:.2g}"` to `{python} f"{deep_rates[-1]:g}"`, each twice the one
#     before. The best for the remedy on these `{python} len(deep_choosing)` seeds, `{python} f"{remedy_rate:g}"`, was
#     then used for the `{python} len(counting)` others. With the weights times 4 and biases of zero,
#     `{python} larger_count` of the same others learn, at the rate that is best for them.
#
# ## So what to change first?
#
# Take the way to compare with you to any task: **give each change its own best learning rate**, and count over many
# seeds. The ranking itself holds for XOR, one layer of ten hidden units, and five hundred steps:
#
# 1. **Change the activation to the sigmoid.** It wins `{python} pair("sigmoid", "tanh")` against tanh, and
#    `{python} pair("sigmoid", "He start")` against the He start.
# 2. If the units have to be ReLU, **begin from the He start**. Then more units help as well.
#
# Elsewhere it can be the other way round: through ten layers, as you have seen, the sigmoid with its usual first
# weights learns nothing.
#
# ## Exercises
#
# ### The middle one of the best
#
# In the sweep of lesson 6's network three rates are equally good. Which should you take? Fewer networks learn
# to the left and to the right of them, and the middle one is farthest from both sides. Write the function
# that makes this choice for `sweep`. It is given the rates and how many networks learn at each. Of the rates
# at which most learn, it returns the middle one, or the larger of the two in the middle if their number is
# even.


# %% name="best-rate" tags=["exercise"]
import numpy as np


def best_rate(rates, learned):
    # all rates at which most learn
    best = ...
    # the middle one of them
    return ...


# %% tags=["check"]
from xordocs.exercises import call, compare


def check():
    grid = np.array([0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0])
    cases = [
        ("one is best", [3, 7, 9, 8, 5, 2, 0], 1.0),
        ("three are best", [2, 9, 9, 9, 6, 1, 0], 1.0),
        ("two are best", [0, 1, 6, 8, 8, 2, 0], 4.0),
        ("the best are no neighbours", [9, 4, 9, 8, 9, 9, 0], 4.0),
    ]
    for where, counts, expected in cases:
        learned = np.array(counts)
        found = call("best_rate", best_rate, (grid, learned), "the rate")
        best = [rate for rate, n in zip(grid, counts) if n == max(counts)]
        compare(
            "best_rate",
            found,
            expected,
            f"the middle, where {where},",
            [
                (
                    "Of two in the middle take the larger.",
                    best[(len(best) - 1) // 2],
                ),
                ("That is the first of the best.", best[0]),
                ("That is the last of the best.", best[-1]),
                ("That is the middle of all rates.", 2.0),
                ("That is how many learn, and not the rate.", max(counts)),
                (
                    "Are these the rates at which fewest learn?",
                    grid[counts.index(min(counts))],
                ),
                (
                    "That is their mean, which need not be one of them.",
                    sum(best) / len(best),
                ),
                (
                    "Those are all of the best. Which is in the middle?",
                    np.array(best),
                ),
            ],
        )
    print("The middle of the best, however many there are.")


check()

# %% [markdown] tags=["hint"]
# `learned == learned.max()` is `True` where most learn. Put it into the brackets of `rates[...]`, and only
# the rates at these places are kept.

# %% [markdown] tags=["hint"]
# `best` is an array, and its places are numbered from 0. Of three rates the middle one is `best[1]`; of four,
# the larger in the middle is `best[2]`. What is `len(best) // 2` in each case?


# %% tags=["solution"]
import numpy as np


def best_rate(rates, learned):
    best = rates[learned == learned.max()]
    return best[len(best) // 2]


# %% [markdown]
# Here are the counts from the sweep of lesson 6's network:

# %% tags=["live"]
rates = 1.5 * np.array([1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8, 16])
learned = np.array([173, 179, 179, 179, 178, 176, 150, 9, 0])
print("the best rate:", best_rate(rates, learned))

# %% tags=["remove-input"]
swept = results[REFERENCE][0]
assert rates.tolist() == swept.rates.tolist()
# another processor rounds otherwise, and that may tip a seed
assert abs(learned - swept.learned).max() <= 2
assert best_rate(rates, learned) in swept.as_good
assert (learned == learned.max()).sum() == 3
for found, _ in results.values():
    assert best_rate(found.rates, found.learned) == found.best

# %% [markdown]
# ### Nine changes that do nothing

# %% tags=["remove-input"]
at_least_one = 1 - 0.95**9
playground.ask(
    "Suppose that none of nine changes makes any difference. You test each on seeds of its own, and each test "
    "is wrong once in twenty times. What is the probability that at least one of the nine is wrong?",
    at_least_one,
    f"All nine are right with probability {0.95:.2f} to the power of nine. One minus that is "
    f"{at_least_one:.2f}. The more you try, the surer you are to find something that is not there.",
    tolerance=0.006,
    hints={
        0.05: "That is for one test. Every further test is another chance to be wrong.",
        0.45: "A sum counts twice the cases in which two are wrong. Begin with the case that none is.",
        0.63: "That is the probability that all nine are right. You want the opposite.",
    },
)

# %% [markdown]
# !!! exercise "Two changes at once"
#     In the downloaded notebook, make two of the changes at once, at the rate that is best for the pair. Does
#     the second still help? Compare the pair with the better of the two alone, on the seeds on which they
#     differ.
#
# <details class="answer" markdown>
# <summary>Answer</summary>
#
# Take the He start with cross-entropy, against the He start alone. The package has the functions of the census as
# `only_one` and `wilson`:

# %%
from xordocs.experiments.statistics import only_one, wilson

_, both = at_its_best(initializer=he, loss=losses.CROSS_ENTROPY)
_, alone = results["He start"]
gained, lost = only_one(both.solved, alone.solved)
low, high = wilson(gained, gained + lost)
print(f"{gained} gained, {lost} lost: from {low:.0%} to {high:.0%}")

# %% tags=["remove-input"]
assert not statistics.is_better(both.solved, alone.solved, level)
# all comparisons that are counted have been made, this tie the last of them
assert len(deviations) + 1 == COMPARISONS
closest = min(deviations, key=deviations.get)
assert closest == {"He start", "cross-entropy"}
assert low < 1 / 2 < gained / (gained + lost)

# %% [markdown]
# Both together win `{python} gained` of these `{python} gained + lost` seeds. One half is in the interval,
# even at the usual $z = 1.96$: a tie, and it would take more seeds to tell the two apart.
#
# </details>
#
# ## In short
#
# For this small network the sigmoid helps most, and if the units have to be ReLU, no change helps more than
# the He start. Thirty-two units help only if they start from smaller weights. Ten changes make many comparisons:
# ask more of each than you would of one alone. Through ten layers, first weights that make up for the
# activation let the error pass.
#
# ## Sources
#
# - K. He, X. Zhang, S. Ren, J. Sun, "Delving deep into rectifiers" (2015); X. Glorot, Y. Bengio,
#   "Understanding the difficulty of training deep feedforward neural networks" (2010): the spread of
#   the first weights. The He start here is theirs for ReLU; the Glorot start is drawn from a normal distribution
#   with the variance that they give.
# - X. Glorot, A. Bordes, Y. Bengio, "Deep sparse rectifier neural networks" (2011): why deep
#   networks took to ReLU.
# - Q. McNemar, "Note on the sampling error of the difference between correlated proportions or
#   percentages", *Psychometrika* (1947): two settings, compared on the cases in which they differ.
# - O. J. Dunn, "Multiple comparisons among means", *Journal of the American Statistical Association*
#   (1961): wider intervals, for many comparisons at once.
