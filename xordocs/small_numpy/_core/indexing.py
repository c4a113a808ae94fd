"""What stands in an array's brackets: numbers, slices, None, masks, and lists of numbers."""

from typing import Any, NamedTuple

from .missing import missing
from .shapes import Shape, broadcast, places, shape_text, spread

__all__ = ["Picks", "Selection", "select"]


class _Brackets:
    def __getitem__(self, key: Any) -> Any:
        return key


WHOLE = _Brackets()[:]
"""A slice of everything, as MicroPython makes slices in brackets alone."""


class Picks(NamedTuple):
    """An array between the brackets.

    Args:
        numbers: Its numbers, row by row.
        shape: Its shape.
        is_mask: Whether they are booleans.
    """

    numbers: list[Any]
    shape: Shape
    is_mask: bool


class Selection(NamedTuple):
    """What brackets select of an array's numbers.

    Args:
        shape: The selection's shape.
        view: Its offset and strides, where it is a view; else None.
        places: Where its numbers lie, where it is not; else empty.
    """

    shape: Shape
    view: tuple[int, Shape] | None
    places: list[int]


def select(key: tuple[Any, ...], offset: int, shape: Shape, strides: Shape) -> Selection:
    """Find what a key selects.

    Args:
        key: An int, a slice, None, ``...`` or `Picks` for each axis.
        offset: Where the array's first number lies.
        shape: The array's shape.
        strides: How far apart its numbers lie.

    Raises:
        IndexError: An index is out of bounds or of another kind, in NumPy's words.
    """
    items = _one_an_axis(list(key), shape)
    rest_shape: list[int] = []
    rest_strides: list[int] = []
    picked: list[tuple[list[int], Shape]] = []
    picked_first = False
    axis = 0
    for item in items:
        if item is None:
            rest_shape.append(1)
            rest_strides.append(0)
            continue
        length, stride = shape[axis], strides[axis]
        if isinstance(item, slice):
            start, stop, step = item.indices(length)
            rest_shape.append(len(range(start, stop, step)))
            rest_strides.append(step * stride)
            offset += start * stride if rest_shape[-1] else 0
        elif isinstance(item, Picks):
            picked_first = picked_first or not rest_shape
            chosen = _indices(item, length, axis)
            picked.append(
                ([stride * i for i in chosen], (len(chosen),) if item.is_mask else item.shape)
            )
        else:
            offset += _index(item, length, axis) * stride
        axis += 1
    if not picked:
        if len(rest_shape) > 2:
            missing("arrays of more than two dimensions")
        return Selection(tuple(rest_shape), (offset, tuple(rest_strides)), [])
    rest = places(offset, tuple(rest_shape), rest_strides)
    return _pick(picked, rest, tuple(rest_shape), picked_first)


def _pick(
    picked: list[tuple[list[int], Shape]], rest: list[int], rest_shape: Shape, first: bool
) -> Selection:
    """Combine the places of picked rows or columns with those along the other axis."""
    steps, shape = picked[0]
    if len(picked) == 2:
        other, other_shape = picked[1]
        both = _paired(shape, other_shape)
        steps, other = spread(steps, shape, both), spread(other, other_shape, both)
        steps = [steps[i] + other[i] for i in range(len(steps))]
        shape = both
    if len(shape) + len(rest_shape) > 2:
        missing("arrays of more than two dimensions")
    if first:
        return Selection(shape + rest_shape, None, [r + s for s in steps for r in rest])
    return Selection(rest_shape + shape, None, [r + s for r in rest for s in steps])


def _paired(x: Shape, y: Shape) -> Shape:
    try:
        return broadcast(x, y)
    except ValueError:
        raise IndexError(
            "shape mismatch: indexing arrays could not be broadcast together with shapes "
            f"{shape_text(x)} {shape_text(y)} "
        ) from None


def _one_an_axis(items: list[Any], shape: Shape) -> list[Any]:
    """Return a key with an item for each axis, dots and what is left out written as slices."""
    items = [part for item in items for part in _mask_parts(item, shape)]
    used = len([item for item in items if item is not None and item is not Ellipsis])
    if used > len(shape):
        raise IndexError(
            f"too many indices for array: array is {len(shape)}-dimensional, "
            f"but {used} were indexed"
        )
    filling = [WHOLE] * (len(shape) - used)
    for i, item in enumerate(items):
        if item is Ellipsis:
            return items[:i] + filling + items[i + 1 :]
    return items + filling


def _mask_parts(item: Any, shape: Shape) -> list[Any]:
    """Return a mask over both axes as the rows and the columns that it selects."""
    if not (isinstance(item, Picks) and item.is_mask and len(item.shape) == 2):
        return [item]
    for axis in range(len(shape)):
        _check_mask(item.shape[axis], shape[axis], axis)
    columns = item.shape[1]
    chosen = [i for i, chosen in enumerate(item.numbers) if chosen]
    count = (len(chosen),)
    return [
        Picks([i // columns for i in chosen], count, False),
        Picks([i % columns for i in chosen], count, False),
    ]


def _check_mask(length: int, wanted: int, axis: int) -> None:
    if length != wanted:
        raise IndexError(
            f"boolean index did not match indexed array along axis {axis}; "
            f"size of axis is {wanted} but size of corresponding boolean axis is {length}"
        )


def _indices(item: Picks, length: int, axis: int) -> list[int]:
    if item.is_mask:
        _check_mask(len(item.numbers), length, axis)
        return [i for i, chosen in enumerate(item.numbers) if chosen]
    return [_index(i, length, axis) for i in item.numbers]


def _index(item: Any, length: int, axis: int) -> int:
    if not isinstance(item, int) or isinstance(item, bool):
        raise IndexError(
            "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or "
            "boolean arrays are valid indices"
        )
    if not -length <= item < length:
        raise IndexError(f"index {item} is out of bounds for axis {axis} with size {length}")
    return item + length if item < 0 else item
