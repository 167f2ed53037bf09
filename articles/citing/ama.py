"""Reference lists in AMA style (11th edition), as safe HTML, by citeproc-py.

citeproc-py passes fields through as they are, cuts PubMed initials short, knows no links and
stumbles over ranges, seasons and empty dates. So it is given only what the style prints, with text
escaped, people as initials, one date and finished links; and its answer is cleaned by nh3.
"""

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import quote

import nh3
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON

from .csl import normalise_csl
from .initials import initials_and_suffix

STYLE_PATH = Path(__file__).parent / "styles" / "ama.csl"
ALLOWED_TAGS = {"a", "i"}
ALLOWED_ATTRIBUTES = {"a": {"href"}}
WITHOUT_DETAILS = "Source without details."

_MOST_LISTED = 6
_LISTED_BEFORE_ET_AL = 3
_ET_AL = {"literal": "et al"}
_TEXTS = (
    "title",
    "container-title",
    "container-title-short",
    "volume",
    "issue",
    "page",
    "edition",
    "genre",
    "publisher",
)
_JOURNAL_TYPES = {"article-journal", "article-magazine", "article-newspaper"}
_ENDED_ALREADY = re.compile(r"([?!…](?:</i>)?)\.(?= |$)")
_styling = Lock()  # citeproc-py writes on the style while it renders


def format_references(csls: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return one HTML entry per reference, in the order given and without numbers.

    :raises ReferenceRefused: where a record is not CSL-JSON that can be kept.
    """
    return [_entry(_frozen(csl)) for csl in csls]


def clean(html: str) -> str:
    """Return `html` with nothing left but the links and italics an entry may hold."""
    return nh3.clean(
        html,
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes={"http", "https"},
        link_rel=None,
    )


def _frozen(csl: Mapping[str, Any]) -> str:
    return json.dumps(_printable(normalise_csl(csl)), ensure_ascii=False, sort_keys=True)


@lru_cache(maxsize=4096)
def _entry(frozen: str) -> str:
    item = json.loads(frozen)
    source = CiteProcJSON([item])
    with _styling:
        bibliography = CitationStylesBibliography(_style(), source, formatter.html)
        bibliography.register(Citation([CitationItem(item["id"])]))
        entries = bibliography.bibliography()
    printed = str(entries[0]) if entries else ""
    return clean(_ENDED_ALREADY.sub(r"\1", printed)).strip() or WITHOUT_DETAILS


@cache
def _style() -> CitationStylesStyle:
    return CitationStylesStyle(str(STYLE_PATH), validate=False)


def _printable(csl: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the style prints of a reference, ready for citeproc-py."""
    item: dict[str, Any] = {"id": "source", "type": csl["type"]}
    for field in _TEXTS:
        if text := csl.get(field, "").rstrip("."):
            item[field] = escape(text)
    if number := csl.get("number"):
        in_journal = csl["type"] in _JOURNAL_TYPES  # where an article number stands for pages
        item.setdefault("page" if in_journal else "number", escape(number))
    truncated = csl.get("custom", {}).get("authors-et-al") is True
    for role in ("author", "editor"):
        if role in csl:
            item[role] = _people(csl[role], truncated=truncated and role == "author")
    for field in ("issued", "accessed"):
        if date := _date(csl.get(field, {})):
            item[field] = date
    if doi := csl.get("DOI"):
        item["DOI"] = _link(f"https://doi.org/{quote(doi, safe='/:;()._-')}", f"doi:{doi}")
    if url := csl.get("URL"):
        item["URL"] = _link(url, url)
    return item


def _people(names: Sequence[Mapping[str, str]], *, truncated: bool) -> list[dict[str, str]]:
    """Up to six people all; of more, or of a list known to go on, the first three and "et al"."""
    shown = [_person(name) for name in names]
    if truncated or len(shown) > _MOST_LISTED:
        return [*shown[:_LISTED_BEFORE_ET_AL], _ET_AL]
    return shown


def _person(name: Mapping[str, str]) -> dict[str, str]:
    if "literal" in name:
        return {"literal": escape(name["literal"].rstrip("."))}
    initials, generation = initials_and_suffix(name.get("given", ""))
    particle = name.get("dropping-particle", "")
    person = {
        "family": " ".join(
            part for part in (particle, name.get("non-dropping-particle"), name["family"]) if part
        ),
        "given": initials,
        "suffix": name.get("suffix", generation),
    }
    return {part: escape(text) for part, text in person.items() if text}


def _date(date: Mapping[str, Any]) -> dict[str, Any]:
    """One date: a range shows its beginning; words are shown where there are no numbers."""
    if parts := date.get("date-parts"):
        return {"date-parts": [parts[0]]}
    return {"literal": escape(date["literal"])} if "literal" in date else {}


def _link(href: str, text: str) -> str:
    return f'<a href="{escape(href)}">{escape(text)}</a>'
