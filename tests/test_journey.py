"""The whole chain through its pages: from an empty desk to a reader who sees who signed."""

import re

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from articles.models import Edition, Reference, Version
from review.models import ReviewRule, RuleCapacity, Submission
from tests import factories
from tests.factories import PASSWORD

# Citations follow with names for screen readers, which the frozen rendering does not have.
TEXT = '<h2 id="result">Result</h2><p>It shows nothing.<cite'


def enter(person) -> Client:
    """Sign in through the site's own page."""
    client = Client()
    answer = client.post(
        reverse("accounts:sign-in"), {"username": person.email, "password": PASSWORD}
    )
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return client


def post(client: Client, address: str, **data) -> str:
    """Post a form that must be accepted; return where it leads."""
    answer = client.post(address, data)
    assert answer.status_code == 302, re.sub(r"<[^>]+>|\s+", " ", answer.content.decode())[-1500:]
    return answer.url


@pytest.fixture
def rule(db):
    rheumatology, pharmacy = factories.make_specialty(), factories.make_specialty("pharmacy")
    rule = ReviewRule.objects.create(
        specialty=rheumatology, approvals_needed=2, pending_is_public=True
    )
    for specialty in (rheumatology, pharmacy):
        RuleCapacity.objects.create(rule=rule, specialty=specialty)
    return rule


def test_from_an_empty_desk_to_a_reader_who_sees_who_signed(
    rule, editor, chair, administrator, client
):
    rheumatologist = factories.make_reviewer("Rhea Reviewer", verifier=administrator)
    pharmacist = factories.make_reviewer(
        "Phil Pharmacist", verifier=administrator, specialty=factories.make_specialty("pharmacy")
    )

    # The editor adds a source, writes, freezes and submits.
    desk = enter(editor)
    post(
        desk,
        reverse("articles:reference-new"),
        type="article-journal",
        title="A fictional trial",
        authors="Specimen, Sam",
        container="Journal of Tests",
        year="2024",
        doi="10.5555/journey",
    )
    source = Reference.objects.get()
    post(
        desk,
        reverse("articles:new"),
        question="What does the fictional trial show?",
        specialty=factories.make_specialty().pk,
        language="en",
        audience=factories.audience("public").pk,
    )
    edition = Edition.objects.get()
    post(
        desk,
        reverse("articles:edit", args=[edition.pk]),
        title="What does the fictional trial show?",
        summary="Nothing yet.",
        body=f'<h2>Result</h2><p>It shows nothing.<cite data-refs="{source.key}"></cite></p>',
        draft_number=edition.draft_number,
    )
    edition.refresh_from_db()
    post(
        desk,
        reverse("articles:freeze", args=[edition.pk]),
        draft_number=edition.draft_number,
        change_note="First version.",
    )
    version = Version.objects.get()
    article = reverse("reader:article", args=[edition.article.slug])
    assert client.get(article).status_code == 404
    post(desk, reverse("review:submit", args=[version.pk]), note="Please read.")
    submission = Submission.objects.get()

    # Readers see the pending text under a caution.
    page = client.get(article)
    assert page.status_code == 200
    assert "noindex" in page.content.decode()
    assert "Rhea Reviewer" not in page.content.decode()

    # The chair asks two reviewers.
    chairs_desk = enter(chair)
    for person, slug in ((rheumatologist, "rheumatology"), (pharmacist, "pharmacy")):
        post(
            chairs_desk,
            reverse("review:assign", args=[submission.pk]),
            reviewer=person.pk,
            capacity=factories.make_specialty(slug).pk,
        )

    # Both sign the text that they were shown.
    for person in (rheumatologist, pharmacist):
        board = enter(person)
        room = board.get(reverse("review:submission", args=[submission.pk])).content.decode()
        assert version.rendered in room
        shown = board.get(reverse("review:sign", args=[submission.pk])).content.decode()
        digest = re.search(r'name="digest" value="([0-9a-f]{64})"', shown)
        assert digest is not None
        assert digest[1] == version.digest
        post(
            board,
            reverse("review:sign", args=[submission.pk]),
            digest=digest[1],
            password=PASSWORD,
        )

    # Readers see exactly that text, and who signed it.
    page = client.get(article).content.decode()
    assert TEXT in page
    assert "noindex" not in page
    for name in ("Rhea Reviewer", "Phil Pharmacist"):
        assert name in page
    assert "A fictional trial" in page

    # A later draft changes nothing for them.
    edition.refresh_from_db()
    post(
        desk,
        reverse("articles:edit", args=[edition.pk]),
        title="What does the fictional trial show?",
        summary="Nothing yet.",
        body="<p>Something that nobody reviewed.</p>",
        draft_number=edition.draft_number,
    )
    assert "nobody reviewed" not in client.get(article).content.decode()

    # The chair takes it down at once.
    post(
        chairs_desk,
        reverse("review:retract", args=[submission.pk]),
        notice="The trial was fictional.",
        confirm="on",
    )
    gone = client.get(article)
    assert gone.status_code == 410
    assert "The trial was fictional." in gone.content.decode()
    assert TEXT not in gone.content.decode()

    # And all of it holds.
    call_command("verify")
