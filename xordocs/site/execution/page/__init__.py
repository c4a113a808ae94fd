"""Execution of one page in one kernel."""
