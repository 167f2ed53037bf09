"""Versions, what they cite and show, who contributed, who changed a source or figure, and notices take no change."""

from django.db import migrations

from kernel.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]
    operations = [
        AppendOnly("Version"),
        AppendOnly("CitedReference"),
        AppendOnly("PlacedFigure"),
        AppendOnly("Contribution"),
        AppendOnly("ReferenceNotice"),
        AppendOnly("ReferenceChange"),
        AppendOnly("FigureChange"),
    ]
