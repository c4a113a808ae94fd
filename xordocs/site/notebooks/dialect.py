"""Stub."""

__all__ = ["to_python_markdown"]


def to_python_markdown(text: str) -> str:
    """Stub."""
    return text
