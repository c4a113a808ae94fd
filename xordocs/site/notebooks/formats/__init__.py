"""Parsers of notebook files: Jupyter's JSON, and the text formats that Jupytext knows."""
