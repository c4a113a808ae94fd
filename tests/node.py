"""Run modules of the live figures under Node, without a browser."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

ELEMENTS = Path(__file__).parent.parent / "elements"

needs_node = pytest.mark.skipif(
    shutil.which("node") is None and os.environ.get("CI") != "true", reason="no Node here"
)
"""Skip a test where Node is missing; under CI it fails."""


def node(program: str, *arguments: str) -> Any:
    """Run a program that writes one value as JSON, with the modules at hand; return the value."""
    command = ["node", "--input-type=module", "--eval", program, *arguments]
    done = subprocess.run(command, cwd=ELEMENTS, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
