"""Versions, what they cite, who contributed and notices against sources take no change."""

from django.db import migrations

from accounts.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial"), ("accounts", "0002_evidence")]
    operations = [
        AppendOnly("Version"),
        AppendOnly("CitedReference"),
        AppendOnly("Contribution"),
        AppendOnly("ReferenceNotice"),
    ]
