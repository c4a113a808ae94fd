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
# picture: The four points before and after the hidden layer
# ---

# %% [markdown]
# # Solve it by hand
#
# Before you let a network learn, be the network yourself. For XOR it needs two hidden units, and you can
# find all nine of its parameters with a pencil: whole numbers will do.
#
# Try it before you know how. Two lines cross the square, one for each hidden unit. **Drag them until each of the four
# points stands on its own colour**, squares on orange and discs on blue. Each line has two knobs: drag its 0 to move
# it, and its 1 to turn it. Where neither line acts, the map is blue. From line A towards its 1 there is a push to
# orange, the stronger the farther you go. Line B pushes back to blue, twice as strongly. On its other side a line
# does nothing; where both act, their pushes add. On the thick line they balance, and the colour changes. If you give
# up after a minute or two, good: at the end of this lesson you will know where the lines have to lie, and why.

# %% tags=["remove-input"]
import numpy as np
from xordocs import playground
from xordocs.nn.parameters import Layer

playground.embed(
    "hinges",
    weights=[
        Layer(np.array([[0.0, -2.0], [2.0, -0.5]]), np.array([[-0.6, 1.9]])),
        Layer(np.array([[1.0], [-2.0]]), np.array([[-0.5]])),
    ],
)

# %% [markdown]
# **After this lesson you can** say what a hidden unit does to the plane, draw ReLU and the sigmoid,
# check a solution of XOR by hand, write it in three lines of NumPy, and explain why one hidden unit
# is too few.
#
# **You need** [lesson 1](setting-the-scene.py): the linear model, and the product `x @ w` that
# computes it for all rows at once.
#
# ## A line that bends
#
# Count the ones. The sum $x_1 + x_2$ is 0, 1 or 2, and XOR is 1 only in the middle case. So you want a
# function of the sum that goes up and then down again. A weighted sum never turns around, so it needs a
# bend. The bend of this course is the **rectified linear unit**, or **ReLU**; many large networks use it or one of its
# smoother relatives:
#
# $$\mathrm{ReLU}(z) = \max(0, z)$$
#
# It keeps positive numbers and replaces negative ones by 0. In NumPy it is `np.maximum(0, z)`, which
# compares each number of an array with 0 and takes the larger of the two:

# %% name="relu" tags=["live"]
import numpy as np

z = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])

print(np.maximum(0, z))

# %% tags=["remove-input"]
from IPython.display import Markdown
from xordocs import datasets, plots, tables
from xordocs.nn import numpy_mlp
from xordocs.nn.parameters import Layer

sums = np.linspace(-3, 3, 61)
plots.functions(
    "ReLU",
    sums,
    {"ReLU(z)": np.maximum(0, sums)},
    caption="Two straight pieces with a bend at 0. On the left every number "
    "becomes 0, and on the right it passes unchanged.",
)

# %% [markdown]
# A **hidden unit** is a weighted sum with a bias, followed by such a bend. The function that bends
# the sum is called the unit's **activation**; here it is ReLU. The unit is called hidden because it
# stands between the inputs and the output, and no label says what its value should be. A unit whose
# sum is above 0 is **on**. A unit whose sum is 0 or less is **off**: its output is 0.
#
# Let the first hidden unit pass on the sum of the inputs: $\mathrm{ReLU}(x_1 + x_2)$. Let the second one
# stay off until the inputs add up to more than 1: $\mathrm{ReLU}(x_1 + x_2 - 1)$. Of the four rows, only
# $(1, 1)$ turns the second unit on. So on the four rows the first unit passes on 0, 1, 1 and 2, the second one 0, 0, 0
# and 1, and you want 0, 1, 1 and 0: subtract the second unit's output twice.
#
# !!! predict "Before you scroll"
#     Draw the result for all sums from 0 to 2, not only for the four rows. What does it do once the second unit is on?

# %% name="two-bends" tags=["live", "hide-output"]
total = np.array([0.0, 0.5, 1.0, 1.5, 2.0])
first = np.maximum(0, total)
second = np.maximum(0, total - 1)

print(first - 2 * second)

# %% tags=["remove-input", "hide-output"]
sums = np.linspace(-0.5, 2.5, 61)
ones, twos = np.maximum(0, sums), np.maximum(0, sums - 1)
rows, labels = datasets.xor()
places = np.column_stack([rows.sum(axis=1), labels[:, 0]])
assert np.allclose(
    np.interp(places[:, 0], sums, ones - 2 * twos), labels[:, 0]
)
plots.functions(
    "Up, and down again",
    sums,
    {"first − 2 · second": ones - 2 * twos, "first": ones, "second": twos},
    name="x₁ + x₂",
    points=places,
    y=labels,
    caption="The solid line rises, turns where the second unit comes on, and falls. "
    "It meets all four labels. The two orange squares lie on top of each other at "
    "its peak, because both rows have the sum 1.",
)

# %% [markdown]
# ??? answer "What it does"
#     The result climbs to 1 where one input is 1, and comes down to 0 again where both are: a function of the sum that
#     turns around, and that is XOR.
#
# ## The same in arrays
#
# The two hidden units stand side by side and take the same inputs: together they are a **layer**. Its
# weights go into an array $W_1$ with a column for each hidden unit, and its biases into a row $b_1$. The
# output unit takes a weighted sum of what the hidden units pass on, with the weights $W_2$ and the bias
# $b_2$.
#
# $$W_1 = \begin{pmatrix} 1 & 1 \\ 1 & 1 \end{pmatrix} \qquad
# b_1 = \begin{pmatrix} 0 & -1 \end{pmatrix}$$
#
# $$W_2 = \begin{pmatrix} 1 \\ -2 \end{pmatrix} \qquad b_2 = 0$$
#
# Here the small number is the layer. A unit's sum is called $z$ and its output is called $a$, so the whole network is
# three lines:
#
# $$\begin{aligned}
# z_1 &= x W_1 + b_1 \\
# a_1 &= \mathrm{ReLU}(z_1) \\
# z_2 &= a_1 W_2 + b_2
# \end{aligned}$$
#
# The product $x W_1$ is the product of lesson 1, taken once for each column of $W_1$: each number of a row
# times the number in the same place of a column, added up. The first column gives the sum of the first
# hidden unit, before its bias, and the second column that of the second. For the row $(0, 1)$:
#
# $$\begin{aligned}
# &\begin{pmatrix} 0 & 1 \end{pmatrix} \begin{pmatrix} 1 & 1 \\ 1 & 1 \end{pmatrix} \\
# &\quad = \begin{pmatrix} 0 \cdot 1 + 1 \cdot 1 & 0 \cdot 1 + 1 \cdot 1 \end{pmatrix}
# \end{aligned}$$
#
# That is $(1, 1)$, and with the biases $z_1$ is $(1, 0)$. Four rows of $x$ give four such rows of numbers.
#
# Single numbers are written with brackets, which count from 0, as in Python:
#
# | you read | it is |
# | --- | --- |
# | $a_1[0]$ | the first hidden unit's output, for one row |
# | $a_1[1]$ | that of the second hidden unit |
# | $W_1[0, 1]$ | the weight from the first input to the second hidden unit |
# | `a1[3, 0]` | in code, where `a1` has a row for each case: the first unit's output for the last of four rows |
# | $x_1$, $x_2$ | the inputs, which keep their names: here the small number is no layer |
#
# [The notation](../notation.md) has all symbols on one page.

# %% tags=["remove-input"]
by_hand = [
    Layer(np.ones((2, 2)), np.array([[0.0, -1.0]])),
    Layer(np.array([[1.0], [-2.0]]), np.zeros((1, 1))),
]
plots.named_network(
    by_hand,
    caption="A line is a weight, and its name says where it leads: first from which, then to which, both "
    "counted from 0. The name of a bias stands below its unit. The dashed line is the negative weight.",
)

# %% tags=["remove-input"]
playground.ask(
    "Which number of the solution above is W₂[1, 0]?",
    -2,
    "It leads from the second hidden unit, counted as 1, to the only output unit, counted as 0, and takes away twice "
    "what that unit passes on.",
    hints={
        1: "That is W₂[0, 0], the weight of the first hidden unit.",
        2: "Look at its sign.",
        -1: "That is b₁[1], a bias.",
    },
)

# %% [markdown]
# !!! predict "Before you scroll"
#     Work out $z_1$, $a_1$ and $z_2$ for all four rows, with a pencil.

# %% name="network" tags=["live", "hide-output"]
x = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = np.array([[0.0], [1.0], [1.0], [0.0]])

W1 = np.array([[1.0, 1.0], [1.0, 1.0]])
b1 = np.array([[0.0, -1.0]])
W2 = np.array([[1.0], [-2.0]])
b2 = np.array([[0.0]])

z1 = x @ W1 + b1
a1 = np.maximum(0, z1)
z2 = a1 @ W2 + b2

print(z2)

# %% tags=["remove-input", "hide-output"]
assert [array.tolist() for array in datasets.xor()] == [
    x.tolist(),
    y.tolist(),
]
assert z2.tolist() == y.tolist()
for layer, mine in zip(by_hand, [Layer(W1, b1), Layer(W2, b2)], strict=True):
    assert all(map(np.array_equal, layer, mine))
tables.Table(
    "Two hidden units, four rows.",
    ["input", "z₁[0]", "z₁[1]", "a₁[0]", "a₁[1]", "z₂", "XOR"],
    [
        [f"({row[0]:g}, {row[1]:g})", *(f"{value:g}" for value in values)]
        for row, values in zip(x, np.hstack([z1, a1, z2, y]), strict=True)
    ],
)

# %% [markdown]
# <div class="xd-then" markdown>
#
# The last two columns are the same: these nine numbers *are* XOR.
#
# </div>
#
# `x` has shape `(4, 2)` and `W1` has shape `(2, 2)`, so `x @ W1` has shape `(4, 2)`: a row for each
# case, and a column for each hidden unit. NumPy adds the single row of `b1` to each of the four rows.
#
# ## The plane, folded
#
# What has the hidden layer done to the four points? On the left of the next picture they lie where the
# inputs put them, and no line separates the discs from the squares. On the right they lie where the
# hidden units put them: there is one axis for each unit's output.
#
# !!! predict "Before you scroll"
#     Take $a_1[0]$ and $a_1[1]$ from the table, and mark the four points on paper. How many marks do
#     you get? Can a straight line separate them now?

# %% tags=["remove-input", "hide-output"]
assert np.array_equal(a1[1], a1[2])
plots.folded(
    x,
    a1,
    y,
    Layer(W2, b2),
    image=np.maximum(0, np.linspace([0, 0], [1, 1], 21) @ W1 + b1),
    caption="Four points have become three, because (0, 1) and (1, 0) have the "
    "same sum. The thick line, where z₂ is one half, separates the discs from the "
    "squares now.",
)

# %% [markdown]
# <div class="xd-then" markdown>
#
# Both units see only the sum of the inputs, so the two squares land in the same place, and you get three marks. In
# fact the whole square on the left is pressed onto one bent line, drawn pale and broad on the right. (Try the middle of
# the square, where both inputs are one half: it lands on the two squares.) The second unit bends the far end of the
# line, with $(1, 1)$, upwards and away. Now a straight line is enough, and that is what the
# output unit can draw.
#
# </div>
#
# The plane of the two units' outputs is called the *hidden space*. **This is what a hidden layer does here: it
# moves the points to where a straight line can separate them.**
#
# Press *Play*, or pull *Fold* slowly to the right, and you see it happen. First each point goes where its two sums
# put it, which presses the square onto a straight line. Then ReLU bends the line:

# %% tags=["remove-input"]
playground.embed("space", weights=[Layer(W1, b1), Layer(W2, b2 - 0.5)])

# %% [markdown]
# Now you can read the puzzle from the top of the page. In this course the line where a hidden unit's sum is 0 is
# called its **hinge line**. Elsewhere you will read of the unit's *boundary*, or the *kink* of its ReLU. On one side
# of it the unit is off, and on the other its output rises.
#
# Here it is with its numbers. The output unit still computes $a_1[0] - 2 a_1[1]$, but both hinge lines lie in the
# wrong place. **Move their knobs until the thick line separates the discs from the squares**: the table then has four
# ticks.
#
# - The knob marked 0 lies on the hinge line, where the unit's sum is 0. The knob marked 1 lies where that sum is 1.
# - The thick line is the [decision boundary](setting-the-scene.py#not-even-a-line-with-a-threshold), where
#   $a_1[0] - 2 a_1[1]$ is one half.
# - Beside it is the hidden space, with $a_1[0]$ growing to the right and $a_1[1]$ upwards.

# %% tags=["remove-input"]
wrong = Layer(np.array([[2.0, 0.0], [0.0, 2.0]]), np.array([[-0.2, -1.8]]))
playground.embed("hinges", "space", weights=[wrong, Layer(W2, b2 - 0.5)])

# %% tags=["remove-input"]
between = np.maximum(0, np.array([[0.5, 1.0]]) @ W1 + b1) @ W2 + b2
assert between.item() == 1 / 2
playground.ask(
    "In the network of the table, what is z₂ for the input (½, 1), halfway between (0, 1) and (1, 1)?",
    between.item(),
    "The sum of the inputs is 3/2. The first hidden unit passes on 3/2 and the second 1/2, and "
    "3/2 − 2 · 1/2 is 1/2: halfway between the labels of the two corners, too.",
    hints={
        3
        / 2: "That is what the first hidden unit passes on. Is the second one off?",
        1: "What the second unit passes on is subtracted twice.",
        0: "What do the two hidden units pass on when their sums are 3/2 and 1/2?",
    },
)

# %% [markdown]
# ## On top, a sigmoid
#
# The networks of the next lessons end with one more function, so that you can read their output $\hat{y}$ as how
# sure they are of a 1: nearly 1 if they are sure of it, nearly 0 if they are sure of a 0, and one half if they cannot
# tell. The **sigmoid** turns any sum into a number between 0 and 1:
#
# $$\hat{y} = \sigma(z_2) = \frac{1}{1 + e^{-z_2}}$$
#
# The number $e$ is about $2.718$, and NumPy has `np.exp(z)` for $e^z$. A minus in the exponent means "one
# divided by": $e^{-z_2}$ is $1 / e^{z_2}$. If the sum is large, $e^{-z_2}$ is nearly 0, so the output is
# nearly 1. If the sum is far below 0, $e^{-z_2}$ is large, so the output is nearly 0. And because no
# power of $e$ is negative or zero, the output always stays between 0 and 1. Why $e$, and not a rounder
# number? [The next lesson](downhill.py#the-chain-rule) needs slopes, and $e^z$ is its own slope.

# %% tags=["remove-input"]
sums = np.linspace(-6, 6, 121)
plots.functions(
    "The sigmoid",
    sums,
    {"σ(z)": 1 / (1 + np.exp(-sums))},
    caption="An S-shaped curve from 0 to 1, which is exactly one half at z = 0. "
    "It comes as close to 0 and to 1 as you like, but reaches neither.",
)

# %% [markdown]
# An output above one half means 1, and the sigmoid is above one half where $z_2$ is above 0. But so far $z_2$ is 0 or
# 1 for the four rows, and never below 0. Subtract one half, and it becomes −½ or ½. Then multiply everything by $20$,
# and the sums are far enough from 0 for a clear yes or no:
#
# $$20 \left(a_1 W_2 - \tfrac12\right) = a_1 (20\, W_2) - 10$$
#
# (In an f-string, `:.5f` asks for five digits after the
# point, and `:3.0f` for none, in a place three characters wide.)

# %% name="sigmoid" tags=["live"]
z2 = a1 @ (20 * W2) - 10
y_hat = 1 / (1 + np.exp(-z2))

for row in range(4):
    print(f"z2 = {z2[row, 0]:3.0f}, y_hat = {y_hat[row, 0]:.5f}")

# %% tags=["remove-input"]
sure = [Layer(W1, b1), Layer(20 * W2, np.array([[-10.0]]))]
cuts = np.array([[0.5, 0.0], [0.0, 0.5], [1.5, 0.0], [0.5, 1.0]])
assert np.allclose(y_hat, numpy_mlp.predict(sure, x))
assert np.allclose(numpy_mlp.predict(sure, cuts), 1 / 2)
assert ((y_hat > 1 / 2) == (y > 1 / 2)).all()

# %% [markdown]
# No output is further than `{python} f"{abs(y_hat - y).max():.5f}"` from its label. Seen from above,
# the output of this network is a band of ones between two regions of zeros:

# %% tags=["remove-input"]
plots.contour(
    datasets.grid(),
    numpy_mlp.predict(sure, datasets.grid()),
    x,
    y,
    caption="The output for every input of the square. The farther up the diagonal, "
    "the larger the sum: the output rises, turns and falls, so it passes one half twice, on the two thick lines, "
    "where x₁ + x₂ is ½ and where it is 1½.",
)

# %% [markdown]
# How are such numbers found if nobody thinks them up? By gradient descent, in [the next
# lesson](downhill.py). It need not find [the same ones](numpy-network.py#what-came-out).
#
# ## Exercises
#
# With three hidden units you can build XOR in another way. Let the first pass on $x_1$, let the second
# pass on $x_2$, and let the third be on only if both inputs are 1:
#
# $$\begin{aligned}
# z_1[0] &= x_1 \\
# z_1[1] &= x_2 \\
# z_1[2] &= x_1 + x_2 - 1
# \end{aligned}$$
#
# Find four arrays that make $z_2$ XOR again, and write ReLU as a function.


# %% Three hidden units name="three-units" tags=["exercise"]
# a column for each hidden unit
W1 = ...  # shape (2, 3)
b1 = ...  # shape (1, 3)
# a row for each hidden unit
W2 = ...  # shape (3, 1)
b2 = ...  # shape (1, 1)


def relu(z):
    return ...


# %% tags=["check"]
from xordocs.exercises import call, compare


def check():
    rows = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    labels = np.array([[0.0], [1.0], [1.0], [0.0]])
    sums = np.array([[p, q, p + q - 1] for p, q in rows.tolist()])
    third = np.array([[0.0, 0.0, 1.0]])
    outputs = np.maximum(0, sums)

    for name, array, shape in (
        ("W1", W1, (2, 3)),
        ("b1", b1, (1, 3)),
        ("W2", W2, (3, 1)),
        ("b2", b2, (1, 1)),
    ):
        assert array is not ..., (
            f"{name} is still `...`. Put your own line in place of the dots."
        )
        assert hasattr(array, "shape"), (
            f"{name} must be an array, as `np.array(…)` makes it."
        )
        assert array.shape == shape, (
            f"{name} must have shape {shape}, and yours has {array.shape}."
        )
    tried = np.array([[-2.0, 0.5, 3.0]])
    kept = np.array([[0.0, 0.5, 3.0]])
    compare(
        "relu",
        call("relu", relu, (tried,), "a"),
        kept,
        "the definition",
        [
            ("A negative sum becomes zero.", tried),
            ("`minimum` keeps what `maximum` should.", tried - kept),
            (
                "A unit that is on passes on its sum, not a 1.",
                1.0 * (tried > 0),
            ),
            ("A negative sum becomes zero, not positive.", abs(tried)),
        ],
    )
    compare(
        "z1",
        rows @ W1 + b1,
        sums,
        "the sum by hand",
        [
            ("Is the bias of the third unit still missing?", sums + third),
            ("The third unit's bias is −1, not 1.", sums + 2 * third),
        ],
    )
    compare(
        "z2",
        outputs @ W2 + b2,
        labels,
        "XOR",
        [
            (
                "The third unit has to subtract what two ones add too much.",
                rows.sum(axis=1, keepdims=True),
            ),
            (
                "That is OR: the third unit's weight has to subtract more.",
                1.0 * (rows.sum(axis=1, keepdims=True) > 0),
            ),
            ("That is XNOR, the opposite of XOR.", 1 - labels),
        ],
    )
    print("Three hidden units, and z2 is XOR for all four rows.")


check()

# %% [markdown] tags=["hint"]
# The first column of `W1` belongs to the first hidden unit. It takes $x_1$ once and $x_2$ not at all, so
# in this column a 1 stands above a 0.

# %% [markdown] tags=["hint"]
# For the rows $(0, 1)$ and $(1, 0)$ only one hidden unit is on, and $z_2$ must be 1. That gives the
# first two weights of the output unit. For $(1, 1)$ all three are on, and $z_2$ must be 0.


# %% tags=["solution"]
W1 = np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 1.0]])
b1 = np.array([[0.0, 0.0, -1.0]])
W2 = np.array([[1.0], [1.0], [-2.0]])
b2 = np.array([[0.0]])


def relu(z):
    return np.maximum(0, z)


# %% [markdown]
# !!! exercise "XNOR"
#     XNOR is 1 if the two bits are equal. Change the network of this lesson so that $z_2$ is XNOR.
#     You may leave the hidden layer as it is.

# %% tags=["remove-input"]
hidden_outputs = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 0.0], [2.0, 1.0]])
turned = hidden_outputs @ np.array([[-1.0], [2.0]]) + 1
assert (turned == 1 - y).all()
Markdown(
    '??? answer "Answer"\n'
    "    XNOR is $1$ minus XOR. So the output unit's weights change their signs, and its bias becomes "
    "1: in $W_2$ a $-1$ stands above a $2$, and $b_2 = 1$. For the four rows that gives "
    f"{', '.join(f'{value:g}' for value in turned.ravel())}."
)

# %% [markdown]
# !!! exercise "One unit is not enough"
#     Show that a network with a single hidden ReLU unit cannot compute XOR, whatever its parameters are.
#     Think about how its output changes while the hidden unit's sum grows.
#
# ??? answer "Answer"
#     Everything that comes after the hidden unit's sum $z_1$ depends on this one number. ReLU never falls
#     while $z_1$ grows. The output weight keeps that direction or turns it around, and the sigmoid then
#     leaves it as it is. So the output never turns back: it is above one half for all sums beyond some
#     threshold, or for all sums below it, or for none, or for all. The places where a weighted sum equals
#     a threshold form a straight line, and [no straight line will
#     do](setting-the-scene.py#not-even-a-line-with-a-threshold).
#
# ## In short
#
# A hidden unit is a weighted sum with a bend, and a layer of them can move the points to where a straight line
# separates them. XOR needs two hidden units: subtract twice the second from the first.
#
# ## Sources
#
# - I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), §6.1: the solution with two
#   hidden units, and the folded space.
# - K. Fukushima, "Visual feature extraction by a multilayered network of analog threshold
#   elements" (1969), has ReLU; V. Nair, G. Hinton, "Rectified linear units improve restricted
#   Boltzmann machines" (2010), made it popular.
