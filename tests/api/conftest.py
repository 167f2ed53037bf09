"""Programs that talk to the API in somebody's name, and a desk full of things to talk about."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from articles.models import Edition, Reference, Version
from review.models import Assignment, Submission
from tests import factories

V1 = "/api/v1"
NOW = factories.AT + timedelta(hours=1)
PROBLEM = "application/problem+json"
PEOPLE = ["anonymous", "stranger", "unassigned", "reviewer", "editor", "chair", "superuser"]


@pytest.fixture(autouse=True)
def now(monkeypatch) -> datetime:
    """Let programs ask an hour after the rows were made, whatever day the tests run."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return NOW


@pytest.fixture
def real_clock(now, monkeypatch) -> None:
    """The lockout and the tokens' library look at the clock themselves, past our patch."""
    monkeypatch.setattr(timezone, "now", lambda: datetime.now(UTC))


@pytest.fixture(autouse=True)
def _nobody_is_throttled_yet():
    cache.clear()
    yield
    cache.clear()


def program(person: User | None) -> APIClient:
    """Return a client that acts as `person`, or as nobody."""
    client = APIClient()
    if person is not None:
        client.force_authenticate(person)
    return client


@dataclass
class Desk:
    """A draft, a frozen version, one under review (`reviewer` is asked), one approved and public."""

    draft: Edition
    frozen: Version
    submission: Submission
    assignment: Assignment
    approved: Submission
    reference: Reference
    people: dict[str, User | None]

    def as_(self, name: str) -> APIClient:
        return program(self.people[name])


@pytest.fixture
def desk(editor, chair, reviewer, second_reviewer, superuser, stranger) -> Desk:
    factories.set_rule(approvals=1)
    submission = factories.make_submission(editor)
    approved = factories.make_submission(editor)
    assignment = factories.assign(submission, reviewer, chair)
    factories.approve(approved, second_reviewer, chair)
    return Desk(
        draft=factories.make_edition(editor),
        frozen=factories.make_version(factories.make_edition(editor), editor),
        submission=Submission.objects.get(pk=submission.pk),
        assignment=assignment,
        approved=Submission.objects.get(pk=approved.pk),
        reference=factories.make_reference(editor),
        people={
            "anonymous": None,
            "stranger": stranger,
            "unassigned": factories.make_reviewer(
                "Una Unassigned", verifier=User.objects.get(name="Ada Administrator")
            ),
            "reviewer": reviewer,
            "editor": editor,
            "chair": chair,
            "superuser": superuser,
        },
    )


def problem_of(response, status: int, code: str) -> dict:
    """Return the problem that `response` is, and check that it is one."""
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == PROBLEM
    said = response.json()
    assert said["type"] == f"{V1}/problems/{code}/"
    assert said["status"] == status
    assert said["title"]
    assert said["detail"]
    return said
