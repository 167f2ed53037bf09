"""Follow-up questions: asked without an account, handled by editors."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from kernel.models import AuditEntry
from reader.models import Question
from reader.throttle import QUESTIONS
from reader.views.questions import LARGEST_BODY
from review.rounds.actions.withdrawing import retract_submission
from tests import factories
from tests.reader.conftest import words

FROM_HERE = {"Sec-Fetch-Site": "same-origin"}
TEXT = "Does this hold for children, too?"


def ask(client, path="/questions/ask/", headers=FROM_HERE, **data):
    return client.post(path, {"text": TEXT, **data}, headers=headers)


class TestAsking:
    def test_a_question_is_filed_for_the_editors(self, client, approve):
        article = approve().edition.article
        response = ask(client, article=article.slug, reply_to="ann@example.invalid")
        assert response.status_code == 302
        question = Question.objects.get()
        assert (question.text, question.article, question.reply_to) == (
            TEXT,
            article,
            "ann@example.invalid",
        )
        assert question.language == "en"
        page = words(client.get(response.headers["Location"]))
        assert "You get an answer by e-mail." in page
        assert "Back to the article" in page

    def test_nothing_else_about_the_reader_is_kept(self, client, approve):
        article = approve().edition.article
        client.cookies["reader_role"] = "nurse"
        ask(client, article=article.slug)
        entry = AuditEntry.objects.order_by("-pk").first()
        assert entry.actor is None
        assert entry.data == {"article": article.pk}
        stored = str(Question.objects.values().get()) + str(entry.data)
        assert "nurse" not in stored
        assert "127.0.0.1" not in stored

    def test_without_an_address_no_answer_is_promised(self, client, db):
        page = words(client.get(ask(client).headers["Location"]))
        assert "there will be no answer by e-mail" in page

    def test_a_chinese_page_files_a_chinese_question(self, client, db):
        response = ask(client, "/zh/questions/ask/", text="儿童也适用吗？请告诉我。")
        assert response.headers["Location"].startswith("/zh/")
        assert Question.objects.get().language == "zh"

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            ({"text": ""}, "Write your question."),
            ({"text": "Why?"}, "Write a little more"),
            ({"text": "x" * 2001}, "At most 2,000 characters"),
            ({"text": TEXT, "reply_to": "ann"}, "This is not an e-mail address"),
            ({"text": TEXT, "website": "http://spam.example"}, "Leave this field empty."),
        ],
    )
    def test_what_cannot_be_used_is_shown_again_with_the_reason(self, client, db, data, reason):
        response = ask(client, **data)
        assert response.status_code == 400
        assert reason in words(response)
        assert data["text"] in response.content.decode()
        assert not Question.objects.exists()

    def test_a_flood_is_held_back_and_nothing_typed_is_lost(self, client, db):
        for _ in range(QUESTIONS):
            assert ask(client).status_code == 302
        response = ask(client)
        assert response.status_code == 429
        assert TEXT in words(response)
        assert "Please send this one again in 10 minutes" in words(response)
        assert Question.objects.count() == QUESTIONS

    def test_another_address_is_not_held_back(self, client, db):
        for _ in range(QUESTIONS + 1):
            ask(client)
        response = client.post(
            "/questions/ask/", {"text": TEXT}, headers=FROM_HERE, REMOTE_ADDR="192.0.2.7"
        )
        assert response.status_code == 302

    def test_behind_a_proxy_only_the_flooding_client_is_held_back(self, client, db, settings):
        settings.PROXY_COUNT = 1
        flooding = FROM_HERE | {"X-Forwarded-For": "203.0.113.9"}
        statuses = [ask(client, headers=flooding).status_code for _ in range(QUESTIONS + 1)]
        assert statuses[-1] == 429
        other = FROM_HERE | {"X-Forwarded-For": "192.0.2.7"}
        assert ask(client, headers=other).status_code == 302

    @pytest.mark.parametrize("field", ["text", "reply_to", "website", "more"])
    def test_what_is_far_too_long_is_neither_read_nor_sent_back(self, client, db, field):
        response = ask(client, **{field: "x" * LARGEST_BODY})
        assert response.status_code == 413
        assert "far longer than a question can be" in words(response)
        assert "Write your question." not in words(response)
        assert "xxxxxxxx" not in response.content.decode()
        assert not Question.objects.exists()

    def test_the_longest_question_is_not_too_long(self, client, db):
        assert ask(client, text="\N{STETHOSCOPE}" * 2000).status_code == 302

    def test_a_post_from_another_site_is_refused(self, client, db):
        assert ask(client, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
        assert not Question.objects.exists()

    def test_an_article_that_is_not_public_cannot_be_asked_about(self, client, editor):
        article = factories.make_edition(editor).article
        assert ask(client, article=article.slug).status_code == 404

    def test_the_form_names_the_published_title_not_the_question_at_the_desk(self, client, approve):
        article = approve(question="What is signed?").edition.article
        Article.objects.filter(pk=article.pk).update(question="What nobody has reviewed?")
        page = words(client.get(f"/questions/?article={article.slug}"))
        assert "About the article: What is signed?" in page
        assert "nobody has reviewed" not in page
        refused = words(ask(client, article=article.slug, text=""))
        assert "About the article: What is signed?" in refused
        assert "nobody has reviewed" not in refused

    def test_an_article_without_a_text_to_read_is_not_named(self, client, approve, chair):
        submission = approve(question="What is signed?")
        slug = submission.edition.article.slug
        retract_submission(
            actor=chair, submission_id=submission.pk, notice="Wrong.", at=factories.AT
        )
        page = words(client.get(f"/questions/?article={slug}"))
        assert "Ask a question" in page
        assert "About the article" not in page
        assert "What is signed?" not in page
        assert ask(client, article=slug).status_code == 302
        assert Question.objects.get().article is None

    def test_the_form_is_on_the_article_page_without_a_token(self, client, approve):
        slug = approve().edition.article.slug
        html = client.get(f"/articles/{slug}/").content.decode()
        assert 'action="/questions/ask/"' in html
        assert f'name="article" value="{slug}"' in html


class TestQueue:
    def handle(self, client, question, state="ANSWERED"):
        return client.post(f"/questions/queue/{question.pk}/", {"state": state})

    @pytest.fixture
    def question(self, client, db):
        ask(client, text="Is there a newer trial?", reply_to="ann@example.invalid")
        return Question.objects.get()

    def test_a_visitor_is_asked_to_sign_in(self, client, db):
        assert client.get("/questions/queue/").status_code == 302

    def test_who_handles_no_questions_is_told_so(self, client, reviewer, question):
        client.force_login(reviewer)
        response = client.get("/questions/queue/")
        assert response.status_code == 403
        assert "newer trial" not in words(response)
        assert self.handle(client, question).status_code == 403

    @pytest.mark.parametrize("who", ["editor", "chair"])
    def test_editors_and_chairs_see_and_handle_them(self, request, client, question, who):
        person = request.getfixturevalue(who)
        client.force_login(person)
        assert "Is there a newer trial?" in words(client.get("/questions/queue/"))
        assert self.handle(client, question).status_code == 302
        question.refresh_from_db()
        assert (question.state, question.handled_by) == ("ANSWERED", person)
        assert "No open question" in words(client.get("/questions/queue/"))
        page = words(client.get("/questions/queue/?state=ANSWERED"))
        assert f"Answered by {person.name}" in page

    def test_who_was_slower_gets_409(self, client, editor, question):
        client.force_login(editor)
        self.handle(client, question)
        assert self.handle(client, question, "CLOSED").status_code == 409

    def test_another_state_is_400(self, client, editor, question):
        client.force_login(editor)
        assert self.handle(client, question, "OPEN").status_code == 400

    def test_a_handling_without_a_token_is_refused(self, editor, question):
        from django.test import Client

        strict = Client(enforce_csrf_checks=True)
        strict.force_login(editor)
        assert self.handle(strict, question).status_code == 403

    def test_it_costs_the_same_with_many(self, client, editor, question):
        client.force_login(editor)

        def count():
            with CaptureQueriesContext(connection) as queries:
                assert client.get("/questions/queue/").status_code == 200
            return len(queries)

        before = count()
        Question.objects.bulk_create(
            Question(language="en", text=f"Question {i}?", asked_at=factories.AT)
            for i in range(1000)
        )
        assert count() == before
