"""Writing a draft, and the overview of an edition."""

from html import unescape

import pytest
from django.urls import reverse
from reversion.models import Version as Saved

from articles.models import Edition, Reference
from review.verdicts.actions.deciding import request_changes
from tests import factories

BODY = '<p>A test<cite data-refs="specimen-a"></cite> of <strong>text</strong>.</p>'


@pytest.fixture
def edition(editor) -> Edition:
    factories.make_reference(editor, key="specimen-a")
    return factories.make_edition(editor, question="What is tested?", body=BODY)


def url(edition: Edition, page: str = "edit") -> str:
    return reverse(f"articles:{page}", args=[edition.pk])


def typed(edition: Edition, **changes) -> dict[str, str]:
    """Return what the form sends for an edition, with changes."""
    return {
        "title": edition.title,
        "heading": edition.heading,
        "summary": edition.summary,
        "body": edition.body,
        "jurisdiction": edition.jurisdiction,
        "draft_number": str(edition.draft_number),
        **changes,
    }


class TestSaving:
    def test_a_plain_form_post_saves_and_shows_the_stored_form(self, as_editor, edition):
        changes = typed(
            edition,
            title="What  is\ttested now?",
            body="<div>Typed <b>by hand</b></div>",
            note="Said what is tested.",
        )

        response = as_editor.post(url(edition), changes, follow=True)

        edition.refresh_from_db()
        assert response.redirect_chain == [(url(edition), 302)]
        assert (edition.title, edition.draft_number) == ("What is tested now?", 2)
        assert edition.body == "<p>Typed <strong>by hand</strong></p>"
        page = unescape(response.content.decode())
        assert "Draft 2 is saved." in page
        assert edition.body in page
        saved = Saved.objects.get_for_object(edition).first()
        assert saved.revision.comment == "Said what is tested."

    def test_a_save_that_changes_nothing_says_so_and_makes_nothing(self, as_editor, edition):
        response = as_editor.post(url(edition), typed(edition, note="Nothing."), follow=True)

        edition.refresh_from_db()
        assert edition.draft_number == 1
        assert Saved.objects.get_for_object(edition).count() == 1
        assert "Nothing had changed, so nothing was saved." in response.content.decode()

    def test_the_text_area_holds_the_stored_body_for_whoever_has_no_script(
        self, as_editor, edition
    ):
        page = as_editor.get(url(edition)).content.decode()

        area = page.partition('<textarea name="body"')[2].partition(">")[2]
        assert unescape(area.partition("</textarea>")[0]).lstrip("\n") == BODY

    def test_a_model_that_had_a_part_is_kept_with_its_facts(self, as_editor, edition):
        facts = {
            "ai_model": "Test model 1",
            "ai_prompt": "prompts/test.txt",
            "ai_date": "2026-11-20",
            "ai_responsible": "Eda Editor",
        }

        as_editor.post(url(edition), typed(edition, **facts))

        edition.refresh_from_db()
        assert edition.ai_provenance == {
            "model": "Test model 1",
            "prompt": "prompts/test.txt",
            "date": "2026-11-20",
            "responsible": "Eda Editor",
        }
        page = as_editor.get(url(edition)).content.decode()
        assert 'value="2026-11-20"' in page

    def test_a_draft_may_be_empty(self, as_editor, edition):
        response = as_editor.post(url(edition), typed(edition, title="", body=""))

        edition.refresh_from_db()
        assert response.status_code == 302
        assert (edition.title, edition.body) == ("", "")

    @pytest.mark.parametrize(
        ("changes", "reason"),
        [
            ({"title": "x" * 301}, "At most 300 characters; this has 301."),
            ({"summary": "x" * 1001}, "At most 1000 characters; this has 1001."),
            ({"body": "<blockquote>" * 80 + "x"}, "nested more than 60 levels deep"),
            ({"title": "a\x00b"}, "Null characters are not allowed."),
            ({"jurisdiction": "not a country"}, "A country code such as CN, or nothing."),
            ({"ai_prompt": "p"}, "Name the model that had a part in the text."),
            ({"ai_date": "yesterday"}, "Enter a valid date."),
            ({"draft_number": ""}, "This field is required."),
        ],
    )
    def test_bad_input_is_named_and_nothing_typed_is_lost(
        self, as_editor, edition, changes, reason
    ):
        sent = {"heading": "A heading that I typed", **changes}

        response = as_editor.post(url(edition), typed(edition, **sent))

        edition.refresh_from_db()
        page = unescape(response.content.decode())
        assert response.status_code == 400
        assert edition.draft_number == 1
        assert "A heading that I typed" in page
        if "draft_number" not in changes:
            assert reason in page

    def test_a_citation_that_points_nowhere_can_be_saved_and_is_checked(self, as_editor, edition):
        body = '<p>Nowhere<cite data-refs="nobody-1900"></cite></p>'

        response = as_editor.post(url(edition), typed(edition, body=body), follow=True)

        page = response.content.decode()
        assert "The citation “nobody-1900” points at no reference." in page
        assert "Add the reference to the library, or cite another." in page

    def test_what_the_page_knows_of_cited_sources_comes_along(self, as_editor, edition):
        page = as_editor.get(url(edition)).content.decode()

        assert '"specimen-a"' in page.partition('id="known-references"')[2]

    def test_the_import_map_carries_the_nonce_of_the_page(self, as_editor, edition):
        response = as_editor.get(url(edition))

        nonce = response["Content-Security-Policy"].partition("'nonce-")[2].partition("'")[0]
        assert nonce
        assert f'<script type="importmap" nonce="{nonce}">' in response.content.decode()

    def test_fifty_citations_cost_no_more_queries_than_one(
        self, as_editor, editor, edition, django_assert_max_num_queries, django_assert_num_queries
    ):
        as_editor.get(url(edition))
        with django_assert_max_num_queries(16) as one:
            as_editor.get(url(edition))
        keys = [factories.make_reference(editor).key for _ in range(50)]
        body = "".join(f'<p>x<cite data-refs="{key}"></cite></p>' for key in keys)
        factories.edit(edition, editor, body=body)

        with django_assert_num_queries(len(one)):
            as_editor.get(url(edition))


class TestOverview:
    def page(self, client, edition) -> str:
        response = client.get(url(edition, "edition"))
        assert response.status_code == 200
        return unescape(response.content.decode())

    def test_a_sound_draft_can_be_frozen_next(self, as_editor, edition):
        page = self.page(as_editor, edition)

        assert "Freeze as version 1" in page
        assert "Nothing stands against freezing this draft." in page
        assert page.count("button--primary") == 1

    def test_a_draft_with_problems_is_to_be_written_next(self, as_editor, editor, edition):
        factories.edit(edition, editor, body="")

        page = self.page(as_editor, edition)

        assert "The text is empty." in page
        assert "Write the text, or import it." in page
        assert "Continue writing" in page
        assert "Freeze as version" not in page

    def test_sources_to_be_identified_lead_to_the_first_of_them(self, as_editor, editor, edition):
        rows = [factories.make_reference(editor, key=f"source-{name}") for name in "ab"]
        Reference.objects.update(is_identified=False)
        factories.edit(edition, editor, body='<p>x<cite data-refs="source-a source-b"></cite></p>')

        page = self.page(as_editor, edition)

        second = reverse("articles:reference-edit", args=[rows[1].pk])
        first = f"{reverse('articles:reference-identify')}?edition={edition.pk}"
        assert (
            f'<a class="button button--primary" href="{first}">Identify the 2 sources</a>' in page
        )
        assert page.count("button--primary") == 1
        said = f"Source cited as 2 ({rows[1].title}) is still to be identified."
        assert f'<a href="{second}">{said}' in page
        frozen = unescape(as_editor.get(url(edition, "freeze")).content.decode())
        assert "Identify the 2 sources" in frozen
        assert 'name="change_note"' not in frozen

    def test_a_dangling_citation_leads_to_the_editor(self, as_editor, editor, edition):
        factories.edit(edition, editor, body='<p>x<cite data-refs="nobody-1900"></cite></p>')

        page = self.page(as_editor, edition)

        assert f'<a href="{url(edition)}">The citation “nobody-1900”' in page

    def test_a_frozen_version_is_to_be_sent_next(self, as_editor, editor, edition):
        version = factories.make_version(edition, editor)

        page = self.page(as_editor, edition)

        assert "Send version 1 to the board" in page
        assert f'href="{reverse("review:submit", args=[version.pk])}"' in page
        assert f'action="{reverse("review:submit", args=[version.pk])}"' not in page
        assert page.count("button--primary") == 1

    def test_the_button_really_sends_it(self, as_editor, editor, edition):
        version = factories.make_version(edition, editor)

        as_editor.post(reverse("review:submit", args=[version.pk]), {"note": "Please."})

        assert edition.submissions.get().note == "Please."
        page = self.page(as_editor, edition)
        assert "The board has version 1." in page
        assert "Send version" not in page

    def test_what_the_board_asked_is_shown(self, as_editor, editor, edition, reviewer, chair):
        submission = factories.make_submission(editor, edition=edition)
        factories.assign(submission, reviewer, chair)
        request_changes(
            actor=reviewer, submission_id=submission.pk, comment="Name the test.", at=factories.AT
        )

        page = self.page(as_editor, edition)

        assert "What the board asked about version 1" in page
        assert "Name the test." in page
        assert "Change the draft" in page

    def test_an_approved_edition_invites_a_newer_draft(
        self, as_editor, editor, edition, reviewer, chair
    ):
        factories.set_rule()
        factories.approve(factories.make_submission(editor, edition=edition), reviewer, chair)

        assert "Write a newer draft" in self.page(as_editor, edition)

    def test_who_worked_on_it_is_named_once(self, as_editor, editor, other_editor, edition):
        for number in range(3):
            factories.edit(edition, other_editor, summary=f"Summary {number}.")

        page = self.page(as_editor, edition)

        people = page.partition('class="people-list"')[2].partition("</ul>")[0]
        assert people.count(other_editor.name) == 1
        assert "3 times" in people

    def test_many_versions_cost_no_more_queries_than_one(
        self, as_editor, editor, edition, django_assert_num_queries
    ):
        factories.make_version(edition, editor)
        self.page(as_editor, edition)
        with django_assert_num_queries(12):
            self.page(as_editor, edition)
        for number in range(20):
            factories.edit(edition, editor, summary=f"{number}")
            factories.make_version(edition, editor)

        with django_assert_num_queries(12):
            self.page(as_editor, edition)


def test_a_reference_in_the_dialogs_data_cannot_end_its_script(as_editor, editor, edition):
    factories.make_reference(editor, key="hostile", title="</script><script>alert(1)</script>")
    body = '<p>x<cite data-refs="hostile"></cite></p>'
    factories.edit(edition, editor, body=body)

    page = as_editor.get(url(edition)).content.decode()

    assert Reference.objects.get(key="hostile").title.startswith("</script>")
    assert "<script>alert(1)" not in page
