"""The reader's role: chosen, changed and forgotten in their own browser, nowhere else."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from reader import article_page, wording
from reader.addresses import page
from reader.context import page_context
from reader.cookies import chosen_role, remember_role
from reader.personalise import known_role
from reader.views.answers import forbid_indexing, public_page
from reader.views.origin import same_origin


@require_http_methods(["GET", "HEAD", "POST"])
@public_page
@same_origin
def role(request: HttpRequest) -> HttpResponse:
    """Keep or forget a role and go back to the page it was chosen on; or show the choice."""
    if request.method != "POST":
        return _form(request, next_path=_own_path(request, request.GET.get("next", "")))
    next_path = _own_path(request, request.POST.get("next", ""))
    if "forget" in request.POST:
        return _go_on(request, next_path, "")
    chosen = known_role(request.POST.get("role", ""), article_page.audiences())
    if not chosen:
        error = gettext("Choose what describes you best, or leave the page as it is.")
        return _form(request, next_path=next_path, error=error)
    return _go_on(request, next_path, chosen)


def _go_on(request: HttpRequest, path: str, chosen: str) -> HttpResponse:
    response = HttpResponseRedirect(f"{path}?role-changed#role-result", status=303)
    remember_role(response, role=chosen, secure=request.is_secure())
    return response


def _form(request: HttpRequest, *, next_path: str, error: str = "") -> HttpResponse:
    audiences = article_page.audiences()
    context = page_context(
        request,
        roles=[{"code": row.slug, "label": wording.role_label(row)} for row in audiences],
        role=known_role(chosen_role(request), audiences),
        role_changed="role-changed" in request.GET,
        next_path=next_path,
        error=error,
    )
    return forbid_indexing(
        render(request, "reader/role.html", context, status=400 if error else 200)
    )


def _own_path(request: HttpRequest, path: str) -> str:
    """Return `path` if it is one of this site's, without query; otherwise this page's."""
    bare = path.partition("?")[0].partition("#")[0]
    safe = bare.startswith("/") and url_has_allowed_host_and_scheme(
        bare, allowed_hosts={request.get_host()}, require_https=settings.HTTPS
    )
    return bare if safe else page("role")
