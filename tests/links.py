"""Generated arguments of `xordocs.playground.link`."""

import numpy as np
from hypothesis import strategies as st

from xordocs.nn import activations, initializers, losses

ACCEPTED = {
    "hidden_layers": st.lists(st.integers(1, 16), min_size=1, max_size=4).map(tuple),
    "seed": st.integers(0, 2**32 - 1),
    "learning_rate": st.floats(np.finfo(float).tiny, 1e6) | st.sampled_from([1e-6, 1e-7, 1e6]),
    "activation": st.sampled_from(activations.ACTIVATIONS),
    "loss": st.sampled_from(losses.LOSSES),
    "initializer": st.sampled_from(initializers.INITIALIZERS),
    "epoch": st.integers(0, 20_000),
}
"""What the playground accepts, by the argument's name."""

REFUSED = {
    "hidden_layers": st.lists(st.integers(1, 16), min_size=5)
    | st.tuples(st.integers(min_value=17) | st.integers(max_value=0))
    | st.just(()),
    "seed": st.integers(max_value=-1) | st.integers(min_value=2**32),
    "learning_rate": st.floats(1e6, exclude_min=True)
    | st.floats(max_value=0)
    | st.just(float("nan")),
    "activation": ACCEPTED["activation"].map(lambda it: it._replace(function=abs))
    | ACCEPTED["activation"].map(lambda it: it._replace(name="swish")),
    "loss": ACCEPTED["loss"].map(lambda it: it._replace(delta=max))
    | ACCEPTED["loss"].map(lambda it: it._replace(name="hinge")),
    "initializer": ACCEPTED["initializer"].map(lambda it: it._replace(function=abs))
    | ACCEPTED["initializer"].map(lambda it: it._replace(name="orthogonal")),
    "epoch": st.integers(max_value=-1) | st.integers(min_value=20_001),
    "page": st.sampled_from(["playground.py?seed=3", "playground.py#instrument", "?", "#"]),
}
"""What it does not accept."""


def arguments() -> st.SearchStrategy[dict[str, object]]:
    """Any of the accepted arguments, each with or without a value."""
    return st.fixed_dictionaries({}, optional=ACCEPTED)
