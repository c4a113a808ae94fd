# ---
# hide: [navigation, toc]
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
# <div class="xd-hero" markdown>
# <div markdown>
#
# # Four points, ten units, one bent sheet { .xd-hero__title }
#
# Learn how a neural network learns, on the smallest problem that needs one. Forward pass,
# backpropagation and training loop in the open, in NumPy, TensorFlow and Keras.
#
# [Start with lesson one](tutorials/setting-the-scene.py){ .md-button .md-button--primary }
# [Open the playground](playground.py){ .md-button }
#
# </div>
# <div class="xd-hero__picture" markdown>

# %% tags=["remove-input"]
from xordocs import datasets, plots
from xordocs.nn import losses, numpy_mlp

x, y = datasets.xor()
trained, history = numpy_mlp.train(
    numpy_mlp.initialize(hidden_layers=(10,), seed=1), x, y
)
lattice = datasets.grid()
accuracy = losses.accuracy(numpy_mlp.predict(trained, x), y)
plots.contour(lattice, numpy_mlp.predict(trained, lattice), x, y)

# %% [markdown]
# </div>
# </div>
#
# The picture was computed when this page was built. A network with one hidden layer started from
# random weights, took `{python} len(history)` steps, and now gives `{python} f"{accuracy:.0%}"` of
# the four points their colour. Its loss, which says how wrong it is, went from
# `{python} f"{history[0]:.3f}"` to `{python} f"{history[-1]:.5f}"`.
#
# ## A page that cannot lie
#
# In most tutorials the numbers, the pictures and the code drift apart. Here **every figure of
# every lesson comes out of the code that the lesson shows**, in the build that made the page. Nothing
# is pasted, and the code is tested. [The benchmarks](benchmarks.py) alone are measured apart, and
# say when.
#
# The course grew from a student's notebook, in which text and output had drifted apart too.
# [Every figure it printed](reproduction.py) stands beside the one computed now.
#
# ## The lessons
#
# <div class="xd-cards" markdown>
#
# -   **[Setting the scene](tutorials/setting-the-scene.py)**
#
#     What XOR is, how to measure a wrong guess, and why no straight line will do.
#
# -   **[Solve it by hand](tutorials/by-hand.py)**
#
#     Two hidden units with whole-number weights, and a plane that folds.
#
# -   **[Forward pass](tutorials/forward-pass.py)**
#
#     One row on its way through ten units, every sum in sight.
#
# -   **[Backpropagation, one row by hand](tutorials/backpropagation.py)**
#
#     From the loss back to each of nine numbers, and six lines that you write yourself.
#
# -   **[A ReLU network in NumPy](tutorials/numpy-network.py)**
#
#     Up through the layers, down with the blame, and a loop around both.
#
# -   **[Is the gradient right?](tutorials/gradient-check.py)**
#
#     A test that knows nothing of the chain rule, and a bug to find with it.
#
# -   **[The same network in TensorFlow](tutorials/tensorflow-network.py)**
#
#     What the gradient tape does for you, and what it leaves to you.
#
# -   **[Keras, and the three side by side](tutorials/keras-and-comparison.py)**
#
#     The same weights in three frameworks: how far apart do they end?
#
# -   **[Failure clinic](tutorials/failure-clinic.py)**
#
#     Eight networks that did not learn, and what each of them has.
#
# -   **[The census](tutorials/census.py)**
#
#     Ten thousand seeds: how often does it work, and why not always?
#
# -   **[What has it learned?](tutorials/beyond-the-square.py)**
#
#     The output far away from the four points that taught it.
#
# -   **[From a blank file](tutorials/from-a-blank-file.py)**
#
#     Six functions of your own, each checked, and a network that learns in the page.
#
# </div>
#
# And when you want to get your hands on it: [the playground](playground.py) trains this very network
# in your browser, from the same weights for any seed.
#
# You need a little Python and NumPy, and to remember what a derivative is. Each page asks you to predict before it
# shows, has exercises with folded answers, and offers its notebook for you to run.
