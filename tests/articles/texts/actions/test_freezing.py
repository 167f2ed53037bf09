import json
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from articles.models import Disclaimer, Reference, Version
from articles.references.actions.references import change_reference
from articles.texts.actions.editions import change_article
from articles.texts.actions.freezing import freeze
from articles.texts.errors import FreezeRefused
from articles.texts.freezing import version_fields, why_version_does_not_hold
from kernel.canonical import sha256
from kernel.errors import NotAllowed, NothingChanged, WrongState
from tests import factories
from tests.factories import AT


class TestFreezing:
    def test_binds_the_text_its_references_and_disclaimers_under_one_digest(self, editor):
        Disclaimer.objects.create(
            language="en", text="For clinicians.", audience=factories.audience(), in_force_from=AT
        )
        factories.make_reference(editor, key="source-1", title="A fictional source")
        edition = factories.make_edition(
            editor, body='<p>A sentence.<cite data-refs="source-1"></cite></p>'
        )

        version = factories.make_version(edition, editor)

        content = json.loads(version.content)
        assert version.number == 1
        assert version.change_class == "FIRST"
        assert version.digest == sha256(version.content.encode())
        assert content["body"] == edition.body
        assert content["references"][0]["csl"]["title"] == "A fictional source"
        assert content["disclaimers"] == [
            {"language": "en", "jurisdiction": "", "text": "For clinicians."}
        ]
        assert "A fictional source" in version.rendered_references[0]
        assert why_version_does_not_hold(version) is None

    def test_of_an_unchanged_text_is_refused(self, editor):
        edition = factories.make_edition(editor)
        factories.make_version(edition, editor)

        with pytest.raises(NothingChanged, match="Nothing changed since version 1"):
            factories.make_version(edition, editor)

        assert Version.objects.count() == 1

    @pytest.mark.parametrize("change_class", ["SUBSTANTIVE", "EDITORIAL"])
    def test_another_note_or_class_makes_no_version_of_the_same_text(self, editor, change_class):
        edition = factories.make_edition(editor)
        factories.make_version(edition, editor, change_note="One note.")

        with pytest.raises(NothingChanged, match="Nothing changed since version 1"):
            factories.make_version(
                edition, editor, change_note="Another note.", change_class=change_class
            )

        assert Version.objects.count() == 1

    def test_binds_the_note_and_the_class_of_the_change_under_the_digest(self, editor):
        version = factories.make_version(factories.make_edition(editor), editor)
        content = json.loads(version.content)
        assert content["change_note"] == version.change_note == "Changed for a test."
        assert content["change_class"] == version.change_class == "FIRST"

        for name, told in (("change_note", "Other."), ("change_class", "EDITORIAL")):
            forged = version_fields({**content, name: told}, style=version.citation_style)
            assert forged["digest"] != version.digest
            assert forged["text_digest"] == version.text_digest
            setattr(version, name, told)
            assert why_version_does_not_hold(version) == (
                f"{name} does not follow from the frozen content"
            )
            setattr(version, name, content[name])

    def test_of_a_text_changed_there_and_back_is_refused(self, editor):
        edition = factories.make_edition(editor, body="<p>One.</p>")
        factories.make_version(edition, editor)
        factories.edit(edition, editor, body="<p>Two.</p>")
        factories.edit(edition, editor, body="<p>One.</p>")

        with pytest.raises(NothingChanged):
            factories.make_version(edition, editor)

    def test_gives_equal_texts_the_equal_text_digest(self, editor):
        edition = factories.make_edition(editor, body="<p>One.</p>")
        first = factories.make_version(edition, editor)
        factories.edit(edition, editor, body="<p>Two.</p>")
        second = factories.make_version(edition, editor)
        factories.edit(edition, editor, body="<p>One.</p>")
        third = factories.make_version(edition, editor)

        assert [v.number for v in (first, second, third)] == [1, 2, 3]
        assert first.text_digest == third.text_digest != second.text_digest
        assert first.digest != third.digest

    def test_lists_every_blocking_problem_with_a_remedy(self, editor):
        edition = factories.make_edition(editor, body="<p>One.</p>")
        unidentified = factories.make_reference(editor, key="known-1")
        Reference.objects.filter(pk=unidentified.pk).update(is_identified=False)
        factories.edit(
            edition, editor, title="", body='<p>x.<cite data-refs="known-1 nowhere"></cite></p>'
        )

        with pytest.raises(FreezeRefused) as refusal:
            factories.make_version(edition, editor)

        problems = refusal.value.problems
        assert {p.code for p in problems} == {
            "empty-title",
            "dangling-citation",
            "unidentified-reference",
        }
        assert all(p.remedy for p in problems)
        assert not Version.objects.exists()

    def test_of_an_empty_text_is_refused(self, editor):
        edition = factories.make_edition(editor, body="")
        with pytest.raises(FreezeRefused, match="text is empty"):
            factories.make_version(edition, editor)

    def test_of_a_draft_that_moved_on_is_refused(self, editor, other_editor):
        edition = factories.make_edition(editor)
        factories.edit(edition, other_editor, body="<p>Other.</p>")

        with pytest.raises(WrongState, match="saved this draft since you read it"):
            freeze(
                actor=editor,
                edition_id=edition.pk,
                draft_number=1,
                change_note="",
                change_class="",
                at=AT,
            )

    def test_of_a_later_version_asks_what_changed(self, editor):
        edition = factories.make_edition(editor)
        factories.make_version(edition, editor)
        factories.edit(edition, editor, body="<p>Other.</p>")

        with pytest.raises(ValidationError, match="kind of change"):
            factories.make_version(edition, editor, change_class="FIRST")
        with pytest.raises(ValidationError, match="what changed"):
            factories.make_version(edition, editor, change_note=" ")

    @pytest.mark.parametrize("person", ["reviewer", "chair", "stranger", "administrator"])
    def test_is_for_editors(self, editor, person, request):
        edition = factories.make_edition(editor)
        with pytest.raises(NotAllowed, match="Only editors"):
            factories.make_version(edition, request.getfixturevalue(person))

    def test_keeps_a_reference_as_it_was_when_the_library_changes(self, editor):
        reference = factories.make_reference(editor, key="source-1", title="Before")
        edition = factories.make_edition(
            editor, body='<p>A sentence.<cite data-refs="source-1"></cite></p>'
        )
        version = factories.make_version(edition, editor)

        change_reference(
            actor=editor,
            reference_id=reference.pk,
            csl={**reference.csl, "title": "After"},
            at=AT,
        )

        version.refresh_from_db()
        assert version.frozen["references"][0]["csl"]["title"] == "Before"
        second = factories.make_version(edition, editor)
        assert second.frozen["references"][0]["csl"]["title"] == "After"


class TestDisclaimers:
    def test_the_nearest_audience_and_the_jurisdiction_win(self, editor):
        clinician = factories.audience()
        for audience, jurisdiction, text in [
            (None, "", "For everybody."),
            (clinician, "", "For clinicians."),
            (factories.audience("public"), "", "For the public."),
            (None, "CN", "For China."),
            (None, "US", "For the United States."),
        ]:
            Disclaimer.objects.create(
                language="en",
                jurisdiction=jurisdiction,
                audience=audience,
                text=text,
                in_force_from=AT,
            )
        Disclaimer.objects.create(
            language="en",
            text="Ended.",
            audience=clinician,
            in_force_from="2020-01-01",
            in_force_to="2021-01-01",
        )
        edition = factories.make_edition(editor, jurisdiction="cn")

        frozen = factories.make_version(edition, editor).frozen

        assert [row["text"] for row in frozen["disclaimers"]] == ["For clinicians.", "For China."]

    @pytest.mark.parametrize("newer", [AT.date(), AT.date() - timedelta(days=1)])
    @pytest.mark.parametrize("is_first", [True, False])
    def test_of_two_alike_the_newest_is_in_force(self, editor, newer, is_first):
        days = {"Older.": AT.date() - timedelta(days=2), "Newer.": newer}
        for text in days if is_first else reversed(days):
            Disclaimer.objects.create(language="en", text=text, in_force_from=days[text])
        Disclaimer.objects.create(
            language="en", text="Not yet.", in_force_from=AT.date() + timedelta(days=1)
        )

        frozen = factories.make_version(factories.make_edition(editor), editor).frozen

        assert [row["text"] for row in frozen["disclaimers"]] == ["Newer."]

    def test_of_two_of_one_day_the_one_written_last_is_in_force(self, editor):
        for text in ("First.", "Mended."):
            Disclaimer.objects.create(language="en", text=text, in_force_from=AT)

        frozen = factories.make_version(factories.make_edition(editor), editor).frozen

        assert [row["text"] for row in frozen["disclaimers"]] == ["Mended."]


class TestTheSpecialtyOfAnArticle:
    """It chooses the rule of the review, so writers do not change it once a version is frozen."""

    def change(self, article, actor, specialty):
        return change_article(
            actor=actor,
            article_id=article.pk,
            question=article.question,
            specialty=specialty,
            topics=[],
            at=AT,
        )

    def test_is_the_editors_before_the_first_version(self, editor):
        article = factories.make_edition(editor).article
        other = factories.make_specialty("surgery")
        assert self.change(article, editor, other).specialty == other

    def test_is_the_chairs_after_it(self, editor, chair):
        edition = factories.make_edition(editor)
        factories.make_version(edition, editor)
        other = factories.make_specialty("surgery")
        with pytest.raises(NotAllowed, match="only a chair changes it"):
            self.change(edition.article, editor, other)
        assert self.change(edition.article, chair, other).specialty == other
