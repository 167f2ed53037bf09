"""The reference library in the admin: changed through its actions, with every record kept."""

import json
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from reversion.models import Version as Revised

from articles.models import Reference, ReferenceNotice
from articles.references.actions.references import add_reference, change_reference
from kernel.admin.bases import ActionAdmin, ReadOnlyAdmin, ReadOnlyInline, become


class ReferenceForm(forms.ModelForm):  # type: ignore[type-arg]
    """A source's CSL-JSON, and the key by which texts cite it."""

    class Meta:
        model = Reference
        fields = ["key", "csl"]
        widgets = {"csl": forms.Textarea(attrs={"rows": 24, "cols": 90, "spellcheck": "false"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "csl" in self.fields:
            self.fields["csl"].encoder = PrettyEncoder  # type: ignore[attr-defined]
        if "key" in self.fields:
            self.fields["key"].required = False
            self.fields["key"].help_text = "Empty: made from authors and year. It never changes."


class PrettyEncoder(json.JSONEncoder):
    """Indents, because people read and change it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "indent": 2})


class ReferenceNoticeInline(ReadOnlyInline):
    model = ReferenceNotice
    fields = ["kind", "noticed_on", "doi", "reason", "recorded_by", "recorded_at"]


@admin.register(Reference)
class ReferenceAdmin(ActionAdmin):
    """The shared library: changed through its actions, with every earlier record kept."""

    form = ReferenceForm
    list_display = ["key", "title", "authors", "year", "doi", "pmid", "is_identified"]
    list_filter = ["is_identified", "year"]
    search_fields = ["key", "title", "authors", "doi", "pmid"]
    date_hierarchy = "added_at"
    ordering = ["-pk"]
    inlines = [ReferenceNoticeInline]
    read_from_csl = ["title", "authors", "year", "doi", "pmid", "is_identified"]

    def get_fieldsets(self, request: HttpRequest, obj: Reference | None = None) -> Any:
        """Show what is read from the record, and who added it, below the record."""
        main = [(None, {"fields": ["key", "csl"]})]
        if obj is None:
            return main
        return [
            *main,
            ("Read from the record", {"fields": self.read_from_csl}),
            ("Added", {"fields": ["added_by", "added_at"]}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Reference | None = None) -> list[str]:
        """Keep the key that texts cite."""
        if obj is None:
            return []
        return ["key", *self.read_from_csl, "added_by", "added_at"]

    def save_model(self, request: HttpRequest, obj: Reference, form: Any, change: bool) -> None:
        """Store the record through its action."""
        csl = form.cleaned_data["csl"]
        if change:
            saved = change_reference(
                actor=request.user,  # type: ignore[arg-type]
                reference_id=obj.pk,
                csl=csl,
                at=timezone.now(),
            )
        else:
            saved = add_reference(
                actor=request.user,  # type: ignore[arg-type]
                csl=csl,
                key=form.cleaned_data["key"],
                at=timezone.now(),
            )
        become(obj, saved)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show every record that the reference had: who, when, and what changed."""
        reference = self.get_object(request, object_id)
        if reference is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined, no-any-return]
        if not self.has_view_or_change_permission(request, reference):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": "Every record of this reference",
            "subtitle": reference.key,
            "opts": self.opts,
            "module_name": self.opts.verbose_name_plural,
            "object": reference,
            "records": records_of(reference),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/articles/reference/history.html", context)


def records_of(reference: Reference) -> list[dict[str, Any]]:
    """Return the stored records of a reference, newest first: at, who and what changed."""
    stored = Revised.objects.get_for_object(reference).select_related("revision__user")
    records: list[dict[str, Any]] = []
    before: dict[str, Any] = {}
    for version in stored.order_by("revision__date_created", "pk"):
        after = version.field_dict["csl"]
        changes = [
            {"field": field, "before": said(before, field), "after": said(after, field)}
            for field in sorted({*before, *after})
            if before.get(field) != after.get(field)
        ]
        records.append(
            {
                "at": version.revision.date_created,
                "who": version.revision.user,
                "is_first": not records,
                "changes": changes,
            }
        )
        before = after
    return records[::-1]


def said(csl: dict[str, Any], field: str) -> str:
    """Return what a record says in a field, as text."""
    if field not in csl:
        return ""
    value = csl[field]
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@admin.register(ReferenceNotice)
class ReferenceNoticeAdmin(ReadOnlyAdmin):
    """Notices against sources; editors and chairs record them at their desks."""

    list_display = ["reference", "kind", "noticed_on", "recorded_by", "recorded_at"]
    list_filter = ["kind"]
    list_select_related = ["reference", "recorded_by"]
    search_fields = ["reference__key", "reference__title", "doi"]
    date_hierarchy = "noticed_on"
    ordering = ["-pk"]
