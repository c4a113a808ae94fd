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
# picture: Difference from the reference run’s loss
# ---

# %% [markdown]
# # Keras, and the three side by side
#
# No derivative this time, and no loop of your own either. In Keras you name the layers, say how to
# train them, and call `fit`. With other sizes, the same few lines read digits that people wrote by hand. Can you
# read these?

# %% tags=["remove-input"]
import numpy as np
from xordocs import datasets, plots

everything, labels = datasets.handwriting()
shuffled = np.random.RandomState(1).permutation(len(everything))[600:605]
plots.pictures(
    "Five digits, 8 by 8 pixels each",
    [("?", everything[row] / 16) for row in shuffled],
    caption="A network of twenty-six units reads such pictures in this lesson.",
)

# %% tags=["remove-input"]
from IPython.display import Markdown

Markdown(
    '??? answer "The digits"\n    They are '
    f"{', '.join(str(labels[row].argmax()) for row in shuffled[:-1])} and {labels[shuffled[-1]].argmax()}."
)

# %% [markdown]
# Then comes the question that the previous lesson left open: do three implementations that start from the *same*
# weights take the same path?
#
# **After this lesson you can** write a network as a Keras model, train it on pictures in mini-batches, carry
# weights from one framework to another, and tell a difference of rounding from a difference of substance.
#
# **You need** the [network in NumPy](numpy-network.py) and the
# [training loop in TensorFlow](tensorflow-network.py). To run the code you have to [install
# TensorFlow](../run-it-yourself.md). Without it, read on, or go to [the clinic](failure-clinic.py).
#
# ## The whole network in Keras

# %%
import keras
import numpy as np

x = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = np.array([[0.0], [1.0], [1.0], [0.0]])


def build():
    return keras.Sequential(
        [
            keras.Input(shape=(2,)),
            keras.layers.Dense(10, activation="relu"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )


keras.utils.set_random_seed(1)
model = build()
optimizer = keras.optimizers.SGD(learning_rate=1.5)
model.compile(optimizer=optimizer, loss="mean_squared_error")
history = model.fit(x, y, epochs=20, verbose=0)
print(model.predict(x, verbose=0).round(3))

# %% tags=["remove-input"]
from xordocs import playground, tables

early = np.array(history.history["loss"])
assert early[-1] > 0.1
leaning = model.predict(x, verbose=0)
assert ((leaning > 0.5) == y).all()
assert abs(leaning - 0.5).max() < 0.3
assert [array.shape for array in model.get_weights()] == [
    (2, 10),
    (10,),
    (10, 1),
    (1,),
]
tables.Table(
    "Each line of Keras, and what you wrote for it in NumPy.",
    ["Keras", "in NumPy"],
    [
        ["`Input(shape=(2,))`", "each row of `x` has two numbers"],
        [
            '`Dense(…, activation="relu")`',
            "`a1 = np.maximum(0, x @ W1 + b1)`",
        ],
        [
            '`Dense(…, activation="sigmoid")`',
            "`y_hat = 1 / (1 + np.exp(-(a1 @ W2 + b2)))`",
        ],
        ["`SGD(learning_rate=…)`", "`W1 = W1 - learning_rate * dW1`, …"],
        ['`loss="mean_squared_error"`', "`((y_hat - y) ** 2).mean()`"],
        ["`fit(x, y, epochs=…)`", "the training loop with its backward pass"],
        ["`predict(x)`", "the forward pass"],
    ],
)

# %% [markdown]
# A `Dense` layer is a weight matrix, a bias, and a function. `compile` chooses the loss and the *optimizer*,
# which is the rule of the update; what the name `SGD` means, you will see further down. With
# four rows, an epoch of `fit` is one step, as in your loop.
#
# The loss began at `{python} f"{early[0]:.4f}"`, which is neither NumPy's number nor TensorFlow's: Keras draws its
# first weights from the seed in its own way, and from a narrower range, [the Glorot
# start](what-to-change.py#which-first-weights), whose width depends on the size of the layer. After twenty steps each
# answer leans to its right side, but none of them is sure. Call `fit` again, and it would go on from where it
# stopped. Usually that is all you need. But `fit` prepares the rows anew in every epoch, and for four rows that takes
# far longer than the step. So here, only to save time, take the same steps one by one: `train_on_batch` takes a
# single step, from the rows that you give it, and returns the loss before it.

# %%
losses = []
for epoch in range(480):
    losses.append(model.train_on_batch(x, y))

print(model.predict(x, verbose=0).round(3))

# %% tags=["remove-input"]
late = np.array(losses)
assert ((model.predict(x, verbose=0) > 0.5) == y).all()
assert late[-1] < 0.01

# %% [markdown]
# Now all are sure, and the loss is down to `{python} f"{late[-1]:.4f}"`.
#
# ## A look ahead: handwriting
#
# What else can these lines do? Here they read digits that people wrote by hand. Each picture is 8 by 8 numbers, from
# `0` for paper to `16` for ink: to the network, a row of `64` inputs. A label is a row, too, with a 1 in the column
# of its digit. (`argmax(axis=1)` says for each row in which column its largest number stands.) You need not write any
# of this yet. [In an encore](handwriting.py) you will, in NumPy and with your own functions; now take two
# minutes to look. What is new in the cell, softmax and its loss and what `SGD` stands for, is explained below it.
#
# !!! predict "Before you scroll"
#     The network learns from `600` pictures. Then it is shown `300` others. There are ten digits, so a guess is
#     right one time in ten. What share will the network get right?

# %% tags=["hide-output"]
from xordocs import datasets

pictures, digits = datasets.handwriting()
order = np.random.RandomState(1).permutation(len(pictures))
pictures, digits = pictures[order] / 16, digits[order]

keras.utils.set_random_seed(1)
reader = keras.Sequential(
    [
        keras.Input(shape=(64,)),
        keras.layers.Dense(16, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
optimizer = keras.optimizers.SGD(learning_rate=0.3)
reader.compile(optimizer=optimizer, loss="categorical_crossentropy")
reader.fit(pictures[:600], digits[:600], epochs=10, verbose=0)

shares = reader.predict(pictures[600:900], verbose=0)
said = shares.argmax(axis=1)
right = said == digits[600:900].argmax(axis=1)
print(f"right: {right.mean():.1%} of {len(right)} unseen pictures")

# %% tags=["remove-input", "hide-output"]
assert sum(layer.units for layer in reader.layers) == 26


def trained(inputs, rate, count=20):
    """Train networks of the reader's sizes, side by side; return the median shares right.

    The first is of the pictures to choose a rate by, the second of the unseen ones.
    """
    random = np.random.RandomState(0)
    (W1, b1), (W2, b2) = (
        (
            random.uniform(-1, 1, (count, n, m))
            * np.sqrt(6 / (n + m)),  # Glorot
            np.zeros((count, 1, m)),
        )
        for n, m in ((64, 16), (16, 10))
    )
    for _ in range(10):
        shuffled = np.array([random.permutation(600) for _ in range(count)])
        for begin in range(0, 600, 32):
            some = shuffled[:, begin : begin + 32]
            x, y = inputs[some], digits[some]
            a1 = np.maximum(0, x @ W1 + b1)
            z2 = a1 @ W2 + b2
            grown = np.exp(z2 - z2.max(axis=2, keepdims=True))
            shares = grown / grown.sum(axis=2, keepdims=True)
            delta2 = (shares - y) / some.shape[1]
            delta1 = (delta2 @ W2.swapaxes(1, 2)) * (a1 > 0)
            W2 = W2 - rate * (a1.swapaxes(1, 2) @ delta2)
            b2 = b2 - rate * delta2.sum(axis=1, keepdims=True)
            W1 = W1 - rate * (x.swapaxes(1, 2) @ delta1)
            b1 = b1 - rate * delta1.sum(axis=1, keepdims=True)
    sums = np.maximum(0, inputs @ W1 + b1) @ W2 + b2
    are_right = sums.argmax(axis=2) == digits.argmax(axis=1)
    return [
        np.median(are_right[:, rows].mean(axis=1))
        for rows in (slice(900, 1200), slice(600, 900))
    ]


RATES = (1.0, 0.3, 0.1, 0.03, 0.01, 0.003)
fair = {}
for name, inputs in (("divided", pictures), ("undivided", 16 * pictures)):
    found = {rate: trained(inputs, rate) for rate in RATES}
    best = max(RATES, key=lambda rate: found[rate][0])
    assert RATES[0] > best > RATES[-1]
    fair[name] = best, found[best][1]
assert found[0.3][1] < 0.2
assert fair["divided"][1] > fair["undivided"][1] + 0.05
assert right.mean() > 0.85
grown = np.exp([2.0, 1.0, 0.0])
exps, three_shares = (
    "{}, {} and {}".format(*(f"{value:.2f}" for value in values))
    for values in (grown, grown / grown.sum())
)
first = int(np.flatnonzero(~right)[0])
shown = [*np.flatnonzero(right)[:4], first]
meant = digits[600 + first].argmax()
plots.pictures(
    "Five unseen pictures, and what the network reads",
    [(f"{said[row]}", pictures[600 + row]) for row in shown],
    caption="Four are read right. The last one is the first of the unseen pictures that the network reads "
    f"wrong: the digit is {meant}.",
)

# %% [markdown]
# Besides the sizes and the learning rate, four things are new:
#
# - **Scaling.** The inputs are divided by `16`. Undivided inputs make the sums sixteen times as large, and the
#   first layer's slopes as well, because a weight's slope is a delta times its input: at the rate of the cell such a
#   network learns nothing. So give each its own best rate, found on three hundred other pictures. Of twenty networks
#   of these sizes, written in NumPy, the middle one then gets `{python} f"{fair['divided'][1]:.0%}"` of the unseen
#   pictures right (at `{python} f"{fair['divided'][0]:g}"`), and undivided `{python} f"{fair['undivided'][1]:.0%}"`
#   (at `{python} f"{fair['undivided'][0]:g}"`).
# - **Mini-batches.** `fit` puts the rows in random order, cuts them into small parts of up to thirty-two rows, its
#   `batch_size`, and takes a step for each part; when all rows have been used, an epoch is over. The gradient of a
#   few rows points [off to one side](handwriting.py#many-small-steps), but on average in the right direction, and it
#   costs far less, so the same time allows many more steps. This is **stochastic gradient descent**, in short `SGD`:
#   *stochastic* means random.
# - **Softmax** turns the ten output units' sums into positive shares that add up to 1, one for each digit. You
#   will write it in [an encore](other-answers.py#read-a-display). For the three sums 2, 1 and 0, take $e^z$ of each:
#   `{python} exps`. Divide each by all three together, `{python} f"{grown.sum():.2f}"`: the shares are
#   `{python} three_shares`.
# - **Cross-entropy** is then the negative logarithm of the share that the right digit got, averaged over the
#   rows, as in [lesson 7](deeper.py#cross-entropy).
#
# The `300` pictures took no part in the training. Why that matters is the subject of
# [a later lesson](beyond-the-square.py#rows-kept-back).

# %% tags=["remove-input"]
playground.ask(
    "Six hundred rows, in mini-batches of thirty-two: how many steps does an epoch take?",
    -(-600 // 32),
    f"Six hundred is {600 // 32} times thirty-two and {600 % 32} more. These make a batch of their own, "
    "the last and smallest.",
    hints={
        600 // 32: "And the rows that are left over?",
        600
        / 32: "There is no part of a step. What happens to the rows that are left over?",
        600: "That would be a step for each row, batches of one.",
        1: "That would be one batch of all rows.",
    },
)

# %% [markdown]
# Now back to the four points, where every number can be compared.
#
# ## The same weights in all three
#
# `set_weights` puts NumPy arrays into a model, layer by layer. Keras keeps a bias as an array of shape
# `(10,)`, while yours has shape `(1, 10)`, so hand over its only row. The first weights are those of lesson
# 6, which NumPy draws with seed 1:

# %%
random = np.random.RandomState(1)
W1, b1 = random.randn(2, 10), np.zeros((1, 10))
W2, b2 = random.randn(10, 1), np.zeros((1, 1))
start = [W1, b1, W2, b2]

model = build()
model.set_weights([W1, b1[0], W2, b2[0]])

# %% [markdown]
# Now write one function for each framework. Each trains from these weights for two hundred epochs, and
# returns the loss of every epoch. Both take the precision as an argument: `"float32"` is the usual one of
# the frameworks, with about seven digits to a number, and `"float64"` is NumPy's, with about sixteen. In
# TensorFlow it is the loop of the previous lesson:


# %%
import tensorflow as tf


def train_in_tensorflow(precision):
    inputs, labels = tf.constant(x, precision), tf.constant(y, precision)
    parameters = [tf.Variable(array, dtype=precision) for array in start]
    W1, b1, W2, b2 = parameters
    losses = []
    for epoch in range(200):
        with tf.GradientTape() as tape:
            a1 = tf.nn.relu(tf.matmul(inputs, W1) + b1)
            y_hat = tf.sigmoid(tf.matmul(a1, W2) + b2)
            loss = tf.reduce_mean(tf.square(y_hat - labels))
        losses.append(loss.numpy())
        slopes = tape.gradient(loss, parameters)
        for parameter, slope in zip(parameters, slopes):
            parameter.assign_sub(1.5 * slope)
    return np.array(losses)


# %% [markdown]
# In Keras it is the code above. `set_floatx` sets the precision of its numbers, and `set_dtype_policy` that
# of its layers.


# %%
def train_in_keras(precision):
    keras.config.set_floatx(precision)
    keras.config.set_dtype_policy(precision)
    model = build()
    model.set_weights([W1, b1[0], W2, b2[0]])
    optimizer = keras.optimizers.SGD(learning_rate=1.5)
    model.compile(optimizer=optimizer, loss="mean_squared_error")
    inputs, labels = tf.constant(x, precision), tf.constant(y, precision)
    losses = []
    for epoch in range(200):
        losses.append(model.train_on_batch(inputs, labels))
    return np.array(losses)


# %% [markdown]
# !!! predict "Before you scroll"
#     After two hundred steps from the same weights, how far apart will the losses be: in the second digit,
#     the fourth, the eighth? And will Keras and TensorFlow agree with each other exactly, since both compute
#     in float32?

# %% tags=["hide-output"]
from xordocs.nn import numpy_mlp
from xordocs.nn.parameters import Layer

network = [Layer(W1, b1), Layer(W2, b2)]
_, by_numpy = numpy_mlp.train(network, x, y, learning_rate=1.5, epochs=200)
by_tensorflow = train_in_tensorflow("float32")
by_keras = train_in_keras("float32")

for epoch in [0, 1, 10, 100, 199]:
    print(
        f"Epoch {epoch:3}:  NumPy {by_numpy[epoch]:.9f}"
        f"  TensorFlow {by_tensorflow[epoch]:.9f}"
        f"  Keras {by_keras[epoch]:.9f}"
    )

# %% tags=["remove-input"]
gap = max(abs(by_tensorflow - by_numpy).max(), abs(by_keras - by_numpy).max())
assert gap < 1e-5
apart = int((by_keras != by_tensorflow).sum())
agreed = (
    f"The two frameworks differ from each other, too, in {apart} of the two hundred epochs"
    if apart
    else "The two frameworks happen to agree with each other to the last digit"
)

# %% [markdown]
# A plot of the three losses would show a single line. Over all epochs, neither framework's loss differs from
# NumPy's by more than $`{python} tables.scientific(gap)`$. `{python} agreed`.
#
# ## Is it only rounding?
#
# A small difference can also come from a small mistake: another definition of a loss, or a slope taken at another
# place. **So show that it is rounding.** In float64 the gap between neighbouring numbers is $2^{29}$ times smaller
# than in float32, about $5 \cdot 10^8$ times. If rounding is all there is, the differences must shrink by about as
# much, while what comes from a mistake would stay as it is. Train both frameworks once more, in float64:

# %% caption="The reference is NumPy, in float64. The points form two bands, about as far apart as the factor by which float64 is finer than float32. Where two marks lie on each other, both frameworks differ from NumPy by the same."
from xordocs import plots

runs = {
    "TensorFlow, float32": by_tensorflow,
    "Keras, float32": by_keras,
    "TensorFlow, float64": train_in_tensorflow("float64"),
    "Keras, float64": train_in_keras("float64"),
}
plots.difference(runs, by_numpy)

# %% tags=["remove-input"]
keras.config.set_floatx("float32")
keras.config.set_dtype_policy("float32")
gaps = {name: float(abs(run - by_numpy).max()) for name, run in runs.items()}
shrinks = {
    name: gaps[f"{name}, float32"] / gaps[f"{name}, float64"]
    for name in ("TensorFlow", "Keras")
}
assert all(2**29 / 30 < factor < 2**29 * 30 for factor in shrinks.values())
equal = max(int((run == by_numpy).sum()) for run in runs.values())

# %% [markdown]
# (Where two losses are equal to the last digit, a logarithmic scale has no place for the mark: at most
# `{python} equal` of a run's epochs.) They do shrink: TensorFlow's largest difference by a factor of
# $`{python} tables.scientific(shrinks["TensorFlow"])`$, that of Keras by
# $`{python} tables.scientific(shrinks["Keras"])`$. So what was left in float32 was rounding. Your loop, the
# tape and Keras compute the same thing; which of them you write is a question of comfort and speed.
#
# ## Exercises
#
# ### Count the parameters
#
# `model.summary()` prints a table of the layers, with the number of parameters in each. Count them yourself.
# `sizes` begins with the number of inputs and goes on with the number of units in each layer: the network of
# this lesson is `[2, 10, 1]`.


# %% name="count-parameters" tags=["exercise"]
def count_parameters(sizes):
    count = 0
    for layer in range(1, len(sizes)):
        inputs, units = sizes[layer - 1], sizes[layer]
        # this layer's weights
        # and biases
        count = count + ...
    return count


# %% tags=["check"]
from xordocs.exercises import call, compare


def check():
    for sizes in ([7, 16, 10], [2, 10, 1], [2, 2, 1], [3, 5, 4, 2]):
        layers = [(sizes[at], sizes[at + 1]) for at in range(len(sizes) - 1)]
        weights = sum([inputs * units for inputs, units in layers])
        inputs, units = layers[-1]
        compare(
            f"count_parameters({sizes})",
            call("count_parameters", count_parameters, (sizes,), "count"),
            weights + sum(sizes[1:]),
            "Keras",
            [
                ("Are the biases missing?", weights),
                (
                    "Each unit has a bias, not each layer.",
                    weights + len(layers),
                ),
                (
                    "It is the units that have a bias, not the inputs.",
                    weights + sum(sizes[:-1]),
                ),
                (
                    "Each unit has a weight for every input: multiply.",
                    sum([i + u for i, u in layers]) + sum(sizes[1:]),
                ),
                (
                    "That is the last layer alone: add it to the others.",
                    inputs * units + units,
                ),
                (
                    "That is the first layer alone. Does `return` stand "
                    "inside the loop?",
                    (sizes[0] + 1) * sizes[1],
                ),
            ],
        )
    print("Four networks, and every parameter counted.")


check()

# %% [markdown] tags=["hint"]
# What are the shapes of a layer's weight matrix and of its bias? The numbers in both are the parameters.

# %% [markdown] tags=["hint"]
# The matrix has shape `(inputs, units)`, and the bias has one number for each unit.


# %% tags=["solution"]
def count_parameters(sizes):
    count = 0
    for layer in range(1, len(sizes)):
        inputs, units = sizes[layer - 1], sizes[layer]
        count = count + inputs * units + units
    return count


# %% tags=["live", "hide-output"]
print("counted by you:  ", count_parameters([2, 10, 1]))

# %% tags=["hide-output"]
print("counted by Keras:", build().count_params())

# %% tags=["remove-input"]
assert count_parameters([2, 10, 1]) == build().count_params()

# %% [markdown]
# ### Out of Keras
#
# You have put weights into Keras. Now take them out, in the shapes of this course, so that your own
# forward pass can use a model that Keras has trained.


# %% name="weights-out-of-keras" tags=["exercise", "notebook-only"]
import keras
import numpy as np


def out_of_keras(model):
    # what the model holds
    W1, b1, W2, b2 = ...
    b1 = ...  # shape (1, units)
    b2 = ...  # shape (1, 1)
    return W1, b1, W2, b2


# %% tags=["check"]
from xordocs.exercises import call, compare


def check():
    random = np.random.RandomState(0)
    wanted = [
        random.randn(2, 3).astype("float32"),
        random.randn(1, 3).astype("float32"),
        random.randn(3, 1).astype("float32"),
        random.randn(1, 1).astype("float32"),
    ]
    layers = [
        keras.layers.Dense(3, activation="relu"),
        keras.layers.Dense(1, activation="sigmoid"),
    ]
    model = keras.Sequential([keras.Input((2,)), *layers])
    model.set_weights([wanted[0], wanted[1][0], wanted[2], wanted[3][0]])
    got = call("out_of_keras", out_of_keras, (model,), "W1, b1, W2, b2")
    row = "A bias is a row here: it needs a first axis of length 1."
    for name, array, right in zip(
        ["W1", "b1", "W2", "b2"], got, wanted, strict=True
    ):
        mistakes = [(row, right[0]), (row, right.T)] if "b" in name else []
        compare(name, array, right, "the model", mistakes)
    W1, b1, W2, b2 = got
    x = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    a1 = np.maximum(0, x @ W1 + b1)
    y_hat = 1 / (1 + np.exp(-(a1 @ W2 + b2)))
    compare("y_hat", y_hat, model.predict(x, verbose=0), "Keras")
    print("Your forward pass gives what the model predicts.")


check()

# %% [markdown] tags=["hint"]
# `set_weights` has a counterpart, `get_weights`, which returns the four arrays in the same order.

# %% [markdown] tags=["hint"]
# `b[np.newaxis]` puts an axis of length 1 in front.


# %% tags=["solution"]
def out_of_keras(model):
    W1, b1, W2, b2 = model.get_weights()
    b1 = b1[np.newaxis]
    b2 = b2[np.newaxis]
    return W1, b1, W2, b2


# %% [markdown]
# ### A line that stays up
#
# !!! exercise "One setting fewer"
#     In `train_in_keras`, leave out the call of `set_dtype_policy`, and draw the last figure again. Which
#     curve changes, and what does that tell you?

# %% tags=["remove-input"]
keras.config.set_floatx("float64")
model = build()
model.set_weights([W1, b1[0], W2, b2[0]])
model.compile(
    optimizer=keras.optimizers.SGD(learning_rate=1.5),
    loss="mean_squared_error",
)
misled = [model.train_on_batch(x, y) for _ in range(50)]
keras.config.set_floatx("float32")
stays = float(abs(np.array(misled) - by_numpy[:50]).max())
assert {layer.dtype for layer in model.layers} == {"float32"}
assert stays > gaps["Keras, float32"] / 100
Markdown(
    '??? answer "Answer"\n'
    "    The curve of Keras in float64 stays in the upper band: within its first fifty epochs it is "
    f"up to ${tables.scientific(stays)}$ away from NumPy's, as in float32. The layers still compute "
    "in float32, although everything around them does not, and no error message says so. That is what the "
    "figure is for: if you only assume that the rest is rounding, you never find this."
)

# %% [markdown]
# ### Rounding
#
# !!! exercise "The same formulas, the same precision"
#     In float32, Keras and TensorFlow follow the same formulas in the same precision, and yet they can differ
#     in the last digits. Name a reason.

# %% tags=["remove-input"]
a, b, c = np.float32([0.1, 0.3, 0.4])
assert (a + b) + c != a + (b + c)
Markdown(
    '??? answer "Answer"\n'
    "    A sum of rounded numbers depends on the order in which it is added up. In float32 "
    f"$({a!s} + {b!s}) + {c!s}$ is {(a + b) + c:.8f}, and ${a!s} + ({b!s} + {c!s})$ is "
    f"{a + (b + c):.8f}. The sum over the rows, the mean and the matrix products may each be "
    "added up in a different order, and one compiler may merge operations that another keeps apart."
)

# %% [markdown]
# !!! exercise "When would rounding matter?"
#     Here the differences stay small over the whole run. For which learning rates would you expect them
#     to grow?

# %% tags=["remove-input"]
from xordocs.experiments.census import census


def differing(rate, seeds=range(200)):
    """The seeds whose networks end with another loss in float32 than in float64."""
    exact, coarse = (
        census(seeds, 10, rate, dtype=dtype)
        for dtype in (np.float64, np.float32)
    )
    return exact.seeds[abs(exact.losses - coarse.losses) > 0.01].tolist()


def differ(seeds):
    words = ["none differs", "one differs", "two differ", "three differ"]
    words += ["four differ", "five differ", "six differ", "seven differ"]
    return dict(enumerate(words)).get(len(seeds), f"{len(seeds)} differ")


at_usual, at_large = differing(1.5), differing(10)
assert len(at_usual) < len(at_large)
Markdown(
    '??? answer "Answer"\n'
    "    For large ones. Where steps overshoot, each step can magnify the difference that the last "
    "one left, and the two runs go separate ways. Train two hundred networks in both precisions, and "
    "count those whose last losses differ by more than a hundredth. At a learning rate of "
    f"`1.5` {differ(at_usual)}, and at a learning rate of `10` {differ(at_large)}: "
    + ", ".join(
        f"[seed {seed}]({playground.link(seed=seed, learning_rate=10, epoch=500)})"
        for seed in at_large
    )
    + ". So [the census](census.py) counts in float64."
)

# %% [markdown]
# ## In short
#
# A Keras model is layers, `compile`, `fit` and `predict`, and you have written what each of them does. With
# other sizes, softmax and mini-batches the same lines read handwriting. From the same weights all three
# implementations take the same path, and float64 shows that the rest is rounding.
#
# ## Sources
#
# - The Keras documentation: the `Sequential` model, `compile` and `fit`, the `Dense` layer.
# - E. Alpaydin, C. Kaynak, [*Optical Recognition of Handwritten
#   Digits*](https://archive.ics.uci.edu/dataset/80/optical+recognition+of+handwritten+digits) (1998): the
#   pictures, under the licence Creative Commons Attribution.
# - X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks"
#   (2010): the distribution of a `Dense` layer's first weights.
# - D. Goldberg, "What every computer scientist should know about floating-point arithmetic",
#   *ACM Computing Surveys* (1991).
