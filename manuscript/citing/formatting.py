"""Reference lists in AMA, Vancouver (NLM) or APA style, as safe HTML, by citeproc-py.

citeproc-py passes fields through as they are, cuts PubMed initials short, knows no links and
stumbles over ranges, seasons and empty dates. So it is given only what the style prints, with text
escaped, people as the style writes them, one date and finished links; and its answer is cleaned by
nh3. The order and punctuation of an entry are in `styles/*.csl`, what is done to the parts is in
`people` and here.

Titles keep their capitals: sentence case, which Vancouver and APA want, cannot be made without
knowing which words are names.
"""

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from html import escape, unescape
from pathlib import Path
from threading import Lock
from typing import Any, Final
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
from .people import AMA, APA, VANCOUVER, Style

STYLES: Final[dict[str, Style]] = {"ama": AMA, "vancouver": VANCOUVER, "apa": APA}
NAMES: Final = {"ama": "AMA", "vancouver": "Vancouver (NLM)", "apa": "APA"}
DEFAULT_STYLE: Final = "ama"
ALLOWED_TAGS = {"a", "i"}
ALLOWED_ATTRIBUTES = {"a": {"href"}}
WITHOUT_DETAILS = "Source without details."

_STYLES = Path(__file__).parent / "styles"
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
_WITHIN = {"chapter", "entry", "entry-dictionary", "entry-encyclopedia", "paper-conference"}
_ENDED_ALREADY = re.compile(r"([?!…](?:</i>)?)\.(?= |$)")
_RANGE = re.compile(r"([A-Za-z]*)(\d+)-([A-Za-z]*)(\d+)")
_ORDINALS = {1: "st", 2: "nd", 3: "rd"}
_LONGEST_ORDINAL = 4
_styling = Lock()  # citeproc-py writes on the style while it renders


def format_references(csls: Sequence[Mapping[str, Any]], style: str = DEFAULT_STYLE) -> list[str]:
    """Return one HTML entry per reference, in the order given and without numbers.

    `style` is one of `STYLES`.

    :raises ReferenceRefused: where a record is not CSL-JSON that can be kept.
    :raises KeyError: where the style is not known.
    """
    known = STYLES[style]
    return [_entry(style, _frozen(csl, known)) for csl in csls]


def style_path(style: str) -> Path:
    """Return where a style's CSL file is."""
    return _STYLES / f"{style}.csl"


def clean(html: str) -> str:
    """Return `html` with nothing left but the links and italics an entry may hold."""
    return nh3.clean(
        html,
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes={"http", "https"},
        link_rel=None,
    )


def entry_text(entry: str) -> str:
    """Return the words of a formatted entry, without its links and italics."""
    return unescape(nh3.clean(entry, tags=set()))


def _frozen(csl: Mapping[str, Any], style: Style) -> str:
    return json.dumps(_printable(normalise_csl(csl), style), ensure_ascii=False, sort_keys=True)


@lru_cache(maxsize=4096)
def _entry(style: str, frozen: str) -> str:
    item = json.loads(frozen)
    if set(item) <= {"id", "type"}:
        return WITHOUT_DETAILS
    source = CiteProcJSON([item])
    with _styling:
        bibliography = CitationStylesBibliography(_style(style), source, formatter.html)
        bibliography.register(Citation([CitationItem(item["id"])]))
        entries = bibliography.bibliography()
    printed = str(entries[0]) if entries else ""
    return clean(_ENDED_ALREADY.sub(r"\1", printed)).strip() or WITHOUT_DETAILS


@cache
def _style(style: str) -> CitationStylesStyle:
    return CitationStylesStyle(str(style_path(style)), validate=False)


def _printable(csl: Mapping[str, Any], style: Style) -> dict[str, Any]:
    """Return what the style prints of a reference, ready for citeproc-py."""
    item: dict[str, Any] = {"id": "source", "type": csl["type"]}
    for field in (*_TEXTS, *style.more_texts):
        if text := csl.get(field, "").rstrip("."):
            item[field] = escape(text)
    _number(item, csl, style)
    item |= _people(csl, style)
    for field in ("issued", "accessed"):
        if date := _date(csl.get(field, {})):
            item[field] = date
    if "page" in item:
        item["page"] = _pages(item["page"], style)
    if "edition" in item and style.ordinal_editions:
        item["edition"] = _ordinal(item["edition"])
    if style.omits_repeated_publisher:
        _without_repeated_publisher(item, csl)
    if doi := csl.get("DOI"):
        address = f"https://doi.org/{quote(doi, safe='/:;()._-')}"
        item["DOI"] = _link(
            address, style.doi_text.format(doi=doi, address=f"https://doi.org/{doi}")
        )
    if url := csl.get("URL"):
        item["URL"] = _link(url, url)
    return item


def _number(item: dict[str, Any], csl: Mapping[str, Any], style: Style) -> None:
    if number := csl.get("number"):
        in_journal = csl["type"] in _JOURNAL_TYPES  # where an article number stands for pages
        if in_journal and style.names_article_numbers and "page" not in item:
            item["page"] = f"Article {escape(number)}"
        else:
            item.setdefault("page" if in_journal else "number", escape(number))


def _people(csl: Mapping[str, Any], style: Style) -> dict[str, list[dict[str, str]]]:
    found = {}
    if "author" in csl:
        goes_on = csl.get("custom", {}).get("authors-et-al") is True
        found["author"] = style.people(
            csl["author"], role="author", truncated=goes_on, leading=True
        )
    if "editor" in csl:
        leading = not csl.get("author") and csl["type"] not in _WITHIN
        found["editor"] = style.people(
            csl["editor"], role="editor", truncated=False, leading=leading
        )
    return found


def _without_repeated_publisher(item: dict[str, Any], csl: Mapping[str, Any]) -> None:
    """APA leaves out a publisher or site that is the author."""
    groups = {name.get("literal", "").rstrip(".").casefold() for name in csl.get("author", [])}
    for field in ("publisher", "container-title"):
        if csl.get(field, "").rstrip(".").casefold() in groups - {""}:
            item.pop(field, None)


def _pages(text: str, style: Style) -> str:
    if style.shortens_pages:
        text = _RANGE.sub(_shortened, text)
    return re.sub(r"(?<=\w)-(?=\w)", "–", text) if style.dash_in_pages else text


def _shortened(match: re.Match[str]) -> str:
    """Return "316-26" for "316-326", as Medline writes ranges."""
    before, start, again, end = match.groups()
    if len(start) != len(end) or again not in {"", before}:
        return match[0]
    same = 0
    while same < len(end) - 1 and start[same] == end[same]:
        same += 1
    return f"{before}{start}-{end[same:] if same or again else end}"


def _ordinal(edition: str) -> str:
    if not edition.isdecimal() or len(edition) > _LONGEST_ORDINAL:
        return re.sub(r"\s+ed(?:ition|n)?$", "", edition, flags=re.IGNORECASE)
    number = int(edition)
    teens = 11 <= number % 100 <= 13
    return f"{number}{'th' if teens else _ORDINALS.get(number % 10, 'th')}"


def _date(date: Mapping[str, Any]) -> dict[str, Any]:
    """One date: a range shows its beginning; words are shown where there are no numbers."""
    if parts := date.get("date-parts"):
        return {"date-parts": [parts[0]]}
    return {"literal": escape(date["literal"])} if "literal" in date else {}


def _link(href: str, text: str) -> str:
    return f'<a href="{escape(href)}">{escape(text)}</a>'
