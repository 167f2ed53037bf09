"""The four roles, and what they may do here."""

from django.db import migrations

from accounts.roles import grant, manage, view


def roles(apps, schema_editor):
    grant(
        apps,
        "accounts",
        {
            "editor": view("specialty"),
            "reviewer": view("specialty"),
            "chair": view("specialty", "credential", "user"),
            "administrator": [
                *manage("specialty", "credential", "user"),
                "credential.verify_credential",
                *view("auditentry", "interestdeclaration", "interest"),
            ],
        },
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_evidence"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(roles, migrations.RunPython.noop)]
