"""Page ranges, written out in full."""

import re

_RANGE = re.compile(r"(?P<prefix>[A-Za-z]{0,4})(?P<start>\d+)(?P<tail>[A-Za-z]?)-(?P<end>\d+)")
_DASHES = re.compile(r"\s*(?:[-‐‑‒–—−]+)\s*")


def full_pages(start: str, end: str = "") -> str:
    """Return "349-369" for "349-69", or for "349" and "69"; what is no range stays as it is."""
    text = _DASHES.sub("-", " ".join(start.split())).strip("-")
    last = _DASHES.sub("-", end.strip()).strip("-")
    if last and "-" not in text:
        text = f"{text}-{last}" if text else last
    return ", ".join(_full(part.strip()) for part in re.split(r"[,;]", text) if part.strip())


def _full(text: str) -> str:
    first, _, last = text.partition("-")
    if first == last:
        return first
    match = _RANGE.fullmatch(text)
    if not match:
        return text
    start, end = match["start"], match["end"]
    if len(end) > len(start) or (len(end) == len(start) and not match["prefix"]):
        return text
    whole = start[: len(start) - len(end)] + end
    if int(whole) < int(start):
        return text
    return f"{match['prefix']}{start}{match['tail']}-{match['prefix']}{whole}"
