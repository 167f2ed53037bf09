"""One's own profile and password."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.actions.users import change_own_profile, change_password
from accounts.forms import PasswordForm, ProfileForm
from accounts.models import User
from accounts.models.user import Role
from accounts.views.credentials import standing_of
from accounts.views.interests import standing_interests
from accounts.views.shell import SignedInRequest, shell
from kernel.forms import add_refusal


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: SignedInRequest) -> HttpResponse:
    """Show and change what a person says of themselves; show roles, credentials, interests."""
    now = timezone.now()
    # The form works on a row of its own, so that a refused name never shows as the stored one.
    person = User.objects.get(pk=request.user.pk)
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=person)
    if request.method == "POST" and form.is_valid():
        if not form.has_changed():
            messages.info(request, _("Nothing was changed, so nothing was saved."))
            return redirect("accounts:profile")
        try:
            change_own_profile(user=request.user, at=now, **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Your profile is saved."))
            return redirect("accounts:profile")
    names = set(request.user.groups.values_list("name", flat=True))
    context = shell(
        "profile",
        _("Your profile"),
        form=form,
        roles=[role.label for role in Role if role in names],
        credentials=[
            standing_of(credential, now.date())
            for credential in request.user.credentials.select_related(
                "specialty", "verified_by"
            ).order_by("degree", "pk")
        ],
        interests=standing_interests(request.user, at=now),
    )
    return render(request, "accounts/profile.html", context, status=400 if form.errors else 200)


@never_cache
@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: SignedInRequest) -> HttpResponse:
    """Change one's own password. Other browsers are signed out, this one stays signed in."""
    form = PasswordForm(request, request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        change_password(
            user=request.user, password=form.cleaned_data["new_password1"], at=timezone.now()
        )
        update_session_auth_hash(request, request.user)
        messages.success(request, _("Your password is changed. Other browsers are signed out now."))
        return redirect("accounts:profile")
    context = shell("password", _("Change your password"), form=form)
    return render(request, "accounts/password.html", context, status=400 if form.errors else 200)
