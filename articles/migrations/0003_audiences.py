"""The audiences and the specialty to begin with."""

from django.db import migrations

# slug, label, reader's label, falls back to, professional, grade, schema.org
AUDIENCES = [
    ("public", "Public", "Someone looking for information", None, False, 8, ""),
    ("patient", "Patient", "A patient", "public", False, 8, "Patient"),
    ("caregiver", "Caregiver", "A relative or caregiver", "patient", False, 8, "MedicalAudience"),
    ("clinician", "Clinician", "A health professional", "public", True, None, "Clinician"),
    ("physician", "Physician", "A physician", "clinician", True, None, "Clinician"),
    ("nurse", "Nurse", "A nurse", "clinician", True, None, "Clinician"),
    ("pharmacist", "Pharmacist", "A pharmacist", "clinician", True, None, "Clinician"),
    ("student", "Student", "A student of a health profession", "clinician", True, None, "MedicalAudience"),
    ("researcher", "Researcher", "A researcher", "clinician", True, None, "MedicalResearcher"),
]


def fill(apps, schema_editor):
    audience_model = apps.get_model("articles", "Audience")
    rows = {}
    for position, (slug, label, reader_label, parent, professional, grade, schema) in enumerate(
        AUDIENCES, start=1
    ):
        rows[slug] = audience_model.objects.create(
            slug=slug,
            label=label,
            reader_label=reader_label,
            falls_back_to=rows.get(parent),
            is_professional=professional,
            reading_grade=grade,
            schema_org=schema,
            position=position,
        )
    apps.get_model("accounts", "Specialty").objects.create(
        slug="general-medicine", name="General medicine", schema_org="PrimaryCare"
    )


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_evidence"), ("accounts", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
