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
# # The source notebook, reproduced
#
# This course grew from a student's notebook, *Learn an XOR Neural Network using gradient-based
# optimization*. Its code works: what its logs printed can be repeated to the last printed digit.
# Here every figure of its logs, its final outputs and its text stands beside the one computed when
# this page was built.
#
# Its sections live on in the lessons: §1.2 in [Setting the scene](tutorials/setting-the-scene.py),
# §1.5 in [A ReLU network in NumPy](tutorials/numpy-network.py), and §1.6 in
# [The same in TensorFlow](tutorials/tensorflow-network.py) and
# [Keras, and the three side by side](tutorials/keras-and-comparison.py).

# %% tags=["remove-input"]
import numpy as np
from IPython.display import Markdown
from xordocs import datasets
from xordocs.experiments import reproduction, source_notebook
from xordocs.nn import losses, numpy_mlp, tensorflow_mlp

x, y = datasets.xor()
numpy_trained, numpy_losses = numpy_mlp.train(
    numpy_mlp.initialize(seed=1), x, y
)
tensorflow_trained, tensorflow_losses = tensorflow_mlp.train(
    tensorflow_mlp.initialize(seed=1), x, y
)
outputs = {
    "numpy": numpy_mlp.predict(numpy_trained, x),
    "tensorflow": tensorflow_mlp.predict(tensorflow_trained, x),
}
histories = {"numpy": numpy_losses, "tensorflow": tensorflow_losses}
runs = {name: source_notebook.run(name) for name in histories}

# %% tags=["remove-input"]
last_digit = 1e-4
agreeing = sum(
    int(
        (abs(histories[name][run.epochs] - run.losses) < last_digit / 2).sum()
    )
    for name, run in runs.items()
)
total = sum(len(run.epochs) for run in runs.values())
gaps = {
    name: abs(outputs[name] - run.predictions).max()
    for name, run in runs.items()
}
Markdown(
    f"**In this build {agreeing} of {total} printed losses are the computed ones, rounded to the "
    "printed digits.** The final outputs differ by at most "
    + " and ".join(f"{gap:.1e} ({name})" for name, gap in gaps.items())
    + "."
)

# %% [markdown]
# ## NumPy: what was printed

# %% tags=["remove-input"]
reproduction.losses(runs["numpy"], histories["numpy"])

# %% tags=["remove-input"]
reproduction.predictions(
    runs["numpy"], x, outputs["numpy"], losses.accuracy(outputs["numpy"], y)
)

# %% [markdown]
# ## TensorFlow: what was printed

# %% tags=["remove-input"]
import tensorflow as tf

Markdown(
    f"The notebook ran TensorFlow {source_notebook.tensorflow_version()}, this build "
    f"{tf.__version__}."
)

# %% tags=["remove-input"]
reproduction.losses(runs["tensorflow"], histories["tensorflow"])

# %% tags=["remove-input"]
reproduction.predictions(
    runs["tensorflow"],
    x,
    outputs["tensorflow"],
    losses.accuracy(outputs["tensorflow"], y),
)

# %% [markdown]
# ## What the text says
#
# Below each run the notebook interprets it, and quotes figures. Most of them are those of the log.
# The others were perhaps right once: run the code again, and a number that was typed into the text
# stays what it was. That happens to everyone who types numbers, and it is why no lesson here does.
#
# ### On the NumPy run

# %% tags=["remove-input"]
quoted = reproduction.quotes(runs["numpy"], x, histories, outputs["numpy"])
assert {"agrees", "differs"} <= {verdict for *_, verdict in quoted.rows}
quoted

# %% tags=["remove-input"]
first, second = numpy_losses[:2]
Markdown(
    "The log counts epochs from 0, so epoch 1 is the second, where the run gives "
    f"{second:.4f}. If the text means the first, the run gives {first:.4f} there."
)

# %% [markdown]
# ### On the TensorFlow run

# %% tags=["remove-input"]
reproduction.quotes(runs["tensorflow"], x, histories, outputs["tensorflow"])

# %% [markdown]
# ### What it concludes

# %% tags=["remove-input"]
since = source_notebook.CONVERGED_SINCE
falling = int((np.diff(numpy_losses[since:]) < 0).sum())
steps = len(numpy_losses[since:]) - 1
all_right = int((numpy_losses >= 1 / 16).nonzero()[0][-1]) + 1
middle = numpy_mlp.predict(numpy_trained, [[0.5, 0.5]]).item()
high = numpy_mlp.predict(numpy_trained, np.linspace([0, 1], [1, 0], 101))
low = numpy_mlp.predict(numpy_trained, np.linspace([0, 0], [1, 1], 101))
compared = [100, 480]
assert numpy_losses[-1] > 0
assert 0.9 * steps < falling < steps
assert all_right < since / 2
assert 0.5 < high.min() < min(high[0], high[-1])
assert max(low[0], low[-1]) < 0.5 < low.max()
assert max(middle - high.min(), low.max() - middle) < 0.01
assert tensorflow_losses[0] > numpy_losses[0]
assert (tensorflow_losses[compared] < numpy_losses[compared]).all()

# %% [markdown]
# The text is right that TensorFlow draws other random numbers from the same seed, that its run
# begins at a higher loss, and that the two end close together. About the rest there is more to say:
#
# - *"After epoch `{python} since` we can see that MSE converges to 0. This tells us that we pretty
#   much have a perfect classification accuracy."* From there the loss goes from
#   `{python} f"{numpy_losses[since]:.6f}"` to `{python} f"{numpy_losses[-1]:.6f}"`. It falls in `{python} falling` of
#   these `{python} steps` steps, and it does not arrive: the sigmoid reaches 0 and 1 only for infinite sums. The
#   accuracy has been perfect for long by then. A single wrong row costs at least
#   $\frac{1}{4} \cdot \left(\frac{1}{2}\right)^2 = \frac{1}{16}$, and from epoch `{python} all_right` on the loss is
#   below that.
# - *The sigmoid flips the raw outputs to zeros and ones.* The raw outputs are what the sigmoid
#   returns. Zeros and ones come from comparing them with one half, or from rounding them.
# - *The valley of the plot shows the decision boundary.* There is a valley, if you walk from one
#   high corner to the other: halfway the output dips to `{python} f"{middle:.2f}"`. But walk from
#   one low corner to the other, and the same place is the top of a ridge. Such a place is called a
#   saddle. The decision boundary is somewhere else: it is where the output is one half, on both
#   slopes of that ridge.
# - *TensorFlow converges to 0 a bit faster.* In these two runs it does: at epochs
#   `{python} compared[0]` and `{python} compared[1]` its loss is the lower one. But they start from
#   different weights. From [the same weights](tutorials/keras-and-comparison.py), the frameworks
#   take the same path.
# - *The number of ReLU layers can be changed through the variable* `hidden_layers`. The notebook's
#   code has one hidden layer and no such variable. [This course's package
#   has](tutorials/deeper.py).
