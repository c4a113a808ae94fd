"""Find the kernel of a notebook in another language among those that are installed for Jupyter."""

from collections.abc import Mapping
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel

__all__ = ["find_other_kernel", "missing_kernel"]

PYTHON = ("ipython", "python", "python2", "python3")
"""What notebooks in Python call their language."""


def find_other_kernel(metadata: Mapping[str, Any]) -> KernelSpec | None:
    """Find the kernel that a notebook in another language needs.

    Args:
        metadata: The notebook's.

    Returns:
        None for a notebook in Python, whatever its own kernel is called: it runs on this Python.

    Raises:
        RuntimeError: The kernel is not installed.
    """
    wanted = metadata.get("kernelspec") or {}
    language = wanted.get("language") or (metadata.get("language_info") or {}).get("name") or ""
    if language.lower() in PYTHON:
        return None
    name, manager = wanted.get("name") or "", KernelSpecManager()
    try:
        spec: KernelSpec = manager.get_kernel_spec(name)
    except (NoSuchKernel, ValueError):  # a name of signs that no kernel's has
        if not language:  # a Conda environment's kernel for Python, on another machine
            return None
    else:
        return spec if spec.language.lower() not in PYTHON else None
    installed = {known: manager.get_kernel_spec(known) for known in manager.find_kernel_specs()}
    for spec in installed.values():
        if not name and spec.language.lower() == language.lower():
            return spec
    needed = f"the kernel {name!r} for {language}" if name else f"a kernel for {language}"
    named = ", ".join(f"{known} ({spec.language})" for known, spec in sorted(installed.items()))
    raise RuntimeError(f"{needed} is not installed, but these are: {named}")


def missing_kernel(metadata: Mapping[str, Any]) -> str:
    """Say which kernel a notebook needs that is not installed; nothing if there is none missing.

    Args:
        metadata: The notebook's.
    """
    try:
        find_other_kernel(metadata)
    except RuntimeError as error:
        return str(error)
    return ""
