"""Whose words a draft holds besides those of whoever saved it (law 5).

A draft says what its sources and figures say, and what older drafts and other editions said when their
text comes back. Whoever wrote that contributed to it, whatever door the words came through.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max

from accounts.models import User
from articles.models import Contribution, Edition, Figure, Reference
from kernel.audit import subject_of
from kernel.models import AuditEntry

WAS_APPROVED = ("APPROVED", "SUPERSEDED", "RETRACTED")
CHANGES = ("articles.reference.changed", "articles.reference.merged", "articles.figure.changed")


def credit_authors(
    edition: Edition, users: Iterable[int], *, kind: Contribution.Kind, at: datetime
) -> None:
    """Record a contribution of each of `users` to the draft as it stands, inside the caller's
    transaction, before whatever freezes it.
    """
    Contribution.objects.bulk_create(
        Contribution(
            edition=edition, user_id=user, kind=kind, draft_number=edition.draft_number, at=at
        )
        for user in sorted(set(users))
    )


def credit_source_change(drafts: Iterable[Edition], *, user: User, at: datetime) -> None:
    """Record that `user` changed something that each of `drafts` cites or shows, inside the caller's
    transaction, which has locked them.
    """
    Contribution.objects.bulk_create(
        Contribution(
            edition=draft,
            user=user,
            kind=Contribution.Kind.SOURCE,
            draft_number=draft.draft_number,
            at=at,
        )
        for draft in drafts
    )


def contributors_until(edition: Edition, draft_number: int) -> set[int]:
    """Return who contributed to any draft of `edition` up to `draft_number`. One query."""
    rows = edition.contributions.filter(draft_number__lte=draft_number)
    return set(rows.values_list("user", flat=True))


def contributors_to(edition: Edition) -> set[int]:
    """Return who ever contributed to `edition`. One query."""
    return set(edition.contributions.values_list("user", flat=True))


def authors_of_what_is_cited(
    edition: Edition, references: Iterable[Reference], figures: Iterable[Figure]
) -> set[int]:
    """Return who added or changed any of what a draft cites and shows since its last approved version
    was frozen, or since the edition began. Two queries.

    Asked when the draft is frozen, after its sources were read: so it finds everybody whose words
    they hold, also where the citation stood in the text before the source did.
    """
    # By the name of the relation alone: imports point left.
    frozen_at = edition.versions.filter(submissions__state__in=WAS_APPROVED).aggregate(
        at=Max("contribution__at")
    )["at"]
    since = frozen_at or edition.created_at
    rows: list[Reference | Figure] = [*references, *figures]
    changed = AuditEntry.objects.filter(
        subject__in=[subject_of(row) for row in rows], action__in=CHANGES, at__gt=since
    )
    authors = {row.added_by_id for row in rows if row.added_at > since}
    return authors | set(changed.values_list("actor", flat=True)) - {None}
