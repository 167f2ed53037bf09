from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models.specialty import Specialty


class CredentialQuerySet(models.QuerySet["Credential"]):
    def valid_on(self, day: date) -> "CredentialQuerySet":
        """Return credentials that somebody verified and that have not expired on `day`."""
        return self.filter(verified_at__isnull=False).filter(
            Q(expires_on__isnull=True) | Q(expires_on__gte=day)
        )


class Credential(models.Model):
    """One qualification of a person, and who checked it. Unverified ones qualify for nothing."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="credentials")
    degree = models.CharField(max_length=60, help_text="As it follows the name, such as MD.")
    profession = models.CharField(max_length=100, help_text="Such as Consultant rheumatologist.")
    specialty = models.ForeignKey(Specialty, models.PROTECT, related_name="credentials")
    licence_number = models.CharField(max_length=60)
    authority = models.CharField(max_length=150, help_text="Who issued the licence.")
    jurisdiction = models.CharField(max_length=60, help_text="Where it is valid, such as GB.")
    expires_on = models.DateField(null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    verified_at = models.DateTimeField(null=True, blank=True, editable=False)
    objects = CredentialQuerySet.as_manager()

    class Meta:
        permissions = [("verify_credential", "Can verify credentials")]
        constraints = [
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True, verified_at__isnull=True)
                | Q(verified_by__isnull=False, verified_at__isnull=False),
                name="credential_verified_by_someone_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True) | ~Q(verified_by=models.F("user")),
                name="credential_not_verified_by_its_holder",
            ),
            models.UniqueConstraint(
                fields=["authority", "licence_number", "user"], name="credential_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.degree}, {self.profession}"

    def is_valid_on(self, day: date) -> bool:
        """Tell whether somebody verified it and it has not expired on `day`."""
        return self.verified_at is not None and (self.expires_on is None or self.expires_on >= day)
