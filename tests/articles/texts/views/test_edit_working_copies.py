"""What was typed and not saved: kept, shown again to whoever typed it, and to nobody else."""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from reversion.models import Version as Saved

from accounts.models.user import Role
from articles.models import Contribution, Edition, WorkingCopy
from articles.texts.actions.working_copies import keep_working_copy
from kernel.models import AuditEntry
from manuscript.content.schema import MAX_CHARACTERS
from tests import factories
from tests.articles.texts.views.test_editions import typed, url


@pytest.fixture
def edition(editor) -> Edition:
    return factories.make_edition(editor, question="What is tested?", body="<p>Stored.</p>")


def address(edition: Edition) -> str:
    return reverse("articles:working-copy", args=[edition.pk])


def keep(client, edition, *, draft_number: int | None = None, **fields: object):
    sent = {"draft_number": draft_number or edition.draft_number, "fields": fields or None}
    return client.post(address(edition), sent, content_type="application/json")


class TestKeeping:
    def test_it_keeps_what_was_typed_and_makes_no_draft_of_it(self, as_editor, editor, edition):
        before = [model.objects.count() for model in (Saved, Contribution, AuditEntry)]

        response = keep(as_editor, edition, title="Half a ques", body="<p>Half a sen", ai_date="x")

        copy = WorkingCopy.objects.get()
        assert response.status_code == 200
        assert (copy.user, copy.draft_number) == (editor, 1)
        assert copy.text == {"title": "Half a ques", "body": "<p>Half a sen", "ai_date": "x"}
        assert [model.objects.count() for model in (Saved, Contribution, AuditEntry)] == before

    def test_a_heartbeat_leaves_the_text_as_it_is(self, as_editor, edition):
        keep(as_editor, edition, body="<p>Typed.</p>")
        typed_at = WorkingCopy.objects.get().typed_at

        keep(as_editor, edition)

        copy = WorkingCopy.objects.get()
        assert (copy.text, copy.typed_at) == ({"body": "<p>Typed.</p>"}, typed_at)
        assert copy.seen_at > typed_at

    def test_it_tells_who_else_is_there_and_what_they_do(self, as_editor, edition, other_editor):
        now = timezone.now()
        gone = factories.make_user("Gone Away", Role.EDITOR)
        for user, text, at in (
            (other_editor, {"body": "secret"}, now),
            (gone, {"body": "secret"}, now - timedelta(minutes=2)),
        ):
            keep_working_copy(actor=user, edition_id=edition.pk, draft_number=1, text=text, at=at)

        answer = keep(as_editor, edition).json()

        assert answer["others"] == [
            {"name": "Otto Editor", "typed_at": now.isoformat(), "typing": True}
        ]
        assert "secret" not in str(answer)
        assert (answer["draft_number"], answer["saved_by"]) == (1, None)

    def test_it_tells_who_saved_a_newer_draft(self, as_editor, edition, other_editor):
        factories.edit(edition, other_editor, summary="Newer.")

        answer = keep(as_editor, edition, draft_number=1, body="x").json()

        assert answer["draft_number"] == 2
        assert answer["saved_by"]["name"] == "Otto Editor"
        assert not answer["saved_by"]["you"]

    @pytest.mark.parametrize(
        ("sent", "field"),
        [
            ({"draft_number": 0}, "draft_number"),
            ({"draft_number": True}, "draft_number"),
            ({"draft_number": 2**31}, "draft_number"),
            ({"fields": {}}, "draft_number"),
            ({"draft_number": 1, "fields": []}, "fields"),
            ({"draft_number": 1, "fields": {"body": 3}}, "body"),
            ({"draft_number": 1, "fields": {"owner": "x"}}, "__all__"),
            ({"draft_number": 1, "fields": {"body": "x" * (MAX_CHARACTERS + 1)}}, "body"),
            ({"draft_number": 1, "fields": {"title": "x" * 10_001}}, "title"),
            ([1], "fields"),
        ],
    )
    def test_what_is_no_text_of_a_draft_is_named(self, as_editor, edition, sent, field):
        response = as_editor.post(address(edition), sent, content_type="application/json")

        assert response.status_code == 400
        assert list(response.json()["errors"]) == [field]
        assert not WorkingCopy.objects.exists()

    def test_no_json_is_named_too(self, as_editor, edition):
        response = as_editor.post(address(edition), "{", content_type="application/json")

        assert response.status_code == 400

    def test_what_no_database_stores_is_left_out(self, as_editor, edition):
        as_editor.post(
            address(edition),
            b'{"draft_number": 1, "fields": {"title": "a\\u0000b\\ud800c"}}',
            content_type="application/json",
        )

        assert WorkingCopy.objects.get().text == {"title": "abc"}

    def test_it_costs_the_same_queries_however_many_are_there(
        self, as_editor, edition, django_assert_num_queries
    ):
        keep(as_editor, edition, body="x")
        with django_assert_num_queries(9):
            keep(as_editor, edition, body="y")
        for number in range(10):
            keep_working_copy(
                actor=factories.make_user(f"Many {number}", Role.EDITOR),
                edition_id=edition.pk,
                draft_number=1,
                text={"body": "x"},
                at=timezone.now(),
            )

        with django_assert_num_queries(9):
            assert len(keep(as_editor, edition, body="z").json()["others"]) == 10


class TestWhoMay:
    def test_signed_out_is_401_and_not_a_page(self, client, edition):
        for method in ("get", "post", "delete"):
            response = getattr(client, method)(address(edition))
            assert (response.status_code, response["Content-Type"]) == (401, "application/json")

    def test_who_sees_no_drafts_gets_404_and_who_does_not_write_403(
        self, client, edition, stranger, chair
    ):
        client.force_login(stranger)
        assert keep(client, edition, body="x").status_code == 404
        client.force_login(chair)
        response = keep(client, edition, body="x")
        assert (response.status_code, response.json()["reason"]) == (
            403,
            "Only editors write articles.",
        )
        assert not WorkingCopy.objects.exists()
        assert (
            client.post(reverse("articles:working-copy-drop", args=[edition.pk])).status_code == 403
        )

    def test_a_request_from_elsewhere_is_refused(self, editor, edition):
        client = Client(enforce_csrf_checks=True)
        client.force_login(editor)

        assert keep(client, edition, body="x").status_code == 403
        token = client.get(address(edition)).json()["token"]
        sent = {"draft_number": 1, "fields": {"body": "x"}}
        response = client.post(
            address(edition), sent, content_type="application/json", headers={"x-csrftoken": token}
        )
        assert response.status_code == 200

    def test_nobody_else_is_shown_or_drops_what_i_typed(
        self, client, edition, editor, other_editor
    ):
        client.force_login(editor)
        keep(client, edition, body="<p>My private words.</p>")
        client.force_login(other_editor)

        assert "private" not in client.get(url(edition)).content.decode()
        assert "private" not in client.get(address(edition)).content.decode()
        client.delete(address(edition))
        client.post(reverse("articles:working-copy-drop", args=[edition.pk]))
        client.post(url(edition), typed(edition, summary="Saved by another."))
        assert WorkingCopy.objects.get(user=editor).text == {"body": "<p>My private words.</p>"}


class TestOpening:
    def test_what_i_typed_is_in_the_form_with_a_notice(self, as_editor, edition):
        keep(as_editor, edition, title="Unfinished", body="<p>Typed.</p>", note="Why")

        response = as_editor.get(url(edition))

        page = unescape(response.content.decode())
        form = response.context["form"]
        assert "You typed this and did not save it." in page
        assert "Drop it and show draft 1" in page
        assert [form[name].value() for name in ("title", "body", "note", "summary")] == [
            "Unfinished",
            "<p>Typed.</p>",
            "Why",
            "",
        ]

    def test_it_is_there_even_where_it_could_not_be_saved(self, as_editor, edition, other_editor):
        keep(as_editor, edition, title="x" * 400, body="<p>Typed.</p>")
        factories.edit(edition, other_editor, summary="Newer.")

        form = as_editor.get(url(edition)).context["form"]

        assert form["title"].value() == "x" * 400
        assert form["draft_number"].value() == 1

    def test_what_says_the_same_as_the_draft_is_not_mentioned(self, as_editor, edition):
        keep(as_editor, edition, body="<div>Stored.</div>", title=" What is tested? ")

        page = as_editor.get(url(edition)).content.decode()

        assert "did not save it" not in page

    @pytest.mark.parametrize("method", ["delete", "post"])
    def test_dropping_shows_the_stored_draft(self, as_editor, edition, method):
        keep(as_editor, edition, body="<p>Typed.</p>")

        if method == "delete":
            as_editor.delete(address(edition))
        else:
            drop = reverse("articles:working-copy-drop", args=[edition.pk])
            assert "is dropped" in as_editor.post(drop, follow=True).content.decode()

        assert as_editor.get(url(edition)).context["form"]["body"].value() == "<p>Stored.</p>"


# What keeps the transaction, and its turn in the audit trail on PostgreSQL.
LOCKS = ("SAVEPOINT", "RELEASE", "SELECT pg_advisory_xact_lock")


class TestSaving:
    def test_it_empties_my_copy(self, as_editor, edition):
        keep(as_editor, edition, body="<p>Typed.</p>")

        response = as_editor.post(
            url(edition),
            typed(edition, body="<p>Typed.</p>"),
            headers={"accept": "application/json"},
        )

        copy = WorkingCopy.objects.get()
        assert response.json() == {"draft_number": 2, "changed": True}
        assert (copy.text, copy.typed_at, copy.draft_number) == ({}, None, 2)

    def test_the_script_is_told_what_is_wrong_and_the_copy_stays(self, as_editor, edition):
        keep(as_editor, edition, title="x" * 301)

        response = as_editor.post(
            url(edition), typed(edition, title="x" * 301), headers={"accept": "application/json"}
        )

        assert response.status_code == 400
        assert response.json()["errors"]["title"] == ["At most 300 characters; this has 301."]
        assert WorkingCopy.objects.get().text

    def test_it_costs_at_most_fifteen_queries_beside_the_five_that_say_who_asks(
        self, as_editor, editor, edition, django_assert_max_num_queries
    ):
        keys = [factories.make_reference(editor).key for _ in range(30)]
        cited = "".join(f'<p>x<cite data-refs="{key}"></cite></p>' for key in keys)
        as_editor.get(url(edition))
        keep(as_editor, edition, body=cited)

        with django_assert_max_num_queries(40) as captured:
            response = as_editor.post(
                url(edition), typed(edition, body=cited), headers={"accept": "application/json"}
            )

        assert response.json()["draft_number"] == 2
        statements = [row["sql"] for row in captured.captured_queries]
        statements = [sql for sql in statements if not sql.startswith(LOCKS)]
        assert len(statements) <= 5 + 15, "\n".join(sql[:160] for sql in statements)


class TestWhatNobodySends:
    @pytest.mark.parametrize(
        "sent", [b"[" * 200_000, b'{"a":' * 200_000, b"1" * 5000, b"\xff", b" " * (7 * 2**20)]
    )
    @pytest.mark.parametrize("path", ["working-copy", "quick"])
    def test_what_cannot_be_read_as_json_is_bad_input(self, as_editor, edition, path, sent):
        paths = {
            "working-copy": f"/desk/editions/{edition.pk}/working-copy/",
            "quick": "/desk/references/quick/",
        }

        response = as_editor.post(paths[path], sent, content_type="application/json")

        assert response.status_code == 400
        assert response.json()["errors"]
