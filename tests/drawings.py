"""SVG documents for the tests of `xordocs.site.rendering`."""

import io

import matplotlib as mpl
from bs4 import BeautifulSoup
from matplotlib.figure import Figure

DESCRIBED = {"Title": "A line", "Description": "It rises from 0 to 1 & stays < 2.", "Date": None}


def drawn(metadata=DESCRIBED, *, rasterized=False):
    """An SVG from Matplotlib: markers (which are referred to), a clip path, text and colours."""
    with mpl.rc_context(
        {"svg.fonttype": "none", "svg.hashsalt": None, "font.family": "DejaVu Sans"}
    ):
        figure = Figure(figsize=(4, 3))
        axes = figure.subplots()
        axes.plot([0, 1], [0, 1], "o-", color="#0072b2", rasterized=rasterized)
        axes.set_title("Rising", color="#1b1f24")
        buffer = io.StringIO()
        figure.savefig(buffer, format="svg", transparent=True, metadata=metadata)
    return buffer.getvalue()


def parsed(html):
    return BeautifulSoup(html, "html.parser")


def document(body, size='width="10pt" height="20pt"'):
    return f"""<?xml version="1.0"?>
    <!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
    <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
      xmlns:dc="http://purl.org/dc/elements/1.1/" {size} viewBox="0 0 10 20"><metadata>
      <dc:title>T</dc:title><dc:description>D</dc:description></metadata>{body}</svg>"""
