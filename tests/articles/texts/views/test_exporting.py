"""Taking a draft away: what the files say, who may have them, and what is answered otherwise."""

from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document
from lxml import etree
from PIL import Image

from articles.figures.actions.figures import add_figure
from articles.models import Edition
from articles.texts.exporting import paper
from articles.texts.exporting.formats import FORMATS
from manuscript.exporting.text import CannotWrite
from tests import factories

FORMS = list(FORMATS)


@pytest.fixture
def edition(editor) -> Edition:
    factories.make_reference(editor, key="specimen-a", title="A study of specimens")
    body = '<h2>Part</h2><p>First wording<cite data-refs="specimen-a"></cite>.</p>'
    return factories.make_edition(editor, question="What is exported?", body=body)


def url(edition: Edition, form: str) -> str:
    return reverse("articles:export", args=[edition.pk, form])


def picture() -> bytes:
    file = BytesIO()
    Image.new("RGB", (400, 200), (200, 10, 10)).save(file, "PNG")
    return file.getvalue()


class TestExportDraft:
    @pytest.mark.parametrize("form", FORMS)
    def test_every_form_is_a_file_named_after_the_draft(self, client, editor, edition, form):
        client.force_login(editor)

        response = client.get(url(edition, form))

        assert response.status_code == 200
        name = f"what-is-exported.en.clinician.draft1.{FORMATS[form].ending}"
        assert response["Content-Disposition"] == f'attachment; filename="{name}"'
        assert response["Content-Type"] == FORMATS[form].media_type
        assert response["X-Robots-Tag"] == "noindex"
        assert "private" in response["Cache-Control"]

    def test_the_file_says_that_nobody_reviewed_it(self, client, editor, edition):
        client.force_login(editor)

        html = client.get(url(edition, "html")).content.decode()
        markdown = client.get(url(edition, "markdown")).content.decode()
        word = Document(BytesIO(client.get(url(edition, "docx")).content))
        jats = etree.fromstring(client.get(url(edition, "jats")).content)

        assert "Draft. Not reviewed." in html
        assert 'status: "Draft. Not reviewed."' in markdown
        assert "Draft. Not reviewed." in word.sections[0].header.paragraphs[0].text
        assert "Draft. Not reviewed." in {one.text for one in jats.iter("meta-value")}

    def test_a_draft_of_an_approved_text_borrows_nothing_from_its_review(
        self, client, editor, chair, reviewer, edition
    ):
        submission = factories.make_submission(editor, edition=edition)
        factories.approve(submission, reviewer, chair)
        client.force_login(editor)

        html = client.get(url(edition, "html")).content.decode()

        assert "Draft. Not reviewed." in html
        assert reviewer.name not in html
        assert "approved on" not in html

    def test_citations_without_a_source_say_so(self, client, editor, edition):
        body = '<p>Here<cite data-refs="nowhere specimen-a"></cite>.</p>'
        factories.edit(edition, editor, body=body)
        client.force_login(editor)

        html = client.get(url(edition, "html")).content.decode()

        assert "“nowhere” is not in the reference library." in html
        assert "A study of specimens" in html

    @pytest.mark.parametrize("form", FORMS)
    def test_an_empty_draft_can_be_exported(self, client, editor, edition, form):
        factories.edit(edition, editor, title="", body="", summary="")
        client.force_login(editor)

        assert client.get(url(edition, form)).status_code == 200

    def test_a_figure_of_the_library_stands_in_the_file(self, client, editor, edition):
        figure = add_figure(
            actor=editor, data=picture(), name="red.png", at=factories.AT, credit="Fia Fiction"
        )
        body = f'<figure data-figure="{figure.key}" data-alt="A red square"></figure>'
        factories.edit(edition, editor, body=body)
        client.force_login(editor)

        html = client.get(url(edition, "html")).content.decode()

        assert '<img src="data:image/webp;base64,' in html
        assert 'alt="A red square"' in html
        assert "Fia Fiction" in html

    def test_a_second_request_with_the_tag_is_not_answered_again_until_something_changes(
        self, client, editor, edition
    ):
        client.force_login(editor)
        tag = client.get(url(edition, "html"))["ETag"]

        assert client.get(url(edition, "html"), headers={"if-none-match": tag}).status_code == 304
        factories.edit(edition, editor, summary="New.")
        assert client.get(url(edition, "html"), headers={"if-none-match": tag}).status_code == 200

    def test_its_queries_do_not_grow_with_its_sources(
        self, client, editor, edition, django_assert_num_queries
    ):
        client.force_login(editor)
        client.get(url(edition, "html"))
        with django_assert_num_queries(9) as few:
            client.get(url(edition, "html"))
        keys = [factories.make_reference(editor, key=f"more-{n}").key for n in range(40)]
        body = "".join(f'<p>x<cite data-refs="{key}"></cite></p>' for key in keys)
        factories.edit(edition, editor, body=body)

        with django_assert_num_queries(len(few)):
            client.get(url(edition, "html"))


class TestWhoMay:
    def test_a_visitor_is_asked_to_sign_in(self, client, edition):
        response = client.get(url(edition, "html"))

        assert response.status_code == 302
        assert "/accounts/sign-in/" in response["Location"]

    @pytest.mark.parametrize("person", ["stranger", "reviewer"])
    def test_whoever_may_not_see_the_draft_gets_404(self, client, edition, person, request):
        client.force_login(request.getfixturevalue(person))

        assert client.get(url(edition, "html")).status_code == 404

    def test_another_form_is_404(self, client, editor, edition):
        client.force_login(editor)

        assert client.get(url(edition, "exe")).status_code == 404

    def test_nothing_can_be_posted(self, client, editor, edition):
        client.force_login(editor)

        assert client.post(url(edition, "html")).status_code == 405


class TestRefusals:
    def test_without_the_library_the_answer_is_503_with_the_packages(
        self, client, editor, edition, monkeypatch
    ):
        def fail(_text):
            raise CannotWrite(f"Install {paper.PACKAGES}.")

        monkeypatch.setattr(paper, "_set", fail)
        paper.forget()
        client.force_login(editor)

        response = client.get(url(edition, "pdf"))

        assert response.status_code == 503
        assert response["Retry-After"] == "60"
        assert "libpango-1.0-0" in response.content.decode()

    def test_a_text_that_is_too_long_for_a_pdf_is_400_with_what_to_do(
        self, client, editor, edition, monkeypatch
    ):
        monkeypatch.setattr(paper, "LONGEST", 10)
        client.force_login(editor)

        response = client.get(url(edition, "pdf"))

        assert response.status_code == 400
        assert "Download the HTML file" in response.content.decode()


class TestTheMenu:
    def test_the_pages_of_drafts_and_versions_lead_to_every_form(self, client, editor, edition):
        version = factories.make_version(edition, editor)
        client.force_login(editor)

        draft_page = client.get(reverse("articles:edition", args=[edition.pk])).content.decode()
        version_page = client.get(reverse("articles:version", args=[version.pk])).content.decode()

        for form in FORMS:
            assert f'href="{url(edition, form)}"' in draft_page
            assert f'href="{reverse("review:export", args=[version.pk, form])}"' in version_page
