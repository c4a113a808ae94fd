# %% [markdown]
# # A ReLU network in NumPy
#
# You will train a network of ten hidden units on the four rows of XOR, and see *why* every step
# lowers the loss.[^1] First look at [the scene](setting-the-scene.py#why-no-line-works).
#
# [^1]: Rumelhart, Hinton and Williams, *Parallel Distributed Processing*, vol. 1, ch. 8 (1986).
#
# ## The forward pass
#
# A network with one hidden layer computes, for an input $x \in \mathbb{R}^2$,
#
# $$\hat{y} = \sigma\bigl(W_2^\top \,\mathrm{ReLU}(W_1^\top x + b_1) + b_2\bigr)$$
#
# where $W_1$ has shape `(2, 10)` and $\sigma(z) = \frac{1}{1 + e^{-z}}$. The loss is the mean squared error
# $J = \tfrac14 \sum_{i=1}^{4} (y_i - \hat{y}_i)^2$ over the four rows.
#
# !!! predict "Before you run it"
#     All four outputs are near one half at the start. What is the loss then? Write your answer down.
#
# ??? answer "The answer"
#     $\tfrac14 \cdot 4 \cdot \left(\tfrac12\right)^2 = \tfrac14$.

# %%
import numpy as np

rng = np.random.RandomState(1)
x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
y = np.array([[0], [1], [1], [0]])


def sigmoid(z):
    """Squash any number into (0, 1); never overflows."""
    return np.where(z >= 0, 1 / (1 + np.exp(-np.abs(z))), np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))))


# %% [markdown]
# The package's own code for it:

# %% tags=["remove-input"]
from IPython.display import Markdown

Markdown('''```python title="xordocs/numpy_mlp.py"
def forward(parameters: Parameters, x: Array) -> Activations:
    """Run the network on inputs of shape (batch, 2).

    Args:
        parameters: Weights and biases, layer by layer.
    """
    hidden = [x]
    for weights, biases in parameters[:-1]:  # (1)!
        hidden.append(relu(hidden[-1] @ weights + biases))
    return sigmoid(hidden[-1] @ parameters[-1].weights + 0.5e-3)
```

1.  Every layer but the last. `hidden[0]` is the input itself.
''')

# %% [markdown]
# ## Backpropagation
#
# The error of the output, and what reaches the hidden layer:
#
# $$
# \begin{aligned}
# \delta_2 &= \frac{2}{N}(\hat{y} - y) \odot \hat{y} \odot (1 - \hat{y}) \\
# \delta_1 &= (\delta_2 W_2^\top) \odot \mathbb{1}[z_1 > 0] \\
# \frac{\partial J}{\partial W_1} &= x^\top \delta_1
# \end{aligned}
# $$
#
# $$\mathrm{ReLU}(z) = \begin{cases} z & \text{if } z > 0 \\ 0 & \text{otherwise} \end{cases} \qquad W = \begin{pmatrix} 1 & 1 \\ 1 & 1 \end{pmatrix}, \quad c = \begin{bmatrix} 0 & -1 \end{bmatrix}$$

# %%
w1, b1 = rng.randn(2, 10), np.zeros(10)
w2, b2 = rng.randn(10, 1), np.zeros(1)
losses = []
for epoch in range(500):
    z1 = x @ w1 + b1
    hidden = np.maximum(z1, 0)
    output = sigmoid(hidden @ w2 + b2)
    losses.append(np.mean((output - y) ** 2))
    delta2 = 2 / 4 * (output - y) * output * (1 - output)
    delta1 = (delta2 @ w2.T) * (z1 > 0)
    w2, b2 = w2 - 1.5 * hidden.T @ delta2, b2 - 1.5 * delta2.sum(0)
    w1, b1 = w1 - 1.5 * x.T @ delta1, b1 - 1.5 * delta1.sum(0)
    if epoch % 50 == 0:
        print(f"Epoch {epoch}, Loss: {losses[-1]:.4f}")

# %% tags=["remove-cell"]
import io
import logging

import matplotlib
from IPython.display import SVG
from matplotlib.figure import Figure

logging.getLogger("matplotlib.font_manager").setLevel("ERROR")
matplotlib.rcParams.update({"svg.fonttype": "none", "font.family": ["Source Sans 3", "DejaVu Sans"], "font.size": 10})
INK, MUTED, GRID, BLUE, RED = "#1b1f24", "#5b6470", "#d8dce2", "#0072b2", "#d55e00"


def show(figure, title, description):
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", transparent=True, metadata={"Title": title, "Description": description, "Date": None})
    return SVG(buffer.getvalue())


# %% tags=["remove-input"]
figure = Figure(figsize=(6.4, 3.4), layout="constrained")
axes = figure.subplots()
axes.plot(losses, color=BLUE, linewidth=2)
axes.set_xlabel("Epoch", color=INK)
axes.set_ylabel("Mean squared error", color=INK)
axes.set_yscale("log")
axes.grid(color=GRID)
axes.tick_params(colors=MUTED)
for spine in axes.spines.values():
    spine.set_color(GRID)
axes.text(220, losses[150], "steady from here", color=RED)
show(figure, "Loss over the epochs", f"The loss falls from {losses[0]:.3f} at epoch 0 to {losses[-1]:.4f} at epoch 499.")

# %% tags=["remove-input"]
Markdown(f"The loss at the start is **{losses[0]:.4f}**, and after 500 epochs {losses[-1]:.4f}.")

# %% [markdown]
# ## What it predicts

# %% tags=["remove-input"]
from IPython.display import HTML

rows = "".join(
    f"<tr><th scope='row'>({int(a)}, {int(b)})</th><td>{o:.8f}</td><td>{round(o)}</td><td>{t}</td></tr>"
    for (a, b), (o,), (t,) in zip(x, output, y)
)
HTML(f"<table class='xd-table'><caption>Predictions after 500 epochs</caption><thead><tr><th scope='col'>input</th><th scope='col'>raw output</th><th scope='col'>rounded</th><th scope='col'>true</th></tr></thead><tbody>{rows}</tbody></table>")

# %% tags=["remove-input"]
grid = np.linspace(0, 1, 50)
g1, g2 = np.meshgrid(grid, grid)
surface = sigmoid(np.maximum(np.c_[g1.ravel(), g2.ravel()] @ w1 + b1, 0) @ w2 + b2).reshape(g1.shape)
figure = Figure(figsize=(6.4, 4.6), dpi=110)
axes = figure.add_subplot(projection="3d")
axes.plot_surface(g1, g2, surface, cmap="cividis", rasterized=True, rcount=50, ccount=50)
axes.set_xlabel("$x_1$"); axes.set_ylabel("$x_2$"); axes.set_zlabel("output")
axes.tick_params(colors=MUTED)
show(figure, "The decision surface", "The output is high at (0, 1) and (1, 0), and low at the other two corners.")

# %% [markdown]
# !!! exercise "Exercise 1: the learning rate"
#     Set the learning rate to 15 and run the loop again. What becomes of the loss?
#
#     ??? answer "Answer"
#         It leaps, and may stay at $\tfrac14$ for ever: all units are dead.
#
# !!! note "Sources"
#     Goodfellow, Bengio, Courville, *Deep Learning*, §6.1. The code is in [`numpy_mlp`](../reference/numpy_mlp.md).
#
# === "NumPy"
#
#     ```python
#     w1 = w1 - rate * gradient  # in place it would change the history
#     ```
#
# === "TensorFlow"
#
#     ```python
#     w1.assign_sub(rate * tape.gradient(loss, w1))
#     ```
#
# | term | meaning |
# |---|---|
# | $\eta$ | the learning rate |
# | $\delta$ | the error that reaches a layer |

# %% tags=["raises-exception"]
np.zeros((2, 3)) @ np.zeros((2, 3))
