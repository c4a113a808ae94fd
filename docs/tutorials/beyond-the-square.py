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
# # What has it learned?
#
# The network is right at four points. Nobody told it about any other. This page looks at what it
# says everywhere else.
#
# **After this page you can** read a network's surface beyond its data, say how a ReLU network
# extrapolates, and explain why four right answers do not pin down a function.

# %% tags=["remove-input"]
import numpy as np
from IPython.display import Markdown
from xordocs import datasets, playground, plots, tables
from xordocs.experiments.census import census
from xordocs.nn import losses, numpy_mlp
from xordocs.nn.activations import TANH

x, y = datasets.xor()

# %%
trained, _ = numpy_mlp.train(numpy_mlp.initialize(seed=1), x, y)

# %% [markdown]
# ## Beyond the square
#
# !!! predict "Before you scroll"
#     You know the picture [within the square](numpy-network.py#what-came-out). What will it look
#     like from $-3$ to $4$ in both directions? A chessboard? Two bands? And far out: one half, or
#     a firm 0 or 1?

# %%
wide = datasets.grid(50, low=-3, high=4)
plots.contour(wide, numpy_mlp.predict(trained, wide), x, y)

# %%
plots.surface(wide, numpy_mlp.predict(trained, wide))

# %% tags=["remove-input"]
output = numpy_mlp.predict(trained, wide)
square = output.reshape(50, 50) > 0.5
rim = [*square[0], *square[1:, -1], *square[-1, -2::-1], *square[-2:0:-1, 0]]
changes = int((np.array(rim) != np.roll(rim, 1)).sum())
ridge = numpy_mlp.predict(trained, np.linspace([-3, 4], [4, -3]))
firm = 0.9
assert ridge.min() > 0.5
assert changes == 4
Markdown(
    "Neither a chessboard nor two bands. The 1s are one region, joined across the middle of the "
    "square, and on this map a region of 0s lies on either side of it: around the rim the answer "
    f"changes {changes} times. The borders are made of straight pieces. On "
    f"{(abs(output - 0.5) > firm - 0.5).mean():.0%} of the map the network is surer than {firm:.0%}."
)

# %% [markdown]
# ## Straight ahead, for ever
#
# Walk away from the data in a straight line. Each hinge line is crossed at most once; after the
# last one, nothing bends any more, and the sum in front of the sigmoid goes on as a straight line.
# So far from the data there are only three things it can do: rise, fall, or stay. The output goes
# to 1, to 0, or rests at some value in between.

# %%
directions = {
    "right": (1, 0),
    "up": (0, 1),
    "left": (-1, 0),
    "down": (0, -1),
    "up and right": (1, 1),
    "down and left": (-1, -1),
    "down and right": (1, -1),
    "up and left": (-1, 1),
}
distances = [1, 10, 100]
start = np.array([0.5, 0.5])
walks = {
    name: numpy_mlp.predict(
        trained, np.array([start + d * np.array(step) for d in distances])
    ).ravel()
    for name, step in directions.items()
}
tables.Table(
    "The output on the way out from the middle of the square.",
    ["direction", *(f"{d} step{'s' * (d > 1)}" for d in distances)],
    [
        [name, *(f"{value:.4f}" for value in values)]
        for name, values in walks.items()
    ],
)

# %% tags=["remove-input"]
far = np.array([values[-1] for values in walks.values()])
certain = 0.99
sure = int(((far < 1 - certain) | (far > certain)).sum())
Markdown(
    f"In {sure} of these {len(far)} directions the network is surer than {certain:.0%} at the far end, of "
    "things that it has never seen. Confidence there is a property of straight lines, and no "
    "evidence of anything."
)

# %% [markdown]
# Follow one of these walks, down and left, beyond the edge of the map:

# %%
steps = np.array([-1, -3, -5, -9])
pocket = numpy_mlp.predict(trained, np.column_stack([steps, steps])).ravel()

# %% tags=["remove-input"]
assert (np.diff(pocket) > 0).all()
assert pocket[1] < 1 / 2 < pocket[2]
Markdown(
    "The output rises all the way: "
    + ", ".join(
        f"{value:.2f} at ({step}, {step})"
        for step, value in zip(steps, pocket, strict=True)
    )
    + ". So the 0s of that corner are a pocket, closed beyond the edge of the map. A map shows what "
    "is on it."
)

# %% [markdown]
# ## Same answers, other functions
#
# !!! predict "Before you scroll"
#     Take six seeds that all learned XOR. How alike will their maps be, inside the square and
#     outside?

# %%
counted = census(range(20))
learned = counted.seeds[counted.solved][:6].tolist()
networks = {
    f"seed {seed}": numpy_mlp.train(numpy_mlp.initialize(seed=seed), x, y)[0]
    for seed in learned
}
maps = {
    name: numpy_mlp.predict(network, wide) for name, network in networks.items()
}
plots.maps("Six networks that all learned XOR", maps, wide, x, y)

# %% tags=["remove-input"]
Markdown(
    "In [the playground](../playground.py): "
    + ", ".join(
        f"[seed {seed}]({playground.link(seed=seed, epoch=playground.EPOCHS)})"
        for seed in learned
    )
    + "."
)

# %% tags=["remove-input"]
assert len(networks) == 6
for network in networks.values():
    assert losses.accuracy(numpy_mlp.predict(network, x), y) == 1


def agreement(points):
    """On which share of the points all networks say the same."""
    said = [
        numpy_mlp.predict(network, points) > 0.5
        for network in networks.values()
    ]
    return float((np.ptp(np.hstack(said).astype(int), axis=1) == 0).mean())


agree, agree_inside = agreement(wide), agreement(datasets.grid())
assert agree_inside < 0.9
Markdown(
    "All six are right at the four corners. They agree with one another on "
    f"{agree_inside:.0%} of the square between them, and on {agree:.0%} of the wide map. Four points settle "
    "four points. Everything else, inside the square as well, is the shape of the network, and the "
    "luck of the start."
)

# %% [markdown]
# ## The shape of the unit
#
# A tanh unit bends everywhere and has no corner, and it levels off in both directions. So the
# borders are curves, and far out the sum in front of the sigmoid levels off as well.

# %%
round_units, _ = numpy_mlp.train(
    numpy_mlp.initialize(seed=1), x, y, activation=TANH
)
plots.contour(wide, numpy_mlp.predict(round_units, wide, TANH), x, y)

# %% tags=["remove-input"]
ends = start + distances[-1] * np.array(list(directions.values()))
sums = {
    "ReLU": abs(numpy_mlp.forward(trained, ends).z[-1]).max(),
    "tanh": abs(numpy_mlp.forward(round_units, ends, TANH).z[-1]).max(),
}
limit = abs(round_units[1].weights).sum() + abs(round_units[1].bias.item())
assert sums["tanh"] < limit < sums["ReLU"]
Markdown(
    f"At the far end of the eight walks above ReLU's sum has grown to {sums['ReLU']:.0f}, and "
    f"tanh's is {sums['tanh']:.1f} at most. Nowhere can it exceed the sizes of the output unit's weights and bias, "
    f"added up: {limit:.1f}."
)

# %% [markdown]
# ## Exercises
#
# !!! exercise "Where does it extrapolate?"
#     Look at the first map of this page. Name a point outside the square where you would trust
#     the network, if you believe that XOR of real numbers means "closer to one of the squares than
#     to a disc". Then check.

# %% tags=["remove-input"]
asked = np.array(
    [[-0.2, 1.2], [2.0, 0.0], [2.0, 2.0], [-1.0, -1.0], [-9.0, -9.0]]
)
said = numpy_mlp.predict(trained, asked).ravel()
to = np.hypot(*(asked[:, np.newaxis] - x).transpose(2, 0, 1))
nearest = y[to.argmin(axis=1)].ravel()
agrees = (said > 0.5) == nearest
assert agrees.tolist() == [True, True, True, True, False]
Markdown(
    '??? answer "Answer"\n    '
    + "; ".join(
        f"({a:g}, {b:g}): the nearest point is {label:g}, the network says {value:.3f}"
        for (a, b), label, value in zip(asked, nearest, said, strict=True)
    )
    + f". It agrees in {agrees.sum()} of {len(said)} cases. The miss is the last one: it lies "
    "beyond the pocket of 0s at the lower left, where the sum has risen above zero again."
)

# %% [markdown]
# !!! exercise "How many pieces?"
#     A line cuts the plane in two. Ten lines in general position cut it into how many pieces? That
#     is the most linear pieces the network's sum can have.

# %% tags=["remove-input"]
lines = 10
pieces = 1 + sum(range(1, lines + 1))
assert pieces == 1 + lines * (lines + 1) // 2
Markdown(
    '??? answer "Answer"\n'
    "    Each new line crosses all earlier ones, and adds one piece more than it has crossings: "
    "$1 + 1 + 2 + \\dots + n$, which is $1 + \\frac{n(n + 1)}{2}$. For ten lines that is "
    f"{pieces}."
)

# %% [markdown]
# ## Sources
#
# - G. Montúfar, R. Pascanu, K. Cho, Y. Bengio, "On the number of linear regions of deep neural
#   networks" (2014).
# - M. Hein, M. Andriushchenko, J. Bitterwolf, "Why ReLU networks yield high-confidence predictions
#   far away from the training data" (2019).
