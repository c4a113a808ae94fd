"""The built pages are valid HTML to two validators, but for what others write."""

import re
from pathlib import Path

import pytest
from audits import tools

pytestmark = pytest.mark.audit

THEIRS = {
    r"valid-autocomplete .*md-toggle": "Material's switches are inputs that may not complete",
    r"Attribute .autocomplete. is only allowed .*md-toggle": "the same, to the other validator",
    r"attribute-allowed-values .*tabindex=\"\"": "Material's labels of closed sections",
    r"Bad value .. for attribute .tabindex. .*md-nav__link": "the same, to the other validator",
    r"wcag/h32 .*md-search__form": "Material's search answers while one types",
    r"unique-landmark .*md-nav": "Material's table of contents, of which one of two is shown",
    r"prefer-tbody": "mkdocstrings' tables, which HTML allows",
    r"aria-label-misuse .*<ul": "a list with a name, which HTML allows",
    r"Attribute .(scriptlevel|displaystyle). not allowed": "of every element in MathML Core, says "
    "its text, section 2.1.3; the checker knows MathML 3",
}
"""What is not ours to mend, or no error, each with its reason."""


def ours(faults):
    return [
        fault
        for fault in faults
        if not any(re.search(known, f"{fault.rule} {fault.code}") for known in THEIRS)
    ]


@pytest.mark.parametrize("validator", [tools.html_validate, tools.vnu])
def test_every_page_is_valid(validator, site):
    assert ours(validator(site)) == []


@pytest.mark.parametrize("validator", [tools.html_validate, tools.vnu])
def test_the_check_can_fail(validator, tmp_path: Path):
    page = '<!doctype html><html lang="en"><title>Two</title><p id="a">One<p id="a">Two</html>'
    tmp_path.joinpath("index.html").write_text(page, "utf-8")
    told = {fault.rule for fault in validator(tmp_path)}
    assert any("no-dup-id" in rule or "Duplicate ID" in rule for rule in told), told
    assert {fault.page for fault in ours(validator(tmp_path))} == {""}
