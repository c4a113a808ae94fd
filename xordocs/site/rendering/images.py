"""Turn images into parts of the page: of known size, described, and no larger than needed."""

import io
from base64 import b64decode, b64encode
from html import escape
from typing import TYPE_CHECKING

from xordocs.site.errors import FigureError, UndescribedError
from xordocs.site.rendering.figures import figcaption
from xordocs.site.rendering.webp import encode, import_formats

if TYPE_CHECKING:
    import PIL.Image

__all__ = ["inline_image"]

ORIENTATION = 0x0112
"""The Exif tag for how a camera was held; from 5 on, height and width change places."""

BACKGROUNDS = {"light": "#fff", "dark": "#111"}
"""What to put behind an image that needs a light or a dark page, by Jupyter's words for it."""
WEB = ["PNG", "JPEG", "GIF"]
"""What an image may be in truth if it is said to be any of these; others may be anything."""

Size = tuple[float | None, float | None]


def inline_image(
    data: str,
    mime: str,
    alt: str,
    size: Size = (None, None),
    background: str = "",
    caption: str = "",
) -> str:
    """Turn an image into one of known size, inside the page.

    A PNG becomes a lossless WebP, the same pixels in about half the bytes, where that is smaller.

    Args:
        data: The image in base64, as notebooks hold it.
        mime: Its kind, such as `image/png`.
        alt: What is to be seen on it.
        size: The width and height to show it with, in CSS pixels; its own where None.
        background: `light` or `dark` if it is transparent and made for such a page.
        caption: What to say under it.

    Raises:
        UndescribedError: There is no description.
        FigureError: The image cannot be read.
    """
    import PIL.Image  # most builds render no image

    if not alt.strip():
        raise UndescribedError(
            f"display(figure, metadata={{'{mime}': {{'alt': '...'}}}}) or Image(..., alt='...')"
        )
    import_formats()
    formats = WEB if mime in ("image/png", "image/jpeg", "image/gif") else None
    try:
        content = b64decode(data)
        with PIL.Image.open(io.BytesIO(content), formats=formats) as image:
            image.load()
        choices = [(content, mime)]
        if mime == "image/png":
            choices.append((encode(content, image), "image/webp"))
    except Exception as error:  # Pillow lets through what its decoders stumble over
        raise FigureError(f"cannot read this {mime}: {error}") from error
    content, mime = min(choices, key=_bytes)
    source = f"data:{mime};base64,{b64encode(content).decode()}"
    width, height = _displayed_size(image, size)
    attributes = f'src="{source}" alt="{escape(alt)}" width="{width}" height="{height}"'
    if background in BACKGROUNDS:
        attributes += f' style="background: {BACKGROUNDS[background]}"'
    shown = f'<img {attributes} loading="lazy">'
    return f'<figure class="xd-figure">{shown}{figcaption(caption)}</figure>'


def _displayed_size(image: "PIL.Image.Image", size: Size) -> tuple[int, int]:
    """Compute the size that an image takes on the page, upright."""
    width, height = image.size
    if _lies_on_its_side(image):
        width, height = height, width
    scale = [a / b for a, b in zip(size, (width, height), strict=True) if a]
    if not scale:
        return width, height
    return round(size[0] or width * scale[0]), round(size[1] or height * scale[0])


def _lies_on_its_side(image: "PIL.Image.Image") -> bool:
    try:
        return int(image.getexif().get(ORIENTATION, 1)) >= 5
    except Exception:  # damaged Exif, which browsers pass over
        return False


def _bytes(choice: tuple[bytes, str]) -> float:
    """Count the bytes of an encoded image; one that could not be encoded is infinitely large."""
    return len(choice[0]) or float("inf")
