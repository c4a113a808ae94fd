"""What stands in brackets, read and written, and that views share their numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_operations import EXAMPLES, check

X = "x = np.arange(12.0).reshape(3, 4); v = np.arange(5)"
READ = [
    "x[0]", "x[-1, 2]", "x[1:]", "x[:, 1]", "x[:, 1:3]", "x[::-1]", "x[::2, ::-1]", "x[..., 0]",
    "x[0, ...]", "x[...]", "x[:, None, 0]", "x[None, 0]", "x[0][:, None]", "v[None, :]",
    "v[:, None]", "v[np.newaxis]",
    "x[x > 4]", "x[[0, 2]]",
    "x[:, [3, 0, 0]]", "x[[0, 2], [1, 3]]", "x[1, [0, 2]]",
    "x[[0, 2], 1]", "x[[0, 2], 1:]", "x[1:, [0, 2]]", "x[np.array([True, False, True])]",
    "x[:, np.array([True, False, True, False])]", "x[[True, False, True], 0]", "v[v % 2 == 0]",
    "v[[-1, 0]]", "v[np.array([[0, 1], [2, 3]])]", "x[np.array([[0], [2]]), [0, 1]]", "v[[]]",
    "x[5:]", "x[1:1, :]", "v[-2:]", "v[3:0:-1]", "v[10:]", "x.T[0]", "x.T[1:, 0]", "x[1].T",
    "x[:, ::2].T[1]", "np.eye(3)[[0, 2, 2]]", "x[()]", "x[0, 0]", "v[2]", "x[x > 100]",
    # refused
    "x[3]", "x[0, 4]", "x[0, 0, 0]", "v[1.0]", "v['a']", "x[[0, 3]]", "v[-6]",
    "x[np.array([True, False])]", "x[np.array([[True]])]", "x[[0, 1], [0, 1, 2]]", "v[[0.5]]",
]  # fmt: skip


@pytest.mark.parametrize("code", READ)
def test_reading(small, code):
    check(small, f"{X}; result = {code}")


WRITTEN = [
    "x[0] = 5", "x[:, 1] = [7, 8, 9]", "x[1:, 2:] = 0", "x[x > 4] = -1", "x[[0, 2]] = 1.5",
    "x[[0, 2], [1, 3]] = [5, 6]", "x[0, 0] = True", "v[0] = 2.9", "v[:] = [1.5, 2, 3, 4, -5.5]",
    "x[...] = v[:4]", "x[:, 0] = x[:, 1]", "v[1:] = v[:-1]", "v[::-1] = v",
    "x[:] = np.ones((1, 4))",
    "x[:, :1] = x[:, 1:2] * 2", "x[0] += 1", "x[:, 1] *= 2", "x += 1", "x -= x",
    "x *= [[1], [2], [3]]",
    "x /= 2", "v += 1", "v -= True", "v //= 2", "v **= 2", "x %= 3", "x @= np.eye(4)",
    "y = x[1]; y[0] = 100", "y = x[1]; y += 1", "y = x.T; y[0] = 9", "y = x[:, 1]; y[:] = 0",
    "y = x.reshape(4, 3); y[0] = 7", "y = x.ravel(); y[0] = 7", "y = x.copy(); y[0] = 7",
    "y = x.flatten(); y[0] = 7", "y = x.T[1:]; y += 2", "y = x[::2]; x[0] = 4; v = y",
    "y = np.asarray(x); y[0] = 4", "y = np.array(x); y[0] = 4", "y = x[[0]]; y[0] = 4",
    "y = x[1:].reshape(-1); y[0] = 7", "y = x[1].reshape(2, 2); y[0] = 7",
    "y = x[:, 0].reshape(-1, 1); y[0] = 7", "y = x[:, 0].ravel(); y[0] = 7",
    "y = x[:, 1:].reshape(-1); y[0] = 7", "y = x.T.reshape(-1); y[0] = 7",
    "y = v[::2].reshape(3, 1); y += 1", "y = x[1:].ravel(); y += 1",
    "x.fill(3)", "y = v[:, None]; y[0, 0] = 9", "y = x.astype(float); y[0] = 4", "y = x; y += 1",
    "for row in x: row += 1", "y = x.T; y -= 1", "x[0], x[1] = x[1], x[0].copy()",
    # refused
    "x[0] = [1, 2]", "x[:, 1] = np.ones((3, 1))", "v += 0.5",
    "v += np.ones((2, 5), int)",
    "x[5] = 1",
]  # fmt: skip


@pytest.mark.parametrize("code", WRITTEN)
def test_writing(small, code):
    check(small, f"{X}\n{code}\nresult = x, v")


INDEX = st.integers(-4, 4).map(str)
SLICE = st.builds(
    lambda a, b, c: f"{a}:{b}:{c}",
    *[st.just("") | INDEX] * 2,
    st.sampled_from(["", "1", "2", "-1", "-2"]),
)
LISTS = st.lists(st.integers(-3, 2), max_size=3).map(str)


@EXAMPLES
@given(row=INDEX | SLICE | LISTS, column=INDEX | SLICE)
def test_any_key(small, row, column):
    check(small, f"{X}; result = x[{row}, {column}], x.T[{column}, {row}]")
    check(small, f"{X}; x[{row}, {column}] = -x[{row}, {column}]; result = x")
