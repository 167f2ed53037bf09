"""Editions that adapt another, for programs."""

import pytest

from articles.models import Edition
from tests import factories
from tests.api.conftest import V1, problem_of, program


@pytest.fixture
def source(editor) -> Edition:
    edition = factories.make_edition(editor)
    factories.make_version(edition, editor)
    return edition


def add(client, source: Edition, **sent):
    address = f"{V1}/articles/{source.article.slug}/editions/"
    return client.post(address, {"language": "en", "audience": "public", **sent}, format="json")


def test_one_is_started_under_the_edition_that_it_follows(editor, source):
    response = add(program(editor), source, follows=source.pk, body="<p>Plain words.</p>")

    said = response.json()
    assert response.status_code == 201
    assert said["source"] == source.pk
    assert said["followed"] == {
        "id": source.versions.get().pk,
        "edition": source.pk,
        "number": 1,
        "digest": source.versions.get().digest,
    }


def test_one_of_its_own_follows_nothing(editor, source):
    said = add(program(editor), source).json()

    assert (said["source"], said["followed"]) == (None, None)


@pytest.mark.parametrize("which", ["stray", "none"])
def test_an_edition_of_another_article_is_refused(editor, source, which):
    stray = factories.make_edition(editor).pk if which == "stray" else 999_999

    said = problem_of(add(program(editor), source, follows=stray), 400, "bad-input")

    assert "follows" in said["errors"]
    assert source.article.editions.count() == 1


def test_lists_name_the_source(editor, source):
    add(program(editor), source, follows=source.pk)

    rows = program(editor).get(f"{V1}/editions/?audience=public").json()["results"]

    assert [row["source"] for row in rows] == [source.pk]
