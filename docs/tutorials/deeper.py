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
# # Deeper, and another loss
#
# The network of lesson 6 has one hidden layer and the squared error. In this lesson both change. First it gets more
# hidden layers, which is less work than you might think. Then comes a network that is as wrong as it can be, and yet
# does not learn. You find out why, and free it with another loss. This is the one: press *Play*, and wait for something
# to happen.

# %% tags=["remove-input"]
from xordocs import playground
from xordocs.nn import numpy_mlp

playground.embed("player", weights=numpy_mlp.initialize(seed=39))

# %% [markdown]
# **After this lesson you can** write the forward and the backward pass for any number of layers, derive the
# delta of the cross-entropy, and say what this loss is for.
#
# **You need** [the network in NumPy](numpy-network.py) and the [chain rule](downhill.py#the-chain-rule).
# The logarithm is explained where you need it.
#
# ## More hidden layers
#
# Why more than one? A ReLU unit bends a line once, so a layer of two units bends it twice. But a second layer bends
# what is bent already. Two units that make a tent are enough to see it, here at nine numbers from 0 to 1, evenly
# spaced by `np.linspace`:

# %% name="tents" tags=["live"]
import numpy as np


def tent(x):
    return 2 * np.maximum(0, x) - 4 * np.maximum(0, x - 0.5)


points = np.linspace(0, 1, 9)
print(tent(points))
print(tent(tent(points)))
print(tent(tent(tent(points))))

# %% tags=["remove-input"]
from xordocs import plots, tables

along = np.linspace(0, 1, 257)
folds = {
    "one layer": tent(along),
    "two": tent(tent(along)),
    "three": tent(tent(tent(along))),
}


def bends(values):
    return int((abs(np.diff(values, 2)) > 1e-9).sum())


assert [bends(values) for values in folds.values()] == [1, 3, 7]
deep = along
for _ in range(8):
    deep = tent(deep)
plots.functions(
    "A tent, and the tent of a tent",
    along,
    folds,
    name="x",
    caption="Each layer of two units folds what comes to it in the middle, and so doubles the number of straight pieces. Between "
    "two pieces lies a bend.",
)

# %% [markdown]
# In one layer each unit bends the line at most once. So compare, between 0 and 1, the same units in layers of two, and
# in a single layer. (One of the two bends of a tent lies at the edge, at 0, and is not counted.)

# %% tags=["remove-input"]
tables.Table(
    "How often a line can be bent, by units that stand in layers of two or in one layer.",
    ["units", "layers of two", "their bends", "bends in one layer"],
    [
        [
            f"{2 * layers}",
            f"{layers}",
            f"{bends(values)}",
            f"at most {2 * layers}",
        ]
        for layers, values in [
            (1, folds["one layer"]),
            (2, folds["two"]),
            (3, folds["three"]),
            (8, deep),
        ]
    ],
)

# %% [markdown]
# So depth can do much with few units, if training finds such folds.
#
# Now build one. A second hidden layer takes the outputs of the first as its inputs. With eight units in each layer:
#
# <div class="equations" markdown>
#
# | forward | shape |
# |---|---|
# | $a_0 = x$ | `(4, 2)` |
# | $z_1 = a_0 W_1 + b_1 \qquad a_1 = \mathrm{ReLU}(z_1)$ | `(4, 8)` |
# | $z_2 = a_1 W_2 + b_2 \qquad a_2 = \mathrm{ReLU}(z_2)$ | `(4, 8)` |
# | $z_3 = a_2 W_3 + b_3 \qquad \hat{y} = \sigma(z_3)$ | `(4, 1)` |
#
# </div>
#
# Every hidden layer does the same thing with what comes out of the layer before it. So keep the network
# as a list of layers, each a pair of weights and biases, and let a loop walk through the list towards the
# output. The loop keeps all sums and outputs for the way back:

# %% name="layers" tags=["live"]
import numpy as np

x = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = np.array([[0.0], [1.0], [1.0], [0.0]])

random = np.random.RandomState(1)
layers = []
for inputs, units in [(2, 8), (8, 8), (8, 1)]:
    layers.append((random.randn(inputs, units), np.zeros((1, units))))


def forward(layers, x):
    z = []
    a = [x]
    for W, b in layers[:-1]:
        z.append(a[-1] @ W + b)
        a.append(np.maximum(0, z[-1]))
    W, b = layers[-1]
    z.append(a[-1] @ W + b)
    a.append(1 / (1 + np.exp(-z[-1])))
    return z, a


z, a = forward(layers, x)
for depth in range(len(layers)):
    print(f"layers[{depth}]: {a[depth].shape} in, {a[depth + 1].shape} out")

# %% [markdown]
# `layers[:-1]` is the list without its last entry, the output unit, and `a[-1]` is the last entry of `a`
# so far. Lists count from 0, and `a` has an entry more than `z`, because it has the inputs in front:
#
# | in code | depth 0 | depth 1 | depth 2 |
# |---|---|---|---|
# | in formulas, layer $l$ | 1 | 2 | 3 |
# | `a[depth]`, what comes in | $x$ | $a_1$ | $a_2$ |
# | `layers[depth]` | $W_1$, $b_1$ | $W_2$, $b_2$ | $W_3$, $b_3$ |
# | `z[depth]`, the sum | $z_1$ | $z_2$ | $z_3$ |
# | `a[depth + 1]`, passed on | $a_1$ | $a_2$ | $\hat{y}$ |
#
# ### The way back
#
# The way back is a loop as well, from the last layer to the first. Let $L$ be the number of layers: 3
# here, and 2 in lesson 6. The output unit is layer $L$, so its delta, which was $\delta_2$ in lesson 6,
# is now called $\delta_L$. At each layer $l$ the loop writes down the slopes, which are what comes in
# times the delta, and then hands the delta back by one layer:
#
# $$\frac{\partial J}{\partial W_l} = a_{l-1}^\top \delta_l \qquad
# \frac{\partial J}{\partial b_l} = \sum_{\text{rows}} \delta_l$$
#
# $$\delta_{l-1} = \left(\delta_l W_l^\top\right) \odot \mathbb{1}[z_{l-1} > 0]$$
#
# The table above says which entry of a list each symbol is. Beware: $a_{l-1}$ is `a[depth]`, because `a` has the inputs
# in front, but $z_{l-1}$ is `z[depth - 1]`.
#
# With two hidden layers, several paths can lead from one weight to the loss, one through each unit of the
# later layer. What comes back along these paths [adds up](downhill.py#where-paths-meet-slopes-add), and the matrix
# product $\delta_l W_l^\top$ does the adding. Take a row whose deltas in the later layer are `0.5` and `-1.0`. The
# first unit of the earlier layer has a weight of `2.0` to one of them and of `3.0` to the other, so what comes back
# to it is $0.5 \cdot 2 + (-1) \cdot 3 = -2$:

# %% name="two-paths" tags=["live"]
later_deltas = np.array([[0.5, -1.0]])
# a row for each unit of the earlier layer
later_W = np.array([[2.0, 3.0], [-1.0, 4.0]])
print(later_deltas @ later_W.T)

# %% tags=["remove-input"]
handed_back = (later_deltas @ later_W.T)[0, 0]
assert handed_back == 0.5 * 2 + (-1) * 3
plots.chain(
    {"later δ[0]": 0.5, "later δ[1]": -1.0, "what comes back": handed_back},
    {
        ("later δ[0]", "what comes back"): later_W[0, 0],
        ("later δ[1]", "what comes back"): later_W[0, 1],
    },
    caption="Two paths meet in the first unit of the earlier layer. Each delta is multiplied by the weight on its "
    "path, and the products add up.",
)

# %% [markdown]
# Write it. `reversed(range(len(layers)))` counts down, here 2, 1, 0, and `insert(0, …)` puts each new
# pair in front of the others, so that in the end the pairs stand in the order of `layers`. The check
# nudges every number of a network with two hidden layers.


# %% name="backward" tags=["exercise"]
def backward(layers, z, a, y):
    y_hat = a[-1]
    # the output unit's delta,
    # a row for each row of x
    delta = ...
    gradients = []
    for depth in reversed(range(len(layers))):
        W, b = layers[depth]
        dW = ...  # W's shape
        db = ...  # b's shape
        gradients.insert(0, (dW, db))
        if depth > 0:
            # delta, through W
            back = ...
            # times ReLU's slope
            # in the earlier layer
            delta = back * ...
    return gradients


# %% tags=["check"]
from xordocs.exercises import (
    bias_mistakes,
    call,
    compare,
    output_mistakes,
    slopes,
)


def check():
    x = np.array(
        [[0.5, -1.0], [1.5, 0.25], [-0.75, 1.0], [1.0, 2.0], [0.0, 1.0]]
    )
    y = np.array([[1.0], [0.0], [1.0], [0.0], [1.0]])
    layers = [
        (
            np.array([[0.5, 1.0, -0.75], [1.0, -0.5, 0.25]]),
            np.array([[-0.5, 0.25, 1.0]]),
        ),
        (
            np.array([[1.0, -1.0, 0.5], [0.5, 2.0, -1.5], [-1.5, 0.5, 1.0]]),
            np.array([[0.75, -0.25, 0.5]]),
        ),
        (np.array([[0.5], [-1.5], [1.0]]), np.array([[0.25]])),
    ]

    def up():
        z, a = [], [x]
        for W, b in layers:
            z.append(a[-1] @ W + b)
            a.append(0.5 * (z[-1] + abs(z[-1])))
        a[-1] = 1 / (1 + np.exp(-z[-1]))
        return z, a

    def loss_now():
        return ((up()[1][-1] - y) ** 2).mean()

    z, a = up()
    made = call("backward", backward, (layers, z, a, y), "gradients")
    is_list = isinstance(made, (list, tuple)) and len(made) == len(layers)
    assert is_list, (
        f"It must return a list of {len(layers)} pairs here, one for each "
        "layer. Is there an `insert` in every round?"
    )
    for pair in made:
        is_pair = isinstance(pair, (list, tuple)) and len(pair) == 2
        assert is_pair, "Each entry must be a pair, `(dW, db)`."
    first = getattr(made[0][0], "shape", None)
    assert first != layers[-1][0].shape, (
        "The output unit's slopes stand first, and they belong to the last "
        "layer: does `insert(0, …)` put each pair in front?"
    )

    error, bend = a[3] - y, a[3] * (1 - a[3])
    delta = [None, None, 2 / 5 * error * bend]
    down = [delta[2] @ layers[2][0].T]
    delta[1] = down[0] * (z[1] > 0)
    down.insert(0, delta[1] @ layers[1][0].T)
    delta[0] = down[0] * (z[0] > 0)

    def handed_down(depth):
        over, above = down[depth], delta[depth + 1]
        came_in = a[depth].T
        on = z[depth] > 0
        return [
            ("Is ReLU's slope missing on the way back?", came_in @ over),
            (
                "Is W missing on the way back?",
                came_in @ (above * on),
            ),
            (
                "ReLU's slope is 1 or 0, not what the unit passes on.",
                came_in @ (over * a[depth + 1]),
            ),
            (
                "Is it the wrong way round? ReLU's slope is 1 where z > 0.",
                came_in @ (over * (z[depth] <= 0)),
            ),
            (
                "It is z of the earlier layer that counts.",
                came_in @ (over * (z[depth + 1] > 0)),
            ),
            ("Is delta still that of the later layer?", came_in @ above),
        ]

    at_the_top = output_mistakes(a[2], error, bend)
    at_the_top.append(("What comes in is a, not z.", z[1].T @ delta[2]))
    for depth in (2, 1, 0):
        W, b = layers[depth]
        dW, db = made[depth]
        wrong = at_the_top if depth == 2 else handed_down(depth)
        nudged = slopes(loss_now, W)
        compare(f"dW{depth + 1}", dW, nudged, "a nudge of the weight", wrong)
        wrong = bias_mistakes(delta[depth])
        nudged = slopes(loss_now, b)
        compare(f"db{depth + 1}", db, nudged, "a nudge of the bias", wrong)
    print("Every slope of all three layers agrees with its nudge.")


check()

# %% [markdown] tags=["hint"]
# `delta` starts as [`delta2` in lesson 6](numpy-network.py#an-equation-a-line-of-code), where $N$ is
# `len(y)`. In the loop, what comes in is `a[depth]`: transpose it, as you did with `a1`.

# %% [markdown] tags=["hint"]
# Delta, handed back through `W`, is `delta @ W.T`. ReLU's slope depends on the sums of the earlier layer:
# `(z[depth - 1] > 0)`.


# %% tags=["solution"]
def backward(layers, z, a, y):
    y_hat = a[-1]
    delta = 2 * (y_hat - y) / len(y) * y_hat * (1 - y_hat)
    gradients = []
    for depth in reversed(range(len(layers))):
        W, b = layers[depth]
        dW = a[depth].T @ delta
        db = delta.sum(axis=0, keepdims=True)
        gradients.insert(0, (dW, db))
        if depth > 0:
            back = delta @ W.T
            delta = back * (z[depth - 1] > 0)
    return gradients


# %% [markdown]
# Now train with it. `zip` goes through two lists side by side, here through each layer and its gradients. Nothing in
# the loop says how many layers there are:

# %% name="training" tags=["live"]
learning_rate = 0.5
history = []

for epoch in range(500):
    z, a = forward(layers, x)
    history.append(((a[-1] - y) ** 2).mean())
    gradients = backward(layers, z, a, y)
    stepped = []
    for (W, b), (dW, db) in zip(layers, gradients):
        stepped.append((W - learning_rate * dW, b - learning_rate * db))
    layers = stepped

print(f"from {history[0]:.4f} to {history[-1]:.5f}")
print(forward(layers, x)[1][-1].round(3))

# %% tags=["remove-input"]
from xordocs.nn import losses, numpy_mlp

theirs, their_history = numpy_mlp.train(
    numpy_mlp.initialize((8, 8), seed=1), x, y, learning_rate=0.5
)
# the same operations, but for the order of a few factors
assert abs(their_history - np.array(history)).max() < 1e-9
tried = range(20)
learned = 0
for seed in tried:
    one, _ = numpy_mlp.train(
        numpy_mlp.initialize((8, 8), seed), x, y, learning_rate=0.5
    )
    learned += losses.accuracy(numpy_mlp.predict(one, x), y) == 1
assert losses.accuracy(numpy_mlp.predict(theirs, x), y) == 1
assert learned < len(tried)

# %% [markdown]
# The network learns all four rows ([in the playground](`{python} playground.link((8, 8), learning_rate=0.5)`)). Of
# the seeds 0 to `{python} tried[-1]`, `{python} learned` learn. (For XOR [one hidden layer](by-hand.py) is enough.)
# The list can be as long as you like, if the first weights have the right size.
#
# ### How large should the first weights be?
#
# So far they came from the standard normal distribution; only for the pictures of lesson 6 you made them smaller,
# times `0.1`. What does their size do in a deep network? Send a hundred rows of random numbers through five layers of
# twenty ReLU units, with all weights multiplied by a `factor`, and write down how large the sums of each layer are
# (the root of their mean square):


# %% name="sizes" tags=["live"]
def sizes(factor):
    random = np.random.RandomState(1)
    passed_on = random.randn(100, 20)
    found = []
    for layer in range(5):
        W = factor * random.randn(20, 20)
        z = passed_on @ W
        passed_on = np.maximum(0, z)
        found.append(np.sqrt((z**2).mean()))
    return np.array(found)


print(sizes(1).round(1))
print(sizes(0.1).round(3))

# %% [markdown]
# With the factor `1` the sums grow roughly threefold from layer to layer; with `0.1` they shrink to a third. Why? A
# unit's sum has $n$ terms, each a weight times what comes in, and the weights are as often negative as positive.
# Square the sum: the $n$ squares add up, while the products of two different terms cancel on average. (With two terms
# it is $(p + q)^2 = p^2 + q^2 + 2pq$, and $pq$ is as often negative as positive.) So the square is $n$ times as large
# as that of one term, and the sum $\sqrt{n}$ times. ReLU makes about half of what comes in zero, so of twenty numbers
# some ten are left, and the root of ten is about `3.2`. (Only the first layer gets all twenty, since its rows have
# passed no ReLU: it makes them larger by the root of twenty, about `4.5`.)
#
# !!! predict "Before you scroll"
#     With which factor do the sums stay as large as they are? Let $n$ numbers come in.
#
# If each layer makes them $\sqrt{n / 2}$ times as large, the factor must undo that:
#
# $$\sqrt{\frac{2}{n}}$$
#
# With this factor, which K. He and others published in 2015, the sums keep their size on average, whatever the number
# of units and of layers. (One draw can still wander off, the more layers there are and the narrower they are.)

# %% name="he" tags=["live"]
print(sizes(np.sqrt(2 / 20)).round(1))

# %% tags=["remove-input"]
grown, shrunk, kept = sizes(1), sizes(0.1), sizes(np.sqrt(2 / 20))
steps = grown[1:] / grown[:-1]
assert ((steps > 2) & (steps < 5)).all()
assert np.allclose(shrunk, grown * 0.1 ** np.arange(1, 6))
assert 1 < kept.min() < kept.max() < 2

# %% [markdown]
# For XOR most networks learn with either, and [more of them with this start](what-to-change.py#which-first-weights).
# For [handwriting](handwriting.py#how-large-should-the-first-weights-be) and [deep
# networks](what-to-change.py#through-ten-layers) it counts.
#
# <details class="note" markdown>
# <summary>The same loop in the course’s package</summary>
#
# Here you can choose the `loss` and the hidden units' `activation`, which brings its slope with it. What stands
# after a colon or an arrow, such as `Parameters`, tells readers and tools what to expect there; Python itself
# does not need it.

# %% tags=["remove-input"]
from xordocs.listings import source

source(numpy_mlp.backward)

# %% [markdown]
# </details>
#
# !!! note "A good place to stop for today"
#     Your network can have any number of layers. What follows needs only one again, and changes the loss.
#
# ## Where the squared error falls silent
#
# Train the [network of lesson 6](numpy-network.py) as usual, but [from seed `39`](numpy-network.py#exercises): you have
# seen this run at the top of the page.
# (`(10,)` is a tuple with a single entry, one hidden layer of ten units, and `_` is the name for a value that nobody
# needs.)

# %% tags=["live"]
from xordocs.nn import numpy_mlp

start = numpy_mlp.initialize((10,), seed=39)
stuck, _ = numpy_mlp.train(start, x, y, learning_rate=1.5, epochs=500)
print(numpy_mlp.predict(stuck, x).round(3))

# %% tags=["remove-input"]
stuck_outputs = numpy_mlp.predict(stuck, x)
astray = int(abs(stuck_outputs - y).argmax())
assert stuck_outputs[astray] > 0.999
assert y[astray] == 0
later, _ = numpy_mlp.train(stuck, x, y, learning_rate=1.5, epochs=9500)
assert numpy_mlp.predict(later, x)[astray] > stuck_outputs[astray]
where = f"({x[astray, 0]:g}, {x[astray, 1]:g})"

# %% [markdown]
# The row `{python} where` has the label 0, and its output is as good as 1: as wrong as it can be. After twenty times as
# many epochs it still is. Why does training not bring it back? Look at the delta of a row alone, with the label 0:
#
# $$\delta_L = 2 (\hat{y} - y)\, \hat{y}(1 - \hat{y}) = 2\, \hat{y}^2 (1 - \hat{y})$$
#
# !!! predict "Before you scroll"
#     The label is 0. At which output does this delta push the hardest: at one half, somewhere above it,
#     or at 1, which is as wrong as an output can be?

# %% tags=["remove-input", "hide-output"]
outputs = np.linspace(0, 1, 301)
squared = 2 * outputs**2 * (1 - outputs)
assert abs(outputs[squared.argmax()] - 2 / 3) < 1e-9
plots.delta_curves(
    outputs,
    {"squared error": squared, "cross-entropy": outputs},
    caption="The label is 0, so the further right an output lies, the more wrong it is. The squared "
    "error's delta turns around at ⅔ and falls back to zero where the output is worst. The other "
    "line, which keeps rising, belongs to the loss of the next section.",
)

# %% [markdown]
# <div class="xd-then" markdown>
#
# It is largest at $\hat{y} = 2/3$. Beyond that delta falls, and for an output that is certain and wrong it is
# next to nothing: there the sigmoid is nearly flat, and its slope $\hat{y}(1 - \hat{y})$ is a factor of delta.
# The worst mistakes hardly move the weights at all. (Here the other rows, which use the same weights, even push this
# output a little further, and its own pull is too weak to resist.)
#
# </div>
#
# A unit whose sum lies where its sigmoid is nearly flat, on either side, is called
# [*saturated*](../glossary.md#saturated).
#
# ??? note "Where the top of this curve lies, and why"
#     At the top of a curve its slope is zero. The slope of $\hat{y}^2 (1 - \hat{y})$ has [two
#     paths](downhill.py#where-paths-meet-slopes-add), one through each factor:
#
#     $$2\hat{y} \cdot (1 - \hat{y}) + \hat{y}^2 \cdot (-1) = \hat{y}\,(2 - 3\hat{y})$$
#
#     For outputs above 0 this is zero only at two thirds.
#
# ## Cross-entropy
#
# Read the output as a probability: $\hat{y}$ is the probability that the network gives to the label 1,
# and $1 - \hat{y}$ is what it gives to the label 0. Let $p$ be the probability that it gives to the row's
# own label. For four outputs, say:

# %% tags=["remove-input"]
truth, guessed = np.array([0, 1, 1, 0]), np.array([0.1, 0.8, 0.6, 0.3])
of_label = np.where(truth == 1, guessed, 1 - guessed)
together, summed = of_label.prod(), -np.log(of_label).sum()
assert np.isclose(-np.log(together), summed)
product = " \\cdot ".join(f"{p:.1f}" for p in of_label)
tables.Table(
    "Four outputs, and the probability that each gives to its own label.",
    ["label", "ŷ", "p"],
    [
        [f"{one}", f"{out:.1f}", f"{p:.1f}"]
        for one, out, p in zip(truth, guessed, of_label)
    ],
)

# %% [markdown]
# On a day when it rains, a forecast of $0.9$ for rain was better than one of $0.6$: it gave more probability to what
# happened. In the same way, the larger $p$ is, the better the output.
#
# !!! predict "Before you scroll"
#     Two fair coins both show heads one time in four. So how much probability do the four outputs give to all four
#     labels together?
#
# Where chances have nothing to do with each other, they multiply: for the two coins it is one half times one half, and
# for the four labels the product of the four $p$,
# $`{python} product` = `{python} f"{together:.3f}"`$. This product is called the
# **likelihood** of the network's parameters: how probable they make the labels. Training should make it large.
#
# A sum is easier to work with than a product, because its slope is the sum of its parts' slopes. The
# **natural logarithm** turns a product into a sum. It undoes $e^z$: if $u = e^z$, then $z = \log u$. Let
# $u = e^s$ and $v = e^t$. Their product is $e^{s + t}$, so
#
# $$\log(u v) = \log u + \log v$$
#
# In this course $\log$ is always the natural logarithm, `np.log` in NumPy. (Many books write $\ln$.) For
# instance, `np.log(0.9 * 0.8)` and `np.log(0.9) + np.log(0.8)` are both
# $`{python} f"{np.log(0.9 * 0.8):.4f}"`$.
#
# The logarithm rises with what goes into it, so the product is largest where the sum of the logarithms is
# largest. A loss should be small when the network is good, so put a minus in front: the **cross-entropy**
# of a row is $-\log p$. The smaller the mean of these over the rows, the larger the likelihood:

# %% tags=["remove-input"]
tables.Table(
    "The same four outputs, with their cross-entropy.",
    ["label", "ŷ", "p", "−log p"],
    [
        *(
            [f"{one}", f"{out:.1f}", f"{p:.1f}", f"{-np.log(p):.3f}"]
            for one, out, p in zip(truth, guessed, of_label)
        ),
        ["together", "", f"product: {together:.3f}", f"sum: {summed:.3f}"],
    ],
)

# %% [markdown]
# The sum in the last column is $-\log$ of the product beside it. Compare the cross-entropy of a row with its
# squared error, which is $(1 - p)^2$ for either label:

# %% tags=["remove-input"]
p = np.linspace(0.005, 1, 200)
plots.functions(
    "The loss of one row, by the probability that its label gets",
    p,
    {"squared error": (1 - p) ** 2, "cross-entropy": -np.log(p)},
    name="probability p of the row's label",
    caption="On the right, where the label gets nearly all of the probability, both are next to "
    "nothing. On the left, where the network is sure and wrong, the squared error never comes to "
    "more than 1, while the cross-entropy climbs without end.",
)

# %% [markdown]
# As the mean over $N$ rows, the cross-entropy is
#
# $$\begin{aligned}
# J = -\frac{1}{N} \sum_i \big[&y_i \log \hat{y}_i \\
# &{}+ (1 - y_i) \log(1 - \hat{y}_i)\big]
# \end{aligned}$$
#
# Because each label is 0 or 1, one of the two terms is zero for each row, and the other is the row's
# $\log p$.
#
# For the delta of this loss you need the slope of the logarithm. When $z$ rises a little, $u = e^z$ rises
# $e^z$ times as much. Turn it around: when $u$ rises a little, $z = \log u$ rises $1/e^z$ times as much, and
# $e^z$ is $u$. So **the slope of $\log u$ with respect to $u$ is $1/u$**. A nudge agrees:

# %% name="log-slope" tags=["live"]
u, nudge = 7.0, 0.001
print(f"{(np.log(u + nudge) - np.log(u)) / nudge:.5f}")
print(f"{1 / u:.5f}")

# %% tags=["remove-input"]
assert abs((np.log(u + nudge) - np.log(u)) / nudge - 1 / u) < 2e-5

# %% [markdown]
# Now use the chain rule, first for one row with the label 0, where $J = -\log q$ with $q = 1 - \hat{y}$. The
# slope of $-\log q$ with respect to $q$ is $-1/q$. When $\hat{y}$ rises, $q$ falls by as much: that slope is $-1$.
# The product is $1/q$, which is $1 / (1 - \hat{y})$. And the sigmoid's slope with respect to $z_L$ is
# $\hat{y}(1 - \hat{y})$, as before:
#
# $$\delta_L = \frac{1}{1 - \hat{y}} \cdot \hat{y}(1 - \hat{y}) = \hat{y}$$
#
# The factor $1 - \hat{y}$ cancels. For the label 1, where $J = -\log \hat{y}$, it is the factor $\hat{y}$
# that cancels:
#
# $$\delta_L = -\frac{1}{\hat{y}} \cdot \hat{y}(1 - \hat{y}) = \hat{y} - 1$$
#
# Both results are $\hat{y} - y$: delta is the error itself, so the more wrong an output is, the harder it
# pushes. In lesson 6's training loop, where $\delta_L$ is $\delta_2$, two lines change:
#
# <div class="equations" markdown>
#
# | cross-entropy | in NumPy |
# |---|---|
# | $J$, as above | `loss = -(y * np.log(y_hat) + (1 - y) * np.log(1 - y_hat)).mean()` |
# | $\delta_L = \dfrac{1}{N} (\hat{y} - y)$ | `delta2 = (y_hat - y) / len(y)` |
#
# </div>
#
# ??? note "When an output is rounded to 0 or 1"
#     If an output is rounded to 0 or 1, the first of these lines takes the logarithm of zero, which NumPy answers
#     with a warning and minus infinity. Even where the output is right, zero times infinity is `nan`, no number. And
#     where $z$ is far below zero, `np.exp(-z)` is too large for a `float`: a warning again, though the sigmoid then
#     comes out as 0, which is right. The package [avoids the first](../reference/losses.md): it computes the loss
#     from the sum before the sigmoid, which is also called the **logit**, $z_2$ in lesson 6 and `z[-1]` here. A row
#     with the label 0 costs $-\log(1 - \hat{y}) = \log(1 + e^{z})$, and one with the label 1 costs $z$ less. For a
#     large $z$ the power is too large for a `float`, so $z$ is taken out: $\log(1 + e^{z}) = z + \log(1 + e^{-z})$.
#     For both signs:
#
#     ```python
#     rows = np.maximum(0, z2) - z2 * y + np.log(1 + np.exp(-abs(z2)))
#     loss = rows.mean()
#     ```
#
# Does it free the output that did not come back? Here the training loop of lesson 6 goes on from where that network
# rests, with the new delta. It pushes at least twice as hard, so take half the rate:

# %% name="freed" tags=["live"]
(W1, b1), (W2, b2) = stuck

for epoch in range(500):
    z1 = x @ W1 + b1
    a1 = np.maximum(0, z1)
    y_hat = 1 / (1 + np.exp(-(a1 @ W2 + b2)))
    delta2 = (y_hat - y) / len(y)
    delta1 = (delta2 @ W2.T) * (z1 > 0)
    W1 = W1 - 0.75 * (x.T @ delta1)
    b1 = b1 - 0.75 * delta1.sum(axis=0, keepdims=True)
    W2 = W2 - 0.75 * (a1.T @ delta2)
    b2 = b2 - 0.75 * delta2.sum(axis=0, keepdims=True)

print(y_hat.round(3))


# %% tags=["remove-input"]
def outputs_after(seed, rate, loss=losses.MSE):
    """The outputs of the network of lesson 6 after five hundred epochs."""
    start = numpy_mlp.initialize((10,), seed)
    return numpy_mlp.predict(
        numpy_mlp.train(start, x, y, rate, loss=loss)[0], x
    )


entropy = losses.CROSS_ENTROPY
freed, _ = numpy_mlp.train(stuck, x, y, 0.75, epochs=500, loss=entropy)
still, _ = numpy_mlp.train(stuck, x, y, 0.75, epochs=500)
assert losses.accuracy(y_hat, y) == 1
assert abs(numpy_mlp.predict(freed, x) - y_hat).max() < 0.01
assert numpy_mlp.predict(still, x)[astray] > 0.99
assert losses.accuracy(outputs_after(39, 0.75, entropy), y) == 1
assert outputs_after(39, 0.75)[astray] > 0.99
for rate in (15, 7.5):  # where 1.5 learns with the squared error
    too_fast = outputs_after(1, rate, losses.CROSS_ENTROPY)
    assert losses.accuracy(too_fast, y) < 1

# %% [markdown]
# It does: all four are right. And it was the loss that freed it, not the rate: at half the rate the squared error
# leaves the output where it was. (Where a rate is far too large, another loss is no cure. Make the steps shorter.)
# With this loss from the first epoch on, the network does not get stuck in the first place. Press *Play*, and compare
# it with the run at the top of the page:

# %% tags=["remove-input"]
playground.embed(
    "player",
    weights=numpy_mlp.initialize(seed=39),
    learning_rate=0.75,
    loss=losses.CROSS_ENTROPY,
)

# %% tags=["remove-input"]
half = 1 / 2
ratio = half / (2 * half**2 * (1 - half))
playground.ask(
    "At an output of one half, how many times as large is the cross-entropy's delta as the "
    "squared error's?",
    ratio,
    f"For the label 0 the cross-entropy's delta is ŷ = {half:g}, the squared error's "
    f"2ŷ²(1 − ŷ) = {half / ratio:g}.",
    hints={
        1: "The two curves do not meet at one half. Put ŷ = ½ into both formulas.",
        half
        / ratio: "That is the squared error's delta. What is the cross-entropy's?",
        1 / ratio: "That is the inverse.",
        4: "Is the factor 2 missing from the squared error's delta?",
    },
)

# %% [markdown]
# ## A fair comparison
#
# Does a network learn XOR more often with the cross-entropy? It *learns* if after five hundred epochs all four
# outputs are on the right side of one half. At the same $\eta$ each row pushes at least twice as hard with the
# cross-entropy, so a count would mix up the loss with the length of the step. So give each loss the rate that
# suits it best, and count on other seeds.
#
# !!! predict "Before you scroll"
#     Of a thousand networks with each loss, will more learn with the cross-entropy? And will there be seeds from which
#     only the squared error learns?
#
# <details class="note" markdown>
# <summary>How the two rates are found</summary>
#
# Why at least twice as hard? Divide the cross-entropy's delta by the squared error's, and
# $1 / (2\hat{y}(1 - \hat{y}))$ is left, which is 2 at an output of one half and more everywhere else.
#
# Networks of ten hidden units were trained from two hundred seeds, at one rate after another. Each rate is
# twice the one before, and there are so many that clearly fewer networks learn at the lowest and at the
# highest than at the best. (If several rates are equally good, the middle one is taken.) The best of several
# shares is partly luck, so it is too high. That is why a thousand *other* seeds, which had no part in that
# luck, are then trained at each loss's best rate and counted. ([A
# later lesson](census.py#rule-1-each-at-its-own-best-learning-rate) does this with you.)

# %% tags=["remove-input"]
from xordocs.experiments.census import census
from xordocs.experiments.sweep import sweep

candidates = {
    "squared error": losses.MSE,
    "cross-entropy": losses.CROSS_ENTROPY,
}
fresh = range(1000, 2000)
sweeps = {
    name: sweep(range(200), loss=loss) for name, loss in candidates.items()
}
assert all(found.is_inside for found in sweeps.values())
best = {name: found.best for name, found in sweeps.items()}
finals = {
    name: census(fresh, learning_rate=best[name], loss=loss)
    for name, loss in candidates.items()
}
plots.by_learning_rate(
    {name: found.line for name, found in sweeps.items()},
    caption="Each point is the share of two hundred networks, and the bar through it says how far other seeds "
    "might move it. Notice that both lines have a broad top and fall off on both sides of it.",
)

# %% [markdown]
# </details>

# %% tags=["remove-input"]
tables.Table(
    f"Each loss at its own best rate, on {len(fresh):,} other seeds.",
    ["loss", "best rate", "networks that learn", "share"],
    [
        [
            name,
            f"{best[name]:g}",
            f"{int(count.solved.sum())}",
            f"{count.rate:.1%}",
        ]
        for name, count in finals.items()
    ],
)

# %% tags=["remove-input"]
from xordocs.experiments.diagnosis import FLAT
from xordocs.experiments.statistics import is_better, only_one

squared, entropy = finals.values()
wrong_by = f"{FLAT:g}"
flat = {
    name: count.counts().get("saturated", 0) for name, count in finals.items()
}
failures = {
    name: int((~count.solved).sum()) for name, count in finals.items()
}
assert {
    name: count.setting.learning_rate for name, count in finals.items()
} == best
assert entropy.interval()[0] > squared.interval()[1]
assert 0.87 < squared.rate < 0.93
gained, lost = only_one(entropy.solved, squared.solved)
assert is_better(entropy.solved, squared.solved)
assert flat["squared error"] > 0.6 * failures["squared error"]
assert flat["cross-entropy"] == 0
USUAL_RATE = 1.5
chosen = sweeps["squared error"]
at_best, at_usual = (
    int(chosen.solved[chosen.rates == rate].sum())
    for rate in (chosen.best, USUAL_RATE)
)
assert chosen.best != USUAL_RATE
assert 0 <= at_best - at_usual < 3

# %% [markdown]
# **More networks learn with the cross-entropy**: `{python} gained` seeds learn only with it, and `{python} lost` only
# with the squared error. [A later lesson](census.py#one-fair-comparison) shows how such a comparison is made, and
# what is more than chance.
#
# ??? note "Is it really the loss?"
#     All else, apart from the rates, was the same. As far as a grid of rates can tell, the reason is the missing
#     factor, $\hat{y}(1 - \hat{y})$. Without it the squared error's delta is $2(\hat{y} - y)$, twice the
#     cross-entropy's. Doubling a delta is the same as doubling the rate, and each loss had the best rate of its grid.
#     So only the factor is left to make the difference.
#
#     The way in which the networks fail fits this explanation. Of the `{python} failures["squared error"]` that
#     fail with the squared error, `{python} flat["squared error"]` rest like the one above, with an output more
#     than `{python} wrong_by` away from its label. Of the `{python} failures["cross-entropy"]` failures with the
#     cross-entropy, `{python} flat["cross-entropy"] or "none"` rests like that.
#
# ??? note "Why not this best rate in every lesson?"
#     The best rate of the squared error is not the `{python} USUAL_RATE` of the other lessons. Does that matter? Of
#     the two hundred networks that chose it, `{python} at_best` learn at the best rate, and `{python} at_usual` at
#     the usual one, so this course stays with it.

# %% tags=["remove-input"]
worst_entropy = abs(outputs_after(1, 0.75, losses.CROSS_ENTROPY) - y).max()
worst_squared = abs(outputs_after(1, USUAL_RATE) - y).max()
assert worst_entropy < worst_squared

# %% [markdown]
# ## Exercises
#
# !!! exercise "The old loop, the new loss"
#     In the cell of the last training loop put `numpy_mlp.initialize((10,), seed=1)` in the place of `stuck`: it draws
#     the first weights of [lesson 6](numpy-network.py#the-training-loop).
#     How near to their labels are its outputs now, and how near were they with the squared error? Do you know which
#     loss is better, then?
#
# ??? answer "Answer"
#     With the cross-entropy the farthest output is off by `{python} f"{worst_entropy:.3f}"`, and with the squared error
#     it was `{python} f"{worst_squared:.3f}"`. But that is one seed, and each loss had one rate. So you do not know: it
#     takes many seeds, and for each loss the rate that suits it, as above.
#
# !!! exercise "Half certain"
#     Suppose that a label is neither 0 nor 1 but one half: a coin decides. For which output is the
#     cross-entropy's delta zero? And is the loss zero there?
#
# ??? answer "Answer"
#     $\hat{y} - y$ is zero for $\hat{y} = 1/2$, so the output goes where the label is. There both terms
#     of the sum are $\log(1/2)/2$, so the loss is $-\log(1/2) = \log 2$, not zero: nobody can predict a
#     coin toss, and no output makes the loss smaller.
#
# ## In short
#
# A network is a list of layers, and one loop forward and one loop back are enough for any number of them.
# With the cross-entropy, which is smallest where the likelihood is largest, delta is the error itself,
# $\hat{y} - y$, divided by the number of rows.
#
# ## Sources
#
# - I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), §6.2: cross-entropy for a sigmoid
#   output, and why the squared error stops learning where the sigmoid is flat.
# - M. Nielsen, *Neural Networks and Deep Learning* (2015), ch. 3: the same, with pictures.
# - K. He, X. Zhang, S. Ren, J. Sun, "Delving deep into rectifiers" (2015): the size of the first weights.
# - M. Telgarsky, "Representation benefits of deep feedforward networks" (2015): the tent of a tent, and what one layer
#   would need for it.
