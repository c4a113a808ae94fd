import pytest
from nbformat import NotebookNode, from_dict
from nbformat.v4 import new_code_cell, new_notebook, new_output

from xordocs.site.execution.page.outputs import clean_outputs, rename_widgets


def shown(*pieces: str) -> str:
    (output,) = clean_outputs([new_output("stream", name="stdout", text=it) for it in pieces])
    return str(output.text)


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        (["plain\n", "text"], "plain\ntext"),
        (["Windows\r\n", "ends\r\n"], "Windows\nends\n"),
        (["split \r", "\nend"], "split \nend"),
        (["10 %\r", "20 %\r", "100 %\n"], "100 %\n"),
        (["\r10 %", "\r20 %"], "20 %"),
        (["long line\rshort"], "shortline"),
        (["kept\r"], "kept"),
        (["ab\bc"], "ac"),
        (["spin |\b/\b-"], "spin -"),
        (["long line\r\x1b[Kshort"], "short"),
        (["long line\r\x1b[2Kshort"], "short"),
        (["abcdef\x1b[3DX"], "abcXef"),
        (["0: 10 %\n1: 20 %\x1b[A\r0: 90 %\n1: 99 %\n"], "0: 90 %\n1: 99 %\n"),
        (["\x1b[31mred\x1b[0m\rR"], "Red"),
        (["\x1b[31mred\x1b[0m"], "\x1b[31mred\x1b[0m"),
        (["\n\n", "\rx"], "\n\nx"),
    ],
)
def test_lines_that_go_back_show_what_a_terminal_shows(pieces: list[str], text: str) -> None:
    assert shown(*pieces) == text


def test_streams_between_two_displays_are_joined() -> None:
    stream = [new_output("stream", name=name, text=name) for name in ("stderr", "stdout", "stderr")]
    cleaned = clean_outputs([*stream, new_output("display_data"), *stream])
    assert [output.get("text") for output in cleaned] == [
        "stdout", "stderrstderr", None, "stdout", "stderrstderr"
    ]  # fmt: skip


def test_widgets_have_the_same_names_in_each_execution() -> None:
    def executed(bar: str, box: str) -> NotebookNode:
        view = new_output(
            "display_data",
            {"application/vnd.jupyter.widget-view+json": {"model_id": box}, "text/plain": "Box"},
        )
        notebook = new_notebook(cells=[new_code_cell("box", outputs=[view], id="cell")])
        state = {bar: {"value": 3}, box: {"children": [f"IPY_MODEL_{bar}"]}}
        kind = "application/vnd.jupyter.widget-state+json"
        notebook.metadata.widgets = from_dict({kind: {"state": state}})
        rename_widgets(notebook)
        return notebook

    one = executed("aa11", "bb22")
    assert one == executed("ffee", "0011")
    (state,) = (widgets.state for widgets in one.metadata.widgets.values())
    bar, box = state
    assert bar != box
    assert state[box].children == [f"IPY_MODEL_{bar}"]
    view = one.cells[0].outputs[0].data["application/vnd.jupyter.widget-view+json"]
    assert view.model_id == box
