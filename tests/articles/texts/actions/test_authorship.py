"""Law 5 through the doors by which words come into a draft without being typed into it."""

from datetime import timedelta

import pytest

from accounts.models.user import Role
from articles.figures.actions.figures import add_figure
from articles.imports.actions.imports import Origin, import_article
from articles.models import Contribution, Edition, ReferenceNotice
from articles.references.actions.merging import merge_references
from articles.references.actions.notices import record_notice
from articles.references.actions.references import add_reference, change_reference
from articles.texts.actions.drafts import save_draft
from articles.texts.actions.editions import add_edition
from articles.texts.actions.freezing import freeze
from articles.texts.draft import DraftText
from articles.texts.errors import FreezeRefused
from manuscript.content.figures import figure_keys
from manuscript.importing.result import ImportedArticle, ImportedFigure
from review.rounds.rules import why_not_independent
from tests import factories
from tests.factories import AT, picture

pytestmark = pytest.mark.django_db(transaction=True)
LATER = AT + timedelta(hours=1)
CSL = {"type": "article-journal", "title": "A title", "DOI": "10.5555/later"}


@pytest.fixture
def editor():
    return factories.make_user("Edda Editor", Role.EDITOR)


@pytest.fixture
def other():
    return factories.make_user("Xenia Other", Role.EDITOR)


def frozen(editor, edition, *, at=LATER, **changes):
    edition = Edition.objects.get(pk=edition.pk)
    return freeze(
        actor=editor,
        edition_id=edition.pk,
        draft_number=edition.draft_number,
        change_note="Changed.",
        change_class="SUBSTANTIVE",
        at=at,
        **changes,
    )


class TestFreezing:
    def test_who_adds_a_source_that_a_draft_already_cites_wrote_in_it(self, editor, other):
        edition = factories.make_edition(editor, body='<p>A<cite data-refs="later"></cite>.</p>')
        add_reference(actor=other, csl=CSL, key="later", at=LATER)

        frozen(editor, edition, at=LATER + timedelta(hours=1))

        assert why_not_independent(person=other, edition=edition) is not None

    def test_who_changes_such_a_source_wrote_in_it_too(self, editor, other):
        edition = factories.make_edition(editor, body='<p>A<cite data-refs="later"></cite>.</p>')
        reference = add_reference(actor=editor, csl=CSL, key="later", at=LATER)
        change_reference(
            actor=other, reference_id=reference.pk, csl={**CSL, "title": "Another"}, at=LATER
        )

        frozen(editor, edition, at=LATER + timedelta(hours=1))

        assert why_not_independent(person=other, edition=edition) is not None

    def test_who_uploads_a_picture_that_a_draft_already_shows_made_it(self, editor, other):
        body = '<p>A.</p><figure data-figure="scan" data-alt="Grey"></figure>'
        edition = factories.make_edition(editor, body=body)
        add_figure(actor=other, data=picture(), name="scan.png", key="scan", at=LATER)

        frozen(editor, edition, at=LATER + timedelta(hours=1))

        assert why_not_independent(person=other, edition=edition) is not None

    def test_who_added_a_source_before_the_edition_began_stays_independent(self, editor, other):
        factories.make_reference(other, key="old")
        edition = factories.make_edition(
            editor, body='<p>A<cite data-refs="old"></cite>.</p>', at=LATER
        )

        frozen(editor, edition, at=LATER + timedelta(hours=1))

        assert why_not_independent(person=other, edition=edition) is None

    def test_a_merged_source_is_not_frozen(self, editor):
        gone = factories.make_reference(editor, key="gone")
        kept = factories.make_reference(editor, key="kept")
        merge_references(actor=editor, reference_id=gone.pk, into_id=kept.pk, at=AT)
        edition = factories.make_edition(editor)
        Edition.objects.filter(pk=edition.pk).update(body='<p>A<cite data-refs="gone"></cite>.</p>')

        with pytest.raises(FreezeRefused) as refusal:
            frozen(editor, edition)

        assert [problem.code for problem in refusal.value.problems] == ["merged-reference"]


class TestRestoring:
    def test_who_wrote_what_comes_back_wrote_it_again(self, editor, other):
        edition = factories.make_edition(editor)
        factories.edit(edition, other, body="<p>Words of another.</p>")
        factories.edit(edition, editor, body="<p>Words of mine.</p>")
        frozen(editor, edition)
        newest = edition.contributions.order_by("-pk").first().pk

        save_draft(
            actor=editor,
            edition_id=edition.pk,
            draft_number=3,
            text=DraftText(title=edition.title, body="<p>Words of another.</p>"),
            restored_draft=2,
            at=LATER,
        )

        again = edition.contributions.filter(pk__gt=newest)
        assert set(again.values_list("user", flat=True)) == {editor.pk, other.pk}


class TestAdaptations:
    def test_whoever_wrote_the_source_wrote_what_begins_with_it(self, editor, other):
        source = factories.make_edition(other)

        adaptation = add_edition(
            actor=editor,
            article=source.article,
            language="en",
            audience=factories.audience("public"),
            source=source,
            begins_with_source=True,
            at=LATER,
        )

        assert why_not_independent(person=other, edition=adaptation) is not None

    def test_an_empty_adaptation_is_its_own_authors(self, editor, other):
        source = factories.make_edition(other)

        adaptation = add_edition(
            actor=editor,
            article=source.article,
            language="en",
            audience=factories.audience("public"),
            source=source,
            at=LATER,
        )

        assert why_not_independent(person=other, edition=adaptation) is None


class TestNotices:
    def test_a_notice_reaches_every_record_of_a_chain_of_merges(self, editor):
        first, second, third = (factories.make_reference(editor) for _number in range(3))
        record_notice(
            actor=editor, reference_id=third.pk, kind="RETRACTION", noticed_on=AT.date(), at=AT
        )

        merge_references(actor=editor, reference_id=first.pk, into_id=second.pk, at=AT)
        merge_references(actor=editor, reference_id=second.pk, into_id=third.pk, at=AT)

        kinds = ReferenceNotice.objects.filter(reference__in=[first, second, third])
        assert sorted(kinds.values_list("reference", "kind")) == [
            (row.pk, "RETRACTION") for row in (first, second, third)
        ]


class TestImporting:
    def test_an_image_that_did_not_come_along_shows_no_other_picture(self, editor):
        def bring(name, *figures):
            body = '<figure data-figure="imported-figure-1" data-alt="Grey"></figure><p>A.</p>'
            imported = ImportedArticle(
                f"What is {name}?", "", "", body, (), (), None, (), "en", figures
            )
            return import_article(
                actor=editor,
                imported=imported,
                audience=factories.audience(),
                language="en",
                origin=Origin(name=name, digest=name),
                at=AT,
            )

        first = bring("one", ImportedFigure("imported-figure-1", "", picture()))
        second = bring("two")

        assert figure_keys(first.body) == ["imported-figure-1"]
        assert figure_keys(second.body)[0].startswith("missing-")
        assert Contribution.objects.filter(edition=second).count() == 1
