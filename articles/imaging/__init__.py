"""Images as they come from outside, decoded and written anew: nothing is left in them but the picture."""

from articles.imaging.processing import process_image
from articles.imaging.result import LARGEST_BYTES, ImageRefused, ProcessedImage

__all__ = ["LARGEST_BYTES", "ImageRefused", "ProcessedImage", "process_image"]
