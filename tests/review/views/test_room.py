"""The review room."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from articles.models import Disclaimer
from articles.references.actions.notices import record_notice
from review.models import Submission
from review.rounds.actions.submitting import submit_version
from review.verdicts.actions.deciding import recuse, request_changes
from tests import factories
from tests.review.views.conftest import NOW, words_of


def room(submission) -> str:
    return reverse("review:submission", args=[submission.pk])


@pytest.fixture
def second_round(board, editor, reviewer, chair):
    """The reviewer asked for changes; the editor answered with version 2."""
    request_changes(
        actor=reviewer,
        submission_id=board.submission.pk,
        comment="Say which sentence.",
        at=factories.AT,
    )
    factories.edit(
        board.submission.edition,
        editor,
        body="<p>A clearer sentence to review.</p>",
        title="A clearer question?",
    )
    version = factories.make_version(board.submission.edition, editor)
    submission = submit_version(
        actor=editor, version_id=version.pk, at=factories.AT, note="Now it says which."
    )
    factories.assign(submission, reviewer, chair)
    return Submission.objects.get(pk=submission.pk)


class TestTheText:
    def test_is_the_frozen_one_whatever_the_draft_says_now(self, client, board, editor, reviewer):
        factories.edit(board.submission.edition, editor, body="<p>Words of a later draft.</p>")
        client.force_login(reviewer)

        text = words_of(client.get(room(board.submission)))

        assert board.submission.version.rendered in text
        assert board.submission.version.digest in text
        assert "Words of a later draft." not in text

    def test_shows_heading_summary_references_disclaimer_and_provenance(
        self, client, editor, chair
    ):
        Disclaimer.objects.create(
            language="en", text="Not a substitute for a visit.", in_force_from=date(2020, 1, 1)
        )
        reference = factories.make_reference(editor, key="specimen-a", title="A test source")
        edition = factories.make_edition(
            editor,
            heading="A page heading",
            summary="A short summary.",
            body='<p>A claim<cite data-refs="specimen-a"></cite>. Another one.</p>',
            ai_provenance={"model": "An imaginary model", "responsible": "Eda Editor"},
        )
        submission = factories.make_submission(editor, edition=edition)
        client.force_login(chair)

        text = words_of(client.get(room(submission)))

        assert "A page heading" in text
        assert "A short summary." in text
        assert submission.version.rendered_references[0] in text
        assert 'href="#cite-1-1"' in text
        assert "Not a substitute for a visit." in text
        assert "An imaginary model" in text
        assert "<dt>Responsible</dt>" in text
        assert "2 sentences, list items and table rows that claim something." in text
        assert "1 cites no source" in text
        assert reference.key == "specimen-a"

    def test_shows_notices_against_its_sources(self, client, editor, chair):
        reference = factories.make_reference(editor, key="specimen-r")
        edition = factories.make_edition(
            editor, body='<p>A claim<cite data-refs="specimen-r"></cite>.</p>'
        )
        submission = factories.make_submission(editor, edition=edition)
        record_notice(
            actor=editor,
            reference_id=reference.pk,
            kind="RETRACTION",
            noticed_on=date(2026, 11, 1),
            at=factories.AT,
        )
        client.force_login(chair)

        text = words_of(client.get(room(submission)))

        assert "A source cited here was retracted" in text

    @pytest.mark.parametrize("day", [1, 2])
    def test_a_reinstated_source_raises_no_alarm(self, client, editor, chair, day):
        reference = factories.make_reference(editor, key="specimen-room")
        submission = factories.make_submission(
            editor, body='<p>A claim<cite data-refs="specimen-room"></cite>.</p>'
        )
        for kind, noticed in (("RETRACTION", 1), ("REINSTATEMENT", day)):
            record_notice(
                actor=editor,
                reference_id=reference.pk,
                kind=kind,
                noticed_on=date(2026, 11, noticed),
                at=factories.AT,
            )
        client.force_login(chair)

        text = words_of(client.get(room(submission)))

        assert "There is a notice against a source cited here" in text
        assert "Retracted, and reinstated later" in text
        assert "A source cited here was retracted" not in text

    def test_escapes_what_people_typed(self, client, board, editor, reviewer, chair):
        request_changes(
            actor=reviewer,
            submission_id=board.submission.pk,
            comment="<script>alert(1)</script>",
            at=factories.AT,
        )
        client.force_login(chair)

        response = client.get(room(board.submission))

        assert b"<script>alert(1)" not in response.content
        assert b"&lt;script&gt;alert(1)" in response.content


class TestWhatChanged:
    def test_shows_words_since_the_last_round(self, client, second_round, reviewer):
        client.force_login(reviewer)

        text = words_of(client.get(room(second_round), {"view": "changes"}))

        assert "<ins" in text
        assert "clearer" in text
        assert "A clearer question?" in text
        assert "changes since version 1" in text

    def test_compares_with_the_approved_version_first(self, client, board, editor, reviewer, chair):
        factories.set_rule(approvals=1)
        edition = factories.make_edition(editor, body="<p>The approved sentence stands.</p>")
        factories.approve(factories.make_submission(editor, edition=edition), reviewer, chair)
        factories.edit(edition, editor, body="<p>The second sentence stands.</p>")
        second = factories.make_submission(editor, edition=edition)
        factories.assign(second, reviewer, chair)
        request_changes(
            actor=reviewer, submission_id=second.pk, comment="Not yet.", at=factories.AT
        )
        factories.edit(edition, editor, body="<p>The third sentence stands.</p>")
        third = factories.make_submission(editor, edition=edition)
        client.force_login(chair)

        since_approved = words_of(client.get(room(third), {"view": "changes"}))
        since_round = words_of(client.get(room(third), {"view": "changes", "since": "round"}))

        assert "change since version 1" in since_approved
        assert "approved</del>" in since_approved
        assert "change since version 2" in since_round
        assert "second</del>" in since_round

    def test_says_that_a_first_text_is_all_new(self, client, board, reviewer):
        client.force_login(reviewer)

        text = words_of(client.get(room(board.submission), {"view": "changes"}))

        assert "the whole text is new" in text
        assert board.submission.version.rendered in text


class TestProgress:
    def test_says_the_rule_and_what_is_missing(self, client, editor, chair, reviewer):
        pharmacy = factories.make_specialty("pharmacy")
        factories.set_rule(approvals=2, capacities=(pharmacy, factories.make_specialty()))
        submission = factories.make_submission(editor)
        factories.assign(submission, reviewer, chair)
        factories.sign(submission, reviewer)
        client.force_login(chair)

        text = words_of(client.get(room(submission)))

        assert (
            "2 different people have to sign, among them 1 for Pharmacy and 1 for Rheumatology."
            in text
        )
        assert "<li>1 × Pharmacy</li>" in text
        assert "<li>1 more signature</li>" in text
        assert "1 × Rheumatology" not in text
        assert "I have read version 1" in text

    def test_shows_earlier_rounds_with_their_comments(self, client, second_round, reviewer):
        client.force_login(reviewer)

        text = words_of(client.get(room(second_round)))

        assert "Say which sentence." in text
        assert "Now it says which." in text

    def test_links_earlier_rounds_only_for_who_may_see_them(
        self, client, board, second_round, chair
    ):
        newcomer = board.people["unassigned"]
        factories.assign(second_round, newcomer, chair)
        client.force_login(newcomer)

        text = words_of(client.get(room(second_round)))

        assert "Say which sentence." in text
        assert room(board.submission) not in text
        client.force_login(chair)
        assert room(board.submission) in words_of(client.get(room(second_round)))

    def test_an_overdue_review_is_marked(self, client, editor, chair, reviewer, monkeypatch):
        factories.set_rule(approvals=1, months=1)
        submission = factories.make_submission(editor)
        factories.approve(submission, reviewer, chair)
        client.force_login(chair)
        assert "Review overdue" not in words_of(client.get(room(submission)))

        monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(days=60))

        client.force_login(chair)
        assert "Review overdue" in words_of(client.get(room(submission)))


class TestTheBar:
    def test_offers_the_decisions_to_who_is_asked(self, client, board, reviewer):
        client.force_login(reviewer)

        text = words_of(client.get(room(board.submission)))

        for name in ("sign", "request-changes", "recuse"):
            assert reverse(f"review:{name}", args=[board.submission.pk]) in text
        for name in ("assign", "withdraw", "retract"):
            assert reverse(f"review:{name}", args=[board.submission.pk]) not in text

    def test_offers_the_chair_what_the_state_allows(self, client, board, chair):
        client.force_login(chair)

        text = words_of(client.get(room(board.submission)))

        for name in ("assign", "withdraw"):
            assert reverse(f"review:{name}", args=[board.submission.pk]) in text
        assert reverse("review:retract", args=[board.submission.pk]) not in text
        assert "You have not been asked to review this submission." in text

    def test_costs_the_same_with_one_earlier_round_and_ten(
        self, client, board, editor, reviewer, chair, django_assert_max_num_queries
    ):
        def another_round(number):
            newest = board.submission.edition.submissions.order_by("-pk").first()
            request_changes(
                actor=reviewer, submission_id=newest.pk, comment="Again.", at=factories.AT
            )
            factories.edit(board.submission.edition, editor, summary=f"Summary {number}.")
            submission = factories.make_submission(editor, edition=board.submission.edition)
            factories.assign(submission, reviewer, chair)
            return submission

        def cost(submission) -> int:
            client.force_login(chair)
            with django_assert_max_num_queries(60) as found:
                client.get(room(submission), {"view": "changes"})
            return len(found)

        few = cost(another_round(1))
        for number in range(2, 10):
            submission = another_round(number)

        assert cost(submission) == few


class TestOnceDecided:
    @pytest.mark.parametrize("how", ["sign", "request_changes", "recuse"])
    def test_says_what_i_did_and_leads_back_to_the_queue(self, client, board, reviewer, how):
        row = board.submission
        said = {
            "sign": "You signed version 1 on 22 November 2026.",
            "request_changes": "You asked for changes to version 1 on 22 November 2026.",
            "recuse": "You stepped aside from version 1 on 22 November 2026.",
        }
        if how == "sign":
            factories.sign(row, reviewer)
        elif how == "recuse":
            recuse(actor=reviewer, submission_id=row.pk, comment="", at=factories.AT)
        else:
            request_changes(actor=reviewer, submission_id=row.pk, comment="x", at=factories.AT)
        client.force_login(reviewer)

        text = words_of(client.get(room(row)))

        assert said[how] in text
        assert "Back to the board’s queue" in text
        assert "You have decided on this submission already." not in text
