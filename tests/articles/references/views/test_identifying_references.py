"""Working through the sources that are to be identified."""

from html import unescape

import httpx2
import pytest
from django.urls import reverse

from articles.models import Reference
from articles.references.actions.merging import merge_references
from articles.references.actions.references import add_reference
from tests import factories

IDENTIFY = "/desk/references/identify/"
ADDRESS = "https://pages.example/sugar-pills"
TITLE = "A trial of sugar pills in invented people"


@pytest.fixture
def vague(editor) -> Reference:
    return make_vague(editor, f"Specimen S. {TITLE}. 2024.")


def make_vague(editor, words: str) -> Reference:
    return add_reference(actor=editor, csl={"type": "document", "note": words}, at=factories.AT)


def make_web_page(editor, address: str = ADDRESS, **facts) -> Reference:
    csl = {"type": "webpage", "URL": address, **facts}
    return add_reference(actor=editor, csl=csl, at=factories.AT)


def text(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


def decide(client, reference: Reference, **sent):
    return client.post(reverse("articles:reference-decide", args=[reference.pk]), sent)


class TestQueue:
    def test_it_shows_what_was_typed_and_how_far_one_is(self, as_editor, editor, vague, alone):
        make_vague(editor, "Another vague source.")
        factories.make_reference(editor)

        page = text(as_editor.get(IDENTIFY))

        assert f"Specimen S. {TITLE}. 2024." in page
        assert "1 of 2" in page
        assert f"{IDENTIFY}?after={vague.pk}" in page

    def test_skipping_leads_to_the_next_and_the_end_says_what_is_left(
        self, as_editor, editor, vague, alone
    ):
        other = make_vague(editor, "Another vague source.")

        assert "2 of 2" in text(as_editor.get(IDENTIFY, {"after": vague.pk}))
        end = text(as_editor.get(IDENTIFY, {"after": other.pk}))
        assert "2 sources are still to be identified" in end

    def test_with_nothing_to_do_it_says_so(self, as_editor, editor):
        factories.make_reference(editor)

        assert "Every source is identified" in text(as_editor.get(IDENTIFY))

    def test_one_draft_has_a_queue_of_its_own(self, as_editor, editor, vague, alone):
        other = make_vague(editor, "Another vague source.")
        body = f'<p>x<cite data-refs="{other.key}"></cite></p>'
        edition = factories.make_edition(editor, body=body)

        response = as_editor.get(IDENTIFY, {"edition": edition.pk})

        assert response.context["reference"] == other
        assert "1 of 1" in text(response)
        assert as_editor.get(IDENTIFY, {"edition": "999999"}).status_code == 404

    def test_a_thousand_cost_no_more_queries_than_ten(
        self, as_editor, editor, alone, django_assert_num_queries
    ):
        many(editor, 10)
        as_editor.get(IDENTIFY)
        with django_assert_num_queries(10):
            as_editor.get(IDENTIFY)
        many(editor, 990)

        with django_assert_num_queries(10):
            assert "1 of 1000" in text(as_editor.get(IDENTIFY))


class TestCandidates:
    def test_the_library_proposes_with_score_and_reasons(self, as_editor, editor, vague, alone):
        there = factories.make_reference(editor, title=TITLE)

        response = as_editor.get(IDENTIFY)

        (candidate,) = response.context["candidates"]
        assert candidate["reference"] == there
        page = text(response)
        assert f"{candidate['score']} of 100" in page
        assert "Its title stands in what was typed." in page
        assert "This cannot be undone." in page

    def test_with_lookups_off_the_page_says_so(self, as_editor, vague, alone):
        page = text(as_editor.get(IDENTIFY))

        assert "This site does not ask Crossref or PubMed." in page
        assert "Ask Crossref" not in page

    def test_crossref_is_asked_only_when_somebody_asks(self, as_editor, vague, outside):
        outside.items = [outside.works["10.5555/found.1"]]
        as_editor.get(IDENTIFY)
        assert outside.asked == []

        page = text(as_editor.get(reverse("articles:reference-candidates", args=[vague.pk])))

        assert TITLE in page
        assert "It is this one" in page
        assert TITLE in text(as_editor.get(IDENTIFY, {"crossref": 1}))

    def test_crossref_failing_is_said(self, as_editor, vague, outside):
        outside.failure = httpx2.ConnectError("no route")

        page = text(as_editor.get(reverse("articles:reference-candidates", args=[vague.pk])))

        assert "Crossref could not be reached." in page

    def test_a_source_without_words_is_not_asked_for(self, as_editor, editor, outside):
        page_only = make_web_page(editor)

        page = text(as_editor.get(reverse("articles:reference-candidates", args=[page_only.pk])))

        assert "There are no words to ask Crossref for." in page
        assert "knows nothing" not in page


class TestWebPages:
    def test_what_is_needed_is_named(self, as_editor, editor, alone):
        make_web_page(editor)

        page = text(as_editor.get(IDENTIFY))

        assert "A web page needs its address, its title, and one of these: its publisher" in page

    def test_a_pasted_address_is_one_too_and_a_citation_with_one_is_not(
        self, as_editor, editor, alone
    ):
        pasted = make_vague(editor, f"{ADDRESS}.")
        cited = make_vague(editor, f"Specimen S. {TITLE}. 2024. {ADDRESS}")

        assert "A web page needs" in text(as_editor.get(IDENTIFY, {"at": pasted.pk}))
        assert "A web page needs" not in text(as_editor.get(IDENTIFY, {"at": cited.pk}))

    def test_a_record_with_the_same_address_is_a_candidate(self, as_editor, editor, alone):
        make_web_page(editor)
        there = make_web_page(editor, ADDRESS.replace("https", "http") + "/", title="A page")

        (candidate,) = as_editor.get(IDENTIFY).context["candidates"]

        assert candidate["reference"] == there
        assert candidate["reasons"][0] == "The same web address."

    def test_giving_what_is_missing_leads_to_the_next_in_the_queue(self, as_editor, editor, alone):
        page_only = make_web_page(editor)
        edit = as_editor.get(IDENTIFY).context["queue"]["edit"]
        assert "A web page needs its address, its title" in text(as_editor.get(edit))
        sent = {
            "type": "webpage",
            "title": "A page",
            "publisher": "The Invented Office",
            "url": ADDRESS,
        }

        response = as_editor.post(edit, sent)

        assert response["Location"] == f"{IDENTIFY}?after={page_only.pk}"
        page_only.refresh_from_db()
        assert page_only.is_identified

    def test_the_library_lists_it_by_its_address(self, as_editor, editor):
        make_web_page(editor)

        assert f">{ADDRESS}</a>" in text(as_editor.get(reverse("articles:references")))


class TestDeciding:
    def test_a_reference_of_the_library_takes_its_place_in_drafts(
        self, as_editor, editor, vague, alone
    ):
        there = factories.make_reference(editor, title=TITLE)
        body = f'<p>x<cite data-refs="{vague.key}"></cite></p>'
        edition = factories.make_edition(editor, body=body)

        response = decide(as_editor, vague, into=there.pk, edition=edition.pk)

        edition.refresh_from_db()
        assert f'data-refs="{there.key}"' in edition.body
        assert response["Location"] == f"{IDENTIFY}?edition={edition.pk}&after={vague.pk}"

    def test_a_record_of_crossref_corrects_it_with_its_notices(self, as_editor, vague, outside):
        outside.items = [outside.works["10.5555/retracted.1"]]
        address = reverse("articles:reference-candidates", args=[vague.pk])
        (candidate,) = as_editor.get(address).context["proposed"]

        decide(as_editor, vague, carried=candidate["carried"])

        vague.refresh_from_db()
        assert vague.is_identified
        assert vague.doi == "10.5555/retracted.1"
        assert vague.notices.get().kind == "RETRACTION"

    def test_what_was_merged_meanwhile_goes_on_to_the_next(self, as_editor, editor, vague, alone):
        there = factories.make_reference(editor)
        merge_references(actor=editor, reference_id=vague.pk, into_id=there.pk, at=factories.AT)

        response = decide(as_editor, vague, into=there.pk)

        assert response["Location"] == f"{IDENTIFY}?after={vague.pk}"

    def test_a_candidate_that_was_merged_meanwhile_is_refused(
        self, as_editor, editor, vague, alone
    ):
        gone, kept = (factories.make_reference(editor) for _ in range(2))
        merge_references(actor=editor, reference_id=gone.pk, into_id=kept.pk, at=factories.AT)

        response = decide(as_editor, vague, into=gone.pk)

        assert response.status_code == 409
        assert "was merged into another meanwhile" in text(response)

    def test_what_this_site_did_not_write_is_refused(self, as_editor, vague, alone):
        response = decide(as_editor, vague, carried="forged")

        assert response.status_code == 400
        vague.refresh_from_db()
        assert not vague.is_identified

    def test_only_who_keeps_the_library_may(self, client, chair, stranger, vague):
        client.force_login(chair)
        assert decide(client, vague, into=1).status_code == 403
        assert client.get(IDENTIFY).status_code == 403
        client.force_login(stranger)
        assert decide(client, vague, into=1).status_code == 403


class TestLookingUp:
    def send(self, client, reference, identifier: str):
        address = reverse("articles:reference-look-up", args=[reference.pk])
        return client.post(address, {"identifier": identifier})

    def test_the_record_is_shown_to_be_confirmed(self, as_editor, vague, outside):
        response = self.send(as_editor, vague, "10.5555/found.1")

        shown = response.context["looked_up"]
        assert "Its title stands in what was typed." in shown["reasons"]
        assert not Reference.objects.get(pk=vague.pk).is_identified

    def test_what_the_library_has_is_offered(self, as_editor, editor, vague, alone):
        there = factories.make_reference(editor, doi="10.5555/found.1")

        response = self.send(as_editor, vague, "10.5555/found.1")

        assert response.context["looked_up"]["reference"] == there

    @pytest.mark.parametrize(
        ("identifier", "reason"),
        [
            ("words", "“words” is neither a DOI nor a PMID."),
            ("", "“” is neither a DOI nor a PMID."),
            ("10.5555/nowhere", "Crossref knows no such source."),
        ],
    )
    def test_a_failure_says_why_and_keeps_what_was_typed(
        self, as_editor, vague, outside, identifier, reason
    ):
        response = self.send(as_editor, vague, identifier)

        assert response.status_code == 400
        assert reason in text(response)
        assert f'name="identifier" value="{identifier}"' in text(response)


def many(editor, count: int) -> None:
    start = Reference.objects.count()
    Reference.objects.bulk_create(
        Reference(
            key=f"many-{number}",
            csl={"type": "document", "note": "A vague source of nothing"},
            added_by=editor,
            added_at=factories.AT,
        )
        for number in range(start, start + count)
    )
