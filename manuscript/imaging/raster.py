"""Photographs, scans and screenshots: decoded, turned upright, shrunk and written anew as WebP."""

import hashlib
import io
import math
import struct
import zlib
from typing import Any

from PIL import Image, ImageCms

from manuscript.imaging.result import ImageRefused, ProcessedImage

MOST_PIXELS = 40_000_000
# What is transparent is held in full while it is made smaller, and the decoder of WebP holds a
# picture four times. So no file takes more than 300 MB of memory.
MOST_TRANSPARENT_PIXELS = 20_000_000
MOST_WEBP_PIXELS = 13_000_000
SMALLEST_SIDE = 16
WIDEST = 2400
# So that what is long and narrow stays quick to write and to show.
MOST_STORED_PIXELS = 8_000_000
RENDITIONS = (480, 960, 1600)
QUALITY = 88
# What libwebp may try on a lossless file, by its pixels: small drawings are worth the time.
THOROUGH_BELOW = 1_000_000
FEW_COLOURS = 64
BAND = 256
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# What Pillow raises over files that are cut short or made to be wrong.
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    TypeError,
    IndexError,
    KeyError,
    OverflowError,
    AttributeError,
    struct.error,
    zlib.error,
)
_SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def process_raster(data: bytes, kind: str, called: str) -> ProcessedImage:
    """Return a PNG, JPEG, WebP or GIF as WebP files of several widths, with nothing but the picture.

    :raises ImageRefused: as `process_image` does.
    """
    try:
        if kind == "WEBP":
            # Its decoder takes memory at once.
            _refuse_size(*_webp_size(data, called), called, "WebP ", MOST_WEBP_PIXELS)
        with Image.open(io.BytesIO(data), formats=[kind]) as image:
            _refuse_size(image.width, image.height, called)
            if image.mode in {"RGBA", "LA"} or "transparency" in image.info:
                _refuse_size(
                    image.width, image.height, called, "transparent ", MOST_TRANSPARENT_PIXELS
                )
            _refuse_films(image, called)
            picture = _decoded(image)
            lossless = kind in {"PNG", "GIF"} or data[12:16] == b"VP8L"
            if picture is not image:
                image.close()  # its pixels too, before encoders take their memory
        lossless = lossless or picture.getcolors(FEW_COLOURS) is not None
        files = _written(picture, lossless=lossless)
    except ImageRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as exc:
        raise _too_many_pixels(called) from exc
    except BROKEN as exc:
        raise ImageRefused(f"{called} is damaged or cut short: it cannot be decoded.") from exc
    return ProcessedImage(
        media_type="image/webp",
        width=picture.width,
        height=picture.height,
        files=files,
        digest=hashlib.sha256(files[picture.width]).hexdigest(),
    )


def _refuse_films(image: Image.Image, called: str) -> None:
    # A phone's JPEG may hold a second picture of the same moment; its first is the photo.
    if image.format not in {"JPEG", "MPO"} and getattr(image, "is_animated", False):
        raise ImageRefused(f"{called} moves. Bring one still picture of it.")


def _refuse_size(
    width: int, height: int, called: str, kind: str = "", most: int = MOST_PIXELS
) -> None:
    if width * height > most:
        raise _too_many_pixels(called, kind, most)
    if min(width, height) < SMALLEST_SIDE:
        raise ImageRefused(
            f"{called} is {width} by {height} pixels; a figure has at least {SMALLEST_SIDE} each way."
        )


def _too_many_pixels(called: str, kind: str = "", most: int = MOST_PIXELS) -> ImageRefused:
    return ImageRefused(f"{called} has more than {most // 1_000_000} million {kind}pixels.")


def _webp_size(data: bytes, called: str) -> tuple[int, int]:
    """Return the size that a WebP file states, without decoding it (RFC 9649).

    :raises ImageRefused: if it moves or states none.
    """
    chunk, body = data[12:16], data[20:30]
    if chunk == b"VP8X" and len(body) == 10:
        if body[0] & 2:
            raise ImageRefused(f"{called} moves. Bring one still picture of it.")
        return (
            1 + int.from_bytes(body[4:7], "little"),
            1 + int.from_bytes(body[7:10], "little"),
        )
    if chunk == b"VP8L" and len(body) >= 5:
        bits = int.from_bytes(body[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if chunk == b"VP8 " and len(body) == 10:
        width, height = struct.unpack("<HH", body[6:10])
        return width & 0x3FFF, height & 0x3FFF
    raise ImageRefused(f"{called} is damaged or cut short: it cannot be decoded.")


def _decoded(image: Any) -> Image.Image:
    """Return the picture upright, in sRGB, as RGB or RGBA, no larger than it is kept."""
    profile = image.info.get("icc_profile")
    orientation = image.getexif().get(ORIENTATION, 1)
    on_its_side = orientation in {5, 6, 7, 8}
    width, height = (image.height, image.width) if on_its_side else image.size
    scale = min(1.0, WIDEST / width, math.sqrt(MOST_STORED_PIXELS / (width * height)))
    kept = max(1, round(width * scale)), max(1, round(height * scale))
    if on_its_side:
        kept = kept[1], kept[0]
    image.draft(None, kept)  # a JPEG decodes at a half, a quarter or an eighth, but never below
    image.load()
    picture = _shrunk(image, max(1, min(image.width // kept[0], image.height // kept[1])))
    if picture.size != kept:
        picture = picture.resize(kept, Image.Resampling.LANCZOS)
    picture = _in_srgb(picture, profile)
    if picture.mode == "RGBA" and picture.getchannel("A").getextrema() == (255, 255):
        picture = picture.convert("RGB")
    if orientation in TURNS:
        picture = picture.transpose(TURNS[orientation])
    return picture


def _shrunk(image: Image.Image, factor: int) -> Image.Image:
    """Return `image` in a mode that can be resized, `factor` times smaller, made band by band: the
    whole of a large scan is never there twice.
    """
    mode = _mode_of(image)
    if factor == 1 and image.mode == mode:
        return image
    step = BAND * factor
    size = math.ceil(image.width / factor), math.ceil(image.height / factor)
    picture = Image.new(mode, size)
    for top in range(0, image.height, step):
        band = image.crop((0, top, image.width, min(top + step, image.height)))
        if band.mode.startswith("I"):
            band = band.convert("I").point(lambda value: value * (1 / 256)).convert("L")
        if band.mode != mode:
            band = band.convert(mode)
        picture.paste(band.reduce(factor) if factor > 1 else band, (0, top // factor))
    return picture


def _mode_of(image: Image.Image) -> str:
    """Return the mode to work in: colours as they are, CMYK for its profile's sake, no palettes."""
    if image.mode in {"RGB", "RGBA", "CMYK", "L", "LA"} and "transparency" not in image.info:
        return image.mode
    if "transparency" in image.info or image.mode in {"PA", "La", "RGBa"}:
        return "RGBA"
    return "L" if image.mode == "1" or image.mode.startswith(("I", "F")) else "RGB"


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the picture as RGB or RGBA in sRGB. A profile that does not fit it is passed over."""
    target = "RGBA" if picture.mode in {"RGBA", "LA"} else "RGB"
    if profile and picture.mode in {"RGB", "RGBA", "CMYK", "L"}:
        try:
            converted = ImageCms.profileToProfile(
                picture,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.ImageCmsProfile(io.BytesIO(_SRGB)),
                outputMode=target,
            )
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            converted = None
        if converted is not None:
            return converted
    return picture if picture.mode == target else picture.convert(target)


def _written(picture: Image.Image, *, lossless: bool) -> dict[int, bytes]:
    """Return the picture's files by width, narrowest first; none is larger than the picture."""
    files: dict[int, bytes] = {}
    for width in (*(width for width in RENDITIONS if width < picture.width), picture.width):
        height = max(1, round(picture.height * width / picture.width))
        smaller = (
            picture
            if width == picture.width
            else picture.resize((width, height), Image.Resampling.LANCZOS)
        )
        # A new image, because encoders copy profiles and notes that they find in `info`.
        clean = Image.new(smaller.mode, smaller.size)
        clean.paste(smaller)
        out = io.BytesIO()
        if lossless:
            small = width * height < THOROUGH_BELOW
            clean.save(
                out, "WEBP", lossless=True, quality=60 if small else 20, method=4 if small else 0
            )
        else:
            clean.save(out, "WEBP", quality=QUALITY, method=4)
        files[width] = out.getvalue()
    return files
