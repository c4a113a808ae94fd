"""What an author writes wrongly in ``mkdocs.yml`` is named: option, expected, got."""

import pytest
from mkdocs.config import load_config
from mkdocs.exceptions import Abort


def load(folder, options):
    (folder / "docs").mkdir()
    text = f"site_name: S\nplugins:\n  - xordocs: {options}\n  - mkdocs-jupyter\n"
    (folder / "mkdocs.yml").write_text(text)
    return load_config(str(folder / "mkdocs.yml"))


def test_options_have_the_values_that_the_author_sets(tmp_path):
    options = r"""
      timeout: 7
      macros: {"\\RR": "\\mathbb{R}"}
      pages:
        "how-to/*.ipynb": {execute: false, timeout: 600, depends: [../data/*.csv]}
        "*.py": {allow_errors: true}
    """
    config = load(tmp_path, options).plugins["xordocs"].config
    assert config.timeout == 7
    assert config.macros == {r"\RR": r"\mathbb{R}"}
    assert config.pages == {
        "how-to/*.ipynb": {"execute": False, "timeout": 600, "depends": ["../data/*.csv"]},
        "*.py": {"allow_errors": True},
    }
    assert list(config.pages) == ["how-to/*.ipynb", "*.py"], "later globs win"


def test_options_may_be_left_out(tmp_path):
    config = load(tmp_path, "").plugins["xordocs"].config
    assert (config.execute, config.fork) == (True, True)
    assert (config.formulas, config.figures) == ("note", "note")
    assert (config.pages, config.macros, config.timeout) == ({}, {}, 120)


@pytest.mark.parametrize(
    ("written", "choice"), [("off", "off"), ('"off"', "off"), ("note", "note"), ("error", "error")]
)
def test_figures_may_be_off_with_and_without_quotation_marks(tmp_path, written, choice):
    config = load(tmp_path, f"{{figures: {written}}}").plugins["xordocs"].config
    assert config.figures == choice


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ("{archives: [a.py]}", ["'archives'", "mapping", "got ['a.py']"]),
        ("{archives: {all.tar: []}}", ["'archives'", "assets/all.zip", "got 'all.tar'"]),
        ("{archives: {../all.zip: []}}", ["'archives'", "on the site", "got '../all.zip'"]),
        ("{archives: {all.zip: a.py}}", ["'archives'", "all.zip: expected a list", "got 'a.py'"]),
        ("{export: [a.js]}", ["'export'", "mapping", "got ['a.js']"]),
        ("{export: {1: [a.js]}}", ["'export'", "expected a text", "got 1"]),
        ("{export: {<a: a.js}}", ["'export'", "<a: expected a list", "got 'a.js'"]),
        ("{export: {<a: [a.png]}}", ["'export'", "<a: expected a list", "got ['a.png']"]),
        ("{timeout: 0}", ["'timeout'", "positive integer", "got 0"]),
        ("{timeout: true}", ["'timeout'", "positive integer", "got True"]),
        ("{timeout: 1.5}", ["'timeout'", "positive integer", "got 1.5"]),
        ("{formulas: mathjax}", ["'formulas'", "'site'", "'mathjax'"]),
        ("{environment: [$HOME]}", ["'environment'", "name of a variable", "got '$HOME'"]),
        ("{environment: [A=1]}", ["'environment'", "name of a variable", "got 'A=1'"]),
        ("{environment: [{A: 1}]}", ["'environment'", "name of a variable", "got {'A': 1}"]),
        ("{environment: HOME}", ["'environment'", "list", "got 'HOME'"]),
        ("{figures: warn}", ["'figures'", "error, note, off", "got 'warn'"]),
        ("{figures: on}", ["'figures'", "error, note, off", "got True"]),
        ("{figures: 0}", ["'figures'", "error, note, off", "got 0"]),
        ("{fork: 2}", ["'fork'", "bool", "int"]),
        ("{execute: never}", ["'execute'", "bool", "str"]),
        ("{macros: [RR]}", ["'macros'", "mapping", "['RR']"]),
        ('{macros: {"RR": 1}}', ["'macros'", "RR", "in quotes", "got 1"]),
        ('{macros: {"a b": c}}', ["'macros'", "command", "'a b'"]),
        ("{pages: [a.py]}", ["'pages'", "globs", "['a.py']"]),
        ("{pages: {a.py: false}}", ["'pages'", "a.py", "{execute: false}", "got False"]),
        ("{pages: {1: {}}}", ["'pages'", "glob", "got 1"]),
        ("{pages: {a.py: {exec: no}}}", ["'pages'", "a.py", "execute, timeout", "got 'exec'"]),
        ("{pages: {a.py: {execute: 0}}}", ["'pages'", "a.py: execute", "true or false", "got 0"]),
        ("{pages: {a.py: {timeout: -1}}}", ["'pages'", "a.py: timeout", "positive", "got -1"]),
        ("{pages: {a.py: {depends: x}}}", ["'pages'", "a.py: depends", "list", "got 'x'"]),
    ],
)
def test_a_wrong_value_is_named_with_what_was_expected(tmp_path, caplog, options, named):
    with pytest.raises(Abort):
        load(tmp_path, options)
    (message,) = [it.getMessage() for it in caplog.records if "xordocs" in it.getMessage()]
    assert [word for word in named if word not in message] == []
