from django.conf import settings
from django.db import models

from accounts.models import Specialty


class Topic(models.Model):
    """A subject that readers browse by."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=100, unique=True)
    description = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class Article(models.Model):
    """The identity of a question. Its texts are editions; its address never changes."""

    question = models.CharField(max_length=300)
    slug = models.SlugField(max_length=120, unique=True)
    specialty = models.ForeignKey(Specialty, models.PROTECT, related_name="articles")
    topics = models.ManyToManyField(Topic, blank=True, related_name="articles")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        permissions = [("reclassify_article", "Can change the specialty of a frozen article")]

    def __str__(self) -> str:
        return self.question

    def seen_in(self) -> list[int]:
        """Return the articles whose pages show this row: itself."""
        return [self.pk]
