"""The standard streams of a kernel: of Python's, and of all else that writes to the descriptor."""

import codecs
import ctypes
import os
import re
import threading
from typing import Any

from ipykernel.iostream import IOPubThread, OutStream
from jupyter_client.session import Session
from tornado.ioloop import PeriodicCallback

from xordocs.site.execution.kernel.limits import TextLimit

__all__ = ["Stream"]

DESCRIPTORS = {"stdout": 1, "stderr": 2}
CHUNK_BYTES = 1 << 20
MAX_FILE_BYTES = 16 << 20
"""How much of the file may lie on the disk after it has been read."""
PUNCH_HOLE = 1 | 2
"""Linux's flags to free a part of a file whose length stays: KEEP_SIZE and PUNCH_HOLE."""
GUARD_MILLISECONDS = 1000
"""How often the file is read that a cell's child may be filling without end."""

_LIBRARY_LOG = re.compile(
    r"^(?:WARNING: All log messages before absl::InitializeLog\(\) is called.*"
    r"|[IWEF]\d{4,8} \d\d:\d\d:\d+\.\d+ +\d+ \S+:\d+\] .*"
    r"|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+: [IWEF] \S+:\d+\] .*)(?:\r?\n|\Z)",
    re.MULTILINE,
)
"""What C++ libraries log by Abseil and its like: with time and thread, different in each build."""


class Stream(OutStream):
    """Publishes what Python prints, and what other code writes to the stream's file descriptor.

    The descriptor leads to a file that can be read. What has been written to it meanwhile is
    published before anything else of Python's is. Unlike a pipe, which ipykernel would put there,
    a file never makes a writer wait, and outlives a kernel that is killed.

    Args:
        session: Makes messages.
        pub_thread: Sends them.
        name: ``stdout`` or ``stderr``.
        options: Of ipykernel's, which do not matter here.
    """

    def __init__(
        self,
        session: Session,
        pub_thread: IOPubThread,
        name: str,
        **options: Any,  # noqa: ARG002
    ) -> None:
        super().__init__(session, pub_thread, name, watchfd=False)
        self.limit = TextLimit()
        self._number = DESCRIPTORS[name]
        self._file = os.dup(self._number)  # also when the page redirects its own
        self._can_read = hasattr(os, "pread")  # Windows has no such file
        self._offset = self._freed = os.fstat(self._file).st_size
        self._lock = threading.RLock()
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        guard = PeriodicCallback(self._collect, GUARD_MILLISECONDS)
        pub_thread.schedule(guard.start)

    def fileno(self) -> int:
        """Return the descriptor that child processes may print to."""
        return self._number

    def write(self, string: str) -> int:
        """Print a text, but for what is beyond the limit."""
        if not isinstance(string, str):
            raise TypeError(f"write() argument must be str, not {type(string).__name__}")
        if not self._is_master_process():  # forked by the page
            super().write(string)
            return len(string)
        self._collect()
        with self._lock:
            self._print(string)
        return len(string)

    def flush(self) -> None:
        """Publish all that has been printed."""
        if self._is_master_process():
            self._collect()
            if not self._flush_pending:  # nothing has been printed: wait for no other thread
                return
        super().flush()

    def end_cell(self) -> None:
        """Print what is held back until the cell ends."""
        self._collect()
        with self._lock:
            if rest := self.limit.end():
                super().write(rest)

    def _print(self, text: str) -> None:
        if shown := self.limit.add(text):
            super().write(shown)

    def _collect(self) -> None:
        """Print what has been written to the descriptor since the last time."""
        if not self._can_read or os.fstat(self._file).st_size <= self._offset:
            return
        with self._lock:
            while chunk := os.pread(self._file, CHUNK_BYTES, self._offset):
                self._offset += len(chunk)
                text = self._decoder.decode(chunk)
                self._print(_LIBRARY_LOG.sub("", text) if self.name == "stderr" else text)
            if self._offset - self._freed > MAX_FILE_BYTES:
                if not _free(self._file, self._offset):
                    os.ftruncate(self._file, 0)  # those that append go on at the beginning
                    self._offset = 0
                self._freed = self._offset


def _free(descriptor: int, size: int) -> bool:
    """Give the first bytes of a file back to the disk; return whether the system can.

    The file keeps its length, so that what is being written to it meanwhile is not lost.
    """
    try:
        fallocate = ctypes.CDLL(None).fallocate
    except AttributeError:  # not on Linux
        return False
    done: int = fallocate(descriptor, PUNCH_HOLE, ctypes.c_long(0), ctypes.c_long(size))
    return done == 0
