"""Execution of pages in kernels."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xordocs.site.execution.plan import StalePage
    from xordocs.site.execution.scheduler import Run
    from xordocs.site.execution.session import Session

__all__ = ["Run", "Session", "StalePage"]

_MODULES = {"Run": "scheduler", "Session": "session", "StalePage": "plan"}


def __getattr__(name: str) -> Any:
    """Import what builders use when they use it: fork servers and kernels begin here, too."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
