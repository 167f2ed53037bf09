from django.conf import settings
from django.db import models

from articles.texts.models.edition import Edition


class WorkingCopy(models.Model):
    """What one person has typed into a draft and not saved yet, and that they are there.

    It is nobody else's text and no part of the draft: saving makes it so and empties it.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="working_copies")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    draft_number = models.PositiveIntegerField(help_text="The draft it was begun on.")
    text = models.JSONField(
        default=dict, blank=True, help_text="The form's fields as typed; empty where all is saved."
    )
    typed_at = models.DateTimeField(null=True, help_text="When the text last changed.")
    seen_at = models.DateTimeField(help_text="When the editor was last open.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "user"], name="one_working_copy_each")
        ]

    def __str__(self) -> str:
        return f"{self.user} on draft {self.draft_number} of {self.edition}"
