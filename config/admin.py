"""Django's admin with the site's name and the site's sign-in."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django_tasks_db.models import DBTaskResult

from kernel.models import OutboxMessage


class ImprimaturAdminSite(admin.AdminSite):
    site_header = f"{settings.SITE_NAME} administration"
    site_title = f"{settings.SITE_NAME} administration"
    index_title = "What would you like to manage?"
    empty_value_display = "–"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A row is deleted by itself, from its own page, or not at all.
        self.disable_action("delete_selected")

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Let no answer of the admin be stored, whatever Django's own routes ask for."""
        return super().admin_view(view)

    def has_permission(self, request: HttpRequest) -> bool:
        """Let in active people with the administrator's role, and superusers."""
        user = request.user
        return user.is_active and (
            getattr(user, "is_staff", False) or getattr(user, "is_superuser", False)
        )

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Show the first page, and on top what the worker gave up. Two queries more."""
        given_up = {
            "given_up_messages": OutboxMessage.objects.given_up().count(),
            "failed_tasks": DBTaskResult.objects.failed().count(),
        }
        return super().index(request, given_up | (extra_context or {}))

    @method_decorator(never_cache)
    def login(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Send the visitor to the site's own sign-in, which counts failures and locks out."""
        target = request.GET.get("next") or reverse("admin:index")
        if request.user.is_authenticated:
            if self.has_permission(request):
                return redirect("admin:index")
            raise PermissionDenied("Your account does not have the administrator's role.")
        return redirect_to_login(target)

    def logout(  # type: ignore[override]  # a redirect in place of a page
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Leave through the site's own sign-out."""
        return redirect("accounts:sign-out")

    def password_change(  # type: ignore[override]  # a redirect in place of a page
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Change one's own password through the site's own page, which leaves an audit entry."""
        return redirect("accounts:password")
