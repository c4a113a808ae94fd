"""What a page shows under ``mkdocs serve`` when it cannot show itself."""

from html import escape

__all__ = ["failure", "pending"]


def failure(message: str) -> str:
    """Say why there is nothing on a page.

    Args:
        message: The reason, in a line, and what belongs to it.
    """
    return (
        f"<h1>{escape(message.partition(chr(10))[0])}</h1>\n"
        f'<div class="xd-output xd-error highlight"><pre><code>{escape(message)}</code></pre></div>'
    )


def pending(reason: str, before: str) -> str:
    """Say that a page is being executed.

    Args:
        reason: Why.
        before: What it showed before; nothing if it did not.
    """
    shown = "What follows is from before. " if before else ""
    return (
        '<div class="admonition info"><p class="admonition-title">Being executed</p>'
        f"<p>Why: {escape(reason)}. {shown}The page reloads when it is done.</p></div>\n{before}"
    )
