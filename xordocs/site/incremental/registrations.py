"""Record what a page is registered with while it is rendered, and register it again."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

__all__ = ["Call", "Registries", "recording_calls", "repeat"]

Registries = Mapping[str, Any]
METHODS = ("register_anchor", "register", "get_handler")
"""What pages are registered with: autorefs, mkdocstrings' inventory, and its handlers."""
PAGE = {"page": "this"}
"""Stands for the page among a call's arguments."""


class Call(NamedTuple):
    """A call with which a page was registered.

    Attributes:
        registry: The registry's name.
        method: The method's name.
        arguments: Its arguments.
        options: Its keyword arguments.
    """

    registry: str
    method: str
    arguments: list[Any]
    options: dict[str, Any]

    def without(self, page: Any) -> "Call":
        """Return the call with a mark in the page's place."""
        arguments = [PAGE if argument is page else argument for argument in self.arguments]
        return self._replace(arguments=arguments)


def repeat(calls: Iterable[Call], page: Any, registries: Registries) -> None:
    """Register a page as it was registered while it was rendered.

    Args:
        calls: The calls, with a mark in the page's place.
        page: The page.
        registries: The registries of this build, by the same names.
    """
    for call in calls:
        arguments = [page if argument == PAGE else argument for argument in call.arguments]
        getattr(registries[call.registry], call.method)(*arguments, **call.options)


@contextmanager
def recording_calls(registries: Registries) -> Iterator[list[Call]]:
    """Record with which calls a page is registered within this context.

    mkdocstrings and autorefs learn of headings while a page is rendered, forget them after the
    build, and have no hook: their methods are replaced for as long as a page is rendered.
    """
    calls: list[Call] = []

    def recording(name: str, method: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            calls.append(Call(name, method, list(arguments), options))
            return original(*arguments, **options)

        return call

    replaced = [
        (name, registry, method)
        for name, registry in registries.items()
        for method in METHODS
        if hasattr(registry, method)
    ]
    for name, registry, method in replaced:
        setattr(registry, method, recording(name, method, getattr(registry, method)))
    try:
        yield calls
    finally:
        for _, registry, method in replaced:
            delattr(registry, method)
