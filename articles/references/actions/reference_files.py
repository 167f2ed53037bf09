"""A file of references goes into the shared library."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import reversion
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from accounts.models import User
from articles.models import Reference
from articles.references import rules
from articles.references.actions.notices import Taken, record_read_notices
from articles.references.actions.references import fields_of
from articles.references.events import ReferenceEvent
from kernel.action import Action, action
from kernel.errors import NotAllowed, WrongState
from manuscript.citing.csl import suggest_key
from manuscript.citing.reading import FailedRecord, ReadReference, ReadReferences
from manuscript.citing.reading.checks import says_something

_BATCH = 500
_NOT_STORED = ["csl", "merged_into", "added_by"]


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
        with action(actor=actor, at=at) as act:
            outcome = _sorted_out(act, readable)
            outcome = replace(outcome, failed=(*read.failed, *failed))
            if dry_run:
                return outcome
            _store(act, outcome.added)
            notices = record_read_notices(act, (*outcome.added, *outcome.already_there))
            return replace(
                outcome,
                noticed=notices.recorded,
                failed=(*outcome.failed, *notices.failed),
                notices_left=notices.left,
            )
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


def _sorted_out(act: Action[User], readable: Sequence[_Readable]) -> ImportOutcome:
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
        row = Reference(key=key, added_by=act.actor, added_at=act.at, **one.fields)
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


def _store(act: Action[User], added: Sequence[Taken]) -> None:
    """Insert the references in a few statements: one revision, one audit entry each."""
    rows = [taken.reference for taken in added]
    if not rows:
        return
    with reversion.create_revision():
        Reference.objects.bulk_create(rows, batch_size=_BATCH)
        for row in rows:
            reversion.add_to_revision(row)
        reversion.set_user(act.actor)
        reversion.set_date_created(act.at)
    for row in rows:
        act.record(ReferenceEvent.ADDED, row, {"key": row.key, "doi": row.doi, "pmid": row.pmid})
