"""Measure the processes in which pages are executed, too, as `make coverage` asks for.

Their environment has no variable of coverage's, and they end by being killed, so they save four
times a second what they have counted.
"""

import os
import threading
from pathlib import Path

import coverage

ROOT = Path(__file__).parents[2]
PAUSE = 0.25  # seconds


def save():
    never = threading.Event()
    while not never.wait(PAUSE):
        if measured := coverage.Coverage.current():
            measured.save()


if "COVERAGE_PROCESS_CONFIG" not in os.environ:
    settings = coverage.Coverage(
        data_file=str(ROOT / "build/coverage/data"), config_file=str(ROOT / "pyproject.toml")
    ).config
    settings.source = [str(ROOT / "xordocs")]
    os.environ["COVERAGE_PROCESS_CONFIG"] = settings.serialize()
    coverage.process_startup()
    os.register_at_fork(after_in_child=lambda: threading.Thread(target=save, daemon=True).start())
