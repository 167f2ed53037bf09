"""A figure's way in a real Chromium: from a file of the editor's to what a reader sees."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from articles.models import Figure
from tests import factories
from tests.browser.test_desk import TEXT, errors, open_editor, save, tab, watched  # noqa: F401

pytestmark = pytest.mark.browser


@pytest.fixture
def edition(tab, editor):  # noqa: F811
    return factories.make_edition(editor, question="What is shown?", body="<p>A sentence.</p>")


def bring(tab: Page) -> None:  # noqa: F811
    tab.locator(f"{TEXT} p").first.click()
    tab.get_by_role("button", name="Figure", exact=True).click()
    tab.get_by_label("Image", exact=True).set_input_files(
        {"name": "Lung scan.png", "mimeType": "image/png", "buffer": factories.picture(900, 500)}
    )


def test_a_figure_is_uploaded_described_saved_frozen_and_read(
    tab,  # noqa: F811
    errors,  # noqa: F811
    edition,
    editor,
    reviewer,
    chair,
):
    open_editor(tab, edition)
    bring(tab)
    dialog = tab.get_by_role("dialog")
    dialog.get_by_label("Credit").fill("Sam Specimen")
    dialog.get_by_role("button", name="Upload and insert").click()
    expect(dialog.get_by_text("Say what the picture shows")).to_be_visible()
    dialog.get_by_label("What it shows, in words").fill("Grey")
    dialog.get_by_label("Caption").fill("An invented scan")
    dialog.get_by_role("button", name="Upload and insert").click()

    shown = tab.locator(".body-figure")
    expect(shown.locator("img")).to_have_attribute("alt", "Grey")
    expect(shown.locator("figcaption")).to_have_text("An invented scan")
    shown.get_by_label("What it shows, in words").fill("Grey lungs")
    shown.locator("figcaption").click()
    tab.keyboard.press("End")
    tab.keyboard.type(", drawn")
    tab.keyboard.press("Enter")
    tab.keyboard.type("After it.")
    save(tab)

    edition.refresh_from_db()
    figure = Figure.objects.get()
    assert (figure.key, figure.credit) == ("lung-scan", "Sam Specimen")
    assert edition.body == (
        '<p>A sentence.</p><figure data-figure="lung-scan" data-alt="Grey lungs">'
        "<figcaption>An invented scan, drawn</figcaption></figure><p>After it.</p>"
    )
    open_editor(tab, edition)
    expect(tab.locator(".body-figure img")).to_have_attribute("alt", "Grey lungs")

    factories.set_rule(approvals=1)
    factories.approve(factories.make_submission(editor, edition=edition), reviewer, chair)
    tab.context.clear_cookies()
    tab.goto(reverse("reader:article", args=[edition.article.slug]))
    image = tab.get_by_role("img", name="Grey lungs")
    image.scroll_into_view_if_needed()
    expect(image).to_have_js_property("complete", value=True)
    assert image.evaluate("image => image.naturalWidth") > 0
    expect(tab.get_by_text("Image: Sam Specimen")).to_be_visible()


def test_a_refused_file_leaves_what_was_typed_and_the_library_helps(
    tab,  # noqa: F811
    errors,  # noqa: F811
    edition,
    editor,
):
    factories.make_figure(editor, key="knee")
    open_editor(tab, edition)
    tab.locator(f"{TEXT} p").first.click()
    tab.get_by_role("button", name="Figure", exact=True).click()
    dialog = tab.get_by_role("dialog")
    dialog.get_by_label("Image", exact=True).set_input_files(
        {"name": "scan.png", "mimeType": "image/png", "buffer": b"II*\0" + b"\0" * 50}
    )
    dialog.get_by_label("What it shows, in words").fill("A knee")
    dialog.get_by_role("button", name="Upload and insert").click()
    expect(dialog.get_by_text("“scan.png” looks like a TIFF image.")).to_be_visible()
    expect(dialog.get_by_label("What it shows, in words")).to_have_value("A knee")
    errors[:] = [error for error in errors if "400" not in error]

    dialog.get_by_label("In the library").check()
    dialog.get_by_label("Search the library").fill("kne")
    dialog.get_by_role("radio", name="knee").check()
    dialog.get_by_role("button", name="Insert the figure").click()

    expect(tab.locator(".body-figure img")).to_have_attribute("alt", "A knee")
    tab.locator(".body-figure").get_by_role("button", name="Remove the figure").click()
    expect(tab.locator(".body-figure")).to_have_count(0)
    save(tab)


def test_an_image_that_is_pasted_or_dropped_opens_the_dialog(tab, errors, edition):  # noqa: F811
    open_editor(tab, edition)
    for kind in ("paste", "drop"):
        tab.evaluate(
            """([kind, bytes]) => {
              const data = new DataTransfer();
              data.items.add(new File([new Uint8Array(bytes)], "scan.png", {type: "image/png"}));
              const text = document.querySelector(".ProseMirror p");
              const {left, top} = text.getBoundingClientRect();
              text.dispatchEvent(kind === "paste"
                ? new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})
                : new DragEvent("drop", {dataTransfer: data, clientX: left + 5, clientY: top + 5,
                    bubbles: true, cancelable: true}));
            }""",
            [kind, list(factories.picture(colour=3))],
        )
        dialog = tab.get_by_role("dialog")
        expect(dialog.get_by_text("scan.png")).to_be_visible()
        dialog.get_by_label("What it shows, in words").fill(f"By {kind}")
        dialog.get_by_role("button", name="Upload and insert").click()
        expect(tab.locator(f'.body-figure img[alt="By {kind}"]')).to_be_visible()
    save(tab)
    edition.refresh_from_db()
    assert edition.body.count('data-figure="scan"') == 2
