"""The four roles, and what they may do anywhere on the site."""

from django.db import migrations

from accounts.grants import write_grants


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_evidence"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(write_grants, migrations.RunPython.noop)]
