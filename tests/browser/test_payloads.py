"""What is stored of every known payload, shown in a real browser without any policy to protect it: nothing runs."""

from pathlib import Path

import pytest

from manuscript.content.canonical import canonicalise
from manuscript.content.citations import number
from manuscript.content.rendering import render
from manuscript.content.schema import ContentRefused
from manuscript.importing import FORMATS, ImportRefused, read_article

pytestmark = pytest.mark.browser

SECURITY = Path(__file__).resolve().parents[3] / "shared" / "corpora" / "security"


def stored_bodies():
    """Yield the body that each payload is stored as, read as every format there is, and pasted line by line."""
    for path in sorted(SECURITY.iterdir()):
        data = path.read_bytes()
        for format in FORMATS:  # noqa: A001 - the option's name
            try:
                yield read_article(data, format=format, name=path.name).body
            except ImportRefused:
                continue
        if path.suffix == ".docx":
            continue
        lines = data.decode(errors="replace").replace("\x00", "").splitlines()
        for start in range(0, len(lines), 200):
            pieces = []
            for line in lines[start : start + 200]:
                try:
                    pieces.append(canonicalise(f"<p>{line}</p><p title='{line}'>{line}"))
                except ContentRefused:
                    continue
            yield "".join(pieces)


@pytest.mark.skipif(not SECURITY.is_dir(), reason="The corpora are not on this machine.")
def test_no_stored_payload_runs_a_script_or_asks_for_anything(chromium):
    context = chromium.new_context()
    page = context.new_page()
    ran, asked = [], []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: ran.append(str(error)))
    page.set_content("<script>document.title = 'scripts run here'</script>")
    assert page.title() == "scripts run here"
    seen = 0
    for body in stored_bodies():
        page.set_content(f"<!DOCTYPE html><title>quiet</title>{render(body, number(body))}")
        for event in ("mouseover", "click", "focus", "error", "load"):
            page.evaluate(
                "name => document.querySelectorAll('*').forEach(e => e.dispatchEvent(new Event(name)))",
                event,
            )
        assert page.title() == "quiet"
        seen += 1
    context.close()

    assert seen > 5
    assert ran == []
    assert [url for url in asked if not url.startswith("about:")] == []
