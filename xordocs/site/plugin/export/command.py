"""The command ``python -m xordocs.site.export FOLDER``."""

import argparse
import logging
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from xordocs.site.export import FolderError, write
from xordocs.site.plugin.export.exporter import Exporter

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line, and return its exit status.

    Args:
        arguments: Those after the command's name; this process's own if None.
    """
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s - %(message)s")
    exporter = Exporter()
    try:
        with tempfile.TemporaryDirectory(prefix="export-") as site:
            config = load_config(options.config_file, site_dir=site, strict=options.strict or None)
            config.plugins["xordocs/export"] = exporter
            config.plugins.on_startup(command="build", dirty=False)
            try:
                build(config)
            finally:
                config.plugins.on_shutdown()
        write(exporter.export, options.folder)
    except (FolderError, MkDocsException, OSError) as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m xordocs.site.export",
        description="Write an executed site as Markdown that other generators build.",
    )
    parser.add_argument("folder", type=Path, help="the folder, new or that of an earlier export")
    parser.add_argument(
        "-f", "--config-file", default="mkdocs.yml", help="the site's configuration"
    )
    parser.add_argument("-s", "--strict", action="store_true", help="end with an error at warnings")
    return parser
