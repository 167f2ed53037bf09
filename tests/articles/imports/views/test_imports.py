"""Importing a text: the report first, then the draft."""

import re
from html import unescape

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.desk.import_words import WORDS
from articles.models import Article, Contribution, Edition, Reference
from manuscript import importing
from manuscript.importing import docx
from tests import factories
from tests.articles.imports.views.conftest import TEXT, URL, sent
from tests.manuscript.importing.docx.building import para, parts, run, zipped
from tests.manuscript.importing.docx.test_changes import TITLE, gone, ins


def carried(response) -> str:
    """Return what the report's form carries to the second step."""
    page = response.content.decode()
    return unescape(page.partition('name="carried" value="')[2].partition('"')[0])


class TestReport:
    def test_it_says_what_was_recognised_and_stores_nothing(self, as_editor):
        response = as_editor.post(URL, sent())

        page = unescape(response.content.decode())
        assert response.status_code == 200
        assert "How are specimens tested?" in page
        assert "Make this a draft" in page
        assert "Specimens are tested in tubes" in page
        assert not Article.objects.exists()
        assert not Reference.objects.exists()

    def test_a_file_is_read_like_a_pasted_text(self, as_editor):
        file = SimpleUploadedFile("test.md", TEXT.encode())

        response = as_editor.post(URL, sent(pasted="", file=file))

        assert "How are specimens tested?" in response.content.decode()

    def test_warnings_come_with_their_line_and_words(self, as_editor):
        response = as_editor.post(URL, sent(pasted=TEXT.replace("[1]. Last", "[1]. Last\u200b")))

        rows = [row for group in response.context["groups"] for row in group["rows"]]
        assert rows
        page = response.content.decode()
        assert all(f'<td class="num">{row.line}</td>' in page for row in rows)
        assert "A character that shows nothing" in page

    def test_hostile_markup_comes_out_inert(self, as_editor):
        text = "# Title?\n\nWords <script>alert(1)</script> and <img src=x onerror=alert(2)>.\n"

        page = as_editor.post(URL, sent(pasted=text)).content.decode()

        assert "<script>alert" not in page
        assert "<img" not in page

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"pasted": ""}, "pasted"),
            ({"pasted": " \n "}, "pasted"),
            ({"pasted": "", "file": SimpleUploadedFile("b.txt", b"\x00\x01\x02" * 99)}, "file"),
            ({"file": SimpleUploadedFile("both.txt", b"Both?")}, "file"),
            ({"specialty": ""}, "specialty"),
            ({"language": "xx"}, "language"),
        ],
    )
    def test_what_cannot_be_read_is_refused_at_its_field(self, as_editor, changes, field):
        response = as_editor.post(URL, sent(**changes))

        assert response.status_code == 400
        assert response.context["form"].errors[field]
        assert not Article.objects.exists()

    def test_more_than_can_be_read_are_refused_with_their_size(self, as_editor):
        file = SimpleUploadedFile("big.txt", b"word " * (1024 * 1024 + 99))

        response = as_editor.post(URL, sent(pasted="", file=file))

        assert response.status_code == 400
        assert "larger than 5 MB" in str(response.context["form"].errors["file"])

    def test_audience_and_specialty_have_to_be_chosen(self, as_editor):
        form = as_editor.get(URL).context["form"]

        for name in ("audience", "specialty"):
            control = str(form[name])
            assert " required" in control
            assert '<option value="" selected>' in control

    def test_it_says_for_whom_in_which_language_and_specialty(self, as_editor):
        page = unescape(as_editor.post(URL, sent(language="zh")).content.decode())

        facts = page.partition('class="facts"')[2].partition("</dl>")[0]
        assert f"<dd>{factories.audience()}</dd>" in facts
        assert f"<dd>{factories.make_specialty()}</dd>" in facts
        assert f"<dd>{dict(settings.LANGUAGES)['zh']}</dd>" in facts

    def test_the_text_of_a_file_is_kept_when_something_else_is_missing(self, as_editor):
        file = SimpleUploadedFile("test.md", TEXT.encode())

        response = as_editor.post(URL, sent(pasted="", file=file, audience=""))

        assert response.status_code == 400
        assert "“test.md” is kept; you need not choose it again" in response.content.decode()
        again = sent(
            pasted="",
            kept=response.context["form"]["kept"].value(),
            kept_name=response.context["form"]["kept_name"].value(),
        )
        assert "How are specimens tested?" in as_editor.post(URL, again).content.decode()

    def test_a_file_that_cannot_be_read_is_to_be_chosen_again(self, as_editor):
        file = SimpleUploadedFile("b.txt", b"\x00\x01\x02" * 99)

        response = as_editor.post(URL, sent(pasted="", file=file))

        assert response.status_code == 400
        assert response.context["form"].errors["file"]
        assert not response.context["form"]["kept"].value()

    def test_the_text_stays_in_the_form_when_something_else_is_missing(self, as_editor):
        response = as_editor.post(URL, sent(audience=""))

        assert response.status_code == 400
        assert "Specimens are tested in tubes" in response.content.decode()


class TestDraft:
    def test_confirming_makes_the_draft_that_was_reported(self, as_editor, editor):
        report = as_editor.post(URL, sent())

        response = as_editor.post(URL, {"carried": carried(report), "make": ""})

        edition = Edition.objects.get()
        assert response["Location"] == reverse("articles:edition", args=[edition.pk])
        assert edition.title == "How are specimens tested?"
        assert edition.audience == factories.audience()
        assert edition.article.specialty == factories.make_specialty()
        assert "<ul><li><p>first</p><ul><li><p>nested</p></li></ul></li></ul>" in edition.body
        assert edition.contributions.get().kind == Contribution.Kind.IMPORTED
        reference = Reference.objects.get()
        assert reference.doi == "10.5555/import.1"
        assert f'data-refs="{reference.key}"' in edition.body

    def test_going_back_keeps_the_text_and_the_choices(self, as_editor):
        report = as_editor.post(URL, sent(language="zh"))

        response = as_editor.post(URL, {"carried": carried(report), "back": ""})

        form = response.context["form"]
        assert form["pasted"].value() == TEXT
        assert form["language"].value() == "zh"
        assert "Specimens are tested in tubes" in response.content.decode()
        assert not Article.objects.exists()

    def test_going_back_with_a_file_in_another_encoding_keeps_its_words(self, as_editor):
        words = "# 如何检验标本？\n\n" + "标本在试管中检验，随后清洗并保存。" * 20 + "\n"
        file = SimpleUploadedFile("test.md", words.encode("gb18030"))
        report = as_editor.post(URL, sent(pasted="", file=file, language="zh"))

        response = as_editor.post(URL, {"carried": carried(report), "back": ""})

        assert response.context["form"]["pasted"].value() == words

    @pytest.mark.parametrize("forged", ["", "x", "eyJkYXRhIjogIngifQ:1:2"])
    def test_what_this_site_did_not_sign_is_refused(self, as_editor, forged):
        response = as_editor.post(URL, {"carried": forged, "make": ""})

        assert response.status_code == 400
        assert "changed on its way" in response.content.decode()
        assert not Article.objects.exists()

    def test_a_text_as_long_as_a_book_survives_both_steps(self, as_editor):
        words = "\n\n".join(
            " ".join(f"word{number}" for number in range(start, start + 100))
            for start in range(0, 40_000, 100)
        )
        report = as_editor.post(URL, sent(pasted=f"# Long?\n\n{words}\n"))

        response = as_editor.post(URL, {"carried": carried(report), "make": ""})

        assert response.status_code == 302
        assert Edition.objects.get().body.endswith("word39999</p>")


class TestOtherFormats:
    def test_tracked_changes_are_asked_about_and_the_file_is_kept(self, as_editor):
        body = TITLE + para(run("Take ") + gone("5 mg") + ins("10 mg") + run("."))
        file = SimpleUploadedFile("dose.docx", zipped(parts(body)))

        asked = as_editor.post(URL, sent(pasted="", file=file))
        form = asked.context["form"]
        answer = sent(
            pasted="",
            kept=form["kept"].value(),
            kept_name=form["kept_name"].value(),
            tracked_changes="reject",
        )
        report = as_editor.post(URL, answer)

        assert asked.status_code == 400
        assert "Accept them" in asked.content.decode()
        assert "5 mg" in report.context["rendered"]
        assert "10 mg" not in report.context["rendered"]

    def test_what_was_copied_with_its_formatting_keeps_it(self, as_editor):
        copied = (
            "<h1>Title?</h1><p>Words in <b>bold</b>.</p><ul><li>One<ul><li>Two</li></ul></li></ul>"
        )

        report = as_editor.post(URL, sent(pasted="Title? Words", pasted_html=copied))

        assert "<strong>bold</strong>" in report.context["rendered"]
        assert report.context["counts"]["max_list_depth"] == 2

    def test_a_model_that_had_a_part_is_named_and_kept(self, as_editor, editor):
        unnamed = as_editor.post(URL, sent(had_model="yes"))
        report = as_editor.post(URL, sent(had_model="yes", ai_model="Model 1"))
        as_editor.post(URL, {"carried": carried(report), "make": ""})

        assert unnamed.context["form"].errors["ai_model"]
        edition = Edition.objects.get()
        assert edition.ai_provenance == {"model": "Model 1", "responsible": editor.name}

    def test_whether_a_model_had_a_part_has_to_be_answered(self, as_editor):
        assert as_editor.post(URL, sent(had_model="")).context["form"].errors["had_model"]

    def test_the_record_stays_with_the_draft(self, as_editor):
        report = as_editor.post(URL, sent(pasted=TEXT.replace("[1]. Last", "[1]. Last\u200b")))
        made = as_editor.post(URL, {"carried": carried(report), "make": ""})

        page = as_editor.get(made["Location"]).content.decode()

        assert "Imported from Pasted text" in page
        assert "A character that shows nothing" in page

    def test_the_same_text_again_is_said_to_be_there(self, as_editor):
        report = as_editor.post(URL, sent())
        as_editor.post(URL, {"carried": carried(report), "make": ""})

        again = as_editor.post(URL, sent())

        assert "imported before" in again.content.decode()


def test_every_warning_of_every_importer_has_words():
    documented = f"{importing.__doc__}\n{docx.__doc__}"
    codes = set(re.findall(r"^([a-z]+(?:-[a-z]+)+) ", documented, re.MULTILINE))

    assert len(codes) > 60
    assert codes - set(WORDS) == set()


def test_references_are_numbered_as_the_draft_will_number_them(as_editor):
    text = (
        "# What?\n\nFirst [2].\n\n## References\n\n"
        "1. Specimen S. Never cited. J Tests. 2024;1:1-2. https://doi.org/10.5555/a\n"
        "2. Specimen S. Cited. J Tests. 2024;1:3-4. https://doi.org/10.5555/b\n"
    )

    rows = as_editor.post(URL, sent(pasted=text)).context["references"]

    assert [(number, row.csl["DOI"]) for number, row in rows] == [
        (1, "10.5555/b"),
        (None, "10.5555/a"),
    ]


def test_a_pasted_page_can_be_changed_as_text(as_editor):
    copied = "<h1>Title?</h1><p>Words in <b>bold</b>.</p>"
    report = as_editor.post(URL, sent(pasted="Title? Words", pasted_html=copied))

    form = as_editor.post(URL, {"carried": carried(report), "back": ""}).context["form"]

    assert "Words in bold." in form["pasted"].value()
    assert form["pasted_html"].value() == copied


def test_a_word_file_that_is_none_is_refused_as_such(as_editor):
    file = SimpleUploadedFile("bad.docx", b"Only some words.")

    response = as_editor.post(URL, sent(pasted="", file=file))

    assert response.status_code == 400
    assert "Word" in str(response.context["form"].errors["file"])
