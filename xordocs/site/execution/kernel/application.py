"""The kernel that executes one page: an IPython kernel that ignores user configuration."""

import faulthandler
import signal
import sys
from pathlib import Path
from typing import Any

import zmq
from ipykernel.compiler import XCachingCompiler
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from traitlets import Type
from traitlets.config import Config

from xordocs.site.cache import Recorder, Repository, forget_modules

__all__ = ["run"]


class _Compiler(XCachingCompiler):
    def get_code_name(self, raw_code: str, code: str, number: int) -> str:  # noqa: ARG002
        """Name a cell by its number: ipykernel's name has the process id in it."""
        return f"<cell {number}>"


class _Kernel(IPythonKernel):
    """An IPython kernel whose cells have the same names in every process."""

    compiler_class = Type(_Compiler)


class _Application(IPKernelApp):
    """Serves the kernel without the user's configuration, and without losing output."""

    def load_config_file(self, *_: object, **__: object) -> None:
        """Read no configuration: neither the user's, nor the machine's, nor the folder's."""

    def init_iopub(self, context: zmq.Context[Any]) -> None:
        """Lose no output, however fast it comes: ZeroMQ drops what it has no room for."""
        context.setsockopt(zmq.SNDHWM, 0)
        super().init_iopub(context)

    def init_code(self) -> None:
        """Run no start-up files."""


def run(connection_file: str, root: str, record: str) -> None:
    """Execute the cells that come in through the sockets, until the process is killed.

    Args:
        connection_file: The file in which jupyter_client names the sockets.
        root: The repository's folder.
        record: The file that takes the page's dependencies, written anew after each cell.
    """
    sys.argv = [""]
    if hasattr(faulthandler, "register"):  # so that the builder can ask where a cell hangs
        faulthandler.register(signal.SIGUSR1, all_threads=False)
    repository = Repository(root)
    recorder = Recorder(repository)
    config = Config()
    config.IPKernelApp.kernel_class = _Kernel
    config.IPKernelApp.capture_fd_output = False  # C++ libraries log there; pages print in Python
    config.IPKernelApp.log_level = "CRITICAL"  # the log is for what kernels die of
    config.IPKernelApp.ignore_cwd = True  # a page called numpy.py is not the module numpy
    config.HistoryManager.enabled = False
    application: Any = _Application.instance(connection_file=connection_file, config=config)
    application.initialize([])

    def write(_result: object) -> None:
        try:
            recorder.write(Path(record))
        except Exception:  # IPython would show it on the page; so the page is not cached instead
            Path(record).unlink(missing_ok=True)

    application.shell.events.register("post_run_cell", write)
    forget_modules(repository)
    recorder.start()
    application.start()


if __name__ == "__main__":  # where kernels are not forked
    run(*sys.argv[1:])
