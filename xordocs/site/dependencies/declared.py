"""The inputs that an author declares for a page: what no recorder can see."""

import glob
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from xordocs.site.dependencies.digests import file_digest, is_passing

__all__ = ["ALWAYS", "declared_environment", "input_digests", "missing_inputs"]

ALWAYS = "always"
"""Declares that a page is executed in every build."""


def input_digests(
    declared: Iterable[str],
    folder: Path,
    environment: Mapping[str, str],
    digest: Callable[[str], str | None] = file_digest,
) -> dict[str, str | None]:
    """Digest declared inputs as they now are.

    Args:
        declared: Files, folders with all that is in them, and patterns as `glob` knows them, ``**``
            too; ``$NAME`` for environment variables; ``always``.
        folder: The page's folder, which paths start from.
        environment: The environment variables.
        digest: Digests a file, given its path.

    Returns:
        A digest of each input; None for a file, a pattern or a variable that there is none of.
    """
    digests: dict[str, str | None] = {}
    for entry in declared:
        if entry == ALWAYS:
            digests[entry] = None
        elif (variable := _variable(entry)) is not None:
            value = environment.get(variable)
            digests[entry] = None if value is None else _sha256(value)
        else:
            found = {name: digest(os.path.join(folder, name)) for name in _files(entry, folder)}
            is_there = found or (entry and os.path.isdir(os.path.join(folder, entry)))
            digests[entry] = _sha256(json.dumps(found, sort_keys=True)) if is_there else None
    return digests


def missing_inputs(digests: Mapping[str, str | None]) -> list[str]:
    """List the declared files and patterns that there is nothing of, given `input_digests`.

    A variable that is not set is no mistake: many need not be.
    """
    return [
        entry
        for entry, digest in digests.items()
        if digest is None and entry != ALWAYS and _variable(entry) is None
    ]


def declared_environment(
    declared: Iterable[str] | None, environment: Mapping[str, str]
) -> dict[str, str]:
    """Return the environment variables among declared inputs that are set: the page sees them."""
    names = filter(None, map(_variable, declared or ()))
    return {name: environment[name] for name in names if name in environment}


def _variable(entry: str) -> str | None:
    """Return the name of the environment variable that a declared input is; None for others."""
    name = entry.removeprefix("$")
    return name if entry.startswith("$") and name.isidentifier() else None


def _files(entry: str, folder: Path) -> Iterator[str]:
    """Yield the files that a declared input names, as paths that the page would write."""
    entry = os.path.expanduser(entry)
    if entry and os.path.lexists(os.path.join(folder, entry)):
        names = [entry]
    else:
        names = glob.glob(entry, root_dir=folder, recursive=True)
    for name in names:
        place = os.path.join(folder, name)
        if not os.path.isdir(place):
            yield name
            continue
        above: dict[str, frozenset[str]] = {place: frozenset()}
        for parent, folders, files in os.walk(place, followlinks=True):
            chain = above.pop(parent) | {os.path.realpath(parent)}
            paths = {os.path.join(parent, it): it for it in folders if not is_passing(it)}
            ends = {it for it in paths if os.path.realpath(it) in chain}  # a link that leads up
            above |= dict.fromkeys(paths.keys() - ends, chain)
            folders[:] = [paths[it] for it in above if it in paths]
            below = os.path.normpath(os.path.join(name, os.path.relpath(parent, place)))
            yield from (os.path.join(below, file) for file in files if not is_passing(file))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()
