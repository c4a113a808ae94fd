"""Limits of what one cell may print and show: no reader reads more, and it would take minutes."""

__all__ = ["MAX_CHARACTERS", "MAX_OUTPUTS", "OutputLimit", "TextLimit", "cut"]

MAX_CHARACTERS = 1_000_000
"""How much text of a stream, or of one output, is shown whole."""
END_CHARACTERS = 100_000
"""How much of that is kept for the end: where a progress bar stands at last."""
MAX_OUTPUTS = 1_000
"""How many displays of a cell are shown."""


class TextLimit:
    """Lets the beginning of a text through that comes in pieces, and keeps its end for later.

    Args:
        characters: How much of a text is shown whole.
    """

    def __init__(self, characters: int = MAX_CHARACTERS) -> None:
        self._characters = characters
        self.reset()

    def reset(self) -> None:
        """Begin with a new text."""
        self._room = self._characters - END_CHARACTERS
        self._held: list[str] = []
        self._held_length = self._dropped = 0

    def add(self, text: str) -> str:
        """Add a piece; returns what of it is to be shown now."""
        now, later = text[: self._room], text[self._room :]
        self._room -= len(now)
        if later:
            self._held.append(later)
            self._held_length += len(later)
            if self._held_length > 2 * END_CHARACTERS:
                self._shorten()
        return now

    def end(self) -> str:
        """End the text; returns what is still to be shown of it, and begins with a new one."""
        if self._dropped or self._held_length > END_CHARACTERS:
            self._shorten()
        rest = "".join(self._held)
        if self._dropped:
            rest = f"\n[… {self._dropped:,} characters cut …]\n{rest}"
        self.reset()
        return rest

    def _shorten(self) -> None:
        """Drop all that is held but its end."""
        held = "".join(self._held)
        self._held = [held[-END_CHARACTERS:]]
        self._dropped += len(held) - len(self._held[0])
        self._held_length = len(self._held[0])


class OutputLimit:
    """Counts the displays of a cell, and lets the first of them through."""

    def __init__(self) -> None:
        self._count = 0

    def reset(self) -> None:
        """Begin with a new cell, or with one whose displays have been cleared."""
        self._count = 0

    def add(self) -> bool:
        """Count a display; returns whether it is to be shown."""
        self._count += 1
        return self._count <= MAX_OUTPUTS

    def end(self) -> str:
        """End the cell; returns what is to be said of it, and begins with a new one."""
        dropped, self._count = self._count - MAX_OUTPUTS, 0
        return f"[… {dropped:,} outputs cut …]\n" if dropped > 0 else ""


def cut(text: str) -> str:
    """Cut a text that comes whole."""
    limit = TextLimit()
    return limit.add(text) + limit.end()
