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
# picture: The gradient check’s error against the step size
# ---

# %% [markdown]
# # Is the gradient right?
#
# A backward pass is only a few lines long, but every one of them is easy to get wrong, and a wrong line
# seldom stops with an error. Here are two networks of ten hidden units. They began with the same weights, and both have
# learned XOR. But in the backward pass of network A a line was wrong. **Can you see it?**

# %% tags=["remove-input"]
import numpy as np
from IPython.display import Markdown
from xordocs import datasets, playground, plots, tables
from xordocs.experiments import gradient_check
from xordocs.nn import losses as measures
from xordocs.nn import numpy_mlp
from xordocs.nn.parameters import Layer


def faulty_backward(parameters, z, a, y):
    delta2 = measures.mse_delta(a[-1], y)
    delta1 = delta2 @ parameters[1].weights.T
    return [
        Layer(a[0].T @ delta1, delta1.sum(axis=0, keepdims=True)),
        Layer(a[1].T @ delta2, delta2.sum(axis=0, keepdims=True)),
    ]


def trained_by(slopes_of, seed, learning_rate=0.2, epochs=500):
    inputs, labels = datasets.xor()
    network, history = numpy_mlp.initialize(seed=seed), []
    for _ in range(epochs):
        z, a = numpy_mlp.forward(network, inputs)
        history.append(measures.mse(a[-1], labels))
        network = numpy_mlp.update(
            network, slopes_of(network, z, a, labels), learning_rate
        )
    outputs = numpy_mlp.predict(network, inputs)
    return history, measures.accuracy(outputs, labels) == 1, network


seeds = range(10)
right = [trained_by(numpy_mlp.backward, seed) for seed in seeds]
faulty = [trained_by(faulty_backward, seed) for seed in seeds]
falls = sum(history[-1] < history[0] for history, *_ in faulty)
learned, learned_right = (
    sum(done for _, done, _ in runs) for runs in (faulty, right)
)
middle, middle_right = (
    np.median([history[-1] for history, *_ in runs])
    for runs in (faulty, right)
)
# at the usual rate the outputs jump about, so look at more than one epoch
usual = max(
    sum(trained_by(faulty_backward, seed, 1.5, end)[1] for seed in seeds)
    for end in range(490, 501, 2)
)
assert falls > len(seeds) / 2
assert usual < len(seeds) / 2
assert len(seeds) / 2 < learned <= learned_right
assert middle > 3 * middle_right
higher = sum(
    wrong[-1] > good[-1]
    for (wrong, *_), (good, *_) in zip(faulty, right, strict=True)
)
assert higher >= 9  # by chance, to one side, in one case of a hundred
shown = min(
    (seed for seed in seeds if right[seed][1] and faulty[seed][1]),
    key=lambda seed: faulty[seed][0][-1],
)
lattice = datasets.grid()
plots.maps(
    "Two networks that have learned XOR",
    {
        name: numpy_mlp.predict(runs[shown][2], lattice)
        for name, runs in (("network A", faulty), ("network B", right))
    },
    lattice,
    *datasets.xor(),
    caption="In both, each point lies on the right side of the boundary. Nothing on either map looks broken.",
    side=2.2,
)

# %% [markdown]
# The maps do not tell. A network with such a fault goes on training, only worse, and you look for the fault in the
# [learning rate](../glossary.md#learning-rate), in the [seed](../glossary.md#seed), in the data. This
# lesson gives you a test that knows nothing about the chain rule: move one parameter a little, and see
# what the loss does.
#
# **After this lesson you can** check any gradient in about ten lines, choose the size of the step and
# say why, find a planted bug, and tell a bug from a kink. The test asks only for a loss and its parameters, so
# it serves every backward pass that you will write, such as that of a
# [network that reads handwriting](convolution.py).
#
# **You need** the [backward pass for all rows](numpy-network.py), and you should know from
# [Downhill](downhill.py) what a slope is. One exercise has the [cross-entropy](deeper.py#cross-entropy) in it.
#
# !!! predict "From memory"
#     1. How can you measure a slope without any formula?
#     2. Which shape has the gradient with respect to $W_1$?
#     3. A hidden unit is off on all rows. What are the slopes of its weights?
#
# ??? answer "Answers"
#     1. Move the weight a little up and down, and divide the difference of the losses by the distance.
#     2. That of $W_1$.
#     3. All are zero: ReLU is flat there, so no delta comes through.
#
# ## A loss that falls proves nothing
#
# Which line it is, you will find out yourself, further down. First look at the losses. Both networks took five hundred
# steps, at the same learning rate.
#
# !!! predict "Before you scroll"
#     Draw the two losses, as you expect them. Would the loss of network A, seen alone, have made you suspicious?


# %% tags=["remove-input", "hide-output"]
def some(count):
    return "all ten" if count == len(seeds) == 10 else f"{count} of the ten"


plots.loss(
    {
        "network B": right[shown][0],
        "network A": faulty[shown][0],
    },
    caption="Both losses fall. In the end all four answers of both networks round to the right label, although "
    f"the losses are {right[shown][0][-1]:.3f} and {faulty[shown][0][-1]:.3f}.",
)

# %% [markdown]
# <div class="xd-then" markdown>
#
# Hardly: it falls, only more slowly, and that could have many reasons, among them the first weights. Of ten networks,
# from the seeds 0 to `{python} f"{seeds[-1]}"`, the wrong gradient lowers the loss of `{python} some(falls)`, and
# `{python} some(learned)` even learn XOR.
#
# </div>
#
# In your own work you have no right gradient to compare with, so you need another way to the slope.
#
# ??? note "What ten networks do tell"
#     The learning rate is `0.2`. With the right gradient `{python} some(learned_right)` learn. Ten networks are too few
#     to say from such counts that fewer learn with the wrong one. But the losses show the mistake: from
#     `{python} some(higher)` seeds the wrong gradient ends higher than the right one. The **median** of the last
#     losses, the middle of them when they stand in order, is `{python} f"{middle:.3f}"` instead of
#     `{python} f"{middle_right:.4f}"`. (The usual rate of `1.5` is less forgiving: there fewer than half of the ten
#     learn with the wrong gradient.)
#
# ## The network under test
#
# The network of this lesson has three hidden units and the numbers below. Its biases are not zero, for a
# reason that comes at the end. `backward` is the function that you wrote in [lesson
# 6](numpy-network.py#an-equation-a-line-of-code). In `loss_of` the loss, too, is a function of the parameters.

# %% tags=["live"]
import numpy as np

x = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = np.array([[0.0], [1.0], [1.0], [0.0]])

W1 = np.array([[1.5, -1.0, 0.5], [0.5, 1.0, -0.75]])
b1 = np.array([[-0.3, 0.2, 0.4]])
W2 = np.array([[1.0], [-2.0], [0.5]])
b2 = np.array([[0.2]])
parameters = (W1, b1, W2, b2)


def forward(parameters, x):
    W1, b1, W2, b2 = parameters
    z1 = x @ W1 + b1
    a1 = np.maximum(0, z1)
    y_hat = 1 / (1 + np.exp(-(a1 @ W2 + b2)))
    return z1, a1, y_hat


def loss_of(parameters, x, y):
    y_hat = forward(parameters, x)[2]
    return ((y_hat - y) ** 2).mean()


def backward(parameters, passed, x, y):
    W1, b1, W2, b2 = parameters
    z1, a1, y_hat = passed
    delta2 = 2 * (y_hat - y) / len(y) * y_hat * (1 - y_hat)
    dW2 = a1.T @ delta2
    db2 = delta2.sum(axis=0, keepdims=True)
    delta1 = (delta2 @ W2.T) * (z1 > 0)
    dW1 = x.T @ delta1
    db1 = delta1.sum(axis=0, keepdims=True)
    return dW1, db1, dW2, db2


print(f"loss {loss_of(parameters, x, y):.6f}")

# %% [markdown]
# ## Nudge and look
#
# Take one parameter $\theta$, and think of the loss as a function of this parameter alone, $J(\theta)$.
# Raise $\theta$ by a small step $h$ and note the loss. Lower it by as much and note the loss again. The
# slope of the straight line between these two points is the **central difference**:
#
# $$\frac{\partial J}{\partial \theta} \approx \frac{J(\theta + h) - J(\theta - h)}{2h}$$
#
# Such a straight line is called a chord. Here it is drawn for the weight `W2[0, 0]`, with a step so
# long that you can see it:


# %% tags=["remove-input"]
def along(array, place, network, values, x, y):
    kept, found = array[place], []
    for value in values:
        array[place] = value
        found.append(loss_of(network, x, y))
    array[place] = kept
    return found


values = np.linspace(-1.5, 3.5, 201)
plots.chord(
    values,
    along(W2, (0, 0), parameters, values, x, y),
    at=W2[0, 0],
    h=1.5,
    slope=backward(parameters, forward(parameters, x), x, y)[2][0, 0],
    caption="The dashed chord is less steep than the dotted line, whose slope comes from "
    "backpropagation. Imagine the chord's ends moving in: the shorter the step, the closer the two slopes.",
)

# %% [markdown]
# Now compute it with a short step, `1e-5`, which is Python's way to write $10^{-5}$. `loss_at` puts another
# value into `W2[0, 0]`, computes the loss, and puts the old value back.

# %% tags=["live"]
theta = W2[0, 0]
h = 1e-5


def loss_at(value):
    W2[0, 0] = value
    found = loss_of(parameters, x, y)
    W2[0, 0] = theta
    return found


by_difference = (loss_at(theta + h) - loss_at(theta - h)) / (2 * h)
passed = forward(parameters, x)
dW1, db1, dW2, db2 = backward(parameters, passed, x, y)
by_backpropagation = dW2[0, 0]
print(f"central difference {by_difference:.8f}")
print(f"backpropagation    {by_backpropagation:.8f}")

# %% tags=["remove-input"]
assert f"{by_difference:.8f}" == f"{by_backpropagation:.8f}"
assert 0 < abs(by_difference - by_backpropagation) < 1e-9

# %% [markdown]
# The two agree in all the digits shown: they differ by
# $`{python} tables.scientific(abs(by_difference - by_backpropagation))`$. One came from the chain rule,
# the other from two forward passes and a subtraction. Both use `forward`, so a mistake in `forward` would go
# unnoticed: the check only asks whether this `backward` belongs to this `forward`.
#
# ## Every parameter
#
# Now do the same for every parameter. Each in turn goes up by $h$, down by $h$, and back to its old
# value. `np.ndindex` runs through all places of an array: `(0, 0)`, `(0, 1)` and so on. (`h=1e-5` means that $h$ is
# $10^{-5}$, unless a call gives another.)


# %% tags=["live"]
def numerical_gradients(parameters, x, y, h=1e-5):
    found = []
    for array in parameters:
        slope = np.zeros(array.shape)
        for place in np.ndindex(array.shape):
            theta = array[place]
            array[place] = theta + h
            above = loss_of(parameters, x, y)
            array[place] = theta - h
            below = loss_of(parameters, x, y)
            array[place] = theta
            slope[place] = (above - below) / (2 * h)
        found.append(slope)
    return found


# %% [markdown]
# How close is close enough? A gap of a thousandth is nothing when the slope is a hundred, and everything
# when the slope is a thousandth. So divide the largest gap of an array by its largest slope. That is the
# **relative error**. The tiny number in the code is there for arrays whose slopes are all zero.


# %% tags=["live"]
def relative_error(ours, nudged):
    return abs(ours - nudged).max() / max(abs(nudged).max(), 1e-8)


names = ["W1", "b1", "W2", "b2"]
ours = backward(parameters, forward(parameters, x), x, y)
nudged = numerical_gradients(parameters, x, y)
for name, a, b in zip(names, ours, nudged):
    print(name, "agrees:", relative_error(a, b) < 1e-7)

# %% tags=["remove-input"]
errors = {
    name: relative_error(a, b)
    for name, a, b in zip(names, ours, nudged, strict=True)
}
assert max(errors.values()) < 1e-7
count = sum(array.size for array in parameters)
assert min(abs(array).min() for array in ours) > 1e-4
tables.Table(
    "The slope of the loss with respect to every parameter, found in two ways.",
    ["parameter", "backpropagation", "central difference"],
    [
        [
            f"{name}[{row}, {column}]",
            f"{a[row, column] + 0.0:.8f}",
            f"{b[row, column] + 0.0:.8f}",
        ]
        for name, a, b in zip(names, ours, nudged, strict=True)
        for row, column in np.ndindex(a.shape)
    ],
)

# %% [markdown]
# The largest relative error is $`{python} tables.scientific(max(errors.values()))`$, so here `backward` belongs to
# `forward`. And no slope is 0, so no mistake hides behind a zero. As a rule of thumb, an error below $10^{-7}$ is
# nearly always rounding. A larger error is most often a bug or a [kink](#on-the-kink), and a kink is soon ruled out.
#
# ??? note "Where the rule does not hold"
#     In a network that is saturated, or trained for very long, the slopes can be so small that rounding shows
#     beside them. Then try a step of `1e-4`: an error that is rounding shrinks, and a bug stays. The rule is
#     made for numbers of sixteen digits and for a step $h$ that is neither too long nor too short. The next
#     section shows why.
#
# Now to the network at the top of the page. Here is the backward pass that it was trained with, and the same check:


# %% tags=["live"]
def suspect(parameters, passed, x, y):
    W1, b1, W2, b2 = parameters
    z1, a1, y_hat = passed
    delta2 = 2 * (y_hat - y) / len(y) * y_hat * (1 - y_hat)
    dW2 = a1.T @ delta2
    db2 = delta2.sum(axis=0, keepdims=True)
    delta1 = delta2 @ W2.T
    dW1 = x.T @ delta1
    db1 = delta1.sum(axis=0, keepdims=True)
    return dW1, db1, dW2, db2


theirs = suspect(parameters, forward(parameters, x), x, y)
for name, a, b in zip(names, theirs, nudged):
    print(name, "agrees:", relative_error(a, b) < 1e-7)

# %% tags=["remove-input"]
agree = [
    relative_error(a, b) < 1e-7 for a, b in zip(theirs, nudged, strict=True)
]
assert agree == [False, False, True, True]
reached = [Layer(W1, b1), Layer(W2, b2)]
mine = faulty_backward(reached, *numpy_mlp.forward(reached, x), y)
assert all(map(np.allclose, [a for layer in mine for a in layer], theirs))

# %% [markdown]
# The check cannot say what is wrong, but it says where to look. Which line is it?
#
# ??? answer "The wrong line"
#     The slopes of the output unit are right, and those of the hidden units are wrong. So the mistake lies where the
#     error is handed back, in `delta1`: ReLU's slope, `(z1 > 0)`, is missing.
#
# Then why not train by nudges and forget the chain rule? Count the forward passes: two for each parameter,
# `{python} f"{2 * count}"` for these `{python} f"{count}"`. A network of a million parameters would need two million
# passes for a single step, where backpropagation needs one forward pass and one backward pass, which costs about as
# much as two forward passes: for each layer two matrix products in place of one. So you train with backpropagation
# and check with nudges.
#
# ## How small a step?
#
# !!! predict "Before you scroll"
#     A shorter step gives a better slope. Is the shortest the best? What happens when $h$ is a
#     millionth of a millionth?
#
# Try steps from a tenth down, each ten times shorter than the last. (Brackets with a `for` inside are a loop in one
# line, which makes a list.) For comparison, the plot also shows the one-sided difference,
# $(J(\theta + h) - J(\theta)) / h$, which looks to one side only.

# %% caption="Read it from right to left, as the step shrinks."
from xordocs import plots

steps = [10.0**-k for k in range(1, 14)]
central, one_sided = [], []
for step in steps:
    above, below = loss_at(theta + step), loss_at(theta - step)
    by_both_sides = (above - below) / (2 * step)
    by_one_side = (above - loss_at(theta)) / step
    exact = by_backpropagation
    central.append(abs(by_both_sides - exact) / abs(exact))
    one_sided.append(abs(by_one_side - exact) / abs(exact))

plots.step_sizes(steps, {"central": central, "one-sided": one_sided})

# %% tags=["remove-input"]
best, best_one = int(np.argmin(central)), int(np.argmin(one_sided))
shrinks, shrinks_one = central[0] / central[1], one_sided[0] / one_sided[1]
assert 80 < shrinks < 120
assert 8 < shrinks_one < 12
assert 3 <= best <= 6
assert 6 <= best_one <= 9
assert central[best] < one_sided[best_one] / 10
assert min(central[-1], one_sided[-1]) > 1000 * central[best]

# %% [markdown]
# Each of the two curves is roughly a V, and each half of a V has its reason.
#
# **On the right the step is too long.** The line through two points of a curve does not have the curve's
# own slope. How far off is it? Take $J = \theta^3$. Its slope is $3\theta^2$, as the first line shows when $h$
# goes to zero:
#
# $$\begin{aligned}
# \frac{(\theta + h)^3 - \theta^3}{h} &= 3\theta^2 + 3\theta h + h^2 \\
# \frac{(\theta + h)^3 - (\theta - h)^3}{2h} &= 3\theta^2 + h^2
# \end{aligned}$$
#
# If you look to one side, the error shrinks like $h$. If you look to both sides, this part of the error
# cancels, and what is left shrinks like $h^2$: with a step ten times shorter, the error is a hundred
# times smaller. In the picture, shortening the step for the first time divides the one-sided error by
# `{python} f"{shrinks_one:.0f}"` and the central one by `{python} f"{shrinks:.0f}"`.
#
# **On the left the step is too short.** The computer keeps about sixteen digits of each loss. The shorter
# the step, the more of these digits the two losses have in common, and the subtraction cancels all of
# those. What is left is mostly rounding, divided by a tiny number.
#
# Between the two halves lies the best step. For the central difference it is
# $h = `{python} tables.scientific(steps[best])`$, with an error of $`{python} tables.scientific(central[best])`$; for
# the one-sided difference it is $h = `{python} tables.scientific(steps[best_one])`$, with an error of
# $`{python} tables.scientific(one_sided[best_one])`$. That is why `numerical_gradients` looks to both sides, with
# `h=1e-5`. (On the left half of a V rounding goes up or down by chance, and may cancel by luck at one step. So take
# such an error for its order of magnitude.)
#
# ??? note "Why just there"
#     Suppose that the loss, its slope and the slopes of that slope are near 1. Then the error of a step that is too
#     long is about $h^2$. Rounding changes each loss by about $\varepsilon = 10^{-16}$, and divided by $h$ that is
#     $\varepsilon/h$. The two are equal where $h^3$ is $\varepsilon$, at $h \approx 10^{-5}$. For the one-sided
#     difference $h$ and $\varepsilon/h$ are equal at $h = 10^{-8}$, and the picture has its best step near there.
#
# ## On the kink
#
# ReLU has slope 0 to the left of zero and slope 1 to the right. At zero itself it has no slope: there it
# has a **kink**. Zero sounds like a place that you never hit exactly, but you hit it before the first
# step: biases start at zero, and for the row $(0, 0)$ a hidden unit's sum *is* its bias.
#
# Take a network with a single hidden unit that sits on its kink, and this row alone:

# %% tags=["live"]
one_unit = (
    np.array([[1.0], [1.0]]),
    # its bias, on the kink
    np.array([[0.0]]),
    np.array([[1.0]]),
    np.array([[0.0]]),
)
row, label = x[:1], y[:1]

# %% [markdown]
# !!! predict "Before you scroll"
#     To the left of the kink the loss is flat; to the right it has a slope. Which slope will
#     backpropagation give for the bias, and which will the central difference give?

# %% tags=["live", "hide-output"]
passed = forward(one_unit, row)
of_bias = backward(one_unit, passed, row, label)[1][0, 0]
nudged_bias = numerical_gradients(one_unit, row, label)[1][0, 0]
print(f"backpropagation    {of_bias:.4f}")
print(f"central difference {nudged_bias:.4f}")

# %% tags=["remove-input", "hide-output"]
to_the_right = backward(one_unit, passed, row, label)[3].item()
assert of_bias == 0
assert to_the_right == 1 / 4
assert abs(nudged_bias - 1 / 8) < 1e-6
values = np.linspace(-1, 1, 201)
plots.chord(
    values,
    along(one_unit[1], (0, 0), one_unit, values, row, label),
    at=0,
    h=0.5,
    slope=of_bias,
    caption="Backpropagation gives the slope of the flat side. The chord reaches across the kink, "
    "and its slope lies between those of the two sides.",
)

# %% [markdown]
# <div class="xd-then" markdown>
#
# If the unit were on, the slope would be `{python} f"{to_the_right:g}"`, as it is for the output unit's
# bias. The central difference takes the mean of the two sides, 0 and `{python} f"{to_the_right:g}"`.
# Backpropagation takes the left side, because `z1 > 0` is false at zero, and so does
# [TensorFlow](tensorflow-network.py#ask-the-tape-about-your-own-backward-pass).
#
# </div>
#
# **The two slopes differ, although neither method has a bug.**

# %% tags=["remove-input"]
start = gradient_check.check(numpy_mlp.initialize(seed=1), *datasets.xor())
bent = sorted({kink.parameter for kink in start.kinks})
assert all("[0].bias" in start.names[place] for place in bent)
assert {kink.row for kink in start.kinks} == {0}
assert start.worst < 1e-6
nudged_network = [
    Layer(weights, bias + 0.01)
    for weights, bias in numpy_mlp.initialize(seed=1)
]
moved = gradient_check.check(nudged_network, *datasets.xor())
assert not moved.kinks
assert moved.worst < 1e-6
grown, _ = numpy_mlp.train(numpy_mlp.initialize(seed=1), *datasets.xor())
is_never_on = ~(numpy_mlp.forward(grown, x).z[0] > 0).any(axis=0)
still_bent = gradient_check.check(grown, *datasets.xor()).kinks
assert len({kink.parameter for kink in still_bent}) == is_never_on.sum() > 1
assert (grown[0].bias[0, is_never_on] == 0).all()

# %% [markdown]
# So when a check complains, look at the hidden sums. If one of them is zero, or so near to zero that the
# nudge carries it across, you may be on a kink. Then move all the biases by a hundredth and check again.
# **A kink goes away, a bug stays.** That is why the network of this lesson has biases that are not zero.
# For an example, take the ten-unit network of seed 1. Before its first step it sits on the kinks of
# `{python} f"{len(bent)}"` hidden biases, all on the row $(0, 0)$. With every bias moved by a hundredth
# no kink is left, and the largest relative error over all parameters is
# $`{python} tables.scientific(moved.worst)`$. Training does not take all kinks away:
# `{python} is_never_on.sum()` of these units are off on every row, get no slope, and keep their bias of
# zero to the end. So move the biases of a trained network, too, before you check it. The package's own
# check, [`gradient_check.check`](../reference/gradient_check.md), works for any number of layers and
# names each kink.
#
# ## Exercises
#
# ### Your own nudges
#
# You have read `numerical_gradients`. Cover it, and write its heart: the slopes of one array. `loss_now()` takes
# nothing, and returns the loss with the array as it is at that moment. So change a number of the array itself, not of a
# copy.


# %% Your own nudges name="nudged-slopes" tags=["exercise"]
def nudged_slopes(array, loss_now, h):
    slope = np.zeros(array.shape)
    for place in np.ndindex(array.shape):
        # up by h, down by h,
        # and back
        slope[place] = ...
    return slope


# %% tags=["check"]
from xordocs.exercises import call, compare


def check():
    array = np.array([[1.0, -2.0, 0.5], [0.0, 1.5, -1.0]])
    kept = array.copy()
    weights = np.array([[1.0, -1.0, 2.0], [0.5, 1.0, -3.0]])

    def loss_now():
        return float((weights * array**3).sum())

    h = 0.125  # so long that one side alone shows
    slope = call(
        "nudged_slopes", nudged_slopes, (array, loss_now, h), "slope"
    )
    assert abs(array - kept).max() == 0, (
        "The array has not become what it was: put each number back."
    )
    # ((θ + h)³ - (θ - h)³) / 2h, multiplied out
    central = weights * (3 * kept**2 + h**2)
    one_side = 3 * kept * h
    compare(
        "slope",
        slope,
        central,
        "by hand",
        [
            ("The run is twice the step, from -h to h.", 2 * central),
            ("Is the rise divided by the run?", 2 * h * central),
            (
                "Look to both sides, not only up.",
                central + weights * one_side,
            ),
            (
                "Look to both sides, not only down.",
                central - weights * one_side,
            ),
            ("Did you nudge a copy? The loss has not moved.", 0 * central),
        ],
    )
    print("Every slope is right, and the array is what it was.")


check()

# %% [markdown] tags=["hint"]
# Keep the old number, `theta = array[place]`. Then `array[place] = theta + h` moves it, and `loss_now()` tells you what
# the loss is there.

# %% [markdown] tags=["hint"]
# Two losses, one above and one below, and `array[place] = theta` at the end. The slope is their difference, divided
# by how far apart the two places are.


# %% tags=["solution"]
def nudged_slopes(array, loss_now, h):
    slope = np.zeros(array.shape)
    for place in np.ndindex(array.shape):
        theta = array[place]
        array[place] = theta + h
        above = loss_now()
        array[place] = theta - h
        below = loss_now()
        array[place] = theta
        slope[place] = (above - below) / (2 * h)
    return slope


# %% [markdown]
# ### Find the bug
#
# In the network at the top of the lesson you had the right lines beside the wrong one. Here is another network, with
# tanh and the cross-entropy, so there is nothing on this page to compare its lines with. One of them is wrong. Run
# the check, see which slopes it complains about, and repair that line.


# %% tags=["exercise"]
def backward(parameters, passed, x, y):
    W1, b1, W2, b2 = parameters
    # here a1 is np.tanh(z1)
    z1, a1, y_hat = passed
    delta2 = (y_hat - y) / len(y)
    dW2 = a1.T @ delta2
    db2 = delta2.sum(axis=0, keepdims=True)
    delta1 = (delta2 @ W2.T) * (1 - z1**2)
    dW1 = x.T @ delta1
    db1 = delta1.sum(axis=0, keepdims=True)
    return dW1, db1, dW2, db2


# %% tags=["check"]
from xordocs.exercises import call, compare
from xordocs.exercises import slopes as nudge


def check():
    W1 = np.array([[1.5, -1.0, 0.5], [0.5, 1.0, -0.75]])
    b1 = np.array([[-0.3, 0.2, 0.4]])
    W2 = np.array([[1.0], [-2.0], [0.5]])
    b2 = np.array([[0.2]])
    x = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    y = np.array([[0.0], [1.0], [1.0], [0.0]])

    def up():
        a1 = np.tanh(x @ W1 + b1)
        return a1, 1 / (1 + np.exp(-(a1 @ W2 + b2)))

    def true_loss():
        y_hat = up()[1]
        return -np.log(y * y_hat + (1 - y) * (1 - y_hat)).mean()

    a1, y_hat = up()
    given = ((W1, b1, W2, b2), (x @ W1 + b1, a1, y_hat), x, y)
    dW1, db1, dW2, db2 = call(
        "backward", backward, given, "dW1, db1, dW2, db2"
    )
    squared = 2 * (y_hat - y) / len(y) * y_hat * (1 - y_hat)
    back = ((y_hat - y) / len(x)) @ W2.T
    bends = [
        ("That is the slope of ReLU, not of tanh.", x @ W1 + b1 > 0),
        ("The slope of tanh has a square.", 1 - a1),
    ]
    for name, gradient, array, mistakes in [
        ("dW2", dW2, W2, [("That is the squared error's.", a1.T @ squared)]),
        ("db2", db2, b2, []),
        (
            "dW1",
            dW1,
            W1,
            [(said, x.T @ (back * bend)) for said, bend in bends],
        ),
        ("db1", db1, b1, []),
    ]:
        compare(name, gradient, nudge(true_loss, array), "a nudge", mistakes)
    print("All slopes agree with their nudges: the gradient is right.")


check()

# %% [markdown] tags=["hint"]
# The check begins with the output unit, and it does not complain about `dW2` and `db2`. So `delta2` is
# right, and the mistake lies in the lines after it.

# %% [markdown] tags=["hint"]
# What is the [slope of tanh](numpy-network.py#another-bend), and at which place is it taken: the sum, or
# what tanh makes of it?


# %% tags=["solution"]
def backward(parameters, passed, x, y):
    W1, b1, W2, b2 = parameters
    # here a1 is np.tanh(z1)
    z1, a1, y_hat = passed
    delta2 = (y_hat - y) / len(y)
    dW2 = a1.T @ delta2
    db2 = delta2.sum(axis=0, keepdims=True)
    # tanh's slope at z1 is 1 - tanh(z1)**2
    delta1 = (delta2 @ W2.T) * (1 - a1**2)
    dW1 = x.T @ delta1
    db1 = delta1.sum(axis=0, keepdims=True)
    return dW1, db1, dW2, db2


# %% [markdown]
# ### Two numbers

# %% tags=["remove-input"]
to_right = 0.6
playground.ask(
    f"Along a unit's bias the loss has slope 0 to the left of a kink and {to_right} to the "
    "right. Which slope does the central difference give on the kink?",
    to_right / 2,
    "It takes the mean of the slopes on the two sides.",
    tolerance=0.001,
    hints={
        0: "That is what backpropagation gives: the left side.",
        to_right: "That is the right side alone. The nudge looks to both sides.",
    },
)

# %% tags=["remove-input"]
long_step, error = 0.1, 0.02
playground.ask(
    f"With a step of {long_step} the central difference has a relative error of {error}. About "
    f"how large is the error with a step of {long_step / 10}?",
    error / 100,
    "A step ten times shorter makes the error a hundred times smaller, as long as rounding is smaller "
    "still.",
    tolerance=error / 1000,
    hints={
        error
        / 10: "That would be the one-sided difference, whose error shrinks like h.",
        error: "The error depends on the step.",
    },
)

# %% [markdown]
# ### A check that proves nothing
#
# !!! exercise "All weights zero"
#     Somebody tests the faulty backward pass with all weights and biases at zero, and every slope agrees
#     with its nudge. How can that be, and what does it teach you about your own checks?

# %% tags=["remove-input"]
nothing = [np.zeros(array.shape) for array in parameters]
zero_network = [Layer(nothing[0], nothing[1]), Layer(nothing[2], nothing[3])]
passed = numpy_mlp.forward(zero_network, x)
unseen = faulty_backward(zero_network, *passed, y)
assert all(
    np.allclose(array, slope, atol=1e-9)
    for array, slope in zip(
        [array for layer in unseen for array in layer],
        numerical_gradients(tuple(nothing), x, y),
        strict=True,
    )
)
Markdown(
    '??? answer "Answer"\n'
    "    With $W_2$ at zero nothing is handed back: `delta2 @ W2.T` is zero with the mistake and "
    "without it, and so are the slopes of the earlier layer. Check at an ordinary place, where weights and "
    "biases are random and no slope is zero because of a symmetry, and check at more than one such place."
)

# %% [markdown]
# ## In short
#
# Move a parameter up and down by `1e-5`: the difference of the two losses, divided by twice the step, is
# the slope, to about ten digits. Where the two gradients differ, move the biases: a kink goes away, a bug
# stays. Where all slopes are tiny, try a longer step: rounding shrinks, a bug stays.
#
# !!! note "You are ready to write your own"
#     You now have all that the final lesson asks of you to write a network for XOR. You may go there now, and come back
#     to the lessons between for what frameworks do, and for what to do when a network does not learn.
#
#     [Write your own network](from-a-blank-file.py){ .md-button .md-button--primary }
#
# ## Sources
#
# - J. Nocedal, S. Wright, *Numerical Optimization* (2006), §8.1: difference quotients and their
#   best step.
# - I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), §6.3: at ReLU's kink software
#   usually takes the slope of one side; §11.5: checking derivatives.
# - Stanford's course CS231n, *Neural networks*, notes on gradient checks: the limit of $10^{-7}$. There
#   each slope has a relative error of its own. This course divides once for each array, by its largest
#   slope, which lets larger errors pass among the small slopes.
