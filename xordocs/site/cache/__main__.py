"""Look into a cache: ``python -m xordocs.site.cache FOLDER list``, ``why PAGE``, ``forget [PAGE]``.

It stands above all other rooms, and nothing imports it: comparing a page with its last execution
takes the page's reader and the environment of its kernel.
"""

import argparse
import difflib
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from xordocs.site.cache.atomic_file import DamagedError
from xordocs.site.cache.memo import Memo
from xordocs.site.cache.store import Cache, Entry
from xordocs.site.dependencies import CurrentState, Manifest
from xordocs.site.errors import PageError
from xordocs.site.execution.environment import FIXED, tracked_environment
from xordocs.site.notebooks import Page, PageOptions

__all__ = ["main"]


class _UsageError(Exception):
    """Something is asked for that cannot be answered; told in one line."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line, and return its exit status.

    Args:
        arguments: Those after the command's name; this process's own if None.
    """
    options = _parser().parse_args(arguments)
    cache = Cache(options.folder)
    try:
        if not options.folder.is_dir() and (options.command != "forget" or options.page):
            raise _UsageError(f"there is no folder {options.folder}")
        if options.command == "list":
            lines = list(_list(cache))
        elif options.command == "why":
            lines = list(_why(cache, _known(cache, options.page), options.folder, options.root))
        elif options.page is None:
            cache.clean()
            lines = []
        else:
            cache.forget(_known(cache, options.page))
            lines = []
    except (_UsageError, PageError, OSError) as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    try:
        sys.stdout.writelines(f"{line}\n" for line in lines)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - for the flush at exit
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m xordocs.site.cache", description="Look into a cache of executed pages."
    )
    parser.add_argument("folder", type=Path, help="the cache's folder, such as .cache/pages")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("list", help="list each page with its last execution")
    why = commands.add_parser(
        "why", help="tell what a page's executions depended on, and what has changed since"
    )
    why.add_argument("page", help="the page's name, as `list` tells it")
    why.add_argument(
        "--root",
        type=Path,
        help="the repository's folder; else the nearest one above the cache that has a .git, or if "
        "there is none a mkdocs.yml",
    )
    forget = commands.add_parser("forget", help="delete what is kept, so that it is executed again")
    forget.add_argument("page", nargs="?", help="the page's name; all pages if there is none")
    return parser


def _known(cache: Cache, page: str) -> str:
    """Return a page's name if there are executions of it.

    Raises:
        _UsageError: There are none.
    """
    pages = cache.pages()
    if page in pages:
        return page
    near = difflib.get_close_matches(page, pages, n=1, cutoff=0.4)
    hint = f"; did you mean {near[0]}?" if near else ""
    raise _UsageError(f"the cache has no page {page!r}{hint}")


def _list(cache: Cache) -> Iterator[str]:
    rows = [("page", "last executed", "took", "size", "dependencies")]
    for page in cache.pages():
        found = list(cache.entries(page))
        size = sum(file.stat().st_size for file, _ in found)
        manifests = [entry.manifest for _, entry in found if isinstance(entry, Entry)]
        if not manifests:
            rows.append((page, "damaged", "", f"{size / 1000:.0f} kB", ""))
            continue
        last = max(manifests, key=lambda manifest: manifest.executed)
        number = sum(len(part) for part in (last.files, last.folders, last.distributions))
        number += len(last.inputs or {})
        executed = _time(last.executed)
        took = f"{last.seconds:.1f} s"
        rows.append((page, executed, took, f"{size / 1000:.0f} kB", f"{number}{_blind(last)}"))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [text.ljust(width) for text, width in zip(row, widths, strict=True)]
        yield "  ".join(cells).rstrip()


def _blind(manifest: Manifest) -> str:
    return " and what cannot be seen: executed in every build" if manifest.is_blind else ""


def _why(cache: Cache, page: str, folder: Path, root: Path | None) -> Iterator[str]:
    root = root or _root(folder)
    memo = Memo(folder / "texts", lambda _: None)
    for file, entry in cache.entries(page):
        if isinstance(entry, DamagedError):
            yield f"{page}: {file.name} is damaged ({entry})"
            continue
        manifest = entry.manifest
        yield f"{page}: executed on {_time(manifest.executed)} in {manifest.seconds:.1f} s"
        changes = list(_changes(manifest, page, root, memo))
        yield from (f"  since then: {change}" for change in changes or ["nothing has changed"])
        yield from _dependencies(manifest)


def _changes(manifest: Manifest, name: str, root: Path, memo: Memo) -> Iterator[str]:
    """Yield what has changed since an execution; what `mkdocs.yml` says of pages is not read."""
    path = root / manifest.page
    if not path.is_file():
        yield f"{manifest.page} is gone"
        return
    named = [name for name in manifest.environment if name not in FIXED]
    environment = {name: os.environ[name] for name in named if name in os.environ}
    current = CurrentState(root, tracked_environment(environment))
    declared = None if manifest.inputs is None else tuple(manifest.inputs)
    then = PageOptions(allow_errors=manifest.allow_errors, depends=declared)
    page = Page.read(name, path, memo, then)
    inputs = current.inputs(page.options.depends, path)
    yield from manifest.changes(page.cells, inputs, current.place(path), current)


def _dependencies(manifest: Manifest) -> Iterator[str]:
    yield f"  {manifest.python}, {len(manifest.cells)} code cells"
    groups = {
        "files": [_missing(name, digest) for name, digest in manifest.files.items()],
        "folders": [_missing(name, digest) for name, digest in manifest.folders.items()],
        "packages": [f"{name} {version}" for name, version in manifest.distributions.items()],
        "modules that were nowhere": manifest.absent,
        "environment variables": list(manifest.environment),
        "declared inputs": [_missing(*it) for it in (manifest.inputs or {}).items()],
        "not seen": manifest.unseen,
    }
    for title, names in groups.items():
        if names:
            yield f"  {title}:"
            yield from (f"    {name}" for name in sorted(names))


def _missing(name: str, digest: str | None) -> str:
    return name if digest is not None else f"{name} (missing)"


def _root(folder: Path) -> Path:
    """Find the repository that a cache belongs to, as builds do.

    Raises:
        _UsageError: There is none.
    """
    parents = folder.resolve().parents
    for name in (".git", "mkdocs.yml"):
        for parent in parents:
            if (parent / name).exists():
                return parent
    raise _UsageError(f"no repository above {folder}: name it with --root")


def _time(seconds: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(seconds))


if __name__ == "__main__":
    sys.exit(main())
