"""Split pages into fresh and stale by what the cache knows of them."""

import functools
import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from xordocs.site.cache import (
    Cache,
    DamagedError,
    Entry,
    Manifest,
    Repository,
    environment_digests,
    find_imports,
    installed_versions,
    module_versions,
    python_version,
    version,
)
from xordocs.site.execution.forkserver.pool import Modules
from xordocs.site.notebooks import Executed, Page

__all__ = ["Planner", "StalePage"]

NEVER_EXECUTED = "new"
"""The reason for executing a page that the cache knows nothing of."""


class StalePage(NamedTuple):
    """A page that must be executed.

    Attributes:
        page: The page.
        modules: What its kernel should have imported before.
        reason: Why it must be executed, in a few words.
        seconds: How long it took last time.
    """

    page: Page
    modules: Modules
    reason: str
    seconds: float


class Planner:
    """Compares pages with their last executions in the cache.

    Args:
        root: The repository's folder.
        cache: The folder that keeps executed pages.
        preload: As for `Session`.
        environment: The variables whose change makes pages stale.
        report: Called with one line about what happens to a page.

    Attributes:
        cache: The executed pages.
    """

    def __init__(
        self,
        root: Path,
        cache: Path,
        preload: Modules,
        environment: Mapping[str, str],
        report: Callable[[str], None],
    ) -> None:
        self._root, self._preload, self._report = root, preload, report
        self._environment = environment
        self.cache = Cache(cache)
        self._can_store = True

    def partition(self, pages: Mapping[str, Page]) -> tuple[dict[str, Executed], list[StalePage]]:
        """Split pages into fresh and stale.

        Args:
            pages: Each page, by its name.

        Returns:
            The fresh pages as they were executed, by name, and the stale ones, the slowest first.
        """
        self._can_store = True
        installed = functools.cache(version)  # for this time: packages come and go under ``serve``
        fresh: dict[str, Executed] = {}
        stale: list[StalePage] = []
        for name, page in pages.items():
            found = self._find(page, installed)
            if isinstance(found, Executed):
                self._report(f"{name}: unchanged")
                fresh[name] = found
            else:
                stale.append(found)
        stale.sort(key=lambda page: (page.seconds, len(page.modules)), reverse=True)
        return fresh, stale

    def _find(self, page: Page, installed: Callable[[str], str | None]) -> Executed | StalePage:
        """Return a page's execution of which nothing has changed; if there is none, say why."""
        if not page.cells:
            return Executed(page, "")
        reason, seconds = NEVER_EXECUTED, math.inf
        for file, entry in self.cache.entries(page.name):
            if isinstance(entry, DamagedError):
                self._report(f"{page.name}: dropped {file.name} from the cache ({entry})")
                self.cache.drop(file)
                continue
            manifest = entry.manifest
            changes = list(manifest.changes(self._root, page.cells, self._environment, installed))
            if not changes:
                self.cache.mark_used(file)
                return Executed(page, entry.notebook)
            if reason == NEVER_EXECUTED:  # the last execution is the one to compare with
                reason, seconds = _summary(changes), manifest.seconds
        return StalePage(page, self.modules(page), reason, seconds)

    def modules(self, page: Page) -> Modules:
        """Return what to import before a page: up to the heaviest module that it needs."""
        if not self._preload:
            return ()
        wanted = find_imports(page.path, self._preload, Repository(self._root), page.code)
        last = max((self._preload.index(module) + 1 for module in wanted), default=0)
        return self._preload[:last]

    def store(
        self, page: Page, dependencies: dict[str, Any] | None, seconds: float, outputs: str
    ) -> bool:
        """Store an execution in the cache, or report why not.

        Args:
            page: The page.
            dependencies: What its kernel's `Recorder` wrote; None if that is lost.
            seconds: How long it took.
            outputs: The executed notebook in JSON.

        Returns:
            Whether the execution is stored.
        """
        if dependencies is None:
            self._report(f"warning: {page.name} is not cached: what it depends on was not recorded")
            return False
        distributions = installed_versions(dependencies["distributions"])
        manifest = Manifest(
            cells=page.cells,
            files=dependencies["files"],
            folders=dependencies["folders"],
            distributions=module_versions(dependencies["modules"]) | distributions,
            absent=dependencies["absent"],
            environment=environment_digests(self._environment),
            python=python_version(),
            seconds=round(seconds, 3),
        )
        try:
            if self._can_store:
                self.cache.store(page.name, Entry(manifest, outputs))
        except OSError as error:
            self._can_store = False  # one warning is enough
            self._report(f"warning: this build is not cached: {error}")
        return self._can_store


def _summary(changes: Sequence[str]) -> str:
    more = f" and {len(changes) - 1} more" if len(changes) > 1 else ""
    return changes[0] + more
