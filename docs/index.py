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
# # Write a neural network yourself, and&nbsp;know why it works { .xd-hero__title }
#
# Four points that no straight line can separate: that is XOR, and a small neural network can learn it.
# Solve it by hand, take every step of learning apart, and at the end write the network from a blank
# file and watch it learn: XOR first, then handwritten digits.
#
# [Start with lesson 1](tutorials/setting-the-scene.py){ .md-button .md-button--primary }
# [Open the playground](playground.py){ .md-button }
#
# </div>
# <div class="xd-hero__picture" markdown>

# %% tags=["remove-input"]
from IPython.display import HTML, display
from xordocs import datasets, playground, plots
from xordocs.nn import losses, numpy_mlp

x, y = datasets.xor()
lattice = datasets.grid(25)
start = numpy_mlp.initialize(hidden_layers=(10,), seed=1)
trained, history = numpy_mlp.train(start, x, y)
stages = {}
for epoch in (0, 20, 100, len(history)):
    network, _ = (
        numpy_mlp.train(start, x, y, epochs=epoch) if epoch else (start, None)
    )
    stages[f"epoch {epoch}"] = numpy_mlp.predict(network, lattice)
y_hat = numpy_mlp.predict(trained, x)
assert losses.accuracy(y_hat, y) == 1
display(
    plots.maps(
        "A network learns XOR",
        stages,
        lattice,
        x,
        y,
        caption="The colour is the network's answer at each place, and the thick line is where it "
        "changes its mind. At the end both squares lie in the colour of squares, and both discs in that of discs.",
    )
)
HTML(playground.embed("map", "controls", seed=1).html)

# %% [markdown]
# <p class="xd-hero__live" markdown="span">Press *Play*. Ten hidden units start from random weights.
# In `{python} len(history)` steps the [loss](glossary.md#loss), which says how wrong the
# answers are, falls from `{python} f"{history[0]:.3f}"` to `{python} f"{losses.mse(y_hat, y):.4f}"`, and
# every point gets the colour of its label.</p>
#
# </div>
# </div>
#
# <div class="xd-facts" markdown>
#
# -   **What you need**
#
#     A little Python: loops, functions, lists, and a first look at NumPy. Matrix products, derivatives and
#     the chain rule are taught where they are first needed.
#
# -   **How a lesson goes**
#
#     You predict, then look. Pictures carry the ideas, and each equation has its line of code. Half an hour or so for
#     most lessons, an hour or so with the exercises; some sixteen hours for them all.
#
# -   **What you write**
#
#     Code, in every lesson. Wherever your browser can run it, it runs in the page, and a check tells
#     you which of your numbers are off.
#
# </div>
#
# ## What will you have to show?
#
# After the last lesson your own functions, with more inputs and more outputs, [tell penguins apart by their
# measurements](tutorials/table.py), and [read digits that people wrote by hand](tutorials/handwriting.py). Here are ten
# pictures that such a network did not see in training:

# %% tags=["remove-input"]
import numpy as np

pixels, digits = datasets.handwriting()
order = np.random.RandomState(1).permutation(len(pixels))
pixels, digits = pixels[order] / 16, digits[order]
random = np.random.RandomState(1)
W1, b1 = np.sqrt(2 / 64) * random.randn(64, 16), np.zeros((1, 16))
W2, b2 = np.sqrt(2 / 16) * random.randn(16, 10), np.zeros((1, 10))


def read(rows):
    a1 = np.maximum(0, rows @ W1 + b1)
    grown = np.exp(a1 @ W2 + b2)
    return a1, grown / grown.sum(axis=1, keepdims=True)


random = np.random.RandomState(1)
for _ in range(5):
    for batch in random.permutation(600).reshape(30, 20):
        a1, shares = read(pixels[batch])
        delta2 = (shares - digits[batch]) / len(batch)
        delta1 = (delta2 @ W2.T) * (a1 > 0)
        W2 = W2 - 0.3 * a1.T @ delta2
        b2 = b2 - 0.3 * delta2.sum(axis=0, keepdims=True)
        W1 = W1 - 0.3 * pixels[batch].T @ delta1
        b1 = b1 - 0.3 * delta1.sum(axis=0, keepdims=True)

W1, b1, W2, b2 = (array.round(3) for array in (W1, b1, W2, b2))
said = read(pixels)[1].argmax(axis=1)
true = digits.argmax(axis=1)
unseen = range(600, 900)  # for looking at; the rest is for the test
right = (said[900:] == true[900:]).mean()
first = next(row for row in unseen if said[row] != true[row])
shown = [*[row for row in unseen if said[row] == true[row]][:9], first]
plots.pictures(
    "Ten pictures, and the digits that the network takes them for",
    [(f"{said[row]}", pixels[row]) for row in shown],
    caption=f"Nine are read right. The last one should be a {true[first]}; it is the first of the unseen pictures "
    f"that the network reads wrong. After five rounds of training it reads {right:.0%} of its test pictures right.",
)

# %% [markdown]
# <div class="xd-live" markdown>
#
# **Now write one yourself**, with a finger or the mouse, as large as the paper. The same network reads it:

# %% tags=["remove-input"]
weights = [array.tolist() for array in (W1, b1, W2, b2)]
HTML(f'<xor-pad weights="{weights}"></xor-pad>')

# %% [markdown]
# It was trained on pictures by other hands, so it will be wrong now and then.
#
# </div>
#
# ## Why spend evenings on four points?
#
# Because they are few enough to check with a pencil, and yet they need a hidden layer and all the steps of
# training. The large networks that translate or write text have billions of parameters where the one at the
# top of this page has `{python} sum(layer.weights.size + layer.bias.size for layer in trained)`, and more
# kinds of layers. But they are trained by the same loop that you will write yourself, with refinements. This
# course will not build you a chatbot. It lets you read the training code of a framework, say what each line is
# for, and find out why a network does not learn.
#
# <div class="xd-loop" markdown>
#
# The loop that you will write:
#
# 1.  **Forward.** Carry the inputs through the network, to [its answers](tutorials/forward-pass.py).
# 2.  **Loss.** Say in one number [how wrong they are](tutorials/setting-the-scene.py#how-wrong-is-a-guess).
# 3.  **Backward.** Find out [which way each weight should go](tutorials/backpropagation.py).
# 4.  **Update.** Take [a small step that way](tutorials/downhill.py#gradient-descent), and begin again.
#
# </div>
#
# ## The course
#
# <div class="xd-course" markdown>
# <section class="xd-step" markdown>
# <div markdown>
#
# ### By hand
#
# Meet the problem, and solve it with whole numbers, before anything learns.
#
# </div>
#
# -   [Setting the scene](tutorials/setting-the-scene.py)
#
#     Four points, a way to measure a wrong answer, and why no straight line will do.
#
# -   [Solve it by hand](tutorials/by-hand.py)
#
#     Two hidden units with whole-number weights, and a plane that folds.
#
# </section>
# <section class="xd-step" markdown>
# <div markdown>
#
# ### Learning
#
# How the weights are found: each slope is derived, put into code, and checked.
#
# </div>
#
# -   [Downhill](tutorials/downhill.py)
#
#     One weight and one curve to roll down. Then many weights, and the chain rule.
#
# -   [Forward pass](tutorials/forward-pass.py)
#
#     One row on its way through the network, every sum in sight.
#
# -   [Backpropagation, one row by hand](tutorials/backpropagation.py)
#
#     From the loss back to each of nine parameters, and code that you write yourself.
#
# -   [A ReLU network in NumPy](tutorials/numpy-network.py)
#
#     The same for all rows at once, and the loop that makes it learn.
#
# -   [Deeper, and another loss](tutorials/deeper.py)
#
#     More hidden layers, and a loss made for yes-or-no questions.
#
# -   [Is the gradient right?](tutorials/gradient-check.py)
#
#     A test that knows nothing of the chain rule, and a bug to find with it.
#
# </section>
# <section class="xd-step" markdown>
# <div markdown>
#
# ### Frameworks
#
# What TensorFlow and Keras do for you, now that you know what there is to do. They do not run in the page, so there is
# more to read here.
#
# </div>
#
# -   [The same in TensorFlow](tutorials/tensorflow-network.py)
#
#     What the gradient tape takes off your hands, and what it leaves to you.
#
# -   [Keras, and the three side by side](tutorials/keras-and-comparison.py)
#
#     Start all three from the same weights: how far apart do they end?
#
# </section>
# <section class="xd-step" markdown>
# <div markdown>
#
# ### When it fails
#
# A single run that works proves little. Look at the runs that do not work, and count.
#
# </div>
#
# -   [Failure clinic](tutorials/failure-clinic.py)
#
#     The ways in which a network gets stuck, and how to tell them apart.
#
# -   [Was seed 1 lucky? The census](tutorials/census.py)
#
#     Ten thousand seeds: how many of them learn, how sure is that, and would sigmoid units help?
#
# -   [What has it learned?](tutorials/beyond-the-square.py)
#
#     Its answers far from the four points, why a sure one is no evidence, and what rows kept back can tell.
#
# </section>
# <section class="xd-step" markdown>
# <div markdown>
#
# ### Your turn
#
# No more reading along. You may come here right after lesson 8.
#
# </div>
#
# -   [From a blank file](tutorials/from-a-blank-file.py)
#
#     Six functions of your own, each checked, until your network learns XOR. And then an empty cell.
#
# </section>
# <section class="xd-step" markdown>
# <div markdown>
#
# ### Encores
#
# Take those that you are curious about. Each says at its top what it needs.
#
# </div>
#
# -   [Your functions at work](tutorials/at-work.py)
#
#     Another loss, penguins, and digits a few at a time: they need hardly a change.
#
# -   [Other answers](tutorials/other-answers.py)
#
#     One of several classes, or an amount: your network reads a display, and follows a wave.
#
# -   [Rows kept back](tutorials/rows-kept-back.py)
#
#     Rows to choose by and rows to judge by: what helps against overfitting, and when to stop.
#
# -   [A table of penguins](tutorials/table.py)
#
#     A file with words, gaps and numbers of all sizes. Can your network tell males from females?
#
# -   [Handwriting](tutorials/handwriting.py)
#
#     Your functions read digits that people wrote by hand, and then one of yours.
#
# -   [A trainer of your own](tutorials/trainer.py)
#
#     From an empty cell: a program that trains a network of any depth, and reads handwriting.
#
# -   [A convolution](tutorials/convolution.py)
#
#     A few weights, used at every place of a picture, tell the network which pixels are neighbours.
#
# -   [A case for you](tutorials/case.py)
#
#     A network that does not learn, and you are the doctor: look inside, change one thing, count, report.
#
# -   [What to change first](tutorials/what-to-change.py)
#
#     Ten changes to the network of lesson 6, ranked: which of them help it to learn?
#
# </section>
# </div>
#
# **Short of time?** Begin with the first of these ways, and go on with the second. The third is for a class.
#
# <div class="xd-facts" markdown>
#
# -   **To a network of your own**
#
#     Lessons [1](tutorials/setting-the-scene.py) to [6](tutorials/numpy-network.py), the
#     [cross-entropy](tutorials/deeper.py#cross-entropy), lesson [8](tutorials/gradient-check.py), and [From a blank
#     file](tutorials/from-a-blank-file.py).
# -   **From there to all ten digits**
#
#     [Your functions at work](tutorials/at-work.py), [confidence
#     intervals](tutorials/census.py#how-sure-is-that), [overfitting](tutorials/beyond-the-square.py#rows-kept-back),
#     [other answers](tutorials/other-answers.py), [what helps against overfitting](tutorials/rows-kept-back.py), and
#     [handwriting](tutorials/handwriting.py).
# -   **To teach half a term**
#
#     Lessons 1 to 8, [diagnosis](tutorials/failure-clinic.py) and
#     [overfitting](tutorials/beyond-the-square.py#rows-kept-back), the blank file, and then the second way. [With a
#     class](with-a-class.md) has a task for each lesson.
#
# </div>
#
# ## Numbers that are computed, not typed
#
# When numbers are typed in by hand, words, code and pictures drift apart with every edit. On this site
# **every measured number is computed when the page is built**: in tables, in pictures, and in the middle of a
# sentence. (If the code is wrong, so is the number; but it always comes from this code.) The code that you
# learn from stands on the page. Cells that only lay out a table or fill in a number are hidden there, and you
# find them in the notebook that each lesson offers for download. Where a sentence depends on how a run comes
# out, a check guards it, and the site is not built if it fails. Only [the
# benchmarks](benchmarks.py) are measured separately, and they say when; and runs of PyTorch, which this site does
# not install, are reported with their listings, in [lesson 9](tutorials/tensorflow-network.py#the-same-in-pytorch) and
# on [a page of their own](pytorch.md), which name the version.
#
# <div class="xd-loop" markdown>
#
# Beside the lessons:
#
# -   **Look up:** the [notation](notation.md), and a [glossary](glossary.md).
# -   **Read on:** [a program in PyTorch](pytorch.md), line by line.
# -   **Take along:** all lessons, to [run them yourself](run-it-yourself.md), or [the course on paper](paper.md).
# -   **Play:** in [the playground](playground.py) you train any small network in your browser, from the same weights
#     as in the lessons.
#
# </div>
#
# The course grew out of a student's notebook: [every figure that it printed](reproduction.py) stands beside
# the one computed now.
