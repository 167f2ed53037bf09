"""Lists cost the same however long they are."""

from datetime import date

import pytest

from accounts.models import Credential, User
from articles.models import (
    Article,
    Edition,
    Reference,
    Version,
)
from kernel.models import AuditEntry
from tests import factories
from tests.admin.pages import page
from tests.factories import AT


def many_articles(editor: User, count: int) -> None:
    specialty = factories.make_specialty()
    clinician = factories.audience()
    articles = Article.objects.bulk_create(
        Article(
            question=f"Question {n}",
            slug=f"question-{n}",
            specialty=specialty,
            created_by=editor,
            created_at=AT,
        )
        for n in range(count)
    )
    editions = Edition.objects.bulk_create(
        Edition(
            article=article,
            language="en",
            audience=clinician,
            created_at=AT,
            updated_at=AT,
            updated_by=editor,
        )
        for article in articles
    )
    Version.objects.bulk_create(
        Version(
            edition=edition,
            contribution=freezing,
            number=1,
            draft_number=1,
            title=f"Title {edition.pk}",
            content="{}",
            digest=f"{edition.pk:064}",
            text_digest=f"{edition.pk:064}",
            rendered="<p>Text</p>",
            renderer=1,
            change_class="FIRST",
            change_note="",
            frozen_by=editor,
            frozen_at=AT,
        )
        for edition, freezing in zip(editions, factories.freezings(editions, editor), strict=True)
    )
    factories.analyze()


def many_references(editor: User, count: int) -> None:
    Reference.objects.bulk_create(
        Reference(key=f"key-{n}", csl={}, title=f"T {n}", added_by=editor, added_at=AT)
        for n in range(count)
    )


def many_entries(editor: User, count: int) -> None:
    AuditEntry.objects.bulk_create(
        AuditEntry(
            position=n,
            at=AT,
            actor=editor,
            action="articles.draft.saved",
            subject=f"articles.edition:{n}",
            previous_digest=f"{n:064}",
            digest=f"{n + 1:064}",
        )
        for n in range(1, count + 1)
    )


def many_people(editor: User, count: int) -> None:
    people = User.objects.bulk_create(
        User(email=f"p{n}@example.invalid", name=f"Person {n}") for n in range(count)
    )
    specialty = factories.make_specialty()
    group = editor.groups.get()
    for person in people[:60]:
        person.groups.add(group)
    Credential.objects.bulk_create(
        Credential(
            user=person,
            degree="MD",
            profession="P",
            specialty=specialty,
            licence_number=str(n),
            authority="A",
            jurisdiction="GB",
            expires_on=date(2099, 1, 1),
        )
        for n, person in enumerate(people)
    )


@pytest.mark.parametrize("rows", [10, 1000])
@pytest.mark.parametrize(
    ("model", "fill", "queries"),
    [
        (Article, many_articles, 10),
        (Edition, many_articles, 9),
        (Version, many_articles, 9),
        (Reference, many_references, 9),
        (AuditEntry, many_entries, 8),
        (User, many_people, 10),
        (Credential, many_people, 7),
    ],
)
def test_a_list_costs_the_same_with_10_rows_and_with_1000(
    as_administrator, editor, django_assert_num_queries, model, fill, queries, rows
):
    fill(editor, rows)

    with django_assert_num_queries(queries):
        response = as_administrator.get(page(model, "changelist"))

    assert response.status_code == 200
