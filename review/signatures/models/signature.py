import json
from typing import Any

from django.conf import settings
from django.db import models

from articles.models import Version
from review.rounds.models.submission import Submission
from review.verdicts.models.decision import Decision


class Signature(models.Model):
    """An approving decision, re-authenticated and bound to a Version's digest. Append-only.

    `payload` is the canonical JSON of all that was signed: digest, signer, credentials, interests,
    capacity, meaning, time and method; `payload_digest` its SHA-256.
    """

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="signature")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="signatures")
    version = models.ForeignKey(Version, models.PROTECT, related_name="signatures")
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="signatures")
    signed_at = models.DateTimeField()
    digest = models.CharField(max_length=64, help_text="Of the version that was read.")
    payload = models.TextField()
    payload_digest = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "signer"], name="signed_once_per_submission"
            )
        ]

    def __str__(self) -> str:
        return f"{self.signer} signed {self.version}"

    @property
    def signed(self) -> dict[str, Any]:
        """Return what was signed as a dict. Parses at each call."""
        return json.loads(self.payload)  # type: ignore[no-any-return]
