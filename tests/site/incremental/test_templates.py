"""Compiled templates are kept only where compiling them again would give the same."""

import jinja2
import markupsafe
import pytest
from jinja2 import Environment
from jinja2.ext import Extension, do

from xordocs.site.incremental import describe_compilation


def shout(text):
    return f"{text}!"


class OwnExtension(Extension):
    tags = frozenset({"own"})


def test_same_environment_has_the_same_description():
    assert describe_compilation(Environment()) == describe_compilation(Environment()) is not None


@pytest.mark.parametrize(
    "change",
    [
        lambda env: setattr(env, "trim_blocks", True),
        lambda env: setattr(env, "autoescape", True),
        lambda env: env.add_extension(do),
        lambda env: env.policies.update({"truncate.leeway": 0}),
        lambda env: env.filters.update(upper=env.filters["lower"]),
        lambda env: env.filters.update(shout=jinja2.utils.generate_lorem_ipsum),
        lambda env: env.tests.update(odd=env.tests["even"]),
    ],
    ids=["option", "autoescape", "extension", "policy", "filter", "new filter", "test"],
)
def test_what_decides_how_templates_are_compiled_is_described(change):
    env = Environment()
    change(env)
    assert describe_compilation(env) not in (None, describe_compilation(Environment()))


def test_versions_of_packages_are_described(monkeypatch):
    before = describe_compilation(Environment())
    name = "xordocs.site.incremental.templates.installed_distributions"
    monkeypatch.setattr(name, lambda: ["jinja2-99.dist-info"])
    assert describe_compilation(Environment()) != before


@pytest.mark.parametrize(
    "change",
    [
        lambda env: env.filters.update(shout=shout),
        lambda env: env.filters.update(shout=markupsafe.Markup("{}").format),
        lambda env: env.tests.update(loud=lambda text: text.isupper()),
        lambda env: setattr(env, "finalize", shout),
        lambda env: env.add_extension(OwnExtension),
    ],
    ids=["filter", "bound method", "test", "finalize", "extension"],
)
def test_code_that_may_give_something_else_tomorrow_is_not_described(change):
    env = Environment()
    change(env)
    assert describe_compilation(env) is None
