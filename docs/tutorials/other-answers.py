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
# picture: Two damaged digits, and what your network takes them for
# ---

# %% [markdown]
# # Encore: other answers
#
# Your network says yes or no. Many questions have other answers: which of ten digits, how high a rent, which of
# several words fit. For these, only the end of your network changes.
#
# **After this page you can** choose the shapes, the output activation and the loss for a task of your own, train a
# network that names one of several classes and one that gives an amount, and read your own rows from a file.
#
# **You need** [your functions](from-a-blank-file.py) of the final lesson, and the
# [cross-entropy](deeper.py#cross-entropy). Your code is checked as before.
#
# ## Your functions, for any shapes
#
# Here they are once more. `forward`, `backward` and `update` have not changed. `initialize` takes the number of
# inputs and of outputs as well, where yours knew only two and one. (With many inputs, [draw smaller
# weights](deeper.py#how-large-should-the-first-weights-be).)
#
# <details class="note" markdown>
# <summary>The four functions</summary>


# %% name="functions" tags=["live"]
import numpy as np


def initialize(inputs, hidden, outputs, seed):
    random = np.random.RandomState(seed)
    W1 = random.randn(inputs, hidden)
    W2 = random.randn(hidden, outputs)
    return W1, np.zeros((1, hidden)), W2, np.zeros((1, outputs))


def forward(parameters, x):
    W1, b1, W2, b2 = parameters
    z1 = x @ W1 + b1
    a1 = np.maximum(0, z1)
    z2 = a1 @ W2 + b2
    y_hat = 1 / (1 + np.exp(-z2))
    return z1, a1, y_hat


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


def update(parameters, gradients, learning_rate):
    pairs = zip(parameters, gradients)
    return [p - learning_rate * d for p, d in pairs]


# %% tags=["remove-input"]
from xordocs import playground, plots, tables

# %% [markdown]
# </details>
#
# ## Design a network
#
# For a task of your own you choose the shapes, and four questions help. How many numbers describe one row? How
# many answers do you want for it? What may an answer be, and so which **output activation** should turn the
# output unit's sum into one? And which loss fits?

# %% tags=["remove-input"]
tables.Table(
    "From the answer that you want to the end of the network.",
    ["you want", "output units", "output activation", "loss"],
    [
        ["an amount", "one", "none: ŷ = z₂", "squared error"],
        ["yes or no", "one", "sigmoid", "cross-entropy"],
        [
            "yes or no, to several questions",
            "one for each",
            "sigmoid of each",
            "cross-entropy",
        ],
        [
            "one of several classes",
            "one for each",
            "softmax of all",
            "cross-entropy",
        ],
    ],
)

# %% [markdown]
# **Softmax** comes in a moment: it divides one whole among the **classes**, as the possible answers are called.
# There is no rule for the number of hidden units. Try several, and let [validation
# rows](rows-kept-back.py) choose.
#
# Now design four networks. Each design has four entries, as in the example: the number of inputs, the number
# of output units, one of `"none"`, `"sigmoid"` and `"softmax"`, and one of `"squared error"` and
# `"cross-entropy"`.

# %% Four designs name="designs" tags=["exercise"]
# the example
xor = (2, 1, "sigmoid", "cross-entropy")

# A flat's area, floor, age and
# number of rooms come in.
# What is its rent?
flat = ...

# An image of 5 x 7 pixels comes
# in. Which of 26 letters is it?
letter = ...

# How often each of 500 words
# occurs in a mail comes in.
# Is it spam?
mail = ...

# The same 500 words of a film's
# review come in. Is it a comedy,
# a romance, a crime film? It may
# be all three, or none.
film = ...

# %% tags=["check"]


def check():
    amount = (
        "A rent is any amount: no output activation, and the squared error."
    )
    classes = "It is one of several classes: softmax, with cross-entropy."
    answers = "For yes or no: a sigmoid, with cross-entropy."
    pixels = "Each pixel is a number that comes in: multiply."
    each = "Three questions, each with its own yes or no."
    words = "Each of the words gives one number."
    designs = [
        ("flat", flat, (4, 1, "none", "squared error"),
         ("Count what describes a flat.", "One rent, one unit.", amount)),
        ("letter", letter, (35, 26, "softmax", "cross-entropy"),
         (pixels, "Each letter is an answer of its own.", classes)),
        ("mail", mail, (500, 1, "sigmoid", "cross-entropy"),
         (words, "One question with yes or no takes one unit.", answers)),
        ("film", film, (500, 3, "sigmoid", "cross-entropy"),
         (words, each, each + " Softmax would make them share one whole.")),
    ]  # fmt: skip
    parts = ["inputs", "output units", "output activation", "loss"]
    for name, given, wanted, words in designs:
        assert given is not ..., f"{name} is still `...`."
        entries = len(given) if isinstance(given, (tuple, list)) else 0
        assert entries == 4, (
            f"{name} must be four entries in brackets, got {given}. The "
            "example shows their order."
        )
        for at in range(4):
            assert given[at] == wanted[at], (
                f"{name}: {given[at]} is not what fits as the {parts[at]}. "
                + words[min(at, 2)]
            )
    print("Four networks that fit their tasks.")


check()

# %% [markdown] tags=["hint"]
# "Eight hundred a month" is an amount, "it is a Q" is one of several classes, and "yes"
# is yes or no. The table has a row for each.

# %% tags=["solution"]
flat = (4, 1, "none", "squared error")
letter = (5 * 7, 26, "softmax", "cross-entropy")
mail = (500, 1, "sigmoid", "cross-entropy")
film = (500, 3, "sigmoid", "cross-entropy")

# %% [markdown]
# ## Read a display
#
# `forward` does not mind how many inputs there are. In the display of a pocket calculator, seven lamps show a digit.
# Number the lamps, call a lit lamp 1 and a dark one 0, and each digit becomes a row of seven inputs:

# %% tags=["remove-input"]
from xordocs import datasets

shown = datasets.digits()[0]
plots.numbered_lamps(
    "Seven lamps, and their numbers",
    {"an 8": shown[8], "a 2": shown[2], "a 7": shown[7]},
    caption="An 8 lights all seven lamps. Notice that the number on a lamp is its place in the row below, "
    "counted from 0.",
)

# %% [markdown]
# Give each digit a hidden unit of its own. Its weight is $1$ from each lamp that its digit lights and $-1$ from every
# other lamp. So its own digit scores the number of its lamps. The bias is 1 minus that number.
#
# !!! predict "Before you scroll"
#     What is the sum of the unit for 7 when a 7 is shown? When another digit is shown, for instance a 2,
#     what does each lamp that differs do to this sum?
#
# The ten rows come from `xordocs`, this course's Python package, which holds its data and its checks.
# `.T` gives an array's [transpose](../glossary.md#transpose), in which rows have become columns:
# `lamps.T` has a row for each lamp and a column for each digit, as $W_1$ needs. Doubling it and
# subtracting 1 turns its ones and zeros into $1$ and $-1$. `lamps.sum(axis=1)` counts how many lamps each
# digit lights, and `.reshape(1, 10)` makes these ten numbers into a row.

# %% name="display" tags=["live", "hide-output"]
from xordocs import datasets

# (10, 7): a row for each digit
lamps = datasets.digits()[0]
W1 = 2 * lamps.T - 1
b1 = 1 - lamps.sum(axis=1).reshape(1, 10)

even = [8.0, -8.0, 8.0, -8.0, 8.0, -8.0, 8.0, -8.0, 8.0, -8.0]
W2 = np.array(even).reshape(10, 1)
b2 = np.array([[0.0]])

z1, a1, y_hat = forward((W1, b1, W2, b2), lamps)
print(a1)
print(y_hat.ravel().round(3))

# %% tags=["remove-input"]
assert (a1 == np.eye(10)).all()
assert ((y_hat > 0.5).ravel() == (np.arange(10) % 2 == 0)).all()
differing = abs(lamps[:, np.newaxis] - lamps).sum(axis=2)
assert (z1 == 1 - differing).all()

# %% [markdown]
# A unit's sum is 1 for its own digit, and each lamp that differs takes 1 away: for a 2, the unit for 7
# comes to `{python} f"{z1[2, 7]:g}".replace("-", "−")`. So ReLU leaves only one unit on, the unit of the
# digit that is shown, and its weight to the output unit says yes or no: $\sigma(8)$ and $\sigma(-8)$ are so near to 1
# and 0 that three digits show no difference. Here the network's question is:
# is the digit even? Change some signs in `even`, and it answers a question of yours. These weights were
# made by hand. Now let a network find its own.
#
# ### Which of ten?
#
# The network is given the lamps, 1 for each that is lit, and says which of ten digits they show. That makes seven
# inputs, ten output units, and softmax.
#
# A row of $z_2$ now holds ten sums, $z_2[0]$ to $z_2[9]$, one for each digit. Softmax turns them into
# shares, each of them positive, which add up to 1:
#
# $$\hat{y}[k] = \frac{e^{z_2[k]}}{\sum_j e^{z_2[j]}}$$
#
# A label is a row with a 1 in the column of its digit and zeros in the others. Call the right digit $r$.
# Cross-entropy looks only at the share of that digit: a row's loss is $-\log \hat{y}[r]$, with the natural
# logarithm as in [lesson 7](deeper.py#cross-entropy), and $J$ is the mean over the rows.
#
# !!! exercise "Another delta, on paper"
#     The logarithm of a quotient is a difference, $\log \frac{a}{b} = \log a - \log b$, and $\log e^z$ is
#     $z$. Write one row's $-\log \hat{y}[r]$ that way. What is its slope with respect to $z_2[r]$, and with
#     respect to another $z_2[k]$?
#
# ??? answer "Answer"
#     $-\log \hat{y}[r] = \log \sum_j e^{z_2[j]} - z_2[r]$. The slope of $\log u$ is $1/u$. In the sum only
#     $e^{z_2[k]}$ changes with $z_2[k]$, and its slope is $e^{z_2[k]}$ itself. So with respect to any
#     $z_2[k]$ the first part has the slope $e^{z_2[k]} / \sum_j e^{z_2[j]}$, which is $\hat{y}[k]$. The
#     second part takes 1 away for $k = r$, which is where the label has its 1. Together that is
#     $\hat{y} - y$. For the mean of all rows:
#
#     $$\delta_2 = \frac{1}{N} (\hat{y} - y)$$
#
# This is the delta of [lesson 7](deeper.py) again, and **the rest of your `backward` carries over as it
# stands**, because matrix products do not mind how many columns there are. Write both passes for the digits.
# The check compares your slopes with nudges.


# %% Softmax, forward and back name="digits" tags=["exercise"]
def forward_digits(parameters, x):
    W1, b1, W2, b2 = parameters
    z1 = x @ W1 + b1
    a1 = np.maximum(0, z1)
    z2 = a1 @ W2 + b2
    # softmax along each row
    y_hat = ...
    return z1, a1, y_hat


def backward_digits(parameters, passed, x, y):
    W1, b1, W2, b2 = parameters
    z1, a1, y_hat = passed
    # your lines, a new delta2
    dW1, db1, dW2, db2 = ..., ..., ..., ...
    return dW1, db1, dW2, db2


# %% tags=["check"]
from xordocs.exercises import bias_mistakes, call, compare, slopes


def check():
    x = np.array([[0.5, -1.0, 1.5], [1.0, 0.25, -0.5], [-0.75, 2.0, 1.0]])
    y = np.array([[0.0, 1.0], [1.0, 0.0], [0.0, 1.0]])
    net = (
        np.array([[1.5, 2.0], [1.0, -1.5], [0.25, 0.75]]),
        np.array([[-0.5, 0.5]]),
        np.array([[0.5, -1.0], [-1.5, 0.75]]),
        np.array([[0.25, 0.125]]),
    )

    def up():
        z1 = x @ net[0] + net[1]
        return z1, np.maximum(0, z1), np.maximum(0, z1) @ net[2] + net[3]

    def cross_entropy():
        z2 = up()[2]
        of_the_right = (z2 * y).sum(axis=1)
        return (np.log(np.exp(z2).sum(axis=1)) - of_the_right).mean()

    z1, a1, z2 = up()
    grown = np.exp(z2)
    shares = grown / (grown[:, 0:1] + grown[:, 1:2])
    got = call("forward_digits", forward_digits, (net, x), "z1, a1, y_hat")
    compare("z1", got[0], z1, "the given line")
    compare("a1", got[1], a1, "the given line")
    compare(
        "y_hat",
        got[2],
        shares,
        "softmax by hand",
        [
            ("Divide by the sum of the row.", grown),
            ("Is e to the power of the sums missing?", z2),
            (
                "Each row adds up to 1, not each column: axis=1.",
                grown / grown.sum(axis=0, keepdims=True),
            ),
            ("The sum runs along each row: axis=1.", grown / grown.sum()),
            ("That is the sigmoid of each sum.", 1 / (1 + 1 / grown)),
            ("Softmax has no minus in its exponent.", 1 - shares),
            (
                "Divide what has grown, not the sums.",
                z2 / grown.sum(axis=1, keepdims=True),
            ),
        ],
    )
    passed = (z1, a1, shares)
    down = call(
        "backward_digits",
        backward_digits,
        (net, passed, x, y),
        "dW1, db1, dW2, db2",
    )
    error = shares - y
    delta2 = error / 3
    bent = error * shares * (1 - shares)
    delta1 = (delta2 @ net[2].T) * (z1 > 0)
    nudged = [slopes(cross_entropy, array) for array in net]
    compare(
        "dW2",
        down[2],
        nudged[2],
        "a nudge of the weight",
        [
            ("The 2 came from the square: leave it out.", 2 * a1.T @ delta2),
            ("Is the 1/N of the mean missing?", a1.T @ error),
            ("No sigmoid here, so no ŷ(1 − ŷ).", a1.T @ bent / 3),
            (
                "That is the squared error's delta: softmax has another.",
                a1.T @ bent * 2 / 3,
            ),
            ("What comes in is a1, not z1.", z1.T @ delta2),
        ],
    )
    bias = "a nudge of the bias"
    compare("db2", down[3], nudged[3], bias, bias_mistakes(delta2))
    compare(
        "dW1",
        down[0],
        nudged[0],
        "a nudge of the weight",
        [
            ("Is ReLU's slope missing?", x.T @ (delta2 @ net[2].T)),
            (
                "Is W2 transposed on the way back?",
                x.T @ (delta2 @ net[2] * (z1 > 0)),
            ),
            ("Is W2 missing on the way back?", x.T @ (delta2 * (z1 > 0))),
        ],
    )
    compare("db1", down[1], nudged[1], bias, bias_mistakes(delta1))
    print("Softmax is right, and every slope agrees with its nudge.")


check()

# %% [markdown] tags=["hint"]
# With `grown = np.exp(z2)`, the rows' sums are `grown.sum(axis=1, keepdims=True)`, a column. Divide by it, and
# broadcasting divides each row by its own sum.

# %% [markdown] tags=["hint"]
# `delta2 = (y_hat - y) / len(y)`. Copy the other five lines from `backward`.


# %% tags=["solution"]
def forward_digits(parameters, x):
    W1, b1, W2, b2 = parameters
    z1 = x @ W1 + b1
    a1 = np.maximum(0, z1)
    z2 = a1 @ W2 + b2
    grown = np.exp(z2)
    y_hat = grown / grown.sum(axis=1, keepdims=True)
    return z1, a1, y_hat


def backward_digits(parameters, passed, x, y):
    W1, b1, W2, b2 = parameters
    z1, a1, y_hat = passed
    delta2 = (y_hat - y) / len(y)
    dW2 = a1.T @ delta2
    db2 = delta2.sum(axis=0, keepdims=True)
    delta1 = (delta2 @ W2.T) * (z1 > 0)
    dW1 = x.T @ delta1
    db1 = delta1.sum(axis=0, keepdims=True)
    return dW1, db1, dW2, db2


# %% tags=["remove-input"]
largest = np.log(np.finfo(float).max)
limit = round(largest)
with np.errstate(over="ignore"):
    assert np.isinf(np.exp(float(limit)))
assert np.isfinite(np.exp(largest - 0.01))
assert limit - largest < 0.5

# %% [markdown]
# ??? note "When the sums grow large"
#     `np.exp` of anything above about `{python} f"{limit}"` is too large for a `float` and becomes `inf`, and
#     `inf / inf` is no share any more. So libraries first subtract a row's largest sum from all its sums:
#
#     ``` { .python }
#     grown = np.exp(z2 - z2.max(axis=1, keepdims=True))
#     ```
#
#     The shares stay the same, as top and bottom of the fraction change by one factor, and no exponent is above 0.
#
# Your `update` takes the steps. The network is trained on the ten whole digits and nothing
# else. At the end, `argmax(axis=1)` gives the place of the largest share in each row, which is the digit:

# %% name="reading" tags=["live", "hide-output"]
from xordocs import datasets

lamps, digits = datasets.digits()
reader = initialize(7, 16, 10, seed=1)
for epoch in range(300):
    passed = forward_digits(reader, lamps)
    gradients = backward_digits(reader, passed, lamps, digits)
    reader = update(reader, gradients, 0.5)
print(forward_digits(reader, lamps)[2].argmax(axis=1))

# %% tags=["remove-input"]
dead_rows, shown = [], []
for digit in range(10):
    for lamp in range(7):
        if lamps[digit, lamp]:
            dead_rows.append(lamps[digit] * (np.arange(7) != lamp))
            shown.append(digit)
dead_rows, shown = np.array(dead_rows), np.array(shown)


def read_right(network):
    """How many whole digits, and how many with a dead lamp, it reads."""
    whole = forward_digits(network, lamps)[2].argmax(axis=1)
    damaged = forward_digits(network, dead_rows)[2].argmax(axis=1)
    return int((whole == range(10)).sum()), int((damaged == shown).sum())


whole_right, dead_right = read_right(reader)
assert whole_right == 10
sizes = [array.size for array in reader]
playground.ask(
    "How many parameters does this network have?",
    sum(sizes),
    "Two arrays of weights and two rows of biases: "
    f"{sizes[0]} + {sizes[1]} + {sizes[2]} + {sizes[3]} = {sum(sizes)}.",
    hints={
        sizes[0]
        + sizes[2]: "Those are the weights. Each unit has a bias, too.",
        7 * 16 * 10: "The layers' weights are added, not multiplied.",
        7
        + 16
        + 10: "That is the number of units: count the lines between them.",
    },
)

# %% [markdown]
# It reads all ten. Now break a lamp. Lamp 0 is the one at the top, the others follow clockwise around the
# display, and lamp 6 is in the middle. Try other digits and other lamps. (`enumerate` goes through the shares and
# counts along.)

# %% name="a-dead-lamp" tags=["live", "hide-output"]
seen = lamps[9:10].copy()  # a 9
seen[0, 0] = 0  # its top lamp is dead
for digit, share in enumerate(forward_digits(reader, seen)[2].ravel()):
    print(digit, f"{share:.2f}")

# %% tags=["remove-input"]
cases = {
    "7, top lamp dead": (7, 0),
    "0, top lamp dead": (0, 0),
}
panels = {}
for name, (digit, lamp) in cases.items():
    row = lamps[digit] * (np.arange(7) != lamp)
    panels[name] = row, forward_digits(reader, row[np.newaxis])[2][0]
answers = [panels[name][1].argmax() for name in cases]
assert answers == [1, 8]
assert (panels["7, top lamp dead"][0] == lamps[1]).all()
assert panels["0, top lamp dead"][1].max() > 0.6
plots.displays(
    "Two damaged digits, and what your network takes them for",
    panels,
    caption="The first looks like a whole 1, so nobody could tell. You could still read the second, but the "
    "network takes it for an 8, and is rather sure of it.",
)

# %% tags=["remove-input"]
found = []
for seed in range(10):
    one = initialize(7, 16, 10, seed)
    for _ in range(300):
        passed = forward_digits(one, lamps)
        gradients = backward_digits(one, passed, lamps, digits)
        one = update(one, gradients, 0.5)
    found.append(read_right(one))
assert all(whole == 10 for whole, _ in found)
fewest = min(damaged for _, damaged in found)
most = max(damaged for _, damaged in found)
dead = {tuple(row) for row in dead_rows}
alone = [row for row in dead if (dead_rows == row).all(axis=1).sum() == 1]
alone = [row for row in alone if row not in set(map(tuple, lamps))]
pairs = len(dead - set(map(tuple, lamps))) - len(alone)
as_whole = sum(tuple(row) in set(map(tuple, lamps)) for row in dead_rows)
assert len(alone) + 2 * pairs + as_whole == len(shown)
assert most < len(alone) + pairs < len(shown)
assert tuple(panels["0, top lamp dead"][0]) in alone

# %% [markdown]
# There are `{python} len(shown)` digits with one dead lamp, and nobody could read them all:
# `{python} len(alone)` look like no other, `{python} 2 * pairs` come in pairs that look alike, and
# `{python} as_whole` look like a whole digit. Your network reads `{python} dead_right` of them. Networks from
# ten seeds read between `{python} fewest` and `{python} most`.
#
# No training row had a dead lamp. When the rows in use differ in kind from those in training, that is called
# **distribution shift**. So ask what rows a network was trained on.
#
# ## When the answer is a number
#
# A rent is an amount. Fitting amounts is called **regression**, and only the end of your network changes for
# it. There is no output activation, so $\hat{y} = z_2$. The loss is the squared error. Take half of it, and the delta
# becomes rounder:
#
# $$\begin{aligned}
# J &= \frac{1}{2N} \sum_i \left(\hat{y}_i - y_i\right)^2 \\
# \delta_2 &= \frac{1}{N} (\hat{y} - y)
# \end{aligned}$$
#
# The slope of $u^2$ is $2u$, and the half makes it $u$. So this is the delta of softmax once more, and your
# `backward_digits` fits as it stands, though there are no digits here. It learns a wave from twelve points, with one
# input and ten hidden units:

# %% name="a-wave" tags=["live", "hide-output"]
at = np.linspace(-3, 3, 12).reshape(12, 1)
height = np.sin(at)

wave = initialize(1, 10, 1, seed=0)


def forward_amount(parameters, x):
    z1, a1, _ = forward(parameters, x)
    # z2, no sigmoid
    return z1, a1, a1 @ parameters[2] + parameters[3]


for epoch in range(1000):
    passed = forward_amount(wave, at)
    y_hat = passed[2]
    gradients = backward_digits(wave, passed, at, height)
    wave = update(wave, gradients, 0.05)
J = ((y_hat - height) ** 2).mean() / 2
print(f"loss: {J:.4f}")

# %% tags=["remove-input"]


def wave_of(parameters, points):
    return forward_amount(parameters, points)[2]


ended = []
for seed in range(10):
    one = initialize(1, 10, 1, seed)
    for _ in range(1000):
        passed = forward_amount(one, at)
        one = update(one, backward_digits(one, passed, at, height), 0.05)
    ended.append(((wave_of(one, at) - height) ** 2).mean() / 2)
always_zero = (height**2).mean() / 2
assert max(ended) < always_zero / 4
assert abs(ended[0] - ((wave_of(wave, at) - height) ** 2).mean() / 2) < 1e-9
corners = (-wave[1] / wave[0]).ravel()  # where a unit's sum is zero
where = np.array(sorted([-3, 0, 3, *corners[abs(corners) < 3]]))[:, None]
plots.functions(
    "What ten hidden units make of twelve points of a wave",
    where.ravel(),
    {"the network": wave_of(wave, where).ravel()},
    name="x",
    points=np.hstack([at, height]),
    caption="The network joins straight pieces. Each corner is where one of its units switches on or off.",
)

# %% [markdown]
# The loss ends at `{python} f"{ended[0]:.4f}"`, and for the seeds 1 to 9 between
# `{python} f"{min(ended[1:]):.4f}"` and `{python} f"{max(ended[1:]):.4f}"`. To answer 0 everywhere would give
# `{python} f"{always_zero:.2f}"`. There is no accuracy: an amount is more or less close, not right or wrong.
#
# ## Your own rows
#
# Yours will lie in a file, most often with a row on each line and commas between its numbers.
# `rows = np.loadtxt("rows.csv", delimiter=",")` reads it. Then `rows[:, :-1]` are the inputs, if the answer
# stands last, and `rows[:, -1:]` is a column of answers. Mind the colon: `rows[:, -1]` has the same numbers,
# but it is no column, and NumPy says nothing. See what that does to XOR, with answers that are all right:

# %% name="a-column" tags=["live"]
y = np.array([[0], [1], [1], [0]])
answers = y[:, -1]  # not a column
print(y.shape, answers.shape, (y - answers).shape)
print("loss:", ((y - answers) ** 2).mean())

# %% tags=["remove-input"]
assert (y - answers).shape == (4, 4)
assert ((y - answers) ** 2).mean() == 1 / 2

# %% [markdown]
# Each answer is compared with each label, and the loss of a network that is never wrong is one half. So print
# the shapes first. [A table of penguins](table.py) has words, gaps and numbers of different sizes as
# well.
#
# ## Exercises
#
# !!! exercise "A fifth design"
#     Is a mail spam, and if so, is it an advertisement, a fraud or a chain letter? The words come in as before. Find
#     two designs, and say what each of them can answer that the other cannot.
#
# ??? answer "Answer"
#     Four classes, one of which is *no spam*, with softmax: exactly one answer is given, and the shares add up to 1.
#     Or four output units with a sigmoid each, one for *spam* and one for each kind: then a mail can be an
#     advertisement and a fraud at once, but nothing keeps the network from saying *no spam* and *fraud* together.
#
# ## In short
#
# The output activation and the loss follow from the answer that you want: none and the squared error for an amount,
# a sigmoid and the cross-entropy for yes or no, softmax and the cross-entropy for one of several classes. The delta is
# each time the error, divided by the number of rows.
#
# Next: [rows kept back](rows-kept-back.py), some to choose by and some to judge by.
#
# ## Sources
#
# - I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), §6.2: which output activation and
#   which loss fit which answer, and softmax; §4.1: why the largest sum is subtracted first.
# - M. Nielsen, *Neural Networks and Deep Learning* (2015), ch. 1: a network for digits in plain NumPy.
