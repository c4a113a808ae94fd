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
# You know how often a network learns XOR. But what has it learned? It is right at the four points that it was shown.
# Yet it has an answer for every other point, too, and often a very sure one. **What is an answer worth for a point
# that the network was not shown?** This is all that you have seen of it, the four points and a little around them.
# Point at a place, and read the output there: the nearer it is to 0 or to 1, the surer the network.

# %% tags=["remove-input"]
from xordocs import playground, plots

playground.embed("map", seed=1, epoch=500)

# %% [markdown]
# Look inside: where does XOR's network get its answers from, far from its four points and between them? Then take a
# task with more rows, keep some of them back, and let these be the judge.
#
# **After this lesson you can** say why a sure answer far from the data is no evidence, and what four points settle
# and leave open. You can split rows into those to learn from and those kept back, and see from two curves that a
# network learns its rows by heart.
#
# **You need** the [network in NumPy](numpy-network.py), and from [Solve it by hand](by-hand.py) the hinge line, on
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
start = numpy_mlp.initialize(hidden_layers=(10,), seed=1)
trained, history = numpy_mlp.train(start, x, y, learning_rate=1.5, epochs=500)
W1, b1 = trained[0]
W2, b2 = trained[1]

# %% [markdown]
# !!! predict "Before you scroll"
#     You know the map around the four points. What will it look like from
#     $-3$ to $4$ in both directions? A chessboard? Two bands? And near the rim: one half, or a firm 0
#     or 1?

# %% tags=["remove-input", "hide-output"]
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
from xordocs import tables

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
# <div class="xd-then" markdown>
#
# It is neither a chessboard nor two bands. The points for which the network says 1 form a single region that
# runs through the middle of the square, with a region of 0s on either side. On `{python} f"{sure:.0%}"` of the
# map the network is more than `{python} f"{firm:.0%}"` sure: its output is above `{python} f"{firm:g}"` or below
# `{python} f"{1 - firm:.1g}"`.
#
# </div>
#
# How sure a network is of its answers is called its **confidence**. To answer far from all the rows that were learned
# is to **extrapolate**.
#
# ## A walk in a straight line
#
# Where does this confidence come from, and does it go on beyond the edge of the map? Start in the middle of the
# square and walk straight ahead in a direction $u$, which has length 1. After a distance $t$ you are at
#
# $$x(t) = \left(\tfrac12, \tfrac12\right) + t\,u$$
#
# On the way, watch the output unit's sum $z_2$, before the sigmoid squeezes it.
#
# !!! predict "Before you scroll"
#     What shape does $z_2$ have along such a walk: a straight line, a wave, a curve that levels off? There
#     are ten hidden units. How often can it bend?

# %% tags=["remove-input", "hide-output"]
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


def along(direction):
    points = middle + distances[:, np.newaxis] * np.array(direction)
    return numpy_mlp.forward(trained, points).z[-1].ravel()


def met(direction):
    at = (-(middle @ W1 + b1) / (np.array([direction]) @ W1)).ravel()
    return np.sort(at[at > 0])


picked = ["left", "down and left", "up"]
# between two bends the sum is a straight line
bends = [met(compass[name]) for name in picked]
distances = np.unique([0, *np.concatenate(bends), 2.5])
plots.walks(
    distances,
    {name: along(compass[name]) for name in picked},
    {name: met(compass[name]) for name in picked},
    {name: middle + np.outer(distances, compass[name]) for name in picked},
    wide,
    output,
    caption="Above the three walks on the map, below the sum on the way. A dot stands where a hinge line is "
    "crossed; where several lie close together, several hinge lines are crossed there. Each sum bends only at dots, and "
    "after its last dot it is a straight line for ever.",
)

# %% tags=["remove-input"]
assert all(met(compass[name]).max() < distances[-1] for name in picked)
most = max(met(direction).size for direction in compass.values())
last = max(met(direction).max(initial=0) for direction in compass.values())
assert most <= 10
close = np.diff(met(compass["down and left"])) < 0.01  # of the walk's length
assert most == met(compass["down and left"]).size
assert close.sum() >= 3

# %% [markdown]
# <div class="xd-then" markdown>
#
# Along a straight walk each hidden unit's sum changes evenly, so it passes through zero once at most. There the walk
# crosses the unit's hinge line, the unit switches on or off for good, and the slope of $z_2$ changes. Ten units make
# ten bends at most. In the eight directions of the compass, of which three are drawn, up to `{python} f"{most}"` hinge
# lines are crossed, the last one at a distance of `{python} f"{last:.1f}"`; several of these bends are too slight, or
# too close together, to be seen. **After the last one nothing bends any more**: $z_2$ rises, falls or stays as it
# is, for ever.
#
# </div>
#
# ## The slope far away
#
# You can compute which of the three it is without a walk. In each step of length 1, a hidden unit's sum grows by a
# fixed amount, its entry in $uW_1$. Far out, units with a positive amount are on, and pass on that much more in each
# step. Those with a negative amount are off. So far out $z_2$ grows with each step by
#
# $$s(u) = \mathrm{ReLU}(u W_1)\, W_2$$
#
# That is the network itself, without its biases and without the last sigmoid. If $s(u)$ is positive, the
# output goes to 1, and if it is negative, to 0. Only if it is zero does the output rest somewhere between.
# Down and left, for instance (`.item()` takes the one number out of an array):


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
assert sectors == 2
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
    side=2.2,
)

# %% [markdown]
# On the farthest map only the sign of $s(u)$ is left to see. Around the circle it changes twice, so there are two
# sectors, one of 0s and one of 1s. A hundred steps out the network is more than `{python} f"{certain:.0%}"` sure in
# `{python} f"{certainty:.1%}"` of all directions, although no data lie anywhere near. **Far from the data, confidence
# comes from straight lines that have had room to rise or fall. It is no evidence.** So ask of a new row whether there
# were training rows near it. Or would it help to ask several networks?

# %% [markdown]
# ## Same answers, other functions
#
# !!! predict "Before you scroll"
#     Take four networks that have all learned XOR, each from a different seed. How alike will their maps
#     be, inside the square and outside?

# %%
# each with ten units, at a rate of 1.5, for five hundred epochs
networks = {}
for seed in range(20):
    network, _ = numpy_mlp.train(numpy_mlp.initialize(seed=seed), x, y)
    right = (numpy_mlp.predict(network, x) > 0.5) == y
    if right.all() and len(networks) < 4:
        networks[f"seed {seed}"] = network

# %% tags=["remove-input"]
plots.maps(
    "Four networks that all learned XOR",
    {name: numpy_mlp.predict(one, wide) for name, one in networks.items()},
    wide,
    x,
    y,
    caption="All four are right at the four marks. Compare everything "
    "else, near the square and far from it.",
    side=1.9,
)

# %% tags=["remove-input"]
assert len(networks) == 4


def answers(points):
    """What each of the networks says, ``(points, networks)``."""
    return np.hstack([numpy_mlp.predict(one, points) for one in networks.values()])  # fmt: skip


def agreement(said):
    """On which share of the points all networks say the same."""
    return float((np.ptp((said > 0.5).astype(int), axis=1) == 0).mean())


def contradicted(said):
    """On which share of them one is sure of an answer and another of its opposite."""
    return ((said.max(axis=1) > 0.9) & (said.min(axis=1) < 0.1)).mean()


def all_sure(said):
    """On which share of them all are sure of the same answer."""
    return ((said.min(axis=1) > 0.9) | (said.max(axis=1) < 0.1)).mean()


faster = {
    name: numpy_mlp.train(
        numpy_mlp.initialize(seed=int(name.split()[1])), x, y, learning_rate=3
    )[0]
    for name in networks
}
middles = {
    rate: [
        numpy_mlp.predict(one, middle).item() for one in trained_at.values()
    ]
    for rate, trained_at in ((1.5, networks), (3, faster))
}
turned = sum(
    (a > 0.5) != (b > 0.5) for a, b in zip(*middles.values(), strict=True)
)
assert turned == 1
assert all(
    ((numpy_mlp.predict(network, x) > 0.5) == y).all()
    for network in faster.values()
)
within, wider = answers(datasets.grid(281)), answers(everywhere)
agree, agree_inside = agreement(wider), agreement(within)
together = all_sure(wider[abs(everywhere - 0.5).max(axis=1) > 1])
assert together > 0.4
sure_inside, sure_outside = contradicted(within), contradicted(wider)
assert sure_inside < 0.001 < 0.05 < sure_outside
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
# All four give the same answer, 0 or 1, on `{python} f"{agree_inside:.0%}"` of the square, and on
# `{python} f"{agree:.0%}"` of the wide map. Four points settle four points. Everything else, even inside the square,
# comes from the shape of the network, from the luck of its first weights, and from how it was trained. With a
# learning rate of `3` instead of `1.5`, all four are right at the four points again. But in the middle of the square
# one of the four now gives the other answer:

# %% tags=["remove-input"]
tables.Table(
    "The output in the middle of the square, for the same first weights and two learning rates.",
    ["", *(f"rate {rate:g}" for rate in middles)],
    [
        [name, *(f"{outputs[at]:.2f}" for outputs in middles.values())]
        for at, name in enumerate(networks)
    ],
)

# %% [markdown]
# So between the data the answers differ, though seldom where they are sure. Far away even sure answers contradict
# each other: on `{python} f"{sure_outside:.0%}"` of the wide map one network is more than `{python} f"{0.9:.0%}"`
# sure of a 1 and another of a 0. That is a warning. Agreement, on the other hand, proves nothing: outside the square
# from −½ to 1½, farther than ½ from every row, all four are that sure of the same answer at
# `{python} f"{together:.0%}"` of the points. **Can you find out what an answer is worth?** Not with XOR: it has four
# rows, and the network was shown them all.
#
# !!! note "A good place to stop for today"
#     You know what an answer far from the data is worth. What follows is about answers near them.
#
# ## Rows kept back
#
# Here is a task of which you can have as many rows as you like. Two half circles, the *moons*, reach into each other,
# so that no line separates them. Then each point is moved at random, because measured rows have errors: a thermometer
# is not exact, a form is filled in wrongly. Errors by chance are called **noise**. Here there is much of it. It is
# different in every row, so what a network learns from the noise of one row is of no use on another. `datasets.moons`
# makes as many such points as you ask for.

# %% name="moons" tags=["live"]
moon_x, moon_y = datasets.moons(120, seed=1)
train_x, train_y = moon_x[:20], moon_y[:20]
held_x, held_y = moon_x[20:], moon_y[20:]

# %% [markdown]
# The rows are **split** in two. From the first twenty, the **training rows**, a network learns. The other hundred
# are kept back, or [held out](../glossary.md#held-out-data): they move no weight, and after each step the network is
# asked about them.

# %% tags=["remove-input"]
around_them = datasets.grid(9, -1.9, 1.9)
plots.maps(
    "The training rows",
    {f"{len(train_x)} rows": np.full((len(around_them), 1), 0.5)},
    around_them,
    train_x,
    train_y,
    caption="Where would you draw the boundary? And would you go out of your way for the lone square at the top?",
    side=2.8,
    names=("x₁", "x₂"),
)

# %% [markdown]
# !!! predict "Before you run it"
#     At first the loss falls on both. On the training rows it goes on falling, as in lesson 6. What will it do on the
#     rows kept back?


# %% name="overfitting" tags=["live", "hide-output"] caption="Follow both curves from left to right: where do they part?"
from xordocs import plots


def loss(network, x, y):
    y_hat = numpy_mlp.predict(network, x)
    return ((y_hat - y) ** 2).mean()


network = numpy_mlp.initialize((12,), seed=1)
training, kept_back = [], []
for epoch in range(300):
    training.append(loss(network, train_x, train_y))
    kept_back.append(loss(network, held_x, held_y))
    network, _ = numpy_mlp.train(network, train_x, train_y, 1.5, epochs=1)

plots.loss([("training rows", training), ("rows kept back", kept_back)])

# %% tags=["remove-input", "hide-output"]
from xordocs.experiments.statistics import wilson

lowest = int(np.argmin(kept_back))
at_lowest, _ = numpy_mlp.train(
    numpy_mlp.initialize((12,), seed=1), train_x, train_y, epochs=lowest
)
assert loss(at_lowest, held_x, held_y) == kept_back[lowest]
assert 0 < lowest < len(training) / 10
assert kept_back[-1] > 1.4 * kept_back[lowest]
assert training[-1] < training[lowest] / 2
lattice = datasets.grid(49, -2.7, 2.7)
pale_early, pale_late = (
    (abs(numpy_mlp.predict(one, lattice) - 0.5) < 0.3).mean()
    for one in (at_lowest, network)
)
assert pale_late < pale_early / 2 < 1 / 4


def in_region(x, y):
    """The labels of the rows at the upper left that are now taken for squares."""
    is_there = (numpy_mlp.predict(network, x) > 0.5)[:, 0] & (
        x[:, 1] > x[:, 0]
    )
    return y[is_there & (numpy_mlp.predict(at_lowest, x) < 0.5)[:, 0]]


assert in_region(train_x, train_y).tolist() == [[1.0]]
its_discs = in_region(held_x, held_y)
assert len(its_discs) > 1
assert not its_discs.any()
panels, marks = {}, ({}, {})
for rows, its_x, its_y in (
    ("training rows", train_x, train_y),
    ("rows kept back", held_x, held_y),
):
    for epoch, one in ((lowest, at_lowest), (len(training), network)):
        if its_x is held_x and one is at_lowest:
            continue
        panel = f"epoch {epoch}:\n{rows}"
        panels[panel] = numpy_mlp.predict(one, lattice)
        marks[0][panel], marks[1][panel] = its_x, its_y
plots.maps(
    "The same network, early and late",
    panels,
    lattice,
    *marks,
    caption="Early, the decision boundary runs between the moons. Later a second region has grown, only to reach the lone "
    "square at the top, and the colours are stronger nearly everywhere. On the right are the rows kept back: "
    f"{len(its_discs)} discs lie in that region, and are now wrong.",
    side=1.9,
    names=("x₁", "x₂"),
)


# %% tags=["remove-input"]
def right_of(network, x, y):
    return int(((numpy_mlp.predict(network, x) > 0.5) == y).sum())


def right_rows(network):
    return (numpy_mlp.predict(network, held_x) > 0.5) == held_y


by_heart = right_of(network, train_x, train_y)
early, late = (right_of(one, held_x, held_y) for one in (at_lowest, network))
same = int(max(held_y.sum(), (1 - held_y).sum()))
assert late > same
bounds = wilson(late, len(held_y))
assert bounds[0] > 1 / 2
assert by_heart > right_of(at_lowest, train_x, train_y)
assert late < early
unlike = right_rows(at_lowest) != right_rows(network)
differ = int(unlike.sum())
low, high = wilson(int(right_rows(at_lowest)[unlike].sum()), differ)
assert low < 1 / 2 < high


def sureness(network):
    """How sure it is on average of its answers to the rows kept back."""
    y_hat = numpy_mlp.predict(network, held_x)
    return np.maximum(y_hat, 1 - y_hat).mean()


sure_early, sure_late = sureness(at_lowest), sureness(network)
share_early, share_late = early / len(held_y), late / len(held_y)
assert abs(sure_early - share_early) < 0.1 < sure_late - share_late
RISE, SEEDS = 0.02, range(1, 21)


def overfits(seed, noise):
    """Whether the loss on a seed's own rows kept back ends well above its lowest."""
    x, y = datasets.moons(len(moon_x), seed, noise)
    network, kept_back = numpy_mlp.initialize((12,), seed), []
    for _ in training:
        kept_back.append(loss(network, x[20:], y[20:]))
        network, _ = numpy_mlp.train(network, x[:20], y[:20], epochs=1)
    return kept_back[-1] - min(kept_back) > RISE


noisy, clean = (
    sum(overfits(seed, noise) for seed in SEEDS) for noise in (0.4, 0.0)
)
assert overfits(1, 0.4)
assert wilson(clean, len(SEEDS))[1] < wilson(noisy, len(SEEDS))[0]

# %% [markdown]
# On the rows kept back the loss is lowest at epoch `{python} lowest`, with `{python} f"{kept_back[lowest]:.3f}"`. At
# the end it is `{python} f"{kept_back[-1]:.3f}"`: what the network learned in between has raised its loss on rows
# that it has not seen. Of its twenty training rows it now has `{python} by_heart` right, at epoch `{python} lowest`
# it had `{python} right_of(at_lowest, train_x, train_y)`. What it has learned since is these rows, noise and all: it
# [**overfits**](../glossary.md#overfitting).
#
# Was that bad luck with the seed? Say that a network overfits if this loss ends more than `0.02` above its lowest
# value. Of twenty seeds, each with points and first weights of its own, `{python} noisy` overfit. Without the noise
# `{python} clean or "none"` of these twenty `{python} "do" if clean > 1 else "does"`. (In [another
# setting](rows-kept-back.py#training-validation-test) some do.) Nor could any rule be right about all
# new points where noise has mixed the moons.
#
# And now you can say what an answer is worth. At the end `{python} late` of the `{python} len(held_y)` rows kept back
# are right; always giving the same answer would get `{python} same`. So about `{python} f"{late / len(held_y):.0%}"` of
# its answers to such points should be right, with an [interval](census.py#how-sure-is-that) from
# `{python} f"{bounds[0]:.0%}"` to `{python} f"{bounds[1]:.0%}"`. About points far from all rows, this says nothing.
#
# Have its answers become worse? At epoch `{python} lowest` it had `{python} early` right, but the two differ on
# `{python} differ` rows, too few to [tell which is
# better](census.py#rule-3-decided-by-the-seeds-on-which-they-differ). **Here overfitting shows in the confidence**,
# which is $\hat{y}$ or $1 - \hat{y}$, whichever is larger. At epoch `{python} lowest` the network is
# `{python} f"{sure_early:.0%}"` sure on average, and right on `{python} f"{share_early:.0%}"` of these rows. At the
# end it is `{python} f"{sure_late:.0%}"` sure, and right on `{python} f"{share_late:.0%}"`.
#
# (Epoch `{python} lowest` was picked by looking at these rows, so its score is a little too good. [*Rows kept
# back*](rows-kept-back.py) uses a third set of rows to avoid that, and shows what helps.)
#
# ## Exercises
#
# ### Split the rows
#
# The points of the moons came in random order. Rows of a file may be sorted, so write a split that shuffles them
# first, and keeps back the last `held_out` of them. Each row must keep its label.


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
# ### Where does a walk bend?
#
# Write the function that found the dots in the picture of the walks. A walk starts at `start` and goes
# in the direction `direction`, both of shape `(1, 2)`. At what distance $t$ does it meet the hinge line
# of each hidden unit? A negative distance means that the line lies behind you. (A walk along a hinge line never meets
# it, and you would divide by 0; the check has no such walk.)


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

# %% [markdown]
# ## In short
#
# What is an answer worth for a point that was not shown? Beyond its last hinge line a ReLU network goes on straight,
# and grows sure of its answer without evidence. Four points settle four answers; the rest comes from the network's
# shape, its first weights and its training. Rows kept back tell you what its answers to similar rows are worth, and
# when it begins to learn by heart. What helps against that is counted [in an encore](rows-kept-back.py).
#
# Next: [write a network of your own](from-a-blank-file.py).
#
# ## Sources
#
# - M. Hein, M. Andriushchenko, J. Bitterwolf, "Why ReLU networks yield high-confidence predictions
#   far away from the training data and how to mitigate the problem" (2019).
# - I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), §5.2: overfitting, and rows that are kept back.
