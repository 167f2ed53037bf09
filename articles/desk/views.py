"""What the pages of the editor's desk have in common: who enters, pages of lists, refused forms."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.models import User
from kernel.errors import NotAllowed

PER_PAGE = 25
Row = TypeVar("Row", bound=Model)


class DeskRequest(HttpRequest):
    """A request of somebody who has signed in."""

    user: User


View = Callable[..., HttpResponseBase]


def why_not_enter(user: User) -> str | None:
    """Return why `user` has no business at the editor's desk, or None."""
    if user.has_perm("articles.view_edition"):
        return None
    return _("The editor’s desk is for editors and chairs. Your account has neither role.")


def why_not_use_library(user: User) -> str | None:
    """Return why `user` may not read the reference library, or None."""
    if user.has_perm("articles.view_reference"):
        return None
    return _("The reference library is for editors, reviewers and chairs.")


def why_not_use_figures(user: User) -> str | None:
    """Return why `user` may not see the library of figures, or None."""
    if user.has_perm("articles.view_figure"):
        return None
    return _("The library of figures is for editors, reviewers and chairs.")


def sent_json(request: HttpRequest, *, field: str = "__all__") -> dict[str, Any]:
    """Return the JSON object that was sent. That it is something else is said beside `field`.

    :raises ValidationError: if it is none, is too large, or is nested too deep to be read.
    """
    try:
        sent = json.loads(request.body)
    except RequestDataTooBig as exc:  # DATA_UPLOAD_MAX_MEMORY_SIZE
        raise ValidationError({"__all__": _("This is more than can be read.")}) from exc
    except (ValueError, RecursionError) as exc:
        raise ValidationError({"__all__": _("This is no JSON that can be read.")}) from exc
    if not isinstance(sent, dict):
        raise ValidationError({field: _("A JSON object is needed.")})
    return sent


def _without_nul(request: HttpRequest) -> None:
    """Take NUL out of the query: no text contains it, and PostgreSQL refuses to look for it."""
    if "%00" not in request.META.get("QUERY_STRING", ""):
        return
    clean = [
        (name.replace("\0", ""), value.replace("\0", ""))
        for name, values in request.GET.lists()
        for value in values
    ]
    request.GET = QueryDict(urlencode(clean))


def _guarded(view: View, why_not: Callable[[User], str | None]) -> View:
    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if reason := why_not(request.user):
            raise NotAllowed(reason)
        _without_nul(request)
        return view(request, *args, **kwargs)

    return guarded


def signed_in(view: View) -> View:
    """Send whoever has not signed in to do so; what they may see is the view's `visible_to`."""

    @never_cache
    @login_required
    @wraps(view)
    def cleaned(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        _without_nul(request)
        return view(request, *args, **kwargs)

    return cleaned


def for_editors(view: View) -> View:
    """Let editors and chairs in; send others to sign in, or answer 403 with the reason."""
    return _guarded(view, why_not_enter)


def for_library(view: View) -> View:
    """Let in whoever may read the reference library; answer the others 403 with the reason."""
    return _guarded(view, why_not_use_library)


def for_figures(view: View) -> View:
    """Let in whoever may see the library of figures; answer the others 403 with the reason."""
    return _guarded(view, why_not_use_figures)


def paged(
    request: HttpRequest, rows: QuerySet[Row, Any], *, per_page: int = PER_PAGE
) -> tuple[Page[Row], dict[str, Any]]:
    """Return one page of `rows` and what `_pagination.html` shows under it. Two queries."""
    page = Paginator(rows, per_page).get_page(request.GET.get("page"))
    kept = {name: value for name, value in request.GET.items() if name != "page" and value}
    links: dict[str, Any] = {
        "total": page.paginator.count,
        "where": _("%(first)s to %(last)s of %(count)s")
        % {
            "first": page.start_index(),
            "last": page.end_index(),
            "count": page.paginator.count,
        },
    }
    if page.has_previous():
        links["previous_url"] = "?" + urlencode(kept | {"page": page.previous_page_number()})
    if page.has_next():
        links["next_url"] = "?" + urlencode(kept | {"page": page.next_page_number()})
    return page, links
