"""Where an article is found, in which language, and what its answers cost."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Topic
from kernel import release
from tests import factories
from tests.reader.conftest import NOW, multiply, url
from tests.reader.test_article_page import BODY


@pytest.fixture
def sources(editor):
    return [factories.make_reference(editor, key=key) for key in ("a-1", "b-1")]


class TestAddresses:
    def test_a_draft_has_no_page(self, client, editor):
        edition = factories.make_edition(editor)
        assert client.get(f"/articles/{edition.article.slug}/").status_code == 404
        assert client.get(f"/articles/{edition.article.slug}/clinician/").status_code == 404

    def test_an_unknown_audience_or_one_without_a_text_is_404(self, client, approve):
        submission = approve()
        assert client.get(url(submission, "astronaut")).status_code == 404
        assert client.get(url(submission, "public")).status_code == 404

    def test_the_canonical_address_names_the_audience(self, client, approve):
        submission = approve()
        html = client.get(url(submission)).content.decode()
        assert f'<link rel="canonical" href="http://testserver{url(submission)}clinician/">' in html

    def test_other_languages_are_named_where_they_are_approved(
        self, client, approve, submit_edition
    ):
        submission = approve()
        article = submission.edition.article
        assert "hreflang=" not in re.sub(
            r"<body.*", "", client.get(url(submission)).content.decode(), flags=re.DOTALL
        )
        submit_edition(article, "clinician", language="zh")
        head = client.get(url(submission)).content.decode().split("<body")[0]
        assert f'hreflang="zh" href="http://testserver/zh{url(submission)}clinician/"' in head
        assert f'hreflang="x-default" href="http://testserver{url(submission)}clinician/"' in head

    def test_chinese_readers_get_the_chinese_text(self, client, approve, submit_edition):
        submission = approve()
        submit_edition(
            submission.edition.article,
            "clinician",
            language="zh",
            title="问题？",
            body="<p>正文。</p>",
        )
        response = client.get(f"/zh{url(submission)}")
        html = response.content.decode()
        assert '<html lang="zh">' in html
        assert '<h1 lang="zh">问题？</h1>' in html
        assert "已批准" in html

    def test_without_a_chinese_text_the_source_is_shown_with_a_notice(self, client, approve):
        response = client.get(f"/zh{url(approve())}")
        html = response.content.decode()
        assert "尚无您所用语言的文本。本文为英文。" in html
        assert '<h1 lang="en">' in html


class TestConditional:
    def test_an_unchanged_page_is_304_after_one_query(
        self, client, approve, django_assert_num_queries
    ):
        submission = approve()
        first = client.get(url(submission))
        with django_assert_num_queries(1):
            second = client.get(url(submission), headers={"If-None-Match": first.headers["ETag"]})
        assert second.status_code == 304
        assert second.headers["ETag"] == first.headers["ETag"]
        assert "Cookie" in second.headers["Vary"]

    def test_nobody_may_keep_it_without_asking(self, client, approve):
        response = client.get(url(approve()))
        assert response.headers["Cache-Control"] == "private, no-cache"
        assert "Cookie" in response.headers["Vary"]

    def test_the_tag_differs_by_role_day_language_and_address(self, client, clock, approve):
        submission = approve()
        tags = [client.get(url(submission)).headers["ETag"]]
        tags.append(client.get(url(submission, "clinician")).headers["ETag"])
        tags.append(client.get(f"/zh{url(submission)}").headers["ETag"])
        clock.now = NOW + timedelta(days=1)
        tags.append(client.get(url(submission)).headers["ETag"])
        client.cookies["reader_role"] = "nurse"
        tags.append(client.get(url(submission)).headers["ETag"])
        assert len(set(tags)) == len(tags)

    def test_another_release_answers_anew(self, client, approve, monkeypatch):
        address = url(approve())
        tags = []
        for code in ("one", "two"):
            monkeypatch.setattr(release, "stamp", lambda code=code: code)
            tags.append(client.get(address).headers["ETag"])

        assert tags[0] != tags[1]

    def test_who_carries_a_session_gets_no_304(self, client, editor, approve):
        submission = approve()
        tag = client.get(url(submission)).headers["ETag"]
        client.force_login(editor)
        response = client.get(url(submission), headers={"If-None-Match": tag})
        assert response.status_code == 200
        assert "ETag" not in response.headers

    def test_an_anonymous_page_touches_no_session_and_sets_no_cookie(self, client, approve):
        response = client.get(url(approve()))
        assert not response.cookies
        assert "csrf" not in response.content.decode().lower()
        assert not response.wsgi_request.session.accessed


class TestQueries:
    def count(self, client, path):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    def test_a_page_costs_eight_queries_however_many_articles_there_are(
        self, client, approve, sources
    ):
        submission = approve(body=BODY)
        submission.edition.article.topics.add(Topic.objects.create(slug="t", name="T"))
        multiply(submission, 9)
        few = self.count(client, url(submission))
        multiply(submission, 990)
        many = self.count(client, url(submission))
        assert (few, many) == (8, 8)

    def test_more_references_signatures_and_editions_cost_no_more(
        self, client, approve, submit_edition, sources
    ):
        submission = approve(body=BODY, slug="public")
        plain = self.count(client, url(submission))
        for slug in ("clinician", "nurse", "patient"):
            submit_edition(submission.edition.article, slug)
        assert self.count(client, url(submission)) == plain == 8
