"""Versions, their comparison, and the history of a draft."""

from html import unescape

import pytest
from django.db import connection
from django.urls import reverse
from reversion.models import Revision
from reversion.models import Version as Saved

from articles.models import Edition, Version
from articles.references.actions.references import change_reference
from articles.texts.actions.editions import add_edition
from articles.texts.saves import saves_of
from tests import factories


@pytest.fixture
def edition(editor) -> Edition:
    factories.make_reference(editor, key="specimen-a", title="A study of specimens")
    body = '<h2>Part</h2><p>First wording<cite data-refs="specimen-a"></cite>.</p>'
    return factories.make_edition(editor, question="What is tested?", body=body)


@pytest.fixture
def as_editor(client, editor):
    client.force_login(editor)
    return client


def url(edition: Edition, page: str, *more: object) -> str:
    return reverse(f"articles:{page}", args=[edition.pk, *more])


def text(response) -> str:
    assert response.status_code == 200
    return unescape(response.content.decode())


class TestVersions:
    def test_without_one_the_page_says_how_one_is_made(self, as_editor, edition):
        assert "No version yet" in text(as_editor.get(url(edition, "versions")))

    def test_they_are_listed_newest_first_with_what_the_board_made_of_them(
        self, as_editor, editor, edition
    ):
        factories.submit(factories.make_version(edition, editor), editor)
        factories.edit(edition, editor, summary="New.")
        factories.make_version(edition, editor, change_note="A summary at last.")

        page = text(as_editor.get(url(edition, "versions")))

        assert page.index("Version 2") < page.index("Version 1")
        assert "A summary at last." in page
        assert "Submitted" in page

    def test_one_shows_exactly_what_was_frozen(self, as_editor, editor, edition):
        version = factories.make_version(edition, editor)
        factories.edit(edition, editor, body="<p>Later wording.</p>")

        page = text(as_editor.get(reverse("articles:version", args=[version.pk])))

        assert "First wording" in page
        assert "Later wording" not in page
        assert version.digest in page
        assert "A study of specimens" in page
        assert 'href="#cite-1-1"' in page

    def test_a_thousand_cost_no_more_queries_than_ten(
        self, as_editor, editor, edition, django_assert_num_queries
    ):
        version = factories.make_version(edition, editor)
        factories.submit(version, editor)
        _copies(version, 2, 11)
        as_editor.get(url(edition, "versions"))
        with django_assert_num_queries(8):
            as_editor.get(url(edition, "versions"))
        _copies(version, 12, 1001)

        with django_assert_num_queries(8):
            page = text(as_editor.get(url(edition, "versions")))

        assert "1 to 25 of 1001" in page


class TestCompare:
    def test_without_versions_it_says_why_there_is_nothing(self, as_editor, edition):
        assert "Nothing to compare yet" in text(as_editor.get(url(edition, "compare")))

    def test_it_starts_from_the_newest_version_to_the_draft(self, as_editor, editor, edition):
        factories.make_version(edition, editor)
        factories.edit(edition, editor, body="<p>Second wording.</p>", title="What is new?")

        response = as_editor.get(url(edition, "compare"))

        page = text(response)
        comparison = response.context["comparison"]
        assert (response.context["before"], response.context["after"]) == ("1", "draft")
        assert [part.name for part in comparison.parts] == ["Question"]
        assert "<del" in page
        steps = [page.count(f'id="change-{n}"') for n in range(1, comparison.changes + 1)]
        assert steps == [1] * comparison.changes

    def test_any_two_versions_can_be_compared(self, as_editor, editor, edition):
        factories.make_version(edition, editor)
        factories.edit(edition, editor, body="<p>Second wording.</p>")
        factories.make_version(edition, editor)
        factories.edit(edition, editor, body="<p>Third wording.</p>")

        page = text(as_editor.get(url(edition, "compare"), {"from": "1", "to": "2"}))

        assert "Second" in page
        assert "Third" not in page

    def test_the_same_side_twice_says_so(self, as_editor, editor, edition):
        factories.make_version(edition, editor)

        page = text(as_editor.get(url(edition, "compare"), {"from": "1", "to": "1"}))

        assert "Both say the same." in page

    def test_any_two_saves_can_be_compared(self, as_editor, editor, edition):
        factories.edit(edition, editor, body="<p>Second wording.</p>")
        factories.edit(edition, editor, body="<p>Third wording.</p>")
        third, second, first = saves_of(edition).values_list("pk", flat=True)

        response = as_editor.get(
            url(edition, "compare"), {"from": f"save-{first}", "to": f"save-{second}"}
        )

        page = text(response)
        assert "Second" in response.context["comparison"].body
        assert "Third" not in response.context["comparison"].body
        assert f'value="save-{third}"' in page

    def test_it_begins_with_the_last_save_where_no_version_is(self, as_editor, editor, edition):
        factories.edit(edition, editor, summary="New.")

        response = as_editor.get(url(edition, "compare"))

        parts = response.context["comparison"].parts
        assert [part.name for part in parts] == ["Summary"]

    def test_sources_that_came_went_or_changed_are_named(self, as_editor, editor, edition):
        factories.make_reference(editor, key="specimen-b", title="Another study")
        kept = factories.make_reference(editor, key="specimen-c", title="A study kept")
        body = '<p>One<cite data-refs="specimen-a"></cite> two<cite data-refs="specimen-c"></cite>.</p>'
        factories.edit(edition, editor, body=body)
        factories.make_version(edition, editor)
        factories.edit(edition, editor, body=body.replace("specimen-a", "specimen-b"))
        change_reference(
            actor=editor,
            reference_id=kept.pk,
            csl={**kept.csl, "title": "A study kept well"},
            at=factories.AT,
        )

        response = as_editor.get(url(edition, "compare"))

        found = response.context["comparison"].references
        assert {(entry.kind, entry.key) for entry in found} == {
            ("added", "specimen-b"),
            ("removed", "specimen-a"),
            ("changed", "specimen-c"),
        }
        page = text(response)
        assert "Another study" in page
        changes = response.context["comparison"].changes
        steps = [page.count(f'id="change-{n}"') for n in range(1, changes + 1)]
        assert steps == [1] * changes

    def test_an_adaptation_in_the_same_language_is_compared_with_its_source(
        self, as_editor, editor, edition
    ):
        factories.make_version(edition, editor)
        public = add_edition(
            actor=editor,
            article=edition.article,
            language="en",
            audience=factories.audience("public"),
            source=edition,
            begins_with_source=True,
            at=factories.AT,
        )
        factories.edit(public, editor, body="<h2>Part</h2><p>Plain wording.</p>")

        response = as_editor.get(url(public, "compare"), {"from": f"{edition.pk}.1", "to": "draft"})

        assert "Plain" in response.context["comparison"].body
        assert "version 1 for clinician" in text(response)

    def test_another_articles_edition_is_not_found(self, as_editor, editor, edition):
        other = factories.make_edition(editor)

        answer = as_editor.get(url(edition, "compare"), {"from": f"{other.pk}.draft"})

        assert answer.status_code == 404

    def test_what_changed_in_meaning_is_listed(self, as_editor, editor, edition):
        factories.edit(edition, editor, body="<p>Take 5 mg.</p>")
        factories.make_version(edition, editor)
        factories.edit(edition, editor, body="<p>Take 10 mg.</p>")

        found = as_editor.get(url(edition, "compare")).context["parity"].differences

        assert {(one.side, one.normalised) for one in found} == {
            ("source", "5 mg"),
            ("target", "10 mg"),
        }

    def test_a_hundred_saves_cost_no_more_queries_than_ten(
        self, as_editor, editor, edition, django_assert_num_queries
    ):
        factories.edit(edition, editor, summary="New.")
        saved = saves_of(edition).first()
        _more_saves(saved, 10)
        as_editor.get(url(edition, "compare"))
        with django_assert_num_queries(14):
            as_editor.get(url(edition, "compare"))
        _more_saves(saved, 990)
        factories.analyze()

        with django_assert_num_queries(14):
            as_editor.get(url(edition, "compare"))

    @pytest.mark.parametrize(
        "side", ["save-0", "save-9999999999999999999", "2", "0", "-1", "x", "", "1 OR 1", "٣"]
    )
    def test_a_side_that_is_none_is_not_found(self, as_editor, editor, edition, side):
        factories.make_version(edition, editor)

        assert as_editor.get(url(edition, "compare"), {"from": side}).status_code == 404


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
        _more_saves(saved, 60)
        as_editor.get(url(edition, "history"), {"page": 2})
        with django_assert_num_queries(10):
            as_editor.get(url(edition, "history"), {"page": 2})
        _more_saves(saved, 940)
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


def _copies(version: Version, first: int, last: int) -> None:
    """Add versions in bulk that differ in number and digest alone."""
    fields = {
        field.attname: getattr(version, field.attname)
        for field in Version._meta.concrete_fields
        if field.attname not in {"id", "number", "digest", "change_class", "contribution_id"}
    }
    numbers = range(first, last + 1)
    freezings = factories.freezings([version.edition] * len(numbers), version.frozen_by)
    Version.objects.bulk_create(
        Version(
            **fields,
            number=number,
            digest=f"{number:064}",
            change_class="EDITORIAL",
            contribution=freezing,
        )
        for number, freezing in zip(numbers, freezings, strict=True)
    )
    factories.analyze()


def _more_saves(saved: Saved, count: int) -> None:
    """Add saves in bulk, each in a revision of its own."""
    revisions = Revision.objects.bulk_create(
        Revision(date_created=factories.AT, user=saved.revision.user) for _ in range(count)
    )
    Saved.objects.bulk_create(
        Saved(
            revision=revision,
            object_id=saved.object_id,
            content_type_id=saved.content_type_id,
            db=saved.db,
            format=saved.format,
            serialized_data=saved.serialized_data,
            object_repr=saved.object_repr,
        )
        for revision in revisions
    )
