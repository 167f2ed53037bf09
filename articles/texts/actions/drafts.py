"""Saving a draft."""

from dataclasses import dataclass, replace
from datetime import datetime

import reversion

from accounts.models import User
from articles.models import Contribution, Edition
from articles.texts import rules
from articles.texts.actions.authorship import contributors_until, credit_authors
from articles.texts.actions.citations import settle_citations
from articles.texts.actions.locking import lock_edition
from articles.texts.actions.recite import follow_merges
from articles.texts.actions.working_copies import empty_copy
from articles.texts.draft import DraftText
from articles.texts.errors import StaleDraft
from articles.texts.events import TextEvent
from kernel.action import Action, action
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
    empties_copy: bool = False,
) -> SavedDraft:
    """Store what an editor typed into the draft that was opened as `draft_number`.

    A save that changes nothing makes no revision and leaves no trace, whoever else saved
    meanwhile. `note` goes into the history. `restored_draft` is the number of the older draft whose
    text this is: whoever contributed up to it wrote what comes back.

    `empties_copy` says that this is what `actor` had typed into the working copy, which is empty then.

    :raises NotAllowed: if `actor` does not write articles.
    :raises ValidationError: naming each field that cannot be stored.
    :raises StaleDraft: if the draft moved on; it carries both texts.
    """
    if reason := rules.why_not_write(actor):
        raise NotAllowed(reason)
    tidied = text.tidied()
    with action(actor=actor, at=at) as act:
        edition = lock_edition(edition_id)
        tidied = replace(tidied, body=follow_merges(tidied.body))
        stored = DraftText.of(edition)
        changed = stored != tidied
        if changed and edition.draft_number != draft_number:
            raise StaleDraft(
                f"{edition.updated_by} saved this draft while you were writing.",
                draft_number=edition.draft_number,
                stored=stored,
                typed=tidied,
            )
        if changed:
            _store(act, edition, tidied, note=note)
            _credit(act, edition, restored_draft=restored_draft)
            act.record(
                TextEvent.DRAFT_SAVED,
                edition,
                {"draft_number": edition.draft_number, "draft_digest": tidied.digest},
            )
        if empties_copy:
            empty_copy(act, edition)
    return SavedDraft(edition, changed=changed)


def _store(act: Action[User], edition: Edition, text: DraftText, *, note: str) -> None:
    """Write the text into the locked edition, as its next revision."""
    edition.title, edition.heading = text.title, text.heading
    edition.summary, edition.body = text.summary, text.body
    edition.jurisdiction, edition.ai_provenance = text.jurisdiction, text.ai_provenance
    edition.draft_number += 1
    edition.updated_at, edition.updated_by = act.at, act.actor
    with reversion.create_revision():
        edition.save()
        reversion.set_user(act.actor)
        reversion.set_comment(note)
        reversion.set_date_created(act.at)
    settle_citations(act, edition)


def _credit(act: Action[User], edition: Edition, *, restored_draft: int | None) -> None:
    """Record whose words the draft holds now: those of whoever wrote the older one, and the saver's."""
    if restored_draft is not None:
        credit_authors(
            act,
            edition,
            contributors_until(edition, restored_draft) - {act.actor.pk},
            kind=Contribution.Kind.EDITED,
        )
    Contribution.objects.create(
        edition=edition,
        user=act.actor,
        kind=Contribution.Kind.EDITED,
        draft_number=edition.draft_number,
        at=act.at,
    )
