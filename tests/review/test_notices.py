"""Which notices are in force: the rule of the database, held against the same rule in Python."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError

from articles.models import Article, Edition
from review.models import Notice, Submission
from review.public.actions.noticing import publish_notice
from tests import factories

KIND = Notice.Kind


def test_a_notice_on_an_edition_of_another_article_is_refused(editor, chair):
    mine, other = (factories.make_edition(editor) for _ in range(2))

    with pytest.raises(ValidationError) as refusal:
        publish_notice(
            actor=chair,
            article=mine.article,
            edition=other,
            kind="CAUTION",
            text="Care.",
            at=factories.AT,
        )

    assert list(refusal.value.message_dict) == ["edition"]
    assert not Notice.objects.exists()


HERE, EVERYWHERE = "here", "everywhere"
EVENTS = [
    (KIND.CAUTION, HERE),
    (KIND.CAUTION, EVERYWHERE),
    (KIND.CAUTION_LIFTED, HERE),
    (KIND.CAUTION_LIFTED, EVERYWHERE),
    (KIND.CORRECTION, HERE),
]
Story = Sequence[tuple[str, str]]


def cautions_after(story: Story) -> set[int]:
    """Return the places of the cautions that stand at the end of a story."""
    standing: dict[int, str] = {}
    for place, (kind, reach) in enumerate(story):
        if kind == KIND.CAUTION:
            standing[place] = reach
        elif kind == KIND.CAUTION_LIFTED:
            ended = {HERE, EVERYWHERE} if reach == EVERYWHERE else {HERE}
            standing = {at: where for at, where in standing.items() if where not in ended}
    return set(standing)


@pytest.fixture(params=[0, 1], ids=["in one moment", "one after the other"])
def stories(request, editor) -> dict[int, tuple[Story, list[Notice]]]:
    """Play every story of four notices on an article of its own; return it by the edition's id."""
    told = list(product(EVENTS, repeat=4))
    facts = {"specialty": factories.make_specialty(), "created_by": editor}
    articles = Article.objects.bulk_create(
        Article(question="What?", slug=f"story-{n}", created_at=factories.AT, **facts)
        for n in range(len(told))
    )
    draft = Edition.objects.get(pk=factories.make_edition(editor).pk)
    same = {field.attname: getattr(draft, field.attname) for field in Edition._meta.fields}
    editions = Edition.objects.bulk_create(
        Edition(**{**same, "id": None, "article_id": article.pk}) for article in articles
    )
    notices = Notice.objects.bulk_create(
        Notice(
            article=article,
            edition=edition if reach == HERE else None,
            kind=kind,
            text="Words.",
            published_by=editor,
            published_at=factories.AT + timedelta(minutes=request.param * place),
        )
        for article, edition, story in zip(articles, editions, told, strict=True)
        for place, (kind, reach) in enumerate(story)
    )
    return {
        edition.pk: (story, notices[4 * n : 4 * n + 4])
        for n, (edition, story) in enumerate(zip(editions, told, strict=True))
    }


def test_a_caution_stands_until_a_lifting_that_reaches_as_far(stories):
    in_force = set(Notice.objects.cautions_in_force().values_list("pk", flat=True))

    for story, notices in stories.values():
        found = {place for place, notice in enumerate(notices) if notice.pk in in_force}
        assert found == cautions_after(story), story


class TestOnASubmission:
    @pytest.fixture
    def submission(self, editor):
        return factories.make_submission(editor)

    def publish(self, submission, kind, *, about=None, edition=None, minute=0):
        return Notice.objects.create(
            article=submission.edition.article,
            edition=edition,
            submission=about,
            kind=kind,
            text="Words.",
            published_by=submission.submitted_by,
            published_at=factories.AT + timedelta(minutes=minute),
        )

    def test_the_newest_stands_first(self, submission):
        first = self.publish(submission, KIND.CORRECTION)
        second = self.publish(submission, KIND.CAUTION, edition=submission.edition, minute=1)

        assert list(Notice.objects.in_force_on(submission)) == [second, first]

    def test_a_retraction_concerns_only_what_it_was_written_on(self, submission, editor):
        Submission.objects.filter(pk=submission.pk).update(state="WITHDRAWN")
        factories.edit(submission.edition, editor, body="<p>The next.</p>")
        later = factories.make_submission(editor, edition=submission.edition)
        self.publish(submission, KIND.WITHDRAWAL, about=submission)
        own = self.publish(later, KIND.RETRACTION, about=later)

        assert list(Notice.objects.in_force_on(later)) == [own]

    def test_other_editions_and_articles_have_their_own(self, submission, editor):
        other = factories.make_submission(editor)
        self.publish(submission, KIND.CAUTION, edition=submission.edition)
        self.publish(submission, KIND.CORRECTION)

        assert list(Notice.objects.in_force_on(other)) == []
