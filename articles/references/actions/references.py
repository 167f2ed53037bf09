"""The shared reference library."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import reversion
from django.core.exceptions import ValidationError

from accounts.models import User
from articles.models import Edition, Reference, ReferenceChange
from articles.references import rules
from articles.references.actions.keys import TakenKeys
from articles.references.events import ReferenceEvent
from articles.texts.actions.authorship import credit_source_change
from kernel.action import Action, action
from kernel.errors import NotAllowed, WrongState
from manuscript.citing.csl import ReferenceRefused, is_identified, normalise_csl
from manuscript.citing.findable import title_key


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


def insert_references(act: Action[User], *, csls: Sequence[Mapping[str, Any]]) -> list[Reference]:
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
            same = Reference(
                key=taken.take(fields["csl"]), added_by=act.actor, added_at=act.at, **fields
            )
            same.clean_fields(exclude=["csl", "added_by"])
            new.append(same)
            known.update(dict.fromkeys(names, same))
        found.append(same)
    if new:
        with reversion.create_revision():
            Reference.objects.bulk_create(new)
            for row in new:
                reversion.add_to_revision(row)
            reversion.set_user(act.actor)
            reversion.set_date_created(act.at)
        act.record(ReferenceEvent.ADDED_TOGETHER, new[0], {"keys": [row.key for row in new]})
    return found


def insert_reference(act: Action[User], *, csl: Mapping[str, Any], key: str = "") -> Reference:
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
        reference = Reference(key=key, added_by=act.actor, added_at=act.at, **fields)
        reference.full_clean(exclude=["csl"])
        reference.save()
        reversion.set_user(act.actor)
        reversion.set_date_created(act.at)
    act.record(
        ReferenceEvent.ADDED, reference, {"key": key, "doi": fields["doi"], "pmid": fields["pmid"]}
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
    with action(actor=actor, at=at) as act:
        return insert_reference(act, csl=csl, key=key)


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
    with action(actor=actor, at=at) as act:
        # Editions first, as everywhere; none of them is frozen while its source changes.
        citing = Edition.objects.filter(citations__reference=reference_id).order_by("pk")
        drafts = list(Edition.objects.select_for_update().filter(pk__in=citing).order_by("pk"))
        return change_locked_reference(act, reference_id=reference_id, fields=fields, drafts=drafts)


def change_locked_reference(
    act: Action[User], *, reference_id: int, fields: Mapping[str, Any], drafts: Sequence[Edition]
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
        reversion.set_user(act.actor)
        reversion.set_date_created(act.at)
    credit_source_change(act, drafts)
    ReferenceChange.objects.create(reference=reference, changed_by=act.actor, changed_at=act.at)
    act.record(
        ReferenceEvent.CHANGED,
        reference,
        {"key": reference.key, "before": before, "after": fields["csl"]},
    )
    return reference
