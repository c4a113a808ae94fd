"""Which pages are said to start processes or to open connections, and where."""

import http.server
import threading
from collections.abc import Iterator

import pytest
from project import Project, manifest

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq")

SPAWN = """
import multiprocessing
worker = multiprocessing.get_context("{}").Process(target=print)
worker.start()
worker.join()
"""

BEGINNINGS = {
    "!cat data.txt": "2 starts a process",
    "%%bash\ncat data.txt": "2 starts a process (bash)",
    "lines = !cat data.txt": "2 starts a process (cat)",
    "\n\nimport subprocess\nsubprocess.run(['cat', 'data.txt'])": "5 starts a process (cat)",
    "import subprocess\nsubprocess.run('cat data.txt', shell=True)": "3 starts a process (cat)",
    "import os\nos.system('cat data.txt')": "3 starts a process (cat)",
    "import os\nos.waitpid(os.posix_spawn('/bin/cat', ['cat', '/dev/null'], {}), 0)": (
        "3 starts a process (cat)"
    ),
    "import os\nif not os.fork(): os._exit(0)": "3 starts a process",
    SPAWN.format("fork"): "5 starts a process",
    SPAWN.format("spawn"): "5 starts a process",
    SPAWN.format("forkserver"): "5 opens a socket",
    "from concurrent.futures import *\nimport subprocess\n"
    "with ThreadPoolExecutor() as pool: list(pool.map(subprocess.check_output, ['true']))": (
        "2 starts a process (true)"
    ),
    "import asyncio\n"
    "await (await asyncio.create_task(asyncio.create_subprocess_exec('true'))).wait()": (
        "2 starts a process (true)"
    ),
    "import pexpect\npexpect.run('true')": "3 starts a process",
    "import os\n%timeit -n1 -r1 os.system('true')": "3 starts a process (true)",
    "%run script.txt": "script.txt:2 starts a process (true)",
    "import sys; sys.path.append('.')\nimport helper; helper.cat()": (
        "helper.py:3 starts a process (cat)"
    ),
    "import urllib.request\nurllib.request.urlopen('{url}').read()": (
        "3 opens a connection (127.0.0.1)"
    ),
    "import requests\nrequests.get('{url}')": "3 opens a connection (127.0.0.1)",
    "import pandas\npandas.read_csv('{url}')": "3 opens a connection (127.0.0.1)",
    "import urllib.request\ntry: urllib.request.urlopen('http://unknown.invalid')\n"
    "except OSError: print('offline')": "3 opens a connection (unknown.invalid)",
    "import requests\nfrom concurrent.futures import *\n"
    "with ThreadPoolExecutor() as pool: pool.submit(requests.get, 'http://unknown.invalid')": (
        "2 opens a connection (unknown.invalid)"
    ),
    "import socket\nsocket.socket(type=socket.SOCK_DGRAM).bind(('', 0))": "3 opens a socket",
    "import os\n\n# %% [markdown]\n# `{python} os.system('true')`": " starts a process (true)",
}
"""What each cell begins: the line of the page, and what is said of it."""

QUIET = (
    "import platform\nplatform.processor(), platform.platform()",
    "import ctypes.util\nctypes.util.find_library('c')",
    "import matplotlib.font_manager as fonts\nfonts._get_fontconfig_fonts()",
    "import matplotlib.pyplot as plt\nplt.plot([1]); plt.show()",
    "import uuid\nuuid.uuid1(), uuid.getnode()",
    "import asyncio\nawait asyncio.sleep(0)",
    "import socket\na, b = socket.socketpair(); a.send(b'x'); b.recv(1)",
    "from concurrent.futures import *\nwith ThreadPoolExecutor() as pool: list(pool.map(abs, [1]))",
    "import IPython\nIPython.sys_info()",
    "%lsmagic",
)
"""Cells that start processes or open sockets, if at all, for the ends of Python and of packages."""


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"a,b\n1,2\n")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A table that this machine serves."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/table.csv"
        server.shutdown()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, address: str) -> Project:
    """A page of each of these cells, all executed in one session."""
    project = Project(tmp_path_factory.mktemp("project"))
    project.write("docs/data.txt", "one\n")
    project.write("docs/script.txt", "import os\nos.system('true')\n")
    project.write(
        "docs/helper.py",
        "import subprocess\ndef cat():\n    subprocess.run('cat data.txt'.split())",
    )
    names = []
    for number, code in enumerate([*BEGINNINGS, *QUIET]):
        names.append(f"{number}.py")
        project.write(f"docs/{number}.py", "")
        text = "# %%\n" + code.replace("{url}", address) + "\n\n# %%\n'the end'\n"
        project.root.joinpath("docs", names[-1]).write_text(text)
    project.build(*names)
    return project


def unseen(project: Project, number: int) -> list[str]:
    (entry,) = project.cache.joinpath(f"{number}.py").glob("*.executed")
    found: list[str] = manifest(entry)["unseen"]
    return found


@pytest.mark.audit(sample=6)
@pytest.mark.parametrize(("number", "code"), [*enumerate(BEGINNINGS)])
def test_beginning_of_the_authors_is_told_with_its_place(
    project: Project, number: int, code: str
) -> None:
    said = BEGINNINGS[code]
    place = "docs/" if said[0].isalpha() else f"docs/{number}.py{':' * said[0].isdigit()}"
    assert unseen(project, number)[0] == place + said


@pytest.mark.parametrize("number", range(len(BEGINNINGS), len(BEGINNINGS) + len(QUIET)))
def test_beginning_of_a_packages_own_does_not_count(project: Project, number: int) -> None:
    assert unseen(project, number) == []


def test_page_whose_inputs_cannot_be_seen_is_executed_in_every_build(project: Project) -> None:
    quiet = f"{len(BEGINNINGS)}.py"
    for _ in range(2):
        assert project.why("0.py", quiet) == ["docs/0.py:2 starts a process", "unchanged"]
        (line,) = (line for line in project.lines if "every build" in line)
        assert line.startswith("0.py: executed in every build: docs/0.py:2 starts a process; ")
        assert "`depends: []`" in line
