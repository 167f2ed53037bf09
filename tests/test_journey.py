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


def write(desk: Client) -> Edition:
    """Add a source and write a text that cites it; return the draft."""
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
    cited = f'<cite data-refs="{source.key}"></cite>'
    save(desk, edition, f"<h2>Result</h2><p>It shows nothing.{cited}</p>")
    return edition


def save(desk: Client, edition: Edition, body: str) -> None:
    """Save another body into a draft."""
    edition.refresh_from_db()
    post(
        desk,
        reverse("articles:edit", args=[edition.pk]),
        title="What does the fictional trial show?",
        summary="Nothing yet.",
        body=body,
        draft_number=edition.draft_number,
    )


def freeze(desk: Client, edition: Edition) -> Version:
    """Freeze a draft as its first version."""
    edition.refresh_from_db()
    post(
        desk,
        reverse("articles:freeze", args=[edition.pk]),
        draft_number=edition.draft_number,
        change_note="First version.",
    )
    return Version.objects.get()


def read_and_sign(board: Client, submission: Submission, version: Version) -> None:
    """Sign the text that the reviewer was shown."""
    room = board.get(reverse("review:submission", args=[submission.pk])).content.decode()
    assert version.rendered in room
    shown = board.get(reverse("review:sign", args=[submission.pk])).content.decode()
    digest = re.search(r'name="digest" value="([0-9a-f]{64})"', shown)
    assert digest is not None
    assert digest[1] == version.digest
    post(board, reverse("review:sign", args=[submission.pk]), digest=digest[1], password=PASSWORD)


def test_from_an_empty_desk_to_a_reader_who_sees_who_signed(
    rule, editor, chair, administrator, client
):
    reviewers = {
        slug: factories.make_reviewer(
            name, verifier=administrator, specialty=factories.make_specialty(slug)
        )
        for slug, name in (("rheumatology", "Rhea Reviewer"), ("pharmacy", "Phil Pharmacist"))
    }

    # The editor adds a source, writes, freezes and submits.
    desk = enter(editor)
    edition = write(desk)
    version = freeze(desk, edition)
    article = reverse("reader:article", args=[edition.article.slug])
    assert client.get(article).status_code == 404
    post(desk, reverse("review:submit", args=[version.pk]), note="Please read.")
    submission = Submission.objects.get()

    # Readers see the pending text under a caution.
    page = client.get(article)
    assert page.status_code == 200
    assert "noindex" in page.content.decode()
    assert "Rhea Reviewer" not in page.content.decode()

    # The chair asks two reviewers, and both sign.
    chairs_desk = enter(chair)
    asking = reverse("review:assign", args=[submission.pk])
    for slug, person in reviewers.items():
        capacity = factories.make_specialty(slug)
        post(chairs_desk, asking, reviewer=person.pk, capacity=capacity.pk)
    for person in reviewers.values():
        read_and_sign(enter(person), submission, version)

    # Readers see exactly that text, and who signed it.
    page = client.get(article).content.decode()
    assert TEXT in page
    assert "noindex" not in page
    for name in ("Rhea Reviewer", "Phil Pharmacist", "A fictional trial"):
        assert name in page

    # A later draft changes nothing for them.
    save(desk, edition, "<p>Something that nobody reviewed.</p>")
    assert "nobody reviewed" not in client.get(article).content.decode()

    # The chair takes it down at once.
    taking_down = reverse("review:retract", args=[submission.pk])
    post(chairs_desk, taking_down, notice="The trial was fictional.", confirm="on")
    gone = client.get(article)
    assert gone.status_code == 410
    assert "The trial was fictional." in gone.content.decode()
    assert TEXT not in gone.content.decode()

    # And all of it holds.
    call_command("verify")
