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
# picture: A linear model’s guesses, and its errors as sticks
# ---

# %% [markdown]
# # Setting the scene
#
# Four points sit on the corners of a square, two of them blue and two of them orange. No straight
# line has both blue points on one side and both orange points on the other. This small puzzle is
# called XOR, and it shows why a network needs a step between its inputs and its answer, a *hidden layer*.
#
# Why spend your evenings on something so small? Because you can check all of it with a pencil, and because the loop
# that learns it is the plainest form of the one that trains networks with billions of parameters. Watch a network
# learn it. Orange is the answer 1, and blue the answer 0. It starts with numbers, its weights, that were chosen to
# give four wrong answers, and in each round, called an *epoch*, it changes them a little. Press *Play*:

# %% tags=["remove-input"]
from IPython.display import Markdown
from xordocs import datasets, playground, tables
from xordocs.nn import losses, numpy_mlp
from xordocs.nn.parameters import Layer

inputs, labels = datasets.xor()
taught, _ = numpy_mlp.train(
    numpy_mlp.initialize((4,), 5), inputs, 1 - labels, 0.5, 100
)
taught = [
    Layer(layer.weights.round(1), layer.bias.round(1)) for layer in taught
]
retaught, fall = numpy_mlp.train(taught, inputs, labels, 0.5, 500)
assert losses.accuracy(numpy_mlp.predict(taught, inputs), labels) == 0
assert losses.accuracy(numpy_mlp.predict(retaught, inputs), labels) == 1
playground.embed("player", weights=taught, learning_rate=0.5)

# %% [markdown]
# Every point of the map is coloured by the network's answer there: the stronger the colour, the surer. Each mark has
# the colour of the right answer. On the thick line the network is undecided; what the thin ones are, [the next
# lesson](by-hand.py#the-plane-folded) explains. Within `{python} len(fall)` small
# steps all four answers become right. Not every network gets there; [a later lesson](census.py) counts how many do.
#
# In this course you learn what happens inside, and what the words in the figure mean, and at the end you will have
# written it all yourself. Then your own functions [read digits that people wrote by hand](handwriting.py), and one in
# your own hand.
#
# **After this lesson you can** write XOR as two arrays, say what a model and its parameters are,
# compute the mean squared error as a loop and as a line of NumPy, and prove that no straight line
# solves XOR.
#
# **You need** a little Python: functions, loops and lists. It helps to have seen a NumPy array before.
# Everything else is explained where it comes up, and [a table](../notation.md#the-python-and-numpy-of-the-lessons)
# has every line of Python and NumPy that you might want to look up. Where code has a *Run* button, you can
# change it and run it in the page.
#
# ## Exclusive or
#
# Take two bits, that is, two numbers that are either 0 or 1. Their *exclusive or*, XOR for short, is 1 if
# exactly one of them is 1, and 0 otherwise. There are only four cases:

# %% tags=["remove-input"]
tables.Table(
    "Exclusive or: one or the other, but not both.",
    ["x₁", "x₂", "XOR"],
    [["0", "0", "0"], ["0", "1", "1"], ["1", "0", "1"], ["1", "1", "0"]],
)

# %% [markdown]
# In code the inputs are an array `x`, and the answers are an array `y`:

# %% name="data" tags=["live"]
import numpy as np

x = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = np.array([[0.0], [1.0], [1.0], [0.0]])

print(x.shape, y.shape)

# %% [markdown]
# `x` has shape `(4, 2)`: a row for each case, and a column for each of the two inputs, $x_1$ and $x_2$.
# `y` has shape `(4, 1)`: again a row for each case, with a single number in it, the **label**. Other
# books call a row and its label an *example* or a *sample*. In most lessons these four are all the data that
# you need.
#
# ## What is a model?
#
# A **model** is a function that makes a guess from the inputs. The guess is written $\hat{y}$, "y hat",
# and the label that it should come close to is $y$. Inside the function there are numbers that you may
# choose, its **parameters**. Different parameters give different guesses, and *learning* means finding
# parameters that give good ones.
#
# The smallest model has a single parameter $w$ and makes the same guess whatever comes in:
#
# $$\hat{y} = w$$
#
# A **linear model** looks at its inputs. It multiplies each of them by a parameter, adds the
# products, and adds one more parameter:
#
# $$\hat{y} = w_1 x_1 + w_2 x_2 + b$$
#
# The parameters that the inputs are multiplied by, $w_1$ and $w_2$, are called **weights**. The one that
# is added at the end, $b$, is called the **bias**. Here are both models as functions of their parameters
# `ws` and of one row `xi`:


# %% name="models" tags=["live"]
def constant(ws, xi):
    return ws


def linear(ws, xi):
    w1, w2, b = ws
    return w1 * xi[0] + w2 * xi[1] + b


print(linear((0.5, 0.5, 0.0), x[1]))

# %% [markdown]
# Python counts from 0. So `x[1]` is the row $(0, 1)$, and in a row `xi` the input $x_1$ is `xi[0]` and
# $x_2$ is `xi[1]`. With weights of one half and a bias of 0, the linear model guesses one half for this
# row, but the label is 1. How bad is that?
#
# ## How wrong is a guess?
#
# To improve a model you need a number that says how wrong it is. Such a number is called a **loss**: the
# smaller, the better. Take one row with the label $1$ and a guess of $3/4$. The guess minus the
# label is the **error**, here $-1/4$: the guess is too low. The square of the error is
# $1/16$. With squares a guess that is too low counts as much as one that is too high. And an error that is twice as
# large counts four times as much: one error of $1$ weighs as much as four of $1/2$.
#
# The **mean squared error** is the mean of these squares over all $N$ rows. Most of this course uses it
# as its loss, and calls it the squared error for short:
#
# $$J = \frac{1}{N} \sum_{i=1}^{N} \left(\hat{y}_i - y_i\right)^2$$
#
# The letter $J$ stands for the loss, $\sum$ says "add up over the rows", and $y_i$ is the label of row
# $i$. Here is the formula as a loop that works for any model `m` with parameters `ws`. (In Python you can hand over a
# function as you hand over a number: by its name, without brackets.)


# %% name="mse" tags=["live"]
def mse(ws, m, X, Y):
    N = len(X)
    err = 0
    for i in range(N):
        xi = X[i]
        yi_hat = m(ws, xi)
        err += (yi_hat - Y[i]) ** 2
    return err / N


print(mse((0.5, 0.5, 0.0), linear, x, y))

# %% [markdown]
# Read it beside the formula. `xi` is one row, and `yi_hat` is the model's guess for it, $\hat{y}_i$.
# `err` adds up the squares, and dividing by `N` turns their sum into a mean. The result is printed in
# brackets because each label `Y[i]` is an array of one number.
#
# NumPy can take all the rows at once. Put the weights into a column `w` of shape `(2, 1)`. The matrix
# product `x @ w` takes each row of `x`, multiplies its numbers by the weights and adds the products. The
# result is a column of shape `(4, 1)`, one number for each row, and `+ b` adds the bias to each of them:

# %% name="one-line" tags=["live"]
w = np.array([[0.5], [0.5]])
b = 0.0

y_hat = x @ w + b
loss = ((y_hat - y) ** 2).mean()

print(y_hat)
print(loss)

# %% tags=["remove-input"]
by_loop = mse((0.5, 0.5, 0.0), linear, x, y).item()
assert by_loop == loss == 3 / 8
assert y_hat.ravel().tolist() == [0, 1 / 2, 1 / 2, 1]

# %% [markdown]
# `y_hat - y` holds the four errors, `** 2` squares each of them, and `.mean()` takes the mean of the
# squares. One line replaces the loop, and both give `{python} f"{loss:g}"`. You can check it with a
# pencil: the errors are $0$, $-1/2$, $-1/2$ and $1$, their squares add up to
# $3/2$, and a quarter of that is $3/8$.
#
# Here is the same model as a picture in space. Each point stands at the height of its label, the sheet
# shows the model's guess for every input, and each stick is an error.

# %% tags=["remove-input"]
from xordocs import plots

plots.sticks(
    x,
    y,
    y_hat,
    caption="The loss is the mean of the squared lengths of the sticks. Look at "
    "the corner (1, 1): the longest stick alone makes up two thirds of the loss.",
)

# %% tags=["remove-input"]
squares = ((y_hat - y) ** 2).ravel()
assert squares[3] / squares.sum() == 2 / 3

# %% [markdown]
# ## The best flat sheet
#
# !!! predict "Before you scroll"
#     Begin with the constant model. If you had to make the same guess for all four rows, which
#     number would you choose, and what would the loss be?

# %% name="constants" tags=["live", "hide-output"]
for guess in [0.0, 0.25, 0.5, 0.75, 1.0]:
    print(guess, mse(guess, constant, x, y))

# %% tags=["remove-input"]
constants = {
    g: mse(g, constant, x, y).item() for g in (0.0, 0.25, 0.5, 0.75, 1.0)
}
best_constant = min(constants, key=constants.get)
assert best_constant == 1 / 2
assert constants[best_constant] == 1 / 4

# %% [markdown]
# ??? answer "The best guess"
#     One half is the best of them, with a loss of `{python} f"{constants[best_constant]:g}"`: a guess in the middle is
#     off by one half on each row, and the square of that is one quarter.
#
# Remember the smallest of these losses: it is that of the best model that ignores its input. A model that has learned
# something must do better.
#
# !!! predict "Before you scroll"
#     Now use the inputs. Which weights and which bias give the smallest loss, and how small is it?
#
# Try some:

# %% name="attempts" tags=["live", "hide-output"]
attempts = [
    (1.0, 1.0, 0.0),
    (0.5, 0.5, 0.0),
    (0.2, 0.2, 0.3),
    (0.0, 0.0, 0.5),
]
for ws in attempts:
    print(ws, mse(ws, linear, x, y))

# %% tags=["remove-input"]
tried = [mse(ws, linear, x, y).item() for ws in attempts]
assert tried == sorted(tried, reverse=True)
assert tried[-1] == 1 / 4

# %% [markdown]
# Can no other sheet do better than the best of these? Move one yourself. It begins as the sheet of the second attempt.
# You move three of its corners, and the fourth has to follow. Watch the fourth.

# %% tags=["remove-input"]
playground.embed("plane")

# %% [markdown]
# The fourth corner gives the answer away. Add up the guesses at opposite corners of the square:
#
# $$\hat{y}(0,0) + \hat{y}(1,1) = b + (w_1 + w_2 + b)$$
#
# $$\hat{y}(0,1) + \hat{y}(1,0) = (w_2 + b) + (w_1 + b)$$
#
# Both sums are $w_1 + w_2 + 2b$. **Whatever its parameters are, a linear model has the same sum on
# both diagonals.** XOR wants a sum of 0 on one diagonal and a sum of 2 on the other.
#
# So some error must be left over, and the least of it is left over where you may have found it: the sheet lies flat at
# one half, and the loss is $1/4$. **For all its parameters, the best linear model does no better than the best
# constant.**
#
# <details class="note" markdown>
# <summary>Why no sheet comes below one quarter</summary>
#
# Give the four errors names. Where the label is 0, measure how
# far the guess lies above it; where the label is 1, how far the guess lies below it. (So on those rows you
# measure $y - \hat{y}$ in place of $\hat{y} - y$. The square is the same.)

# %% tags=["remove-input"]
*second, bias = attempts[1]
guessed = x @ second + bias
below = ["1\u00a0−\u00a0" if label else "" for label in y.ravel()]
how_far = abs(y.ravel() - guessed)
assert ((1 - 2 * y.ravel()) * (guessed - y.ravel()) == how_far).all()
assert how_far.sum() == 2
tables.Table(
    "The four errors, for any linear model and for the sheet of the second attempt. Add up the last "
    "column: it comes to 2.",
    ["error", "label", "it is", "second attempt"],
    [
        [
            f"e{mark}",
            f"{y[row, 0]:g}",
            f"{below[row]}ŷ({x[row][0]:g},\u00a0{x[row][1]:g})",
            f"{how_far[row]:g}",
        ]
        for mark, row in zip("₁₂₃₄", (0, 3, 1, 2), strict=True)
    ],
)

# %% [markdown]
# Then $e_1 + e_2$ is the sum of the guesses on one diagonal, and $e_3 + e_4$ is 2 minus the sum of the guesses on the
# other diagonal. The two sums of guesses are equal, so they cancel, and $e_1 + e_2 + e_3 + e_4 = 2$ for every
# linear model. Now, four numbers that add up to 2 have the smallest sum of squares if each of them is
# $1/2$. To see why, begin with a square, which is never negative. For each of the errors it is
# $\left(e - \tfrac{1}{2}\right)^2 = e^2 - e + \tfrac{1}{4}$. Add up the four:
#
# $$\begin{aligned}
# 0 &\le \sum \left(e - \tfrac{1}{2}\right)^2 \\
# &= \sum e^2 - \sum e + 4 \cdot \tfrac{1}{4} \\
# &= \sum e^2 - 1
# \end{aligned}$$
#
# The last line uses that $\sum e = 2$. So $\sum e^2$ is at least 1, and the loss, a quarter of it, is at least
# $1/4$. It is exactly $1/4$ only if every error is $1/2$, and then the sheet lies flat at one half:
# $w_1 = w_2 = 0$ and $b = 1/2$.
#
# NumPy agrees. It can search for the best linear model with `np.linalg.lstsq`, short for "least squares".
# This function wants a column for each parameter, so the bias gets a column of ones. The model that it
# finds makes these guesses (`[0]` takes the parameters from all that `lstsq` returns):

# %%
rows = np.column_stack([x, np.ones(4)])
best = np.linalg.lstsq(rows, y)[0]

print((rows @ best).round(3))

# %% tags=["remove-input"]
assert abs(best.ravel() - [0, 0, 1 / 2]).max() < 1e-12

# %% [markdown]
# </details>
#
# ## Not even a line with a threshold
#
# You might object that the squared error asks too much. To turn a guess into an answer, compare it with
# one half: above means 1, and below means 0. Then the guesses need not be exact, as long as each is on
# the right side. A guess of exactly one half, as the flat sheet makes, is a tie and not an answer.
#
# Unless both weights are 0, the inputs for which a linear model guesses exactly one half form a straight line, its
# **decision boundary**. So the question becomes: is there a straight line with $(0, 0)$ and
# $(1, 1)$ on one side, and $(0, 1)$ and $(1, 0)$ on the other?
#
# !!! predict "Before you scroll"
#     Suppose that such a line exists. Its model guesses less than one half for the two cases that are 0,
#     and more than one half for the two cases that are 1. Write this down as four inequalities in $w_1$,
#     $w_2$ and $b$. Add the first two, and then the other two. What do you get?
#
# <details class="answer" markdown>
# <summary>The four inequalities, and their sums</summary>
#
# <div class="equations" markdown>
#
# | row | label | its inequality |
# |---|---|---|
# | $(0, 0)$ | 0 | $b < 1/2$ |
# | $(1, 1)$ | 0 | $w_1 + w_2 + b < 1/2$ |
# | $(0, 1)$ | 1 | $w_2 + b > 1/2$ |
# | $(1, 0)$ | 1 | $w_1 + b > 1/2$ |
#
# </div>
#
# The first two add up to $w_1 + w_2 + 2b < 1$, the other two to $w_1 + w_2 + 2b > 1$.
#
# </details>
#
# The same number would have to be below 1 and above 1. **So no such line exists**: it is the argument of the two
# diagonals again.
#
# Labels that a straight line can part are called **linearly separable**. Those of XOR are not. There are sixteen
# ways to label the four corners with 0 and 1, and nearly all of them are linearly separable.

# %% tags=["remove-input"]
from itertools import product

lines = list(product((-1, 0, 1), (-1, 0, 1), (-1, 0, 1, 2)))
guesses = [x @ [u, v] + t for u, v, t in lines]
assert all((guess != 1 / 2).all() for guess in guesses)
separated = {tuple((guess > 1 / 2).tolist()) for guess in guesses}
defeating = set(product((False, True), repeat=4)) - separated
xor = tuple((y[:, 0] == 1).tolist())
assert defeating == {xor, tuple(not label for label in xor)}
playground.ask(
    "Which labelling other than XOR defeats a straight line, too?",
    "XNOR",
    "It is XOR's opposite: 1 if the bits are equal. Swap below and above in the four "
    "inequalities, and they contradict each other in the same way. For each of the other "
    f"{len(separated)} labellings you can find a linear model: weights of −1, 0 and 1 with a whole "
    "number as the bias will do.",
    choices=["AND", "OR", "NAND", "XNOR"],
    hints={
        "AND": "Only (1, 1) is a 1: cut off that corner of the square.",
        "OR": "Only (0, 0) is a 0: cut off that corner of the square.",
        "NAND": "Only (1, 1) is a 0: cut off that corner of the square.",
    },
)

# %% [markdown]
# What helps is a layer between the inputs and the output. Such a layer can bend the sheet, and a bent
# sheet can be high at two opposite corners and low at the other two. [The next lesson](by-hand.py) bends
# it by hand.
#
# ??? note "Why not give the model the product of its inputs?"
#     You can: with $x_1 x_2$ as a third input, the weighted sum $x_1 + x_2 - 2\, x_1 x_2$ is 0, 1, 1 and
#     0, which is XOR. A number like this product, computed from the inputs because it helps to find the
#     answer, is called a *feature*. But you had to know which feature to add. For four points you can
#     think of one; for pictures of handwriting it took experts years. The units of a hidden layer are
#     features, too, and there training finds the weights.
#
# ??? note "A word on history"
#     People often say that *Perceptrons*, a book by Marvin Minsky and Seymour Papert from 1969, proved that neural
#     networks cannot compute XOR. But its theorems are about perceptrons, machines in which only a single layer of
#     weights learns. What goes into that layer are features, chosen beforehand, and with a feature that sees both
#     inputs, such as the product in the note above, a perceptron does compute XOR. Their theorem is about the XOR of
#     many inputs: some feature then has to see all of them at once. About machines with several layers that learn the
#     book has no such theorem, only an opinion: the authors "consider it to be an important research problem to
#     elucidate (or reject) our intuitive judgment that the extension is sterile". At the time people already knew
#     that two layers can compute XOR, and some had begun to [train
#     several](numpy-network.py#short-interpretation).
#
# ## Exercises
#
# Write the loss of a linear model as a function, for all rows at once and without a loop. *Check* tries
# it on other weights and tells you what differs.


# %% The loss of a linear model name="linear-loss" tags=["exercise"]
def linear_loss(w, b, x, y):
    # a guess for each row
    y_hat = ...  # shape (4, 1)
    # the mean of squared errors
    return ...  # one number


# %% tags=["check"]
from xordocs.exercises import call, compare


def check():
    rows = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    labels = np.array([[0.0], [1.0], [1.0], [0.0]])
    w, b = np.array([[0.5], [0.25]]), 0.375
    guesses = np.array([[0.375], [0.625], [0.875], [1.125]])
    errors = guesses - labels
    mean_square = (0.375**2 + 0.375**2 + 0.125**2 + 1.125**2) / 4
    compare(
        "linear_loss",
        call("linear_loss", linear_loss, (w, b, rows, labels), "loss"),
        mean_square,
        "the mean by hand",
        [
            (
                "That is the sum: divide by the number of rows.",
                4 * mean_square,
            ),
            ("Are the errors not squared?", errors.mean()),
            ("Are the errors not squared?", -errors.mean()),
            ("Square the errors instead of their size.", abs(errors).mean()),
            ("Is it the root of the mean?", mean_square**0.5),
            ("Is the bias b missing?", ((errors - b) ** 2).mean()),
            (
                "The bias is added, not taken away.",
                ((errors - 2 * b) ** 2).mean(),
            ),
            ("Square the errors, and not the guesses.", (guesses**2).mean()),
            ("Those are the guesses: what is their loss?", guesses),
            ("One number, please: is `.mean()` missing?", errors**2),
        ],
    )
    print("The loss is right. You can use it for any weights.")


check()

# %% [markdown] tags=["hint"]
# The guesses are `x @ w + b`, as [above](#how-wrong-is-a-guess). Put this in place of the first dots.

# %% [markdown] tags=["hint"]
# An error is `y_hat - y`. Square it with `** 2`, and put brackets around everything before you ask
# for the `.mean()`.


# %% tags=["solution"]
def linear_loss(w, b, x, y):
    y_hat = x @ w + b
    return ((y_hat - y) ** 2).mean()


# %% [markdown]
# !!! exercise "A line for AND"
#     AND is 1 for the row $(1, 1)$ alone. Find $w_1$, $w_2$ and $b$ that put a linear model on the right
#     side of one half for all four rows. Can its loss even be zero?

# %% tags=["remove-input"]
is_and = np.array([[0.0], [0.0], [0.0], [1.0]])
for_and = x @ np.array([[1.0], [1.0]]) - 1
assert ((for_and > 1 / 2) == (is_and > 1 / 2)).all()
least = np.linalg.lstsq(rows, is_and)[0]
least_loss = ((rows @ least - is_and) ** 2).mean()
assert abs(least_loss - 1 / 16) < 1e-12
Markdown(
    '??? answer "Answer"\n'
    "    For instance $w_1 = w_2 = 1$ and $b = -1$: the guesses are "
    f"{', '.join(f'{guess:g}' for guess in for_and.ravel()).replace('-', '−')}, and only the last is above one half. "
    "A loss of zero is not possible: on the diagonals AND has the sums 1 and 0, while a linear model "
    "has the same sum on both. The best it can do is a loss of $1/16$. You can show this as "
    "above: for $(0, 0)$ and $(1, 1)$ count how far each guess lies below its label, for the other two how far above. "
    "These four errors add up to 1, so each is $1/4$ at best."
)

# %% [markdown]
# ## In short
#
# A model is a function with parameters, and the squared error says how wrong its guesses are. A linear
# model has the same sum on both diagonals, so on XOR it cannot do better than to answer one half
# everywhere, with a loss of $1/4$.
#
# ## Sources
#
# - I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), §6.1: XOR, and the linear model
#   that says one half.
# - M. Minsky, S. Papert, *Perceptrons* (1969), ch. 3: the XOR of many inputs, there called parity;
#   ch. 13: their judgment on several layers.
