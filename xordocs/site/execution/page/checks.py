"""What an exercise's check must do: refuse the code that readers start from, accept the solution.

Each function takes a kernel's reply to the check's execution, and returns what is wrong with it, to
be read after "cell 3"; nothing if all is well.
"""

from collections.abc import Mapping
from typing import Any

__all__ = ["wrong_acceptance", "wrong_refusal"]


def wrong_refusal(reply: Mapping[str, Any]) -> str:
    """Say what is wrong with a check that was executed after the code that readers start from."""
    must = "expected an AssertionError from a check of code that is not the solution yet"
    if reply["status"] == "ok":
        return f"passes before the solution: {must}"
    if reply["ename"] != "AssertionError":
        return f"raised {reply['ename']}: {reply['evalue']} before the solution: {must}"
    if not reply["evalue"].strip():
        return f"raised an AssertionError without words for the reader: {must}, saying what differs"
    return ""


def wrong_acceptance(reply: Mapping[str, Any], solution: int) -> str:
    """Say what is wrong with a check that was executed again after the solution.

    Args:
        reply: The kernel's reply.
        solution: The solution's code cell, counted from 1.
    """
    if reply["status"] == "ok":
        return ""
    told = f"raised {reply['ename']}: {reply['evalue']}"
    return f"{told} after the solution in cell {solution}, which a check must accept"
