"""Figures as readers get them: the files, and the pages that show them."""

import logging
from hashlib import sha256

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.texts.shown_figures import address, stored_name
from review.rounds.actions.withdrawing import retract_submission
from tests import factories
from tests.factories import AT, picture
from tests.reader.conftest import url

BODY = '<p>A sentence.</p><figure data-figure="scan" data-alt="Grey lungs"><figcaption>Both</figcaption></figure>'
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40"><rect width="9" height="9"/></svg>'


@pytest.fixture
def figure(editor):
    return factories.make_figure(
        editor, key="scan", data=picture(600, 300), credit="Sam Specimen", licence="CC BY 4.0"
    )


def at(figure, width: int = 0) -> str:
    return address(figure.digest, width or figure.width, figure.media_type)


class TestPublicFiles:
    def test_a_figure_of_an_approved_text_may_be_kept_by_everybody_who_asks_each_time(
        self, client, figure, approve
    ):
        approve(body=BODY)

        answer = client.get(at(figure))

        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "image/webp"
        assert answer.headers["Cache-Control"] == "public, no-cache"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Disposition"].startswith("inline")
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert not answer.cookies
        sent = b"".join(answer.streaming_content)
        assert sha256(sent).hexdigest() == figure.digest

    def test_each_of_its_widths_and_no_other(self, client, figure, approve):
        approve(body=BODY)

        assert client.get(at(figure, 480)).status_code == 200
        assert client.get(at(figure, 481)).status_code == 404
        assert client.get(at(figure).replace("webp", "svg")).status_code == 404
        assert client.get("/figures/" + "0" * 64 + "/600.webp").status_code == 404
        assert client.get("/figures/../../etc/hostname").status_code == 404

    def test_who_has_it_is_told_so(self, client, figure, approve):
        approve(body=BODY)
        tag = client.get(at(figure)).headers["ETag"]

        answer = client.get(at(figure), headers={"if-none-match": tag})

        assert answer.status_code == 304
        assert answer.headers["Cache-Control"] == "public, no-cache"

    def test_one_query_and_no_session_for_a_visitor(self, client, figure, approve):
        approve(body=BODY)

        with CaptureQueriesContext(connection) as queries:
            client.get(at(figure))

        assert len(queries) == 1
        assert settings.SESSION_COOKIE_NAME not in client.cookies

    def test_a_drawing_can_neither_fetch_nor_act(self, client, editor, approve):
        figure = factories.make_figure(editor, key="scan", data=DRAWING)
        approve(body=BODY)

        answer = client.get(at(figure))

        assert answer.headers["Content-Type"] == "image/svg+xml"
        assert answer.headers["Content-Security-Policy"] == (
            "default-src 'none'; style-src 'unsafe-inline'; sandbox"
        )

    def test_a_pending_text_that_is_public_shows_its_figures(self, client, figure, pending):
        pending(body=BODY)

        assert client.get(at(figure)).status_code == 200

    def test_only_reading_is_answered(self, client, figure, approve):
        approve(body=BODY)

        assert client.post(at(figure)).status_code == 405
        assert client.head(at(figure)).status_code == 200

    def test_a_missing_file_is_not_found_and_noted(self, client, figure, approve, caplog):
        approve(body=BODY)
        default_storage.delete(stored_name(figure.digest, 480, "image/webp"))

        with caplog.at_level(logging.ERROR, logger="reader.views.figures"):
            answer = client.get(at(figure, 480))

        assert answer.status_code == 404
        assert "scan" in caplog.text


class TestOtherFiles:
    def test_what_no_public_text_shows_is_not_found(self, client, figure, editor):
        factories.set_rule(approvals=1, pending=False)
        factories.make_submission(editor, body=BODY)

        answer = client.get(at(figure))

        assert answer.status_code == 404
        assert answer.headers["Cache-Control"] == "private, no-store"

    @pytest.mark.parametrize(
        ("person", "status"),
        [("editor", 200), ("reviewer", 200), ("chair", 200), ("stranger", 404)],
    )
    def test_the_team_sees_it_and_nobody_stores_it(self, client, figure, request, person, status):
        client.force_login(request.getfixturevalue(person))

        answer = client.get(at(figure))

        assert answer.status_code == status
        assert answer.headers["Cache-Control"] == "private, no-store"

    def test_a_figure_of_a_text_that_was_taken_down_is_not_served(
        self, client, figure, approve, chair
    ):
        submission = approve(body=BODY)
        tag = client.get(at(figure)).headers["ETag"]

        retract_submission(actor=chair, submission_id=submission.pk, notice="Wrong.", at=AT)

        assert client.get(at(figure)).status_code == 404
        assert client.get(at(figure), headers={"if-none-match": tag}).status_code == 404

    def test_it_is_still_served_where_another_text_shows_it(self, client, figure, approve, chair):
        submission = approve(body=BODY)
        approve(body=BODY + "<p>Another.</p>")

        retract_submission(actor=chair, submission_id=submission.pk, notice="Wrong.", at=AT)

        assert client.get(at(figure)).status_code == 200

    def test_the_queries_do_not_grow_with_the_texts(self, client, figure, approve, editor):
        approve(body=BODY)
        for _ in range(10):
            factories.make_submission(editor, body=BODY)

        with CaptureQueriesContext(connection) as queries:
            client.get(at(figure))

        assert len(queries) == 1


class TestPages:
    def test_the_article_shows_the_figure_its_words_and_who_made_it(self, client, figure, approve):
        submission = approve(body=BODY)

        page = client.get(url(submission)).content.decode()

        assert f'src="{at(figure)}"' in page
        assert f"{at(figure, 480)} 480w" in page
        assert 'alt="Grey lungs"' in page
        assert "Image: Sam Specimen · CC BY 4.0" in page

    def test_it_costs_no_query_more(self, client, figure, approve):
        plain, shown = approve(), approve(body=BODY)
        costs = []
        for submission in (plain, shown):
            with CaptureQueriesContext(connection) as queries:
                client.get(url(submission))
            costs.append(len(queries))

        assert costs[0] == costs[1]

    def test_the_policy_of_pages_lets_own_images_in(self, client, figure, approve):
        policy = client.get(url(approve(body=BODY))).headers["Content-Security-Policy"]

        assert "img-src 'self'" in policy

    def test_what_changed_between_versions_shows_the_picture(
        self, client, figure, approve, editor, reviewer, chair
    ):
        submission = approve(body="<p>A sentence.</p>")
        edition = factories.edit(submission.edition, editor, body=BODY)
        factories.approve(factories.make_submission(editor, edition=edition), reviewer, chair)
        slug = edition.article.slug

        page = client.get(reverse("reader:history", args=[slug]) + "?compare=1..2")

        assert f'class="added" id="change-1"><img src="{at(figure)}"' in page.content.decode()
