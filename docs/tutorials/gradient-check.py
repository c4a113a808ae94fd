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
# # Is the gradient right?
#
# Backpropagation is easy to get wrong in a way that still learns, only worse. There is a test that
# knows nothing of the chain rule: nudge one weight, and see what the loss does.
#
# **After this page you can** check any gradient by differences, choose the step size, find a
# planted bug, and tell a bug from a kink.

# %% tags=["remove-input"]
import numpy as np
from IPython.display import Markdown
from xordocs import datasets, plots, tables
from xordocs.experiments import gradient_check
from xordocs.experiments.census import census
from xordocs.listings import source
from xordocs.nn import losses, numpy_mlp
from xordocs.nn.activations import RELU, TANH
from xordocs.nn.losses import MSE
from xordocs.nn.parameters import Layer

x, y = datasets.xor()

# %% [markdown]
# ## Nudge and look
#
# Take one weight $\theta$. Raise it by a little, $h$, and note the loss. Lower it by as much, and
# note it again. The slope between the two is the **central difference**:
#
# $$\frac{\partial J}{\partial \theta} \approx \frac{J(\theta + h) - J(\theta - h)}{2h}$$
#
# One parameter by hand, the first weight of the first hidden unit, after some training so that
# nothing is special about the network:

# %%
parameters, _ = numpy_mlp.train(numpy_mlp.initialize(seed=1), x, y, epochs=50)
h = 1e-5


def loss_at(nudge):
    moved = [Layer(weights.copy(), bias) for weights, bias in parameters]
    moved[0].weights[0, 0] += nudge
    return losses.mse(numpy_mlp.predict(moved, x), y)


by_difference = (loss_at(h) - loss_at(-h)) / (2 * h)
z, a = numpy_mlp.forward(parameters, x)
by_backpropagation = numpy_mlp.backward(parameters, z, a, y)[0].weights[0, 0]

# %% tags=["remove-input"]
assert abs(by_difference - by_backpropagation) < 1e-9
Markdown(
    f"The difference gives {by_difference:.10f}, backpropagation {by_backpropagation:.10f}. They "
    f"agree to within {abs(by_difference - by_backpropagation):.0e}."
)

# %% [markdown]
# ## Every parameter
#
# The same for all of them: each parameter in turn goes up by $h$, down by $h$, and back. The
# code divides by the step that was really taken, since $\theta + h$ is rounded too.

# %% tags=["remove-input"]
source(gradient_check.central_differences)

# %% [markdown]
# `check` calls it, and compares the two gradients by the **relative error**,
# $|a - b| / \max(|a|, |b|)$, as gradients may be large or small. A gradient of nearly nothing would
# be all rounding, so below a millionth of the largest one it is compared with that millionth. From
# the hidden sums of the two forward passes it can tell whether a unit bent on the way.

# %%
result = gradient_check.check(parameters, x, y)

# %% tags=["remove-input"]
smooth = result.smooth
assert result.worst < 1e-6
assert not smooth.all()
Markdown(
    f"Over {smooth.sum()} of {len(smooth)} parameters the largest relative error is "
    f"{result.worst:.0e}. The gradient is right. The other {len(smooth) - smooth.sum()} sit on a "
    "kink, of which more below."
)

# %% [markdown]
# ## How small a step?
#
# !!! predict "Before you scroll"
#     A smaller $h$ should give a better slope. So is the smallest the best? What happens when $h$ is a
#     millionth of a millionth?
#
# To keep kinks out of the picture, this network has tanh units, which bend without one.

# %%
smooth_network, _ = numpy_mlp.train(
    numpy_mlp.initialize(seed=1), x, y, epochs=50, activation=TANH
)
sweep = gradient_check.sweep(smooth_network, x, y, activation=TANH)
plots.step_sizes(sweep.steps, {"central difference": sweep.errors})

# %% tags=["remove-input"]
best = sweep.errors.argmin()
growth = sweep.errors[1] / sweep.errors[2]
assert 90 < growth < 110
assert 0 < best < len(sweep.steps) - 1
assert sweep.errors[-1] > 1000 * sweep.errors[best]
Markdown(
    f"The best step here is {sweep.steps[best]:.0e}, with an error of {sweep.errors[best]:.0e}. "
    "To its right the error grows with $h^2$ (a step ten times as long, an error "
    f"{growth:.0f} times as large): a straight line between two points of a curve is "
    "not its tangent. To its left it grows as $h$ shrinks: the two losses agree in more and more "
    "of their digits, the subtraction throws these away, and what is left is rounding, divided by "
    "a tiny number."
)

# %% [markdown]
# ## On the kink
#
# ReLU has no slope at zero: 0 to the left, 1 to the right. That sounds like a point one never
# hits. You hit it in the first epoch: for the row $(0, 0)$ a hidden sum is its bias, and
# biases start at zero.
#
# Take one hidden unit with weights 1, an output weight of 1, and this row alone. Nudge its bias.
#
# !!! predict "Before you scroll"
#     To the left of the kink the loss is flat, to the right it has a slope. Which slope will
#     backpropagation give, and which the central difference?

# %%
one_unit = [
    Layer(np.array([[1.0], [1.0]]), np.zeros((1, 1))),
    Layer(np.array([[1.0]]), np.zeros((1, 1))),
]
kinked = gradient_check.check(one_unit, x[:1], y[:1])
tables.Table(
    "One unit, on its kink.",
    ["parameter", "backpropagation", "central difference"],
    [
        [name, f"{ours:.4f}", f"{difference:.4f}"]
        for name, ours, difference in zip(
            kinked.names,
            kinked.backpropagation + 0.0,
            kinked.difference + 0.0,
            strict=True,
        )
    ],
)

# %% tags=["remove-input"]
place = kinked.kinks[0].parameter
full = kinked.backpropagation[-1]
assert kinked.backpropagation[place] == 0
assert np.isclose(kinked.difference[place], full / 2, rtol=1e-3)
Markdown(
    f"For the unit's bias, `{kinked.names[place]}`, backpropagation says "
    f"{abs(kinked.backpropagation[place]):g} and the difference {kinked.difference[place]:.3f}. "
    f"Through an open unit it would be {full:g}, as for the output bias: the difference averages "
    f"the slopes on both sides, 0 and 1, and finds {kinked.difference[place] / full:.2f} of it. "
    "Neither is a bug. Our code takes the left slope, 0, and so do "
    "[TensorFlow](tensorflow-network.py#ask-the-tape-about-our-own-backward-pass) and Keras."
)

# %% [markdown]
# A gradient check that stays silent here hides something, and one that cries bug is wrong. So
# `check` names each unit that bends while a parameter moves:

# %%
start = gradient_check.check(numpy_mlp.initialize(seed=1), x, y)
rows = sorted({kink.row for kink in start.kinks})

# %% tags=["remove-input"]
assert all(
    start.names[kink.parameter].startswith("parameters[0].bias")
    for kink in start.kinks
)
assert start.worst < 1e-6
Markdown(
    f"At the start of training there are {len(start.kinks)} kinks, for "
    f"{len({kink.parameter for kink in start.kinks})} parameters, all of them hidden biases, and "
    f"all on the row {', '.join(f'({x[row][0]:g}, {x[row][1]:g})' for row in rows)}. Over the "
    f"others the largest error is {start.worst:.0e}."
)

# %% [markdown]
# ## Exercises
#
# !!! exercise "Find the bug"
#     Here is a backward pass with something missing. Which of the parameters will the check
#     complain about, and what was forgotten?


# %%
def planted(parameters, _z, a, y, _activation, loss):
    delta = loss.delta(a[-1], y)
    below = delta @ parameters[1].weights.T
    return [
        Layer(a[0].T @ below, below.sum(axis=0, keepdims=True)),
        Layer(a[1].T @ delta, delta.sum(axis=0, keepdims=True)),
    ]


# %% tags=["remove-input"]
found = gradient_check.check(parameters, x, y, backward=planted)
wrong = [
    name.partition(".")[0]
    for name, error, fine in zip(
        found.names, found.errors, found.smooth, strict=True
    )
    if fine and error > 1e-6
]
assert set(wrong) == {"parameters[0]"}
Markdown(
    '??? answer "Answer"\n'
    f"    The check finds errors of up to {found.worst:.0%} (above a whole, the signs differ) in {len(wrong)} parameters, all in "
    "`parameters[0]`, and none above: the output layer's gradient is right. The delta that is handed "
    "down was not multiplied by the slope of ReLU, so units that were off are blamed as well."
)

# %% [markdown]
# !!! exercise "It learns all the same"
#     Would a network with that bug still learn XOR? Train it by hand, at a learning rate of
#     `0.2`: a loop, `forward`, and the planted `backward`. Try a few seeds.

# %% tags=["remove-input"]
rate, seeds = 0.2, range(10)
falls, outputs = 0, []
for seed in seeds:
    buggy = numpy_mlp.initialize(seed=seed)
    before = losses.mse(numpy_mlp.predict(buggy, x), y)
    for _ in range(500):
        z, a = numpy_mlp.forward(buggy, x)
        step = planted(buggy, z, a, y, RELU, MSE)
        buggy = numpy_mlp.update(buggy, step, rate)
    outputs.append(numpy_mlp.predict(buggy, x))
    falls += losses.mse(outputs[-1], y) < before
learned = sum(losses.accuracy(y_hat, y) == 1 for y_hat in outputs)
ends = np.median([losses.mse(y_hat, y) for y_hat in outputs])
right = census(seeds, learning_rate=rate)
assert falls > len(seeds) / 2
assert len(seeds) / 2 < learned < right.solved.sum()
assert ends > 5 * np.median(right.losses)
Markdown(
    '??? answer "Answer"\n'
    f"    Mostly. Of the seeds 0 to {seeds[-1]} the loss falls for {falls}, and {learned} get all "
    f"four rows right; with the right gradient {right.solved.sum()} do. Only the pace gives the "
    f"bug away: half of the losses end above {ends:.2f}, and with the right gradient above "
    f"{np.median(right.losses):.3f}. A loss that falls does not prove a gradient."
)

# %% [markdown]
# ## Sources
#
# - J. Nocedal, S. Wright, *Numerical Optimization* (2006), §8.1: difference quotients and their
#   best step.
# - I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), §6.3: which slope software
#   takes at zero.
