"""The shapes in the signatures of inner functions are checked while the tests run."""

import inspect
import subprocess
import sys
from typing import get_args

import numpy as np
import pytest
from jaxtyping import AbstractArray, TypeCheckError

from xordocs import datasets
from xordocs.nn import activations, initializers, losses, numpy_mlp

X, Y = datasets.xor()
PARAMETERS = numpy_mlp.initialize((3,))
PASSED = numpy_mlp.forward(PARAMETERS, X)


@pytest.mark.parametrize(
    "call",
    [
        lambda: numpy_mlp.forward(PARAMETERS, X[0]),
        lambda: numpy_mlp.forward(PARAMETERS, X > 0),
        lambda: numpy_mlp.backward(PARAMETERS, *PASSED, Y[:, 0]),
        lambda: numpy_mlp.backward(PARAMETERS, *PASSED, Y[:3]),
        lambda: activations.relu([1.0]),
        lambda: losses.mse_gradient(Y, Y[:3]),
        lambda: losses.squared_errors(Y, Y[:, 0]),
        lambda: losses.MSE.value(Y[:3], Y),
        lambda: initializers.he(np.ones(3)),
    ],
)
def test_a_wrong_shape_is_refused(call):
    with pytest.raises(TypeCheckError):
        call()


def test_without_the_hook_nothing_is_checked():
    """So that the test above rests on the hook, and users pay for no check."""
    code = (
        "import numpy as np; from xordocs.nn import activations as a; a.relu([1.0]);"
        "from xordocs.nn.losses import squared_errors as s; s(np.ones(2), np.ones((3, 2)))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("module", [activations, initializers, losses, numpy_mlp])
def test_an_annotation_is_there_at_run_time(module):
    """One that only a type checker sees would make the hook accept everything."""
    hints = [
        hint
        for _, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        for hint in inspect.get_annotations(function).values()
        for hint in (hint, *get_args(hint))
    ]
    assert not any(isinstance(hint, str) for hint in hints)
    assert any(isinstance(hint, type) and issubclass(hint, AbstractArray) for hint in hints)
