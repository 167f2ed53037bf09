"""What the administrator of the demonstration would set up."""

import csv

from accounts.models import Specialty
from articles.models import Audience, Disclaimer, GlossaryTerm, Topic
from demo.stage import FOLDER, Stage, read
from review.models import ReviewRule, RuleCapacity


def load_settings(stage: Stage) -> None:
    """Load specialties, topics, review rules, disclaimers and the glossary."""
    stage.store(*(Specialty(**row) for row in read("specialties.json")))
    stage.store(*(Topic(**row) for row in read("topics.json")))
    audiences = {row.slug: row for row in Audience.objects.order_by("pk")}
    specialties = {row.slug: row for row in Specialty.objects.order_by("pk")}
    for row in read("rules.json"):
        rule = ReviewRule.objects.filter(
            specialty=specialties.get(row["specialty"]), audience=audiences.get(row["audience"])
        ).first() or ReviewRule(
            specialty=specialties.get(row["specialty"]), audience=audiences.get(row["audience"])
        )
        for name in ("approvals_needed", "pending_is_public", "months_to_next_review"):
            setattr(rule, name, row[name])
        stage.store(rule)
        stage.store(
            *(RuleCapacity(rule=rule, specialty=specialties[slug]) for slug in row["capacities"])
        )
    stage.store(
        *(
            Disclaimer(**{**row, "audience": audiences.get(row["audience"])})
            for row in read("disclaimers.json")
        )
    )
    with (FOLDER / "glossary.csv").open(encoding="utf-8", newline="") as file:
        stage.store(*(GlossaryTerm(**row) for row in csv.DictReader(file)))
