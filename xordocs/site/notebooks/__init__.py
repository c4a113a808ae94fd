"""Notebooks in, Markdown and downloads out."""
