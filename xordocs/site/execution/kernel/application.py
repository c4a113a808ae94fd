"""An IPython kernel that ignores user configuration."""

import faulthandler
import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

import zmq
from ipykernel.compiler import XCachingCompiler
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.formatters import DisplayFormatter
from jupyter_client.jsonutil import json_clean, json_default
from traitlets import Type
from traitlets.config import Config

from xordocs.site.dependencies import Recorder, Repository, forget_modules
from xordocs.site.execution.kernel import STACK_PIPE
from xordocs.site.execution.kernel.limits import OutputLimit
from xordocs.site.execution.kernel.streams import Stream
from xordocs.site.figure_text import FIGURE_TEXT, figure_text
from xordocs.site.lazy_import import import_without

with import_without("debugpy"):  # nobody debugs a page
    import ipykernel.debugger  # noqa: F401
# what each kernel would import as it starts
import IPython.core.completerlib
import IPython.core.debugger
import IPython.core.oinspect
import IPython.extensions.storemagic  # noqa: F401
import tornado.platform.asyncio  # noqa: F401

__all__ = ["pack", "run"]


class _Compiler(XCachingCompiler):
    def get_code_name(self, raw_code: str, code: str, number: int) -> str:  # noqa: ARG002
        """Name a cell by its number: ipykernel's name has the process id in it."""
        return f"<cell {number}>"


class _Formatter(DisplayFormatter):
    """Puts what Matplotlib's figures say of themselves beside their images."""

    def format(self, obj: Any, include: Any = None, exclude: Any = None) -> tuple[Any, Any]:
        """Return the forms of an object by kind, and what is said of each."""
        data, metadata = super().format(obj, include, exclude)
        matplotlib = sys.modules.get("matplotlib.figure")
        if matplotlib is not None and isinstance(obj, matplotlib.Figure):
            text = figure_text(obj)
            for mime in data:
                if text and mime.startswith("image/"):
                    metadata[mime] = {**metadata.get(mime, {}), FIGURE_TEXT: text}
        return data, metadata


class _Shell(ZMQInteractiveShell):
    def init_display_formatter(self) -> None:
        """Display by our own formatter."""
        self.display_formatter = _Formatter(parent=self)
        self.configurables.append(self.display_formatter)  # type: ignore[arg-type] # as IPython does


class _Kernel(IPythonKernel):
    """An IPython kernel whose cells have the same names in every process."""

    shell_class = Type(_Shell)
    compiler_class = Type(_Compiler)


class _Application(IPKernelApp):
    """Serves the kernel without the user's configuration, and without losing output."""

    def parse_command_line(self, argv: object = None) -> None:
        """Read no command line."""

    def load_config_file(self, *_: object, **__: object) -> None:
        """Read no configuration: neither the user's, nor the machine's, nor the folder's."""

    def init_iopub(self, context: zmq.Context[Any]) -> None:
        """Lose no output, however fast it comes: ZeroMQ drops what it has no room for."""
        context.setsockopt(zmq.SNDHWM, 0)
        super().init_iopub(context)

    def init_poller(self) -> None:
        """End with the builder, and end what cells have started; fork servers see to theirs."""
        builder, self.parent_handle = self.parent_handle, 0
        super().init_poller()
        if builder:
            from xordocs.site.execution.kernel.process_tree import end_with  # it imports psutil

            arguments = builder, dict(os.environ)
            threading.Thread(target=end_with, args=arguments, daemon=True).start()

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
    _tell_stack_when_asked(Path(connection_file).with_name(STACK_PIPE))
    repository = Repository(root, Path.cwd(), private=Path(record).parent)

    def current_cell() -> int:
        return int(application.shell.execution_count) - 1  # it counts a cell as it begins

    recorder = Recorder(repository, current_cell)
    config = Config()
    config.IPKernelApp.kernel_class = _Kernel
    config.IPKernelApp.outstream_class = f"{Stream.__module__}.{Stream.__qualname__}"
    config.IPKernelApp.log_level = "CRITICAL"  # the log is for what kernels die of
    config.IPKernelApp.ignore_cwd = True  # a page called numpy.py is not the module numpy
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"  # a page colours tracebacks itself; this is quicker
    application: Any = _Application.instance(connection_file=connection_file, config=config)
    application.initialize([])
    application.session.pack = pack

    def write(_result: object) -> None:
        try:
            recorder.write(Path(record))
        except Exception:  # IPython would show it on the page; so the page is not cached instead
            Path(record).unlink(missing_ok=True)

    application.shell.events.register("post_run_cell", write)
    _limit_outputs(application.shell, sys.stdout, sys.stderr)
    forget_modules(repository)
    sys.path.append(os.getcwd())  # what stands beside the page; last, so that it hides nothing
    recorder.start()
    application.start()


def pack(message: object) -> bytes:
    """Serialize a part of a message, whatever its strings hold: half a surrogate pair, too."""
    try:
        text = json.dumps(message, default=json_default, allow_nan=False)
    except (TypeError, ValueError):  # as in jupyter_client's own
        text = json.dumps(json_clean(message), default=json_default, allow_nan=False)
    return text.encode("ascii")


def _tell_stack_when_asked(pipe: Path) -> None:
    """Write the stack to a named pipe upon a signal, so that the builder can ask where it hangs."""
    if hasattr(faulthandler, "register"):  # Windows has neither signal nor named pipe
        os.mkfifo(pipe, 0o600)
        descriptor = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)  # for writing it would need a reader
        faulthandler.register(signal.SIGUSR1, file=descriptor, all_threads=False)


def _limit_outputs(shell: Any, stdout: Any, stderr: Any) -> None:
    """Cut what a cell prints and displays beyond the limits, and say so where it ends."""
    displays = OutputLimit()

    def on_message(message: dict[str, Any]) -> dict[str, Any] | None:
        kind = message["header"]["msg_type"]
        if kind == "clear_output":
            for limit in (displays, stdout.limit, stderr.limit):
                limit.reset()
        return message if kind != "display_data" or displays.add() else None

    def on_cell_end(_result: object) -> None:
        stdout.end_cell()
        stderr.end_cell()
        stdout.write(displays.end())

    shell.display_pub.register_hook(on_message)
    shell.events.register("post_run_cell", on_cell_end)


if __name__ == "__main__":  # where kernels are not forked
    run(*sys.argv[1:])
