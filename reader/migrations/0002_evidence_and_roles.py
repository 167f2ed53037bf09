"""Policy versions take no change; who may handle questions and publish the policy."""

from django.db import migrations

from accounts.append_only import AppendOnly
from accounts.roles import grant, view


def roles(apps, schema_editor):
    handle = [*view("question"), "question.handle_question"]
    policy = [*view("policyversion"), "policyversion.add_policyversion"]
    grant(
        apps,
        "reader",
        {"editor": handle, "chair": [*handle, *view("policyversion")], "administrator": [*handle, *policy]},
    )


class Migration(migrations.Migration):
    dependencies = [("reader", "0001_initial"), ("review", "0003_general_rule_and_roles")]
    operations = [
        AppendOnly("PolicyVersion"),
        migrations.RunPython(roles, migrations.RunPython.noop),
    ]
