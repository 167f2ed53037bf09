"""Saving a draft that moved on: both texts as one, and nothing typed is lost whatever happens next."""

import re
import time
from html import unescape

import pytest
from django.urls import reverse
from reversion.models import Version as Saved

from articles.models import Edition, WorkingCopy
from articles.texts.actions.working_copies import keep_working_copy
from manuscript.content.schema import MAX_CHARACTERS
from tests import factories
from tests.articles.texts.views.test_editions import typed, url

HALF = MAX_CHARACTERS // 2
BODY = "<p>The first of it.</p><p>Second.</p><p>Third.</p>"


@pytest.fixture
def edition(editor) -> Edition:
    return factories.make_edition(editor, question="What is tested?", body=BODY)


@pytest.fixture
def stale(edition, other_editor) -> dict[str, str]:
    """Return what one editor sends after the other has saved: they collide in the first block."""
    mine = typed(
        edition,
        body=BODY.replace("first", "first, mine,").replace("Third", "My third"),
        summary="My summary.",
        note="My note.",
    )
    theirs = BODY.replace("first", "first, theirs,").replace("Second", "Their second")
    factories.edit(edition, other_editor, body=theirs)
    return mine


def sent_by(response, **choices: str) -> dict[str, str]:
    """Return what the page for merging sends: its hidden fields, and a choice for each place."""
    form = response.context["form"]
    page = response.content.decode()
    fields = {name: form[name].value() or "" for name in form.fields}
    for name in re.findall(r'type="hidden" name="(\w+)"', page):
        assert name in {*fields, "csrfmiddlewaretoken", "stored_number"}
    stored = re.search(r'name="stored_number" value="(\d+)"', page)
    checked = re.findall(r'name="(choice-\w+)" value="(\w+)" checked', page)
    return {**fields, "stored_number": stored[1], **dict(checked), **choices}


def places_of(response) -> list:
    return [row for row in response.context["rows"] if row.is_place]


def merge(client, edition, fields):
    return client.post(reverse("articles:merge", args=[edition.pk]), fields)


class TestTheStaleSave:
    def test_it_answers_409_with_one_text_of_both_and_saves_nothing(
        self, as_editor, edition, stale, other_editor
    ):
        response = as_editor.post(url(edition), stale)

        edition.refresh_from_db()
        page = unescape(response.content.decode())
        assert response.status_code == 409
        assert edition.draft_number == 2
        assert f"{other_editor.name} saved draft 2 while you were writing." in page
        assert "In 1 place both changed the same" in page
        assert "<ins" in page
        assert page.count("button--primary") == 1

    def test_what_only_one_changed_is_taken_and_the_rest_is_chosen(self, as_editor, edition, stale):
        response = as_editor.post(url(edition), stale)
        (place,) = places_of(response)

        saved = merge(as_editor, edition, sent_by(response, **{f"choice-{place.name}": "both"}))

        edition.refresh_from_db()
        assert saved.status_code == 302
        assert edition.body == (
            "<p>The first, theirs, of it.</p><p>The first, mine, of it.</p>"
            "<p>Their second.</p><p>My third.</p>"
        )
        assert (edition.summary, edition.draft_number) == ("My summary.", 3)
        notes = [row.revision.comment for row in Saved.objects.get_for_object(edition)]
        assert notes[0] == "My note."
        assert len(notes) == 3  # theirs is still in the history

    @pytest.mark.parametrize(("choice", "word"), [("theirs", "theirs"), ("mine", "mine")])
    def test_each_choice_is_kept_to(self, as_editor, edition, stale, choice, word):
        response = as_editor.post(url(edition), stale)
        (place,) = places_of(response)

        merge(as_editor, edition, sent_by(response, **{f"choice-{place.name}": choice}))

        edition.refresh_from_db()
        assert edition.body.startswith(f"<p>The first, {word}, of it.</p><p>Their second.</p>")

    def test_single_fields_are_chosen_likewise(self, as_editor, edition, other_editor):
        mine = typed(edition, title="What do I ask?", heading="My heading")
        factories.edit(edition, other_editor, title="What do they ask?", summary="Theirs.")
        response = as_editor.post(url(edition), mine)

        assert [row.name for row in places_of(response)] == ["title"]
        merge(as_editor, edition, sent_by(response, **{"choice-title": "theirs"}))

        edition.refresh_from_db()
        assert (edition.title, edition.heading) == ("What do they ask?", "My heading")
        assert edition.summary == "Theirs."

    def test_a_third_save_in_between_is_met_again_with_the_choice_still_made(
        self, as_editor, edition, stale, other_editor
    ):
        response = as_editor.post(url(edition), stale)
        (place,) = places_of(response)
        fields = sent_by(response, **{f"choice-{place.name}": "theirs"})
        factories.edit(edition, other_editor, heading="A third save")

        again = merge(as_editor, edition, fields)

        assert again.status_code == 409
        assert [row.chosen for row in places_of(again)] == ["theirs"]
        assert again.context["form"]["note"].value() == "My note."
        merge(as_editor, edition, sent_by(again))
        edition.refresh_from_db()
        assert (edition.heading, edition.draft_number) == ("A third save", 4)
        assert "first, theirs," in edition.body
        assert "My third." in edition.body

    def test_a_merged_text_that_is_too_long_keeps_what_was_typed(
        self, as_editor, edition, other_editor
    ):
        mine = typed(edition, body=f"<p>{'m' * HALF}</p>{BODY}")
        factories.edit(edition, other_editor, body=f"<p>{'t' * HALF}</p>{BODY}")
        response = as_editor.post(url(edition), mine)

        refused = merge(as_editor, edition, sent_by(response))

        assert refused.status_code == 400
        assert "at most 600,000 are accepted" in refused.content.decode()
        (place,) = places_of(refused)
        saved = merge(as_editor, edition, sent_by(refused, **{f"choice-{place.name}": "mine"}))
        assert saved.status_code == 302

    def test_changes_in_different_places_need_no_choice(self, as_editor, edition, other_editor):
        mine = typed(edition, body=BODY.replace("Third", "My third"))
        factories.edit(edition, other_editor, body=BODY.replace("Second", "Their second"))

        response = as_editor.post(url(edition), mine)

        assert "nothing is left to choose" in response.content.decode()
        merge(as_editor, edition, sent_by(response))
        edition.refresh_from_db()
        assert edition.body == "<p>The first of it.</p><p>Their second.</p><p>My third.</p>"

    def test_where_the_history_lacks_the_opened_draft_every_difference_is_chosen(
        self, as_editor, edition, stale
    ):
        Saved.objects.get_for_object(edition).last().delete()

        response = as_editor.post(url(edition), stale)

        places = places_of(response)
        assert len(places) == 3  # the summary, the first block, the rest
        assert places[-1].chosen == "both"
        choices = {f"choice-{place.name}": "mine" for place in places}
        merge(as_editor, edition, sent_by(response, **choices))
        edition.refresh_from_db()
        assert edition.body == stale["body"]

    def test_the_same_text_saved_by_both_is_no_conflict(self, as_editor, edition, other_editor):
        same = typed(edition, summary="The same words.")
        factories.edit(edition, other_editor, summary="The same words.")

        assert as_editor.post(url(edition), same).status_code == 302

    def test_a_save_in_my_own_other_window_is_called_that(self, as_editor, editor, edition):
        mine = typed(edition, summary="My summary.")
        factories.edit(edition, editor, summary="Typed in another window.")

        page = unescape(as_editor.post(url(edition), mine).content.decode())

        assert "You saved this draft in another window." in page
        assert "while you were writing" not in page

    def test_markup_typed_into_a_title_stays_text(self, as_editor, edition, other_editor):
        mine = typed(edition, title="<script>alert(1)</script> & more?")
        factories.edit(edition, other_editor, title="Theirs <b>?")

        page = as_editor.post(url(edition), mine).content.decode()

        assert "<script>alert" not in page
        assert "Theirs <b>" not in page

    def test_the_script_is_told_in_json_and_keeps_the_page(self, as_editor, edition, stale):
        response = as_editor.post(url(edition), stale, headers={"accept": "application/json"})

        assert response.status_code == 409
        assert "saved this draft" in response.json()["reason"]

    def test_restoring_an_old_draft_over_a_newer_one_is_merged_too(
        self, as_editor, editor, edition, other_editor
    ):
        first = Saved.objects.get_for_object(edition).last()
        factories.edit(edition, editor, summary="Second draft.")
        factories.edit(edition, other_editor, summary="Third draft.", heading="New")

        response = as_editor.post(
            reverse("articles:restore", args=[edition.pk, first.pk]), {"draft_number": "2"}
        )

        assert response.status_code == 409
        merge(as_editor, edition, sent_by(response, **{"choice-summary": "mine"}))
        edition.refresh_from_db()
        assert (edition.summary, edition.heading) == ("", "New")


class TestTheAddress:
    def test_a_page_sent_by_nobody_shows_the_editor_with_what_it_had(self, as_editor, edition):
        response = merge(as_editor, edition, typed(edition, summary="Kept in sight."))

        assert response.status_code == 400
        assert "Kept in sight." in response.content.decode()

    def test_it_takes_posts_of_editors_only(self, client, as_editor, edition, chair, stranger):
        assert as_editor.get(reverse("articles:merge", args=[edition.pk])).status_code == 405
        client.force_login(chair)
        assert merge(client, edition, typed(edition)).status_code == 403
        client.force_login(stranger)
        assert merge(client, edition, typed(edition)).status_code == 404


class TestWhatWasTypedBeforeTheDraftMovedOn:
    def test_opening_the_editor_shows_the_merge(self, as_editor, editor, edition, stale):
        fields = {name: stale[name] for name in ("title", "body", "summary", "note")}
        keep_working_copy(
            actor=editor, edition_id=edition.pk, draft_number=1, text=fields, at=factories.AT
        )

        response = as_editor.get(url(edition))

        assert response.status_code == 200
        assert len(places_of(response)) == 1
        merge(as_editor, edition, sent_by(response))
        edition.refresh_from_db()
        assert "first, mine," in edition.body
        assert WorkingCopy.objects.get(user=editor).text == {}

    def test_it_can_be_dropped_for_the_stored_draft(self, as_editor, editor, edition, stale):
        keep_working_copy(
            actor=editor,
            edition_id=edition.pk,
            draft_number=1,
            text={"body": stale["body"]},
            at=factories.AT,
        )

        as_editor.post(reverse("articles:working-copy-drop", args=[edition.pk]))

        page = unescape(as_editor.get(url(edition)).content.decode())
        assert "first, theirs," in page
        assert "first, mine," not in page


def test_merging_costs_the_same_queries_after_many_saves(
    as_editor, editor, edition, other_editor, stale, django_assert_max_num_queries
):
    for number in range(30):
        factories.edit(edition, other_editor, heading=f"Heading {number}")
    as_editor.post(url(edition), stale)

    with django_assert_max_num_queries(12):
        response = as_editor.post(url(edition), stale)
    with django_assert_max_num_queries(25):
        assert merge(as_editor, edition, sent_by(response)).status_code == 302


class TestWhatNobodySends:
    @pytest.mark.parametrize("number", ["9" * 5000, "9" * 10, "٣", "-1", ""])
    def test_a_stored_number_that_is_none_is_bad_input(self, as_editor, edition, stale, number):
        response = merge(as_editor, edition, {**stale, "stored_number": number})

        assert response.status_code == 400


class TestVeryLongTexts:
    @pytest.fixture
    def long(self, editor) -> Edition:
        return factories.make_edition(editor, question="What is long?", body=paragraphs("base"))

    def test_both_are_offered_whole_and_the_page_is_there_soon(self, as_editor, long, other_editor):
        mine = typed(long, body=paragraphs("mine"))
        factories.edit(long, other_editor, body=paragraphs("theirs"))

        started = time.process_time()
        response = as_editor.post(url(long), mine)
        assert time.process_time() - started < 4  # 1 on a machine that does nothing else

        (place,) = places_of(response)
        assert response.status_code == 409
        assert "too long to merge part by part" in response.content.decode()
        assert not place.can_be_both
        fields = sent_by(response, **{f"choice-{place.name}": "theirs"})
        assert merge(as_editor, long, fields).status_code == 302
        long.refresh_from_db()
        assert long.body == paragraphs("theirs")

    def test_the_comparison_says_so_in_words(self, as_editor, long, other_editor):
        factories.edit(long, other_editor, body=paragraphs("theirs"))
        compare = reverse("articles:compare", args=[long.pk])

        started = time.process_time()
        for asked in ({}, {"meaning": "1"}):
            response = as_editor.get(compare, asked)
            page = unescape(response.content.decode())
            assert response.status_code == 200
            assert "It is too long to compare in detail." in page
            assert "Compare the meaning too" not in page
        assert time.process_time() - started < 4


def paragraphs(word: str) -> str:
    return "".join(f"<p>{word}{number} words</p>" for number in range(8000))
