"""The one cookie of a reader without an account: the role they chose, kept in their browser."""

from django.http import HttpRequest, HttpResponse

ROLE = "reader_role"
_YEAR = 60 * 60 * 24 * 365


def chosen_role(request: HttpRequest) -> str:
    """Return what the cookie says, unchecked, or ""."""
    return request.COOKIES.get(ROLE, "")[:50]


def remember_role(response: HttpResponse, *, role: str, secure: bool) -> None:
    """Keep `role` in the reader's browser for a year, or forget it if it is empty."""
    if role:
        response.set_cookie(ROLE, role, max_age=_YEAR, httponly=True, samesite="Lax", secure=secure)
    else:
        response.delete_cookie(ROLE, samesite="Lax")
