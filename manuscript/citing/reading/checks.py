"""What an editor should look at in a record before anybody cites it."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from manuscript.citing.identifiers import normalise_doi
from manuscript.citing.reading import names, tex

if TYPE_CHECKING:
    from manuscript.citing.reading.record import Record

_RUN = re.compile(
    r"[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2026\u2030\u2039\u203a\u20ac\u2122]+"
)
_CP1252 = {}
for _byte in range(0x80, 0x100):
    try:
        _CP1252[bytes([_byte]).decode("cp1252")] = _byte
    except UnicodeDecodeError:
        continue
_RESTORED = ("LATIN", "GREEK", "CYRILLIC", "CJK")
_ODD_DOI = re.compile(r"https?:|doi\.org|\s|10\.\d{4,9}/.*10\.\d{4,9}/|[{}|\\^]", re.IGNORECASE)
_INNER_DOI = re.compile(r"(?<!^)(10\.\d{4,9}/\S+)$")
_FINDABLE = {"title", "DOI", "PMID", "PMCID", "URL", "ISBN", "author", "editor"}
_RETRACTED = re.compile(
    r"^\W*(?:retracted|withdrawn)(?:\s+(?:article|paper|chapter))?\s*[:\]\-–—]|\[retracted\]",
    re.IGNORECASE,
)


def look_at(record: Record) -> None:
    """Add the warnings that a record's content calls for."""
    _title(record)
    _people(record)
    _identifiers(record)
    csl = record.csl
    if not csl.get("issued"):
        record.warn("missing-year", "The record has no year of publication.")
    if record.custom.get("authors-et-al"):
        record.warn(
            "truncated-authors",
            "The list of authors ends in “and others”; the rest is not in the file.",
        )
    for field in ("container-title", "publisher", "abstract"):
        if repaired := unmangled(str(csl.get(field, ""))):
            record.warn(
                f"mojibake-{field}",
                f"The {field.replace('-', ' ')} was damaged by a wrong encoding; it may be meant to read “{repaired[:120]}”.",
            )
    if not record.notices and _RETRACTED.search(str(csl.get("title", ""))):
        record.warn(
            "title-says-retracted",
            "The title is marked as retracted or withdrawn, but the file holds no notice; look it up.",
        )


def says_something(csl: dict[str, object]) -> bool:
    """Whether a record names a source at all."""
    return any(csl.get(field) for field in _FINDABLE)


def unmangled(text: str) -> str:
    """Return `text` as it was before UTF-8 was read as Windows-1252, or "" where it was not."""
    repaired = text
    for _ in range(3):
        attempt = _RUN.sub(lambda match: _undone(match[0]), repaired)
        if attempt == repaired:
            break
        repaired = attempt
    return unicodedata.normalize("NFC", repaired) if repaired != text else ""


def _undone(run: str) -> str:
    if len(run) < 2:
        return run
    codes = [_CP1252.get(char, ord(char)) for char in run]
    if max(codes) > 0xFF:
        return run
    try:
        text = bytes(codes).decode("utf-8")
    except UnicodeDecodeError:
        return run
    if all(_is_likely(char) for char in text):
        return text
    return run


def _is_likely(char: str) -> bool:
    if "\u0250" <= char <= "\u02af":  # phonetic letters: "É»" is a quoted capital, not one of them
        return False
    return not char.isalpha() or unicodedata.name(char, "").startswith(_RESTORED)


def _title(record: Record) -> None:
    title = str(record.csl.get("title", ""))
    if not title:
        record.warn("missing-title", "The record has no title.")
        return
    if normalise_doi(title) and " " not in title:
        record.warn(
            "doi-as-title", f"The title is a DOI, “{title[:120]}”; the real title is missing."
        )
    if repaired := unmangled(title):
        record.warn(
            "mojibake-title",
            f"The title was damaged by a wrong encoding; it may be meant to read “{repaired[:200]}”.",
        )
    elif "\ufffd" in title:
        record.warn("mojibake-title", "The title has lost characters to a wrong encoding (�).")
    if tex.has_tex(title):
        record.warn(
            "raw-tex",
            f"The title holds TeX commands; it may be meant to read “{tex.from_tex(title)[:200]}”.",
        )


def _people(record: Record) -> None:
    people = [
        name
        for role in ("author", "editor")
        for name in _listed_people(record.csl.get(role))
        if isinstance(name, dict) and all(isinstance(part, str) for part in name.values())
    ]
    damaged, several, undivided = [], [], []
    for name in people:
        text = names.as_text(name)
        if (repaired := unmangled(text)) or "\ufffd" in text:
            damaged.append(f"“{text}”" + (f" (“{repaired}”?)" if repaired else ""))
        if tex.has_tex(text):
            record.warn("raw-tex", f"The name “{text[:120]}” holds TeX commands.")
        if names.several_people(name):
            several.append(f"“{text}”")
        elif names.looks_personal(name):
            undivided.append(f"“{text}”")
    _warn_of_people(record, damaged, several, undivided)


def _listed_people(value: object) -> list[object]:
    return value if isinstance(value, list) else []  # else the check of the CSL refuses it


def _warn_of_people(
    record: Record, damaged: list[str], several: list[str], undivided: list[str]
) -> None:
    if damaged:
        record.warn("mojibake-author", f"A wrong encoding damaged {_listed(damaged)}.")
    if several:
        record.warn(
            "several-people-in-one-name",
            f"One name seems to hold several people: {_listed(several)}.",
        )
    if undivided:
        record.warn(
            "name-without-comma",
            f"Family and given name cannot be told apart: {_listed(undivided)}. They stay as written.",
        )


def _identifiers(record: Record) -> None:
    doi = str(record.csl.get("DOI", ""))
    if doi and _ODD_DOI.search(doi):
        inner = _INNER_DOI.search(doi)
        hint = f"; perhaps it is “{inner[1]}”" if inner else ""
        record.warn("unusual-doi", f"The DOI “{doi[:160]}” has an unusual form{hint}.")
    url = record.csl.get("URL")
    if isinstance(url, str) and not _is_address(url):
        record.custom["unread-URL"] = url[:500]
        del record.csl["URL"]
        record.warn(
            "unusual-url", f"“{url[:120]}” is not a whole http or https address and was set aside."
        )


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in url
    except ValueError:
        return False


def _listed(texts: list[str]) -> str:
    shown = "; ".join(texts[:5])
    return shown if len(texts) <= 5 else f"{shown} and {len(texts) - 5} more"
