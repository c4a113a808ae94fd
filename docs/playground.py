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
# picture: Output after 500 epochs
# ---

# %% [markdown]
# # Playground
#
# The course's own network, in your hands. Press *Play*, and watch its
# <xor-term of="hinge">hinges</xor-term> find their places.
#
# <div class="xor-wide">
# <xor-playground id="pg" class="xor-grid" run="pg" data-search-exclude>
# <xor-controls class="xor-card xor-bar"></xor-controls>
# <xor-settings class="xor-card"></xor-settings>
# <xor-network class="xor-card"></xor-network>
# <xor-map class="xor-card"></xor-map>
# <xor-loss class="xor-card"></xor-loss>
# <xor-table class="xor-card"></xor-table>
# <xor-unit class="xor-card" later></xor-unit>
# <xor-space class="xor-card" later></xor-space>
# <xor-pins class="xor-card" later></xor-pins>
# <xor-numbers class="xor-card"></xor-numbers>
# <xor-share class="xor-card xor-bar" later></xor-share>
# </xor-playground>
# </div>
#
# Each seed starts from the same weights as in the lessons, to the last bit, and every step follows
# the same formulas.

# %% tags=["remove-input"]
from IPython.display import Markdown, display
from xordocs import datasets, playground, plots
from xordocs.experiments.census import census
from xordocs.nn import numpy_mlp

# %% [markdown]
# <div class="xor-stills" markdown>
#
# The instrument needs JavaScript. Here is the run that it opens with, computed when this page was
# built.

# %% tags=["remove-input"]
x, y = datasets.xor()
lattice = datasets.grid(25)
start = numpy_mlp.initialize(hidden_layers=(10,), seed=1)
stages = {}
for epochs in (10, 50, 100, playground.EPOCHS):
    stages[epochs], history = numpy_mlp.train(start, x, y, epochs=epochs)
Markdown(
    f"The loss goes from {history[0]:.4f} to {history[-1]:.5f} in {len(history)} epochs. The maps "
    f"show the output after {', '.join(map(str, stages))} of them."
)

# %% tags=["remove-input"]
for epochs, network in stages.items():
    map_ = plots.contour(lattice, numpy_mlp.predict(network, lattice), x, y)
    map_.title = f"Output after {epochs} epochs"
    display(map_)

# %% [markdown]
# </div>
#
# ## Things to try
#
# !!! predict "Before you press Play"
#     Choose the preset *Stuck at 1/6*. Which row of the truth table will stand alone? Look at
#     where the hinges lie at the start, then run it to the limit.

# %% tags=["remove-input"]
(sixth,) = (one for one in playground.PRESETS if "1/6" in one.name)
first = numpy_mlp.initialize(**sixth.setting)
last, history = numpy_mlp.train(first, x, y)


def active_rows(network):
    """Return the rows on which at least one hidden unit is on."""
    on = (numpy_mlp.forward(network, x).z[0] > 0).any(axis=1)
    return [f"$({a:g}, {b:g})$" for a, b in x[on]]


assert len(active_rows(first)) == 2
assert len(active_rows(last)) == 1
assert abs(history[-1] - 1 / 6) < 0.001
Markdown(
    '??? answer "Answer"\n'
    f"    At the start a unit is on in {' and '.join(active_rows(first))} alone. One of the two is a 1 "
    "and the other a 0, and training turns the unit off on the 0. So in the end "
    f"{active_rows(last)[0]} stands alone. On the other three rows every unit is off, and they share the "
    "output that the last bias gives."
)

# %% [markdown]
# !!! exercise "Bring a dead unit back"
#     Open a run that has dead units. Which of a dead unit's numbers can you change, so that
#     a gradient reaches it again? Change it below the network, and play on.
#
# ??? answer "Answer"
#     The unit is off on all four rows as its sum is never above zero. Its bias is the number that
#     all four rows share: make it large enough, and the unit is on again. A larger weight does it as
#     well, for the rows in which its input is 1.
#
# !!! exercise "The steepest rate that works"
#     Raise the learning rate in small steps, with the seed as it is. Where does the run begin to
#     fail, and how does it look when it does? Try the next seeds at that rate, too.

# %% tags=["remove-input"]
found = {rate: census([1], learning_rate=rate) for rate in range(2, 13)}
fails = next(rate for rate, run in found.items() if not run.solved[0])
assert not any(run.solved[0] for rate, run in found.items() if rate > fails)
assert found[fails].diagnosis(1).cause == "saturated"
others = census(range(2, 22), learning_rate=fails)
Markdown(
    '??? answer "Answer"\n'
    f"    In steps of one, seed 1 learns up to {fails - 1} and at no rate from {fails} to "
    f"{max(found)}. At {fails} it ends saturated, at a loss of {found[fails].losses[0]:.2f}: a long "
    "step has put a row where the sigmoid is flat, and next to no gradient reaches it. Of "
    f"the next {len(others.seeds)} seeds {others.solved.sum()} learn at that rate. The border is "
    "not sharp: in smaller steps you may find a rate that fails below one that works."
)

# %% [markdown]
# The lessons name their runs by seed and settings, and link here; *Copy a link to this run* gives
# you such a link of your own.
#
# ## Was it luck?
#
# One run that works is one run. Train twenty more at once, from the next twenty seeds.

# %% tags=["remove-input"]
playground.embed("strip", "challenge", run="pg")
