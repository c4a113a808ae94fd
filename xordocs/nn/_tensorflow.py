"""TensorFlow's greeting, kept off the pages."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["quiet_startup"]


@contextmanager
def quiet_startup() -> Iterator[None]:
    """Drop what C++ code writes to standard error meanwhile; Python's exceptions pass.

    TensorFlow reports drivers and CPU features on import, from code that runs before it reads
    its own log level, so only the file descriptor itself can be turned away. Later on that
    level holds: warnings and errors show, unless the environment says otherwise.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "1")
    sys.stderr.flush()
    kept = os.dup(2)
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
