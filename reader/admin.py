"""The editorial policy: a new version may be published, none is ever edited."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from kernel.admin.bases import ActionAdmin, become
from reader.actions.policy import publish_policy
from reader.models import PolicyVersion


@admin.register(PolicyVersion)
class PolicyVersionAdmin(ActionAdmin):
    list_display = ["number", "in_force_from", "published_by", "published_at", "change_note"]
    list_select_related = ["published_by"]
    search_fields = ["text", "change_note"]
    date_hierarchy = "in_force_from"
    ordering = ["-number"]

    def get_fieldsets(self, request: HttpRequest, obj: PolicyVersion | None = None) -> Any:
        """Say beforehand that a published version stays."""
        if obj is None:
            warning = (
                "A published version cannot be changed or taken back, only followed by another."
            )
            fields = ["text", "change_note", "in_force_from"]
            return [(None, {"fields": fields, "description": warning})]
        fields = ["number", "text", "change_note", "in_force_from", "published_by", "published_at"]
        return [(None, {"fields": fields})]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Begin with the newest version's text."""
        newest = PolicyVersion.objects.order_by("-number").first()
        return {
            "text": newest.text if newest else "",
            "in_force_from": timezone.now().date(),
            **super().get_changeform_initial_data(request),
        }

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Tell that nobody edits a published version."""
        return False

    def save_model(self, request: HttpRequest, obj: PolicyVersion, form: Any, change: bool) -> None:
        """Publish the next version through its action."""
        said = form.cleaned_data
        saved = publish_policy(
            actor=request.user,  # type: ignore[arg-type]
            text=said["text"],
            change_note=said["change_note"],
            in_force_from=said["in_force_from"],
            at=timezone.now(),
        )
        become(obj, saved)
