"""The article page in every state: what it says has to be what happened."""

import re
from datetime import date, timedelta

import pytest

from articles.models import Disclaimer, Topic
from articles.references.actions.notices import record_notice
from articles.texts.actions.editions import change_article
from review.public.actions.noticing import publish_notice
from review.rounds.actions.assigning import assign_reviewer
from review.verdicts.actions.deciding import recuse
from tests import factories
from tests.reader.conftest import NOW, json_ld, url, words

BODY = (
    '<h2>First</h2><p>One claim.<cite data-refs="b-1"></cite> Another.'
    '<cite data-refs="a-1 b-1"></cite></p><h3>Part</h3><p>More.</p>'
)


@pytest.fixture
def sources(editor):
    return [factories.make_reference(editor, key=key) for key in ("a-1", "b-1")]


class TestPending:
    def test_it_is_under_a_caution_and_hidden_from_search_engines(self, client, pending):
        response = client.get(url(pending()))
        assert response.status_code == 200
        assert "Caution: no board member has approved this text" in words(response)
        assert '<meta name="robots" content="noindex">' in response.content.decode()
        assert response.headers["X-Robots-Tag"] == "noindex"

    def test_the_board_line_claims_no_review(self, client, pending):
        page = words(client.get(url(pending())))
        assert "Nobody on the board has approved this text yet." in page
        assert "no reviewer has been asked yet" in page
        assert "Reviewed by" not in page
        assert "Signed by" not in page

    def test_the_current_step_is_marked(self, client, pending):
        html = client.get(url(pending())).content.decode()
        steps = re.findall(r'<li class="stepper__step[^>]*>', html)
        assert [("aria-current" in step) for step in steps] == [True, False, False]

    def test_a_signature_that_is_no_approval_yet_names_nobody(
        self, client, pending, reviewer, second_reviewer, chair
    ):
        submission = pending()
        submission.rule["approvals_needed"] = 2
        factories.set_rule(approvals=2, pending=True)
        submission = factories.make_submission(submission.submitted_by)
        factories.assign(submission, reviewer, chair)
        factories.assign(submission, second_reviewer, chair)
        factories.sign(submission, reviewer)
        response = client.get(url(submission))
        page = words(response)
        assert "Being reviewed by two board members since 22 November 2026." in page
        assert "One of them has signed so far; that is not an approval yet." in page
        assert reviewer.name not in page
        assert "reviewedBy" not in json_ld(response)

    def test_who_stepped_aside_does_not_count_as_reviewing(
        self, client, pending, reviewer, second_reviewer, chair
    ):
        submission = pending()
        factories.assign(submission, reviewer, chair)
        factories.assign(submission, second_reviewer, chair)
        recuse(actor=reviewer, submission_id=submission.pk, comment="", at=factories.AT)
        assert "reviewed by one board member" in words(client.get(url(submission)))

    def test_a_reader_who_holds_the_page_is_told_when_somebody_steps_aside(
        self, client, pending, reviewer, second_reviewer, chair
    ):
        submission = pending()
        factories.assign(submission, reviewer, chair)
        factories.assign(submission, second_reviewer, chair)
        held = client.get(url(submission))
        assert "reviewed by two board members" in words(held)

        recuse(actor=reviewer, submission_id=submission.pk, comment="", at=factories.AT)

        response = client.get(url(submission), headers={"If-None-Match": held.headers["ETag"]})
        assert response.status_code == 200
        assert "reviewed by one board member" in words(response)

    def test_where_the_rule_keeps_pending_text_private_there_is_no_page(self, client, editor):
        factories.set_rule(approvals=1, pending=False)
        submission = factories.make_submission(editor)
        assert client.get(url(submission)).status_code == 404
        assert client.get(url(submission, "history")).status_code == 404


class TestApproved:
    def test_the_board_line_says_who_and_when(self, client, approve):
        submission = approve()
        page = words(client.get(url(submission)))
        assert "Reviewed by one board member on 22 November 2026." in page
        assert "Rhea Reviewer signed exactly this text, version 1." in page
        assert "all articles" not in page.lower()

    def test_it_may_be_indexed_and_has_no_caution(self, client, approve):
        response = client.get(url(approve()))
        assert "noindex" not in response.content.decode()
        assert "X-Robots-Tag" not in response.headers
        assert "Caution: no board" not in words(response)

    def test_a_signature_shows_what_was_signed(self, client, approve):
        submission = approve()
        page = words(client.get(url(submission)))
        assert "MD, Consultant in rheumatology" in page
        assert "Reviewed for: Rheumatology" in page
        assert submission.signatures.get().signed["meaning"] in page
        assert submission.version.digest[:8] in page

    def test_updated_and_reviewed_are_two_dates(self, client, editor, approve, reviewer, chair):
        submission = approve()
        edition = factories.edit(submission.edition, editor, body="<p>Spelled rightly.</p>")
        later = factories.AT + timedelta(days=30)
        version = factories.make_version(edition, editor, change_class="EDITORIAL", at=later)
        factories.approve(factories.submit(version, editor, at=later), reviewer, chair, at=later)
        page = words(client.get(url(submission)))
        assert "Last updated 22 December 2026" in page
        assert "Last reviewed 22 November 2026" in page
        assert "after a change of wording only" in page
        assert "last reviewed on 22 November 2026" in page

    def test_an_overdue_review_is_said(self, client, clock, approve):
        submission = approve()
        before = words(client.get(url(submission)))
        assert "should have been reviewed again" not in before
        assert "Next review due 22 November 2027" in before
        clock.now = NOW + timedelta(days=400)
        after = words(client.get(url(submission)))
        assert "should have been reviewed again by 22 November 2027" in after
        assert "Approved, review overdue" in after

    def test_a_newer_pending_version_is_noted_and_not_shown(self, client, editor, approve):
        submission = approve(body="<p>Approved words.</p>")
        edition = factories.edit(submission.edition, editor, body="<p>Newer words.</p>")
        assert "newer version" not in words(client.get(url(submission)))
        factories.submit(factories.make_version(edition, editor), editor)
        page = words(client.get(url(submission)))
        assert "A newer version has been before the board since 22 November 2026" in page
        assert "Approved words." in page
        assert "Newer words." not in page

    def test_the_disclaimers_are_those_frozen_in_the_version(self, client, approve):
        row = Disclaimer.objects.create(
            language="en", text="As it stood then.", in_force_from=date(2026, 1, 1)
        )
        submission = approve()
        Disclaimer.objects.filter(pk=row.pk).update(text="As it stands now.")
        page = words(client.get(url(submission)))
        assert "As it stood then." in page
        assert "As it stands now." not in page

    def test_a_part_of_a_language_model_is_disclosed(self, client, approve):
        provenance = {"model": "Specimen 1", "date": "2026-10-01", "responsible": "Eda"}
        page = words(client.get(url(approve(ai_provenance=provenance))))
        assert "Part of this text came from a language model Model Specimen 1" in page
        assert "language model" not in words(client.get(url(approve())))

    def test_the_text_is_the_frozen_one(self, client, approve):
        submission = approve(body="<p>Frozen &amp; escaped &lt;b&gt;.</p>")
        assert (
            "<p>Frozen &amp; escaped &lt;b&gt;.</p>" in client.get(url(submission)).content.decode()
        )

    def test_the_contents_link_to_the_sections(self, client, approve, sources):
        html = client.get(url(approve(body=BODY))).content.decode()
        targets = re.findall(r'<nav class="toc.*?</nav>', html, re.DOTALL)[0]
        for anchor in re.findall(r'href="#([^"]+)"', targets):
            assert f'id="{anchor}"' in html
        assert targets.count("<li>") == 2

    def test_the_first_topic_is_the_way_up(self, client, approve):
        submission = approve()
        topic = Topic.objects.create(slug="lungs", name="Lungs")
        submission.edition.article.topics.add(topic)
        assert 'href="/topics/lungs/"' in client.get(url(submission)).content.decode()


class TestReferences:
    def test_they_are_numbered_in_the_order_of_the_text(self, client, approve, sources):
        submission = approve(body=BODY)
        html = client.get(url(submission)).content.decode()
        first, second = submission.version.rendered_references
        assert html.index('id="ref-1"') < html.index(first)
        assert html.index(first) < html.index('id="ref-2"') < html.index(second)
        assert [row["key"] for row in submission.version.frozen["references"]] == ["b-1", "a-1"]

    def test_every_link_between_text_and_list_has_its_target(self, client, approve, sources):
        html = client.get(url(approve(body=BODY))).content.decode()
        ids = re.findall(r'\bid="([^"]+)"', html)
        assert len(ids) == len(set(ids))
        assert {"cite-1-1", "cite-1-2", "cite-2-1", "ref-1", "ref-2"} <= set(ids)
        for target in re.findall(r'href="#((?:ref|cite)-[\d-]+)"', html):
            assert target in ids
        for place in ("cite-1-1", "cite-1-2", "cite-2-1"):
            assert f'href="#{place}"' in html

    def test_a_citation_has_a_name(self, client, approve, sources):
        html = client.get(url(approve(body=BODY))).content.decode()
        assert 'id="cite-2-1" aria-label="Reference 2"' in html

    def test_a_retracted_source_raises_the_alarm(self, client, editor, approve, sources):
        submission = approve(body=BODY)
        before = client.get(url(submission))
        assert "has been retracted" not in words(before)
        record_notice(
            actor=editor,
            reference_id=sources[0].pk,
            kind="RETRACTION",
            noticed_on=date(2026, 11, 20),
            at=factories.AT,
            doi="10.5555/notice",
        )
        response = client.get(url(submission), headers={"If-None-Match": before.headers["ETag"]})
        assert response.status_code == 200
        assert "A source that this text cites has been retracted" in words(response)
        html = response.content.decode()
        assert 'aria-label="Reference 2, retracted" class="is-retracted"' in html
        assert 'aria-label="Reference 1, retracted"' not in html
        assert "https://doi.org/10.5555/notice" in html

    @pytest.mark.parametrize("reinstated", [10, 12])
    def test_a_reinstated_source_raises_none(self, client, editor, approve, sources, reinstated):
        submission = approve(body=BODY)
        for kind, day in (("RETRACTION", 10), ("REINSTATEMENT", reinstated)):
            record_notice(
                actor=editor,
                reference_id=sources[0].pk,
                kind=kind,
                noticed_on=date(2026, 11, day),
                at=factories.AT,
            )
        page = words(client.get(url(submission)))
        assert "has been retracted" not in page
        assert "Retracted, and reinstated later" in page

    def test_a_concern_is_noted_without_alarm(self, client, editor, approve, sources):
        submission = approve(body=BODY)
        record_notice(
            actor=editor,
            reference_id=sources[1].pk,
            kind="EXPRESSION_OF_CONCERN",
            noticed_on=date(2026, 11, 20),
            at=factories.AT,
        )
        page = words(client.get(url(submission)))
        assert "Expression of concern" in page
        assert "has been retracted" not in page


class TestNotices:
    def test_a_caution_shows_at_once_and_goes_when_lifted(self, client, approve, chair):
        submission = approve()
        article = submission.edition.article
        tag = client.get(url(submission)).headers["ETag"]
        say = {"actor": chair, "article": article}
        publish_notice(**say, kind="CAUTION", text="Be careful.", at=factories.AT)
        response = client.get(url(submission), headers={"If-None-Match": tag})
        assert "Caution Be careful." in words(response)
        publish_notice(
            **say, kind="CAUTION_LIFTED", text="All clear.", at=factories.AT + timedelta(hours=1)
        )
        assert "Be careful." not in words(client.get(url(submission)))

    def test_lifting_one_edition_s_caution_leaves_the_article_s(self, client, approve, chair):
        submission = approve()
        say = {"actor": chair, "article": submission.edition.article}
        publish_notice(**say, kind="CAUTION", text="For all of it.", at=factories.AT)
        publish_notice(
            **say, kind="CAUTION", text="Here.", edition=submission.edition, at=factories.AT
        )
        publish_notice(
            **say,
            kind="CAUTION_LIFTED",
            text="Here no more.",
            edition=submission.edition,
            at=factories.AT + timedelta(hours=1),
        )
        page = words(client.get(url(submission)))
        assert "For all of it." in page
        assert "Here." not in page

    def test_a_correction_stays(self, client, approve, chair):
        submission = approve()
        publish_notice(
            actor=chair,
            article=submission.edition.article,
            kind="CORRECTION",
            text="It read 30 g; it is 3 g.",
            at=factories.AT,
        )
        response = client.get(url(submission))
        assert "Correction It read 30 g; it is 3 g. 22 November 2026" in words(response)
        assert json_ld(response)["correction"][0]["text"] == "It read 30 g; it is 3 g."

    def test_a_notice_on_another_edition_is_not_shown(self, client, approve, submit_edition, chair):
        submission = approve(slug="public")
        other = submit_edition(submission.edition.article, "clinician")
        publish_notice(
            actor=chair,
            article=other.edition.article,
            edition=other.edition,
            kind="CAUTION",
            text="Only for clinicians.",
            at=factories.AT,
        )
        assert "Only for clinicians." not in words(client.get(url(submission)))
        assert "Only for clinicians." in words(client.get(url(submission, "clinician")))


class TestPeopleWhoSignedIn:
    def test_they_see_the_same_text_and_their_way_to_work(self, client, editor, approve):
        submission = approve()
        client.force_login(editor)
        page = words(client.get(url(submission)))
        assert "Signed in as Eda Editor" in page
        assert "Reviewed by one board member" in page


def test_an_assignment_does_not_change_what_was_said_before(client, pending, reviewer, chair):
    submission = pending()
    tag = client.get(url(submission)).headers["ETag"]
    assign_reviewer(
        actor=chair,
        submission_id=submission.pk,
        reviewer_id=reviewer.pk,
        capacity_id=factories.make_specialty().pk,
        at=factories.AT,
    )
    response = client.get(url(submission), headers={"If-None-Match": tag})
    assert "Being reviewed by one board member" in words(response)


def test_a_change_of_topics_shows_on_the_next_request(client, editor, approve):
    submission = approve()
    article = submission.edition.article
    tag = client.get(url(submission)).headers["ETag"]
    change_article(
        actor=editor,
        article_id=article.pk,
        question=article.question,
        specialty=article.specialty,
        topics=[Topic.objects.create(slug="lungs", name="Lungs")],
        at=factories.AT,
    )
    response = client.get(url(submission), headers={"If-None-Match": tag})
    assert response.status_code == 200
    assert "/topics/lungs/" in response.content.decode()


def test_the_short_bar_names_a_caution(client, approve, chair):
    submission = approve()
    assert "Under a caution" not in words(client.get(url(submission)))
    publish_notice(
        actor=chair,
        article=submission.edition.article,
        kind="CAUTION",
        text="Be careful.",
        at=factories.AT,
    )
    assert "Under a caution" in words(client.get(url(submission)))
