"""What a page says of itself: its title, its language, its date, its licence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from manuscript.content.characters import clean
from manuscript.importing import dates
from manuscript.importing.html.surroundings import is_furniture, is_hidden
from manuscript.importing.html.tree import words

if TYPE_CHECKING:
    from datetime import date

    from lxml import etree

    from manuscript.importing.notes import Notes

_SITE = re.compile(r"\s+(?:[|·•»–—]|-)\s+[^|·•»–—]{2,60}$")
_UPDATED = frozenset(
    {
        "article:modified_time",
        "og:updated_time",
        "dcterms.modified",
        "last-modified",
        "datemodified",
        "dc.date.modified",
    }
)
_DESCRIBED = frozenset({"description", "og:description"})


@dataclass
class Facts:
    """`heading` is the page's one h1 outside its article, `title` what its head says."""

    title: str = ""
    heading: str = ""
    language: str = ""
    licence: str = ""
    updated_on: date | None = None


def facts_of(root: etree._Element, main: etree._Element, notes: Notes) -> Facts:
    """Return what the page says of itself; its description is noted."""
    facts = Facts()
    html = root if root.tag == "html" else None
    if html is not None:
        facts.language = (html.get("lang") or "").strip().lower().replace("_", "-")
    meta: dict[str, str] = {}
    for one in root.iter("meta"):
        key = (one.get("property") or one.get("name") or one.get("itemprop") or "").lower()
        if key and one.get("content"):
            meta.setdefault(key, clean(one.get("content") or "").strip())
    facts.title = meta.get("og:title", "") or _page_title(root)
    outside = [
        one for one in root.iter("h1")
        if main not in one.iterancestors() and not is_hidden(one) and words(one) and not is_furniture(one)
    ]  # fmt: skip
    if outside:
        facts.heading = clean(words(outside[0])).strip()
    for key in _UPDATED & meta.keys():
        day, _ = dates.read_date(meta[key])
        facts.updated_on = facts.updated_on or day
    for key in sorted(_DESCRIBED & meta.keys())[:1]:
        notes.add("metadata-set-aside", 1, f"Description: {meta[key]}")
    facts.licence = _licence(root)
    if facts.licence:
        notes.add("licence-noted", 1, facts.licence, "keep to it, and name the source")
    return facts


def _page_title(root: etree._Element) -> str:
    title = next(
        (" ".join("".join(map(str, one.itertext())).split()) for one in root.iter("title")), ""
    )
    title = clean(title).strip()
    short = _SITE.sub("", title)
    return short if len(short) > 8 else title


def _licence(root: etree._Element) -> str:
    for one in root.iter("a", "link"):
        if "license" in (one.get("rel") or "").lower().split() and (
            one.get("href") or ""
        ).startswith(("http", "//")):
            address = one.get("href") or ""
            address = f"https:{address}" if address.startswith("//") else address
            return f"{address} {words(one)}".strip()
    return ""
