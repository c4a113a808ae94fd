"""Processes that have imported what is slow to import, and that page kernels are forked from."""
