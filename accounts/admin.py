"""People, what qualifies them, and the trail of what was done."""

from typing import Any

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_POST
from knox.models import AuthToken

from accounts import (
    admin_users,  # noqa: F401  # registers accounts and roles
    rules,
)
from accounts.actions.credentials import save_credential, verify_credential
from accounts.forms import CredentialForm
from accounts.models import Credential, Interest, InterestDeclaration
from kernel.admin.bases import ActionAdmin, ReadOnlyAdmin, ReadOnlyInline
from kernel.errors import NotAllowed

# Roles are made by migrations, tokens by their owners, and lockouts end by themselves: none of
# them is written without the action that audits it.
admin.site.unregister([Group, AuthToken, AccessAttempt, AccessFailureLog, AccessLog])


class StandingFilter(admin.SimpleListFilter):
    """Verified, waiting for a verification, or expired."""

    title = "standing"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the three standings."""
        return [("valid", "Verified"), ("waiting", "Not verified"), ("expired", "Expired")]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Credential]
    ) -> QuerySet[Credential]:
        """Return the credentials of the chosen standing."""
        today = timezone.now().date()
        if self.value() == "valid":
            return queryset.filter(pk__in=Credential.objects.valid_on(today))
        if self.value() == "waiting":
            return queryset.filter(verified_at__isnull=True)
        if self.value() == "expired":
            return queryset.filter(expires_on__lt=today)
        return queryset


@admin.register(Credential)
class CredentialAdmin(ActionAdmin):
    """Credentials: entered through `save_credential`, verified through `verify_credential`."""

    list_display = ["holder", "degree", "standing", "profession", "specialty", "authority"]
    list_display_links = ["degree"]
    list_filter = [StandingFilter, "specialty"]
    list_select_related = ["user", "specialty", "verified_by"]
    search_fields = ["user__name", "user__email", "degree", "licence_number", "authority"]
    ordering = ["-pk"]
    actions = ["verify_selected"]
    change_form_template = "admin/accounts/credential/change_form.html"

    @admin.display(description="holder", ordering="user__name")
    def holder(self, credential: Credential) -> str:
        """Return the holder's name."""
        return credential.user.name

    @admin.display(description="standing")
    def standing(self, credential: Credential) -> str:
        """Return in words whether it counts today."""
        today = timezone.now().date()
        if credential.expires_on is not None and credential.expires_on < today:
            return f"Expired on {credential.expires_on:%d %B %Y}"
        if credential.verified_at is None or credential.verified_by is None:
            return "Not verified"
        return f"Verified by {credential.verified_by.name} on {credential.verified_at:%d %B %Y}"

    def get_fieldsets(self, request: HttpRequest, obj: Credential | None = None) -> Any:
        """Say beforehand that a change takes the verification back."""
        fields = ["user", *CredentialForm.Meta.fields]
        if obj is None:
            return [(None, {"fields": fields})]
        warning = "Saving a change here takes the verification back." if obj.verified_at else ""
        return [(None, {"fields": [*fields, "standing"], "description": warning})]

    def get_readonly_fields(self, request: HttpRequest, obj: Credential | None = None) -> list[str]:
        """Keep the holder of a stored credential."""
        return ["standing"] if obj is None else ["user", "standing"]

    def save_model(self, request: HttpRequest, obj: Credential, form: Any, change: bool) -> None:
        """Store the credential through its action; a save that changes nothing does nothing."""
        if form.has_changed():
            save_credential(actor=request.user, credential=obj, at=timezone.now())  # type: ignore[arg-type]

    def has_verify_permission(self, request: HttpRequest) -> bool:
        """Tell whether who asks verifies credentials at all."""
        return request.user.has_perm("accounts.verify_credential")

    @admin.action(description="Verify the selected credentials", permissions=["verify"])
    def verify_selected(self, request: HttpRequest, queryset: QuerySet[Credential]) -> None:
        """Verify each selected credential; say which ones were refused and why."""
        for credential in queryset.select_related("user").order_by("pk"):
            try:
                verify_credential(
                    actor=request.user,  # type: ignore[arg-type]
                    credential_id=credential.pk,
                    at=timezone.now(),
                )
            except NotAllowed as refusal:
                self.message_user(
                    request, f"{credential.user.name}, {credential}: {refusal}", messages.ERROR
                )
            else:
                self.log_change(request, credential, "Verified.")
                self.message_user(
                    request,
                    f"{credential.user.name}, {credential}: verified.",
                    messages.SUCCESS,
                )

    def get_urls(self) -> list[URLPattern]:
        """Add the button's door."""
        door = self.admin_site.admin_view(require_POST(self.verify_view))
        return [
            path("<int:pk>/verify/", door, name="accounts_credential_verify"),
            *super().get_urls(),
        ]

    def verify_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Verify one credential."""
        credential = get_object_or_404(self.get_queryset(request), pk=pk)
        verify_credential(actor=request.user, credential_id=credential.pk, at=timezone.now())  # type: ignore[arg-type]
        self.log_change(request, credential, "Verified.")
        self.message_user(request, "The credential is verified.", messages.SUCCESS)
        return redirect("admin:accounts_credential_change", credential.pk)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Offer the button, or say why not."""
        if credential := context.get("original"):
            context["why_not_verify"] = rules.why_not_verify_credential(
                actor=request.user,  # type: ignore[arg-type]
                credential=credential,
            )
        return super().render_change_form(request, context, *args, **kwargs)


class InterestInline(ReadOnlyInline):
    model = Interest
    fields = ["company", "product", "kind", "from_on", "to_on"]


@admin.register(InterestDeclaration)
class InterestDeclarationAdmin(ReadOnlyAdmin):
    """What people declared, and when."""

    list_display = ["user", "state", "declared_at"]
    list_filter = ["state"]
    list_select_related = ["user"]
    search_fields = ["user__name", "user__email"]
    date_hierarchy = "declared_at"
    ordering = ["-declared_at", "-pk"]
    inlines = [InterestInline]
