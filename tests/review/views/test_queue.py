"""The board's queue."""

import json
from datetime import date, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Credential, InterestDeclaration
from articles.models import Article, Edition, Version
from articles.references.actions.notices import record_notice
from review.models import Assignment, Decision, State, Submission
from review.rounds.actions.assigning import assign_reviewer
from review.rounds.actions.withdrawing import withdraw_submission
from review.rounds.views.needs import Need, with_needs
from review.verdicts.actions.deciding import recuse, request_changes
from tests import factories
from tests.review.views.conftest import NOW, words_of
from tests.triggers import triggers_off

QUEUE = "/board/"


def copies(submission, number, *, state=State.UNDER_REVIEW) -> list[Submission]:
    """Copy a submission with its article many times over, straight into the database."""
    version, edition = submission.version, submission.edition
    first = Article.objects.count()
    articles = Article.objects.bulk_create(
        Article(
            question=f"What is copy {first + n}?",
            slug=f"copy-{first + n}",
            specialty_id=edition.article.specialty_id,
            created_by_id=edition.article.created_by_id,
            created_at=factories.AT,
        )
        for n in range(number)
    )
    fields = (
        "language",
        "audience_id",
        "title",
        "body",
        "created_at",
        "updated_at",
        "updated_by_id",
    )
    editions = Edition.objects.bulk_create(
        Edition(article=article, **{name: getattr(edition, name) for name in fields})
        for article in articles
    )
    fields = (
        "content",
        "rendered",
        "renderer",
        "change_class",
        "change_note",
        "frozen_by_id",
        "frozen_at",
        "rendered_references",
        "number",
        "draft_number",
        "text_digest",
    )
    versions = Version.objects.bulk_create(
        Version(
            edition=copy,
            contribution=freezing,
            title=f"Copy {copy.pk}",
            digest=f"{copy.pk:064d}",
            **{name: getattr(version, name) for name in fields},
        )
        for copy, freezing in zip(
            editions, factories.freezings(editions, version.frozen_by), strict=True
        )
    )
    with triggers_off():  # No submission begins as what the test wants to see.
        rows = _submissions(versions, submission, state)
    factories.analyze()
    return rows


def _submissions(versions, submission, state):
    return Submission.objects.bulk_create(
        Submission(
            version=copy,
            edition=copy.edition,
            rule=submission.rule,
            submitted_by_id=submission.submitted_by_id,
            submitted_at=factories.AT,
            state=state,
            state_changed_at=factories.AT,
            review_started_at=factories.AT,
        )
        for copy in versions
    )


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
        pairs = {}
        factories.set_rule(approvals=1)
        pairs["Waiting"] = board.submission
        pairs["NobodyAsked"] = factories.make_submission(editor)
        pairs["Another"] = factories.make_submission(editor)
        factories.assign(pairs["Another"], reviewer, chair)
        recuse(actor=reviewer, submission_id=pairs["Another"].pk, comment="", at=factories.AT)
        pairs["Changes"] = factories.make_submission(editor)
        factories.assign(pairs["Changes"], reviewer, chair)
        request_changes(
            actor=reviewer, submission_id=pairs["Changes"].pk, comment="No.", at=factories.AT
        )
        reference = factories.make_reference(editor, key="specimen-q")
        pairs["Alarm"] = factories.make_submission(
            editor, body='<p>A claim<cite data-refs="specimen-q"></cite>.</p>'
        )
        factories.approve(pairs["Alarm"], reviewer, chair)
        record_notice(
            actor=editor,
            reference_id=reference.pk,
            kind="RETRACTION",
            noticed_on=date(2026, 11, 1),
            at=factories.AT,
        )
        pairs["Fine"] = factories.make_submission(editor)
        factories.approve(pairs["Fine"], reviewer, chair)
        pairs["Newer"] = factories.make_submission(editor)
        factories.approve(pairs["Newer"], reviewer, chair)
        factories.edit(pairs["Newer"].edition, editor, summary="Newer.")
        pending = factories.make_submission(editor, edition=pairs["Newer"].edition)
        factories.set_rule(approvals=1, months=1)
        past = factories.AT - timedelta(days=90)
        pairs["Overdue"] = factories.make_submission(editor, at=past)
        Credential.objects.update(verified_at=past)
        factories.assign(pairs["Overdue"], second_reviewer, chair, at=past)
        factories.sign(pairs["Overdue"], second_reviewer, at=past)

        found = dict(with_needs(Submission.objects.all(), NOW.date()).values_list("pk", "need"))

        assert {name: found[row.pk] for name, row in pairs.items()} == {
            "Waiting": Need.WAITING,
            "NobodyAsked": Need.NOBODY_ASKED,
            "Another": Need.ANOTHER_REVIEWER,
            "Changes": Need.CHANGES_REQUESTED,
            "Alarm": Need.SOURCE_RETRACTED,
            "Fine": None,
            "Newer": Need.NEWER_PENDING,
            "Overdue": Need.REVIEW_OVERDUE,
        }
        assert found[pending.pk] == Need.NOBODY_ASKED
        overdue = Submission.objects.get(pk=pairs["Overdue"].pk)
        assert overdue.is_review_overdue(NOW.date())
        client.force_login(chair)
        page = words_of(client.get(QUEUE))
        headings = [need.label for need in Need]
        places = [page.index(f'class="queue-group__title">{label}') for label in headings]
        assert places == sorted(places)
        assert pairs["Fine"].version.title not in page

    def test_an_answered_request_for_changes_needs_nothing(self, board, reviewer, editor):
        request_changes(
            actor=reviewer, submission_id=board.submission.pk, comment="No.", at=factories.AT
        )
        factories.edit(board.submission.edition, editor, summary="Answer.")
        factories.make_submission(editor, edition=board.submission.edition)

        row = with_needs(Submission.objects.all(), NOW.date()).get(pk=board.submission.pk)

        assert row.need is None

    def test_a_reinstated_source_is_no_alarm(self, editor, reviewer, chair):
        factories.set_rule(approvals=1)
        reference = factories.make_reference(editor, key="specimen-q")
        submission = factories.make_submission(
            editor, body='<p>A claim<cite data-refs="specimen-q"></cite>.</p>'
        )
        factories.approve(submission, reviewer, chair)
        for kind, day in (("RETRACTION", 1), ("REINSTATEMENT", 2)):
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


class TestReadiness:
    def test_says_when_a_credential_expires(self, client, reviewer):
        Credential.objects.filter(user=reviewer).update(expires_on=date(2026, 12, 24))
        client.force_login(reviewer)

        text = " ".join(words_of(client.get(QUEUE)).split())

        assert "Your credential in Rheumatology expires on 24 December 2026." in text

    def test_says_that_a_credential_expired(self, client, reviewer):
        Credential.objects.filter(user=reviewer).update(expires_on=date(2026, 11, 21))
        client.force_login(reviewer)

        assert "Your credential in Rheumatology expired on" in words_of(client.get(QUEUE))

    def test_an_expired_credential_that_another_replaced_is_not_mentioned(
        self, client, reviewer, administrator, board
    ):
        Credential.objects.filter(user=reviewer).update(expires_on=date(2026, 11, 21))
        factories.qualify(reviewer, board.specialty, verifier=administrator)
        client.force_login(reviewer)

        text = words_of(client.get(QUEUE))

        assert "expired on" not in text
        assert "You can sign:" in text

    def test_asks_to_declare_interests(self, client, administrator):
        person = factories.make_reviewer("Una Undeclared", verifier=administrator, declares=False)
        client.force_login(person)

        text = words_of(client.get(QUEUE))

        assert "You have not been asked about your interests yet. Declare them first." in text
        assert reverse("accounts:interests") in text

    def test_warns_before_a_declaration_expires(self, client, administrator):
        person = factories.make_reviewer("Una Undeclared", verifier=administrator, declares=False)
        InterestDeclaration.objects.create(
            user=person, state="NONE", declared_at=NOW - timedelta(days=330)
        )
        client.force_login(person)

        text = words_of(client.get(QUEUE))

        assert "Your declaration of interests expires within two months." in text

    def test_says_nothing_to_who_does_not_sign(self, client, chair, superuser):
        for person in (chair, superuser):
            client.force_login(person)
            assert client.get(QUEUE).context["readiness"] is None
