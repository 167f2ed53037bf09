"""Answering 304 to a program that holds what it would be told now."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponseBase
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from rest_framework.request import Request

from kernel import publication_log, release

Answer = Callable[..., HttpResponseBase]
UNCHANGED, FOUND = 304, 200


def entity_tag(request: Request) -> str:
    """Return the tag of a public answer. One query.

    The publication log is read before the answer is made: an answer that is newer than its tag is asked
    for again, never the other way round. The day is a part, because reviews become overdue.
    """
    parts = (
        release.stamp(),
        publication_log.stamp(),
        timezone.now().date(),
        translation.get_language(),
        request.get_host(),
        request.get_full_path(),
    )
    return '"' + hashlib.sha256(repr(parts).encode()).hexdigest()[:32] + '"'


def conditional(view: Answer) -> Answer:
    """Mark a public reading as one to be asked for again each time, cheaply."""

    @wraps(view)
    def inner(self: Any, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        tag = entity_tag(request)
        unchanged = get_conditional_response(request._request, etag=tag)  # noqa: SLF001
        if unchanged is not None and unchanged.status_code == UNCHANGED:
            unchanged.headers["Cache-Control"] = "no-cache"
            return unchanged
        response = view(self, request, *args, **kwargs)
        if response.status_code == FOUND:
            response.headers["ETag"] = tag
        response.headers["Cache-Control"] = "no-cache"
        return response

    return inner
