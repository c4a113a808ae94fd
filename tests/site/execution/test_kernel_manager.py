import os
from pathlib import Path

import pytest
from project import Project, printed

from xordocs.site.execution.forkserver import pool

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq")


def test_ordinary_kernel_where_the_platform_cannot_fork(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "CAN_FORK", False)
    project.page("page.py", "import os; print(os.getppid())")
    assert printed(project.build("page.py")["page.py"]) == f"{os.getpid()}\n"


def test_kernel_listens_in_a_folder_that_other_users_cannot_enter(project: Project) -> None:
    project.page(
        "page.py",
        """
        import os, psutil
        mine = psutil.Process()
        sockets = [c.laddr for c in mine.net_connections("unix") if c.laddr.startswith("/")]
        ports = {c.laddr.port for c in mine.net_connections("inet")}
        print(ports <= {get_ipython().kernel.iopub_thread._pipe_port})
        print(*sorted({os.path.dirname(os.path.dirname(name)) for name in sockets}))
        """,
    )
    with project.session() as session:
        page = project.execute(session, "page.py")["page.py"]
        # ipykernel's pipe for the output of forked children asks for a secret of 16 bytes
        no_other_port, folder = printed(page).splitlines()
        assert no_other_port == "True"
        assert Path(folder).stat().st_mode & 0o777 == 0o700
        assert Path(folder).stat().st_uid == os.getuid()
    assert not Path(folder).exists()
