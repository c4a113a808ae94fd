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
# picture: What the network says of three species
# ---

# %% [markdown]
# # Encore: a table of penguins
#
# Most data that people bring to a network is neither four points nor pictures. It is a table: numbers of
# different sizes, words, and cells that nobody filled in. Here is such a table, of penguins that were caught,
# measured and let go. Males and females of these birds look much alike. Can your network tell them apart by
# their measures? Here are two measures of two hundred of them:

# %% tags=["remove-input"]
import numpy as np
from xordocs import datasets, plots

entries = [line.split(",") for line in datasets.penguins().split("\n")[1:]]
entries = [row for row in entries if len(row) > 1 and "NA" not in row]
shuffled = np.random.RandomState(1).permutation(len(entries))[:200]
entries = [entries[at] for at in shuffled]
two = np.array([[float(row[3]), float(row[5])] for row in entries])
two = (two - two.mean(axis=0)) / two.std(axis=0)
males = np.array([[float(row[6] == "male")] for row in entries])
kinds = {
    name: np.array([row[0] == name for row in entries])
    for name in sorted({row[0] for row in entries})
}
steps = np.linspace(-2.7, 2.7, 33)
plane = np.array([[first, second] for second in steps for first in steps])
plots.maps(
    "Two measures of three species",
    {name: np.full((len(plane), 1), 0.5) for name in kinds},
    plane,
    {name: two[mine] for name, mine in kinds.items()},
    {name: males[mine] for name, mine in kinds.items()},
    caption="A square for each male, a disc for each female. Where would you draw a line in each panel? Notice how far "
    "apart the three species lie.",
    side=2.1,
    names=("bill depth →", "mass →"),
)

# %% [markdown]
# **After this page you can** read a file with commas, turn words into inputs, bring inputs to one size, and say
# whether a network was needed at all.
#
# **You need** [your functions](from-a-blank-file.py) of the final lesson, [the
# cross-entropy](deeper.py#cross-entropy), [rows for training, validation and
# test](rows-kept-back.py#training-validation-test), and an [interval](census.py#how-sure-is-that). Your code is
# checked as before.
#
# ## A file with commas
#
# The rows lie in a text file, `penguins.csv`. `datasets.penguins()` returns its text, as
# `open("penguins.csv").read()` would if the file lay in your folder. Look at it before you do anything else. Each
# line is a penguin, with commas between its entries: `split` cuts a text at each of the marks that it is given,
# first into lines, then each line into its entries. Here are the first four penguins, side by side:

# %% name="file" tags=["live"]
import numpy as np
from xordocs import datasets

lines = datasets.penguins().strip().split("\n")
titles = lines[0].split(",")
first = [line.split(",") for line in lines[1:5]]
for k in range(len(titles)):
    print(titles[k], [row[k] for row in first])
print(len(lines) - 1, "penguins")

# %% [markdown]
# The first line of the file, here on the left, names the columns: a species, an island, the length and the depth
# of the bill and the length of a flipper in millimetres, the mass of the body in grams, the sex, and the year.
# `NA` stands for *not available*. The fourth penguin was seen, but not measured.
#
# What to do with such a row? Without a sex it has no label, so you cannot learn from it. Without measures it has
# nothing to learn from. Where only a few rows have gaps, leave these rows out, and say how many. (But ask why they are
# there: if only the shyest penguins went unmeasured, the others no longer stand for all. Where many rows have gaps, one
# fills them in, for instance with the mean of the training rows. That is called **imputation**.)

# %% name="rows" tags=["live"]
rows = [line.split(",") for line in lines[1:]]
whole = [row for row in rows if "NA" not in row]
print(len(whole), "without a gap,", len(rows) - len(whole), "left out")

measures, species, y = [], [], []
for row in whole:
    measures.append([float(cell) for cell in row[2:6]])
    species.append(row[0])
    y.append([float(row[6] == "male")])
measures, y = np.array(measures), np.array(y)
print(measures[0], species[0], y[0])

# %% tags=["remove-input"]
from xordocs import playground, plots, tables

assert len(rows) == 344
KINDS = ["Adelie", "Chinstrap", "Gentoo"]
assert sorted(set(species)) == KINDS
of = np.array([KINDS.index(one) for one in species])
looked_at = np.isin(
    np.arange(len(y)), np.random.RandomState(1).permutation(len(y))[:200]
)
groups = [
    [looked_at & (of == number) & (y[:, 0] == male) for male in (0, 1)]
    for number in range(len(KINDS))
]
tables.Table(
    "Two hundred of the penguins without a gap, from which the network will learn; the others are not looked at before "
    "they are asked. The measures are means.",
    [
        "species",
        "",
        "penguins",
        "bill, mm",
        "its depth",
        "flipper, mm",
        "mass, g",
    ],
    [
        [
            name,
            "male" if male else "female",
            f"{mine.sum()}",
            *(f"{mean:.1f}" for mean in measures[mine].mean(axis=0)[:2]),
            *(f"{mean:.0f}" for mean in measures[mine].mean(axis=0)[2:]),
        ]
        for name, both in zip(KINDS, groups, strict=True)
        for male, mine in enumerate(both)
    ],
)

# %% tags=["remove-input"]
(small, light), _, (heavy, large) = (
    [measures[rows].mean(axis=0) for rows in both] for both in groups
)
assert heavy[3] > light[3]
assert large[1] < small[1]
for both in groups:
    female, male = (measures[rows].mean(axis=0) for rows in both)
    assert (male > female).all()

# %% [markdown]
# In each species the males are larger on average, in every measure. But the average female Gentoo weighs more than
# the average male Adelie, and the average male Gentoo has a shallower bill than the average female Adelie. So the
# species should go into the network, too.
#
# ## Words become columns
#
# A species is a word, and a network takes numbers. To number the species 0, 1 and 2 would claim that a Gentoo is
# twice a Chinstrap. So give each species a column of its own, with a 1 in the rows of its penguins and a 0 in
# the others. That is called **one-hot encoding**, and it is what the [labels of the
# digits](other-answers.py#read-a-display) were made of.


# %% Words as columns name="one-hot" tags=["exercise"]
def one_hot(words, names):
    # a row for each word,
    # a column for each name
    columns = ...
    for row, word in enumerate(words):
        # the number of its column
        column = ...
        columns[row, column] = 1
    return columns


# %% tags=["check"]
from xordocs.exercises import call, compare


def check():
    words, names = ["b", "a", "c", "b"], ["a", "b", "c", "d"]
    right = np.array(
        [
            [0.0, 1.0, 0.0, 0.0],
            [1.0, 0.0, 0.0, 0.0],
            [0.0, 0.0, 1.0, 0.0],
            [0.0, 1.0, 0.0, 0.0],
        ]
    )
    compare(
        "one_hot",
        call("one_hot", one_hot, (words, names), "columns"),
        right,
        "four words",
        [
            ("The ones stand in the place of the zeros.", 1 - right),
            ("Do the columns begin with ones?", right * 0 + 1),
            ("A row for each word, a column for each name.", right.T),
            ("The column is that of the word's name.", np.eye(4)),
        ],
    )
    shape = call("one_hot", one_hot, (words[:3], names), "columns").shape
    assert shape == (3, 4), (
        f"Three words and four names give the shape (3, 4), not {shape}."
    )
    print("Each word has a 1 in its own column.")


check()

# %% [markdown] tags=["hint"]
# `np.zeros((4, 3))` has four rows and three columns of zeros. How many rows and columns do you need here?
# `names.index("b")` is the place of `"b"` in the list `names`.


# %% tags=["solution"]
def one_hot(words, names):
    columns = np.zeros((len(words), len(names)))
    for row, word in enumerate(words):
        column = names.index(word)
        columns[row, column] = 1
    return columns


# %% [markdown]
# A sex has two values, and one column of 0 and 1 is enough for it: that is the label `y`. Now put the inputs
# side by side, and keep rows back: two hundred to learn from, sixty to choose by, and the rest to test at the
# end. The file lists one species after another, so put the rows in random order first.

# %% name="split" tags=["live"]
names = ["Adelie", "Chinstrap", "Gentoo"]
x = np.hstack([measures, one_hot(species, names)])

order = np.random.RandomState(1).permutation(len(x))
train, validation, test = order[:200], order[200:260], order[260:]
print(x.shape, len(train), len(validation), len(test))
print(x[train[0]])

# %% [markdown]
# ## Inputs of one size
#
# The mass is a number in the thousands, and the columns of the species hold 0 and 1. A weight's slope is what
# came in times a delta, so the weight of the mass would move thousands of times as far as that of a species, and
# one learning rate hardly suits both. So **scale** the inputs: subtract from each column its mean, and divide by
# its standard deviation, `std`: how far its numbers typically are from the mean. Both are computed on the
# training rows and used unchanged for all others. A network in use meets one penguin at a time, which has no
# mean of its own; and rows that are kept back must not take part in anything before they are asked.


# %% Scale the inputs name="scale" tags=["exercise"]
def scale(train_x, new_x):
    middle = ...  # each column's mean
    # each column's standard deviation
    spread = ...
    # the training rows, and the new rows
    return ..., ...


# %% tags=["check"]
from xordocs.exercises import call, compare


def check():
    seen = np.array([[80.0, 2.0], [50.0, 1.0], [110.0, 3.0]])
    new = np.array([[65.0, 4.0], [95.0, 2.0]])
    middle, spread = (
        np.array([[80.0, 2.0]]),
        np.array([[600**0.5, (2 / 3) ** 0.5]]),
    )
    right = [(rows - middle) / spread for rows in (seen, new)]
    got = call("scale", scale, (seen, new), "train_x, new_x")
    own = (new - np.array([[80.0, 3.0]])) / np.array([[15.0, 1.0]])
    for at, (name, rows) in enumerate((("train_x", seen), ("new_x", new))):
        compare(
            name,
            got[at],
            right[at],
            "the training rows' scale",
            [
                ("Is the mean not taken away?", rows / spread),
                ("Is it not divided by the spread?", rows - middle),
                (
                    "Multiplied? Divide by the spread.",
                    (rows - middle) * spread,
                ),
                (
                    "New rows take the training rows' scale.",
                    own,
                ),
                ("These are not scaled.", rows),
            ],
        )
    print("Both columns have one size, and new rows the same scale.")


check()

# %% [markdown] tags=["hint"]
# `train_x.mean(axis=0)` is the mean of each column, and `train_x.std(axis=0)` its standard deviation.


# %% tags=["solution"]
def scale(train_x, new_x):
    middle = train_x.mean(axis=0)
    spread = train_x.std(axis=0)
    return (train_x - middle) / spread, (new_x - middle) / spread


# %% tags=["remove-input"]
assert sorted(train) == np.flatnonzero(looked_at).tolist()

# %% name="scaled" tags=["live"]
train_x, validation_x = scale(x[train], x[validation])
_, test_x = scale(x[train], x[test])
train_y, validation_y, test_y = y[train], y[validation], y[test]
print("largest mean:", f"{abs(train_x.mean(axis=0)).max():.3f}")
print("deviations:", train_x.std(axis=0).round(3))

# %% tags=["remove-input"]
assert abs(train_x.mean(axis=0)).max() < 1e-12
assert abs(train_x.std(axis=0) - 1).max() < 1e-12

# %% [markdown]
# ## Train
#
# The functions are yours, with as many inputs as there are columns, and with the delta of the [cross-entropy
# through a sigmoid](deeper.py#cross-entropy), $\delta_2 = (\hat{y} - y)/N$:


# %% name="network" tags=["live"]
def initialize(inputs, hidden, seed):
    random = np.random.RandomState(seed)
    W1, b1 = random.randn(inputs, hidden), np.zeros((1, hidden))
    W2, b2 = random.randn(hidden, 1), np.zeros((1, 1))
    return W1, b1, W2, b2


def forward(parameters, x):
    W1, b1, W2, b2 = parameters
    z1 = x @ W1 + b1
    a1 = np.maximum(0, z1)
    y_hat = 1 / (1 + np.exp(-(a1 @ W2 + b2)))
    return z1, a1, y_hat


def backward(parameters, passed, x, y):
    W1, b1, W2, b2 = parameters
    z1, a1, y_hat = passed
    delta2 = (y_hat - y) / len(y)
    delta1 = (delta2 @ W2.T) * (z1 > 0)
    dW1, db1 = x.T @ delta1, delta1.sum(axis=0, keepdims=True)
    dW2, db2 = a1.T @ delta2, delta2.sum(axis=0, keepdims=True)
    return dW1, db1, dW2, db2


def share_right(parameters, x, y):
    return ((forward(parameters, x)[2] > 0.5) == (y > 0.5)).mean()


# %% [markdown]
# !!! predict "Before you scroll"
#     About half of the penguins are male, so a guess is right one time in two. What share of the validation
#     rows will a network of eight hidden units get right, at the best of three learning rates?


# %% name="train" tags=["live", "hide-output"]
def train_with(hidden, rate, epochs):
    parameters = initialize(7, hidden, 1)
    for epoch in range(epochs):
        passed = forward(parameters, train_x)
        slopes = backward(parameters, passed, train_x, train_y)
        pairs = zip(parameters, slopes)
        parameters = [p - rate * d for p, d in pairs]
    return parameters


most = 0
for rate in [0.1, 0.3, 2.0]:
    tried = train_with(8, rate, 50)
    right = share_right(tried, validation_x, validation_y)
    print(f"rate {rate}: {right:.1%} of the validation rows")
    # of equals, the first
    if right > most:
        most, best, parameters = right, rate, tried

print("chosen:", best)

# %% tags=["remove-input", "hide-output"]
assert most > 0.8
assert 0.1 < best < 2
middle, spread = x[train].mean(axis=0), x[train].std(axis=0)
panels, inside, marks = {}, {}, {}
for number, name in enumerate(KINDS):
    mine = of == number
    at = np.tile(((x[mine] - middle) / spread).mean(axis=0), (len(plane), 1))
    at[:, [1, 3]] = plane
    panels[name] = forward(parameters, at)[2]
    known = np.flatnonzero(mine & np.isin(np.arange(len(x)), train))
    inside[name] = ((x[known] - middle) / spread)[:, [1, 3]]
    marks[name] = y[known]
plots.maps(
    "What the network says of three species",
    panels,
    plane,
    inside,
    marks,
    caption="The marks are the training rows, "
    "a square for each male; for the colours, the other two measures are the species’ means. The species and these "
    "two measures differ between the panels, and so does the boundary.",
    side=2.1,
    names=("bill depth →", "mass →"),
)

# %% [markdown]
# ## Was a network needed?
#
# Before you are pleased with a result, ask what something simpler would have reached. The simplest is to give
# the same answer always. The next is to look for the most similar training row, and to give its label. And a
# network without hidden units divides the rows by a straight line, or here by something flat in seven
# dimensions; it is called **logistic regression**.
#
# One split into training, validation and test rows may be lucky. So leave your test rows out, split the others in
# twenty ways, and train each model on each, with the same number of epochs. Each model takes the learning rate
# of five that the validation rows of that split prefer:

# %% tags=["remove-input"]
SPLITS, EPOCHS = 20, 200
RATES = (0.03, 0.1, 0.3, 1.0, 3.0)
TINY = tuple(10.0**power for power in range(-8, 1))
MANY = tuple(10.0 ** (half / 2) for half in range(-10, 5))
cuts = [
    np.split(np.random.RandomState(seed).permutation(order[:260]), [150, 200])
    for seed in range(1, SPLITS + 1)
]
labels_of = [np.array([y[cut[part]] for cut in cuts]) for part in range(3)]


def scaling(seen):
    return seen.mean(axis=0), seen.std(axis=0)


def rows_of(columns, prepare=scaling):
    """Each split's training, validation and test rows, less a zero and divided by a unit."""
    found = []
    for cut in cuts:
        zero, one = prepare(x[cut[0]][:, columns])
        found.append([(x[each][:, columns] - zero) / one for each in cut])
    return [np.array([each[part] for each in found]) for part in range(3)]


def shares(parameters, rows, truth):
    """Each split's share of right answers; without W1 and b1 there is no hidden layer."""
    *hidden, W2, b2 = parameters
    a1 = np.maximum(0, rows @ hidden[0] + hidden[1]) if hidden else rows
    return ((a1 @ W2 + b2 > 0) == (truth > 0.5)).mean(axis=(1, 2))


def learn(rows, hidden, rate):
    """Train a network for each split, all at once."""
    points, truth, inputs = rows[0], labels_of[0], rows[0].shape[2]
    draws = [np.random.RandomState(seed) for seed in range(1, SPLITS + 1)]
    if hidden:
        network = [
            np.array([one.randn(inputs, hidden) for one in draws]),
            np.zeros((SPLITS, 1, hidden)),
            np.array([one.randn(hidden, 1) for one in draws]),
            np.zeros((SPLITS, 1, 1)),
        ]
    else:
        network = [np.zeros((SPLITS, inputs, 1)), np.zeros((SPLITS, 1, 1))]
    for _ in range(EPOCHS):
        *first, W2, b2 = network
        a1 = np.maximum(0, points @ first[0] + first[1]) if first else points
        z2 = np.clip(a1 @ W2 + b2, -500, 500)
        delta = (1 / (1 + np.exp(-z2)) - truth) / points.shape[1]
        slopes = [
            a1.transpose(0, 2, 1) @ delta,
            delta.sum(axis=1, keepdims=True),
        ]
        if first:
            back = (delta @ W2.transpose(0, 2, 1)) * (a1 > 0)
            slopes = [
                points.transpose(0, 2, 1) @ back,
                back.sum(axis=1, keepdims=True),
                *slopes,
            ]
        network = [p - rate * d for p, d in zip(network, slopes)]
    return network


def shares_of_tests(columns, hidden, rates=RATES, prepare=scaling):
    """Each split's share of right test rows, at the rate that its validation rows prefer."""
    rows = rows_of(columns, prepare)
    tried = [learn(rows, hidden, rate) for rate in rates]
    chosen, judged = (
        np.array([shares(one, rows[part], labels_of[part]) for one in tried])
        for part in (1, 2)
    )
    return judged[chosen.argmax(axis=0), range(SPLITS)]


def by_neighbour(rows):
    far = ((rows[2][:, :, np.newaxis] - rows[0][:, np.newaxis]) ** 2).sum(
        axis=3
    )
    near = far.argmin(axis=2)[:, :, np.newaxis]
    said = np.take_along_axis(labels_of[0], near, axis=1)
    return (said == labels_of[2]).mean(axis=(1, 2))


every, bare = slice(0, 7), slice(0, 4)
usual_answer = (labels_of[0].mean(axis=(1, 2)) > 0.5)[
    :, np.newaxis, np.newaxis
]
results = {
    "always the more frequent answer": (
        usual_answer == (labels_of[2] > 0.5)
    ).mean(axis=(1, 2)),
    "the most similar training row": by_neighbour(rows_of(every)),
    "logistic regression": shares_of_tests(every, 0),
    "the network": shares_of_tests(every, 8),
    "the network, without the species": shares_of_tests(bare, 8),
    "the network, inputs not scaled": shares_of_tests(
        every, 8, TINY, lambda _: (0, 1)
    ),
    "only the means subtracted": shares_of_tests(
        every,
        8,
        MANY,
        lambda seen: (seen.mean(axis=0), seen.std(axis=0).max()),
    ),
    "only divided by the deviations": shares_of_tests(
        every, 8, MANY, lambda seen: (0, seen.std(axis=0))
    ),
}
tables.Table(
    "Twenty splits: the share of a split's own test rows that is right, for each model's mean, worst and best split.",
    ["", "mean", "worst", "best"],
    [
        [
            name,
            *(
                f"{share:.0%}"
                for share in (found.mean(), found.min(), found.max())
            ),
        ]
        for name, found in results.items()
    ],
)

# %% tags=["remove-input"]
network, line = results["the network"], results["logistic regression"]
plain, raw = (
    results["the network, without the species"],
    results["the network, inputs not scaled"],
)
ahead, behind = int((network > line).sum()), int((network < line).sum())
fewer, more = int((plain < network).sum()), int((plain > network).sum())
assert abs(network.mean() - line.mean()) < 0.02
assert line.mean() > 0.85
assert abs(plain.mean() - network.mean()) < 0.02
assert raw.mean() < 0.75
centred = results["only the means subtracted"]
divided = results["only divided by the deviations"]
for half in (centred, divided):
    assert half.mean() < network.mean() - 0.05

# %% [markdown]
# - **Always the more frequent answer** is right less than half the time: what is more frequent among the training
#   rows is, more often than not, rarer among the rows that are left.
# - **Scaling** decides how much is learned in this time. Unscaled, the network could take the best of nine
#   rates instead of five, down to a hundred-millionth, and got no further than that. Neither half of the scaling
#   does it alone: with the means subtracted, and all columns divided by the same number, the network is right on
#   `{python} f"{centred.mean():.0%}"`; with each column divided by its own deviation, and its mean left in it, on
#   `{python} f"{divided.mean():.0%}"`, each at the best of fifteen rates.
# - **The hidden layer** adds little here, if anything: the network is ahead of logistic regression in
#   `{python} ahead` splits, and behind in `{python} behind`. A flat boundary, shifted for each species by its
#   column, is nearly enough. So take the simpler model: it is quicker to train, and easier to look into.
# - **The species** adds little, too: without it the network is behind in `{python} fewer` splits, and ahead in
#   `{python} more`. Did you expect that? Perhaps the four measures tell the species by themselves. That would
#   take another test.
#
# The splits share penguins, so they are no twenty independent trials, and [the rules of the
# census](census.py#one-fair-comparison) do not hold for them. A difference as small as that between the network
# and the line is not shown by them either way.
#
# So begin with the simplest model, and let a network show that it is worth its weights. Here is logistic regression,
# on your rows. Each of its weights says how far a measure of one standard deviation moves the sum:

# %% name="line" tags=["live"]
W, b = np.zeros((7, 1)), np.zeros((1, 1))
for epoch in range(200):
    share = 1 / (1 + np.exp(-(train_x @ W + b)))
    delta = (share - train_y) / len(train_y)
    W = W - 1.0 * (train_x.T @ delta)
    b = b - 1.0 * delta.sum(axis=0, keepdims=True)

for title, weight in zip(titles[2:6] + names, W.ravel()):
    print(f"{title:17} {weight:5.2f}")

right = (validation_x @ W + b > 0) == (validation_y > 0.5)
print(f"{right.mean():.1%} of the validation rows")

# %% tags=["remove-input"]
assert right.mean() > 0.8
bill, depth, flipper, mass = W[:4, 0]
assert min(bill, depth, mass) > 0.8 * max(bill, depth, mass)
assert abs(flipper) < 0.2 * min(bill, depth, mass)

# %% [markdown]
# A longer bill, a deeper one and more mass all speak for a male, about as strongly. The flipper hardly counts beside
# them, but do not read too much into that: measures that go together share what they have to say, and how they share it
# can be a matter of chance. (In **cross-validation** the
# table is cut into five or ten parts, and each part takes its turn as test rows, so that every penguin is asked
# exactly once.)
#
# ## Choose for yourself
#
# Units, rate and epochs are yours to choose. Change the three numbers as often as you like. Only the validation rows
# are asked: the more you try, the more of the best share is luck. (A cell in the page has memory for some two hundred
# epochs.)

# %% name="yours-to-choose" tags=["live"]
hidden, rate, epochs = 8, 0.3, 50
parameters = train_with(hidden, rate, epochs)
right = share_right(parameters, validation_x, validation_y)
print(f"{right:.1%} of the validation rows")

# %% [markdown]
# !!! predict "Before you go on"
#     When you are content, write down what share of the test rows you expect: more than of the validation rows, as
#     many, or fewer? Why?
#
# ## The test rows, once
#
# Now all is decided, so ask the test rows, once:

# %% name="test" tags=["live", "hide-output"]
right = share_right(parameters, test_x, test_y)
print(f"the network: {right:.1%} of {len(test_x)} test rows")
by_line = (test_x @ W + b > 0) == (test_y > 0.5)
print(f"logistic regression: {by_line.mean():.1%}")

# %% tags=["remove-input", "hide-output"]
from xordocs.experiments.statistics import wilson

answers = forward(parameters, test_x)[2] > 0.5
correct = int((answers == (test_y > 0.5)).sum())
low, high = wilson(correct, len(test_y))
tables.Table(
    "The test rows by species, and what the network takes for which.",
    ["species", "females, called female", "males, called male"],
    [
        [name]
        + [
            f"{int((answers[mine] == kind).sum())} of {int(mine.sum())}"
            for kind in (0, 1)
            for mine in [(of[test] == number) & (test_y[:, 0] == kind)]
        ]
        for number, name in enumerate(KINDS)
    ],
)

# %% [markdown]
# (The two had unequal chances here: your network's numbers were chosen, and the line's were not. The fair comparison
# was [the table of twenty splits](#was-a-network-needed).) With the numbers that stand in the cell above, the
# [interval](census.py#how-sure-is-that) of this share goes from `{python} f"{low:.0%}"` to `{python} f"{high:.0%}"`.
# The validation rows tend to have a better share, because they have chosen; with so few rows, chance can do as much.
# And it holds for penguins like these: of three species, from three islands, in three summers. For a fourth species
# [the network would answer as well](beyond-the-square.py), and nothing would tell you that it guesses.
#
# ## Those whose sex nobody noted
#
# Some rows were left out for want of a label alone. For them a trained network is of use: it can say what nobody
# wrote down. They are scaled as the training rows were.

# %% name="unknown" tags=["live"]
unknown = [row for row in rows if row[6] == "NA" and "NA" not in row[2:6]]
asked = np.array([[float(cell) for cell in row[2:6]] for row in unknown])
asked = np.hstack([asked, one_hot([row[0] for row in unknown], names)])
_, asked_x = scale(x[train], asked)
for row, share in zip(unknown, forward(parameters, asked_x)[2].ravel()):
    print(f"{row[0]:9} of {row[5]} g: male with {share:.2f}")

# %% [markdown]
# There are `{python} len(unknown)` such penguins. How many of these answers are right, nobody can tell. Now ask
# about a penguin of your own, with its bill, the bill's depth, its flipper, its mass, and a 1 for its species:

# %% name="yours" tags=["live"]
mine = np.array([[45.0, 18.0, 200.0, 4200.0, 0, 1, 0]])
_, mine_x = scale(x[train], mine)
share = forward(parameters, mine_x)[2].item()
print(f"male with {share:.2f}")

# %% tags=["remove-input"]
males = measures[(of == 1) & (y[:, 0] == 1)]
assert (males[:, 3] < mine[0, 3]).mean() > 1 / 2
assert share < 1 / 4

# %% [markdown]
# This one is heavier than most males of its species, and yet the network takes it for a female: the other measures
# weigh in, too. Make it heavier or lighter, or its bill longer, and see where the answer turns over. What does
# the network say of a penguin of five tonnes?
#
# ## Exercises
#
# ### How many columns?

# %% tags=["remove-input"]
islands = len({row[1] for row in whole})
assert islands == 3
playground.ask(
    "If the island went in as well, how many inputs would the network have?",
    x.shape[1] + islands,
    f"The four measures, and a column for each of the {len(KINDS)} species and each of the {islands} islands.",
    hints={
        x.shape[1]
        + 1: "A number for each island would put the islands in an order.",
        x.shape[1]: "That is without the island.",
        4 + islands: "And the species?",
        len(KINDS) * islands
        + 4: "The columns of both stand side by side: add them.",
    },
)

# %% [markdown]
# !!! exercise "The same bird twice"
#     In another table most penguins were caught in two summers, and each has two rows. A friend puts all rows in
#     random order, splits them, and is delighted: nearly all test rows are right. What is wrong, and how would
#     you split the rows?
#
# ??? answer "Answer"
#     Of many birds one row is among the training rows and the other among the test rows. The network may have
#     learned the bird by heart, and the test asks for the same bird again. Put birds in random order instead of
#     rows, and let both rows of a bird go the same way. Rows of one patient, one customer or one machine belong
#     together likewise; and where you want to know the future, test on the latest rows.
#
# !!! exercise "Too good"
#     Another friend has a column with the day on which each bird laid its egg, with `NA` for all who laid none,
#     fills each gap with 0, and gets every sex right. Would you use that network?
#
# ??? answer "Answer"
#     Only females lay eggs, so the column gives the answer away. That is called *leakage*. A column must be known
#     at the time when the network is asked, and must not have come from the answer. If a result is too good,
#     look for the column that tells it.
#
# ## In short
#
# Look at the file, count its gaps, give each word a column, scale by the training rows, and compare with the
# simplest model before you believe in a network.
#
# Next: an encore that reads [handwriting](handwriting.py).
#
# ## Sources
#
# - K. B. Gorman, T. D. Williams, W. R. Fraser, "Ecological sexual dimorphism and environmental variability
#   within a community of Antarctic penguins (genus *Pygoscelis*)", *PLoS ONE* 9 (2014): who measured them.
# - A. M. Horst, A. P. Hill, K. B. Gorman, *palmerpenguins* (2020): the table, which they gave into the public
#   domain (CC0).
# - D. R. Cox, "The regression analysis of binary sequences", *Journal of the Royal Statistical Society*, series
#   B, vol. 20 (1958): logistic regression.
# - M. Stone, "Cross-validatory choice and assessment of statistical predictions", *Journal of the Royal Statistical
#   Society*, series B, vol. 36 (1974): cross-validation.
# - S. Kaufman, S. Rosset, C. Perlich, O. Stitelman, "Leakage in data mining", *ACM Transactions on Knowledge
#   Discovery from Data*, vol. 6 (2012).
