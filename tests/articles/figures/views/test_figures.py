"""The pages of the library of figures."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Figure
from tests import factories
from tests.factories import AT, picture

LIST = reverse("articles:figures")
NEW = reverse("articles:figure-new")
SEARCH = reverse("articles:figure-search")


def file(data: bytes | None = None, name: str = "scan.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture() if data is None else data)


@pytest.mark.parametrize(
    ("person", "library", "one", "adding"),
    [
        ("anonymous", 302, 302, 302),
        ("stranger", 403, 404, 403),
        ("reviewer", 200, 200, 403),
        ("chair", 200, 200, 403),
        ("administrator", 200, 200, 403),
        ("editor", 200, 200, 200),
    ],
)
def test_who_sees_and_who_adds(client, request, editor, person, library, one, adding):
    figure = factories.make_figure(editor)
    if person != "anonymous":
        client.force_login(request.getfixturevalue(person))

    assert client.get(LIST).status_code == library
    assert client.get(SEARCH).status_code == library
    assert client.get(reverse("articles:figure", args=[figure.pk])).status_code == one
    assert client.get(NEW).status_code == adding
    if adding == 403:
        posted = client.post(LIST, {"file": file()})
        assert posted.status_code == 403
        assert client.post(NEW, {"file": file()}).status_code == 403
        address = reverse("articles:figure", args=[figure.pk])
        assert client.post(address, {"credit": "x"}).status_code in {403, 404}
        assert Figure.objects.get().credit == ""


class TestTheLibrary:
    def test_without_figures_it_says_what_will_be_there(self, client, editor):
        client.force_login(editor)

        page = client.get(LIST).content.decode()

        assert "No figures yet" in page
        assert NEW in page

    def test_it_finds_by_every_word(self, client, editor):
        factories.make_figure(editor, key="lung-scan", credit="Sam Specimen")
        factories.make_figure(editor, key="knee", credit="Sam Specimen")
        client.force_login(editor)

        page = client.get(LIST, {"q": "specimen lung"}).content.decode()

        assert "lung-scan" in page
        assert "knee" not in page

    def test_it_says_in_how_many_versions_a_figure_is(self, client, editor):
        factories.make_figure(editor, key="scan")
        for _ in range(2):
            body = '<p>A.</p><figure data-figure="scan" data-alt="x"></figure>'
            factories.make_version(factories.make_edition(editor, body=body), editor)
        client.force_login(editor)

        assert "In 2 versions" in client.get(LIST).content.decode()

    def test_its_queries_do_not_grow(self, client, editor):
        client.force_login(editor)
        costs = []
        for more in (10, 990):
            Figure.objects.bulk_create(
                Figure(
                    key=f"bulk-{more}-{n}",
                    digest=f"{more:032}{n:032}",
                    media_type="image/webp",
                    width=40,
                    height=30,
                    widths=[40],
                    size=100,
                    added_by=editor,
                    added_at=AT,
                )
                for n in range(more)
            )
            for address in (LIST, SEARCH):
                with CaptureQueriesContext(connection) as queries:
                    assert client.get(address).status_code == 200
                costs.append(len(queries))

        assert costs[:2] == costs[2:]


class TestUploading:
    def test_the_editor_s_dialog_gets_the_figure(self, client, editor):
        client.force_login(editor)

        answer = client.post(LIST, {"file": file(), "credit": "Sam", "licence": "CC0"})

        assert answer.status_code == 201
        figure = Figure.objects.get()
        told = answer.json()["figure"]
        assert (told["key"], told["credit"], told["licence"]) == ("scan", "Sam", "CC0")
        assert client.get(told["address"]).status_code == 200
        assert figure.added_by == editor

    def test_the_same_picture_says_that_it_is_there(self, client, editor):
        data = picture()
        factories.make_figure(editor, key="first", data=data)
        client.force_login(editor)

        answer = client.post(LIST, {"file": file(data)})

        assert answer.json()["figure"]["key"] == "first"
        assert "already, as “first”" in answer.json()["said"]

    @pytest.mark.parametrize(
        ("fields", "field", "words"),
        [
            ({}, "file", "required"),
            ({"file": b""}, "file", "empty"),
            ({"file": b"%PDF-1.7"}, "file", "looks like a PDF"),
            ({"file": b"\x89PNG\r\n\x1a\n" + b"\0" * 10_485_760}, "file", "larger than 10 MB"),
            ({"key": "No key"}, "key", "letters"),
            ({"credit": "x" * 301}, "credit", "300"),
        ],
    )
    def test_what_cannot_be_taken_is_named(self, client, editor, fields, field, words):
        client.force_login(editor)
        sent = {"file": picture(), **fields} if fields else {}
        if "file" in sent:
            sent["file"] = file(sent["file"])

        answer = client.post(LIST, sent)

        assert answer.status_code == 400
        assert words in answer.json()["errors"][field][0]
        assert not Figure.objects.exists()

    def test_it_asks_for_the_token_of_the_form(self, editor):
        client = Client(enforce_csrf_checks=True)
        client.force_login(editor)

        assert client.post(LIST, {"file": file()}).status_code == 403

    def test_without_script_the_next_page_tells_the_markup(self, client, editor):
        client.force_login(editor)

        page = client.post(NEW, {"file": file(), "key": "lung"}, follow=True).content.decode()

        assert "&lt;figure data-figure=&quot;lung&quot;" in page.replace('"', "&quot;")
        assert "“lung” is in the library." in page

    def test_without_script_a_refusal_keeps_what_was_typed(self, client, editor):
        client.force_login(editor)

        answer = client.post(NEW, {"file": file(b"BM"), "credit": "Sam Specimen"})

        assert answer.status_code == 400
        assert "looks like a BMP image" in answer.content.decode()
        assert 'value="Sam Specimen"' in answer.content.decode()


class TestOneFigure:
    def test_it_says_where_it_is_used(self, client, editor):
        figure = factories.make_figure(editor, key="scan")
        body = '<p>A.</p><figure data-figure="scan" data-alt="x"></figure>'
        edition = factories.make_edition(editor, question="Where is it?", body=body)
        version = factories.make_version(edition, editor)
        client.force_login(editor)

        page = client.get(reverse("articles:figure", args=[figure.pk])).content.decode()

        assert reverse("articles:edition", args=[edition.pk]) in page
        assert reverse("articles:version", args=[version.pk]) in page

    def test_a_reviewer_learns_of_no_draft(self, client, editor, reviewer):
        figure = factories.make_figure(editor, key="scan")
        factories.make_edition(
            editor,
            question="Is this secret?",
            body='<figure data-figure="scan" data-alt="x"></figure>',
        )
        client.force_login(reviewer)

        page = client.get(reverse("articles:figure", args=[figure.pk])).content.decode()

        assert "Is this secret?" not in page
        assert "Only editors keep the library of figures." in page

    def test_credit_and_licence_can_be_corrected(self, client, editor):
        figure = factories.make_figure(editor)
        client.force_login(editor)
        address = reverse("articles:figure", args=[figure.pk])

        assert client.post(address, {"credit": "x" * 301}).status_code == 400
        answer = client.post(address, {"credit": "Sam", "licence": "CC0"})

        assert answer.status_code == 302
        figure.refresh_from_db()
        assert (figure.credit, figure.licence) == ("Sam", "CC0")


class TestFindingForTheEditor:
    def test_by_key_and_by_words(self, client, editor):
        factories.make_figure(editor, key="one")
        factories.make_figure(editor, key="two")
        client.force_login(editor)

        by_key = client.get(SEARCH, {"key": ["two", "none"]}).json()
        by_word = client.get(SEARCH, {"q": "on"}).json()

        assert [row["key"] for row in by_key["results"]] == ["two"]
        assert [row["key"] for row in by_word["results"]] == ["one"]


class TestPagesOfATextWithAFigure:
    def test_preview_freeze_and_version_show_it_with_its_credit(self, client, editor):
        figure = factories.make_figure(editor, key="scan", credit="Sam Specimen")
        body = '<p>A.</p><figure data-figure="scan" data-alt="Grey"><figcaption>C</figcaption></figure>'
        edition = factories.make_edition(editor, body=body)
        client.force_login(editor)
        preview = client.get(reverse("articles:preview", args=[edition.pk])).content.decode()
        version = factories.make_version(edition, editor)
        frozen = client.get(reverse("articles:version", args=[version.pk])).content.decode()

        for page in (preview, frozen):
            assert f'src="/figures/{figure.digest}/40.webp"' in page
            assert 'alt="Grey"' in page
            assert "Image: Sam Specimen" in page

    def test_a_preview_shows_a_box_where_the_image_is_missing(self, client, editor):
        edition = factories.make_edition(
            editor, body='<figure data-figure="no" data-alt="Grey"></figure>'
        )
        client.force_login(editor)

        page = client.get(reverse("articles:preview", args=[edition.pk])).content.decode()

        assert '<div class="figure-missing" role="img" aria-label="Grey">' in page
