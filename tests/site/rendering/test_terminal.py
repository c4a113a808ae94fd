"""Text is shown as a terminal shows it in the end."""

import pytest

from xordocs.site.rendering.terminal import as_displayed


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("plain\n", "plain\n"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("a\r\nb\r\n", "a\nb\n"),
        (" 10%\r 50%\r100%\ndone\n", "100%\ndone\n"),
        ("long line\rshort", "shortline"),
        ("12\b\b3", "32"),
        ("outer 0\ninner 0\x1b[A\router 1\ninner 9", "outer 1\ninner 9"),
        ("gone\x1b[2K\rkept", "kept"),
        ("abcdef\x1b[3D\x1b[K", "abc"),
        ("\x1b]0;title\x07text", "text"),
        ("a\x1b[999999999B\x1b[999999999Cb", "a" + " " * 999 + "b"),
        ("\x1b[1Gx\x1b[0Gy\x1b[9A\x1b[9D", "y"),
        ("a\x00\x0bb\ud800", "ab"),
        ("tab\tstays\fhere", "tab\tstays\fhere"),
    ],
)
def test_text_is_as_a_terminal_shows_it(written, shown):
    assert as_displayed(written) == shown
