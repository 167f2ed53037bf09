"""Signing in, signing out, and where to begin."""

from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms import SignInForm
from accounts.models.user import Role
from accounts.views.shell import SignedInRequest

BAD_REQUEST = 400


class SignInView(LoginView):
    """Ask for e-mail address and password; go on to `next` if it is of this site."""

    authentication_form = SignInForm
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the form again. After too many failures the lockout answers instead, with 429."""
        return self.render_to_response(self.get_context_data(form=form), status=BAD_REQUEST)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out on POST; on GET show the button that does."""
    if request.method == "POST":
        logout(request)
        return redirect("/")
    if not request.user.is_authenticated:
        return redirect("accounts:sign-in")
    return render(request, "accounts/sign_out.html")


@never_cache
@login_required
@require_safe
def start(request: SignedInRequest) -> HttpResponse:
    """Go where this person's work begins, or to `next` if it is an address of this site."""
    target = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return redirect(target)
    return redirect(beginning(request))


def beginning(request: SignedInRequest) -> str:
    """Return the address of the desk of the person's foremost role."""
    roles = set(request.user.groups.values_list("name", flat=True))
    if request.user.is_superuser or Role.ADMINISTRATOR in roles:
        return reverse("admin:index")
    if roles & {Role.CHAIR, Role.REVIEWER}:
        return "/board/"
    if Role.EDITOR in roles:
        return "/desk/"
    return reverse("accounts:profile")
