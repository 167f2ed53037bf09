from collections.abc import Collection
from datetime import date
from typing import Protocol

import reversion
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q


class Noticed(Protocol):
    """What a notice says of itself, stored or not: its kind and the day it bears."""

    @property
    def kind(self) -> str: ...

    @property
    def noticed_on(self) -> date: ...


class ReferenceQuerySet(models.QuerySet["Reference"]):
    def in_use(self) -> "ReferenceQuerySet":
        """Return the references that stand for themselves: not merged into another."""
        return self.filter(merged_into__isnull=True)

    def matching(self, query: str) -> "ReferenceQuerySet":
        """Return references whose key, title, authors, DOI or PMID contain every word."""
        rows = self
        for word in query.split():
            rows = rows.filter(
                Q(key__icontains=word)
                | Q(title__icontains=word)
                | Q(authors__icontains=word)
                | Q(doi__icontains=word)
                | Q(pmid=word)
            )
        return rows


class Reference(models.Model):
    """One source in the shared library. `csl` is the fact; the other columns are read from it."""

    key = models.CharField(
        max_length=80, unique=True, help_text="What a citation in a text names, such as smith-2024."
    )
    csl = models.JSONField("CSL-JSON")
    title = models.TextField(blank=True, editable=False)
    authors = models.TextField(blank=True, editable=False)
    year = models.PositiveSmallIntegerField(null=True, editable=False)
    doi = models.CharField("DOI", max_length=300, blank=True, editable=False)
    pmid = models.CharField("PMID", max_length=12, blank=True, editable=False)
    is_identified = models.BooleanField(
        default=False, editable=False, help_text="Enough is known to find the source."
    )
    title_key = models.CharField(
        max_length=200,
        blank=True,
        editable=False,
        db_index=True,
        help_text="The title without case, accents and signs: the same for what may be one source.",
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        help_text="The reference that stands for this one since they were found to be one source.",
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )
    added_at = models.DateTimeField(editable=False)
    objects = ReferenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["doi"], condition=~Q(doi=""), name="one_reference_per_doi"
            ),
            models.UniqueConstraint(
                fields=["pmid"], condition=~Q(pmid=""), name="one_reference_per_pmid"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("id")),
                name="reference_is_not_merged_into_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.title}"

    def seen_in(self) -> list[int]:
        """Return the articles with a version that cites this source or one that is the same. One query."""
        stands = self.merged_into_id or self.pk
        family = Reference.objects.filter(Q(pk__in=[self.pk, stands]) | Q(merged_into=stands))
        articles = family.values_list("cited_in__version__edition__article", flat=True)
        return sorted({article for article in articles if article is not None})


class ReferenceNoticeQuerySet(models.QuerySet["ReferenceNotice"]):
    def retracting(self) -> "ReferenceNoticeQuerySet":
        """Return the retractions that stand, by the rule of `is_lifted`."""
        reinstated = ReferenceNotice.objects.filter(
            reference=OuterRef("reference_id"),
            kind=ReferenceNotice.Kind.REINSTATEMENT,
            noticed_on__gte=OuterRef("noticed_on"),
        )
        return self.filter(Q(kind=ReferenceNotice.Kind.RETRACTION), ~Exists(reinstated))


class ReferenceNotice(models.Model):
    """What a journal published against a source. Append-only; a mistake gets a newer notice."""

    class Kind(models.TextChoices):
        RETRACTION = "RETRACTION", "Retraction"
        CORRECTION = "CORRECTION", "Correction"
        EXPRESSION_OF_CONCERN = "EXPRESSION_OF_CONCERN", "Expression of concern"
        REINSTATEMENT = "REINSTATEMENT", "Reinstatement"

    reference = models.ForeignKey(Reference, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=24, choices=Kind)
    noticed_on = models.DateField(help_text="The date of the notice itself.")
    doi = models.CharField("DOI of the notice", max_length=300, blank=True)
    url = models.URLField("address of the notice", max_length=500, blank=True)
    reason = models.TextField(blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    objects = ReferenceNoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=["RETRACTION", "CORRECTION", "EXPRESSION_OF_CONCERN", "REINSTATEMENT"]
                ),
                name="reference_notice_kind_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.reference.key}, {self.noticed_on}"


def is_lifted(notice: Noticed, notices: Collection[Noticed]) -> bool:
    """Tell whether one of the `notices` against the same source lifted this one: a reinstatement of
    the same day, which cannot have come first, or of a later one.
    """
    return any(
        row.kind == ReferenceNotice.Kind.REINSTATEMENT and row.noticed_on >= notice.noticed_on
        for row in notices
    )


def notice_in_force(notices: Collection[Noticed], kind: str) -> date | None:
    """Return the day of the newest notice of `kind` that nothing has lifted, or None."""
    days = (row.noticed_on for row in notices if row.kind == kind and not is_lifted(row, notices))
    return max(days, default=None)


reversion.register(Reference, fields=["key", "csl"])
