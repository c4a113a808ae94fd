import asyncio
import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from xordocs.site.execution.descriptors import wait_until_readable

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows waits for sockets alone")


@pytest.mark.parametrize("end", [lambda it: os.write(it, b"x"), os.close], ids=["data", "closed"])
def test_all_who_wait_are_woken_and_leave_nothing_open(end) -> None:
    async def wait() -> None:
        reading, writing = os.pipe()
        waiting = [asyncio.create_task(wait_until_readable(reading)) for _ in range(3)]
        cancelled = asyncio.create_task(wait_until_readable(reading))
        await asyncio.sleep(0)
        assert not any(task.done() for task in waiting)
        cancelled.cancel()
        end(writing)
        await asyncio.gather(*waiting)
        assert [task.done() for task in waiting] == [True] * 3
        os.close(reading)
        if end is not os.close:
            os.close(writing)

    before = sorted(os.listdir("/dev/fd"))
    with ThreadPoolExecutor(1) as thread:  # Playwright leaves a loop running in this one
        thread.submit(asyncio.run, wait()).result()
    assert sorted(os.listdir("/dev/fd")) == before
