"""A file of references in the library: added once, noticed once, nothing lost."""

import json
import time

import pytest
from django.db import IntegrityError

from accounts.models.user import Role
from articles.models import Reference, ReferenceNotice
from articles.references.actions.reference_files import import_references
from articles.references.actions.references import add_reference
from kernel.errors import NotAllowed, WrongState
from kernel.models import AuditEntry
from manuscript.citing.reading import read_references
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db(transaction=True)


def item(number=1, **changes):
    csl = {
        "id": str(number),
        "type": "article-journal",
        "title": f"Test study {number}",
        "author": [{"family": "Specimen", "given": "Sam"}],
        "container-title": "Journal of Tests",
        "issued": {"date-parts": [[2024]]},
        "DOI": f"10.5555/file.{number}",
    } | changes
    return {key: value for key, value in csl.items() if value is not None}


def file_of(*items):
    return read_references(json.dumps(list(items)).encode(), format="csl")


def works(*updates, doi="10.5555/file.1"):
    work = {
        "DOI": doi,
        "type": "journal-article",
        "title": ["Test study"],
        "updated-by": [*updates],
    }
    return read_references(json.dumps([work]).encode(), format="crossref")


RETRACTED = {
    "DOI": "10.5555/notice",
    "type": "retraction",
    "source": "publisher",
    "updated": {"date-parts": [[2025, 2, 6]]},
}


def load(actor, read, **options):
    return import_references(actor=actor, read=read, at=AT, **options)


class TestAdding:
    def test_new_sources_are_added_with_key_history_and_audit(self, editor):
        outcome = load(editor, file_of(item(1), item(2)))

        rows = list(Reference.objects.order_by("pk"))
        assert [taken.reference.pk for taken in outcome.added] == [row.pk for row in rows]
        assert [row.key for row in rows] == ["specimen-2024", "specimen-2024-b"]
        assert rows[0].is_identified
        assert rows[0].title_key
        assert (rows[0].added_by, rows[0].added_at) == (editor, AT)
        entries = AuditEntry.objects.filter(action="articles.reference.added")
        assert [entry.data["doi"] for entry in entries.order_by("position")] == [
            "10.5555/file.1",
            "10.5555/file.2",
        ]

    def test_each_row_has_a_first_revision(self, editor):
        from reversion.models import Version

        load(editor, file_of(item(1), item(2)))

        for row in Reference.objects.all():
            (version,) = Version.objects.get_for_object(row)
            assert version.field_dict["csl"] == row.csl
            assert version.revision.user == editor

    def test_a_source_of_the_library_is_reported_and_left_alone(self, editor):
        known = add_reference(
            actor=editor, csl=item(1, id=None, title="As it was"), key="known", at=AT
        )

        outcome = load(editor, file_of(item(1, DOI="https://doi.org/10.5555/FILE.1"), item(2)))

        assert [taken.reference.key for taken in outcome.already_there] == ["known"]
        assert len(outcome.added) == 1
        known.refresh_from_db()
        assert known.title == "As it was"

    def test_the_same_pmid_is_the_same_source(self, editor):
        add_reference(actor=editor, csl=item(1, id=None, DOI=None, PMID="1234567"), at=AT)

        outcome = load(editor, file_of(item(9, PMID="1234567")))

        assert len(outcome.already_there) == 1
        assert Reference.objects.count() == 1

    def test_importing_twice_adds_nothing(self, editor):
        read = file_of(item(1), item(2, DOI=None), item(3, DOI=None, title=None))

        load(editor, read)
        again = load(editor, read)

        assert Reference.objects.count() == 3
        assert len(again.already_there) == 3
        assert again.added == again.proposals == ()

    def test_a_source_twice_in_the_file_is_added_once(self, editor):
        outcome = load(editor, file_of(item(1), item(2, DOI="10.5555/FILE.1")))

        assert (len(outcome.added), len(outcome.already_there)) == (1, 1)


class TestProposals:
    def test_the_same_title_and_year_is_proposed_and_not_merged(self, editor):
        add_reference(actor=editor, csl=item(1, id=None, DOI=None), key="older", at=AT)

        outcome = load(editor, file_of(item(2, title="TEST STUDY 1.")))

        (proposal,) = outcome.proposals
        assert proposal.other.key == "older"
        assert proposal.is_likely
        assert Reference.objects.count() == 2

    def test_two_in_one_file_are_proposed_with_their_doubt(self, editor):
        other = item(2, title="Test study 1", author=[{"family": "Other", "given": "O"}])

        outcome = load(editor, file_of(item(1, DOI=None), other))

        (proposal,) = outcome.proposals
        assert not proposal.is_likely

    @pytest.mark.parametrize(
        "changes", [{"issued": {"date-parts": [[2023]]}}, {"DOI": "10.5555/another"}]
    )
    def test_another_year_or_doi_is_another_source(self, editor, changes):
        add_reference(actor=editor, csl=item(1, id=None), at=AT)

        outcome = load(editor, file_of(item(2, title="Test study 1", **changes)))

        assert outcome.proposals == ()


class TestFailures:
    def test_one_record_that_cannot_be_stored_fails_alone(self, editor):
        read = file_of(item(1, DOI="10.5555/" + "x" * 400), {"type": "book"}, 7, item(2))

        outcome = load(editor, read)

        places = {failed.place: failed.reason for failed in outcome.failed}
        assert set(places) == {"record 1, id 1", "record 2", "record 3"}
        assert "names no source" in places["record 2"]
        assert all(failed.text for failed in outcome.failed)
        assert [row.doi for row in Reference.objects.all()] == ["10.5555/file.2"]

    def test_a_race_for_one_source_leaves_nothing(self, editor, monkeypatch):
        def faster(*args, **kwargs):
            raise IntegrityError("one_reference_per_doi")

        monkeypatch.setattr(Reference.objects, "bulk_create", faster)

        with pytest.raises(WrongState, match="Import the file again"):
            load(editor, file_of(item(1)))
        assert not Reference.objects.exists()


class TestNotices:
    def test_are_recorded_once_with_their_day(self, editor):
        outcome = load(editor, works(RETRACTED))
        again = load(editor, works(RETRACTED))

        (notice,) = ReferenceNotice.objects.all()
        assert [kind for _taken, kind in outcome.noticed] == ["RETRACTION"]
        assert again.noticed == ()
        assert (notice.kind, notice.noticed_on.isoformat()) == ("RETRACTION", "2025-02-06")
        assert notice.doi == "10.5555/notice"
        assert "publisher" in notice.reason

    def test_against_a_source_that_was_there_are_recorded(self, editor):
        load(editor, works())

        load(editor, works(RETRACTED))

        assert ReferenceNotice.objects.get().reference == Reference.objects.get()

    def test_another_report_of_the_same_day_is_no_other_notice(self, editor):
        load(editor, works(RETRACTED))

        load(editor, works(RETRACTED | {"DOI": "", "source": "retraction-watch"}))

        assert ReferenceNotice.objects.count() == 1

    def test_a_later_notice_is_another(self, editor):
        load(editor, works(RETRACTED))
        later = RETRACTED | {"DOI": "10.5555/n2", "updated": {"date-parts": [[2026, 1, 1]]}}

        load(editor, works(RETRACTED, later))

        assert ReferenceNotice.objects.count() == 2

    def test_without_a_day_say_so(self, editor):
        load(editor, works(RETRACTED | {"updated": {"date-parts": [[2025, 2]]}}))

        notice = ReferenceNotice.objects.get()
        assert notice.noticed_on == AT.date()
        assert "the day of the import" in notice.reason

    def test_from_the_future_fail_and_keep_the_source(self, editor):
        outcome = load(editor, works(RETRACTED | {"updated": {"date-parts": [[2031, 1, 1]]}}))

        assert not ReferenceNotice.objects.exists()
        assert Reference.objects.count() == 1
        (failed,) = outcome.failed
        assert "future" in failed.reason

    def test_are_left_by_who_may_not_record_them(self, editor, monkeypatch):
        reason = "Only editors and chairs record notices against a source."
        monkeypatch.setattr(
            "articles.references.rules.why_not_record_notice", lambda _actor: reason
        )

        outcome = load(editor, works(RETRACTED))

        assert len(outcome.added) == 1
        assert not ReferenceNotice.objects.exists()
        assert outcome.notices_left == reason


class TestWho:
    @pytest.mark.parametrize("dry_run", [True, False])
    def test_only_who_keeps_references(self, reviewer, dry_run):
        with pytest.raises(NotAllowed, match="reference library"):
            load(reviewer, file_of(item(1)), dry_run=dry_run)
        assert not Reference.objects.exists()


class TestDryRun:
    def test_says_what_would_be_done_and_writes_nothing(self, editor):
        add_reference(actor=editor, csl=item(1, id=None), at=AT)
        entries = AuditEntry.objects.count()

        outcome = load(editor, file_of(item(1), item(2), {"type": "book"}), dry_run=True)

        assert [len(outcome.added), len(outcome.already_there), len(outcome.failed)] == [1, 1, 1]
        assert Reference.objects.count() == 1
        assert AuditEntry.objects.count() == entries


class TestSize:
    def test_looking_up_takes_the_same_queries_for_10_and_400(
        self, editor, django_assert_max_num_queries
    ):
        for count in (10, 400):
            read = file_of(*(item(number) for number in range(count)))
            with django_assert_max_num_queries(10):
                load(editor, read, dry_run=True)

    def test_a_thousand_take_seconds(self, editor):
        read = file_of(*(item(number) for number in range(1000)))

        started = time.process_time()
        outcome = load(editor, read)

        assert time.process_time() - started < 10
        assert len(outcome.added) == Reference.objects.count() == 1000


def test_everybody_who_keeps_references_imports(db):
    for role in (Role.EDITOR, Role.ADMINISTRATOR):
        person = factories.make_user(f"{role.value} Person", role)
        assert load(person, file_of(item(1)), dry_run=True).added
