"""Two records of one source become one. Drafts are rewritten; Versions never."""

from dataclasses import dataclass
from datetime import datetime

import reversion

from accounts.models import User
from articles.models import Contribution, Edition, Reference, ReferenceChange
from articles.references import rules
from articles.references.actions.notices import (
    ReadNotices,
    Taken,
    copy_notices,
    record_read_notices,
)
from articles.references.actions.references import change_locked_reference, fields_of, same_source
from articles.references.events import ReferenceEvent
from articles.texts.actions.citations import settle_citations
from articles.texts.actions.locking import lock_edition
from articles.texts.actions.recite import recite
from kernel.action import Action, action
from kernel.errors import NotAllowed, WrongState
from manuscript.citing.reading import ReadReference


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
    with action(actor=actor, at=at) as act:
        # Editions first, as everywhere.
        citing = Edition.objects.filter(citations__reference=reference_id).order_by("pk")
        locked = [lock_edition(pk) for pk in citing.values_list("pk", flat=True)]
        return merge_locked(act, reference_id=reference_id, into_id=into_id, drafts=locked)


@dataclass(frozen=True)
class Resolved:
    """The reference that now stands for a source, and what became of the notices that came with it."""

    reference: Reference
    notices: ReadNotices


def resolve_reference(
    *, actor: User, reference_id: int, read: ReadReference, at: datetime
) -> Resolved:
    """Say what a source *to be identified* is, and record the notices that were read with it: both or
    neither, so that no source is identified whose retraction was lost.

    Where the library has that source already, the two become one; else the record is corrected.

    :raises NotAllowed: if `actor` does not keep references.
    :raises ValidationError: if the record cannot be read.
    :raises WrongState: if the reference was merged meanwhile.
    """
    if reason := rules.why_not_keep_references(actor):
        raise NotAllowed(reason)
    fields = fields_of(read.csl)
    with action(actor=actor, at=at) as act:
        citing = Edition.objects.filter(citations__reference=reference_id).order_by("pk")
        locked = [lock_edition(pk) for pk in citing.values_list("pk", flat=True)]
        existing = same_source(fields, but=reference_id)
        if existing is not None:
            stands = merge_locked(
                act, reference_id=reference_id, into_id=existing.pk, drafts=locked
            )
        else:
            stands = change_locked_reference(
                act, reference_id=reference_id, fields=fields, drafts=locked
            )
        return Resolved(stands, record_read_notices(act, [Taken(read, stands)]))


def merge_locked(
    act: Action[User], *, reference_id: int, into_id: int, drafts: list[Edition]
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
        _recite(act, draft, gone=gone, kept=kept)
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    Reference.objects.filter(merged_into=gone).update(merged_into=kept)
    # What is known against any of them is known against all: Versions may cite each.
    family = [kept, *Reference.objects.filter(merged_into=kept).order_by("pk")]
    for row in family[1:]:
        copy_notices(act, row, kept)
    for row in family[1:]:
        copy_notices(act, kept, row)
    ReferenceChange.objects.create(reference=gone, changed_by=act.actor, changed_at=act.at)
    act.record(
        ReferenceEvent.MERGED,
        gone,
        {"key": gone.key, "into": kept.key, "drafts": [draft.pk for draft in drafts]},
    )
    return kept


def _recite(act: Action[User], draft: Edition, *, gone: Reference, kept: Reference) -> None:
    """Save a draft that cites the kept reference in place of the one that goes."""
    draft.body = recite(draft.body, {gone.key: kept.key})
    draft.draft_number += 1
    draft.updated_at, draft.updated_by = act.at, act.actor
    with reversion.create_revision():
        draft.save()
        reversion.set_user(act.actor)
        reversion.set_comment(f"Cites {kept.key} in place of {gone.key}: they are one source.")
        reversion.set_date_created(act.at)
    settle_citations(act, draft)
    Contribution.objects.create(
        edition=draft,
        user=act.actor,
        kind=Contribution.Kind.EDITED,
        draft_number=draft.draft_number,
        at=act.at,
    )
