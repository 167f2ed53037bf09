"""One polite HTTP client: contact address, timeouts, retries with a pause, limits obeyed, answers kept.

Crossref (https://api.crossref.org, "Etiquette") asks for a contact address, caching and backing off
on 429 and 5xx; NCBI (E-utilities, "Usage Guidelines") for a tool name, an e-mail address and at most
three requests a second.
"""

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import httpx2
from django.core.cache import BaseCache

MOST_BYTES = 5 * 1024 * 1024
RETRIES = 2
LONGEST_PAUSE = 5.0
BUSY = {429, 500, 502, 503, 504}


class LookupFailed(Exception):
    """The service did not answer; the message says so to the editor."""


class NotFound(LookupFailed):
    """The service answered that it knows no such source."""


@dataclass(frozen=True, kw_only=True)
class Service:
    """One service: its name for people, where it is, and the least seconds between two requests."""

    name: str
    base: str
    interval: float


class Client:
    """Fetches bytes from a service. `sleep` and `clock` are the machine's, or a test's."""

    def __init__(
        self,
        *,
        cache: BaseCache,
        user_agent: str,
        keep_seconds: int,
        transport: httpx2.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._cache = cache
        self._keep = keep_seconds
        self._sleep = sleep
        self._clock = clock
        self._last: dict[str, float] = {}
        self._http = httpx2.Client(
            transport=transport,
            timeout=httpx2.Timeout(8.0, connect=4.0),
            headers={"User-Agent": user_agent},
            follow_redirects=True,
            max_redirects=3,
        )

    def get(self, service: Service, path: str, query: Mapping[str, str]) -> bytes:
        """Return what the service answers, from the cache where it was asked before.

        :raises NotFound: where it answers 404.
        :raises LookupFailed: where it does not answer, or not with something to read.
        """
        url = httpx2.URL(service.base + path, params=dict(query))
        key = "lookup:" + hashlib.sha256(str(url).encode()).hexdigest()
        if (kept := self._cache.get(key)) is not None:
            return bytes(kept)
        answer = self._asked(service, url)
        self._cache.set(key, answer, self._keep)
        return answer

    def _asked(self, service: Service, url: httpx2.URL) -> bytes:
        problem = "did not answer"
        for attempt in range(RETRIES + 1):
            self._wait(service)
            try:
                response = self._http.get(url)
            except httpx2.TimeoutException:
                problem = "took too long to answer"
                continue
            except httpx2.HTTPError:
                problem = "could not be reached"
                continue
            if response.status_code == 404:
                raise NotFound(f"{service.name} knows no such source.")
            if response.status_code in BUSY:
                problem = "is busy"
                if attempt < RETRIES:
                    self._sleep(_pause(response, attempt))
                continue
            if response.status_code != 200:
                raise LookupFailed(
                    f"{service.name} refused the question (status {response.status_code})."
                )
            if len(response.content) > MOST_BYTES:
                raise LookupFailed(f"{service.name} sent more than can be read.")
            return response.content
        raise LookupFailed(f"{service.name} {problem}. Try again later, or type the record in.")

    def _wait(self, service: Service) -> None:
        """Keep the least interval between two requests of this process."""
        since = self._clock() - self._last.get(service.name, float("-inf"))
        if since < service.interval:
            self._sleep(service.interval - since)
        self._last[service.name] = self._clock()


def _pause(response: httpx2.Response, attempt: int) -> float:
    """Return how long the service asks to wait, within what an editor would wait for."""
    asked = response.headers.get("Retry-After", "")
    seconds = float(asked) if asked.isdecimal() else 0.5 * 2**attempt
    return min(seconds, LONGEST_PAUSE)
