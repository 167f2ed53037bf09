"""What was published against a source: recorded, copied to what is the same source, and taken from
what a file or a lookup says.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q

from accounts.models import User
from articles.models import Reference, ReferenceNotice
from articles.references import rules
from articles.references.events import ReferenceEvent
from kernel.action import Action, action
from kernel.errors import NotAllowed
from manuscript.citing.reading import FailedRecord, ReadReference


def insert_notice(
    act: Action[User],
    *,
    reference: Reference,
    kind: str,
    noticed_on: date,
    doi: str = "",
    url: str = "",
    reason: str = "",
) -> ReferenceNotice:
    """Record a notice inside the caller's transaction, without asking who may: against `reference`
    and against every record that was merged with it, so that it shows wherever either is cited.

    :raises ValidationError: if the notice lies in the future or its kind is unknown.
    """
    if noticed_on > act.at.date():
        raise ValidationError({"noticed_on": "A notice cannot be dated in the future."})
    notice = ReferenceNotice(
        reference=reference,
        kind=kind,
        noticed_on=noticed_on,
        doi=doi,
        url=url,
        reason=reason.strip(),
        recorded_by=act.actor,
        recorded_at=act.at,
    )
    notice.full_clean()
    notice.save()
    stands = reference.merged_into or reference
    for other in Reference.objects.filter(Q(pk=stands.pk) | Q(merged_into=stands)):
        if other.pk != reference.pk:
            _copy(act, notice, other)
    act.record(
        ReferenceEvent.NOTICE_RECORDED,
        reference,
        {"notice": notice.pk, "kind": kind, "noticed_on": noticed_on.isoformat()},
    )
    return notice


def copy_notices(act: Action[User], source: Reference, target: Reference) -> None:
    """Record against `target` what is recorded against `source` and not against it yet."""
    known = {_facts(notice) for notice in target.notices.all()}
    for notice in source.notices.order_by("pk"):
        if _facts(notice) not in known:
            _copy(act, notice, target)


def _facts(notice: ReferenceNotice) -> tuple[object, ...]:
    return notice.kind, notice.noticed_on, notice.doi, notice.url, notice.reason


def _copy(act: Action[User], notice: ReferenceNotice, reference: Reference) -> None:
    ReferenceNotice.objects.create(
        reference=reference,
        kind=notice.kind,
        noticed_on=notice.noticed_on,
        doi=notice.doi,
        url=notice.url,
        reason=notice.reason,
        recorded_by=notice.recorded_by,
        recorded_at=act.at,
    )


def record_notice(
    *,
    actor: User,
    reference_id: int,
    kind: str,
    noticed_on: date,
    at: datetime,
    doi: str = "",
    url: str = "",
    reason: str = "",
) -> ReferenceNotice:
    """Record a retraction, correction, concern or reinstatement against a source.

    One person suffices and it shows at once wherever the source is cited.

    :raises NotAllowed: if `actor` may not.
    :raises ValidationError: if the notice lies in the future or its kind is unknown.
    """
    if why_not := rules.why_not_record_notice(actor):
        raise NotAllowed(why_not)
    with action(actor=actor, at=at) as act:
        reference = Reference.objects.select_for_update().get(pk=reference_id)
        return insert_notice(
            act,
            reference=reference,
            kind=kind,
            noticed_on=noticed_on,
            doi=doi,
            url=url,
            reason=reason,
        )


@dataclass(frozen=True)
class Taken:
    """A record of the file and the library's reference for it."""

    read: ReadReference
    reference: Reference


@dataclass(frozen=True)
class ReadNotices:
    """What became of the notices that were read with some sources: recorded with their kind, or failed;
    `left` is the reason where whoever brought them may not record notices.
    """

    recorded: tuple[tuple[Taken, str], ...] = ()
    failed: tuple[FailedRecord, ...] = ()
    left: str = ""


def record_read_notices(act: Action[User], brought: Iterable[Taken]) -> ReadNotices:
    """Record what was read against some sources and is not recorded yet, inside the action."""
    taken = [one for one in brought if one.read.notices]
    if not taken:
        return ReadNotices()
    if reason := rules.why_not_record_notice(act.actor):
        return ReadNotices(left=reason)
    pks = sorted({one.reference.pk for one in taken})
    # Locked as `record_notice` locks, so that two imports do not record one notice twice.
    locked = {
        row.pk: row
        for row in Reference.objects.select_for_update().filter(pk__in=pks).order_by("pk")
    }
    known: dict[int, list[ReferenceNotice]] = {pk: [] for pk in pks}
    for row in ReferenceNotice.objects.filter(reference__in=pks).order_by("pk"):
        known[row.reference_id].append(row)
    recorded: list[tuple[Taken, str]] = []
    failed: list[FailedRecord] = []
    for one in taken:
        present = known[one.reference.pk]
        for notice in one.read.notices:
            if any(_says(row, notice) for row in present):
                continue
            try:
                present.append(_record(act, locked[one.reference.pk], notice))
            except ValidationError as invalid:
                why = f"Its notice ({notice['kind']}) is not recorded: {' '.join(invalid.messages)}"
                failed.append(FailedRecord(one.read.place, why, str(notice["source"]), 0))
            else:
                recorded.append((one, str(notice["kind"])))
    return ReadNotices(tuple(recorded), tuple(failed))


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


def _record(act: Action[User], reference: Reference, notice: Mapping[str, Any]) -> ReferenceNotice:
    day = notice["noticed_on"]
    reason = str(notice["source"])
    if not day:
        reason = f"{reason} (The day of the notice is not known; this is the day of the import.)"
    return insert_notice(
        act,
        reference=reference,
        kind=str(notice["kind"]),
        noticed_on=date.fromisoformat(str(day)) if day else act.at.date(),
        doi=str(notice["doi"]),
        url=str(notice["url"]),
        reason=reason,
    )
