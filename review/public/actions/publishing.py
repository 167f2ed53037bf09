"""Which submission the public sees of an edition, worked out anew after each change."""

from typing import Any

from accounts.models import User
from articles.models import Edition
from kernel.action import Action
from manuscript.content.folding import search_text
from manuscript.content.plain import plain_text
from review.models import OPEN_STATES, Publication, State, Submission
from review.public.events import PublicEvent


def shown_submission(edition: Edition) -> Submission | None:
    """Return the submission that the public should see of `edition` now, or None for nothing.

    The approved one. Else, if a text was taken down after approval, that one, for its notice.
    Else the newest open one whose rule lets pending text be public. Else the newest withdrawn
    one that a notice explains.
    """
    rows = Submission.objects.filter(edition=edition).select_related("version").order_by("-pk")
    approved_or_down = rows.filter(state__in=[State.APPROVED, State.RETRACTED])
    # APPROVED sorts before RETRACTED.
    if submission := approved_or_down.order_by("state", "-approved_at", "-pk").first():
        return submission
    pending = rows.filter(state__in=OPEN_STATES, rule__pending_is_public=True)
    explained = rows.filter(
        state=State.WITHDRAWN, notices__isnull=False, rule__pending_is_public=True
    )
    return pending.first() or explained.first()


def publication_fields(submission: Submission) -> dict[str, Any]:
    """Return the columns of a Publication that follow from what it shows."""
    content = submission.version.frozen
    title = " ".join(filter(None, [content["title"], content["heading"]]))
    body = " ".join(f"{content['summary']} {plain_text(content['body'])}".split())
    return {
        "submission": submission,
        "changed_at": submission.state_changed_at,
        "language": content["language"],
        "body_text": body,
        "title_folded": search_text(title),
        "body_folded": search_text(body),
    }


def settle(act: Action[User], *, edition: Edition) -> Publication | None:
    """Make the publication of `edition` show what it should, inside the caller's transaction.

    Returns it, or None where nothing is public. The caller holds the lock on the edition.
    """
    submission = shown_submission(edition)
    present = Publication.objects.filter(edition=edition).first()
    # A state may have changed under the same submission, so readers' caches move on in any case.
    if submission is None:
        if present is not None:
            present.delete()
            act.record(PublicEvent.PUBLICATION_ENDED, edition)
        return None
    fields = publication_fields(submission)
    first = present.first_published_at if present else act.at
    publication, _created = Publication.objects.update_or_create(
        edition=edition, defaults={**fields, "first_published_at": first}
    )
    if present is not None and present.submission_id == submission.pk:
        return publication
    act.record(
        PublicEvent.PUBLICATION_MOVED,
        edition,
        {
            "submission": submission.pk,
            "state": submission.state,
            "digest": submission.version.digest,
        },
    )
    return publication
