"""The trail, the publication log, and the work behind the answers, in the admin."""

from abc import abstractmethod
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django_tasks_db.models import DBTaskResult

from kernel.actions.retrying import retry_message, retry_task, why_not_retry
from kernel.admin.bases import ReadOnlyAdmin, link
from kernel.errors import NotAllowed, WrongState
from kernel.models import AuditEntry, OutboxMessage, PublicationEntry

admin.site.unregister(DBTaskResult)


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    """The trail. `manage.py verify` checks that it is whole."""

    list_display = ["position", "at", "who", "action", "subject_link", "short_digest"]
    list_select_related = ["actor"]
    list_filter = ["at"]
    search_fields = ["action", "subject", "actor__name", "actor__email"]
    date_hierarchy = "at"
    ordering = ["-position"]
    fields = [
        "position",
        "at",
        "actor",
        "action",
        "subject_link",
        "data",
        "previous_digest",
        "digest",
    ]

    @admin.display(description="who", ordering="actor__name")
    def who(self, entry: AuditEntry) -> str:
        """Return who did it; readers have no name here."""
        return entry.actor.name if entry.actor else "nobody signed in"

    @admin.display(description="subject", ordering="subject")
    def subject_link(self, entry: AuditEntry) -> str:
        """Return the subject, with a link where the admin has a page for it."""
        label, _, pk = entry.subject.partition(":")
        try:
            url = reverse(f"admin:{label.replace('.', '_')}_change", args=[pk])
        except NoReverseMatch:
            return entry.subject
        return link(url, entry.subject)

    @admin.display(description="digest")
    def short_digest(self, entry: AuditEntry) -> str:
        """Return the first eight characters of the digest."""
        return format_html("<code>{}</code>", entry.digest[:8])


@admin.register(PublicationEntry)
class PublicationEntryAdmin(ReadOnlyAdmin):
    """What changed that readers can see. Written with the change."""

    list_display = ["id", "at", "event", "subject", "article_id"]
    search_fields = ["event", "subject"]
    ordering = ["-pk"]


class OutcomeFilter(admin.SimpleListFilter):
    """Waiting, delivered or given up."""

    title = "outcome"
    parameter_name = "outcome"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the three outcomes."""
        return [("waiting", "Waiting"), ("delivered", "Delivered"), ("given-up", "Given up")]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[OutboxMessage]
    ) -> QuerySet[OutboxMessage]:
        """Return the messages of the chosen outcome."""
        if self.value() == "delivered":
            return queryset.filter(delivered_at__isnull=False)
        if self.value() == "given-up":
            return queryset.filter(given_up_at__isnull=False)
        if self.value() == "waiting":
            return queryset.filter(delivered_at__isnull=True, given_up_at__isnull=True)
        return queryset


class RetriedAdmin(ReadOnlyAdmin):
    """Rows that the worker gave up, and a button that has it try them again."""

    actions = ["try_again"]

    def has_try_again_permission(self, request: HttpRequest) -> bool:
        """Tell whether the button is offered."""
        return why_not_retry(request.user) is None

    @admin.action(description="Try again", permissions=["try_again"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
        """Have each chosen row tried again; say of each that is not why."""
        tried = 0
        for row in queryset.order_by("pk"):
            try:
                self.retry(request, row)
                tried += 1
            except (NotAllowed, WrongState) as refusal:
                self.message_user(request, f"{row}: {refusal}", messages.WARNING)
        if tried:
            self.message_user(request, f"The worker tries {tried} again.", messages.SUCCESS)
        return redirect(request.get_full_path())

    @abstractmethod
    def retry(self, request: HttpRequest, row: Any) -> None:
        """Have one row tried again."""


@admin.register(OutboxMessage)
class OutboxMessageAdmin(RetriedAdmin):
    """Mail that waits, was delivered, or was given up with its error."""

    list_display = ["id", "handler", "payload", "created_at", "attempts", "outcome", "error"]
    list_filter = [OutcomeFilter]
    search_fields = ["handler", "error"]
    ordering = ["-pk"]

    @admin.display(description="outcome")
    def outcome(self, row: OutboxMessage) -> str:
        """Return what became of it so far."""
        if row.delivered_at:
            return f"delivered {row.delivered_at:%Y-%m-%d %H:%M}"
        return "given up" if row.given_up_at else f"waiting until {row.due_at:%Y-%m-%d %H:%M}"

    def retry(self, request: HttpRequest, row: OutboxMessage) -> None:
        """Have one message tried again."""
        retry_message(actor=request.user, message_id=row.pk, at=timezone.now())  # type: ignore[arg-type]


@admin.register(DBTaskResult)
class TaskAdmin(RetriedAdmin):
    """Work that waits, runs, was done, or failed with its error."""

    list_display = ["task_name", "status", "enqueued_at", "started_at", "finished_at", "error"]
    list_filter = ["status"]
    ordering = ["-enqueued_at", "-pk"]
    fields = [
        "task_path",
        "args_kwargs",
        "status",
        "enqueued_at",
        "started_at",
        "finished_at",
        "worker_ids",
        "whole_error",
    ]

    @admin.display(description="error")
    def error(self, row: Any) -> str:
        """Return the last line of what went wrong."""
        lines: list[str] = row.traceback.strip().splitlines()
        return lines[-1] if lines else ""

    @admin.display(description="error")
    def whole_error(self, row: Any) -> str:
        """Return all of what went wrong."""
        return format_html("<pre>{}</pre>", row.traceback)

    def retry(self, request: HttpRequest, row: Any) -> None:
        """Have one task run again."""
        retry_task(actor=request.user, task_id=row.pk, at=timezone.now())  # type: ignore[arg-type]
