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
# # Reproduction
#
# This course grew from a student's notebook. Its log, its final outputs and its text hold figures;
# here each of them stands beside the one computed when this page was built, by the code that the
# lessons show. Where the text and the run disagree, this page says so.

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
    int((abs(histories[name][run.epochs] - run.losses) < last_digit / 2).sum())
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
# Below each run the notebook interprets it, and quotes figures. Some are those of the log. Others
# are not, perhaps because the code was run again after the text was written. It happens to
# everyone who types numbers into prose, and it is why the lessons here type none: theirs are
# computed in the build.
#
# ### On the NumPy run

# %% tags=["remove-input"]
quoted = reproduction.quotes(runs["numpy"], x, histories, outputs["numpy"])
assert {"agrees", "differs"} <= {verdict for *_, verdict in quoted.rows}
quoted

# %% tags=["remove-input"]
first, second = numpy_losses[:2]
Markdown(
    f"Epoch 1 is the second of the run, counted from 0 as in the log. Had the text meant the "
    f"first, the run gives {first:.4f} there instead of {second:.4f}."
)

# %% [markdown]
# ### On the TensorFlow run

# %% tags=["remove-input"]
reproduction.quotes(runs["tensorflow"], x, histories, outputs["tensorflow"])

# %% [markdown]
# ### What it concludes

# %% tags=["remove-input"]
since = source_notebook.CONVERGED_SINCE
middle = numpy_mlp.predict(numpy_trained, [[0.5, 0.5]]).item()
falling = int((np.diff(numpy_losses[since:]) < 0).sum())
steps = len(numpy_losses[since:]) - 1
ridge = numpy_mlp.predict(numpy_trained, np.linspace([0, 1], [1, 0]))
assert numpy_losses[-1] > 0
assert ridge.min() > 0.5
Markdown(
    f"- *After epoch {since} the loss converges to 0.* From there it goes from "
    f"{numpy_losses[since]:.6f} to {numpy_losses[-1]:.6f}, falls in {falling} of {steps} steps, "
    "and never arrives: the sigmoid reaches 0 and 1 only in the limit.\n"
    "- *The sigmoid turns the raw outputs into zeros and ones.* The raw outputs are what the "
    "sigmoid returns. Comparing them with one half makes zeros and ones of them.\n"
    f"- *The valley of the plot shows the decision boundary.* In the middle of the square the output "
    f"is {middle:.2f}: it is a ridge that joins the two high corners.\n"
    "- *TensorFlow converges a bit faster.* The two runs start from different weights. From "
    "[the same weights](tutorials/keras-and-comparison.py) they take the same path.\n"
    "- *The number of ReLU layers can be changed through a variable,* `hidden_layers`. The "
    "notebook's code has one hidden layer and no such variable. "
    "[Here there is one](tutorials/numpy-network.py#more-hidden-layers)."
)
