"""What a site's options of mkdocs-jupyter mean where xordocs executes and renders its pages."""

import json
from collections.abc import Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

from xordocs.site.notebooks import Executed, PreExecuted
from xordocs.site.notebooks.options import PageOptions
from xordocs.site.notebooks.tags import add_tag
from xordocs.site.rendering import widgets

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["JupyterOptions", "Presented"]

REMOVAL = (
    "remove_cell_tags",
    "remove_input_tags",
    "remove_all_outputs_tags",
    "remove_single_output_tags",
)
INCLUDED = ["*.py", "*.ipynb", "*.md"]
"""mkdocs-jupyter's own default."""
REMOVED = "# This cell is not published."
"""What stands for a removed cell's code, so that the cells after it keep their numbers."""
WITHOUT_EFFECT: Mapping[str, tuple[object, str]] = {
    "cache_dir": ("", "executed pages are kept where the option `cache` of xordocs says"),
    "custom_mathjax_url": ("", "formulas are set when the site is built, without MathJax"),
    "execute": (True, "xordocs executes notebooks, but for those that its own options except"),
    "highlight_extra_classes": ("", "code is highlighted by the site's Markdown extensions"),
    "kernel_name": ("", "a page's own metadata names its kernel"),
    "no_prompt": (True, "pages have no prompts"),
    "theme": ("", "notebooks have the colours of the site's theme"),
}
"""Options that mean nothing here: the value that asks for what happens anyway, and what does."""


class JupyterOptions:
    """The options of mkdocs-jupyter that a site's author has set.

    Those about the files that are pages, and about what is copied beside them, mkdocs-jupyter
    obeys itself.

    Args:
        given: The options, without defaults.

    Attributes:
        ignores_h1_titles: Whether pages are not named by their first heading.
        toc_depth: The deepest level of headings in the table of contents; None if all are.

    Raises:
        ValueError: ``remove_tag_config`` is not what it must be, and could leave in place what is
            meant to be removed.
    """

    def __init__(self, given: Mapping[str, Any]) -> None:
        self._given = given
        self._removal = _read_removal(given.get("remove_tag_config") or {})
        self._no_input = bool(given.get("no_input")) or given.get("show_input") is False
        self.ignores_h1_titles = bool(given.get("ignore_h1_titles"))
        self.toc_depth: int | None = given.get("toc_depth")

    def includes(self, path: PurePath) -> bool:
        """Whether a file is to be a page if it is a notebook.

        Args:
            path: The file.
        """
        included, ignored = self._given.get("include", INCLUDED), self._given.get("ignore", [])
        return any(map(path.match, included)) and not any(map(path.match, ignored))

    def without_effect(self) -> str:
        """Say which of the options have no effect, and why; nothing if all have."""
        reasons = [
            f"{name} ({reason})"
            for name, (satisfied, reason) in WITHOUT_EFFECT.items()
            if name in self._given and self._given[name] != satisfied
        ]
        return f"options of mkdocs-jupyter without effect: {'; '.join(reasons)}" if reasons else ""

    def page_options(self, path: PurePath, defaults: PageOptions) -> PageOptions:
        """Return how a page is executed of which neither a glob nor its header says more.

        Args:
            path: Its file.
            defaults: What holds where mkdocs-jupyter's options say nothing, either.
        """
        ignored = any(path.match(glob) for glob in self._given.get("execute_ignore") or [])
        return defaults._replace(
            execute=defaults.execute and not ignored,
            allow_errors=defaults.allow_errors or self._given.get("allow_errors") is True,
        )

    def present(self, page: Executed | PreExecuted) -> "Executed | PreExecuted | Presented":
        """Return a page without what these options remove from it."""
        if not self._removal and not self._no_input:
            return page
        return Presented(page, self._removal, self._no_input)


class Presented(NamedTuple):
    """A page of which nobody sees what its site's options remove, neither there nor in downloads.

    Attributes:
        page: The page with its outputs.
        removal: The tags that remove something, by the option that names them.
        no_input: Whether the page shows no code.
    """

    page: Executed | PreExecuted
    removal: Mapping[str, list[str]]
    no_input: bool

    @property
    def origin(self) -> tuple[str, ...]:
        """Everything that determines the notebook."""
        return *self.page.origin, json.dumps([self.removal, self.no_input])

    def notebook(self) -> "NotebookNode":
        """Return the page's notebook without what is removed.

        A code cell leaves a comment and a tag by which the page does not show it. The code of other
        cells is only hidden: downloads could not run without it.

        Raises:
            PageError: The page's file is no notebook.
        """
        notebook = self.page.notebook()
        kept = []
        for cell in notebook.cells:
            if self._removes("remove_cell_tags", cell):
                if cell.cell_type != "code":
                    continue
                cell.source, cell.outputs = REMOVED if cell.source.strip() else "", []
                add_tag(cell, "remove-cell")
            elif cell.cell_type == "code":
                if self._removes("remove_all_outputs_tags", cell):
                    cell.outputs = []
                cell.outputs = [
                    output
                    for output in cell.outputs
                    if not self._removes("remove_single_output_tags", output)
                ]
                if self.no_input or self._removes("remove_input_tags", cell):
                    add_tag(cell, "remove-input")
            kept.append(cell)
        notebook.cells = kept
        _remove_unseen_widgets(notebook)
        return notebook

    def _removes(self, option: str, part: "NotebookNode") -> bool:
        tags = part.get("metadata", {}).get("tags", [])
        return not set(self.removal.get(option, [])).isdisjoint(tags)


def _remove_unseen_widgets(notebook: "NotebookNode") -> None:
    """Remove the states of widgets that no output shows, in place: they hold what was shown."""
    held = notebook.metadata.get("widgets", {}).get(widgets.STATE)
    if not isinstance(held, Mapping):
        return
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    views = [output.get("data", {}).get(widgets.VIEW) for output in outputs]
    roots = {str(view.get("model_id")) for view in views if isinstance(view, Mapping)}
    states = widgets.needed_states(roots, held.get("state", {}))
    about = {key: value for key, value in held.items() if not isinstance(value, Mapping)}
    notebook.metadata.widgets = {widgets.STATE: {**about, "state": states}}


def _read_removal(given: object) -> dict[str, list[str]]:
    if not isinstance(given, Mapping):
        raise ValueError(f"remove_tag_config: expected a mapping, got {given!r}")
    removal = {}
    for name, tags in given.items():
        if name not in REMOVAL:
            known = ", ".join(REMOVAL)
            raise ValueError(f"remove_tag_config: expected one of {known}, got {name!r}")
        names = [tags] if isinstance(tags, str) else tags
        if not isinstance(names, list) or not all(isinstance(tag, str) for tag in names):
            raise ValueError(f"remove_tag_config: {name}: expected a list of tags, got {tags!r}")
        removal[name] = sorted(names)
    return removal
