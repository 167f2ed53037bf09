"""The board's desk in Chromium: a reviewer signs on a phone; every page is accessible and keeps
the content security policy.
"""

from datetime import date
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.references.actions.notices import record_notice
from review.models import Publication, Signature
from review.verdicts.actions.deciding import request_changes
from tests import factories

pytestmark = pytest.mark.browser
PHONE = {"width": 375, "height": 740}
BODY = (
    '<p>The imaginary tablet eased 40 of 100<cite data-refs="specimen-b"></cite>.</p>'
    "<h2>Harms</h2><ul><li>Headache, as often as with placebo.</li></ul>"
)


@pytest.fixture(autouse=True)
def browser_settings(monkeypatch):
    """Let the site's clock stand where the factories' does."""
    monkeypatch.setattr(timezone, "now", lambda: factories.AT)


@pytest.fixture
def phone(browser_settings, chromium):
    """A page the size of a phone, and all that its console complained about."""
    context = chromium.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.complaints = []
    page.on(
        "console",
        lambda message: (
            page.complaints.append(message.text)
            if "Content Security Policy" in message.text or message.type == "error"
            else None
        ),
    )
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    yield page
    context.close()


def enter(page: Page, live_server, person) -> None:
    """Give the browser a signed-in session of `person`."""
    client = Client()
    client.force_login(person)
    page.context.clear_cookies()
    page.context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                "domain": urlsplit(live_server.url).hostname,
                "path": "/",
            }
        ]
    )


def assert_sound(page: Page) -> None:
    """Fail on a violation of WCAG that axe finds, of the policy, or on sideways scrolling."""
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    assert page.complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.fixture
def second_round(editor, chair, reviewer, second_reviewer):
    """Version 1 was sent back; version 2 is under review, cites a source retracted since."""
    reference = factories.make_reference(editor, key="specimen-b")
    edition = factories.make_edition(
        editor,
        body=BODY,
        heading="The imaginary tablet",
        summary="It helps some.",
        ai_provenance={"model": "An imaginary model"},
    )
    first = factories.make_submission(editor, edition=edition)
    factories.assign(first, reviewer, chair)
    request_changes(
        actor=reviewer, submission_id=first.pk, comment="Name the harm.", at=factories.AT
    )
    factories.edit(edition, editor, body=BODY.replace("Headache", "Headache and rash"))
    submission = factories.make_submission(editor, edition=edition)
    factories.assign(submission, reviewer, chair)
    factories.assign(submission, second_reviewer, chair)
    record_notice(
        actor=editor,
        reference_id=reference.pk,
        kind="RETRACTION",
        noticed_on=date(2026, 11, 1),
        at=factories.AT,
    )
    return submission


class TestSigningOnAPhone:
    def test_a_reviewer_reads_looks_at_the_changes_and_signs(
        self, phone, live_server, reviewer, second_reviewer, second_round
    ):
        factories.sign(second_round, second_reviewer)
        enter(phone, live_server, reviewer)
        phone.goto(live_server.url + reverse("review:queue"))
        assert_sound(phone)

        phone.get_by_role("link", name=second_round.version.title).first.click()
        bar = phone.get_by_role("region", name="Your decision")
        expect(bar.get_by_role("link", name="Sign version 2")).to_be_in_viewport()
        bar_top = bar.bounding_box()["y"]
        assert bar_top > PHONE["height"] / 2
        expect(phone.get_by_role("heading", level=1)).to_have_text(second_round.version.title)
        assert_sound(phone)

        phone.get_by_role("link", name="Changes since the last round, version 1").click()
        expect(phone.locator(".diff ins").first).to_contain_text("and rash")
        phone.get_by_role("button", name="Next").click()
        expect(phone.locator("[data-diff-position]")).to_have_text("1 / 1")
        assert_sound(phone)

        phone.get_by_role("link", name="Sign version 2").click()
        assert_sound(phone)
        phone.get_by_label("Your password").fill("a wrong one")
        phone.get_by_role("button", name="Sign and approve version 2").click()
        expect(phone.get_by_role("alert")).to_contain_text("The password is not right.")
        assert not Signature.objects.filter(signer=reviewer).exists()
        # The browser itself notes every answer of 403 in its console.
        assert [text for text in phone.complaints if "403" not in text] == []
        phone.complaints.clear()

        phone.get_by_label("Comment").fill("Clear and well cited.")
        phone.get_by_label("Your password").fill(factories.PASSWORD)
        phone.get_by_role("button", name="Sign and approve version 2").click()
        expect(phone.get_by_role("status")).to_contain_text("It is approved")
        assert_sound(phone)
        assert Publication.objects.get().submission == second_round
        assert Signature.objects.filter(signer=reviewer).exists()

    def test_the_citation_leads_to_the_notice_against_its_source(
        self, phone, live_server, reviewer, second_round
    ):
        enter(phone, live_server, reviewer)
        phone.goto(live_server.url + reverse("review:submission", args=[second_round.pk]))

        phone.locator(".prose .citation a").first.click()

        expect(phone.get_by_text("Retracted").last).to_be_visible()
        assert phone.complaints == []


class TestEveryPage:
    @pytest.mark.parametrize(
        ("person", "name"),
        [
            ("chair", "queue"),
            ("chair", "submission"),
            ("chair", "assign"),
            ("chair", "end-assignment"),
            ("chair", "withdraw"),
            ("chair", "notice"),
            ("chair", "retract"),
            ("reviewer", "request-changes"),
            ("reviewer", "recuse"),
            ("editor", "submit"),
            ("stranger", "queue"),
        ],
    )
    def test_is_accessible_and_keeps_the_policy(
        self,
        phone,
        live_server,
        editor,
        chair,
        reviewer,
        second_reviewer,
        stranger,
        second_round,
        person,
        name,
    ):
        people = {"editor": editor, "chair": chair, "reviewer": reviewer, "stranger": stranger}
        pk = second_round.pk
        if name == "end-assignment":
            pk = second_round.assignments.order_by("pk").first().pk
        elif name == "notice":
            pk = second_round.edition.article_id
        elif name == "submit":
            pk = factories.make_version(factories.make_edition(editor), editor).pk
        elif name == "retract":
            factories.sign(second_round, reviewer)
            factories.sign(second_round, second_reviewer)
        enter(phone, live_server, people[person])

        answer = phone.goto(
            live_server.url + reverse(f"review:{name}", args=[] if name == "queue" else [pk])
        )

        assert answer.status == 200
        assert_sound(phone)

    def test_retracting_shows_the_words_where_readers_will_see_them(
        self, phone, live_server, chair, reviewer, second_reviewer, second_round
    ):
        factories.sign(second_round, reviewer)
        factories.sign(second_round, second_reviewer)
        enter(phone, live_server, chair)
        phone.goto(live_server.url + reverse("review:retract", args=[second_round.pk]))

        phone.get_by_label("Notice to readers").fill("A dose was wrong.")

        preview = phone.locator("[data-preview-of]")
        expect(preview).to_have_text("A dose was wrong.")
        phone.get_by_label("I have read what readers will see").check()
        phone.get_by_role("button", name="Retract version 2 now").click()
        expect(phone.get_by_role("status")).to_contain_text("Readers see your notice in its place.")
        assert_sound(phone)
