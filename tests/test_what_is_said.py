"""Whatever speaks against a text is said wherever the text is spoken of, and nowhere else."""

import json
import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.urls import reverse

from articles.models import Topic
from articles.references.actions.notices import record_notice
from review.models import Submission
from review.public.actions.noticing import publish_notice
from review.public.facts import Caveat
from review.rounds.actions.withdrawing import retract_submission
from tests import factories

ALARM, CAUTION, OVERDUE = Caveat
QUESTION = "What of quicksilver?"
BADGES = {ALARM: "Source retracted", CAUTION: "Under a caution", OVERDUE: "Review overdue"}
ON_THE_PAGE = {
    ALARM: "A source that this text cites has been retracted",
    CAUTION: "Wait for the new study.",
    OVERDUE: "should have been reviewed again by",
}
IN_THE_FEED = {
    ALARM: "A source that this text cites has been retracted.",
    CAUTION: "This text stands under a caution.",
    OVERDUE: "The review of this text is overdue.",
}
IN_A_FILE = {
    ALARM: "A source cited here was retracted.",
    CAUTION: "Under a caution since",
    OVERDUE: "Review overdue since",
}
IN_STRUCTURED_DATA = {
    ALARM: "source-retracted",
    CAUTION: "under-caution",
    OVERDUE: "review-overdue",
}
V1 = "/api/v1"


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        now = factories.AT + timedelta(hours=1)

    monkeypatch.setattr("django.utils.timezone.now", lambda: Clock.now)
    return Clock


@pytest.fixture
def text(clock, editor) -> Submission:
    """Make a text that is public while it is pending, and cites a source."""
    factories.set_rule(approvals=1, pending=True)
    factories.make_reference(editor, key="a-1")
    submission = factories.make_submission(
        editor, question=QUESTION, body='<p>A claim<cite data-refs="a-1"></cite>.</p>'
    )
    submission.edition.article.topics.add(Topic.objects.create(slug="metals", name="Metals"))
    return submission


@pytest.fixture
def approved(text, reviewer, chair) -> Submission:
    factories.approve(text, reviewer, chair)
    return text


@pytest.fixture
def against(editor, chair, clock):
    """Let something be published against a text, or its review become overdue."""

    def publish(text: Submission, what: str, day: int = 20) -> None:
        if what in {"RETRACTION", "REINSTATEMENT", "CORRECTION", "EXPRESSION_OF_CONCERN"}:
            record_notice(
                actor=editor,
                reference_id=text.version.cited_references.get().reference_id,
                kind=what,
                noticed_on=date(2026, 11, day),
                at=factories.AT,
            )
        elif what == "overdue":
            clock.now += timedelta(days=400)
        else:
            publish_notice(
                actor=chair,
                article=text.edition.article,
                kind=what,
                text="Wait for the new study." if what == "CAUTION" else "It came.",
                at=factories.AT,
            )

    return publish


def said(client, path: str, words: dict[str, str], within: str = "") -> set[str]:
    """Return what the answer at `path` says against the text: in its part that matches `within`."""
    response = client.get(path)
    assert response.status_code == 200, path
    content = unescape(response.content.decode())
    if within:
        content = re.search(within, content, re.DOTALL)[0]
    content = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content))
    return {caveat for caveat, sign in words.items() if sign in content}


def caveats(answer: dict) -> set[str]:
    return set(answer["status"]["caveats"])


def doors(client, text: Submission, chair) -> dict[str, set[str]]:
    """Return what every place that speaks of the text says against it."""
    slug, version = text.edition.article.slug, text.version_id
    entry = rf'<li class="entry">(?:(?!</li>).)*{re.escape(QUESTION)}.*?</li>'
    history = f"/articles/{slug}/history/"
    client.logout()
    page = client.get(f"/articles/{slug}/").content.decode()
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', page, re.DOTALL)[1])
    status = data["creativeWorkStatus"]
    terms = {term["termCode"] for term in (status if isinstance(status, list) else [status])}
    api = {
        name: client.get(f"{V1}/{path}").json()
        for name, path in {
            "article": f"articles/{slug}/",
            "articles": "articles/",
            "publication": f"publications/{text.edition_id}/",
            "version": f"versions/{version}/",
        }.items()
    }
    publication = api["publication"]
    flags = {
        ALARM: publication["source_alarm"],
        CAUTION: publication["under_caution"],
        OVERDUE: publication["review_overdue"],
    }
    found = {
        "page": said(client, f"/articles/{slug}/", ON_THE_PAGE),
        "structured data": {c for c, term in IN_STRUCTURED_DATA.items() if term in terms},
        "topic": said(client, "/topics/metals/", BADGES, entry),
        "search": said(client, "/search/?q=quicksilver", BADGES, entry),
        "history": said(client, history, BADGES, r'<ol class="history".*?</ol>'),
        "version": said(client, f"{history}clinician/1/", BADGES, r'<p class="badges">.*?</p>'),
        "file": said(client, reverse("review:export", args=[version, "html"]), IN_A_FILE),
        "API: article": caveats(api["article"]),
        "API: articles": caveats(api["articles"]["results"][0]["texts"][0]),
        "API: publication": caveats(publication),
        "API: its flags": {caveat for caveat, holds in flags.items() if holds},
        "API: version": caveats(api["version"]),
    }
    if Submission.objects.get(pk=text.pk).state == "APPROVED":
        found["home"] = said(client, "/", BADGES, entry)
        found["feed"] = said(client, "/feed/", IN_THE_FEED, "<entry>.*</entry>")
    client.force_login(chair)
    room = reverse("review:submission", args=[text.pk])
    found["room"] = said(client, room, BADGES, r'<div class="badges">.*?</div>')
    found["queue"] = said(
        client, f"{reverse('review:queue')}?show=all", BADGES, "<tbody>.*</tbody>"
    )
    found["API: submission"] = caveats(client.get(f"{V1}/submissions/{text.pk}/").json())
    return found


STORIES = [
    ([], set()),
    (["RETRACTION"], {ALARM}),
    (["RETRACTION", "REINSTATEMENT"], set()),
    (["CORRECTION", "EXPRESSION_OF_CONCERN"], set()),
    (["CAUTION"], {CAUTION}),
    (["CAUTION", "CAUTION_LIFTED"], set()),
    (["overdue"], {OVERDUE}),
    (["RETRACTION", "CAUTION", "overdue"], {ALARM, CAUTION, OVERDUE}),
]


@pytest.mark.parametrize(("story", "expected"), STORIES, ids=lambda value: " ".join(sorted(value)))
class TestEveryPlaceSaysTheSame:
    def test_of_an_approved_text(self, client, approved, against, chair, story, expected):
        for what in story:
            against(approved, what)

        found = doors(client, approved, chair)
        assert found == dict.fromkeys(found, expected)

    def test_of_a_pending_text_whose_review_cannot_be_overdue(
        self, client, text, against, chair, story, expected
    ):
        for what in story:
            against(text, what)

        found = doors(client, text, chair)
        assert found == dict.fromkeys(found, expected - {OVERDUE})


class TestNobodysNameIsLent:
    """Who signed is said where the approval stands, and where a newer one took its place."""

    def names(self, client, text, reviewer) -> set[str]:
        slug = text.edition.article.slug
        answers = {
            "file": reverse("review:export", args=[text.version_id, "html"]),
            "API: publication": f"{V1}/publications/{text.edition_id}/",
            "API: article": f"{V1}/articles/{slug}/",
            "page": f"/articles/{slug}/",
        }
        return {
            name
            for name, path in answers.items()
            if reviewer.name in client.get(path).content.decode()
        }

    def test_once_an_approval_is_taken_back(self, client, approved, reviewer, chair):
        before = self.names(client, approved, reviewer)
        retract_submission(actor=chair, submission_id=approved.pk, notice="Wrong.", at=factories.AT)
        client.force_login(chair)

        assert before == {"file", "API: publication", "API: article", "page"}
        assert self.names(client, approved, reviewer) == set()


def test_a_file_of_a_version_that_was_never_sent_says_that_its_source_was_retracted(
    client, clock, editor
):
    source = factories.make_reference(editor, key="a-1")
    edition = factories.make_edition(editor, body='<p>A claim<cite data-refs="a-1"></cite>.</p>')
    version = factories.make_version(edition, editor)
    record_notice(
        actor=editor,
        reference_id=source.pk,
        kind="RETRACTION",
        noticed_on=date(2026, 11, 20),
        at=factories.AT,
    )
    client.force_login(editor)

    path = reverse("review:export", args=[version.pk, "html"])

    assert said(client, path, IN_A_FILE) == {ALARM}
