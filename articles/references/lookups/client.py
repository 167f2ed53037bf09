"""One polite HTTP client: contact address, timeouts, retries with a pause, limits obeyed, answers kept.

It trusts no answer: not its size, packed or unpacked, nor its pace, nor where it sends us.

Crossref (https://api.crossref.org, "Etiquette") asks for a contact address, caching and backing off
on 429 and 5xx; NCBI (E-utilities, "Usage Guidelines") for a tool name, an e-mail address and at most
three requests a second.
"""

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import httpx2
from django.core.cache import BaseCache

MOST_BYTES = 5 * 1024 * 1024
RETRIES = 2
REDIRECTS = 3
DEADLINE = 12.0
"""Seconds that a question may take in all, with every attempt, pause and redirect."""
LONGEST_READ = 8.0
LONGEST_CONNECT = 4.0
LONGEST_PAUSE = 5.0
PACKED = {"", "identity", "gzip"}
"""The content codings that are read. One at most, and none that makes gigabytes of a few bytes."""
BUSY = {429, 500, 502, 503, 504}
Answer = TypeVar("Answer")


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
            headers={"User-Agent": user_agent, "Accept-Encoding": "gzip"},
            follow_redirects=False,
        )

    def get(
        self,
        service: Service,
        path: str,
        query: Mapping[str, str],
        *,
        read: Callable[[bytes], Answer],
    ) -> Answer:
        """Return what `read` makes of the service's answer, of the kept one where it was asked before.

        An answer is kept only after it could be read: a page of something in between is not.

        :raises NotFound: where it answers 404.
        :raises LookupFailed: where it does not answer, or not with something to read; and
            whatever `read` raises.
        """
        url = httpx2.URL(service.base + path, params=dict(query))
        key = "lookup:" + hashlib.sha256(str(url).encode()).hexdigest()
        if (kept := self._cache.get(key)) is not None:
            return read(bytes(kept))
        answer = self._asked(service, url)
        made = read(answer)
        self._cache.set(key, answer, self._keep)
        return made

    def _asked(self, service: Service, url: httpx2.URL) -> bytes:
        until = self._clock() + DEADLINE
        problem = "did not answer"
        for attempt in range(RETRIES + 1):
            self._wait(service)
            if self._clock() >= until:
                break
            try:
                status, asked_pause, body = self._answer(service, url, until)
            except httpx2.TimeoutException:
                problem = "took too long to answer"
                continue
            except httpx2.DecodingError as exc:
                raise LookupFailed(f"{service.name} sent something that cannot be read.") from exc
            except httpx2.HTTPError:
                problem = "could not be reached"
                continue
            if status == 404:
                raise NotFound(f"{service.name} knows no such source.")
            if status in BUSY:
                problem = "is busy"
                if attempt < RETRIES:
                    pause = _pause(asked_pause, attempt)
                    self._sleep(max(0.0, min(pause, until - self._clock())))
                continue
            if status != 200:
                raise LookupFailed(f"{service.name} refused the question (status {status}).")
            return body
        raise LookupFailed(f"{service.name} {problem}. Try again later, or type the record in.")

    def _answer(self, service: Service, url: httpx2.URL, until: float) -> tuple[int, str, bytes]:
        """Return the status of an answer, the pause that it asks for, and, of a 200, its body.

        A redirect is followed on the same host, by https, and nowhere else.

        :raises httpx2.HTTPError: if the service cannot be reached; `TimeoutException` if it takes
            longer than `until`.
        :raises LookupFailed: if the answer leads elsewhere, or is too large or packed too deep.
        """
        target = url
        for _hop in range(REDIRECTS + 1):
            left = max(until - self._clock(), 0.1)
            timeout = httpx2.Timeout(min(LONGEST_READ, left), connect=min(LONGEST_CONNECT, left))
            with self._http.stream("GET", target, timeout=timeout) as response:
                if not response.has_redirect_location:
                    body = self._body(service, response, until) if response.is_success else b""
                    return response.status_code, response.headers.get("Retry-After", ""), body
                target = _elsewhere(service, url, target, response.headers["Location"])
        raise LookupFailed(f"{service.name} sent the question round in circles.")

    def _body(self, service: Service, response: httpx2.Response, until: float) -> bytes:
        """Return the unpacked body, read no further than what may be read and no longer than `until`."""
        if response.headers.get("Content-Encoding", "").strip().lower() not in PACKED:
            raise LookupFailed(f"{service.name} sent something that cannot be read.")
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > MOST_BYTES:
                raise LookupFailed(f"{service.name} sent more than can be read.")
            if self._clock() > until:
                raise httpx2.ReadTimeout("The answer took too long.")
        return bytes(body)

    def _wait(self, service: Service) -> None:
        """Keep the least interval between two requests of this process."""
        since = self._clock() - self._last.get(service.name, float("-inf"))
        if since < service.interval:
            self._sleep(service.interval - since)
        self._last[service.name] = self._clock()


def _elsewhere(service: Service, asked: httpx2.URL, at: httpx2.URL, location: str) -> httpx2.URL:
    """Return where a redirect leads.

    :raises LookupFailed: if it is not on the host that was asked, by https.
    """
    try:
        target = at.join(location)
    except (httpx2.InvalidURL, ValueError) as exc:
        raise LookupFailed(f"{service.name} sent the question to no address at all.") from exc
    if target.scheme != "https" or (target.host, target.port) != (asked.host, asked.port):
        raise LookupFailed(
            f"{service.name} sent the question on to “{target.scheme}://{target.host[:80]}”, "
            "which this site does not ask."
        )
    return target


def _pause(asked: str, attempt: int) -> float:
    """Return how long the service asks to wait, within what an editor would wait for."""
    seconds = float(asked) if asked.isdecimal() else 0.5 * 2**attempt
    return min(seconds, LONGEST_PAUSE)
