"""Decisions, signatures and notices take no change; a submission none but its state's."""

from django.db import migrations

from kernel.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("review", "0001_initial"), ("articles", "0002_evidence")]
    operations = [
        AppendOnly("Decision"),
        AppendOnly("Signature"),
        AppendOnly("Notice"),
        AppendOnly("Assignment", mutable=("ended_at",)),
        AppendOnly(
            "Submission",
            mutable=(
                "state",
                "state_changed_at",
                "review_started_at",
                "approved_at",
                "latest_full_review_on",
                "review_due_on",
            ),
        ),
    ]
