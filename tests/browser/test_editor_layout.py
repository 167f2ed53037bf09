"""The editor's parts that stay in sight: the checks, the toolbar, the current tab, and a low bar to save."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests import factories
from tests.browser.test_desk import open_editor, quiet
from tests.browser.test_references import errors, fits, tab  # noqa: F401 - fixtures

pytestmark = pytest.mark.browser

LONG = "".join(f"<h2>Part {n}</h2><p>{'Words of nothing. ' * 40}</p>" for n in range(12))


def top(tab: Page, selector: str) -> float:  # noqa: F811
    return tab.locator(selector).first.evaluate("node => node.getBoundingClientRect().top")


def test_on_a_wide_screen_the_checks_and_the_toolbar_stay_beside_the_text(tab, editor):  # noqa: F811
    edition = factories.make_edition(editor, body=LONG)
    tab.set_viewport_size({"width": 1100, "height": 800})
    open_editor(tab, edition)
    tab.locator(".ProseMirror h2", has_text="Part 9").scroll_into_view_if_needed()

    assert 0 <= top(tab, "#checks") < 100
    assert top(tab, ".toolbar") == 0
    expect(tab.locator("[data-checks-count]")).to_be_hidden()
    assert fits(tab)
    quiet(tab)


def test_on_a_phone_a_count_leads_to_the_checks_and_back(tab, editor):  # noqa: F811
    edition = factories.make_edition(editor, body=LONG)
    tab.goto(reverse("articles:history", args=[edition.pk]))
    expect(tab.locator(".edition-tabs [aria-current]")).to_be_in_viewport(ratio=0.9)
    open_editor(tab, edition)
    tab.locator(".ProseMirror h2", has_text="Part 9").scroll_into_view_if_needed()
    toolbar = tab.locator(".toolbar")
    assert top(tab, ".toolbar") == 0
    assert toolbar.evaluate("node => node.offsetHeight") < 60
    expect(tab.get_by_label("Note (optional)")).to_be_hidden()
    assert tab.locator(".save-bar").evaluate("node => node.offsetHeight") < 130
    tab.get_by_role("button", name="Add a note").click()
    expect(tab.get_by_label("Note (optional)")).to_be_focused()

    tab.locator("[data-checks-count]").click()
    expect(tab.get_by_role("heading", name="Checks", exact=True)).to_be_in_viewport()
    assert fits(tab)
    tab.get_by_role("link", name="Back to the text").click()
    expect(tab.locator("#id_title")).to_be_in_viewport()
    quiet(tab)
