from django.db import models


class Audience(models.Model):
    """Whom a text is written for. A reader's role is an audience too; it may have no text of
    its own and fall back to another's.
    """

    slug = models.SlugField(unique=True)
    label = models.CharField(max_length=60, help_text="For editors, such as Clinician.")
    reader_label = models.CharField(
        max_length=100, help_text="As readers choose it, such as I am a nurse."
    )
    falls_back_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="falls_back_from"
    )
    is_professional = models.BooleanField(
        default=False, help_text="Written for people who treat patients."
    )
    reading_grade = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Highest US school grade to aim at."
    )
    schema_org = models.CharField(
        "schema.org type",
        max_length=60,
        blank=True,
        help_text="Clinician, MedicalResearcher, Patient or MedicalAudience; empty for the public.",
    )
    position = models.PositiveSmallIntegerField(unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(falls_back_to__isnull=True)
                | ~models.Q(falls_back_to=models.F("id")),
                name="audience_does_not_fall_back_to_itself",
            )
        ]

    def __str__(self) -> str:
        return self.label
