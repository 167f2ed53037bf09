"""What is not approved does not leak, through any public door."""

import pytest
from django.test import Client

from tests import factories
from tests.reader.conftest import url

SECRET = "quicksilver"


def doors(submission) -> list[str]:
    """Return every public address that could say something of an article."""
    base = url(submission)
    return [
        "/",
        "/topics/",
        f"/search/?q={SECRET}",
        base,
        f"{base}clinician/",
        f"{base}history/",
        f"{base}history/?audience=clinician",
        f"{base}history/clinician/1/",
        f"{base}history/clinician/2/",
        f"{base}history/?audience=clinician&compare=1..2",
        "/feed/",
        "/sitemap.xml",
        f"/questions/?article={submission.edition.article.slug}",
        "/advisory-board/",
    ]


def answers(submission) -> dict[str, tuple[int, bytes]]:
    client = Client()
    found = {}
    for path in doors(submission):
        response = client.get(path)
        found[path] = (response.status_code, response.content)
    return found


@pytest.fixture
def submission(approve):
    return approve(body="<p>Approved words.</p>", summary="Approved summary.")


class TestADraftNeverLeaks:
    def test_saving_a_draft_after_approval_changes_no_public_byte(self, submission, editor):
        before = answers(submission)
        factories.edit(
            submission.edition,
            editor,
            body=f"<p>The {SECRET} draft.</p>",
            title=f"{SECRET}?",
            summary=f"{SECRET}.",
            heading=SECRET,
        )
        assert answers(submission) == before

    def test_freezing_it_changes_none_either(self, submission, editor):
        before = answers(submission)
        edition = factories.edit(submission.edition, editor, body=f"<p>The {SECRET} draft.</p>")
        factories.make_version(edition, editor)
        assert answers(submission) == before

    def test_submitting_it_shows_no_word_of_it(self, submission, editor):
        edition = factories.edit(
            submission.edition, editor, body=f"<p>{SECRET}.</p>", title=f"{SECRET}?"
        )
        factories.submit(factories.make_version(edition, editor, change_note=SECRET), editor)
        for path, (_status, content) in answers(submission).items():
            said = content.decode().replace(f"q={SECRET}", "").replace(f'value="{SECRET}"', "")
            assert SECRET not in said.replace(f"Search: {SECRET}", "").replace(
                f"Nothing found for “{SECRET}”", ""
            ), path

    def test_approving_it_shows_it(self, submission, editor, reviewer, chair):
        edition = factories.edit(submission.edition, editor, body=f"<p>{SECRET}.</p>")
        newer = factories.submit(factories.make_version(edition, editor), editor)
        factories.approve(newer, reviewer, chair)
        shown = {
            path
            for path, (_status, content) in answers(submission).items()
            if SECRET in content.decode().replace(f"q={SECRET}", "")
        }
        assert url(submission) in shown

    def test_a_draft_without_a_version_is_nowhere(self, editor):
        edition = factories.make_edition(
            editor, question=f"What of {SECRET}?", body=f"<p>{SECRET}</p>"
        )
        client = Client()
        for path in ("/", "/topics/", "/feed/", "/sitemap.xml"):
            assert SECRET not in client.get(path).content.decode()
        slug = edition.article.slug
        for path in ("", "history/", "clinician/", "history/clinician/1/"):
            assert client.get(f"/articles/{slug}/{path}").status_code == 404
        assert client.get(f"/questions/?article={slug}").status_code == 404


class TestPendingTextIsKeptFromMachines:
    def test_it_is_in_neither_sitemap_nor_feed_nor_on_the_first_page(self, client, pending):
        submission = pending(question=f"What of {SECRET}?", body=f"<p>{SECRET}</p>")
        for path in ("/sitemap.xml", "/feed/", "/"):
            assert SECRET not in client.get(path).content.decode(), path
        assert SECRET in client.get(url(submission)).content.decode()

    @pytest.mark.parametrize("path", ["", "clinician/", "history/", "history/clinician/1/"])
    def test_every_page_of_it_says_noindex(self, client, pending, path):
        html = client.get(url(pending()) + path).content.decode()
        assert '<meta name="robots" content="noindex">' in html

    def test_withdrawn_from_approval_it_leaves_them(self, client, submission, chair):
        from review.rounds.actions.withdrawing import retract_submission

        slug = submission.edition.article.slug
        for path in ("/sitemap.xml", "/feed/", "/"):
            assert slug in client.get(path).content.decode(), path
        retract_submission(
            actor=chair, submission_id=submission.pk, notice="Wrong.", at=factories.AT
        )
        for path in ("/sitemap.xml", "/feed/", "/"):
            assert slug not in client.get(path).content.decode(), path
