"""Two records of one source become one. Drafts are rewritten; Versions never."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import reversion
from django.db import transaction

from accounts.models import User
from articles.models import Contribution, Edition, Reference
from articles.references.actions.references import (
    change_locked_reference,
    copy_notices,
    fields_of,
    same_source,
)
from articles.texts import rules
from articles.texts.actions.citations import settle_citations
from articles.texts.actions.locking import lock_edition
from articles.texts.actions.recite import recite
from kernel import audit, generation
from kernel.errors import NotAllowed, WrongState


def merge_references(*, actor: User, reference_id: int, into_id: int, at: datetime) -> Reference:
    """Let the reference `into_id` stand for `reference_id`, which was found to be the same source.

    Every draft that cites the one cites the other from now on, as a save of its own with a note.
    Versions stay as they were frozen; the merged record stays behind them, and notices against either
    are recorded against both.

    :raises NotAllowed: if `actor` does not keep references.
    :raises WrongState: if either was merged before, or they are one already.
    """
    if reason := rules.why_not_keep_references(actor):
        raise NotAllowed(reason)
    with transaction.atomic(durable=True):
        # Editions first, as everywhere.
        citing = Edition.objects.filter(citations__reference=reference_id).order_by("pk")
        locked = [lock_edition(pk) for pk in citing.values_list("pk", flat=True)]
        return merge_locked(
            actor=actor, reference_id=reference_id, into_id=into_id, drafts=locked, at=at
        )


def resolve_reference(
    *, actor: User, reference_id: int, csl: Mapping[str, Any], at: datetime
) -> Reference:
    """Say what a source *to be identified* is; return the reference that now stands for it.

    Where the library has that source already, the two become one; else the record is corrected.

    :raises NotAllowed: if `actor` does not keep references.
    :raises ValidationError: if the record cannot be read.
    :raises WrongState: if the reference was merged meanwhile.
    """
    if reason := rules.why_not_keep_references(actor):
        raise NotAllowed(reason)
    fields = fields_of(csl)
    with transaction.atomic(durable=True):
        citing = Edition.objects.filter(citations__reference=reference_id).order_by("pk")
        locked = [lock_edition(pk) for pk in citing.values_list("pk", flat=True)]
        existing = same_source(fields, but=reference_id)
        if existing is not None:
            return merge_locked(
                actor=actor, reference_id=reference_id, into_id=existing.pk, drafts=locked, at=at
            )
        return change_locked_reference(
            actor=actor, reference_id=reference_id, fields=fields, drafts=locked, at=at
        )


def merge_locked(
    *, actor: User, reference_id: int, into_id: int, drafts: list[Edition], at: datetime
) -> Reference:
    """Merge inside the caller's transaction, which has locked every draft that cites the reference."""
    rows = {
        row.pk: row
        for row in Reference.objects.select_for_update()
        .filter(pk__in={reference_id, into_id})
        .order_by("pk")
    }
    gone, kept = rows[reference_id], rows[into_id]
    if gone.pk == kept.pk:
        raise WrongState("This is one reference already.", current=kept.key)
    for row in (gone, kept):
        if row.merged_into_id is not None:
            raise WrongState(f"“{row.key}” was merged into another meanwhile.", current=row.key)
    for draft in drafts:
        _recite(draft, gone=gone, kept=kept, actor=actor, at=at)
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    Reference.objects.filter(merged_into=gone).update(merged_into=kept)
    # What is known against any of them is known against all: Versions may cite each.
    family = [kept, *Reference.objects.filter(merged_into=kept).order_by("pk")]
    for row in family[1:]:
        copy_notices(row, kept, at=at)
    for row in family[1:]:
        copy_notices(kept, row, at=at)
    generation.advance()
    audit.record(
        actor=actor,
        action="articles.reference.merged",
        subject=gone,
        at=at,
        data={"key": gone.key, "into": kept.key, "drafts": [draft.pk for draft in drafts]},
    )
    return kept


def _recite(draft: Edition, *, gone: Reference, kept: Reference, actor: User, at: datetime) -> None:
    """Save a draft that cites the kept reference in place of the one that goes."""
    draft.body = recite(draft.body, {gone.key: kept.key})
    draft.draft_number += 1
    draft.updated_at, draft.updated_by = at, actor
    with reversion.create_revision():
        draft.save()
        reversion.set_user(actor)
        reversion.set_comment(f"Cites {kept.key} in place of {gone.key}: they are one source.")
        reversion.set_date_created(at)
    settle_citations(draft)
    Contribution.objects.create(
        edition=draft,
        user=actor,
        kind=Contribution.Kind.EDITED,
        draft_number=draft.draft_number,
        at=at,
    )
