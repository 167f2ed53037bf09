"""What attributes mean: of inline elements for the marks of text, of blocks for the body."""

from __future__ import annotations

import re
from typing import Final

from manuscript.content.characters import clean, nfc
from manuscript.content.links import normalise
from manuscript.content.schema import CALLOUTS, KEY, MAX_ALT, SCOPES
from manuscript.content.spans import integer, span

_WEIGHT: Final = re.compile(
    r"font-weight\s*:\s*(bold(?:er)?|[6-9]00|normal|[1-5]00)", re.IGNORECASE
)
_SLANT: Final = re.compile(r"font-style\s*:\s*(italic|oblique|normal)", re.IGNORECASE)
_SCRIPT: Final = re.compile(r"vertical-align\s*:\s*(sub|super)", re.IGNORECASE)


def effect(name: str, attributes: dict[str, str]) -> dict[str, str | bool | None]:
    """Return what an inline element does to the text in it, as fields of `Marks`; `style` can undo a mark."""
    found: dict[str, str | bool | None] = {}
    if name == "a":
        href = normalise(attributes.get("href", ""))
        if href is not None:
            found["href"] = href
        return found
    if name in ("b", "strong"):
        found["strong"] = True
    elif name in ("i", "em", "dfn"):
        found["em"] = True
    elif name in ("sub", "sup"):
        found["script"] = name
    style = attributes.get("style", "")
    if weight := _WEIGHT.search(style):
        found["strong"] = weight[1].lower() not in ("normal", "100", "200", "300", "400", "500")
    if slant := _SLANT.search(style):
        found["em"] = slant[1].lower() != "normal"
    if script := _SCRIPT.search(style):
        found["script"] = "sub" if script[1].lower() == "sub" else "sup"
    return found


def kept(tag: str, attributes: dict[str, str]) -> dict[str, str]:
    """Return the attributes of a block that a body keeps, in canonical form."""
    found: dict[str, str] = {}
    if tag == "ol" and (start := integer(attributes.get("start", ""))) not in (None, 1):
        found["start"] = str(start)
    elif tag == "aside" and attributes.get("data-callout", "").strip().lower() in CALLOUTS:
        found["data-callout"] = attributes["data-callout"].strip().lower()
    elif tag == "figure" and KEY.fullmatch(
        key := attributes.get("data-figure", "").strip().lower()
    ):
        found["data-figure"] = key
        if alt := nfc(clean(attributes.get("data-alt", ""))).strip()[:MAX_ALT].strip():
            found["data-alt"] = alt
    elif tag in ("td", "th"):
        for name in ("colspan", "rowspan"):
            if cells := span(attributes.get(name, "")):
                found[name] = str(cells)
        if tag == "th" and attributes.get("scope", "").strip().lower() in SCOPES:
            found["scope"] = attributes["scope"].strip().lower()
    return found
