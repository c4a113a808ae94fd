"""Measure the processes in which pages are executed, too, as `make coverage` asks for.

Their environment has no variable of coverage's, and they end by being killed, so they save four
times a second what they have counted.
"""

import os
import sys
import threading
from pathlib import Path

import coverage

ROOT = Path(__file__).parents[2]
DATA = Path(sys.prefix, "coverage/data")  # a page that saw it elsewhere would depend on it
PAUSE = 0.25  # seconds


def save():
    never = threading.Event()
    while not never.wait(PAUSE):
        if measured := coverage.Coverage.current():
            measured.save()


def add_audit_hook(hook):
    """Add a hook, and measure it: Python traces no other."""
    getattr(hook, "__func__", hook).__cantrace__ = True
    _add_audit_hook(hook)


_add_audit_hook, sys.addaudithook = sys.addaudithook, add_audit_hook
if "COVERAGE_PROCESS_CONFIG" not in os.environ:
    settings = coverage.Coverage(
        data_file=str(DATA), config_file=str(ROOT / "pyproject.toml")
    ).config
    settings.source = None  # of which each saving would list the folders, as if the page did
    settings.run_include = [str(ROOT / "xordocs/*")]
    os.environ["COVERAGE_PROCESS_CONFIG"] = settings.serialize()
    coverage.process_startup()
    os.register_at_fork(after_in_child=lambda: threading.Thread(target=save, daemon=True).start())
