from datetime import timedelta

import pytest

from accounts.models.user import Role
from articles.models import Contribution, Edition, Reference, Version
from articles.references.actions.merging import merge_references, resolve_reference
from articles.references.actions.notices import record_notice
from articles.references.actions.references import add_reference
from articles.texts.actions.drafts import save_draft
from articles.texts.actions.freezing import freeze
from articles.texts.draft import DraftText
from kernel.errors import NotAllowed, WrongState
from manuscript.citing.reading import ReadReference
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def editor():
    return factories.make_user("Edda Editor", Role.EDITOR)


@pytest.fixture
def pair(editor):
    """Two records of one source: one to be identified, one with its DOI."""
    vague = add_reference(
        actor=editor, csl={"type": "document", "note": "Specimen, a test."}, key="vague", at=AT
    )
    return vague, factories.make_reference(editor, key="clear")


def cites(*keys):
    return f'<p>A claim<cite data-refs="{" ".join(keys)}"></cite>.</p>'


def notices_of(reference):
    facts = ("kind", "noticed_on", "doi", "url", "reason", "recorded_by")
    return sorted(reference.notices.values_list(*facts))


class TestMergeReferences:
    def test_every_draft_cites_the_one_that_stands(self, editor, pair):
        vague, clear = pair
        one = factories.make_edition(editor, body=cites("vague"))
        both = factories.make_edition(editor, body=cites("vague", "clear"))

        merge_references(actor=editor, reference_id=vague.pk, into_id=clear.pk, at=AT)

        assert Edition.objects.get(pk=one.pk).body == cites("clear")
        assert Edition.objects.get(pk=both.pk).body == cites("clear")
        assert Edition.objects.get(pk=one.pk).draft_number == 2
        assert list(one.citations.values_list("reference__key", flat=True)) == ["clear"]
        assert vague.citations.count() == 0

    def test_whoever_merges_has_edited_the_drafts(self, editor, pair):
        vague, clear = pair
        edition = factories.make_edition(editor, body=cites("vague"))
        other = factories.make_user("Otto Other", Role.EDITOR)

        merge_references(actor=other, reference_id=vague.pk, into_id=clear.pk, at=AT)

        assert edition.contributions.filter(user=other, kind=Contribution.Kind.EDITED).count() == 1

    def test_versions_stay_as_they_were_frozen(self, editor):
        first = factories.make_reference(editor, key="first")
        second = factories.make_reference(editor, key="second")
        edition = factories.make_edition(editor, body=cites("first"))
        version = freeze(
            actor=editor,
            edition_id=edition.pk,
            draft_number=1,
            change_note="",
            change_class="",
            at=AT,
        )

        merge_references(actor=editor, reference_id=first.pk, into_id=second.pk, at=AT)

        kept = Version.objects.get(pk=version.pk)
        assert kept.digest == version.digest
        assert kept.frozen["references"][0]["key"] == "first"
        assert kept.cited_references.get().reference == first

    def test_a_notice_against_either_is_against_both(self, editor, pair):
        vague, clear = pair
        notice = {"kind": "RETRACTION", "noticed_on": AT.date(), "doi": "10.5555/notice"}
        record_notice(actor=editor, reference_id=vague.pk, at=AT, **notice)

        merge_references(actor=editor, reference_id=vague.pk, into_id=clear.pk, at=AT)
        later = notice | {"kind": "REINSTATEMENT"}
        record_notice(actor=editor, reference_id=clear.pk, at=AT, **later)

        for reference in pair:
            kinds = sorted(reference.notices.values_list("kind", flat=True))
            assert kinds == ["REINSTATEMENT", "RETRACTION"]

    @pytest.mark.parametrize("noticed", ["the one that goes", "the one that stays", "both"])
    def test_notices_are_copied_both_ways_once_each(self, editor, pair, noticed):
        vague, clear = pair
        shared = {"kind": "CORRECTION", "noticed_on": AT.date(), "doi": "10.5555/shared"}
        if noticed != "the one that stays":
            record_notice(
                actor=editor,
                reference_id=vague.pk,
                kind="RETRACTION",
                noticed_on=AT.date() - timedelta(days=1),
                at=AT,
                doi="10.5555/notice",
                url="https://journal.example/notice",
                reason="Data were invented.",
            )
            record_notice(actor=editor, reference_id=vague.pk, at=AT, **shared)
        if noticed != "the one that goes":
            record_notice(
                actor=editor,
                reference_id=clear.pk,
                kind="EXPRESSION_OF_CONCERN",
                noticed_on=AT.date(),
                at=AT,
            )
            record_notice(actor=editor, reference_id=clear.pk, at=AT, **shared)
        before = {facts for reference in pair for facts in notices_of(reference)}

        merge_references(
            actor=editor, reference_id=vague.pk, into_id=clear.pk, at=AT + timedelta(days=1)
        )

        assert notices_of(vague) == notices_of(clear) == sorted(before)

    def test_a_notice_reaches_what_was_merged_long_ago(self, editor, pair):
        """A Version cites the first of three; only the last of them is retracted."""
        vague, clear = pair
        third = factories.make_reference(editor, key="third")
        record_notice(
            actor=editor, reference_id=third.pk, kind="RETRACTION", noticed_on=AT.date(), at=AT
        )
        record_notice(
            actor=editor, reference_id=vague.pk, kind="CORRECTION", noticed_on=AT.date(), at=AT
        )

        merge_references(actor=editor, reference_id=vague.pk, into_id=clear.pk, at=AT)
        merge_references(actor=editor, reference_id=clear.pk, into_id=third.pk, at=AT)

        for reference in (vague, clear, third):
            assert [row[0] for row in notices_of(reference)] == ["CORRECTION", "RETRACTION"]

    def test_what_was_merged_before_follows(self, editor, pair):
        vague, clear = pair
        third = factories.make_reference(editor, key="third")
        merge_references(actor=editor, reference_id=vague.pk, into_id=clear.pk, at=AT)

        merge_references(actor=editor, reference_id=clear.pk, into_id=third.pk, at=AT)

        assert Reference.objects.get(pk=vague.pk).merged_into == third

    def test_adding_the_merged_source_again_finds_the_one_that_stands(self, editor):
        preprint = factories.make_reference(editor, key="preprint", doi="10.5555/preprint")
        paper = factories.make_reference(editor, key="paper")
        merge_references(actor=editor, reference_id=preprint.pk, into_id=paper.pk, at=AT)

        with pytest.raises(WrongState) as refusal:
            factories.make_reference(editor, key="again", doi="10.5555/preprint")

        assert refusal.value.current == "paper"

    @pytest.mark.parametrize("which", ["itself", "merged"])
    def test_nothing_is_merged_into_itself_or_twice(self, editor, pair, which):
        vague, clear = pair
        if which == "merged":
            merge_references(actor=editor, reference_id=vague.pk, into_id=clear.pk, at=AT)

        with pytest.raises(WrongState):
            merge_references(
                actor=editor,
                reference_id=vague.pk,
                into_id=vague.pk if which == "itself" else clear.pk,
                at=AT,
            )

    def test_a_reviewer_cannot_merge(self, editor, pair):
        vague, clear = pair
        reviewer = factories.make_user("Rena Reviewer", Role.REVIEWER)

        with pytest.raises(NotAllowed):
            merge_references(actor=reviewer, reference_id=vague.pk, into_id=clear.pk, at=AT)

        assert Reference.objects.get(pk=vague.pk).merged_into is None

    def test_a_text_written_meanwhile_cites_the_one_that_stands(self, editor, pair):
        vague, clear = pair
        edition = factories.make_edition(editor, body="<p>Empty.</p>")
        merge_references(actor=editor, reference_id=vague.pk, into_id=clear.pk, at=AT)

        saved = save_draft(
            actor=editor,
            edition_id=edition.pk,
            draft_number=1,
            text=DraftText(title="T", body=cites("vague", "clear")),
            at=AT,
        )

        assert saved.edition.body == cites("clear")


class TestResolveReference:
    CSL = {"type": "article-journal", "title": "A found title", "DOI": "10.5555/found"}
    RETRACTED = {
        "kind": "RETRACTION",
        "noticed_on": "2024-05-06",
        "doi": "10.5555/notice",
        "url": "",
        "source": "Retraction",
    }

    def resolved(self, editor, reference, *, notices=(), **changes):
        read = ReadReference(csl=self.CSL | changes, place="1", record=1, notices=tuple(notices))
        return resolve_reference(
            actor=editor, reference_id=reference.pk, read=read, at=AT
        ).reference

    def test_a_retraction_comes_with_the_source(self, editor, pair):
        vague, _clear = pair

        found = self.resolved(editor, vague, notices=[self.RETRACTED])

        assert found.notices.get().kind == "RETRACTION"

    def test_no_source_is_identified_whose_retraction_was_lost(self, editor, pair, monkeypatch):
        """Stopped between the two, neither is there."""
        vague, _clear = pair

        def stopped(*args, **kwargs):
            raise KeyboardInterrupt

        monkeypatch.setattr("articles.references.actions.notices._record", stopped)
        with pytest.raises(KeyboardInterrupt):
            self.resolved(editor, vague, notices=[self.RETRACTED])

        vague.refresh_from_db()
        assert not vague.is_identified

    def test_a_new_source_corrects_the_record(self, editor, pair):
        vague, _clear = pair

        found = self.resolved(editor, vague)

        assert found.pk == vague.pk
        assert found.is_identified
        assert found.doi == "10.5555/found"

    def test_a_source_of_the_library_takes_its_place(self, editor, pair):
        vague, clear = pair
        edition = factories.make_edition(editor, body=cites("vague"))

        found = self.resolved(editor, vague, DOI=clear.doi)

        assert found == clear
        assert Edition.objects.get(pk=edition.pk).body == cites("clear")
