"""Keys for many sources of one author and year."""

import pytest

from accounts.models.user import Role
from articles.models import Reference
from articles.references.actions.references import add_reference, insert_references
from kernel.action import action
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db(transaction=True)


def sources(first, last):
    return [
        {
            "type": "article-journal",
            "title": f"Study {number}",
            "author": [{"family": "Specimen", "given": "Sam"}],
            "issued": {"date-parts": [[2024]]},
            "DOI": f"10.5555/key.{number}",
        }
        for number in range(first, last)
    ]


def inserted(editor, csls):
    with action(actor=editor, at=AT) as act:
        return insert_references(act, csls=csls)


class TestKeys:
    def test_every_source_gets_a_key_of_its_own_past_the_alphabet(self):
        editor = factories.make_user("Edda Editor", Role.EDITOR)

        first = inserted(editor, sources(0, 40))
        second = inserted(editor, sources(30, 60))
        alone = add_reference(actor=editor, csl=sources(60, 61)[0], at=AT)

        assert Reference.objects.count() == 61
        assert [row.key for row in first[:3]] == [
            "specimen-2024",
            "specimen-2024-b",
            "specimen-2024-c",
        ]
        assert [row.pk for row in second[:10]] == [row.pk for row in first[30:]]
        assert alone.key.startswith("specimen-2024-")

    def test_asking_for_keys_costs_the_same_however_many_are_taken(
        self, django_assert_max_num_queries
    ):
        editor = factories.make_user("Edda Editor", Role.EDITOR)
        inserted(editor, sources(0, 300))

        with django_assert_max_num_queries(40):
            inserted(editor, sources(300, 310))
