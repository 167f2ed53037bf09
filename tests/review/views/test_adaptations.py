"""What the board is told of a text that adapts another: which version it follows, and what moved on."""

from html import unescape

import pytest
from django.urls import reverse

from articles.models import Version
from articles.texts.actions.editions import add_edition
from tests import factories

BEHIND = (
    "Follows version 1 of the English clinician edition; that edition is at version 2 now: "
    "1 section changed."
)


@pytest.fixture
def version(editor) -> Version:
    """Return a version of an adaptation whose source has moved on since."""
    source = factories.make_edition(editor, body="<h2>Harms</h2><p>Shingles in 3%.</p>")
    factories.make_version(source, editor)
    public = add_edition(
        actor=editor,
        article=source.article,
        language="en",
        audience=factories.audience("public"),
        source=source,
        begins_with_source=True,
        at=factories.AT,
    )
    version = factories.make_version(public, editor)
    factories.edit(source, editor, body="<h2>Harms</h2><p>Shingles in 4%.</p>")
    factories.make_version(source, editor)
    return version


def test_sending_it_warns_with_the_list_and_is_allowed(client, editor, version):
    client.force_login(editor)
    address = reverse("review:submit", args=[version.pk])

    page = unescape(client.get(address).content.decode())

    assert BEHIND in page
    assert "<del>3</del>" in page or "3%" in page
    assert client.post(address, {"note": ""}).status_code == 302
    assert version.submissions.count() == 1


def test_the_reviewers_room_says_it(client, editor, chair, reviewer, version):
    submission = factories.submit(version, editor)
    factories.assign(submission, reviewer, chair)
    client.force_login(reviewer)

    page = unescape(client.get(reverse("review:submission", args=[submission.pk])).content.decode())

    assert BEHIND in page
    assert "/beside/" not in page


def test_whoever_signs_reads_it(client, editor, chair, reviewer, version):
    submission = factories.submit(version, editor)
    factories.assign(submission, reviewer, chair)
    client.force_login(reviewer)

    page = unescape(client.get(reverse("review:sign", args=[submission.pk])).content.decode())

    assert BEHIND in page


def test_a_text_of_its_own_says_nothing(client, editor):
    version = factories.make_version(factories.make_edition(editor), editor)
    client.force_login(editor)

    page = client.get(reverse("review:submit", args=[version.pk])).content.decode()

    assert "Follows version" not in page
