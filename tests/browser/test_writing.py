"""Writing without losing a keystroke: leaving and coming back, no network, two people, sources, pasted documents."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import BrowserContext, Locator, Page, Response, expect
from reversion.models import Version as Saved

from articles.models import Edition, Reference, WorkingCopy
from articles.texts.actions.working_copies import keep_working_copy
from tests import factories
from tests.browser.test_desk import TEXT, body, leave, open_editor, paste, quiet, watched

pytestmark = pytest.mark.browser


@pytest.fixture
def errors() -> list[str]:
    """Collect what the browser complained about; a test that expects something removes it."""
    return []


@pytest.fixture
def sign_in(live_server, client) -> Callable:
    """Return a function that signs somebody in in a browser."""

    def signed(context: BrowserContext, user) -> None:
        client.force_login(user)
        cookie = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])

    return signed


@pytest.fixture
def context(chromium, live_server, sign_in, editor) -> Iterator[BrowserContext]:
    """Return a browser in which the editor has signed in."""
    made = chromium.new_context(
        base_url=live_server.url, viewport={"width": 1280, "height": 900}, locale="en-GB"
    )
    made.set_default_timeout(10_000)
    sign_in(made, editor)
    yield made
    leave(made)


@pytest.fixture
def tab(context, errors) -> Iterator[Page]:
    yield watched(context.new_page(), errors)
    assert errors == []


@pytest.fixture
def edition(editor) -> Edition:
    factories.make_reference(editor, key="specimen-1", title="Invented study alpha")
    return factories.make_edition(editor, question="What is tested?", body="<p>A sentence.</p>")


def state(tab: Page) -> Locator:
    return tab.locator("[data-save-state]")


def presence(tab: Page) -> Locator:
    return tab.locator("[data-presence]")


# A window holds a lock while it is open: what it keeps on the device is not offered before it is gone.
ONE_WINDOW = "async () => (await navigator.locks.query()).held.length === 1"


def sends(answer: Response, path: str) -> bool:
    """Tell whether this answers something that was sent to `path`."""
    return answer.request.method == "POST" and answer.url.endswith(path)


def type_at_end(tab: Page, text: str) -> None:
    tab.locator(TEXT).focus()
    tab.keyboard.press("Control+End")
    # The editor hears of a moved caret a moment later, sooner than anybody types.
    tab.wait_for_timeout(150)
    tab.keyboard.type(text)


class TestNothingIsLost:
    def test_what_was_typed_before_the_tab_was_closed_is_there_again(self, tab, context, edition):
        open_editor(tab, edition)
        type_at_end(tab, " And a half-finished")
        expect(state(tab)).to_contain_text("Kept", timeout=8000)
        tab.keyboard.type(" thought")
        tab.close()

        again = context.new_page()
        open_editor(again, edition)

        expect(again.get_by_text("You typed this and did not save it.")).to_be_visible()
        expect(again.locator(TEXT)).to_have_text("A sentence. And a half-finished thought")
        edition.refresh_from_db()
        assert edition.body == "<p>A sentence.</p>"
        again.get_by_role("button", name="Save it").click()
        expect(state(again)).to_contain_text("Draft 2 is saved.")
        expect(again.get_by_text("You typed this and did not save it.")).to_be_hidden()
        assert not WorkingCopy.objects.exclude(text={}).exists()

    def test_without_a_network_it_stays_on_the_device_and_goes_to_the_site_afterwards(
        self, tab, context, edition, errors
    ):
        open_editor(tab, edition)
        expect(presence(tab)).to_be_attached()
        context.set_offline(True)
        type_at_end(tab, " Typed on a train.")
        expect(state(tab)).to_have_text("Offline: kept on this device", timeout=8000)
        tab.keyboard.press("Control+S")
        expect(state(tab)).to_have_text("Offline: kept on this device")
        context.set_offline(False)
        expect(state(tab)).to_contain_text("Kept", timeout=12_000)

        assert WorkingCopy.objects.get().text["body"] == "<p>A sentence. Typed on a train.</p>"
        tab.keyboard.press("Control+S")
        expect(state(tab)).to_contain_text("Draft 2 is saved.")
        errors[:] = [
            text
            for text in errors
            if not text.startswith("failed: ") and "ERR_INTERNET" not in text
        ]

    def test_signed_out_in_mid_sentence_only_the_same_person_is_offered_the_words(
        self, tab, context, edition, editor, other_editor, sign_in, errors
    ):
        open_editor(tab, edition)
        context.clear_cookies(name="sessionid")
        type_at_end(tab, " Private words")
        expect(state(tab)).to_contain_text("Signed out", timeout=20_000)
        # A save that is refused is followed at once by keeping the words: then nothing is under way.
        with (
            tab.expect_response(lambda answer: sends(answer, "/working-copy/")),
            tab.expect_response(lambda answer: sends(answer, "/edit/")),
        ):
            tab.keyboard.press("Control+S")
        expect(state(tab)).to_contain_text("Signed out", timeout=20_000)
        tab.close()
        errors[:] = [text for text in errors if "401" not in text and "/checks/" not in text]
        errors[:] = [text for text in errors if "ERR_FAILED" not in text]

        sign_in(context, other_editor)
        theirs = context.new_page()
        open_editor(theirs, edition)
        theirs.wait_for_function(ONE_WINDOW)
        quiet(theirs)
        expect(theirs.locator("[data-found]")).to_be_hidden()
        theirs.close()

        sign_in(context, editor)
        mine = context.new_page()
        open_editor(mine, edition)
        expect(
            mine.get_by_text("This device has words of yours that never arrived.")
        ).to_be_visible(timeout=20_000)
        expect(mine.locator(TEXT)).to_have_text("A sentence.")
        mine.get_by_role("button", name="Put them back").click()
        expect(mine.locator(TEXT)).to_have_text("A sentence. Private words")
        mine.keyboard.press("Control+S")
        expect(state(mine)).to_contain_text("Draft 2 is saved.", timeout=20_000)
        mine.reload()
        mine.wait_for_selector(TEXT)
        quiet(mine)
        expect(mine.locator("[data-found]")).to_be_hidden()

    def test_signing_in_again_in_another_tab_is_enough(
        self, tab, context, edition, editor, sign_in, errors
    ):
        open_editor(tab, edition)
        context.clear_cookies(name="csrftoken")  # as signing in makes another
        sign_in(context, editor)
        other = context.new_page()
        other.goto("/desk/new/")
        type_at_end(tab, " More.")
        tab.keyboard.press("Control+S")
        expect(state(tab)).to_contain_text("Draft 2 is saved.")
        errors[:] = [text for text in errors if "403" not in text]

    def test_two_windows_of_one_person_do_not_overwrite_each_other(self, tab, context, edition):
        open_editor(tab, edition)
        other = context.new_page()
        open_editor(other, edition)
        expect(presence(tab)).to_contain_text("in another window too")
        type_at_end(tab, " In the first window.")
        expect(state(tab)).to_contain_text("Kept", timeout=8000)
        type_at_end(other, " In the second.")
        expect(state(other)).to_contain_text("Kept", timeout=8000)
        tab.close()
        other.close()

        again = context.new_page()
        open_editor(again, edition)

        expect(again.locator(TEXT)).to_have_text("A sentence. In the second.")
        again.get_by_role("button", name="Put them back").click()
        expect(again.locator(TEXT)).to_have_text("A sentence. In the first window.")
        again.keyboard.press("Control+z")
        expect(again.locator(TEXT)).to_have_text("A sentence. In the second.")

    def test_a_pause_makes_a_draft_with_a_note(self, tab, edition):
        open_editor(tab, edition)
        tab.locator("[data-editor-form]").evaluate("form => { form.dataset.pause = '0.2' }")
        type_at_end(tab, " Then nothing.")
        expect(state(tab)).to_contain_text("Draft 2 is saved.")

        saved = Saved.objects.get_for_object(edition).first()
        assert saved.revision.comment == "Saved after a pause"
        tab.locator(TEXT).press("Control+z")
        expect(tab.locator(TEXT)).to_have_text("A sentence.")


def test_two_people_see_each_other_and_their_texts_are_merged(
    tab, edition, editor, other_editor, errors
):
    base = "<p>A sentence.</p><p>Another.</p><p>A third.</p>"
    factories.edit(edition, editor, body=base)
    keep_working_copy(
        actor=other_editor,
        edition_id=edition.pk,
        draft_number=2,
        text={"body": "x"},
        at=timezone.now(),
    )
    open_editor(tab, edition)
    expect(presence(tab)).to_contain_text("Otto Editor is writing here too.")
    type_at_end(tab, " Mine.")
    tab.locator(f"{TEXT} p").first.click()
    tab.keyboard.press("End")
    tab.wait_for_timeout(150)
    tab.keyboard.type(" My words.")
    theirs = base.replace("A sentence.", "Their sentence.").replace(
        "Another.", "Another of theirs."
    )
    quiet(tab)
    factories.edit(edition, other_editor, body=theirs, at=timezone.now())
    expect(presence(tab)).to_contain_text("Otto Editor saved draft 3 at", timeout=8000)
    expect(presence(tab)).to_contain_text("yours will be merged when you save.")

    tab.get_by_role("button", name="Save the draft").click()
    expect(tab.get_by_text("Otto Editor saved draft 3 while you were writing.")).to_be_visible()
    expect(tab.get_by_text("In 1 place both changed the same")).to_be_visible()
    assert Axe().run(tab).violations_count == 0
    tab.set_viewport_size({"width": 375, "height": 800})
    assert not tab.evaluate("document.documentElement.scrollWidth > innerWidth")
    tab.get_by_role("radio", name="Mine: what you typed here").focus()
    tab.keyboard.press("ArrowDown")
    expect(tab.get_by_role("radio", name="Both, one after the other")).to_be_checked()
    tab.get_by_role("button", name="Save the merged text as draft 4").click()
    expect(tab.get_by_text("The merged text is saved as draft 4.")).to_be_visible()

    edition.refresh_from_db()
    assert edition.body == (
        "<p>Their sentence.</p><p>A sentence. My words.</p>"
        "<p>Another of theirs.</p><p>A third. Mine.</p>"
    )
    errors[:] = [text for text in errors if "409" not in text]


class TestCiting:
    def test_a_new_source_is_added_cited_and_undone_without_leaving_the_text(
        self, tab, edition, errors
    ):
        open_editor(tab, edition)
        type_at_end(tab, " Said")
        tab.wait_for_timeout(600)  # a pause, after which the editor's history begins a new step
        tab.keyboard.type("[@")
        tab.get_by_role("button", name="Add a new reference").click()
        tab.locator("#quick_doi").fill("nonsense")
        tab.locator("#quick_title").fill("An invented trial of tests")
        tab.locator("#quick_authors").fill("Sample, Sue\nTest Group")
        tab.get_by_role("button", name="Add to the library and choose").click()
        expect(tab.locator("[data-quick-error=doi]")).not_to_be_empty()
        tab.locator("#quick_doi").fill("10.5555/invented.1")
        tab.locator("#quick_year").fill("2025")
        report = Axe().run(tab)
        tab.get_by_role("button", name="Add to the library and choose").click()
        expect(tab.locator("[data-cite-status]")).to_contain_text("Added and chosen: Sue Sample")
        tab.keyboard.press("Enter")

        key = Reference.objects.latest("pk").key
        cited = f'<p>A sentence. Said<cite data-refs="{key}"></cite></p>'
        assert body(tab) == cited
        expect(tab.locator(f"{TEXT} cite")).to_have_text("1")
        tab.keyboard.press("Control+z")
        assert "cite" not in body(tab)
        tab.keyboard.press("Control+Shift+z")
        assert body(tab) == cited
        assert report.violations_count == 0, report.generate_report()
        errors[:] = [text for text in errors if "400" not in text]

    def test_numbers_follow_while_typing(self, tab, editor, edition):
        factories.make_reference(editor, key="specimen-2", title="Invented study beta")
        factories.edit(edition, editor, body='<p>One<cite data-refs="specimen-1"></cite> two</p>')
        open_editor(tab, edition)
        tab.locator(TEXT).focus()
        tab.keyboard.press("Control+Home")
        tab.keyboard.type("[@")
        tab.keyboard.type("beta")
        expect(tab.locator("[data-cite-results] li")).to_have_count(1)
        tab.keyboard.press("Enter")
        tab.keyboard.press("Enter")

        expect(tab.locator(f"{TEXT} cite")).to_have_text(["1", "2"])


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style></head><body>
<!--StartFragment--><h1>Part<o:p></o:p></h1><p class=MsoNormal>Before <b>bold</b><o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-.25in;mso-list:l0 level1 lfo1'><!--[if !supportLists]--><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp; </span></span></span><!--[endif]-->One<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:1.0in;mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>o<span>&nbsp;</span></span><![endif]>Deeper</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Two</p>
<p class=MsoNormal>Between CO<sub>2</sub><img src="file:///c:/x.png"></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>4.<span>&nbsp;</span></span>Four</p>
<p class=MsoListParagraph style='mso-list:l1 level2 lfo2'><span style='mso-list:Ignore'>a.<span>&nbsp;</span></span>Letter</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>5.<span>&nbsp;</span></span>Five</p>
<table class=MsoTable border=1 style='border:solid'><tr><td width=10 style='w:x'><p class=MsoNormal>Cell</p></td><td colspan=2><p>Wide</p></td></tr></table>
<!--EndFragment--></body></html>"""
READ_WORD = (
    "<h2>Part</h2><p>Before <strong>bold</strong></p>"
    "<ul><li><p>One</p><ul><li><p>Deeper</p></li></ul></li><li><p>Two</p></li></ul>"
    "<p>Between CO<sub>2</sub></p>"
    '<ol start="4"><li><p>Four</p><ol><li><p>Letter</p></li></ol></li><li><p>Five</p></li></ol>'
    '<table><tbody><tr><td><p>Cell</p></td><td colspan="2"><p>Wide</p></td></tr></tbody></table>'
)
DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-0"><h1 dir="ltr"><span style="font-weight:400">Part</span></h1>
<ol style="margin-top:0"><li dir="ltr" aria-level="1" style="list-style-type:decimal"><p role="presentation"><span style="font-weight:700">One</span></p></li>
<ol style="margin-top:0"><li dir="ltr" aria-level="2"><p role="presentation"><span style="font-weight:400;font-style:italic">Deeper</span></p></li></ol>
<li dir="ltr" aria-level="1"><p>Two 10<span style="vertical-align:super">3</span></p></li></ol><br><p><a href="https://example.invalid/x">Link</a> <a href="#here">inside</a></p></b>"""
READ_DOCS = (
    "<h2>Part</h2><ol><li><p><strong>One</strong></p><ol><li><p><em>Deeper</em></p></li></ol></li>"
    "<li><p>Two 10<sup>3</sup></p></li></ol>"
    '<p><a href="https://example.invalid/x">Link</a> inside</p>'
)


class TestPasting:
    @pytest.mark.parametrize(
        ("html", "read"), [(WORD, READ_WORD), (DOCS, READ_DOCS)], ids=["Word", "Google Docs"]
    )
    def test_lists_headings_and_tables_keep_their_structure(self, tab, editor, edition, html, read):
        factories.edit(edition, editor, body="")
        open_editor(tab, edition)
        paste(tab, html)
        expect(tab.locator(TEXT)).to_contain_text("Part")

        assert body(tab) == read
        lost = "An image was left out of what you pasted." if "<img" in html else ""
        expect(tab.locator("[data-editor-note]")).to_have_text(lost)


def test_keys_alone_reach_everything(tab, editor, edition):
    factories.edit(edition, editor, body="")
    open_editor(tab, edition)
    tab.locator(TEXT).focus()
    tab.keyboard.type("## Part")
    tab.keyboard.press("Enter")
    tab.keyboard.type("- one")
    tab.keyboard.press("Enter")
    tab.keyboard.press("Enter")
    tab.wait_for_timeout(200)
    tab.keyboard.type("3. three")
    assert body(tab) == (
        '<h2>Part</h2><ul><li><p>one</p></li></ul><ol start="3"><li><p>three</p></li></ol>'
    )
    tab.keyboard.press("Alt+F10")
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("ArrowRight")
    expect(tab.get_by_role("button", name="Bold")).to_be_focused()
    tab.keyboard.press("Escape")
    expect(tab.locator(TEXT)).to_be_focused()
    tab.keyboard.press("Control+/")
    expect(tab.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    report = Axe().run(tab)
    tab.keyboard.press("Escape")
    expect(tab.locator(TEXT)).to_be_focused()
    expect(tab.locator("[data-word-count]")).to_have_text("3 words")
    assert report.violations_count == 0, report.generate_report()
