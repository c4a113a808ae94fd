"""The environment variables of page kernels: the same from every terminal and on every machine."""

import os
from collections.abc import Mapping

__all__ = ["dependencies", "page_environment"]

INHERITED = ("HOME", "LD_LIBRARY_PATH", "PATH", "PYTHONPATH", "SYSTEMROOT", "USERPROFILE")
"""The variables that Python itself may need. Pages see no other that is not declared."""

FIXED = {
    "CUDA_VISIBLE_DEVICES": "-1",  # the same results with and without a GPU
    "LANG": "C.UTF-8",
    "MATPLOTLIBRC": os.devnull,  # not the user's
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "PYTHONHASHSEED": "0",
    "SOURCE_DATE_EPOCH": "315532800",  # 1980, the first year that a zip archive can tell
    "TF_CPP_MIN_LOG_LEVEL": "3",
}
"""What pages see of everything that would make two builds differ."""


def page_environment(declared: Mapping[str, str]) -> dict[str, str]:
    """All variables that a page sees.

    Args:
        declared: Those that pages may depend on; they win over ours.
    """
    inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return {**inherited, **FIXED, **declared}


def dependencies(declared: Mapping[str, str]) -> dict[str, str]:
    """The variables that a page depends on, whatever it does with them.

    Args:
        declared: Those that were said to be such.

    Returns:
        Also what is fixed, and where modules are imported from: another path may lead to others.
    """
    path = os.environ.get("PYTHONPATH")
    return {**FIXED, **({} if path is None else {"PYTHONPATH": path}), **declared}
