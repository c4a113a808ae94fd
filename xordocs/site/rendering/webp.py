"""Encode images as lossless WebP: the same pixels in about half the bytes of a PNG."""

import io
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import PIL.Image

__all__ = ["encode", "import_formats", "shrink"]

MORE_THAN_PIXELS = {"chromaticity", "exif", "gamma", "icc_profile"}
"""What a PNG may state about its colours or its orientation, and a bare WebP does not."""


def shrink(source: str) -> str:
    """Return the address of an image; a PNG within it as lossless WebP, where that is shorter.

    Args:
        source: What an image's `href` says. What is no PNG that can be read stays as it is.
    """
    import PIL.Image

    start, _, data = source.partition(",")
    if start != "data:image/png;base64":
        return source
    import_formats()
    try:
        png = b64decode(data)
        with PIL.Image.open(io.BytesIO(png), formats=["PNG"]) as image:
            webp = encode(png, image)
    except Exception:  # Pillow lets through what its decoders stumble over
        return source
    shorter = f"data:image/webp;base64,{b64encode(webp).decode()}"
    return min(source, shorter, key=len) if webp else source


def import_formats() -> None:
    """Import what images are read and written with: it takes long, and can be done ahead."""
    import PIL.Image
    import PIL.WebPImagePlugin  # or Pillow would import all of its formats to find this one

    PIL.Image.preinit()


def encode(png: bytes, image: "PIL.Image.Image") -> bytes:
    """Encode the same image as WebP; return nothing if it would not be the same."""
    import PIL.Image

    bits = png[24]  # of each channel, by its header
    if bits > 8 or max(image.size) > 16383 or MORE_THAN_PIXELS & image.info.keys():
        return b""
    pixels = image.convert("RGBA")
    webp = io.BytesIO()
    pixels.save(webp, "WEBP", lossless=True, exact=True, quality=50, method=3)
    animated = getattr(image, "is_animated", False)
    same = PIL.Image.open(webp).convert("RGBA").tobytes() == pixels.tobytes()
    return webp.getvalue() if same and not animated else b""
