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
# # Solve it by hand
#
# Before you let a network learn, be the network. Two hidden units are enough, and their weights
# are whole numbers small enough to carry in your head.
#
# **After this page you can** say what a hidden unit does to the plane, check a solution of XOR
# with a pencil, and explain why one hidden unit is too few.

# %% tags=["remove-input"]
import numpy as np
from IPython.display import Markdown
from xordocs import datasets, playground, plots, tables
from xordocs.nn import activations, numpy_mlp
from xordocs.nn.parameters import Layer

x, y = datasets.xor()

# %% [markdown]
# ## Count the ones
#
# Add the two inputs. The sum is 0, 1 or 2, and XOR is 1 in the middle case alone. So you want a
# function that goes up, and then down again. A weighted sum cannot turn around. Two bent ones can.
#
# A **hidden unit** is a weighted sum with a bend. The bend here is **ReLU**: it keeps a positive
# number, and makes zero of a negative one. Take two such units:
#
# - the first unit is the sum itself: $h_1 = \mathrm{ReLU}(x_1 + x_2)$;
# - the second wakes up when both are on: $h_2 = \mathrm{ReLU}(x_1 + x_2 - 1)$.
#
# Take the first, and subtract the second twice: $h_1 - 2 h_2$. As long as the second sleeps,
# that rises with the sum. Once it is awake, it falls at the same rate.
#
# In matrices, with $W$ of shape `(2, 2)`, $c$ of shape `(1, 2)` and $w$ of shape `(2, 1)`:
#
# $$W = \begin{pmatrix} 1 & 1 \\ 1 & 1 \end{pmatrix} \qquad
# c = \begin{pmatrix} 0 & -1 \end{pmatrix} \qquad
# w = \begin{pmatrix} 1 \\ -2 \end{pmatrix} \qquad b = 0$$
#
# !!! predict "Before you scroll"
#     Work out $h_1$, $h_2$ and $h_1 - 2 h_2$ for all four rows. A pencil is enough.

# %%
hidden = Layer(np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([[0.0, -1.0]]))
output = Layer(np.array([[1.0], [-2.0]]), np.array([[0.0]]))

h = activations.relu(x @ hidden.weights + hidden.bias)
z = h @ output.weights + output.bias

# %% tags=["remove-input"]
tables.Table(
    "Two units, four rows.",
    ["input", "h₁", "h₂", "h₁ − 2h₂", "XOR"],
    [
        [f"({a:g}, {b:g})", *(f"{v:g}" for v in (*units, total, label))]
        for (a, b), units, total, label in zip(
            x, h, z.ravel(), y.ravel(), strict=True
        )
    ],
)

# %% tags=["remove-input"]
assert np.array_equal(z, y)
Markdown(
    "The last two columns agree exactly. No rounding, no training: these weights *are* XOR."
)

# %% [markdown]
# ## The plane, bent
#
# Look at where the hidden layer puts the points. Left, the four points as they are: no line parts
# the discs from the squares. Right, the same points in the coordinates $(h_1, h_2)$.
#
# !!! predict "Before you scroll"
#     Take $h_1$ and $h_2$ from the table, and mark the four points on paper. How many marks do you
#     get? Can a line part them now?

# %%
plots.folded(x, h, y, output)

# %% tags=["remove-input"]
assert np.array_equal(h[1], h[2])
Markdown(
    "The two squares have become one point. Both units look at the sum of the inputs alone, which lays the squares on top of each other, "
    "and the second unit bends the far end up. Now a straight line does it. That is all a hidden layer is for: to move the "
    "points to where a line can part them."
)

# %% [markdown]
# Now place the hinges yourself. A unit's **hinge** is the line where its sum is zero: on one side
# the unit sleeps, on the other its output rises, and has come to one at the knob with its name. The
# output still adds up $h_1 - 2 h_2$, but both hinges lie in the wrong place. Move them until the
# thick line, where that sum is one half, parts the discs from the squares.

# %% tags=["remove-input"]
wrong = Layer(np.array([[2.0, 0.0], [0.0, 2.0]]), np.array([[-0.5, -0.5]]))
playground.embed(
    "hinges",
    "space",
    weights=[wrong, Layer(output.weights, np.array([[-0.5]]))],
)

# %% [markdown]
# ## The same in our network
#
# The [network of the next pages](numpy-network.py) puts a **sigmoid** on top, an S-shaped curve from 0 to 1
# that is one half at zero. Its boundary lies where that sum is zero, so shift the sum down by a
# half, and turn it up so that the sigmoid is sure of itself:

# %%
sure = Layer(20 * output.weights, np.array([[-10.0]]))
y_hat = numpy_mlp.predict([hidden, sure], x)
tables.predictions(x, y, y_hat)

# %%
lattice = datasets.grid()
plots.contour(lattice, numpy_mlp.predict([hidden, sure], lattice), x, y)

# %% tags=["remove-input"]
cuts = np.array([[0.5, 0.0], [0.0, 0.5], [1.5, 0.0], [0.5, 1.0]])
assert abs(y_hat - y).max() < 1e-4
assert np.allclose(numpy_mlp.predict([hidden, sure], cuts), 1 / 2)
Markdown(
    f"No output is further than {abs(y_hat - y).max():.0e} from the truth. The square is cut by "
    f"two parallel lines, $x_1 + x_2 = {cuts[0].sum():g}$ and $x_1 + x_2 = {cuts[-1].sum():g}$: one "
    "where $h_1$ has grown enough, one where $h_2$ has taken it back. Nothing tells a network that "
    "learns to make the same cuts. Compare with "
    "[one that did learn](numpy-network.py#what-came-out)."
)

# %% [markdown]
# ## Exercises
#
# !!! exercise "One unit is not enough"
#     Show that a network with a single hidden ReLU unit cannot compute XOR, whatever its weights.
#
# ??? answer "Answer"
#     Let the unit's sum be $s = w_1 x_1 + w_2 x_2 + c$. Everything after it is a function of $s$
#     alone, and a function that only ever rises with $s$ or only ever falls (ReLU rises or stays,
#     the output weight keeps or flips the direction, the sigmoid rises). So the output is above
#     one half exactly when $s$ is beyond some threshold: on one side of a straight line. And
#     [no straight line will do](setting-the-scene.py#not-even-a-line-with-a-threshold).
#
# !!! exercise "Another solution"
#     Let one unit fire for $(0, 1)$ alone, and one for $(1, 0)$ alone. Which weights?

# %% tags=["remove-input"]
other = Layer(np.array([[-1.0, 1.0], [1.0, -1.0]]), np.zeros((1, 2)))
summed = activations.relu(x @ other.weights + other.bias) @ np.ones((2, 1))
assert np.array_equal(summed, y)
Markdown(
    '??? answer "Answer"\n'
    "    $h_1 = \\mathrm{ReLU}(x_2 - x_1)$ and $h_2 = \\mathrm{ReLU}(x_1 - x_2)$, and the output "
    "is their sum. For the four rows that gives "
    f"{', '.join(f'{value:g}' for value in summed.ravel())}, which is XOR. This one folds the plane "
    "along its diagonal. There are many solutions, and training finds one of them."
)

# %% [markdown]
# ## Sources
#
# - I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), §6.1: the solution with two
#   units, and the folded space.
