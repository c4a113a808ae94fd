import asyncio
import os
import re
from dataclasses import replace

import pytest
from project import Project, printed

from xordocs.site.errors import ExecutionError
from xordocs.site.notebooks.options import PageOptions
from xordocs.site.notebooks.pages import Executed

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq")


def test_no_output_is_lost_however_fast_it_comes(project: Project) -> None:
    lines = [str(line) for line in range(15_000)]  # ZeroMQ would hold a few thousand
    project.page("page.py", f"for line in range({len(lines)}): print(line, flush=True)")
    assert printed(project.build("page.py")["page.py"]).split() == lines


def test_outputs_keep_their_order_and_streams_are_joined(project: Project) -> None:
    project.take("good.py")
    cells = project.build("good.py")["good.py"].cells
    streams = [(output.name, output.text) for output in cells[2].outputs]
    assert streams[0] == ("stdout", "out 0\nout 1\nout 2\n")
    assert streams[1][0] == "stderr"
    assert streams[1][1].startswith("err 0\nerr 1\nerr 2\n<cell 2>:4: UserWarning: careful\n")
    assert [output.output_type for output in cells[4].outputs] == [
        "stream",
        "display_data",
        "stream",
    ]
    assert cells[3].outputs[0].ename == "ZeroDivisionError"
    assert "image/png" in cells[-1].outputs[-1].data


def test_failing_cell_is_told_with_its_place_its_code_and_its_traceback(project: Project) -> None:
    project.take("failing.py")
    with pytest.raises(ExecutionError) as caught:
        project.build("failing.py")
    message = str(caught.value)
    assert message.startswith(
        "docs/failing.py:12: cell 2 raised ZeroDivisionError: division by zero\n"
    )
    assert '    print("so far so good")\n    \n    share(1, 0)\n' in message
    assert message.endswith("ZeroDivisionError: division by zero")
    assert "\x1b" not in message
    assert (caught.value.line, caught.value.cell) == (12, 2)


def test_syntax_error_is_told_with_its_line(project: Project) -> None:
    project.page("page.py", "1", "x = 1\ny = = 2")
    with pytest.raises(ExecutionError, match=r"^docs/page\.py:6: cell 2 raised SyntaxError"):
        project.build("page.py")


def test_blank_line_at_a_cells_beginning_does_not_move_its_lines(project: Project) -> None:
    project.write("docs/page.py", "# %%\n\n\nx = 1\n1 / 0\n")
    with pytest.raises(ExecutionError, match=r"^docs/page\.py:5: cell 1 raised"):
        project.build("page.py")


def test_cell_that_is_skipped_counts(project: Project) -> None:
    skipped = '# %% tags=["skip-execution"]\nundefined\n\n# %%\nfine = 1\n1 / 0\n'
    project.write("docs/page.py", skipped)
    with pytest.raises(ExecutionError, match=r"^docs/page\.py:6: cell 2 raised"):
        project.build("page.py")


def test_hanging_cell_ends_at_its_timeout_and_is_told_where_it_hangs(project: Project) -> None:
    project.take("hanging.py")
    with pytest.raises(ExecutionError) as caught:
        project.build("hanging.py", timeout=1)
    message = str(caught.value)
    assert message.startswith("docs/hanging.py:13: cell 2 did not end within 1 s\n")
    assert re.search(r'File "<cell 1>", line [23] in wait$', message)
    cell, wait = caught.value.traceback
    assert cell == '  File "<cell 2>", line 2 in <module>'
    assert "in wait" in wait


def test_nothing_listens_to_a_kernel_that_has_hung(project: Project) -> None:
    project.take("hanging.py")
    tasks: list[str] = []

    def note_tasks(_page: object, error: ExecutionError) -> None:
        assert "did not end" in str(error)
        tasks.extend(str(task.get_coro()) for task in asyncio.all_tasks())

    with project.session() as session:
        _, stale = session.partition(project.pages("hanging.py", timeout=1))
        session.start(stale, lambda _: None, note_tasks).wait()
    assert any("Scheduler" in task for task in tasks)
    assert [task for task in tasks if "NotebookClient" in task] == []


def test_page_has_a_timeout_of_its_own_and_may_raise_exceptions(project: Project) -> None:
    project.take("hanging.py")
    project.page("failing.py", "1 / 0", "print('after')")
    ended: dict[str, Executed | ExecutionError] = {}
    with project.session() as session:
        _, stale = session.partition(project.pages("hanging.py", "failing.py"))
        own = PageOptions(timeout=1, allow_errors=True)
        pages = [one._replace(page=replace(one.page, options=own)) for one in stale]
        session.start(
            pages,
            lambda executed: ended.update({executed.page.name: executed}),
            lambda one, error: ended.update({one.page.name: error}),
        ).wait()
    assert "did not end within 1 s" in str(ended["hanging.py"])
    failing = ended["failing.py"]
    assert isinstance(failing, Executed)
    first, second = failing.notebook().cells
    assert first.outputs[0].ename == "ZeroDivisionError"
    assert second.outputs[0].text == "after\n"


@pytest.mark.parametrize(
    "hanging",
    [
        "sorted(range(10**9), key=lambda n: sum(range(10**9)))",
        "int('9' * 4_000) ** 10**8",  # within one instruction of Python's
        "def deep(n):\n    while not n: pass\n    deep(n - 1)\ndeep(300)",
    ],
)
def test_hang_is_told_wherever_it_is(project: Project, hanging: str) -> None:
    project.page("page.py", hanging)
    with pytest.raises(ExecutionError) as caught:
        project.build("page.py", timeout=1)
    assert caught.value.traceback, "no stack came"


@pytest.mark.parametrize(
    ("cell", "how"),
    [
        ("import os; os._exit(3)", "exit status 3"),
        ("import os; os.kill(os.getpid(), 11)", "killed by SIGSEGV"),
        ("import os; os.kill(os.getpid(), 9)", "killed by SIGKILL, perhaps for lack of memory"),
    ],
)
def test_cell_that_ends_its_kernel_is_told(project: Project, cell: str, how: str) -> None:
    project.page("page.py", "1", cell)
    with pytest.raises(ExecutionError) as caught:
        project.build("page.py")
    assert str(caught.value).startswith(f"docs/page.py:5: cell 2 ended its kernel ({how})\n")


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("display({'text/html': 5}, raw=True)", "display_data: 5 is not valid"),
        ("display({'text/plain': ['a', 1]}, raw=True)", r"display_data: \['a', 1\] is not valid"),
        (
            "shown = display(1, display_id='one')\n"
            "display({'text/plain': 5}, raw=True, display_id='one', update=True)",
            "update_display_data: 5 is not valid",
        ),
        ("send('stream', {'name': 'stdout'})", "stream: KeyError: 'text'"),
        ("send('stream', {'name': 'stdout', 'text': 5})", "stream: TypeError: "),
        ("send('error', {'ename': 'E'})", "error: KeyError: 'evalue'"),
        ("send('comm_open', {})", "comm_open: KeyError: 'data'"),
        ("send('status', {})", "status: KeyError: 'execution_state'"),
    ],
)
def test_cell_that_shows_what_no_notebook_can_hold_fails_alone(
    project: Project, cell: str, told: str
) -> None:
    send = """
        kernel = get_ipython().kernel
        def send(kind, content):
            kernel.send_response(kernel.iopub_socket, kind, content)
    """
    project.page("page.py", send, cell)
    project.page("other.py", "print('fine')")
    failed = rf"^docs/page\.py:7: cell 2 showed what no notebook can hold: {told}"
    with pytest.raises(ExecutionError, match=failed):
        project.build("page.py", "other.py", jobs=1)
    assert project.why("other.py") == ["unchanged"]


def test_display_that_comes_in_lines_is_shown_whole(project: Project) -> None:
    project.page("page.py", "display({'text/plain': ['a\\n', 'b'], 'text/html': ['c']}, raw=True)")
    (output,) = project.build("page.py")["page.py"].cells[0].outputs
    assert output.data == {"text/plain": "a\nb", "text/html": "c"}


@pytest.mark.skipif(os.name != "posix", reason="Windows deletes no open file")
def test_cell_may_delete_the_folder_of_its_kernel(project: Project) -> None:
    delete = "import os, shutil; shutil.rmtree(os.path.dirname(os.environ['TMPDIR']))"
    project.page("page.py", delete, "print('still here')")
    assert printed(project.build("page.py")["page.py"]) == "still here\n"
    project.page("page.py", delete, "1 / 0")
    with pytest.raises(ExecutionError, match=r"^docs/page\.py:5: cell 2 raised ZeroDivisionError"):
        project.build("page.py")


LOOK_UP = "import socket\ndef ask(host): return socket.getaddrinfo(host, 443)\n"
FAILURES = {
    "from urllib.request import urlopen; urlopen('http://a.invalid')": "URLError (host a.invalid)",
    "import requests; requests.get('https://b.invalid/x')": "ConnectionError",  # it says so itself
    "import pandas; pandas.read_csv('https://c.invalid/x.csv')": "URLError (host c.invalid)",
    "ask('d.invalid')": "gaierror (host d.invalid)",
    "import asyncio; await asyncio.open_connection('e.invalid', 80)": "gaierror (host e.invalid)",
    "socket.create_connection(('127.0.0.1', 9))": "ConnectionRefusedError (host 127.0.0.1)",
    "from contextlib import suppress\nwith suppress(OSError): ask('f.invalid')\nask('g.invalid')": (
        "gaierror (hosts f.invalid, g.invalid)"
    ),
    "from contextlib import suppress\nwith suppress(OSError): ask('h.invalid')\n1 / 0": (
        "ZeroDivisionError"
    ),
    "'fine'\n\n# %% [markdown]\n# `{python} ask('i.invalid')`": "gaierror (host i.invalid)",
}
"""What fails without any network: the exception, and what is said of hosts after its text."""


def test_failure_of_the_network_names_the_host(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    names = [f"{number}.py" for number in range(len(FAILURES))]
    earlier = f"{LOOK_UP}try: ask('earlier.invalid')\nexcept OSError: pass"
    for name, code in zip(names, FAILURES, strict=True):
        project.write(f"docs/{name}", f"# %%\n{earlier}\n\n# %%\n{code}\n")
    with pytest.raises(ExceptionGroup) as caught:
        project.build(*names)
    for error in caught.value.exceptions:
        assert isinstance(error, ExecutionError)
        found = re.fullmatch(r".*raised (\w+): .*?( \(hosts? [^)]+\))?", error.reason)
        assert found is not None
        raised = "".join(found.groups(""))
        assert raised == list(FAILURES.values())[int(error.path.stem)]
