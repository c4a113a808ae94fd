"""What several tests share: shapes that are checked, and the real site, built once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from jaxtyping import install_import_hook

install_import_hook("xordocs", "shapes.check_shapes")  # before anything imports the package

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The folder of this project's own site, built strictly."""
    target = tmp_path_factory.mktemp("site")
    addresses = {"SITE_URL", "REPO_URL", "EDIT_URI"}  # it is looked at here, not where it goes
    environment = {name: value for name, value in os.environ.items() if name not in addresses}
    build = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", target],
        cwd=ROOT,
        env={**environment, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert build.returncode == 0, build.stderr
    return target
