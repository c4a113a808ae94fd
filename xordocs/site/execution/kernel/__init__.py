"""The process that executes one page's cells in Python."""
