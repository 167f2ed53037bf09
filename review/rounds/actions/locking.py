"""Locking what a review action is about."""

from articles.texts.actions.locking import lock_edition
from review.models import Submission


def lock_submission(submission_id: int) -> Submission:
    """Return a submission whose edition and own row are locked, in this order, always.

    Taking the edition first keeps two reviewers, or a reviewer and an editor, from deadlock.

    :raises Submission.DoesNotExist: if there is none.
    """
    edition_id = Submission.objects.values_list("edition_id", flat=True).get(pk=submission_id)
    lock_edition(edition_id)
    Submission.objects.select_for_update().get(pk=submission_id)
    return Submission.objects.select_related(
        "version", "edition__article", "edition__audience"
    ).get(pk=submission_id)
