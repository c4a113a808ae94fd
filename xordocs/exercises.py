"""Compare what a reader has written with what it should be, and say what differs.

The checks of exercises call these functions. Whatever is not as it should be is an
`AssertionError`, whose message tells the reader so in numbers, and in words where it knows the
mistake. The module runs in MicroPython as well.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from xordocs.nn.parameters import Array

__all__ = ["bias_mistakes", "call", "compare", "output_mistakes", "slopes"]

TOLERANCE = 1e-5
"""How far apart numbers may be, as a share of the largest: nudges are a thousand times as good."""
NOTHING = 1e-9
"""The same where all should be zero, which is what rounding may leave of a nudge."""


def slopes(
    loss: Callable[[], float],
    array: Array,
    step: float = 1e-5,
) -> Array:
    """Return the loss's slope along each number, by nudging it up and down.

    Args:
        loss: Returns the loss for what the array holds at the moment.
        array: Floats ``(rows, columns)``; they are moved, and put back.
        step: How far each number moves to either side.

    Returns:
        The central differences, in the shape of ``array``.

    Raises:
        TypeError: ``array`` holds whole numbers, which cannot move a little.
    """
    found = np.zeros(array.shape)
    for row in range(array.shape[0]):
        for column in range(array.shape[1]):
            value = float(array[row, column])
            array[row, column] = value + step
            if array[row, column] == value:
                raise TypeError("array must hold floats, got whole numbers")
            above = loss()
            array[row, column] = value - step
            below = loss()
            array[row, column] = value
            found[row, column] = (above - below) / (2 * step)
    return found


def compare(
    name: str,
    value: Any,
    expected: Any,
    truth: str,
    mistakes: Sequence[tuple[str, Any]] = (),
) -> None:
    """Compare a reader's numbers with those expected.

    Args:
        name: What the reader calls the value.
        value: What the reader has made; anything at all.
        expected: An array, or a number.
        truth: Where the expected numbers come from, such as "a nudge".
        mistakes: Sentences that name a mistake, each with the numbers that it leads to.

    Raises:
        AssertionError: The value differs. The message shows the number that differs most, and
            names the mistake if it is one of those given, or one that any exercise may have: a
            turned sign, a transposed product, a common factor.
    """
    wanted_shape, wanted = _shape(expected), _numbers(expected)
    shape, numbers = _check_numbers(name, value, wanted_shape)
    if shape != wanted_shape:
        differs = f"{name} must be {_kind(wanted_shape)}, got {_kind(shape)}."
    elif _are_close(numbers, wanted):
        return
    else:
        differs = _difference(name, shape, numbers, wanted, truth)
    for words, mistaken in mistakes:
        if _shape(mistaken) == shape and _are_close(numbers, _numbers(mistaken)):
            raise AssertionError(f"{differs} {words}")
    raise AssertionError(differs + _guess(shape, numbers, wanted_shape, wanted))


def call(name: str, function: Any, arguments: Sequence[Any], returns: str) -> Any:
    """Call a reader's function, and return what it returns.

    Args:
        name: What the reader calls the function.
        function: What the reader has written.
        arguments: What to call it with.
        returns: The names of what it should return, separated by commas.

    Raises:
        AssertionError: It is no function, stops with an error, or returns too few or too many
            values.
    """
    if not callable(function):
        raise AssertionError(f"{name} must be a function, got {_what(function)}.")
    try:
        result = function(*arguments)
    except Exception as error:
        kind = type(error).__name__
        if isinstance(error, TypeError) and _speaks_of_dots(str(error)):
            raise AssertionError(
                f"{name} stops with {kind} at a line that is still `...`, or needs one that is. "
                "Put your own line in place of the dots."
            ) from None
        stops = f"{name} stops with {kind}: {error}."
        if str(error).startswith("matmul"):
            stops += " In `A @ B` the columns of A must be as many as the rows of B."
        if not isinstance(error, NameError):
            stops += f" It was called with {', '.join([_what(it) for it in arguments])}."
        raise AssertionError(stops) from None
    names = returns.split(", ")
    if result is None:
        raise AssertionError(f"{name} returns nothing. Does it end with `return {returns}`?")
    if result is ...:
        raise AssertionError(f"{name} still returns `...`. Put your own line in place of the dots.")
    parts = [result] if len(names) == 1 else result
    if not isinstance(parts, (tuple, list)) or len(parts) != len(names):
        raise AssertionError(
            f"{name} must return {len(names)} values, {returns}, got {_what(result)}."
        )
    for part_name, part in zip(names, parts, strict=True):
        if part is ...:
            raise AssertionError(
                f"{part_name} is still `...` in {name}. Put your own line in place of the dots."
            )
    return result


def bias_mistakes(delta: Array) -> list[tuple[str, Array]]:
    """Return likely mistakes in the gradient of a layer's bias, for `compare`.

    Args:
        delta: The loss's gradient with respect to the layer's sums, ``(rows, units)``.

    Returns:
        What to say of each mistake, and what it makes of the gradient.
    """
    axis = "The sum runs over the wrong axis: axis=0 adds up the rows."
    shape = "With keepdims=True the sum keeps the shape of the bias."
    total = delta.sum(axis=0, keepdims=True)
    return [
        ("The bias has no gradient yet: add up its deltas.", 0 * total),
        ("Add up the deltas: the sum, not the mean.", total / len(delta)),
        (axis, delta),
        (axis, delta.sum(axis=1)),
        (axis, delta.sum(axis=1, keepdims=True)),
        (shape, delta.sum(axis=0)),
        (shape, delta.sum()),
    ]


def output_mistakes(came_in: Array, error: Array, slope: Array) -> list[tuple[str, Array]]:
    """Return likely mistakes in the gradient of the output unit's weights, for `compare`.

    The loss is the mean squared error, and the output unit is a sigmoid.

    Args:
        came_in: What comes in at the output unit, ``(rows, inputs)``.
        error: The predictions less the targets, ``(rows, 1)``.
        slope: The sigmoid's slope at the unit's sums, ``(rows, 1)``.

    Returns:
        What to say of each mistake, and what it makes of the gradient.
    """
    rows = len(error)
    return [
        ("Is the 1/N of the mean missing?", came_in.T @ (2 * error * slope)),
        ("N is the number of rows, not always 4.", came_in.T @ (error * slope / 2)),
        ("Is the sigmoid's slope missing?", came_in.T @ (2 / rows * error)),
        ("Is the factor 2 missing?", came_in.T @ (error * slope / rows)),
    ]


def _speaks_of_dots(message: str) -> bool:
    """Tell whether an error's message is about `...`, whose class has no name in MicroPython."""
    return "ellipsis" in message.lower() or "''" in message


def _shape(value: Any) -> tuple[int, ...]:
    return tuple(getattr(value, "shape", ()))


def _numbers(value: Any) -> list[float]:
    """Return all numbers of an array, row after row."""
    if not _shape(value):
        return [float(value)]
    return [number for part in value for number in _numbers(part)]


def _check_numbers(
    name: str, value: Any, wanted: tuple[int, ...]
) -> tuple[tuple[int, ...], list[float]]:
    """Return the shape and the numbers of what a reader has made, if all are finite."""
    if value is ...:
        raise AssertionError(f"{name} is still `...`. Put your own line in place of the dots.")
    if not (hasattr(value, "shape") or isinstance(value, (bool, int, float))):
        hint = " `np.array(…)` makes an array of it." if isinstance(value, list) else ""
        raise AssertionError(f"{name} must be {_kind(wanted)}, got {_what(value)}.{hint}")
    shape = _shape(value)
    try:
        numbers = _numbers(value)
    except (TypeError, ValueError):
        raise AssertionError(f"{name} must hold numbers, got {value}.") from None
    for place, number in enumerate(numbers):
        if number - number != 0:
            raise AssertionError(
                f"{_entry(name, shape, place)} is {number}, which is no number to go on with. "
                "Is something divided by zero, or far too large?"
            )
    return shape, numbers


def _are_close(numbers: list[float], wanted: list[float]) -> bool:
    tolerance = TOLERANCE * max([abs(number) for number in wanted]) + NOTHING
    return all(abs(numbers[at] - wanted[at]) <= tolerance for at in range(len(wanted)))


def _difference(
    name: str, shape: tuple[int, ...], numbers: list[float], wanted: list[float], truth: str
) -> str:
    """Return a sentence on the number that differs most."""
    place = max(range(len(numbers)), key=lambda at: abs(numbers[at] - wanted[at]))
    for digits in (3, 5, 8, 17):
        style = "{:." + str(digits) + "g}"
        got, want = style.format(numbers[place] + 0.0), style.format(wanted[place] + 0.0)
        if got != want:
            break
    return f"Your {_entry(name, shape, place)} says {got}, {truth} says {want}."


def _guess(
    shape: tuple[int, ...],
    numbers: list[float],
    wanted_shape: tuple[int, ...],
    wanted: list[float],
) -> str:
    """Return a sentence on a mistake that leaves its mark in any exercise, or nothing."""
    if len(shape) == 2 and shape[1:] + shape[:1] == wanted_shape:
        rows, columns = shape
        turned = [
            numbers[row * columns + column] for column in range(columns) for row in range(rows)
        ]
        if len(turned) > 1 and _are_close(turned, wanted):
            return (
                " These are the numbers of the transposed product: rows and columns are exchanged."
            )
    if shape != wanted_shape:
        return ""
    if _are_close([-number for number in numbers], wanted):
        return " All but the sign is right."
    if not any(numbers):
        return " Nothing has arrived here yet."
    largest = max(range(len(wanted)), key=lambda at: abs(wanted[at]))
    factor = numbers[largest] / wanted[largest] if wanted[largest] else 0.0
    if len(numbers) > 1 and factor and _are_close([number / factor for number in numbers], wanted):
        share = f"{factor:.3g} times what they should be"
        return f" All numbers are {share}: is a factor missing, or one too many?"
    return ""


def _entry(name: str, shape: tuple[int, ...], place: int) -> str:
    """Return the name of one number of an array, such as ``dW2[1, 0]``."""
    if len(shape) == 1:
        return f"{name}[{place}]"
    if len(shape) == 2 and shape != (1, 1):
        return f"{name}[{place // shape[1]}, {place % shape[1]}]"
    return name


def _kind(shape: tuple[int, ...]) -> str:
    return f"an array of shape {shape}" if shape else "a single number"


def _what(value: Any) -> str:
    """Return what a value is, in a few words."""
    if value is None or value is ... or isinstance(value, (bool, int, float)):
        return "`...`" if value is ... else str(value)
    if hasattr(value, "shape"):
        return _kind(_shape(value))
    if isinstance(value, list):
        return "a list"
    if isinstance(value, tuple):
        return "(" + ", ".join([_what(part) for part in value]) + ")"
    if callable(value):
        return "a function"
    return f"a value of type {type(value).__name__}"
