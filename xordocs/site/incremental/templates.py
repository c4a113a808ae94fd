"""Describe what a theme's templates become when they are compiled, besides their texts."""

import hashlib
import json
import types
from typing import TYPE_CHECKING, Any

from xordocs.site.dependencies.source_files import is_package_folder
from xordocs.site.incremental.settings import installed_distributions

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["describe_compilation"]

OPTIONS = (
    "block_start_string", "block_end_string", "variable_start_string", "variable_end_string",
    "comment_start_string", "comment_end_string", "line_statement_prefix", "line_comment_prefix",
    "trim_blocks", "lstrip_blocks", "newline_sequence", "keep_trailing_newline", "optimized",
    "is_async", "sandboxed",
)  # fmt: skip
"""An environment's options that change what a template is compiled to."""


def describe_compilation(env: "Environment") -> str | None:
    """Describe how an environment compiles templates: filters of constants run meanwhile.

    Args:
        env: The environment, as the plugins and hooks have left it.

    Returns:
        A digest; None if it uses something else than plain functions of installed packages, which
        may give something else tomorrow.
    """
    functions: dict[str, Any] = {"finalize": env.finalize, "autoescape": env.autoescape}
    functions |= {f"filter {name}": it for name, it in env.filters.items()}
    functions |= {f"test {name}": it for name, it in env.tests.items()}
    functions |= {f"extension {name}": type(it) for name, it in env.extensions.items()}
    if not all(map(_is_installed, functions.values())):
        return None
    named = {
        key: it if it is None or isinstance(it, bool) else f"{it.__module__}.{it.__qualname__}"
        for key, it in functions.items()
    }
    options = {name: getattr(env, name) for name in OPTIONS}
    parts = [options, named, env.policies, installed_distributions()]
    return hashlib.sha256(json.dumps(parts, default=repr).encode()).hexdigest()


def _is_installed(value: Any) -> bool:
    """Whether something is Python's or Jinja's own, or a package's function without values."""
    if value is None or isinstance(value, bool):
        return True
    module = f"{value.__module__}."
    if module in ("builtins.", "_operator.") or module.startswith("jinja2."):
        return True
    is_plain = isinstance(value, types.FunctionType) and not value.__closure__
    return is_plain and is_package_folder(value.__code__.co_filename)
