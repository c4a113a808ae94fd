"""What an execution depended on, and which of it has changed."""

import dataclasses
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from xordocs.site.dependencies.current import CurrentState
from xordocs.site.dependencies.declared import ALWAYS

__all__ = ["Manifest"]


@dataclass(frozen=True)
class Manifest:
    """Everything that may change a page's outputs, as it was when the page was executed.

    Names of files and folders are relative to the repository's root, with ``/``, and absolute
    where they lie outside.

    Attributes:
        page: The name of the page's file. Nothing depends on it.
        cells: A digest of each code cell, in order.
        files: For each file that was read, its digest; None if it was missing.
        folders: The same for the names in each folder that was listed.
        distributions: The version of each installed distribution that was imported or asked for.
        absent: The modules that were to be imported and were nowhere.
        allow_errors: Whether cells might raise exceptions. The digests of the cells hold it, too.
        environment: A digest of each environment variable that all pages may depend on.
        inputs: A digest of each declared input; None if the page declared nothing.
        unseen: What else was read that nothing can tell of: where a process or a connection was
            begun, in a few words each. Declared inputs answer for it.
        editables: Where editable packages lay; None if none of the author's modules was imported.
        place: The machine and the page's folder; None if all names are relative.
        python: The interpreter's version and the machine's kind.
        executed: When it was executed, in seconds since 1970. Nothing depends on it.
        seconds: How long the execution took. Nothing depends on it but the order of the next.
    """

    page: str
    cells: list[str]
    files: dict[str, str | None]
    folders: dict[str, str | None]
    distributions: dict[str, str]
    absent: list[str]
    allow_errors: bool
    environment: dict[str, str]
    inputs: dict[str, str | None] | None
    unseen: list[str]
    editables: str | None
    place: str | None
    python: str
    executed: float
    seconds: float

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` has written.

        Raises:
            ValueError: It is something else.
        """
        fields = json.loads(text)
        names = {field.name for field in dataclasses.fields(cls)}
        if not isinstance(fields, dict) or fields.keys() != names or not _is_manifest(fields):
            raise ValueError("not a manifest")
        return cls(**fields)

    def to_json(self) -> str:
        """Write the manifest as one line."""
        return json.dumps(dataclasses.asdict(self), sort_keys=True)

    @property
    def identity(self) -> str:
        """What the same execution at another time shares: all but when it was, and how long."""
        return dataclasses.replace(self, executed=0, seconds=0).to_json()

    @property
    def is_blind(self) -> bool:
        """Whether the page may have read what nobody can tell of."""
        return self.inputs is None and bool(self.unseen)

    def changes(
        self,
        cells: list[str],
        inputs: Mapping[str, str | None] | None,
        place: str,
        current: CurrentState,
    ) -> Iterator[str]:
        """Yield each dependency that changed since the execution.

        Args:
            cells: The digests of the code cells as they now are.
            inputs: The digests of the declared inputs as they now are.
            place: The place as it now is.
            current: What else there is now.

        Yields:
            A few words for each change, such as ``numpy 2.4.1 → 2.4.6``.
        """
        if len(cells) != len(self.cells):
            yield f"{len(self.cells)} code cells → {len(cells)}"
        else:
            pairs = zip(self.cells, cells, strict=True)
            yield from (f"cell {n} changed" for n, (old, new) in enumerate(pairs, 1) if old != new)
        if self.python != current.python:
            yield f"{self.python} → {current.python}"
        for name, old in self.distributions.items():
            if (new := current.version(name)) != old:
                yield f"{name} {old} → {new or 'none'}"
        installed = filter(current.is_installed, self.absent)
        yield from (f"{name} is installed now" for name in installed)
        if self.editables not in (None, current.editables):
            yield "editable packages lie elsewhere"
        if self.place not in (None, place):
            yield "files outside the repository, on another machine or from another folder"
        for name, digest in self.files.items():
            yield from _difference(name, digest, current.file(name))
        for name, digest in self.folders.items():
            yield from _difference(f"{name}/", digest, current.folder(name))
        for name in sorted(self.environment.keys() | current.environment.keys()):
            before, now = self.environment.get(name), current.environment.get(name)
            yield from _difference(f"${name}", before, now)
        yield from self._input_changes(inputs)

    def _input_changes(self, inputs: Mapping[str, str | None] | None) -> Iterator[str]:
        if inputs is None and self.inputs is None:
            yield from self.unseen
        elif inputs is None or self.inputs is None or inputs.keys() != self.inputs.keys():
            yield "other inputs are declared"
        else:
            for name, digest in self.inputs.items():
                yield from _difference(name, digest, inputs[name])
            if ALWAYS in inputs:
                yield "executed in every build, as declared"


def _difference(name: str, old: str | None, new: str | None) -> Iterator[str]:
    if old != new:
        yield f"{name} {'appeared' if old is None else 'changed' if new else 'is gone'}"


def _is_manifest(fields: dict[str, Any]) -> bool:
    """Whether each field holds what its type says."""
    return (
        all(isinstance(fields[name], str) for name in ("page", "python"))
        and all(isinstance(fields[name], str | None) for name in ("editables", "place"))
        and all(isinstance(fields[name], int | float) for name in ("executed", "seconds"))
        and all(_is_list(fields[name]) for name in ("cells", "absent", "unseen"))
        and all(_is_dict(fields[name], str) for name in ("distributions", "environment"))
        and all(_is_dict(fields[name], str | None) for name in ("files", "folders"))
        and isinstance(fields["allow_errors"], bool)
        and (fields["inputs"] is None or _is_dict(fields["inputs"], str | None))
    )


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_dict(value: object, kind: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(item, kind) for item in value.values())
