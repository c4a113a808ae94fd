"""Draw the picture that a link to a page is shown with, and the site's icons.

A page's picture holds its title and one of its figures: the first, or the one whose title its
header names, ``picture: Training loss``. Nobody can load a picture whose whole address is not
known, so there are none without ``SITE_URL``. Icons are drawn from the logo.
"""

import base64
import functools
import hashlib
import importlib.metadata
import re
import tempfile
from collections.abc import Sequence
from html import escape, unescape
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import resvg_py
from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from xordocs.site.cache import Memo

ASSETS = Path(__file__).parent.parent / "docs" / "assets"
PALETTE = ASSETS / "stylesheets" / "palette.css"
LOGO = (ASSETS / "logo.svg").read_text("utf-8")
WIDTH, HEIGHT = 1200, 630
"""What those who show links ask for."""
LEFT, MIDDLE, RIGHT = 72, 552, 1140
"""Where the words begin, where they end, and where the figure does."""
GAP = 40
SIZES = (66, 58, 50, 42)
"""How large the letters of a title may be; the largest of which it fills at most four lines."""
LINES = 4
WEIGHT = 600

SERIF = "serif"
FONTS = (SERIF, "sans")
MATPLOTLIB = importlib.metadata.distribution("matplotlib")
SYMBOLS = Path(str(MATPLOTLIB.locate_file("matplotlib/mpl-data/fonts/ttf/DejaVuSans.ttf")))
"""What Matplotlib measures text by, and what has the signs that the site's fonts lack: x₁, ∂."""
FAMILIES = {"serif": "'Xor Serif'", "sans": "'Xor Sans'"}
"""The fonts by the names in their files."""

FIGURE = re.compile(r'<figure class="xd-figure[^"]*">(?P<svg><svg\b.*?</svg>)', re.DOTALL)
TITLE = re.compile(r"<title\b[^>]*>(.*?)</title>", re.DOTALL)
ALT = re.compile(r"<(?:title|desc)\b[^>]*>(.*?)</(?:title|desc)>", re.DOTALL)
SIZE = re.compile(r'^<svg width="(\d+)" height="(\d+)"')
WHITE = re.compile(r"var\(--fig-ffffff, *#ffffff\)")
VARIABLE = re.compile(r"var\(--fig-[0-9a-f]{6}, *(#[0-9a-f]{6})\)")
NESTED = re.compile(r"\.figure-\d+(?:-frame)?\{((?:[^{}]*\{[^{}]*\})*)\}")
"""The style sheet of a figure, which on a page is nested under its class."""
NUMBERED = re.compile(r"(\d+)\. (.*)", re.DOTALL)
"""The title of a lesson."""

log = get_plugin_logger(__name__)
_is_served = False


class Picture(NamedTuple):
    """A page's picture.

    Attributes:
        path: Where it is within the site.
        alt: What is to be seen on it.
        width: How wide it is, in pixels.
        height: How high.
    """

    path: str
    alt: str
    width: int = WIDTH
    height: int = HEIGHT


class Words(NamedTuple):
    """What is written on a picture.

    Attributes:
        title: The page's title.
        kicker: What stands above it: which lesson it is.
        site: The site's name.
    """

    title: str
    kicker: str
    site: str


class Figure(NamedTuple):
    """A figure as it stands on a page.

    Attributes:
        svg: The drawing.
        width: How wide it is there, in pixels.
        height: How high.
    """

    svg: str
    width: int
    height: int

    @property
    def title(self) -> str:
        """What it is called."""
        found = TITLE.search(self.svg)
        return unescape(found[1]) if found else ""

    @property
    def alt(self) -> str:
        """What is to be seen on it."""
        return ". ".join(unescape(text).strip().rstrip(".") for text in ALT.findall(self.svg)) + "."


def on_startup(command: str, **_: object) -> None:
    """Note whether the site is only looked at on this machine."""
    global _is_served
    _is_served = command == "serve"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the icons."""
    files.append(File.generated(config, "assets/icons/icon.png", content=draw(LOGO, 48)))
    touch = framed_logo(180)
    files.append(File.generated(config, "assets/icons/touch.png", content=draw(touch, 180)))
    return files


@event_priority(-200)  # after pages that join others have their content
def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Draw a picture for each page with a figure, and tell templates where all of them are.

    Templates get the logo itself, too: in the page it takes one request less.
    """
    env.globals["logo"] = TITLE.sub("", LOGO)  # the link around it has a name
    pictures: dict[str, Picture] = {}
    env.globals["pictures"] = pictures
    if _is_served:  # a page that is still being executed has no figures yet
        return env
    pages = [file.page for file in files.documentation_pages() if file.page]
    figures = [(page, choose(page)) for page in pages if "joins" not in page.meta]
    if not config.site_url:
        return env
    cache = Path(config.config_file_path).parent / config.plugins["xordocs"].config["cache"]
    memo = Memo(cache / "texts", log.info)
    lessons = sum(NUMBERED.fullmatch(str(page.title)) is not None for page in pages)
    with tempfile.TemporaryDirectory() as folder:
        fonts = Fonts(Path(folder))
        for page, figure in figures:
            if figure is None:
                continue
            title = config.site_name if page.is_homepage else str(page.title)
            number = NUMBERED.fullmatch(title)
            kicker = f"Lesson {number[1]} of {lessons}" if number else ""
            words = Words(number[2] if number else title, kicker, config.site_name)
            name = page.file.src_uri.rpartition(".")[0]
            path = f"assets/pictures/{name.replace('/', '-')}.png"
            try:
                content = share(figure, words, fonts, memo)
            except ValueError as error:
                raise PluginError(
                    f"{page.file.src_uri}: the figure {figure.title!r} cannot be drawn: {error}"
                ) from error
            files.append(File.generated(config, path, content=content))
            pictures[page.file.src_uri] = Picture(path, figure.alt)
    home = next((pictures.get(page.file.src_uri) for page in pages if page.is_homepage), None)
    if home is not None:
        for page in pages:
            pictures.setdefault(page.file.src_uri, home)
    return env


def choose(page: Page) -> Figure | None:
    """Return the figure of a page's picture; None if it has no figure.

    Raises:
        PluginError: Its header names one that is not there.
    """
    wanted = page.meta.get("picture")
    figures = list(figures_of(page.content or ""))
    if wanted is None:
        return figures[0] if figures else None
    for figure in figures:
        if figure.title == wanted:
            return figure
    titles = ", ".join(repr(figure.title) for figure in figures) or "none"
    raise PluginError(
        f"{page.file.src_uri}: picture must be the title of one of the page's figures ({titles}), "
        f"got {wanted!r}"
    )


def figures_of(html: str) -> list[Figure]:
    """Return the figures of a page in their order."""
    drawings = (match["svg"] for match in FIGURE.finditer(html))
    sized = ((svg, SIZE.match(svg)) for svg in drawings)
    return [Figure(svg, int(size[1]), int(size[2])) for svg, size in sized if size]


class Fonts:
    """The site's fonts as a drawing needs them: unpacked into a folder, when first asked for.

    Args:
        folder: An empty folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @functools.cached_property
    def paths(self) -> list[str]:
        """The fonts' files."""
        from fontTools.ttLib import TTFont  # slow to import, and seldom needed

        for name in FONTS:
            font = TTFont(ASSETS / "fonts" / f"{name}.woff2")
            font.flavor = None
            font.save(self._folder / f"{name}.ttf")
        return [*(str(self._folder / f"{name}.ttf") for name in FONTS), str(SYMBOLS)]

    def measure(self, text: str, size: int) -> float:
        """Return how wide a title's words are, in pixels."""
        from PIL import ImageFont

        font = ImageFont.truetype(BytesIO(Path(self.paths[0]).read_bytes()), size)
        font.set_variation_by_axes([WEIGHT])
        return font.getlength(text)


@functools.cache
def _style() -> str:
    """Digest all that pictures have in common, so that a change of it draws them again."""
    files = [
        Path(__file__),
        PALETTE,
        SYMBOLS,
        *(ASSETS / "fonts" / f"{name}.woff2" for name in FONTS),
    ]
    digest = hashlib.sha256(b"\0".join(file.read_bytes() for file in files))
    return f"{digest.hexdigest()} {importlib.metadata.version('resvg_py')}"


def share(figure: Figure, words: Words, fonts: Fonts, memo: Memo) -> bytes:
    """Return a picture as PNG, drawn only if it was not drawn before.

    Args:
        figure: The figure on it.
        words: What is written on it.
        fonts: What the words are set in.
        memo: Keeps what was drawn.
    """
    origin = ("picture", figure.svg, *words, _style())
    if (kept := memo.get(*origin)) is not None:
        return base64.b64decode(kept)
    content = draw(compose(figure, words, fonts), WIDTH, fonts.paths)
    memo.store(base64.b64encode(content).decode(), *origin)
    return content


def compose(figure: Figure, words: Words, fonts: Fonts) -> str:
    """Return a picture as SVG: words on the left, the figure on the right."""
    size, lines = set_title(words.title, fonts)
    step = round(1.16 * size)
    top = (HEIGHT - step * (len(lines) - 1)) // 2 + size // 3
    title = "".join(
        f'<tspan x="{LEFT}" y="{top + step * at}">{escape(line)}</tspan>'
        for at, line in enumerate(lines)
    )
    space, height = RIGHT - MIDDLE - GAP, HEIGHT - 2 * LEFT
    logo = LOGO.replace("<svg ", f'<svg x="{LEFT}" y="{HEIGHT - 104}" width="40" height="40" ')
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">
<rect width="{WIDTH}" height="{HEIGHT}" fill="{colour("paper")}"/>
<g font-family="{FAMILIES["sans"]}" font-size="26" fill="{colour("muted")}">
<text x="{LEFT}" y="{top - round(1.25 * size)}">{escape(words.kicker)}</text>
<text x="{LEFT + 56}" y="{HEIGHT - 75}">{escape(words.site)}</text></g>
<text font-family="{FAMILIES["serif"]}" font-weight="{WEIGHT}" font-size="{size}"
fill="{colour("ink")}">{title}</text>{logo}
{place(figure, MIDDLE + GAP, LEFT, space, height)}</svg>"""


def set_title(title: str, fonts: Fonts) -> tuple[int, list[str]]:
    """Return the size of a title's letters, and its lines."""
    lines: list[str] = []
    for size in SIZES:
        lines = [""]
        for word in title.split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and fonts.measure(longer, size) > MIDDLE - LEFT:
                lines.append(word)
            else:
                lines[-1] = longer
        if len(lines) <= LINES and all(fonts.measure(it, size) <= MIDDLE - LEFT for it in lines):
            break
    return size, lines


def place(figure: Figure, left: int, top: int, width: int, height: int) -> str:
    """Return a figure as a part of a drawing, in the middle of a place, as large as fits there.

    What a page's style sheets say of it is written into it, as a drawing has none: which colours,
    and which font.
    """
    svg = WHITE.sub(colour("paper"), figure.svg)
    svg = VARIABLE.sub(r"\1", svg).replace("var(--xd-ui, sans-serif)", FAMILIES["sans"])
    svg = NESTED.sub(r"\1", svg)
    fitting = f'<svg x="{left}" y="{top}" width="{width}" height="{height}"'
    return SIZE.sub(fitting, svg)


def framed_logo(size: int) -> str:
    """Return the logo on the site's paper, with room for corners that a telephone rounds off."""
    edge, side = size // 8, size * 3 // 4
    logo = LOGO.replace("<svg ", f'<svg x="{edge}" y="{edge}" width="{side}" height="{side}" ')
    paper = f'<rect width="{size}" height="{size}" fill="{colour("paper")}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">{paper}{logo}</svg>'
    )


@functools.cache
def colour(name: str) -> str:
    """Return one of the site's light colours, by its name in the style sheet."""
    found = re.search(rf"--xd-{name}: (#[0-9a-f]{{6}});", PALETTE.read_text("utf-8"))
    if found is None:
        raise PluginError(f"{PALETTE.name}: there is no colour --xd-{name}")
    return found[1]


def draw(svg: str, width: int, fonts: Sequence[str] = ()) -> bytes:
    """Return a drawing as PNG, with no font but these.

    Raises:
        ValueError: It is no SVG.
    """
    return resvg_py.svg_to_bytes(
        svg_string=svg, width=width, skip_system_fonts=True, font_files=list(fonts)
    )
