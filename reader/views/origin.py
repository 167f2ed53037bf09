"""Posts from readers without a session: same origin instead of a token.

docs/decisions/0006-no-csrf-cookie-for-readers.md says why.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt

from kernel.errors import NotAllowed

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def why_not_same_origin(request: HttpRequest) -> str | None:
    """Return why a post does not seem to come from one of our own pages, or None.

    Browsers say where a post comes from and pages cannot change what they say: Sec-Fetch-Site,
    or else Origin. A request with neither comes from no browser that another site could misuse.
    """
    refusal = gettext("This was not sent from a page of this site, so nothing was done.")
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return None if site == "same-origin" else refusal
    origin = request.headers.get("Origin")
    if origin is None or origin in settings.CSRF_TRUSTED_ORIGINS:
        return None
    own = (request.scheme, request.get_host())
    parts = urlsplit(origin)
    return None if (parts.scheme, parts.netloc) == own else refusal


def same_origin(view: View[P]) -> View[P]:
    """Refuse a post from another site with 403; ask for no CSRF token.

    Only for posts that act for nobody in particular: a session gives them no rights.
    """

    @wraps(view)
    def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method == "POST" and (reason := why_not_same_origin(request)):
            raise NotAllowed(reason)
        return view(request, *args, **kwargs)

    return csrf_exempt(inner)
