"""The admin of plain configuration that readers see: audited, and caches are told."""

from copy import copy
from typing import Any

from django.db import models, transaction
from django.http import HttpRequest
from django.utils import timezone

from kernel import audit, generation
from kernel.admin.bases import SiteAdmin


def words(value: Any) -> Any:
    """Return a form's value as the trail keeps it."""
    if value is None or isinstance(value, str | bool | int):
        return value
    return str(value)


class AuditedAdmin(SiteAdmin):
    """Django's own saving, in one transaction with an audit entry and the generation's step.

    A save that changes nothing leaves neither. A row that others refer to is not deleted.
    """

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save the row unless nothing changed."""
        if not change or form.has_changed():
            super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save what belongs to the row; then leave the trail's entry for both."""
        with transaction.atomic():
            super().save_related(request, form, formsets, change)
            data: dict[str, Any] = {}
            for name in form.changed_data:
                before = form.initial.get(name) if change else None
                data[name] = [words(before), words(form.cleaned_data.get(name))]
            for formset in formsets:
                data |= related_changes(formset)
            if change and not data:
                return
            generation.advance()
            audit.record(
                actor=request.user,  # type: ignore[arg-type]
                action=self.action_name("changed" if change else "added"),
                subject=form.instance,
                at=timezone.now(),
                data={"name": str(form.instance), **data},
            )

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete the row and leave an entry that says which one it was."""
        gone = copy(obj)
        with transaction.atomic():
            super().delete_model(request, obj)
            generation.advance()
            audit.record(
                actor=request.user,  # type: ignore[arg-type]
                action=self.action_name("deleted"),
                subject=gone,
                at=timezone.now(),
                data={"name": str(gone)},
            )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Tell whether the row may be deleted: with the right to, and while none refers to it."""
        if not super().has_delete_permission(request, obj):
            return False
        return obj is None or not is_referred_to(obj)

    def action_name(self, verb: str) -> str:
        """Return the trail's name for what was done, such as `articles.topic.added`."""
        return f"{self.opts.app_label}.{self.opts.model_name}.{verb}"


def related_changes(formset: Any) -> dict[str, Any]:
    """Return what was added to, changed in and removed from the rows that belong to another."""
    changes = {
        "added": [str(row) for row in formset.new_objects],
        "changed": [str(row) for row, _fields in formset.changed_objects],
        "removed": [str(row) for row in formset.deleted_objects],
    }
    rows = formset.model._meta.verbose_name_plural
    return {f"{rows} {verb}": names for verb, names in changes.items() if names}


def is_referred_to(row: models.Model) -> bool:
    """Tell whether any row protects `row` by a foreign key. One query a relation."""
    for relation in row._meta.related_objects:
        if getattr(relation, "on_delete", None) is not models.PROTECT:
            continue
        others = relation.related_model._base_manager
        if others.filter(**{relation.field.name: row}).exists():
            return True
    return False
