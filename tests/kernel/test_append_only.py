"""Law 4: evidence takes no UPDATE and no DELETE, whichever way one tries."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.db.models import ProtectedError

from accounts.actions.interests import DeclaredInterest, declare_interests
from accounts.actions.users import change_password
from articles.figures.actions.figures import change_figure
from articles.models import Edition, Figure, Version
from articles.references.actions.notices import record_notice
from articles.references.actions.references import change_reference
from kernel.append_only import TABLES_OF_EVIDENCE
from kernel.models import AuditEntry
from kernel.verification import trigger_findings
from reader.actions.policy import publish_policy
from review.models import Signature, Submission
from review.public.actions.noticing import publish_notice
from tests import factories
from tests.factories import AT

MODELS = {model._meta.db_table: model for model in apps.get_models()}
# Columns that may change, because a state moves on.
MUTABLE = {
    "review_assignment": {"ended_at"},
    "review_submission": {
        "state",
        "state_changed_at",
        "review_started_at",
        "approved_at",
        "latest_full_review_on",
        "review_due_on",
    },
}


@pytest.fixture
def evidence(editor, reviewer, chair, administrator) -> Submission:
    """One row in every table of evidence."""
    factories.set_rule(approvals=1)
    reference = factories.make_reference(editor, key="source-1")
    factories.make_figure(editor, key="figure-1")
    submission = factories.make_submission(
        editor,
        body='<p>A cited sentence.<cite data-refs="source-1"></cite></p>'
        '<figure data-figure="figure-1" data-alt="One colour."></figure>',
    )
    factories.approve(submission, reviewer, chair)
    record_notice(
        actor=editor,
        reference_id=reference.pk,
        kind="CORRECTION",
        noticed_on=AT.date(),
        at=AT,
    )
    publish_notice(
        actor=chair, article=submission.edition.article, kind="CAUTION", text="Care.", at=AT
    )
    publish_policy(
        actor=administrator, text="Policy.", change_note="", in_force_from=AT.date(), at=AT
    )
    change_password(user=reviewer, password="a phrase of my own", at=AT)
    change_reference(
        actor=editor,
        reference_id=reference.pk,
        csl={**reference.csl, "title": "Another title"},
        at=AT,
    )
    change_figure(actor=editor, figure_id=Figure.objects.get().pk, credit="X", licence="", at=AT)
    declare_interests(
        user=reviewer,
        interests=[DeclaredInterest(company="Fictional Ltd", kind="FEES", from_on=AT.date())],
        at=AT,
    )
    return submission


def other_value(field: models.Field, value: object) -> object:
    """Return a value of the field's type that differs from `value`."""
    if isinstance(field, models.DateTimeField | models.DateField):
        return value.replace(year=1999) if value else AT
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.IntegerField | models.ForeignKey):
        return (value or 0) + 1_000_000
    return f"{value}x"[-60:]


def test_every_model_of_evidence_is_guarded(db):
    assert set(TABLES_OF_EVIDENCE) <= set(MODELS)
    assert list(trigger_findings()) == []


@pytest.mark.parametrize("table", TABLES_OF_EVIDENCE)
class TestEveryTableOfEvidence:
    def test_refuses_orm_update_of_every_fixed_column(self, evidence, table):
        row = MODELS[table]._base_manager.order_by("pk").first()
        assert row is not None, f"the fixture makes no row in {table}"
        for field in row._meta.local_concrete_fields:
            if field.primary_key or field.name in MUTABLE.get(table, ()):
                continue
            if isinstance(field, models.JSONField):
                continue  # The next test rewrites whole rows in SQL.
            value = other_value(field, getattr(row, field.attname))
            with pytest.raises(DatabaseError), transaction.atomic():
                MODELS[table]._base_manager.filter(pk=row.pk).update(**{field.attname: value})
            row.refresh_from_db()
            assert getattr(row, field.attname) != value

    def test_refuses_raw_sql(self, evidence, table):
        column = MODELS[table]._meta.pk.column
        with connection.cursor() as cursor:
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(f'UPDATE {table} SET "{column}" = "{column}" + 1000')
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(f"DELETE FROM {table}")
        assert MODELS[table]._base_manager.exists()

    def test_refuses_queryset_and_instance_delete(self, evidence, table):
        row = MODELS[table]._base_manager.order_by("pk").first()
        for delete in (row.delete, MODELS[table]._base_manager.all().delete):
            with pytest.raises((DatabaseError, ProtectedError)), transaction.atomic():
                delete()
        assert MODELS[table]._base_manager.filter(pk=row.pk).exists()

    def test_is_protected_from_cascade(self, evidence, table):
        for relation in MODELS[table]._meta.local_concrete_fields:
            if isinstance(relation, models.ForeignKey):
                assert relation.remote_field.on_delete is models.PROTECT, relation


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="TRUNCATE is PostgreSQL's")
def test_truncate_is_refused(evidence):
    with connection.cursor() as cursor:
        for table in TABLES_OF_EVIDENCE:
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(f"TRUNCATE {table} CASCADE")


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="REPLACE is SQLite's")
@pytest.mark.parametrize("table", TABLES_OF_EVIDENCE)
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_replace_is_refused(evidence, table, recursive):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA recursive_triggers={recursive}")
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(f"REPLACE INTO {table} SELECT * FROM {table}")
        cursor.execute("PRAGMA recursive_triggers=ON")


def test_a_json_column_of_a_signature_or_version_cannot_be_rewritten(evidence):
    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.update(rendered_references=["changed"])
    with pytest.raises(DatabaseError), transaction.atomic():
        Submission.objects.update(rule={"approvals_needed": 0})
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEntry.objects.update(data={"changed": True})


def test_deleting_an_edition_article_or_person_is_refused(evidence, editor, reviewer):
    for row in (evidence.edition, evidence.edition.article, editor, reviewer):
        with pytest.raises(ProtectedError), transaction.atomic():
            row.delete()


def test_deleterevisions_leaves_versions_signatures_and_contributions(evidence, editor):
    edition = factories.edit(evidence.edition, editor, body="<p>Another sentence.</p>")
    before = (Version.objects.count(), Signature.objects.count(), edition.contributions.count())

    call_command("deleterevisions", "articles", days=0, verbosity=0)

    edition = Edition.objects.get(pk=edition.pk)
    assert before == (
        Version.objects.count(),
        Signature.objects.count(),
        edition.contributions.count(),
    )
    assert edition.body == "<p>Another sentence.</p>"


def test_a_state_that_nobody_knows_cannot_be_stored(evidence):
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.update(state="FINE")


def test_an_approval_without_a_time_cannot_be_stored(editor):
    submission = factories.make_submission(editor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.filter(pk=submission.pk).update(state="APPROVED")
