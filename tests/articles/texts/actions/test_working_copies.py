"""Keeping and emptying what one person typed into a draft."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from articles.models import Edition, WorkingCopy
from articles.texts.actions.working_copies import (
    company_of,
    empty_working_copy,
    keep_working_copy,
    working_copy_of,
)
from kernel.errors import NotAllowed
from manuscript.content.schema import MAX_CHARACTERS
from tests import factories
from tests.factories import AT

LATER = AT + timedelta(seconds=20)


@pytest.fixture
def edition(editor) -> Edition:
    return factories.make_edition(editor)


def keep(user, edition, text: dict | None, *, at=AT, draft_number: int = 1) -> None:
    keep_working_copy(
        actor=user, edition_id=edition.pk, draft_number=draft_number, text=text, at=at
    )


class TestKeeping:
    def test_there_is_one_copy_for_each_person_and_edition(self, editor, other_editor, edition):
        keep(editor, edition, {"body": "one"})
        keep(editor, edition, {"body": "two"}, at=LATER, draft_number=2)
        keep(other_editor, edition, {"body": "theirs"})

        copy = working_copy_of(editor, edition)
        assert (copy.text, copy.draft_number) == ({"body": "two"}, 2)
        assert (copy.typed_at, copy.seen_at) == (LATER, LATER)
        assert WorkingCopy.objects.count() == 2

    def test_being_there_changes_neither_the_text_nor_the_draft_it_was_begun_on(
        self, editor, edition
    ):
        keep(editor, edition, {"body": "one"})

        keep(editor, edition, None, at=LATER, draft_number=2)

        copy = working_copy_of(editor, edition)
        assert (copy.text, copy.draft_number) == ({"body": "one"}, 1)
        assert (copy.typed_at, copy.seen_at) == (AT, LATER)

    def test_only_editors_keep_copies(self, chair, edition):
        with pytest.raises(NotAllowed, match="Only editors write articles"):
            keep(chair, edition, {"body": "x"})

    @pytest.mark.parametrize(
        ("text", "field"),
        [
            ({"body": "x" * (MAX_CHARACTERS + 1)}, "body"),
            ({"summary": "x" * 10_001}, "summary"),
            ({"note": None}, "note"),
            ({"draft_number": "1"}, "__all__"),
        ],
    )
    def test_what_cannot_be_kept_is_named(self, editor, edition, text, field):
        with pytest.raises(ValidationError) as refusal:
            keep(editor, edition, text)

        assert list(refusal.value.message_dict) == [field]

    def test_a_text_as_long_as_a_draft_may_be_is_kept(self, editor, edition):
        keep(editor, edition, {"body": "x" * MAX_CHARACTERS})

        assert len(working_copy_of(editor, edition).text["body"]) == MAX_CHARACTERS


class TestEmptying:
    def test_it_empties_only_my_own(self, editor, other_editor, edition):
        keep(editor, edition, {"body": "mine"})
        keep(other_editor, edition, {"body": "theirs"})

        emptied = empty_working_copy(actor=editor, edition_id=edition.pk, draft_number=2, at=LATER)

        assert emptied
        assert working_copy_of(editor, edition) is None
        assert working_copy_of(other_editor, edition).text == {"body": "theirs"}

    def test_it_tells_that_there_was_nothing(self, editor, edition):
        keep(editor, edition, None)

        assert not empty_working_copy(actor=editor, edition_id=edition.pk, draft_number=1, at=LATER)


class TestCompany:
    @pytest.mark.parametrize(("seconds", "there"), [(60, True), (61, False)])
    def test_who_was_not_seen_for_a_minute_is_gone(
        self, editor, other_editor, edition, seconds, there
    ):
        keep(other_editor, edition, None)

        company = company_of(editor, edition, at=AT + timedelta(seconds=seconds))

        assert [one.name for one in company] == (["Otto Editor"] if there else [])

    @pytest.mark.parametrize(("seconds", "typing"), [(30, True), (31, False)])
    def test_who_did_not_type_for_half_a_minute_is_only_there(
        self, editor, other_editor, edition, seconds, typing
    ):
        keep(other_editor, edition, {"body": "x"})

        (one,) = company_of(editor, edition, at=AT + timedelta(seconds=seconds))

        assert (one.typing, one.typed_at) == (typing, AT)

    def test_i_am_no_company_of_mine(self, editor, edition):
        keep(editor, edition, {"body": "x"})

        assert company_of(editor, edition, at=AT) == []
