"""Freezing a draft from its page."""

from html import unescape

import pytest
from django.urls import reverse

from articles.models import Edition
from articles.texts.actions.working_copies import keep_working_copy
from tests import factories


@pytest.fixture
def edition(editor) -> Edition:
    return factories.make_edition(editor, question="What is tested?")


def url(edition: Edition) -> str:
    return reverse("articles:freeze", args=[edition.pk])


def test_a_first_version_asks_no_kind_of_change(as_editor, edition):
    page = as_editor.get(url(edition)).content.decode()

    assert "Freeze as version 1" in page
    assert "change_class" not in page

    response = as_editor.post(url(edition), {"draft_number": 1, "change_note": ""})

    version = edition.versions.get()
    assert response.status_code == 302
    assert (version.change_class, version.change_note) == ("FIRST", "First version.")


def test_a_later_version_shows_what_changed_and_says_what_kind_it_is(as_editor, editor, edition):
    factories.make_version(edition, editor)
    factories.edit(edition, editor, body="<p>A longer sentence to review.</p>")

    page = as_editor.get(url(edition)).content.decode()

    assert "Freeze as version 2" in page
    assert "What changed since version 1" in page
    assert "<ins" in page

    as_editor.post(
        url(edition),
        {"draft_number": 2, "change_class": "EDITORIAL", "change_note": "A longer sentence."},
    )

    newest = edition.versions.get(number=2)
    assert (newest.change_class, newest.change_note) == ("EDITORIAL", "A longer sentence.")


@pytest.mark.parametrize("missing", ["change_class", "change_note"])
def test_a_later_version_needs_kind_and_note(as_editor, editor, edition, missing):
    factories.make_version(edition, editor)
    factories.edit(edition, editor, summary="New.")
    sent = {"draft_number": 2, "change_class": "EDITORIAL", "change_note": "Because I typed it."}

    response = as_editor.post(url(edition), {**sent, missing: ""})

    assert response.status_code == 400
    assert edition.versions.count() == 1
    if missing == "change_class":
        assert "Because I typed it." in response.content.decode()


def test_every_problem_is_listed_with_its_remedy(as_editor, editor, edition):
    body = '<p>x<cite data-refs="nobody-1900"></cite><cite data-refs="noone-1901"></cite></p>'
    factories.edit(edition, editor, title="", body=body)

    for response in (
        as_editor.get(url(edition)),
        as_editor.post(url(edition), {"draft_number": 2, "change_note": "My note."}),
    ):
        page = unescape(response.content.decode())
        assert "The question is empty." in page
        assert "Write the question that this text answers." in page
        assert "The citation “nobody-1900” points at no reference." in page
        assert "The citation “noone-1901” points at no reference." in page
    assert response.status_code == 409
    assert "My note." in page
    assert not edition.versions.exists()


def test_a_draft_saved_meanwhile_is_not_frozen_unread(as_editor, edition, other_editor):
    factories.edit(edition, other_editor, summary="Saved meanwhile.")

    response = as_editor.post(url(edition), {"draft_number": 1, "change_note": "My note."})

    page = unescape(response.content.decode())
    assert response.status_code == 409
    assert not edition.versions.exists()
    assert f"{other_editor.name} saved this draft since you read it." in page
    assert "My note." in page
    assert 'name="draft_number" value="2"' in page


def test_a_draft_that_i_saved_in_another_window_is_called_that(as_editor, editor, edition):
    factories.edit(edition, editor, summary="Saved in another window.")

    response = as_editor.post(url(edition), {"draft_number": 1, "change_note": "My note."})

    assert response.status_code == 409
    assert "You saved this draft in another window." in response.content.decode()


def test_freezing_what_is_frozen_says_that_nothing_changed(as_editor, editor, edition):
    factories.make_version(edition, editor)
    sent = {"draft_number": 1, "change_class": "EDITORIAL", "change_note": "Nothing."}

    response = as_editor.post(url(edition), sent)

    assert response.status_code == 409
    assert "Nothing changed since version 1." in response.content.decode()
    assert edition.versions.count() == 1


class TestUnsavedWords:
    @pytest.mark.parametrize("page", ["", "freeze/"])
    def test_whoever_freezes_is_told_of_words_that_are_in_no_draft(
        self, as_editor, editor, other_editor, edition, page
    ):
        for person in (editor, other_editor):
            keep_working_copy(
                actor=person,
                edition_id=edition.pk,
                draft_number=1,
                text={"body": "<p>More.</p>"},
                at=factories.AT,
            )

        said = as_editor.get(f"/desk/editions/{edition.pk}/{page}").content.decode()

        assert "You, and did not save it" in said
        assert f"{other_editor.name} is not done" in said

    def test_nothing_is_said_where_all_is_saved(self, as_editor, edition):
        said = as_editor.get(f"/desk/editions/{edition.pk}/freeze/").content.decode()

        assert "did not save" not in said
