"""Images a page can carry: of known size, inside the page, and no larger than they need be."""

import io
from base64 import b64decode, b64encode
from html import escape

from PIL import Image

from xordocs.site.errors import FigureError

__all__ = ["inline_image"]

MORE_THAN_PIXELS = {"chromaticity", "exif", "gamma", "icc_profile"}
"""What a PNG may say of its colours or its orientation, and a bare WebP would not."""


ORIENTATION = 0x0112
"""What Exif tells of how a camera was held; from 5 on, height and width change places."""

Asked = tuple[float | None, float | None]


def inline_image(data: str, mime: str, alt: str, asked: Asked = (None, None)) -> str:
    """Turn a PNG, JPEG or GIF into an image of known size, inside the page.

    A PNG becomes a lossless WebP, the same pixels in about half the bytes, where that is smaller.

    Args:
        data: The image in base64, as notebooks hold it.
        mime: Its kind, such as `image/png`.
        alt: What is to be seen on it.
        asked: The width and height to show it with, in CSS pixels; its own where None.

    Raises:
        FigureError: There is no description, or the image cannot be read.
    """
    if not alt.strip():
        raise FigureError(
            'the image has no description; display it as Image(..., alt="what is to be seen")'
        )
    try:
        content = b64decode(data)
        with Image.open(io.BytesIO(content), formats=["PNG", "JPEG", "GIF"]) as image:
            image.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise FigureError(f"cannot read this {mime}: {error}") from error
    if mime == "image/png":
        content, mime = min((content, mime), (_webp(content, image), "image/webp"), key=_size)
    source = f"data:{mime};base64,{b64encode(content).decode()}"
    width, height = _shown(image, asked)
    size = f'width="{width}" height="{height}"'
    return (
        f'<figure class="xd-figure"><img src="{source}" alt="{escape(alt)}" {size} loading="lazy">'
        "</figure>"
    )


def _shown(image: Image.Image, asked: Asked) -> tuple[int, int]:
    """The size that an image takes on the page, upright."""
    width, height = image.size
    if image.getexif().get(ORIENTATION, 1) >= 5:
        width, height = height, width
    scale = [a / b for a, b in zip(asked, (width, height), strict=True) if a]
    if not scale:
        return width, height
    return round(asked[0] or width * scale[0]), round(asked[1] or height * scale[0])


def _webp(png: bytes, image: Image.Image) -> bytes:
    """The same image in WebP; nothing if it would not be the same."""
    bits = png[24]  # of a channel, as its header tells
    if bits > 8 or max(image.size) > 16383 or MORE_THAN_PIXELS & image.info.keys():
        return b""
    pixels = image.convert("RGBA")
    webp = io.BytesIO()
    pixels.save(webp, "WEBP", lossless=True, exact=True, quality=50, method=3)
    animated = getattr(image, "is_animated", False)
    same = Image.open(webp).convert("RGBA").tobytes() == pixels.tobytes()
    return webp.getvalue() if same and not animated else b""


def _size(choice: tuple[bytes, str]) -> float:
    return len(choice[0]) or float("inf")
