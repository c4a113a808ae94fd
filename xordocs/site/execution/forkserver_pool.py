"""The processes that kernels are forked from: one for each set of modules that pages import."""

import itertools
import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from xordocs.site.execution.forkserver_client import CAN_FORK, Zygote

__all__ = ["CAN_FORK", "Modules", "Zygotes"]

Modules = tuple[str, ...]


class Zygotes:
    """Warm processes, kept from one build to the next; `close` ends them.

    Args:
        root: The repository's folder.
        environment: Everything that the processes see of the environment.
        folder: Where they log.
        warn: Told in one line what is not as it should be.
    """

    def __init__(
        self,
        root: Path,
        environment: Mapping[str, str],
        folder: Path,
        warn: Callable[[str], None],
    ) -> None:
        self._root, self._environment = root, environment
        self._folder, self._warn = folder, warn
        self._zygotes: dict[Modules, Zygote] = {}
        self._ending: list[Zygote] = []
        self._lock = threading.Lock()  # a build looks ahead while pages are executed behind it
        self._numbers = itertools.count(1)

    def refresh(self) -> None:
        """End the processes whose modules have been replaced by another version."""
        with self._lock:
            for modules in sorted(self._zygotes, key=len, reverse=True):
                if not self._zygotes[modules].current():
                    self._zygotes.pop(modules).close()

    def warm(self, levels: Iterable[Modules]) -> None:
        """Begin to import modules for kernels to come, without waiting for it."""
        if CAN_FORK:
            for modules in sorted(levels, key=len):
                self._zygote(modules)

    async def ready(self, modules: Modules) -> Zygote | None:
        """The process that has imported some modules; None where ordinary kernels must do."""
        if not CAN_FORK:
            return None
        zygote = self._zygote(modules)
        try:
            await zygote.ready()
        except RuntimeError as error:  # a page that imports the same will say more
            self._warn(f"warning: {error}")
            with self._lock:
                if self._zygotes.get(modules) is zygote:  # another round may have been first
                    del self._zygotes[modules]
            zygote.close()
            return None
        return zygote

    def hang_up(self) -> None:
        """Have every process end, while something else is done; `close` waits for it."""
        with self._lock:
            for zygote in self._zygotes.values():
                zygote.hang_up()
            self._ending += self._zygotes.values()
            self._zygotes.clear()

    def close(self) -> None:
        """End every process, and every kernel that was forked from it."""
        self.hang_up()
        while self._ending:
            self._ending.pop().close()

    def _zygote(self, modules: Modules) -> Zygote:
        """The process for some modules; what has imported some of them is a good beginning."""
        with self._lock:
            if modules not in self._zygotes:
                log = self._folder / f"zygote-{next(self._numbers)}.log"
                self._zygotes[modules] = self._extended(modules, log) or Zygote.start(
                    self._root, modules, self._environment, log
                )
            return self._zygotes[modules]

    def _extended(self, modules: Modules, log: Path) -> Zygote | None:
        begun = [
            zygote
            for known, zygote in self._zygotes.items()
            if known == modules[: len(known)] and zygote.lives()
        ]
        if not begun:
            return None
        try:
            return max(begun, key=lambda zygote: len(zygote.modules)).extend(modules, log)
        except OSError:  # it has just ended
            return None
