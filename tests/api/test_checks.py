"""The checks over the API: the same as the desk's and the freeze's."""

import pytest

from articles.texts.checks import CHECKS, report_of
from tests import factories
from tests.api.conftest import V1, problem_of, program

BODY = "<h2>Risks</h2><p>It is always safe: take 5 mg daily.</p><h2>Empty</h2>"
PLACE = {"field", "section", "sentence", "words"}


@pytest.fixture
def draft(editor):
    return factories.make_edition(editor, body=BODY, slug="public")


@pytest.fixture
def said(editor, draft):
    return program(editor).get(f"{V1}/editions/{draft.pk}/checks/").json()


class TestChecks:
    def test_tell_what_blocks_apart_from_advice(self, said, draft):
        assert (said["draft_number"], said["can_be_frozen"]) == (1, False)
        assert [row["code"] for row in said["problems"]] == ["empty-section"]
        assert {row["severity"] for row in said["problems"]} == {"blocking"}
        assert {row["severity"] for row in said["advice"]} == {"advisory"}
        assert {"absolute-wording", "uncited-claim", "empty-summary"} <= {
            row["code"] for row in said["advice"]
        }
        assert {row["code"] for row in said["advice"]} < {check.code for check in CHECKS}

    def test_are_those_of_the_desk(self, said, draft):
        report = report_of(draft)

        assert [row["message"] for row in said["problems"] + said["advice"]] == [
            one.message for one in report.blocking + report.advice
        ]

    def test_say_where_why_and_how(self, said):
        row = next(row for row in said["advice"] if row["code"] == "absolute-wording")

        assert {name: row[name] for name in PLACE} == {
            "field": "body",
            "section": "Risks",
            "sentence": "It is always safe: take 5 mg daily.",
            "words": "always",
        }
        assert row["why"]
        assert row["remedy"]

    def test_say_how_each_section_reads(self, said):
        assert said["reading_grade"] == 8
        assert said["readings"] == [
            {"section": "Risks", "measure": "grade", "value": None, "smog": None, "sentences": 1, "words": 7}
        ]  # fmt: skip

    def test_name_the_reference_and_its_number(self, editor):
        reference = factories.make_reference(editor, key="a")
        type(reference).objects.filter(pk=reference.pk).update(is_identified=False)
        draft = factories.make_edition(editor, body='<p>x<cite data-refs="a"></cite></p>')

        (row,) = program(editor).get(f"{V1}/editions/{draft.pk}/checks/").json()["problems"]

        assert (row["code"], row["reference_id"], row["citation_number"]) == (
            "unidentified-reference",
            reference.pk,
            1,
        )

    def test_a_refused_freeze_says_the_same(self, editor, draft, said):
        response = program(editor).post(
            f"{V1}/editions/{draft.pk}/freeze/", {"draft_number": 1}, format="json"
        )

        assert problem_of(response, 409, "freeze-refused")["problems"] == said["problems"]

    def test_whoever_may_not_know_of_the_draft_finds_nothing(self, stranger, draft):
        problem_of(program(stranger).get(f"{V1}/editions/{draft.pk}/checks/"), 404, "not-found")
