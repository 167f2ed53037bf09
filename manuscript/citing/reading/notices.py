"""Notices against a source: retraction, concern, correction, reinstatement, from what files say."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from manuscript.citing.identifiers import normalise_doi, normalise_pmid
from manuscript.citing.reading import dates

RETRACTION = "RETRACTION"
EXPRESSION_OF_CONCERN = "EXPRESSION_OF_CONCERN"
CORRECTION = "CORRECTION"
REINSTATEMENT = "REINSTATEMENT"
WORST_FIRST = (RETRACTION, EXPRESSION_OF_CONCERN, CORRECTION, REINSTATEMENT)

_KINDS = {
    "retraction": RETRACTION,
    "partial retraction": RETRACTION,
    "retraction in part": RETRACTION,
    "retracted and republished": RETRACTION,
    "retraction and replacement": RETRACTION,
    "removal": RETRACTION,
    "withdrawal": RETRACTION,
    "expression of concern": EXPRESSION_OF_CONCERN,
    "correction": CORRECTION,
    "corrected and republished": CORRECTION,
    "corrigendum": CORRECTION,
    "erratum": CORRECTION,
    "addendum": CORRECTION,
    "clarification": CORRECTION,
    "reinstatement": REINSTATEMENT,
}
_NO_NOTICE = {"new version", "new edition", "update"}
_DOI = re.compile(r"\bdoi:\s*(10\.\S+)", re.IGNORECASE)
_PMID = re.compile(r"\bPMID:\s*(\d{1,9})", re.IGNORECASE)
_DATED = re.compile(r"\.\s*((?:1[89]|20)\d\d(?:\s+[A-Z][a-z]{2}[a-z]*(?:[ -][\w]+)?)?)\s*[;:.,]")
_LABEL = re.compile(r"^[A-Z][A-Za-z ]{3,40} (?:in|of|for|from):\s*")


def kind_of(text: str) -> str | None:
    """Return the kind of notice a registry's word means: "partial_retraction", "Erratum".

    :returns: None for a new version or for a word not known.
    """
    return _KINDS.get(_words(text))


def is_known(text: str) -> bool:
    """Whether a registry's word for an update is one we know, notice or not."""
    return _words(text) in _KINDS or _words(text) in _NO_NOTICE


def notice(
    kind: str, *, noticed_on: str | None = None, doi: str = "", url: str = "", source: str = ""
) -> dict[str, Any]:
    """Return one notice. `noticed_on` is a whole day in ISO form or None: no day is made up."""
    return {
        "kind": kind,
        "noticed_on": noticed_on,
        "doi": (normalise_doi(doi) or "") if doi else "",
        "url": url,
        "source": " ".join(source.split())[:500],
    }


def from_pubmed_citation(kind: str, text: str, pmid: str = "") -> dict[str, Any]:
    """Return the notice that PubMed cites: "Lancet. 2010 Feb 6;375(9713):445. PMID: 20137807"."""
    text = _LABEL.sub("", " ".join(text.split()))
    doi = _DOI.search(text)
    found = _PMID.search(text)
    number = normalise_pmid(pmid or (found[1] if found else ""))
    dated = _DATED.search(text)
    return notice(
        kind,
        noticed_on=dates.whole_day(dates.read_date(dated[1])) if dated else None,
        doi=doi[1].rstrip(".,;") if doi else "",
        url=f"https://pubmed.ncbi.nlm.nih.gov/{number}/" if number else "",
        source=f"PubMed: {text}" if text else "PubMed",
    )


def worst_first(found: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return notices without repetitions, the gravest kind first and the newest of a kind first."""
    unique: list[Mapping[str, Any]] = []
    for one in found:
        if one not in unique:
            unique.append(one)
    unique.sort(key=lambda one: one["noticed_on"] or "", reverse=True)
    return sorted(unique, key=lambda one: WORST_FIRST.index(one["kind"]))


def status(found: Iterable[Mapping[str, Any]]) -> str:
    """Return the kind that stands: the worst, unless a reinstatement of that day or later clears a retraction.

    :returns: "" where there is no notice.
    """
    rows = worst_first(found)
    newest_reinstatement = max(
        (one["noticed_on"] or "" for one in rows if one["kind"] == REINSTATEMENT), default=""
    )
    for one in rows:
        cleared = newest_reinstatement and newest_reinstatement >= (one["noticed_on"] or "9999")
        if not (cleared and one["kind"] in {RETRACTION, EXPRESSION_OF_CONCERN}):
            return str(one["kind"])
    return ""


def _words(text: str) -> str:
    return " ".join(re.split(r"[\s_\-‐‑–]+", text.strip().lower()))


class PubMedStatus:
    """What PubMed's publication types and links together say of one record.

    A record of type "Retraction of Publication" is the notice, not the retracted paper; it is
    only retracted itself where it also carries "Retracted Publication".
    """

    IN = {
        "retractionin": RETRACTION,
        "partialretractionin": RETRACTION,
        "retractedandrepublishedin": RETRACTION,
        "expressionofconcernin": EXPRESSION_OF_CONCERN,
        "erratumin": CORRECTION,
        "correctedandrepublishedin": CORRECTION,
    }
    NBIB = {
        "RIN": RETRACTION,
        "PRIN": RETRACTION,
        "RRI": RETRACTION,
        "ECI": EXPRESSION_OF_CONCERN,
        "EIN": CORRECTION,
        "CRI": CORRECTION,
    }
    OF = {
        "retractionof": "a retraction",
        "partialretractionof": "a retraction",
        "expressionofconcernfor": "an expression of concern",
        "erratumfor": "a correction",
    }
    _TYPES = {
        "retraction of publication": "a retraction",
        "retraction notice": "a retraction",
        "expression of concern": "an expression of concern",
        "published erratum": "a correction",
    }

    def __init__(self, publication_types: Iterable[str]) -> None:
        types = {one.strip().lower() for one in publication_types}
        self.retracted = "retracted publication" in types
        self.notice_of = next((self._TYPES[one] for one in self._TYPES if one in types), "")
        self.found: list[Mapping[str, Any]] = []

    def link(self, kind: str, text: str, pmid: str = "") -> None:
        """Add a notice that the record links to."""
        self.found.append(from_pubmed_citation(kind, text, pmid))

    def notices(self) -> list[Mapping[str, Any]]:
        """Return the notices against this record."""
        found = list(self.found)
        if self.notice_of in {"a retraction", "an expression of concern"} and not self.retracted:
            found = [one for one in found if one["kind"] == CORRECTION]
        if self.retracted and not any(one["kind"] == RETRACTION for one in found):
            found.append(notice(RETRACTION, source="PubMed: Retracted Publication"))
        return worst_first(found)
