"""Many submissions, copied straight into the database."""

from articles.models import Article, Edition, Version
from review.models import State, Submission
from tests import factories
from tests.triggers import triggers_off


def copies(submission, number, *, state=State.UNDER_REVIEW) -> list[Submission]:
    """Copy a submission with its article many times over, straight into the database."""
    version, edition = submission.version, submission.edition
    first = Article.objects.count()
    articles = Article.objects.bulk_create(
        Article(
            question=f"What is copy {first + n}?",
            slug=f"copy-{first + n}",
            specialty_id=edition.article.specialty_id,
            created_by_id=edition.article.created_by_id,
            created_at=factories.AT,
        )
        for n in range(number)
    )
    fields = (
        "language",
        "audience_id",
        "title",
        "body",
        "created_at",
        "updated_at",
        "updated_by_id",
    )
    editions = Edition.objects.bulk_create(
        Edition(article=article, **{name: getattr(edition, name) for name in fields})
        for article in articles
    )
    fields = (
        "content",
        "rendered",
        "renderer",
        "change_class",
        "change_note",
        "frozen_by_id",
        "frozen_at",
        "rendered_references",
        "number",
        "draft_number",
        "text_digest",
    )
    versions = Version.objects.bulk_create(
        Version(
            edition=copy,
            contribution=freezing,
            title=f"Copy {copy.pk}",
            digest=f"{copy.pk:064d}",
            **{name: getattr(version, name) for name in fields},
        )
        for copy, freezing in zip(
            editions, factories.freezings(editions, version.frozen_by), strict=True
        )
    )
    with triggers_off():  # No submission begins as what the test wants to see.
        rows = _submissions(versions, submission, state)
    factories.analyze()
    return rows


def _submissions(versions, submission, state):
    return Submission.objects.bulk_create(
        Submission(
            version=copy,
            edition=copy.edition,
            rule=submission.rule,
            submitted_by_id=submission.submitted_by_id,
            submitted_at=factories.AT,
            state=state,
            state_changed_at=factories.AT,
            review_started_at=factories.AT,
        )
        for copy in versions
    )
