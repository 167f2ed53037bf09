"""The rules of review to set, and everything that was reviewed to look at."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from kernel.admin.audited import AuditedAdmin
from kernel.admin.bases import ReadOnlyAdmin, ReadOnlyInline, RelatedRows, StackedInline, link
from review.models import (
    Assignment,
    Decision,
    Notice,
    Publication,
    ReviewRule,
    RuleCapacity,
    Signature,
    Submission,
)
from review.public.models.publication import TEXT_COLUMNS
from review.rounds.events import RoundEvent


def board_link(submission_id: int) -> str:
    """Return the way to a submission at the board's desk."""
    return link(reverse("review:submission", args=[submission_id]), "Open at the board's desk")


class RuleCapacityInline(RelatedRows, StackedInline):
    model = RuleCapacity
    extra = 0


def is_general(rule: ReviewRule) -> bool:
    """Tell whether this is the rule for every text that has no rule of its own."""
    return rule.pk is not None and rule.specialty_id is None and rule.audience_id is None


@admin.register(ReviewRule)
class ReviewRuleAdmin(AuditedAdmin):
    events = RoundEvent
    """A change counts for submissions made after it; those under way keep the rule they have."""

    list_display = [
        "__str__",
        "approvals_needed",
        "capacity_words",
        "pending_is_public",
        "months_to_next_review",
    ]
    list_filter = ["pending_is_public", "specialty", "audience"]
    list_select_related = ["specialty", "audience"]
    search_fields = ["specialty__name", "audience__label"]
    ordering = ["pk"]
    inlines = [RuleCapacityInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReviewRule]:
        """Return the rules with their capacities at hand."""
        return super().get_queryset(request).prefetch_related("capacities__specialty")

    @admin.display(description="capacities")
    def capacity_words(self, rule: ReviewRule) -> str:
        """Return the capacities that a rule wants."""
        return ", ".join(sorted(str(capacity) for capacity in rule.capacities.all())) or "–"

    def get_readonly_fields(self, request: HttpRequest, obj: ReviewRule | None = None) -> list[str]:
        """Keep the general rule general: without it a text could have no rule at all."""
        return ["specialty", "audience"] if obj is not None and is_general(obj) else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Tell whether a rule may be deleted: never the general one."""
        if obj is not None and is_general(obj):
            return False
        return super().has_delete_permission(request, obj)


class AssignmentInline(ReadOnlyInline):
    model = Assignment
    fields = ["reviewer", "capacity", "assigned_by", "assigned_at", "due_on", "ended_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Assignment]:
        """Return the rows with the people at hand."""
        rows = super().get_queryset(request)
        return rows.select_related("reviewer", "capacity", "assigned_by").order_by("pk")


@admin.register(Submission)
class SubmissionAdmin(ReadOnlyAdmin):
    """States move at the board's desk alone."""

    list_display = [
        "version_words",
        "state",
        "submitted_by",
        "submitted_at",
        "review_due_on",
        "desk",
    ]
    list_filter = ["state", "edition__language", "edition__audience"]
    list_select_related = ["version", "submitted_by"]
    search_fields = ["version__title", "submitted_by__name", "submitted_by__email"]
    date_hierarchy = "submitted_at"
    ordering = ["-pk"]
    readonly_fields = ["desk"]
    inlines = [AssignmentInline]

    @admin.display(description="version", ordering="version__title")
    def version_words(self, submission: Submission) -> str:
        """Return title and number of what was submitted."""
        return str(submission.version)

    @admin.display(description="desk")
    def desk(self, submission: Submission) -> str:
        """Return the way to the board's desk."""
        return board_link(submission.pk)


@admin.register(Assignment)
class AssignmentAdmin(ReadOnlyAdmin):
    list_display = [
        "submission",
        "reviewer",
        "capacity",
        "assigned_by",
        "assigned_at",
        "ended_at",
        "desk",
    ]
    list_filter = ["capacity"]
    list_select_related = ["submission__version", "reviewer", "capacity", "assigned_by"]
    search_fields = ["reviewer__name", "reviewer__email", "submission__version__title"]
    date_hierarchy = "assigned_at"
    ordering = ["-pk"]
    readonly_fields = ["desk"]

    @admin.display(description="desk")
    def desk(self, assignment: Assignment) -> str:
        """Return the way to the board's desk."""
        return board_link(assignment.submission_id)


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = ["assignment", "kind", "decided_by", "decided_at", "desk"]
    list_filter = ["kind"]
    list_select_related = ["assignment__reviewer", "assignment__capacity", "decided_by"]
    search_fields = ["decided_by__name", "decided_by__email"]
    date_hierarchy = "decided_at"
    ordering = ["-pk"]
    readonly_fields = ["desk"]

    @admin.display(description="desk")
    def desk(self, decision: Decision) -> str:
        """Return the way to the board's desk."""
        return board_link(decision.assignment.submission_id)


@admin.register(Signature)
class SignatureAdmin(ReadOnlyAdmin):
    list_display = ["version", "signer", "signed_at", "short_digest", "desk"]
    list_select_related = ["version", "signer"]
    search_fields = ["signer__name", "signer__email", "version__title", "digest", "payload_digest"]
    date_hierarchy = "signed_at"
    ordering = ["-pk"]
    readonly_fields = ["desk"]

    @admin.display(description="digest")
    def short_digest(self, signature: Signature) -> str:
        """Return the first eight characters of the digest that was signed."""
        return format_html("<code>{}</code>", signature.digest[:8])

    @admin.display(description="desk")
    def desk(self, signature: Signature) -> str:
        """Return the way to the board's desk."""
        return board_link(signature.submission_id)


@admin.register(Publication)
class PublicationAdmin(ReadOnlyAdmin):
    """What the public sees of each edition."""

    list_display = ["edition", "submission", "language", "first_published_at", "changed_at", "desk"]
    list_filter = ["language", "submission__state"]
    list_select_related = ["edition__article", "submission__version"]
    search_fields = ["edition__title", "submission__version__title"]
    date_hierarchy = "changed_at"
    ordering = ["-changed_at", "-pk"]
    fields = ["edition", "submission", "desk", "language", "first_published_at", "changed_at"]
    readonly_fields = ["desk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Publication]:
        """Return publications without the text that searching reads."""
        return super().get_queryset(request).defer(*TEXT_COLUMNS)

    @admin.display(description="desk")
    def desk(self, publication: Publication) -> str:
        """Return the way to the board's desk."""
        return board_link(publication.submission_id)


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    """Public statements on articles; chairs publish them at the board's desk."""

    list_display = ["article", "kind", "published_by", "published_at"]
    list_filter = ["kind"]
    list_select_related = ["article", "published_by"]
    search_fields = ["article__question", "text"]
    date_hierarchy = "published_at"
    ordering = ["-pk"]
