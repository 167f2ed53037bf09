"""Two references that are one source become one, after somebody saw both."""

from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from articles.models import Reference
from articles.references.actions.merging import merge_references
from articles.references.actions.notices import record_notice
from tests import factories


@pytest.fixture
def pair(editor) -> tuple[Reference, Reference]:
    one = factories.make_reference(editor, key="one", title="The same study")
    other = factories.make_reference(editor, key="other", title="The same study")
    Reference.objects.filter(pk=other.pk).update(doi="", csl={**other.csl, "volume": "7"})
    other.refresh_from_db()
    return one, other


def address(reference: Reference) -> str:
    return reverse("articles:reference-merge", args=[reference.pk])


def page_of(reference: Reference) -> str:
    return reverse("articles:reference", args=[reference.pk])


def text(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


class TestProposals:
    def test_each_points_at_the_other(self, as_editor, pair):
        one, other = pair

        page = text(as_editor.get(page_of(one)))

        assert "It may be in the library twice" in page
        assert f"{address(one)}?with={other.pk}" in page

    @pytest.mark.parametrize(
        "changes", [{"doi": "10.5555/another"}, {"year": 1999}, {"title_key": "another"}]
    )
    def test_another_identifier_year_or_title_is_no_duplicate(self, as_editor, pair, changes):
        one, other = pair
        Reference.objects.filter(pk=other.pk).update(**changes)

        assert "in the library twice" not in text(as_editor.get(page_of(one)))
        listed = as_editor.get("/desk/references/", {"show": "double"})
        assert listed.context["rows"] == []

    def test_the_list_shows_both(self, as_editor, editor, pair):
        factories.make_reference(editor, title="Something else")

        rows = as_editor.get("/desk/references/", {"show": "double"}).context["rows"]

        assert [row for row, _shown in rows] == list(pair)


class TestPage:
    def test_both_are_shown_with_what_differs_and_the_drafts(self, as_editor, editor, pair):
        one, other = pair
        body = '<p>x<cite data-refs="other"></cite></p>'
        edition = factories.make_edition(editor, question="Who cites it?", body=body)

        page = text(as_editor.get(address(one), {"with": other.pk}))

        assert "<strong>differs</strong>" in page
        assert "Who cites it?" in page
        assert reverse("articles:edition", args=[edition.pk]) in page
        assert "A merge cannot be undone" in page
        assert "Versions stay as they are." in page

    def test_different_identifiers_are_warned_of(self, as_editor, editor):
        one, other = (factories.make_reference(editor, title="Same") for _ in range(2))

        page = text(as_editor.get(address(one), {"with": other.key}))

        assert "They have different DOIs: probably they are two sources." in page

    @pytest.mark.parametrize(
        ("wanted", "reason"),
        [
            ("nobody", "No reference has the key “nobody”."),
            ("one", "This is the reference itself."),
        ],
    )
    def test_a_wrong_choice_is_said(self, as_editor, pair, wanted, reason):
        response = as_editor.get(address(pair[0]), {"with": wanted})

        assert response.status_code == 400
        assert reason in text(response)


class TestMerging:
    def test_drafts_cite_the_one_that_stays_and_versions_do_not_change(
        self, as_editor, editor, pair
    ):
        one, other = pair
        body = '<p>x<cite data-refs="other"></cite></p>'
        edition = factories.make_edition(editor, body=body)
        version = factories.make_version(edition, editor)

        response = as_editor.post(address(one), {"with": other.pk, "stays": one.pk})

        edition.refresh_from_db()
        version.refresh_from_db()
        assert response["Location"] == page_of(one)
        assert 'data-refs="one"' in edition.body
        assert 'data-refs=\\"other\\"' in version.content
        page = text(as_editor.get(page_of(one)))
        assert reverse("articles:version", args=[version.pk]) in page
        assert f"{page_of(other)}?own=1" in page

    def test_the_other_may_stay(self, as_editor, pair):
        one, other = pair

        as_editor.post(address(one), {"with": other.pk, "stays": other.pk})

        one.refresh_from_db()
        assert one.merged_into == other

    def test_nothing_is_merged_before_somebody_says_which_stays(self, as_editor, pair):
        response = as_editor.post(address(pair[0]), {"with": pair[1].pk})

        assert response.status_code == 400
        assert not Reference.objects.filter(merged_into__isnull=False).exists()

    def test_only_who_keeps_the_library_may(self, client, chair, stranger, pair):
        one, other = pair
        client.force_login(chair)
        assert client.post(address(one), {"with": other.pk, "stays": one.pk}).status_code == 403
        client.force_login(stranger)
        assert client.get(address(one)).status_code == 404


class TestMerged:
    @pytest.fixture
    def merged(self, editor, pair) -> tuple[Reference, Reference]:
        one, other = pair
        merge_references(actor=editor, reference_id=other.pk, into_id=one.pk, at=factories.AT)
        other.refresh_from_db()
        return other, one

    def test_its_page_leads_to_what_stands_for_it(self, as_editor, merged):
        gone, kept = merged

        response = as_editor.get(page_of(gone), follow=True)

        assert response.redirect_chain == [(page_of(kept), 302)]
        assert "“other” was merged into “one”" in text(response)
        edited = as_editor.get(reverse("articles:reference-edit", args=[gone.pk]))
        assert edited["Location"] == reverse("articles:reference-edit", args=[kept.pk])

    def test_its_own_record_can_still_be_read(self, as_editor, merged):
        gone, _kept = merged

        page = text(as_editor.get(page_of(gone), {"own": 1}))

        assert "Merged into one" in page
        assert "Correct the record" not in page

    def test_list_search_and_files_leave_it_out(self, as_editor, merged):
        gone, kept = merged

        rows = as_editor.get("/desk/references/").context["rows"]
        found = as_editor.get("/desk/references/search", {"q": "same"}).json()["results"]
        exported = as_editor.get("/desk/references/list/csl-json/").json()

        assert [row.pk for row, _shown in rows] == [kept.pk]
        assert [row["key"] for row in found] == [kept.key]
        assert [row["id"] for row in exported] == [kept.key]
        assert gone.key != kept.key

    def test_merging_it_again_is_refused_with_where_it_went(self, as_editor, merged, editor):
        gone, kept = merged
        third = factories.make_reference(editor)

        response = as_editor.post(address(gone), {"with": third.pk, "stays": third.pk})

        assert response["Location"] == page_of(kept)


def test_a_correction_never_hides_a_retraction(as_editor, editor):
    reference = factories.make_reference(editor, title="Taken back")
    for kind, day in (("RETRACTION", date(2025, 1, 1)), ("CORRECTION", date(2026, 1, 1))):
        record_notice(
            actor=editor, reference_id=reference.pk, kind=kind, noticed_on=day, at=factories.AT
        )

    found = as_editor.get("/desk/references/search", {"q": "taken"}).json()["results"]

    assert found[0]["notice"] == "Retraction"
