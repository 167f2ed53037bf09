"""One Chromium for all tests in a browser."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
# A closed network refuses what Chromium would ask of its makers.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium(django_db_setup: None) -> Iterator[Browser]:
    """Return a running Chromium.

    Playwright's synchronous interface runs an event loop. Django's guard takes what follows for
    async code, and asgiref gives async code connections of its own; the test's, the server's and
    the clean-up's must be one.
    """
    patch = pytest.MonkeyPatch()
    patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    shared = {alias: connections[alias] for alias in connections}
    with sync_playwright() as playwright:
        for alias, connection in shared.items():
            connections[alias] = connection
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM) if CHROMIUM.exists() else None, args=ARGUMENTS
        )
        yield browser
        browser.close()
    patch.undo()
