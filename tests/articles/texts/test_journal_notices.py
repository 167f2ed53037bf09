"""A retraction stands until it is lifted: the checks, the database and every list of references say
so of the same sources.
"""

from datetime import date
from itertools import product

import pytest

from articles.models import Reference, ReferenceNotice, notice_in_force
from articles.texts.checks.material import source_of
from articles.texts.journal_notices import JournalNotice, notices_of_keys
from tests import factories

KIND = ReferenceNotice.Kind
DAYS = (None, 1, 2, 3)
ORDER = (KIND.RETRACTION, KIND.REINSTATEMENT, KIND.RETRACTION, KIND.REINSTATEMENT, KIND.CORRECTION)


def told(**fields) -> JournalNotice:
    facts = {"kind": KIND.RETRACTION, "noticed_on": date(2026, 1, 2), "stands": True}
    return JournalNotice(**{"doi": "", "address": "", "reason": "", **facts, **fields})


@pytest.fixture
def cases(editor) -> dict[str, list[tuple[str, int]]]:
    """Make a source for every way in which these notices can fall on three days, or not at all."""
    made = {}
    for number, days in enumerate(product(DAYS, DAYS, DAYS, DAYS, (None, 3))):
        pairs = zip(ORDER, days, strict=True)
        made[f"case-{number}"] = [(kind, day) for kind, day in pairs if day]
    references = Reference.objects.bulk_create(
        Reference(key=key, csl={"type": "book"}, added_by=editor, added_at=factories.AT)
        for key in made
    )
    ReferenceNotice.objects.bulk_create(
        ReferenceNotice(
            reference=reference,
            kind=kind,
            noticed_on=date(2026, 1, day),
            recorded_by=editor,
            recorded_at=factories.AT,
        )
        for reference in references
        for kind, day in made[reference.key]
    )
    return made


def test_the_database_the_checks_and_the_lists_agree(cases):
    in_database = set(ReferenceNotice.objects.retracting().values_list("reference__key", flat=True))
    rows = {row.key: row for row in Reference.objects.prefetch_related("notices")}
    listed = notices_of_keys(list(cases))

    for key, notices in cases.items():
        retracted = max((day for kind, day in notices if kind == KIND.RETRACTION), default=0)
        lifted = max((day for kind, day in notices if kind == KIND.REINSTATEMENT), default=0)
        expected = retracted > lifted
        assert (
            key in in_database,
            source_of(rows[key]).is_retracted,
            notice_in_force(rows[key].notices.all(), KIND.RETRACTION) is not None,
            any(notice.is_alarm for notice in listed.get(key, ())),
        ) == (expected,) * 4, notices


def test_each_retraction_is_an_alarm_or_said_to_be_taken_back(cases):
    for key, notices in notices_of_keys(list(cases)).items():
        for notice in notices:
            is_retraction = notice.kind == KIND.RETRACTION
            assert is_retraction == (notice.is_alarm or notice.is_reinstated), key
            assert (notice.tone == "alarm") == (notice.label == "Retracted") == notice.is_alarm


def test_its_doi_is_the_better_address():
    assert told(doi="10.5555/n", address="https://a.test/").url == "https://doi.org/10.5555/n"
    assert told(address="https://a.test/").url == "https://a.test/"
    assert told().url == ""
