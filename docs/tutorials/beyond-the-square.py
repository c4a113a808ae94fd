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
# picture: Four networks that all learned XOR
# ---

# %% [markdown]
# # What has it learned?
#
# You know how often a network learns XOR. But what has it learned? It is right at the four points that it was
# shown. Yet it has an answer for every other point, too, and often a very sure one. **What is an answer worth
# for a point that the network was not shown?**
#
# First you look inside: where does XOR's network get its answers from, far from its four points and between
# them? Then you measure: of data with many rows you keep some back, and ask the network about these. The
# second half, from [Noise, and rows kept back](#noise-and-rows-kept-back) on, does not need the first: you may
# begin there.
#
# **After this lesson you can** say why a sure answer far from the data is no evidence, divide rows into those
# for training and those for testing, see from two curves that a network overfits, and stop it in time.
#
# **You need** the [network in NumPy](numpy-network.py), the [cross-entropy](deeper.py#cross-entropy), the
# [interval](census.py#how-sure-is-that) around a share, and from [Solve it by hand](by-hand.py) the hinge line, on
# which a hidden unit's sum is zero.
#
# ## Beyond the square
#
# This is the network of lesson 6, ten hidden units from seed 1, trained for five hundred
# [epochs](../glossary.md#epoch).

# %% tags=["live"]
import numpy as np
from xordocs import datasets
from xordocs.nn import numpy_mlp

x, y = datasets.xor()
trained, history = numpy_mlp.train(numpy_mlp.initialize(seed=1), x, y)
W1, b1 = trained[0]
W2, b2 = trained[1]

# %% [markdown]
# !!! predict "Before you scroll"
#     You know the map [within the square](numpy-network.py). What will it look like from
#     $-3$ to $4$ in both directions? A chessboard? Two bands? And near the rim: one half, or a firm 0
#     or 1?

# %% tags=["live"]
from xordocs import plots

wide = datasets.grid(50, low=-3, high=4)
plots.contour(
    wide,
    numpy_mlp.predict(trained, wide),
    x,
    y,
    caption="The four points lie close together in the middle. Look "
    "at the shape of the decision boundary, and at the rim.",
)

# %% tags=["remove-input"]
from IPython.display import Markdown
from xordocs import playground, tables

output = numpy_mlp.predict(trained, wide)
square = output.reshape(50, 50) > 0.5
rim = [*square[0], *square[1:, -1], *square[-1, -2::-1], *square[-2:0:-1, 0]]
changes = int((np.array(rim) != np.roll(rim, 1)).sum())
ridge = numpy_mlp.predict(trained, np.linspace([-3, 4], [4, -3]))
firm = 0.9
everywhere = datasets.grid(281, low=-3, high=4)  # finer than the picture
of_all = numpy_mlp.predict(trained, everywhere)
sure = float((abs(of_all - 0.5) > firm - 0.5).mean())
assert ridge.min() > 0.5
assert changes == 4
assert sure > 0.5

# %% [markdown]
# It is neither a chessboard nor two bands. The points for which the network says 1 form a single region that
# runs through the middle of the square, with a region of 0s on either side. On `{python} f"{sure:.0%}"` of the
# map the network is surer than `{python} f"{firm:.0%}"`: its output is above `{python} f"{firm:g}"` or below
# `{python} f"{1 - firm:.1g}"`. How sure a network is of its answers is called its **confidence**.
#
# ## A walk in a straight line
#
# Where does this confidence come from, and does it go on beyond the edge of the map? Start in the middle of the
# square and walk straight ahead in a direction $u$. After a distance $t$ you are at
#
# $$x(t) = \left(\tfrac12, \tfrac12\right) + t\,u$$
#
# On the way, watch the output unit's sum $z_2$, before the sigmoid squeezes it.
#
# !!! predict "Before you scroll"
#     What shape does $z_2$ have along such a walk: a straight line, a wave, a curve that levels off? There
#     are ten hidden units. How often can it bend?

# %% tags=["remove-input"]
middle = np.array([[0.5, 0.5]])
half = 0.5**0.5
compass = {
    "right": (1, 0),
    "up and right": (half, half),
    "up": (0, 1),
    "up and left": (-half, half),
    "left": (-1, 0),
    "down and left": (-half, -half),
    "down": (0, -1),
    "down and right": (half, -half),
}
distances = np.linspace(0, 4, 401)


def along(direction):
    points = middle + distances[:, np.newaxis] * np.array(direction)
    return numpy_mlp.forward(trained, points).z[-1].ravel()


def met(direction):
    at = (-(middle @ W1 + b1) / (np.array([direction]) @ W1)).ravel()
    return np.sort(at[at > 0])


picked = ["left", "down and left", "up"]
plots.walks(
    distances,
    {name: along(compass[name]) for name in picked},
    {name: met(compass[name]) for name in picked},
    caption="A dot stands where a hinge line is crossed. Each walk bends only there, and after its last "
    "dot it is a straight line for ever.",
)

# %% tags=["remove-input"]
most = max(met(direction).size for direction in compass.values())
last = max(met(direction).max(initial=0) for direction in compass.values())
assert most <= 10

# %% [markdown]
# Each hidden unit's sum changes evenly along a straight walk, so it can pass through zero once at most.
# In other words, the walk crosses each hinge line once, or never. Where it crosses one, the unit switches on
# or off for good, and the slope of $z_2$ changes. Ten units make ten bends at most. In the eight directions
# of the compass these walks have up to `{python} f"{most}"`, the last one at a distance of
# `{python} f"{last:.1f}"`. **After the last bend nothing bends any more**, and $z_2$ rises, falls or stays as
# it is, for ever.
#
# ## The slope far away
#
# You can compute which of the three it is without a walk. With each step of length 1, the hidden units'
# sums grow by the same amounts, $uW_1$. Far out, a unit whose amount is positive is on, and passes on that
# much more with each step. A unit whose amount is negative is off. So far out $z_2$ grows with each step by
#
# $$s(u) = \mathrm{ReLU}(u W_1)\, W_2$$
#
# That is the network itself, without its biases and without the last sigmoid. If $s(u)$ is positive, the
# output goes to 1, and if it is negative, to 0. Only if it is zero does the output rest somewhere between.
# Down and left, for instance:


# %% tags=["live"]
def far_slope(direction):
    return (np.maximum(0, direction @ W1) @ W2).item()


middle = np.array([[0.5, 0.5]])
diagonal = 0.5**0.5
down_left = np.array([[-diagonal, -diagonal]])

print(f"slope far away: {far_slope(down_left):.3f}")
for steps in [1, 10, 100]:
    there = numpy_mlp.predict(trained, middle + steps * down_left).item()
    print(f"output after {steps:3} steps: {there:.3f}")

# %% tags=["remove-input"]
turn = np.linspace(0, 2 * np.pi, 3600, endpoint=False)
circle = np.column_stack([np.cos(turn), np.sin(turn)])
around = (np.maximum(0, circle @ W1) @ W2).ravel()
sectors = int((np.sign(around) != np.roll(np.sign(around), 1)).sum())
reached = numpy_mlp.predict(trained, middle + 100 * circle).ravel()
certain = 0.99
certainty = float((abs(reached - 0.5) > certain - 0.5).mean())
agrees = float(((reached > 0.5) == (around > 0)).mean())
assert agrees > 0.99
assert certainty > 0.9
for direction in compass.values():
    outward = numpy_mlp.predict(trained, middle + 100 * np.array([direction]))
    assert (outward.item() > 0.5) == (far_slope(np.array([direction])) > 0)
zooms = {
    f"from −{-low} to {high}": datasets.grid(94, low, high)
    for low, high in ((-15, 16), (-100, 101))
}
plots.maps(
    "The same network from farther away",
    {
        name: numpy_mlp.predict(trained, points)
        for name, points in zooms.items()
    },
    zooms,
    x,
    y,
    caption="From far enough away the four points look like one, the dark dot on the right, and all that is "
    "left are sectors with straight borders.",
    side=2.6,
)

# %% [markdown]
# On the farthest map only the sign of $s(u)$ is left to see. Around the circle it changes
# `{python} f"{sectors}"` times, so there are as many sectors, one of 0s and one of 1s. A hundred steps out
# the network is surer than `{python} f"{certain:.0%}"` in `{python} f"{certainty:.1%}"` of all directions,
# although no data lie anywhere near. **Far from the data, confidence comes from straight lines that have
# had room to rise or fall. It is no evidence.**

# %% [markdown]
# ## Same answers, other functions
#
# That was far from the data. Is an answer near them worth more?
#
# !!! predict "Before you scroll"
#     Take four networks that have all learned XOR, each from a different seed. How alike will their maps
#     be, inside the square and outside?

# %%
networks = {}
for seed in range(20):
    network, _ = numpy_mlp.train(numpy_mlp.initialize(seed=seed), x, y)
    right = (numpy_mlp.predict(network, x) > 0.5) == y
    if right.all() and len(networks) < 4:
        networks[f"seed {seed}"] = network

maps = {}
for name, network in networks.items():
    maps[name] = numpy_mlp.predict(network, wide)
plots.maps(
    "Four networks that all learned XOR",
    maps,
    wide,
    x,
    y,
    caption="All four are right at the four marks. Compare everything "
    "else, near the square and far from it.",
    side=2.6,
)

# %% tags=["remove-input"]
assert len(networks) == 4


def agreement(points):
    """On which share of the points all networks say the same."""
    said = [
        numpy_mlp.predict(network, points) > 0.5
        for network in networks.values()
    ]
    return float((np.ptp(np.hstack(said).astype(int), axis=1) == 0).mean())


faster = {
    name: numpy_mlp.train(
        numpy_mlp.initialize(seed=int(name.split()[1])), x, y, learning_rate=3
    )[0]
    for name in networks
}
turned = sum(
    (numpy_mlp.predict(networks[name], middle) > 0.5).item()
    != (numpy_mlp.predict(faster[name], middle) > 0.5).item()
    for name in networks
)
assert turned > 0
assert all(
    ((numpy_mlp.predict(network, x) > 0.5) == y).all()
    for network in faster.values()
)
agree, agree_inside = agreement(everywhere), agreement(datasets.grid(281))
learned = [int(name.split()[1]) for name in networks]
assert max(agree, agree_inside) < 0.9
Markdown(
    "These are the first four seeds from 0 on that learn. In [the playground](../playground.py): "
    + ", ".join(
        f"[seed {seed}]({playground.link(seed=seed, epoch=playground.EPOCHS)})"
        for seed in learned
    )
    + "."
)

# %% [markdown]
# All four agree on `{python} f"{agree_inside:.0%}"` of the square, and on `{python} f"{agree:.0%}"` of the
# wide map. Four points settle four points. Everything else, even inside the square, comes from the
# shape of the network, from the luck of its first weights, and from how it was trained. Train them with a
# learning rate of `3` instead of `1.5`, and all four are right at the four points again. Yet
# the answer in the middle of the square is now another one for `{python} f"{turned}"` of the four.
#
# ## Noise, and rows kept back
#
# So between the data and far from them, even a sure answer may be worth little. **Can you find out how much?**
# Not with XOR: it has four rows, and the network was shown them all. With more rows you can keep some back, and
# see whether the network is right on those.
#
# Measured rows are each a little off: a thermometer trembles, a form is filled in wrongly.
# What is off by chance is called **noise**. It is different in every row, so what a network learns from the noise
# of one row is of no use on another.
#
# Here is a task with noise. Two half circles, the *moons*, reach into each other, so that no line separates
# them. Then every point is moved at random.


# %% name="moons" tags=["live"]
def moons(rows, seed, noise=0.4):
    random = np.random.RandomState(seed)
    angle = np.pi * random.rand(rows, 1)
    label = 1.0 * (random.rand(rows, 1) < 0.5)
    # two columns, side by side
    upper = np.hstack([np.cos(angle) - 0.5, np.sin(angle) - 0.25])
    # the other moon is the same, turned: -upper where the label is 1
    points = np.where(label == 0, upper, -upper)
    return points + noise * random.randn(rows, 2), label


moon_x, moon_y = moons(1080, seed=1)
train_x, train_y = moon_x[:30], moon_y[:30]
validation_x, validation_y = moon_x[30:80], moon_y[30:80]
test_x, test_y = moon_x[80:], moon_y[80:]

# %% [markdown]
# The rows are **split** into three parts. Only the **training rows** move the weights. The other two parts are
# [held out](../glossary.md#held-out-data). The **validation rows** show how the training goes: their loss is
# computed in each epoch. The **test rows** are used once, when all is decided. These rows come in random order.
# Those of a file may be sorted, so shuffle them first.
#
# The network has sixteen hidden units, and consists of your own lines from [lesson
# 6](numpy-network.py#an-equation-a-line-of-code), put into three functions. Only `delta2` is another: that of
# the [cross-entropy](deeper.py#cross-entropy).


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
# The loop, too, is the one you know. New are the lines about the validation rows, and those that keep the best
# network so far. It needs no copy, because `update` returns new arrays and leaves the old ones as they are.
# `loss` is the cross-entropy, and `np.where` picks each row's $p$ for it.
#
# !!! predict "Before you run it"
#     At first both losses fall. The training loss goes on falling, as in lesson 6. What will the
#     validation loss do?


# %% name="overfitting" tags=["live"]
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

plots.loss(
    [("training rows", training), ("validation rows", validation)],
    caption="Follow both curves from left to right: where do they part?",
)

# %% tags=["remove-input"]
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

# %% [markdown]
# The validation loss is lowest at epoch `{python} stop`, with `{python} f"{validation[stop]:.2f}"`. At the
# end it is `{python} f"{validation[-1]:.2f}"`: what the network learned in between has made it worse on rows that
# it has not seen. It now has all its training rows right, but it has learned them by heart, noise and all: it
# [**overfits**](../glossary.md#overfitting).
#
# Was that bad luck with the seed? And does it have anything to do with the noise? To find out, say that a
# network overfits if its validation loss ends more than `0.1` above its lowest value, and count.

# %% tags=["remove-input"]
from xordocs.experiments.statistics import sign_test, wilson
from xordocs.nn import losses

SEEDS, CHECK, RISE = range(100), 10, 0.1
EPOCHS = len(training)
FEW, CHOSEN = len(train_x), len(train_x) + len(validation_x)


def rows_of(seed, rows, noise):
    """A seed's training, validation and test rows; more rows are only added for training."""
    first = moons(len(moon_x), seed, noise)
    more = moons(rows, 1000 + seed, noise)
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


# the share that weight decay takes, chosen on forty other seeds
DECAYS, CHOOSING = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3), range(100, 140)
choosing_rows = [rows_of(seed, FEW, 0.4) for seed in CHOOSING]
ends_at = [
    np.median(watch(choosing_rows, CHOOSING, decay)[0][-1])
    for decay in DECAYS
]
assert 0 < np.argmin(ends_at) < len(DECAYS) - 1, "the grid is too narrow"
DECAY, MORE = DECAYS[np.argmin(ends_at)], 10
assert RISE == 0.1  # as the text says
usual_rows = [rows_of(seed, FEW, 0.4) for seed in SEEDS]
watched = {
    "as above": watch(usual_rows),
    "without noise": watch([rows_of(seed, FEW, 0.0) for seed in SEEDS]),
    "ten times as many training rows": watch(
        [rows_of(seed, MORE * FEW, 0.4) for seed in SEEDS]
    ),
    "with weight decay": watch(usual_rows, decay=DECAY),
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
usual, *others = overfit.values()
assert usual > len(SEEDS) / 2 > 2 * max(others)

# %% [markdown]
# So it was not bad luck: most networks overfit. But take the noise away, give them more rows, or add weight
# decay, and most no longer do. (Some do without any noise: where rows lie far apart, there is room for corners that
# other rows do not bear out. The losses are medians, in which these few do not show.)
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
RATES, own = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0), {}
for width in (WIDTHS[0], WIDTHS[-1]):
    ends_at = [
        np.median(
            watch(choosing_rows, CHOOSING, 0.0, width, rate=rate)[0][-1]
        )
        for rate in RATES
    ]
    own[width] = RATES[np.argmin(ends_at)]
    assert RATES[0] < own[width] < RATES[-1], "the grid is too narrow"
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
# `{python} f"{longer:.3f}"`: more steps hardly help. More units do: with `{python} WIDTHS[-1]` of them it
# ends at `{python} f"{wide_one:.3f}"`. But what these learn besides does not hold for other rows:
# `{python} harder` of the twenty seeds end with a higher validation loss for `{python} WIDTHS[-1]` units than
# for one. A fair coin is so lopsided, to either side, with a probability of `{python} f"{by_chance:.1%}"`, [counted
# exactly](case.py#how-lopsided-is-chance). The bars say how far seeds differ, not how sure a median is: they do not tell
# which width is best.
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
#     But the rate is shown to matter. With `{python} WIDTHS[-1]` units, `{python} calmer` of the twenty end lower
#     at `{python} f"{own[64]:g}"` than at `1.0`.
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
#   `{python} f"{sure_at_end.mean():.0%}"`. To overfit is also to become too confident.
# - **Weight decay**: each step also takes a small share of every parameter away, so that none grows large
#   without need. One line above `update` does it:
#   `gradients = [d + decay * p for d, p in zip(gradients, network)]`. With a `decay` of
#   `{python} f"{DECAY:g}"`, `{python} overfit["with weight decay"]` of the hundred overfit. On forty other
#   seeds, this value had left the lowest median validation loss of six, from `{python} f"{DECAYS[0]:g}"` to
#   `{python} f"{DECAYS[-1]:g}"`. Other rows want another value, so choose it as you choose a learning rate.
#   (Many let the biases alone, and take the share from the weights only.)
#
# ??? note "How many could be right?"
#     The best possible rule, which knows how the moons are made, would in the long run have
#     `{python} f"{best_share:.1%}"` of such rows right. It cannot have them all: where the moons overlap, a row can come from either.
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
# ### Where does a walk bend?
#
# Write the function that found the dots in the picture of the walks. A walk starts at `start` and goes
# in the direction `direction`, both of shape `(1, 2)`. At what distance $t$ does it meet the hinge line
# of each hidden unit? A negative distance means that the line lies behind you.


# %% tags=["exercise"]
def crossings(start, direction, W1, b1):
    # each of shape (1, units)
    # the units' sums
    at_the_start = ...
    # how they grow
    with_each_step = ...
    # where each sum is zero
    return ...


# %% tags=["check"]
from xordocs.exercises import call, compare


def check():
    W1 = np.array([[1.5, -1.0, 0.5], [0.5, 1.0, -2.0]])
    b1 = np.array([[-0.5, 0.75, 3.0]])
    start = np.array([[0.5, 0.25]])
    direction = np.array([[0.6, 0.8]])
    given = (start, direction, W1, b1)
    got = call("crossings", crossings, given, "distances")
    sums = np.array([[1.5 * 0.5 + 0.5 * 0.25, -0.5 + 0.25, 0.25 - 0.5]]) + b1
    grows = np.array([[0.9 + 0.4, -0.6 + 0.8, 0.3 - 1.6]])
    compare(
        "crossings(...)",
        got,
        -sums / grows,
        "a walk there",
        [
            ("Is the bias missing?", -(sums - b1) / grows),
            ("The bias does not grow with the steps.", -sums / (grows + b1)),
            ("It is upside down: divide by what a step adds.", -grows / sums),
            ("Is the sign wrong? The sum there is zero.", sums / grows),
        ],
    )
    print("On all three hinge lines, at your distances.")


check()

# %% [markdown] tags=["hint"]
# You know the sum at the start from every forward pass: put in `start` for the inputs. What a step adds
# has no bias in it.

# %% [markdown] tags=["hint"]
# After $t$ steps the sum is what it was at the start, plus $t$ times what each step adds. For which $t$ is
# that zero?


# %% tags=["solution"]
def crossings(start, direction, W1, b1):
    at_the_start = start @ W1 + b1
    with_each_step = direction @ W1
    return -at_the_start / with_each_step


# %% [markdown]
# ### Far away with tanh units

# %% tags=["remove-input"]
from xordocs.nn.activations import TANH

smooth, _ = numpy_mlp.train(
    numpy_mlp.initialize(seed=1), x, y, activation=TANH
)
ends = middle + 100 * circle
largest = {
    "ReLU": abs(numpy_mlp.forward(trained, ends).z[-1]).max(),
    "tanh": abs(numpy_mlp.forward(smooth, ends, TANH).z[-1]).max(),
}
limit = abs(smooth[1].weights).sum() + abs(smooth[1].bias.item())
assert largest["tanh"] < limit < largest["ReLU"]

# %% [markdown]
# !!! exercise "A unit that levels off"
#     [Tanh](../glossary.md#activation) bends everywhere, and on both sides it levels off, at $-1$ and at $1$.
#     Put tanh units in the place of the ReLU units. What becomes of $z_2$ on a long walk, and what of the
#     confidence?
#
# ??? answer "Answer"
#     Each unit's output comes to rest, so $z_2$ does as well, and the network does not become surer with
#     every step. No unit passes on more than 1, so the size of $z_2$ can nowhere exceed the sizes of the
#     output unit's weights and bias, added up. For ten tanh units trained from seed 1 this limit is
#     `{python} f"{limit:.1f}"`, and a hundred steps out their $z_2$ has at most the size
#     `{python} f"{largest['tanh']:.1f}"`. With ReLU it has grown to as much as
#     `{python} f"{largest['ReLU']:.0f}"`.
#
# ### Split the rows
#
# Write the split yourself. Shuffle the rows of `x` and `y`, and keep back the last `held_out` of them. Each
# row must keep its label.


# %% tags=["exercise"]
def split(x, y, held_out, seed):
    order = np.random.RandomState(seed).permutation(len(x))
    # in this order,
    # without the last rows
    train_x, train_y = ..., ...
    # the last `held_out` rows
    test_x, test_y = ..., ...
    return train_x, train_y, test_x, test_y


# %% tags=["check"]
from xordocs.exercises import call, compare


def check():
    x = np.arange(20.0).reshape(10, 2)
    y = np.arange(10.0).reshape(10, 1)
    names = "train_x, train_y, test_x, test_y"
    got = call("split", split, (x, y, 3, 4), names)
    order = np.random.RandomState(4).permutation(10)
    other = np.random.RandomState(1).permutation(10)

    def parts(train, test):
        return x[train], y[train], x[test], y[test]

    right = parts(order[:7], order[7:])
    first = parts(order[3:], order[:3])
    plain = parts(np.arange(7), np.arange(7, 10))
    seedless = parts(other[:7], other[7:])
    whole = parts(order, order)
    for at, name in enumerate(names.split(", ")):
        compare(
            name,
            got[at],
            right[at],
            "the order of seed 4",
            [
                ("Shuffle x and y together, by `order`.", plain[at]),
                ("The last rows are kept back.", first[at]),
                ("Is the seed left unused?", seedless[at]),
                ("The rows kept back are still in it.", whole[at]),
            ],
        )
    print("Seven rows to learn from, three kept back, each with its label.")


check()

# %% [markdown] tags=["hint"]
# An array of row numbers picks rows: `x[order]` has the rows of `x` in that order. `order[-3:]` are the last
# three numbers, and `order[:-3]` are all the others.


# %% tags=["solution"]
def split(x, y, held_out, seed):
    order = np.random.RandomState(seed).permutation(len(x))
    train, test = order[:-held_out], order[-held_out:]
    return x[train], y[train], x[test], y[test]


# %% [markdown]
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
# What is an answer worth for a point that was not shown? Beyond its last hinge line a ReLU network goes on
# straight, and grows sure of its answer without evidence. Rows kept back tell you what its answers to their like
# are worth: where their loss turns up, the network overfits, and there you stop.
#
# ## Sources
#
# - I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), §5.2 and §5.3: overfitting, validation
#   rows and test rows; §7.1: weight decay; §7.8: early stopping.
# - M. Hein, M. Andriushchenko, J. Bitterwolf, "Why ReLU networks yield high-confidence predictions
#   far away from the training data and how to mitigate the problem" (2019).
