"""Importing a text: the report first, then the draft."""

from html import unescape

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.models import Article, Contribution, Edition, Reference
from tests import factories

URL = "/desk/import/"
TEXT = """# How are specimens tested?

## Summary

Specimens are tested in tubes [1]. Last of all they are washed.

- first
  - nested

## References

1. Specimen S. A study of specimens. J Tests. 2024;12:1-9. https://doi.org/10.5555/import.1
"""


@pytest.fixture
def as_editor(client, editor):
    client.force_login(editor)
    return client


def sent(**changes) -> dict[str, object]:
    return {
        "pasted": TEXT,
        "language": "en",
        "audience": factories.audience().pk,
        "specialty": factories.make_specialty().pk,
        **changes,
    }


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

    def test_more_than_five_megabytes_are_refused_with_their_size(self, as_editor):
        file = SimpleUploadedFile("big.txt", b"word " * (1024 * 1024 + 99))

        response = as_editor.post(URL, sent(pasted="", file=file))

        assert response.status_code == 400
        assert "at most 5 MB are read" in str(response.context["form"].errors["file"])

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
        assert response.context["form"]["pasted"].value() == TEXT
        assert "you need not choose it again" in response.content.decode()

    def test_a_file_that_cannot_be_read_is_to_be_chosen_again(self, as_editor):
        file = SimpleUploadedFile("b.txt", b"\x00\x01\x02" * 99)

        response = as_editor.post(URL, sent(pasted="", file=file, audience=""))

        assert response.status_code == 400
        assert response.context["form"].errors["file"] == ["Choose the file again."]

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
