"""Pictures that somebody uploads: checked, made smaller, and drawn anew without what the camera wrote in them."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
LARGEST_FILE = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 1600
_SMALL = 400_000
_QUALITIES = (85, 70, 55)


class PhotoError(Exception):
    """The file is no picture that can be shown. `reason` is "large" or "format"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Photo:
    """A picture as it is kept: its bytes and what they are."""

    content: bytes
    content_type: str


def photo_of(content: bytes) -> Photo:
    """The picture turned the right way up, at most 1600 pixels wide or high, with nothing but its pixels.

    Raises PhotoError for a file over 10 MB or 50 million pixels, and for what is no JPEG, PNG or WebP.
    """
    if len(content) > LARGEST_FILE:
        raise PhotoError("large")
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            # Before a pixel is unpacked: a file of some kilobytes can claim to be gigabytes.
            if opened.width * opened.height > MOST_PIXELS:
                raise PhotoError("large")
            is_drawn = opened.format == "PNG"
            picture = _flat(ImageOps.exif_transpose(opened))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise PhotoError("format") from error
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if is_drawn and len(png := _written(picture, "PNG", optimize=True)) <= _SMALL:
        return Photo(png, "image/png")
    for quality in _QUALITIES:
        jpeg = _written(picture, "JPEG", quality=quality)
        if len(jpeg) <= _SMALL:
            break
    return Photo(jpeg, "image/jpeg")


def photo_size(content: bytes) -> tuple[int, int]:
    """How many pixels a kept picture is wide and high. Raises PhotoError for what is no picture."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            return opened.size
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise PhotoError("format") from error


def _flat(picture: Image.Image) -> Image.Image:
    """The pixels alone, on white where one could see through; every other word of the file stays behind."""
    seen = picture.convert("RGBA")
    flat = Image.new("RGB", seen.size, "white")
    flat.paste(seen, mask=seen.getchannel("A"))
    return flat


def _written(picture: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)  # type: ignore[arg-type]
    return out.getvalue()
