"""The audit trail takes no UPDATE and no DELETE."""

from django.db import migrations

from kernel.append_only import AppendOnly


def fill(apps, schema_editor):
    apps.get_model("kernel", "Generation").objects.create(id=1, number=1)


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]
    operations = [AppendOnly("AuditEntry"), migrations.RunPython(fill, migrations.RunPython.noop)]
