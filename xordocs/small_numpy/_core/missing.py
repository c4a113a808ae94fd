"""The error for everything that NumPy has and the small part has not."""

from typing import NoReturn

__all__ = ["missing", "missing_attribute"]


def missing(what: str) -> NoReturn:
    """Raise an error that names what is missing and where it is to be had.

    Raises:
        NotImplementedError: Always.
    """
    raise NotImplementedError(_said(what))


def missing_attribute(name: str) -> NoReturn:
    """Raise the same error for a name, as a lookup of a name wants it.

    Raises:
        AttributeError: Always.
    """
    raise AttributeError(_said(name))


def _said(what: str) -> str:
    return f"this page's small NumPy has no {what}; download the notebook to use all of NumPy"
