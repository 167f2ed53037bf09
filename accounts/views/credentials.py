"""One's own credentials."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.actions.credentials import save_credential
from accounts.forms import CredentialForm
from accounts.models import Credential
from accounts.views.shell import SignedInRequest, shell
from kernel.forms import add_refusal


def standing_of(credential: Credential, day: date) -> dict[str, Any]:
    """Return a credential with where it stands on `day`: VERIFIED, UNVERIFIED or EXPIRED."""
    if credential.is_valid_on(day):
        standing = "VERIFIED"
    elif credential.expires_on is not None and credential.expires_on < day:
        standing = "EXPIRED"
    else:
        standing = "UNVERIFIED"
    return {"credential": credential, "standing": standing}


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedInRequest) -> HttpResponse:
    """Enter a credential."""
    return edited(request, Credential(user=request.user))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change one's own credential, which takes its verification back."""
    own = request.user.credentials.select_related("specialty", "verified_by")
    return edited(request, get_object_or_404(own, pk=pk))


def edited(request: SignedInRequest, credential: Credential) -> HttpResponse:
    """Show the form of a new or stored credential, and save what it says."""
    is_new = credential.pk is None
    verified_at, verified_by = credential.verified_at, credential.verified_by
    form = CredentialForm(request.POST if request.method == "POST" else None, instance=credential)
    if request.method == "POST" and form.is_valid():
        if not is_new and not form.has_changed():
            messages.info(request, _("Nothing was changed, so the credential stands as it was."))
            return redirect("accounts:profile")
        try:
            save_credential(actor=request.user, credential=form.instance, at=timezone.now())
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(
                request, _("The credential is saved. An administrator has to verify it now.")
            )
            return redirect("accounts:profile")
    context = shell(
        "profile",
        _("Add a credential") if is_new else _("Change a credential"),
        form=form,
        is_new=is_new,
        verified_at=verified_at,
        verified_by=verified_by,
    )
    return render(request, "accounts/credential.html", context, status=400 if form.errors else 200)
