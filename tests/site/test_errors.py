import signal

import pytest

from xordocs.site.errors import describe_exit


@pytest.mark.parametrize("number", range(1, signal.NSIG))
def test_every_signal_that_the_system_has_is_named(number: int) -> None:
    names = {each.value: each.name for each in signal.Signals}
    assert describe_exit(-number).startswith(f"killed by {names.get(number, f'signal {number}')}")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (3, "exit status 3"),
        (None, "exit status None"),
        (-9, "killed by SIGKILL, perhaps for lack of memory"),
        (-35, "killed by signal 35"),
    ],
)
def test_exit_status_is_described_in_words(status: int | None, words: str) -> None:
    assert describe_exit(status) == words
