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
# The clinic showed you how training fails. How often does it? Many tutorials show one run, and it works. Would it
# have worked from another seed? Here ten thousand networks are trained, and those that learn are counted. Then one
# change is made to all of them, and you find out whether it helps.
#
# Begin with twenty: the network of lesson 6, ten hidden units, each time from another seed. Press the button to train
# them. Does any of them fail? Choose its small map, and play it below from the start.

# %% tags=["remove-input"]
from xordocs import playground

strip_seeds = range(21, 41)
playground.embed("strip", "player", seed=strip_seeds[0] - 1, epoch=500)

# %% [markdown]
# **After this lesson you can** say how often a setting works and how sure you are of that, and compare two
# settings fairly.
#
# **You need** the network of [lesson 6](numpy-network.py) and the names of failures from [the failure
# clinic](failure-clinic.py). You need no statistics: a coin will do. If you cannot wait to write a network of
# your own, go on to [the final lesson](from-a-blank-file.py), and come back to this one later.
#
# Cells without a *Run* button need more of NumPy than a page has. Run them in the downloaded notebook.
#
# ## From one seed to many
#
# The network of lesson 6 had ten ReLU units, the squared error, a learning rate of `1.5`, five hundred steps,
# and first weights drawn from the standard normal distribution with seed 1. Another seed gives other first
# weights. A network has **learned** XOR when, at the end, all four outputs are on the right side of one half.
#
# Begin with a smaller network, of three hidden units. Here is the loop of lesson 6, in a function that says
# whether a seed learns. Try it on twenty, which takes some seconds:

# %% name="twenty" tags=["live"]
import numpy as np

x = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = np.array([[0.0], [1.0], [1.0], [0.0]])


def learns(seed, hidden):
    random = np.random.RandomState(seed)
    W1, b1 = random.randn(2, hidden), np.zeros((1, hidden))
    W2, b2 = random.randn(hidden, 1), np.zeros((1, 1))
    for epoch in range(500):
        # forward
        z1 = x @ W1 + b1
        a1 = np.maximum(0, z1)
        y_hat = 1 / (1 + np.exp(-(a1 @ W2 + b2)))
        # backward
        delta2 = 2 * (y_hat - y) / len(y) * y_hat * (1 - y_hat)
        delta1 = (delta2 @ W2.T) * (z1 > 0)
        # step
        W1 = W1 - 1.5 * (x.T @ delta1)
        b1 = b1 - 1.5 * delta1.sum(axis=0, keepdims=True)
        W2 = W2 - 1.5 * (a1.T @ delta2)
        b2 = b2 - 1.5 * delta2.sum(axis=0, keepdims=True)
    a1 = np.maximum(0, x @ W1 + b1)
    y_hat = 1 / (1 + np.exp(-(a1 @ W2 + b2)))
    return ((y_hat > 0.5) == (y > 0.5)).all()


hidden = 3
seeds = range(1, 21)
learned = []
for seed in seeds:
    if learns(seed, hidden):
        learned.append(seed)

print(len(learned), "of", len(seeds), "have learned:")
print(learned)

# %% tags=["remove-input"]
from xordocs.experiments.census import census

small = census(seeds, width=hidden)
assert learned == small.seeds[small.solved].tolist()
assert 0 < len(learned) < len(seeds)

# %% [markdown]
# With three units `{python} len(learned)` of twenty learn, and which ones is a matter of the seed. What about ten
# units, as in lesson 6?
#
# !!! predict "Before you scroll"
#     Of ten thousand networks with ten units, each from another seed, how many will learn? And what will have happened
#     to most of the others?
#
# In the cell above change `hidden` to `10`, and run it again, which takes longer: all twenty learn. If you had
# tried only these seeds, you would think that with ten units training always works. But at the top of the page, among
# the seeds `{python} strip_seeds[0]` to `{python} strip_seeds[-1]`, one does not learn.

# %% tags=["remove-input"]
first_forty = census(range(1, 41))
in_strip = first_forty.solved[-len(strip_seeds) :]
strip_fails = np.array(strip_seeds)[~in_strip].tolist()
assert len(strip_fails) == 1
assert first_forty.solved[: len(seeds)].all()

# %% [markdown]
# ??? answer "Which of them?"
#     Seed `{python} strip_fails[0]`. You have met it, [stuck](deeper.py#where-the-squared-error-falls-silent).
#
# Twenty seeds are too few to say how often training works. The function `census` trains thousands of networks at
# once, with the same results as the cell above. They have ten units, unless you ask for others. Its `solved` holds
# `True` for each seed that has learned, and `sum` counts these:

# %% tags=["hide-output"]
from xordocs.experiments.census import census

full = census(range(10_000))
print(full.solved.sum(), "of", len(full.seeds), "have learned.")

# %% tags=["remove-input", "hide-output"]
from math import comb
from statistics import NormalDist

from xordocs import plots
from xordocs.experiments import statistics, vectorized_mlp
from xordocs.experiments.diagnosis import CAUSES
from xordocs.nn import initializers

assert full.setting[:3] == (10, 1.5, 500)
assert full.setting.dtype == np.float64
assert full.solved[list(seeds)].all()
assert (full.solved[list(strip_seeds)] == in_strip).all()
counts = full.counts()
failures = {cause: n for cause, n in counts.items() if cause != "solved"}
failed = full.seeds[~full.solved].tolist()
first, second, *_ = sorted(failures, key=failures.get, reverse=True)
assert (first, second) == ("saturated", "merged")
assert failures[second] > (len(failed) - failures[first]) / 2
assert 1 / 2 < full.interval()[0] < full.interval()[1] < 0.99
missed = ~full.solved
pairs, by_chance = (missed[:-1] & missed[1:]).sum(), missed.mean() ** 2 * 9999
assert abs(pairs - by_chance) < 3 * np.sqrt(by_chance)
named = {"solved": "learned", first: first, second: second}
outcomes = [
    named.get(CAUSES[cause], "other") for cause in full.findings.cause
]
plots.field(
    "What became of the ten thousand",
    outcomes,
    caption="Each square is a network, row by row from the upper left. Is there a pattern in the failures?",
)

# %% [markdown]
# <div class="xd-then" markdown>
#
# **`{python} f"{full.rate:.1%}"` of the networks learn XOR.** About one seed in
# `{python} f"{1 / (1 - full.rate):.0f}"` fails, and seed 1 is not one of them. In [the clinic's
# words](failure-clinic.py#the-words-and-where-they-begin), `{python} f"{failures[first] / len(failed):.0%}"` of the
# failures are **saturated**, and most of the others are **merged**. No pattern is to be seen: one seed says nothing
# about the next. The first five seeds that fail are `{python} ", ".join(map(str, failed[:4]))` and
# `{python} failed[4]`. [Open seed `{python} failed[0]` in the
# playground](`{python} playground.link(seed=failed[0], epoch=500)`).
#
# </div>
#
# ## How sure is that?
#
# Another ten thousand seeds would give a slightly different share, another twenty perhaps a very different one. How
# far can a share stray by chance? You have to know that before you call one network better than another.
#
# ### A coin, whose probability you know
#
# A fair coin shows heads with probability $p = 1/2$. Toss it $n = 100$ times, and note the share of heads. Do that
# five hundred times, and you have five hundred shares, each at some distance from $p$. What is a typical distance?
# Square all distances, take the mean of the squares, and then the root of that mean. What this settles on, with ever
# more repetitions, is the **standard deviation** of a share, and there is a formula for it:
#
# $$\sqrt{\frac{p\,(1-p)}{n}}$$
#
# Does it hold? `random.rand(n)` draws $n$ numbers from 0 to 1, and each is below $p$ with probability
# $p$: that is heads. The `1.96` is chosen so that about `{python} f"{0.95:.0%}"` of the shares fall inside, as you will
# see. Try another coin, too:

# %% name="coin" tags=["live"]
import numpy as np

p, n = 0.5, 100
random = np.random.RandomState(1)
shares = []
for repetition in range(500):
    heads = (random.rand(n) < p).sum()
    shares.append(heads / n)

distances = abs(np.array(shares) - p)
deviation = np.sqrt(p * (1 - p) / n)
print(f"root of the mean square: {np.sqrt((distances**2).mean()):.4f}")
print(f"the formula:             {deviation:.4f}")
z = 1.96
inside = (distances <= z * deviation).mean()
print(f"within {z} of these:    {inside:.1%}")

# %% tags=["remove-input"]
assert len(shares) == 500
few_typical = np.sqrt((distances**2).mean())
# the root of the mean square of so many strays by about 1 / √1000
assert abs(few_typical / deviation - 1) < 3 / np.sqrt(1000)
heads = np.random.RandomState(1).binomial(n, p, size=10_000)
distances = abs(heads / n - p)
near = (distances <= z * deviation).mean()
plots.sampling_distribution(
    heads / n,
    p,
    z * deviation,
    caption="The same coin. Each stick stands for a number of heads, and its height says how often that number came "
    f"up. The few purple sticks, at both ends, are more than {z} standard deviations from the middle.",
)

# %% tags=["remove-input"]
typical = np.sqrt((distances**2).mean())
assert abs(typical - deviation) < abs(few_typical - deviation)


def deviation_of(p, n=20):
    return np.sqrt(p * (1 - p) / n)


def reach(p, n=20):
    return 1.96 * deviation_of(p, n)


def probability_of_near(p, n):
    """The probability of a share that is near, added up over all counts."""
    return sum(
        comb(n, k) * p**k * (1 - p) ** (n - k)
        for k in range(n + 1)
        if abs(k / n - p) <= reach(p, n)
    )


exact = probability_of_near(p, n)
assert len(heads) == 10_000
assert abs(typical / deviation - 1) < 0.02
assert abs(near - exact) < 3 * np.sqrt(exact * (1 - exact) / len(heads))
assert f"{exact:.1%}" != f"{0.95:.1%}"
assert abs(NormalDist().inv_cdf(1 - 0.05 / 2) - 1.96) < 0.0001
far, close, true = 0.7, 0.6, 0.9
yours = len(learned) / 20
assert far - reach(far) > yours > close - reach(close)
rare = 0.992
rarely = probability_of_near(rare, 20)
assert np.isclose(rarely, rare**20)  # nineteen of twenty is not near
assert rarely < 0.9
assert abs(probability_of_near(true, 20) - 0.95) < 0.01

# %% [markdown]
# The formula holds: with ten thousand repetitions the root is `{python} f"{typical:.4f}"`. Because $n$ stands
# under the root, you need four times as many tosses to bring the share twice as close. And
# `{python} f"{near:.1%}"` of these shares lie within $z = 1.96$ standard deviations of $p$. (This $z$ is no
# unit's sum: statistics has the same letter.) With many tosses of any coin, it is about `{python} f"{0.95:.0%}"`; with
# a hundred it is a little less, because heads come in whole numbers. That is the fact you will use next.
#
# <details class="note" markdown>
# <summary>Where the formula comes from, and how shares spread</summary>
#
# Count heads, which come with probability $p$, as 1, and tails as 0. The squared distance of one toss from
# $p$ is then $(1-p)^2$ for heads and $p^2$ for tails, and on average
#
# $$p\,(1-p)^2 + (1-p)\,p^2 = p\,(1-p)$$
#
# For the sum of $n$ tosses these averages add up to $np(1-p)$, because the tosses are independent: the
# products of two tosses' distances cancel on average. The share is the sum divided by $n$. That divides
# distances by $n$ and their squares by $n^2$, and leaves $p(1-p)/n$. The standard deviation is the root of
# that.
#
# Shares of many tosses spread like a bell curve, and `{python} f"{0.95:.0%}"` of a bell curve lies within
# $1.96$ standard deviations of its middle. Here it is a little less, because heads come in whole numbers: the
# exact probability, added up over all numbers of heads that are near enough, is `{python} f"{exact:.1%}"`.
#
# </details>
#
# ### A seed, whose probability you look for
#
# A seed is like a toss: it learns with some probability $p$, and tells nothing about the next one. With the coin you
# knew $p$, and saw how far from it the shares lie. Now turn the question around: you know a share, and look for $p$.
# You cannot see the coin. So take one possible coin after the other, and ask whether it might well have given your
# share.
#
# Take the twenty networks with three units, of which `{python} len(learned)` learned: a share of
# `{python} yours`. Call a share **near** $p$ if it is at most $1.96$ standard deviations from it.
#
# Could $p$ be `{python} far`? With $n = 20$ the formula gives a standard deviation of
# `{python} f"{deviation_of(far):.2f}"`. Times $1.96$ that is `{python} f"{reach(far):.2f}"`, so the shares near
# `{python} far` begin at $`{python} f"{far:.2f}"` - `{python} f"{reach(far):.2f}"` =
# `{python} f"{far - reach(far):.2f}"`$. Your share lies outside: it would be one of the purple sticks of that coin.
#
# Could $p$ be `{python} close`? There the near shares begin at
# $`{python} f"{close:.2f}"` - `{python} f"{reach(close):.2f}"` = `{python} f"{close - reach(close):.2f}"`$, so your
# share is near. Do the same for every $p$. Here are nine coins, one above the other, and both of these are among them.
# Before you look: which of them may be yours? Follow the dotted line, which is your share: a coin whose green sticks it
# meets is kept, and the others are out.

# %% tags=["remove-input"]
plots.confidence_belt(
    20,
    [step / 10 for step in range(1, 10)],
    yours,
    statistics.wilson(len(learned), 20),
    caption="Each line of sticks is a coin, and shows how often each share comes in twenty tosses. The coins whose "
    "green sticks your share meets are kept. The pale band joins the near shares of all coins; the frame holds those "
    "that your share meets.",
)

# %% [markdown]
# **Keep every $p$ that your share does not contradict.** In the picture, these are framed. Write it: try all $p$ from 0
# to 1, in small steps.

# %% name="interval" tags=["exercise"]
import numpy as np


def interval(learned, trials, z=1.96):
    share = ...
    # every p that we try, from 0 to 1
    p = np.linspace(0, 1, 10_001)
    # True for each p that is near
    near = ...
    # p[near] are those that are near
    return p[near].min(), p[near].max()


# %% tags=["check"]
from xordocs.exercises import call, compare


def check():
    def end(share, far, reach):
        """The last p within reach, on the way from the share to 0 or 1."""
        inside, outside = round(share * 10_000), far * 10_000
        while abs(outside - inside) > 1:
            middle = (inside + outside) // 2
            p = middle / 10_000
            if abs(share - p) <= reach(p):
                inside = middle
            else:
                outside = middle
        return inside / 10_000

    def one(learned, trials, z):
        share = learned / trials
        given = (learned, trials, z)
        if z == 1.96:
            given = (learned, trials)  # the default
        low, high = call("interval", interval, given, "low, high")

        def deviation(p):
            return (p * (1 - p) / trials) ** 0.5

        mistakes = [
            (
                "Take the deviation of each p, not of the share.",
                lambda _: z * deviation(share),
            ),
            ("Is z missing?", deviation),
            ("Is the root missing?", lambda p: z * deviation(p) ** 2),
            (
                "p (1 - p) is divided by the number of trials.",
                lambda p: z * (p * (1 - p)) ** 0.5,
            ),
        ]
        square = z * z / trials
        root = z * (deviation(share) ** 2 + square / trials / 4) ** 0.5
        for name, value, far in [("low", low, 0), ("high", high, 1)]:
            # by the formula, between two places of the grid
            exact = (share + square / 2 + (2 * far - 1) * root) / (1 + square)
            if isinstance(value, float) and abs(value - exact) < 1e-9:
                continue
            compare(
                name,
                value,
                end(share, far, lambda p: z * deviation(p)),
                f"for {learned} of {trials} and z = {z} a search",
                [(words, end(share, far, reach)) for words, reach in mistakes]
                + [
                    ("Keep those that are near, and no others.", 0.0),
                    ("Is abs missing?", 1.0),
                ],
            )

    one(15, 20, 1.96)
    one(4, 50, 1.5)
    print("Your interval keeps every p that is near, and no other.")


check()

# %% [markdown] tags=["hint"]
# Near means: the distance of `share` from `p` is at most `z` standard deviations. The distance is
# `abs(share - p)`, and you have the formula for a standard deviation.


# %% tags=["solution"]
import numpy as np


def interval(learned, trials, z=1.96):
    share = learned / trials
    p = np.linspace(0, 1, 10_001)
    near = abs(share - p) <= z * np.sqrt(p * (1 - p) / trials)
    return p[near].min(), p[near].max()


# %% tags=["live"]
low, high = interval(9, 20)
print(f"9 of twenty:   from {low:.2f} to {high:.2f}")
low, high = interval(20, 20)
print(f"all of twenty: from {low:.2f} to {high:.2f}")

# %% tags=["remove-input"]
twenty = interval(20, 20)
low, high = interval(len(learned), 20)
assert low < close < high < far
assert len(learned) == 9
low, high = interval(full.solved.sum(), len(full.seeds))
for some in ((20, 20), (5, 10), (0, 8), (full.solved.sum(), len(full.seeds))):
    # the p that are tried lie this far apart
    assert np.allclose(interval(*some), statistics.wilson(*map(int, some)), atol=1e-4)  # fmt: skip

# %% [markdown]
# What is left is a **confidence interval**. Does it hold the true $p$? Say that $p$ is `{python} true`, and toss that
# coin again and again:
#
# 1. About `{python} f"{0.95:.0%}"` of its shares are near `{python} true`: in the figure, they lie on the green sticks of
#    the coin `{python} true`.
# 2. Take one of them. Its interval keeps every coin on whose green sticks it lies, and so it keeps `{python} true`. The
#    interval of a share that lies elsewhere does not.
# 3. So **about `{python} f"{0.95:.0%}"` of such intervals hold the true $p$**. That is roughly so for every other $p$ that
#    is not near 0 or 1.
#
# (This is a share of many intervals. Of a single one you can only say that it comes from a way of counting which is
# right that often.)
#
# ??? note "And near 0 and 1?"
#     There it can be less. For $p = `{python} f"{rare:g}"`$ and twenty tosses only the share 1 counts as near. It
#     comes with probability $p^{20}$, which is `{python} f"{rarely:.0%}"`, so the interval holds this $p$ that often.
#
# Watch it with a coin again, because its $p$ is known: here `{python} true`. A hundred times it is tossed a hundred
# times, and each share gets its interval.

# %% tags=["remove-input"]
tosses = np.random.RandomState(1).binomial(100, true, size=100).tolist()
hundred_intervals = [interval(count, 100) for count in tosses]
holding = sum(low <= true <= high for low, high in hundred_intervals)
assert 88 <= holding <= 99
plots.coverage(
    [count / 100 for count in tosses],
    hundred_intervals,
    true,
    caption="The dotted line is the true p. Each share strays from it, and takes its interval along: "
    f"{holding} of the hundred still reach the line, and the {100 - holding} with a cross miss it.",
)

# %% [markdown]
# - For the ten thousand seeds the interval goes from `{python} f"{low:.1%}"` to `{python} f"{high:.1%}"`.
# - For the twenty that you tried, all of which learned, it reaches down to `{python} f"{twenty[0]:.0%}"`. They never
#   showed that training always works.
#
# So **seed 1 was not very lucky**: most seeds learn. But a single run could not have told you that.
#
# ## One fair comparison
#
# One seed in `{python} f"{1 / (1 - full.rate):.0f}"` fails. Can you make failures rarer? A ReLU unit has no
# slope where it is off, so it may die. The [sigmoid](by-hand.py) has a slope everywhere. Perhaps hidden units
# do better with the sigmoid.
#
# !!! predict "Before you scroll"
#     Sigmoid units saved the clinic's patients. Of two thousand seeds, from how many will only a network with sigmoid
#     units learn, and from how many only one with ReLU? And what if both are trained at the rate that is best for ReLU?
#
# Three rules make the comparison fair:
#
# 1. Each setting at its own best learning rate.
# 2. The rate chosen on some seeds, the shares counted on others.
# 3. The verdict from the seeds on which only one of the two learns.
#
# ### Rule 1: each at its own best learning rate
#
# A rate that suits one network may be far too large or too small for another. Training does not find the rate, nor
# the number of units or epochs. Such numbers are chosen by trying, and are called **hyperparameters**. The function
# `sweep` trains the same two hundred seeds at one rate after another, each twice the one before. It adds more rates
# until those at both ends are clearly worse than the best, by the test of [rule
# 3](#rule-3-decided-by-the-seeds-on-which-they-differ). (Of rates at which equally many learn it takes the middle one.)

# %%
from xordocs.experiments.sweep import sweep
from xordocs.nn import activations

choosing = range(200)
relu_sweep = sweep(choosing)
sigmoid_sweep = sweep(choosing, activation=activations.SIGMOID)
print("best rate with ReLU:   ", relu_sweep.best)
print("best rate with sigmoid:", sigmoid_sweep.best)

# %% tags=["remove-input"]
plots.by_learning_rate(
    {"ReLU": relu_sweep.line, "sigmoid": sigmoid_sweep.line},
    caption="At small rates fewer networks learn with the sigmoid, at large rates fewer learn with ReLU. "
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
# The ReLU curve has a broad top. At the usual rate of `1.5`, `{python} learn_at(relu_sweep, 1.5)` of the
# `{python} relu_sweep.trials` networks learn, and at the best rate `{python} learn_at(relu_sweep, relu_sweep.best)`.
# With so few seeds, such a difference says nothing. So the rate of lesson 6, found by trying, cost little. But if
# both had to take the same rate, **you could choose it to make either lose**. Here is how many of the
# `{python} relu_sweep.trials` networks learn at two such rates:
#
# | learning rate | ReLU | sigmoid |
# |---|--:|--:|
# | `{python} f"{relu_sweep.best:g}"`, ReLU's best | `{python} learn_at(relu_sweep, relu_sweep.best)` | `{python} learn_at(sigmoid_sweep, relu_sweep.best)` |
# | `{python} f"{large:g}"` | `{python} learn_at(relu_sweep, large)` | `{python} learn_at(sigmoid_sweep, large)` |
#
# ### Rule 2: chosen on some seeds, counted on others
#
# The share at the best rate is the largest of many, so it is partly luck. That is why other seeds are counted here,
# which had no say in the choice:

# %%
fresh = range(10_000, 12_000)
relu = census(fresh, learning_rate=relu_sweep.best)
sigmoid = census(
    fresh, learning_rate=sigmoid_sweep.best, activation=activations.SIGMOID
)
print("with ReLU:   ", relu.solved.sum(), "of", len(fresh), "learn")
print("with sigmoid:", sigmoid.solved.sum())

# %% [markdown]
# ### Rule 3: decided by the seeds on which they differ
#
# Both kinds of network were trained from the same seeds. A seed from which both learn, or neither does, says
# nothing about which is better. So count the others. For such arrays `&` means *and*, and `~` means *not*.


# %%
def count_pairs(first, second):
    only_first = first.solved & ~second.solved
    only_second = second.solved & ~first.solved
    return only_first.sum(), only_second.sum()


gained, lost = count_pairs(sigmoid, relu)
print("both learn:", (sigmoid.solved & relu.solved).sum())
print("only with sigmoid:", gained)
print("only with ReLU:", lost)
print("neither learns:", (~sigmoid.solved & ~relu.solved).sum())

# %% [markdown]
# Suppose that it made no difference which of the two you take. Then each of these
# `{python} int(gained + lost)` seeds would be like the toss of a fair coin, and the sigmoid would win about
# half of them. It has won `{python} int(gained)`. You hardly need to compute that this is no chance. Where the two
# numbers are nearer to each other, see whether one half is in the interval:

# %%
low, high = interval(gained, gained + lost)
print(f"The sigmoid wins between {low:.0%} and {high:.0%} of them.")

# %% tags=["remove-input"]
assert (gained, lost) == statistics.only_one(sigmoid.solved, relu.solved)
assert low > 1 / 2

from xordocs import datasets
from xordocs.experiments.sweep import best_rate
from xordocs.nn import numpy_mlp
from xordocs.nn.parameters import Layer

pixels, digits = datasets.handwriting()
pixels, eights = pixels / 16, digits[:, 8:9]
shuffled = np.random.RandomState(1).permutation(len(pixels))
chosen = [row for row in shuffled if digits[row, 3] or digits[row, 8]]
seen, unseen = chosen[:120], chosen[120:]
digit_seeds, fresh_seeds = range(20), range(100, 160)
RATES = [0.375, 0.75, 1.5, 3.0, 6.0, 12.0, 24.0]


def read_right(seed, rate, activation):
    """How many pictures a network reads right that it was not trained on."""
    random = np.random.RandomState(seed)
    first = Layer(0.1 * random.randn(64, 10), np.zeros((1, 10)))
    second = Layer(0.1 * random.randn(10, 1), np.zeros((1, 1)))
    network, _ = numpy_mlp.train(
        [first, second],
        pixels[seen],
        eights[seen],
        rate,
        50,
        activation=activation,
    )
    said = numpy_mlp.predict(network, pixels[unseen], activation) > 0.5
    return int((said == (eights[unseen] > 0.5)).sum())


reading = {}
for activation in (activations.RELU, activations.SIGMOID):
    totals = [
        sum(read_right(seed, rate, activation) for seed in digit_seeds)
        for rate in RATES
    ]
    rate = best_rate(RATES, totals)
    assert rate not in (RATES[0], RATES[-1])
    reading[activation.name] = np.array(
        [read_right(seed, rate, activation) for seed in fresh_seeds]
    )
by_relu, by_sigmoid = reading["relu"], reading["sigmoid"]
ahead, behind = (by_sigmoid > by_relu).sum(), (by_sigmoid < by_relu).sum()
digits_low, digits_high = interval(ahead, ahead + behind)
more = by_sigmoid.mean() - by_relu.mean()
assert digits_low > 1 / 2
assert 0 < more < 0.5

# %% [markdown]
# One half is not in it, so by this rule the fair coin is rejected. With a coin that *is* fair, that happens, wrongly,
# about once in twenty times. (If few seeds differ, that is only rough, either way. An encore [counts
# exactly](case.py#how-lopsided-is-chance).) With one half inside, the two would be **tied**: no difference shown, and
# none ruled out.
#
# ### What that tells you
#
# **Within five hundred steps more networks learn XOR with sigmoid hidden units than with ReLU:**
# `{python} f"{sigmoid.rate:.2%}"` of the fresh seeds instead of `{python} f"{relu.rate:.1%}"`, each at its own best
# rate. So here, take the sigmoid, with a learning rate of `{python} f"{sigmoid_sweep.best:g}"`.
#
# - That holds *here*: for XOR, one layer of ten hidden units, the squared error, these first weights, and
#   five hundred steps. In many layers the sigmoid needs [first weights of its
#   own](what-to-change.py#through-ten-layers), and deep networks took to ReLU and its relatives instead.
# - Only the rate was tuned. Both began with the same first weights, which may suit one better: with [smaller
#   ones](what-to-change.py#which-first-weights) more ReLU networks learn, too.
# - The count says *that* the sigmoid helps, not why.
#
# The three rules hold for any task, and their verdict may be another. On [threes and
# eights](numpy-network.py#a-look-ahead-real-pictures) they find a difference, and it is a fraction of one picture in
# `{python} len(unseen)`: too small to matter. **Always look at the size, too.**
#
# ??? note "The three rules on threes and eights"
#     Each kind of network got its best of seven rates. Of `{python} len(unseen)` pictures that they had not seen,
#     networks from `{python} len(fresh_seeds)` fresh seeds read `{python} f"{by_relu.mean():.1f}"` right with ReLU, on
#     average, and `{python} f"{by_sigmoid.mean():.1f}"` with the sigmoid. The sigmoid is ahead from `{python} ahead`
#     seeds and behind from `{python} behind`. Its interval, `{python} f"{digits_low:.0%}"` to
#     `{python} f"{digits_high:.0%}"`, leaves out one half, so by the third rule the difference is more than chance.
#
# ??? note "Does it help because ReLU units die?"
#     You tried the sigmoid because ReLU units may die. Leaky ReLU units cannot: they keep a small slope, here a
#     hundredth of the other. Yet with them most of the failures remain, as [*What to change
#     first*](what-to-change.py#which-activation) counts by the same rules. So keeping every unit alive is not enough.
#     A larger slope was not tried.
#
# Would something else have helped as well? [*What to change first*](what-to-change.py) makes ten changes, the sigmoid
# among them, and ranks them by the same rules.
#
# ## Exercises
#
# ### Born dead
#
# A ReLU unit with a bias of zero and two negative weights is off on all four rows from the start, and
# [stays dead](failure-clinic.py#dead).

# %% tags=["remove-input"]
FEW = 4
at_first = vectorized_mlp.initialize(
    full.seeds, 10, initializers.NOTEBOOK, np.float64
)
dead = (at_first.hidden[:2] < 0).all(axis=0)  # each unit, for each seed
born_dead, dead_at_first = dead[:, :1000], dead.sum(axis=0)
in_the_end = full.dead_units[:1000].sum()
low_dead, high_dead = statistics.wilson(int(born_dead.sum()), born_dead.size)
assert low_dead < 1 / 4 < high_dead
assert in_the_end > born_dead.sum()
of_few, of_many = (
    full.solved[mine] for mine in (dead_at_first <= FEW, dead_at_first > FEW)
)
bounds = [
    statistics.wilson(int(one.sum()), len(one)) for one in (of_few, of_many)
]
assert bounds[0][0] > bounds[1][1]

# %% tags=["remove-input"]
playground.ask(
    "What is the probability that a unit with a bias of zero is born dead, whatever the spread of its weights?",
    1 / 4,
    "Each weight is negative with probability one half, and the two are drawn independently. Of "
    f"the {born_dead.size:,} units of the first thousand seeds, {born_dead.sum():,} are born dead. After training, "
    f"{in_the_end:,} of all units are dead: the others died on the way. Do they do harm? Of all ten thousand networks, "
    f"{len(of_few):,} have at most {FEW} units born dead, and {of_few.mean():.1%} of these learn (interval "
    f"{bounds[0][0]:.1%} to {bounds[0][1]:.1%}). The other {len(of_many):,} have more, and {of_many.mean():.1%} learn "
    f"({bounds[1][0]:.1%} to {bounds[1][1]:.1%}).",
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
    "Your interval is too wide. How many times as many seeds do you need to make it about half as wide?",
    4,
    "In the standard deviation, the number of seeds stands under a root. With ninety of a hundred the interval "
    f"is {hundred[1] - hundred[0]:.1%} wide. With the same share of four hundred it is "
    f"{four_hundred[1] - four_hundred[0]:.1%} wide.",
    hints={
        2: "The number of seeds stands under a root.",
        1.4142: "That is the root of two. Of which number is two the root?",
        8: "That would make it almost a third as wide.",
    },
)

# %% tags=["remove-input"]
three = interval(3, 3)
assert three[0] < 1 / 2

# %% [markdown]
# ### A friend's comparison
#
# !!! exercise "What is not fair here?"
#     A friend writes: "I trained networks with ReLU and with tanh from a hundred seeds, at eight learning
#     rates each. At their best rates, `93` and `96` of them have learned. So tanh is better." Which of the
#     three rules did your friend keep, and what would you ask for?
#
# <details class="answer" markdown>
# <summary>Answer</summary>
#
# The first: each had its own best rate. Ask whether that rate lay at an end of the eight. If so, a still better one
# may lie beyond. But the seeds that chose the rates are also the ones that were counted, so both shares tend to be
# too high. And nobody has looked at the seeds on which the two differ. If there were only three, and all three
# learned with tanh, their interval would begin at `{python} f"{three[0]:.0%}"`. One half would be in it: a tie, until
# there are more seeds.
#
# </details>
#
# ??? note "The interval's ends in one formula"
#     You can compute the ends without trying every $p$. If $s$ of $n$ networks have learned, their share is
#     $\hat{p} = s/n$. At each end, $p$ lies exactly $z = 1.96$ standard deviations away from it:
#
#     $$|\hat{p} - p| = z\sqrt{\frac{p(1-p)}{n}}$$
#
#     Square both sides, and solve the quadratic equation for $p$. Its two solutions are E. B. Wilson's formula
#     of 1927, by which the course's package computes its intervals:
#
#     $$\frac{\hat{p} + \frac{z^2}{2n} \pm z\sqrt{\frac{\hat{p}(1 - \hat{p})}{n} + \frac{z^2}{4n^2}}}
#     {1 + \frac{z^2}{n}}$$
#
# ## In short
#
# One run shows that a setting can work; a count with a confidence interval shows how often it does. To
# compare two settings, give each its own best learning rate, chosen on some seeds and counted on others. The
# verdict comes from the seeds on which the two differ.
#
# Next: [what has the network learned](beyond-the-square.py) beyond the four points?
#
# ## Sources
#
# - E. B. Wilson, "Probable inference, the law of succession, and statistical inference", *Journal
#   of the American Statistical Association* (1927).
# - Q. McNemar, "Note on the sampling error of the difference between correlated proportions or
#   percentages", *Psychometrika* (1947): two settings, compared on the cases in which they differ.
# - X. Glorot, A. Bordes, Y. Bengio, "Deep sparse rectifier neural networks" (2011): why deep
#   networks took to ReLU.
