"""What TensorFlow does behind a caller's back, undone: its greeting and its global state."""

import os
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["quiet_startup", "restored_random_state"]


@contextmanager
def quiet_startup() -> Iterator[None]:
    """Discard what C++ code writes to standard error; Python's exceptions pass.

    TensorFlow reports drivers and CPU features on import, from code that runs before it reads
    its own log level, so only the file descriptor itself can be redirected. Later that level
    holds: warnings and errors show, unless the environment says otherwise.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "1")
    if sys.stderr is not None:
        sys.stderr.flush()
    try:
        kept = os.dup(2)
    except OSError:  # the process was started without a standard error
        yield
        return
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


@contextmanager
def restored_random_state() -> Iterator[None]:
    """Put the global random state of Python and TensorFlow back when the block ends.

    TensorFlow has no public way to read its seed and the generator that seeds its operations. Its
    kernels keep their place in a stream, so those of the block are dropped.
    """
    from tensorflow.python.eager.context import context

    eager = context()
    python, kept = (
        random.getstate(),
        (eager._seed, getattr(eager, "_rng", None)),
    )
    try:
        yield
    finally:
        random.setstate(python)
        eager._seed, eager._rng = kept
        eager.clear_kernel_cache()
