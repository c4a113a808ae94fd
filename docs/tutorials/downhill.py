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
# picture: Gradient descent on one weight
# ---

# %% [markdown]
# # Downhill
#
# In the previous lesson you found the numbers of a network by thinking. A large network has billions of them,
# and nobody can think them up. They are found by walking downhill: find out which way the loss falls,
# take a small step that way, and look again. You walk with one weight, then with two, and after a rest you
# meet the rule that makes the walk possible with billions.
#
# Here a ball stands on a slope. Let it take a few steps, and then make the *learning rate*, which says how long they
# are, larger and larger. Does it always arrive?

# %% tags=["remove-input"]
from xordocs import playground

playground.embed("descent", learning_rate=0.1)

# %% [markdown]
# **After this lesson you can** measure a slope with a nudge, say what a derivative, a partial
# derivative and a gradient are, write gradient descent as a loop, choose a learning rate, and use
# the chain rule.
#
# **You need** the squared error from [lesson 1](setting-the-scene.py#how-wrong-is-a-guess) and the
# sigmoid from [lesson 2](by-hand.py#on-top-a-sigmoid). You need no calculus.
#
# ## The loss is a curve
#
# Begin with the smallest model there is. It has one weight $w$ and guesses $w$ for every row, so its loss
# is a function of this one number:

# %% name="loss" tags=["live"]
import numpy as np

y = np.array([[0.0], [1.0], [1.0], [0.0]])


def loss(w):
    return ((w - y) ** 2).mean()


for w in [-0.5, 0.0, 0.5, 1.0, 1.5]:
    print(w, loss(w))

# %% [markdown]
# The loss falls until $w$ is one half, and then it rises again: it is a curve with one lowest point.
# Learning means finding that point without seeing the curve. You only know where you stand and what you
# can measure there.
#
# !!! predict "Before you scroll"
#     You stand at $w = 1.25$ in thick fog. How could you find out which way is down, and how steep
#     it is?
#
# ## A slope is rise over run
#
# Give $w$ a **nudge**: raise it a little, and see by how much the loss rises. The size of the nudge is
# called the run. The rise divided by the run is the **slope**:

# %% name="nudge" tags=["live", "hide-output"]
w = 1.25
for nudge in [1.0, 0.5, 0.1, 0.001]:
    rise = loss(w + nudge) - loss(w)
    print(f"run {nudge:g}, slope {rise / nudge:.3f}")

# %% tags=["remove-input"]
from xordocs import datasets, plots, tables
from xordocs.nn import losses as loss_functions

slope_there = (2 * (w - y)).mean()
nudges = np.array([1.0, 0.5, 0.1, 0.001])
quotients = [(loss(w + nudge) - loss(w)) / nudge for nudge in nudges]
assert slope_there == 3 / 2
assert np.allclose(quotients, slope_there + nudges, atol=1e-9)

# %% [markdown]
# (In an f-string, `{rise / nudge:.3f}` shows a number with three digits after the point, `{nudge:g}` as short as it
# goes.) The smaller the nudge, the closer the quotient comes to `{python} f"{slope_there:g}"`. The number that
# it settles on as the nudge goes to 0 is the **derivative** of the loss at this place. It is written
# $\frac{dJ}{dw}$. Here it is one and a half: if $w$ rises by a little, $J$ rises by one and a half times that.
# Its full name is the derivative of $J$ **with respect to** $w$. For short, this course calls it the slope of
# $J$ with respect to $w$.

# %% tags=["remove-input"]
weights = np.linspace(-0.75, 2.65, 69)
plots.tangent(
    weights,
    [loss(place) for place in weights],
    place=(w, loss(w)),
    slope=slope_there,
    nudged=[(w + nudge, loss(w + nudge)) for nudge in nudges[:2]],
    caption="Each nudge gives a line through two places of the curve. The shorter the run, the less steep the line, and "
    "in the end it leans as the solid one does. Close to the dot that line and the curve are almost the same: a slope "
    "tells you about its neighbourhood and nothing more.",
)

# %% [markdown]
# For this loss you can even work out the derivative exactly. Look at one row with the label $y$, and
# write $h$ for the nudge. The squared error goes from $(w - y)^2$ to
#
# $$\begin{aligned}
# &(w + h - y)^2 \\
# &\quad = (w - y)^2 + 2 (w - y)\, h + h^2
# \end{aligned}$$
#
# Subtract $(w - y)^2$, divide by $h$, and $2 (w - y) + h$ is left. As the nudge $h$ goes to 0, the last term
# disappears, so the slope of $(w - y)^2$ is $2 (w - y)$. In short: **the slope of $u^2$ with respect to $u$
# is $2u$.** If you add several terms, their rises add up, and so do their slopes. If you divide the sum by $N$, you
# divide its rise by $N$, and so its slope. So the slope of a mean is the mean of the slopes, and with $N$ rows
#
# $$\frac{dJ}{dw} = \frac{1}{N} \sum_{i=1}^{N} 2 (w - y_i)$$
#
# ## Gradient descent
#
# If the slope is positive, $w$ should become smaller. If it is negative, $w$ should become larger. Either way you go
# *against* the slope. How far? This curve gets steeper the further you are from its bottom, so take long steps where
# it is steep. (Not every curve is so kind: [lesson 7](deeper.py#where-the-squared-error-falls-silent) gets stuck on
# one that is flat far from its bottom.)
#
# $$w \leftarrow w - \eta\, \frac{dJ}{dw}$$
#
# The arrow says that the right side becomes the new $w$. The factor $\eta$, the Greek letter eta, is the
# **learning rate**, and you choose it. As long as the step is short, it lowers the loss. Taking such steps
# again and again is called **gradient descent**:

# %% name="descent" tags=["live"]
w = 1.75
learning_rate = 0.1

for step in range(10):
    slope = (2 * (w - y)).mean()
    print(f"step {step}: w = {w:.3f}, loss {loss(w):.4f}")
    w = w - learning_rate * slope

# %% tags=["remove-input"]
walk = [1.75]
for _ in range(10):
    walk.append(walk[-1] - 0.1 * (2 * (walk[-1] - y)).mean())
assert np.allclose(walk[-1], w)
lengths = -np.diff(walk[:-1])  # between the places that are printed
assert (np.diff(lengths) < 0).all()

# %% [markdown]
# The weight walks towards one half. Its steps become shorter by themselves, from
# `{python} f"{lengths[0]:.2f}"` to `{python} f"{lengths[-1]:.2f}"`, because the curve becomes flatter.
#
# ## The learning rate
#
# !!! predict "Before you scroll"
#     What happens if the learning rate is much smaller? And if it is about ten times as large?

# %% name="rates" tags=["live", "hide-output"]
for learning_rate in [0.02, 0.2, 1.04]:
    w = 1.75
    for step in range(6):
        w = w - learning_rate * (2 * (w - y)).mean()
    print(f"rate {learning_rate}: w = {w:.3f}, loss {loss(w):.4f}")

# %% tags=["remove-input", "hide-output"]
walks = {}
for words, rate in (("too small", 0.02), ("good", 0.2), ("too large", 1.04)):
    walk = [1.75]
    for _ in range(6):
        walk.append(walk[-1] - rate * (2 * (walk[-1] - y)).mean())
    walks[f"{words}\nη = {rate}"] = [(place, loss(place)) for place in walk]
    assert np.allclose(
        np.diff(np.array(walk) - 1 / 2),
        -2 * rate * (np.array(walk[:-1]) - 1 / 2),
    )
small, good, large = (np.array(walk) for walk in walks.values())
assert small[-1, 0] > 1.25
assert abs(good[-1, 0] - 1 / 2) < 0.1
assert (np.diff(large[:, 1]) > 0).all()
assert large[-1, 0] == w
wide = np.linspace(-1.75, 2.75, 55)
plots.steps(
    wide,
    [loss(place) for place in wide],
    walks,
    caption="Six steps from the same place. On the left they have hardly got anywhere. "
    "In the middle they are nearly there. On the right each step lands on the "
    "other side, a little higher than the one before.",
)

# %% [markdown]
# ??? note "What happens at which rate, exactly"
#     The mean of the labels is one half, so the slope is $2 \left(w - \frac{1}{2}\right)$, twice the
#     distance from the bottom. One step multiplies that distance by $1 - 2\eta$. If this factor lies
#     between 0 and 1, you come closer and stay on the same side. If it is 0, one step takes you to the
#     bottom. If it lies between $-1$ and 0, each step jumps across the bottom but still brings you closer.
#     At exactly $-1$ you jump back and forth for ever. Below $-1$ every jump takes you further away, and
#     the loss grows without end.
#
# Here is the ball from the top of the page again. Now try to find the best learning rate:

# %% tags=["remove-input"]
playground.embed("descent", learning_rate=0.1)

# %% tags=["remove-input"]
curvature = 2.0  # the slope grows by this much from w to w + 1
best = 1 / curvature
start = 1.75
slope_at_start = 2 * (start - y.mean())
assert start - best * slope_at_start == y.mean()
assert loss_functions.mse(
    start - 2 * best * slope_at_start + 0 * y, y
) == loss_functions.mse(start + 0 * y, y)
playground.ask(
    "At which learning rate does a single step take the ball to the very bottom?",
    best,
    f"The slope is twice the distance from the bottom. Times {best:g} that is the whole distance, "
    "wherever the ball starts.",
    hints={
        2
        * best: "At that rate the step is twice as long, and ends at the same height on the other side.",
    },
)

# %% [markdown]
# For a network, nobody can tell you the best learning rate in advance. You try a few and watch the loss:
# if it falls slowly from the very start, the rate is probably too small; if it jumps far up and down, the rate is too
# large.
#
# And where the walk ends well above 0, nobody can tell you whether there is a lower place. This curve had a single
# valley. The loss of a network may have many, and flat places besides. Here is another curve, with two valleys:


# %% tags=["remove-input"]
def height(w):
    return 0.25 * (w**2 - 1) ** 2 + 0.1 * w + 0.15


def roll(w, rate=0.2):
    walk = [w]
    for _ in range(12):
        w = w - rate * (w * (w**2 - 1) + 0.1)
        walk.append(w)
    return [(place, height(place)) for place in walk]


ways = {
    f"from w = {start:g}".replace("-", "−"): roll(start)
    for start in (-0.2, 0.4)
}
ends = [way[-1] for way in ways.values()]
assert ends[0][0] < 0 < ends[1][0]
assert ends[0][1] < ends[1][1] - 0.15
along = np.linspace(-1.6, 1.5, 43)
plots.steps(
    along,
    height(along),
    ways,
    caption="Twelve steps at the same rate. From its start each goes down, and stays in the valley that it comes to. "
    "The one on the right never finds out that there is a lower one.",
    title="One curve, two valleys",
)

# %% [markdown]
# So **where you arrive depends on where you begin**. Networks begin at random places, and some of them get stuck.
# [One later lesson](failure-clinic.py) looks at where they are stuck, and [another](census.py) counts them.
#
# ## Many weights, one gradient
#
# With two weights the loss is no longer a curve but a landscape that has a height for each pair of
# weights. Take the linear model of lesson 1 with its bias fixed at one half:
# $\hat{y} = w_1 x_1 + w_2 x_2 + \frac{1}{2}$.
#
# A smooth landscape has a slope in every direction, and two of them are enough: one along each weight. Nudge $w_1$
# alone, and leave $w_2$ as it is. The slope in that direction is the **partial derivative** of the loss with
# respect to $w_1$, written with a round d: $\frac{\partial J}{\partial w_1}$. Then nudge $w_2$ alone. All the
# partial derivatives together are the **gradient**, and each weight takes the step that its own slope asks
# for:
#
# $$w_1 \leftarrow w_1 - \eta\, \frac{\partial J}{\partial w_1} \quad
# w_2 \leftarrow w_2 - \eta\, \frac{\partial J}{\partial w_2}$$

# %% name="two-weights" tags=["live"]
x = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])


def sheet_loss(w1, w2):
    y_hat = w1 * x[:, 0:1] + w2 * x[:, 1:2] + 0.5
    return ((y_hat - y) ** 2).mean()


nudge = 0.001
w1, w2 = -1.75, 0.25
path = [(w1, w2)]
for step in range(20):
    slope1 = (sheet_loss(w1 + nudge, w2) - sheet_loss(w1, w2)) / nudge
    slope2 = (sheet_loss(w1, w2 + nudge) - sheet_loss(w1, w2)) / nudge
    w1 = w1 - 0.4 * slope1
    w2 = w2 - 0.4 * slope2
    path.append((w1, w2))

print(f"w1 = {w1:.2f}, w2 = {w2:.2f}, loss {sheet_loss(w1, w2):.4f}")

# %% [markdown]
# `x[:, 0:1]` is the first column of `x`, kept as a column of shape `(4, 1)`. Both slopes are measured
# before either weight moves. Here is the walk, seen from above. Each line joins places of equal height, as
# contour lines do on a hiking map. The star is the lowest place, where both weights are zero.

# %% tags=["remove-input"]
pairs = datasets.grid(40, -2.0, 1.0)
plots.landscape(
    pairs,
    [sheet_loss(p, q) for p, q in pairs],
    {"gradient descent": path},
    caption="Every step leaves its line of equal height at a right angle, "
    "because that is the steepest way down. Across the valley, where the lines lie close, "
    "the walk is quick, and along the valley it is slow.",
)

# %% tags=["remove-input"]
lowest = min(pairs, key=lambda pair: sheet_loss(*pair))
assert lowest.tolist() == [0, 0]  # where the star stands
assert np.hypot(*path[-1]) < 0.1
assert sheet_loss(*path[-1]) < 0.26
by_hand = np.array(
    [
        (2 * (p * x[:, :1] + q * x[:, 1:] + 1 / 2 - y) * x).mean(axis=0)
        for p, q in path[:-1]
    ]
)
assert np.allclose(np.diff(path, axis=0), -0.4 * by_hand, atol=1e-3)

# %% [markdown]
# <details class="note" markdown>
# <summary>Why is that the steepest way down?</summary>
#
# A step of $s_1$ along $w_1$ and $s_2$ along $w_2$ changes the loss by about the first slope times $s_1$
# plus the second slope times $s_2$:
#
# $$\Delta J \approx \frac{\partial J}{\partial w_1}\, s_1 + \frac{\partial J}{\partial w_2}\, s_2$$
#
# Of all steps of the same length, which one makes $\Delta J$ the smallest, that is, the furthest below
# zero? Try every direction around the place where the walk began. (The cosine and the sine of an angle are how far a
# step of length 1 goes to the right and up, and `np.cos` and `np.sin` take the angle times $\pi / 180$.)

# %% name="steepest" tags=["live"]
w1, w2 = path[0]
slope1 = (sheet_loss(w1 + nudge, w2) - sheet_loss(w1, w2)) / nudge
slope2 = (sheet_loss(w1, w2 + nudge) - sheet_loss(w1, w2)) / nudge

lowest = sheet_loss(w1, w2)
for angle in np.arange(0, 360):
    s1 = 0.01 * np.cos(angle * np.pi / 180)
    s2 = 0.01 * np.sin(angle * np.pi / 180)
    if sheet_loss(w1 + s1, w2 + s2) < lowest:
        lowest, best = sheet_loss(w1 + s1, w2 + s2), (s1, s2)

length = np.sqrt(slope1**2 + slope2**2)
print(f"lowest:       ({best[0] / 0.01:.2f}, {best[1] / 0.01:.2f})")
print(f"- gradient:   ({-slope1 / length:.2f}, {-slope2 / length:.2f})")

# %% tags=["remove-input"]
assert np.allclose(
    np.array(best) / 0.01, [-slope1 / length, -slope2 / length], atol=0.02
)

# %% [markdown]
# The lowest place lies exactly against the gradient, as far as whole degrees can tell. Both directions
# are printed as arrows of length 1.
#
# It must be so. The right side of the formula is a sum of products, called a **dot product**. Write $g_1$
# and $g_2$ for the two slopes. Multiply out both sides of the next line, and you find the same four terms on both:
#
# $$(g_1 s_1 + g_2 s_2)^2 + (g_1 s_2 - g_2 s_1)^2 = (g_1^2 + g_2^2)\,(s_1^2 + s_2^2)$$
#
# The right side depends only on the lengths of the gradient and of the step, not on where the step
# points. So the two squares on the left have a fixed sum. The square of the dot product is largest where the other is
# zero: where $s_1$ and $s_2$ are in proportion to $g_1$ and $g_2$. Then the step lies along the gradient, the
# steepest way up, or straight against it, the steepest way down. Where the other square is largest,
# the dot product is zero: the step is at a right angle to the gradient, along a line of equal height.
#
# </details>
#
# The walk ends close to the flat sheet of [lesson 1](setting-the-scene.py#the-best-flat-sheet), where
# both weights are 0, with a loss of `{python} f"{sheet_loss(*path[-1]):.2f}"`. With nine weights or with a
# billion, the step is the same. Let $\theta$, the Greek letter theta, stand for any parameter, a weight or
# a bias:
#
# $$\theta \leftarrow \theta - \eta\, \frac{\partial J}{\partial \theta}$$
#
# This one line is how nearly every network of this course learns.
#
# !!! note "A good place to stop for today"
#     You can now measure a slope, walk down a curve or a landscape, and choose how long the steps are.
#     What follows is one rule that finds slopes without nudges. It needs only what a slope is, that the
#     slope of $u^2$ is $2u$, and the sigmoid of lesson 2.
#
# ## The chain rule
#
# Nudges are slow. Each costs another look at the whole loss, and a billion weights need a billion nudges
# for every single step. But there is a way to get all the slopes at once: break the long computation into
# short ones whose slopes you know, and put these slopes together again.
#
# Take a computation in two parts: $u = 3w$ and then $J = u^2$, at $w = 1$. If $w$ rises by a little, $u$
# rises three times as much. And if $u$ rises by a little, $J$ rises $2u$ times as much. Watch a nudge pass
# through:

# %% name="chain" tags=["live"]
w = 1.0
u = 3 * w
J = u**2

nudged_w = w + 0.001
nudged_u = 3 * nudged_w
nudged_J = nudged_u**2

print(f"u rises {(nudged_u - u) / (nudged_w - w):.3f} times as much as w")
print(f"J rises {(nudged_J - J) / (nudged_u - u):.3f} times as much as u")
print(f"J rises {(nudged_J - J) / (nudged_w - w):.3f} times as much as w")

# %% tags=["remove-input"]
plots.chain(
    {"w": 1, "u": 3, "J": 9},
    {("w", "u"): 3, ("u", "J"): 6},
    caption="Each number on an arrow is a slope: how many times as large a "
    "change arrives at the arrow's end.",
)

# %% tags=["remove-input"]
passed_on = (nudged_J - J) / (nudged_w - w)
assert abs(passed_on - 3 * 2 * u) < 0.01

# %% [markdown]
# Three times as much, and six times as much again, is eighteen times as much. The nudge says
# `{python} f"{passed_on:.3f}"`, because it is small but not infinitely small. Why do the two multiply? Write the three
# rises as $\Delta w$, $\Delta u$ and $\Delta J$. A slope says how far a small nudge gets:
#
# $$\Delta u \approx \frac{du}{dw}\, \Delta w \qquad \Delta J \approx \frac{dJ}{du}\, \Delta u$$
#
# Put the first into the second, and divide by $\Delta w$. As the nudge goes to 0, both sides settle on the same number.
# **Along a chain, slopes multiply.** This is the **chain rule**:
#
# $$\frac{dJ}{dw} = \frac{dJ}{du} \cdot \frac{du}{dw}$$
#
# Now take the chain that you will meet again and again from here on: a weight, a sum, a sigmoid, a
# squared error. One input $x = 2$ comes in, the weight is $w = \frac{1}{2}$, and the label is $y = 0$:
#
# $$z = w x \qquad \hat{y} = \sigma(z) \qquad J = (\hat{y} - y)^2$$
#
# Each part has a slope of its own.
#
# - The sum: if $w$ rises by a little, $z$ rises $x$ times as much. **The slope of a product with respect to a
#   weight is the number that the weight multiplies.**
# - The sigmoid: **its slope is $\hat{y}\,(1 - \hat{y})$**, the output times 1 minus the output. The note below
#   derives it, and a number checks it: at $z = 0$ the output is one half, so the slope is one quarter. From
#   $z = -0.01$ to $z = 0.01$ the sigmoid rises by
#   `{python} f"{1 / (1 + np.exp(-0.01)) - 1 / (1 + np.exp(0.01)):.3f}"`, a quarter of the run.
# - The squared error: $2 (\hat{y} - y)$, as before.
#
# <details class="note" markdown>
# <summary>The slope of the sigmoid, in four steps</summary>
#
# The sigmoid is a chain itself: $q = 1 + e^{-z}$, and then $\hat{y} = 1/q$. Here it is at $z = 1$, where it
# stands in our chain:

# %% tags=["remove-input"]
q_here = 1 + np.exp(-1)
sigmoid_slope = np.exp(-1) / q_here**2
assert abs(sigmoid_slope - 1 / q_here * (1 - 1 / q_here)) < 1e-12
plots.chain(
    {"z": 1, "q": q_here, "ŷ": 1 / q_here},
    {("z", "q"): -np.exp(-1), ("q", "ŷ"): -1 / q_here**2},
    caption="Both slopes are negative: q falls as z rises, and ŷ rises as q falls. "
    f"Their product is positive, {sigmoid_slope:.3f}.",
)

# %% [markdown]
# 1. The slope of $q$ with respect to $z$ is $-e^{-z}$. The number $e$ is chosen so that $e^z$ is its own
#    slope. Take $e^{-z}$ in two steps: $u = -z$ has the slope $-1$, and $e^u$ the slope $e^u$.
# 2. The slope of $1/q$ with respect to $q$ is $-1/q^2$. If $q$ is nudged by $h$, the rise is
#
#     $$\frac{1}{q + h} - \frac{1}{q} = \frac{q - (q + h)}{q (q + h)} = \frac{-h}{q (q + h)}$$
#
#     Divide it by $h$, and let $h$ go to 0: what is left is the slope.
# 3. The two slopes multiply, and their minus signs cancel:
#
#     $$-e^{-z} \cdot \left(-\frac{1}{q^2}\right) = \frac{1}{q} \cdot \frac{e^{-z}}{q}$$
#
# 4. The first factor is $\hat{y}$. In the second, $e^{-z}$ is $q - 1$, so this factor is
#    $(q - 1)/q = 1 - 1/q$, and that is $1 - \hat{y}$.
#
# So the slope of the sigmoid is $\hat{y}\,(1 - \hat{y})$. At $z = 1$ it is
# $`{python} f"{1 / q_here:.3f}"` \cdot `{python} f"{1 - 1 / q_here:.3f}"` = `{python} f"{sigmoid_slope:.3f}"`$,
# as in the figure.
#
# You need not take it on trust that $e^z$ is its own slope. Nudge it:

# %% name="own-slope" tags=["live"]
for z in [-1.0, 0.0, 2.0]:
    slope = (np.exp(z + 0.00001) - np.exp(z)) / 0.00001
    print(f"at {z:g}: e^z is {np.exp(z):.4f}, its slope {slope:.4f}")

# %% [markdown]
# </details>
#
# Below, `chain` computes the whole chain, and `chain(...)[2]` is the third of its values, the loss.
# This time the nudge goes a little way to both sides, and the rise is divided by the whole distance
# between the two places. That comes closer to the slope than a nudge to one side.

# %% name="sigmoid-chain" tags=["live"]
one_x, one_y = 2.0, 0.0


def chain(w):
    z = w * one_x
    y_hat = 1 / (1 + np.exp(-z))
    return z, y_hat, (y_hat - one_y) ** 2


w = 0.5
z, y_hat, J = chain(w)

slope = 2 * (y_hat - one_y) * y_hat * (1 - y_hat) * one_x
nudged = (chain(w + 0.00001)[2] - chain(w - 0.00001)[2]) / 0.00002
print(f"by the chain rule {slope:.6f}")
print(f"by a nudge        {nudged:.6f}")

# %% tags=["remove-input"]
plots.chain(
    {"w": w, "z": z, "ŷ": y_hat, "J": J},
    {
        ("w", "z"): one_x,
        ("z", "ŷ"): y_hat * (1 - y_hat),
        ("ŷ", "J"): 2 * (y_hat - one_y),
    },
    caption="The slope of the loss with respect to the weight is the product of the "
    "numbers on the arrows. Begin at the right: each factor on the way back to "
    "the left is known as soon as you get there.",
)

# %% tags=["remove-input"]
chained = slope
assert round(chained, 6) == round(nudged, 6)
assert 0 < y_hat * (1 - y_hat) < 1 / 4
tables.Table(
    "The chain at w = ½, part by part.",
    ["part", "value", "its slope is", "in numbers"],
    [
        ["z = w · x", f"{z:.4f}", "x", f"{one_x:.4f}"],
        [
            "ŷ = σ(z)",
            f"{y_hat:.4f}",
            "ŷ (1 − ŷ)",
            f"{y_hat * (1 - y_hat):.4f}",
        ],
        [
            "J = (ŷ − y)²",
            f"{J:.4f}",
            "2 (ŷ − y)",
            f"{2 * (y_hat - one_y):.4f}",
        ],
        ["from w to J", "", "their product", f"{chained:.4f}"],
    ],
)

# %% [markdown]
# The product is `{python} f"{chained:.4f}"`, and the nudge agrees. The slope is positive, so gradient
# descent will make the weight smaller. That makes sense: the label is 0, and the guess of
# `{python} f"{y_hat:.2f}"` is too high.
#
# ## Where paths meet, slopes add
#
# A number can reach the loss in more than one way. Let $p = 3w$ and $q = w + 1$, and let $J$ be their
# product, $p\,q$. Take $w = 1$ once more. A nudge of $w$ goes along both paths at once. Along each of
# them the slopes multiply, and at the end the two effects add up:

# %% tags=["remove-input"]
plots.chain(
    {"w": 1, "p": 3, "q": 2, "J": 6},
    {("w", "p"): 3, ("w", "q"): 1, ("p", "J"): 2, ("q", "J"): 3},
    caption="By way of p a change arrives 3 · 2 = 6 times as large, and by way of "
    "q it arrives 1 · 3 = 3 times as large. Together that is 9 times as large.",
)

# %% tags=["remove-input"]
both = (3 * 1.001 * 2.001 - 3 * 2) / 0.001
assert abs(both - 9) < 0.01

# %% [markdown]
# Check it: $J = 3w (w + 1) = 3 w^2 + 3 w$. Three times something has three times its slope, so the slope of
# $J$ is $3 \cdot 2w + 3$, which is 9 at $w = 1$. And why do they add? Nudge both factors, and multiply out:
#
# $$\begin{aligned}
# (p + \Delta p)(q + \Delta q) &= p\,q + q\,\Delta p \\
# &\quad {} + p\,\Delta q + \Delta p\,\Delta q
# \end{aligned}$$
#
# The two terms in the middle are what each path brings, $2\,\Delta p$ and $3\,\Delta q$ here. The last one is a nudge
# of a nudge: divided by $\Delta w$, it still goes to 0. Other functions of two numbers do the same, as long as they
# are smooth: a small nudge of each number brings what its own slope says. Here is the rule as a formula, with a round
# d where a function depends on two numbers:
#
# $$\frac{dJ}{dw} = \frac{\partial J}{\partial p} \cdot \frac{dp}{dw}
# + \frac{\partial J}{\partial q} \cdot \frac{dq}{dw}$$
#
# Multiply along each path, and add where paths meet: this is all the calculus that you need for a
# network. [The next lesson](forward-pass.py) sends a row up through one, and
# [backpropagation](backpropagation.py) carries the slopes back.
#
# ## Exercises
#
# Measure a slope with a nudge to both sides: the rise from $w - h$ to $w + h$, divided by the run. Write
# a function that does this for any function `f`.


# %% Measure a slope name="slope-by-nudging" tags=["exercise"]
def slope_by_nudging(f, w, h):
    # the rise over the run
    return ...


# %% tags=["check"]
from xordocs.exercises import call, compare


def check():
    def cube(w):
        return w**3

    w, h = 2.0, 0.25
    above, below = 2.25**3, 1.75**3
    compare(
        "slope_by_nudging",
        call("slope_by_nudging", slope_by_nudging, (cube, w, h), "slope"),
        (above - below) / 0.5,
        "rise over run, by hand,",
        [
            ("From w - h to w + h the run is 2 * h.", (above - below) / 0.25),
            ("Is the rise not divided by the run?", above - below),
            ("Divide by the run, do not multiply.", (above - below) * 0.5),
            ("Put the run, 2 * h, into brackets.", (above - below) * 0.125),
            ("That is a nudge to one side alone.", (above - 8.0) / 0.5),
            ("That is a nudge to one side alone.", (8.0 - below) / 0.5),
            ("That is a nudge to one side alone.", (above - 8.0) / 0.25),
            ("Upper value minus lower value, please.", (below - above) / 0.5),
        ],
    )
    print("Rise over run, to both sides.")


check()

# %% [markdown] tags=["hint"]
# The upper value is `f(w + h)`, and the lower one is `f(w - h)`. How far are `w - h` and `w + h`
# apart?


# %% tags=["solution"]
def slope_by_nudging(f, w, h):
    return (f(w + h) - f(w - h)) / (2 * h)


# %% [markdown]
# With your function you can walk downhill on any smooth curve. Write the step.


# %% Walk downhill name="descend" tags=["exercise"]
def descend(f, w, learning_rate, steps):
    for step in range(steps):
        # a step against the
        # slope, with h = 0.001
        w = ...
    return w


# %% tags=["check"]
from xordocs.exercises import call, compare


def check():
    def quartic(w):
        return w**4 / 4

    call("slope_by_nudging", slope_by_nudging, (quartic, 1.0, 0.001), "slope")
    slope = 8.000002
    one = 2.0 - 0.1 * slope
    two = one - 0.1 * (one**3 + one * 0.000001)
    compare(
        "descend, after one step,",
        call("descend", descend, (quartic, 2.0, 0.1, 1), "w"),
        one,
        "a step by hand",
        [
            ("The step goes up the slope: turn its sign.", 2.0 + 0.1 * slope),
            ("Is the learning rate missing?", 2.0 - slope),
            ("The learning rate multiplies the slope.", 2.0 - slope / 0.1),
            ("Is the old w missing?", -0.1 * slope),
            ("That is the slope: the step is still missing.", slope),
            ("w has not moved.", 2.0),
        ],
    )
    compare(
        "descend, after two steps,",
        call("descend", descend, (quartic, 2.0, 0.1, 2), "w"),
        two,
        "two steps by hand",
        [
            ("That is one step: does `return` stand inside the loop?", one),
        ],
    )
    print("Each step goes down, and the next one goes on from there.")


check()

# %% [markdown] tags=["hint"]
# The slope is `slope_by_nudging(f, w, 0.001)`, and the step is the learning rate times the slope.
# The new `w` is the old one minus the step.


# %% tags=["solution"]
def descend(f, w, learning_rate, steps):
    for step in range(steps):
        w = w - learning_rate * slope_by_nudging(f, w, 0.001)
    return w


# %% [markdown]
# Try it on the loss from the beginning of this lesson, and change the start and the learning rate:

# %% name="your-descent" tags=["live"]
print(f"w = {descend(loss, 1.75, 0.2, 20):.4f}")

# %% tags=["remove-input"]
u = 2 * 1.0
answer = 2 * (u - 3) * 2
playground.ask(
    "A chain: u = 2w and J = (u − 3)². What is the slope of J with respect to w at w = 1?",
    answer,
    "u is 2, so the slope of the square is 2 (u − 3) = −2. Times 2, the slope of u with respect to w, "
    "that is −4: if w rises, the loss falls.",
    hints={
        -2: "That is the slope of J with respect to u. How fast does u change with w?",
        4: "The size is right. Is u − 3 positive or negative?",
        2: "The slope of the square is 2 (u − 3), and u is 2 here.",
    },
)

# %% [markdown]
# !!! exercise "Both at the same time"
#     In the loop with two weights, both slopes are measured before either weight moves. What changes if
#     `w1` moves before `slope2` is measured? Why does this matter more with a large learning rate than
#     with a small one?
#
# ??? answer "Answer"
#     `slope2` would be the slope at another place: at the new $w_1$ and the old $w_2$. The two slopes
#     would no longer be the gradient at the place where you stand, so the step would not be the steepest
#     way down from there. With a small learning rate $w_1$ has hardly moved, and the slope at the new
#     place is nearly the same; with a large one it can even have the opposite sign.
#
# ## In short
#
# A slope says how fast the loss rises as a weight rises, so step against it; the learning rate says how
# far: $\theta \leftarrow \theta - \eta\, \partial J / \partial \theta$. Slopes multiply along a path and
# add up over the paths.
#
# ## Sources
#
# - A. Cauchy, "Méthode générale pour la résolution des systèmes d'équations simultanées", *Comptes
#   rendus* (1847): gradient descent. C. Lemaréchal, "Cauchy and the gradient method", *Documenta
#   Mathematica* (2012), tells the story.
# - I. Goodfellow, Y. Bengio, A. Courville, *Deep Learning* (2016), §4.3: gradient-based
#   optimization; §6.5: the chain rule in a network.
