"""The course's one plain file: it needs NumPy alone, and has the solution of the last step."""

import subprocess
import sys
from pathlib import Path

import jupytext
from lesson_exercises import EXERCISES

PAGE = Path(__file__).parent.parent / "docs" / "run-it-yourself.md"
[PROGRAM] = [cell.source for cell in jupytext.read(PAGE).cells if "def learn" in cell.source]
SOLUTION = EXERCISES["from-a-blank-file", "start"].solution


def test_it_holds_the_solution_of_the_last_step():
    assert SOLUTION.strip() in PROGRAM


def test_it_runs_in_an_empty_folder_without_this_package_and_learns_xor(tmp_path):
    (tmp_path / "xor.py").write_text(PROGRAM, "utf-8")
    program = (
        "import runpy, sys\nrunpy.run_path('xor.py')\n"
        "used = {name.partition('.')[0] for name in sys.modules}\n"
        "assert used.isdisjoint({'xordocs', 'matplotlib', 'tensorflow', 'keras'})"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    checked, *rows = [line.split() for line in ran.stdout.strip().split("\n")]
    assert float(checked[-1]) < 1e-7  # central differences miss by the step's square, and rounding
    assert [row[-3] for row in rows] == ["0.0", "1.0", "1.0", "0.0"]
    assert all(abs(float(row[-1]) - float(row[-3])) < 0.1 for row in rows)
    assert ran.stderr == ""
