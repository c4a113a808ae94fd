"""Parts of code cells without a browser: keys, names that cells make, a cell's last value."""

import ast
import importlib.util
import json
import sys
import types
from pathlib import Path

import pytest
from node import needs_node, node

ELEMENTS = Path(__file__).parent.parent / "elements"
sys.modules["page"] = types.ModuleType("page")  # what a page gives to Python
SPEC = importlib.util.spec_from_file_location("cells", ELEMENTS / "worker" / "cells.py")
cells = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(cells)


def after(text, key):
    """A field's text after a key; ``[`` and ``]`` stand around the selection."""
    start, end = text.index("["), text.index("]") - 1
    program = f"""
        import {{ edit }} from "./python/keys.js";
        const code = {json.dumps(text.replace("[", "").replace("]", ""))};
        const it = edit(code, {start}, {end}, {json.dumps(key)});
        let now = it && code.slice(0, it.from) + it.text + code.slice(it.to);
        if (it) now = now.slice(0, it.end) + "]" + now.slice(it.end);
        console.log(JSON.stringify(it && now.slice(0, it.start) + "[" + now.slice(it.start)));
    """
    return node(program)


@needs_node
@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        ("a[]", "Enter", "a\n[]"),
        ("  a[]b", "Enter", "  a\n  []b"),
        ("if a:[]", "Enter", "if a:\n    []"),
        ("if a:  # so[]", "Enter", "if a:  # so\n    []"),
        ("d[b]", "Enter", "d\n[]"),
        ("[]", "Tab", "    []"),
        ("ab[]", "Tab", "ab  []"),
        ("a\n[b\nc]\nd", "Tab", "a\n    [b\n    c]\nd"),
        ("[a\nb\n]c", "Tab", "    [a\n    b\n]c"),
        ("      a[]", "Shift+Tab", "  a[]"),
        ("  a[]", "Shift+Tab", "a[]"),
        ("a[]", "Shift+Tab", "a[]"),
        ("        []", "Backspace", "    []"),
        ("   []", "Backspace", None),
        ("a   []", "Backspace", None),
        ("    [a]", "Backspace", None),
        ("[]", "Backspace", None),
        ("  a[]", "Control+/", "  # a[]"),
        ("[a\n\n  b]", "Control+/", "# [a\n\n  # b]"),
        ("[# a\n\n  # b]", "Control+/", "[a\n\n  b]"),
        ("[# a\nb]", "Control+/", "# [# a\n# b]"),
        ("a[]", "Escape", None),
        ("a[]", "x", None),
    ],
)
def test_a_key_changes_the_field_as_editors_do(text, key, expected):
    assert after(text, key) == expected


@needs_node
def test_the_names_that_a_cell_makes_are_found():
    made = {
        "W2 = 1": True,
        "a, W2 = 1, 2": True,
        "(a, W2) = f()": True,
        "W2: int = 3": True,
        "W2 += 1": True,
        "def W2(x):\n    pass": True,
        "class W2:\n    pass": True,
        "import numpy as W2": True,
        "from a import b, W2": True,
        "for W2 in range(3):\n    pass": True,
        "a = 1\nW2 = 3": True,
        "W2 == 1": False,
        "print(W2)": False,
        "f(W2=1)": False,
        "f(a, W2=1)": False,
        "dW2 = 1": False,
        "W22 = 1": False,
        "a.W2 = 1": False,
        "def f():\n    W2 = 1": False,
        "x = W2": False,
        "": False,
    }
    program = f"""
        import {{ defines }} from "./python/faults.js";
        console.log(JSON.stringify({json.dumps(list(made))}.map((it) => defines(it, "W2"))));
    """
    assert dict(zip(made, node(program), strict=True)) == made


SOURCES = [
    "1", "x", "x = 1", "x\n", "x = 1\nx", "f(\n    1,\n)", "f(\n1,\n)", "(x\n+ 1)",
    "x = (1\n+ 2)", "'''\na\n'''", "x = '''\na\n'''", "x = '''\n1\n'''\ny = '''\n2\n'''",
    "if x:\n    1", "1  # one", "# nothing", "", "del x", "x;", "x, y", "x = 1\n\n\n# end",
    "for i in x:\n    i\nelse:\n    2", "@f\ndef g():\n    pass", "def f():\n    return 1\n\nf()",
    "x == 1", "lambda: 1", "x = 1; x", "assert x", "try:\n    x\nexcept A:\n    y",
    "[i\nfor i in x]", "x \\\n+ 1", "x = \\\n1",
]  # fmt: skip


@pytest.mark.parametrize("source", SOURCES)
def test_the_last_expressions_value_is_shown_and_nothing_else(source):
    """As Python's own parser tells; a line with a semicolon shows nothing."""
    body = ast.parse(source).body
    is_shown = bool(body) and isinstance(body[-1], ast.Expr) and ";" not in source
    shown = ast.parse(cells.showing(source, "cell 1")).body
    assert len(shown) == len(body)
    if not is_shown:
        assert ast.dump(ast.Module(shown, [])) == ast.dump(ast.Module(body, []))
        return
    call = shown.pop().value
    assert call.func.id == "__show__"
    assert ast.dump(call.args[0]) == ast.dump(body[-1].value)
    assert call.args[0].lineno == body[-1].value.lineno
    assert [ast.dump(it) for it in shown] == [ast.dump(it) for it in body[:-1]]


@pytest.mark.parametrize("source", ["x = (", "x = )", "  x", "if x:\ny"])
def test_a_source_that_is_no_python_stays_as_it_is(source):
    assert cells.showing(source, "cell 1") == source
