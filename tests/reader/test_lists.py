"""Home, topics, board, policy: lists that stay quick and say only what is so."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions.interests import DeclaredInterest, declare_interests
from accounts.models.user import Role
from articles.models import Topic
from reader.actions.policy import publish_policy
from review.models import Publication
from review.rounds.actions.withdrawing import retract_submission
from tests import factories
from tests.reader.conftest import multiply, words


def count(client, path):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


@pytest.fixture
def topic(db):
    return Topic.objects.create(slug="lungs", name="Lungs", description="All about lungs.")


class TestHome:
    def test_it_shows_approved_texts_and_topics(self, client, approve, pending, topic):
        submission = approve(question="What is approved?", summary="In short.")
        submission.edition.article.topics.add(topic)
        pending(question="What is pending?")
        page = words(client.get("/"))
        assert "What is approved? In short. Approved on 22 November 2026 For clinicians" in page
        assert "What is pending?" not in page
        assert "Lungs 1" in page

    def test_an_empty_site_says_what_will_come(self, client, db):
        page = words(client.get("/"))
        assert "Nothing is approved yet" in page
        assert "as soon as the board has signed it" in page

    def test_an_article_stands_once_with_the_text_for_the_role(
        self, client, approve, submit_edition
    ):
        submission = approve(slug="public", question="For everyone?")
        submit_edition(submission.edition.article, "clinician", title="For clinicians?")
        html = client.get("/").content.decode()
        assert "For everyone?" in html
        assert "For clinicians?" not in html
        assert "also for clinicians" in words(client.get("/"))
        client.cookies["reader_role"] = "nurse"
        html = client.get("/").content.decode()
        assert "For clinicians?" in html
        assert "For everyone?" not in html

    def test_where_another_text_placed_the_article_that_text_is_named(
        self, client, editor, reviewer, chair, submit_edition
    ):
        factories.set_rule(approvals=1, pending=True)
        older = factories.make_submission(editor, slug="public", question="For everyone?")
        factories.approve(older, reviewer, chair)
        newer = submit_edition(
            older.edition.article, "clinician", title="For clinicians?", approved=False
        )
        factories.approve(newer, reviewer, chair, at=factories.AT + timedelta(hours=20))
        page = words(client.get("/"))
        assert "Recently approved For everyone?" in page
        assert (
            "Newest text approved on 23 November 2026 (for clinicians) "
            "This text approved on 22 November 2026 For the public; also for clinicians"
        ) in page
        client.cookies["reader_role"] = "clinician"
        page = words(client.get("/"))
        assert "For clinicians? Approved on 23 November 2026 For clinicians" in page
        assert "Newest text" not in page

    def test_it_costs_the_same_with_many_articles(self, client, approve, topic):
        submission = approve()
        submission.edition.article.topics.add(topic)
        multiply(submission, 9)
        few = count(client, "/")
        multiply(submission, 990)
        assert count(client, "/") == few == 4


class TestTopics:
    def test_pending_texts_are_listed_as_such(self, client, pending, topic):
        pending(question="What is pending?").edition.article.topics.add(topic)
        page = words(client.get("/topics/lungs/"))
        assert "What is pending? Not approved yet Submitted on 22 November 2026" in page

    def test_what_was_taken_down_is_neither_listed_nor_counted(self, client, approve, chair, topic):
        submission = approve(question="What is gone?")
        submission.edition.article.topics.add(topic)
        assert "Lungs articles: 1" in words(client.get("/topics/"))
        retract_submission(
            actor=chair, submission_id=submission.pk, notice="Wrong.", at=factories.AT
        )
        assert "What is gone?" not in words(client.get("/topics/lungs/"))
        assert "Lungs" not in words(client.get("/topics/"))

    def test_an_unknown_topic_is_404(self, client, db):
        assert client.get("/topics/none/").status_code == 404

    def test_pages_go_forth_and_back_through_every_article(self, client, approve, topic):
        submission = approve()
        submission.edition.article.topics.add(topic)
        multiply(submission, 44)
        # Some that changed at the same moment: the edition tells them apart.
        Publication.objects.filter(edition__article__slug__endswith="5").update(
            changed_at=factories.AT
        )
        seen, path, pages = [], "/topics/lungs/", []
        while path:
            html = client.get(path).content.decode()
            pages.append(re.findall(r'entry__title"><a href="([^"]+)"', html))
            seen += pages[-1]
            older = re.search(r'rel="next" href="([^"]+)"', html)
            newer = re.search(r'rel="prev" href="([^"]+)"', html)
            path = f"/topics/lungs/{older[1].replace('&amp;', '&')}" if older else ""
        assert len(pages) == 3
        assert len(seen) == len(set(seen)) == 45
        back = client.get(f"/topics/lungs/{newer[1].replace('&amp;', '&')}").content.decode()
        assert re.findall(r'entry__title"><a href="([^"]+)"', back) == pages[1]

    @pytest.mark.parametrize(
        "cursor", ["x", "1", "-", "9" * 40 + "-1", "1-²", "99999999999999999-1"]
    )
    def test_a_cursor_that_makes_no_sense_is_no_error(self, client, approve, topic, cursor):
        approve().edition.article.topics.add(topic)
        for name in ("older", "newer"):
            assert client.get(f"/topics/lungs/?{name}={cursor}").status_code == 200

    def test_it_costs_the_same_with_many_articles(self, client, approve, topic):
        submission = approve()
        submission.edition.article.topics.add(topic)
        multiply(submission, 9)
        few = count(client, "/topics/lungs/")
        multiply(submission, 990)
        assert count(client, "/topics/lungs/") == few == 4


class TestBoard:
    def test_members_stand_with_valid_credentials_and_interests(
        self, client, approve, reviewer, administrator
    ):
        approve()
        declared = DeclaredInterest(
            company="Fictional Pharma",
            product="specimenib",
            kind="FEES",
            from_on=date(2024, 1, 1),
            to_on=None,
        )
        factories.make_reviewer("Dora Declared", verifier=administrator, interests=[declared])
        factories.make_reviewer("Nora Newcomer", verifier=administrator, declares=False)
        page = words(client.get("/advisory-board/"))
        assert (
            "Rhea Reviewer MD, Consultant in rheumatology Rheumatology · Test Council, GB" in page
        )
        assert "Declared on 21 November 2026 that there are none. Signed 1 approved text" in page
        assert (
            "Fictional Pharma: Consulting or speaking fees, since 1 January 2024 (specimenib)"
        ) in page
        assert "Has not been asked yet, and cannot sign before." in page
        assert "TEST-" not in page, "licence numbers are not for the public"

    def test_an_expired_credential_is_not_shown(self, client, clock, administrator):
        factories.make_reviewer(
            "Ella Expired", verifier=administrator, expires_on=date(2026, 12, 1)
        )
        assert "MD, Consultant" in words(client.get("/advisory-board/"))
        clock.now = factories.AT + timedelta(days=30)
        page = words(client.get("/advisory-board/"))
        assert "MD, Consultant" not in page
        assert "No qualification is valid and verified at present" in page

    def test_only_the_newest_declaration_counts(self, client, reviewer):
        interest = DeclaredInterest(
            company="New Co", product="", kind="STOCK", from_on=date(2026, 1, 1), to_on=None
        )
        declare_interests(user=reviewer, interests=[interest], at=factories.AT)
        page = words(client.get("/advisory-board/"))
        assert "New Co: Shares or options" in page
        assert "that there are none" not in page

    def test_editors_and_closed_accounts_are_no_members(self, client, editor, reviewer):
        reviewer.is_active = False
        reviewer.save(update_fields=["is_active"])
        page = words(client.get("/advisory-board/"))
        assert "Eda Editor" not in page
        assert "Rhea Reviewer" not in page
        assert "The board has no members yet" in page

    def test_it_costs_the_same_with_many_members(self, client, administrator, reviewer):
        few = count(client, "/advisory-board/")
        for number in range(12):
            factories.make_user(f"Member {number}", Role.REVIEWER)
        assert count(client, "/advisory-board/") == few == 5


class TestPolicy:
    def publish(self, administrator, text, day):
        return publish_policy(
            actor=administrator,
            text=text,
            change_note="Because.",
            in_force_from=day,
            at=factories.AT,
        )

    def test_the_newest_in_force_is_shown_and_all_can_be_read(self, client, administrator):
        self.publish(administrator, "## First\n\nOld <b>rules</b>.", date(2026, 1, 1))
        self.publish(administrator, "Rules **now**.", date(2026, 6, 1))
        self.publish(administrator, "Rules to come.", date(2027, 6, 1))
        html = client.get("/editorial-policy/").content.decode()
        assert "<p>Rules <strong>now</strong>.</p>" in html
        assert "Rules to come" not in html
        old = client.get("/editorial-policy/1/")
        assert "not in force any more" in words(old)
        assert "&lt;b&gt;rules&lt;/b&gt;" in old.content.decode()
        assert "not in force yet" in words(client.get("/editorial-policy/3/"))
        assert client.get("/editorial-policy/4/").status_code == 404

    def test_before_the_first_there_is_a_word_about_it(self, client, db):
        assert "No policy has been published yet" in words(client.get("/editorial-policy/"))
