"""Split pages into fresh and stale by what the cache knows of them."""

import json
import math
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from xordocs.site.cache import Cache, DamagedError, Entry
from xordocs.site.dependencies import (
    CurrentState,
    Manifest,
    Record,
    Repository,
    find_imports,
    installed_versions,
    missing_inputs,
    module_versions,
)
from xordocs.site.execution.forkserver.pool import Modules
from xordocs.site.notebooks import Executed, Page
from xordocs.site.notebooks.source import Source

__all__ = ["Planner", "StalePage"]

NEVER_EXECUTED = "new"
"""The reason for executing a page that the cache knows nothing of."""
HOW_TO_DECLARE = (
    "declare what it reads in the page's header, such as `xordocs: {depends: [data/*.csv, $NAME]}`"
    ", or `depends: []` if nothing can change"
)


class StalePage(NamedTuple):
    """A page that must be executed.

    Attributes:
        page: The page.
        modules: What its kernel should have imported before.
        reason: Why it must be executed, in a few words.
        seconds: How long it took last time.
        inputs: The digests of its declared inputs, as they were before; None if it declares none.
    """

    page: Page
    modules: Modules
    reason: str
    seconds: float
    inputs: dict[str, str | None] | None = None


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
            The fresh pages as they were executed, by name, and the stale ones, the slowest first;
            new pages come before all others, in their order.
        """
        self._can_store = True
        current = self._current()  # for this time: packages come and go under ``serve``
        fresh: dict[str, Executed] = {}
        stale: list[StalePage] = []
        for name, page in pages.items():
            found = self._find(page, current)
            if isinstance(found, Executed):
                self._report(f"{name}: unchanged")
                fresh[name] = found
            else:
                stale.append(found)
        # where nobody knows how long they took, those first to which their authors give most time
        stale.sort(key=lambda it: (-it.seconds, -it.page.options.timeout))
        return fresh, stale

    def _find(self, page: Page, current: CurrentState) -> Executed | StalePage:
        """Return a page's execution of which nothing has changed; if there is none, say why."""
        if not page.cells:
            return Executed(page, "")
        inputs = current.inputs(page.options.depends, page.path)
        place = current.place(page.path)
        for missing in missing_inputs(inputs or {}):
            self._report(f"{page.name}: depends: there is no {missing!r} in the page's folder")
        reason, seconds = NEVER_EXECUTED, math.inf
        for file, entry in self._entries(page.name):
            if isinstance(entry, DamagedError):
                self._report(f"{page.name}: dropped {file.name} from the cache ({entry})")
                self.cache.drop(file)
                continue
            changes = list(entry.manifest.changes(page.cells, inputs, place, current))
            if not changes:
                self.cache.mark_used(file)
                return Executed(page, entry.notebook)
            if reason == NEVER_EXECUTED:  # the last execution is the one to compare with
                reason, seconds = _summary(changes), entry.manifest.seconds
        return StalePage(page, self.modules(page), reason, seconds, inputs)

    def _entries(self, page: str) -> Iterator[tuple[Path, Entry | DamagedError]]:
        try:
            yield from self.cache.entries(page)
        except OSError as error:
            self._warn_once(f"the cache cannot be read: {error}")

    def _current(self) -> CurrentState:
        return CurrentState(self._root, self._environment)

    def modules(self, page: Page) -> Modules:
        """Return what to import before a page: up to the heaviest module that it needs."""
        return self.modules_for(page.path, page.code) if self._preload else ()

    def modules_for(self, path: Path, code: str) -> Modules:
        """Return the same for a page's file and its code."""
        wanted = find_imports(path, self._preload, Repository(self._root), code)
        last = max((self._preload.index(module) + 1 for module in wanted), default=0)
        return self._preload[:last]

    def store(
        self, stale: StalePage, dependencies: Record | None, seconds: float, outputs: str
    ) -> bool:
        """Store an execution in the cache, or report why not.

        Args:
            stale: The page.
            dependencies: What its kernel's `Recorder` wrote; None if that is lost.
            seconds: How long it took.
            outputs: The executed notebook in JSON.

        Returns:
            Whether a later build will find it, if nothing changes.
        """
        page = stale.page
        if dependencies is None:
            self._report(f"warning: {page.name} is not cached: what it depends on was not recorded")
            return False
        current = self._current()
        distributions = installed_versions(dependencies.distributions)
        name = current.name(page.path)
        names = (*dependencies.files, *dependencies.folders)
        manifest = Manifest(
            page=name,
            cells=page.cells,
            files=dependencies.files,
            folders=dependencies.folders,
            distributions=module_versions(dependencies.modules) | distributions,
            absent=dependencies.absent,
            allow_errors=page.options.allow_errors,
            environment=current.environment,
            inputs=stale.inputs,
            unseen=_unseen(name, page.source, outputs, dependencies.beginnings),
            editables=current.editables if dependencies.imports_own else None,
            place=current.place(page.path) if any(map(os.path.isabs, names)) else None,
            python=current.python,
            executed=round(time.time(), 3),
            seconds=round(seconds, 3),
        )
        try:
            if self._can_store:
                self.cache.store(page.name, Entry(manifest, outputs))
        except OSError as error:
            self._warn_once(f"this build is not cached: {error}")
        if manifest.is_blind:
            self._report(
                f"{page.name}: executed in every build: {manifest.unseen[0]}; {HOW_TO_DECLARE}"
            )
        return self._can_store and not manifest.is_blind

    def _warn_once(self, message: str) -> None:
        if self._can_store:
            self._can_store = False
            self._report(f"warning: {message}")


def _unseen(
    page: str, source: Source, outputs: str, beginnings: Sequence[Mapping[str, Any]]
) -> list[str]:
    """Say where processes and connections were begun, in a few words each."""
    cells = json.loads(outputs)["cells"] if beginnings else []

    def place(begun: Mapping[str, Any]) -> str:
        if begun["file"] is not None:
            return f"{begun['file']}:{begun['line']}"
        counts = [cell.get("execution_count") for cell in cells]
        if not begun["cell"] or begun["cell"] not in counts:
            return page
        position = counts.index(begun["cell"])
        if source.unit == "line":
            return f"{page}:{source.executed_line(position, max(begun['line'], 1))}"
        return f"{page}: cell {sum(cell['cell_type'] == 'code' for cell in cells[: position + 1])}"

    return list(dict.fromkeys(f"{place(begun)} {begun['what']}" for begun in beginnings))


def _summary(changes: Sequence[str]) -> str:
    more = f" and {len(changes) - 1} more" if len(changes) > 1 else ""
    return changes[0] + more
