"""The checks panel beside the text in a real Chromium: it follows the typing, leads to places and mends."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from articles.models import Edition, GlossaryTerm
from manuscript.content.canonical import canonicalise
from tests import factories

pytestmark = pytest.mark.browser

TEXT = ".ProseMirror"
BODY = '<h2>How it works</h2><p>Many cytokines<cite data-refs="specimen-1"></cite> are involved. This drug is always safe.</p>'


@pytest.fixture
def tab(chromium, live_server, client, editor) -> Iterator[Page]:
    """Return a page on which the editor has signed in; nothing may appear in its console."""
    said: list[str] = []
    client.force_login(editor)
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 1280, "height": 900}
    )
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    context.set_default_timeout(10_000)
    tab = context.new_page()
    tab.on(
        "console", lambda one: said.append(one.text) if one.type in {"error", "warning"} else None
    )
    tab.on("pageerror", lambda error: said.append(str(error)))
    yield tab
    tab.wait_for_load_state("networkidle")
    context.route("**/*", lambda route: route.abort())
    kept = list(said)
    context.close()
    assert kept == []


@pytest.fixture
def edition(tab, editor) -> Edition:
    GlossaryTerm.objects.create(term="Cytokine", definition="A small messenger protein.")
    factories.make_reference(editor, key="specimen-1")
    return factories.make_edition(editor, question="What is tested?", body=BODY, slug="public")


def selected(tab: Page) -> str:
    return tab.evaluate("() => getSelection().toString()")


def item(tab: Page, code: str):
    return tab.locator(f'[data-check="{code}"]').first


def test_the_panel_follows_the_typing_leads_to_the_place_and_mends(tab, edition):
    tab.goto(reverse("articles:edit", args=[edition.pk]))
    tab.wait_for_selector(TEXT)
    panel = tab.locator("[data-checks-url]")
    expect(panel).to_contain_text("Nothing stands against freezing this draft.")

    # A place in the text: opened, found, selected.
    panel.get_by_text("Absolute wording").click()
    item(tab, "absolute-wording").get_by_role("link", name="Show the place").click()
    assert selected(tab) == "always"

    # One click explains a term, and the finding goes.
    panel.get_by_text("A technical term that is not explained").click()
    item(tab, "undefined-term").get_by_role("button", name="Insert the explanation").click()
    expect(tab.locator(TEXT)).to_contain_text("cytokines (a small messenger protein)")
    expect(panel).to_contain_text("Of the text as typed.")
    expect(item(tab, "undefined-term")).to_have_count(0)
    typed = canonicalise(tab.locator("textarea[name=body]").input_value())
    assert 'cytokines (a small messenger protein)<cite data-refs="specimen-1"></cite> are' in typed

    # What is put aside stays aside while the text is checked again, and what is open stays open.
    item(tab, "absolute-wording").get_by_role("button", name="Dismiss").click()
    expect(item(tab, "absolute-wording")).to_be_hidden()
    tab.locator("#id_title").fill("")
    expect(panel.get_by_role("status")).to_contain_text(
        "One thing keeps this draft from being frozen."
    )
    expect(item(tab, "absolute-wording")).to_be_hidden()
    item(tab, "empty-title").get_by_role("link", name="Go to the field").click()
    expect(tab.locator("#id_title")).to_be_focused()

    assert Axe().run(tab).response["violations"] == []
