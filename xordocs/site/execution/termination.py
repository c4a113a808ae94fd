"""End a build in good order when the system asks it to."""

import contextlib
import signal
from types import FrameType
from typing import NoReturn

__all__ = ["exit_on_signals"]

SIGNALS = ("SIGTERM", "SIGHUP")  # Windows has no SIGHUP


def exit_on_signals() -> None:
    """Make the signals that ask this process to end raise `SystemExit`, as Ctrl-C raises.

    Then what the process holds is released: its children, its private folder. A signal that is
    ignored (as by ``nohup``), or that somebody handles, is left alone.
    """
    for name in SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            with contextlib.suppress(ValueError):  # not the main thread
                signal.signal(number, _exit)


def _exit(number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)
