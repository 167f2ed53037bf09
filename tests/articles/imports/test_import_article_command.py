"""`manage.py import_article`: a draft and a report, or one line and exit code 2."""

import json
import os

import pytest
from django.core.management import call_command

from accounts.models.user import Role
from articles.models import Article, Edition, Reference
from manuscript.importing import MAX_BYTES
from tests import factories
from tests.manuscript.importing.reading import SHARED

PAGE = """What is the role of colchicine?

Share

Colchicine is given early [1] and is aJAK inhibitor [2].

References

1. Smith J, Doe A. Colchicine for gout. N Engl J Med. 2020;382(1):1-10. doi:10.1056/NEJMoa123
2. https://a.example/colchicine
"""


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def run(capsys, *arguments: object) -> str:
    """Run the command and return what it prints."""
    call_command("import_article", *map(str, arguments))
    return capsys.readouterr().out


def refused(capsys, *arguments: object) -> str:
    """Run the command, which refuses, and return its one line; nothing was written."""
    with pytest.raises(SystemExit) as stopped:
        call_command("import_article", *map(str, arguments))
    assert stopped.value.code == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    return printed.err


class TestDryRun:
    """It asks no database, so it runs without one."""

    def test_prints_one_object(self, source, capsys):
        report = json.loads(run(capsys, source, "--dry-run", "--json"))

        assert list(report) == [
            "edition", "title", "heading", "headings", "list_items", "max_list_depth", "tables", "figures", "paragraphs",
            "citations", "references", "disclaimers", "updated_on", "warnings",
        ]  # fmt: skip
        assert report["edition"] is None
        assert report["title"] == "What is the role of colchicine?"
        assert (report["paragraphs"], report["citations"]) == (1, 2)
        assert [r["identified"] for r in report["references"]] == [True, False]
        assert report["references"][0]["csl"]["DOI"] == "10.1056/NEJMoa123"
        (fused,) = [w for w in report["warnings"] if w["code"] == "fused-words"]
        assert (fused["line"], fused["proposal"]) == (5, "a JAK")
        assert "aJAK" in fused["text"]

    def test_reads_for_people(self, source, capsys):
        report = run(capsys, source, "--dry-run")

        assert report.startswith("What is the role of colchicine?\n")
        assert "1 paragraphs, 2 citations" in report
        assert "reference 2 (to be identified): https://a.example/colchicine" in report
        assert "line 3: furniture-left-out: Share" in report
        assert "→ a JAK" in report
        assert "Nothing was written." in report

    @pytest.mark.parametrize("number", ["000", "002"])
    def test_reads_the_seeds(self, number, capsys):
        found = sorted((SHARED / "seeds").glob(f"{number}_*"))
        if not found:
            pytest.skip("no seeds")

        report = json.loads(run(capsys, found[0], "--dry-run", "--json"))

        assert report["citations"] == {"000": 0, "002": 19}[number]
        assert report["updated_on"] == {"000": None, "002": "2025-08-25"}[number]

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (b"", "empty"),
            (b"PK\x03\x04xl/workbook.xml", "looks like an Excel file"),
            (b"\x00\x01\x02", "binary"),
            ("Sjögren’s ½".encode("cp1252"), "UTF-8"),
        ],
    )
    def test_refuses_in_one_line(self, data, reason, tmp_path, capsys):
        path = tmp_path / "page.txt"
        path.write_bytes(data)

        assert reason in refused(capsys, path, "--dry-run")

    def test_refuses_a_large_file_without_reading_it(self, tmp_path, capsys):
        path = tmp_path / "page.txt"
        path.touch()
        os.truncate(path, 50_000_000)

        assert "47.7 MB" in refused(capsys, path, "--dry-run")
        os.truncate(path, MAX_BYTES + 1)
        assert "larger than 5 MB" in refused(capsys, path, "--dry-run")

    def test_refuses_what_is_no_file(self, tmp_path, capsys):
        assert "no file" in refused(capsys, tmp_path, "--dry-run")
        assert "no file" in refused(capsys, tmp_path / "nothing.txt", "--dry-run")

    def test_refuses_a_language_the_site_has_not(self, source, capsys):
        assert "not a language of this site" in refused(
            capsys, source, "--dry-run", "--language", "tlh"
        )


@pytest.mark.django_db(transaction=True)
class TestWriting:
    def test_stores_a_draft(self, editor, source, capsys):
        report = json.loads(run(capsys, source, "--json"))

        edition = Edition.objects.get(pk=report["edition"])
        assert edition.title == "What is the role of colchicine?"
        assert edition.audience.slug == "clinician"
        assert edition.updated_by == editor
        assert edition.body.count("<cite") == 2
        assert "imported-" not in edition.body
        assert Reference.objects.filter(doi__iexact="10.1056/NEJMoa123").count() == 1

    @pytest.mark.parametrize("number", ["000", "002"])
    def test_stores_the_seeds(self, number, editor, capsys):
        found = sorted((SHARED / "seeds").glob(f"{number}_*"))
        if not found:
            pytest.skip("no seeds")

        report = json.loads(run(capsys, found[0], "--json", "--author", editor.email.upper()))

        assert Edition.objects.get(pk=report["edition"]).title == report["title"]

    def test_asks_for_the_author_among_several_editors(self, editor, other_editor, source, capsys):
        assert "more than one active editor" in refused(capsys, source)
        assert not Article.objects.exists()
        run(capsys, source, "--author", other_editor.name)
        assert Edition.objects.get().updated_by == other_editor

    def test_asks_for_the_author_where_there_is_no_editor(self, source, capsys):
        assert "no active editor" in refused(capsys, source)

    def test_refuses_an_author_who_is_unknown_inactive_or_not_alone(self, editor, source, capsys):
        assert "not known" in refused(capsys, source, "--author", "nobody@example.invalid")
        gone = factories.make_user("Gone Editor", Role.EDITOR, is_active=False)
        assert "not active" in refused(capsys, source, "--author", gone.email)
        twin = factories.make_user(editor.name, Role.EDITOR)
        assert twin.email in refused(capsys, source, "--author", editor.name)
        assert not Article.objects.exists()

    def test_refuses_an_author_who_does_not_write(self, source, capsys):
        reviewer = factories.make_user("Rita Reviewer", Role.REVIEWER)

        assert "Only editors" in refused(capsys, source, "--author", reviewer.email)

    def test_refuses_an_unknown_audience(self, editor, source, capsys):
        line = refused(capsys, source, "--audience", "martians")

        assert "martians" in line
        assert "clinician" in line

    def test_writes_nothing_of_a_refused_file(self, editor, tmp_path, capsys):
        path = tmp_path / "page.pdf"
        path.write_bytes(b"%PDF-1.7")

        assert "a PDF document" in refused(capsys, path)
        assert not Article.objects.exists()

    def test_a_dry_run_writes_nothing(self, editor, source, capsys):
        run(capsys, source, "--dry-run")

        assert not Article.objects.exists()
        assert not Reference.objects.exists()
