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
# picture: Both networks, with the training rows
# ---

# %% [markdown]
# # Encore: rows kept back
#
# In [an earlier lesson](beyond-the-square.py#rows-kept-back) a network learned the noise of its rows by heart. What
# can you do about that? And which rows may choose, and which may judge?
#
# **After this page you can** divide rows into those for training, for choosing and for testing, stop a network before
# it overfits, and say what else helps, and by how much.
#
# **You need** [training rows and rows kept back](beyond-the-square.py#rows-kept-back), [your
# functions](from-a-blank-file.py) of the final lesson, the [cross-entropy](deeper.py#cross-entropy), and the
# [interval](census.py#how-sure-is-that) around a share.
#
# ## Training, validation, test
#
# These are [the moons](beyond-the-square.py#rows-kept-back) once more, with more points.


# %% name="moons" tags=["live"]
import numpy as np
from xordocs import datasets

moon_x, moon_y = datasets.moons(1080, seed=1)
train_x, train_y = moon_x[:30], moon_y[:30]
validation_x, validation_y = moon_x[30:80], moon_y[30:80]
test_x, test_y = moon_x[80:], moon_y[80:]

# %% [markdown]
# This time the rows are split into three parts. Only the training rows move the weights. The other two parts are held
# out. The **validation rows** show how the training goes: their loss is computed in each epoch. The **test rows** are
# used once, when all is decided.
#
# The network has sixteen hidden units. The functions are yours from [the final lesson](from-a-blank-file.py); only
# `delta2` is another, that of the [cross-entropy](deeper.py#cross-entropy).
#
# <details class="note" markdown>
# <summary>The three functions</summary>


# %% name="functions" tags=["live"]
def forward(parameters, x):
    W1, b1, W2, b2 = parameters
    z1 = x @ W1 + b1
    a1 = np.maximum(0, z1)
    z2 = a1 @ W2 + b2
    y_hat = 1 / (1 + np.exp(-z2))
    return z1, a1, y_hat


def backward(parameters, passed, x, y):
    W1, b1, W2, b2 = parameters
    z1, a1, y_hat = passed
    delta2 = (y_hat - y) / len(y)
    dW2 = a1.T @ delta2
    db2 = delta2.sum(axis=0, keepdims=True)
    delta1 = (delta2 @ W2.T) * (z1 > 0)
    dW1 = x.T @ delta1
    db1 = delta1.sum(axis=0, keepdims=True)
    return dW1, db1, dW2, db2


def update(parameters, gradients, learning_rate):
    pairs = zip(parameters, gradients)
    return [p - learning_rate * d for p, d in pairs]


# %% [markdown]
# </details>
#
# The loop, too, is the one you know. New are the lines that keep the best network so far. It needs no copy, because
# `update` returns new arrays and leaves the old ones as they are. `loss` is the cross-entropy, and `np.where` picks
# each row's $p$ for it.
#
# !!! predict "Before you run it"
#     Before, the loss was the squared error, which for one row is never more than 1. The cross-entropy has no such
#     bound. What will the validation loss look like?


# %% name="overfitting" tags=["live", "hide-output"] caption="Follow both curves from left to right: where do they part?"
from xordocs import plots


def loss(y_hat, y):
    right = np.where(y == 1, y_hat, 1 - y_hat)
    return -np.log(right).mean()


random = np.random.RandomState(1)
network = [
    random.randn(2, 16),
    np.zeros((1, 16)),
    random.randn(16, 1),
    np.zeros((1, 1)),
]
training, validation = [], []
for epoch in range(300):
    passed = forward(network, train_x)
    training.append(loss(passed[2], train_y))
    y_hat = forward(network, validation_x)[2]
    validation.append(loss(y_hat, validation_y))
    if validation[-1] == min(validation):
        # the best so far
        best, stop = network, epoch
    gradients = backward(network, passed, train_x, train_y)
    network = update(network, gradients, 1.0)

plots.loss([("training rows", training), ("validation rows", validation)])

# %% tags=["remove-input", "hide-output"]
from xordocs import tables

assert 0 < stop < len(training) / 5
assert training[-1] < training[stop] / 2
assert validation[-1] > 2 * validation[stop]
lattice = datasets.grid(49, -2.4, 2.4)
plots.maps(
    "Both networks, with the training rows",
    {
        f"epoch {stop}": forward(best, lattice)[2],
        f"epoch {len(training)}": forward(network, lattice)[2],
    },
    lattice,
    train_x,
    train_y,
    caption="On the left the decision boundary runs between the moons. On the right it has grown corners around "
    "single points, and the colours are strong right up to it.",
    side=2.6,
    names=("x₁", "x₂"),
)

# %% tags=["remove-input"]
by_heart = ((forward(network, train_x)[2] > 0.5) == train_y).mean()
assert by_heart == 1
y_hat = forward(network, validation_x)[2]
of_label = np.where(validation_y == 1, y_hat, 1 - y_hat)
wrong, sure = int((of_label < 0.5).sum()), int((of_label < 0.1).sum())
their_part = np.log(of_label[of_label < 0.1]).sum() / np.log(of_label).sum()
assert wrong / 2 < sure < wrong
assert their_part > 3 / 4

# %% [markdown]
# The validation loss is lowest at epoch `{python} stop`, with `{python} f"{validation[stop]:.2f}"`. At the end it is
# `{python} f"{validation[-1]:.2f}"`: the network has all its training rows right, but `{python} wrong` of the
# `{python} len(validation_y)` validation rows wrong, and `{python} sure` of these although it is more than
# `{python} f"{0.9:.0%}"` sure. These `{python} sure` make up `{python} f"{their_part:.0%}"` of the loss. It
# [overfits](../glossary.md#overfitting).
#
# What helps? Say that a network overfits if its validation loss ends more than `0.1` above its lowest value,
# change one thing at a time, and count.

# %% tags=["remove-input"]
from xordocs.experiments.statistics import sign_test, wilson
from xordocs.nn import losses, numpy_mlp

SEEDS, CHECK, RISE = range(100), 10, 0.1
EPOCHS = len(training)
FEW, CHOSEN = len(train_x), len(train_x) + len(validation_x)


def rows_of(seed, rows, noise):
    """A seed's training, validation and test rows; more rows are only added for training."""
    first = datasets.moons(len(moon_x), seed, noise)
    more = datasets.moons(rows, 1000 + seed, noise)
    return [
        (np.vstack([a[:FEW], b[FEW:]]), a[FEW:CHOSEN], a[CHOSEN:])
        for a, b in zip(first, more, strict=True)
    ]


def watch(drawn, seeds=SEEDS, decay=0.0, width=16, epochs=EPOCHS, rate=1.0):
    """Train a network from each seed, all at once, on the rows drawn for each.

    Returns each one's validation losses, (checks, seeds), and all networks at each check and the end.
    """
    (tx, vx), (ty, vy) = [
        [np.array([one[k][part] for one in drawn]) for part in range(2)]
        for k in range(2)
    ]
    starts = [numpy_mlp.initialize((width,), seed) for seed in seeds]
    W1, W2 = (np.array([one[k].weights for one in starts]) for k in (0, 1))
    b1, b2 = (np.array([one[k].bias for one in starts]) for k in (0, 1))
    on_validation, kept = [], []
    for epoch in range(epochs):
        z1 = tx @ W1 + b1
        a1 = np.maximum(0, z1)
        z2 = a1 @ W2 + b2
        if epoch % CHECK == 0:
            kept.append((W1, b1, W2, b2))
            each = losses.cross_entropies(sums(vx, *kept[-1]), vy)
            on_validation.append(each.mean(axis=(1, 2)))
        delta2 = (1 / (1 + np.exp(-z2)) - ty) / ty.shape[1]
        delta1 = (delta2 * W2.transpose(0, 2, 1)) * (z1 > 0)
        dW2 = a1.transpose(0, 2, 1) @ delta2
        dW1 = tx.transpose(0, 2, 1) @ delta1
        db2, db1 = (d.sum(axis=1, keepdims=True) for d in (delta2, delta1))
        W1, b1, W2, b2 = (
            p - rate * (d + decay * p)
            for p, d in zip((W1, b1, W2, b2), (dW1, db1, dW2, db2))
        )
    return np.array(on_validation), [*kept, (W1, b1, W2, b2)]


def sums(points, W1, b1, W2, b2):
    return np.maximum(0, points @ W1 + b1) @ W2 + b2


CHOOSING = range(100, 140)
choosing_rows = [rows_of(seed, FEW, 0.4) for seed in CHOOSING]


def chosen(name, grid, **others):
    """The value with the lowest median validation loss at the end, on forty other seeds."""
    ends_at = [
        np.median(
            watch(choosing_rows, CHOOSING, **{name: value}, **others)[0][-1]
        )
        for value in grid
    ]
    best = np.argmin(ends_at)
    assert 0 < best < len(grid) - 1, "the grid is too narrow"
    return grid[best]


DECAYS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3)
DECAY, MORE = chosen("decay", DECAYS), 10
RATES = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
RATE = chosen("rate", RATES)
assert RISE == 0.1  # as the text says
usual_rows = [rows_of(seed, FEW, 0.4) for seed in SEEDS]
watched = {
    "as above": watch(usual_rows),
    "without noise": watch([rows_of(seed, FEW, 0.0) for seed in SEEDS]),
    "ten times as many training rows": watch(
        [rows_of(seed, MORE * FEW, 0.4) for seed in SEEDS]
    ),
    "with weight decay": watch(usual_rows, decay=DECAY),
    "with shorter steps": watch(usual_rows, rate=RATE),
}
same = watched["as above"][0][:, 1]
assert np.allclose(same, validation[::CHECK], rtol=1e-6, atol=0)
lowest, last, overfit = {}, {}, {}
for name, (losses_seen, _) in watched.items():
    lowest[name] = np.median(losses_seen.min(axis=0))
    last[name] = np.median(losses_seen[-1])
    rises = losses_seen[-1] - losses_seen.min(axis=0)
    overfit[name] = int((rises > RISE).sum())
tables.Table(
    "The same for a hundred seeds, each with rows and first weights of its own. In each further line one "
    "thing is changed. The losses are medians of the seeds; a seed's validation loss is looked at every tenth epoch.",
    ["", "lowest validation loss", "at the end", "seeds that overfit"],
    [
        [name, f"{lowest[name]:.3f}", f"{last[name]:.3f}", f"{overfit[name]}"]
        for name in watched
    ],
)

# %% tags=["remove-input"]
seen, kept = watched["as above"]
stops = seen.argmin(axis=0)
test_points, test_labels = (
    np.array([one[k][2] for one in usual_rows]) for k in (0, 1)
)


def test(at):
    """Each seed's share of right test rows, and how sure its network is of the wrong ones."""
    chosen = [
        np.array([kept[check][k][seed] for seed, check in zip(SEEDS, at)])
        for k in range(4)
    ]
    z2 = sums(test_points, *chosen)
    wrong = (z2 > 0) != (test_labels > 0.5)
    how_sure = (wrong / (1 + np.exp(-abs(z2)))).sum(axis=(1, 2))
    return 1 - wrong.mean(axis=(1, 2)), how_sure / wrong.sum(axis=(1, 2))


at_stop, sure_at_stop = test(stops)
at_end, sure_at_end = test([len(seen) - 1] * len(SEEDS))
assert sure_at_end.mean() > sure_at_stop.mean() + 0.05
ahead = 100 * (at_stop - at_end)
error = ahead.std(ddof=1) / len(SEEDS) ** 0.5
won, behind = int((ahead > 0).sum()), int((ahead < 0).sum())
low, high = wilson(won, won + behind)
assert ahead.mean() > 1.99 * error  # Student's t for a hundred, at 95 %
assert low > 1 / 2


def moon_density(points, noise=0.4):
    """The density of the upper moon's rows, but for a factor that both moons share."""
    angle = np.pi * (np.arange(60) + 0.5) / 60
    arc = np.column_stack([np.cos(angle) - 0.5, np.sin(angle) - 0.25])
    squares = ((points[:, np.newaxis] - arc) ** 2).sum(axis=2)
    return np.exp(-squares / (2 * noise**2)).mean(axis=1)


fine = datasets.grid(100, -3.5, 3.5)
of_both = moon_density(fine), moon_density(-fine)
best_share = np.maximum(*of_both).sum() / np.add(*of_both).sum()
several = test_points[:5].reshape(-1, 2)
best_said = moon_density(-several) > moon_density(several)
best_has = (best_said == test_labels[:5].ravel()).mean()
assert abs(best_has - best_share) < 3 * np.sqrt(0.25 / len(several))
assert at_stop.mean() < best_share
SOME = range(30)
ten_fold = watch(usual_rows[: len(SOME)], SOME, epochs=10 * EPOCHS, rate=RATE)
rises = ten_fold[0][-1] - ten_fold[0].min(axis=0)
later = int((rises > RISE).sum())
soon = ten_fold[0][: len(seen)]
earlier = int((soon[-1] - soon.min(axis=0) > RISE).sum())
assert later > earlier + 5
usual, *others = overfit.values()
assert usual > len(SEEDS) / 2 > 2 * max(others)

# %% [markdown]
# In the usual setting most networks overfit. But take the noise away, give them more rows, add weight
# decay, or take as many but shorter steps, here with a rate of `{python} f"{RATE:g}"` instead of `1.0`, and most no
# longer do. (Some do without any noise: where rows lie far apart, there is room for corners that other rows do not
# bear out. The losses are medians, in which these few do not show.) Shorter steps only put it off: they do not get as
# far in as many epochs. With ten times as many, `{python} later` of the first `{python} len(SOME)` seeds overfit
# instead of `{python} earlier`.
#
# ### Too few units
#
# The opposite also happens: a network [**underfits**](../glossary.md#underfitting) when even its training loss
# stays high. Here are the same rows, learned by networks of other widths, all else as above.

# %% tags=["remove-input"]
WIDTHS, FIRST = (1, 2, 4, 8, 16, 32, 64), range(20)
first_rows = usual_rows[: len(FIRST)]


def ends(width, epochs=EPOCHS, rate=1.0):
    """Each seed's loss at the end, on its training rows and on its validation rows."""
    _, networks_of = watch(first_rows, FIRST, 0.0, width, epochs, rate)
    return [
        losses.cross_entropies(sums(points, *networks_of[-1]), labels).mean(
            axis=(1, 2)
        )
        for points, labels in (
            [np.array([one[k][part] for one in first_rows]) for k in (0, 1)]
            for part in (0, 1)
        )
    ]


by_width = {width: ends(width) for width in WIDTHS}
on_training, on_held_out = (
    np.array([by_width[width][part] for width in WIDTHS]).T for part in (0, 1)
)
narrow, wide_one = np.median(on_training[:, [0, -1]], axis=0)
longer = np.median(ends(1, 10 * EPOCHS)[0])
easier = int((on_training[:, -1] < on_training[:, 0]).sum())
harder = int((on_held_out[:, -1] > on_held_out[:, 0]).sum())
assert (np.diff(np.median(on_training, axis=0)) < 0).all()
assert easier == len(FIRST)
assert longer > 0.9 * narrow
by_chance = sign_test(harder, len(FIRST) - harder)
assert by_chance < 0.05
own = {
    width: chosen("rate", RATES, width=width)
    for width in (WIDTHS[0], WIDTHS[-1])
}
at_own = {width: ends(width, rate=rate)[1] for width, rate in own.items()}
lone, many = at_own.values()
harder_now = int((many > lone).sum())
chance_now = sign_test(harder_now, len(FIRST) - harder_now)
assert chance_now > 0.05
calmer = int((many < on_held_out[:, -1]).sum())
assert sign_test(calmer, len(FIRST) - calmer) < 0.01
plots.losses_along(
    "The loss at the end, by the number of hidden units",
    WIDTHS,
    {"training rows": on_training, "validation rows": on_held_out},
    "hidden units",
    caption="Medians of twenty seeds; a bar reaches over the middle half of them. On the left even the "
    "training loss is high. To the right it falls, and at this learning rate the validation loss climbs.",
)

# %% [markdown]
# With one unit the training loss ends at `{python} f"{narrow:.3f}"`, and ten times as many epochs bring it to
# `{python} f"{longer:.3f}"`: more steps hardly help. More units do: with `{python} WIDTHS[-1]` of them it ends at
# `{python} f"{wide_one:.3f}"`. But what these learn besides does not hold for other rows: `{python} harder` of the
# twenty seeds end with a higher validation loss for `{python} WIDTHS[-1]` units than for one. A fair coin gives a
# split at least this lopsided, to either side, with a probability of `{python} f"{by_chance:.1%}"`, [counted
# exactly](case.py#how-lopsided-is-chance). The bars say how far seeds differ, not how sure a median is: they do not
# tell which width is best.
#
# !!! exercise "Not a fair comparison"
#     So are many units bad for other rows? One of [the census's rules](census.py#one-fair-comparison) was broken
#     here. Which?
#
# ??? answer "Answer"
#     The first: all had one learning rate. So let each take the best of six, by the validation loss of forty
#     other seeds: one unit takes `{python} f"{own[1]:g}"`, and `{python} WIDTHS[-1]` units take
#     `{python} f"{own[64]:g}"`. Now `{python} harder_now` of the twenty seeds end higher with
#     `{python} WIDTHS[-1]` units, and the rest with one. That is a tie: no difference is shown, and none ruled out.
#     But the rate is shown to matter, in as many epochs. With `{python} WIDTHS[-1]` units, `{python} calmer` of the
#     twenty end lower at `{python} f"{own[64]:g}"` than at `1.0`.
#
# ### What helps against overfitting
#
# - **More rows**, where they can be had.
# - **Early stopping**: keep the network of the epoch with the lowest validation loss, as `best` does above.
#   On average over the hundred seeds, each with test rows of its own, this network has
#   `{python} f"{at_stop.mean():.1%}"` of them right, and the last network `{python} f"{at_end.mean():.1%}"`. The kept
#   one is ahead for `{python} won` seeds and behind for `{python} behind`. The
#   [interval](census.py#how-sure-is-that) of its share of these goes from `{python} f"{low:.0%}"` to
#   `{python} f"{high:.0%}"`: one half is not in it. And where the kept network is wrong, it is
#   `{python} f"{sure_at_stop.mean():.0%}"` sure of its answer on average, the last one
#   `{python} f"{sure_at_end.mean():.0%}"`. It has become surer of what is wrong, too.
# - **Weight decay**: each step also takes a small share of every parameter away, so that none grows large
#   without need. One line above `update` does it:
#   `gradients = [d + decay * p for d, p in zip(gradients, network)]`. With a `decay` of
#   `{python} f"{DECAY:g}"`, `{python} overfit["with weight decay"]` of the hundred overfit. On forty other
#   seeds, this value had left the lowest median validation loss of six, from `{python} f"{DECAYS[0]:g}"` to
#   `{python} f"{DECAYS[-1]:g}"`. Other rows want another value, so choose it as you choose a learning rate.
#   (Many people leave the biases alone, and take the share from the weights only.)
#
# ??? note "How many could be right?"
#     The best possible rule, which knows how the moons are made, would in the long run have
#     `{python} f"{best_share:.1%}"` of such rows right. It cannot have them all: where the moons overlap, a row can
#     come from either.
#
# Why keep a third part, the test rows, for the end? The validation rows have chosen the epoch, and the lowest
# of many losses is partly luck. Once rows have chosen something, whether an epoch or a number of units, they
# can no longer tell you how good the choice is. The test rows have chosen nothing. So now that all is decided, ask
# them what an answer of your network is worth:

# %% tags=["live"]
for name, one in [("kept", best), ("last", network)]:
    right = (forward(one, test_x)[2] > 0.5) == test_y
    print(f"{name}: {right.mean():.1%} of the test rows")

# %% tags=["remove-input"]
kept_right, last_right = [
    ((forward(one, test_x)[2] > 0.5) == test_y).mean()
    for one in (best, network)
]
assert abs(kept_right - last_right) < 0.02
right_low, right_high = wilson(round(kept_right * len(test_y)), len(test_y))
assert right_low > 1 / 2

# %% [markdown]
# For points of this kind, `{python} f"{kept_right:.0%}"` of the kept network's answers are right. With
# `{python} len(test_y)` test rows, the [interval](census.py#how-sure-is-that) of this share goes from
# `{python} f"{right_low:.0%}"` to `{python} f"{right_high:.0%}"`. With this seed
# the last network is hardly behind: that the kept one is better shows only over many seeds. About points of
# another kind, far from all rows, the test rows say nothing either.
#
# ## Exercises
#
# ### Stop in time
#
# `best` looks back when all three hundred epochs are over. Early stopping in earnest does not wait for
# that: it stops as soon as `patience` epochs in a row have brought no new lowest validation loss. Write it
# for a list of losses, one for each epoch. It returns the epoch whose network you keep, and the epoch at
# which you stop.


# %% tags=["exercise"]
def stop_early(losses, patience):
    best = 0
    for epoch in range(len(losses)):
        # a new lowest loss?
        if losses[epoch] < ...:
            best = ...
        # epochs since then
        waited = ...
        if waited >= patience:
            break
    return best, epoch


# %% tags=["check"]
from xordocs.exercises import call, compare


def check():
    late = "Compare with the lowest so far, and stop after `patience` epochs."
    losses = [0.9, 0.7, 0.8, 0.6, 0.6, 0.7, 0.65, 0.8, 0.5, 0.55]
    best, epoch = call("stop_early", stop_early, (losses, 3), "best, epoch")
    compare(
        "best",
        best,
        3,
        "a look at the losses",
        [
            ("A loss that is only equal is not a new lowest one.", 4),
            ("Keep the epoch of the lowest loss, not the last one.", 6),
            (late, 8),
        ],
    )
    compare(
        "epoch",
        epoch,
        6,
        "a count by hand",
        [
            ("Count from the best epoch, not from the first.", 3),
            ("That is one epoch too late.", 7),
            (late, 9),
        ],
    )
    for losses, where in (
        ([0.3, 0.3, 0.4, 0.5], "rise"),
        ([0.5, 0.4, 0.3], "fall"),
    ):
        got = call("stop_early", stop_early, (losses, 2), "best, epoch")
        right = 0 if where == "rise" else 2
        compare(
            f"best where losses {where}",
            got[0],
            right,
            "a look at the losses",
        )
        compare(f"epoch where losses {where}", got[1], 2, "a count by hand")
    print("It keeps the best epoch, and stops in time.")


check()

# %% [markdown] tags=["hint"]
# The lowest loss so far is `losses[best]`. At `epoch`, the best one is `epoch - best` epochs ago.


# %% tags=["solution"]
def stop_early(losses, patience):
    best = 0
    for epoch in range(len(losses)):
        if losses[epoch] < losses[best]:
            best = epoch
        waited = epoch - best
        if waited >= patience:
            break
    return best, epoch


# %% [markdown]
# For the run above, with a patience of fifty epochs:

# %% tags=["live", "hide-output"]
print(stop_early(validation, patience=50))

# %% tags=["remove-input"]
assert stop_early(validation, patience=50) == (stop, stop + 50)

# %% [markdown]
# ### Who may choose?
#
# !!! exercise "The best of ten"
#     You train networks of ten widths, and keep the one that has the most *test* rows right. Why will it
#     probably do worse than that on next year's rows? Which rows should have chosen?
#
# ??? answer "Answer"
#     Some widths are better, and some have been lucky with these test rows. The best of ten is likely to be
#     both, and on new rows the luck is gone. The validation rows should choose. Then the test rows say how
#     good the choice is. The [census](census.py) did the same: it chose learning rates on some seeds, and
#     counted on others.

# %% [markdown]
# ## In short
#
# Rows kept back tell you what a network's answers to their like are worth. Training rows move the weights,
# validation rows choose, and test rows judge, once. Where the validation loss turns up, the network overfits, and
# there you stop.
#
# Next: an encore with [a table of penguins](table.py).
#
# ## Sources
#
# - I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), §5.2 and §5.3: overfitting, validation
#   rows and test rows; §7.1: weight decay; §7.8: early stopping.
