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
# picture: Output over the inputs, from above
# ---

# %% [markdown]
# # From a blank file
#
# You have had every line of a network explained to you. Now close those pages and write one: six short
# functions, each checked before the next begins, until your network learns XOR in this page. At the end
# waits [an empty cell](#the-last-step-an-empty-cell), in which you write it once more with nothing to
# lean on.
#
# **After this lesson you can** write a network from an empty file, test each of its parts alone, teach it
# another task, and run it on your own machine.
#
# **You need** [the network in NumPy](numpy-network.py) and
# [the backward pass for one row](backpropagation.py); the [loop of lesson 7](deeper.py#the-way-back) has
# prepared you well. Have paper at hand, and leave those pages closed for as long as you can.
# [The notation](../notation.md) may stay open.
#
# Each step uses those before it. Where a number is wrong, its check shows it beside the right one, and
# often names the mistake. Hints open one after the other, and then a solution.
#
# ## What you start with
#
# The four rows of XOR: `x` has shape `(4, 2)` and `y` has shape `(4, 1)`. Beside them stands `trial`,
# a network of three hidden units, for the checks to try your functions on.

# %% tags=["live"]
import numpy as np

x = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = np.array([[0.0], [1.0], [1.0], [0.0]])

trial = (
    np.array([[1.5, 2.0, -1.0], [1.0, -1.5, 0.75]]),
    np.array([[-0.5, 0.5, 0.125]]),
    np.array([[0.5], [-1.5], [0.75]]),
    np.array([[0.25]]),
)

# %% tags=["remove-input"]
from IPython.display import Markdown
from xordocs import datasets, tables
from xordocs.nn import losses as loss_functions
from xordocs.nn import numpy_mlp

assert [a.tolist() for a in datasets.xor()] == [x.tolist(), y.tolist()]
tables.Table(
    "What you will write. Each line is one function.",
    ["step", "function", "takes", "returns"],
    [
        ["1", "initialize", "hidden, seed", "W1, b1, W2, b2"],
        ["2", "forward", "parameters, x", "z1, a1, y_hat"],
        ["3", "loss", "y_hat, y", "mean, one number"],
        ["4", "backward", "parameters, passed, x, y", "dW1, db1, dW2, db2"],
        [
            "5",
            "update",
            "parameters, gradients, learning_rate",
            "W1, b1, W2, b2",
        ],
        [
            "6",
            "train",
            "parameters, x, y, learning_rate, epochs",
            "parameters, losses",
        ],
    ],
)

# %% [markdown]
# `parameters` always stands for the four arrays `W1, b1, W2, b2`, in this order, and `passed` for
# what `forward` has returned.
#
# ### The NumPy that it takes
#
# This is all that you need, for three hidden units:
#
# | you write | you get |
# |---|---|
# | `random = np.random.RandomState(seed)` | a source of random numbers: the same seed, the same numbers |
# | `random.randn(2, 3)` | an array of random numbers, two rows and three columns |
# | `np.zeros((1, 3))` | a row of three zeros; the shape is a pair in parentheses |
# | `x @ W1` | the matrix product: shapes `(4, 2)` and `(2, 3)` give `(4, 3)` |
# | `a1.T` | rows and columns exchanged: `(4, 3)` becomes `(3, 4)` |
# | `np.maximum(0, z1)` | each number, or 0 where it is negative |
# | `np.exp(z2)` | $e$ to the power of each number |
# | `z1 > 0` | `True` or `False` for each number; in a product they count as 1 and 0 |
# | `delta1.sum(axis=0, keepdims=True)` | the sum of each column, kept as a row: `(4, 3)` becomes `(1, 3)` |
# | `errors.mean()` | the mean of all numbers |
#
# ## Step 1: initialize
#
# The weights begin as random numbers from the standard normal distribution, as
# `random.randn(rows, columns)` draws them: first $W_1$, then $W_2$. The biases begin at zero. With
# `hidden` units, $W_1$ has shape `(2, hidden)`, $b_1$ has `(1, hidden)`, $W_2$ has `(hidden, 1)`, and
# $b_2$ has `(1, 1)`.


# %% name="initialize" tags=["exercise"]
def initialize(hidden, seed):
    random = np.random.RandomState(seed)
    W1 = ...  # random, a column for each hidden unit
    b1 = ...  # zeros, one for each hidden unit
    W2 = ...  # random, a row for each hidden unit
    b2 = ...  # a zero
    return W1, b1, W2, b2


# %% tags=["check"]
from xordocs.exercises import call, compare


def check():
    first = np.random.RandomState(3)
    start_W1, start_W2 = first.randn(2, 5), first.randn(5, 1)
    second = np.random.RandomState(3)
    early_W2, late_W1 = second.randn(5, 1), second.randn(2, 5)
    made = call("initialize", initialize, (5, 3), "W1, b1, W2, b2")
    compare(
        "W1",
        made[0],
        start_W1,
        "seed 3",
        [
            ("W2 is drawn before W1: the other way round, please.", late_W1),
            (
                "Is the seed that was given left unused?",
                np.random.RandomState(1).randn(2, 5),
            ),
            (
                "It needs a row for each input, a column for each unit.",
                start_W1.reshape(5, 2),
            ),
            (
                "`rand` draws from 0 to 1: `randn` is the normal one.",
                np.random.RandomState(3).rand(2, 5),
            ),
            (
                "Units with equal weights stay equal: draw them at random.",
                np.zeros((2, 5)),
            ),
        ],
    )
    compare(
        "b1",
        made[1],
        np.zeros((1, 5)),
        "the start",
        [
            (
                "A bias is a row, of the shape `(1, hidden)`.",
                np.zeros(5),
            ),
            ("Biases start at zero, not at one.", np.ones((1, 5))),
        ],
    )
    compare("W2", made[2], start_W2, "seed 3")
    compare(
        "b2",
        made[3],
        np.zeros((1, 1)),
        "the start",
        [("Biases start at zero, not at one.", np.ones((1, 1)))],
    )
    print("Four arrays of the right shapes, and from the right draws.")


check()

# %% [markdown] tags=["hint"]
# `random.randn(2, hidden)` draws a whole array. The seed has done its work where `random` was made.

# %% [markdown] tags=["hint"]
# `np.zeros` takes the shape as a pair: `np.zeros((1, hidden))`.


# %% tags=["solution"]
def initialize(hidden, seed):
    random = np.random.RandomState(seed)
    W1 = random.randn(2, hidden)
    b1 = np.zeros((1, hidden))
    W2 = random.randn(hidden, 1)
    b2 = np.zeros((1, 1))
    return W1, b1, W2, b2


# %% [markdown]
# ## Step 2: forward
#
# From the inputs to the outputs, all rows at once: the hidden units' sums $z_1$, what ReLU leaves of
# them, $a_1$, the output unit's sum $z_2$, and its sigmoid, $\hat{y}$. The backward pass will need
# `z1` and `a1`, so return them as well.


# %% name="forward" tags=["exercise"]
def forward(parameters, x):
    W1, b1, W2, b2 = parameters
    z1 = ...  # a row for each case, a column for each hidden unit
    a1 = ...  # what the hidden units pass on
    z2 = ...  # a row for each case, one column
    y_hat = ...  # what the output unit answers
    return z1, a1, y_hat


# %% tags=["check"]
from math import exp

from xordocs import datasets
from xordocs.exercises import call, compare


def check():
    x, y = datasets.xor()  # whatever yours are by now
    # Two hidden units, whose sums are written out number by number.
    pair = (
        np.array([[1.5, 2.0], [1.0, -1.5]]),
        np.array([[-0.5, 0.5]]),
        np.array([[0.5], [-1.5]]),
        np.array([[0.25]]),
    )
    sums, values, outputs = [], [], []
    for p, q in [(0, 0), (0, 1), (1, 0), (1, 1)]:
        sums.append([1.5 * p + 1.0 * q - 0.5, 2.0 * p - 1.5 * q + 0.5])
        values.append([max(0.0, total) for total in sums[-1]])
        outputs.append(0.5 * values[-1][0] - 1.5 * values[-1][1] + 0.25)

    z1, a1, y_hat = call("forward", forward, (pair, x), "z1, a1, y_hat")
    compare(
        "z1",
        z1,
        np.array(sums),
        "the sum by hand",
        [
            ("Is the bias b1 missing?", np.array(sums) - pair[1]),
            (
                "Is W1 transposed? `x @ W1` needs no transpose.",
                x @ pair[0].T + pair[1],
            ),
            (
                "The bias is added, not taken away.",
                np.array(sums) - 2 * pair[1],
            ),
        ],
    )
    compare(
        "a1",
        a1,
        np.array(values),
        "ReLU by hand",
        [
            ("Is ReLU missing? A negative sum becomes zero.", np.array(sums)),
            (
                "`minimum` keeps the negative sums: you want the others.",
                np.array(sums) - np.array(values),
            ),
            (
                "A unit that is on passes on its sum, not a 1.",
                1.0 * (np.array(sums) > 0),
            ),
            (
                "A negative sum becomes zero, not positive.",
                abs(np.array(sums)),
            ),
        ],
    )
    top = np.array([[total] for total in outputs])
    compare(
        "y_hat",
        y_hat,
        np.array([[1 / (1 + exp(-total))] for total in outputs]),
        "the sigmoid by hand",
        [
            ("Is the sigmoid missing?", top),
            ("Is the bias b2 missing?", 1 / (1 + np.exp(0.25 - top))),
            (
                "The sigmoid has a minus in its exponent.",
                1 / (1 + np.exp(top)),
            ),
            (
                "The output unit adds up a1, what the units pass on, not z1.",
                1 / (1 + np.exp(-(np.array(sums) @ pair[2] + pair[3]))),
            ),
        ],
    )
    print("All sums and outputs of the four rows are right.")


check()

# %% [markdown] tags=["hint"]
# `x` has shape `(4, 2)` and `W1` `(2, hidden)`, so `x @ W1` has shape `(4, hidden)`. The bias row is
# added to every one of its rows.

# %% [markdown] tags=["hint"]
# `np.maximum(0, z1)` is ReLU for a whole array. `z2` is made from `a1` as `z1` is made from `x`, and
# the sigmoid of it is `1 / (1 + np.exp(-z2))`.


# %% tags=["solution"]
def forward(parameters, x):
    W1, b1, W2, b2 = parameters
    z1 = x @ W1 + b1
    a1 = np.maximum(0, z1)
    z2 = a1 @ W2 + b2
    y_hat = 1 / (1 + np.exp(-z2))
    return z1, a1, y_hat


# %% [markdown]
# ## Step 3: the loss
#
# How wrong are the outputs? As one number, the squared error's mean over all rows:
#
# $$J = \frac{1}{N} \sum_{i=1}^{N} \left(\hat{y}_i - y_i\right)^2$$


# %% name="loss" tags=["exercise"]
def loss(y_hat, y):
    return ...


# %% tags=["check"]
from xordocs import datasets
from xordocs.exercises import call, compare


def check():
    x, y = datasets.xor()  # whatever yours are by now
    guesses = np.array([[0.5], [0.75], [1.0], [0.5]])
    error = guesses - y
    compare(
        "loss",
        call("loss", loss, (guesses, y), "mean"),
        (0.25 + 0.0625 + 0.0 + 0.25) / 4,
        "the mean by hand",
        [
            ("That is the sum: divide by the number of rows.", 0.5625),
            ("Are the errors not squared?", 0.1875),
            ("Are the errors not squared?", -0.1875),
            ("Square the errors instead of taking their size.", 0.3125),
            ("Is it the root of the mean?", 0.375),
            ("Is there a half too many?", 0.0703125),
            ("The sign of the mean is wrong.", -0.140625),
            ("Take the mean over the rows, too.", error**2),
            (
                "The sum runs over the wrong axis: the rows are left.",
                (error**2).mean(axis=1),
            ),
            (
                "One number, please: the mean without an axis.",
                (error**2).mean(axis=0),
            ),
        ],
    )
    print("The loss of four guesses is right.")


check()

# %% [markdown] tags=["hint"]
# `(y_hat - y) ** 2` squares each row's error, and an array has a method `mean()`.


# %% tags=["solution"]
def loss(y_hat, y):
    return ((y_hat - y) ** 2).mean()


# %% [markdown]
# ## Step 4: backward
#
# Begin with a pencil.
#
# !!! exercise "The output's delta, on paper"
#     A row's share of the loss is $\frac{1}{N} (\hat{y} - y)^2$, where $\hat{y} = \sigma(z_2)$. What is
#     $\delta_2$, its slope along $z_2$? Two slopes multiply.
#
# ??? answer "Answer"
#     The square's slope along $\hat{y}$ is $\frac{2}{N} (\hat{y} - y)$, and the sigmoid's along $z_2$ is
#     $\hat{y} (1 - \hat{y})$. Their product, for all rows at once:
#
#     $$\delta_2 = \frac{2}{N} (\hat{y} - y) \odot \hat{y} \odot (1 - \hat{y})$$
#
# The hidden units get $\delta_2$ handed down through the weights, times ReLU's slope:
#
# $$\delta_1 = \left(\delta_2 W_2^\top\right) \odot \mathbb{1}[z_1 > 0]$$
#
# The four gradients are for you to find. A weight's slope is what came in through it times the delta
# behind it, added up over the rows, and a matrix product does just that. Through a bias a 1 comes in, so
# its slope is the sum of its unit's deltas.
#
# The check nudges every number of a network, and watches how your own `loss` changes, on four rows and
# then on three. Or be your own check: the cell below the exercise asks the nudges, as you did in
# [lesson 8](gradient-check.py#every-parameter).


# %% name="backward" tags=["exercise"]
def backward(parameters, passed, x, y):
    W1, b1, W2, b2 = parameters
    z1, a1, y_hat = passed
    delta2 = ...  # a row for each case, one column
    dW2 = ...  # the shape of W2
    db2 = ...  # the shape of b2
    delta1 = ...  # a row for each case, a column for each hidden unit
    dW1 = ...  # the shape of W1
    db1 = ...  # the shape of b1
    return dW1, db1, dW2, db2


# %% tags=["check"]
from xordocs import datasets
from xordocs.exercises import bias_mistakes, call, compare, slopes


def check():
    x, y = datasets.xor()  # whatever yours are by now
    passed = call("forward", forward, (trial, x), "z1, a1, y_hat")
    for part, shape in zip(passed, [(4, 3), (4, 3), (4, 1)], strict=True):
        assert getattr(part, "shape", None) == shape, (
            "Step 2 comes first: `forward` does not pass its check yet."
        )
    assert isinstance(call("loss", loss, (passed[2], y), "mean"), float), (
        "Step 3 comes first: `loss` does not pass its check yet."
    )

    def nudged(number):
        return slopes(lambda: loss(forward(trial, x)[2], y), trial[number])

    z1, a1, y_hat = passed
    error, bend = y_hat - y, y_hat * (1 - y_hat)
    delta2 = 2 / 4 * error * bend
    delta1 = (delta2 @ trial[2].T) * (z1 > 0)
    dW1, db1, dW2, db2 = call(
        "backward", backward, (trial, passed, x, y), "dW1, db1, dW2, db2"
    )
    compare(
        "dW2",
        dW2,
        nudged(2),
        "a nudge of the weight",
        [
            (
                "Is the sigmoid's slope missing, ŷ(1 − ŷ)?",
                a1.T @ (2 / 4 * error),
            ),
            ("Is the 1/N of the mean missing?", a1.T @ (2 * error * bend)),
            ("Is the factor 2 missing?", a1.T @ (1 / 4 * error * bend)),
            ("What comes in from below is a1, not z1.", z1.T @ delta2),
        ],
    )
    compare(
        "db2", db2, nudged(3), "a nudge of the bias", bias_mistakes(delta2)
    )
    compare(
        "dW1",
        dW1,
        nudged(0),
        "a nudge of the weight",
        [
            (
                "Is ReLU's slope missing? A unit that is off has slope 0.",
                x.T @ (delta2 @ trial[2].T),
            ),
            (
                "Is W2 missing on the way from delta2 to delta1?",
                x.T @ (delta2 * (z1 > 0)),
            ),
            (
                "ReLU's slope is 1 or 0, not what the unit passes on.",
                x.T @ (delta2 @ trial[2].T * a1),
            ),
            (
                "Is it the wrong way round? ReLU's slope is 1 where z1 > 0.",
                x.T @ (delta2 @ trial[2].T * (z1 <= 0)),
            ),
        ],
    )
    compare(
        "db1", db1, nudged(1), "a nudge of the bias", bias_mistakes(delta1)
    )

    few_x, few_y = x[1:], y[1:]
    few = call("forward", forward, (trial, few_x), "z1, a1, y_hat")
    arguments = (trial, few, few_x, few_y)
    three = call("backward", backward, arguments, "dW1, db1, dW2, db2")
    few_delta2 = 2 / 3 * (few[2] - few_y) * few[2] * (1 - few[2])
    compare(
        "dW2",
        three[2],
        slopes(lambda: loss(forward(trial, few_x)[2], few_y), trial[2]),
        "with three rows a nudge",
        [
            (
                "Is there a 4 in your code? N is `len(x)`, here 3.",
                few[1].T @ (few_delta2 * 3 / 4),
            )
        ],
    )
    print("Every slope agrees with its nudge.")


check()

# %% [markdown] tags=["hint"]
# Begin with `delta2`, in which $N$ is `len(x)`. Then go on line by line, and look at the shapes: a
# gradient has the shape of the array that it belongs to.

# %% [markdown] tags=["hint"]
# `a1.T @ delta2` has shape `(hidden, 1)`, the shape of `W2`. A bias's slope is
# `delta2.sum(axis=0, keepdims=True)`: `axis=0` adds up the rows, and `keepdims=True` keeps the sum a
# row.

# %% [markdown] tags=["hint"]
# `delta2 @ W2.T` has shape `(4, hidden)`. Times `(z1 > 0)` it is `delta1`. The rest goes as for the
# output unit, from `x` and `delta1`.


# %% tags=["solution"]
def backward(parameters, passed, x, y):
    W1, b1, W2, b2 = parameters
    z1, a1, y_hat = passed
    delta2 = 2 / len(x) * (y_hat - y) * y_hat * (1 - y_hat)
    dW2 = a1.T @ delta2
    db2 = delta2.sum(axis=0, keepdims=True)
    delta1 = (delta2 @ W2.T) * (z1 > 0)
    dW1 = x.T @ delta1
    db1 = delta1.sum(axis=0, keepdims=True)
    return dW1, db1, dW2, db2


# %% name="nudges" tags=["live"]
from xordocs.exercises import slopes

network = trial


def loss_now():
    return loss(forward(network, x)[2], y)


gradients = backward(network, forward(network, x), x, y)
for name, array, ours in zip(["W1", "b1", "W2", "b2"], network, gradients):
    nudged = slopes(loss_now, array)
    gap = abs(ours - nudged).max() / abs(nudged).max()
    print(name, "agrees:", gap < 1e-6)

# %% [markdown]
# ## Step 5: update
#
# One step against the gradient, $\theta \leftarrow \theta - \eta \, \partial J / \partial \theta$ for
# every parameter. Make new arrays, and leave the old ones as they are.


# %% name="update" tags=["exercise"]
def update(parameters, gradients, learning_rate):
    W1, b1, W2, b2 = parameters
    dW1, db1, dW2, db2 = gradients
    return ...


# %% tags=["check"]
from xordocs.exercises import call, compare


def check():
    before = [array.copy() for array in trial]
    gradients = tuple([0.5 * array + 0.75 for array in trial])
    given = tuple([array.copy() for array in trial])
    after = call("update", update, (given, gradients, 0.25), "W1, b1, W2, b2")
    no_sum = "Each has its own slope: no sum over an axis here."
    for name, old, slope, new, array in zip(
        ["W1", "b1", "W2", "b2"], before, gradients, after, given, strict=True
    ):
        compare(
            name,
            new,
            old - 0.25 * slope,
            "a step down the slope",
            [
                (f"{name} has not moved yet.", old),
                (
                    "The step goes up the slope: turn its sign.",
                    old + 0.25 * slope,
                ),
                ("Is the learning rate missing?", old - slope),
                (
                    "The learning rate multiplies the slope.",
                    old - slope / 0.25,
                ),
                ("Is the old number missing?", -0.25 * slope),
                (no_sum, old - 0.25 * slope.sum(axis=1, keepdims=True)),
                (no_sum, old - 0.25 * slope.sum(axis=0, keepdims=True)),
            ],
        )
        compare(
            f"given {name}",
            array,
            old,
            "before the step it",
            [
                (
                    f"`-=` changes what was given: {name} = {name} - … "
                    "makes a new array.",
                    new,
                )
            ],
        )
    print(
        "All four arrays take their step, and the old ones are as they were."
    )


check()

# %% [markdown] tags=["hint"]
# For one of them: `W1 - learning_rate * dW1`. Four of these, separated by commas, are what the
# function returns.


# %% tags=["solution"]
def update(parameters, gradients, learning_rate):
    W1, b1, W2, b2 = parameters
    dW1, db1, dW2, db2 = gradients
    return (
        W1 - learning_rate * dW1,
        b1 - learning_rate * db1,
        W2 - learning_rate * dW2,
        b2 - learning_rate * db2,
    )


# %% [markdown]
# ## Step 6: train
#
# Forward, loss, backward, update, and the same again: each round is an epoch. Keep the loss of every
# epoch, as it was *before* the step.


# %% name="train" tags=["exercise"]
def train(parameters, x, y, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        ...  # four lines
    return parameters, losses


# %% tags=["check"]
from xordocs import datasets
from xordocs.exercises import call, compare


def check():
    x, y = datasets.xor()  # whatever yours are by now

    def trained(epochs):
        start = tuple([array.copy() for array in trial])
        arguments = (start, x, y, 0.5, epochs)
        after, losses = call("train", train, arguments, "parameters, losses")
        for part in (after, losses):
            assert isinstance(part, (tuple, list)), (
                "train must return four arrays and the list of losses."
            )
        assert len(after) == 4, (
            "`parameters` must be the four arrays, in the first place."
        )
        assert len(losses) == epochs, (
            f"For epochs={epochs} the list must hold as many losses, got "
            f"{len(losses)}. Is there one `append` in the loop?"
        )
        return after, losses

    def up(parameters):
        return call("forward", forward, (parameters, x), "z1, a1, y_hat")

    def loss_of(parameters):
        return call("loss", loss, (up(parameters)[2], y), "mean")

    def down(parameters, passed):
        arguments = (parameters, passed, x, y)
        return call("backward", backward, arguments, "dW1, db1, dW2, db2")

    def stepped(parameters, gradients, rate=0.5):
        arguments = (parameters, gradients, rate)
        return call("update", update, arguments, "W1, b1, W2, b2")

    def compare_all(after, wanted, truth, mistakes):
        for at, name in enumerate(["W1", "b1", "W2", "b2"]):
            wrong = [(words, arrays[at]) for words, arrays in mistakes]
            compare(name, after[at], wanted[at], truth, wrong)

    gradients = down(trial, up(trial))
    one = stepped(trial, gradients)
    two = stepped(one, down(one, up(one)))

    after, losses = trained(1)
    compare(
        "first loss",
        losses[0],
        loss_of(trial),
        "the start",
        [
            (
                "That is the loss after the step: append it before.",
                loss_of(one),
            )
        ],
    )
    compare_all(
        after,
        one,
        "one step",
        [
            ("Is the result of `update` thrown away?", trial),
            ("The step has the wrong sign.", stepped(trial, gradients, -0.5)),
            (
                "Is `learning_rate` handed on to `update`?",
                stepped(trial, gradients, 1.0),
            ),
        ],
    )
    after, losses = trained(2)
    compare_all(
        after,
        two,
        "the second step",
        [
            ("Does each step start where the last one ended?", one),
            (
                "Both steps use the same slopes: compute them in the loop.",
                stepped(one, gradients),
            ),
            (
                "Is forward run before the loop? It belongs inside the loop.",
                stepped(one, down(one, up(trial))),
            ),
        ],
    )
    compare(
        "second loss", losses[1], loss_of(one), "the network after one step"
    )
    print("Two epochs go where two steps go. It trains.")


check()

# %% [markdown] tags=["hint"]
# The four lines call your own functions. What `forward` returns goes into `backward` as it is, and the
# third of its values goes into `loss`.

# %% [markdown] tags=["hint"]
# The last of the four is `parameters = update(parameters, gradients, learning_rate)`: the next round
# starts from what this one has made.


# %% tags=["solution"]
def train(parameters, x, y, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        passed = forward(parameters, x)
        losses.append(loss(passed[2], y))
        gradients = backward(parameters, passed, x, y)
        parameters = update(parameters, gradients, learning_rate)
    return parameters, losses


# %% [markdown]
# ## It learns
#
# Run it with ten hidden units and seed 1, at the learning rate and for the epochs that you know.
#
# !!! predict "Before you scroll"
#     What will the four outputs be, roughly? And have you seen this loss curve before?

# %% tags=["live"]
parameters, losses = train(initialize(10, 1), x, y, 1.5, 500)
y_hat = forward(parameters, x)[2]
print(y_hat.round(3))

# %% tags=["live"]
from xordocs import plots

plots.loss(
    losses,
    caption="Your network's loss. Most of the way down lies in the first "
    "hundred epochs; then the loss creeps closer to zero.",
)

# %% tags=["remove-input"]
theirs, history = numpy_mlp.train(
    numpy_mlp.initialize((10,), 1), x, y, 1.5, 500
)
gap = abs(history - np.array(losses)).max()
assert gap < 1e-12  # the same operations, but for the order of a few factors
assert loss_functions.accuracy(y_hat, y) == 1
assert losses[100] < losses[0] / 10  # as the caption says
tables.predictions(x, y, y_hat)

# %% [markdown]
# The loss falls from `{python} f"{losses[0]:.4f}"` to `{python} f"{losses[-1]:.5f}"`, and all four
# outputs are on the right side of one half. It is the run of [the lesson in NumPy](numpy-network.py): in
# all `{python} len(losses)` epochs the losses there and here differ by `{python} f"{gap:.0e}"` at most.
# This time you wrote it.
#
# Between the four points your network answers this:

# %% tags=["live"]
from xordocs import datasets

lattice = datasets.grid(15)
plots.contour(
    lattice,
    forward(parameters, lattice)[2],
    x,
    y,
    caption="Along the dark line the output is one half. It keeps the "
    "two kinds of points apart, which no straight line can do.",
)

# %% [markdown]
# ## Change the task
#
# Nothing in your code says XOR.
#
# ### Teach it XNOR
#
# XNOR is 1 when the two bits are equal. Write its labels. The check trains a new network on
# them with your functions.

# %% name="xnor" tags=["exercise"]
labels = ...  # a row for each row of x, shape (4, 1)

# %% tags=["check"]
from xordocs import datasets
from xordocs.exercises import call, compare


def check():
    x, y = datasets.xor()  # whatever yours are by now
    wanted = np.array([[1.0], [0.0], [0.0], [1.0]])
    compare(
        "labels",
        labels,
        wanted,
        "XNOR",
        [
            ("These are XOR's labels: exchange 0 and 1.", 1 - wanted),
            (
                "These are AND's labels: (0, 0) has equal bits, too.",
                np.array([[0.0], [0.0], [0.0], [1.0]]),
            ),
            (
                "These are NOR's labels: (1, 1) has equal bits, too.",
                np.array([[1.0], [0.0], [0.0], [0.0]]),
            ),
            (
                "The sigmoid ends at 0 and 1: it cannot reach −1.",
                2 * wanted - 1,
            ),
            (
                "One label a row: `[[1.0], [0.0], …]`. Without the inner "
                "brackets ŷ − y pairs every output with every label.",
                wanted.reshape(4),
            ),
            (
                "One label a row: `[[1.0], [0.0], …]`. A single row of "
                "labels pairs every output with every label.",
                wanted.reshape(1, 4),
            ),
        ],
    )
    other, _ = call(
        "train",
        train,
        (initialize(10, 1), x, labels, 1.5, 500),
        "parameters, losses",
    )
    passed = call("forward", forward, (other, x), "z1, a1, y_hat")
    compare("rounded output", 1.0 * (passed[2] > 0.5), wanted, "XNOR")
    print("A new network of yours answers XNOR on all four rows.")


check()

# %% [markdown] tags=["hint"]
# The rows of `x` are (0, 0), (0, 1), (1, 0) and (1, 1). `labels` has a row for each, like `y`.

# %% tags=["solution"]
labels = np.array([[1.0], [0.0], [0.0], [1.0]])

# %% [markdown]
# ### Labels of your own
#
# Here are the labels of AND, which a line can separate, and a network of two hidden units. Change the
# labels, from 0 to 1, the number of hidden units or the seed. Which tasks can a network with a single
# hidden unit learn? ([Lesson 2](by-hand.py#exercises) has the means to answer.)

# %% tags=["live"]
labels = np.array([[0.0], [0.0], [0.0], [1.0]])
own, own_losses = train(initialize(2, 1), x, labels, 1.5, 500)
print(forward(own, x)[2].round(2))

# %% [markdown]
# ### Other points: two moons
#
# Your functions know neither how many rows there are nor that the inputs are bits. Here are two half
# circles, each reaching around the end of the other, which no line can separate:

# %% tags=["live"]
angle = np.linspace(0, np.pi, 8)
upper = np.column_stack([np.cos(angle), np.sin(angle)])
lower = np.column_stack([1 - np.cos(angle), 0.5 - np.sin(angle)])
moons = np.concatenate([upper, lower])
sides = np.concatenate([np.zeros((8, 1)), np.ones((8, 1))])

learned, moon_losses = train(initialize(10, 1), moons, sides, 1.5, 500)
right = (forward(learned, moons)[2] > 0.5) == (sides > 0.5)
print(right.sum(), "of", len(moons), "points are right.")

# %% tags=["live"]
wider = datasets.grid(17, -1.25, 2.25)
plots.contour(
    wider,
    forward(learned, wider)[2],
    moons,
    sides,
    caption="The line between the two answers winds through the gap, around "
    "the end of either half circle. All points lie on their own side of it.",
)

# %% tags=["remove-input"]
assert right.all()

# %% [markdown]
# ## Optional: momentum
#
# Each of your steps forgets those before it. **Momentum** gives every parameter a velocity $v$. It
# begins at zero, keeps a share $\beta$ of what it was, and takes in the new slope. The step goes against
# the velocity:
#
# $$v \leftarrow \beta v + \frac{\partial J}{\partial \theta}$$
#
# $$\theta \leftarrow \theta - \eta \, v$$
#
# While a slope stays the same, its velocity grows towards
# $1 + \beta + \beta^2 + \dots = 1/(1 - \beta)$ times the slope.


# %% name="momentum" tags=["exercise"]
def train_with_momentum(parameters, x, y, learning_rate, epochs, beta):
    velocity = (0.0, 0.0, 0.0, 0.0)  # one for each of the four arrays
    losses = []
    for _ in range(epochs):
        passed = forward(parameters, x)
        losses.append(loss(passed[2], y))
        dW1, db1, dW2, db2 = backward(parameters, passed, x, y)
        vW1, vb1, vW2, vb2 = velocity
        velocity = ...  # the four new ones
        parameters = ...  # the step, by your function update
    return parameters, losses


# %% tags=["check"]
from xordocs import datasets
from xordocs.exercises import call, compare


def check():
    x, y = datasets.xor()  # whatever yours are by now

    def walked(rule):
        parameters, velocity = trial, (0.0, 0.0, 0.0, 0.0)
        for _ in range(3):
            passed = call(
                "forward", forward, (parameters, x), "z1, a1, y_hat"
            )
            arguments = (parameters, passed, x, y)
            down = call("backward", backward, arguments, "dW1, db1, dW2, db2")
            velocity = [
                rule(v, d) for v, d in zip(velocity, down, strict=True)
            ]
            arguments = (parameters, velocity, 0.5)
            parameters = call("update", update, arguments, "W1, b1, W2, b2")
        return parameters

    wrong = [
        (
            "These are plain steps: does `update` get the velocity, and does "
            "that keep a share of the old one?",
            walked(lambda _, d: d),
        ),
        ("Nothing moves: are the velocities still zero?", trial),
        (
            "beta multiplies the old velocity, not the slope.",
            walked(lambda v, d: v + 0.75 * d),
        ),
        (
            "beta multiplies the old velocity alone.",
            walked(lambda v, d: 0.75 * (v + d)),
        ),
        (
            "The whole slope is taken in, not (1 - beta) of it.",
            walked(lambda v, d: 0.75 * v + 0.25 * d),
        ),
        (
            "Is beta missing? The old velocity fades.",
            walked(lambda v, d: v + d),
        ),
        (
            "The slope is added, not taken away.",
            walked(lambda v, d: 0.75 * v - d),
        ),
    ]
    wanted = walked(lambda v, d: 0.75 * v + d)
    start = call("forward", forward, (trial, x), "z1, a1, y_hat")
    first = call("loss", loss, (start[2], y), "mean")
    given = tuple([array.copy() for array in trial])
    after, losses = call(
        "train_with_momentum",
        train_with_momentum,
        (given, x, y, 0.5, 3, 0.75),
        "parameters, losses",
    )
    for part in (after, losses):
        assert isinstance(part, (tuple, list)), (
            "It must return four arrays and the list of losses."
        )
    assert len(after) == 4, "`parameters` must be four arrays."
    assert len(losses) == 3, f"After 3 epochs there are {len(losses)} losses."
    compare("first loss", losses[0], first, "the start")
    for at, name in enumerate(["W1", "b1", "W2", "b2"]):
        mistakes = [(words, arrays[at]) for words, arrays in wrong]
        compare(name, after[at], wanted[at], "the third step", mistakes)
    print("Three steps with momentum end where they should.")


check()

# %% [markdown] tags=["hint"]
# The new velocities are four sums, the first of them `beta * vW1 + dW1`. Give them to `update` in the
# place of the slopes.


# %% tags=["solution"]
def train_with_momentum(parameters, x, y, learning_rate, epochs, beta):
    velocity = (0.0, 0.0, 0.0, 0.0)  # one for each of the four arrays
    losses = []
    for _ in range(epochs):
        passed = forward(parameters, x)
        losses.append(loss(passed[2], y))
        dW1, db1, dW2, db2 = backward(parameters, passed, x, y)
        vW1, vb1, vW2, vb2 = velocity
        velocity = (
            beta * vW1 + dW1,
            beta * vb1 + db1,
            beta * vW2 + dW2,
            beta * vb2 + db2,
        )
        parameters = update(parameters, velocity, learning_rate)
    return parameters, losses


# %% tags=["live"]
start = initialize(10, 1)
plain, plain_losses = train(start, x, y, 0.15, 500)
moved, moved_losses = train_with_momentum(start, x, y, 0.15, 500, 0.9)
plots.loss(
    [("plain", plain_losses), ("momentum", moved_losses)],
    caption="One start, one learning rate, two ways to step. With momentum "
    "the loss falls earlier, and ends lower.",
)

# %% tags=["remove-input"]
assert moved_losses[-1] < plain_losses[-1]
assert moved_losses[100] < plain_losses[100]

# %% [markdown]
# At this learning rate, a tenth of the one above, the loss ends at
# `{python} f"{moved_losses[-1]:.5f}"` with momentum instead of `{python} f"{plain_losses[-1]:.5f}"`. But
# plain steps at ten times the rate end at `{python} f"{losses[-1]:.5f}"`: to compare the two, give each
# its own best rate, and [more than one seed](census.py).

# %% [markdown]
# ## The last step: an empty cell
#
# So far names and shapes were given to you. Now write a function `learn(x, y, seed)` that makes a network
# from its seed, trains it on these rows and labels, and returns its outputs, one for each row. You choose
# the hidden units, the learning rate and the epochs. Do not call what you have written above, and give
# helpers names of their own. Cover the page above this line, and write the shape beside each array.
#
# The check trains your networks from three seeds, on XOR and on other labels and rows, which takes some
# seconds. It sees only what comes out, so it accepts every network that learns, even one that learns a
# little worse for a slip in a slope. Only nudges would find that slip.

# %% name="learn" tags=["exercise"]
import numpy as np

# learn(x, y, seed) returns the outputs of a trained network
# %% tags=["check"]
from xordocs import datasets
from xordocs.exercises import call, compare


def check():
    assert "learn" in globals(), (
        "There is no `learn` yet. It begins with `def learn(x, y, seed):`."
    )
    x, y = datasets.xor()  # whatever yours are by now

    def outputs_of(x, y, seed):
        given_x, given_y = x.copy(), y.copy()
        y_hat = call("learn", learn, (given_x, given_y, seed), "outputs")
        has_shape = getattr(y_hat, "shape", None) == y.shape
        truth = f"of {len(y)} rows"
        compare("outputs", y_hat, y_hat if has_shape else y, truth)
        changed = "before it began. Does `-=` or `+=` change what was given?"
        compare("x after learning", given_x, x, changed)
        compare("y after learning", given_y, y, changed)
        for number in y_hat.ravel().tolist():
            assert 0 <= number <= 1, (
                f"An output is {number:.3g}, which is no answer between 0 "
                "and 1: is the sigmoid missing at the end?"
            )
        return y_hat

    def is_right(y_hat, y):
        return bool(((y_hat > 0.5) == (y > 0.5)).all())

    def advice(y_hat):
        J = ((y_hat - y) ** 2).mean()
        start = f"XOR is not learned, and the loss ends at {J:.3f}. "
        numbers = y_hat.ravel().tolist()
        if max(numbers) - min(numbers) < 0.001:
            return start + (
                "All rows get the same answer. Do the hidden units start "
                "alike, or have the steps switched all of them off?"
            )
        if min(numbers) > 0 and max(numbers) < 1:
            z2 = [float(np.log(p / (1 - p))) for p in numbers]
            if abs(z2[0] + z2[3] - z2[1] - z2[2]) < 1e-6:
                return start + (
                    "The output unit's sums lie on a plane, as if there was "
                    "no hidden layer: is ReLU missing?"
                )
        if J > 0.26:
            return start + (
                "To say one half everywhere would be better: does every "
                "step go down its slope?"
            )
        return start + (
            "Print the loss in your loop. If it still falls at the end, "
            "train for more epochs; if it does not, compare your slopes "
            "with those of step 4."
        )

    tried = [outputs_of(x, y, seed) for seed in (1, 2, 3)]
    for y_hat in tried:
        rounded = all(p in (0.0, 1.0) for p in y_hat.ravel().tolist())
        assert not (rounded and is_right(y_hat, y)), (
            "These are labels, all 0 or 1, and not what a sigmoid says. "
            "Return y_hat as it is."
        )
    stuck = [y_hat for y_hat in tried if not is_right(y_hat, y)]
    assert len(stuck) < 3, advice(stuck[0])
    assert abs(tried[0] - tried[1]).max() > 0, (
        "Seeds 1 and 2 lead to the same outputs: is the seed used?"
    )
    assert len(stuck) < 2, (
        "One of three seeds learns XOR, so it can be done. More hidden units "
        "make it likelier: with ten about nine seeds in ten learn. If you "
        "have as many, compare your slopes with those of step 4."
    )

    others = [("XNOR", x, 1 - y), ("XOR without (0, 0)", x[1:], y[1:])]
    for name, rows, labels in others:
        learned = 0
        for seed in (1, 2, 3):
            if not learned:
                y_hat = outputs_of(rows, labels, seed)
                learned += is_right(y_hat, labels)
                assert learned or not is_right(y_hat, 1 - labels), (
                    f"Asked for {name}, it gives the opposite labels: does "
                    "it use the y that it is given?"
                )
        assert learned, (
            f"It learns XOR, but {name} from none of three seeds: is there "
            "anything in it that only fits XOR?"
        )
    print("A network of yours, from scratch, learns XOR and XNOR.")


check()

# %% [markdown] tags=["hint"]
# Say it in words first, a comment a line: the weights, the biases; then, once an epoch, the hidden sums,
# ReLU, the output, the two deltas, the four steps. After the loop, return the outputs.

# %% [markdown] tags=["hint"]
# The deltas are easiest to forget: `delta2 = 2 / len(x) * (y_hat - y) * y_hat * (1 - y_hat)`,
# and `delta1 = (delta2 @ W2.T) * (z1 > 0)`. Each weight's slope is what came in, transposed, times the
# delta: `a1.T @ delta2` and `x.T @ delta1`.


# %% tags=["solution"]
import numpy as np


def learn(x, y, seed):
    random = np.random.RandomState(seed)
    W1 = random.randn(2, 10)
    b1 = np.zeros((1, 10))
    W2 = random.randn(10, 1)
    b2 = np.zeros((1, 1))
    for _ in range(500):
        z1 = x @ W1 + b1
        a1 = np.maximum(0, z1)
        y_hat = 1 / (1 + np.exp(-(a1 @ W2 + b2)))
        delta2 = 2 / len(x) * (y_hat - y) * y_hat * (1 - y_hat)
        delta1 = (delta2 @ W2.T) * (z1 > 0)
        W2 = W2 - 1.5 * a1.T @ delta2
        b2 = b2 - 1.5 * delta2.sum(axis=0, keepdims=True)
        W1 = W1 - 1.5 * x.T @ delta1
        b1 = b1 - 1.5 * delta1.sum(axis=0, keepdims=True)
    return y_hat  # as it was before the last step


# %% tags=["remove-input"]
with_a_slip = []
for factor in (1, 0.5):  # half of every slope, as if the 2 was forgotten
    one, _ = numpy_mlp.train(
        numpy_mlp.initialize((10,), 1), x, y, 1.5 * factor, 500
    )
    outputs = numpy_mlp.forward(one, x).a[-1]
    assert loss_functions.accuracy(outputs, y) == 1
    with_a_slip.append(((outputs - y) ** 2).mean())
assert with_a_slip[0] < with_a_slip[1]

# %% [markdown]
# When it says so, you have done what this course is for. One thing it cannot see, as lesson 8 showed: a
# slope that is wrong and still leads down. So return the slopes of a first step, too, and compare them
# with nudges of your own, as in [the cell after step 4](#step-4-backward). Keep your network: [one plain
# file](../run-it-yourself.md#one-plain-file) says how to run it on your machine.
#
# ## Where to go next
#
# - **Noise, and points held out.** [`make_moons`](https://scikit-learn.org/stable/modules/generated/sklearn.datasets.make_moons.html)
#   of scikit-learn scatters such points at random. Train on one half of them, and count on the other
#   ([What has it learned?](beyond-the-square.py#same-answers-other-functions) says why).
# - **Digits.** In [`load_digits`](https://scikit-learn.org/stable/modules/generated/sklearn.datasets.load_digits.html)
#   an image is a row of `8 * 8` inputs, and ten answers need ten output units. M. Nielsen's
#   [book](http://neuralnetworksanddeeplearning.com/) builds such a network in plain NumPy.
# - **No derivatives by hand.** A. Karpathy's [micrograd](https://github.com/karpathy/micrograd), a file to
#   read in one sitting, finds the gradient of any expression.
#
# ## Exercises
#
# !!! exercise "How few units?"
#     Train your network with two hidden units from seeds 0 to 9, and count how many learn all
#     four rows. Then with three, and with ten.

# %% tags=["remove-input"]
counts = {}
for hidden in (2, 3, 10):
    counts[hidden] = 0
    for seed in range(10):
        one, _ = train(initialize(hidden, seed), x, y, 1.5, 500)
        outputs = forward(one, x)[2]
        counts[hidden] += loss_functions.accuracy(outputs, y) == 1
assert counts[2] < counts[3] < counts[10]
Markdown(
    '??? answer "Answer"\n'
    f"    With two units {counts[2] or 'none'} of the ten learn, with three {counts[3]}, and with ten "
    f"{counts[10]}. "
    "Two are enough to [solve it by hand](by-hand.py), but training seldom finds such a solution."
)

# %% tags=["remove-input"]
on_kinks = initialize(5, 1)
disagree = [
    abs(ours - slopes(lambda: loss(forward(on_kinks, x)[2], y), array)).max()
    > 1e-4
    for array, ours in zip(
        on_kinks, backward(on_kinks, forward(on_kinks, x), x, y), strict=True
    )
]
assert disagree == [False, True, False, False]
on_kinks[1][:] = 0.01
assert all(
    np.allclose(ours, slopes(lambda: loss(forward(on_kinks, x)[2], y), array))
    for array, ours in zip(
        on_kinks, backward(on_kinks, forward(on_kinks, x), x, y), strict=True
    )
)

# %% [markdown]
# !!! exercise "Nudges that disagree"
#     In the cell of nudges under [step 4](#step-4-backward), put `initialize(5, 1)` in the place of
#     `trial`. Which array disagrees, although your `backward` is right, and why?
#
# ??? answer "Answer"
#     Only `b1`. All biases are zero, so on the row (0, 0) each hidden unit is exactly
#     [on its kink](gradient-check.py#on-the-kink), where a nudge to both sides finds the mean of two
#     slopes. Add a small number to the biases, and all four agree.
#
# ## In short
#
# A network that learns is six functions: initialize, forward, loss, backward, update, train. You have
# written each of them, and you can test any of them without trusting the others.
#
# ## Sources
#
# - M. Nielsen, *Neural Networks and Deep Learning* (2015), ch. 1 and ch. 2: a network for digits in
#   plain NumPy.
# - B. Polyak, *Some methods of speeding up the convergence of iteration methods* (1964): momentum.
# - G. Goh, [*Why Momentum Really Works*](https://distill.pub/2017/momentum/), Distill (2017).
