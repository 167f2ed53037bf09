"""`manage.py import_article DIRECTORY`: each file for itself, none twice, and nothing lost on the way."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from accounts.models.user import Role
from articles.management.progress import Progress
from articles.models import Article, Edition, ImportRecord, Reference
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = """# What is question {number}?

A sentence with a source [1].

## References

1. Specimen S. A study of specimens. J Tests. 2024;12:1-9. https://doi.org/10.5555/shared
2. Specimen S. Study {number}. J Tests. 2024;12:1-9. https://doi.org/10.5555/own.{number}
"""


@pytest.fixture
def editor():
    return factories.make_user("Edda Editor", Role.EDITOR)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "deeper").mkdir()
    for number in range(3):
        (tmp_path / f"{number}.md").write_text(TEXT.format(number=number))
    (tmp_path / "deeper" / "3.md").write_text(TEXT.format(number=3))
    (tmp_path / ".hidden.md").write_text(TEXT.format(number=9))
    return tmp_path


def run(*arguments) -> tuple[dict, int]:
    out = StringIO()
    try:
        call_command(
            "import_article", *map(str, arguments), "--json", stdout=out, stderr=StringIO()
        )
    except SystemExit as end:
        return json.loads(out.getvalue() or "{}"), end.code
    return json.loads(out.getvalue()), 0


class TestFolder:
    def test_every_file_becomes_a_draft_with_its_sources_once(self, editor, folder):
        report, code = run(folder)

        assert code == 0
        assert (report["total"], report["imported"]) == (4, 4)
        assert Article.objects.count() == 4
        assert Reference.objects.filter(doi="10.5555/shared").count() == 1
        assert {row["path"] for row in report["files"]} == {"0.md", "1.md", "2.md", "deeper/3.md"}
        assert ImportRecord.objects.filter(name="deeper/3.md").count() == 1

    def test_starting_again_makes_nothing_twice(self, editor, folder):
        run(folder)

        report, code = run(folder)

        assert code == 0
        assert (report["imported"], report["there_already"]) == (0, 4)
        assert Article.objects.count() == 4

    def test_another_audience_is_another_draft(self, editor, folder):
        run(folder)

        report, _code = run(folder, "--audience", "public")

        assert report["imported"] == 4

    def test_an_interrupted_run_says_so_and_goes_on(self, editor, folder, monkeypatch):
        steps = []

        def interrupt(progress, what):
            steps.append(what)
            if len(steps) == 2:
                raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr(Progress, "step", interrupt)
            first, code = run(folder)
        second, _code = run(folder)

        assert (code, first["interrupted"], first["imported"]) == (130, True, 2)
        assert (second["there_already"], second["imported"]) == (2, 2)
        assert Article.objects.count() == 4

    def test_a_file_that_cannot_be_read_stops_nobody(self, editor, folder):
        (folder / "1.md").write_bytes(b"\x00\x01\x02" * 50)

        report, code = run(folder)

        assert code == 3
        assert (report["imported"], report["refused"]) == (3, 1)
        refused = next(row for row in report["files"] if row["state"] == "refused")
        assert refused["path"] == "1.md"
        assert refused["reason"]

    def test_a_dry_run_stores_nothing(self, editor, folder):
        report, code = run(folder, "--dry-run")

        assert code == 0
        assert report["read"] == 4
        assert not Article.objects.exists()

    def test_the_report_has_a_line_for_each_file(self, editor, folder, tmp_path_factory):
        path = tmp_path_factory.mktemp("report") / "report.jsonl"

        run(folder, "--report", path)

        rows = [json.loads(line) for line in path.read_text().splitlines()]
        assert [row["state"] for row in rows] == ["imported"] * 4

    def test_an_empty_folder_is_refused(self, editor, tmp_path):
        assert run(tmp_path)[1] == 2

    def test_a_model_is_named_in_every_draft(self, editor, folder):
        run(folder, "--ai-model", "Model 1")

        for edition in Edition.objects.all():
            assert edition.ai_provenance == {"model": "Model 1", "responsible": "Edda Editor"}


class TestProgress:
    @pytest.mark.parametrize(("is_terminal", "lines"), [(True, 0), (False, 10)])
    def test_a_terminal_gets_a_bar_and_a_log_ten_lines(self, is_terminal, lines):
        stream = StringIO()
        stream.isatty = lambda: is_terminal

        with Progress(100, stream) as progress:
            for number in range(100):
                progress.step(f"{number}.md")

        text = stream.getvalue()
        assert text.count(" of 100") == lines
        assert ("100/100" in text) == is_terminal
