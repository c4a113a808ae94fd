"""Images keep their pixels and their description, and lose half their bytes."""

import base64
import io
import struct
import subprocess
import sys
import zlib

import numpy as np
import pytest
from bs4 import BeautifulSoup
from matplotlib.figure import Figure
from PIL import Image

from xordocs.site.errors import FigureError
from xordocs.site.rendering.images import inline_image


def png(pixels, *, bits=8):
    """A PNG of (height, width, 4) RGBA values, written by hand from its specification."""
    height, width, _ = pixels.shape
    rows = pixels.astype(f">u{bits // 8}").tobytes()
    stride = width * 4 * bits // 8
    lines = b"".join(b"\0" + rows[at : at + stride] for at in range(0, len(rows), stride))
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, bits, 6, 0, 0, 0)),
        (b"IDAT", zlib.compress(lines)),
        (b"IEND", b""),
    ]
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + body).decode()


def shown(html):
    """The image element, its kind and its bytes."""
    image = BeautifulSoup(html, "html.parser").img
    kind, _, data = image["src"].removeprefix("data:").partition(";base64,")
    return image, kind, base64.b64decode(data)


@pytest.fixture
def pixels():
    """Smooth colours, as plots have them, and some transparent ones."""
    y, x = np.mgrid[:80, :120]
    return np.stack([x, y, x + y, np.where(x > 100, 0, 255)], axis=-1).astype(np.uint8)


def test_an_image_has_its_size_and_description(pixels):
    image, _, _ = shown(inline_image(png(pixels), "image/png", 'a "ramp"'))
    assert (image["width"], image["height"], image["alt"]) == ("120", "80", 'a "ramp"')


def test_a_png_keeps_every_pixel_in_fewer_bytes(pixels):
    original = png(pixels)
    _, kind, content = shown(inline_image(original, "image/png", "a ramp"))
    assert kind == "image/webp"
    assert len(content) < len(base64.b64decode(original))
    np.testing.assert_array_equal(np.asarray(Image.open(io.BytesIO(content))), pixels)


def test_a_png_with_more_than_webp_can_hold_stays_as_it_is():
    figure = io.BytesIO()
    deep = np.arange(64 * 64, dtype=np.uint16).reshape(64, 64)
    Image.fromarray(deep).save(figure, "PNG")
    original = base64.b64encode(figure.getvalue()).decode()
    _, kind, content = shown(inline_image(original, "image/png", "sixteen bits"))
    assert (kind, content) == ("image/png", figure.getvalue())


def saved(image, **options):
    buffer = io.BytesIO()
    image.save(buffer, "PNG", **options)
    return base64.b64encode(buffer.getvalue()).decode()


def test_sixteen_bits_of_four_channels_stay_as_they_are(pixels):
    original = png(pixels.astype(np.uint16) * 257 + 3, bits=16)
    _, kind, content = shown(inline_image(original, "image/png", "a deep ramp"))
    assert (kind, content) == ("image/png", base64.b64decode(original))


def test_a_colour_that_stands_for_transparency_stays_transparent():
    keyed = Image.new("RGB", (64, 64), (200, 30, 40))
    keyed.paste((10, 20, 30), (0, 0, 32, 64))
    _, _, content = shown(
        inline_image(saved(keyed, transparency=(10, 20, 30)), "image/png", "half")
    )
    alpha = np.asarray(Image.open(io.BytesIO(content)).convert("RGBA"))[..., 3]
    assert (alpha[:, :32] == 0).all()
    assert (alpha[:, 32:] == 255).all()


def test_an_image_wider_than_webp_allows_stays_as_it_is():
    original = saved(Image.new("L", (16384, 1)))
    _, kind, _ = shown(inline_image(original, "image/png", "a line"))
    assert kind == "image/png"


def test_a_jpeg_stays_as_it_is():
    buffer = io.BytesIO()
    Figure(figsize=(1.2, 0.8), dpi=100).savefig(buffer, format="jpeg")
    data = base64.b64encode(buffer.getvalue()).decode()
    image, kind, content = shown(inline_image(data, "image/jpeg", "blank"))
    assert (image["width"], image["height"]) == ("120", "80")
    assert (kind, content) == ("image/jpeg", buffer.getvalue())


@pytest.mark.parametrize("alt", ["", "  "])
def test_an_image_without_a_description_is_refused(pixels, alt):
    with pytest.raises(FigureError, match="no description"):
        inline_image(png(pixels), "image/png", alt)


@pytest.mark.parametrize(
    "damage", [lambda data: b"not an image", lambda data: data[:-30], lambda data: b""]
)
def test_data_that_are_no_whole_image_are_refused(pixels, damage):
    damaged = base64.b64encode(damage(base64.b64decode(png(pixels)))).decode()
    with pytest.raises(FigureError, match="cannot read this image/png"):
        inline_image(damaged, "image/png", "something")


def encoded(image, kind, **options):
    content = io.BytesIO()
    image.save(content, kind, **options)
    return base64.b64encode(content.getvalue()).decode()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ((None, None), ("120", "80")),
        ((60, None), ("60", "40")),
        ((None, 20), ("30", "20")),
        ((50, 50), ("50", "50")),
    ],
)
def test_an_image_is_shown_in_the_size_that_was_asked_for(pixels, asked, expected):
    image, _, _ = shown(inline_image(png(pixels), "image/png", "a ramp", asked))
    assert (image["width"], image["height"]) == expected


def test_a_photograph_taken_upright_is_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it to the right
    photograph = encoded(Image.new("RGB", (30, 20)), "JPEG", exif=exif)
    image, kind, _ = shown(inline_image(photograph, "image/jpeg", "dark"))
    assert (image["width"], image["height"], kind) == ("20", "30", "image/jpeg")


def test_a_moving_picture_goes_on_moving():
    frames = [Image.new("L", (4, 3), shade) for shade in (0, 255)]
    moving = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    image, kind, content = shown(inline_image(moving, "image/gif", "a blink"))
    assert (image["width"], image["height"], kind) == ("4", "3", "image/gif")
    assert Image.open(io.BytesIO(content)).n_frames == 2


def test_no_other_formats_are_loaded_than_those_of_images_on_the_web(pixels):
    code = f"""
import sys
from xordocs.site.rendering.images import inline_image
assert "image/webp" in inline_image({png(pixels)!r}, "image/png", "A gradient.")
print(*sys.modules)
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(told.stdout.split())
    assert {"PIL.PngImagePlugin", "PIL.WebPImagePlugin"} <= loaded
    assert loaded.isdisjoint({"PIL.BlpImagePlugin", "PIL.PdfImagePlugin"})
