"""An adaptation beside its source in a real Chromium: what moved on, editing there, comparing."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from articles.models import Edition
from articles.texts.actions.editions import add_edition
from tests import factories

pytestmark = pytest.mark.browser

SOURCE = (
    "<p>Opening words.</p><h2>Benefits</h2><p>It helped 5 of 10.</p>"
    "<h2>Harms</h2><p>Shingles in 3%.</p>"
    "<table><caption>Doses</caption><tbody><tr><td><p>5 mg</p></td></tr></tbody></table>"
)
PHONE = {"viewport": {"width": 375, "height": 800}, "has_touch": True}


@pytest.fixture
def tab(chromium, live_server, client, editor, request) -> Iterator[Page]:
    """Return a page on which the editor has signed in; the console must stay empty."""
    errors: list[str] = []
    options = {"viewport": {"width": 1280, "height": 900}, **getattr(request, "param", {})}
    client.force_login(editor)
    context = chromium.new_context(base_url=live_server.url, **options)
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.on(
        "console",
        lambda message: (
            errors.append(message.text) if message.type in {"error", "warning"} else None
        ),
    )
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


@pytest.fixture
def adaptation(editor) -> Edition:
    """Return an adaptation whose source has moved on since."""
    source = factories.make_edition(editor, question="What is tested?", body=SOURCE)
    factories.make_version(source, editor)
    edition = add_edition(
        actor=editor,
        article=source.article,
        language="en",
        audience=factories.audience("public"),
        source=source,
        begins_with_source=True,
        at=factories.AT,
    )
    factories.edit(source, editor, body=SOURCE.replace("3%", "4%"))
    factories.make_version(source, editor)
    return edition


def violations(tab: Page) -> list[str]:
    return [found["id"] for found in Axe().run(tab).response["violations"]]


def test_an_editor_follows_up_what_moved_on(tab, adaptation):
    tab.goto(reverse("articles:beside", args=[adaptation.pk]))
    harms = tab.get_by_role("region", name="Harms", exact=True)
    source = harms.get_by_text("Shingles in 4%.")
    target = harms.get_by_text("Shingles in 3%.")
    assert abs(source.bounding_box()["x"] - target.bounding_box()["x"]) > 300
    assert violations(tab) == []

    harms.get_by_text("“Harms” changed").click()
    expect(harms.locator("ins")).to_be_visible()
    harms.get_by_role("link", name="Edit here").click()
    tab.wait_for_selector(".ProseMirror")
    expect(tab.locator(".ProseMirror")).to_be_focused()
    expect(tab.locator(".source-pane").get_by_text("Shingles in 4%.")).to_be_visible()
    assert violations(tab) == []
    tab.keyboard.type("Known ")
    expect(tab.locator(".ProseMirror h2").nth(1)).to_have_text("Known Harms")
    tab.get_by_role("button", name="Save the draft").click()
    tab.wait_for_url("**/edit/**")
    expect(tab.get_by_text("draft 2").first).to_be_visible()

    tab.goto(reverse("articles:beside", args=[adaptation.pk]))
    tab.get_by_role("button", name="This text is in line with version 2 now").click()
    expect(tab.get_by_text("Follows version 2 of the English clinician edition")).to_be_visible()

    tab.goto(reverse("articles:history", args=[adaptation.pk]))
    assert violations(tab) == []
    tab.get_by_role("button", name="Compare the two chosen").click()
    expect(tab.locator(".diff ins").first).to_have_text("Known")
    assert violations(tab) == []


@pytest.mark.parametrize("tab", [PHONE], indirect=True)
def test_on_a_phone_the_source_is_folded_and_opens(tab, adaptation):
    tab.goto(reverse("articles:beside", args=[adaptation.pk]))
    harms = tab.get_by_role("region", name="Harms", exact=True)
    expect(harms.get_by_text("Shingles in 4%.")).to_be_hidden()

    harms.locator("details.beside__source > summary").click()

    expect(harms.get_by_text("Shingles in 4%.")).to_be_visible()
    assert tab.evaluate("document.documentElement.scrollWidth") <= 375
    assert violations(tab) == []
