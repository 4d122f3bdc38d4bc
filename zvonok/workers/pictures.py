"""Pictures without what cameras write into them (place, time, owner), and small ones of them."""

import io
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageOps, ImageSequence

FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/gif": "GIF", "image/webp": "WEBP"}
# Of all frames together: each is held in memory while the picture is drawn anew.
MOST_PIXELS = 60_000_000
PREVIEW_EDGE = 480
_KEPT = ("transparency", "duration", "loop", "disposal", "background")
_HOW = {"JPEG": {"quality": 90, "optimize": True}, "WEBP": {"quality": 88, "method": 3}}


class UnreadablePicture(Exception):
    """It is damaged, or so large that looking at it would do harm."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of nothing but its pixels, and a small one of it."""

    whole: bytes
    preview: bytes


def stripped(file: BinaryIO, *, media_type: str) -> Picture:
    """Draw a picture anew from its pixels, turned as it is meant to be seen.

    Raises: UnreadablePicture.
    """
    try:
        with Image.open(file, formats=[FORMATS[media_type]]) as image:
            if image.width * image.height * getattr(image, "n_frames", 1) > MOST_PIXELS:
                raise UnreadablePicture(f"{image.width} × {image.height}")
            return Picture(_redrawn(image, FORMATS[media_type]), _small(image))
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as fault:
        raise UnreadablePicture(str(fault)) from fault


def _redrawn(image: Image.Image, form: str) -> bytes:
    frames = [_bare(frame) for frame in ImageSequence.Iterator(image)]
    moving = {"save_all": True, "append_images": frames[1:]} if len(frames) > 1 else {}
    drawn = io.BytesIO()
    frames[0].save(drawn, form, **(_HOW.get(form, {}) | moving))
    return drawn.getvalue()


def _bare(frame: Image.Image) -> Image.Image:
    turned = ImageOps.exif_transpose(frame)
    bare = turned.copy()
    bare.info = {name: turned.info[name] for name in _KEPT if name in turned.info}
    return bare


def _small(image: Image.Image) -> bytes:
    image.seek(0)
    small = ImageOps.exif_transpose(image)
    small = small.convert("RGBA" if "A" in small.getbands() or "transparency" in small.info else "RGB")
    small.thumbnail((PREVIEW_EDGE, PREVIEW_EDGE))
    small.info = {}
    drawn = io.BytesIO()
    small.save(drawn, "WEBP", quality=80)
    return drawn.getvalue()
