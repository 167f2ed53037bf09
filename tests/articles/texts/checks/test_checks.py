"""The checks as a whole: what is documented, in which order, with how many queries, how fast."""

import re
import time
from dataclasses import replace
from pathlib import Path

import pytest

from articles.models import Edition, GlossaryTerm, ImportRecord, Version
from articles.references.actions.notices import record_notice
from articles.texts.checks import (
    ADVISORY,
    BLOCKING,
    CHECKS,
    Severity,
    blocking_problems,
    material_of,
    problems,
    problems_of,
    report_of,
)
from articles.texts.draft import DraftText
from articles.texts.errors import FreezeRefused
from tests import factories
from tests.articles.texts.checks.making import cite, material, source

DOCS = Path(__file__).resolve().parents[4] / "docs" / "checks.md"
EVERYTHING = (
    '<p>Tofacitinib is always safe: take 5 mg daily.</p><h2>Empty</h2><h2>More</h2><figure data-figure="scan"></figure>'
    f"<p>JAK acts on a cytokine.{cite('a')} It is in the the lungs.{cite('gone')}</p>"
)


@pytest.mark.pure
class TestDocumentation:
    def documented(self, title):
        section = DOCS.read_text(encoding="utf-8").split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]
        return re.findall(r"^\| `([a-z-]+)` \|", section, re.MULTILINE)

    def test_every_check_has_its_line_and_every_line_its_check(self):
        assert self.documented("Blocking") == [check.code for check in BLOCKING]
        assert sorted(self.documented("Advice")) == sorted(check.code for check in ADVISORY)

    def test_codes_are_given_once_and_severities_fit(self):
        assert len({check.code for check in CHECKS}) == len(CHECKS)
        assert {check.severity for check in BLOCKING} == {Severity.BLOCKING}
        assert {check.severity for check in ADVISORY} == {Severity.ADVISORY}

    def test_every_check_says_what_and_why(self):
        assert all(str(check.title) and str(check.why) and check.find.__doc__ for check in CHECKS)


@pytest.mark.pure
class TestOrder:
    def test_what_blocks_comes_first_and_each_in_reading_order(self):
        found = problems_of(
            material(EVERYTHING, title="", summary="", sources=[source("a", is_identified=False)])
        )

        severities = [one.severity for one in found]
        assert severities == sorted(severities, key=lambda one: one != "blocking")
        for severity in Severity:
            orders = [one.order for one in found if one.severity == severity]
            assert orders == sorted(orders)
        assert found[0].code == "empty-title"

    def test_every_finding_says_why_and_how(self):
        for one in problems_of(material(EVERYTHING, sources=[source("a")])):
            assert one.message
            assert one.why
            assert one.remedy
            assert one.words in one.sentence

    def test_five_thousand_words_take_well_under_300_milliseconds(self):
        sentence = "Tofacitinib 5 mg twice daily reduced symptoms in 20% of patients with ILD, compared with placebo."
        paragraph = f"<p>{' '.join([sentence] * 5)}{cite('a')} It was always safe in RA-ILD.</p>"
        body = "".join(f"<h2>Part {number}</h2>{paragraph * 2}" for number in range(30))
        draft = replace(
            material(body, sources=[source("a")]), reading_grade=8, is_professional=False
        )

        started = time.process_time()
        found = problems_of(draft)
        taken = time.process_time() - started

        assert sum(len(line.text.split()) for _part, line in draft.lines) > 4_900
        assert found
        assert taken < 0.6  # of processor time; twice what is asked, for slow machines


class TestQueries:
    @pytest.mark.parametrize("times", [1, 60])
    def test_are_the_same_for_a_short_and_a_long_text(
        self, editor, times, django_assert_num_queries
    ):
        references = [
            factories.make_reference(editor, key=f"ref-{number}") for number in range(times)
        ]
        for row in references[:5]:
            record_notice(
                actor=editor,
                reference_id=row.pk,
                kind="CORRECTION",
                noticed_on=factories.AT.date(),
                at=factories.AT,
            )
        GlossaryTerm.objects.bulk_create(
            GlossaryTerm(term=f"Term {number}", definition="x") for number in range(times)
        )
        body = "".join(
            f'<h2>H {row.key}</h2><figure data-figure="f-{row.key}" data-alt="x"></figure><p>A JAK term {row.pk}.{cite(row.key)}</p>'
            for row in references
        )
        edition = factories.make_edition(editor, body=body)
        edition = Edition.objects.with_article().get(pk=edition.pk)

        with django_assert_num_queries(5):
            found = problems(edition)
        with django_assert_num_queries(3):
            blocking_problems(edition)

        assert len([one for one in found if one.code == "dangling-figure"]) == times

    def test_of_a_text_that_cites_and_shows_nothing_are_two(
        self, editor, django_assert_num_queries
    ):
        edition = Edition.objects.with_article().get(pk=factories.make_edition(editor).pk)

        with django_assert_num_queries(2):
            problems(edition)
        with django_assert_num_queries(0):
            blocking_problems(edition)


class TestMaterial:
    def test_gathers_what_the_rows_say(self, editor):
        reference = factories.make_reference(
            editor, key="a", doi="10.5555/a", title="A title of a test"
        )
        record_notice(
            actor=editor,
            reference_id=reference.pk,
            kind="RETRACTION",
            noticed_on=factories.AT.date(),
            at=factories.AT,
        )
        GlossaryTerm.objects.create(term="Cytokine", definition="A messenger.", abbreviation="CYT")
        GlossaryTerm.objects.create(term="细胞因子", definition="信使。", language="zh")
        edition = factories.make_edition(editor, body=f"<p>x{cite('a')}</p>", slug="public")
        warning = {"code": "reference-never-cited", "line": 1, "text": "Another", "proposal": ""}
        ImportRecord.objects.create(
            edition=edition,
            format="text",
            digest="0" * 64,
            warnings=[warning],
            imported_at=factories.AT,
        )

        gathered = material_of(edition)

        assert (gathered.reading_grade, gathered.is_professional, gathered.language) == (
            8,
            False,
            "en",
        )
        assert gathered.sources["a"].is_retracted
        assert gathered.sources["a"].doi == "10.5555/a"
        assert [(term.term, term.abbreviation) for term in gathered.terms] == [("Cytokine", "CYT")]
        assert gathered.import_warnings == (warning,)

    def test_reads_what_was_typed_instead_of_what_is_stored(self, editor):
        edition = factories.make_edition(editor)

        found = problems(edition, DraftText(title="", body=""))

        assert [one.code for one in found][:2] == ["empty-title", "empty-body"]


class TestFreezing:
    def test_refuses_on_what_blocks(self, editor):
        edition = factories.make_edition(editor, body="<h2>Empty</h2><h2>Full</h2><p>x</p>")

        with pytest.raises(FreezeRefused) as refused:
            factories.make_version(edition, editor)

        assert [one.code for one in refused.value.problems] == ["empty-section"]
        assert not Version.objects.exists()

    def test_lets_pass_what_only_has_advice(self, editor):
        edition = factories.make_edition(editor, body="<p>It is always safe: take 5 mg of ILD.</p>")

        assert report_of(edition).advice
        assert factories.make_version(edition, editor).number == 1
