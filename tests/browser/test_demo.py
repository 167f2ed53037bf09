"""The demonstration as `make demo` serves it: every page that each role can reach by links.

Served as in production (gunicorn, hashed static files, strict Content-Security-Policy), so that
what only breaks there breaks here. A page fails with an error status, a message on the console,
a violation of the policy, or a finding of axe.
"""

import os
import re
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from demo.loader import sign_ins

ROOT = Path(__file__).resolve().parent.parent.parent
pytestmark = pytest.mark.browser
PAGES_FOR_EACH = 45
# Addresses that are no page of ours, or that end the session.
LEAVE_OUT = re.compile(r"^/(static|feed|zh/feed|sitemap|robots|api/v1/schema|accounts/sign-out)")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run `bin/demo` in a folder of its own and return its address."""
    port = free_port()
    address = f"http://localhost:{port}"
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "SECRET_KEY", "SITE_URL", "DJANGO_SETTINGS_MODULE"}
    }
    environment |= {"PORT": str(port), "IMPRIMATUR_VAR": str(tmp_path_factory.mktemp("demo"))}
    log = tmp_path_factory.mktemp("log") / "demo.log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            [ROOT / "bin" / "demo"], cwd=ROOT, env=environment, stdout=out, stderr=out
        )
    try:
        for _second in range(240):
            if server.poll() is not None:
                pytest.fail(f"The demo stopped:\n{log.read_text()}")
            try:
                with urllib.request.urlopen(f"{address}/robots.txt", timeout=5):
                    break
            except OSError:
                time.sleep(1)
        else:
            pytest.fail(f"The demo did not answer within four minutes:\n{log.read_text()}")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def sign_in(page: Page, demo: str, role: str) -> None:
    person = next(person for person in sign_ins() if person["role"] == role)
    page.goto(f"{demo}/accounts/sign-in/")
    page.get_by_label("E-mail address").fill(person["email"])
    page.get_by_label("Password", exact=True).fill(person["password"])
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def kind_of(path: str) -> str:
    """Return the shape of an address, so that axe looks once at each kind of page."""
    path = re.sub(r"/\d+", "/N", path)
    path = re.sub(r"^(/zh)?/(articles|topics)/[^/]+", r"\1/\2/SLUG", path)
    return re.sub(r"/references/[^/]+", "/references/N", path)


def crawl(context: BrowserContext, demo: str, start: str) -> tuple[list[str], dict[str, int]]:
    """Follow links within the site; return what is wrong and how many pages were seen."""
    wrong: list[str] = []
    page = context.new_page()
    page.on(
        "console",
        lambda message: (
            wrong.append(f"{page.url}: {message.type}: {message.text}")
            if message.type in {"error", "warning"}
            else None
        ),
    )
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    axe = Axe()
    waiting, seen, kinds = [start], {start}, {}
    while waiting and sum(kinds.values()) < PAGES_FOR_EACH:
        # Kinds of page that nobody looked at yet come first.
        waiting.sort(key=lambda path: kinds.get(kind_of(path), 0))
        path = waiting.pop(0)
        kind = kind_of(path)
        before = len(wrong)
        response = page.goto(demo + path)
        assert response is not None
        if response.status == 410:
            del wrong[before:]  # The browser's own line about the status; the page is meant to be.
        elif response.status >= 400:
            wrong.append(f"{path}: answered {response.status}")
        if kind not in kinds and not path.startswith("/admin/"):
            result = axe.run(page)
            wrong.extend(
                f"{path}: axe {violation['id']}: {violation['nodes'][0]['html'][:160]}"
                for violation in result.response["violations"]
            )
        kinds[kind] = kinds.get(kind, 0) + 1
        for href in page.eval_on_selector_all(
            "a[href]:not([download])", "links => links.map(a => a.href)"
        ):
            address = urldefrag(urljoin(page.url, href)).url
            if not address.startswith(demo + "/"):
                continue
            parts = urlsplit(address)
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            if target not in seen and not LEAVE_OUT.match(target):
                seen.add(target)
                waiting.append(target)
    page.close()
    return wrong, kinds


@pytest.mark.parametrize("start", ["/", "/zh/"])
def test_a_reader_meets_no_error(demo, chromium, start):
    context = chromium.new_context()
    wrong, kinds = crawl(context, demo, start)
    context.close()
    assert wrong == []
    assert any("/articles/SLUG" in kind for kind in kinds)


@pytest.mark.parametrize(
    ("role", "start"),
    [
        ("Editor", "/desk/"),
        ("Reviewer", "/board/"),
        ("Chair", "/board/"),
        ("Administrator", "/admin/"),
    ],
)
def test_nobody_at_work_meets_an_error(demo, chromium, role, start):
    context = chromium.new_context()
    page = context.new_page()
    sign_in(page, demo, role)
    page.close()
    wrong, kinds = crawl(context, demo, start)
    context.close()
    assert wrong == []
    assert len(kinds) > 5


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_no_page_scrolls_sideways(demo, chromium, width):
    context = chromium.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    wide = []
    paths = [
        "/",
        "/topics/",
        "/search/?q=lung",
        "/editorial-policy/",
        "/advisory-board/",
        "/questions/",
    ]
    articles = [
        f"/articles/{path.stem.split('.')[0]}/" for path in (ROOT / "demo/articles").glob("*.html")
    ]
    sign_in(page, demo, "Chair")
    for path in [*paths, *sorted(set(articles)), "/desk/", "/board/", "/accounts/profile/"]:
        page.goto(demo + path)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(path)
    context.close()
    assert wide == []


def test_every_page_says_that_it_is_a_demo(demo, chromium):
    page = chromium.new_page()
    for path in ("/", "/accounts/sign-in/", "/articles/tofacitinib-sjogren-ild/", "/nowhere/"):
        page.goto(demo + path)
        assert "Demonstration" in page.inner_text("body"), path
    page.close()


def test_the_answers_carry_the_headers_of_a_production_site(demo):
    with urllib.request.urlopen(f"{demo}/") as answer:
        headers = answer.headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"]
    assert headers["Permissions-Policy"]
    assert "Set-Cookie" not in headers
