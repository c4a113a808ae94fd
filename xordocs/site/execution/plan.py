"""Tells the pages that are still as executed from those that are due."""

import functools
import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from xordocs.site.cache.atomic_file import DamagedError
from xordocs.site.cache.import_scan import imported_by
from xordocs.site.cache.manifest import Manifest, digests, known, python_version, version, versions
from xordocs.site.cache.memo import Memo
from xordocs.site.cache.source_files import Repository
from xordocs.site.cache.store import Cache, Entry
from xordocs.site.execution.zygotes import Modules
from xordocs.site.notebooks.pages import Executed, Page
from xordocs.site.notebooks.source import read_text

__all__ = ["Due", "Freshness"]

NEW = "new"
"""Why a page is executed that the cache has nothing of."""


class Due(NamedTuple):
    """A page that is to be executed.

    Attributes:
        page: The page.
        modules: What is to be imported before it.
        reason: Why, in a few words.
        seconds: What it took last time.
    """

    page: Page
    modules: Modules
    reason: str
    seconds: float


class Freshness:
    """What the cache knows of pages, beside what they now are.

    Args:
        root: The repository's folder.
        cache: The folder that keeps executed pages.
        memo: The texts that were made of them.
        preload: As for ``execution.Session``.
        environment: The variables that pages depend on.
        report: Told in one line what happens to a page.
    """

    def __init__(
        self,
        root: Path,
        cache: Path,
        memo: Memo,
        preload: Modules,
        environment: Mapping[str, str],
        report: Callable[[str], None],
    ) -> None:
        self._root, self._preload, self._report = root, preload, report
        self._environment, self._memo = environment, memo
        self.cache = Cache(cache)
        self._can_store = True

    def look(self, pages: Mapping[str, Path]) -> tuple[dict[str, Executed], list[Due]]:
        """Return the pages that are up to date, and those to execute, the slowest first.

        Raises:
            PageError: A page is not UTF-8.
        """
        self._can_store = True
        installed = functools.cache(version)  # for this time: packages come and go under ``serve``
        executed: dict[str, Executed] = {}
        due: list[Due] = []
        for name, path in pages.items():
            page = Page(name, path, read_text(path), self._memo)
            found = self._find(page, installed)
            if isinstance(found, Executed):
                self._report(f"{name}: unchanged")
                executed[name] = found
            else:
                due.append(found)
        due.sort(key=lambda page: (page.seconds, len(page.modules)), reverse=True)
        return executed, due

    def _find(self, page: Page, installed: Callable[[str], str | None]) -> Executed | Due:
        """The page as it was executed, if that still holds; if not, why."""
        if not page.cells:
            return Executed(page, "")
        reason, seconds = NEW, math.inf
        for file, entry in self.cache.entries(page.name):
            if isinstance(entry, DamagedError):
                self._report(f"{page.name}: dropped {file.name} from the cache ({entry})")
                self.cache.drop(file)
                continue
            manifest = entry.manifest
            changes = list(manifest.changes(self._root, page.cells, self._environment, installed))
            if not changes:
                self.cache.used(file)
                return Executed(page, entry.notebook)
            if reason == NEW:  # the last execution is the one to compare with
                reason, seconds = _summary(changes), manifest.seconds
        return Due(page, self.modules(page.path), reason, seconds)

    def modules(self, path: Path) -> Modules:
        """What to import before a page: up to the heaviest module that it needs."""
        wanted = imported_by(path, self._preload, Repository(self._root))
        last = max((self._preload.index(module) + 1 for module in wanted), default=0)
        return self._preload[:last]

    def store(self, page: Page, heard: dict[str, Any] | None, seconds: float, outputs: str) -> bool:
        """Keep an execution, or say why not; return whether it is kept.

        Args:
            page: The page.
            heard: What its kernel's ``dependencies.Recorder`` wrote; None if that is lost.
            seconds: How long it took.
            outputs: The executed notebook in JSON.
        """
        if heard is None:
            self._report(f"warning: {page.name} is not cached: what it depends on was not recorded")
            return False
        manifest = Manifest(
            cells=page.cells,
            files=heard["files"],
            folders=heard["folders"],
            distributions=versions(heard["modules"]) | known(heard["distributions"]),
            absent=heard["absent"],
            environment=digests(self._environment),
            python=python_version(),
            seconds=round(seconds, 3),
        )
        try:
            if self._can_store:
                self.cache.store(page.name, Entry(manifest, outputs))
        except OSError as error:
            self._can_store = False  # once said is enough
            self._report(f"warning: this build is not cached: {error}")
        return self._can_store


def _summary(changes: Sequence[str]) -> str:
    more = f" and {len(changes) - 1} more" if len(changes) > 1 else ""
    return changes[0] + more
