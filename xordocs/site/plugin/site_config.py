"""What the plugin reads in MkDocs' configuration, and what it adds to it."""

import warnings
from collections import ChainMap
from pathlib import Path
from typing import Any

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from xordocs.site import mathematics
from xordocs.site.dependencies import is_importable
from xordocs.site.plugin.jupyter_options import JupyterOptions
from xordocs.site.plugin.options import XordocsConfig

__all__ = [
    "add_theme",
    "configure_formulas",
    "missing_preloads",
    "project_folder",
    "read_jupyter_options",
    "repository_folder",
    "unused_formula_extension",
]

SCRIPT = "assets/_formulas.js"
STYLE_SHEET = "assets/_xordocs.css"
THEME = Path(__file__).with_name("theme")


def project_folder(config: MkDocsConfig) -> Path:
    """Return the folder of ``mkdocs.yml``."""
    return Path(config.config_file_path).resolve().parent


def repository_folder(config: MkDocsConfig) -> Path:
    """Return the folder of all that the author may edit: Git's, or that of ``mkdocs.yml``."""
    project = project_folder(config)
    return next(
        (place for place in (project, *project.parents) if (place / ".git").exists()), project
    )


def read_jupyter_options(config: MkDocsConfig) -> JupyterOptions:
    """Return what the site's author has set of mkdocs-jupyter, which must be there once.

    Raises:
        PluginError: It is not, or an option has no meaning.
    """
    names = [name.partition(" #")[0] for name in config.plugins]  # a second one has a number
    for name in ("xordocs", "mkdocs-jupyter"):
        if names.count(name) != 1:
            raise PluginError(
                f"the plugins of mkdocs.yml: expected `{name}` once, got it {names.count(name)} "
                "times. mkdocs-jupyter finds notebooks, and xordocs executes them; list both:\n\n"
                "plugins:\n  - xordocs\n  - mkdocs-jupyter"
            )
    try:
        return JupyterOptions(_set_by_author(config.plugins["mkdocs-jupyter"].config))
    except ValueError as error:
        raise PluginError(f"mkdocs-jupyter's option {error}") from error


def add_theme(config: MkDocsConfig) -> None:
    """Add our templates below the site's own, and our style sheet and script before the site's."""
    dirs, own = config.theme.dirs, config.theme.custom_dir
    dirs.insert(dirs.index(own) + 1 if own in dirs else 0, str(THEME))
    config.extra_css.insert(0, STYLE_SHEET)
    config.extra_javascript.insert(0, SCRIPT)


def configure_formulas(config: MkDocsConfig, options: XordocsConfig) -> None:
    """Give the plugin's options to the extension that sets formulas, wherever Markdown is read."""
    given = config.mdx_configs.setdefault(mathematics.NAME, {})
    given["formulas"] = options.formulas
    given["macros"] = {**given.get("macros", {}), **options.macros}


def missing_preloads(options: XordocsConfig) -> str:
    """Say which of the modules to preload cannot be found; nothing if all can."""
    missing = [name for name in options.preload if not is_importable(name)]
    return f"the option `preload`: there is no module {', '.join(missing)}" if missing else ""


def unused_formula_extension(config: MkDocsConfig, options: XordocsConfig) -> str:
    """Say that notebooks do without the site's own extension for formulas, if it lists one."""
    other = mathematics.sets_elsewhere(config.markdown_extensions)
    if not other or options.formulas == "site":
        return ""
    return (
        f"the formulas of notebooks are set as MathML, not by {other}; "
        "the option `formulas: site` leaves them to the site's own script"
    )


def _set_by_author(options: Config) -> dict[str, Any]:
    """Return the options of a plugin without its defaults, which look like choices otherwise.

    MkDocs deprecates the one attribute that knows, and offers no other.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return dict(ChainMap(*reversed([*options.user_configs])))
