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
# # Failure clinic
#
# Not every network learns. When one does not, it is rarely mysterious: there are a handful of ways
# to get stuck, and each leaves its marks.
#
# **After this page you can** name what is wrong with a network that has stopped learning, often
# from its loss alone.

# %% tags=["remove-input"]
from itertools import combinations

import numpy as np
from IPython.display import Markdown
from xordocs import DivergedError, datasets, playground, plots, tables
from xordocs.experiments import diagnosis, loss_ladder, vectorized_mlp
from xordocs.experiments.census import census
from xordocs.listings import source
from xordocs.nn import activations, initializers, losses, numpy_mlp

x, y = datasets.xor()
lattice = datasets.grid(40)

# %% [markdown]
# ## The loss ladder
#
# Train networks with three hidden units from many seeds, for a long time, and look at the loss of
# those that fail.
#
# !!! predict "Before you scroll"
#     Will the final losses of the failures be spread out, or will they gather somewhere?

# %%
patients = census(range(1000), width=3, epochs=2000)
stuck = patients.losses[~patients.solved]

# %% tags=["remove-input"]
ladder = {"1/8": (0, 1), "1/6": (0, 1, 2), "1/4": (0, 1, 2, 3)}
rungs = {name: loss_ladder.rung(rows) for name, rows in ladder.items()}
within = 0.005
near = {name: abs(stuck - rung) < within for name, rung in rungs.items()}
elsewhere = len(stuck) - sum(int(hits.sum()) for hits in near.values())
tables.Table(
    f"Where {len(stuck)} stuck networks of {len(patients.seeds)} end, to within {within:g}.",
    ["loss", "in digits", "networks"],
    [
        *(
            [name, f"{rungs[name]:.4f}", str(int(near[name].sum()))]
            for name in ladder
        ),
        ["elsewhere", "", str(elsewhere)],
    ],
)

# %% tags=["remove-input"]
assert elsewhere == 0
assert all(hits.any() for hits in near.values())
assert all(
    np.isclose(loss_ladder.rung(rows), rung)
    for n, rung in ((2, 1 / 8), (3, 1 / 6), (4, 1 / 4))
    for rows in combinations(range(4), n)
    if 0 < y[list(rows)].sum() < n
)
Markdown(
    "They gather on three rungs, and none ends anywhere else. The rungs are not a matter of chance. "
    "They follow from what a stuck network confuses."
)

# %% [markdown]
# Suppose a network gives several rows the same output $\hat{y}$: it has *merged* them. The best it
# can do for them is the mean $m$ of their labels. Of $n$ merged rows, $nm$
# are 1 and $n(1 - m)$ are 0, so they cost
#
# $$\frac{1}{4}\left(nm(1-m)^2 + n(1-m)m^2\right) = \frac{n\,m\,(1-m)}{4}$$
#
# and the rows that stand alone cost nothing. XOR leaves three cases:
#
# | merged | mean $m$ | loss |
# |---|---|---|
# | two rows with different labels | $\frac{1}{2}$ | $\frac{1}{8}$ |
# | three rows | $\frac{1}{3}$ or $\frac{2}{3}$ | $\frac{1}{6}$ |
# | all four, or two such pairs | $\frac{1}{2}$ | $\frac{1}{4}$ |
#
# One more way leads to $\frac{1}{4}$: a row whose output is wrong and so close to 0 or 1 that the
# sigmoid is flat there. It costs $\frac{1}{4}$ by itself. So the top rung has more causes
# than one, and only a look at the outputs and the units tells them apart.

# %% tags=["remove-input"]
source(loss_ladder.rung)

# %% [markdown]
# ## The gallery
#
# A network for each way to fail and stay finite. The seed stands above each panel and the setting in
# the table below, so that you can train the very same network again.
#
# !!! predict "Before you scroll"
#     How does a map look when all four rows have one output? When two have? Which of the eight would
#     you recognise from the map alone?

# %% tags=["remove-input"]


def first(cases, cause, rung=None):
    """The first seed of a census with a cause, and with a loss on a rung."""
    hits = cases.findings.cause == diagnosis.CAUSES.index(cause)
    if rung is not None:
        hits &= abs(cases.losses - rung) < 0.005
    return int(cases.seeds[hits][0])


notebook = census(range(100))
slow = census(range(100), learning_rate=0.1)
ward = {"width": 3, "learning_rate": 1.5, "epochs": 2000}
usual = {"width": 10, "learning_rate": 1.5, "epochs": 500}
cases = {
    "merged, 1/8": ward | {"seed": first(patients, "merged", 1 / 8)},
    "merged, 1/6": ward | {"seed": first(patients, "merged", 1 / 6)},
    "merged, 1/4": ward | {"seed": first(patients, "merged", 1 / 4)},
    "dead": ward | {"seed": first(patients, "dead")},
    "saturated": usual | {"seed": first(notebook, "saturated")},
    # at so steep a rate a nudge may change the end; seed 338 keeps it
    "oscillating": ward | {"learning_rate": 30, "epochs": 500, "seed": 338},
    "still learning": usual
    | {"learning_rate": 0.1, "seed": first(slow, "still learning")},
    "symmetric": usual | {"seed": 1, "initializer": initializers.EQUAL},
}
networks, histories = {}, {}
for name, case in cases.items():
    start = numpy_mlp.initialize(
        (case["width"],),
        case["seed"],
        case.get("initializer", initializers.NOTEBOOK),
    )
    networks[name], histories[name] = numpy_mlp.train(
        start, x, y, learning_rate=case["learning_rate"], epochs=case["epochs"]
    )
findings = {
    name: diagnosis.diagnose(network, losses=histories[name][-10:])
    for name, network in networks.items()
}
assert len(cases) == 8
assert all(
    finding.cause == name.partition(",")[0]
    for name, finding in findings.items()
)
assert {finding.cause for finding in findings.values()} == set(
    diagnosis.CAUSES
) - {"solved", "diverged"}

# %% tags=["remove-input"]
plots.maps(
    "Eight networks that have not learned XOR",
    {
        f"{findings[name].cause}\nseed {case['seed']}": numpy_mlp.predict(
            networks[name], lattice
        )
        for name, case in cases.items()
    },
    lattice,
    x,
    y,
)

# %% tags=["remove-input"]


def rows_of(rows):
    return " = ".join(f"({x[row][0]:g}, {x[row][1]:g})" for row in rows)


def remark(finding):
    said = []
    if finding.cause in ("merged", "oscillating"):
        said += map(rows_of, finding.merged)
    if finding.saturated:
        rows = map(rows_of, ((row,) for row in finding.saturated))
        said.append("wrong where the sigmoid is flat: " + ", ".join(rows))
    if finding.dead_units:
        units = ", ".join(str(unit + 1) for unit in finding.dead_units)
        plural = "s" * (len(finding.dead_units) > 1)
        said.append(f"dead unit{plural}: {units}")
    return "; ".join(said)


tables.Table(
    "The same eight networks, diagnosed.",
    ["diagnosis", "seed", "width", "learning rate", "loss", "what is seen"],
    [
        [
            findings[name].cause,
            str(case["seed"]),
            str(case["width"]),
            f"{case['learning_rate']:g}",
            f"{findings[name].loss:.4f}",
            remark(findings[name]),
        ]
        for name, case in cases.items()
    ],
)

# %% tags=["remove-input"]
Markdown(
    "Open them in [the playground](../playground.py): "
    + ", ".join(
        f"[{findings[name].cause}, seed {case['seed']}]("
        + playground.link(
            hidden_layers=(case["width"],),
            seed=case["seed"],
            learning_rate=case["learning_rate"],
            initializer=case.get("initializer", initializers.NOTEBOOK),
            epoch=case["epochs"],
        )
        + ")"
        for name, case in cases.items()
    )
    + "."
)

# %% [markdown]
# ## What each one has
#
# **Merged.** Several rows share one output. Either the hidden layer has put them in the same place,
# or the units that are still on are on in all four rows and bend nothing: the network is then
# [the best straight line](setting-the-scene.py#the-best-straight-line), which says one half. Either
# way the pulls up and down cancel.

# %% tags=["remove-input"]
seeds = patients.seeds[
    patients.findings.cause == diagnosis.CAUSES.index("merged")
].tolist()
batch = vectorized_mlp.initialize(
    seeds, ward["width"], initializers.NOTEBOOK, np.float64
)
vectorized_mlp.train(
    batch, 1.5, ward["epochs"], activations.RELU, losses.MSE, last_steps=1
)
same_place, nothing_bent = set(), set()
for k, seed in enumerate(seeds):
    *weights, bias = batch.hidden[..., k]
    finding = patients.diagnosis(seed)
    h = activations.relu(x @ weights + bias)
    spread = max(np.ptp(h[list(rows)], axis=0).max() for rows in finding.merged)
    if spread < 0.05 * h.max():
        same_place.add(seed)
    elif ((h > 0).all(axis=0) | (h == 0).all(axis=0)).all():
        nothing_bent.add(seed)
        assert np.allclose(finding.outputs, 1 / 2, atol=0.01)
shown = {
    case["seed"]: case["seed"] in nothing_bent
    for name, case in cases.items()
    if findings[name].cause == "merged"
}
assert len(same_place) + len(nothing_bent) == len(seeds)
assert sorted(shown.values()) == [False, False, True]
Markdown(
    f"Of the {len(seeds)} merged among the thousand above {len(same_place)} have their rows in the "
    f"same place, and {len(nothing_bent)} are a straight line. In the gallery "
    f"{' and '.join(f'seed {seed}' for seed, line in shown.items() if line)} is the straight line."
)

# %% [markdown]
# **Dead.** Every hidden unit is off on all four rows. Nothing comes through, so no blame comes
# back. The output bias is all that still learns: it settles at zero, and the output at one half.
#
# **Saturated.** One row is wrong, and the network is sure of it. For a truth of 0 the squared
# error's gradient through the sigmoid is $2\sigma^2(1 - \sigma)$. It is largest at
# $\sigma = \frac{2}{3}$, and goes to zero at $\sigma = 1$: the worst mistakes teach the least.
# [Cross-entropy](numpy-network.py#a-better-loss-for-yes-or-no-questions) has no such flat end.
#
# **Symmetric.** All hidden units start with the same weights. Then they get the same gradient, and
# they stay the same for ever: a wide network that is one unit wide. With all weights zero even the
# gradient is exactly zero, and the loss stays at one quarter.

# %%
zeros = numpy_mlp.initialize((10,), 1, initializers.ZEROS)
gradient = numpy_mlp.backward(zeros, *numpy_mlp.forward(zeros, x), y)
largest = max(abs(part).max() for layer in gradient for part in layer)
_, flat = numpy_mlp.train(zeros, x, y)

# %% tags=["remove-input"]
assert largest == 0
assert set(flat) == {1 / 4}
assert np.allclose(findings["dead"].outputs, 1 / 2, atol=0.01)
assert abs(networks["dead"][-1].bias.item()) < 0.01
assert len(findings["saturated"].saturated) == 1
equal = networks["symmetric"]
assert np.ptp(np.vstack(equal[0]), axis=1).max() < 1e-9
assert np.ptp(equal[1].weights) < 1e-9
Markdown(
    f"All-zero weights: the largest entry of the gradient is {largest:g}, and the loss is "
    f"{flat[0]:g} at the first epoch and {flat[-1]:g} at the last "
    f"([in the playground]({playground.link(initializer=initializers.ZEROS)}))."
)

# %% tags=["remove-input"]
wrong = findings["symmetric"].saturated
assert len(wrong) > 1
assert abs(findings["symmetric"].loss - len(wrong) / 4) < within
Markdown(
    f"The one in the gallery is saturated as well, on {len(wrong)} rows, and each of them costs a "
    "quarter."
)

# %% [markdown]
# **Oscillating.** The steps are so long that they overshoot, again and again.

# %% tags=["remove-input"]
last = histories["oscillating"][-100:]
ups = int((np.diff(last) > 0).sum())
assert ups
assert findings["oscillating"].merged
assert min(abs(last[-1] - rung) for rung in rungs.values()) < 2 * within
Markdown(
    f"Of the last {len(last) - 1} steps of the one above {ups} raised the loss. Look at its map: it "
    f"has merged rows besides, and its loss, {last[-1]:.4f}, is near a rung."
)

# %% [markdown]
# **Diverged.** The steps are so long that the numbers leave the finite ones. In the gallery that
# cannot be shown, and with ReLU and the squared error it hardly happens: whatever is thrown far out
# dies or saturates, and there the gradient is gone. It takes units that never die and a loss that
# never flattens.

# %% tags=["remove-input"]
wild = next(one for one in playground.PRESETS if one.cause == "diverged")
setting = dict(wild.setting)
try:
    numpy_mlp.train(
        numpy_mlp.initialize(setting.pop("hidden_layers")), x, y, **setting
    )
except DivergedError as error:
    said = f"`DivergedError: {error}`"
assert "diverged" not in census(range(100), learning_rate=1000).counts()
bend, loss = setting["activation"], setting["loss"]
assert (bend, loss) == (activations.LEAKY_RELU, losses.CROSS_ENTROPY)
Markdown(
    f"Leaky ReLU, cross-entropy and a learning rate of {setting['learning_rate']:g} do "
    f"([in the playground]({playground.link(**wild.setting)})). `train` answers with {said}."
)

# %% [markdown]
# **Still learning.** Nothing is wrong but the patience of whoever stopped it.

# %% tags=["remove-input"]
longer, _ = numpy_mlp.train(networks["still learning"], x, y, learning_rate=0.1)
after = losses.accuracy(numpy_mlp.predict(longer, x), y)
assert after == 1
Markdown(
    f"Given as many epochs again, the one in the gallery has {after:.0%} of the rows right."
)

# %% [markdown]
# A word of care: none of these is called a local minimum here. For networks of two *sigmoid* units
# it has been proved that XOR has no local minima; for three such units there are some. The theorems
# do not speak of ReLU, whose resting places are flat in some directions.
#
# ## Exercises
#
# !!! exercise "Diagnose from the loss alone"
#     Five networks with three hidden units have come to rest at the losses in the table. What can
#     you say of each without looking any further?

# %% tags=["remove-input"]
shown = {case["seed"] for case in cases.values()}
others = [int(s) for s in patients.seeds[~patients.solved] if s not in shown]
rare = first(patients, "saturated")
chosen = [*others[:4], rare]
beds = [patients.diagnosis(seed) for seed in chosen]
assert len(chosen) == 5
assert all(case.cause != "still learning" for case in beds)
tables.Table(
    "Five losses.",
    ["network", "loss"],
    [[chr(ord("A") + k), f"{case.loss:.4f}"] for k, case in enumerate(beds)],
)

# %% tags=["remove-input"]
told = "\n".join(
    f"    - {chr(ord('A') + k)} ([seed {seed}]("
    + playground.link((3,), seed, epoch=patients.setting.epochs)
    + f")): {case.cause}"
    + (f", {remark(case)}" if remark(case) else "")
    + "."
    for k, (seed, case) in enumerate(zip(chosen, beds, strict=True))
)
Markdown(
    '??? answer "Answer"\n'
    "    The rung tells how many rows are merged. At one quarter it may be a saturated row, a dead "
    f"network or a straight line instead.\n\n{told}"
)

# %% [markdown]
# !!! exercise "The worst mistake teaches least"
#     Show that $2\sigma^2(1 - \sigma)$ is largest at $\sigma = \frac{2}{3}$.
#
# ??? answer "Answer"
#     Its derivative with respect to $\sigma$ is $4\sigma - 6\sigma^2 = 2\sigma(2 - 3\sigma)$,
#     which is positive below $\frac{2}{3}$ and negative above.
#
# ## Sources
#
# - M. Nielsen, *Neural Networks and Deep Learning* (2015), ch. 3: a single neuron that saturates,
#   and learns slowly.
# - L. Hamey, "XOR has no local minima: a case study in neural network error surface analysis",
#   *Neural Networks* (1998): two sigmoid units.
# - I. Sprinkhuizen-Kuyper, E. Boers, "The error surface of the simplest XOR network has only
#   global minima", *Neural Computation* (1996), doi 10.1162/neco.1996.8.6.1301: one unit, with
#   direct connections besides; and "A local minimum for the `2-3-1` XOR network", *IEEE
#   Transactions on Neural Networks* (1999).
# - L. Lu, Y. Shin, Y. Su, G. Karniadakis, "Dying ReLU and initialization" (2019).
