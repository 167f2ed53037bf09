from django.db import models


class Specialty(models.Model):
    """A branch of medicine: of an article, of a credential, and the capacity of a review."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=100, unique=True)
    schema_org = models.CharField(
        "schema.org term",
        max_length=60,
        blank=True,
        help_text="The member of schema.org's MedicalSpecialty, such as Rheumatologic.",
    )

    class Meta:
        verbose_name_plural = "specialties"

    def __str__(self) -> str:
        return self.name
