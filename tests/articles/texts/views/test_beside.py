"""An adaptation beside its source, what moved on there, and where the desk says so."""

from html import unescape

import pytest
from django.urls import reverse

from articles.models import Edition
from articles.texts.actions.editions import add_edition
from articles.texts.staleness import draft_following
from tests import factories

SOURCE = (
    "<p>Opening words.</p>"
    "<h2>Benefits</h2><p>It helped 5 of 10.</p>"
    "<h2>Harms</h2><p>Shingles in 3%.</p>"
)
CHINESE = "<p>开头。</p><h2>益处</h2><p>10 人中有 5 人。</p><h2>危害</h2><p>3% 患带状疱疹。</p>"


@pytest.fixture
def source(editor) -> Edition:
    """Return an edition with a frozen version."""
    edition = factories.make_edition(editor, question="What is tested?", body=SOURCE)
    factories.make_version(edition, editor)
    return edition


@pytest.fixture
def adaptation(source, editor) -> Edition:
    """Return the same article in Chinese, which follows version 1."""
    edition = add_edition(
        actor=editor,
        article=source.article,
        language="zh",
        audience=source.audience,
        source=source,
        at=factories.AT,
    )
    return factories.edit(edition, editor, body=CHINESE, title="测试什么？")


def move_on(source: Edition, editor, **changes) -> None:
    """Change the source and freeze it as its next version."""
    changes = changes or {"body": SOURCE.replace("3%", "4%")}
    factories.edit(source, editor, **changes)
    factories.make_version(source, editor)


def url(edition: Edition, page: str = "beside") -> str:
    return reverse(f"articles:{page}", args=[edition.pk])


def text(response) -> str:
    assert response.status_code == 200
    return unescape(response.content.decode())


class TestStaleness:
    def test_nothing_is_stale_while_the_source_stands(self, adaptation):
        following = draft_following(adaptation)

        assert not following.is_behind
        assert following.stale == []
        assert "its current version" in following.line

    def test_a_draft_of_the_source_that_nobody_froze_is_no_news(self, source, adaptation, editor):
        factories.edit(source, editor, body="<p>Not said yet.</p>")

        assert not draft_following(adaptation).is_behind

    def test_the_changed_section_is_marked_on_the_section_that_renders_it(
        self, source, adaptation, editor
    ):
        move_on(source, editor)

        following = draft_following(adaptation)

        assert following.line == (
            "Follows version 1 of the English clinician edition; that edition is at version 2 now: "
            "1 section changed."
        )
        assert [(row.kind, row.name, row.heading) for row in following.stale] == [
            ("changed", "Harms", "危害")
        ]
        assert "<del>" in following.stale[0].html

    def test_a_section_added_and_one_taken_out_are_told(self, source, adaptation, editor):
        body = "<p>Opening words.</p><h2>Pregnancy</h2><p>Never.</p><h2>Harms</h2><p>Shingles in 3%.</p>"
        move_on(source, editor, body=body)

        stale = draft_following(adaptation).stale

        assert {(row.kind, row.name, row.heading) for row in stale} == {
            ("added", "Pregnancy", ""),
            ("removed", "Benefits", "益处"),
        }

    def test_a_new_summary_alone_is_said(self, source, adaptation, editor):
        move_on(source, editor, summary="In short.")

        following = draft_following(adaptation)

        assert [part.name for part in following.parts] == ["Summary"]
        assert "its title or summary changed" in following.line

    def test_what_the_board_approved_is_the_current_text(
        self, source, adaptation, editor, reviewer, chair
    ):
        factories.set_rule()
        submission = factories.submit(source.versions.get(), editor)
        factories.approve(submission, reviewer, chair)
        move_on(source, editor)

        assert not draft_following(adaptation).is_behind


class TestBeside:
    def test_each_section_stands_beside_the_one_that_renders_it(self, as_editor, adaptation):
        rows = as_editor.get(url(adaptation)).context["rows"]

        assert [(row.source.heading, row.target.heading) for row in rows] == [
            ("", ""),
            ("Benefits", "益处"),
            ("Harms", "危害"),
        ]

    def test_what_stands_on_one_side_only_is_shown(self, as_editor, source, adaptation, editor):
        move_on(source, editor, body=SOURCE + "<h2>Costs</h2><p>High.</p>")
        factories.edit(adaptation, editor, body=CHINESE + "<h3>补充</h3><p>更多。</p>")

        page = text(as_editor.get(url(adaptation)))

        assert "No section here renders it." in page
        assert "The source has no such section." in page
        assert "“Costs” new in the source" in page

    def test_any_state_of_the_source_can_be_chosen(self, as_editor, source, adaptation, editor):
        factories.edit(source, editor, body="<p>Only in the draft.</p>")

        assert "Only in the draft" not in text(as_editor.get(url(adaptation)))
        assert "Only in the draft" in text(as_editor.get(url(adaptation), {"show": "draft"}))
        assert as_editor.get(url(adaptation), {"show": "approved"}).status_code == 404

    def test_numbers_that_only_one_side_has_are_listed(self, as_editor, adaptation, editor):
        factories.edit(adaptation, editor, body=CHINESE.replace("3%", "8%"))

        found = as_editor.get(url(adaptation)).context["parity"].differences

        assert {(one.side, one.normalised) for one in found} >= {
            ("source", "3 %"),
            ("target", "8 %"),
        }

    def test_an_edition_of_its_own_says_how_to_choose(self, as_editor, source):
        assert "It adapts no other edition" in text(as_editor.get(url(source)))

    def test_one_button_records_that_the_text_is_in_line(
        self, as_editor, source, adaptation, editor
    ):
        move_on(source, editor)
        newest = source.versions.get(number=2)
        assert "This text is in line with version 2 now" in text(as_editor.get(url(adaptation)))

        response = as_editor.post(url(adaptation, "follow"), {"version": newest.pk}, follow=True)

        adaptation.refresh_from_db()
        assert adaptation.followed == newest
        assert "in line with version 2 of its source" in unescape(response.content.decode())
        assert "This text is in line" not in text(as_editor.get(url(adaptation)))

    @pytest.mark.parametrize("version", ["", "x", "0", "9999999999999999999999"])
    def test_no_version_changes_nothing(self, as_editor, adaptation, version):
        before = adaptation.followed_id

        response = as_editor.post(url(adaptation, "follow"), {"version": version}, follow=True)

        adaptation.refresh_from_db()
        assert adaptation.followed_id == before
        assert "no version of the edition" in unescape(response.content.decode())

    def test_who_may_not_write_sees_it_and_records_nothing(
        self, client, chair, source, adaptation, editor
    ):
        move_on(source, editor)
        client.force_login(chair)

        assert "This text is in line" not in text(client.get(url(adaptation)))
        answer = client.post(url(adaptation, "follow"), {"version": source.versions.last().pk})
        assert answer.status_code == 403

    def test_nobody_else_knows_that_it_exists(self, client, stranger, adaptation):
        client.force_login(stranger)

        assert client.get(url(adaptation)).status_code == 404
        assert client.post(url(adaptation, "follow"), {"version": 1}).status_code == 404
        assert client.get(url(adaptation, "source")).status_code == 404


class TestWhatItAdapts:
    def test_it_is_chosen_with_the_version_that_it_follows(self, as_editor, source, editor):
        public = add_edition(
            actor=editor,
            article=source.article,
            language="en",
            audience=factories.audience("public"),
            at=factories.AT,
        )
        version = source.versions.get()

        as_editor.post(url(public, "source"), {"follows": f"{source.pk}.{version.pk}"})

        public.refresh_from_db()
        assert (public.source, public.followed) == (source, version)

    def test_a_circle_is_refused_beside_the_field(self, as_editor, source, adaptation):
        response = as_editor.post(url(source, "source"), {"follows": f"{adaptation.pk}."})

        source.refresh_from_db()
        assert response.status_code == 400
        assert "adapted from this one" in unescape(response.content.decode())
        assert source.source is None

    def test_what_is_not_offered_is_refused(self, as_editor, source, editor):
        stray = factories.make_edition(editor)

        assert as_editor.post(url(source, "source"), {"follows": f"{stray.pk}."}).status_code == 400


class TestAddingAnEdition:
    def add(self, client, of: Edition, **sent):
        return client.post(
            reverse("articles:edition-add", args=[of.article_id]),
            {"language": "en", "audience": factories.audience("public").pk, **sent},
        )

    def test_the_approved_text_in_the_sites_language_is_offered_first(
        self, as_editor, source, editor, reviewer, chair
    ):
        factories.set_rule()
        public = add_edition(
            actor=editor,
            article=source.article,
            language="en",
            audience=factories.audience("public"),
            at=factories.AT,
        )
        factories.edit(public, editor, body="<p>Plain words.</p>")
        factories.approve(
            factories.submit(factories.make_version(public, editor), editor), reviewer, chair
        )

        form = as_editor.get(reverse("articles:article", args=[source.article_id])).context[
            "edition_form"
        ]

        assert form["source"].initial == public.pk
        assert "version 1, approved" in dict(form.fields["source"].choices)[public.pk]

    def test_it_begins_with_the_text_that_it_adapts(self, as_editor, source):
        self.add(as_editor, source, source=source.pk, begins_with="source")

        added = source.adaptations.get()
        assert added.body == source.body
        assert added.followed == source.versions.get()

    def test_a_text_to_begin_with_has_to_be_chosen(self, as_editor, source):
        response = self.add(as_editor, source, begins_with="source")

        assert response.status_code == 400
        assert response.context["edition_form"].errors["source"]
        assert source.article.editions.count() == 1


class TestWhereTheDeskSaysSo:
    def test_the_editions_own_page_and_the_freeze_page_do(
        self, as_editor, source, adaptation, editor
    ):
        move_on(source, editor)

        for page in ("edition", "freeze"):
            said = text(as_editor.get(url(adaptation, page)))
            assert "that edition is at version 2 now: 1 section changed." in said

    def test_the_list_of_drafts_does(self, as_editor, source, adaptation, editor):
        list_of_drafts = reverse("articles:desk")
        assert "Source moved on" not in text(as_editor.get(list_of_drafts))

        move_on(source, editor)

        assert text(as_editor.get(list_of_drafts)).count("Source moved on to version 2") == 1

    def test_more_versions_of_the_source_cost_no_more_queries(
        self, as_editor, source, adaptation, editor, django_assert_num_queries
    ):
        move_on(source, editor)
        as_editor.get(url(adaptation))
        with django_assert_num_queries(14):
            as_editor.get(url(adaptation))
        for number in range(20):
            move_on(source, editor, summary=f"Number {number}.")

        with django_assert_num_queries(14):
            as_editor.get(url(adaptation))
