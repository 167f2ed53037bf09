"""The audit trail and declarations of interests take no UPDATE and no DELETE."""

from django.db import migrations

from accounts.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [
        AppendOnly("AuditEntry"),
        AppendOnly("InterestDeclaration"),
        AppendOnly("Interest"),
    ]
