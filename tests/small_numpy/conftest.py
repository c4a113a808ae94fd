"""The interpreters that the small NumPy is held to NumPy in."""

import json
from pathlib import Path

import evaluating
import pytest
from micropython import MicroPython

from xordocs import small_numpy


class InCPython:
    """The small NumPy in this process."""

    def evaluate(self, code, arguments):
        return evaluating.evaluate(small_numpy, code, arguments)


class InMicroPython:
    """The small NumPy where readers have it."""

    def __init__(self, micropython):
        self.run = micropython.run
        self.run(Path(evaluating.__file__).read_text("utf-8") + "\nimport numpy")

    def evaluate(self, code, arguments):
        question = json.dumps([code, arguments])
        return json.loads(self.run(f"print(answer(numpy, {question!r}))"))


@pytest.fixture(scope="session")
def micropython():
    python = MicroPython()
    yield python
    python.close()


@pytest.fixture(scope="session", params=["CPython", "MicroPython"])
def small(request):
    """Either interpreter, with the small NumPy."""
    if request.param == "CPython":
        return InCPython()
    return InMicroPython(request.getfixturevalue("micropython"))
