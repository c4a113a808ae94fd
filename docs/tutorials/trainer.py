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
# picture: Ten pictures to read
# ---

# %% [markdown]
# # Encore: a trainer of your own
#
# You have written a list of layers, softmax, smaller first weights, mini-batches and Adam, each on a page of its own
# and in lines that were waiting for you. Now put them together, from an empty cell, into one program that trains a
# network of any depth for any number of classes. Its first task is to read these:

# %% tags=["remove-input"]
import numpy as np
from xordocs import datasets, plots, tables

every, meant = datasets.handwriting()
plots.pictures(
    "Ten pictures to read",
    [
        ("?", every[meant[:, digit] == 1][3] / 16)
        for digit in (7, 2, 0, 9, 4, 1, 8, 3, 6, 5)
    ],
    caption="To the program each is a row of sixty-four numbers. It has to give ten shares, one for each digit.",
)

# %% [markdown]
# **After this page you can** write a trainer for classifiers without looking anything up, and find out which of its
# parts is wrong when it does not learn.
#
# **You need** [any number of layers](deeper.py#more-hidden-layers), [softmax](other-answers.py#read-a-display), and
# [first weights, mini-batches and Adam](handwriting.py).
#
# ## The contract
#
# You are given four names, and what the check expects of them. Everything else is yours: helpers, the size of a batch,
# the learning rate, the number of epochs, plain steps or Adam.

# %% tags=["remove-input"]
tables.Table(
    "What the check calls, and what it expects. sizes says how many inputs there are, how many units in each hidden "
    "layer, and how many classes.",
    ["function", "takes", "returns"],
    [
        [
            "draw",
            "sizes, seed",
            "the layers: a list of pairs (W, b), the weights by He's rule, the biases zero",
        ],
        [
            "shares_of",
            "layers, x",
            "the outputs, (rows, classes): softmax of the last sums, ReLU before",
        ],
        [
            "gradients_of",
            "layers, x, y",
            "a list of pairs (dW, db): the slopes of the mean cross-entropy",
        ],
        ["fit", "x, y, sizes, seed", "the layers after training"],
    ],
)

# %% [markdown]
# Say the program in words first, one comment a line. Write `draw` and `shares_of`, and look at the shapes before you go
# on. When you have `gradients_of`, compare one slope with [a nudge](gradient-check.py#nudge-and-look): a wrong gradient
# is far easier to find there than in a training that goes badly.
#
# The check draws networks of several depths, compares your shares and slopes with its own, and gives you sums so
# large that $e^z$ has no number for them. Then it lets you `fit` sixty pictures of the digits 0, 1 and 2, with two
# hidden layers. Of a hundred others, your network has to read seven in ten. In the page that takes a second or two.
# (The memory of a page is freed only when a cell has ended. If yours is full, make do with fewer epochs.)

# %% An empty cell name="trainer" tags=["exercise"]
import numpy as np

# draw(sizes, seed)
# shares_of(layers, x)
# gradients_of(layers, x, y)
# fit(x, y, sizes, seed)
# %% tags=["check"]
from xordocs import datasets
from xordocs.exercises import call, compare, slopes


def check():
    for name in ("draw", "shares_of", "gradients_of", "fit"):
        assert name in globals(), f"There is no `{name}` yet."

    def paired(found, sizes, name):
        wanted = len(sizes) - 1
        listed = isinstance(found, (tuple, list))
        returned = len(found) if listed else "no list"
        assert returned == wanted, (
            f"{name} must return a list of {wanted} pairs for the sizes "
            f"{sizes}, got {returned}."
        )
        for at, pair in enumerate(found):
            two = isinstance(pair, (tuple, list)) and len(pair) == 2
            assert two, f"What {name} returns for layer {at} is no pair."
            shapes = [getattr(array, "shape", None) for array in pair]
            right = [(sizes[at], sizes[at + 1]), (1, sizes[at + 1])]
            assert shapes == right, (
                f"For the sizes {sizes} the arrays that {name} returns for "
                f"layer {at} must have the shapes {right[0]} and {right[1]}, "
                f"got {shapes[0]} and {shapes[1]}."
            )

    def drawn(sizes, seed):
        layers = call("draw", draw, (sizes, seed), "layers")
        paired(layers, sizes, "draw")
        for _, b in layers:
            assert abs(b).max() == 0, "The biases begin at zero."
        return layers

    drawn([5, 4, 3, 2], 1)
    wide = [400, 30, 10]
    one, two = drawn(wide, 1)[0][0], drawn(wide, 2)[0][0]
    assert abs(one - two).max() > 0, "Seeds 1 and 2 draw the same weights."
    size = float(((one**2).mean()) ** 0.5)
    rule = (2 / 400) ** 0.5
    for wrong, words in [
        (1.0, "Is He's factor missing?"),
        (2 / 400, "The factor is the root of 2 / inputs."),
        ((1 / 400) ** 0.5, "Is the 2 missing, which makes up for ReLU?"),
        ((2 / 30) ** 0.5, "Divide by how many numbers come in."),
    ]:
        assert abs(size / wrong - 1) > 0.1, (
            f"With {wide[0]} inputs the weights are about {size:.3g} in "
            f"size, and not {rule:.3g}. {words}"
        )
    assert abs(size / rule - 1) < 0.1, (
        f"With {wide[0]} inputs the weights are about {size:.3g} in "
        f"size, and not {rule:.3g}, the root of 2 / {wide[0]}."
    )

    random = np.random.RandomState(7)

    def forward(layers, x):
        for W, b in layers[:-1]:
            x = np.maximum(0, x @ W + b)
        return x @ layers[-1][0] + layers[-1][1]

    def softmax(z):
        grown = np.exp(z - z.max(axis=1, keepdims=True))
        return grown / grown.sum(axis=1, keepdims=True)

    for sizes in ([4, 3], [4, 5, 3], [4, 6, 5, 3]):
        net = []
        for at in range(len(sizes) - 1):
            W = random.randn(sizes[at], sizes[at + 1])
            net.append((W, 0.5 * random.randn(1, sizes[at + 1])))
        x = random.randn(6, 4)
        y = np.array([[1.0, 0, 0], [0, 1.0, 0], [0, 0, 1.0]] * 2)
        deep = f"with {len(sizes) - 2} hidden layers"
        z = forward(net, x)
        bare = x
        for W, b in net:
            bare = bare @ W + b
        grown = np.exp(z)
        shifted = np.exp(z - z.max(axis=1, keepdims=True))
        by_column = "Each row adds up to 1, not each column: axis=1."
        wrong = [
            (by_column, grown / grown.sum(axis=0, keepdims=True)),
            (by_column, shifted / shifted.sum(axis=0, keepdims=True)),
            ("That is the sigmoid of each sum.", 1 / (1 + np.exp(-z))),
            ("Those are the sums: is softmax missing?", z),
        ]
        if len(sizes) > 2:
            wrong.append(("Is ReLU missing in between?", softmax(bare)))
        wrong.append(
            ("The last sums go through no ReLU.", softmax(np.maximum(0, z)))
        )
        found = call("shares_of", shares_of, (net, x), "shares")
        compare(f"shares {deep}", found, softmax(z), "softmax by hand", wrong)

        def mean_loss(net=net, x=x, y=y):
            return -(np.log(softmax(forward(net, x))) * y).sum() / len(y)

        kept = [(W.copy(), b.copy()) for W, b in net]
        mine = call("gradients_of", gradients_of, (net, x, y), "gradients")
        paired(mine, sizes, "gradients_of")
        for at in range(len(net)):
            for part, name in enumerate(("dW", "db")):
                compare(f"{name} before", net[at][part], kept[at][part], "it")
                nudged = slopes(mean_loss, net[at][part])
                compare(
                    f"{name} of layer {at} {deep}",
                    mine[at][part],
                    nudged,
                    "a nudge",
                    [
                        ("Is the mean over the rows missing?", 6 * nudged),
                        ("The slope is turned: is it y_hat - y?", -nudged),
                        ("Is the mean taken twice?", nudged / 6),
                    ],
                )
    given = [net[-1]], 1000 * random.randn(4, 5)
    advice = (
        "With sums in the thousands e^z is too large for a number. Take each "
        "row's largest sum away before exp: the shares stay as they are."
    )
    try:
        large = call("shares_of", shares_of, given, "shares")
    except AssertionError as error:
        raise AssertionError(f"{error} {advice}") from None
    for share in large.ravel().tolist():
        assert 0 <= share <= 1, advice

    pictures, labels = datasets.handwriting()
    few = labels[:, :3].sum(axis=1) == 1  # the digits 0, 1 and 2
    x, y = pictures[few][:160] / 16, labels[few][:160, :3]
    x, y, new_x, new_y = x[:60], y[:60], x[60:], y[60:]
    sizes = [64, 8, 6, 3]
    given = x.copy(), y.copy()
    layers = call("fit", fit, (given[0], given[1], sizes, 1), "layers")
    compare("x after fit", given[0], x, "before it")
    compare("y after fit", given[1], y, "before it")
    paired(layers, sizes, "fit")

    def share_read(x, y):
        said = softmax(forward(layers, x)).argmax(axis=1)
        return int((said == y.argmax(axis=1)).sum()) / len(x)

    known, new = share_read(x, y), share_read(new_x, new_y)
    why = (
        "It reads the training rows no better: print the mean loss of each "
        "epoch. If it hardly falls, take larger steps or more epochs; if it "
        "jumps, smaller ones."
        if known < 0.85
        else "It reads the training rows well, so it has learned them by "
        "heart: stop earlier."
    )
    assert new >= 0.7, (
        "Your slopes are right, but after fit your network reads "
        f"{known:.0%} of the training rows and {new:.0%} of the new ones. "
        f"{why}"
    )
    print(f"Of a hundred new pictures it reads {100 * new:.0f}.")


check()

# %% [markdown] tags=["hint"]
# Keep what comes into each layer in a list: `passed = [x]`, and append each layer's output. `gradients_of` walks this
# list from its end, as in [lesson 7](deeper.py#the-way-back).

# %% [markdown] tags=["hint"]
# The output's delta is `(y_hat - y) / len(y)`. At each layer, `dW = came_in.T @ delta` and
# `db = delta.sum(axis=0, keepdims=True)`; then `delta = (delta @ W.T) * (came_in > 0)`: an output of ReLU is above zero
# exactly where its sum is.

# %% [markdown] tags=["hint"]
# Twenty epochs of mini-batches of twenty rows at a rate of `0.2` are enough, with plain steps. Shuffle with
# `np.random.RandomState(seed).permutation(len(x))`. Adam needs two more lists, of zeros in the shapes of the
# parameters, and a count of its steps.


# %% tags=["solution"]
import numpy as np


def draw(sizes, seed):
    random = np.random.RandomState(seed)
    layers = []
    for at in range(len(sizes) - 1):
        inputs, units = sizes[at], sizes[at + 1]
        W = random.randn(inputs, units) * (2 / inputs) ** 0.5
        layers.append((W, np.zeros((1, units))))
    return layers


def outputs_of(layers, x):
    passed = [x]  # what comes into each layer, and at the end the shares
    for W, b in layers[:-1]:
        passed.append(np.maximum(0, passed[-1] @ W + b))
    W, b = layers[-1]
    z = passed[-1] @ W + b
    grown = np.exp(z - z.max(axis=1, keepdims=True))
    passed.append(grown / grown.sum(axis=1, keepdims=True))
    return passed


def shares_of(layers, x):
    return outputs_of(layers, x)[-1]


def gradients_of(layers, x, y):
    passed = outputs_of(layers, x)
    delta = (passed[-1] - y) / len(y)
    gradients = []
    for at in reversed(range(len(layers))):
        W, came_in = layers[at][0], passed[at]
        db = delta.sum(axis=0, keepdims=True)
        gradients.insert(0, (came_in.T @ delta, db))
        delta = (delta @ W.T) * (came_in > 0)
    return gradients


def fit(x, y, sizes, seed, learning_rate=0.005, epochs=15):
    random = np.random.RandomState(seed)
    arrays = [array for pair in draw(sizes, seed) for array in pair]
    m = [0 * array for array in arrays]
    s = [0 * array for array in arrays]
    t = 0
    for epoch in range(epochs):
        order = random.permutation(len(x))
        for begin in range(0, len(x), 20):
            rows = order[begin : begin + 20]
            layers = list(zip(arrays[::2], arrays[1::2]))
            pairs = gradients_of(layers, x[rows], y[rows])
            t = t + 1
            rate = learning_rate * (1 - 0.999**t) ** 0.5 / (1 - 0.9**t)
            for at, d in enumerate([d for pair in pairs for d in pair]):
                m[at] = 0.9 * m[at] + 0.1 * d
                s[at] = 0.999 * s[at] + 0.001 * d**2
                step = rate * m[at] / (s[at] ** 0.5 + 1e-8)
                arrays[at] = arrays[at] - step
    return list(zip(arrays[::2], arrays[1::2]))


# %% [markdown]
# ## How many layers?
#
# Now your program can answer questions. Here is one: with a hundred and twenty pictures to learn from, does it help to
# have a second hidden layer, or any at all? Without one, the network is [a linear
# model](setting-the-scene.py#what-is-a-model) with softmax.
#
# !!! predict "Before you scroll"
#     No line parts the points of XOR. How many of three hundred unseen pictures will a network read that
#     has no hidden layer?

# %% name="depths" tags=["live", "hide-output"]
from xordocs import datasets

pixels, labels = datasets.handwriting()
order = np.random.RandomState(1).permutation(len(pixels))
x, y = pixels[order] / 16, labels[order]
new_x, new_digits = x[120:420], y[120:420].argmax(axis=1)

sizes = [64, 10]
layers = fit(x[:120], y[:120], sizes, seed=1)
said = shares_of(layers, new_x).argmax(axis=1)
print(sizes, f"{(said == new_digits).mean():.1%}")

# %% [markdown]
# Set `sizes` to `[64, 16, 10]` and to `[64, 16, 16, 10]`, and run the cell again. And other seeds? Here are five of
# them, as the solution trains them:

# %% tags=["remove-input"]
from IPython.display import Markdown

read = {}
for hidden in ((), (16,), (16, 16)):
    for seed in (1, 2, 3, 4, 5):
        layers = fit(x[:120], y[:120], [64, *hidden, 10], seed=seed)
        said = shares_of(layers, new_x).argmax(axis=1)
        read[hidden, seed] = int((said == new_digits).sum())
tables.Table(
    "How many of three hundred unseen pictures are read, from five seeds each.",
    ["hidden layers", *(f"seed {seed}" for seed in (1, 2, 3, 4, 5))],
    [
        [
            " and ".join(map(str, hidden)) or "none",
            *(f"{read[hidden, seed]}" for seed in (1, 2, 3, 4, 5)),
        ]
        for hidden in ((), (16,), (16, 16))
    ],
)

# %% tags=["remove-input"]
assert min(read[(), seed] for seed in (1, 2, 3, 4, 5)) > 200

# %% [markdown]
# Handwriting is not like XOR: even without a hidden layer most pictures are read. How much a hidden layer adds depends
# on the task, on the number of rows, and on everything that you have chosen in `fit`. Each depth would have to get
# [its own best rate](what-to-change.py) before you could say which is better. With your own program that is a loop.
#
# ## Exercises
#
# !!! exercise "Take something away"
#     A network that gives each digit the same share has a loss of $\log 10$. Draw one with four hidden layers of
#     sixteen units, and print its loss before any training. Then set He's factor to 1, and print it again. What do
#     you expect, and how far does `fit` come from there?

# %% tags=["remove-input"]
deep = draw([64, 16, 16, 16, 16, 10], seed=1)
plain = [(W / (2 / len(W)) ** 0.5, b) for W, b in deep]
first, without = (
    -np.log(
        np.maximum((shares_of(net, x[:120]) * y[:120]).sum(axis=1), 1e-300)
    ).mean()
    for net in (deep, plain)
)
assert first < 2 * np.log(10) < 20 * first < without
Markdown(
    '??? answer "Answer"\n'
    f"    $\\log 10$ is {np.log(10):.2f}. With He's factor the first loss is {first:.2f}, and without it {without:.0f}. A sum "
    "of sixteen products is about four times as large as one of them, and ReLU takes some of that away again, so each "
    "layer makes the numbers nearly three times as large. After four layers the last sums are so large that softmax is "
    "sure of a single digit, mostly a wrong one. From such a start training is slow, or all units die."
)

# %% [markdown]
# !!! exercise "A loss for rows that count more"
#     In a hospital's data one class is rare, and to miss it is ten times as bad. Which line of `gradients_of`
#     changes, and how?
#
# ??? answer "Answer"
#     Only the output's delta. Give each row a weight, ten for the rare class and one for the others, as a column of
#     shape `(rows, 1)`, and multiply: `weights * (y_hat - y) / weights.sum()`. The way back stays as it is.
#
# ## In short
#
# A trainer has four parts: first weights of the right size, a way forward that keeps what comes in, a way back along
# the same list, and steps on a few rows at a time. Once they are yours, a question about networks is a loop.
#
# ## Sources
#
# - K. He, X. Zhang, S. Ren, J. Sun, "Delving deep into rectifiers" (2015): the size of the first weights.
# - D. Kingma, J. Ba, "Adam: a method for stochastic optimization" (2015). Section 2 has the form of the step that the
#   solution takes, with both corrections in the rate.
# - E. Alpaydin, C. Kaynak, *Optical Recognition of Handwritten Digits* (1998): the pictures, under the licence Creative
#   Commons Attribution.
