"""What changed between two states of an edition."""

import pytest

from articles.references.actions.references import change_reference
from articles.texts.actions.editions import add_edition
from articles.texts.saves import saves_of
from tests import factories
from tests.articles.texts.views.conftest import more_saves, text, url


class TestCompare:
    def test_without_versions_it_says_why_there_is_nothing(self, as_editor, edition):
        assert "Nothing to compare yet" in text(as_editor.get(url(edition, "compare")))

    def test_it_starts_from_the_newest_version_to_the_draft(self, as_editor, editor, edition):
        factories.make_version(edition, editor)
        factories.edit(edition, editor, body="<p>Second wording.</p>", title="What is new?")

        response = as_editor.get(url(edition, "compare"))

        page = text(response)
        comparison = response.context["comparison"]
        assert (response.context["before"], response.context["after"]) == ("1", "draft")
        assert [part.name for part in comparison.parts] == ["Question"]
        assert "<del" in page
        steps = [page.count(f'id="change-{n}"') for n in range(1, comparison.changes + 1)]
        assert steps == [1] * comparison.changes

    def test_any_two_versions_can_be_compared(self, as_editor, editor, edition):
        factories.make_version(edition, editor)
        factories.edit(edition, editor, body="<p>Second wording.</p>")
        factories.make_version(edition, editor)
        factories.edit(edition, editor, body="<p>Third wording.</p>")

        page = text(as_editor.get(url(edition, "compare"), {"from": "1", "to": "2"}))

        assert "Second" in page
        assert "Third" not in page

    def test_the_same_side_twice_says_so(self, as_editor, editor, edition):
        factories.make_version(edition, editor)

        page = text(as_editor.get(url(edition, "compare"), {"from": "1", "to": "1"}))

        assert "Both say the same." in page

    def test_any_two_saves_can_be_compared(self, as_editor, editor, edition):
        factories.edit(edition, editor, body="<p>Second wording.</p>")
        factories.edit(edition, editor, body="<p>Third wording.</p>")
        third, second, first = saves_of(edition).values_list("pk", flat=True)

        response = as_editor.get(
            url(edition, "compare"), {"from": f"save-{first}", "to": f"save-{second}"}
        )

        page = text(response)
        assert "Second" in response.context["comparison"].body
        assert "Third" not in response.context["comparison"].body
        assert f'value="save-{third}"' in page

    def test_it_begins_with_the_last_save_where_no_version_is(self, as_editor, editor, edition):
        factories.edit(edition, editor, summary="New.")

        response = as_editor.get(url(edition, "compare"))

        parts = response.context["comparison"].parts
        assert [part.name for part in parts] == ["Summary"]

    def test_sources_that_came_went_or_changed_are_named(self, as_editor, editor, edition):
        factories.make_reference(editor, key="specimen-b", title="Another study")
        kept = factories.make_reference(editor, key="specimen-c", title="A study kept")
        body = '<p>One<cite data-refs="specimen-a"></cite> two<cite data-refs="specimen-c"></cite>.</p>'
        factories.edit(edition, editor, body=body)
        factories.make_version(edition, editor)
        factories.edit(edition, editor, body=body.replace("specimen-a", "specimen-b"))
        change_reference(
            actor=editor,
            reference_id=kept.pk,
            csl={**kept.csl, "title": "A study kept well"},
            at=factories.AT,
        )

        response = as_editor.get(url(edition, "compare"))

        found = response.context["comparison"].references
        assert {(entry.kind, entry.key) for entry in found} == {
            ("added", "specimen-b"),
            ("removed", "specimen-a"),
            ("changed", "specimen-c"),
        }
        page = text(response)
        assert "Another study" in page
        changes = response.context["comparison"].changes
        steps = [page.count(f'id="change-{n}"') for n in range(1, changes + 1)]
        assert steps == [1] * changes

    def test_an_adaptation_in_the_same_language_is_compared_with_its_source(
        self, as_editor, editor, edition
    ):
        factories.make_version(edition, editor)
        public = add_edition(
            actor=editor,
            article=edition.article,
            language="en",
            audience=factories.audience("public"),
            source=edition,
            begins_with_source=True,
            at=factories.AT,
        )
        factories.edit(public, editor, body="<h2>Part</h2><p>Plain wording.</p>")

        response = as_editor.get(url(public, "compare"), {"from": f"{edition.pk}.1", "to": "draft"})

        assert "Plain" in response.context["comparison"].body
        assert "version 1 for clinician" in text(response)

    def test_another_articles_edition_is_not_found(self, as_editor, editor, edition):
        other = factories.make_edition(editor)

        answer = as_editor.get(url(edition, "compare"), {"from": f"{other.pk}.draft"})

        assert answer.status_code == 404

    def test_what_changed_in_meaning_is_listed(self, as_editor, editor, edition):
        factories.edit(edition, editor, body="<p>Take 5 mg.</p>")
        factories.make_version(edition, editor)
        factories.edit(edition, editor, body="<p>Take 10 mg.</p>")

        found = as_editor.get(url(edition, "compare")).context["parity"].differences

        assert {(one.side, one.normalised) for one in found} == {
            ("source", "5 mg"),
            ("target", "10 mg"),
        }

    def test_a_hundred_saves_cost_no_more_queries_than_ten(
        self, as_editor, editor, edition, django_assert_num_queries
    ):
        factories.edit(edition, editor, summary="New.")
        saved = saves_of(edition).first()
        more_saves(saved, 10)
        as_editor.get(url(edition, "compare"))
        with django_assert_num_queries(14):
            as_editor.get(url(edition, "compare"))
        more_saves(saved, 990)
        factories.analyze()

        with django_assert_num_queries(14):
            as_editor.get(url(edition, "compare"))

    @pytest.mark.parametrize(
        "side", ["save-0", "save-9999999999999999999", "2", "0", "-1", "x", "", "1 OR 1", "٣"]
    )
    def test_a_side_that_is_none_is_not_found(self, as_editor, editor, edition, side):
        factories.make_version(edition, editor)

        assert as_editor.get(url(edition, "compare"), {"from": side}).status_code == 404
