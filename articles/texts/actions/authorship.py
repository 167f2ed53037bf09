"""Whose words a draft holds besides those of whoever saved it (law 5).

A draft says what its sources and figures say, and what older drafts and other editions said when their
text comes back. Whoever wrote that contributed to it, whatever door the words came through.
"""

from collections.abc import Collection, Iterable

from django.db.models import Max

from accounts.models import User
from articles.models import (
    Contribution,
    Edition,
    Figure,
    FigureChange,
    Reference,
    ReferenceChange,
)
from kernel.action import Action

WAS_APPROVED = ("APPROVED", "SUPERSEDED", "RETRACTED")


def credit_authors(
    act: Action[User], edition: Edition, users: Iterable[int], *, kind: Contribution.Kind
) -> None:
    """Record a contribution of each of `users` to the draft as it stands, inside the caller's
    transaction, before whatever freezes it.
    """
    Contribution.objects.bulk_create(
        Contribution(
            edition=edition, user_id=user, kind=kind, draft_number=edition.draft_number, at=act.at
        )
        for user in sorted(set(users))
    )


def credit_source_change(act: Action[User], drafts: Iterable[Edition]) -> None:
    """Record that `user` changed something that each of `drafts` cites or shows, inside the caller's
    transaction, which has locked them.
    """
    Contribution.objects.bulk_create(
        Contribution(
            edition=draft,
            user=act.actor,
            kind=Contribution.Kind.SOURCE,
            draft_number=draft.draft_number,
            at=act.at,
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
    edition: Edition, references: Collection[Reference], figures: Collection[Figure]
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
    added = {row.added_by_id for row in rows if row.added_at > since}
    changed = ReferenceChange.objects.filter(reference__in=references, changed_at__gt=since)
    redrawn = FigureChange.objects.filter(figure__in=figures, changed_at__gt=since)
    changers = changed.values_list("changed_by").union(redrawn.values_list("changed_by"))
    return added | {changer for (changer,) in changers}
