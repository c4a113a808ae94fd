"""A small repository for the tests of `xordocs.site`: pages, modules, data, no mathematics."""

import json
import shutil
import textwrap
from pathlib import Path
from typing import Any

import nbformat
from small_site import with_kernels

from xordocs.site.cache import Memo
from xordocs.site.execution import Session
from xordocs.site.notebooks import Page, PageOptions

NOTEBOOKS = Path(__file__).with_name("notebooks")
LESSON = NOTEBOOKS.joinpath("lesson.py").read_text("utf-8")
"""A page with some of everything that a page may hold."""


class Project:
    """A repository in a temporary folder, with its pages in ``docs``."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.cache = root / ".cache"
        self.lines: list[str] = []
        self.write("docs/index.md", "# Home\n")

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = textwrap.dedent(text)
        path.write_text(with_kernels(text) if name == "mkdocs.yml" else text, encoding="utf-8")
        return path

    def page(self, name: str, *cells: str) -> None:
        """Write a page of code cells."""
        cells = tuple(textwrap.dedent(cell).strip() for cell in cells)
        self.write(f"docs/{name}", "".join(f"# %%\n{cell}\n\n" for cell in cells))

    def take(self, name: str) -> None:
        """Copy one of the notebooks that stand beside the tests."""
        shutil.copy(NOTEBOOKS / name, self.root / "docs" / name)

    def session(self, **options: Any) -> Session:
        return Session(self.root, self.cache, report=self.lines.append, **options)

    def pages(self, *names: str, **options: Any) -> dict[str, Page]:
        """Read pages, with options that hold where their headers say nothing."""
        memo, defaults = Memo(self.cache / "texts"), PageOptions(**options)
        return {name: Page.read(name, self.root / "docs" / name, memo, defaults) for name in names}

    def build(self, *names: str, **options: Any) -> dict[str, nbformat.NotebookNode]:
        """Execute pages in a session of their own, with options of the session and of pages."""
        told = {name: options.pop(name) for name in PageOptions._fields if name in options}
        with self.session(**options) as session:
            return self.execute(session, *names, **told)

    def execute(
        self, session: Session, *names: str, **options: Any
    ) -> dict[str, nbformat.NotebookNode]:
        self.lines.clear()
        executed = session.execute(self.pages(*names, **options))
        return {name: page.notebook() for name, page in executed.items()}

    def why(self, *names: str, **options: Any) -> list[str]:
        """Build, and tell what was reported of each page: ``unchanged`` or why it was executed."""
        self.build(*names, **options)
        return [self.reason(name) for name in names]

    def reason(self, name: str) -> str:
        line = next(line for line in reversed(self.lines) if line.startswith(f"{name}: "))
        return line[line.index("(") + 1 : -1] if "(" in line else line.removeprefix(f"{name}: ")

    def entries(self) -> list[Path]:
        return sorted(self.cache.rglob("*.executed"))


def printed(notebook: nbformat.NotebookNode, stream: str = "stdout") -> str:
    """Everything that a notebook's cells printed."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return "".join(output.text for output in outputs if output.get("name") == stream)


def manifest(entry: Path) -> dict[str, Any]:
    """The dependencies that an entry of the cache records."""
    recorded: dict[str, Any] = json.loads(entry.read_bytes().splitlines()[1])
    return recorded


def recorded(project: Project, kind: str = "files") -> dict[str, str | None]:
    """What the newest execution depended on."""
    newest = max(project.entries(), key=lambda entry: entry.stat().st_mtime_ns)
    return dict(manifest(newest)[kind])


def install(project: Project, version: str) -> None:
    """Put a distribution in the place of its other version, as pip does."""
    packages = project.root / "site-packages"
    for old in packages.glob("faked-*"):
        shutil.rmtree(old)
    name = f"site-packages/faked-{version}.dist-info"
    project.write(f"{name}/METADATA", f"Metadata-Version: 2.1\nName: faked\nVersion: {version}\n")
    project.write(f"{name}/RECORD", "faked_module.py,,\n")
    project.write("site-packages/faked_module.py", f"version = {version!r} # {version}")
