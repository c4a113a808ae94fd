"""Record which files a rendering reads, lists and looks for in this process."""

import contextlib
import functools
import os
import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from xordocs.site.dependencies.digests import file_digest, folder_digest
from xordocs.site.dependencies.source_files import installed_folders, is_package_folder

__all__ = ["ReadRecorder", "state_of"]

_PROGRAM = re.compile(r"(?:^|[/\\])(git|ruff)(?:\.exe)?$")
"""The programs that mkdocstrings starts: griffe asks Git where sources are published, which the
handler's templates do not show, and Ruff lays out signatures."""
_FORMATTER_SETTINGS = ("pyproject.toml", "ruff.toml", ".ruff.toml")
_OUTSIDE = ("os.exec", "os.posix_spawn", "os.system", "socket.", "subprocess.Popen", "urllib.")
"""The beginnings of the audit events of what no file shows."""
FOLDER = "/"
"""What a folder's path ends with, to tell its listing from a file's content."""


class ReadRecorder:
    """What the renderings within `recording` have read, but for what is installed.

    Args:
        output: The folder that the site is written to, which no page depends on.

    Attributes:
        states: A digest of each file, and of the names in each folder, by the path; None if it was
            missing.
        is_complete: Whether nothing was read that the states do not show.
    """

    def __init__(self, output: str) -> None:
        self._output = output
        self.states: dict[str, str | None] = {}
        self.is_complete = True
        self._thread = threading.get_ident()
        self._is_busy = False  # taking a state opens files

    @contextmanager
    def recording(self) -> Iterator[None]:
        """Record what this thread does within this context."""
        _install_audit_hook()
        _active.append(self)
        try:
            with _replacing_lookups(self._look_up):
                yield
        finally:
            _active.remove(self)

    def on_event(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Record an audit event; a rendering must not fail because of it."""
        if self._is_busy or threading.get_ident() != self._thread:
            return
        self._is_busy = True
        try:
            self._record(event, arguments)
        except Exception:  # a path that is none, for instance
            self.is_complete = False
        finally:
            self._is_busy = False

    def _record(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            if not isinstance(path, int):
                self._open(os.fsdecode(path), flags)
        elif event in ("os.listdir", "os.scandir"):
            if not _is_import_machinery():
                self._add(os.fsdecode(arguments[0] or ".") + FOLDER)
        elif event == "subprocess.Popen" and (known := _PROGRAM.search(os.fsdecode(arguments[0]))):
            if known[1] == "ruff":
                self._add_formatter_settings()
        elif event.startswith(_OUTSIDE):
            self.is_complete = False

    def _open(self, path: str, flags: int) -> None:
        if os.path.basename(os.path.dirname(path)) == "__pycache__":
            return
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC):
            self.is_complete &= _is_installed(os.path.abspath(path)) or path == os.devnull
        else:
            self._add(path)

    def _add_formatter_settings(self) -> None:
        here = Path.cwd()
        for folder in (here, *here.parents):
            for name in _FORMATTER_SETTINGS:
                self._add(str(folder / name))

    def _look_up(self, path: Any) -> None:
        """Record that a rendering asked whether a file exists."""
        self.on_event("open", (path, "r", os.O_RDONLY))

    def _add(self, path: str) -> None:
        is_folder = path.endswith(FOLDER)
        path = os.path.abspath(path)
        if not _is_installed(path):
            path += FOLDER if is_folder else ""
            self.states.setdefault(path, state_of(path, self._output))


def state_of(path: str, output: str) -> str | None:
    """Digest a file, or the names in a folder; return None for what is missing.

    What `folder_digest` leaves out does not count.

    Args:
        path: The path, with a slash at the end if the names in a folder are meant.
        output: A folder that does not count either.
    """
    if not path.endswith(FOLDER):
        return "folder" if os.path.isdir(path) else file_digest(path)
    return folder_digest(os.path.dirname(path), output)


_active: list[ReadRecorder] = []


@functools.cache
def _install_audit_hook() -> None:
    """Make every audit event reach the recordings under way.

    An audit hook is the one way to see what any library opens; it cannot be removed again.
    """

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        for recording in _active:
            recording.on_event(event, arguments)

    sys.addaudithook(hook)


@contextmanager
def _replacing_lookups(on_lookup: Callable[[Any], None]) -> Iterator[None]:
    """Record which files a rendering looks for in vain, which decides what it shows as well.

    No audit event tells of it, so that ``os.path.exists`` is replaced for as long as a page is
    rendered. It is what the snippets and images of pymdownx are looked up with.
    """
    original = os.path.exists

    def exists(path: Any) -> bool:
        on_lookup(path)
        return original(path)

    os.path.exists = exists
    try:
        yield
    finally:
        os.path.exists = original


@functools.cache
def _installed_folders() -> tuple[str, ...]:
    return tuple(os.path.join(folder, "") for folder in installed_folders())


def _is_installed(path: str) -> bool:
    return path.startswith(_installed_folders()) or is_package_folder(path)


def _is_import_machinery() -> bool:
    """Whether a folder is listed to find a module."""
    with contextlib.suppress(ValueError):
        caller = sys._getframe(4).f_globals.get("__name__", "")
        return str(caller).startswith(("importlib", "_frozen_importlib"))
    return False
