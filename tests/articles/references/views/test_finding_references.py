"""Adding a source by its DOI, its PMID or a pasted citation."""

from html import unescape

import httpx2
import pytest
from django.urls import reverse

from articles.models import Reference
from manuscript.citing.findable import title_key
from tests import factories

FIND = "/desk/references/find/"
TAKE = "/desk/references/take/"
NEW = "/desk/references/new/"
CITATION = "Specimen S. A trial of sugar pills in invented people. J Tests. 2024;12:1-9."
TITLE = "A trial of sugar pills in invented people"
VAGUE = "Somebody. Something about pills. In a drawer."


def text(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


def found(response) -> dict:
    return response.context["found"]


class TestByIdentifier:
    def test_the_record_is_shown_before_it_is_added(self, as_editor, outside):
        response = as_editor.post(FIND, {"what": "https://doi.org/10.5555/FOUND.1"})

        assert "A trial of sugar pills in invented people" in text(response)
        assert "Add it to the library" in text(response)
        assert not Reference.objects.exists()

        response = as_editor.post(TAKE, {"carried": found(response)["carried"]})

        reference = Reference.objects.get()
        assert response["Location"] == reverse("articles:reference", args=[reference.pk])
        assert (reference.doi, reference.year) == ("10.5555/found.1", 2024)

    def test_a_retraction_is_said_first_and_recorded_with_it(self, as_editor, outside):
        response = as_editor.post(FIND, {"what": "10.5555/retracted.1"})

        assert "<strong>Retraction</strong>, 2025-01-02" in text(response)
        assert "Add it with its notices" in text(response)

        page = text(as_editor.post(TAKE, {"carried": found(response)["carried"]}, follow=True))

        notice = Reference.objects.get().notices.get()
        assert (notice.kind, str(notice.noticed_on)) == ("RETRACTION", "2025-01-02")
        assert "The notices against it were recorded with it." in page

    def test_a_source_that_the_library_has_is_offered_and_nobody_is_asked(
        self, as_editor, editor, outside
    ):
        there = factories.make_reference(editor, doi="10.5555/found.1")

        response = as_editor.post(FIND, {"what": "10.5555/found.1"})

        assert "The library has this source already" in text(response)
        assert reverse("articles:reference", args=[there.pk]) in text(response)
        assert outside.asked == []

    def test_what_was_merged_is_offered_as_what_stands_for_it(self, as_editor, editor, alone):
        gone = factories.make_reference(editor, doi="10.5555/found.1")
        kept = factories.make_reference(editor)
        Reference.objects.filter(pk=gone.pk).update(merged_into=kept)

        assert found(as_editor.post(FIND, {"what": "10.5555/found.1"}))["existing"] == kept

    def test_an_unknown_identifier_keeps_what_was_typed(self, as_editor, outside):
        response = as_editor.post(FIND, {"what": "10.5555/nowhere"})

        assert "Crossref knows no such source." in text(response)
        assert 'value="10.5555/nowhere"' in text(response)
        assert "What you gave is still here." in text(response)

    def test_a_service_that_does_not_answer_is_named(self, as_editor, outside):
        outside.failure = httpx2.ConnectError("no route")

        response = as_editor.post(FIND, {"what": "10.5555/found.1"})

        assert "Crossref could not be reached." in text(response)
        assert response.status_code == 200

    def test_with_lookups_off_the_page_says_so_and_how_else(self, as_editor, alone):
        assert "This site does not ask Crossref or PubMed." in text(as_editor.get(NEW))

        response = as_editor.post(FIND, {"what": "PMID: 31234567"})

        assert "This site does not ask Crossref or PubMed." in text(response)
        assert "Fill in the fields" in text(response)
        assert 'value="31234567"' in text(response)

    def test_a_record_unlike_what_was_typed_is_doubted(self, as_editor, outside):
        other = "Nobody N. Entirely different words about geology. 1999. doi:10.5555/found.1"

        response = as_editor.post(FIND, {"what": other})

        assert "looks unlike what was typed" in text(response)

    def test_a_record_that_fits_what_was_typed_is_not_doubted(self, as_editor, outside):
        response = as_editor.post(FIND, {"what": f"{CITATION} doi:10.5555/found.1"})

        assert found(response)["doubts"] == ()


class TestByCitation:
    def test_the_library_is_searched_and_says_why(self, as_editor, editor, alone):
        there = factories.make_reference(editor, title="A trial of sugar pills in invented people")
        factories.make_reference(editor, title="Another thing altogether")

        response = as_editor.post(FIND, {"what": CITATION})

        (candidate,) = found(response)["candidates"]
        assert candidate["reference"] == there
        assert candidate["score"] >= 60
        assert "The same title." in candidate["reasons"]
        assert f"It is this one: open {there.key}" in text(response)

    def test_crossref_is_asked_and_its_candidate_can_be_added(self, as_editor, outside):
        outside.items = [outside.works["10.5555/retracted.1"]]

        response = as_editor.post(FIND, {"what": CITATION})
        (candidate,) = found(response)["candidates"]

        assert "Retraction, 2025-01-02" in text(response)
        as_editor.post(TAKE, {"carried": candidate["carried"]})
        assert Reference.objects.get().notices.exists()

    def test_what_crossref_finds_and_the_library_has_is_not_shown_twice(
        self, as_editor, editor, outside
    ):
        there = factories.make_reference(
            editor, title="A trial of sugar pills in invented people", doi="10.5555/found.1"
        )
        outside.items = [outside.works["10.5555/found.1"]]

        (candidate,) = found(as_editor.post(FIND, {"what": CITATION}))["candidates"]

        assert candidate["reference"] == there

    def test_it_can_be_kept_as_typed_to_be_identified(self, as_editor, alone):
        response = as_editor.post(FIND, {"what": VAGUE})

        assert "Nothing like it is in the library." in text(response)
        as_editor.post(TAKE, {"carried": found(response)["carried_as_typed"]})
        reference = Reference.objects.get()
        assert reference.csl["note"] == VAGUE
        assert not reference.is_identified

    def test_the_same_words_again_are_not_kept_twice(self, as_editor, alone):
        for _again in range(2):
            carried = found(as_editor.post(FIND, {"what": VAGUE}))["carried_as_typed"]
            page = text(as_editor.post(TAKE, {"carried": carried}, follow=True))

        assert "The library had this source already" in page
        assert Reference.objects.count() == 1

    def test_crossref_failing_still_leaves_the_library(self, as_editor, editor, outside):
        factories.make_reference(editor, title="A trial of sugar pills in invented people")
        outside.failure = httpx2.ReadTimeout("slow")

        response = as_editor.post(FIND, {"what": CITATION})

        assert len(found(response)["candidates"]) == 1
        assert "took too long to answer" in text(response)

    def test_markup_in_it_stays_text(self, as_editor, alone):
        page = as_editor.post(FIND, {"what": "<script>alert(1)</script> 2024"}).content.decode()

        assert "<script>alert" not in page

    @pytest.mark.parametrize("what", ["", "   ", "x" * 4001])
    def test_nothing_or_too_much_is_refused_in_words(self, as_editor, what):
        response = as_editor.post(FIND, {"what": what})

        assert response.status_code == 400
        assert response.context["find_form"].errors["what"]

    def test_a_thousand_references_cost_no_more_queries_than_ten(
        self, as_editor, editor, alone, django_assert_num_queries
    ):
        many(editor, 10)
        as_editor.post(FIND, {"what": CITATION})
        with django_assert_num_queries(6):
            as_editor.post(FIND, {"what": CITATION})
        many(editor, 990)

        with django_assert_num_queries(6):
            response = as_editor.post(FIND, {"what": CITATION})

        assert len(found(response)["candidates"]) == 5


class TestTaking:
    def test_what_this_site_did_not_write_is_refused(self, as_editor):
        response = as_editor.post(TAKE, {"carried": "forged"})

        assert response.status_code == 400
        assert "Look it up again" in text(response)
        assert not Reference.objects.exists()

    @pytest.mark.parametrize("address", [FIND, TAKE])
    def test_only_who_keeps_the_library_may(self, client, chair, stranger, address):
        for user in (chair, stranger):
            client.force_login(user)
            assert client.post(address, {"what": "10.5555/x"}).status_code == 403


class TestWithoutATitle:
    FIELDS = {"type": "article-journal", "title": "", "doi": "10.5555/found.1"}

    def test_it_is_looked_up_and_shown(self, as_editor, outside):
        response = as_editor.post(NEW, self.FIELDS)

        assert "Is this the source?" in text(response)
        assert not Reference.objects.exists()

    def test_with_lookups_off_it_is_kept_and_its_title_missed(self, as_editor, alone):
        page = text(as_editor.post(NEW, self.FIELDS, follow=True))

        assert Reference.objects.get().doi == "10.5555/found.1"
        assert "Its title is still missing." in page

    def test_without_an_identifier_a_title_is_asked_for(self, as_editor, alone):
        response = as_editor.post(NEW, self.FIELDS | {"doi": ""})

        assert response.status_code == 400
        assert response.context["form"].errors["title"] == ["Give a title, a DOI or a PMID."]


class TestOddDois:
    def test_signs_of_old_dois_are_escaped_in_links_and_text(self, as_editor, editor):
        doi = '10.5555/1234(199901)5:1<1::aid-x>2.0"><b>;2-z'
        reference = factories.make_reference(editor, doi=doi)

        page = as_editor.get(reverse("articles:reference", args=[reference.pk])).content.decode()

        assert '"><b>' not in page
        assert (
            'href="https://doi.org/10.5555/1234(199901)5:1%3C1::aid-x%3E2.0%22%3E%3Cb%3E;2-z"'
            in page
        )


def many(editor, count: int) -> None:
    start = Reference.objects.count()
    Reference.objects.bulk_create(
        Reference(
            key=f"many-{number}",
            csl={"type": "document", "title": TITLE},
            title=TITLE,
            title_key=title_key(TITLE),
            added_by=editor,
            added_at=factories.AT,
        )
        for number in range(start, start + count)
    )
