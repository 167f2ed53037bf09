"""The admin of plain configuration: each save is an action."""

from contextlib import AbstractContextManager
from copy import copy
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from kernel.action import Action, action
from kernel.admin.bases import SiteAdmin
from kernel.events import Event


def words(value: Any) -> Any:
    """Return a form's value as the trail keeps it."""
    if value is None or isinstance(value, str | bool | int):
        return value
    return str(value)


class AuditedAdmin(SiteAdmin):
    """Django's own saving, as an action inside the transaction that Django's admin opens.

    A save that changes nothing leaves no trace. A row that others refer to is not deleted. `events`
    names what is done to the row: `<app>.<model>.added`, `.changed` and `.deleted`.
    """

    events: type[Event]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save the row unless nothing changed."""
        if not change or form.has_changed():
            super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save what belongs to the row; then leave the trail's entry for both."""
        with self._action(request) as act:
            super().save_related(request, form, formsets, change)
            data: dict[str, Any] = {}
            for name in form.changed_data:
                before = form.initial.get(name) if change else None
                data[name] = [words(before), words(form.cleaned_data.get(name))]
            for formset in formsets:
                data |= related_changes(formset)
            if change and not data:
                return
            event = self._event("changed" if change else "added")
            act.record(event, form.instance, {"name": str(form.instance), **data})

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete the row and leave an entry that says which one it was."""
        gone = copy(obj)
        with self._action(request) as act:
            super().delete_model(request, obj)
            act.record(self._event("deleted"), gone, {"name": str(gone)})

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Tell whether the row may be deleted: with the right to, and while none refers to it."""
        if not super().has_delete_permission(request, obj):
            return False
        return obj is None or not is_referred_to(obj)

    def _action(self, request: HttpRequest) -> AbstractContextManager[Action[AbstractBaseUser]]:
        assert isinstance(request.user, AbstractBaseUser)
        return action(actor=request.user, at=timezone.now(), durable=False)

    def _event(self, verb: str) -> Event:
        return self.events(f"{self.opts.app_label}.{self.opts.model_name}.{verb}")


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
