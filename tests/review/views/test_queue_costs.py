"""What the board's queue costs, however long it is."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from review.models import Assignment, Decision
from tests import factories
from tests.review.views.conftest import QUEUE
from tests.review.views.copies import copies


def ask_and_decide(submissions, reviewer, chair, *, decided):
    """Ask `reviewer` about each; with `decided`, let them step aside."""
    rows = Assignment.objects.bulk_create(
        Assignment(
            submission=row,
            reviewer=reviewer,
            capacity=factories.make_specialty(),
            assigned_by=chair,
            assigned_at=factories.AT,
            due_on=date(2026, 12, 1),
        )
        for row in submissions
    )
    factories.analyze()
    if decided:
        Decision.objects.bulk_create(
            Decision(assignment=row, kind="RECUSE", decided_by=reviewer, decided_at=factories.AT)
            for row in rows
        )


def cost(client, person, **query) -> int:
    client.force_login(person)
    with CaptureQueriesContext(connection) as found:
        assert client.get(QUEUE, query).status_code == 200
    return len(found)


class TestCosts:
    @pytest.mark.parametrize("show", ["board", "all"])
    def test_the_boards_queue_costs_the_same_with_10_and_1000(
        self, client, board, chair, reviewer, show
    ):
        ask_and_decide(copies(board.submission, 10), reviewer, chair, decided=False)
        few = cost(client, chair, show=show)
        ask_and_decide(copies(board.submission, 990), reviewer, chair, decided=False)

        assert cost(client, chair, show=show) == few

    @pytest.mark.parametrize(("show", "decided"), [("asked", False), ("decided", True)])
    def test_a_reviewers_queue_costs_the_same_with_10_and_1000(
        self, client, board, chair, reviewer, show, decided
    ):
        ask_and_decide(copies(board.submission, 10), reviewer, chair, decided=decided)
        few = cost(client, reviewer, show=show)
        ask_and_decide(copies(board.submission, 990), reviewer, chair, decided=decided)

        assert cost(client, reviewer, show=show) == few

    def test_leaves_the_frozen_texts_in_the_database(self, client, board, chair):
        client.force_login(chair)

        with CaptureQueriesContext(connection) as found:
            client.get(QUEUE)

        assert not [query for query in found.captured_queries if '"rendered"' in query["sql"]]
        assert json.loads(board.submission.version.content)
