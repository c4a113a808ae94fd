"""A site under ``mkdocs serve``, in a process of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

SECONDS = 120
"""When to give up waiting."""

SCRIPT = "import sys; from mkdocs.__main__ import cli; sys.exit(cli(prog_name='mkdocs'))"
"""What the script ``mkdocs`` runs; ``python -m mkdocs`` says nothing of deprecated calls."""


class Served:
    """A running ``mkdocs serve``; a context manager that ends it as Ctrl-C does.

    Args:
        folder: The folder of ``mkdocs.yml``.
        log: The file that takes what the server says.
        options: Further arguments for ``mkdocs serve``.
        python: The interpreter that has MkDocs.
    """

    def __init__(
        self, folder: Path, log: Path, *options: str, python: str = sys.executable
    ) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{free.getsockname()[1]}"
        self.address = f"http://{address}/"
        self._log = log
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                [python, "-c", SCRIPT, "serve", "--dev-addr", address, *options],
                cwd=folder,
                env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
                stdout=output,
                stderr=output,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(SECONDS)
        finally:
            self.process.kill()

    def said(self) -> str:
        """Everything that stood in the terminal up to now."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def get(self, page: str) -> str:
        """A file of the site as it is now; nothing while the server is not there."""
        try:
            with urllib.request.urlopen(self.address + page, timeout=SECONDS) as answer:
                return str(answer.read().decode())
        except OSError:
            return ""

    def until(self, page: str, shows: Callable[[str], object]) -> str:
        """Wait until a page shows something, and return it."""
        deadline = time.monotonic() + SECONDS
        while not shows(text := self.get(page)):
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < deadline, f"{page} never showed it\n{self.said()}"
            time.sleep(0.03)
        return text

    def search(self) -> list[dict[str, Any]]:
        """The entries of the search index."""
        entries: list[dict[str, Any]] = json.loads(self.get("search/search_index.json"))["docs"]
        return entries
