"""Which source somebody means: what was typed is read, the library is searched, Crossref is asked.

Nothing here writes, and nothing decides: two papers can share a title and a year, so candidates come with
a score and its reasons, and a person says which one it is.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Case, F, IntegerField, Q, TextField, Value, When
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from articles.models import Reference
from articles.references.actions.references import fields_of, same_source
from articles.references.lookups import LookupFailed, Lookups
from articles.texts.checks.web_pages import address_of, spellings
from manuscript.citing.findable import title_key
from manuscript.citing.identifiers import normalise_doi, normalise_pmid
from manuscript.citing.matching import LIKELY, match, title_key_of_any_length
from manuscript.citing.reading import ReadReference
from manuscript.importing.sources import read_source

MOST = 5
WORTH_SHOWING = 20
LONGEST = 4000
_WORDS = re.compile(r"[^\W\d_]{4,}")
_ADDRESS = re.compile(r"https?://\S+|\b10\.\d{4,9}/\S+")
_ASKED_WORDS = 6
_LOOKED_AT = 40
_A_TITLE = 20
_SAME_ADDRESS = 90


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A source that may be meant: in the library (`reference`), or found elsewhere (`read`)."""

    csl: Mapping[str, Any]
    score: int
    reasons: tuple[str, ...]
    reference: Reference | None = None
    read: ReadReference | None = None

    @property
    def is_likely(self) -> bool:
        """Whether more speaks for it than a common word."""
        return self.score >= LIKELY


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What somebody typed of a source. `is_bare` says that it is an identifier and nothing else."""

    text: str
    csl: dict[str, Any]
    is_bare: bool = False

    @property
    def identifier(self) -> str:
        """Return the DOI or PMID in it, or nothing."""
        return str(self.csl.get("DOI") or self.csl.get("PMID") or "")


@dataclass(frozen=True, kw_only=True)
class Found:
    """What there is about what was typed.

    `existing`: the library has it. `read`: the record behind the identifier, with `doubts` where it looks unlike what
    was typed. `candidates`: sources that may be meant. `problem`: why nobody outside was asked, or what they said.
    """

    typed: Typed
    existing: Reference | None = None
    read: ReadReference | None = None
    doubts: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    problem: str = ""
    warnings: tuple[str, ...] = field(default=())


def read_typed(text: str) -> Typed:
    """Return a DOI, a PMID or a citation as CSL-JSON that the library can keep."""
    text = " ".join(text.split())[:LONGEST]
    if doi := normalise_doi(text):
        return Typed(text=text, csl={"type": "article-journal", "DOI": doi}, is_bare=True)
    if pmid := normalise_pmid(text):
        return Typed(text=text, csl={"type": "article-journal", "PMID": pmid}, is_bare=True)
    csl, _identified = read_source(text)
    for name, normalise in (("DOI", normalise_doi), ("PMID", normalise_pmid)):
        if name in csl and not normalise(str(csl[name])):
            del csl[name]
    try:
        fields_of(csl)
    except ValidationError:
        csl = {"type": "document", "note": text}
    return Typed(text=text, csl=csl)


def find(text: str, lookups: Lookups) -> Found:
    """Return what the library, and Crossref or PubMed where the site asks them, know of what was typed."""
    typed = read_typed(text)
    if typed.identifier:
        if existing := same_source(fields_of(typed.csl)):
            return Found(typed=typed, existing=existing, doubts=_doubts(typed, existing.csl))
        try:
            read = lookups.lookup(typed.identifier)
            fields = fields_of(read.csl)
        except LookupFailed as exc:
            return _searched(typed, None, problem=str(exc))
        except ValidationError as exc:
            return _searched(typed, None, problem=" ".join(exc.messages))
        return Found(
            typed=typed,
            read=read,
            existing=same_source(fields),
            doubts=_doubts(typed, read.csl),
            warnings=warnings_of(read),
        )
    return _searched(typed, lookups)


def warnings_of(read: ReadReference) -> tuple[str, ...]:
    """Return what to look at in a record before it is added."""
    missing = (
        ("title", _("The record has no title.")),
        ("author", _("The record names no author.")),
        ("issued", _("The record has no year.")),
    )
    return tuple(words for name, words in missing if not read.csl.get(name))


def _searched(typed: Typed, lookups: Lookups | None, *, problem: str = "") -> Found:
    candidates = from_library(typed.csl)
    if lookups is not None and not problem:
        try:
            candidates += from_crossref(typed.csl, lookups)
        except LookupFailed as exc:
            problem = str(exc)
    return Found(typed=typed, candidates=best(candidates), problem=problem)


def _doubts(typed: Typed, csl: Mapping[str, Any]) -> tuple[str, ...]:
    """Return why the record behind an identifier may not be what the rest of the citation describes."""
    if typed.is_bare:
        return ()
    without = {name: value for name, value in typed.csl.items() if name not in {"DOI", "PMID"}}
    if "note" not in without and "title" not in without:
        return ()
    if title_key(str(csl.get("title", ""))) in _folded(without) or match(without, csl).score >= 40:
        return ()
    return (
        _("What is behind %(identifier)s looks unlike what was typed. Compare before you take it.")
        % {"identifier": typed.identifier},
    )


def words_of(csl: Mapping[str, Any]) -> str:
    """Return a source in words, as Crossref is asked: as it was typed, else who, what, where and when."""
    if note := str(csl.get("note", "")).strip():
        return note
    people = [
        str(name.get("family") or name.get("literal") or "") for name in csl.get("author", [])
    ]
    issued = (csl.get("issued", {}).get("date-parts") or [[""]])[0]
    parts = [" ".join(people[:3]), csl.get("title", ""), csl.get("container-title", "")]
    return " ".join(str(part) for part in (*parts, *issued[:1]) if part)


def from_library(csl: Mapping[str, Any], *, but: int | None = None) -> list[Candidate]:
    """Return at most five references in use that may be the source `csl` describes, likeliest first. Two queries."""
    rows = Reference.objects.in_use().exclude(pk=but or 0).prefetch_related("notices")
    address = address_of(csl)
    exact = Q(pk__in=[])
    for name in ("DOI", "PMID"):
        if csl.get(name):
            exact |= Q(**{name.lower(): str(csl[name]).lower()})
    if address:
        exact |= Q(csl__URL__in=spellings(address))
    if key := title_key(str(csl.get("title", ""))):
        exact |= Q(title_key=key)
    near = rows.annotate(
        typed=Value(_folded(csl), output_field=TextField()),
        shared=_shared(csl),
        title_length=Length("title_key"),
    )
    stands = Q(title_length__gte=_A_TITLE, typed__contains=F("title_key"))
    near = near.filter(exact | stands | Q(shared__gte=2))
    found = near.order_by(Case(When(exact | stands, then=0), default=1), "-shared", "-pk")
    scored = []
    for row in found[:_LOOKED_AT]:
        likeness = match(csl, row.csl)
        score, reasons = likeness.score, likeness.reasons
        if address and row.csl.get("URL") in spellings(address):
            score, reasons = max(score, _SAME_ADDRESS), (_("The same web address."), *reasons)
        scored.append(Candidate(csl=row.csl, score=score, reasons=reasons, reference=row))
    return list(best(scored)[:MOST])


def _shared(csl: Mapping[str, Any]) -> Any:
    """Return the expression that counts how many of the longest words of `csl` a reference's title has."""
    said = _ADDRESS.sub(" ", f"{csl.get('title', '')} {csl.get('note', '')}")
    words = sorted(
        {word.casefold() for word in _WORDS.findall(said)}, key=lambda word: (-len(word), word)
    )
    total: Any = Value(0, output_field=IntegerField())
    for word in words[:_ASKED_WORDS]:
        total += Case(When(title__icontains=word, then=1), default=0, output_field=IntegerField())
    return total


def _folded(csl: Mapping[str, Any]) -> str:
    return title_key_of_any_length(f"{csl.get('note', '')} {csl.get('title', '')}")


def from_crossref(csl: Mapping[str, Any], lookups: Lookups) -> list[Candidate]:
    """Return what Crossref finds for a source in words; what the library has of it is said to be there.

    :raises LookupFailed: where it is not asked or does not answer.
    """
    answers = lookups.suggest(words_of(csl))
    dois = [str(one.csl["DOI"]) for one in answers if one.csl.get("DOI")]
    rows = Reference.objects.filter(doi__in=dois).select_related("merged_into")
    known = {row.doi: row.merged_into or row for row in rows.prefetch_related("notices")}
    found = []
    for one in answers:
        likeness = match(csl, one.csl)
        reference = known.get(str(one.csl.get("DOI", "")))
        found.append(
            Candidate(
                csl=one.csl,
                score=likeness.score,
                reasons=likeness.reasons,
                reference=reference,
                read=None if reference else one,
            )
        )
    return found


def _rank(one: Candidate) -> tuple[int, bool, bool]:
    """Sort by score; alike, what the library has comes first, and what is identified before what is not."""
    is_vague = one.reference is not None and not one.reference.is_identified
    return -one.score, is_vague, one.reference is None


def best(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return the candidates worth showing, likeliest first, each source once."""
    ordered = sorted(candidates, key=_rank)
    seen: set[object] = set()
    kept = []
    for one in ordered:
        same = one.reference.pk if one.reference else str(one.csl.get("DOI") or id(one))
        if one.score >= WORTH_SHOWING and same not in seen:
            seen.add(same)
            kept.append(one)
    return tuple(kept[: 2 * MOST])
