"""Whatever editors and scripts leave in an ``.ipynb`` is a valid notebook, or one line of error."""

import json
from pathlib import Path

import nbformat
import pytest

from xordocs.site.errors import PageError
from xordocs.site.notebooks import source
from xordocs.site.notebooks.downloads import Package, download

PACKAGE = Package("some", "some[extra] @ https://example.org/some.whl")


def written(*cells, **about):
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells, **about})


def parse(text):
    return source.parse(text, Path("page.ipynb")).notebook


def code(text="1", **fields):
    whole = {"cell_type": "code", "id": "a", "metadata": {}, "source": text, "outputs": []}
    return {**whole, "execution_count": None, **fields}


def without(cell, *fields):
    return {field: value for field, value in cell.items() if field not in fields}


PROSE = {"cell_type": "markdown", "source": "a"}
STREAM = {"output_type": "stream", "name": "stdout", "text": ["1\n", "2\n"]}
UNUSUAL = {
    "no ids": written(without(code(), "id"), without(code(), "id")),
    "an old format": written(without(code(), "id"), nbformat_minor=2),
    "an id in an old format": written(code(), nbformat_minor=4),
    "the same id twice": written(code(), code(), code(id="cell-2")),
    "ids that are none": written(code(id=""), code(id="a b"), code(id=3), code(id="x" * 65)),
    "lines": written(code(["a = 1\n", "a"])),
    "nothing but code": written({"cell_type": "code", "source": "1"}),
    "no metadata": written(code(), metadata=None),
    "more fields": written(code(prompt_number=3, collapsed=True), worksheets=[]),
    "a kernel without a display name": written(code(), metadata={"kernelspec": {"name": "mine"}}),
    "an empty kernel": written(code(), metadata={"kernelspec": {}}),
    "tags in one text": written(code(metadata={"tags": "a, b"})),
    "the same tag twice": written(code(metadata={"tags": ["a", "a"]})),
    "an output in lines": written(code(outputs=[STREAM])),
    "an output in part": written(code(outputs=[{"output_type": "display_data"}])),
    "a stream without a name": written(code(outputs=[without(STREAM, "name")])),
    "prose with outputs": written({**code(), "cell_type": "markdown"}),
    "a newer minor version": written(code(), nbformat_minor=9),
}


@pytest.mark.parametrize("name", UNUSUAL)
def test_unusual_notebook_is_read_and_its_download_is_valid(name: str) -> None:
    notebook = parse(UNUSUAL[name])
    nbformat.validate(notebook)
    assert [cell.source for cell in notebook.cells if "a" not in cell.source] == ["1"] * sum(
        "a" not in cell.source for cell in notebook.cells
    )
    for package in (None, PACKAGE):
        taken = json.loads(download(notebook, package))
        nbformat.validate(taken)
        assert len({cell["id"] for cell in taken["cells"]}) == len(taken["cells"])


@pytest.mark.parametrize("name", UNUSUAL)
def test_same_text_gives_the_same_notebook(name: str) -> None:
    assert parse(UNUSUAL[name]) == parse(UNUSUAL[name])


def test_ids_are_kept_and_those_that_are_missing_follow_from_the_order() -> None:
    cells = parse(written(code(id="mine"), without(code(), "id"), code(id="cell-2"))).cells
    assert [cell.id for cell in cells] == ["mine", "cell-2-", "cell-2"]


def test_notebook_of_nbformat_3_becomes_one_of_today() -> None:
    cells = [
        {"cell_type": "heading", "level": 2, "metadata": {}, "source": ["Title"]},
        {"cell_type": "markdown", "metadata": {}, "source": "prose"},
        {"cell_type": "code", "language": "python", "collapsed": False, "prompt_number": 1,
         "input": ["x = 1\n", "x"], "metadata": {},
         "outputs": [{"output_type": "pyout", "prompt_number": 1, "text": ["1"], "metadata": {}}]},
    ]  # fmt: skip
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}}
    text = json.dumps({**old, "worksheets": [{"cells": cells, "metadata": {}}]})
    notebook = parse(text)
    nbformat.validate(notebook)
    assert [cell.source for cell in notebook.cells] == ["## Title", "prose", "x = 1\nx"]
    assert notebook.cells[2].outputs[0].data == {"text/plain": "1"}
    assert parse(text) == notebook


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 1, "is empty"),
        ("{", 1, "Expecting"),
        ('{\n"cells": [,]}', 2, "Expecting"),
        ("[" * 100_000, 1, "is no notebook"),
        ("3", 1, "expected nbformat 4, got None"),
        ('{"cells": []}', 1, "expected nbformat 4, got None"),
        (written(nbformat=5), 1, "expected nbformat 4, got 5"),
        ('{"nbformat": 3}', 1, "is no notebook"),
        ('{"nbformat": 4}', 1, "expected a list of cells, got None"),
        (written(3), 1, "expected a mapping as cell 1, got 3"),
        (written(code(), {**code(), "cell_type": "heading"}), 1, "cell 2 of the type 'heading'"),
        (written(code(source=3)), 1, "expected a text as the source of cell 1, got 3"),
        (written(code(metadata=[])), 1, r"the metadata of cell 1, got \[\]"),
        (written(code(metadata={"tags": 3})), 1, "tags of cell 1, got 3"),
        (written(code(outputs=3)), 1, "outputs of cell 1, got 3"),
        (written(code(outputs=[{"output_type": "pyout"}])), 1, "output of cell 1 of the type 'pyo"),
        (written(code(outputs=[{"output_type": "display_data", "data": 3}])), 1, "the data of"),
        (written(code(outputs=[{**STREAM, "text": 3}])), 1, "text as an output of cell 1, got 3"),
        (written({**PROSE, "attachments": 3}), 1, "the attachments of cell 1, got 3"),
        (written({**PROSE, "attachments": {"a": 3}}), 1, "the attachment a of cell 1, got 3"),
        (written(metadata={"kernelspec": 3}), 1, "kernel.*got 3"),
        (written(metadata=3), 1, "got 3"),
    ],
)
def test_what_is_no_notebook_is_told_in_one_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(PageError, match=reason) as caught:
        parse(text)
    assert caught.value.line == line
    assert "\n" not in str(caught.value)


def test_kernel_keeps_its_name_and_what_it_is_called() -> None:
    for named in ({"name": "mine", "display_name": "My own"}, {"name": "mine"}):
        kernel = parse(written(code(), metadata={"kernelspec": named})).metadata.kernelspec
        assert kernel == {"display_name": "mine", **named}


def test_notebook_in_another_language_gets_no_cell_in_python() -> None:
    kernel = {"name": "ir", "display_name": "R", "language": "R"}
    for metadata in ({"kernelspec": kernel}, {"language_info": {"name": "R"}}):
        taken = json.loads(download(parse(written(code(), metadata=metadata)), PACKAGE))
        assert [cell["source"] for cell in taken["cells"]] == [["1"]]
    taken = json.loads(download(parse(written(code())), PACKAGE))
    assert "%pip" in "".join(taken["cells"][0]["source"])
