"""Policy versions take no change."""

from django.db import migrations

from kernel.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("reader", "0001_initial")]
    operations = [
        AppendOnly("PolicyVersion"),
    ]
