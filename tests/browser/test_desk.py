"""The editor's desk in a real Chromium: writing, citing, saving, and what must never appear.

Each test fails on any error in the console, a violation of the content security policy among them.
"""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect
from reversion.models import Version as Saved

from articles.models import Edition
from manuscript.content.canonical import canonicalise
from tests import factories

pytestmark = pytest.mark.browser

TEXT = ".ProseMirror"
# Every block, mark and attribute that the declared schema knows.
EVERYTHING = (
    "<h2>Part</h2><h3>Smaller</h3><h4>Smallest</h4>"
    "<p>A <strong>bold <em>slanted</em></strong> line<br>broken, H<sub>2</sub>O, 10<sup>3</sup>, "
    '<a href="https://example.invalid/x">linked</a>'
    '<cite data-refs="specimen-1 specimen-2"></cite> on'
    '<cite data-refs="specimen-3" data-locator="p. 12"></cite>.</p>'
    '<ul><li><p>One</p><ol start="3"><li><p>three</p></li><li><h3>odd</h3><p>x</p></li></ol>'
    "</li><li><ul><li><p>straight in</p></li></ul></li></ul>"
    '<aside data-callout="warning"><p>Mind this.</p><ul><li><p>and this</p></li></ul></aside>'
    "<blockquote><p>Quoted.</p></blockquote>"
    '<table><caption>Doses, <em>invented</em><cite data-refs="specimen-4"></cite></caption>'
    '<thead><tr><th rowspan="2" scope="col"><p>Group</p></th>'
    '<th colspan="2" scope="colgroup"><p>Dose</p></th></tr>'
    "<tr><td><p>low</p></td><td><p>high</p></td></tr></thead>"
    '<tbody><tr><th scope="row"><p>A</p></th><td></td><td><p>2 mg</p><p>daily</p></td></tr></tbody>'
    "</table><p>End.</p>"
)


@pytest.fixture
def errors() -> list[str]:
    """Collect what the browser complained about; a test that expects something removes it."""
    return []


def watched(tab: Page, errors: list[str]) -> Page:
    tab.on(
        "console",
        lambda message: (
            errors.append(message.text) if message.type in {"error", "warning"} else None
        ),
    )
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.on("requestfailed", lambda request: errors.append(f"failed: {request.url}"))
    tab.on(
        "response",
        lambda answer: (
            errors.append(f"{answer.status}: {answer.url}") if answer.status >= 500 else None
        ),
    )
    return tab


@pytest.fixture
def tab(chromium, live_server, client, editor, errors, request) -> Iterator[Page]:
    """Return a page on which the editor has signed in."""
    options = {"viewport": {"width": 1280, "height": 900}, **getattr(request, "param", {})}
    client.force_login(editor)
    context = chromium.new_context(base_url=live_server.url, **options)
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    context.set_default_timeout(10_000)
    yield watched(context.new_page(), errors)
    found = list(errors)
    leave(context)
    assert found == []


def quiet(tab: Page) -> None:
    """Wait until no request is under way: the test and the server share one connection."""
    tab.wait_for_load_state("networkidle")


def leave(context: BrowserContext) -> None:
    """Close a browser whose pages send what was typed until the last moment, and then no more."""
    for tab in context.pages:
        quiet(tab)
        tab.evaluate("() => { window.fetch = () => new Promise(() => {}); }")
    context.route("**/*", lambda route: route.abort())
    context.close()


@pytest.fixture
def edition(tab, editor) -> Edition:
    for number, name in enumerate(["alpha", "beta", "gamma", "delta"], start=1):
        factories.make_reference(editor, key=f"specimen-{number}", title=f"Invented study {name}")
    return factories.make_edition(editor, question="What is tested?", body="<p>A sentence.</p>")


def open_editor(tab: Page, edition: Edition) -> None:
    tab.goto(reverse("articles:edit", args=[edition.pk]))
    tab.wait_for_selector(TEXT)


def body(tab: Page) -> str:
    """Return what the form would send, in canonical form."""
    return canonicalise(tab.locator("textarea[name=body]").input_value())


def save(tab: Page) -> None:
    tab.get_by_role("button", name="Save the draft").click()
    expect(tab.locator("[data-save-state]")).to_contain_text("saved.")


def paste(tab: Page, html: str) -> None:
    """Paste HTML at the start of the text."""
    tab.locator(TEXT).focus()
    tab.evaluate(
        """html => {
          const data = new DataTransfer();
          data.setData("text/html", html);
          document.querySelector(".ProseMirror").dispatchEvent(
            new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        html,
    )


class TestWriting:
    def test_an_editor_writes_cites_and_saves(self, tab, edition):
        open_editor(tab, edition)
        tab.locator(f"{TEXT} p").first.click()
        tab.keyboard.press("End")
        tab.keyboard.type(" Another one")

        tab.get_by_role("button", name="Cite", exact=True).click()
        for key, name in (("specimen-2", "beta"), ("specimen-3", "gamma")):
            tab.locator("[data-cite-query]").fill(name)
            expect(tab.locator("[data-cite-results] li")).to_have_count(1)
            tab.locator("[data-cite-results]", has_text=key).get_by_role("checkbox").check()
        tab.get_by_label("Where in the source").fill("p. 12")
        tab.get_by_role("button", name="Insert citation").click()
        tab.keyboard.type(".")
        expect(tab.locator(f"{TEXT} cite")).to_have_text("1,2 (p. 12)")
        expect(tab.locator("[data-save-state]")).not_to_contain_text("saved by")
        save(tab)

        edition.refresh_from_db()
        assert edition.body == (
            "<p>A sentence. Another one"
            '<cite data-refs="specimen-2 specimen-3" data-locator="p. 12"></cite>.</p>'
        )
        assert [row.reference.key for row in edition.citations.order_by("number")] == [
            "specimen-2",
            "specimen-3",
        ]
        expect(tab.locator("[data-save-state]")).to_contain_text("Draft 2 is saved.")

    def test_a_citation_is_made_with_the_keyboard_alone(self, tab, edition):
        open_editor(tab, edition)
        tab.locator(TEXT).focus()
        tab.keyboard.press("Control+End")
        tab.keyboard.type("[@")
        expect(tab.get_by_role("dialog")).to_be_visible()
        tab.keyboard.type("delta")
        expect(tab.locator("[data-cite-results] li")).to_have_count(1)
        tab.keyboard.press("ArrowDown")
        tab.keyboard.press("Space")
        tab.keyboard.press("Enter")
        expect(tab.get_by_role("dialog")).to_be_hidden()
        tab.keyboard.press("Control+Shift+C")
        expect(tab.get_by_role("dialog")).to_be_visible()
        tab.keyboard.press("Escape")
        expect(tab.get_by_role("dialog")).to_be_hidden()
        tab.keyboard.type("!")

        assert body(tab) == '<p>A sentence.<cite data-refs="specimen-4"></cite>!</p>'

    def test_a_citation_can_be_changed_and_numbers_follow(self, tab, editor, edition):
        cited = "".join(f'<p>x<cite data-refs="specimen-{n}"></cite></p>' for n in (1, 2, 1))
        factories.edit(edition, editor, body=cited)
        open_editor(tab, edition)
        atoms = tab.locator(f"{TEXT} cite")
        expect(atoms).to_have_text(["1", "2", "1"])

        atoms.first.dblclick()
        tab.get_by_role("button", name="Remove Sam Specimen 2024").click()
        tab.locator("[data-cite-query]").fill("gamma")
        expect(tab.locator("[data-cite-results] li")).to_have_count(1)
        tab.get_by_role("checkbox").first.check()
        tab.get_by_role("button", name="Change citation").click()

        expect(atoms).to_have_text(["1", "2", "3"])
        assert body(tab).startswith('<p>x<cite data-refs="specimen-3"></cite></p>')

    def test_everything_the_schema_knows_survives_an_edit(self, tab, editor, edition):
        assert canonicalise(EVERYTHING) == EVERYTHING
        factories.edit(edition, editor, body=EVERYTHING)
        open_editor(tab, edition)
        tab.locator(f"{TEXT} p", has_text="End.").click()
        tab.keyboard.press("End")
        tab.keyboard.type("x")
        tab.keyboard.press("Backspace")
        tab.keyboard.type("!")

        assert body(tab) == EVERYTHING.replace("End.", "End.!")

    def test_opening_and_saving_changes_nothing(self, tab, editor, edition):
        factories.edit(edition, editor, body=EVERYTHING)
        open_editor(tab, edition)
        save(tab)

        expect(tab.locator("[data-save-state]")).to_have_text(
            "Nothing had changed, so nothing was saved."
        )
        assert Saved.objects.get_for_object(edition).count() == 2

    def test_the_toolbar_makes_each_kind_of_block(self, tab, edition):
        open_editor(tab, edition)
        tab.locator(f"{TEXT} p").first.click()
        tab.keyboard.press("Control+A")
        tab.get_by_role("button", name="Bold").click()
        assert body(tab) == "<p><strong>A sentence.</strong></p>"
        tab.keyboard.press("Control+B")
        tab.get_by_role("button", name="Subscript").click()
        tab.get_by_role("button", name="Superscript").click()
        assert body(tab) == "<p><sup>A sentence.</sup></p>"
        tab.get_by_role("button", name="Superscript").click()
        tab.get_by_label("Kind of paragraph").select_option("3")
        assert body(tab) == "<h3>A sentence.</h3>"
        tab.get_by_label("Kind of paragraph").select_option("paragraph")
        tab.get_by_label("Callout").select_option("caution")
        assert body(tab) == '<aside data-callout="caution"><p>A sentence.</p></aside>'
        tab.get_by_label("Callout").select_option("warning")
        tab.get_by_label("Callout").select_option("")
        tab.get_by_role("button", name="Numbered list").click()
        assert body(tab) == "<ol><li><p>A sentence.</p></li></ol>"
        for key in ("End", "Enter"):
            tab.keyboard.press(key)
            # The editor hears of a moved caret a moment later, sooner than anybody types.
            tab.wait_for_timeout(100)
        tab.keyboard.type("Deeper")
        tab.keyboard.press("Tab")
        nested = "<ol><li><p>A sentence.</p><ol><li><p>Deeper</p></li></ol></li></ol>"
        assert body(tab) == nested

    def test_links_have_addresses_that_a_body_may_hold(self, tab, edition):
        open_editor(tab, edition)
        tab.locator(f"{TEXT} p").first.click()
        tab.keyboard.press("Control+A")
        tab.keyboard.press("Control+K")
        tab.get_by_label("Address;").fill("javascript:alert(1)")
        tab.keyboard.press("Enter")
        expect(tab.get_by_text("An address begins with")).to_be_visible()
        tab.get_by_label("Address;").fill("https://example.invalid/a")
        tab.keyboard.press("Enter")

        assert body(tab) == '<p><a href="https://example.invalid/a">A sentence.</a></p>'

    def test_a_table_gets_a_caption_and_rows(self, tab, edition):
        open_editor(tab, edition)
        tab.locator(f"{TEXT} p").first.click()
        tab.keyboard.press("End")
        tab.keyboard.press("Enter")
        tab.get_by_role("button", name="Insert a table").click()
        tab.keyboard.type("Dose")
        tab.keyboard.press("Tab")
        tab.keyboard.type("Gone")
        tab.get_by_role("button", name="Caption").click()
        tab.get_by_label("Caption;").fill("Doses <em>invented</em>")
        tab.keyboard.press("Enter")
        tab.get_by_role("button", name="Delete column").click()
        tab.get_by_role("button", name="Add row").click()

        html = body(tab)
        assert "<caption>Doses <em>invented</em></caption><thead><tr><th>" in html
        assert (html.count("<tr>"), html.count("<th>"), html.count("<td>")) == (4, 2, 6)

    def test_hostile_paste_comes_out_inert(self, tab, edition):
        open_editor(tab, edition)
        paste(
            tab,
            '<p style="color:red">Pasted<img src=x onerror="window.ran=1">'
            '<script>window.ran=1</script><a href="javascript:window.ran=1">link</a></p>',
        )
        expect(tab.locator(TEXT)).to_contain_text("Pasted")

        assert tab.evaluate("window.ran") is None
        assert "javascript:" not in tab.locator("textarea[name=body]").input_value()
        assert "style" not in tab.locator("textarea[name=body]").input_value()

    def test_emphasis_and_lists_of_a_pasted_document_stay(self, tab, editor, edition):
        factories.edit(edition, editor, body="")
        open_editor(tab, edition)
        paste(
            tab,
            '<b style="font-weight:normal"><p style="margin:0"><span style="font-weight:700">Bold'
            '</span> <span style="font-style:italic">slanted</span> H<span '
            'style="vertical-align:sub">2</span>O</p><ul style="x:y"><li style="x:y"><p>One</p>'
            "</li></ul></b>",
        )
        expect(tab.locator(TEXT)).to_contain_text("slanted")

        assert body(tab) == (
            "<p><strong>Bold</strong> <em>slanted</em> H<sub>2</sub>O</p><ul><li><p>One</p></li></ul>"
        )

    def test_leaving_asks_only_while_the_last_words_are_kept_nowhere(self, tab, edition):
        asked = []
        tab.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        open_editor(tab, edition)
        tab.locator(f"{TEXT} p").first.click()
        tab.keyboard.type("x")
        expect(tab.locator("[data-save-state]")).to_contain_text("Saved on this device")
        tab.goto("/desk/")
        assert asked == []

        tab.add_init_script("delete IDBFactory.prototype.open")
        open_editor(tab, edition)
        tab.locator(f"{TEXT} p").first.click()
        tab.keyboard.type("y")
        tab.goto("/desk/")
        assert asked == ["beforeunload"]


@pytest.mark.parametrize("tab", [{"java_script_enabled": False}], indirect=True)
def test_without_script_the_text_area_saves(tab, edition):
    tab.goto(reverse("articles:edit", args=[edition.pk]))
    tab.locator("textarea[name=body]").fill("<p>Typed <b>by hand</b>.</p>")
    tab.locator("button", has_text="Save the draft").click()
    tab.wait_for_load_state()

    edition.refresh_from_db()
    assert edition.body == "<p>Typed <strong>by hand</strong>.</p>"


@pytest.fixture
def hashed_files(settings, tmp_path) -> None:
    """Serve static files as production does: under names that carry their hash."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    settings.STATICFILES_DIRS = [tmp_path]


def test_the_editor_runs_from_hashed_files(hashed_files, tab, edition):
    open_editor(tab, edition)
    tab.locator(TEXT).focus()
    tab.keyboard.press("Control+Shift+C")

    expect(tab.get_by_role("dialog")).to_be_visible()
    sources = tab.eval_on_selector_all("script[src]", "all => all.map(script => script.src)")
    assert any("js/desk/writing/editor." in name and name.count(".") > 1 for name in sources)
    imports = tab.evaluate("JSON.parse(document.querySelector('[type=importmap]').text).imports")
    assert all(name.rsplit("/", 1)[1].count(".") == 2 for name in imports.values())


WIDTHS = [{"viewport": {"width": 1280, "height": 900}}, {"viewport": {"width": 375, "height": 800}}]


@pytest.mark.parametrize("tab", WIDTHS, indirect=True, ids=["1280", "375"])
def test_every_page_of_the_desk_is_accessible_and_fits(tab, editor, other_editor, edition):
    factories.edit(edition, editor, body=EVERYTHING, summary="A summary.")
    version = factories.make_version(edition, editor)
    factories.edit(edition, other_editor, body=EVERYTHING.replace("Quoted", "Said"))
    broken = factories.make_edition(
        editor, question="Broken?", body='<p>x<cite data-refs="nobody-1900"></cite></p>'
    )
    reference = edition.citations.order_by("number")[0].reference
    saved = Saved.objects.get_for_object(edition).last()
    pages = {
        "/desk/",
        "/desk/?q=nowhere",
        "/desk/new/",
        "/desk/import/",
        "/desk/references/",
        "/desk/references/new/",
        reverse("articles:article", args=[edition.article_id]),
        reverse("articles:version", args=[version.pk]),
        reverse("articles:preview", args=[edition.pk, "patient"]),
        reverse("articles:revision", args=[edition.pk, saved.pk]),
        *(
            reverse(f"articles:{name}", args=[reference.pk])
            for name in ("reference", "reference-edit", "reference-notice")
        ),
        *(
            reverse(f"articles:{name}", args=[row.pk])
            for name in ("edition", "edit", "preview", "freeze", "versions", "compare", "history")
            for row in (edition, broken)
        ),
    }
    axe = Axe()

    reports = {}
    for url in sorted(pages):
        tab.goto(url)
        if url.endswith("/edit/") and "editions" in url:
            tab.wait_for_selector(TEXT)
        found = axe.run(tab)
        wide = tab.evaluate("document.documentElement.scrollWidth > innerWidth")
        if found.violations_count or wide:
            reports[url] = ("wider than the screen " if wide else "") + found.generate_report()

    assert reports == {}


def test_the_dialog_and_the_import_report_are_accessible(tab, edition):
    axe = Axe()
    open_editor(tab, edition)
    tab.get_by_role("button", name="Cite", exact=True).click()
    tab.get_by_role("checkbox").first.check()
    dialog = axe.run(tab)
    tab.keyboard.press("Escape")
    tab.goto("/desk/import/")
    tab.get_by_label("Or paste the text").fill("# What?\n\nWords [1] aJAK.\n\n- a\n- b\n")
    tab.get_by_label("Specialty").select_option(index=1)
    tab.get_by_label("Audience").select_option(index=1)
    tab.get_by_label("No, people wrote it").check()
    tab.get_by_role("button", name="See what is recognised").click()
    expect(tab.get_by_role("button", name="Make this a draft")).to_be_visible()
    report = axe.run(tab)

    assert dialog.violations_count == 0, dialog.generate_report()
    assert report.violations_count == 0, report.generate_report()
