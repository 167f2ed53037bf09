"""Titles without markup: entities resolved, tags gone, small digits where they are certain."""

import html
import re

_TAGS = (
    "i em b bold italic strong u sc scp small sub sup inf span p br tt title sec div font a abstract"
    " list list-item xref underline strike roman monospace overline named-content styled-content"
)
_NAME = rf"(?:(?:jats|mml|m):[\w-]+|math|m(?:row|i|o|n|sub|sup|text|style|frac|subsup)|{'|'.join(_TAGS.split())})"
_TAG = re.compile(rf"</?{_NAME}(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BREAKING = re.compile(
    r"</?(?:jats:)?(?:p|br|title|sec|div|list|list-item)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_SMALL = re.compile(
    r"<(?:jats:)?(?P<tag>sub|sup|inf)(?:\s[^<>]*)?>(?P<text>[^<>]{0,40})</(?:jats:)?(?:sub|sup|inf)>",
    re.IGNORECASE,
)
_BELOW = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_ABOVE = str.maketrans("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾")
_CERTAIN = re.compile(r"[0-9]+[+\-−]?|[+\-−]")
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")


def plain(text: str) -> str:
    """Return `text` as one line without entities and tags. Lone "<" and "&" stay.

    Digits set below or above the line become the characters for them (CO₂, 10⁹); letters become
    ordinary ones.
    """
    for _ in range(2):  # "&amp;lt;" was escaped twice
        if "&" not in text:
            break
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    if "<" in text:
        text = _SMALL.sub(_small, text)
        text = _TAG.sub("", _BREAKING.sub(" ", text))
    return " ".join(text.split())


def small(text: str, *, below: bool) -> str:
    """Return the characters for digits and signs below or above the line; other text as it is."""
    if not _CERTAIN.fullmatch(text.strip()):
        return text
    return text.strip().translate(_BELOW if below else _ABOVE)


def _small(match: re.Match[str]) -> str:
    return small(match["text"], below=match["tag"].lower() != "sup")
