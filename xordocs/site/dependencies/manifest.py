"""Record what an execution depended on, and find out what of it has changed."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from xordocs.site.dependencies.source_files import file_digest, folder_digest
from xordocs.site.dependencies.versions import is_installed, python_version

__all__ = ["Manifest", "environment_digests"]


@dataclass(frozen=True)
class Manifest:
    """Everything that may change a page's outputs, as it was when the page was executed.

    Attributes:
        cells: A digest of each code cell, in order.
        files: For each file of the repository that was read, its digest; None if it was missing.
        folders: The same for the names in each folder that was listed.
        distributions: The version of each installed distribution that was imported or asked for.
        absent: The modules that were to be imported and were nowhere.
        environment: A digest of each declared environment variable.
        python: The interpreter's version and the machine's kind.
        seconds: How long the execution took. Nothing depends on it but the order of the next.
    """

    cells: list[str]
    files: dict[str, str | None]
    folders: dict[str, str | None]
    distributions: dict[str, str]
    absent: list[str]
    environment: dict[str, str]
    python: str
    seconds: float

    def changes(
        self,
        root: Path,
        cells: list[str],
        environment: Mapping[str, str],
        installed: Callable[[str], str | None],
    ) -> Iterator[str]:
        """Yield each dependency that changed since the execution.

        Args:
            root: The repository's folder.
            cells: The digests of the code cells as they now are.
            environment: The declared environment variables as they now are.
            installed: Returns a distribution's version; None if it is not installed.

        Yields:
            A few words for each change, such as ``numpy 2.4.1 → 2.4.6``.
        """
        if len(cells) != len(self.cells):
            yield f"{len(self.cells)} code cells → {len(cells)}"
        else:
            pairs = zip(self.cells, cells, strict=True)
            yield from (f"cell {n} changed" for n, (old, new) in enumerate(pairs, 1) if old != new)
        if self.python != python_version():
            yield f"{self.python} → {python_version()}"
        for name, old in self.distributions.items():
            if (new := installed(name)) != old:
                yield f"{name} {old} → {new or 'none'}"
        yield from (f"{name} is installed now" for name in self.absent if is_installed(name))
        for name, digest in self.files.items():
            yield from _difference(name, digest, file_digest(root / name))
        for name, digest in self.folders.items():
            yield from _difference(f"{name}/", digest, folder_digest(root / name))
        now = environment_digests(environment)
        for name in sorted(self.environment.keys() | now.keys()):
            yield from _difference(f"${name}", self.environment.get(name), now.get(name))


def environment_digests(environment: Mapping[str, str]) -> dict[str, str]:
    """Digest each variable's value: a cache may travel further than a secret should."""
    return {
        name: hashlib.sha256(value.encode(errors="surrogateescape")).hexdigest()
        for name, value in environment.items()
    }


def _difference(name: str, old: str | None, new: str | None) -> Iterator[str]:
    if old != new:
        yield f"{name} {'appeared' if old is None else 'changed' if new else 'is gone'}"
