"""What Python files import, read without running them."""

import ast
import importlib.util
from collections.abc import Iterator


def imported_names(source: str, package: str) -> Iterator[str]:
    """The absolute names that import statements mean, also those in functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = node.module or ""
            if node.level:
                origin = importlib.util.resolve_name("." * node.level + origin, package)
            yield from (f"{origin}.{alias.name}" for alias in node.names)
