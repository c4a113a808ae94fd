"""Record whether a rendering logs something, which must be said in every build."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["recording_messages"]


class _Collector(logging.Handler):
    """Collects the messages of one thread."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.messages: list[str] = []
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        """Collect a message."""
        if record.thread == self._thread:
            self.messages.append(record.getMessage())


@contextmanager
def recording_messages() -> Iterator[list[str]]:
    """Record what this thread logs within this context, from the level ``INFO`` on."""
    collector = _Collector()
    loggers = [logging.getLogger(), logging.getLogger("mkdocs")]  # which hands nothing on
    for logger in loggers:
        logger.addHandler(collector)
    try:
        yield collector.messages
    finally:
        for logger in loggers:
            logger.removeHandler(collector)
