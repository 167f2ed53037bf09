from django.db import models


class PublicationEntry(models.Model):
    """Something changed that readers can see. Append-only; the newest key is the stamp of all public
    pages, the newest of an article's and of the site's together the stamp of that article's pages.

    Written by `kernel.action` alone, under the audit trail's lock: keys are given out in the order in
    which transactions commit.
    """

    at = models.DateTimeField()
    event = models.CharField(max_length=60, help_text="Why, such as review.publication.moved.")
    subject = models.CharField(max_length=80, help_text="Such as articles.reference:12.")
    # The kernel knows no articles: a key without a constraint, of rows that are never deleted.
    article_id = models.BigIntegerField(null=True, help_text="Empty: any public page may change.")

    class Meta:
        verbose_name_plural = "publication entries"
        indexes = [models.Index(fields=["article_id", "-id"], name="newest_of_article")]

    def __str__(self) -> str:
        return f"{self.pk}: {self.event} {self.subject}"
