"""The notebook beside each page, and the wheel that it needs to run elsewhere."""

import os
from pathlib import Path
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from xordocs.site.cache import Memo
from xordocs.site.notebooks import Package, WheelError, colab_url, wheel
from xordocs.site.plugin.build import Build
from xordocs.site.plugin.publication import read_publication
from xordocs.site.plugin.site_config import project_folder

__all__ = ["add_wheel", "link_download", "write_download"]

log = get_plugin_logger(__name__)


def add_wheel(build: Build, files: Files, config: MkDocsConfig) -> None:
    """Build the wheel that downloaded notebooks need, if any, and have the site carry it."""
    requirement = build.options.package
    if not requirement:
        return
    try:
        build.wheel = wheel(project_folder(config), requirement)
    except WheelError as error:
        build.fail(None, f"the option `package`: {error}")
        return
    path = f"assets/{build.wheel.name}"
    files.append(File.generated(config, path, content=build.wheel.content))
    if config.site_url:
        site = f"{config.site_url.rstrip('/')}/"  # mike leaves the end out
        source = f"{requirement} @ {urljoin(site, path)}"
        build.package = Package(requirement.partition("[")[0], source)
    else:
        log.info(
            f"downloaded notebooks do not install {requirement}: without `site_url` "
            "the address of its wheel is not known"
        )


def link_download(page: Page, config: MkDocsConfig) -> None:
    """Tell the page's template where readers find its notebook: beside it, and on Colab."""
    name = f"{Path(page.file.src_uri).stem}.ipynb"
    place = Path(page.file.abs_dest_path).with_name(name).relative_to(config.site_dir)
    page.meta = {**page.meta, "notebook": name}
    if "MIKE_DOCS_VERSION" not in os.environ:  # mike puts the site into a folder of its own
        url = colab_url(config.repo_url, config.remote_branch, place.as_posix())
        page.meta["colab"] = url


def write_download(page: Page, build: Build, memo: Memo) -> None:
    """Write the notebook that readers can download beside its page, and hold it no longer."""
    state = build.pages[page.file.src_uri]
    if state.content is None:  # a plugin has it written twice
        return
    publication = read_publication(build, page.file.src_uri, memo)
    if publication is not None:
        target = Path(page.file.abs_dest_path).with_name(page.meta["notebook"])
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(publication.notebook, encoding="utf-8")
    state.content = state.publication = None
