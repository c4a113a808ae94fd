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
# picture: Ten of the pictures
# ---

# %% [markdown]
# # Encore: handwriting
#
# Read these digits. People wrote them by hand:

# %% tags=["remove-input"]
import numpy as np
from xordocs import datasets, plots, tables

ink, names = datasets.handwriting()
ten = np.random.RandomState(1).permutation(len(ink))[:10]
plots.pictures(
    "Ten of the pictures",
    [(f"{names[row].argmax()}", ink[row] / 16) for row in ten],
    caption="Above each stands its label. Some of them are hard to read even for you.",
)

# %% [markdown]
# Your network has learned four points, and then the lamps of a display. Now it learns to read such digits, with the
# functions that you already have. Once it is trained, you write a digit on this page yourself, and see what the
# network makes of it.
#
# **After this page you can** turn pictures into inputs, choose how large the first weights are, train with
# mini-batches, momentum and Adam, say how good the result is, and tell how much of an error is noise.
#
# **You need** [softmax and its delta](other-answers.py#read-a-display), [rows for training, validation and
# test](rows-kept-back.py#training-validation-test), and an [interval](census.py#how-sure-is-that). Your code is
# checked as before.
#
# ## A picture is a row of numbers
#
# Thirteen people wrote these digits by hand, on a printed form. Each digit was scaled to a square of black
# and white dots. The square was cut into small squares of 4 by 4 dots, and the black dots in each were
# counted. So a picture is 8 by 8 numbers, from zero for paper to sixteen for ink.

# %% name="pixels" tags=["live"]
import numpy as np
from xordocs import datasets

pixels, labels = datasets.handwriting()
print(pixels.shape, labels.shape)
print(pixels[0].reshape(8, 8))
print("the digit:", labels[0].argmax())

# %% [markdown]
# To the network, such a picture is a row of `{python} pixels.shape[1]` numbers. It does not know which of them
# are neighbours on paper: if the pixels of all pictures were shuffled in the same way, it would learn as well as
# before, though you could not read a single one.
#
# Two things are left to do before training. First, divide the numbers by sixteen: all inputs then lie between
# 0 and 1. Second, shuffle the rows and split them: six hundred to learn from, three hundred to choose by, and
# the rest to test at the very end.

# %% name="rows" tags=["live"]
order = np.random.RandomState(1).permutation(len(pixels))
x, y = pixels[order] / 16, labels[order]
train_x, train_y = x[:600], y[:600]
validation_x, validation_y = x[600:900], y[600:900]
test_x, test_y = x[900:], y[900:]

# %% tags=["remove-input"]
assert (train_x[:10] == ink[ten] / 16).all()

# %% [markdown]
# The ten pictures at the top of the page are the first ten of the training rows.
#
# ## How large should the first weights be?
#
# With two inputs, weights from the standard normal distribution worked for most seeds, although even there
# [smaller ones do better](what-to-change.py#which-first-weights). With `{python} pixels.shape[1]` inputs, a unit
# adds up many more products, and its sum grows large. The factor that makes up for it is [the one of lesson
# 7](deeper.py#how-large-should-the-first-weights-be):
#
# $$\sqrt{\frac{2}{n}}$$
#
# where $n$ is how many numbers come into a unit. The 2 makes up for ReLU, which halves their mean square. (Pixels have
# not passed a ReLU. Still, one usually gives the first layer the same factor.)


# %% Smaller first weights name="initialize" tags=["exercise"]
def initialize(inputs, hidden, outputs, seed):
    random = np.random.RandomState(seed)
    # random, times the factor
    # for `inputs` numbers coming in
    W1 = ...
    b1 = np.zeros((1, hidden))
    # for `hidden` numbers coming in
    W2 = ...
    b2 = np.zeros((1, outputs))
    return W1, b1, W2, b2


# %% tags=["check"]
from xordocs.exercises import call, compare


def check():
    random = np.random.RandomState(4)
    drawn_W1, drawn_W2 = random.randn(50, 8), random.randn(8, 3)
    names = "W1, b1, W2, b2"
    W1, b1, W2, b2 = call("initialize", initialize, (50, 8, 3, 4), names)
    compare(
        "W1",
        W1,
        drawn_W1 / 5,
        "seed 4",
        [
            ("Is the factor missing?", drawn_W1),
            ("It is the root of 2/n, not 2/n.", drawn_W1 / 25),
            ("Is the root upside down?", drawn_W1 * 5),
            ("It counts what comes in: `inputs`.", drawn_W1 / 2),
        ],
    )
    compare(
        "W2",
        W2,
        drawn_W2 / 2,
        "seed 4",
        [
            ("Is the factor missing?", drawn_W2),
            ("What comes into an output unit is `hidden`.", drawn_W2 / 5),
            ("It is the root of 2/n, not 2/n.", drawn_W2 / 4),
        ],
    )
    compare("b1", b1, np.zeros((1, 8)), "the start")
    compare("b2", b2, np.zeros((1, 3)), "the start")
    print("Weights that fit the number of inputs.")


check()

# %% [markdown] tags=["hint"]
# `np.sqrt(2 / inputs) * random.randn(inputs, hidden)` is the first of the two.


# %% tags=["solution"]
def initialize(inputs, hidden, outputs, seed):
    random = np.random.RandomState(seed)
    W1 = np.sqrt(2 / inputs) * random.randn(inputs, hidden)
    b1 = np.zeros((1, hidden))
    W2 = np.sqrt(2 / hidden) * random.randn(hidden, outputs)
    b2 = np.zeros((1, outputs))
    return W1, b1, W2, b2


# %% [markdown]
# You have written the rest already: softmax at the end, its delta, and a step.


# %% name="network" tags=["live"]
def forward(parameters, x):
    W1, b1, W2, b2 = parameters
    z1 = x @ W1 + b1
    a1 = np.maximum(0, z1)
    z2 = a1 @ W2 + b2
    grown = np.exp(z2 - z2.max(axis=1, keepdims=True))
    y_hat = grown / grown.sum(axis=1, keepdims=True)
    return z1, a1, y_hat


def backward(parameters, passed, x, y):
    W1, b1, W2, b2 = parameters
    z1, a1, y_hat = passed
    delta2 = (y_hat - y) / len(y)
    delta1 = (delta2 @ W2.T) * (z1 > 0)
    dW1, db1 = x.T @ delta1, delta1.sum(axis=0, keepdims=True)
    dW2, db2 = a1.T @ delta2, delta2.sum(axis=0, keepdims=True)
    return dW1, db1, dW2, db2


def update(parameters, gradients, learning_rate):
    return [p - learning_rate * d for p, d in zip(parameters, gradients)]


def share_right(parameters, x, y):
    y_hat = forward(parameters, x)[2]
    return (y_hat.argmax(axis=1) == y.argmax(axis=1)).mean()


# %% tags=["remove-input"]
def direction(network, rows):
    """The gradient from some rows, as one row of numbers with the length 1."""
    passed = forward(network, train_x[rows])
    slopes = backward(network, passed, train_x[rows], train_y[rows])
    flat = np.concatenate([array.ravel() for array in slopes])
    return flat / np.linalg.norm(flat)


def angle(network):
    """How far the gradients of twenty rows point from that of all, on average, in degrees."""
    whole = direction(network, slice(None))
    return np.mean(
        [
            np.degrees(
                np.arccos(direction(network, slice(at, at + 20)) @ whole)
            )
            for at in range(0, 600, 20)
        ]
    )


at_first, at_last = [], []
for seed in range(1, 6):
    one, draws = initialize(64, 16, 10, seed), np.random.RandomState(seed)
    at_first.append(angle(one))
    for epoch in range(5):
        for rows in draws.permutation(600).reshape(30, 20):
            some, some_y = train_x[rows], train_y[rows]
            slopes = backward(one, forward(one, some), some, some_y)
            one = update(one, slopes, 0.3)
    at_last.append(angle(one))
assert max(at_first + at_last) < 80
assert np.median(at_first) < np.median(at_last)

# %% [markdown]
# ## Many small steps
#
# So far each step was computed from all rows. With six hundred rows that is a waste, because fewer rows already
# tell you roughly where down is. At the start, the gradient of twenty rows points
# `{python} f"{min(at_first):.0f}"` to `{python} f"{max(at_first):.0f}"`° away from that of all six hundred, on
# average for each of five seeds, and after five epochs `{python} f"{min(at_last):.0f}"` to
# `{python} f"{max(at_last):.0f}"`°. Two directions that have nothing to do with each other would be at right
# angles. So these steps are rough, but their mean is right, and each costs a thirtieth as much. Shuffle the
# rows, cut them into **mini-batches**, here of twenty rows, and take a step for each batch. One round through all
# rows, thirty steps, is an epoch. A batch's loss then jumps up and down even at a good rate, because each batch
# has other rows; judge the rate by the mean over an epoch.
#
# !!! predict "Before you scroll"
#     There are ten digits, so a guess is right one time in ten. What share will the network get right after
#     one epoch, and after five?

# %% name="train" tags=["live", "hide-output"]
random = np.random.RandomState(1)
parameters = initialize(64, 16, 10, 1)
for epoch in range(5):
    for rows in random.permutation(600).reshape(30, 20):
        some_x, some_y = train_x[rows], train_y[rows]
        passed = forward(parameters, some_x)
        gradients = backward(parameters, passed, some_x, some_y)
        parameters = update(parameters, gradients, 0.3)
    right = share_right(parameters, validation_x, validation_y)
    print(f"epoch {epoch + 1}: {right:.1%} of the validation rows")

# %% tags=["remove-input"]
assert right > 0.85
sizes = [array.size for array in parameters]

# %% [markdown]
# On this page that takes some ten seconds, and longer on a phone. `{python} f"{sum(sizes):,}"` parameters
# have learned to read, by the same loop that learned XOR.
#
# ## Write one yourself
#
# Write a digit on the paper, with a finger or the mouse. It is scaled and counted like the others, its
# `{python} pixels.shape[1]` numbers are put into the cell below, and your network says what it sees.
#
# <div><xor-pad></xor-pad></div>

# %% name="drawn" tags=["live"]
drawn = np.array(
    [
        [0, 0, 10, 16, 16, 8, 0, 0],
        [0, 6, 16, 8, 4, 16, 2, 0],
        [0, 0, 2, 0, 0, 16, 6, 0],
        [0, 0, 0, 0, 6, 16, 2, 0],
        [0, 0, 0, 4, 16, 6, 0, 0],
        [0, 0, 4, 16, 6, 0, 0, 0],
        [0, 4, 16, 10, 4, 4, 8, 0],
        [0, 8, 16, 16, 16, 16, 12, 0],
    ]
)
shares = forward(parameters, drawn.reshape(1, 64) / 16)[2].ravel()
for digit in range(10):
    print(digit, f"{shares[digit]:.2f}", round(40 * shares[digit]) * "#")

# %% tags=["remove-input"]
assert shares.argmax() == 2

# %% [markdown]
# It will be wrong now and then, and sometimes it will be both sure and wrong. Your hand is not one of the
# thirteen, and a mouse is no pen: that is the [distribution shift](../glossary.md#distribution-shift) of
# an earlier encore. Try a 7 with a bar and one without, a tilted 1, a face.
#
# ## How good is it?
#
# The last line of the training says how many validation rows it reads. Its mistakes say more. But what you see
# in some rows may change what you do next, and then these rows can no longer judge it. So look at the
# validation rows, as often as you like. The test rows [are used
# once](rows-kept-back.py#training-validation-test), [in the next section](#the-test-rows-once).

# %% tags=["remove-input"]
answers = forward(parameters, validation_x)[2]
said, true = answers.argmax(axis=1), validation_y.argmax(axis=1)
assert (said == true).mean() == right
means = np.array(
    [train_x[train_y[:, digit] == 1].mean(axis=0) for digit in range(10)]
)


def nearest(points, rows):
    """Which of the points lies nearest to each row."""
    far = (rows**2).sum(axis=1)[:, np.newaxis] + (points**2).sum(axis=1)
    return (far - 2 * rows @ points.T).argmin(axis=1)


train_true = train_y.argmax(axis=1)
by_mean = (nearest(means, validation_x) == true).mean()
by_row = (train_true[nearest(train_x, validation_x)] == true).mean()
assert by_mean < right < by_row
wrong = np.flatnonzero(said != true)
worst = wrong[np.argsort(-answers[wrong, said[wrong]])][:10]
plots.pictures(
    "Ten validation rows that it read wrong, beginning with those of which it was most sure",
    [
        (f"{true[row]}, read as {said[row]}", validation_x[row])
        for row in worst
    ],
    caption="Look at each, and ask what you would have said. Some of these mistakes are understandable, others "
    "are not.",
)

# %% [markdown]
# Which digits does it mistake for which?

# %% tags=["remove-input"]
confused = np.zeros((10, 10), dtype=int)
np.add.at(confused, (true, said), 1)
off = confused - np.diag(np.diag(confused))
taken, times = int(off.sum(axis=0).argmax()), int(off.sum(axis=0).max())
recalls = np.diag(confused) / confused.sum(axis=1)
precision = confused[taken, taken] / confused[:, taken].sum()
missed = int(recalls.argmin())
assert recalls.min() < right - 0.05
tables.Table(
    "A row for each digit that was written, a column for each that was read. On the diagonal the answers are "
    "right.",
    ["", *(f"{digit}" for digit in range(10))],
    [
        [f"{digit}", *(f"{count}" if count else "·" for count in row)]
        for digit, row in enumerate(confused)
    ],
)

# %% [markdown]
# Such a table is called a **confusion matrix**. The digit that the network says most often by mistake is
# `{python} taken`: it does so `{python} times` times out of `{python} len(wrong)`. Two shares can be read from
# the table, one along a row and one down a column. Of the
# `{python} confused[missed].sum()` pictures of the digit `{python} missed`, the network finds
# `{python} confused[missed, missed]`, or `{python} f"{recalls[missed]:.0%}"`: that is its **recall** for this
# digit, the lowest of the ten. Of the `{python} confused[:, taken].sum()` times that it says
# `{python} taken`, it is right `{python} confused[taken, taken]` times, or `{python} f"{precision:.0%}"`: that
# is the **precision** of this answer. The share of all right answers hides both, and most of all where one
# class is rare: if one mail in a hundred is spam, whoever never says *spam* is mostly right, with a recall of
# zero.
#
# How well would a simple rule do? One rule is *say the digit whose mean picture is nearest*, with the sum of
# squared differences as the distance. It gets `{python} f"{by_mean:.1%}"` of the validation rows right; your
# network `{python} f"{right:.1%}"`. Another is *say the digit of the nearest training picture*. It gets
# `{python} f"{by_row:.1%}"` right: more than your network. But it has to keep all
# `{python} f"{len(train_x)}"` pictures, and compare with each, while your network keeps
# `{python} f"{sum(sizes):,}"` numbers. Find such a rule before you praise a network: it tells you what there
# is to beat.
#
# ## The test rows, once
#
# Your network is trained, and nothing will be changed after this. So you may ask the test rows, once:

# %% name="test" tags=["live"]
tested = share_right(parameters, test_x, test_y)
print(f"{tested:.1%} of {len(test_x)} test rows")

# %% tags=["remove-input"]
from xordocs.experiments.statistics import is_better, only_one, wilson

test_true = test_y.argmax(axis=1)
by_nearest = train_true[nearest(train_x, test_x)] == test_true
by_network = forward(parameters, test_x)[2].argmax(axis=1) == test_true
low, high = wilson(int(by_network.sum()), len(test_true))
won, lost = only_one(by_nearest, by_network)
assert is_better(by_nearest, by_network)

# %% [markdown]
# [The census's interval](census.py) goes from `{python} f"{low:.1%}"` to `{python} f"{high:.1%}"`. It holds for
# pictures such as these, by the same thirteen hands: whoever wrote the test rows has written training rows, too,
# and rows by one hand are not the independent tosses that the interval takes them for. On other people's digits
# the share may be lower.
#
# The nearest picture reads `{python} f"{by_nearest.mean():.1%}"` of the test rows. Of those that only one of the
# two reads, it wins `{python} won` to `{python} lost`: by [the census's
# rule](census.py#rule-3-decided-by-the-seeds-on-which-they-differ) it is better than your first network on pictures by
# these hands, with the caution just given. How
# far more units and more epochs would take you, and what it helps to know which pixels are neighbours, you see on
# [the next page](convolution.py).
#
# ## What did it take?
#
# Two things in the training of your first network were new: smaller first weights and mini-batches. What is
# each of them worth? And what do *momentum* and *Adam* add, two ways to take steps that you will write next?

# %% tags=["remove-input"]
RATES, EPOCHS = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0), 5
CHOOSING, OTHERS = range(2), range(7, 14)
assert len(RATES) == len(OTHERS) == 7  # as the text says


def plain(parameters, memory, gradients, rate):
    return update(parameters, gradients, rate), memory


def with_momentum(parameters, memory, gradients, rate):
    velocity = memory or [0 * d for d in gradients]
    velocity = [0.9 * v + d for v, d in zip(velocity, gradients, strict=True)]
    return update(parameters, velocity, rate), velocity


def with_adam(parameters, memory, gradients, rate):
    steps, means, squares = memory or (0, *(2 * [[0.0] * 4]))
    pairs = list(zip(means, squares, gradients, strict=True))
    means = [0.9 * m + 0.1 * d for m, _, d in pairs]
    squares = [0.999 * s + 0.001 * d**2 for _, s, d in pairs]
    now = steps + 1
    ways = [
        (m / (1 - 0.9**now)) / (np.sqrt(s / (1 - 0.999**now)) + 1e-8)
        for m, s in zip(means, squares, strict=True)
    ]
    return update(parameters, ways, rate), (now, means, squares)


def train_once(seed, rate, size=20, step=plain, narrow=True):
    """Train a network, and return its share right on the validation rows."""
    random = np.random.RandomState(seed)
    network, memory = initialize(64, 16, 10, seed), None
    if not narrow:
        W1, b1, W2, b2 = network
        network = W1 / np.sqrt(2 / 64), b1, W2 / np.sqrt(2 / 16), b2
    for _ in range(EPOCHS):
        for rows in random.permutation(600).reshape(-1, size):
            at, labels_there = train_x[rows], train_y[rows]
            slopes = backward(network, forward(network, at), at, labels_there)
            network, memory = step(network, memory, slopes, rate)
    return share_right(network, validation_x, validation_y)


ways = {
    "as above": {},
    "first weights not made smaller": {"narrow": False},
    "all rows in each step": {"size": 600},
    "with momentum": {"step": with_momentum},
    "with Adam": {"step": with_adam},
}
rows, reached = [], {}
for name, way in ways.items():
    tried = [
        np.mean([train_once(seed, rate, **way) for seed in CHOOSING])
        for rate in RATES
    ]
    best = int(np.argmax(tried))
    assert 0 < best < len(RATES) - 1, "the grid is too narrow"
    at_best = [train_once(seed, RATES[best], **way) for seed in OTHERS]
    reached[name] = at_best = np.array(at_best)
    rows.append(
        [
            name,
            f"{RATES[best]:g}",
            f"{np.median(at_best):.1%}",
            f"{at_best.min():.1%} to {at_best.max():.1%}",
        ]
    )
for without in ("first weights not made smaller", "all rows in each step"):
    assert (reached[without] < reached["as above"]).all()
tables.Table(
    "The share of validation rows right after five epochs: the median of seven seeds, the lowest and the highest. "
    "Each way has the best of seven learning rates, chosen on two other seeds.",
    ["", "learning rate", "median", "lowest to highest"],
    rows,
)

# %% tags=["remove-input"]
middles = {name: np.median(shares) for name, shares in reached.items()}
# the difference of the shares that the table shows
lead = round(100 * middles["with Adam"], 1) - round(
    100 * middles["as above"], 1
)
ahead = int((reached["with Adam"] > reached["as above"]).sum())
assert 1 <= ahead <= 6
assert abs(middles["with momentum"] - middles["as above"]) < 0.03

# %% [markdown]
# Small first weights and small batches are worth a lot: take one of them away, and each of the seven seeds
# ends lower than with both. (With all rows in each step, five epochs are only five steps, but each takes as
# much computing as thirty steps of a batch.) Momentum changes little here. With Adam the median moves by
# `{python} f"{lead:+.1f}"` percentage points, and `{python} ahead` of the seven seeds are ahead: [a
# coin](census.py#how-sure-is-that) often does as well. The seven rates go from `{python} f"{RATES[0]:g}"` to
# `{python} f"{RATES[-1]:g}"`, and no way has its best at an end. (The rows are those that chose
# the rates; only the seeds are new.)
#
# ### Momentum
#
# A step with momentum follows the **velocity** $v$, a sum of all slopes so far in which older ones fade. In it,
# slopes that change sign from step to step cancel, and slopes that stay the same add up.
#
# $$v \leftarrow 0.9\,v + \frac{\partial J}{\partial \theta} \qquad \theta \leftarrow \theta - \eta\,v$$
#
# A slope that stays the same makes $v$ ten times as large, because $1 + 0.9 + 0.9^2 + \dots = 10$. So take a
# smaller learning rate. You can play with momentum in G. Goh's [*Why Momentum Really
# Works*](https://distill.pub/2017/momentum/).
#
# ### Adam
#
# *Adam*, the usual choice for large networks, keeps two fading means for each parameter: $m$ of its slopes,
# and $s$ of their squares. It divides the first by the root of the second. So it
# does not matter whether a parameter's slopes are all large or all small. As long as they stay about the same, its
# step is about $\eta$ long; where they change their sign, $m$ is small, and so is the step.
#
# $$m \leftarrow 0.9\,m + 0.1\,\frac{\partial J}{\partial \theta}$$
#
# $$s \leftarrow 0.999\,s + 0.001 \left(\frac{\partial J}{\partial \theta}\right)^2$$
#
# Both means begin at zero, and so are too small at first. To make up for it, at step number $t$ they are
# divided by $1 - 0.9^t$ and $1 - 0.999^t$:
#
# $$\theta \leftarrow \theta - \eta\, \frac{m / (1 - 0.9^t)}{\sqrt{s / (1 - 0.999^t)} + 10^{-8}}$$


# %% Two optimizers name="optimizers" tags=["exercise"]
def momentum_step(p, v, d, learning_rate):
    # p is one array of parameters, v its velocity, d its slopes
    v = ...  # the new velocity
    p = ...  # one step on
    return p, v


def adam_step(p, m, s, d, learning_rate, t):
    # m and s are the two fading means; t is the number of the step
    m = ...
    s = ...
    p = ...
    return p, m, s


# %% tags=["check"]
from math import sqrt

from xordocs.exercises import call, compare


def check():
    p, v, d = (
        np.array([[1.0, -2.0]]),
        np.array([[0.5, 1.0]]),
        np.array([[2.0, -1.0]]),
    )
    new_v = np.array([[0.45 + 2.0, 0.9 - 1.0]])
    got = call("momentum_step", momentum_step, (p, v, d, 0.1), "p, v")
    compare(
        "v",
        got[1],
        new_v,
        "the formula by hand",
        [
            ("Is the old velocity missing?", d),
            ("The old velocity fades: `0.9 * v`.", v + d),
            ("Here the slope counts in full.", 0.9 * v + 0.1 * d),
        ],
    )
    compare(
        "p",
        got[0],
        p - 0.1 * new_v,
        "a step along the new v",
        [
            (
                "The step goes along the new velocity, not the slope.",
                p - 0.1 * d,
            ),
            (
                "The step goes along the new velocity, not the old.",
                p - 0.1 * v,
            ),
            ("Down, not up: minus.", p + 0.1 * new_v),
        ],
    )
    p, d = np.array([[1.0, -2.0, 0.5]]), np.array([[2.0, -1.0, 1e-8]])
    m, s = np.array([[0.5, 0.0, 0.0]]), np.array([[4.0, 0.25, 0.0]])
    means = [0.9 * 0.5 + 0.1 * 2.0, -0.1, 1e-9]
    squares = [0.999 * 4.0 + 0.001 * 4.0, 0.999 * 0.25 + 0.001, 1e-19]
    steps = [
        (means[k] / (1 - 0.9**3)) / (sqrt(squares[k] / (1 - 0.999**3)) + 1e-8)
        for k in range(3)
    ]
    bare = [means[k] / (sqrt(squares[k]) + 1e-8) for k in range(3)]
    got = call("adam_step", adam_step, (p, m, s, d, 0.1, 3), "p, m, s")
    compare("m", got[1], np.array([means]), "the formula by hand", [
        ("A mean, not momentum's sum: `0.1 * d`.", 0.9 * m + d),
        ("Keep m as it is, and divide only for the step.",
         np.array([means]) / (1 - 0.9**3)),
    ])  # fmt: skip
    compare("s", got[2], np.array([squares]), "the formula by hand", [
        ("Is the slope not squared?", 0.999 * s + 0.001 * d),
        ("Keep s as it is, and divide only for the step.",
         np.array([squares]) / (1 - 0.999**3)),
    ])  # fmt: skip
    compare("p", got[0], p - 0.1 * np.array([steps]), "step 3 by hand", [
        ("Are both divided by 1 minus a power?", p - 0.1 * np.array([bare])),
        ("Is the root missing?",
         p - 0.1 * np.array([means]) / (1 - 0.9**3)
         / (np.array([squares]) / (1 - 0.999**3) + 1e-8)),
        ("Down, not up: minus.", p + 0.1 * np.array([steps])),
    ])  # fmt: skip
    print("Both steps are right.")


check()

# %% [markdown] tags=["hint"]
# Each formula is one line. `p = p - learning_rate * v` makes a new array, and leaves the one that was given as
# it is.

# %% [markdown] tags=["hint"]
# Adam divides `m / (1 - 0.9**t)` by `np.sqrt(s / (1 - 0.999**t)) + 1e-8`.


# %% tags=["solution"]
def momentum_step(p, v, d, learning_rate):
    v = 0.9 * v + d
    p = p - learning_rate * v
    return p, v


def adam_step(p, m, s, d, learning_rate, t):
    m = 0.9 * m + 0.1 * d
    s = 0.999 * s + 0.001 * d**2
    way = (m / (1 - 0.9**t)) / (np.sqrt(s / (1 - 0.999**t)) + 1e-8)
    p = p - learning_rate * way
    return p, m, s


# %% [markdown]
# See your steps walk. The loss of two weights is a long, narrow valley, $J = (w_1^2 + 20\, w_2^2)/2$: across it the
# slope is up to twenty times as large as along it. Each way takes twenty-five steps from the same place:

# %% tags=["remove-input"]
RATE_OF = {"plain": 0.09, "momentum": 0.01, "Adam": 0.1}
walks = {}
for kind, rate in RATE_OF.items():
    place = np.array([-1.8, 0.6])
    walks[kind], v, m, s = [place], 0.0, 0.0, 0.0
    for t in range(1, 26):
        d = place * (1, 20)
        if kind == "plain":
            place = place - rate * d
        elif kind == "momentum":
            place, v = momentum_step(place, v, d, rate)
        else:
            place, m, s = adam_step(place, m, s, d, rate, t)
        walks[kind].append(place)
across = np.array(walks["plain"])[:5, 1]
assert (across[1:] * across[:-1] < 0).all()  # from side to side
turns = [
    int((np.diff(np.sign(np.diff(np.array(walk)[:, 1]))) != 0).sum())
    for walk in walks.values()
]
assert turns[0] > 3 * turns[1] > 0
leaps = np.hypot(*np.diff(walks["Adam"][:6], axis=0).T)
assert np.ptp(leaps) < 0.2 * leaps.max()
valley = datasets.grid(37, -2, 1)
plots.landscape(
    valley,
    (valley**2 @ [[1], [20]]).ravel() / 2,
    walks,
    caption=f"At {RATE_OF['plain']:g} plain steps jump from side to side; above a tenth they would leave the valley. "
    f"Momentum, at {RATE_OF['momentum']:g}, swings wide, but gathers speed along the floor. Adam begins with steps of "
    "about the same length along both weights, however different their slopes.",
)

# %% [markdown]
# ## A curve through noise
#
# In [other answers](other-answers.py) a network [learned a wave](other-answers.py#when-the-answer-is-a-number) whose
# points were exact. These are noisy, and as many new ones are kept back. As there, there is no output activation, and
# with half the squared error as the loss `backward` fits as it stands. The steps have momentum:

# %% name="curve" tags=["live"]
random = np.random.RandomState(7)
at = 6 * random.rand(60, 1) - 3
height = np.sin(at) + 0.1 * random.randn(60, 1)
# kept back
new_at = 6 * random.rand(60, 1) - 3
new_height = np.sin(new_at) + 0.1 * random.randn(60, 1)


def forward_curve(curve, at):
    z1, a1, _ = forward(curve, at)
    # no output activation
    y_hat = a1 @ curve[2] + curve[3]
    return z1, a1, y_hat


curve = initialize(1, 20, 1, 1)
velocity = [0 * array for array in curve]
for epoch in range(300):
    passed = forward_curve(curve, at)
    gradients = backward(curve, passed, at, height)
    velocity = [0.9 * v + d for v, d in zip(velocity, gradients)]
    curve = update(curve, velocity, 0.05)

y_hat = forward_curve(curve, at)[2]
print(f"mean squared error: {((y_hat - height) ** 2).mean():.4f}")
new_y_hat = forward_curve(curve, new_at)[2]
print(f"on new points: {((new_y_hat - new_height) ** 2).mean():.4f}")

# %% tags=["remove-input"]
where = np.linspace(-3, 3, 121)[:, np.newaxis]
fitted = forward_curve(curve, where)[2]
off = np.sqrt(((fitted - np.sin(where)) ** 2).mean())
assert off < 0.15
remaining = ((y_hat - height) ** 2).mean()
variance = ((height - np.sin(at)) ** 2).mean()
assert variance < remaining < 1.5 * variance
quiet = initialize(1, 20, 1, 1)
velocity = [0 * array for array in quiet]
for epoch in range(300):
    passed = forward_curve(quiet, at)
    gradients = backward(quiet, passed, at, np.sin(at))
    velocity = [0.9 * v + d for v, d in zip(velocity, gradients)]
    quiet = update(quiet, velocity, 0.05)
chance = height - np.sin(at)
moved = y_hat - forward_curve(quiet, at)[2]
by_heart = (moved * chance).sum() / (chance**2).sum()
assert 0 < by_heart < 0.3
new_remaining = ((new_y_hat - new_height) ** 2).mean()
new_variance = ((new_height - np.sin(new_at)) ** 2).mean()
assert new_variance < new_remaining < 1.8 * new_variance
plots.functions(
    "What twenty hidden units make of a noisy wave",
    where.ravel(),
    {
        "the network": fitted.ravel(),
        "the wave, without its noise": np.sin(where).ravel(),
    },
    name="x",
    points=np.hstack([at, height]),
    caption="The network does not run through every dot: it stays close to the wave from which they stray.",
)

# %% [markdown]
# On these sixty points the wave itself has a mean squared error of `{python} f"{variance:.4f}"`, the noise, and the
# network `{python} f"{remaining:.4f}"`. Has it learned part of that noise by heart? Only new points can tell. There
# its error is `{python} f"{new_remaining:.4f}"`, and the wave's `{python} f"{new_variance:.4f}"`. So it does not know
# the wave exactly, but most of what is left is noise. And the noise of the old points? Train the same network on the
# same points without their noise, and compare: over all points together, the curve has moved along with the noise, by
# about `{python} f"{by_heart:.0%}"` of it. That much it has learned by heart.
#
# More units make more pieces, which can follow any continuous curve on such a stretch as closely as you like.
# That is the **universal approximation** theorem. It says that fitting weights exist, not that training finds
# them, or what happens [beyond the data](beyond-the-square.py#beyond-the-square).
#
# ## Exercises
#
# ### Choosing and judging
#
# !!! exercise "The largest network that you can afford"
#     You want a better network. You may take twice as many hidden units, twice as many epochs, and train on the
#     validation rows, too, once you have chosen. In which order do you try these, and what tells you whether
#     each was worth it?
#
# ??? answer "Answer"
#     First try units and epochs, each judged by the validation rows. The number of epochs is a choice, too:
#     the share right on training rows will go on rising when that on validation rows no longer does. Then
#     train once more, with what you have chosen, on all `{python} f"{len(train_x) + len(validation_x)}"`
#     rows, and ask test rows, once. Those of this page have answered; new ones would be better. If you look
#     at the test rows after each try, they take part in the choice, and no longer tell how good the network is.
#
# !!! exercise "Why not one output?"
#     One output unit without an output activation could give the digit as an amount, from 0 to 9. Why is that a bad
#     idea?
#
# ??? answer "Answer"
#     It would say that a 1 is nearly a 2, and that whoever wavers between 1 and 7 should say 4. Digits are
#     classes, and their order says nothing about their shapes.
#
# ## Where to go next
#
# - **No derivatives by hand.** A. Karpathy's [micrograd](https://github.com/karpathy/micrograd), a program
#   that you can read in one sitting, finds the gradient of any expression.
# - **All of it at once.** On the next page you put layers, softmax, first weights, batches and Adam together, [from an
#   empty cell](trainer.py).
# - **Neighbours.** The encore after it gives the network [weights that are shared](convolution.py) by all places of a
#   picture.
# - **More seeds.** Seven seeds show only large differences. The last encore [ranks ten
#   changes](what-to-change.py) to lesson 6's network, with two thousand seeds each.
#
# ### Words that you will meet
#
# Each of them answers a question that this course has asked.
#
# - **Dropout.** How do you stop a network from learning [its rows by
#   heart](rows-kept-back.py#training-validation-test)? In each step, switch off some units at random.
#   (N. Srivastava and others, "Dropout: a simple way to prevent neural networks from overfitting", 2014.)
# - **Batch and layer normalization.** How do sums stay [of one size](#how-large-should-the-first-weights-be)
#   after the first step, too? [Scale them](table.py#inputs-of-one-size) in each layer, over the rows of a batch, or
#   over the units of a layer. (S. Ioffe, C. Szegedy, "Batch normalization", 2015; J. Ba, J. Kiros, G. Hinton,
#   "Layer normalization", 2016.)
# - **Residual connection.** How do slopes survive [many layers](what-to-change.py#through-ten-layers)? Add a
#   layer's input to its output: along this second path the slope is 1. (K. He, X. Zhang, S. Ren, J. Sun, "Deep
#   residual learning for image recognition", 2016.)
# - **Embedding.** How does a word become [a row of inputs](#a-picture-is-a-row-of-numbers)? Give each word a
#   row of parameters, which learn like all others. (Y. Bengio, R. Ducharme, P. Vincent, C. Jauvin, "A neural
#   probabilistic language model", 2003.)
# - **Attention.** Which of many inputs count here? A [softmax](other-answers.py#read-a-display) gives each
#   its share, and the output is the sum of the inputs, weighted by their shares. (D. Bahdanau, K. Cho,
#   Y. Bengio, "Neural machine translation by jointly learning to align and translate", 2015; A. Vaswani and
#   others, "Attention is all you need", 2017.)
# - **Learning-rate schedule.** Must [the rate](downhill.py) stay the same? Change it by a plan while you train:
#   begin with long steps, and end with short ones. (I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning*,
#   2016, §8.3.1.)
# - **Data augmentation.** Where do [more rows](rows-kept-back.py#training-validation-test) come from? Move, turn
#   or stretch the pictures that you have by a little, and keep their labels. (§7.4 of the same book.)
# - **Calibration.** The network was [both sure and wrong](#write-one-yourself): can you believe its shares? It is
#   calibrated if, of all answers given with a share of four fifths, four in five are right. (C. Guo, G. Pleiss,
#   Y. Sun, K. Weinberger, "On calibration of modern neural networks", 2017.)
# - **PyTorch, JAX.** Who [takes the derivatives](tensorflow-network.py)? PyTorch records operations, as
#   TensorFlow does; JAX makes of your function a new one, which returns the gradient. (A. Paszke and others,
#   "PyTorch: an imperative style, high-performance deep learning library", 2019; R. Frostig, M. Johnson,
#   C. Leary, "Compiling machine learning programs via high-level tracing", 2018.)
#
# ## In short
#
# From XOR to handwriting, your code hardly changed: more inputs, more outputs, smaller first weights and
# batches. What did change is the care around it: rows to choose by and rows to test on, a simple rule to beat,
# and a look at the mistakes.
#
# ## Sources
#
# - E. Alpaydin, C. Kaynak, [*Optical Recognition of Handwritten
#   Digits*](https://archive.ics.uci.edu/dataset/80/optical+recognition+of+handwritten+digits) (1998): the
#   pictures, under the licence Creative Commons Attribution.
# - K. He, X. Zhang, S. Ren, J. Sun, "Delving deep into rectifiers" (2015): the size of the first weights.
# - D. Kingma, J. Ba, "Adam: a method for stochastic optimization" (2015).
# - M. Leshno, V. Lin, A. Pinkus, S. Schocken, "Multilayer feedforward networks with a nonpolynomial activation
#   function can approximate any function" (1993).
# - B. Polyak, "Some methods of speeding up the convergence of iteration methods" (1964): momentum.
# - D. Rumelhart, G. Hinton, R. Williams, "Learning representations by back-propagating errors" (1986):
#   momentum in the training of networks.
# - I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), §8.1, §8.3 and §8.5: mini-batches, momentum,
#   Adam.
