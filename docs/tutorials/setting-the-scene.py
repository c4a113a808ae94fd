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
# # Setting the scene
#
# Four points. Two of them are blue, two are orange, and no straight line can part them. That
# small puzzle is why neural networks have hidden layers.
#
# **After this page you can** write XOR as a learning problem, measure how wrong a model is, and
# show that a model without a hidden layer can do no better than a shrug.

# %% tags=["remove-input"]
from itertools import product

import numpy as np
from IPython.display import Markdown
from xordocs import datasets, playground, plots, tables
from xordocs.listings import source
from xordocs.nn import linear_regression, losses

x, y = datasets.xor()

# %% [markdown]
# ## Exclusive or
#
# Take two bits. Their *exclusive or*, XOR, is 1 when exactly one of them is 1. The whole data set
# has four rows:

# %% tags=["remove-input"]
tables.Table(
    "Exclusive or.",
    ["x₁", "x₂", "XOR"],
    [
        [f"{a:g}", f"{b:g}", f"{label:g}"]
        for (a, b), (label,) in zip(x, y, strict=True)
    ],
)

# %% [markdown]
# The package holds it as two arrays. `x` has shape `(4, 2)`: a row for each case, a column for
# each bit. `y` has shape `(4, 1)`: a row for each case, one answer.

# %% tags=["remove-input"]
source(datasets.xor)

# %% [markdown]
# ## How wrong is a guess?
#
# A model turns an input into a number, its guess $\hat{y}$. To improve, it needs to know how
# wrong the guess was. A number that says so is called a **loss**. Take one row: the truth is $1$,
# the guess is $\frac{3}{4}$. The error is
# $\frac{1}{4}$, and its square is $\frac{1}{16}$. Squaring makes no error negative, and an error twice as large
# counts four times.
#
# The **mean squared error**, the loss of most of this course, is the average of these squares over
# all $N$ rows:
#
# $$J = \frac{1}{N} \sum_{i=1}^{N} \left(y_i - \hat{y}_i\right)^2$$
#
# The notebook that this course grew from writes it as a loop, for any model `m` with weights
# `ws`. NumPy does the same in one line, for all rows at once.

# %% tags=["remove-input"]
source(losses.mse_loop, losses.mse)

# %% [markdown]
# Do the two agree? Let the model be a constant: whatever comes in, it says the value of its only
# weight.

# %%
guesses = [0.0, 0.25, 0.5, 1.0]


def constant(ws, _row):
    return ws


by_loop = [float(losses.mse_loop(ws, constant, x, y)[0]) for ws in guesses]
vectorised = [losses.mse(ws + 0 * y, y) for ws in guesses]

tables.Table(
    "The mean squared error of a constant guess, twice.",
    ["guess", "as a loop", "vectorised"],
    [
        [f"{guess:g}", f"{slow:g}", f"{fast:g}"]
        for guess, slow, fast in zip(guesses, by_loop, vectorised, strict=True)
    ],
)

# %% tags=["remove-input"]
best = min(zip(vectorised, guesses, strict=True))
worst_gap = max(abs(a - b) for a, b in zip(by_loop, vectorised, strict=True))
assert worst_gap < 1e-15
assert losses.mse(np.array([[3 / 4]]), np.array([[1.0]])) == 1 / 16
Markdown(
    f"They agree: the largest difference is {worst_gap:g}. Of these guesses {best[1]:g} is the "
    f"best, with an error of {best[0]:g}. Keep that number in mind. It is what a model gets that "
    "knows nothing of its input."
)

# %% [markdown]
# ## The best straight line
#
# Now let the guess depend on the input. The simplest way is a weighted sum with a bias:
#
# $$\hat{y} = w_1 x_1 + w_2 x_2 + b$$
#
# For this model the best weights need no search. Where $J$ is least, its slopes are zero. That
# gives linear equations (the *normal equations*), and `lstsq` finds their solution. (A line
# with `check_` in it answers a wrong argument with a clear message. You can read past it, here and
# in every later lesson.)

# %% tags=["remove-input"]
source(linear_regression.fit)

# %% [markdown]
# !!! predict "Before you scroll"
#     What will the best $w_1$, $w_2$ and $b$ be? And the error? Think of what each input alone
#     tells you about the answer.

# %%
line = linear_regression.fit(x, y)
y_hat = linear_regression.predict(line, x)
y_hat = y_hat.round(12)  # the digits after that are noise
tables.predictions(x, y, y_hat)

# %% tags=["remove-input"]
w1, w2 = line.weights.ravel().round(12) + 0.0
assert (y_hat == best[1]).all()
assert all(y[x[:, i] == bit].mean() == 0.5 for i in (0, 1) for bit in (0, 1))
Markdown(
    f"The best line has $w_1 = {w1:g}$, $w_2 = {w2:g}$ and $b = {line.bias.item():.3g}$, and its "
    f"error is {losses.mse(y_hat, y):.3g}. It ignores its input and says one half to everything: "
    "the best constant again. The reason lies in the table. Know $x_1$ alone, and the answer is "
    "still as often 0 as 1; the same for $x_2$. A weighted sum adds up what each input says "
    "alone, and alone they say nothing."
)

# %% [markdown]
# Seen from the side, that fit is a flat sheet at one half, equally far from all four answers. Lift
# three of its corners to their answers, and watch the fourth corner, and the error.

# %% tags=["remove-input"]
playground.embed("plane")

# %% [markdown]
# Seen from above, with the four points on it. There is no boundary to draw, as the output is
# never on either side of one half.

# %%
lattice = datasets.grid()
plots.contour(lattice, linear_regression.predict(line, lattice), x, y)

# %% [markdown]
# ## Not even a line with a threshold
#
# You might object that the squared error was unfair: perhaps some line has the right *sign*
# everywhere, though its values are off. None does, and four inequalities show it.
#
# !!! exercise "Four inequalities to a contradiction"
#     Suppose $w_1 x_1 + w_2 x_2 + b$ is above zero for the two cases that are 1, and below zero
#     for the two that are 0. Write the four inequalities down. Add the two for the cases that
#     are 1, then the two for the cases that are 0.
#
# ??? answer "Answer"
#     The cases that are 0 say $b < 0$ and $w_1 + w_2 + b < 0$. Their sum is
#     $w_1 + w_2 + 2b < 0$.
#
#     The cases that are 1 say $w_2 + b > 0$ and $w_1 + b > 0$. Their sum is
#     $w_1 + w_2 + 2b > 0$.
#
#     The same expression would have to be below and above zero. No such line exists.
#
# Two bits have sixteen truth tables, and a straight line is enough for nearly all of them.

# %% tags=["remove-input"]
lines = product((-1, 0, 1), (-1, 0, 1), (-1.5, -0.5, 0.5, 1.5))
parted = {tuple((x @ [a, b] + c > 0).tolist()) for a, b, c in lines}
defeating = set(product((False, True), repeat=4)) - parted
xor = tuple((y[:, 0] == 1).tolist())
assert defeating == {xor, tuple(not label for label in xor)}
playground.ask(
    "Which table other than XOR defeats a straight line, too?",
    "XNOR",
    "It is XOR's opposite: 1 when the bits are equal. Turn all signs around, and the four "
    f"inequalities are its own. For each of the other {len(parted)} tables a line is soon found: "
    "weights of −1, 0 and 1 with a bias between whole numbers will do.",
    choices=["AND", "OR", "NAND", "XNOR"],
    hints={
        "AND": "Only (1, 1) is a 1: cut off that corner of the square.",
        "OR": "Only (0, 0) is a 0: cut off that corner of the square.",
        "NAND": "Only (1, 1) is a 0: cut off that corner of the square.",
    },
)

# %% [markdown]
# ## What it takes
#
# A layer in between. It may bend the sheet, and a bent sheet can be high at two opposite corners
# and low at the other two. The [next page](by-hand.py) builds that
# layer by hand.
#
# A word on history: it is often told that Minsky and Papert's *Perceptrons* declared networks
# of several layers unable to do this. The book's theorems are about perceptrons with a single
# layer of weights that learn.
#
# ## Sources
#
# - I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), §6.1: XOR, and the linear fit
#   that says one half.
# - M. Minsky, S. Papert, *Perceptrons* (1969).
