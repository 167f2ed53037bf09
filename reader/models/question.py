from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from articles.models import Article

if TYPE_CHECKING:
    from accounts.models import User


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, user: "User") -> "QuestionQuerySet":
        return self.all() if user.has_perm("reader.view_question") else self.none()


class Question(models.Model):
    """A follow-up question for the editors. Neither role nor address of the reader is kept."""

    class State(models.TextChoices):
        OPEN = "OPEN", "Open"
        ANSWERED = "ANSWERED", "Answered"
        CLOSED = "CLOSED", "Closed"

    article = models.ForeignKey(
        Article, models.PROTECT, null=True, blank=True, related_name="questions"
    )
    language = models.CharField(max_length=12, choices=settings.LANGUAGES)
    text = models.TextField(max_length=2000)
    reply_to = models.EmailField(blank=True, help_text="Only if the reader wants an answer.")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    handled_at = models.DateTimeField(null=True, blank=True)
    objects = QuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["OPEN", "ANSWERED", "CLOSED"]), name="question_state_known"
            )
        ]
        indexes = [models.Index(fields=["state", "-asked_at", "-id"], name="question_queue")]
        permissions = [("handle_question", "Can handle readers' questions")]

    def __str__(self) -> str:
        return self.text[:80]
