"""`manage.py import_references`: references in the library and a report, or one line and exit code 2."""

import json

import pytest
from django.core.management import call_command

from articles.models import Reference, ReferenceNotice

RIS = """TY  - JOUR
TI  - A first study
AU  - Alpha, Anna
PY  - 2020
JO  - J Tests
VL  - 1
DO  - 10.5555/FIRST
ER  -

AU  - Lost, Lina
ER  -

TY  - JOUR
TI  - A second study
AU  - Beta Bo
ER  -
"""
RETRACTED = """PMID- 1234567
DP  - 2019 Feb 3
TI  - A retracted study.
FAU - Alpha, Anna
PT  - Retracted Publication
JT  - Journal of tests
RIN - J Tests. 2021 Feb 6;1(2):3. PMID: 99
"""


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "library.ris"
    path.write_text(RIS, encoding="utf-8")
    return path


def run(capsys, *arguments: object) -> str:
    """Run the command and return what it prints."""
    call_command("import_references", *map(str, arguments))
    printed = capsys.readouterr()
    assert printed.err == ""
    return printed.out


def refused(capsys, *arguments: object) -> str:
    """Run the command, which refuses, and return its one line."""
    with pytest.raises(SystemExit) as stopped:
        call_command("import_references", *map(str, arguments))
    assert stopped.value.code == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    return printed.err


class TestDryRun:
    """It asks no database, so it runs without one."""

    def test_prints_one_object(self, source, capsys):
        report = json.loads(run(capsys, source, "--dry-run", "--json"))

        assert list(report) == ["records", "references", "failed", "warnings"]
        assert report["records"] == 3
        assert [one["csl"]["title"] for one in report["references"]] == [
            "A first study",
            "A second study",
        ]
        assert report["references"][0]["notices"] == []
        (failed,) = report["failed"]
        assert list(failed) == ["place", "reason", "text"]
        assert failed["place"] == "record 2, line 10"
        assert "Lost, Lina" in failed["text"]
        assert list(report["warnings"][0]) == ["code", "record", "message"]
        assert [(w["code"], w["record"]) for w in report["warnings"]] == [
            ("name-without-comma", 3),
            ("missing-year", 3),
        ]

    def test_prints_notices(self, tmp_path, capsys):
        path = tmp_path / "x.nbib"
        path.write_text(RETRACTED, encoding="utf-8")

        report = json.loads(run(capsys, path, "--dry-run", "--json", "--format", "nbib"))

        (notice,) = report["references"][0]["notices"]
        assert list(notice) == ["kind", "noticed_on", "doi", "url", "source"]
        assert (notice["kind"], notice["noticed_on"]) == ("RETRACTION", "2021-02-06")

    def test_reads_for_people(self, source, capsys):
        report = run(capsys, source, "--dry-run")

        assert report.startswith("3 records of ris: 2 references, 1 failed, 2 warnings\n")
        assert "record 2, line 10: These lines belong to no record" in report
        assert "record 3: name-without-comma: Family and given name" in report
        assert "Nothing was written." in report

    def test_prints_nothing_but_the_object_for_broken_bibtex(self, tmp_path, capsys):
        path = tmp_path / "x.bib"
        path.write_text("@article{a, title={A}, year=2020}\n@article{b, title={", encoding="utf-8")

        report = json.loads(run(capsys, path, "--dry-run", "--json"))

        assert (report["records"], len(report["failed"])) == (1, 1)


class TestRefusals:
    @pytest.mark.parametrize(
        ("content", "options", "reason"),
        [
            (b"", [], "empty"),
            (b"just words", [], "none of the formats"),
            (b"{", [], "JSON"),
            (RIS.encode(), ["--format", "csl"], "JSON"),
        ],
    )
    def test_are_one_line(self, tmp_path, capsys, content, options, reason):
        path = tmp_path / "x.txt"
        path.write_bytes(content)

        assert reason in refused(capsys, path, "--dry-run", "--json", *options)

    def test_a_missing_file_is_named(self, tmp_path, capsys):
        assert "There is no file" in refused(capsys, tmp_path / "none.ris", "--dry-run")


@pytest.mark.django_db(transaction=True)
class TestImporting:
    def test_adds_the_references_and_says_so(self, source, editor, capsys):
        report = run(capsys, source)

        assert Reference.objects.count() == 2
        assert "Added 2 references; 0 were in the library already; recorded 0 notices." in report
        assert "Not imported:\n  record 2, line 10" in report

    def test_a_second_time_adds_nothing(self, source, editor, capsys):
        run(capsys, source)

        report = run(capsys, source)

        assert Reference.objects.count() == 2
        assert "Added 0 references; 2 were in the library already" in report
        assert "record 1: already there as alpha-2020" in report

    def test_records_notices(self, tmp_path, editor, capsys):
        path = tmp_path / "x.nbib"
        path.write_text(RETRACTED, encoding="utf-8")

        report = run(capsys, path)

        assert "[retraction]" in report
        assert ReferenceNotice.objects.get().kind == "RETRACTION"

    def test_a_dry_run_writes_nothing(self, source, editor, capsys):
        run(capsys, source, "--dry-run")

        assert not Reference.objects.exists()

    def test_the_author_is_asked_for_where_it_is_unclear(
        self, source, editor, other_editor, capsys
    ):
        assert "name the author with --author" in refused(capsys, source)
        assert not Reference.objects.exists()

        run(capsys, source, "--author", other_editor.email)

        assert Reference.objects.first().added_by == other_editor

    def test_who_may_not_is_refused(self, source, stranger, capsys):
        assert "Only editors" in refused(capsys, source, "--author", stranger.email)
        assert "not known" in refused(capsys, source, "--author", "nobody@example.invalid")
