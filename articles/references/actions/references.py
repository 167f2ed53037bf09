"""The shared reference library."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import chain, count
from typing import Any

import reversion
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from accounts.models import User
from articles.models import Edition, Reference, ReferenceNotice
from articles.texts import rules
from articles.texts.actions.authorship import credit_source_change
from kernel import audit, generation
from kernel.canonical import canonical_json, sha256
from kernel.errors import NotAllowed, WrongState
from manuscript.citing.csl import ReferenceRefused, is_identified, normalise_csl, suggest_key
from manuscript.citing.findable import LETTERS, MAX_KEY, title_key


def fields_of(csl: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a Reference that are read from its CSL-JSON.

    :raises ValidationError: if the record cannot be read, naming the field and the reason.
    """
    try:
        record = normalise_csl(csl)
    except ReferenceRefused as exc:
        raise ValidationError({"csl": str(exc)}) from exc
    names = [
        name.get("literal") or " ".join(filter(None, [name.get("given"), name.get("family")]))
        for name in record.get("author", [])
    ]
    parts = record.get("issued", {}).get("date-parts", [[None]])
    return {
        "csl": record,
        "title": record.get("title", ""),
        "title_key": title_key(record.get("title", "")),
        "authors": "; ".join(names),
        "year": parts[0][0] if parts and parts[0] else None,
        "doi": record.get("DOI", ""),
        "pmid": record.get("PMID", ""),
        "is_identified": is_identified(record),
    }


def same_source(fields: Mapping[str, Any], *, but: int | None = None) -> Reference | None:
    """Return the library's reference with the same DOI or PMID, if there is one; for one that was
    merged, the one that stands for it.
    """
    others = Reference.objects.select_related("merged_into")
    for name in ("doi", "pmid"):
        if fields[name] and (row := others.filter(**{name: fields[name]}).first()):
            row = row.merged_into or row
            if row.pk != but:
                return row
    return None


class TakenKeys:
    """Gives out keys that no reference has. Made with the records that need one, so that most of
    what has to be asked is asked in one query.
    """

    def __init__(self, csls: Iterable[Mapping[str, Any]]) -> None:
        self._taken: set[str] = set()
        self._asked: set[str] = set()
        self._ask({suggest_key(csl, ()) for csl in csls})

    def take(self, csl: Mapping[str, Any]) -> str:
        """Return a free key for a record: "johnson-2024", "johnson-2024-b", and where all letters are
        taken one that ends in a part of the record's digest. It is taken from now on.
        """
        first = suggest_key(csl, ())
        self._ask({first})
        seed = sha256(canonical_json(csl))
        likely = [
            *(f"{first[: MAX_KEY - 2]}-{letter}" for letter in LETTERS),
            *(f"{first[: MAX_KEY - 1 - length]}-{seed[:length]}" for length in range(8, 20, 4)),
        ]
        if first in self._taken:
            self._ask(set(likely))
        stem = first[: MAX_KEY - 1 - len(seed)]
        choices = chain(
            [first],
            likely,
            (f"{stem}-{sha256(f'{seed}{number}'.encode())}" for number in count()),
        )
        for key in choices:
            self._ask({key})
            if key not in self._taken:
                self._taken.add(key)
                return key
        raise AssertionError("The choices do not end.")

    def _ask(self, keys: set[str]) -> None:
        """Learn which of `keys` are taken, in one query at most."""
        if new := keys - self._asked:
            self._asked |= new
            self._taken.update(Reference.objects.filter(key__in=new).values_list("key", flat=True))


def insert_references(
    *, actor: User, csls: Sequence[Mapping[str, Any]], at: datetime
) -> list[Reference]:
    """Return the library's reference for each record, in order, storing the new ones inside the
    caller's transaction in a few statements, without asking who may.

    :raises ValidationError: if a record cannot be read; nothing is stored then.
    """
    records = [fields_of(csl) for csl in csls]
    known: dict[tuple[str, str], Reference] = {}
    for name in ("doi", "pmid"):
        wanted = {fields[name] for fields in records if fields[name]}
        if wanted:
            rows = Reference.objects.filter(**{f"{name}__in": wanted})
            for row in rows.select_related("merged_into"):
                known[name, getattr(row, name)] = row.merged_into or row
    taken = TakenKeys(fields["csl"] for fields in records)
    found: list[Reference] = []
    new: list[Reference] = []
    for fields in records:
        names = [(name, fields[name]) for name in ("doi", "pmid") if fields[name]]
        same = next((known[name] for name in names if name in known), None)
        if same is None:
            same = Reference(key=taken.take(fields["csl"]), added_by=actor, added_at=at, **fields)
            same.clean_fields(exclude=["csl", "added_by"])
            new.append(same)
            known.update(dict.fromkeys(names, same))
        found.append(same)
    if new:
        with reversion.create_revision():
            Reference.objects.bulk_create(new)
            for row in new:
                reversion.add_to_revision(row)
            reversion.set_user(actor)
            reversion.set_date_created(at)
        audit.record(
            actor=actor,
            action="articles.references.added",
            subject=new[0],
            at=at,
            data={"keys": [row.key for row in new]},
        )
    return found


def insert_reference(
    *, actor: User, csl: Mapping[str, Any], at: datetime, key: str = ""
) -> Reference:
    """Store a new reference inside the caller's transaction, without asking who may.

    :raises ValidationError: if the record cannot be read.
    :raises WrongState: if the library has the same source.
    """
    fields = fields_of(csl)
    if existing := same_source(fields):
        raise WrongState(
            f"The library has this source already, as “{existing.key}”.", current=existing.key
        )
    key = key or TakenKeys([fields["csl"]]).take(fields["csl"])
    with reversion.create_revision():
        reference = Reference(key=key, added_by=actor, added_at=at, **fields)
        reference.full_clean(exclude=["csl"])
        reference.save()
        reversion.set_user(actor)
        reversion.set_date_created(at)
    audit.record(
        actor=actor,
        action="articles.reference.added",
        subject=reference,
        at=at,
        data={"key": key, "doi": fields["doi"], "pmid": fields["pmid"]},
    )
    return reference


def add_reference(*, actor: User, csl: Mapping[str, Any], at: datetime, key: str = "") -> Reference:
    """Add a source to the library. `key` is made from its authors and year unless given.

    :raises NotAllowed: if `actor` does not keep references.
    :raises ValidationError: if the record cannot be read.
    :raises WrongState: if the library has the same DOI or PMID; `current` is its key.
    """
    if reason := rules.why_not_keep_references(actor):
        raise NotAllowed(reason)
    with transaction.atomic(durable=True):
        return insert_reference(actor=actor, csl=csl, at=at, key=key)


def change_reference(
    *, actor: User, reference_id: int, csl: Mapping[str, Any], at: datetime
) -> Reference:
    """Correct a source's record. Drafts follow; Versions keep it as it was frozen.

    It changes what every draft that cites the source says, so it counts as a contribution to
    each of them (law 5).

    :raises NotAllowed: if `actor` does not keep references.
    :raises ValidationError: if the record cannot be read.
    :raises WrongState: if another reference has the same DOI or PMID.
    """
    if reason := rules.why_not_keep_references(actor):
        raise NotAllowed(reason)
    fields = fields_of(csl)
    with transaction.atomic(durable=True):
        # Editions first, as everywhere; none of them is frozen while its source changes.
        citing = Edition.objects.filter(citations__reference=reference_id).order_by("pk")
        drafts = list(Edition.objects.select_for_update().filter(pk__in=citing).order_by("pk"))
        return change_locked_reference(
            actor=actor, reference_id=reference_id, fields=fields, drafts=drafts, at=at
        )


def change_locked_reference(
    *,
    actor: User,
    reference_id: int,
    fields: Mapping[str, Any],
    drafts: Sequence[Edition],
    at: datetime,
) -> Reference:
    """Change a reference inside the caller's transaction, which has locked the `drafts` that cite it.

    :raises WrongState: if it was merged into another, or another has the same DOI or PMID.
    """
    reference = Reference.objects.select_for_update().get(pk=reference_id)
    if reference.csl == fields["csl"]:
        return reference
    if reference.merged_into_id is not None:
        raise WrongState("This reference was merged into another.", current=reference.key)
    if existing := same_source(fields, but=reference.pk):
        raise WrongState(
            f"“{existing.key}” is the same source; the two can be merged.", current=existing.key
        )
    before = reference.csl
    with reversion.create_revision():
        for name, value in fields.items():
            setattr(reference, name, value)
        reference.save()
        reversion.set_user(actor)
        reversion.set_date_created(at)
    credit_source_change(drafts, user=actor, at=at)
    audit.record(
        actor=actor,
        action="articles.reference.changed",
        subject=reference,
        at=at,
        data={"key": reference.key, "before": before, "after": fields["csl"]},
    )
    return reference


def insert_notice(
    *,
    actor: User,
    reference: Reference,
    kind: str,
    noticed_on: date,
    at: datetime,
    doi: str = "",
    url: str = "",
    reason: str = "",
) -> ReferenceNotice:
    """Record a notice inside the caller's transaction, without asking who may: against `reference`
    and against every record that was merged with it, so that it shows wherever either is cited.

    :raises ValidationError: if the notice lies in the future or its kind is unknown.
    """
    if noticed_on > at.date():
        raise ValidationError({"noticed_on": "A notice cannot be dated in the future."})
    notice = ReferenceNotice(
        reference=reference,
        kind=kind,
        noticed_on=noticed_on,
        doi=doi,
        url=url,
        reason=reason.strip(),
        recorded_by=actor,
        recorded_at=at,
    )
    notice.full_clean()
    notice.save()
    stands = reference.merged_into or reference
    for other in Reference.objects.filter(Q(pk=stands.pk) | Q(merged_into=stands)):
        if other.pk != reference.pk:
            _copy(notice, other, at=at)
    generation.advance()
    audit.record(
        actor=actor,
        action="articles.reference.notice_recorded",
        subject=reference,
        at=at,
        data={"notice": notice.pk, "kind": kind, "noticed_on": noticed_on.isoformat()},
    )
    return notice


def copy_notices(source: Reference, target: Reference, *, at: datetime) -> None:
    """Record against `target` what is recorded against `source` and not against it yet."""
    known = {_facts(notice) for notice in target.notices.all()}
    for notice in source.notices.order_by("pk"):
        if _facts(notice) not in known:
            _copy(notice, target, at=at)


def _facts(notice: ReferenceNotice) -> tuple[object, ...]:
    return notice.kind, notice.noticed_on, notice.doi, notice.url, notice.reason


def _copy(notice: ReferenceNotice, reference: Reference, *, at: datetime) -> None:
    ReferenceNotice.objects.create(
        reference=reference,
        kind=notice.kind,
        noticed_on=notice.noticed_on,
        doi=notice.doi,
        url=notice.url,
        reason=notice.reason,
        recorded_by=notice.recorded_by,
        recorded_at=at,
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
    with transaction.atomic(durable=True):
        reference = Reference.objects.select_for_update().get(pk=reference_id)
        return insert_notice(
            actor=actor,
            reference=reference,
            kind=kind,
            noticed_on=noticed_on,
            at=at,
            doi=doi,
            url=url,
            reason=reason,
        )
