"""What the reader's tests share: an approved text, many articles, and a fresh throttle."""

import json
import re
from datetime import timedelta

import pytest
from django.core.cache import cache

from articles.models import Article, Contribution, Edition, Version
from articles.texts.actions.editions import add_edition
from articles.texts.draft import DraftText
from review.models import Publication, Submission
from tests import factories
from tests.triggers import triggers_off

NOW = factories.AT + timedelta(days=1)


@pytest.fixture(autouse=True)
def _fresh_throttle():
    cache.clear()


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """Let every page be read a day after what factories make; tests may move the day on."""

    class Clock:
        now = NOW

    monkeypatch.setattr("django.utils.timezone.now", lambda: Clock.now)
    return Clock


@pytest.fixture
def approve(editor, reviewer, chair):
    """Write, submit and approve a text; return its submission."""

    def make(**fields) -> Submission:
        factories.set_rule(approvals=1, pending=True)
        submission = factories.make_submission(editor, **fields)
        factories.approve(submission, reviewer, chair)
        submission.refresh_from_db()
        return submission

    return make


@pytest.fixture
def pending(editor):
    """Write and submit a text that is public before its approval; return its submission."""

    def make(**fields) -> Submission:
        factories.set_rule(approvals=1, pending=True)
        return factories.make_submission(editor, **fields)

    return make


@pytest.fixture
def submit_edition(editor, reviewer, chair):
    """Add an edition to an article and submit it; approve it unless told otherwise."""

    def make(article, slug, *, language="en", approved=True, title="", body="<p>Text.</p>"):
        edition = add_edition(
            actor=editor,
            article=article,
            language=language,
            audience=factories.audience(slug),
            text=DraftText(title=title or f"For {slug} in {language}?", body=body),
            at=factories.AT,
        )
        submission = factories.make_submission(editor, edition=edition)
        if approved:
            factories.approve(submission, reviewer, chair)
        submission.refresh_from_db()
        return submission

    return make


def url(submission: Submission, audience: str = "") -> str:
    """Return the address of a submission's article."""
    base = f"/articles/{submission.edition.article.slug}/"
    return f"{base}{audience}/" if audience else base


def words(response) -> str:
    """Return what a page says, without tags, on one line."""
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    text = re.sub(r"<[^>]+>", " ", text)
    for name, sign in (("&#x27;", "'"), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">")):
        text = text.replace(name, sign)
    return " ".join(text.split())


def json_ld(response) -> dict:
    """Return the structured data of a page."""
    found = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', response.content.decode(), re.DOTALL
    )
    return json.loads(found[1]) if found else {}


def multiply(submission: Submission, number: int) -> None:
    """Copy an approved article `number` times below the actions, for counting queries."""
    first = Article.objects.count()
    edition, version = submission.edition, submission.version
    article = edition.article
    publication = Publication.objects.get(edition=edition)
    articles = Article.objects.bulk_create(
        Article(
            question=article.question,
            slug=f"copy-{first + i}",
            specialty=article.specialty,
            created_by=article.created_by,
            created_at=article.created_at,
        )
        for i in range(number)
    )
    for one in articles:
        one.topics.set(article.topics.all())
    editions = [Edition.objects.get(pk=edition.pk) for _ in articles]
    for row, one in zip(editions, articles, strict=True):
        row.pk, row.article = None, one
    editions = Edition.objects.bulk_create(editions)
    freezings = [Contribution.objects.get(pk=version.contribution_id) for _ in editions]
    for copy, row in zip(freezings, editions, strict=True):
        copy.pk, copy.edition = None, row
    freezings = Contribution.objects.bulk_create(freezings)
    versions = []
    for row, freezing in zip(editions, freezings, strict=True):
        copy = Version.objects.get(pk=version.pk)
        copy.pk, copy.edition, copy.digest = None, row, f"{row.pk:064d}"
        copy.contribution = freezing
        versions.append(copy)
    versions = Version.objects.bulk_create(versions)
    submissions = []
    for row in versions:
        copy = Submission.objects.get(pk=submission.pk)
        copy.pk, copy.edition_id, copy.version = None, row.edition_id, row
        submissions.append(copy)
    with triggers_off():  # no submission begins approved
        submissions = Submission.objects.bulk_create(submissions)
    Publication.objects.bulk_create(
        Publication(
            edition_id=row.edition_id,
            submission=row,
            first_published_at=publication.first_published_at,
            changed_at=publication.changed_at + timedelta(seconds=place),
            language=publication.language,
            body_text=publication.body_text,
            title_folded=publication.title_folded,
            body_folded=publication.body_folded,
        )
        for place, row in enumerate(submissions)
    )
    factories.analyze()
