"""Execution of pages in kernels."""
