"""The surroundings of page kernels: the same environment everywhere, and a folder of their own."""

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

try:
    import fcntl
    import resource
except ImportError:  # Windows, where nothing is swept, and files are not counted
    fcntl = resource = None  # type: ignore[assignment]

__all__ = [
    "PrivateFolder",
    "allow_files",
    "kernel_environment",
    "possible_jobs",
    "private_environment",
    "tracked_environment",
]

INHERITED = (
    # where things are on this machine
    "DYLD_LIBRARY_PATH",
    "HOME",
    "LD_LIBRARY_PATH",
    "PATH",
    "PYTHONPATH",
    # on Windows
    "APPDATA",
    "COMSPEC",
    "LOCALAPPDATA",
    "PATHEXT",
    "PROGRAMDATA",
    "SYSTEMDRIVE",
    "SYSTEMROOT",
    "USERPROFILE",
    "WINDIR",
    # who builds
    "LOGNAME",
    "USER",
    "USERNAME",
    # how the network is reached from here
    *(f"{kind}_proxy" for kind in ("all", "http", "https", "no")),
    *(f"{kind}_PROXY" for kind in ("ALL", "HTTP", "HTTPS", "NO")),
    "CURL_CA_BUNDLE",
    "REQUESTS_CA_BUNDLE",
    "SSL_CERT_DIR",
    "SSL_CERT_FILE",
)
"""The variables of this machine that programs need, and that nothing shown should depend on.

Pages see no other that is not declared.
"""

FIXED = {
    "CUDA_VISIBLE_DEVICES": "-1",  # the same results with and without a GPU
    "LANG": "C.UTF-8",
    "MATPLOTLIBRC": os.devnull,  # not the user's
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "PYTHONHASHSEED": "0",
    "SOURCE_DATE_EPOCH": "315532800",  # 1980, the first year that a zip archive can tell
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TZ": "UTC",
}
"""The variables that are the same for all pages, because they would make two builds differ."""

KERNEL_FILES, BUILDER_FILES, PAGE_FILES = 96, 64, 32
"""How many files a kernel opens, and a builder for itself and for each page: a third is spare."""

PREFIX = "xordocs-pages-"
ABANDONED_SECONDS = 3600
"""How long an unlocked folder is left alone: its session may be about to lock it."""


def kernel_environment(declared: Mapping[str, str]) -> dict[str, str]:
    """Return all environment variables that a page sees.

    Args:
        declared: Those that pages may depend on; they win over ours.
    """
    inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return {**inherited, **FIXED, **declared}


def private_environment(folder: Path) -> dict[str, str]:
    """Make the folders for temporary files of one kernel, and return the variables that name them.

    Args:
        folder: The kernel's own.
    """
    temporary = folder / "tmp"
    temporary.mkdir()
    names = ("TEMP", "TMP") if os.name == "nt" else ("TMPDIR",)
    return {"IPYTHONDIR": str(folder / "ipython"), **dict.fromkeys(names, str(temporary))}


def tracked_environment(declared: Mapping[str, str]) -> dict[str, str]:
    """Return the environment variables whose change executes a page again.

    Args:
        declared: Those that pages may depend on.

    Returns:
        Also what is fixed, and where modules are imported from: another path may lead to others.
    """
    path = os.environ.get("PYTHONPATH")
    return {**FIXED, **({} if path is None else {"PYTHONPATH": path}), **declared}


def allow_files(jobs: int) -> None:
    """Raise this process's limit of open files to what it needs, as far as that is allowed.

    Args:
        jobs: How many pages are to execute at once.
    """
    if resource is None:
        return
    files, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = max(KERNEL_FILES, BUILDER_FILES + jobs * PAGE_FILES)
    if most != resource.RLIM_INFINITY:
        needed = min(needed, most)
    if files != resource.RLIM_INFINITY and files < needed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (needed, most))


def possible_jobs(wanted: int) -> int:
    """Return how many pages may execute at once: ZeroMQ aborts a process out of open files.

    Args:
        wanted: How many should.

    Raises:
        OSError: There are too few files for one page.
    """
    if resource is None:
        return wanted
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if files == resource.RLIM_INFINITY:
        return wanted
    least = max(KERNEL_FILES, BUILDER_FILES + PAGE_FILES)
    if files < least:
        raise OSError(f"{least} open files are needed, but {files} are allowed (ulimit -n)")
    return min(wanted, (files - BUILDER_FILES) // PAGE_FILES)


class PrivateFolder(tempfile.TemporaryDirectory[str]):
    """A temporary folder of one session, which no other user can enter.

    What sessions that were killed have left behind is deleted first. A lock, which ends with its
    process, tells their folders from those in use.
    """

    def __init__(self) -> None:
        place = _short_temporary_folder()
        _sweep(place)
        super().__init__(prefix=PREFIX, dir=place, ignore_cleanup_errors=True)
        self._descriptor = _lock(self.name)

    def cleanup(self) -> None:
        """Delete the folder and all that is in it."""
        super().cleanup()
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _lock(folder: str | Path) -> int | None:
    """Lock a folder until its descriptor is closed; None if another process has locked it."""
    if fcntl is None:
        return None
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def _sweep(place: str) -> None:
    """Delete the folders that sessions have left behind when they were killed."""
    for folder in Path(place).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):  # another user's, or just gone
            if time.time() - folder.stat().st_mtime > ABANDONED_SECONDS:
                descriptor = _lock(folder)
                if descriptor is not None:
                    shutil.rmtree(folder, ignore_errors=True)
                    os.close(descriptor)


def _short_temporary_folder() -> str:
    """Return a folder for temporary ones that leaves room for a socket's name: 107 bytes in all."""
    usual = tempfile.gettempdir()
    return "/tmp" if len(os.fsencode(usual)) > 60 and Path("/tmp").is_dir() else usual  # noqa: S108
