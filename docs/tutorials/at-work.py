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
# # Encore: your functions at work
#
# You wrote six functions for four points. Do they work on anything else? Here they get another loss, then penguins,
# then pictures of digits, a few at a time. They need hardly a change.
#
# **After this page you can** change the loss, bring the columns of a table to one size, say how sure a share of right
# answers is, and train in mini-batches.
#
# **You need** [your functions](from-a-blank-file.py) of the final lesson, and the
# [cross-entropy](deeper.py#cross-entropy). Your code is checked as before.
#
# ## The six functions
#
# All cells of this page call the functions that you know. If yours look different, put them in the place of these:
#
# <details class="note" markdown>
# <summary>The six functions, and the four rows of XOR</summary>


# %% name="functions" tags=["live"]
import numpy as np

x = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = np.array([[0.0], [1.0], [1.0], [0.0]])


def initialize(hidden, seed):
    random = np.random.RandomState(seed)
    W1 = random.randn(2, hidden)
    b1 = np.zeros((1, hidden))
    W2 = random.randn(hidden, 1)
    b2 = np.zeros((1, 1))
    return W1, b1, W2, b2


def forward(parameters, x):
    W1, b1, W2, b2 = parameters
    z1 = x @ W1 + b1
    a1 = np.maximum(0, z1)
    z2 = a1 @ W2 + b2
    y_hat = 1 / (1 + np.exp(-z2))
    return z1, a1, y_hat


def loss(y_hat, y):
    return ((y_hat - y) ** 2).mean()


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
    return [p - learning_rate * d for p, d in zip(parameters, gradients)]


def train(parameters, x, y, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        passed = forward(parameters, x)
        losses.append(loss(passed[2], y))
        gradients = backward(parameters, passed, x, y)
        parameters = update(parameters, gradients, learning_rate)
    return parameters, losses


# %% tags=["remove-input"]
from xordocs import datasets, plots, tables
from xordocs.experiments.sweep import best_rate
from xordocs.nn import losses as loss_functions
from xordocs.nn import numpy_mlp
from xordocs.nn.parameters import Layer

# %% [markdown]
# </details>
#
# ## Change the loss
#
# From seed `39` your network does not learn XOR. It is the one of [lesson
# 7](deeper.py#where-the-squared-error-falls-silent), and [the saturated patient](failure-clinic.py#saturated) of the
# clinic: one output rests near the wrong end, where the sigmoid is flat.

# %% name="stuck" tags=["live"]
stuck, _ = train(initialize(10, 39), x, y, 1.5, 500)
print(forward(stuck, x)[2].round(3))

# %% [markdown]
# There the [cross-entropy](deeper.py#cross-entropy) freed it, and it helped on [many other
# seeds](deeper.py#a-fair-comparison). Write the backward pass for it, without looking. The check nudges the
# cross-entropy.


# %% name="entropy-backward" tags=["exercise"]
def entropy_backward(parameters, passed, x, y):
    # as above, but for one line
    return ...


# %% tags=["check"]
from xordocs import datasets
from xordocs.exercises import bias_mistakes, call, compare, slopes


def check():
    x, y = datasets.xor()  # whatever yours are by now
    trial = (
        np.array([[1.5, 2.0, -1.0], [1.0, -1.5, 0.75]]),
        np.array([[-0.5, 0.5, 0.125]]),
        np.array([[0.5], [-1.5], [0.75]]),
        np.array([[0.25]]),
    )
    passed = call("forward", forward, (trial, x), "z1, a1, y_hat")

    def cross_entropy(x, y):
        y_hat = forward(trial, x)[2]
        return float((-np.log(1 - abs(y_hat - y))).mean())

    def nudged(number, x, y):
        return slopes(lambda: cross_entropy(x, y), trial[number])

    z1, a1, y_hat = passed
    error = (y_hat - y) / 4
    squared = 2 * error * y_hat * (1 - y_hat)
    back = error @ trial[2].T
    delta1 = back * (z1 > 0)
    names = "dW1, db1, dW2, db2"
    given = (trial, passed, x, y)
    dW1, db1, dW2, db2 = call(
        "entropy_backward", entropy_backward, given, names
    )
    asked = "a nudge of the cross-entropy"
    compare(
        "dW2",
        dW2,
        nudged(2, x, y),
        asked,
        [
            ("That is the squared error's gradient.", a1.T @ squared),
            (
                "The sigmoid's slope has gone from this delta.",
                a1.T @ (error * y_hat * (1 - y_hat)),
            ),
            ("The factor 2 came from the square.", a1.T @ (2 * error)),
            ("Is the 1/N of the mean missing?", a1.T @ (4 * error)),
        ],
    )
    compare("db2", db2, nudged(3, x, y), asked, bias_mistakes(error))
    compare(
        "dW1",
        dW1,
        nudged(0, x, y),
        asked,
        [
            (
                "Is ReLU's slope missing? A unit that is off has slope 0.",
                x.T @ back,
            ),
        ],
    )
    compare("db1", db1, nudged(1, x, y), asked, bias_mistakes(delta1))
    few_x, few_y = x[1:], y[1:]
    few = call("forward", forward, (trial, few_x), "z1, a1, y_hat")
    three = call(
        "entropy_backward",
        entropy_backward,
        (trial, few, few_x, few_y),
        names,
    )
    compare(
        "dW2",
        three[2],
        nudged(2, few_x, few_y),
        "with three rows a nudge",
        [
            (
                "Is there a 4 in your code? N is `len(y)`, here 3.",
                few[1].T @ (few[2] - few_y) / 4,
            )
        ],
    )
    print("Every slope agrees with its nudge.")


check()

# %% [markdown] tags=["hint"]
# Copy your `backward`. Only `delta2` changes: the cross-entropy's is the error, divided by the number of rows.


# %% tags=["solution"]
def entropy_backward(parameters, passed, x, y):
    W1, b1, W2, b2 = parameters
    z1, a1, y_hat = passed
    delta2 = (y_hat - y) / len(y)
    dW2 = a1.T @ delta2
    db2 = delta2.sum(axis=0, keepdims=True)
    delta1 = (delta2 @ W2.T) * (z1 > 0)
    dW1 = x.T @ delta1
    db1 = delta1.sum(axis=0, keepdims=True)
    return dW1, db1, dW2, db2


# %% [markdown]
# Now train from the same seed, at half the rate:

# %% name="with-entropy" tags=["live", "hide-output"]
freed = initialize(10, 39)
for epoch in range(500):
    passed = forward(freed, x)
    gradients = entropy_backward(freed, passed, x, y)
    freed = update(freed, gradients, 0.75)
print(forward(freed, x)[2].round(3))

# %% tags=["remove-input"]
assert loss_functions.accuracy(forward(stuck, x)[2], y) == 3 / 4
assert abs(forward(stuck, x)[2] - y).max() > 0.99
assert loss_functions.accuracy(forward(freed, x)[2], y) == 1
slow, _ = train(initialize(10, 39), x, y, 0.75, 500)
assert loss_functions.accuracy(forward(slow, x)[2], y) < 1

# %% [markdown]
# It learns. That is the loss and not the rate: at half the rate the network gets stuck with the squared error, as
# before.
#
# ## Change the rows
#
# The four rows need not stay. Between 2007 and 2009 researchers near Palmer Station, Antarctica, measured
# penguins of three species. Here you take two numbers of each, how long its bill is and how deep, in millimetres.
# Is it a Chinstrap penguin? Your functions answer that as they are.
#
# The first cell reads the measures from a text, a line for each penguin.

# %% name="penguins" tags=["live"]
from xordocs import datasets

lines = datasets.penguins().strip().split("\n")
table = [line.split(",") for line in lines[1:]]
table = [row for row in table if row[2] != "NA"]
bills = np.array([[float(row[2]), float(row[3])] for row in table])
chinstrap = np.array([[float(row[0] == "Chinstrap")] for row in table])
print(len(bills), "penguins,", int(chinstrap.sum()), "of them Chinstraps")

# %% [markdown]
# The next one draws a hundred penguins to learn from, the [training rows](beyond-the-square.py#rows-kept-back), and
# keeps the others back as [test rows](../glossary.md#test-rows). Then it subtracts each column's mean and divides by
# its [standard deviation](../glossary.md#standard-deviation), since the usual first weights and rate are made for
# inputs near 0 and 1, and not near `40`. [An encore](table.py) does all of this slowly. Last, your functions learn
# and answer.
#
# !!! predict "Before you scroll"
#     One penguin in five is a Chinstrap. On how many of the others, which it has never seen, will your network be
#     right?

# %% name="asked" tags=["live", "hide-output"]
order = np.random.RandomState(1).permutation(len(bills))
some, others = order[:100], order[100:]
bills = bills - bills[some].mean(axis=0)
bills = bills / bills[some].std(axis=0)

birds, _ = train(initialize(10, 1), bills[some], chinstrap[some], 1.5, 300)
said = forward(birds, bills[others])[2]
right = (said > 0.5) == (chinstrap[others] > 0.5)
print(right.sum(), "of", len(others), "penguins")


# %% tags=["remove-input", "hide-output"]
def right_of(some, others):
    """On which of the others each is right: network, line, and always no."""
    x = (bills - bills[some].mean(axis=0)) / bills[some].std(axis=0)
    network, _ = train(initialize(10, 1), x[some], chinstrap[some], 1.5, 300)
    alone = [Layer(np.zeros((2, 1)), np.zeros((1, 1)))]
    line, _ = numpy_mlp.train(
        alone,
        x[some],
        chinstrap[some],
        1.5,
        3000,
        loss=loss_functions.CROSS_ENTROPY,
    )
    delta = (numpy_mlp.predict(line, x[some]) - chinstrap[some]) / len(some)
    # its loss has one lowest place, and there it is
    assert max(abs(x[some].T @ delta).max(), abs(delta.sum())) < 1e-3
    answers = [
        forward(network, x[others])[2],
        numpy_mlp.predict(line, x[others]),
        np.zeros((len(others), 1)),
    ]
    is_one = chinstrap[others] > 0.5
    return [(one > 0.5) == is_one for one in answers]


ways = right_of(some, others)
by_network, by_line, by_no = (int(each.sum()) for each in ways)
only_network = int((ways[0] & ~ways[1]).sum())
only_line = int((ways[1] & ~ways[0]).sum())
assert by_network == right.sum()
draws = [
    [each.sum() for each in right_of(one[:100], one[100:])]
    for one in (
        np.random.RandomState(seed).permutation(len(bills))
        for seed in range(2, 22)
    )
]
wins = sum(network > line for network, line, _ in draws)
assert by_network > by_line > by_no
assert wins > 14
assert (bills[chinstrap[:, 0] == 1].mean(axis=0) > 0).all()
known = forward(birds, bills[some])[2] > 0.5
by_heart = int((known == (chinstrap[some] > 0.5)).sum())
assert abs(by_heart / len(some) - by_network / len(others)) < 0.03
watched, on_others = initialize(10, 1), []
for _ in range(300):
    on_others.append(loss(forward(watched, bills[others])[2], chinstrap[others]))  # fmt: skip
    passed = forward(watched, bills[some])
    gradients = backward(watched, passed, bills[some], chinstrap[some])
    watched = update(watched, gradients, 1.5)
seen_last, seen_lowest = on_others[-1], min(on_others)
assert all(map(np.array_equal, watched, birds))
assert seen_last - seen_lowest < 0.02  # the bound of lesson 13
assert 1 / 6 < chinstrap.mean() < 1 / 4
steps = np.linspace(-2.6, 3.1, 41)
plane = np.array([[first, second] for second in steps for first in steps])
plots.maps(
    "What the bills say",
    {"Chinstrap or not": forward(birds, plane)[2]},
    plane,
    bills[others],
    chinstrap[others],
    caption="The squares are the Chinstraps among the penguins that it was asked about. On average their "
    "bills are longer and deeper than those of all.",
    side=3.4,
    names=("length of the bill →", "its depth →"),
)

# %% [markdown]
# Your network is right on `{python} by_network` of the `{python} len(others)`. You wrote it for four rows, and it
# needed no change. Is that much? Compare it with always answering *no*, and with a single output unit, which
# draws [a straight line](setting-the-scene.py#not-even-a-line-with-a-threshold):

# %% tags=["remove-input"]
tables.Table(
    f"Right answers to the same {len(others)} penguins.",
    ["who answers", "right", "share"],
    [
        [name, f"{count}", f"{count / len(others):.1%}"]
        for name, count in [
            ("always no", by_no),
            ("a straight line", by_line),
            ("your network", by_network),
        ]
    ],
)

# %% [markdown]
# ??? note "Was it a lucky draw? And has it learned rows by heart?"
#     In twenty more draws your network is ahead of the straight line `{python} wins` times. (They share penguins, so
#     they are not independent.) The line was trained with the cross-entropy until it hardly moved any more.
#
#     Of its hundred training rows your network has `{python} by_heart` right, about the same share. And its loss on
#     the others ends at `{python} f"{seen_last:.3f}"`, hardly above its lowest value,
#     `{python} f"{seen_lowest:.3f}"`: it does not [overfit](beyond-the-square.py#rows-kept-back). For networks that
#     do, see [what helps](rows-kept-back.py).
#
# ### How sure is that?
#
# Take the penguins of this study for a sample of all such penguins. Then each answer is like [the toss of a
# coin](census.py#how-sure-is-that) with an unknown probability $p$. A share strays from it, typically by one
# standard deviation, $\sqrt{p(1-p)/n}$, and in about `{python} f"{0.95:.0%}"` of all cases by at most $1.96$ of them.
# So keep every probability from which your share is no farther away:


# %% name="sure" tags=["live", "hide-output"]
def interval(right, rows):
    p = np.linspace(0, 1, 10_001)
    near = abs(right / rows - p) <= 1.96 * np.sqrt(p * (1 - p) / rows)
    return p[near].min(), p[near].max()


low, high = interval(right.sum(), len(others))
print(f"right on {low:.1%} to {high:.1%} of such penguins")

# %% tags=["remove-input"]
at_least, at_most = interval(only_network, only_network + only_line)
assert at_least > 1 / 2
ahead_of_no = int((ways[0] & ~ways[2]).sum())
behind_no = int((ways[2] & ~ways[0]).sum())
assert interval(ahead_of_no, ahead_of_no + behind_no)[0] > 1 / 2

# %% [markdown]
# That is this one network, on the birds of one study.
#
# ??? note "Is it better than the straight line, or was that luck?"
#     Both answered for the same penguins, so [count those on which only one of them is
#     right](census.py#rule-3-decided-by-the-seeds-on-which-they-differ): the network on `{python} only_network`, the
#     line on `{python} only_line`. (Against always answering *no*, it is `{python} ahead_of_no` to
#     `{python} behind_no`.) Of such penguins the network wins against the line between
#     `{python} f"{at_least:.0%}"` and `{python} f"{at_most:.0%}"`. One half is not in that interval, so it was no
#     fair coin.
#
# ### Many rows: mini-batches
#
# A row need not be just two numbers. In lesson 6 your network learned to tell [threes from eights that people
# wrote by hand](numpy-network.py#a-look-ahead-real-pictures), with all hundred and twenty pictures in each step. With
# many rows such a step is slow. So take a [mini-batch](../glossary.md#mini-batch) for each step: a few rows, drawn
# anew in each epoch. Six times twenty rows are six steps instead of one. Each follows slopes that are somewhat off,
# since it has not seen the other rows.
#
# Write that loop. `order` holds the numbers of all rows, shuffled, and `x[batch]` takes the rows whose numbers are in
# `batch`. The last batch may be a short one.


# %% name="train_in_batches" tags=["exercise"]
def train_in_batches(parameters, x, y, learning_rate, epochs, size, seed):
    random = np.random.RandomState(seed)
    for _ in range(epochs):
        order = random.permutation(len(x))
        for first in range(0, len(x), size):
            # the next numbers of order
            batch = ...
            # one step, with their rows
            parameters = ...
    return parameters


# %% tags=["check"]
from xordocs import datasets
from xordocs.exercises import call, compare


def check():
    x, y = datasets.xor()  # whatever yours are by now
    trial = (
        np.array([[1.5, 2.0, -1.0], [1.0, -1.5, 0.75]]),
        np.array([[-0.5, 0.5, 0.125]]),
        np.array([[0.5], [-1.5], [0.75]]),
        np.array([[0.25]]),
    )

    def through(batches):
        """Take a step for each batch."""
        parameters = tuple([array.copy() for array in trial])
        for batch in batches:
            given = (parameters, x[batch], y[batch], 0.5, 1)
            returned = call("train", train, given, "parameters, losses")
            parameters = returned[0]
        return parameters

    def trained(epochs):
        start = tuple([array.copy() for array in trial])
        given = (start, x, y, 0.5, epochs, 3, 2)
        names = "W1, b1, W2, b2"
        return call("train_in_batches", train_in_batches, given, names)

    def compare_all(after, wanted, truth, mistakes):
        for at, name in enumerate(["W1", "b1", "W2", "b2"]):
            wrong = [(words, arrays[at]) for words, arrays in mistakes]
            compare(name, after[at], wanted[at], truth, wrong)

    random = np.random.RandomState(2)
    one, two = random.permutation(4), random.permutation(4)
    first, last = one[:3], one[3:]
    later = [first, last, two[:3], two[3:]]
    assert abs(through([first])[3] - trial[3]).max() > 0, (
        "Step 6 comes first: `train` does not take a step yet."
    )
    compare_all(
        trained(1),
        through([first, last]),
        "four rows by threes, a batch of 3 and one of 1,",
        [
            ("Is the result of `train` thrown away?", trial),
            (
                "That is a step with all rows: take the batch's.",
                through([one, one]),
            ),
            ("Both steps take the first batch.", through([first, first])),
            ("Is the short batch at the end left out?", through([first])),
            (
                "The rows are in their old order: take them from `order`.",
                through([[0, 1, 2], [3]]),
            ),
        ],
    )
    compare_all(
        trained(2),
        through(later),
        "the second epoch, in an order of its own,",
        [
            (
                "One step for each batch: that is `train` with one epoch.",
                through([batch for batch in later for _ in range(2)]),
            ),
            (
                "Is the second epoch in the order of the first?",
                through([first, last, first, last]),
            ),
        ],
    )
    print("Each epoch takes every row once, in a new order.")


check()

# %% [markdown] tags=["hint"]
# A slice `order[a : b]` goes from place `a` up to, but not including, place `b`, and stops by itself at the end. Where
# does the batch begin that starts at `first`, and where does it end?

# %% [markdown] tags=["hint"]
# Your `train` takes one step if it is given one epoch. It returns two things, of which you need the first:
# `train(…)[0]`.


# %% tags=["solution"]
def train_in_batches(parameters, x, y, learning_rate, epochs, size, seed):
    random = np.random.RandomState(seed)
    for _ in range(epochs):
        order = random.permutation(len(x))
        for first in range(0, len(x), size):
            batch = order[first : first + size]
            parameters, _ = train(
                parameters, x[batch], y[batch], learning_rate, 1
            )
    return parameters


# %% [markdown]
# Now give it the digits. Your functions take any first weights, so here are some for sixty-four inputs. They are
# small, because so many inputs would make large sums.


# %% name="digits" tags=["live", "hide-output"]
def first_weights(seed):
    random = np.random.RandomState(seed)
    W1, W2 = 0.1 * random.randn(64, 10), 0.1 * random.randn(10, 1)
    return W1, np.zeros((1, 10)), W2, np.zeros((1, 1))


pixels, digits = datasets.handwriting()
pixels, eights = pixels / 16, digits[:, 8:9]
chosen = []
for row in np.random.RandomState(1).permutation(len(pixels)):
    if digits[row, 3] or digits[row, 8]:
        chosen.append(row)

seen, unseen = chosen[:120], chosen[120:180]
x_seen, y_seen = pixels[seen], eights[seen]
reader = train_in_batches(first_weights(1), x_seen, y_seen, 1.5, 5, 20, 1)
read = (forward(reader, pixels[unseen])[2] > 0.5) == (eights[unseen] > 0.5)
print(read.sum(), "of", len(unseen), "digits")


# %% tags=["remove-input"]
def read_by(seed, size, rate):
    """How many are read right after five epochs with so many rows a step."""
    start = first_weights(seed)
    reader = train_in_batches(start, x_seen, y_seen, rate, 5, size, seed)
    said = forward(reader, pixels[unseen])[2] > 0.5
    return int((said == (eights[unseen] > 0.5)).sum())


RATES = [0.375, 0.75, 1.5, 3.0, 6.0]
best, counted = {}, {}
for size in (20, len(seen)):
    totals = [
        sum(read_by(seed, size, rate) for seed in range(101, 111))
        for rate in RATES
    ]
    best[size] = best_rate(RATES, totals)
    assert RATES[0] < best[size] < RATES[-1]
    counted[size] = [read_by(seed, size, best[size]) for seed in range(1, 21)]
assert read_by(1, 20, 1.5) == read.sum()
in_one_step = read_by(1, len(seen), 1.5)
in_batches, at_once = counted.values()
ahead = sum(a > b for a, b in zip(in_batches, at_once, strict=True))
assert read.sum() > in_one_step
assert ahead > 15

# %% [markdown]
# After five epochs it reads `{python} read.sum()` of `{python} len(unseen)` right, none of which it has seen. With
# all rows in each step, from the same first weights, five epochs are five steps, and it reads `{python} in_one_step`.
# That is one seed, and one rate for both. With each of the two ways at its own best of five rates, chosen on other
# seeds, mini-batches are ahead on `{python} ahead` of twenty seeds. For all ten digits, [each answer gets an
# output](other-answers.py), and then [your functions read them](handwriting.py), too.
#
# ## Exercises
#
# !!! exercise "Rows of your own"
#     Find a table with two numbers and a yes or no in each row, of at least fifty rows: days with their temperature,
#     their clouds, and whether it rained; or words with their length, their number of vowels, and whether they are
#     nouns. Write your own cell after the pattern of the penguins', and say on how many rows kept back your network
#     is right, and how many you would have right if you always answered *no*.
#
# ??? answer "Answer"
#     There is none but yours. If your network is not ahead of always answering *no*, ask in this order. Does the loss
#     of the training rows fall? If not, go to [the clinic](failure-clinic.py). Were both columns brought to one size?
#     Are there enough rows kept back to tell, and does [the interval](census.py#how-sure-is-that) of your share hold
#     that of always answering *no*? Perhaps these two numbers say nothing about your question, and that is an answer,
#     too.
#
# ## In short
#
# The loss, the rows and their number can change, and the six functions stay, or change in one line. Rows that the
# network has not seen say what its answers are worth, and an interval says how sure that is.
#
# Next: [another kind of answer](other-answers.py).
#
# ## Sources
#
# - K. B. Gorman, T. D. Williams, W. R. Fraser, "Ecological sexual dimorphism and environmental variability
#   within a community of Antarctic penguins (genus *Pygoscelis*)", *PLoS ONE* 9 (2014): who measured the penguins.
# - A. M. Horst, A. P. Hill, K. B. Gorman, *palmerpenguins* (2020): their table, which is in the public domain (CC0).
# - E. Alpaydin, C. Kaynak, [*Optical Recognition of Handwritten
#   Digits*](https://archive.ics.uci.edu/dataset/80/optical+recognition+of+handwritten+digits) (1998): the
#   pictures, under the licence Creative Commons Attribution.
# - M. Nielsen, *Neural Networks and Deep Learning* (2015), ch. 1 and ch. 2: a network for digits in
#   plain NumPy.
