"""What every model's admin here builds on. They live in the leftmost app so that all may.

- `SiteAdmin`: Django's own, with honest status codes.
- `ReadOnlyAdmin`: shows; nobody adds, changes or deletes, superusers included.
- `ActionAdmin`: adds and changes through an action, which has its own transaction.
"""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kernel.errors import WrongState
from kernel.forms import add_refusal

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    StackedInline = admin.StackedInline[Any, Any]
    TabularInline = admin.TabularInline[Any, Any]
else:
    ModelAdmin = admin.ModelAdmin
    StackedInline = admin.StackedInline
    TabularInline = admin.TabularInline

BAD_REQUEST, CONFLICT = 400, 409


def link(url: str, words: str) -> SafeString:
    """Return a link with escaped words."""
    return format_html('<a href="{}">{}</a>', url, words)


def change_link(row: models.Model) -> SafeString:
    """Return a link to a row's own page in the admin."""
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
    return link(reverse(name, args=[row.pk]), str(row))


class RelatedRows:
    """Mixed into forms that choose related rows: none of them is deleted from there."""

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest | None, **kwargs: Any
    ) -> forms.Field | None:
        """Offer no button that deletes a related row from another's form."""
        field: forms.Field | None = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False
        return field


class SiteAdmin(RelatedRows, ModelAdmin):
    """Django's own; a form with errors answers 400, or 409 when the state moved on."""

    list_per_page = 50
    show_full_result_count = False
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Render the form with the status that fits what is in it."""
        response = super().render_change_form(request, context, *args, **kwargs)
        if request.method == "POST" and context.get("errors"):
            moved_on = isinstance(getattr(request, "refusal", None), WrongState)
            response.status_code = CONFLICT if moved_on else BAD_REQUEST
        return response


class ReadOnlyAdmin(SiteAdmin):
    """Shows rows that only actions write. Links lead to where they are worked on."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Tell that nobody adds one here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Tell that nobody changes one here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Tell that nobody deletes one here."""
        return False


class ReadOnlyInline(TabularInline):
    """Shows the rows that belong to another."""

    extra = 0
    can_delete = False
    template = "admin/read_only_rows.html"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Tell that nobody adds one here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Tell that nobody changes one here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Tell that nobody deletes one here."""
        return False


class ActionAdmin(SiteAdmin):
    """Writes through an action: override `save_model` to call it.

    Actions open a durable transaction, so Django's own around the form must not be there. What an
    action refuses is shown on the form, with all that was typed. Nobody deletes here.
    """

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Tell that nobody deletes one here: evidence refers to it."""
        return False

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show or save the form outside a transaction; show a refusal on the form."""
        arguments = (request, object_id, form_url, extra_context)
        try:
            return self._changeform_view(*arguments)  # type: ignore[attr-defined, no-any-return]
        except (ValidationError, WrongState) as refusal:
            request.refusal = refusal  # type: ignore[attr-defined]
            return self._changeform_view(*arguments)  # type: ignore[attr-defined, no-any-return]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Return the form; after a refusal, one that carries it."""
        form_class: Any = super().get_form(request, obj, change, **kwargs)
        refusal = getattr(request, "refusal", None)
        if refusal is None:
            return form_class
        return type(form_class.__name__, (RefusedForm, form_class), {"refusal": refusal})

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save nothing more: the action saved everything."""

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        """Return the log's words for the row alone: what belongs to it is only shown."""
        return super().construct_change_message(request, form, [], add)


class RefusedForm(forms.BaseForm):
    """Mixed into a form that an action refused."""

    refusal: ValidationError | WrongState

    def full_clean(self) -> None:
        """Add the refusal to what the form itself finds."""
        super().full_clean()
        if isinstance(self.refusal, ValidationError):
            add_refusal(self, self.refusal)
        else:
            self.add_error(None, self.refusal.reason)


def become(row: models.Model, saved: models.Model) -> None:
    """Give the admin's unsaved `row` the values and the key of what an action saved."""
    row.__dict__.update(saved.__dict__)
