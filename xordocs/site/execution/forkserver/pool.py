"""The fork servers of a session: one for each set of modules that pages import."""

import asyncio
import itertools
import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from xordocs.site.execution.forkserver.client import CAN_FORK, ForkServer

__all__ = ["CAN_FORK", "ForkServerPool", "Modules"]

Modules = tuple[str, ...]


class ForkServerPool:
    """Fork servers, kept from one build to the next; `close` ends them.

    Args:
        root: The repository's folder.
        environment: Everything that the processes see of the environment.
        folder: Where they log.
        warn: Called with one line about each fork server that failed.
        fork: Whether to fork kernels where the platform can.
    """

    def __init__(
        self,
        root: Path,
        environment: Mapping[str, str],
        folder: Path,
        warn: Callable[[str], None],
        *,
        fork: bool = True,
    ) -> None:
        self._can_fork = fork and CAN_FORK
        self._root, self._environment = root, environment
        self._folder, self._warn = folder, warn
        self._servers: dict[Modules, ForkServer] = {}
        self._ending: list[ForkServer] = []
        self._lock = threading.Lock()  # a build warms up servers while pages are executed behind it
        self._numbers = itertools.count(1)

    def refresh(self) -> None:
        """End the fork servers whose modules have been replaced by another version."""
        with self._lock:
            for modules in sorted(self._servers, key=len, reverse=True):
                if not self._servers[modules].is_current():
                    self._servers.pop(modules).close()

    def warm_up(self, module_sets: Iterable[Modules]) -> None:
        """Begin to import sets of modules for kernels to come, without waiting."""
        if self._can_fork:
            for modules in sorted(module_sets, key=len):
                self._get(modules)

    async def ready(self, modules: Modules) -> ForkServer | None:
        """Return a fork server once it has imported the modules.

        Returns:
            None where kernels cannot be forked, or if importing ended the process.
        """
        if not self._can_fork:
            return None
        server = self._get(modules)
        try:
            await server.wait_until_ready()
        except RuntimeError as error:  # a page that imports the same will say more
            self._warn(f"warning: {error}")
            with self._lock:
                if self._servers.get(modules) is server:  # another run may have been first
                    del self._servers[modules]
            await asyncio.to_thread(server.close)
            return None
        return server

    def disconnect(self) -> None:
        """Make every fork server end, without waiting; `close` waits."""
        with self._lock:
            for server in self._servers.values():
                server.disconnect()
            self._ending += self._servers.values()
            self._servers.clear()

    def close(self) -> None:
        """End every fork server, and every kernel that was forked from it."""
        self.disconnect()
        while self._ending:
            self._ending.pop(0).close()  # the first has forked the others

    def _get(self, modules: Modules) -> ForkServer:
        """Return the fork server for some modules, forked from one that has imported most."""
        with self._lock:
            if modules not in self._servers:
                log = self._folder / f"forkserver-{next(self._numbers)}.log"
                self._servers[modules] = self._forked(modules, log) or ForkServer.start(
                    self._root, modules, self._environment, log
                )
            return self._servers[modules]

    def _forked(self, modules: Modules, log: Path) -> ForkServer | None:
        candidates = [
            server
            for imported, server in self._servers.items()
            if imported == modules[: len(imported)] and server.is_alive()
        ]
        if not candidates:
            return None
        try:
            return max(candidates, key=lambda it: len(it.modules)).fork_server(modules, log)
        except OSError:  # it has just ended
            return None
