"""Crossref and PubMed as the pages ask them: answers of our own in their shape."""

import json
from collections.abc import Iterator

import httpx2
import pytest
from django.core.cache import cache

from articles.references.lookups import Lookups, service

TRIAL = {
    "DOI": "10.5555/found.1",
    "type": "journal-article",
    "title": ["A trial of sugar pills in invented people"],
    "author": [{"family": "Specimen", "given": "Sam"}],
    "container-title": ["Journal of Tests"],
    "issued": {"date-parts": [[2024, 3]]},
    "volume": "12",
    "page": "1-9",
}
RETRACTED = TRIAL | {
    "DOI": "10.5555/retracted.1",
    "updated-by": [
        {
            "DOI": "10.5555/notice",
            "type": "retraction",
            "updated": {"date-parts": [[2025, 1, 2]]},
        }
    ],
}


class Outside:
    """What is outside: `works` by DOI, `items` for every citation in words, or a `failure`."""

    def __init__(self) -> None:
        self.works: dict[str, dict] = {work["DOI"]: work for work in (TRIAL, RETRACTED)}
        self.items: list[dict] = []
        self.failure: Exception | None = None
        self.asked: list[str] = []

    def handle(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(str(request.url))
        if self.failure:
            raise self.failure
        doi = request.url.path.removeprefix("/works").removeprefix("/")
        if not doi:
            message: dict = {"items": self.items}
        elif doi in self.works:
            message = self.works[doi]
        else:
            return httpx2.Response(404)
        return httpx2.Response(200, content=json.dumps({"message": message}).encode())


@pytest.fixture
def outside(monkeypatch, settings) -> Iterator[Outside]:
    """Let the pages ask, and answer them."""
    settings.REFERENCE_LOOKUPS = True
    world = Outside()
    monkeypatch.setattr(
        service,
        "Lookups",
        lambda: Lookups(
            transport=httpx2.MockTransport(world.handle), sleep=lambda _s: None, clock=lambda: 0.0
        ),
    )
    service.lookups.cache_clear()
    cache.clear()
    yield world
    service.lookups.cache_clear()
    cache.clear()


@pytest.fixture
def alone(settings) -> None:
    """Switch the asking off."""
    settings.REFERENCE_LOOKUPS = False


@pytest.fixture
def as_editor(client, editor):
    """A browser in which an editor is signed in."""
    client.force_login(editor)
    return client
