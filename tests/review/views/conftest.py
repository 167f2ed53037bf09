"""The board's clock, and a submission under review with everybody who looks at it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.utils import timezone

from accounts.models import Specialty, User
from review.models import Assignment, Submission
from tests import factories

NOW = factories.AT + timedelta(hours=1)
QUEUE = "/board/"


@pytest.fixture(autouse=True)
def now(monkeypatch) -> datetime:
    """Let the pages live an hour after the rows were made, whatever day the tests run."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return NOW


@dataclass
class Board:
    """A submission under review: `reviewer` is asked, `unassigned` is not."""

    submission: Submission
    assignment: Assignment
    specialty: Specialty
    people: dict[str, User | None]


@pytest.fixture
def board(editor, chair, reviewer, second_reviewer, superuser, stranger) -> Board:
    submission = factories.make_submission(editor)
    assignment = factories.assign(submission, reviewer, chair)
    return Board(
        submission=Submission.objects.get(pk=submission.pk),
        assignment=assignment,
        specialty=factories.make_specialty(),
        people={
            "anonymous": None,
            "stranger": stranger,
            "unassigned": second_reviewer,
            "reviewer": reviewer,
            "editor": editor,
            "chair": chair,
            "superuser": superuser,
        },
    )


def enter(client, person: User | None) -> None:
    """Sign somebody in, or nobody."""
    if person is None:
        client.logout()
    else:
        client.force_login(person)


def words_of(response) -> str:
    """Return a page's words as a person reads them."""
    return unescape(response.content.decode())
