"""Saving a draft."""

from dataclasses import dataclass, replace
from datetime import datetime

import reversion
from django.db import transaction

from accounts.models import User
from articles.models import Contribution, Edition
from articles.texts import rules
from articles.texts.actions.authorship import contributors_until, credit_authors
from articles.texts.actions.citations import settle_citations
from articles.texts.actions.locking import lock_edition
from articles.texts.actions.recite import follow_merges
from articles.texts.draft import DraftText
from articles.texts.errors import StaleDraft
from kernel import audit
from kernel.errors import NotAllowed


@dataclass(frozen=True)
class SavedDraft:
    """The edition after a save, and whether the save changed anything."""

    edition: Edition
    changed: bool


def save_draft(
    *,
    actor: User,
    edition_id: int,
    draft_number: int,
    text: DraftText,
    at: datetime,
    note: str = "",
    restored_draft: int | None = None,
) -> SavedDraft:
    """Store what an editor typed into the draft that was opened as `draft_number`.

    A save that changes nothing makes no revision and leaves no trace, whoever else saved
    meanwhile. `note` goes into the history. `restored_draft` is the number of the older draft whose
    text this is: whoever contributed up to it wrote what comes back.

    :raises NotAllowed: if `actor` does not write articles.
    :raises ValidationError: naming each field that cannot be stored.
    :raises StaleDraft: if the draft moved on; it carries both texts.
    """
    if reason := rules.why_not_write(actor):
        raise NotAllowed(reason)
    tidied = text.tidied()
    with transaction.atomic(durable=True):
        edition = lock_edition(edition_id)
        tidied = replace(tidied, body=follow_merges(tidied.body))
        stored = DraftText.of(edition)
        if stored == tidied:
            return SavedDraft(edition, changed=False)
        if edition.draft_number != draft_number:
            raise StaleDraft(
                f"{edition.updated_by} saved this draft while you were writing.",
                draft_number=edition.draft_number,
                stored=stored,
                typed=tidied,
            )
        edition.title, edition.heading = tidied.title, tidied.heading
        edition.summary, edition.body = tidied.summary, tidied.body
        edition.jurisdiction, edition.ai_provenance = tidied.jurisdiction, tidied.ai_provenance
        edition.draft_number += 1
        edition.updated_at, edition.updated_by = at, actor
        with reversion.create_revision():
            edition.save()
            reversion.set_user(actor)
            reversion.set_comment(note)
            reversion.set_date_created(at)
        settle_citations(edition)
        if restored_draft is not None:
            credit_authors(
                edition,
                contributors_until(edition, restored_draft) - {actor.pk},
                kind=Contribution.Kind.EDITED,
                at=at,
            )
        Contribution.objects.create(
            edition=edition,
            user=actor,
            kind=Contribution.Kind.EDITED,
            draft_number=edition.draft_number,
            at=at,
        )
        audit.record(
            actor=actor,
            action="articles.texts.draft.saved",
            subject=edition,
            at=at,
            data={"draft_number": edition.draft_number, "draft_digest": tidied.digest},
        )
    return SavedDraft(edition, changed=True)
