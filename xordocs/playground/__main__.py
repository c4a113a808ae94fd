"""``python -m xordocs.playground`` writes what the live elements have from the package."""

from pathlib import Path

from xordocs.playground.data import modules

if __name__ == "__main__":
    for name, text in modules().items():
        Path("elements", name).write_text(text, "utf-8")
