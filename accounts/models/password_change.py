from django.conf import settings
from django.db import models


class PasswordChange(models.Model):
    """Who chose a person's password, and when. Append-only: a password that somebody else chose
    proves nothing about who signs with it.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="password_changes"
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "-id"], name="password_newest")]

    def __str__(self) -> str:
        return f"{self.user}, {self.changed_at:%Y-%m-%d}"
