"""Which version shows which figure takes no change; who may keep figures; how titles compare."""

from django.db import migrations

from accounts.append_only import AppendOnly
from accounts.roles import grant, view
from articles.citing.findable import title_key


def fill(apps, schema_editor):
    reference_model = apps.get_model("articles", "Reference")
    rows = list(reference_model.objects.only("pk", "title"))
    for row in rows:
        row.title_key = title_key(row.title)
    reference_model.objects.bulk_update(rows, ["title_key"], batch_size=500)
    seen = view("figure", "placedfigure", "importrecord")
    grant(
        apps,
        "articles",
        {
            "editor": [*seen, "figure.add_figure", "figure.change_figure", "glossaryterm.add_glossaryterm"],
            "reviewer": view("figure"),
            "chair": seen,
            "administrator": seen,
        },
    )


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_writing"), ("accounts", "0003_roles")]
    operations = [
        # Django rebuilds the table to add a column on SQLite, and the triggers go with the old one.
        AppendOnly("Version"),
        AppendOnly("PlacedFigure"),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
