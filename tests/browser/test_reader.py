"""The reader's pages in a real browser: without and with script, by keyboard, on a small screen."""

from datetime import UTC, date, datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from accounts.actions.interests import declare_interests
from articles.models import Disclaimer, Topic
from articles.references.actions.notices import record_notice
from articles.texts.actions.editions import add_edition
from articles.texts.draft import DraftText
from reader.actions.policy import publish_policy
from review.public.actions.noticing import publish_notice
from review.rounds.actions.withdrawing import retract_submission
from tests import factories

pytestmark = pytest.mark.browser

BODY = (
    '<h2>First</h2><p>One claim.<cite data-refs="a-1"></cite> Another.'
    '<cite data-refs="a-1 b-1"></cite></p>'
    + "<p>A paragraph that makes the page long enough to scroll.</p>"
    * 12
    + '<h3>Part</h3><aside data-callout="caution"><p>Careful.</p></aside>'
    "<table><caption>What to watch</caption><thead><tr><th>Measure</th><th>Often</th></tr></thead>"
    "<tbody><tr><td>A rather long cell of words</td><td>Every-three-months-or-so</td></tr></tbody>"
    "</table><h2>Second</h2><ul><li><p>Item.</p></li></ul>"
)


@pytest.fixture
def site(live_server, editor, chair, reviewer, administrator):
    """Make one article in each state; return their addresses by name."""
    at = datetime.now(UTC) - timedelta(days=2)
    factories.set_rule(approvals=1, pending=True)
    declare_interests(user=reviewer, interests=[], at=at)
    Disclaimer.objects.create(language="en", text="Not advice.", in_force_from=date(2020, 1, 1))
    topic = Topic.objects.create(slug="lungs", name="Lungs")
    first = factories.make_reference(editor, key="a-1")
    second = factories.make_reference(editor, key="b-1")

    def write(question, *, approved=True, **fields):
        submission = factories.make_submission(
            editor, question=question, body=BODY, summary="In short.", **fields, at=at
        )
        submission.edition.article.topics.add(topic)
        if approved:
            factories.approve(submission, reviewer, chair, at=at)
        return submission

    main = write("Which text is approved?", slug="public", heading="The heading")
    for slug, language in (("clinician", "en"), ("public", "zh")):
        edition = add_edition(
            actor=editor,
            article=main.edition.article,
            language=language,
            audience=factories.audience(slug),
            text=DraftText(title=f"For {slug}, {language}?", body=BODY, summary="Short."),
            at=at,
        )
        other = factories.make_submission(editor, edition=edition, at=at)
        factories.approve(other, reviewer, chair, at=at)
    edition = factories.edit(main.edition, editor, body=BODY.replace("Careful", "Beware"))
    newer = factories.submit(factories.make_version(edition, editor, at=at), editor, at=at)
    factories.approve(newer, reviewer, chair, at=at)
    write("Which text is pending?", approved=False)
    caution = write("Which text is under a caution?")
    publish_notice(
        actor=chair, article=caution.edition.article, kind="CAUTION", text="Careful.", at=at
    )
    gone = write("Which text is gone?")
    retract_submission(actor=chair, submission_id=gone.pk, notice="Wrong.", at=at)
    record_notice(
        actor=editor,
        reference_id=second.pk,
        kind="RETRACTION",
        noticed_on=at.date(),
        at=at,
    )
    publish_policy(
        actor=administrator,
        text="## Who reviews\n\n- Two\n\n[Board](/advisory-board/)",
        change_note="First.",
        in_force_from=date(2020, 1, 1),
        at=at,
    )
    assert first.pk != second.pk
    return {
        "home": "/",
        "topics": "/topics/",
        "topic": "/topics/lungs/",
        "search": "/search/?q=text",
        "nothing": "/search/?q=zeppelin",
        "article": "/articles/which-text-is-approved/",
        "clinician": "/articles/which-text-is-approved/clinician/",
        "pending": "/articles/which-text-is-pending/",
        "caution": "/articles/which-text-is-under-a-caution/",
        "gone": "/articles/which-text-is-gone/",
        "missing": "/articles/which-text-is-missing/",
        "history": "/articles/which-text-is-approved/history/",
        "comparison": "/articles/which-text-is-approved/history/?audience=public&compare=1..2",
        "version": "/articles/which-text-is-approved/history/public/1/",
        "role": "/role/",
        "policy": "/editorial-policy/",
        "board": "/advisory-board/",
        "questions": "/questions/",
        "thanks": "/questions/thanks/",
        "chinese": "/zh/articles/which-text-is-approved/",
        "chinese home": "/zh/",
    }


@pytest.fixture
def new_page(chromium, live_server):
    """Open pages in a context of one's own; fail on anything that a page complains about."""
    contexts, complaints = [], []

    def make(**options):
        context = chromium.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                complaints.append(f"{page.url}: {message.text}")
                if message.type == "error"
                and "the server responded with a status of 4" not in message.text
                else None
            ),
        )
        return page

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(site, new_page, scheme):
    page = new_page(color_scheme=scheme)
    found = {}
    for name, path in site.items():
        page.goto(path)
        for details in page.query_selector_all("details"):
            details.evaluate("node => { node.open = true }")
        violations = Axe().run(page).response["violations"]
        if violations:
            found[name] = [
                (row["id"], [node["html"][:120] for node in row["nodes"][:3]]) for row in violations
            ]
    assert found == {}


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_no_page_scrolls_sideways(site, new_page, width):
    page = new_page(viewport={"width": width, "height": 700})
    wide = {}
    for name, path in site.items():
        page.goto(path)
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if over > 0:
            wide[name] = over
    assert wide == {}


@pytest.mark.parametrize("script", [True, False])
def test_a_role_is_chosen_announced_and_forgotten(site, new_page, script):
    page = new_page(java_script_enabled=script)
    page.goto(site["article"])
    expect(page.get_by_role("heading", level=1)).to_have_text("Which text is approved?")
    page.locator("#role > summary").click()
    page.get_by_label("A nurse").check()
    page.get_by_role("button", name="Show the text for me").click()
    page.wait_for_url("**/articles/which-text-is-approved/?role-changed#role-result")
    expect(page.get_by_role("heading", level=1)).to_have_text("For clinician, en?")
    expect(page.locator("#role-result")).to_contain_text("You said you are a nurse.")
    if script:
        expect(page.locator("#announcer")).to_contain_text("You said you are a nurse.")
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert set(cookies) == {"reader_role"}
    assert cookies["reader_role"]["httpOnly"]
    page.locator("#role > summary").click()
    page.get_by_role("button", name="Forget my choice").click()
    expect(page.locator("#role-result")).to_contain_text("Your choice is forgotten.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Which text is approved?")
    assert page.context.cookies() == []


def test_citations_and_references_lead_to_each_other_without_script(site, new_page):
    page = new_page(java_script_enabled=False)
    page.goto(site["article"])
    page.locator("#cite-1-2").click()
    assert page.url.endswith("#ref-1")
    expect(page.locator("#ref-1")).to_be_in_viewport()
    page.get_by_role("link", name="Back to place 2 where reference 1 is cited").click()
    assert page.url.endswith("#cite-1-2")
    expect(page.locator("#cite-1-2")).to_be_in_viewport()


def test_a_citation_opens_its_source_beside_the_text(site, new_page):
    page = new_page()
    page.goto(site["article"])
    page.locator("#cite-1-1").click()
    card = page.get_by_role("dialog")
    expect(card).to_contain_text("Test source")
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(page.locator("#cite-1-1")).to_be_focused()


def test_a_retracted_source_is_named_where_it_is_cited(site, new_page):
    page = new_page()
    page.goto(site["article"])
    expect(page.get_by_role("link", name="Reference 2, retracted")).to_be_visible()


def test_a_question_is_asked_and_mistakes_keep_what_was_typed(site, new_page):
    page = new_page()
    page.goto(site["article"])
    page.get_by_label("Your question").fill("Does this hold for children?")
    page.get_by_label("E-mail address").fill("ann")
    page.get_by_role("button", name="Send the question to the editors").click()
    expect(page.get_by_role("alert")).to_contain_text("This is not an e-mail address")
    expect(page.get_by_label("Your question")).to_have_value("Does this hold for children?")
    page.get_by_label("E-mail address").fill("")
    page.get_by_role("button", name="Send the question to the editors").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Your question has reached the editors"
    )
    page.get_by_role("link", name="Back to the article").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Which text is approved?")


def test_changes_are_stepped_through_by_keyboard(site, new_page):
    page = new_page()
    page.goto(site["comparison"])
    page.keyboard.press("n")
    expect(page.locator("#change-1")).to_be_focused()
    expect(page.locator("[data-diff-position]")).to_have_text("1 / 1")


def test_the_language_changes_and_comes_back(site, new_page):
    page = new_page()
    page.goto(site["article"])
    page.get_by_role("link", name="中文").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("For public, zh?")
    assert page.locator("html").get_attribute("lang") == "zh"
    page.get_by_role("link", name="English").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Which text is approved?")
