"""Images a page can carry: of known size, inside the page, and no larger than they need be."""

import io
from base64 import b64decode, b64encode
from html import escape

from PIL import Image

from xordocs.site.drawing import FigureError

__all__ = ["inline_image"]

EXACT_IN_WEBP = {"1", "L", "LA", "P", "RGB", "RGBA"}
"""What Pillow calls images of at most eight bits a channel."""


def inline_image(data: str, mime: str, alt: str) -> str:
    """Turn a PNG or JPEG into an image of known size, inside the page.

    A PNG becomes a lossless WebP, the same pixels in about half the bytes, where that is smaller.

    Args:
        data: The image in base64, as notebooks hold it.
        mime: `image/png` or `image/jpeg`.
        alt: What is to be seen on it.

    Raises:
        FigureError: There is no description, or the image cannot be read.
    """
    if not alt.strip():
        raise FigureError(
            'the image has no description; display it as Image(..., alt="what is to be seen")'
        )
    content = b64decode(data)
    try:
        with Image.open(io.BytesIO(content), formats=["PNG", "JPEG"]) as image:
            image.load()
    except (OSError, SyntaxError, ValueError) as error:
        raise FigureError(f"cannot read this {mime}: {error}") from error
    if mime == "image/png":
        content, mime = min((content, mime), (_webp(image), "image/webp"), key=_size)
    source = f"data:{mime};base64,{b64encode(content).decode()}"
    size = f'width="{image.width}" height="{image.height}"'
    return (
        f'<figure class="xd-figure"><img src="{source}" alt="{escape(alt)}" {size} loading="lazy">'
        "</figure>"
    )


def _webp(image: Image.Image) -> bytes:
    """The same image in WebP; nothing if it would not be the same."""
    webp = io.BytesIO()
    plain = image.mode in EXACT_IN_WEBP and "icc_profile" not in image.info
    if plain and not getattr(image, "is_animated", False):
        image.save(webp, "WEBP", lossless=True, exact=True, quality=50, method=3)
    return webp.getvalue()


def _size(choice: tuple[bytes, str]) -> float:
    return len(choice[0]) or float("inf")
