"""Errors that an author sees: what is wrong with a page, and what to do about it."""

import ipaddress
import re
import signal
from collections.abc import Sequence
from pathlib import PurePath
from typing import Self

__all__ = [
    "ANSI",
    "CellError",
    "ExecutionError",
    "ExpressionError",
    "FigureError",
    "FormulaError",
    "PageError",
    "UndescribedError",
    "cell_line",
    "describe_exit",
    "describe_hosts",
    "plain_lines",
    "quote_cell",
]

SHOWN_LINES = 12
"""How many lines of a traceback a message shows: the last, where the reason is."""

ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_])")
"""What a terminal takes as a command: colours, movements, titles."""

_NETWORK_FILE = re.compile(
    r"""[/\\](?:socket|ssl|http[/\\]client|urllib[/\\](?:request|response)
    |(?:urllib3|httpcore|httpx|requests|aiohttp)[/\\][\w/\\]+)\.py""",
    re.VERBOSE,
)
_NETWORK_ERRORS = frozenset(
    {
        *("ConnectionAbortedError", "ConnectionError", "ConnectionRefusedError"),
        *("ConnectionResetError", "TimeoutError", "gaierror", "herror"),
    }
)


class PageError(ValueError):
    """A page's file cannot be read.

    Args:
        reason: What is wrong with it; continues a sentence that begins "the page".
        line: The line of the file where that is, counted from 1.
    """

    def __init__(self, reason: str, line: int = 1) -> None:
        super().__init__(reason)
        self.line = line

    def __reduce__(self) -> tuple[type[Self], tuple[str, int]]:
        return type(self), (str(self), self.line)


class CellError(Exception):
    """A cell's output must not be published.

    Args:
        number: The code cell, counted from 1.
        reason: What is wrong, and what to do about it.

    Attributes:
        others: The same of the page's other cells.
    """

    def __init__(self, number: int, reason: str) -> None:
        super().__init__(f"cell {number}: {reason}")
        self.number = number
        self.others: list[CellError] = []


class FigureError(ValueError):
    """A figure or an image must not be published as it is."""


class UndescribedError(FigureError):
    """A figure or an image has no description for readers who do not see it.

    Args:
        remedy: How to describe it.
        hint: What it says of itself, which is not enough.
    """

    def __init__(self, remedy: str, hint: str = "") -> None:
        super().__init__(f"the figure has no description: {remedy}")
        self.hint = hint


class FormulaError(ValueError):
    """A formula cannot be converted to MathML.

    Args:
        formula: Its source.
        reason: What is wrong with it.
    """

    def __init__(self, formula: str, reason: str) -> None:
        super().__init__(f"cannot set the formula ${' '.join(formula.split())}$: {reason}")
        self.formula = formula


class ExecutionError(Exception):
    """A cell raised an exception, ran out of time, or ended its kernel.

    Args:
        path: The page's file as its author knows it.
        line: The line of that file where the failure is, counted from 1.
        cell: The number of the code cell, counted from 1.
        source: The cell's code.
        reason: What happened, to be read after "cell 3".
        traceback: The traceback's lines, the innermost last.
    """

    def __init__(
        self, path: PurePath, line: int, cell: int, source: str, reason: str, traceback: list[str]
    ) -> None:
        super().__init__(path, line, cell, source, reason, traceback)
        self.path, self.line, self.cell = path, line, cell
        self.source, self.reason, self.traceback = source, reason, traceback

    def __str__(self) -> str:
        """``docs/tutorials/x.py:42: cell 3 …``, the cell, and the end of the traceback."""
        where = f"{self.path.as_posix()}:{self.line}"
        return f"{where}: cell {self.cell} {self.reason}\n{quote_cell(self.source, self.traceback)}"


class ExpressionError(ExecutionError):
    """An inline expression raised an exception, ran out of time, or ended its kernel."""

    def __str__(self) -> str:
        """``docs/tutorials/x.py:42: the expression `losses[-1]` raised …``, and its traceback."""
        where = f"{self.path.as_posix()}:{self.line}"
        told = "".join(f"\n{line}" for line in self.traceback[-SHOWN_LINES:])
        return f"{where}: the expression `{self.source}` {self.reason}{told}"


def quote_cell(source: str, traceback: Sequence[str]) -> str:
    """Format a cell's code, indented, with the end of its traceback."""
    code = [f"    {line}" for line in source.splitlines()]
    blank = [""] if traceback else []
    return "\n".join(["", *code, *blank, *traceback[-SHOWN_LINES:]])


def plain_lines(text: str) -> list[str]:
    """Split a text into lines, without terminal colours."""
    return [line.rstrip() for line in ANSI.sub("", text).splitlines()]


def cell_line(traceback: list[str], cell: int) -> int:
    """Find the line within a cell that its traceback names; the cell's first if it names none.

    Args:
        traceback: Plain lines, as IPython or ``faulthandler`` writes them.
        cell: The number of the code cell.

    Returns:
        The line, counted from 1.
    """
    named = re.compile(rf"(?:Cell In\[{cell}\]|File \"<cell {cell}>\"), line (\d+)")
    found = next(filter(None, map(named.search, traceback)), None)
    return int(found[1]) if found else 1


def describe_hosts(hosts: Sequence[str], error: str, text: str, traceback: Sequence[str]) -> str:
    """Name the hosts that a cell asked for, if its exception came from the network.

    Args:
        hosts: Names, and addresses of those that have none.
        error: The exception's class.
        text: What it says; a host that it names need not be named again.
        traceback: Plain lines.

    >>> describe_hosts(["example.org", "192.0.2.1"], "gaierror", "unknown name", [])
    ' (host example.org)'
    """
    if error not in _NETWORK_ERRORS and not any(map(_NETWORK_FILE.search, traceback)):
        return ""
    named = [host for host in hosts if not _is_address(host)] or hosts
    told = [host for host in named if host not in text]
    return f" (host{'s' * (len(told) > 1)} {', '.join(told)})" if told else ""


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def describe_exit(status: int | None) -> str:
    """Describe an exit status in words.

    >>> describe_exit(-9)
    'killed by SIGKILL, perhaps for lack of memory'
    >>> describe_exit(3)
    'exit status 3'
    """
    if status is None or status >= 0:
        return f"exit status {status}"
    try:
        name = signal.Signals(-status).name
    except ValueError:  # most real-time signals have no name
        name = f"signal {-status}"
    return f"killed by {name}{', perhaps for lack of memory' if status == -9 else ''}"
