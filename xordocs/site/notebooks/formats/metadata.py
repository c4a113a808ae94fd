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
_LANGUAGES = {
    ".net-csharp": "C#", ".net-fsharp": "F#", ".net-powershell": "PowerShell", "almond": "scala",
    "bash": "bash", "deno": "typescript", "evcxr": "rust", "gonb": "go", "gophernotes": "go",
    "haskell": "haskell", "ijava": "java", "ir": "R", "iruby": "ruby", "java": "java",
    "javascript": "javascript", "jjava": "java", "jslab": "javascript", "julia": "julia",
    "kotlin": "kotlin", "matlab": "matlab", "nodejs": "javascript", "octave": "octave",
    "ruby": "ruby", "rust": "rust", "scala": "scala", "tslab": "typescript", "xcpp": "C++",
    "xoctave": "octave", "xr": "R",
}  # fmt: skip
"""The languages of other kernels, by the words that their names begin with."""
_PYTHON_NAME = re.compile("python|conda|env", re.IGNORECASE)
"""What the names of Python's own kernels have in them."""


def kernelspec(metadata: Mapping[str, Any]) -> dict[str, str]:
    """Return a notebook's kernel, complete: what its header leaves out follows from the rest.

    Returns:
        It has no language if only the kernel's name is known, and says nothing of it.

    Raises:
        PageError: The header has something else than a kernel there.
    """
    given = metadata.get("kernelspec") or {}
    if not isinstance(given, Mapping):
        raise PageError(f"names a kernel with `name` and `language`, got {given!r}")
    known = {key: str(value) for key, value in given.items() if value is not None}
    told = _told_language(metadata)
    name = known.get("name") or told
    if not name or (not known.get("name") and told == PYTHON["language"]):
        return dict(PYTHON)
    return {"display_name": name, **known, "name": name, **({"language": told} if told else {})}


def language(metadata: Mapping[str, Any]) -> str:
    """Return the language of a notebook's code; Python if nothing tells of another.

    Raises:
        PageError: The header has something else than a language there.
    """
    return _told_language(metadata) or PYTHON["language"]


def _told_language(metadata: Mapping[str, Any]) -> str | None:
    """Return the language that a notebook names, or that its kernel's name tells, if any.

    Raises:
        PageError: The header has something else than a language there.
    """
    places = (("kernelspec", "language"), ("language_info", "name"), ("jupytext", "main_language"))
    for section, key in places:
        found = (metadata.get(section) or {}) if isinstance(metadata, Mapping) else {}
        if not isinstance(found, Mapping):
            raise PageError(f"must have a mapping under `{section}`, got {found!r}")
        if found.get(key):
            spoken = str(found[key])
            return PYTHON["language"] if spoken.lower() in ("python", "ipython") else spoken
    name = str((metadata.get("kernelspec") or {}).get("name") or "")
    if _PYTHON_NAME.search(name):
        return PYTHON["language"]
    return _LANGUAGES.get(re.sub(r"[-_.]?\d.*", "", name.lower()))


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
