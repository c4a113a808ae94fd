"""Executed pages on disk."""
