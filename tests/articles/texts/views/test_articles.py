"""Starting an article, changing what it is about, adding editions."""

from html import unescape

import pytest
from django.urls import reverse

from articles.models import Article, Edition, Topic
from tests import factories

NEW = "/desk/new/"


@pytest.fixture
def topic(db) -> Topic:
    return Topic.objects.create(slug="tests", name="Tests")


def sent(**changes) -> dict[str, object]:
    return {
        "question": "What is tested?",
        "specialty": factories.make_specialty().pk,
        "language": "en",
        "audience": factories.audience().pk,
        **changes,
    }


def test_a_new_article_leads_to_its_text(as_editor, editor, topic):
    response = as_editor.post(NEW, sent(topics=[topic.pk]))

    edition = Edition.objects.get()
    assert response["Location"] == reverse("articles:edit", args=[edition.pk])
    assert (edition.title, edition.article.slug) == ("What is tested?", "what-is-tested")
    assert list(edition.article.topics.all()) == [topic]
    assert edition.updated_by == editor


def test_a_site_without_topics_asks_for_none(as_editor):
    assert 'name="topics"' not in as_editor.get(NEW).content.decode()
    assert as_editor.post(NEW, sent()).status_code == 302


@pytest.mark.parametrize("field", ["question", "specialty", "language", "audience"])
def test_what_is_missing_is_named_and_the_rest_kept(as_editor, field):
    response = as_editor.post(NEW, sent(**{field: ""}))

    assert response.status_code == 400
    assert response.context["form"].errors[field]
    assert not Article.objects.exists()


def test_changing_what_it_is_about_keeps_its_address(as_editor, editor, topic):
    article = factories.make_edition(editor, question="What is tested?").article
    other = factories.make_specialty("nephrology")

    response = as_editor.post(
        reverse("articles:article", args=[article.pk]),
        {"question": "What else is tested?", "specialty": other.pk, "topics": [topic.pk]},
    )

    article.refresh_from_db()
    assert response.status_code == 302
    assert (article.question, article.slug) == ("What else is tested?", "what-is-tested")
    assert article.specialty == other
    assert list(article.topics.all()) == [topic]


def test_another_audience_gets_an_edition_of_its_own(as_editor, editor):
    article = factories.make_edition(editor).article
    public = factories.audience("public")

    response = as_editor.post(
        reverse("articles:edition-add", args=[article.pk]),
        {"language": "en", "audience": public.pk},
    )

    added = article.editions.get(audience=public)
    assert response["Location"] == reverse("articles:edit", args=[added.pk])


def test_an_edition_that_is_there_already_answers_409(as_editor, editor):
    edition = factories.make_edition(editor)

    response = as_editor.post(
        reverse("articles:edition-add", args=[edition.article_id]),
        {"language": "en", "audience": edition.audience_id},
    )

    assert response.status_code == 409
    assert "There is an edition in this language" in unescape(response.content.decode())
    assert edition.article.editions.count() == 1
