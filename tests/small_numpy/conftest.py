"""The interpreters that the small NumPy is held to NumPy in."""

import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import evaluating
import pytest
from micropython import MicroPython

from xordocs import small_numpy


class InCPython:
    """The small NumPy in this process."""

    name = "CPython"

    def evaluate(self, code, arguments):
        return evaluating.evaluate(small_numpy, code, arguments)


class InMicroPython:
    """The small NumPy where readers have it."""

    name = "MicroPython"

    def __init__(self, micropython):
        self.run = micropython.run
        self.run(Path(evaluating.__file__).read_text("utf-8") + "\nimport numpy")

    def evaluate(self, code, arguments):
        question = json.dumps([code, arguments])
        return json.loads(self.run(f"print(answer(numpy, {question!r}))"))


class NumPyOfPlainSteps:
    """NumPy in a process whose C library multiplies and adds in two steps, as WebAssembly does.

    Where a processor can do both in one, glibc's logarithm does, and rounds a few numbers in
    another way; GLIBC_TUNABLES tells it that this one cannot.
    """

    def __init__(self):
        self._process = subprocess.Popen(
            [sys.executable, "-c", ANSWER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            cwd=Path(evaluating.__file__).parent,
            env={**os.environ, "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2"},
        )

    def evaluate(self, code, arguments):
        self._process.stdin.write(json.dumps([code, arguments]) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def close(self):
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


ANSWER = """
import sys, evaluating, numpy
for question in sys.stdin:
    print(evaluating.answer(numpy, question), flush=True)
"""


@pytest.fixture(scope="session")
def plain_steps():
    if (platform.libc_ver()[0], platform.machine()) != ("glibc", "x86_64"):
        assert "CI" not in os.environ, "CI has another C library"
        pytest.skip("the C library is not glibc's for x86-64")
    process = NumPyOfPlainSteps()
    yield process
    process.close()


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
