"""The history of a draft, and going back in it."""

from html import unescape

import pytest
from django.db import connection
from reversion.models import Version as Saved

from articles.models import Version
from articles.texts.saves import saves_of
from tests import factories
from tests.articles.texts.views.conftest import more_saves, text, url


class TestHistory:
    @pytest.fixture
    def saved(self, editor, other_editor, edition) -> Saved:
        """Return the first of three saves; the second was frozen."""
        factories.edit(edition, other_editor, body="<p>Second wording.</p>")
        factories.make_version(edition, editor)
        factories.edit(edition, editor, body="<p>Third wording.</p>")
        return Saved.objects.get_for_object(edition).last()

    def test_every_save_is_listed_with_who_and_what_became_of_it(
        self, as_editor, edition, saved, other_editor
    ):
        page = text(as_editor.get(url(edition, "history")))

        names = [">Draft 3<", "Version 1", ">Draft 2<", ">Draft 1<"]
        places = [page.index(name) for name in names]
        assert places == sorted(places)
        assert other_editor.name in page
        assert "frozen from draft 2" in page
        assert page.count("as it is now") == 1

    def test_one_shows_what_it_said_and_what_restoring_would_change(
        self, as_editor, edition, saved
    ):
        page = text(as_editor.get(url(edition, "revision", saved.pk)))

        assert "First wording" in page
        assert "What restoring it would change" in page
        assert "Restore draft 1 as a new save" in page

    def test_restoring_makes_a_new_save_and_loses_none(self, as_editor, edition, saved):
        response = as_editor.post(url(edition, "restore", saved.pk), {"draft_number": 3})

        edition.refresh_from_db()
        notes = [row.revision.comment for row in Saved.objects.get_for_object(edition)]
        assert response.status_code == 302
        assert "First wording" in edition.body
        assert edition.draft_number == 4
        assert (len(notes), notes[0]) == (4, "Restored draft 1")

    def test_restoring_over_a_newer_save_shows_both(self, as_editor, edition, saved):
        response = as_editor.post(url(edition, "restore", saved.pk), {"draft_number": 2})

        edition.refresh_from_db()
        page = response.content.decode()
        assert response.status_code == 409
        assert edition.draft_number == 3
        assert "First" in page
        assert "Third" in page

    def test_restoring_what_stands_says_that_nothing_changed(self, as_editor, edition):
        saved = Saved.objects.get_for_object(edition).get()

        response = as_editor.post(
            url(edition, "restore", saved.pk), {"draft_number": 1}, follow=True
        )

        assert "says exactly this already" in response.content.decode()
        assert Saved.objects.get_for_object(edition).count() == 1

    def test_a_thousand_saves_cost_no_more_queries_than_ten(
        self, as_editor, edition, saved, django_assert_num_queries
    ):
        more_saves(saved, 60)
        as_editor.get(url(edition, "history"), {"page": 2})
        with django_assert_num_queries(10):
            as_editor.get(url(edition, "history"), {"page": 2})
        more_saves(saved, 940)
        factories.analyze()

        with django_assert_num_queries(10):
            page = text(as_editor.get(url(edition, "history"), {"page": 2}))

        assert "26 to 50 of 1003" in page

    def test_each_save_says_how_much_changed(self, as_editor, edition, editor):
        factories.edit(edition, editor, body="<h2>Part</h2><p>First wording, and two more.</p>")
        factories.edit(
            edition, editor, body="<h2>Part</h2><p>First <em>wording</em>, and two more.</p>"
        )

        page = text(as_editor.get(url(edition, "history")))

        assert "First save, 6 words" in page
        assert "+3 words" in page
        assert "No words: order, formatting, sources or facts" in page

    def test_a_version_stays_with_its_draft_on_whatever_page(self, as_editor, editor, edition):
        factories.make_version(edition, editor)
        for number in range(30):
            factories.edit(edition, editor, summary=f"Number {number}.")

        first = text(as_editor.get(url(edition, "history")))
        second = text(as_editor.get(url(edition, "history"), {"page": 2}))

        assert "Version 1" not in first
        assert "Version 1" in second
        assert second.index("Version 1") < second.index(">Draft 1<")

    def test_an_order_that_one_index_gives_lists_the_saves(self, edition):
        if connection.vendor != "sqlite":
            pytest.skip("how SQLite plans")
        plan = saves_of(edition).explain()

        assert "object_id_revision_id" in plan
        assert "TEMP B-TREE" not in plan


class TestRestoringAVersion:
    def test_the_page_shows_what_it_would_change_before_it_does(self, as_editor, editor, edition):
        factories.make_version(edition, editor)
        factories.edit(edition, editor, body="<p>Later wording.</p>")

        page = text(as_editor.get(url(edition, "compare"), {"from": "draft", "to": "1"}))

        assert "Restore version 1 as a new save" in page
        assert "<ins" in page

    def test_it_makes_a_new_save_and_says_the_way_back(self, as_editor, editor, edition):
        version = factories.make_version(edition, editor)
        factories.edit(edition, editor, body="<p>Later wording.</p>")

        response = as_editor.post(
            url(edition, "restore-version", 1), {"draft_number": 2}, follow=True
        )

        edition.refresh_from_db()
        assert "First wording" in edition.body
        assert edition.draft_number == 3
        assert "is draft 2, below it in the history" in unescape(response.content.decode())
        assert Version.objects.get() == version

    def test_only_editors_restore(self, client, chair, editor, edition):
        factories.make_version(edition, editor)
        client.force_login(chair)

        answer = client.post(url(edition, "restore-version", 1), {"draft_number": 1})

        assert answer.status_code == 403
