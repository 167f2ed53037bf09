"""What processing an image hands back, and how it refuses one."""

from dataclasses import dataclass

LARGEST_BYTES = 10 * 1024 * 1024
"""The most that a file may have."""


class ImageRefused(ValueError):
    """The file cannot be used as a figure; the message is one line for the person who brought it."""


@dataclass(frozen=True, slots=True)
class ProcessedImage:
    """A picture ready to be kept. `files` are its bytes by width in pixels, narrowest first; `digest`
    is the SHA-256 of the widest. `width` and `height` are the widest file's.
    """

    media_type: str
    width: int
    height: int
    files: dict[int, bytes]
    digest: str
