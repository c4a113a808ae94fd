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
# # The same in TensorFlow
#
# You have taken every derivative by hand. A program can do that for you: it records every operation while the
# loss is computed, and when you ask for the slopes, it walks the record back to front by the chain rule. The record
# is called a **tape**. First you write one yourself, and it trains XOR on this page. Then you write the network of
# lesson 6 once more, on TensorFlow's tape. What took these lines,
#
# ```python
# delta2 = 2 * (y_hat - y) / len(y) * y_hat * (1 - y_hat)
# delta1 = (delta2 @ W2.T) * (z1 > 0)
# dW2 = a1.T @ delta2
# db2 = delta2.sum(axis=0, keepdims=True)
# dW1 = x.T @ delta1
# db1 = delta1.sum(axis=0, keepdims=True)
# ```
#
# and an evening with the chain rule, takes one:
#
# ```python
# dW1, db1, dW2, db2 = tape.gradient(loss, [W1, b1, W2, b2])
# ```
#
# **After this lesson you can** write a tape, write a training loop with TensorFlow's, say what a tape does for you and
# what it leaves to you, and explain why one seed gives two frameworks two different runs. From then on you get the
# gradient of any network whose forward pass you can write, with no derivative of your own.
#
# **You need** the [network in NumPy](numpy-network.py) and the [deltas](../glossary.md#delta) of
# [backpropagation by hand](backpropagation.py). Your own tape runs on this page. In the rest of this lesson and in the
# next, code that uses TensorFlow runs in the downloaded notebook. If you do not want to install it, write your tape,
# and go on to [the clinic](failure-clinic.py): it does not need these two lessons.
#
# ## A tape of your own
#
# There is no magic in a tape: a few lines of plain Python are enough. Here `multiply` computes a product and
# records an entry for each of its two factors: what came out, what went in, and the slope of the first with
# respect to the second. For a product, that slope is the other factor. (`value` is a dictionary, which keeps numbers
# under names: `value["a"]` is 3. If a name may be missing, `value.get("c", 0.0)` gives 0 for it.)

# %% tags=["live"]
value = {"a": 3.0, "b": 2.0}
tape = []


def multiply(out, left, right):
    value[out] = value[left] * value[right]
    tape.append((out, left, value[right]))
    tape.append((out, right, value[left]))


multiply("u", "a", "b")
multiply("J", "u", "a")
for entry in tape:
    print(entry)

# %% tags=["remove-input"]
import numpy as np
from xordocs import datasets, playground, plots, tables
from xordocs.nn import numpy_mlp
from xordocs.nn.parameters import Layer

a, b, product = value["a"], value["b"], value["u"]
assert value["J"] == a * a * b
assert product == a * b
playground.ask(
    "What is the slope of J with respect to a?",
    2 * product,
    "J is (a · b) · a, so a reaches it by two paths, whose slopes are added. Through u the slope is "
    f"{a:g} · {b:g}, and directly it is u, which is {product:g}. Calculus agrees: the derivative of a²b with respect to a is "
    "2ab.",
    hints={
        product: "That is one path. There are two from a to J: directly, and through u.",
        product
        ** 2: "Along a path slopes are multiplied. The two paths are added.",
        a
        + product: "Through u there are two factors: of J with respect to u, and of u with respect to a.",
        value["J"]: "That is the value of J.",
    },
)

# %% [markdown]
# Now walk the tape back to front, from the last result to everything that it came from. Each entry takes the
# slope of what came out, multiplies it by the slope between the two, and hands the product to what went in.
# There it is added to what has come by other paths. (Why back to front? A number may be handed on only when all that
# comes to it has arrived. Whatever uses a number was written down after the number was made, so backwards all its uses
# come first.)


# %% name="tape" tags=["exercise"]
def gradient(tape, last):
    slope = {last: 1.0}
    # the tape, back to front
    for out, into, local in ...:
        # the slope that has reached `out`, 0 if none has
        arrived = slope.get(out, 0.0)
        # what `into` has so far
        so_far = slope.get(into, 0.0)
        # and with this path
        slope[into] = ...
    return slope


# %% tags=["check"]
from xordocs.exercises import call, compare


def check():
    def record(steps, inputs):
        values, tape = dict(inputs), []
        for out, left, right in steps:
            values[out] = values[left] * values[right]
            tape.append((out, left, values[right]))
            tape.append((out, right, values[left]))
        return values, tape

    def walked(tape, last, keep, power_of_slope, power_of_local):
        slope = {last: 1.0}
        for out, into, local in reversed(tape):
            arrived = slope.get(out, 0.0)
            path = arrived**power_of_slope * local**power_of_local
            slope[into] = keep * slope.get(into, 0.0) + path
        return slope

    slips = [
        ("Only the last path counts here: add it to so_far.", 0, 1, 1),
        ("Is the slope of what came out missing, arrived?", 1, 0, 1),
        ("Is the slope between the two missing, local?", 1, 1, 0),
    ]
    inputs = {"a": 2.0, "b": 3.0, "c": 0.5}
    for last, names, steps in [
        ("J", "ab", [("J", "a", "b")]),
        ("J", "abc", [("u", "a", "b"), ("J", "u", "c")]),
        ("J", "ab", [("u", "a", "b"), ("J", "u", "a")]),
        ("J", "abc", [("u", "a", "c"), ("v", "u", "u"), ("J", "v", "b")]),
        ("u", "abc", [("u", "a", "b"), ("J", "u", "c")]),
    ]:
        task = ", ".join([f"{o} = {i} * {j}" for o, i, j in steps])
        _, tape = record(steps, inputs)
        given = (list(tape), last)
        found = call(f'gradient(tape, "{last}")', gradient, given, "slope")
        assert isinstance(found, dict), (
            f"gradient must return the dictionary slope, got {found}."
        )
        for name in names:
            assert name in found, f"For {task} there is no slope for {name}."
            step = 1e-5
            ends = []
            for moved in (inputs[name] + step, inputs[name] - step):
                nudged = dict(inputs)
                nudged[name] = moved
                ends.append(record(steps, nudged)[0][last])
            wrong = [
                (slip[0], walked(tape, last, *slip[1:])[name])
                for slip in slips
            ]
            forwards = walked(tape[::-1], last, 1, 1, 1)[name]
            wrong.append(("Start with the tape's last entry.", forwards))
            compare(
                f"slope of {last} with respect to {name} for {task}",
                found[name],
                (ends[0] - ends[1]) / (2 * step),
                "a nudge",
                wrong,
            )
    print("Your tape knows the slopes of five products.")


check()

# %% [markdown] tags=["hint"]
# `reversed(tape)` goes through the tape back to front.

# %% [markdown] tags=["hint"]
# What this path brings is `arrived * local`. Add it to `so_far`.


# %% tags=["solution"]
def gradient(tape, last):
    slope = {last: 1.0}
    for out, into, local in reversed(tape):
        arrived = slope.get(out, 0.0)
        so_far = slope.get(into, 0.0)
        slope[into] = so_far + arrived * local
    return slope


# %% tags=["live", "hide-output"]
print("slope of J with respect to b:", gradient(tape, "J")["b"])

# %% [markdown]
# How many more operations does a network need? Three: the sum, ReLU and the sigmoid. Here they are, and each puts its
# own slope on the tape. So that they need no names, values are numbered from here on: `value` becomes a list, and a
# number such as 2 says at which place of it a value stands. `new` writes a value down, with the paths that lead to
# it, and returns its place, and `times` is `multiply` with places for names. (`*paths` collects all further arguments
# of a function, however many there are.)


# %% name="operations" tags=["live"]
import numpy as np

value, tape = [], []


def new(result, *paths):
    value.append(result)
    out = len(value) - 1
    for into, local in paths:
        tape.append((out, into, local))
    return out


def add(left, right):
    return new(value[left] + value[right], (left, 1.0), (right, 1.0))


def times(left, right):
    paths = (left, value[right]), (right, value[left])
    return new(value[left] * value[right], *paths)


def relu(z):
    return new(max(0.0, value[z]), (z, float(value[z] > 0)))


def sigmoid(z):
    y_hat = 1 / (1 + np.exp(-value[z]))
    return new(y_hat, (z, y_hat * (1 - y_hat)))


# %% [markdown]
# Try them on one hidden unit with one input. Its weight, 2, and its bias, −1, are the values at the places 0 and 1:

# %% name="one-unit" tags=["live"]
value, tape = [2.0, -1.0], []

x1 = new(1.5)
product = times(0, x1)
z1 = add(product, 1)
a1 = relu(z1)

print("places:", x1, product, z1, a1)
print("values:", value)
for entry in tape:
    print(entry)

# %% [markdown]
# `z1` is a place, not a number: the sum itself stands there, `value[z1]`. Read the tape line by line. The product got
# to place 3 from places 0 and 2, and its slope with respect to each is the other one's value. The sum got to place 4
# from places 3 and 1, with slope 1 each, and ReLU let it through, with slope 1.
#
# Now train XOR with these functions. The network has three hidden units, and its parameters stand at the first
# thirteen places. Nowhere in the loop is there a backward pass: **the slopes come from your `gradient`**, so this
# cell runs once that is right. Every single number is recorded, with the paths that lead to it. (Here $J$ is the sum
# of the four squared errors, four times the mean. The slopes are four times as large, too, so a rate of `0.5` is one
# of 2 for the mean. The functions look up the names `value` and `tape` whenever they are called, so in each epoch
# they fill the new lists.)

# %% name="own-tape" tags=["live"]
rows = [(0.0, 0.0, 0.0), (0.0, 1.0, 1.0), (1.0, 0.0, 1.0), (1.0, 1.0, 0.0)]
theta = list(np.random.RandomState(1).randn(13))
# where each parameter stands
W1, b1 = [[0, 1, 2], [3, 4, 5]], [6, 7, 8]
W2, b2 = [9, 10, 11], 12

for epoch in range(200):
    value, tape, outputs = list(theta), [], []
    J = new(0.0)
    for x1, x2, label in rows:
        first, second = new(x1), new(x2)  # two more places
        z2 = b2  # the sum begins with the output unit's bias
        for unit in range(3):
            product1 = times(W1[0][unit], first)
            product2 = times(W1[1][unit], second)
            z1 = add(product1, product2)
            a1 = relu(add(z1, b1[unit]))
            z2 = add(z2, times(W2[unit], a1))
        y_hat = sigmoid(z2)
        outputs.append(value[y_hat])
        error = add(y_hat, new(-label))
        J = add(J, times(error, error))
    slope = gradient(tape, J)
    for i in range(13):
        theta[i] = theta[i] - 0.5 * slope[i]

for output in outputs:
    print(f"{output:.2f}")

# %% tags=["remove-input"]
numbers = np.random.RandomState(1).randn(13)
same = [
    Layer(numbers[:6].reshape(2, 3), numbers[6:9].reshape(1, 3)),
    Layer(numbers[9:12].reshape(3, 1), numbers[12:].reshape(1, 1)),
]
xor_x, xor_y = datasets.xor()
# the sum of four squares at half a step, or their mean at two
same, _ = numpy_mlp.train(same, xor_x, xor_y, learning_rate=2.0, epochs=199)
assert abs(numpy_mlp.predict(same, xor_x).ravel() - outputs).max() < 1e-9
assert [round(float(output)) for output in outputs] == [0, 1, 1, 0]

# %% [markdown]
# Your tape has learned XOR. (With three hidden units [not every seed learns](census.py#from-one-seed-to-many).) The
# tapes of the frameworks are faster, know many more operations, and take whole arrays. For the matrix product
# `x @ W1` such a tape holds the two rules that you know from lesson 6: `x.T @ delta1` goes to `W1`, and
# `delta1 @ W1.T` to `x`. But the idea is the one you have written.
#
# ## One derivative, by TensorFlow's tape
#
# TensorFlow's arrays are called **tensors**. A `tf.constant` stays as it is; a `tf.Variable` can be changed,
# so parameters are variables. The lines that are indented below `with` are its block: Python enters it, here by
# switching the tape on, and leaves it by switching it off. Whatever you compute from a variable inside the block is
# recorded on the tape. Try it on the two functions with which the [chain rule](downhill.py#the-chain-rule) began,
# $u = 3\theta$ and $J = u^2$, at $\theta = 1$:
#
# !!! predict "Before you scroll"
#     You know the answer without TensorFlow: the slope of $u$ is 3, and that of $J$ with respect to $u$ is
#     $2u$. What will be printed?

# %% tags=["hide-output"]
import tensorflow as tf

theta = tf.Variable(1.0)
with tf.GradientTape() as tape:
    u = 3 * theta
    J = u**2
print(tape.gradient(J, theta).numpy())

# %% tags=["remove-input"]
by_chain_rule = 2 * u.numpy() * 3
assert by_chain_rule == 18 != J.numpy()

# %% [markdown]
# With $u = `{python} f"{u.numpy():g}"`$ the slope is $2u \cdot 3 = `{python} f"{by_chain_rule:g}"`$. You did
# not give TensorFlow a single derivative. It knows the slope of each operation, and the tape says which
# operations there were, and in which order.
#
# ## The network on the tape
#
# The data and the parameters are as in lesson 6: ten hidden units, weights drawn from the normal distribution
# with seed 1, and biases of zero. `tf.random.normal` is TensorFlow's `randn`.

# %%
x = tf.constant([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=tf.float32)
y = tf.constant([[0], [1], [1], [0]], dtype=tf.float32)

tf.random.set_seed(1)
W1 = tf.Variable(tf.random.normal([2, 10]))
b1 = tf.Variable(tf.zeros([1, 10]))
W2 = tf.Variable(tf.random.normal([10, 1]))
b2 = tf.Variable(tf.zeros([1, 1]))

# %% [markdown]
# The forward pass is the one you know, with other names: `tf.matmul` multiplies matrices, `tf.nn.relu` and
# `tf.sigmoid` are the two functions, and `tf.reduce_mean` takes the mean. Run it once inside a tape, and ask
# for the slopes with respect to the parameters. The tape can also give you the slopes with respect to
# anything in between, such as the two sums:

# %%
with tf.GradientTape() as tape:
    z1 = tf.matmul(x, W1) + b1
    a1 = tf.nn.relu(z1)
    z2 = tf.matmul(a1, W2) + b2
    y_hat = tf.sigmoid(z2)
    loss = tf.reduce_mean(tf.square(y_hat - y))
by_tape = tape.gradient(loss, [z2, z1, W1, b1, W2, b2])

# %% tags=["remove-input"]
plots.tape(
    [
        plots.Record("xW₁ + b₁", "z₁", "δ₁", "∂J/∂W₁\n∂J/∂b₁"),
        plots.Record("ReLU", "a₁", "∂J/∂a₁"),
        plots.Record("a₁W₂ + b₂", "z₂", "δ₂", "∂J/∂W₂\n∂J/∂b₂"),
        plots.Record("sigmoid", "ŷ", "∂J/∂ŷ"),
        plots.Record("mean of\n(ŷ − y)²", "J", "1"),
    ],
    caption="The deltas of lesson 5 come back along the tape, in the order in which you "
    "worked them out. Every operation hands a slope back to the one before it, and the two "
    "that have parameters also give the slopes with respect to these.",
)

# %% [markdown]
# ## Ask the tape about your own backward pass
#
# With two ways to compute one gradient, you can check one against the other. Here are your lines from lesson
# 6 in TensorFlow's words, applied to the tensors that the tape has seen. `tf.cast` turns true and false into
# 1 and 0:

# %%
delta2 = 2 * (y_hat - y) / len(y) * y_hat * (1 - y_hat)
delta1 = tf.matmul(delta2, tf.transpose(W2)) * tf.cast(z1 > 0, tf.float32)
dW1 = tf.matmul(tf.transpose(x), delta1)
db1 = tf.reduce_sum(delta1, axis=0, keepdims=True)
dW2 = tf.matmul(tf.transpose(a1), delta2)
db2 = tf.reduce_sum(delta2, axis=0, keepdims=True)

by_hand = [delta2, delta1, dW1, db1, dW2, db2]
names = ["delta2", "delta1", "dW1", "db1", "dW2", "db2"]
for name, yours, theirs in zip(names, by_hand, by_tape):
    gap = tf.reduce_max(tf.abs(yours - theirs)).numpy()
    print(f"{name:6}  largest difference {gap:.1g}")

# %% tags=["remove-input"]
gaps = [
    float(tf.reduce_max(tf.abs(yours - theirs)))
    for yours, theirs in zip(by_hand, by_tape, strict=True)
]
assert max(gaps) < 1e-6
assert not b1.numpy().any()
assert not z1.numpy()[0].any()
assert not by_tape[1].numpy()[0].any()

# %% [markdown]
# All six agree, to within $`{python} tables.scientific(max(gaps))`$. TensorFlow computes in **float32** here,
# with numbers of about seven digits, and [the next lesson](keras-and-comparison.py) shows how to find out
# whether rounding is all that is behind such differences. The two ways agree on the row $(0, 0)$, too, where
# every hidden sum is a bias and so exactly zero: TensorFlow gives ReLU the slope 0 [on its
# kink](gradient-check.py#on-the-kink), as you do with `z1 > 0`.
#
# ## The training loop
#
# !!! predict "Before you scroll"
#     The seed is 1 again, as in lesson 6. Will the first loss be the one that NumPy gave?

# %% tags=["hide-output"]
epochs = 500
learning_rate = 1.5
loss_history = []
for epoch in range(epochs):
    with tf.GradientTape() as tape:
        z1 = tf.matmul(x, W1) + b1
        a1 = tf.nn.relu(z1)
        z2 = tf.matmul(a1, W2) + b2
        y_hat = tf.sigmoid(z2)
        loss = tf.reduce_mean(tf.square(y_hat - y))
    loss_history.append(loss.numpy())

    dW1, db1, dW2, db2 = tape.gradient(loss, [W1, b1, W2, b2])
    W1.assign_sub(learning_rate * dW1)
    b1.assign_sub(learning_rate * db1)
    W2.assign_sub(learning_rate * dW2)
    b2.assign_sub(learning_rate * db2)
    if epoch % 20 == 0:
        print(f"Epoch {epoch}, Loss: {loss:.4f}")

# %% [markdown]
# The first loss is not NumPy's; you will see why below. Now compare the loop with that of lesson 6. The
# backward pass has shrunk to one line. Everything else is still yours: the forward pass, the loss, the
# update, the number of steps and their size. `assign_sub` subtracts in place, and has to: after
# `W1 = W1 - ...` the name `W1` would stand for a tensor, no longer for a variable, and the next tape would
# not record what is computed from it.
#
# ## What came out

# %%
from xordocs import tables


def predict(x):
    a1 = tf.nn.relu(tf.matmul(x, W1) + b1)
    return tf.sigmoid(tf.matmul(a1, W2) + b2)


y_hat = predict(x)
right = tf.equal(tf.round(y_hat), y)
accuracy = tf.reduce_mean(tf.cast(right, tf.float32))
print("Accuracy:", accuracy.numpy())
tables.predictions(x.numpy(), y.numpy(), y_hat.numpy())

# %% caption="One seed, and yet two different runs from the first epoch on."
from xordocs import plots
from xordocs.nn import numpy_mlp

numpy_start = numpy_mlp.initialize(seed=1)
_, numpy_history = numpy_mlp.train(numpy_start, x.numpy(), y.numpy())
plots.loss({"TensorFlow": loss_history, "NumPy": numpy_history}, log=True)

# %% caption="The four corners are where XOR wants them. Between them, the surface differs from that of lesson 6."
from xordocs import datasets

lattice = datasets.grid()
outputs = predict(tf.constant(lattice, dtype=tf.float32)).numpy()
plots.surface(lattice, outputs)

# %% [markdown]
# ## Short interpretation

# %% tags=["remove-input"]
history = np.array(loss_history)
ahead = int(np.flatnonzero(history >= numpy_history)[-1]) + 1
assert ahead < len(history)
assert abs(history[0] - numpy_history[0]) > 0.01

# %% [markdown]
# All four answers are right. The loss begins at `{python} f"{history[0]:.4f}"`, where NumPy's began at
# `{python} f"{numpy_history[0]:.4f}"`, so the two runs differ before the first step. The seed is the same,
# but the generators are not: TensorFlow and NumPy turn a seed into random numbers by different rules, and so
# the two sets of weights have nothing in common. **A seed is a promise within one generator.**
#
# From epoch `{python} f"{ahead}"` on, the TensorFlow run has the lower loss. That says nothing about
# TensorFlow, which started from other weights. To compare two frameworks, give both the same *weights*, as
# the [next lesson](keras-and-comparison.py) does.
#
# ## The same in PyTorch
#
# PyTorch, the other large framework, records operations as well, and its loop has the same four parts. ([PyTorch,
# line by line](../pytorch.md) takes a usual program apart.) Here is one step down $J = (3\theta)^2$ in TensorFlow:
#
# ``` { .python }
# theta = tf.Variable(2.0)
# with tf.GradientTape() as tape:
#     J = (3 * theta) ** 2
# slope = tape.gradient(J, theta)
# theta.assign_sub(0.01 * slope)
# print(theta.numpy())
# ```
#
# And the same step in PyTorch, where `requires_grad=True` makes a variable of a tensor:
#
# ``` { .python }
# theta = torch.tensor(2.0, requires_grad=True)
# J = (3 * theta) ** 2
# J.backward()
# with torch.no_grad():
#     theta -= 0.01 * theta.grad
# theta.grad = None
# print(theta.item())
# ```
#
# There is no tape to open, because everything that is computed from such a tensor is recorded. `backward` puts
# the slope into `theta.grad`. Below `torch.no_grad()` nothing is recorded, so that the step itself is not.
# Forgetting `theta.grad = None` is PyTorch's classic bug: `backward` *adds* its slope to what is there, so
# every step follows the sum of all slopes so far.
#
# <details class="note" markdown>
# <summary>The whole loop in PyTorch</summary>
#
# The build of this page does not run it; it was tried with PyTorch `2.14.1`. PyTorch's weights of seed 1 get
# this network [stuck](failure-clinic.py), so the seed is 2 here. Try both.
#
# ``` { .python }
# import torch
#
# x = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
# y = torch.tensor([[0.0], [1.0], [1.0], [0.0]])
#
# torch.manual_seed(2)
# W1 = torch.randn(2, 10, requires_grad=True)
# b1 = torch.zeros(1, 10, requires_grad=True)
# W2 = torch.randn(10, 1, requires_grad=True)
# b2 = torch.zeros(1, 1, requires_grad=True)
#
# learning_rate = 1.5
# loss_history = []
# for epoch in range(500):
#     z1 = x @ W1 + b1
#     a1 = torch.relu(z1)
#     z2 = a1 @ W2 + b2
#     y_hat = torch.sigmoid(z2)
#     loss = ((y_hat - y) ** 2).mean()
#     loss_history.append(loss.item())
#
#     loss.backward()
#     with torch.no_grad():
#         for parameter in [W1, b1, W2, b2]:
#             parameter -= learning_rate * parameter.grad
#             parameter.grad = None
#     if epoch % 20 == 0:
#         print(f"Epoch {epoch}, Loss: {loss.item():.4f}")
# print(y_hat.detach().round(decimals=3))
# ```
#
# </details>
#
# ## Exercises
#
# ### A slope of anything
#
# TensorFlow's tape is not limited to networks, either. Write a function that returns the slope of any
# function `f` at any number `theta`.


# %% name="slope-by-tape" tags=["exercise", "notebook-only"]
import tensorflow as tf


def slope_at(f, theta):
    theta = tf.Variable(theta)
    with tf.GradientTape() as tape:
        J = ...  # the value of f
    # the slope of J with respect to theta
    return ...


# %% tags=["check"]
from xordocs.exercises import compare


def check():
    for name, f, theta, wanted in [
        ("of θ² at 3", lambda t: t**2, 3.0, 6.0),
        ("of the sigmoid at 0", tf.sigmoid, 0.0, 0.25),
        ("of θ³ at -1", lambda t: t * t * t, -1.0, 3.0),
    ]:
        try:
            found = slope_at(f, theta)
        except Exception as error:
            stops = f"slope_at stops with {type(error).__name__}: {error}."
            raise AssertionError(stops) from None
        if found is None:
            raise AssertionError(
                "slope_at returns None. Either it returns nothing, or the "
                "tape has no record that leads from theta to J: J must be "
                "computed inside the block, from theta, and theta must be a "
                "variable."
            )
        value = f(tf.constant(theta))
        words = "That is the value of f, not its slope."
        compare(
            f"slope_at, {name},", found, wanted, "calculus", [(words, value)]
        )
    print("The tape knows the slopes of all three functions.")


check()

# %% [markdown] tags=["hint"]
# `f` is a function: call it inside the block, with `theta`.

# %% [markdown] tags=["hint"]
# After the block, tell `tape.gradient` two things: what you want the slope of, and with respect to what.


# %% tags=["solution"]
def slope_at(f, theta):
    theta = tf.Variable(theta)
    with tf.GradientTape() as tape:
        J = f(theta)
    return tape.gradient(J, theta)


# %% [markdown]
# ### What is left to you

# %% tags=["remove-input"]
playground.ask(
    "Which of these does the tape not compute for you?",
    "W₁ − η ∂J/∂W₁",
    "The tape gives you slopes. What you do with them is the update, and that stays yours.",
    choices=["∂J/∂W₁", "δ₂", "W₁ − η ∂J/∂W₁"],
    hints={
        "δ₂": "It is ∂J/∂z₂, a slope like any other: the tape gave it to you above."
    },
)

# %% [markdown]
# !!! exercise "Momentum"
#     A step with momentum follows a running sum $v$, in which old slopes fade:
#     $v \leftarrow 0.9\,v + \partial J/\partial\theta$, and then $\theta \leftarrow \theta - \eta\,v$. Which
#     lines of the training loop change?
#
# ??? answer "Answer"
#     The four with `assign_sub`: before each stands a line that renews its $v$, and the step follows that $v$. Before
#     the loop you also need the four arrays $v$, which begin at zero. What is recorded and what is differentiated
#     stay the same. In Keras the update is an object of its own, the *optimizer*.
#
# ## In short
#
# The tape records what you compute from variables, and `tape.gradient` walks back along it by the chain rule.
# Forward pass, loss and update stay yours. To compare frameworks, share weights, not seeds.
#
# ## Sources
#
# - M. Abadi and others, "TensorFlow: a system for large-scale machine learning", OSDI (2016).
# - The TensorFlow guide, "Introduction to gradients and automatic differentiation".
# - PyTorch's manual, "Autograd mechanics", and its tutorial "Learning PyTorch with examples".
# - A. Karpathy, *micrograd*: a tape like yours, with all that a small network needs.
# - NumPy's policy on random numbers (NEP 19), and its manual, "Legacy random generation": `RandomState` is
#   frozen, so that a seed keeps its numbers from version to version.
