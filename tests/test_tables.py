import numpy as np
import pytest
from bs4 import BeautifulSoup

from xordocs import datasets, tables

X, Y = datasets.xor()


def read(table):
    """Return a table's caption, column titles and rows as a browser would have them."""
    soup = BeautifulSoup(table._repr_html_(), "html.parser")
    titles = [cell.get_text() for cell in soup.thead.find_all("th", scope="col")]
    rows = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in soup.tbody("tr")]
    assert all(row.find("th", scope="row") for row in soup.tbody("tr"))
    return soup.caption.get_text(), titles, rows


def test_predictions_show_input_raw_rounded_and_true():
    y_hat = np.array([[0.048526184], [0.98], [0.4], [0.5]])
    assert read(tables.predictions(X, Y, y_hat)) == (
        "2 of 4 outputs round to the truth, and 1 is one half, a tie.",
        ["input", "raw output", "rounded", "true"],
        [
            ["(0, 0)", "0.04852618", "0", "0"],
            ["(0, 1)", "0.98000000", "1", "1"],
            ["(1, 0)", "0.40000000", "0", "1"],
            ["(1, 1)", "0.50000000", "tie", "0"],
        ],
    )


@pytest.mark.parametrize(
    ("y", "y_hat", "message"),
    [
        (Y.ravel(), Y, r"y must have shape \(4, 1\), got \(4,\)"),
        (Y, Y.ravel(), r"y_hat must have shape \(4, 1\), got \(4,\)"),
        (Y, Y * np.nan, "y_hat must be finite, got nan"),
    ],
)
def test_predictions_that_would_be_counted_wrong_are_refused(y, y_hat, message):
    with pytest.raises(ValueError, match=message):
        tables.predictions(X, y, y_hat)


def test_a_table_may_be_empty():
    assert read(tables.Table("None.", ["a", "b"], [])) == ("None.", ["a", "b"], [])


@pytest.mark.parametrize("rows", [[["1"]], [["1", "2"], ["1", "2", "3"]], [[]]])
def test_a_row_of_another_length_is_refused(rows):
    message = rf"rows\[{len(rows) - 1}\] must have 2 cells, one for each title, got {len(rows[-1])}"
    with pytest.raises(ValueError, match=message):
        tables.Table("c", ["a", "b"], rows)._repr_html_()


def test_log_has_every_nth_epoch_and_the_last():
    _, _, rows = read(tables.log([0.5, 0.4, 0.3, 0.2, 0.1], every=3))
    assert rows == [["0", "0.500000"], ["3", "0.200000"], ["4", "0.100000"]]


def test_columns_of_numbers_are_told_from_columns_of_text():
    table = tables.Table("c", ["epoch", "share", "x"], [["1", "20%", "2"], ["2", "5 %", "1e-3 s"]])
    soup = BeautifulSoup(table._repr_html_(), "html.parser")
    for row in soup.find_all("tr"):
        kinds = ["xd-number" in cell.get("class", []) for cell in row.find_all(["th", "td"])]
        assert kinds == [True, True, False]


def test_numbers_with_commas_at_their_thousands_are_numbers():
    table = tables.Table("c", ["", "kept", "at"], [["a", "38,400", "1, 2"], ["b", "960", "1,20"]])
    cells = BeautifulSoup(table._repr_html_(), "html.parser").select("thead th, tbody td")
    assert ["xd-number" in cell.get("class", []) for cell in cells] == [True, False] * 3


def test_a_dot_for_none_stands_among_numbers():
    table = tables.Table("c", ["", "0", "1"], [["0", "12", "·"], ["1", "·", "9"]])
    cells = BeautifulSoup(table._repr_html_(), "html.parser").select("thead th, tbody td")
    assert [cell.get("class") for cell in cells] == [["xd-number"]] * 6


def test_text_stays_text():
    table = tables.Table("1 < 2 & 3", ["<b>", "x"], [["<script>", "&amp;"]])
    assert read(table) == ("1 < 2 & 3", ["<b>", "x"], [["<script>", "&amp;"]])
    assert "<script>" not in table._repr_html_()


@pytest.mark.parametrize("every", [1, 2, 7])
def test_log_every_writes_each_nth_epoch(every):
    lines = []
    on_epoch = tables.log_every(every, lines.append)
    for epoch in range(10):
        on_epoch(epoch, epoch / 10)
    assert lines == [f"Epoch {n}, Loss: 0.{n}000" for n in range(0, 10, every)]


@pytest.mark.parametrize(
    ("number", "latex"),
    [
        (2.4e-5, r"2 \cdot 10^{-5}"),
        (-2.4e-5, r"-2 \cdot 10^{-5}"),
        (1e-7, "10^{-7}"),
        (-1e-7, "-10^{-7}"),
        (-1.2, "-1"),
        (9.6, "10^{1}"),
        (9.6e-8, "10^{-7}"),  # rounded up into the next power
        (536870912, r"5 \cdot 10^{8}"),
        (np.float32(3e10), r"3 \cdot 10^{10}"),
        (1e-310, "10^{-310}"),
        (0.0, "0"),
        (-0.0, "0"),
    ],
)
def test_a_number_as_a_power_of_ten_has_one_digit_or_none(number, latex):
    assert tables.scientific(number) == latex


@pytest.mark.parametrize("number", [float("nan"), float("inf"), "7", None])
def test_what_is_no_finite_number_is_no_power_of_ten(number):
    with pytest.raises((TypeError, ValueError), match="number must be"):
        tables.scientific(number)


def test_a_column_without_a_title_has_no_empty_heading():
    html = tables.Table("Two.", ["", "seconds"], [["a", "1"]])._repr_html_()
    assert "<thead><tr><td></td><th" in html


def test_code_in_a_table_stays_as_it_is_written():
    shown = tables.Table('It "is" -1', ["`a`"], [['`f("x", -1) < 2`, and "so"']])._repr_html_()
    assert '<code>f("x", -1) &lt; 2</code>, and “so”' in shown
    assert "<caption>It “is” −1</caption>" in shown
    assert ">`" not in shown
    assert '<th scope="col"><code>a</code></th>' in shown
