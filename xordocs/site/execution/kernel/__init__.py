"""The process that executes one page's cells in Python."""

__all__ = ["STACK_PIPE"]

STACK_PIPE = "stack"
"""The named pipe, beside the connection file, that takes the stack of a kernel that is asked."""
