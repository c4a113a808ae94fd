"""The array: numbers in a flat list, with a shape, and the operators of the equations."""

from collections.abc import Callable, Iterator
from typing import Any

from ._core import arithmetic as op
from ._core import operations, reductions
from ._core.dtypes import BOOL, FLOAT, INT, DType, as_dtype, cast, promote
from ._core.indexing import Picks, select
from ._core.missing import missing, missing_attribute
from ._core.nesting import flatten, nest
from ._core.printing import array_text
from ._core.shapes import (
    Shape,
    as_shape,
    axis_of,
    broadcast,
    places,
    shape_text,
    size_of,
    spread,
    steps,
    take,
)

__all__ = ["as_array", "combine", "evaluate", "ndarray", "parts_of", "wrap"]

View = tuple[int, Shape]


class ndarray:
    """An array of one or two dimensions; `array`, `zeros` and others make one.

    A slice, a row and `T` are views, as in NumPy: what is written into them is written into the
    array that they are taken from. ``+=`` and ``-=`` write in place, too; ``*=`` and the others
    make a new array, as MicroPython asks no class for them. A single number comes out as Python's
    float, int or bool.

    Args:
        numbers: A flat list that holds its numbers.
        shape: Its lengths.
        kind: What its numbers are.
        view: Where in ``numbers`` they lie: offset and strides; None: row by row from the start.
    """

    def __init__(
        self, numbers: list[Any], shape: Shape, kind: DType, view: View | None = None
    ) -> None:
        self._numbers = numbers
        self._shape = shape
        self._kind = kind
        self._view = view

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        missing_attribute(f"ndarray.{name}")

    @property
    def shape(self) -> Shape:
        """Its lengths: ``(rows, columns)`` or ``(length,)``."""
        return self._shape

    @property
    def ndim(self) -> int:
        """How many dimensions it has."""
        return len(self._shape)

    @property
    def size(self) -> int:
        """How many numbers it holds."""
        return size_of(self._shape)

    @property
    def dtype(self) -> DType:
        """What its numbers are: ``float64``, ``int64`` or ``bool``."""
        return self._kind

    @property
    def T(self) -> "ndarray":  # noqa: N802 - NumPy's name
        """The array with rows and columns exchanged, a view."""
        if len(self._shape) < 2:
            return self
        rows, columns = self._shape
        offset, (down, across) = self._view or (0, steps(self._shape))
        return ndarray(self._numbers, (columns, rows), self._kind, (offset, (across, down)))

    def transpose(self) -> "ndarray":
        """Return `T`."""
        return self.T

    def _flat(self) -> list[Any]:
        """Return its numbers row by row; the list may be its own and must stay as it is."""
        if self._view is None:
            return self._numbers
        offset, strides = self._view
        return take(self._numbers, offset, self._shape, strides)

    # shapes

    def reshape(self, *shape: Any) -> "ndarray":
        """Return its numbers in another shape, of which one length may be -1."""
        lengths = list(shape[0]) if isinstance(shape[0], (tuple, list)) else list(shape)
        size = self.size
        if lengths.count(-1) == 1:
            known = size_of(tuple([n for n in lengths if n != -1]))
            lengths[lengths.index(-1)] = size // known if known else 0
        wanted = as_shape(tuple(lengths)) if -1 not in lengths else tuple(lengths)
        if -1 in wanted or size_of(wanted) != size:
            told = shape_text(tuple(shape[0]) if isinstance(shape[0], (tuple, list)) else shape)
            raise ValueError(f"cannot reshape array of size {size} into shape {told}")
        spacing = self._spacing()
        if self._view is None or spacing is None:
            return ndarray(self._flat(), wanted, self._kind)
        strides = tuple([spacing * step for step in steps(wanted)])
        return ndarray(self._numbers, wanted, self._kind, (self._view[0], strides))

    def _spacing(self) -> int | None:
        """Return how far apart its numbers lie, None if not all equally far."""
        strides = self._view[1] if self._view else steps(self._shape)
        if len(strides) == 1:
            return strides[0]
        return 1 if strides == steps(self._shape) else None

    def ravel(self) -> "ndarray":
        """Return its numbers in one row, a view where they lie in one."""
        return self.reshape(-1) if self._spacing() == 1 else self.flatten()

    def flatten(self) -> "ndarray":
        """Return its numbers in one row, a copy."""
        return self.copy().reshape(-1)

    def copy(self) -> "ndarray":
        """Return an array of its own with the same numbers."""
        return ndarray(self._flat()[:], self._shape, self._kind)

    def astype(self, kind: Any) -> "ndarray":
        """Return a copy whose numbers are of another kind, such as ``float``."""
        wanted = as_dtype(kind)
        return ndarray(cast(self._flat(), self._kind, wanted)[:], self._shape, wanted)

    def tolist(self) -> Any:
        """Return its numbers as nested lists."""
        return nest(self._flat(), self._shape)

    def item(self) -> Any:
        """Return the number of an array that holds one."""
        if self.size != 1:
            raise ValueError("can only convert an array of size 1 to a Python scalar")
        return self._flat()[0]

    # reading and writing

    def __len__(self) -> int:
        if not self._shape:
            raise TypeError("len() of unsized object")
        return self._shape[0]

    def __iter__(self) -> Iterator[Any]:
        if not self._shape:
            raise TypeError("iteration over a 0-d array")
        return iter([self[i] for i in range(self._shape[0])])

    def __contains__(self, value: Any) -> bool:
        return value in self._flat()

    def __getitem__(self, key: Any) -> Any:
        offset, strides = self._view or (0, steps(self._shape))
        selection = select(_as_key(key), offset, self._shape, strides)
        if selection.view is None:
            picked = [self._numbers[place] for place in selection.places]
            return ndarray(picked, selection.shape, self._kind)
        if not selection.shape:
            return self._numbers[selection.view[0]]
        return ndarray(self._numbers, selection.shape, self._kind, selection.view)

    def __setitem__(self, key: Any, value: Any) -> None:
        offset, strides = self._view or (0, steps(self._shape))
        shape, view, chosen = select(_as_key(key), offset, self._shape, strides)
        self._write(places(view[0], shape, view[1]) if view else chosen, shape, value)

    def _write(self, chosen: list[int], shape: Shape, value: Any) -> None:
        source = as_array(value)
        given = source._shape
        while len(given) > len(shape) and given[0] == 1:
            given = given[1:]
        numbers = cast(source._flat(), source._kind, self._kind)
        if given != shape:
            if len(given) > len(shape) or _stretched(given, shape) != shape:
                raise ValueError(
                    f"could not broadcast input array from shape {shape_text(source._shape)} "
                    f"into shape {shape_text(shape)}"
                )
            numbers = spread(numbers, given, shape)
        held = self._numbers
        numbers = numbers[:] if numbers is held else numbers
        for i, place in enumerate(chosen):
            held[place] = numbers[i]

    def fill(self, value: Any) -> None:
        """Write one number into every place."""
        self[...] = value

    # operators; no __float__, as MicroPython would compute `1.5 * array` with what it returns

    def __add__(self, other: Any) -> Any:
        return combine(op.ADD, self, other)

    def __radd__(self, other: Any) -> Any:
        return combine(op.ADD, other, self)

    def __iadd__(self, other: Any) -> "ndarray":
        return _in_place(op.ADD, self, other)

    def __sub__(self, other: Any) -> Any:
        return combine(op.SUBTRACT, self, other)

    def __rsub__(self, other: Any) -> Any:
        return combine(op.SUBTRACT, other, self)

    def __isub__(self, other: Any) -> "ndarray":
        return _in_place(op.SUBTRACT, self, other)

    def __mul__(self, other: Any) -> Any:
        return combine(op.MULTIPLY, self, other)

    def __rmul__(self, other: Any) -> Any:
        return combine(op.MULTIPLY, other, self)

    def __truediv__(self, other: Any) -> Any:
        return combine(op.DIVIDE, self, other)

    def __rtruediv__(self, other: Any) -> Any:
        return combine(op.DIVIDE, other, self)

    def __floordiv__(self, other: Any) -> Any:
        return combine(op.FLOOR_DIVIDE, self, other)

    def __rfloordiv__(self, other: Any) -> Any:
        return combine(op.FLOOR_DIVIDE, other, self)

    def __mod__(self, other: Any) -> Any:
        return combine(op.REMAINDER, self, other)

    def __rmod__(self, other: Any) -> Any:
        return combine(op.REMAINDER, other, self)

    def __pow__(self, other: Any) -> Any:
        return wrap(*operations.power(parts_of(self), parts_of(other)))

    def __rpow__(self, other: Any) -> Any:
        return combine(op.POWER, other, self)

    def __matmul__(self, other: Any) -> Any:
        return _multiply_matrices(self, other)

    def __rmatmul__(self, other: Any) -> Any:
        return _multiply_matrices(other, self)

    def __and__(self, other: Any) -> Any:
        return combine(op.AND, self, other)

    def __rand__(self, other: Any) -> Any:
        return combine(op.AND, other, self)

    def __or__(self, other: Any) -> Any:
        return combine(op.OR, self, other)

    def __ror__(self, other: Any) -> Any:
        return combine(op.OR, other, self)

    def __xor__(self, other: Any) -> Any:
        return combine(op.XOR, self, other)

    def __rxor__(self, other: Any) -> Any:
        return combine(op.XOR, other, self)

    def __invert__(self) -> Any:
        if self._kind is FLOAT:
            raise TypeError(op.NOT_SUPPORTED.format("invert"))
        return self._each(lambda v: not v) if self._kind is BOOL else self._each(lambda v: ~v)

    def __neg__(self) -> Any:
        if self._kind is BOOL:
            raise TypeError(
                "The numpy boolean negative, the `-` operator, is not supported, use the `~` "
                "operator or the logical_not function instead."
            )
        return self._each(lambda v: -v)

    def __pos__(self) -> "ndarray":
        return self.copy()

    def __abs__(self) -> Any:
        return self._each(abs)

    def _each(self, function: Callable[[Any], Any], kind: DType | None = None) -> Any:
        return wrap([function(v) for v in self._flat()], self._shape, kind or self._kind)

    def __eq__(self, other: object) -> Any:
        return combine(op.EQUAL, self, other) if _is_numbers(other) else self._all(False)

    def __ne__(self, other: object) -> Any:
        return combine(op.NOT_EQUAL, self, other) if _is_numbers(other) else self._all(True)

    def _all(self, value: bool) -> "ndarray":
        return ndarray([value] * self.size, self._shape, BOOL)

    def __lt__(self, other: Any) -> Any:
        return combine(op.LESS, self, other)

    def __le__(self, other: Any) -> Any:
        return combine(op.LESS_EQUAL, self, other)

    def __gt__(self, other: Any) -> Any:
        return combine(op.GREATER, self, other)

    def __ge__(self, other: Any) -> Any:
        return combine(op.GREATER_EQUAL, self, other)

    def __hash__(self) -> int:
        raise TypeError("unhashable type: 'numpy.ndarray'")

    def __bool__(self) -> bool:
        if self.size > 1:
            raise ValueError(
                "The truth value of an array with more than one element is ambiguous. "
                "Use a.any() or a.all()"
            )
        if not self.size:
            raise ValueError(
                "The truth value of an empty array is ambiguous. Use `array.size > 0` to check "
                "that an array is not empty."
            )
        return bool(self._flat()[0])

    # along an axis

    def sum(self, axis: Any = None, keepdims: bool = False) -> Any:
        """Return the sum of all numbers, of each column (``axis=0``) or each row (``axis=1``)."""
        if self._view and len(self._shape) == 2 and self._view[1][0] < self._view[1][1]:
            return _turned(self.T.sum(_other(axis_of(axis, 2)), keepdims))  # as the numbers lie
        kind = promote(self._kind, INT)
        is_row = axis_of(axis, self.ndim) != 0 or self._shape[1:] in ((), (1,))
        function = reductions.pairwise_sum if is_row else reductions.running_sum
        return self._reduce(function, axis, keepdims, kind, kind.type(0))

    def mean(self, axis: Any = None, keepdims: bool = False) -> Any:
        """Return the mean of all numbers, of each column (``axis=0``) or each row (``axis=1``)."""
        place = axis_of(axis, self.ndim)
        count = self.size if place is None else self._shape[place]
        return combine(op.DIVIDE, self.astype(FLOAT).sum(axis, keepdims), count)

    def var(self, axis: Any = None, keepdims: bool = False) -> Any:
        """Return the mean square of the distances from the mean."""
        distance = self - self.mean(axis, True)
        return (distance * distance).mean(axis, keepdims)

    def std(self, axis: Any = None, keepdims: bool = False) -> Any:
        """Return the square root of `var`."""
        return evaluate("sqrt", self.var(axis, keepdims))

    def prod(self, axis: Any = None, keepdims: bool = False) -> Any:
        """Return the product of all numbers, or along an axis."""
        kind = promote(self._kind, INT)
        return self._reduce(reductions.product, axis, keepdims, kind, kind.type(1))

    def max(self, axis: Any = None, keepdims: bool = False) -> Any:
        """Return the largest number, or that along an axis."""
        return self._reduce(reductions.largest, axis, keepdims, self._kind)

    def min(self, axis: Any = None, keepdims: bool = False) -> Any:
        """Return the smallest number, or that along an axis."""
        return self._reduce(reductions.smallest, axis, keepdims, self._kind)

    def argmax(self, axis: Any = None, keepdims: bool = False) -> Any:
        """Return the place of the largest number, or that along an axis."""
        return self._reduce(reductions.where_largest, axis, keepdims, INT)

    def argmin(self, axis: Any = None, keepdims: bool = False) -> Any:
        """Return the place of the smallest number, or that along an axis."""
        return self._reduce(reductions.where_smallest, axis, keepdims, INT)

    def any(self, axis: Any = None, keepdims: bool = False) -> Any:
        """Return whether any number is not zero, or any along an axis."""
        return self._reduce(any, axis, keepdims, BOOL)

    def all(self, axis: Any = None, keepdims: bool = False) -> Any:
        """Return whether no number is zero, or none along an axis."""
        return self._reduce(all, axis, keepdims, BOOL)

    def _reduce(
        self,
        function: Callable[[list[Any]], Any],
        axis: Any,
        keepdims: bool,
        kind: DType,
        empty: Any = None,
    ) -> Any:
        place = axis_of(axis, self.ndim)
        shape = self._shape
        numbers = reductions.reduce_lanes(function, self._flat(), shape, place)
        if empty is not None and not self.size:
            numbers = [empty] * len(numbers)
        if keepdims:
            kept = tuple([1 if place in (None, i) else n for i, n in enumerate(shape)])
        else:
            kept = () if place is None else shape[:place] + shape[place + 1 :]
        return wrap([kind.type(v) for v in numbers] if kind is not FLOAT else numbers, kept, kind)

    def dot(self, other: Any) -> Any:
        """Return the matrix product, ``self @ other``."""
        return _multiply_matrices(self, other)

    def cumsum(self) -> "ndarray":
        """Return the sums of the first number, the first two, and so on, in one row."""
        kind = promote(self._kind, INT)
        sums = cast(self._flat(), self._kind, kind)[:]
        for i in range(1, len(sums)):
            sums[i] += sums[i - 1]
        return ndarray(sums, (len(sums),), kind)

    def round(self, decimals: int = 0) -> Any:
        """Return each number rounded to so many places; of two as near, the even one."""
        if self._kind is not FLOAT:
            return self.copy() if decimals >= 0 else missing("rounding of ints to tens")
        scale = 10.0 ** abs(decimals)
        if decimals >= 0:
            return self._each(lambda v: op.rint(v * scale) / scale)
        return self._each(lambda v: op.rint(v / scale) * scale)

    def __round__(self, decimals: int = 0) -> Any:
        return self.round(decimals)

    def __repr__(self) -> str:
        return array_text(self._flat(), self._shape, self._kind, True)

    def __str__(self) -> str:
        return array_text(self._flat(), self._shape, self._kind, False)


def as_array(value: Any) -> ndarray:
    """Return an array as it is, and anything else as a new one."""
    return value if isinstance(value, ndarray) else ndarray(*flatten(value))


def wrap(numbers: list[Any], shape: Shape, kind: DType) -> Any:
    """Return an array, or the number alone where it has no dimension."""
    return ndarray(numbers, shape, kind) if shape else numbers[0]


def parts_of(value: Any) -> operations.Parts:
    """Return what an array consists of, or what one of these values would."""
    if isinstance(value, ndarray):
        return value._flat(), value._shape, value._kind
    return flatten(value)


def combine(operation: op.Operation, x: Any, y: Any) -> Any:
    """Apply an operation to two arrays, sequences or numbers, stretched to a common shape."""
    return wrap(*operations.combine(operation, parts_of(x), parts_of(y)))


def evaluate(name: str, x: Any) -> Any:
    """Return a function of each number of an array, of a sequence, or of one number."""
    return wrap(*operations.evaluate(name, parts_of(x)))


def _in_place(operation: op.Operation, x: ndarray, y: Any) -> ndarray:
    result = as_array(combine(operation, x, y))
    if result._shape != x._shape:
        raise ValueError(
            f"non-broadcastable output operand with shape {shape_text(x._shape)} doesn't match the "
            f"broadcast shape {shape_text(result._shape)}"
        )
    if result._kind.rank > x._kind.rank:
        raise TypeError(
            f"Cannot cast ufunc '{operation.name}' output from dtype('{result._kind}') to "
            f"dtype('{x._kind}') with casting rule 'same_kind'"
        )
    if x._view is None:
        x._numbers[:] = result._numbers
    else:
        x[...] = result
    return x


def _multiply_matrices(x: Any, y: Any) -> Any:
    return wrap(*operations.multiply_matrices(parts_of(x), parts_of(y)))


def _is_numbers(value: Any) -> bool:
    return isinstance(value, (ndarray, list, tuple, bool, int, float))


def _as_key(key: Any) -> tuple[Any, ...]:
    """Return what stands in brackets, its arrays and lists as `Picks`."""
    return tuple([_as_item(item) for item in (key if isinstance(key, tuple) else (key,))])


def _as_item(item: Any) -> Any:
    if not isinstance(item, (ndarray, list, tuple)):
        return item
    numbers, shape, kind = parts_of(item)
    if not shape:
        return numbers[0]
    if not numbers and not isinstance(item, ndarray):
        kind = INT
    return Picks(numbers, shape, kind is BOOL)


def _stretched(given: Shape, shape: Shape) -> Shape | None:
    try:
        return broadcast(given, shape)
    except ValueError:
        return None


def _turned(result: Any) -> Any:
    return result.T if isinstance(result, ndarray) else result


def _other(axis: int | None) -> int | None:
    return None if axis is None else 1 - axis
