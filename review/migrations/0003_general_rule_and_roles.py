"""The rule for texts that have no rule of their own, and what the roles may do here."""

from django.db import migrations

from accounts.roles import grant, manage, view


def fill(apps, schema_editor):
    apps.get_model("review", "ReviewRule").objects.create(
        specialty=None,
        audience=None,
        approvals_needed=2,
        pending_is_public=False,
        months_to_next_review=12,
    )
    board = ("submission", "assignment", "decision", "signature", "notice", "publication")
    grant(
        apps,
        "review",
        {
            "editor": [*view(*board), "submission.add_submission"],
            "reviewer": ["submission.sign_submission"],
            "chair": [
                *view(*board, "reviewrule", "rulecapacity"),
                "submission.chair_submission",
                "notice.add_notice",
            ],
            "administrator": [*view(*board), *manage("reviewrule", "rulecapacity")],
        },
    )


class Migration(migrations.Migration):
    dependencies = [("review", "0002_evidence"), ("articles", "0003_audiences_and_roles")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
