"""How public pages answer: never stored for others, and 304 where nothing readers can see moved."""

import hashlib
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_vary_headers

from kernel import publication_log, release
from reader.cookies import chosen_role

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def public_page(view: View[P]) -> View[P]:
    """Mark the answer as one reader's, to be asked for again each time.

    A change of state has to show on the very next request, so nobody may keep an answer without
    asking; and pages differ by role and, for people who signed in, by person.
    """

    @wraps(view)
    def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return _unstored(view(request, *args, **kwargs))

    return inner


def conditional_page(view: View[P]) -> View[P]:
    """Answer 304 to a visitor who holds this page as it would be made now. One query.

    Not for people who carry a session: their navigation differs.
    """

    @wraps(view)
    def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            return _unstored(view(request, *args, **kwargs))
        tag = entity_tag(request)
        unchanged = get_conditional_response(request, etag=tag)
        if unchanged is not None:
            unchanged.headers["ETag"] = tag
            return _unstored(unchanged)
        response = view(request, *args, **kwargs)
        # What is gone or redirected is answered afresh each time (RFC 9110, 13.2.1).
        if response.status_code == HTTPStatus.OK:
            response.headers["ETag"] = tag
        return _unstored(response)

    return inner


def entity_tag(request: HttpRequest) -> str:
    """Return the tag of the page that a visitor without a session gets now.

    The publication log is read before the page is made: a page that is newer than its tag is asked for
    again, never the other way round.
    """
    parts: tuple[Any, ...] = (
        release.stamp(),
        publication_log.stamp(),
        timezone.now().date(),
        translation.get_language(),
        chosen_role(request),
        request.get_host(),
        request.get_full_path(),
    )
    return '"' + hashlib.sha256(repr(parts).encode()).hexdigest()[:32] + '"'


def _unstored(response: HttpResponseBase) -> HttpResponseBase:
    patch_vary_headers(response, ["Cookie"])
    response.headers.setdefault("Cache-Control", "private, no-cache")
    return response


def forbid_indexing(response: HttpResponse) -> HttpResponse:
    """Tell search engines, in the header as on the page, to leave an answer out."""
    response.headers["X-Robots-Tag"] = "noindex"
    return response
