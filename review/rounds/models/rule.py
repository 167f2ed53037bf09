from typing import Any

from django.db import models
from django.db.models.functions import Coalesce

from accounts.models import Specialty
from articles.models import Article, Audience


class ReviewRuleQuerySet(models.QuerySet["ReviewRule"]):
    def in_force_for(self, *, article: Article, audience: Audience) -> "ReviewRule":
        """Return the most particular rule: specialty and audience, either, or the general one.

        The general rule (neither) is created by a migration and cannot be deleted.
        """
        candidates = self.filter(
            models.Q(specialty=article.specialty_id) | models.Q(specialty=None),
            models.Q(audience=audience.pk) | models.Q(audience=None),
        ).prefetch_related("capacities__specialty")
        return max(
            candidates,
            key=lambda rule: (rule.specialty_id is not None, rule.audience_id is not None),
        )


class ReviewRule(models.Model):
    """What it takes to say "reviewed", for a specialty and an audience.

    A submission carries a copy: changing a rule changes no submission under way.
    """

    specialty = models.ForeignKey(
        Specialty,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="review_rules",
        help_text="Empty: for every specialty that has no rule of its own.",
    )
    audience = models.ForeignKey(
        Audience,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="review_rules",
        help_text="Empty: for every audience that has no rule of its own.",
    )
    approvals_needed = models.PositiveSmallIntegerField(
        default=2, help_text="How many different people must sign."
    )
    pending_is_public = models.BooleanField(
        "pending text is public",
        default=False,
        help_text="Show a text that nobody approved yet, under a caution and hidden from search "
        "engines.",
    )
    months_to_next_review = models.PositiveSmallIntegerField(default=12)
    objects = ReviewRuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Coalesce("specialty", 0),
                Coalesce("audience", 0),
                name="one_rule_per_specialty_and_audience",
                violation_error_message="There is a rule for this specialty and audience already.",
            ),
            models.CheckConstraint(
                condition=models.Q(approvals_needed__gte=1),
                name="rule_needs_an_approval",
                violation_error_message="At least one person must sign.",
            ),
            models.CheckConstraint(
                condition=models.Q(months_to_next_review__gte=1), name="rule_has_a_next_review"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.specialty or 'Every specialty'}, {self.audience or 'every audience'}"

    def frozen(self) -> dict[str, Any]:
        """Return the rule as a submission keeps it. Reads its capacities."""
        return {
            "rule": self.pk,
            "approvals_needed": self.approvals_needed,
            "capacities": [
                {
                    "specialty": capacity.specialty.slug,
                    "name": capacity.specialty.name,
                    "count": capacity.count,
                }
                for capacity in sorted(
                    self.capacities.all(), key=lambda capacity: capacity.specialty.slug
                )
            ],
            "pending_is_public": self.pending_is_public,
            "months_to_next_review": self.months_to_next_review,
        }


class RuleCapacity(models.Model):
    """How many signers a rule wants in one capacity, such as one pharmacist."""

    rule = models.ForeignKey(ReviewRule, models.CASCADE, related_name="capacities")
    specialty = models.ForeignKey(Specialty, models.PROTECT, related_name="+")
    count = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name_plural = "rule capacities"
        constraints = [
            models.UniqueConstraint(fields=["rule", "specialty"], name="capacity_once_per_rule"),
            models.CheckConstraint(
                condition=models.Q(count__gte=1), name="capacity_asks_for_someone"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.count} × {self.specialty}"
