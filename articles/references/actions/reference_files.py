"""A file of references goes into the shared library."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import reversion
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from articles.models import Reference, ReferenceNotice
from articles.references.actions.references import fields_of, insert_notice
from articles.texts import rules
from kernel import audit
from kernel.errors import NotAllowed, WrongState
from manuscript.citing.csl import suggest_key
from manuscript.citing.reading import FailedRecord, ReadReference, ReadReferences
from manuscript.citing.reading.checks import says_something

_BATCH = 500
_NOT_STORED = ["csl", "merged_into", "added_by"]


@dataclass(frozen=True)
class Taken:
    """A record of the file and the library's reference for it."""

    read: ReadReference
    reference: Reference


@dataclass(frozen=True)
class MergeProposal:
    """Two references that share title and year. Two papers can; a person decides.

    `is_likely` says whether their authors are the same as well.
    """

    read: ReadReference
    reference: Reference
    other: Reference
    is_likely: bool


@dataclass(frozen=True)
class ImportOutcome:
    """What an import did, or in a dry run what it would do. Rows of a dry run are not saved."""

    added: tuple[Taken, ...] = ()
    already_there: tuple[Taken, ...] = ()
    noticed: tuple[tuple[Taken, str], ...] = ()
    proposals: tuple[MergeProposal, ...] = ()
    failed: tuple[FailedRecord, ...] = ()
    notices_left: str = ""


@dataclass(frozen=True)
class _Readable:
    read: ReadReference
    fields: Mapping[str, Any]


def import_references(
    *, actor: User, read: ReadReferences, at: datetime, dry_run: bool = False
) -> ImportOutcome:
    """Add a file's references to the library and record the notices it holds, all or nothing.

    A source that the library has by DOI or PMID, or word for word, is left as it is. The same
    title and year is only proposed for merging. A record that cannot be stored is among `failed`
    with the file's own failures; the others are stored. Importing a file twice adds nothing.

    A notice whose own day the file does not say is dated with the day of the import, and says so.
    `notices_left` is the reason where `actor` may not record notices.

    :raises NotAllowed: if `actor` does not keep references.
    :raises WrongState: if somebody added one of the sources at the same moment.
    """
    if reason := rules.why_not_keep_references(actor):
        raise NotAllowed(reason)
    readable, failed = _readable(read)
    try:
        with transaction.atomic(durable=True):
            outcome = _sorted_out(actor, readable, at)
            outcome = replace(outcome, failed=(*read.failed, *failed))
            if dry_run:
                return outcome
            _store(actor, outcome.added, at)
            return _with_notices(actor, outcome, at)
    except IntegrityError as exc:
        raise WrongState(
            "Somebody added one of these sources at the same moment. Import the file again.",
            current="",
        ) from exc


def _readable(read: ReadReferences) -> tuple[list[_Readable], list[FailedRecord]]:
    readable, failed = [], []
    for one in read.references:
        if not says_something(one.csl):
            why = "It names no source: neither title, identifier, address nor person."
            failed.append(FailedRecord(one.place, why, _words(one), one.record))
            continue
        try:
            fields = fields_of(one.csl)
            Reference(**fields).clean_fields(exclude=[*_NOT_STORED, "key", "added_at"])
        except ValidationError as invalid:
            failed.append(
                FailedRecord(one.place, " ".join(invalid.messages), _words(one), one.record)
            )
        else:
            readable.append(_Readable(one, fields))
    return readable, failed


def _words(one: ReadReference) -> str:
    fields = ("title", "DOI", "PMID", "URL", "note", "abstract", "type")
    return next(str(one.csl[field]) for field in fields if one.csl.get(field))[:500]


def _batches(values: Iterable[str]) -> Iterator[list[str]]:
    wanted = sorted(set(values))
    for start in range(0, len(wanted), _BATCH):
        yield wanted[start : start + _BATCH]


def _known(readable: Sequence[_Readable], name: str) -> dict[str, list[Reference]]:
    """Return the library's references by DOI, PMID or title key, merged ones by what stands for them."""
    known: dict[str, list[Reference]] = {}
    # Untitled sources are looked up too: the same words without a title are the same source.
    wanted = (one.fields[name] for one in readable)
    for batch in _batches(value for value in wanted if value or name == "title_key"):
        rows = Reference.objects.filter(**{f"{name}__in": batch}).select_related("merged_into")
        for row in rows.order_by("pk"):
            known.setdefault(getattr(row, name), []).append(row.merged_into or row)
    return known


def _sorted_out(actor: User, readable: Sequence[_Readable], at: datetime) -> ImportOutcome:
    by_id = {name: _known(readable, name) for name in ("doi", "pmid")}
    by_title = _known(readable, "title_key")
    keys = set(Reference.objects.values_list("key", flat=True)) if readable else set()
    added, already, proposals = [], [], []
    for one in readable:
        alike = by_title.setdefault(one.fields["title_key"], [])
        same = [row for name in by_id for row in by_id[name].get(one.fields[name] or "-", [])]
        same += [row for row in alike if row.csl == one.fields["csl"]]
        if same:
            already.append(Taken(one.read, same[0]))
            continue
        key = suggest_key(one.fields["csl"], keys)
        keys.add(key)
        row = Reference(key=key, added_by=actor, added_at=at, **one.fields)
        added.append(Taken(one.read, row))
        for other in alike:
            if row.title_key and _may_be_one(row, other):
                likely = bool(row.authors) and row.authors == other.authors
                proposals.append(MergeProposal(one.read, row, other, likely))
        for name, rows in by_id.items():
            if one.fields[name]:
                rows.setdefault(one.fields[name], []).append(row)
        alike.append(row)
    return ImportOutcome(tuple(added), tuple(already), proposals=tuple(proposals))


def _may_be_one(row: Reference, other: Reference) -> bool:
    """Whether two references of one title share the year and contradict each other in no identifier."""
    differ = any(
        getattr(row, name) and getattr(other, name) and getattr(row, name) != getattr(other, name)
        for name in ("doi", "pmid")
    )
    return row.year == other.year and not differ


def _store(actor: User, added: Sequence[Taken], at: datetime) -> None:
    """Insert the references in a few statements: one revision, one audit entry each."""
    rows = [taken.reference for taken in added]
    if not rows:
        return
    with reversion.create_revision():
        Reference.objects.bulk_create(rows, batch_size=_BATCH)
        for row in rows:
            reversion.add_to_revision(row)
        reversion.set_user(actor)
        reversion.set_date_created(at)
    for row in rows:
        audit.record(
            actor=actor,
            action="articles.reference.added",
            subject=row,
            at=at,
            data={"key": row.key, "doi": row.doi, "pmid": row.pmid},
        )


def _with_notices(actor: User, outcome: ImportOutcome, at: datetime) -> ImportOutcome:
    """Record what the file holds against its sources and is not recorded yet."""
    taken = [one for one in (*outcome.added, *outcome.already_there) if one.read.notices]
    if not taken:
        return outcome
    if reason := rules.why_not_record_notice(actor):
        return replace(outcome, notices_left=reason)
    pks = sorted({one.reference.pk for one in taken})
    # Locked as `record_notice` locks, so that two imports do not record one notice twice.
    locked = {
        row.pk: row
        for row in Reference.objects.select_for_update().filter(pk__in=pks).order_by("pk")
    }
    known: dict[int, list[ReferenceNotice]] = {pk: [] for pk in pks}
    for row in ReferenceNotice.objects.filter(reference__in=pks).order_by("pk"):
        known[row.reference_id].append(row)
    noticed, failed = [], []
    for one in taken:
        recorded = known[one.reference.pk]
        for notice in one.read.notices:
            if any(_says(row, notice) for row in recorded):
                continue
            try:
                recorded.append(_record(actor, locked[one.reference.pk], notice, at))
            except ValidationError as invalid:
                why = f"Its notice ({notice['kind']}) is not recorded: {' '.join(invalid.messages)}"
                failed.append(FailedRecord(one.read.place, why, str(notice["source"]), 0))
            else:
                noticed.append((one, str(notice["kind"])))
    return replace(outcome, noticed=tuple(noticed), failed=(*outcome.failed, *failed))


def _says(row: ReferenceNotice, notice: Mapping[str, Any]) -> bool:
    """Whether a recorded notice is this one: the same kind, and the same DOI, day or address.

    A notice that says nothing but its kind is recorded where any of its kind is.
    """
    if row.kind != notice["kind"]:
        return False
    day = notice["noticed_on"]
    if not (day or notice["doi"] or notice["url"]):
        return True
    return bool(
        (notice["doi"] and row.doi == notice["doi"])
        or (day and row.noticed_on.isoformat() == str(day))
        or (notice["url"] and row.url == notice["url"])
    )


def _record(
    actor: User, reference: Reference, notice: Mapping[str, Any], at: datetime
) -> ReferenceNotice:
    day = notice["noticed_on"]
    reason = str(notice["source"])
    if not day:
        reason = f"{reason} (The day of the notice is not known; this is the day of the import.)"
    return insert_notice(
        actor=actor,
        reference=reference,
        kind=str(notice["kind"]),
        noticed_on=date.fromisoformat(str(day)) if day else at.date(),
        at=at,
        doi=str(notice["doi"]),
        url=str(notice["url"]),
        reason=reason,
    )
