"""The reference library."""

import json
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from articles.models import Reference
from articles.references.actions.notices import record_notice
from articles.references.actions.references import add_reference
from tests import factories

LIST = "/desk/references/"
SEARCH = "/desk/references/search"
NEW = "/desk/references/new/"
FIELDS = {
    "type": "article-journal",
    "title": "A study of specimens",
    "authors": "Specimen, Sam\nTube, Tess T.\nSociety of Plain Tests",
    "container": "Journal of Tests",
    "year": "2024",
    "month": "3",
    "volume": "12",
    "page": "1-9",
    "doi": "https://doi.org/10.5555/ABC.1",
}


def text(response) -> str:
    return unescape(response.content.decode())


class TestList:
    def test_an_empty_library_says_how_it_fills(self, as_editor):
        page = text(as_editor.get(LIST))

        assert "The library is empty" in page
        assert NEW in page

    def test_it_counts_where_each_source_is_cited(self, as_editor, editor):
        factories.make_reference(editor, key="cited")
        body = '<p>x<cite data-refs="cited"></cite></p>'
        for number in range(2):
            edition = factories.make_edition(editor, question=f"{number}?", body=body)
        factories.make_version(edition, editor)

        page = " ".join(text(as_editor.get(LIST)).split())

        assert "2 drafts" in page
        assert "1 version" in page

    @pytest.mark.parametrize(
        "query", ["findable", "Specimen study", "10.5555/find", "31234567", "tess"]
    )
    def test_it_is_searched_by_key_title_author_doi_and_pmid(self, as_editor, editor, query):
        factories.make_reference(editor, key="other", title="Something else")
        add_reference(
            actor=editor,
            key="findable-2024",
            csl={
                "type": "article-journal",
                "title": "A study of one specimen",
                "author": [{"family": "Tube", "given": "Tess"}],
                "DOI": "10.5555/find.1",
                "PMID": "31234567",
            },
            at=factories.AT,
        )

        page = text(as_editor.get(LIST, {"q": query}))

        assert "findable-2024" in page
        assert "Something else" not in page

    def test_a_notice_and_an_unidentified_source_are_marked(self, as_editor, editor):
        reference = factories.make_reference(editor, title="Retracted study")
        record_notice(
            actor=editor,
            reference_id=reference.pk,
            kind="RETRACTION",
            noticed_on=date(2026, 1, 2),
            at=factories.AT,
        )
        add_reference(
            actor=editor, csl={"type": "document", "title": "Vague"}, key="vague", at=factories.AT
        )

        noticed, open_ = (text(as_editor.get(LIST, {"show": show})) for show in ("noticed", "open"))

        assert "Retracted study" in noticed
        assert "Retraction" in noticed
        assert "Vague" not in noticed
        assert "Vague" in open_
        assert "Retracted study" not in open_

    def test_a_thousand_cost_no_more_queries_than_ten(
        self, as_editor, editor, django_assert_num_queries
    ):
        _many(editor, 0, 10)
        as_editor.get(LIST)
        with django_assert_num_queries(7):
            as_editor.get(LIST)
        _many(editor, 10, 1000)

        with django_assert_num_queries(7):
            page = text(as_editor.get(LIST))

        assert "1 to 25 of 1000" in page


class TestSearch:
    def test_it_answers_with_what_the_dialog_shows(self, as_editor, editor):
        factories.make_reference(editor, key="specimen-a", title="A study")

        answer = as_editor.get(SEARCH, {"q": "study"}).json()

        assert answer == {
            "results": [
                {
                    "key": "specimen-a",
                    "who": "Sam Specimen",
                    "year": 2024,
                    "title": "A study",
                    "where": "Journal of Tests",
                    "identified": True,
                    "notice": "",
                }
            ],
            "more": False,
        }

    def test_at_most_twenty_come_and_more_are_told_of(
        self, as_editor, editor, django_assert_num_queries
    ):
        _many(editor, 0, 5)
        as_editor.get(SEARCH)
        with django_assert_num_queries(6):
            as_editor.get(SEARCH)
        _many(editor, 5, 1000)

        with django_assert_num_queries(6):
            answer = as_editor.get(SEARCH).json()

        assert (len(answer["results"]), answer["more"]) == (20, True)

    def test_it_only_reads(self, as_editor):
        assert as_editor.post(SEARCH, {"q": "x"}).status_code == 405


class TestNew:
    def test_the_fields_become_csl_json(self, as_editor):
        response = as_editor.post(NEW, FIELDS)

        reference = Reference.objects.get()
        assert response["Location"] == reverse("articles:reference", args=[reference.pk])
        assert reference.key == "specimen-2024"
        assert reference.csl == {
            "type": "article-journal",
            "title": "A study of specimens",
            "author": [
                {"family": "Specimen", "given": "Sam"},
                {"family": "Tube", "given": "Tess T."},
                {"literal": "Society of Plain Tests"},
            ],
            "container-title": "Journal of Tests",
            "issued": {"date-parts": [[2024, 3]]},
            "volume": "12",
            "page": "1-9",
            "DOI": "10.5555/abc.1",
        }

    def test_the_same_source_again_answers_409_and_says_where_it_is(self, as_editor):
        as_editor.post(NEW, FIELDS)
        first = Reference.objects.get()

        response = as_editor.post(NEW, {**FIELDS, "title": "The same, typed again"})

        page = text(response)
        assert response.status_code == 409
        assert "The library has this source already, as “specimen-2024”." in page
        assert reverse("articles:reference", args=[first.pk]) in page
        assert "The same, typed again" in page
        assert Reference.objects.count() == 1

    @pytest.mark.parametrize(
        ("changes", "field", "reason"),
        [
            ({"doi": "not a doi"}, "doi", "is not a DOI"),
            ({"pmid": "x1"}, "pmid", "is not a PMID"),
            ({"url": "ftp://example.invalid"}, "url", "is not a whole http or https address"),
            ({"title": "", "doi": ""}, "title", "Give a title, a DOI or a PMID."),
            ({"year": "", "month": "3"}, "year", "Give the year as well as the month."),
            ({"month": "", "day": "3"}, "month", "Give the month as well as the day."),
            ({"type": "poem"}, "type", "Select a valid choice."),
        ],
    )
    def test_bad_input_is_named_at_its_field(self, as_editor, changes, field, reason):
        response = as_editor.post(NEW, {**FIELDS, **changes})

        assert response.status_code == 400
        assert reason in str(response.context["form"].errors[field])
        assert not Reference.objects.exists()
        assert "Tube, Tess T." in text(response)


class TestEdit:
    CSL = {
        "type": "article-journal",
        "title": "A study",
        "author": [{"family": "Beek", "given": "Ben", "non-dropping-particle": "van"}],
        "issued": {"date-parts": [[2024, 3, 2], [2024, 3, 5]]},
        "DOI": "10.5555/edit.1",
        "abstract": "Kept, though the form has no field for it.",
        "ISSN": "1234-5679",
    }

    @pytest.fixture
    def reference(self, editor) -> Reference:
        return add_reference(actor=editor, csl=self.CSL, at=factories.AT)

    def sent(self, client, reference) -> dict[str, str]:
        form = client.get(reverse("articles:reference-edit", args=[reference.pk])).context["form"]
        return {name: str(form[name].value() or "") for name in form.fields}

    def test_saving_the_form_as_it_is_changes_nothing(self, as_editor, reference):
        before = reference.csl

        as_editor.post(
            reverse("articles:reference-edit", args=[reference.pk]), self.sent(as_editor, reference)
        )

        reference.refresh_from_db()
        assert reference.csl == before

    def test_a_change_keeps_what_the_form_has_no_field_for(self, as_editor, reference):
        changes = self.sent(as_editor, reference) | {"title": "A better title", "doi": ""}

        as_editor.post(reverse("articles:reference-edit", args=[reference.pk]), changes)

        reference.refresh_from_db()
        assert reference.title == "A better title"
        assert reference.csl["abstract"].startswith("Kept")
        assert reference.csl["author"][0]["non-dropping-particle"] == "van"
        assert "DOI" not in reference.csl

    def test_taking_anothers_doi_answers_409(self, as_editor, editor, reference):
        factories.make_reference(editor, key="other", doi="10.5555/other")
        changes = self.sent(as_editor, reference) | {"doi": "10.5555/other"}

        response = as_editor.post(reverse("articles:reference-edit", args=[reference.pk]), changes)

        assert response.status_code == 409
        assert "“other” is the same source" in text(response)


class TestOne:
    def test_it_shows_the_source_its_uses_and_its_notices(self, as_editor, editor):
        reference = factories.make_reference(editor, key="cited", title="A study of specimens")
        edition = factories.make_edition(
            editor, question="Who cites it?", body='<p>x<cite data-refs="cited"></cite></p>'
        )
        version = factories.make_version(edition, editor)

        page = text(as_editor.get(reverse("articles:reference", args=[reference.pk])))

        assert "Specimen S. A study of specimens." in page
        assert reverse("articles:edition", args=[edition.pk]) in page
        assert reverse("articles:version", args=[version.pk]) in page
        assert "None recorded." in page

    def test_a_notice_is_recorded_and_shows_at_once(self, as_editor, editor):
        reference = factories.make_reference(editor)
        sent = {"kind": "RETRACTION", "noticed_on": "2026-01-02", "reason": "Data were invented."}

        response = as_editor.post(
            reverse("articles:reference-notice", args=[reference.pk]), sent, follow=True
        )

        assert "Data were invented." in text(response)
        assert reference.notices.get().kind == "RETRACTION"

    @pytest.mark.parametrize(
        ("changes", "reason"),
        [
            ({"noticed_on": "2999-01-01"}, "A notice cannot be dated in the future."),
            ({"noticed_on": ""}, "This field is required."),
            ({"kind": "PRAISE"}, "Select a valid choice."),
        ],
    )
    def test_a_bad_notice_is_refused_and_kept_in_the_form(self, as_editor, editor, changes, reason):
        reference = factories.make_reference(editor)
        sent = {"kind": "CORRECTION", "noticed_on": "2026-01-02", "reason": "Typed.", **changes}

        response = as_editor.post(reverse("articles:reference-notice", args=[reference.pk]), sent)

        page = text(response)
        assert response.status_code == 400
        assert reason in page
        assert "Typed." in page
        assert not reference.notices.exists()

    def test_markup_in_a_record_stays_text(self, as_editor, editor):
        reference = factories.make_reference(editor, title="<img src=x onerror=alert(1)>")

        page = as_editor.get(reverse("articles:reference", args=[reference.pk])).content.decode()

        assert "<img" not in page


def _many(editor, first: int, last: int) -> None:
    Reference.objects.bulk_create(
        Reference(
            key=f"many-{number}",
            csl=json.loads('{"type": "document", "title": "One of many"}'),
            title=f"One of many, {number}",
            added_by=editor,
            added_at=factories.AT,
        )
        for number in range(first, last)
    )
