"""The history: every public version, who signed it, why it changed, and what changed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from review.public.actions.noticing import publish_notice
from review.rounds.actions.withdrawing import retract_submission, withdraw_submission
from tests import factories
from tests.reader.conftest import url, words


@pytest.fixture
def two_versions(approve, editor, reviewer, chair):
    """Make an article whose second version replaced its first."""
    first = approve(body="<p>Take two pills.</p>", summary="Two.")
    edition = factories.edit(first.edition, editor, body="<p>Take three pills.</p>")
    version = factories.make_version(edition, editor, change_note="The number was wrong.")
    second = factories.submit(version, editor, at=factories.AT + timedelta(hours=1))
    factories.approve(second, reviewer, chair, at=factories.AT + timedelta(hours=1))
    second.refresh_from_db()
    return second


def compare(submission, pair, audience="clinician"):
    return f"{url(submission)}history/?audience={audience}&compare={pair}"


class TestHistory:
    def test_it_lists_versions_with_signers_and_reasons(self, client, two_versions):
        page = words(client.get(f"{url(two_versions)}history/"))
        assert page.index("Version 2") < page.index("Version 1")
        assert "Change of meaning: The number was wrong." in page
        assert "Superseded" in page
        assert page.count("Rhea Reviewer") == 2
        assert two_versions.version.digest[:8] in page

    def test_a_pending_newer_version_is_mentioned_and_not_listed(
        self, client, two_versions, editor
    ):
        edition = factories.edit(two_versions.edition, editor, body="<p>Four.</p>")
        factories.submit(factories.make_version(edition, editor), editor)
        page = words(client.get(f"{url(two_versions)}history/"))
        assert "A newer version has been before the board" in page
        assert "Version 3" not in page

    def test_signatures_on_a_text_that_was_not_approved_are_not_shown(
        self, client, editor, reviewer, chair
    ):
        factories.set_rule(approvals=2, pending=True)
        submission = factories.make_submission(editor)
        factories.assign(submission, reviewer, chair)
        factories.sign(submission, reviewer)
        assert "Rhea" not in words(client.get(f"{url(submission)}history/"))

    def test_notices_stand_with_what_they_are_about(self, client, two_versions, chair):
        publish_notice(
            actor=chair,
            article=two_versions.edition.article,
            kind="CORRECTION",
            text="Corrected the title.",
            at=factories.AT,
        )
        retract_submission(
            actor=chair, submission_id=two_versions.pk, notice="Unsafe.", at=factories.AT
        )
        page = words(client.get(f"{url(two_versions)}history/"))
        assert "Corrected the title." in page
        assert "Unsafe." in page
        assert "Retracted" in page

    def test_an_audience_chooses_the_edition(self, client, two_versions, submit_edition):
        submit_edition(two_versions.edition.article, "public")
        base = f"{url(two_versions)}history/"
        assert "text for clinicians" in words(client.get(f"{base}?audience=clinician"))
        assert "text for the public" in words(client.get(f"{base}?audience=public"))
        assert client.get(f"{base}?audience=nurse").status_code == 404

    def test_it_costs_the_same_with_more_versions(
        self, client, two_versions, editor, reviewer, chair
    ):
        path = f"{url(two_versions)}history/"

        def count():
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            return len(queries)

        before = count()
        for number in range(4, 8):
            edition = factories.edit(two_versions.edition, editor, body=f"<p>{number} pills.</p>")
            submission = factories.submit(factories.make_version(edition, editor), editor)
            factories.approve(submission, reviewer, chair)
        assert count() == before == 7


class TestComparison:
    def test_it_shows_what_changed(self, client, two_versions):
        response = client.get(compare(two_versions, "1..2"))
        html = response.content.decode()
        assert "What changed from version 1 to version 2" in words(response)
        assert '<del id="change-1">two</del><ins>three</ins>' in html
        assert "noindex" in html

    def test_the_older_stands_first_however_it_was_asked(self, client, two_versions):
        response = client.get(compare(two_versions, "2..1"))
        assert "from version 1 to version 2" in words(response)

    @pytest.mark.parametrize(
        "pair", ["1..1", "1..9", "x..2", "1", "..", "1..2..3", "-1..2", "²..1"]
    )
    def test_versions_that_are_not_there_are_404(self, client, two_versions, pair):
        assert client.get(compare(two_versions, pair)).status_code == 404

    def test_a_draft_version_cannot_be_compared(self, client, two_versions, editor):
        edition = factories.edit(two_versions.edition, editor, body="<p>Four.</p>")
        factories.make_version(edition, editor)
        assert client.get(compare(two_versions, "2..3")).status_code == 404

    def test_nothing_is_compared_while_the_text_is_taken_down(self, client, two_versions, chair):
        retract_submission(
            actor=chair, submission_id=two_versions.pk, notice="Unsafe.", at=factories.AT
        )
        assert client.get(compare(two_versions, "1..2")).status_code == 404
        assert "compare=" not in client.get(f"{url(two_versions)}history/").content.decode()


class TestFormerVersion:
    def version(self, client, submission, number):
        return client.get(f"{url(submission)}history/clinician/{number}/")

    def test_it_is_shown_as_superseded_and_kept_from_search(self, client, two_versions):
        response = self.version(client, two_versions, 1)
        page = words(response)
        assert response.status_code == 200
        assert "Superseded: version 1 was replaced by a newer one" in page
        assert "Take two pills." in page
        assert "noindex" in response.content.decode()

    def test_the_one_in_force_says_so(self, client, two_versions):
        page = words(self.version(client, two_versions, 2))
        assert "Version 2 is the one that readers see now" in page

    def test_a_retracted_one_and_those_before_it_are_410(self, client, two_versions, chair):
        retract_submission(
            actor=chair, submission_id=two_versions.pk, notice="Unsafe.", at=factories.AT
        )
        for number in (1, 2):
            response = self.version(client, two_versions, number)
            assert response.status_code == 410
            assert "pills" not in words(response)
        assert "Unsafe." in words(self.version(client, two_versions, 2))

    def test_a_retracted_one_stays_410_after_a_new_approval(
        self, client, two_versions, editor, reviewer, chair
    ):
        retract_submission(
            actor=chair, submission_id=two_versions.pk, notice="Unsafe.", at=factories.AT
        )
        edition = factories.edit(two_versions.edition, editor, body="<p>Take none.</p>")
        newer = factories.submit(factories.make_version(edition, editor), editor)
        factories.approve(newer, reviewer, chair)
        assert "Take none." in words(client.get(url(two_versions)))
        assert "Unsafe." not in words(client.get(url(two_versions)))
        assert self.version(client, two_versions, 2).status_code == 410
        assert self.version(client, two_versions, 1).status_code == 200

    def test_a_withdrawn_pending_one_is_410(self, client, editor, pending):
        submission = pending(body="<p>Secret error.</p>")
        withdraw_submission(
            actor=editor, submission_id=submission.pk, notice="An error.", at=factories.AT
        )
        response = self.version(client, submission, 1)
        assert response.status_code == 410
        assert "Secret error." not in words(response)

    @pytest.mark.parametrize("number", [0, 3, 99])
    def test_one_that_was_never_public_is_404(self, client, two_versions, editor, number):
        edition = factories.edit(two_versions.edition, editor, body="<p>Draft.</p>")
        factories.make_version(edition, editor)
        assert self.version(client, two_versions, number).status_code == 404
