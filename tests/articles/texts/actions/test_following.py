"""What an edition adapts, and which version of it the text is in line with."""

import pytest
from django.core.exceptions import ValidationError
from reversion.models import Version as Saved

from articles.models import Contribution, Edition
from articles.texts.actions.editions import add_edition
from articles.texts.actions.following import change_source, follow_source
from kernel.errors import NotAllowed
from kernel.models import AuditEntry
from review.rounds.rules import why_not_independent
from tests import factories
from tests.factories import AT

BODY = '<h2>Part</h2><p>A sentence<cite data-refs="specimen-1"></cite>.</p>'


@pytest.fixture
def source(editor) -> Edition:
    factories.make_reference(editor, key="specimen-1")
    return factories.make_edition(editor, body=BODY, summary="In short.", jurisdiction="CN")


def adapt(edition: Edition, editor, **changes) -> Edition:
    """Add another edition of the same article, which adapts `edition` unless told otherwise."""
    given = {
        "article": edition.article,
        "language": "en",
        "audience": factories.audience("public"),
        "source": edition,
        "at": AT,
    }
    return add_edition(actor=editor, **{**given, **changes})


class TestAddEdition:
    def test_it_follows_the_newest_version_where_none_is_approved(self, source, editor):
        factories.make_version(source, editor)
        factories.edit(source, editor, summary="Newer.")
        newest = factories.make_version(source, editor)

        edition = adapt(source, editor)

        assert (edition.source, edition.followed) == (source, newest)

    def test_it_follows_the_approved_version_though_a_newer_one_is_frozen(
        self, source, editor, reviewer, chair
    ):
        factories.set_rule()
        submission = factories.make_submission(editor, edition=source)
        factories.approve(submission, reviewer, chair)
        factories.edit(source, editor, summary="Newer.")
        factories.make_version(source, editor)

        edition = adapt(source, editor, begins_with_source=True)

        assert edition.followed == submission.version
        assert edition.summary == "In short."

    def test_it_begins_with_everything_that_the_source_says(self, source, editor):
        factories.make_version(source, editor)

        edition = adapt(source, editor, begins_with_source=True)

        assert (edition.body, edition.title) == (source.body, source.title)
        assert (edition.summary, edition.jurisdiction) == ("In short.", "CN")
        assert [row.reference.key for row in edition.citations.all()] == ["specimen-1"]

    def test_it_begins_empty_unless_asked(self, source, editor):
        assert adapt(source, editor).body == ""

    def test_another_articles_edition_is_no_source(self, source, editor):
        other = factories.make_edition(editor)

        with pytest.raises(ValidationError, match="same article"):
            adapt(source, editor, source=other)

        assert source.article.editions.count() == 1

    def test_what_it_follows_goes_into_its_version(self, source, editor):
        followed = factories.make_version(source, editor)

        version = factories.make_version(adapt(source, editor, begins_with_source=True), editor)

        assert version.frozen["follows"] == {
            "edition": source.pk,
            "version": 1,
            "digest": followed.digest,
        }


class TestFollowSource:
    @pytest.fixture
    def edition(self, source, editor) -> Edition:
        factories.make_version(source, editor)
        return adapt(source, editor, begins_with_source=True)

    def test_it_is_recorded_as_work_on_the_draft(self, source, edition, editor, other_editor):
        factories.edit(source, editor, summary="Newer.")
        newer = factories.make_version(source, editor)

        follow_source(actor=other_editor, edition_id=edition.pk, version_id=newer.pk, at=AT)

        edition.refresh_from_db()
        work = Contribution.objects.filter(edition=edition, user=other_editor)
        assert edition.followed == newer
        assert [row.kind for row in work] == ["EDITED"]
        assert why_not_independent(person=other_editor, edition=edition)
        entry = AuditEntry.objects.get(action="articles.edition.followed")
        assert entry.data["digest"] == newer.digest

    def test_it_makes_no_save(self, source, edition, editor):
        factories.edit(source, editor, summary="Newer.")
        newer = factories.make_version(source, editor)
        before = Saved.objects.get_for_object(edition).count()

        follow_source(actor=editor, edition_id=edition.pk, version_id=newer.pk, at=AT)

        assert Saved.objects.get_for_object(edition).count() == before

    def test_the_same_again_leaves_no_trace(self, edition, editor):
        before = Contribution.objects.count()

        follow_source(actor=editor, edition_id=edition.pk, version_id=edition.followed_id, at=AT)

        assert Contribution.objects.count() == before

    def test_the_same_words_can_be_frozen_again_once_they_follow_another(
        self, source, edition, editor
    ):
        factories.make_version(edition, editor)
        factories.edit(source, editor, summary="Newer.")
        newer = factories.make_version(source, editor)

        follow_source(actor=editor, edition_id=edition.pk, version_id=newer.pk, at=AT)

        assert factories.make_version(edition, editor).frozen["follows"]["version"] == 2

    def test_a_version_of_another_edition_is_refused(self, edition, editor):
        stray = factories.make_version(factories.make_edition(editor), editor)

        with pytest.raises(ValidationError, match="no version of the edition"):
            follow_source(actor=editor, edition_id=edition.pk, version_id=stray.pk, at=AT)

    def test_whoever_does_not_write_may_not(self, edition, chair):
        with pytest.raises(NotAllowed):
            follow_source(actor=chair, edition_id=edition.pk, version_id=edition.followed_id, at=AT)


class TestChangeSource:
    def test_a_circle_is_refused(self, source, editor):
        first = adapt(source, editor)
        second = adapt(first, editor, language="zh")

        with pytest.raises(ValidationError, match="adapted from this one"):
            change_source(actor=editor, edition_id=source.pk, source_id=second.pk, at=AT)

        source.refresh_from_db()
        assert source.source is None

    def test_itself_is_refused(self, source, editor):
        with pytest.raises(ValidationError, match="adapted from this one"):
            change_source(actor=editor, edition_id=source.pk, source_id=source.pk, at=AT)

    def test_it_can_be_set_later_and_taken_away(self, source, editor):
        version = factories.make_version(source, editor)
        edition = adapt(source, editor, source=None)

        change_source(
            actor=editor, edition_id=edition.pk, source_id=source.pk, version_id=version.pk, at=AT
        )
        edition.refresh_from_db()
        assert (edition.source, edition.followed) == (source, version)

        change_source(actor=editor, edition_id=edition.pk, source_id=None, at=AT)
        edition.refresh_from_db()
        assert (edition.source, edition.followed) == (None, None)
