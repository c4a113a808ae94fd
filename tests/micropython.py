"""The Python of a reader's browser, run by Node: one process for many programs."""

import json
import os
import shutil
import subprocess
from itertools import chain
from pathlib import Path

import pytest

from xordocs.micropython import data, library

DRIVER = Path(__file__).with_suffix(".mjs")


class MicroPythonError(Exception):
    """A program raised an error; the message is MicroPython's traceback."""


class MicroPython:
    """MicroPython with the modules that a page has; names stay from one program to the next.

    Args:
        files: More modules, the text of each by its path below ``/lib``.
    """

    def __init__(self, files: dict[str, str] | None = None) -> None:
        node = shutil.which("node")
        if node is None:
            assert "CI" not in os.environ, "no Node to run MicroPython"
            pytest.skip("no Node to run MicroPython")
        self._process = subprocess.Popen(
            [node, DRIVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )
        readable = dict(chain.from_iterable(one.items() for one in data().values()))
        self._ask({"files": {**library(), **readable, **(files or {})}})
        self.run("import prelude")

    def run(self, source: str) -> str:
        """Run a program and return what it printed.

        Raises:
            MicroPythonError: It raised an error.
        """
        answer = self._ask({"source": source})
        if answer["error"]:
            raise MicroPythonError(answer["error"])
        return answer["output"]

    def close(self) -> None:
        """End the process."""
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def _ask(self, question: dict) -> dict:
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())
