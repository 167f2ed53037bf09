"""Images as they come from outside, decoded and written anew: nothing is left in them but the picture."""

from manuscript.imaging.processing import process_image
from manuscript.imaging.result import LARGEST_BYTES, ImageRefused, ProcessedImage

__all__ = ["LARGEST_BYTES", "ImageRefused", "ProcessedImage", "process_image"]
