from django.conf import settings
from django.db import models
from django.db.models import Q


class InterestDeclaration(models.Model):
    """What a person declared on one day. The newest counts; no row means never asked.

    Append-only: a change of mind is a new declaration.
    """

    class State(models.TextChoices):
        NONE = "NONE", "Nothing to declare"
        DECLARED = "DECLARED", "Interests declared"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="interest_declarations"
    )
    state = models.CharField(max_length=8, choices=State)
    declared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["NONE", "DECLARED"]), name="declaration_state_known"
            )
        ]
        indexes = [models.Index(fields=["user", "-declared_at"], name="declaration_newest")]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_state_display()}"


class Interest(models.Model):
    """One interest within a declaration (after the ICMJE disclosure form's rows)."""

    class Kind(models.TextChoices):
        EMPLOYMENT = "EMPLOYMENT", "Employment"
        FEES = "FEES", "Consulting or speaking fees"
        GRANT = "GRANT", "Research grant"
        STOCK = "STOCK", "Shares or options"
        PATENT = "PATENT", "Patent or royalties"
        TRAVEL = "TRAVEL", "Travel or hospitality"
        OTHER = "OTHER", "Other"

    declaration = models.ForeignKey(InterestDeclaration, models.PROTECT, related_name="interests")
    company = models.CharField(max_length=150)
    product = models.CharField(max_length=150, blank=True, help_text="Generic name, if one.")
    kind = models.CharField(max_length=10, choices=Kind)
    from_on = models.DateField("from")
    to_on = models.DateField("to", null=True, blank=True, help_text="Empty while it goes on.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=models.F("from_on")),
                name="interest_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.company} ({self.get_kind_display()})"
