"""Cell tags: what each hides of its cell on the page, and how it changes the cell's execution.

They are those of Jupyter, of nbconvert and Jupyter Book (``remove-…``) and of MyST-NB (``hide-…``),
with hyphens or underscores, and those of cells for readers to run and of exercises, which are ours.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = [
    "TAGS",
    "Role",
    "Tag",
    "add_jupyter_tags",
    "add_tag",
    "execution",
    "folds",
    "hides",
    "is_for_notebook",
    "role",
    "roles",
]

Part = Literal["cell", "input", "output", "stdout", "stderr"]
Execution = Literal["raises-exception", "skip-execution"]
"""How a tag can change an execution, by the tag that Jupyter itself knows for it."""
Role = Literal["live", "exercise", "check", "hint", "solution"]
"""What a cell is to readers: code for them to run, or a part of an exercise."""


class Tag(NamedTuple):
    """What a tag does to its cell.

    Attributes:
        hides: The part of the cell that the page does not show.
        folds: The part of the cell that the page shows when the reader opens it.
        execution: How the cell is executed: it may raise an exception, or is skipped. This is
            part of the cache's key; what a tag hides is not.
        role: What the cell is to readers.
        is_for_notebook: Whether readers can run the cell in the notebook alone, not in the page.
    """

    hides: Part | None = None
    folds: Part | None = None
    execution: Execution | None = None
    role: Role | None = None
    is_for_notebook: bool = False


_TAGS = {
    "check": Tag(hides="output", folds="cell", execution="raises-exception", role="check"),
    "exercise": Tag(role="exercise"),
    "hide-cell": Tag(folds="cell"),
    "hide-input": Tag(folds="input"),
    "hide-output": Tag(folds="output"),
    "hint": Tag(folds="cell", role="hint"),
    "live": Tag(role="live"),
    "notebook-only": Tag(is_for_notebook=True),
    "raises-exception": Tag(execution="raises-exception"),
    "remove-cell": Tag(hides="cell"),
    "remove-input": Tag(hides="input"),
    "remove-output": Tag(hides="output"),
    "remove-stderr": Tag(hides="stderr"),
    "remove-stdout": Tag(hides="stdout"),
    "skip-execution": Tag(execution="skip-execution"),
    "solution": Tag(folds="cell", role="solution"),
}
TAGS: Mapping[str, Tag] = {
    spelling: tag for name, tag in _TAGS.items() for spelling in (name, name.replace("-", "_"))
}
"""Every tag that has a meaning here; all others have none."""


def hides(cell: "NotebookNode", part: Part) -> bool:
    """Whether a cell's tags hide a part of it on the page."""
    return any(tag.hides == part for tag in _known(cell))


def folds(cell: "NotebookNode", part: Part) -> bool:
    """Whether a cell's tags have the page show a part of it only when its reader opens it."""
    return any(tag.folds == part for tag in _known(cell))


def execution(cell: "NotebookNode") -> list[Execution]:
    """List how a cell's tags change its execution, in alphabetical order."""
    return sorted({tag.execution for tag in _known(cell) if tag.execution})


def is_for_notebook(cell: "NotebookNode") -> bool:
    """Whether readers can run a cell in the notebook that they download, and not in the page."""
    return any(tag.is_for_notebook for tag in _known(cell))


def role(cell: "NotebookNode") -> Role | None:
    """Return what a cell is to readers; None if none of its tags says so."""
    return next(iter(roles(cell)), None)


def roles(cell: "NotebookNode") -> list[Role]:
    """List all that a cell's tags say it is to readers, in alphabetical order."""
    return sorted({tag.role for tag in _known(cell) if tag.role})


def add_jupyter_tags(notebook: "NotebookNode") -> None:
    """Add the tags by which Jupyter itself executes each cell as its own tags say, in place."""
    for cell in notebook.cells:
        for name in execution(cell):
            add_tag(cell, name)


def add_tag(cell: "NotebookNode", name: str) -> None:
    """Add a tag to a cell that does not have it, in place."""
    own = cell.metadata.get("tags", [])
    if name not in own:
        cell.metadata.tags = [*own, name]


def _known(cell: "NotebookNode") -> list[Tag]:
    return [TAGS[name] for name in cell.metadata.get("tags", []) if name in TAGS]
