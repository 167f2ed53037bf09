"""Configuration that readers see, the reference library, and articles to look at."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from accounts.events import AccountEvent
from accounts.models import Specialty
from articles.models import (
    Article,
    Audience,
    CitedReference,
    Contribution,
    Disclaimer,
    Edition,
    GlossaryTerm,
    Topic,
    Version,
    edition_text_columns,
    version_text_columns,
)
from articles.references import admin as admin_references  # noqa: F401  # registers the reference library
from articles.texts.events import TextEvent
from kernel.admin.audited import AuditedAdmin
from kernel.admin.bases import ReadOnlyAdmin, ReadOnlyInline, change_link, link


# Registered here, not in accounts: readers see specialties through articles.
@admin.register(Specialty)
class SpecialtyAdmin(AuditedAdmin):
    events = AccountEvent
    list_display = ["name", "slug", "schema_org"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    ordering = ["name", "pk"]


@admin.register(Topic)
class TopicAdmin(AuditedAdmin):
    events = TextEvent
    list_display = ["name", "slug"]
    search_fields = ["name", "slug", "description"]
    prepopulated_fields = {"slug": ["name"]}
    ordering = ["name", "pk"]


@admin.register(Audience)
class AudienceAdmin(AuditedAdmin):
    events = TextEvent
    list_display = ["label", "reader_label", "falls_back_to", "is_professional", "position"]
    list_select_related = ["falls_back_to"]
    search_fields = ["label", "reader_label", "slug"]
    ordering = ["position", "pk"]


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(AuditedAdmin):
    events = TextEvent
    list_display = ["term", "language", "abbreviation", "definition"]
    list_filter = ["language"]
    search_fields = ["term", "abbreviation", "definition"]
    ordering = ["term", "pk"]


@admin.register(Disclaimer)
class DisclaimerAdmin(AuditedAdmin):
    events = TextEvent
    """The versions frozen before a change keep the words that were in force."""

    list_display = ["__str__", "language", "jurisdiction", "in_force_from", "in_force_to"]
    list_filter = ["language", "jurisdiction", "audience"]
    list_select_related = ["audience"]
    search_fields = ["text"]
    date_hierarchy = "in_force_from"
    ordering = ["-in_force_from", "-pk"]


@admin.register(Article)
class ArticleAdmin(ReadOnlyAdmin):
    list_display = ["question", "slug", "specialty", "created_by", "created_at"]
    list_filter = ["specialty", "topics"]
    list_select_related = ["specialty", "created_by"]
    search_fields = ["question", "slug"]
    date_hierarchy = "created_at"
    ordering = ["-pk"]


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    """Drafts are written at the editor's desk alone."""

    list_display = [
        "__str__",
        "language",
        "audience",
        "draft_number",
        "updated_by",
        "updated_at",
        "desk",
    ]
    list_filter = ["language", "audience"]
    list_select_related = ["article", "audience", "updated_by"]
    search_fields = ["title", "heading", "article__question"]
    date_hierarchy = "updated_at"
    ordering = ["-pk"]
    readonly_fields = ["desk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Edition]:
        """Return editions without their bodies, which lists do not show."""
        return super().get_queryset(request).defer(*edition_text_columns())

    @admin.display(description="desk")
    def desk(self, edition: Edition) -> str:
        """Return the way to the editor's desk."""
        return link(reverse("articles:edition", args=[edition.pk]), "Open at the desk")


@admin.register(Contribution)
class ContributionAdmin(ReadOnlyAdmin):
    """Who worked on which draft: what a reviewer's independence is judged by."""

    list_display = ["edition", "draft_number", "user", "kind", "at"]
    list_filter = ["kind"]
    list_select_related = ["edition__article", "user"]
    search_fields = ["user__name", "user__email", "edition__title"]
    date_hierarchy = "at"
    ordering = ["-pk"]


class CitedReferenceInline(ReadOnlyInline):
    model = CitedReference
    fields = ["number", "reference"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[CitedReference]:
        """Return the rows with their references at hand."""
        return super().get_queryset(request).select_related("reference").order_by("number", "pk")


@admin.register(Version)
class VersionAdmin(ReadOnlyAdmin):
    list_display = [
        "title",
        "number",
        "change_class",
        "frozen_by",
        "frozen_at",
        "short_digest",
        "desk",
    ]
    list_filter = ["change_class", "edition__language", "edition__audience"]
    list_select_related = ["frozen_by"]
    search_fields = ["title", "heading", "digest"]
    date_hierarchy = "frozen_at"
    ordering = ["-pk"]
    inlines = [CitedReferenceInline]
    readonly_fields = ["edition_link", "desk"]
    fields = [
        "edition_link",
        "desk",
        "number",
        "draft_number",
        "title",
        "heading",
        "summary",
        "change_class",
        "change_note",
        "frozen_by",
        "frozen_at",
        "digest",
        "text_digest",
        "renderer",
        "content",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Version]:
        """Return versions without their texts, which lists do not show."""
        return super().get_queryset(request).defer(*version_text_columns())

    @admin.display(description="digest")
    def short_digest(self, version: Version) -> str:
        """Return the first eight characters of the digest."""
        return format_html("<code>{}</code>", version.digest[:8])

    @admin.display(description="edition")
    def edition_link(self, version: Version) -> str:
        """Return the way to the edition's own page here."""
        return change_link(version.edition)

    @admin.display(description="desk")
    def desk(self, version: Version) -> str:
        """Return the way to the version at the editor's desk."""
        return link(reverse("articles:version", args=[version.pk]), "Open at the desk")
