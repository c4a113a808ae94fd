"""`mkdocs serve`."""
