"""Declarations of interests, and who chose which password, take no UPDATE and no DELETE."""

from django.db import migrations

from kernel.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [
        AppendOnly("InterestDeclaration"),
        AppendOnly("Interest"),
        AppendOnly("PasswordChange"),
    ]
