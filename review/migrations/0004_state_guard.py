"""No statement types a state in: the database itself knows which may follow which.

A submission begins SUBMITTED. It becomes APPROVED only from UNDER_REVIEW, and only when at least as
many people as its rule wants have signed exactly its version's digest (the capacities are the
action's affair). What is closed stays closed, and the dates of an approval move only with it.
"""

from django.db import migrations

# Each is a condition under which a change is refused. {json} reads the number of approvals needed.
REFUSE_INSERT = "NEW.state <> 'SUBMITTED' OR NEW.approved_at IS NOT NULL"
REFUSE_STATE = """
    (OLD.state <> NEW.state AND (
        OLD.state IN ('CHANGES_REQUESTED', 'WITHDRAWN', 'SUPERSEDED', 'RETRACTED')
        OR (OLD.state = 'APPROVED' AND NEW.state NOT IN ('SUPERSEDED', 'RETRACTED'))
        OR (NEW.state IN ('SUPERSEDED', 'RETRACTED') AND OLD.state <> 'APPROVED')
        OR NEW.state = 'SUBMITTED'
        OR (NEW.state = 'APPROVED' AND (
            OLD.state <> 'UNDER_REVIEW'
            OR (SELECT count(DISTINCT s.signer_id) FROM review_signature s
                JOIN articles_version v ON v.id = s.version_id
                WHERE s.submission_id = NEW.id AND s.version_id = NEW.version_id
                AND s.digest = v.digest) < {json}))))
    OR (NOT (OLD.state = 'UNDER_REVIEW' AND NEW.state = 'APPROVED') AND (
        OLD.approved_at IS {distinct} NEW.approved_at
        OR OLD.latest_full_review_on IS {distinct} NEW.latest_full_review_on
        OR OLD.review_due_on IS {distinct} NEW.review_due_on))
"""
SQLITE_JSON, SQLITE_DISTINCT = "json_extract(NEW.rule, '$.approvals_needed')", "NOT"
POSTGRESQL_JSON, POSTGRESQL_DISTINCT = "(NEW.rule ->> 'approvals_needed')::int", "DISTINCT FROM"
MESSAGE = "review_submission: this state does not follow"
TRIGGERS = {"start": "INSERT", "state": "UPDATE"}


def guard(apps, schema_editor):
    sqlite = schema_editor.connection.vendor == "sqlite"
    conditions = {
        "start": REFUSE_INSERT,
        "state": REFUSE_STATE.format(
            json=SQLITE_JSON if sqlite else POSTGRESQL_JSON,
            distinct=SQLITE_DISTINCT if sqlite else POSTGRESQL_DISTINCT,
        ),
    }
    for name, event in TRIGGERS.items():
        trigger = f"review_submission_refuse_{name}"
        if sqlite:
            schema_editor.execute(
                f"CREATE TRIGGER {trigger} BEFORE {event} ON review_submission "
                f"WHEN {conditions[name]} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )
            continue
        schema_editor.execute(
            f"CREATE FUNCTION {trigger}() RETURNS trigger AS $$ BEGIN IF {conditions[name]} THEN "
            f"RAISE EXCEPTION USING MESSAGE = '{MESSAGE}', "
            "ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {trigger} BEFORE {event} ON review_submission "
            f"FOR EACH ROW EXECUTE FUNCTION {trigger}()"
        )


def unguard(apps, schema_editor):
    for name in TRIGGERS:
        trigger = f"review_submission_refuse_{name}"
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER {trigger}")
        else:
            schema_editor.execute(f"DROP TRIGGER {trigger} ON review_submission")
            schema_editor.execute(f"DROP FUNCTION {trigger}()")


class Migration(migrations.Migration):
    dependencies = [("review", "0003_general_rule")]
    operations = [migrations.RunPython(guard, unguard)]
