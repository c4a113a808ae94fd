"""What Python has and MicroPython lacks; imported once, before a reader's code runs."""

import builtins
import itertools
from collections.abc import Iterable
from typing import Any

columns = builtins.zip


def zip(*iterables: Iterable[Any], strict: bool = False) -> Any:  # noqa: A001 - Python's name
    """Return Python's ``zip``, which can check that all are equally long."""
    if not strict:
        return columns(*iterables)
    lists = [list(each) for each in iterables]
    for place, items in enumerate(lists):
        if len(items) != len(lists[0]):
            word = "shorter" if len(items) < len(lists[0]) else "longer"
            raise ValueError(f"zip() argument {place + 1} is {word} than argument 1")
    return columns(*lists)


def pairwise(iterable: Iterable[Any]) -> Any:
    """Return each item with the next one."""
    items = list(iterable)
    return columns(items, items[1:])


builtins.zip = zip  # type: ignore[assignment,misc]
itertools.pairwise = pairwise  # type: ignore[assignment,misc]
