"""Every endpoint for everybody: what may be known, seen and done."""

import json
from contextlib import contextmanager

import pytest
from django.db import transaction

from kernel.models import AuditEntry
from tests import factories
from tests.api.conftest import PEOPLE, PROBLEM, V1, problem_of

# One status for each of PEOPLE. 401 asks who it is, 404 hides, 403 says why not.
GETS = {
    "": [200] * 7,
    "schema/": [200] * 7,
    "docs/": [200] * 7,
    "problems/": [200] * 7,
    "problems/stale-draft/": [200] * 7,
    "articles/": [200] * 7,
    "articles/{approved.edition.article.slug}/": [200] * 7,
    "articles/{draft.article.slug}/": [404] * 7,
    "publications/": [200] * 7,
    "publications/{approved.edition_id}/": [200] * 7,
    "publications/{draft.pk}/": [404] * 7,
    "versions/{approved.version_id}/": [200] * 7,
    "versions/{submission.version_id}/": [404, 404, 404, 200, 200, 200, 200],
    "versions/{frozen.pk}/": [404, 404, 404, 404, 200, 200, 200],
    "editions/": [401] + [200] * 6,
    "editions/{draft.pk}/": [401, 404, 404, 404, 200, 200, 200],
    "editions/{draft.pk}/checks/": [401, 404, 404, 404, 200, 200, 200],
    "editions/{draft.pk}/versions/": [401, 404, 404, 404, 200, 200, 200],
    "references/": [401] + [200] * 6,
    "references/{reference.key}/": [401, 404, 200, 200, 200, 200, 200],
    "submissions/": [401] + [200] * 6,
    "submissions/{submission.pk}/": [401, 404, 404, 200, 200, 200, 200],
    "submissions/{submission.pk}/candidates/?capacity=rheumatology": [
        401, 404, 404, 403, 403, 200, 200,
    ],
    "tokens/": [401] + [200] * 6,
    "nothing-of-the-kind/": [404] * 7,
    "editions/999999999999999999/": [401] + [404] * 6,
    "editions/99999999999999999999999/": [404] * 7,
}  # fmt: skip

# Answers to something that would be accepted from the right person.
WRITES = {
    "POST articles/": [401, 403, 403, 403, 201, 403, 201],
    "POST articles/{draft.article.slug}/editions/": [401, 404, 404, 404, 201, 403, 201],
    "POST articles/{approved.edition.article.slug}/editions/": [401, 403, 403, 403, 201, 403, 201],
    "POST articles/{draft.article.slug}/notices/": [401, 404, 404, 404, 403, 201, 201],
    "POST articles/{approved.edition.article.slug}/notices/": [401, 403, 403, 403, 403, 201, 201],
    "PUT editions/{draft.pk}/": [401, 404, 404, 404, 200, 403, 200],
    "PATCH editions/{draft.pk}/": [401, 404, 404, 404, 200, 403, 200],
    "POST editions/{draft.pk}/freeze/": [401, 404, 404, 404, 201, 403, 201],
    "POST versions/{frozen.pk}/submit/": [401, 404, 404, 404, 201, 403, 201],
    "POST versions/{approved.version_id}/submit/": [401, 403, 403, 403, 409, 403, 409],
    "POST submissions/{submission.pk}/assign/": [401, 404, 404, 403, 403, 201, 201],
    "POST submissions/{submission.pk}/sign/": [401, 404, 404, 201, 403, 403, 403],
    "POST submissions/{submission.pk}/request-changes/": [401, 404, 404, 200, 403, 403, 403],
    "POST submissions/{submission.pk}/recuse/": [401, 404, 404, 200, 403, 403, 403],
    "POST submissions/{submission.pk}/withdraw/": [401, 404, 404, 403, 200, 200, 200],
    "POST submissions/{submission.pk}/retract/": [401, 404, 404, 403, 403, 409, 409],
    "POST submissions/{approved.pk}/retract/": [401, 404, 404, 404, 403, 200, 200],
    "POST assignments/{assignment.pk}/end/": [401, 404, 404, 403, 403, 200, 200],
    "POST references/": [401, 403, 403, 403, 201, 403, 201],
    "PUT references/{reference.key}/": [401, 404, 403, 403, 200, 403, 200],
    "POST references/{reference.key}/notices/": [401, 404, 403, 403, 201, 201, 201],
}
# What no address does, whoever asks.
REFUSED = [
    "DELETE articles/{approved.edition.article.slug}/",
    "PUT articles/{approved.edition.article.slug}/",
    "DELETE editions/{draft.pk}/",
    "PUT publications/{approved.edition_id}/",
    "DELETE publications/{approved.edition_id}/",
    "PUT versions/{approved.version_id}/",
    "PATCH versions/{approved.version_id}/",
    "DELETE versions/{approved.version_id}/",
    "POST submissions/",
    "PUT submissions/{submission.pk}/",
    "PATCH submissions/{submission.pk}/",
    "DELETE submissions/{submission.pk}/",
    "PATCH references/{reference.key}/",
    "DELETE references/{reference.key}/",
    "GET submissions/{submission.pk}/sign/",
    "PUT tokens/",
]


TEXT = {
    "title": "What is new?",
    "heading": "",
    "summary": "",
    "body": "<p>Another sentence.</p>",
    "jurisdiction": "",
    "ai_provenance": {},
}
SOURCE = {"csl": {"type": "webpage", "title": "A page", "URL": "https://example.org/page"}}
EDITION = {"language": "en", "audience": "public"}


def accepted(door, desk) -> dict:
    """Return a body that the right person could send."""
    notice = {"kind": "CAUTION", "text": "One figure is being checked."}
    against = {"kind": "RETRACTION", "noticed_on": "2026-11-01"}
    noun, last = door.split(" ")[1].split("/")[0], door.rstrip("/").rsplit("/", 1)[1:]
    bodies = {
        "articles": {"question": "What is asked?", "specialty": "rheumatology", **EDITION},
        "editions": EDITION,
        "freeze": {"draft_number": 1},
        "assign": {
            "reviewer": desk.people["unassigned"].pk,
            "capacity": "rheumatology",
            "due_on": "2026-12-24",
        },
        "sign": {
            "digest": desk.submission.version.digest,
            "password": factories.PASSWORD,
            "comment": "Read in full.",
        },
        "request-changes": {"comment": "Name the dose."},
        "retract": {"notice": "A figure was wrong."},
        "notices": against if noun == "references" else notice,
        "references": SOURCE,
    }
    if door.startswith(("PUT editions", "PATCH editions")):
        return TEXT if door.startswith("PUT") else {"summary": "In short."}
    if door.startswith("PUT references"):
        return SOURCE
    return bodies.get(last[0] if last else noun, {})


def send(desk, door, person, body=None):
    method, address = door.split(" ")
    headers = {"if-match": '"draft-1"'} if " editions/" in door else {}
    return desk.as_(person).generic(
        method,
        f"{V1}/{address.format(**vars(desk))}",
        data=json.dumps(accepted(door, desk) if body is None else body),
        content_type="application/json",
        headers=headers,
    )


@contextmanager
def undone():
    """Take back what happens within. Not `atomic`: the actions insist on being outermost."""
    mark = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(mark)


class TestReading:
    @pytest.mark.parametrize("door", GETS)
    def test_answers_everybody_as_they_may_and_changes_nothing(self, desk, door):
        before = AuditEntry.objects.count()
        url = f"{V1}/{door.format(**vars(desk))}"

        answers = {person: desk.as_(person).get(url) for person in PEOPLE}

        found = {person: answer.status_code for person, answer in answers.items()}
        assert found == dict(zip(PEOPLE, GETS[door], strict=True))
        for answer in answers.values():
            assert (answer.headers["Content-Type"] == PROBLEM) is (answer.status_code >= 400)
        assert AuditEntry.objects.count() == before

    def test_a_stranger_finds_the_lists_of_work_empty(self, desk):
        for door in ("editions", "references", "submissions"):
            assert desk.as_("stranger").get(f"{V1}/{door}/").json()["results"] == [], door

    def test_a_reviewer_finds_only_what_they_are_asked(self, desk):
        found = desk.as_("reviewer").get(f"{V1}/submissions/").json()["results"]

        assert [row["id"] for row in found] == [desk.submission.pk]

    def test_work_is_stored_nowhere(self, desk):
        for door in (f"editions/{desk.draft.pk}/", f"submissions/{desk.submission.pk}/"):
            response = desk.as_("editor").get(f"{V1}/{door}")
            assert "no-store" in response.headers["Cache-Control"], door


class TestWriting:
    @pytest.mark.parametrize("door", WRITES)
    def test_is_done_only_for_who_may(self, desk, door):
        found, wrong = {}, []
        for person in PEOPLE:
            with undone():
                before = AuditEntry.objects.count()
                response = send(desk, door, person)
                found[person] = response.status_code
                is_done = AuditEntry.objects.count() > before
                is_problem = response.headers["Content-Type"] == PROBLEM
                refused = response.status_code >= 400
                if is_done is refused or is_problem is not refused:
                    wrong.append((person, response.content))

        assert found == dict(zip(PEOPLE, WRITES[door], strict=True))
        assert wrong == []

    def test_evidence_takes_no_change_even_from_a_superuser(self, desk):
        before = AuditEntry.objects.count()

        for door in REFUSED:
            response = send(desk, door, "superuser", {})
            problem_of(response, 405, "method-not-allowed")
            assert response.headers["Allow"], door

        assert AuditEntry.objects.count() == before

    def test_refuses_fields_that_it_does_not_know(self, desk):
        before = AuditEntry.objects.count()
        doors = [door for door in WRITES if min(WRITES[door]) < 300 and not door.endswith("end/")]

        for door in doors:
            person = next(p for p, s in zip(PEOPLE, WRITES[door], strict=True) if s < 300)
            for name in ("state", "number", "approved_at"):
                response = send(desk, door, person, accepted(door, desk) | {name: "APPROVED"})
                said = problem_of(response, 400, "bad-input")
                assert said["errors"][name] == ["This cannot be set here."], door

        assert len(doors) > 15
        assert AuditEntry.objects.count() == before
