"""Adding a file of references: the report, the adding, what became of it."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.models import Reference
from tests import factories

IMPORT = "/desk/references/import/"
RECORD = """TY  - JOUR
TI  - {title}
AU  - Specimen, Sam
JO  - Journal of Tests
PY  - 2024
DO  - {doi}
ER  -
"""
NOTICED = """
[{"id": "a", "type": "article-journal", "title": "RETRACTED: A study of glass beads", "DOI": "10.5555/beads",
  "issued": {"date-parts": [[2020]]}, "author": [{"family": "Bead", "given": "Bo"}]}]
"""
CROSSREF = """{"message": {"DOI": "10.5555/beads", "type": "journal-article", "title": ["A study of glass beads"],
 "issued": {"date-parts": [[2020]]}, "updated-by": [{"DOI": "10.5555/notice", "type": "retraction",
 "updated": {"date-parts": [[2025, 1, 2]]}}]}}"""


def text(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


def ris(count: int, *, start: int = 0) -> str:
    return "".join(
        RECORD.format(title=f"Study number {number}", doi=f"10.5555/file.{number}")
        for number in range(start, start + count)
    )


def send(client, content: str | bytes, name: str = "library.ris", kind: str = "auto"):
    data = content.encode() if isinstance(content, str) else content
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, data), "format": kind})


def confirm(client, response, **kwargs):
    sent = {name: response.context[name] for name in ("kept", "name")}
    return client.post(IMPORT, sent | {"format": response.context["kind"]}, **kwargs)


class TestReport:
    def test_it_says_what_would_be_added_and_stores_nothing(self, as_editor, editor):
        there = factories.make_reference(editor, doi="10.5555/file.0")

        response = send(as_editor, ris(3))

        page = text(response)
        assert response.status_code == 200
        assert "Nothing is stored yet." in page
        assert "Add 2 references" in page
        assert f"<code>{there.key}</code>" in page
        assert Reference.objects.count() == 1

    def test_every_record_that_fails_is_shown_with_place_reason_and_text(self, as_editor):
        broken = "@article{broken, title = {An entry without its end\n\n@article{whole, title={Whole}, doi={10.5555/whole}}"

        response = send(as_editor, broken, "library.bib")

        failed = response.context["outcome"].failed
        page = text(response)
        assert failed
        for row in failed:
            assert row.reason in page
            assert " ".join(row.text.split()) in page
        assert "Add 1 reference" in page

    def test_the_same_title_and_year_is_a_proposal(self, as_editor, editor):
        there = factories.make_reference(editor, title="Study number 0", doi="10.5555/other")
        Reference.objects.filter(pk=there.pk).update(doi="")

        page = text(send(as_editor, ris(1)))

        assert "Perhaps in the library already" in page
        assert reverse("articles:reference", args=[there.pk]) in page

    def test_notices_and_warnings_come_before_anything_is_added(self, as_editor):
        assert "Retraction, 2025-01-02" in text(send(as_editor, CROSSREF, "work.json"))
        assert "The title says that it was retracted" in text(send(as_editor, NOTICED, "a.json"))

    @pytest.mark.parametrize(
        ("content", "name", "reason"),
        [
            (b"", "empty.ris", "The file is empty."),
            (b"\x00\x01\x02 nothing", "x.bin", ""),
            (b"just words", "words.txt", "none of the formats"),
            (b"<html><p>no</p></html>", "page.xml", "not a format of references"),
        ],
    )
    def test_what_cannot_be_read_is_refused_in_words(self, as_editor, content, name, reason):
        response = send(as_editor, content, name)

        assert response.status_code == 400
        assert reason in text(response)
        assert response.context["form"].errors["file"]

    def test_a_file_that_is_too_large_is_refused(self, as_editor):
        response = send(as_editor, b"x" * (10 * 1024 * 1024 + 1))

        assert response.status_code == 400
        assert "larger than 10 MB" in text(response)

    def test_no_file_at_all_is_asked_for(self, as_editor):
        response = as_editor.post(IMPORT, {"format": "auto"})

        assert "Choose a file." in text(response)

    def test_markup_in_a_record_stays_text(self, as_editor):
        page = send(as_editor, RECORD.format(title="<script>x</script>", doi="10.5555/x"))

        assert "<script>x" not in page.content.decode()

    def test_many_records_cost_no_more_queries_than_ten(
        self, as_editor, django_assert_num_queries, django_assert_max_num_queries
    ):
        send(as_editor, ris(10))
        with django_assert_num_queries(9):
            send(as_editor, ris(10))

        with django_assert_num_queries(9):
            send(as_editor, ris(450))
        with django_assert_max_num_queries(12):  # identifiers are asked for five hundred at a time
            send(as_editor, ris(1000))


class TestAdding:
    def test_it_adds_and_leads_to_what_became_of_it(self, as_editor):
        response = confirm(as_editor, send(as_editor, ris(2)), follow=True)

        page = text(response)
        assert Reference.objects.count() == 2
        assert "2 references were added." in page
        for reference in Reference.objects.all():
            assert reverse("articles:reference", args=[reference.pk]) in page

    def test_notices_are_recorded_with_it(self, as_editor):
        page = text(confirm(as_editor, send(as_editor, CROSSREF, "work.json"), follow=True))

        assert Reference.objects.get().notices.get().kind == "RETRACTION"
        assert "Notices recorded" in page

    def test_the_same_file_again_adds_nothing(self, as_editor):
        confirm(as_editor, send(as_editor, ris(2)))

        page = text(send(as_editor, ris(2)))

        assert "There is nothing new in this file." in page

    def test_what_failed_and_what_may_be_double_is_said_again(self, as_editor, editor):
        there = factories.make_reference(editor, title="Study number 0")
        Reference.objects.filter(pk=there.pk).update(doi="")
        report = send(as_editor, ris(1) + "TY  - JOUR\nKW  - nothing else\nER  -\n")

        page = text(confirm(as_editor, report, follow=True))

        assert "1 record was not read." in page
        new = Reference.objects.exclude(pk=there.pk).get()
        assert f"{reverse('articles:reference-merge', args=[new.pk])}?with={there.pk}" in page

    def test_what_is_to_be_identified_leads_on(self, as_editor):
        vague = "TY  - JOUR\nTI  - A vague title\nER  -\n"

        page = text(confirm(as_editor, send(as_editor, vague), follow=True))

        assert reverse("articles:reference-identify") in page
        assert "Identify the source" in page

    def test_another_persons_file_cannot_be_added(self, as_editor, client, other_editor):
        report = send(as_editor, ris(1))
        client.force_login(other_editor)

        response = confirm(client, report)

        assert response.status_code == 400
        assert "not kept here any more" in text(response)
        assert not Reference.objects.exists()

    def test_a_report_is_for_whoever_imported_it(self, as_editor, client, other_editor):
        address = confirm(as_editor, send(as_editor, ris(1)))["Location"]
        client.force_login(other_editor)

        response = client.get(address)

        assert response.status_code == 404
        assert "This report is gone" in text(response)

    def test_only_who_keeps_the_library_may(self, client, chair, stranger):
        for user in (chair, stranger):
            client.force_login(user)
            assert send(client, ris(1)).status_code == 403
            assert client.get(IMPORT).status_code == 403

    def test_a_file_kept_for_something_else_is_no_report(self, as_editor):
        sent = {"file": SimpleUploadedFile("a.json", b"[]")}
        kept = as_editor.post("/desk/import/file/", sent).json()["kept"]

        response = as_editor.get(f"{IMPORT}result/", {"of": kept})

        assert response.status_code == 404
        assert "This report is gone" in text(response)

    def test_nor_can_it_be_added_as_references(self, as_editor):
        sent = {"file": SimpleUploadedFile("a.ris", ris(1).encode())}
        kept = as_editor.post("/desk/import/file/", sent).json()["kept"]

        response = as_editor.post(IMPORT, {"kept": kept, "name": "a.ris", "format": "ris"})

        assert response.status_code == 400
        assert not Reference.objects.exists()
