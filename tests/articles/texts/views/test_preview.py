"""A draft as its readers would see it."""

from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from articles.models import Disclaimer, Edition
from articles.references.actions.notices import record_notice
from articles.texts.actions.editions import add_edition
from articles.texts.draft import DraftText
from tests import factories


@pytest.fixture
def edition(editor) -> Edition:
    factories.make_reference(editor, key="specimen-a", title="A study of specimens")
    body = (
        '<p>Known<cite data-refs="specimen-a"></cite> and '
        'lost<cite data-refs="nobody-1900 specimen-a" data-locator="p. 3"></cite>.</p>'
    )
    return factories.make_edition(editor, question="What is tested?", body=body)


def get(client, edition: Edition, *audience: str):
    return client.get(reverse("articles:preview", args=[edition.pk, *audience]))


def test_it_is_marked_as_a_draft_that_nobody_reviewed(as_editor, edition):
    page = get(as_editor, edition).content.decode()

    assert "Preview of a draft" in page
    assert "No reader sees it, and nobody has reviewed it." in page


def test_a_citation_that_points_nowhere_shows_as_such_with_the_reason(as_editor, edition):
    page = unescape(get(as_editor, edition).content.decode())

    assert "[?]</span>" in page
    assert "“nobody-1900” is not in the reference library." in page
    assert "1000001" not in page
    assert '<a href="#ref-1" id="cite-1-1">1</a>' in page
    assert '<a href="#ref-1" id="cite-1-2">1</a>' in page
    assert "Source without details" not in page


def test_references_are_listed_with_their_notices(as_editor, editor, edition):
    record_notice(
        actor=editor,
        reference_id=edition.citations.get().reference_id,
        kind="RETRACTION",
        noticed_on=date(2026, 1, 2),
        at=factories.AT,
    )

    page = get(as_editor, edition).content.decode()

    assert "A study of specimens." in page
    assert "Retracted" in page
    assert '<p class="reference__notice">' in page


def test_a_source_that_was_reinstated_is_listed_without_alarm(as_editor, editor, edition):
    for kind in ("RETRACTION", "REINSTATEMENT"):
        record_notice(
            actor=editor,
            reference_id=edition.citations.get().reference_id,
            kind=kind,
            noticed_on=date(2026, 1, 2),
            at=factories.AT,
        )

    page = get(as_editor, edition).content.decode()

    assert "Retracted, and reinstated later" in page
    assert '<p class="reference__notice">' not in page
    assert page.count("reference__notice--caution") == 2


def test_the_disclaimer_in_force_is_shown(as_editor, edition):
    Disclaimer.objects.create(
        language="en", text="A test is no advice.", in_force_from=date(2020, 1, 1)
    )

    assert "A test is no advice." in get(as_editor, edition).content.decode()


def test_an_audience_without_a_text_gets_the_nearest_and_is_told(as_editor, edition):
    response = get(as_editor, edition, "nurse")

    assert response.context["found"] == edition
    assert "There is no text for “Nurse”" in unescape(response.content.decode())


def test_an_audience_with_a_text_of_its_own_gets_that(as_editor, editor, edition):
    own = add_edition(
        actor=editor,
        article=edition.article,
        language="en",
        audience=factories.audience("nurse"),
        text=DraftText(title="For nurses?", body="<p>Words for nurses.</p>"),
        at=factories.AT,
    )

    response = get(as_editor, edition, "nurse")

    assert response.context["found"] == own
    assert "Words for nurses." in response.content.decode()


def test_an_audience_that_would_get_nothing_is_told_so(as_editor, edition):
    response = get(as_editor, edition, "patient")

    assert response.status_code == 200
    assert "would get nothing" in response.content.decode()


def test_an_audience_that_does_not_exist_is_not_found(as_editor, edition):
    assert get(as_editor, edition, "martian").status_code == 404


def test_what_a_language_model_had_a_part_in_says_so(client, editor):
    edition = factories.make_edition(editor, ai_provenance={"model": "Model 1"})
    client.force_login(editor)

    page = client.get(f"/desk/editions/{edition.pk}/preview/").content.decode()

    assert "Part of this text came from a language model" in page
    assert "Model 1" in page
