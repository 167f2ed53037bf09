"""Files in and out in a real Chromium: a Word file becomes a draft, and the draft a file of every kind."""

import io
import zipfile

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Edition
from tests.browser.test_desk import errors, tab
from tests.manuscript.importing.docx.building import abstract as numbering_of
from tests.manuscript.importing.docx.building import item, num, para, parts, run, zipped

__all__ = ["errors", "tab"]
pytestmark = pytest.mark.browser

ENDS = {"PDF": "pdf", "Word": "docx", "HTML": "html", "Markdown": "md", "JATS XML": "xml"}


def word_file() -> bytes:
    body = (
        para(run("How are specimens tested?"), "Title")
        + para(run("Methods"), "Heading1")
        + item("first step")
        + item("deeper", level=1)
    )
    levels = numbering_of(1, ("decimal", "%1."), ("bullet", "•"))
    return zipped(parts(body, numbering=levels + num(1, 1)))


def test_a_word_file_comes_in_and_goes_out_as_every_kind(tab):
    tab.goto("/desk/import/")
    file = {
        "name": "specimens.docx",
        "mimeType": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "buffer": word_file(),
    }
    tab.get_by_label("File").set_input_files(file)
    expect(tab.locator("[data-file-state]")).to_contain_text("specimens.docx is here")
    tab.get_by_label("Specialty").select_option(index=1)
    tab.get_by_label("Audience").select_option(index=1)
    tab.get_by_label("No, people wrote it").check()
    tab.get_by_role("button", name="See what is recognised").click()
    tab.get_by_role("button", name="Make this a draft").click()
    expect(tab.get_by_role("heading", name="Export", exact=True)).to_be_visible()

    edition = Edition.objects.get()
    assert "<li><p>first step</p><ul><li><p>deeper</p></li></ul></li>" in edition.body
    assert tab.url.endswith(reverse("articles:edition", args=[edition.pk]))
    for name, end in ENDS.items():
        with tab.expect_download() as waiting:
            tab.get_by_role("link", name=name, exact=True).click()
        download = waiting.value
        data = download.path().read_bytes()
        assert download.suggested_filename.endswith(f".{end}")
        if end == "docx":
            data = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")
        if end == "pdf":
            assert data.startswith(b"%PDF")
        else:
            assert b"deeper" in data
            assert b"first step" in data
