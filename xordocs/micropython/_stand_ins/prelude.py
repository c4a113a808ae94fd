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


def refuse_arrays(choose: Any) -> Any:
    """Return ``max`` or ``min`` such that it raises NumPy's error instead of comparing arrays.

    MicroPython's own takes the array that a comparison gives for a no.
    """

    def choice(*values: Any, **options: Any) -> Any:
        among = values[0] if len(values) == 1 and hasattr(values[0], "shape") else values
        for value in among:
            if hasattr(value, "shape"):
                bool(value)
        return choose(*values, **options)

    return choice


builtins.zip = zip  # type: ignore[assignment,misc]
itertools.pairwise = pairwise  # type: ignore[assignment,misc]
builtins.max = refuse_arrays(builtins.max)
builtins.min = refuse_arrays(builtins.min)
