"""Law 3: content decides, not saving."""

from dataclasses import replace

import pytest
import reversion
from django.core.exceptions import ValidationError

from articles.models import Citation, Edition
from articles.texts.actions.drafts import save_draft
from articles.texts.draft import DraftText
from articles.texts.errors import StaleDraft
from kernel.errors import NotAllowed
from kernel.models import AuditEntry
from tests import factories
from tests.factories import AT


def save(edition, actor, *, draft_number=None, **changes):
    return save_draft(
        actor=actor,
        edition_id=edition.pk,
        draft_number=draft_number or edition.draft_number,
        text=replace(DraftText.of(edition), **changes),
        at=AT,
    )


class TestSavingADraft:
    def test_stores_the_canonical_form_and_a_revision_with_who_and_when(self, editor):
        edition = factories.make_edition(editor)

        saved = save(edition, editor, body="<p>One <b>bold</b> word.</p>", title="  A   title ")

        assert saved.changed
        assert saved.edition.body == "<p>One <strong>bold</strong> word.</p>"
        assert saved.edition.title == "A title"
        newest = reversion.models.Version.objects.get_for_object(saved.edition).first()
        assert newest.revision.user == editor
        assert newest.revision.date_created == AT
        assert newest.field_dict["body"] == saved.edition.body

    def test_that_changes_nothing_makes_nothing(self, editor, other_editor):
        edition = factories.make_edition(editor, body="<p>One <b>bold</b> word.</p>")
        before = AuditEntry.objects.count()

        saved = save(edition, other_editor, body="<div>One <strong>bold</strong>  word.</div>")

        assert not saved.changed
        assert saved.edition.draft_number == edition.draft_number
        assert AuditEntry.objects.count() == before
        assert not edition.contributions.filter(user=other_editor).exists()
        assert reversion.models.Version.objects.get_for_object(edition).count() == 1

    def test_that_is_stale_is_refused_with_both_texts(self, editor, other_editor):
        edition = factories.make_edition(editor, body="<p>Old.</p>")
        save(edition, other_editor, body="<p>Theirs.</p>")

        with pytest.raises(StaleDraft) as refusal:
            save(edition, editor, body="<p>Mine.</p>")

        assert refusal.value.stored.body == "<p>Theirs.</p>"
        assert refusal.value.typed.body == "<p>Mine.</p>"
        assert refusal.value.draft_number == 2
        assert Edition.objects.get(pk=edition.pk).body == "<p>Theirs.</p>"

    def test_that_is_stale_but_says_the_same_is_no_conflict(self, editor, other_editor):
        edition = factories.make_edition(editor, body="<p>Old.</p>")
        save(edition, other_editor, body="<p>New.</p>")

        assert not save(edition, editor, body="<p>New.</p>").changed

    @pytest.mark.parametrize("person", ["reviewer", "chair", "stranger", "administrator"])
    def test_is_for_editors(self, editor, person, request):
        edition = factories.make_edition(editor)
        with pytest.raises(NotAllowed, match="Only editors"):
            save(edition, request.getfixturevalue(person), body="<p>New.</p>")

    def test_names_each_field_that_cannot_be_stored(self, editor):
        edition = factories.make_edition(editor)
        with pytest.raises(ValidationError) as refusal:
            save(
                edition,
                editor,
                title="x" * 301,
                summary="y" * 1001,
                body="<p>a\x00b</p>",
                jurisdiction="not a code!",
                ai_provenance={"prompt": "without a model"},
            )
        assert set(refusal.value.message_dict) == {
            "title",
            "summary",
            "body",
            "jurisdiction",
            "ai_provenance",
        }
        assert Edition.objects.get(pk=edition.pk).draft_number == 1

    def test_keeps_the_index_of_citations_in_step(self, editor):
        for key in ("a-1", "b-2"):
            factories.make_reference(editor, key=key)
        edition = factories.make_edition(
            editor,
            body='<p>One.<cite data-refs="b-2"></cite><cite data-refs="a-1 gone"></cite></p>',
        )
        assert list(
            edition.citations.order_by("number").values_list("reference__key", "number")
        ) == [
            ("b-2", 1),
            ("a-1", 2),
        ]

        save(edition, editor, body='<p>One.<cite data-refs="a-1"></cite></p>')

        assert list(Citation.objects.values_list("reference__key", "number")) == [("a-1", 1)]

    def test_records_who_contributed_to_which_draft(self, editor, other_editor):
        edition = factories.make_edition(editor)
        save(edition, other_editor, body="<p>New.</p>")

        assert list(
            edition.contributions.order_by("pk").values_list("user", "kind", "draft_number")
        ) == [(editor.pk, "CREATED", 1), (other_editor.pk, "EDITED", 2)]


def test_characters_that_nobody_sees_are_not_stored(editor):
    edition = factories.make_edition(editor)
    saved = save(
        edition, editor, title="What\x1b is\u202e it?", summary="One\x08 line.\nAnother\u200b."
    )
    assert saved.edition.title == "What is it?"
    assert saved.edition.summary == "One line.\nAnother."
