"""Which frozen texts may be read, and by whom: one rule for pages, API and exports.

The public may read a text that is or was approved, and a pending one while it is the one shown.
While an edition is taken down none of its texts is served, earlier ones included: what was wrong
with the newest is likely wrong with them. A retracted or withdrawn text is never served again.
"""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from articles.models import Article, Edition, Version
from review.models import REVIEWED_STATES, Publication, Submission, SubmissionQuerySet


def publicly_readable() -> SubmissionQuerySet:
    """Return the submissions whose texts anybody may read: `Facts.is_readable` for the database."""
    shown = Publication.objects.readable().filter(edition=OuterRef("edition_id"))
    return Submission.objects.filter(
        Exists(shown),
        Q(state__in=REVIEWED_STATES) | Exists(shown.filter(submission=OuterRef("pk"))),
    )


def versions_visible_to(user: User | AnonymousUser) -> QuerySet[Version]:
    """Return the versions that `user` may read: those of drafts they may see, those that they are
    or were asked to review, and those that are public.
    """
    drafts = Edition.objects.visible_to(user)  # type: ignore[arg-type]
    board = Submission.objects.visible_to(user)  # type: ignore[arg-type]
    return Version.objects.filter(
        Exists(drafts.filter(pk=OuterRef("edition_id")))
        | Exists(board.filter(version=OuterRef("pk")))
        | Exists(publicly_readable().filter(version=OuterRef("pk")))
    )


def articles_visible_to(user: User | AnonymousUser) -> QuerySet[Article]:
    """Return the articles that `user` may know of: those that were ever public, and those of which
    they may see a draft.
    """
    drafts = Edition.objects.visible_to(user)  # type: ignore[arg-type]
    public = Publication.objects.filter(edition__article=OuterRef("pk"))
    return Article.objects.filter(Exists(drafts.filter(article=OuterRef("pk"))) | Exists(public))
