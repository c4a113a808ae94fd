"""What a notebook's author may have written of a notebook and its cells, in one form.

Jupyter accepts more than nbformat's schema does: a kernel without a display name, tags in one
string. What has one meaning is understood, and everything else is named.
"""

import re
from collections.abc import Mapping
from typing import Any

from xordocs.site.errors import PageError

__all__ = ["PYTHON", "kernelspec", "language", "tags"]

PYTHON = {"display_name": "Python 3", "language": "python", "name": "python3"}
"""The kernel of a notebook that names none."""


def kernelspec(metadata: Mapping[str, Any]) -> dict[str, str]:
    """Return a notebook's kernel, complete: what its header leaves out follows from the rest.

    The language stays out where a kernel is named and no language: the kernel itself knows it.

    Raises:
        PageError: The header has something else than a kernel there.
    """
    given = metadata.get("kernelspec") or {}
    if not isinstance(given, Mapping):
        raise PageError(f"names a kernel with `name` and `language`, got {given!r}")
    known = {key: str(value) for key, value in given.items() if value is not None}
    named = _named_language(metadata)
    spoken = named or PYTHON["language"]
    if not known.get("name") and spoken == PYTHON["language"]:
        return dict(PYTHON)
    name = known.get("name") or spoken
    whole = {"display_name": name, **known, "name": name}
    return {**whole, "language": spoken} if named or name == PYTHON["name"] else whole


def language(metadata: Mapping[str, Any]) -> str:
    """Return the language of a notebook's code, in lower case but for R; Python if none is named.

    Raises:
        PageError: The header has something else than a language there.
    """
    return _named_language(metadata) or PYTHON["language"]


def _named_language(metadata: Mapping[str, Any]) -> str:
    """Return the language that a notebook names; nothing if it names none."""
    places = (("kernelspec", "language"), ("language_info", "name"), ("jupytext", "main_language"))
    for section, key in places:
        found = (metadata.get(section) or {}) if isinstance(metadata, Mapping) else {}
        if not isinstance(found, Mapping):
            raise PageError(f"must have a mapping under `{section}`, got {found!r}")
        if found.get(key):
            spoken = str(found[key])
            return PYTHON["language"] if spoken.lower() in ("python", "ipython") else spoken
    return ""


def tags(given: object, where: str) -> list[str]:
    """Return a cell's tags: a list as it is, a string as one tag or several with commas.

    Args:
        given: What the cell's metadata have under ``tags``.
        where: The cell, for messages.

    Raises:
        PageError: They are neither.
    """
    if isinstance(given, str):
        return [tag for tag in re.split(r"[,\s]+", given) if tag]
    if given is None:
        return []
    if isinstance(given, list) and all(isinstance(tag, str) for tag in given):
        return list(dict.fromkeys(given))
    raise PageError(f"must have a list of texts as the tags of {where}, got {given!r}")
