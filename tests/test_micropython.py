"""Sources as MicroPython reads them."""

import gzip
import json

import pytest

from xordocs.micropython import library
from xordocs.micropython._translation import translate


@pytest.mark.parametrize(
    ("source", "translated"),
    [
        ('"""Doc."""\nx = 1  # one\n"""Of x."""\n', "x = 1\n"),
        ("def f(x: int, *, y: str = '') -> None:\n    'Doc.'\n", "def f(x, *, y=''):\n    pass\n"),
        ("x: int = 1\n", "x = 1\n"),
        ("from typing import Any\ndef f(x: Any): return x\n", "def f(x):\n    return x\n"),
        ("from a import Kind, g\ndef f(x: Kind): g()\n", "from a import g\n\ndef f(x):\n    g()\n"),
        ("from a import g\n__all__ = ['g']\n", "from a import g\n"),
        ("Rows = list[int]\ndef f(x: Rows): pass\n", "Rows = None\n\ndef f(x):\n    pass\n"),
        ("x = [1, *y]\n", "x = [1] + list(y)\n"),
        ("x = 1, *y, 2\n", "x = tuple([1] + list(y) + [2])\n"),
        ("a, *b = c\n", "a, *b = c\n"),
    ],
)
def test_what_only_readers_and_type_checkers_need_is_gone(source, translated):
    assert translate(source) == translated


def test_a_named_tuple_has_its_fields_written_out():
    source = """
from typing import NamedTuple
class Pair(NamedTuple):
    x: int
    y: int
class Row(NamedTuple):
    x: int
    def double(self) -> int:
        return 2 * self.x
"""
    names = {}
    text = translate(source)
    exec(text, names)
    assert "typing" not in text
    assert names["Pair"](1, 2) == (1, 2)
    assert names["Row"](3).double() == 6
    assert names["Pair"]._fields == ("x", "y")


def test_a_type_used_as_a_value_is_refused():
    source = "from typing import Any\nx = Any\n"
    with pytest.raises(ValueError, match="MicroPython has no Any: use it in annotations only"):
        translate(source)


def test_the_library_is_small():
    """MicroPython has 222 KB of the 260 KB that a first run may fetch."""
    assert len(gzip.compress(json.dumps(library()).encode(), 9)) < 24_000


def test_the_library_brings_no_documentation():
    text = "\n".join(library().values())
    assert '"""' not in text
    assert "typing" not in text
    assert len(text) > 10_000
