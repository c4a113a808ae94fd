"""Builds pages from notebooks; knows nothing of what the notebooks are about."""
