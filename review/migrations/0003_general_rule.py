"""The rule for texts that have no rule of their own."""

from django.db import migrations


def fill(apps, schema_editor):
    apps.get_model("review", "ReviewRule").objects.create(
        specialty=None,
        audience=None,
        approvals_needed=2,
        pending_is_public=False,
        months_to_next_review=12,
    )


class Migration(migrations.Migration):
    dependencies = [("review", "0002_evidence")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
