"""The audit trail and the publication log take no UPDATE and no DELETE."""

from django.db import migrations

from kernel.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]
    operations = [AppendOnly("AuditEntry"), AppendOnly("PublicationEntry")]
