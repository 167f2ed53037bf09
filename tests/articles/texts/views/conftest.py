"""An edition that cites, its pages and their words, and saves by the hundred."""

from html import unescape

import pytest
from django.urls import reverse
from reversion.models import Revision
from reversion.models import Version as Saved

from articles.models import Edition
from tests import factories


@pytest.fixture
def edition(editor) -> Edition:
    factories.make_reference(editor, key="specimen-a", title="A study of specimens")
    body = '<h2>Part</h2><p>First wording<cite data-refs="specimen-a"></cite>.</p>'
    return factories.make_edition(editor, question="What is tested?", body=body)


def url(edition: Edition, page: str, *more: object) -> str:
    return reverse(f"articles:{page}", args=[edition.pk, *more])


def text(response) -> str:
    assert response.status_code == 200
    return unescape(response.content.decode())


def more_saves(saved: Saved, count: int) -> None:
    """Add saves in bulk, each in a revision of its own."""
    revisions = Revision.objects.bulk_create(
        Revision(date_created=factories.AT, user=saved.revision.user) for _ in range(count)
    )
    Saved.objects.bulk_create(
        Saved(
            revision=revision,
            object_id=saved.object_id,
            content_type_id=saved.content_type_id,
            db=saved.db,
            format=saved.format,
            serialized_data=saved.serialized_data,
            object_repr=saved.object_repr,
        )
        for revision in revisions
    )
