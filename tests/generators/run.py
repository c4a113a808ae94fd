"""Build the project with ProperDocs, and its export with Zensical, and compare both with our site.

Run by ``make generators``, which has built the export, as
``python run.py PYTHON EXPORT WORK``: PYTHON has ProperDocs, Zensical and this project, EXPORT is
the folder of the export, and WORK takes the sites that are built here.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from compare import Site, differences

ROOT = Path(__file__).parent.parent.parent


def main() -> int:
    """Return 1 if a page, a link or a word is lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("python", "export", "work"):
        parser.add_argument(name, type=Path)
    given = parser.parse_args()
    work = given.work.resolve()
    _build(Path(sys.executable), "mkdocs", ROOT, "--strict", "--site-dir", str(work / "mkdocs"))
    _build(given.python, "properdocs", ROOT, "--strict", "--site-dir", str(work / "properdocs"))
    _build(given.python, "zensical", given.export.resolve(), "--clean", "--strict")
    ours = Site(work / "mkdocs")
    failed = False
    for name, folder in (
        ("ProperDocs", work / "properdocs"),
        ("Zensical", given.export.resolve() / "site"),
    ):
        theirs = Site(folder)
        found = differences(ours, theirs)
        links = sum(len(page.links) for page in theirs.pages.values())
        words = sum(len(page.words) for page in theirs.pages.values())
        print(f"{name}: {len(theirs.pages)} pages, {links} links, {words} words")
        print("".join(f"  {line}\n" for line in found) or "  the same as ours")
        failed |= bool(found)
    return int(failed)


def _build(python: Path, generator: str, folder: Path, *options: str) -> None:
    """Build a site.

    Raises:
        SystemExit: The generator says that it has failed.
    """
    environment = {
        name: value for name, value in os.environ.items() if name not in ("SITE_URL", "REPO_URL")
    }
    command = [str(python.absolute()), "-m", generator, "build", *options]
    if subprocess.run(command, cwd=folder, env=environment, check=False).returncode:
        sys.exit(f"{generator} cannot build {folder}")


if __name__ == "__main__":
    sys.exit(main())
