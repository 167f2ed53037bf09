"""The reference library in a real Chromium: a pasted citation that the library knows, and a file of references."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from articles.models import Edition, Reference
from articles.references.actions.references import add_reference
from tests import factories
from tests.browser.test_desk import body, open_editor, quiet, save, watched

pytestmark = pytest.mark.browser

TITLE = "A trial of sugar pills in invented people"
FILE = f"""TY  - JOUR
TI  - A study of marbles
AU  - Marble, Mo
PY  - 2022
DO  - 10.5555/marbles
ER  -
TY  - JOUR
TI  - {TITLE}
AU  - Specimen, Sam
PY  - 2024
ER  -
TY  - JOUR
KW  - nothing
ER  -
"""


@pytest.fixture
def errors() -> list[str]:
    """Collect what the browser complained about."""
    return []


@pytest.fixture
def tab(chromium, live_server, client, editor, errors, settings) -> Iterator[Page]:
    settings.REFERENCE_LOOKUPS = False
    client.force_login(editor)
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 375, "height": 800})
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    context.set_default_timeout(10_000)
    yield watched(context.new_page(), errors)
    for page in context.pages:
        quiet(page)
    found = list(errors)
    context.route("**/*", lambda route: route.abort())  # what the editor still sends as it closes
    context.close()
    assert found == []


def fits(tab: Page) -> bool:
    """Whether nothing is wider than the screen and axe finds nothing."""
    assert Axe().run(tab).response["violations"] == []
    return tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_pasted_citation_becomes_a_citation_of_the_library(tab, editor):
    there = factories.make_reference(editor, title=TITLE)
    edition: Edition = factories.make_edition(editor, body="<p>A sentence.</p>")
    tab.set_viewport_size({"width": 1280, "height": 900})
    open_editor(tab, edition)
    tab.locator(".ProseMirror").focus()
    tab.keyboard.press("Control+End")
    tab.keyboard.press("Control+Shift+C")
    tab.get_by_role("button", name="Add a new reference").click()
    tab.get_by_label("DOI, PMID, or paste a citation").fill(f"Specimen S. {TITLE}. J Tests. 2024.")
    tab.keyboard.press("Enter")
    choose = tab.get_by_role("button", name="Choose it")
    expect(choose).to_be_focused()
    expect(tab.locator("[data-lookup-status]")).to_contain_text("does not ask Crossref or PubMed")
    expect(tab.locator("[data-lookup-found]")).to_contain_text(
        "Its title stands in what was typed."
    )
    assert fits(tab)
    tab.keyboard.press("Enter")
    tab.get_by_role("button", name="Insert citation").click()

    assert f'<cite data-refs="{there.key}"></cite>' in body(tab)
    save(tab)
    quiet(tab)


def test_a_new_lookup_empties_what_the_last_one_filled_in(tab, editor):
    edition: Edition = factories.make_edition(editor, body="<p>A sentence.</p>")
    open_editor(tab, edition)
    tab.locator(".ProseMirror").focus()
    tab.keyboard.press("Control+Shift+C")
    tab.get_by_role("button", name="Add a new reference").click()
    what = tab.get_by_label("DOI, PMID, or paste a citation")
    doi = tab.locator("#quick_doi")
    tab.locator("#quick_volume").fill("7")
    what.fill("10.5555/one")
    tab.keyboard.press("Enter")
    expect(doi).to_have_value("10.5555/one")
    what.fill("Sample S. On marbles. J Invented. 2020.")
    tab.get_by_role("button", name="Find the source").click()
    expect(tab.locator("#quick_year")).to_have_value("2020")
    expect(doi).to_have_value("")
    what.fill("10.5555/two")
    tab.get_by_role("button", name="Find the source").click()
    expect(doi).to_have_value("10.5555/two")

    expect(tab.locator("#quick_year")).to_have_value("")
    expect(tab.locator("#quick_volume")).to_have_value("7")
    quiet(tab)


def test_a_file_is_reported_added_and_its_vague_source_identified(tab, editor):
    there = add_reference(
        actor=editor,
        csl={
            "type": "article-journal",
            "title": TITLE,
            "author": [{"family": "Specimen", "given": "Sam"}],
            "issued": {"date-parts": [[2024]]},
            "DOI": "10.5555/there",
        },
        at=factories.AT,
    )
    tab.goto("/desk/references/import/")
    tab.set_input_files(
        "input[type=file]",
        {"name": "library.ris", "mimeType": "text/plain", "buffer": FILE.encode()},
    )
    tab.get_by_role("button", name="See what is in it").click()
    expect(tab.get_by_text("Perhaps in the library already")).to_be_visible()
    expect(tab.get_by_text("Not read", exact=True).first).to_be_visible()
    assert Reference.objects.count() == 1
    assert fits(tab)
    tab.get_by_role("button", name="Add 2 references").click()
    expect(tab.get_by_text("2 references were added.")).to_be_visible()
    assert fits(tab)
    tab.get_by_role("link", name="Identify the source").click()
    expect(tab.get_by_text("1 of 1")).to_be_visible()
    assert fits(tab)
    tab.get_by_role("button", name="It is this one").click()
    tab.get_by_role("dialog").get_by_role("button", name="It is this one").click()
    expect(tab.get_by_role("heading", name="Identify sources")).to_be_visible()
    expect(tab.get_by_text("Every source is identified")).to_be_visible()

    assert Reference.objects.get(merged_into=there).title == TITLE
    quiet(tab)
