import re
import xml.etree.ElementTree as ET

import matplotlib as mpl
import numpy as np
import pytest

from xordocs import datasets, plots

X, Y = datasets.xor()
LATTICE = datasets.grid(10)
SADDLE = (LATTICE[:, :1] - LATTICE[:, 1:]) ** 2  # 0 at (0, 0) and (1, 1), 1 at the other corners
FALLING = np.array([0.5, 0.02, 0.005, 0.012, 0.004, 0.001])

SVG = "{http://www.w3.org/2000/svg}"
DC = "{http://purl.org/dc/elements/1.1/}"


def all_plots():
    return {
        "loss": plots.loss(FALLING),
        "log": plots.loss({"one": FALLING, "two": 2 * FALLING}, log=True),
        "difference": plots.difference({"one": FALLING}, FALLING + 1e-7),
        "surface": plots.surface(LATTICE, SADDLE),
        "contour": plots.contour(LATTICE, SADDLE, X, Y),
    }


@pytest.mark.parametrize("name", all_plots())
def test_an_svg_carries_its_description_and_live_text_and_no_date(name):
    figure = all_plots()[name]
    svg = figure._repr_svg_()
    root = ET.fromstring(svg)
    assert [node.text for node in root.iter(f"{DC}title")] == [figure.title]
    assert [node.text for node in root.iter(f"{DC}description")] == [figure.description]
    assert not list(root.iter(f"{DC}date"))
    words = "".join("".join(node.itertext()) for node in root.iter(f"{SVG}text"))
    axis = "x₁" if name in ("surface", "contour") else "epoch"
    assert axis in words
    assert svg == all_plots()[name]._repr_svg_(), "two figures of the same results differ"


def test_the_curve_is_where_the_losses_are():
    """The one path that is not an axis has a vertex for each epoch, at its height."""
    axes = plots.loss(FALLING).axes[0]
    np.testing.assert_array_equal(axes.lines[0].get_ydata(), FALLING)
    assert axes.get_ylim()[0] == 0
    assert plots.loss(FALLING, log=True).axes[0].get_yscale() == "log"


def test_a_loss_is_described_in_its_own_numbers():
    # by hand: from epoch 4 on FALLING stays below 0.01; at epoch 3 it is above once more
    assert plots.loss(FALLING).description == (
        "The loss falls from 0.5 at epoch 0 to 0.001 at epoch 5, below 0.01 from epoch 4 on."
    )
    assert plots.loss({"up": FALLING[::-1]}).description == (
        "up: the loss goes from 0.001 at epoch 0 to 0.5 at epoch 5."
    )


def test_a_surface_is_described_by_its_corners():
    expected = "The output is 0.00 at (0, 0), 1.00 at (1, 0), 1.00 at (0, 1) and 0.00 at (1, 1)."
    assert plots.surface(LATTICE, SADDLE).description == expected
    above = int((SADDLE > 0.5).sum())
    described = plots.contour(LATTICE, SADDLE, X, Y).description
    assert described.startswith(expected)
    assert re.findall(r"on (\d+)% of the square", described) == [str(above)]  # of 100 points


def test_the_3d_surface_is_a_raster_inside_its_svg_and_its_text_is_not():
    root = ET.fromstring(plots.surface(LATTICE, SADDLE)._repr_svg_())
    assert len(list(root.iter(f"{SVG}image"))) == 1
    assert len(list(root.iter(f"{SVG}text"))) > 10


def test_points_differ_in_mark_and_not_in_colour_alone():
    lines = plots.contour(LATTICE, SADDLE, X, Y).axes[0].lines
    assert [line.get_marker() for line in lines] == ["o", "s"]
    np.testing.assert_array_equal(lines[0].get_xydata(), [[0, 0], [1, 1]])
    np.testing.assert_array_equal(lines[1].get_xydata(), [[0, 1], [1, 0]])
    dashes = [line.get_linestyle() for line in all_plots()["log"].axes[0].lines]
    assert len(set(dashes)) == 2


def test_matplotlibs_global_state_is_left_alone():
    before = dict(mpl.rcParams)
    for figure in all_plots().values():
        figure._repr_svg_()
    assert dict(mpl.rcParams) == before
