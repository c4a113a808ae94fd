"""What a page's children, C libraries and writes to a file descriptor print is on the page."""

import re

import pytest
from project import Project, printed

from xordocs.site.errors import ExecutionError

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq")


def test_all_that_is_printed_is_shown_in_order(project: Project) -> None:
    project.page(
        "page.py",
        """
        import ctypes, os, subprocess, sys
        print("print 1")
        os.system("echo system")
        print("print 2")
        subprocess.run(["echo", "run"])
        subprocess.run(["echo", "to stdout"], stdout=sys.stdout)
        subprocess.run("echo to stderr >&2", shell=True, stderr=sys.stderr)
        subprocess.run("echo merged >&2", shell=True, stderr=subprocess.STDOUT, stdout=sys.stdout)
        print("print 3", end="")
        os.write(1, "ø\\n".encode())
        print(sys.stdout.fileno(), sys.stderr.fileno())
        display("shown")
        os.write(2, b"error\\n")
        if os.name == "posix":
            libc = ctypes.CDLL(None)
            libc.puts(b"C library")
            libc.fflush(None)
        else:
            print("C library")
        """,
        "os.system('echo no newline; printf end')",
    )
    notebook = project.build("page.py")["page.py"]
    outputs = [
        (output.get("name"), output.get("text"))
        for cell in notebook.cells
        for output in cell.outputs
        if output.output_type == "stream"
    ]
    first = "print 1\nsystem\nprint 2\nrun\nto stdout\nmerged\nprint 3ø\n1 2\n"
    assert outputs == [
        ("stdout", first),
        ("stderr", "to stderr\n"),
        ("stdout", "C library\n"),
        ("stderr", "error\n"),
        ("stdout", "no newline\nend"),
    ]


def test_child_that_a_page_forks_prints_too(project: Project) -> None:
    project.page(
        "page.py",
        """
        import multiprocessing, os, sys
        if sys.platform == "linux":
            child = multiprocessing.get_context("fork").Process(target=print, args=("child",))
            child.start()
            child.join()
        else:
            print("child")
        """,
    )
    assert printed(project.build("page.py")["page.py"]) == "child\n"


def test_what_python_captures_does_not_take_in_what_children_print(project: Project) -> None:
    project.page(
        "page.py",
        """
        import contextlib, io, os
        with contextlib.redirect_stdout(io.StringIO()) as captured:
            print("captured")
        os.system("echo child")
        print(repr(captured.getvalue()))
        """,
    )
    assert printed(project.build("page.py")["page.py"]) == "child\n'captured\\n'\n"


def test_log_of_c_libraries_stays_out_of_the_page(project: Project) -> None:
    lines = [
        "WARNING: All log messages before absl::InitializeLog() is called are written to STDERR",
        "I0000 00:00:1764250000.123456   12345 cpu_feature_guard.cc:227] To enable more",
        "W20261127 14:00:00.123456 12345 port.cc:153] and of glog",
        "2026-11-27 14:00:00.123456: E external/xla/cuda.cc:51] Failed call to cuInit",
    ]
    log = "".join(f"{line}\\n" for line in lines)
    project.page("page.py", f"import os; os.write(2, b'before\\n{log}after\\n')")
    assert printed(project.build("page.py")["page.py"], "stderr") == "before\nafter\n"


def test_what_a_kernel_prints_when_it_dies_is_told(project: Project) -> None:
    project.page(
        "page.py",
        "import os; os.system('echo long ago >&2')",
        "os.system('echo the last words; echo of a child >&2'); os._exit(3)",
    )
    with pytest.raises(ExecutionError) as caught:
        project.build("page.py")
    assert caught.value.traceback[-2:] == ["the last words", "of a child"]
    assert "long ago" not in caught.value.traceback


@pytest.mark.parametrize(
    "printing",
    [
        "for _ in range(200): print('x' * 999_999)",
        pytest.param("for _ in range(2_000_000): print('x' * 99)", marks=pytest.mark.audit),
        "import os; os.system('yes $(printf %099d 0) 2>/dev/null | head -c 200000000')",
        "import os; chunk = b'x' * 999_999 + bytes([10])\nfor _ in range(200): os.write(1, chunk)",
        # as where a system cannot free a part of a file
        "import os; from xordocs.site.execution.kernel import streams\n"
        "streams._free = lambda *_: False\n"
        "chunk = b'x' * 999_999 + bytes([10])\nfor _ in range(200): os.write(1, chunk)",
    ],
)
def test_cell_that_prints_very_much_is_cut_and_cached(project: Project, printing: str) -> None:
    project.page("page.py", f"print('first')\n{printing}\nprint('last')", "print('next cell')")
    notebook = project.build("page.py")["page.py"]
    first, second = (output.text for cell in notebook.cells for output in cell.outputs)
    assert first.startswith("first\n")
    assert first.endswith("\nlast\n")
    assert len(first) < 1_000_100
    (word,) = (line for line in first.splitlines() if line.endswith("characters cut …]"))
    dropped = int(word.split()[1].replace(",", ""))
    assert dropped + len(first) - len(f"\n{word}\n") == 200_000_000 + len("first\nlast\n")
    assert second == "next cell\n"
    starts_process = ["docs/page.py:3 starts a process (yes)"]
    assert project.why("page.py") == (starts_process if "yes" in printing else ["unchanged"])


def test_what_is_printed_just_before_room_is_made_is_not_lost(project: Project) -> None:
    """A line that comes after 17 MB have been read, and before the disk gets them back."""
    project.page(
        "page.py",
        """
        import os
        read, late = os.pread, []

        def pread(*arguments):
            chunk = read(*arguments)
            if not chunk and not late:
                late.append(os.write(1, b"late\\n"))
            return chunk

        os.pread = pread
        os.write(1, b"x" * 17_000_000)
        print(" last")
        os.pread = read
        """,
    )
    text = printed(project.build("page.py")["page.py"])
    assert "late\n" in text[-100:]
    (dropped,) = re.findall(r"([\d,]+) characters cut", text)
    cut = f"\n[… {dropped} characters cut …]\n"
    count = int(dropped.replace(",", ""))
    assert count + len(text) - len(cut) == 17_000_000 + len("late\n last\n")


def test_cell_that_prints_without_end_ends_at_its_timeout(project: Project) -> None:
    project.page("page.py", "while True: print('x' * 1000); display(1)")
    with pytest.raises(ExecutionError, match="did not end within 3 s"):
        project.build("page.py", timeout=3)


def test_huge_number_of_outputs_is_cut(project: Project) -> None:
    project.page(
        "page.py",
        "for number in range(20_000): display(number)",
        """
        from IPython.display import clear_output
        for number in range(1_500):
            clear_output(wait=True)
            display(number)
        """,
        "'x' * 2_000_000",
    )
    many, cleared, long = project.build("page.py")["page.py"].cells
    shown = [output.data["text/plain"] for output in many.outputs[:-1]]
    assert shown == [str(number) for number in range(len(shown))]
    assert many.outputs[-1].text == f"[… {20_000 - len(shown):,} outputs cut …]\n"
    assert [output.data["text/plain"] for output in cleared.outputs] == ["1499"]
    text = long.outputs[0].data["text/plain"]
    assert len(text) < 1_000_100
    assert "[… 1,000,002 characters cut …]" in text
    assert project.why("page.py") == ["unchanged"]


def test_progress_bar_ends_in_its_last_state(project: Project) -> None:
    project.page(
        "page.py",
        """
        import sys
        for done in range(0, 101, 10):
            print(f"\\r{done:3d} % done", end="", flush=True)
            print(f"\\rstep {done}", end="", file=sys.stderr, flush=True)
        print()
        """,
        "for number in range(300_000): print(f'\\rstep {number}', end='')",
    )
    first, second = project.build("page.py")["page.py"].cells
    assert [output.text for output in first.outputs] == ["100 % done\n", "step 100"]
    assert second.outputs[0].text.endswith("\nstep 299999")
