"""Listings of the package's own code, for pages that explain it."""

import ast
import inspect
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from types import ModuleType
from typing import Any

__all__ = ["Listing", "source"]


class Listing:
    """Python source that a notebook displays as a titled code block.

    Args:
        code: The source text.
        title: Where it stands.
    """

    def __init__(self, code: str, title: str) -> None:
        self.code = code
        self.title = title

    def _repr_markdown_(self) -> str:
        return f'```python title="{self.title}"\n{self.code.strip()}\n```'

    def __repr__(self) -> str:
        return self.code


def source(*members: Callable[..., Any]) -> Listing:
    """Return the source of functions or classes of one module, read from its file now.

    Of a docstring the summary line is shown; the reference pages have all of it.

    Args:
        *members: At least one, all defined in the same module.

    Raises:
        TypeError: A member has no Python source.
        ValueError: They come from several modules, or there are none.
    """
    plain = [inspect.unwrap(member) for member in members]
    modules: set[ModuleType | None] = {inspect.getmodule(member) for member in plain}
    if len(modules) != 1:
        raise ValueError(f"members must come from one module, got {len(modules)}")
    try:
        code = "\n\n".join(_abridged(dedent(inspect.getsource(member))) for member in plain)
    except (TypeError, OSError):
        raise TypeError(f"members must have Python source, got {members!r}") from None
    (module,) = modules
    path = Path(inspect.getfile(plain[0]))
    depth = getattr(module, "__name__", path.stem).count(".") + 1
    return Listing(code, "/".join(path.parts[-depth:]))


def _abridged(code: str) -> str:
    """Shorten every docstring in the code of a function or class to its first line."""
    lines = code.splitlines()
    cut: set[int] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node):
            docstring = node.body[0]
            first, last = docstring.lineno - 1, (docstring.end_lineno or docstring.lineno) - 1
            if first < last:
                lines[first] += '"""'
                cut.update(range(first + 1, last + 1))
    return "\n".join(line for number, line in enumerate(lines) if number not in cut)
