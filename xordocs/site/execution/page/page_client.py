"""The client that executes a page's cells, and takes what their kernel sends."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator
from typing import Any

from nbclient import NotebookClient
from nbformat import NotebookNode, ValidationError
from nbformat.v4 import new_output

from xordocs.site.execution.kernel.limits import MAX_CHARACTERS, OutputLimit, TextLimit

__all__ = ["MessageError", "PageClient"]


class MessageError(Exception):
    """A message from a kernel cannot become an output; tells what is wrong with it."""


class PageClient(NotebookClient):
    """Executes cells in a kernel that runs already, and cuts what they show beyond the limits."""

    def __init__(self, notebook: NotebookNode, **options: Any) -> None:
        super().__init__(notebook, **options)
        self._texts: dict[str, TextLimit] = defaultdict(lambda: TextLimit(2 * MAX_CHARACTERS))
        self._displays = OutputLimit()
        self._polls: list[asyncio.Task[Any]] = []

    @contextlib.asynccontextmanager
    async def async_setup_kernel(self, **_: object) -> AsyncIterator[None]:
        """Leave starting and ending the kernel to others, and its process's signals, too."""
        yield

    async def _async_poll_output_msg(self, *arguments: Any) -> None:
        """Process what a cell sends, in a task that nbclient forgets if the cell hangs."""
        if (task := asyncio.current_task()) is not None:
            self._polls = [task]
        await super()._async_poll_output_msg(*arguments)

    async def end(self) -> None:
        """Process no more, and close the connection to the kernel."""
        for task in self._polls:
            task.cancel()
        await asyncio.gather(*self._polls, return_exceptions=True)
        if self.kc is not None:
            self.kc.stop_channels()

    def process_message(
        self, msg: dict[str, Any], cell: NotebookNode, cell_index: int
    ) -> NotebookNode | None:
        """Process a message about a cell, whatever the page has put into it.

        Raises:
            CellExecutionComplete: The cell has ended.
            MessageError: No notebook can hold it.
        """
        try:
            return super().process_message(msg, cell, cell_index)
        except (AttributeError, LookupError, TypeError, ValueError, ValidationError) as error:
            told = str(error).partition("\n")[0]
            told = told if isinstance(error, ValidationError) else f"{type(error).__name__}: {told}"
            raise MessageError(f"{msg['msg_type']}: {told}") from error

    def output(
        self, outs: list[NotebookNode], msg: dict[str, Any], display_id: str | None, cell_index: int
    ) -> NotebookNode | None:
        """Add an output to a cell; Python's kernels have cut theirs already."""
        content = msg["content"]
        if msg["msg_type"] == "stream":
            content["text"] = self._texts[content["name"]].add(content["text"])
            if not content["text"]:
                return None
        elif msg["msg_type"] == "display_data" and not self._displays.add():
            return None
        return super().output(outs, msg, display_id, cell_index)

    def clear_output(self, outs: list[NotebookNode], msg: dict[str, Any], cell_index: int) -> None:
        """Clear a cell's outputs, and begin to count anew."""
        self._displays.reset()
        for limit in self._texts.values():
            limit.reset()
        super().clear_output(outs, msg, cell_index)

    def end_cell(self, cell: NotebookNode) -> None:
        """Add what has been held back of a cell's outputs."""
        for name, text in (
            *((name, limit.end()) for name, limit in self._texts.items()),
            ("stdout", self._displays.end()),
        ):
            if text:
                cell.outputs.append(new_output("stream", name=name, text=text))
