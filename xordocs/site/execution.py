"""Executes the pages that have changed, or that depend on something that has."""

import functools
import math
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from types import TracebackType
from typing import Self

import nbformat
from nbformat import NotebookNode

from xordocs.site import notebook
from xordocs.site.cache import Cache, DamagedEntryError, Entry
from xordocs.site.execution_error import ExecutionError
from xordocs.site.imports import imported_by
from xordocs.site.manifest import Manifest, digests, python_version, version, versions
from xordocs.site.repository import Repository
from xordocs.site.workers import Execution, Work, Workers, cores

__all__ = ["ExecutionError", "Session"]

NEW = "new"
"""Why a page is executed that the cache has nothing of."""


@dataclass
class _Page:
    name: str
    source: notebook.Source
    cells: list[str]
    reason: str
    seconds: float  # what it took last time
    modules: tuple[str, ...] = ()  # to be imported before it


class Session:
    """Executed pages for one build, or for build after build; a context manager.

    Args:
        root: The repository's folder: its files are what pages may depend on.
        cache: The folder that keeps executed pages.
        preload: Modules that are slow to import, from the lightest to the heaviest. Each is
            imported once a session, if a page needs it or one that is listed after it.
        environment: The variables that pages may see and depend on.
        timeout: How many seconds a cell may take.
        jobs: How many pages may execute at once; as many as there are processors if None.
        report: Told in one line what happens to a page.
    """

    def __init__(
        self,
        root: Path,
        cache: Path,
        *,
        preload: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
        timeout: int = 120,
        jobs: int | None = None,
        report: Callable[[str], None] = print,
    ) -> None:
        self._root, self._preload, self._report = root, tuple(preload), report
        self._environment = dict(environment or {})
        self._cache = Cache(cache)
        self._workers = Workers(root, self._environment, timeout, jobs or cores(), report)
        self._can_store = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all processes of the session, and delete the notebooks that it returned."""
        self._workers.close()

    def warm(self, pages: Iterable[Path]) -> None:
        """Begin to import, beside whatever comes next, what executing these pages would need."""
        self._workers.warm({self._modules(path) for path in pages})

    def execute(self, pages: Mapping[str, Path]) -> dict[str, Path]:
        """Bring pages up to date.

        Args:
            pages: The percent-format file of each page, by the page's name.

        Returns:
            An executed notebook of each page, by its name, on disk until the session is closed.

        Raises:
            ExecutionError: A cell failed, hung, or ended its kernel.
        """
        self._can_store = True
        installed = functools.cache(version)  # for this time: packages come and go under ``serve``
        executed: dict[str, Path] = {}
        due: list[_Page] = []
        for name, path in pages.items():
            source = notebook.read(path)
            page = _Page(name, source, notebook.fingerprints(source.notebook), NEW, math.inf)
            found = self._find(page, installed)
            if found is None:
                page.modules = self._modules(path)
                due.append(page)
            else:
                self._report(f"{name}: unchanged")
                executed[name] = self._write(page, found)
        due.sort(key=lambda page: (page.seconds, len(page.modules)), reverse=True)
        self._workers.run([self._work(page, executed) for page in due])
        if due:
            self._cache.trim()
        return {name: executed[name] for name in pages}

    def _find(self, page: _Page, installed: Callable[[str], str | None]) -> NotebookNode | None:
        """The page as it was executed, if that still holds; if not, note why."""
        if not page.cells:
            return page.source.notebook
        for file, entry in self._cache.entries(page.name):
            if isinstance(entry, DamagedEntryError):
                self._report(f"{page.name}: dropped {file.name} from the cache ({entry})")
                self._cache.drop(file)
                continue
            manifest = entry.manifest
            changes = list(manifest.changes(self._root, page.cells, self._environment, installed))
            if not changes:
                self._cache.used(file)
                return entry.notebook
            if page.reason == NEW:  # the last execution is the one to compare with
                page.reason, page.seconds = _summary(changes), manifest.seconds
        return None

    def _work(self, page: _Page, executed: dict[str, Path]) -> Work:
        def begun() -> None:
            self._report(f"{page.name}: executing ({page.reason})")

        def done(result: Execution) -> None:
            self._store(page, result)
            executed[page.name] = self._write(page, result.notebook)
            self._report(f"{page.name}: executed in {result.seconds:.1f} s ({page.reason})")

        shown = PurePath(os.path.relpath(page.source.path, self._root))
        return Work(page.source, shown, page.modules, begun, done)

    def _modules(self, path: Path) -> tuple[str, ...]:
        """What to import before a page: up to the heaviest module that it needs."""
        wanted = imported_by(path, self._preload, Repository(self._root))
        last = max((self._preload.index(module) + 1 for module in wanted), default=0)
        return self._preload[:last]

    def _store(self, page: _Page, result: Execution) -> None:
        if result.heard is None:
            self._report(f"warning: {page.name} is not cached: what it depends on was not recorded")
            return
        manifest = Manifest(
            cells=page.cells,
            files=result.heard["files"],
            folders=result.heard["folders"],
            distributions=versions(result.heard["modules"]),
            environment=digests(self._environment),
            python=python_version(),
            seconds=round(result.seconds, 3),
        )
        try:
            if self._can_store:
                self._cache.store(page.name, Entry(manifest, result.notebook))
        except OSError as error:
            self._can_store = False  # once said is enough
            self._report(f"warning: this build is not cached: {error}")

    def _write(self, page: _Page, executed: NotebookNode) -> Path:
        path = self._workers.folder / "pages" / Path(page.name).with_suffix(".ipynb")
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook.with_outputs(page.source, executed), path)
        return path


def _summary(changes: Sequence[str]) -> str:
    more = f" and {len(changes) - 1} more" if len(changes) > 1 else ""
    return changes[0] + more
