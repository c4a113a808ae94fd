"""Join all style sheets into one, without the theme's rules for what no page of the site has.

A rule goes when each of its selectors asks for a class that occurs in no page and in no script, or
makes every page slow.
Our own classes stay, as scripts put some of their names together.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import minify
import tinycss2
from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.utils import get_relative_url
from tinycss2.ast import Node, QualifiedRule

TARGET = "assets/site.css"
THEME = ("assets/stylesheets/main.*.min.css", "assets/stylesheets/palette.*.min.css")
"""Whose rules come before those of ``extra_css``."""
FIGURES = "assets/elements/elements.css"
"""Whose rules come after them."""

ADDRESS = re.compile(r"url\((?P<quote>[\"']?)(?![\"']|[a-z]+:|[/#])(?P<path>[^)\"']+)(?P=quote)\)")
COMMENT = re.compile(r"/\*[#@] sourceMappingURL=.*?\*/")
CLASS = re.compile(r"\.((?:[\w-]|\\.)+)")
NEGATED = re.compile(r":not\([^()]*(?:\([^()]*\)[^()]*)*\)")
OURS = ("xd-", "xor-")
SWITCHING = "[data-md-color-switching]"
"""What the theme sets and takes away as a page starts, so that colours that a reader changes do not
fade; for each of it the browser would compute the styles of all elements again."""
WORD = re.compile(r"[\w-]+")


@event_priority(-1000)  # after plugins that write a style sheet here
def on_env(env: Environment, config: MkDocsConfig, files: Files, **_: object) -> Environment:
    """Put one style sheet into the place of all."""
    paths = [
        *(file.src_uri for glob in THEME for file in files if fnmatchcase(file.src_uri, glob)),
        *map(str, config.extra_css),
        FIGURES,
    ]
    joined = join({path: _take(path, files, config) for path in paths}, TARGET)
    files.append(File.generated(config, TARGET, content=joined))
    config.extra_css = [TARGET]
    return env


@event_priority(-1000)  # after plugins that write scripts
def on_post_build(config: MkDocsConfig) -> None:
    """Leave out the rules that nothing on the site asks for, and all spaces."""
    site = Path(config.site_dir)
    texts = (path.read_text("utf-8") for path in site.rglob("*") if path.suffix in (".html", ".js"))
    words = set().union(*(WORD.findall(text) for text in texts))
    sheet = site / TARGET
    kept = prune(sheet.read_text("utf-8"), words)
    sheet.write_text(str(minify.string("text/css", kept)), "utf-8")


def join(sheets: dict[str, str], target: str) -> str:
    """Return style sheets as one.

    Args:
        sheets: Each by its path within the site, in their order.
        target: The path of the one that they become.
    """
    folder = posixpath.dirname(target)

    def moved(path: str, text: str) -> str:
        def lead(address: re.Match[str]) -> str:
            place = posixpath.normpath(posixpath.join(posixpath.dirname(path), address["path"]))
            return f'url("{get_relative_url(place, f"{folder}/")}")'

        return COMMENT.sub("", ADDRESS.sub(lead, text))

    return "\n".join(moved(path, text) for path, text in sheets.items())


def prune(sheet: str, words: set[str]) -> str:
    """Return a style sheet without the selectors that cannot match.

    Args:
        sheet: Its text.
        words: All words of the pages and scripts that it is for, their classes among them.
    """
    rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    return tinycss2.serialize(list(_kept(rules, words)))


def _kept(rules: Iterable[Node], words: set[str]) -> Iterator[Node]:
    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports"):
            inside = tinycss2.parse_rule_list(rule.content, skip_comments=True)
            rule.content = list(_kept(inside, words))
            if any(each.type != "whitespace" for each in rule.content):
                yield rule
        elif rule.type != "qualified-rule":
            yield rule
        elif selectors := [
            each for each in _selectors(rule) if SWITCHING not in each and can_match(each, words)
        ]:
            rule.prelude = tinycss2.parse_component_value_list(",".join(selectors))
            yield rule


def _selectors(rule: QualifiedRule) -> Iterator[str]:
    """Yield the selectors of a rule, which commas outside of brackets separate."""
    parts: list[Node] = []
    for each in rule.prelude:
        if each == ",":
            yield tinycss2.serialize(parts)
            parts = []
        else:
            parts.append(each)
    yield tinycss2.serialize(parts)


def can_match(selector: str, words: set[str]) -> bool:
    """Return whether there are all classes that a selector asks for; of `:is` one suffices."""
    selector = NEGATED.sub("", selector)
    within = re.compile(r":(?:is|where|has|any|-webkit-any)\(([^()]*)\)")
    while match := within.search(selector):
        if not any(can_match(each, words) for each in match[1].split(",")):
            return False
        selector = selector[: match.start()] + selector[match.end() :]
    names = (name.replace("\\", "") for name in CLASS.findall(selector))
    return all(name in words or name.startswith(OURS) for name in names)


def _take(path: str, files: Files, config: MkDocsConfig) -> str:
    """Return a style sheet, which is not to be published by itself.

    Raises:
        PluginError: There is none.
    """
    file = files.get_file_from_path(path)
    if file is not None:
        files.remove(file)
        return file.content_string
    written = Path(config.site_dir, path)
    if not written.is_file():
        raise PluginError(f"extra_css: there is no style sheet {path!r}")
    text = written.read_text("utf-8")
    written.unlink()
    return text
