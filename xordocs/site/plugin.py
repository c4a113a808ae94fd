"""The adapter to MkDocs: the only module here that imports it."""

import atexit
import contextlib
import copy
import gc
import logging
import os
import warnings
from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, cast
from urllib.parse import urljoin

from jinja2 import Environment
from mkdocs.config import config_options
from mkdocs.config.base import Config, ValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel, set_exclusions
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, get_toc
from mkdocs.utils.templates import TemplateContext

from xordocs.site import mathematics
from xordocs.site.cache.template_cache import TemplateCache
from xordocs.site.errors import CellError, ExecutionError, FormulaError, PageError
from xordocs.site.execution import Session, StalePage
from xordocs.site.execution.termination import exit_on_signals
from xordocs.site.failures import Failures, location
from xordocs.site.incremental import (
    RenderCache,
    describe_compilation,
    describe_site,
    keep_search_entries,
)
from xordocs.site.jupyter_options import JupyterOptions
from xordocs.site.lazy_import import lazy_import
from xordocs.site.livereload import LiveSite, failure_notice, pending_notice
from xordocs.site.notebook_files import find_collisions, find_notebooks
from xordocs.site.notebooks import (
    DIALECT,
    Executed,
    Figures,
    Note,
    Package,
    PageOptions,
    PreExecuted,
    Publication,
    WheelError,
    colab_url,
    import_converters,
    line_of,
    locate,
    options_for,
    place_in_prose,
    publish,
    wheel,
)
from xordocs.site.notebooks import Page as Notebook
from xordocs.site.page_state import PageState
from xordocs.site.rendering.placeholders import Part, PlaceholderExtension
from xordocs.site.settings import check_figures, check_macros, check_pages, check_seconds

with lazy_import("jupytext", "mkdocs_jupyter.convert"):  # most builds convert nothing
    import mkdocs_jupyter.plugin  # noqa: F401 - MkDocs imports it next

# MkDocs passes every argument by name, whether it is of use here or not.
# ruff: noqa: ARG002

log = get_plugin_logger(__name__)

SESSION_OPTIONS = ("cache", "environment", "fork", "preload")
"""The options that hold as long as the session does: until ``mkdocs serve`` ends."""
SCRIPT = "assets/_formulas.js"
STYLE_SHEET = "assets/_xordocs.css"
HIGHLIGHTING = {"codehilite", "highlight", "superfences"}
"""Markdown extensions that have to do with the colours of code. Material needs one of them; other
themes colour plain code by a script.
"""


class _Checked(config_options.OptionallyRequired[Any]):
    """An option that a function checks, which raises `ValueError` with what is wrong."""

    def __init__(self, check: Callable[[object], Any], default: object) -> None:
        super().__init__(default=default)
        self._check = check

    def run_validation(self, value: object) -> Any:
        """Return the value as the function returns it."""
        try:
            return self._check(value)
        except ValueError as error:
            raise ValidationError(str(error)) from error


class XordocsConfig(Config):
    """The plugin's settings in ``mkdocs.yml``.

    Attributes:
        cache: The folder that keeps executed pages.
        environment: The names of the environment variables that pages may see and depend on.
        execute: Whether builds execute pages of which nothing else is said.
        figures: What to do about a figure without a description: fail (``error``), describe it by
            its axes and say so (``note``), or describe it (``off``).
        fork: Whether kernels are forked from a process that has imported what pages need, where
            the platform can; otherwise each is started on its own.
        formulas: What to do about a formula that cannot be set: fail (``error``), or show its
            source and say so (``note``). With ``site``, formulas are left to the site's own
            extensions.
        macros: LaTeX commands for all formulas, by their names.
        package: What a downloaded notebook needs, such as ``xordocs[plots]``: this project, whose
            wheel the site then carries.
        pages: Options for the pages that a glob names, relative to the folder of all pages; later
            globs win over earlier ones, and a page's own header over all of them.
        preload: Modules that are slow to import, from the lightest to the heaviest.
        timeout: How many seconds a cell may take.
    """

    cache = config_options.Type(str, default=".cache/pages")
    environment = config_options.ListOfItems(config_options.Type(str), default=[])
    execute = config_options.Type(bool, default=True)
    figures = _Checked(check_figures, default="note")
    fork = config_options.Type(bool, default=True)
    formulas = config_options.Choice(("error", "note", "site"), default="note")
    macros = _Checked(check_macros, default={})
    package = config_options.Type(str, default="")
    pages = _Checked(check_pages, default={})
    preload = config_options.ListOfItems(config_options.Type(str), default=[])
    timeout = _Checked(check_seconds, default=120)


class XordocsPlugin(BasePlugin[XordocsConfig]):
    """Executes the percent-format pages that mkdocs-jupyter reads, and lets MkDocs render them."""

    def __init__(self) -> None:
        self._serves = False
        self._session: Session | None = None
        self._live: LiveSite | None = None
        self._rendered: RenderCache | None = None
        self._pages: dict[str, PageState] = {}
        self._package: Package | None = None
        self._failures = Failures()
        self._strict = False
        self._env: Environment | None = None
        self._jupyter = JupyterOptions({})
        self._is_configured = False
        self._chosen: dict[str, Any] = {}

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Note the command; MkDocs keeps a plugin with this event from build to build."""
        self._serves = command == "serve"
        exit_on_signals()
        _exit_without_collecting()
        for name in ("mkdocs.mkdocs-jupyter", "mkdocs.plugins.mkdocs_jupyter"):
            logging.getLogger(name).setLevel(logging.WARNING)  # it names our temporary files

    def on_shutdown(self) -> None:
        """End all processes that execute pages."""
        try:
            if self._live is not None:
                self._live.close()
        finally:
            if self._session is not None:
                self._session.close()
            self._session = None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Add our own parts to the theme."""
        self._package, self._failures, self._strict = None, Failures(), config.strict
        self._jupyter = _jupyter_options(config)
        if (ignored := self._jupyter.without_effect()) and not self._is_configured:
            log.info(ignored)
        self._is_configured = True
        self._note_late_options()
        _add_theme(config)
        self._choose_formulas(config)
        return config

    def _note_late_options(self) -> None:
        """Say which options have been edited under ``serve`` that what runs already cannot take."""
        chosen = {name: self.config[name] for name in SESSION_OPTIONS}
        changed = [name for name, value in chosen.items() if self._chosen.get(name, value) != value]
        if changed:
            log.info(f"start `mkdocs serve` again for its changed options: {', '.join(changed)}")
        self._chosen = {**chosen, **self._chosen}

    def _choose_formulas(self, config: MkDocsConfig) -> None:
        """Give our options to the extension that sets formulas, wherever Markdown is read."""
        options = config.mdx_configs.setdefault(mathematics.NAME, {})
        options["formulas"] = self.config.formulas
        options["macros"] = {**options.get("macros", {}), **self.config.macros}
        other = mathematics.sets_elsewhere(config.markdown_extensions)
        if other and self.config.formulas != "site" and self._live is None:
            log.info(
                f"the formulas of notebooks are set as MathML, not by {other}; "
                "the option `formulas: site` leaves them to the site's own script"
            )

    @event_priority(-1000)  # after plugins that move or add files
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Execute the stale notebooks among the files, and build the wheel."""
        session = self._open_session(config)
        folders = _project(config) / self.config.cache, session.folder
        copies = tuple(folder / "generated" for folder in folders)
        notebooks = find_notebooks(files, self._jupyter.includes, copies)
        set_exclusions(files, config)  # of files that other plugins have added
        self._pages = {
            file.src_uri: PageState(Path(str(file.abs_src_path)))
            for file in notebooks
            if self._publishes(file.inclusion)
        }
        self._read(session)
        for uri, others in find_collisions(files, self._pages).items():
            self._fail(uri, f"{location(self._pages[uri].source, 1)}: the page {others}")
        if self.config.package:
            self._add_wheel(files, config)
        states = self._pages.items()
        code = {uri: it.page for uri, it in states if it.page and it.is_executed and it.is_ready}
        fresh, stale = (self._live or session).partition(code)
        for uri, executed in fresh.items():
            self._pages[uri].executed = executed
        if self._live is not None:
            self._execute_in_background(self._live, stale, files, config)
        elif stale:
            self._execute(session, stale)
        return files

    def _read(self, session: Session) -> None:
        """Read the notebooks among the pages, with the options that hold for each."""
        defaults = PageOptions(self.config.execute, self.config.timeout)
        for uri, state in self._pages.items():
            told = self._jupyter.page_options(state.source, defaults)
            options = options_for(uri, told, self.config.pages)
            try:
                state.page = Notebook.read(uri, state.source, session.memo, options)
            except PageError as error:
                self._fail(uri, f"{location(state.source, error.line)}: the page {error}")
                continue
            if not state.is_executed and state.page.has_outputs:
                log.info(f"{uri}: shows the outputs in its file; what made them is not known")

    def _publishes(self, inclusion: InclusionLevel) -> bool:
        return bool(inclusion.is_in_serve() if self._serves else inclusion.is_included())

    def _add_wheel(self, files: Files, config: MkDocsConfig) -> None:
        """Build the wheel that downloaded notebooks need, and have the site carry it."""
        try:
            name, content = wheel(_project(config))
        except WheelError as error:
            self._fail(None, f"the option `package`: {error}")
            return
        files.append(File.generated(config, f"assets/{name}", content=content))
        if config.site_url:
            site = f"{config.site_url.rstrip('/')}/"  # mike leaves the end out
            address = urljoin(site, f"assets/{name}")
            self._package = Package(self.config.package, address)

    def _execute(self, session: Session, stale: list[StalePage]) -> None:
        """Execute pages, also those that are left when some have failed."""

        def on_done(executed: Executed) -> None:
            state = self._pages[executed.page.name]
            state.executed = executed
            with contextlib.suppress(Exception):  # reported when MkDocs reads the page
                # while others are executed
                state.publication = self._publish(executed, session)

        def on_failure(page: StalePage, error: ExecutionError) -> None:
            log.info(f"{page.page.name}: failed")
            self._fail(page.page.name, str(error))

        try:
            run = session.start(stale, on_done, on_failure)
            import_converters()  # while kernels start
            run.wait()
        except OSError as error:
            raise PluginError(f"pages cannot be executed: {error}") from error
        session.finish()

    def _execute_in_background(
        self, live: LiveSite, stale: list[StalePage], files: Files, config: MkDocsConfig
    ) -> None:
        """Execute pages while what they showed last is shown."""
        addresses = {file.src_uri: file.url for file in files if file.src_uri in self._pages}
        known = live.execute_stale(stale, addresses, config.watch, config.docs_dir)
        for one in stale:
            match known.get(one.page.name):
                case Executed() as executed:
                    self._pages[one.page.name].executed = executed
                case ExecutionError() as error:
                    self._fail(one.page.name, str(error))
                case None:
                    self._pages[one.page.name].pending = one.reason

    def _open_session(self, config: MkDocsConfig) -> Session:
        if self._session is None:
            named = self.config.environment
            self._session = Session(
                _repository(config),
                _project(config) / self.config.cache,
                preload=self.config.preload,
                environment={name: os.environ[name] for name in named if name in os.environ},
                fork=self.config.fork,
                report=log.info,
            )
            if self._serves:
                self._live = LiveSite(self._session)
        return self._session

    def _render_cache(self, config: MkDocsConfig) -> RenderCache:
        if self._rendered is None:
            self._rendered = RenderCache(self._open_session(config).memo, get_toc)
        return self._rendered

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Attach to MkDocs' server, and import what edits will need."""
        if self._live is not None:
            self._live.attach(server)
        code = [it.page for it in self._pages.values() if it.page and it.is_executed]
        self._open_session(config).warm_up(code)
        import_converters()
        return server

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Begin to render, now that MkDocs knows all pages."""
        self._render_cache(config).begin(
            lambda: describe_site(config, files),
            config.site_dir,
            postpones=self._live is not None and self._live.postpones(),
        )
        return nav

    @event_priority(-100)
    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> Page:
        """Render the page by our own method, unless it is another plugin's page."""
        if page.file.src_uri in self._pages or "render" not in vars(page):
            _override_render(page, self._render)
        return page

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:
        """Read a notebook's page: the Markdown that mkdocs-jupyter makes of it."""
        state = self._pages.get(page.file.src_uri)
        if state is None:
            return None
        if not state.is_ready or state.page is None:
            return ""
        source = state.source
        try:
            executed = state.executed or PreExecuted(state.page)
            made = state.publication or self._publish(executed, self._open_session(config))
            state.publication = made
        except PageError as error:
            self._fail(page.file.src_uri, f"{location(source, error.line)}: the page {error}")
            return ""
        except CellError as error:
            line = locate(state.page.source, error.number)
            self._fail(page.file.src_uri, f"{location(source, line)}: {error}")
            return ""
        self._report_notes(source, made.notes)
        state.notebook = made.notebook
        return made.markdown

    def _publish(self, page: Executed | PreExecuted, session: Session) -> Publication:
        figures = cast(Figures, self.config.figures)
        return publish(self._jupyter.present(page), self._package, session.memo, figures)

    def _report_notes(self, source: Path, notes: Sequence[Note]) -> None:
        """Log what an author should know of a page's outputs, a line for each kind."""
        cells: dict[tuple[str, bool], list[int]] = {}
        for note in notes:
            cells.setdefault((note.text, note.is_warning), []).append(note.number)
        for (text, is_warning), numbers in cells.items():
            named = ", ".join(map(str, sorted(set(numbers))))
            level = logging.WARNING if is_warning else logging.INFO
            log.log(level, f"{location(source, None)}: cell {named}: {text}")

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Name and list a notebook's page as mkdocs-jupyter is told to."""
        if page.file.src_uri in self._pages:
            if self._jupyter.ignores_h1_titles:
                _forget_heading(page)
            if self._jupyter.toc_depth is not None:
                page.toc.items = _prune(page.toc.items, self._jupyter.toc_depth)
        return html

    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Offer the notebook to the page's reader."""
        if self._notebook(page):
            name = f"{Path(page.file.src_uri).stem}.ipynb"
            place = Path(page.file.abs_dest_path).with_name(name).relative_to(config.site_dir)
            page.meta = {**page.meta, "notebook": name}
            if "MIKE_DOCS_VERSION" not in os.environ:  # mike puts the site into a folder of its own
                url = colab_url(config.repo_url, config.remote_branch, place.as_posix())
                page.meta["colab"] = url
        return markdown

    def _render(self, page: Page, config: MkDocsConfig, files: Files) -> None:
        """Render a page or restore its rendering; under ``serve`` it may show a notice instead."""
        state = self._pages.get(page.file.src_uri)
        rendered = self._render_cache(config)
        try:
            if state is not None and state.failure:
                _replace_content(page, failure_notice(state.failure))
            elif state is not None and state.pending:
                rendered.restore_last(page, files, _registries(config))
                _replace_content(page, pending_notice(state.pending, page.content or ""))
            else:
                rendered.render(
                    page, files, _registries(config), lambda: self._convert(page, config, files)
                )
        except* FormulaError as errors:
            places = (self._place(page, config, error) for error in _leaves(errors))
            message = "\n".join(places)
            self._fail(page.file.src_uri, message)
            _replace_content(page, failure_notice(message))

    def _convert(self, page: Page, config: MkDocsConfig, files: Files) -> None:
        """Let MkDocs render a page, with its formulas.

        Raises:
            ExceptionGroup: Formulas cannot be set, and the site is not to be published without.
        """
        errors: list[FormulaError] = []
        chosen = copy.copy(config)
        chosen.markdown_extensions = mathematics.page_extensions(
            config.markdown_extensions,
            config.mdx_configs[mathematics.NAME],
            is_notebook=page.file.src_uri in self._pages,
            report=errors.append,
        )
        state = self._pages.get(page.file.src_uri)
        if state is not None and state.publication is not None:
            _render_notebook(page, chosen, files, state.publication.parts)
        else:
            Page.render(page, chosen, files)
        if errors and self.config.formulas == "error":
            raise ExceptionGroup("formulas", errors)
        for error in errors:
            log.info(f"{self._place(page, config, error)}; the page shows its source")

    def _place(self, page: Page, config: MkDocsConfig, error: FormulaError) -> str:
        """Say where in its page a formula stands, and what is wrong with it."""
        state = self._pages.get(page.file.src_uri)
        if state is None or state.page is None:
            path = Path(config.docs_dir) / page.file.src_uri
            place = location(path, line_of(page.file.content_string, error.formula))
        else:
            inside = place_in_prose(state.page.source, error.formula)
            place = location(state.source, None) + inside
        return f"{place}: {error}"

    def _fail(self, page: str | None, message: str) -> None:
        """Note why a page, or the site, cannot be published; under ``serve`` also log it.

        A build ends with all of these before anything is written; under ``serve`` each page shows
        its own.
        """
        if page in self._pages:
            self._pages[page].failure = message
        self._failures.add(message, page)
        if self._live is not None:  # an error in strict mode would leave the server stuck
            log.log(logging.INFO if self._strict else logging.ERROR, message)

    @event_priority(100)  # before other plugins complain of what the failing pages lack
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Keep the theme's compiled templates, and the search entries of unchanged pages."""
        failed = self._failures.report(file.src_uri for file in files)
        if failed and self._live is None:
            raise PluginError(failed)
        self._env = env
        memo = self._open_session(config).memo
        folder = _project(config) / self.config.cache / "templates"
        env.bytecode_cache = TemplateCache(folder, describe_compilation, log.info)
        for plugin in config.plugins.values():
            keep_search_entries(getattr(plugin, "search_index", None), memo)
        return env

    @event_priority(-100)  # after the search has read the page
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Put the links to a notebook above its page."""
        if self._notebook(page) and self._env is not None:
            links = self._env.get_template("partials/notebook.html").render(context).strip()
            page.content = links + (page.content or "")
        return context

    def _notebook(self, page: Page) -> str:
        """Return the notebook that readers of a page can download; nothing if there is none."""
        state = self._pages.get(page.file.src_uri)
        return state.notebook if state is not None else ""

    @event_priority(-100)  # after mkdocs-jupyter has copied a source of the same name there
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Write the executed notebook beside its page."""
        if notebook := self._notebook(page):
            target = Path(page.file.abs_dest_path).with_name(page.meta["notebook"])
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(notebook, encoding="utf-8")
        return output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Execute the pages that nobody is waiting for, now that the site is written."""
        if self._live is not None:
            if self._render_cache(config).has_postponed:
                self._live.catch_up()
            self._live.execute_rest()


def _exit_without_collecting() -> None:
    """Make this process end sooner: at exit Python would search all of its memory for garbage."""
    atexit.register(gc.freeze)


def _add_theme(config: MkDocsConfig) -> None:
    """Add our templates below the site's own, and our style sheet and script before the site's."""
    dirs, own = config.theme.dirs, config.theme.custom_dir
    dirs.insert(dirs.index(own) + 1 if own in dirs else 0, str(Path(__file__).with_name("theme")))
    config.extra_css.insert(0, STYLE_SHEET)
    config.extra_javascript.insert(0, SCRIPT)


def _jupyter_options(config: MkDocsConfig) -> JupyterOptions:
    """Return what the site's author has set of mkdocs-jupyter, which must be there once.

    Raises:
        PluginError: It is not, or an option has no meaning.
    """
    names = [name.partition(" #")[0] for name in config.plugins]  # a second one has a number
    for name in ("xordocs", "mkdocs-jupyter"):
        if names.count(name) != 1:
            raise PluginError(
                f"the plugins of mkdocs.yml: expected `{name}` once, got it {names.count(name)} "
                "times. xordocs executes notebooks and mkdocs-jupyter renders them; list both:\n\n"
                "plugins:\n  - xordocs\n  - mkdocs-jupyter"
            )
    try:
        return JupyterOptions(_set_by_author(config.plugins["mkdocs-jupyter"].config))
    except ValueError as error:
        raise PluginError(f"mkdocs-jupyter's option {error}") from error


def _set_by_author(options: Config) -> dict[str, Any]:
    """Return the options of a plugin without its defaults, which look like choices otherwise.

    MkDocs deprecates the one attribute that knows, and offers no other.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return dict(ChainMap(*reversed([*options.user_configs])))


def _forget_heading(page: Page) -> None:
    """Name a page by its file, unless its header or the navigation names it.

    MkDocs has no option for this, and keeps the first heading where only it should look.
    """
    page._title_from_render = None


def _prune(links: list[AnchorLink], depth: int) -> list[AnchorLink]:
    """Return the entries of a table of contents down to a level of headings."""
    kept = [link for link in links if link.level <= depth]
    for link in kept:
        link.children = _prune(link.children, depth)
    return kept


def _override_render(page: Page, render: Callable[[Page, MkDocsConfig, Files], None]) -> None:
    """Replace a page's method `render`.

    MkDocs has no event in place of rendering, and mkdocs-jupyter replaces the method of a
    notebook's page in the same way; the last to do so renders.
    """
    vars(page)["render"] = lambda config, files: render(page, config, files)


def _render_notebook(
    page: Page, config: MkDocsConfig, files: Files, parts: Mapping[str, Part]
) -> None:
    """Render a notebook's page by MkDocs' own method, in Jupyter's dialect of Markdown."""
    own = copy.copy(config)
    known = {str(name).rpartition(".")[2] for name in config.markdown_extensions}
    added = {name: it for name, it in DIALECT.items() if name.rpartition(".")[2] not in known}
    if config.theme.name == "material" and known.isdisjoint(HIGHLIGHTING):
        added |= {"pymdownx.highlight": {}, "pymdownx.superfences": {}}
    names = [*config.markdown_extensions, *added, PlaceholderExtension(parts)]
    own["markdown_extensions"], own["mdx_configs"] = names, {**(config.mdx_configs or {}), **added}
    Page.render(page, own, files)


def _leaves(errors: BaseExceptionGroup[FormulaError]) -> Iterator[FormulaError]:
    """Yield the exceptions of a group, however deep."""
    for error in errors.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _leaves(error)
        else:
            yield error


def _project(config: MkDocsConfig) -> Path:
    """Return the folder of ``mkdocs.yml``."""
    return Path(config.config_file_path).resolve().parent


def _repository(config: MkDocsConfig) -> Path:
    """Return the folder of all that the author may edit: Git's, or that of ``mkdocs.yml``."""
    project = _project(config)
    return next(
        (place for place in (project, *project.parents) if (place / ".git").exists()), project
    )


def _registries(config: MkDocsConfig) -> dict[str, Any]:
    """Return what a page's rendering registers headings and style sheets with."""
    registries: dict[str, Any] = {}
    if "autorefs" in config.plugins:
        registries["autorefs"] = config.plugins["autorefs"]
    documentation: Any = config.plugins.get("mkdocstrings")
    if documentation is not None and documentation.config.enabled:
        registries["handlers"] = documentation.handlers
        registries["inventory"] = documentation.handlers.inventory
    return registries


def _replace_content(page: Page, content: str) -> None:
    """Make a page show something else than its text."""
    page.content = content
    page.toc = page.toc or get_toc([])
