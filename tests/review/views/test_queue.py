"""The board's queue."""

from datetime import date, timedelta
from html import unescape

import pytest

from accounts.models import Credential
from articles.references.actions.notices import record_notice
from review.models import Submission
from review.rounds.actions.assigning import assign_reviewer
from review.rounds.actions.withdrawing import withdraw_submission
from review.rounds.views.needs import Need, with_needs
from review.verdicts.actions.deciding import recuse, request_changes
from tests import factories
from tests.review.views.conftest import NOW, QUEUE, words_of
from tests.review.views.copies import copies


def one_for_each_need(waiting, editor, reviewer, second_reviewer, chair) -> dict[str, Submission]:
    """Bring `waiting` and others to where each needs something else; "Fine" needs nothing."""
    factories.set_rule(approvals=1)
    rows = {"Waiting": waiting}
    rows["NobodyAsked"] = factories.make_submission(editor)
    rows["Another"] = factories.make_submission(editor)
    factories.assign(rows["Another"], reviewer, chair)
    recuse(actor=reviewer, submission_id=rows["Another"].pk, comment="", at=factories.AT)
    rows["Changes"] = factories.make_submission(editor)
    factories.assign(rows["Changes"], reviewer, chair)
    request_changes(
        actor=reviewer, submission_id=rows["Changes"].pk, comment="No.", at=factories.AT
    )
    reference = factories.make_reference(editor, key="specimen-q")
    rows["Alarm"] = factories.make_submission(
        editor, body='<p>A claim<cite data-refs="specimen-q"></cite>.</p>'
    )
    factories.approve(rows["Alarm"], reviewer, chair)
    record_notice(
        actor=editor,
        reference_id=reference.pk,
        kind="RETRACTION",
        noticed_on=date(2026, 11, 1),
        at=factories.AT,
    )
    rows["Fine"] = factories.make_submission(editor)
    factories.approve(rows["Fine"], reviewer, chair)
    rows["Newer"] = factories.make_submission(editor)
    factories.approve(rows["Newer"], reviewer, chair)
    factories.edit(rows["Newer"].edition, editor, summary="Newer.")
    rows["NewerPending"] = factories.make_submission(editor, edition=rows["Newer"].edition)
    factories.set_rule(approvals=1, months=1)
    past = factories.AT - timedelta(days=90)
    rows["Overdue"] = factories.make_submission(editor, at=past)
    Credential.objects.update(verified_at=past)
    factories.assign(rows["Overdue"], second_reviewer, chair, at=past)
    factories.sign(rows["Overdue"], second_reviewer, at=past)
    return rows


class TestReviewersQueue:
    def test_shows_what_is_asked_the_earliest_date_first(
        self, client, editor, chair, reviewer, administrator
    ):
        for title, due in (
            ("Later question?", date(2026, 12, 24)),
            ("Overdue question?", date(2026, 11, 20)),
            ("Dateless question?", None),
        ):
            submission = factories.make_submission(editor, question=title)
            assign_reviewer(
                actor=chair,
                submission_id=submission.pk,
                reviewer_id=reviewer.pk,
                capacity_id=factories.make_specialty().pk,
                due_on=due,
                at=factories.AT,
            )
        client.force_login(reviewer)

        text = words_of(client.get(QUEUE))

        order = [text.index(f"{name} question?") for name in ("Overdue", "Later", "Dateless")]
        assert order == sorted(order)
        assert text.count("Overdue</span>") == 1

    def test_moves_to_decided_once_signed(self, client, board, reviewer):
        client.force_login(reviewer)
        assert "Waiting for you" in words_of(client.get(QUEUE))

        factories.sign(board.submission, reviewer)

        text = words_of(client.get(QUEUE))
        assert "Nothing waits for you" in text
        assert "What you decided lately" in text
        assert board.submission.version.title in words_of(client.get(QUEUE, {"show": "decided"}))

    def test_leaves_out_what_ended_or_is_no_longer_open(self, client, board, reviewer, chair):
        second = board.people["unassigned"]
        factories.assign(board.submission, second, chair)
        client.force_login(second)
        assert board.submission.version.title in words_of(client.get(QUEUE))

        request_changes(
            actor=reviewer, submission_id=board.submission.pk, comment="No.", at=factories.AT
        )

        assert board.submission.version.title not in words_of(client.get(QUEUE))

    def test_a_reviewer_sees_no_other_submissions(self, client, board, second_reviewer):
        client.force_login(second_reviewer)

        for show in ("", "board", "all", "asked", "decided", "nonsense"):
            text = words_of(client.get(QUEUE, {"show": show}))
            assert board.submission.version.title not in text

    def test_an_empty_one_says_what_will_appear(self, client, stranger):
        client.force_login(stranger)

        text = words_of(client.get(QUEUE))

        assert "When a chair of the board asks you to review a text, it appears here" in text


class TestBoardsQueue:
    def test_groups_by_what_each_needs_next(
        self, client, board, editor, reviewer, second_reviewer, chair
    ):
        rows = one_for_each_need(board.submission, editor, reviewer, second_reviewer, chair)

        found = dict(with_needs(Submission.objects.all(), NOW.date()).values_list("pk", "need"))

        assert {name: found[row.pk] for name, row in rows.items()} == {
            "Waiting": Need.WAITING,
            "NobodyAsked": Need.NOBODY_ASKED,
            "Another": Need.ANOTHER_REVIEWER,
            "Changes": Need.CHANGES_REQUESTED,
            "Alarm": Need.SOURCE_RETRACTED,
            "Fine": None,
            "Newer": Need.NEWER_PENDING,
            "NewerPending": Need.NOBODY_ASKED,
            "Overdue": Need.REVIEW_OVERDUE,
        }
        overdue = Submission.objects.get(pk=rows["Overdue"].pk)
        assert overdue.is_review_overdue(NOW.date())
        client.force_login(chair)
        page = words_of(client.get(QUEUE))
        headings = [need.label for need in Need]
        places = [page.index(f'class="queue-group__title">{label}') for label in headings]
        assert places == sorted(places)
        assert rows["Fine"].version.title not in page

    def test_an_answered_request_for_changes_needs_nothing(self, board, reviewer, editor):
        request_changes(
            actor=reviewer, submission_id=board.submission.pk, comment="No.", at=factories.AT
        )
        factories.edit(board.submission.edition, editor, summary="Answer.")
        factories.make_submission(editor, edition=board.submission.edition)

        row = with_needs(Submission.objects.all(), NOW.date()).get(pk=board.submission.pk)

        assert row.need is None

    @pytest.mark.parametrize("reinstated", [1, 2])
    def test_a_reinstated_source_is_no_alarm(self, editor, reviewer, chair, reinstated):
        factories.set_rule(approvals=1)
        reference = factories.make_reference(editor, key="specimen-q")
        submission = factories.make_submission(
            editor, body='<p>A claim<cite data-refs="specimen-q"></cite>.</p>'
        )
        factories.approve(submission, reviewer, chair)
        for kind, day in (("RETRACTION", 1), ("REINSTATEMENT", reinstated)):
            record_notice(
                actor=editor,
                reference_id=reference.pk,
                kind=kind,
                noticed_on=date(2026, 11, day),
                at=factories.AT,
            )

        row = with_needs(Submission.objects.all(), NOW.date()).get(pk=submission.pk)

        assert row.need is None

    def test_filters_by_need_words_specialty_and_audience(self, client, board, editor, chair):
        other = factories.make_submission(
            editor,
            question="What about quite another matter?",
            slug="public",
            specialty=factories.make_specialty("cardiology"),
        )
        client.force_login(chair)
        shown = {"waiting": board.submission.version.title, "other": other.version.title}

        for query, expected in (
            ({"need": "waiting"}, {"waiting"}),
            ({"need": "nobody-asked"}, {"other"}),
            ({"q": "ANOTHER matter"}, {"other"}),
            ({"q": "nothing like it"}, set()),
            ({"specialty": board.specialty.pk}, {"waiting"}),
            ({"audience": factories.audience("public").pk}, {"other"}),
            ({"specialty": "nonsense", "page": "99", "need": "nonsense"}, {"waiting", "other"}),
        ):
            text = words_of(client.get(QUEUE, query))
            assert {name for name, title in shown.items() if title in text} == expected, query

    def test_shows_an_editor_the_same_read_only(self, client, board, other_editor):
        client.force_login(other_editor)

        assert board.submission.version.title in words_of(client.get(QUEUE))

    def test_pages_through_all_rows_once(self, client, board, chair):
        copies(board.submission, 60)
        client.force_login(chair)

        titles = []
        address = QUEUE
        for _page in range(3):
            response = client.get(address)
            titles += [
                line["submission"].pk
                for group in response.context["groups"]
                for line in group["rows"]
            ]
            address = QUEUE + unescape(response.context["next_url"])

        assert len(titles) == len(set(titles)) == 61
        assert response.context["next_url"] == ""

    def test_all_submissions_hold_the_closed_ones(self, client, board, editor, chair):
        withdraw_submission(actor=chair, submission_id=board.submission.pk, at=factories.AT)
        client.force_login(chair)

        assert "Nothing needs the board now" in words_of(client.get(QUEUE))
        text = words_of(client.get(QUEUE, {"show": "all"}))
        assert board.submission.version.title in text
        assert "Withdrawn" in text
