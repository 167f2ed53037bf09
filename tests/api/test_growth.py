"""Lists cost the same number of queries with ten rows and with a thousand."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import (
    Article,
    CitedReference,
    Edition,
    Reference,
    ReferenceNotice,
    Topic,
    Version,
)
from review.models import Assignment, Decision, Publication, Signature, Submission
from tests import factories
from tests.api.conftest import V1, program
from tests.triggers import triggers_off

LISTS = ["articles/", "publications/", "editions/", "submissions/", "references/"]
ONE = ["articles/{slug}/", "publications/{edition}/", "versions/{version}/"]


def copies(row, count, **fields):
    """Return copies of a row; `fields` are what differs, or what makes it of each one's number."""
    model = type(row)
    kept = {
        f.attname: getattr(row, f.attname) for f in model._meta.concrete_fields if not f.primary_key
    }
    made = [
        model(**kept | {name: v(n) if callable(v) else v for name, v in fields.items()})
        for n in range(count)
    ]
    return model.objects.bulk_create(made)


def frozen(version, count, **fields):
    """Return copies of a version, each with a freezing and a digest of its own."""
    freezings = copies(version.contribution, count)
    return copies(
        version,
        count,
        contribution_id=lambda n: freezings[n].pk,
        digest=lambda n: f"{freezings[n].pk:064}",
        **fields,
    )


def grow(count, approved, reference) -> None:
    """Add `count` approved and public articles, each with all that hangs on one.

    Past the triggers: no submission begins as an approved one.
    """
    with triggers_off():
        _grow(count, approved, reference)


def _grow(count, approved, reference) -> None:
    start = Article.objects.count()
    articles = copies(approved.edition.article, count, slug=lambda n: f"a-{start}-{n}")
    topic = Topic.objects.get_or_create(slug="joints", name="Joints")[0]
    topic.articles.add(*articles)
    editions = copies(approved.edition, count, article_id=lambda n: articles[n].pk)
    versions = frozen(approved.version, count, edition_id=lambda n: editions[n].pk)
    submissions = copies(
        approved,
        count,
        edition_id=lambda n: editions[n].pk,
        version_id=lambda n: versions[n].pk,
    )
    assignment = approved.assignments.get()
    assignments = copies(assignment, count, submission_id=lambda n: submissions[n].pk)
    decisions = copies(assignment.decision, count, assignment_id=lambda n: assignments[n].pk)
    copies(
        approved.signatures.get(),
        count,
        submission_id=lambda n: submissions[n].pk,
        version_id=lambda n: versions[n].pk,
        decision_id=lambda n: decisions[n].pk,
        payload_digest=lambda n: f"{start + n:064}",
    )
    Publication.objects.bulk_create(
        Publication(
            edition=editions[n],
            submission=submissions[n],
            first_published_at=factories.AT,
            changed_at=factories.AT,
            language="en",
            body_text="body",
            title_folded="title",
            body_folded="body",
        )
        for n in range(count)
    )
    grow_the_board(count, approved, articles)
    last = approved.edition.versions.count()
    frozen(approved.version, count, number=lambda n: last + n + 1, change_class="SUBSTANTIVE")
    references = copies(
        reference, count, key=lambda n: f"r-{start}-{n}", doi=lambda n: f"10.5555/{start}.{n}"
    )
    copies(reference.notices.get(), count, reference_id=lambda n: references[n].pk)


def grow_the_board(count, approved, articles) -> None:
    """Add an open submission of another edition of each article: lists say what it wants."""
    public = factories.audience("public").pk
    editions = copies(
        approved.edition,
        count,
        article_id=lambda n: articles[n].pk,
        audience_id=public,
    )
    versions = frozen(approved.version, count, edition_id=lambda n: editions[n].pk)
    copies(
        approved,
        count,
        edition_id=lambda n: editions[n].pk,
        version_id=lambda n: versions[n].pk,
        state="UNDER_REVIEW",
        approved_at=None,
    )


@pytest.fixture
def seeds(editor, reviewer, chair):
    factories.set_rule(approvals=1)
    submission = factories.make_submission(editor)
    factories.approve(submission, reviewer, chair)
    reference = factories.make_reference(editor)
    ReferenceNotice.objects.create(
        reference=reference,
        kind="CORRECTION",
        noticed_on=factories.AT.date(),
        recorded_by=editor,
        recorded_at=factories.AT,
    )
    return Submission.objects.get(pk=submission.pk), reference


class TestEveryList:
    def test_costs_the_same_with_ten_rows_and_with_a_thousand(self, seeds, editor):
        approved, reference = seeds
        places = {
            "slug": approved.edition.article.slug,
            "edition": approved.edition_id,
            "version": approved.version_id,
        }
        urls = [f"{V1}/{door.format(**places)}" for door in LISTS + ONE]
        urls.append(f"{V1}/editions/{approved.edition_id}/versions/")
        urls += [f"{url}?page_size=200" for url in urls if url.endswith(tuple(LISTS))]

        def costs():
            found = {}
            for url in urls:
                client = program(editor)
                with CaptureQueriesContext(connection) as queries:
                    assert client.get(url).status_code == 200, url
                found[url] = len(queries)
            return found

        grow(10, approved, reference)
        few = costs()
        grow(1000, approved, reference)
        many = costs()

        assert Publication.objects.count() == 1011
        assert many == few
        assert max(few.values()) <= 12, few

    def test_the_longest_page_has_200_rows(self, seeds):
        grow(250, *seeds)

        found = program(None).get(f"{V1}/articles/?page_size=1000").json()

        assert (len(found["results"]), found["count"]) == (200, 251)
        assert found["results"][0]["texts"]


class TestTheFactsThatGrowBuilds:
    def test_are_those_of_a_true_one(self, seeds):
        """So that the counts above are of real rows and not of empty lists."""
        grow(1, *seeds)

        first, second = program(None).get(f"{V1}/articles/").json()["results"]

        assert first["texts"][0]["status"] == second["texts"][0]["status"]
        assert first["topics"] == [{"slug": "joints", "name": "Joints"}]
        for model in (Assignment, Decision, Signature, Publication):
            assert model.objects.count() == 2, model
        for model in (Edition, Submission):
            assert model.objects.count() == 3, model
        assert Version.objects.count() == 4
        assert Reference.objects.count() == 2
        assert CitedReference.objects.count() == 0
