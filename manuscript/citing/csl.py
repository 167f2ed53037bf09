"""CSL-JSON records as Imprimatur keeps them: checked, in one form, and found again.

The same source written twice must give the same bytes, because a frozen version's digest covers
its references. So every field has one spelling, one type and one place, and whatever CSL-JSON does
not know goes under `custom`.
"""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from .findable import is_identified, suggest_key
from .identifiers import normalise_doi, normalise_pmcid, normalise_pmid
from .refused import ReferenceRefused
from .values import Json, date_of, json_of, names_of, text_of
from .vocabulary import ALIASES, DATES, NAMES, TEXTS, TYPES

__all__ = ["ReferenceRefused", "is_identified", "normalise_csl", "suggest_key"]


def normalise_csl(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return `record` as checked CSL-JSON 1.0 with sorted keys; normalising again changes nothing.

    Fields that say nothing are left out. Fields CSL-JSON does not know move into `custom`, without
    an "x-" in front; what `custom` already says wins over them.

    :raises ReferenceRefused: naming the field and the reason.
    """
    if not isinstance(record, Mapping):
        raise ReferenceRefused("record", "needs an object of CSL-JSON fields.")
    if any(not isinstance(key, str) for key in record):
        raise ReferenceRefused("record", "has a field whose name is not text.")
    csl: dict[str, Any] = {"type": _type(record)}
    for key, value in record.items():
        if normalised := _known(key, value):
            csl[key] = normalised
    for alias, field in ALIASES.items():
        if alias in record and field not in csl and (text := text_of(alias, record[alias])):
            csl[field] = text
    if categories := _categories(record.get("categories")):
        csl["categories"] = categories
    if custom := _custom(record):
        csl["custom"] = custom
    return dict(sorted(csl.items()))


def _type(record: Mapping[str, Any]) -> str:
    kind = text_of("type", record.get("type"))
    if not kind:
        raise ReferenceRefused("type", "is missing.")
    if kind not in TYPES:
        raise ReferenceRefused("type", f"“{kind[:60]}” is not a type of CSL-JSON.")
    return kind


def _known(key: str, value: object) -> object:
    if key in NAMES:
        return names_of(key, value)
    if key in DATES:
        return date_of(key, value)
    if key in TEXTS:
        text = text_of(key, value)
        return _CHECKS[key](text) if text and key in _CHECKS else text
    return None


def _doi(text: str) -> str:
    if (doi := normalise_doi(text)) is None:
        raise ReferenceRefused("DOI", f"“{text[:80]}” is not a DOI.")
    return doi


def _pmid(text: str) -> str:
    if (pmid := normalise_pmid(text)) is None:
        raise ReferenceRefused("PMID", f"“{text[:80]}” is not a PMID.")
    return pmid


def _pmcid(text: str) -> str:
    # In this field a bare number can only be a PMCID.
    number = f"PMC{text}" if text.isdigit() else text
    if (pmcid := normalise_pmcid(number)) is None:
        raise ReferenceRefused("PMCID", f"“{text[:80]}” is not a PMCID.")
    return pmcid


def _url(text: str) -> str:
    try:
        parts = urlsplit(text)
        complete = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        complete = False
    if not complete or " " in text:
        raise ReferenceRefused("URL", f"“{text[:80]}” is not a whole http or https address.")
    return text


_CHECKS: dict[str, Callable[[str], str]] = {
    "DOI": _doi,
    "PMID": _pmid,
    "PMCID": _pmcid,
    "URL": _url,
}


def _categories(value: object) -> list[str]:
    if value is None:
        return []
    if not isinstance(value, list | tuple):
        raise ReferenceRefused("categories", "needs a list.")
    return [text for text in (text_of("categories", item) for item in value) if text]


def _custom(record: Mapping[str, Any]) -> dict[str, Json]:
    given = record.get("custom")
    if given is not None and not isinstance(given, Mapping):
        raise ReferenceRefused("custom", "needs an object.")
    known = {"type", "categories", "custom", *NAMES, *DATES, *TEXTS, *ALIASES}
    strangers = sorted(key for key in record if key not in known)
    custom: dict[str, Json] = {}
    # Later ones win, whatever the record's order: x-fields, then unknown fields, then `custom`.
    for key in sorted(strangers, key=lambda key: not key.startswith("x-")):
        name = text_of("record", key.removeprefix("x-"))
        custom[name or "x-"] = json_of(key, record[key])
    if given is not None:
        kept = json_of("custom", given)
        custom.update(kept if isinstance(kept, dict) else {})
    return dict(sorted(custom.items()))
