"""Every page of the board's desk for everybody: what may be known, seen and done."""

import pytest
from django.urls import reverse

from kernel.models import AuditEntry
from review.models import Submission
from tests import factories
from tests.review.views.conftest import enter, words_of

PEOPLE = ["anonymous", "stranger", "unassigned", "reviewer", "editor", "chair", "superuser"]
# One answer to a GET for each of PEOPLE: 302 asks to sign in, 404 hides, 403 says why not.
GETS = {
    "queue": [302, 200, 200, 200, 200, 200, 200],
    "submission": [302, 404, 404, 200, 200, 200, 200],
    "sign": [302, 404, 404, 200, 403, 403, 403],
    "request-changes": [302, 404, 404, 200, 403, 403, 403],
    "recuse": [302, 404, 404, 200, 403, 403, 403],
    "assign": [302, 404, 404, 403, 403, 200, 200],
    "end-assignment": [302, 404, 404, 403, 403, 200, 200],
    "withdraw": [302, 404, 404, 403, 200, 200, 200],
    "notice": [302, 404, 404, 404, 403, 200, 200],
    "submit": [302, 404, 404, 404, 200, 403, 200],
}
# Answers to a POST of something that would be accepted from the right person.
POSTS = {
    "sign": [302, 404, 404, 302, 403, 403, 403],
    "request-changes": [302, 404, 404, 302, 403, 403, 403],
    "recuse": [302, 404, 404, 302, 403, 403, 403],
    "assign": [302, 404, 404, 403, 403, 302, 302],
    "end-assignment": [302, 404, 404, 403, 403, 302, 302],
    "withdraw": [302, 404, 404, 403, 302, 302, 302],
    "notice": [302, 404, 404, 404, 403, 302, 302],
    "submit": [302, 404, 404, 404, 302, 403, 302],
}


def rows(table):
    return [
        pytest.param(door, person, status, id=f"{door}-{person}")
        for door, statuses in table.items()
        for person, status in zip(PEOPLE, statuses, strict=True)
    ]


def address(door, board, editor) -> str:
    """Return the page's address; the version to submit is one that nobody submitted yet."""
    if door == "queue":
        return reverse("review:queue")
    if door == "end-assignment":
        return reverse("review:end-assignment", args=[board.assignment.pk])
    if door == "notice":
        return reverse("review:notice", args=[board.submission.edition.article_id])
    if door == "submit":
        version = factories.make_version(factories.make_edition(editor), editor)
        return reverse("review:submit", args=[version.pk])
    return reverse(f"review:{door}", args=[board.submission.pk])


def accepted_data(door, board) -> dict[str, str]:
    return {
        "sign": {"digest": board.submission.version.digest, "password": factories.PASSWORD},
        "request-changes": {"comment": "Name the dose."},
        "assign": {
            "capacity": str(board.specialty.pk),
            "reviewer": str(board.people["unassigned"].pk),
        },
        "notice": {"kind": "CAUTION", "text": "One figure is being checked."},
    }.get(door, {})


class TestLookingAtAPage:
    @pytest.mark.parametrize(("door", "person", "status"), rows(GETS))
    def test_answers_everybody_as_they_may_and_changes_nothing(
        self, client, board, editor, door, person, status
    ):
        url = address(door, board, editor)
        enter(client, board.people[person])
        before = (AuditEntry.objects.count(), Submission.objects.count())

        response = client.get(url)

        assert response.status_code == status
        assert (AuditEntry.objects.count(), Submission.objects.count()) == before
        if status == 302:
            assert response.headers["Location"].startswith(reverse("accounts:sign-in"))

    def test_is_stored_nowhere(self, client, board, reviewer):
        client.force_login(reviewer)

        for door in ("queue", "submission", "sign"):
            response = client.get(address(door, board, None))
            assert "no-store" in response.headers["Cache-Control"], door

    @pytest.mark.parametrize("door", [name for name in GETS if name not in {"queue", "submission"}])
    def test_says_why_not_in_words(self, client, board, editor, door):
        person = "chair" if GETS[door][PEOPLE.index("chair")] == 403 else "editor"
        if door == "withdraw":
            person = "reviewer"
        url = address(door, board, editor)
        enter(client, board.people[person])

        text = words_of(client.get(url))

        assert any(
            reason in text
            for reason in (
                "You have not been asked to review this submission.",
                "Only a chair of the board does this.",
                "Only editors put a version before the board.",
                "Only the editor who submitted it or a chair withdraws a submission.",
            )
        )


class TestSendingSomething:
    @pytest.mark.parametrize(("door", "person", "status"), rows(POSTS))
    def test_is_done_only_for_who_may(self, client, board, editor, door, person, status):
        url = address(door, board, editor)
        data = accepted_data(door, board)
        enter(client, board.people[person])
        before = AuditEntry.objects.count()

        response = client.post(url, data)

        assert response.status_code == status
        done = status == 302 and person != "anonymous"
        assert (AuditEntry.objects.count() > before) is done

    @pytest.mark.parametrize("door", sorted(POSTS))
    def test_needs_the_csrf_token(self, board, editor, door):
        from django.test import Client

        strict = Client(enforce_csrf_checks=True)
        url = address(door, board, editor)
        strict.force_login(board.people["superuser"])

        assert strict.post(url, accepted_data(door, board)).status_code == 403

    @pytest.mark.parametrize("door", sorted(POSTS))
    def test_takes_no_other_method(self, client, board, editor, door):
        url = address(door, board, editor)
        client.force_login(board.people["superuser"])

        assert client.delete(url).status_code == 405
        assert client.put(url).status_code == 405


class TestRetractPage:
    @pytest.mark.parametrize(
        ("person", "status"), list(zip(PEOPLE, [302, 404, 404, 403, 403, 200, 200], strict=True))
    )
    def test_answers_everybody_as_they_may(self, client, board, reviewer, person, status):
        factories.set_rule(approvals=1)
        submission = factories.make_submission(board.people["editor"])
        factories.approve(submission, reviewer, board.people["chair"])
        url = reverse("review:retract", args=[submission.pk])
        enter(client, board.people[person])
        before = AuditEntry.objects.count()

        assert client.get(url).status_code == status
        assert AuditEntry.objects.count() == before
