"""MicroPython's files are those of the package they came in, and a run fits into its memory."""

import hashlib
from pathlib import Path

import pytest

VENDOR = Path(__file__).parents[2] / "docs" / "assets" / "vendor" / "micropython"


def hashes():
    lines = (VENDOR / "SHA256SUMS").read_text("ascii").splitlines()
    return {name: digest for digest, name in map(str.split, lines)}


def test_each_file_has_a_hash():
    files = {path.name for path in VENDOR.iterdir()} - {"LICENSE.txt", "README.md", "SHA256SUMS"}
    assert files == hashes().keys()
    assert {"micropython.mjs", "micropython.wasm"} <= files


@pytest.mark.parametrize("name", ["micropython.mjs", "micropython.wasm"])
def test_a_file_is_the_packages_own(name):
    assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == hashes()[name]


def test_five_hundred_epochs_leave_little_behind(micropython):
    """In a browser nothing is collected until a run ends: each number made takes 16 bytes."""
    grown = micropython.run("""
import gc
from xordocs.datasets import xor
from xordocs.nn import numpy_mlp
start = numpy_mlp.initialize(seed=1)
before = gc.mem_alloc()
numpy_mlp.train(start, *xor())
print(gc.mem_alloc() - before)
""")
    assert 0 < int(grown) < 32 * 2**20
