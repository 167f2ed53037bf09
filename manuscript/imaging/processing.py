"""One door for every image that comes from outside."""

from manuscript.imaging.kinds import kind_of, what_it_looks_like
from manuscript.imaging.raster import process_raster
from manuscript.imaging.result import LARGEST_BYTES, ImageRefused, ProcessedImage
from manuscript.imaging.svg import process_svg

_SHOWN_OF_NAME = 60


def process_image(data: bytes, name: str = "") -> ProcessedImage:
    """Return `data` as a figure: decoded, turned upright, and written anew as WebP or as plain SVG.

    What the file is follows from its content; `name` only serves the words of a refusal. Equal
    bytes give equal files and the equal digest.

    :raises ImageRefused: if it is too large, too small, moves, is damaged, holds what a picture
        does not need, or is of a kind that is not taken.
    """
    shown = " ".join(name.split())[:_SHOWN_OF_NAME]
    called = f"“{shown}”" if shown else "The file"
    if not data:
        raise ImageRefused(f"{called} is empty.")
    if len(data) > LARGEST_BYTES:
        raise ImageRefused(f"{called} is larger than {LARGEST_BYTES // 1024**2} MB.")
    kind = kind_of(data)
    if not kind:
        looks = what_it_looks_like(data)
        what = f"looks like {looks}" if looks else "is no image that can be read"
        raise ImageRefused(f"{called} {what}. Save it as PNG, JPEG, WebP or SVG.")
    if kind == "SVG":
        return process_svg(data, called)
    return process_raster(data, kind, called)
