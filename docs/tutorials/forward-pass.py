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
# # Forward pass
#
# A network is a function: numbers in, a number out. This page follows one row through it, every
# sum and every unit in sight.
#
# **After this page you can** compute a network's output by hand, and say which units speak for a
# row and which are silent.

# %% tags=["remove-input"]
from IPython.display import Markdown
from xordocs import datasets, playground, plots, tables
from xordocs.listings import source
from xordocs.nn import numpy_mlp

x, y = datasets.xor()

# %%
parameters = numpy_mlp.initialize(hidden_layers=(10,), seed=1)

# %% [markdown]
# ## One row on its way
#
# Ten hidden units, each with two weights and a bias; one output unit with ten weights and a bias.
# The weights are the random ones that [the network in NumPy](numpy-network.py) starts from. Take the
# row $(0, 1)$. Thick lines are large weights, dashed ones are negative, and each box holds what its
# unit passes on.
#
# !!! predict "Before you scroll"
#     The weights are as often negative as positive. How many of the ten units will have a positive
#     sum for this row, and speak?

# %%
passed = numpy_mlp.forward(parameters, x[1:2])
plots.network_graph(parameters, passed)

# %% tags=["remove-input"]
on = int((passed.a[1] > 0).sum())
every = numpy_mlp.forward(parameters, x)
assert [w.shape for layer in parameters for w in layer] == [
    (2, 10), (1, 10), (10, 1), (1, 1)
]  # fmt: skip
assert int((passed.z[0] < 0).sum()) == 10 - on
assert len({tuple(row) for row in (every.z[0] > 0).tolist()}) == len(x)
Markdown(
    f"{on} of the ten units speak for this row. The others have a negative sum, and ReLU turns "
    "that into silence. Which units speak is different for each row, and that is what lets one "
    "network be several weighted sums at once."
)

# %% tags=["remove-input"]
Markdown(
    f"[The playground]({playground.link()}) shows this network with every weight, and lets you "
    "change any of them."
)

# %% [markdown]
# ## In numbers
#
# Each hidden unit multiplies, adds, and bends. The output unit multiplies, adds, and squashes:
#
# $$z = x_1 w_1 + x_2 w_2 + b \qquad a = \max(0, z)$$
#
# $$\hat{y} = \sigma\!\left(\sum_j a_j v_j + b_2\right) \qquad \sigma(z) = \frac{1}{1 + e^{-z}}$$

# %% tags=["remove-input"]
(weights, bias), (v, b2) = parameters
tables.Table(
    "The hidden units for the row (0, 1): weights, sum, output, and what the output unit makes "
    "of it.",
    ["unit", "w₁", "w₂", "z", "a", "v", "a · v"],
    [
        [str(j + 1), *(f"{round(value, 2) + 0.0:.2f}" for value in row)]
        for j, row in enumerate(
            zip(
                weights[0],
                weights[1],
                passed.z[0][0],
                passed.a[1][0],
                v[:, 0],
                passed.a[1][0] * v[:, 0],
                strict=True,
            )
        )
    ],
)

# %% tags=["remove-input"]
total = passed.z[1].item()
Markdown(
    f"The last column adds up to {total:.3f}, the output unit's bias is {b2.item():g}, and the "
    f"sigmoid makes {passed.a[2].item():.3f} of it. The truth is {y[1].item():g}."
)

# %% [markdown]
# ## All rows at once
#
# Nothing about a row depends on the others. So put them into one array $x$ of shape `(4, 2)`, and
# let the matrix product do all of them in one go. $W_1$ has shape `(2, 10)`, $b_1$ `(1, 10)`,
# $W_2$ `(10, 1)` and $b_2$ `(1, 1)`:
#
# $$\hat{y} = \sigma\!\left(\mathrm{ReLU}(x W_1 + b_1)\, W_2 + b_2\right)$$
#
# The package's `forward` keeps every $z$ and every $a$ on the way up, because
# [the way down](backpropagation.py) needs them.

# %% tags=["remove-input"]
source(numpy_mlp.forward)

# %% [markdown]
# !!! predict "Before you scroll"
#     The network has not learned anything. Will it be right for some rows by chance? Which outputs
#     would you expect for $(0, 0)$, where every hidden sum is its bias?

# %%
tables.predictions(x, y, numpy_mlp.predict(parameters, x))

# %% tags=["remove-input"]
y_hat = numpy_mlp.predict(parameters, x)
right = int(((y_hat > 0.5) == (y > 0.5))[1:].sum())
first = y_hat[0].item()
assert first == 1 / 2
assert not every.z[0][0].any()
Markdown(
    f"For $(0, 0)$ all sums are zero, so every hidden unit is silent, and $\\sigma(0)$ is "
    f"{first:g}: the network says one half, as the biases start at zero. The table counts that as a 0, "
    "which is no answer of the network's. The other rows are what the random weights make of "
    f"them, and {right or 'none'} of these three {'is' if right < 2 else 'are'} right by chance."
)

# %% [markdown]
# ## Exercises
#
# !!! exercise "Compute a row"
#     Use the table above to work out the output for $(1, 1)$. For this row a unit's sum is
#     $w_1 + w_2$. Two digits are enough.

# %% tags=["remove-input"]
last = numpy_mlp.forward(parameters, x[3:4])
by_table = (weights.round(2).sum(axis=0).clip(0) * v[:, 0].round(2)).sum()
assert abs(by_table - last.z[1].item()) < 0.05
steps = " + ".join(
    f"{a:.2f} · ({w:.2f})" if w < 0 else f"{a:.2f} · {w:.2f}"
    for a, w in zip(last.a[1][0], v[:, 0], strict=True)
    if a > 0
)
Markdown(
    '??? answer "Answer"\n'
    f"    {int((last.a[1] > 0).sum())} units are on. The output unit's sum is {steps} = "
    f"{last.z[1].item():.2f}, and the output {last.a[2].item():.2f}."
)

# %% [markdown]
# !!! exercise "Without the bend"
#     Leave ReLU out, and write $\hat{y}$ for a hidden layer that passes its sums on as they are.
#     What kind of network is it?
#
# ??? answer "Answer"
#     $(x W_1 + b_1) W_2 + b_2 = x (W_1 W_2) + (b_1 W_2 + b_2)$: a single weighted sum with other
#     weights. Depth without a bend adds nothing.
#
# ## Sources
#
# - I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), §6.1 and §6.3.
