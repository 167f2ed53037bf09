"""Two people at the same moment, on a database that lets them (PostgreSQL)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from django.db import connection, connections

from articles.models import Edition, Version
from articles.texts.actions.drafts import save_draft
from articles.texts.draft import DraftText
from kernel.audit import GENESIS
from kernel.errors import NotAllowed, WrongState
from kernel.models import AuditEntry
from kernel.verification import audit_findings
from review.models import Publication, Signature, State, Submission
from review.rounds.actions.withdrawing import withdraw_submission
from tests import factories
from tests.factories import AT

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"
    ),
]


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Run the calls in threads that start together; return results or exceptions."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return call()
        except (NotAllowed, WrongState) as exc:
            return exc
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def signing(submission: Submission, person) -> Callable[[], object]:
    return lambda: factories.sign(submission, person)


@pytest.fixture
def assigned(editor, reviewer, second_reviewer, chair) -> Submission:
    factories.set_rule(approvals=2)
    submission = factories.make_submission(editor)
    for person in (reviewer, second_reviewer):
        factories.assign(submission, person, chair)
    return submission


def test_two_reviewers_signing_at_once_both_count_and_it_is_approved_once(
    assigned, reviewer, second_reviewer
):
    results = at_once(signing(assigned, reviewer), signing(assigned, second_reviewer))

    assert sorted(result.approved for result in results) == [False, True]
    assert Signature.objects.count() == 2
    assert Submission.objects.get().state == State.APPROVED
    assert Publication.objects.count() == 1
    assert AuditEntry.objects.filter(action="review.submission.approved").count() == 1
    assert list(audit_findings()) == []


def test_one_reviewer_pressing_twice_signs_once(assigned, reviewer):
    results = at_once(*[signing(assigned, reviewer)] * 4)

    assert sum(isinstance(result, NotAllowed) for result in results) == 3
    assert Signature.objects.count() == 1


def test_signing_and_withdrawing_at_once_end_in_one_of_the_two(assigned, reviewer, chair):
    factories.sign(assigned, reviewer)
    second = assigned.assignments.exclude(reviewer=reviewer).get().reviewer

    at_once(
        signing(assigned, second),
        lambda: withdraw_submission(actor=chair, submission_id=assigned.pk, at=AT),
    )

    state = Submission.objects.get().state
    signed = Signature.objects.count()
    assert (state, signed) in {(State.APPROVED, 2), (State.WITHDRAWN, 1)}


def test_two_editors_saving_at_once_lose_nothing(editor, other_editor):
    edition = factories.make_edition(editor, body="<p>Old.</p>")

    def saving(person, body):
        return lambda: save_draft(
            actor=person,
            edition_id=edition.pk,
            draft_number=1,
            text=replace(DraftText.of(edition), body=body),
            at=AT,
        )

    results = at_once(saving(editor, "<p>A.</p>"), saving(other_editor, "<p>B.</p>"))

    refused = [result for result in results if isinstance(result, WrongState)]
    assert len(refused) == 1
    assert {refused[0].stored.body, refused[0].typed.body} == {"<p>A.</p>", "<p>B.</p>"}
    assert Edition.objects.get().draft_number == 2


def test_freezing_twice_at_once_makes_one_version(editor):
    edition = factories.make_edition(editor)
    results = at_once(*[lambda: factories.make_version(edition, editor)] * 3)
    assert Version.objects.count() == 1
    assert sum(isinstance(result, WrongState) for result in results) == 2


def test_many_writers_keep_the_audit_trail_one_chain(editor):
    editions = [factories.make_edition(editor) for _number in range(6)]

    at_once(
        *[
            lambda edition=edition: factories.edit(edition, editor, body="<p>New.</p>")
            for edition in editions
        ]
    )

    assert AuditEntry.objects.order_by("position").first().previous_digest == GENESIS
    assert list(audit_findings()) == []
