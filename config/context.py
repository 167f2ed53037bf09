"""What every page knows about the site."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest


@cache
def demo_people() -> list[dict[str, str]]:
    """Return who can sign in to the demo; called by the templates that show it."""
    from demo.loader import sign_ins

    return sign_ins()


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the site's name, address and demo flag, and who is signed in.

    A visitor without a session cookie is nobody, and costs neither a session nor a query.
    """
    context: dict[str, Any] = {
        "SITE_NAME": settings.SITE_NAME,
        "SITE_URL": settings.SITE_URL,
        "SOURCE_URL": settings.SOURCE_URL,
        "DEMO": settings.DEMO,
    }
    if settings.DEMO:
        context["demo_people"] = demo_people
    if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
        context["signed_in_user"] = request.user
    return context
