"""No statement types a state in: the database itself knows which may follow which.

A submission begins SUBMITTED. It becomes APPROVED only from UNDER_REVIEW, and only when at least as
many people as its rule wants have signed exactly its version's digest (the capacities are the
action's affair). What is closed stays closed, and the dates of an approval move only with it.
"""

from django.db import migrations

from kernel.guards import Refuse

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
SQLITE = {"json": "json_extract(NEW.rule, '$.approvals_needed')", "distinct": "NOT"}
POSTGRESQL = {"json": "(NEW.rule ->> 'approvals_needed')::int", "distinct": "DISTINCT FROM"}
WHY = "this state does not follow"


class Migration(migrations.Migration):
    dependencies = [("review", "0003_general_rule")]
    operations = [
        Refuse("Submission", "start", "INSERT", REFUSE_INSERT, why=WHY),
        Refuse(
            "Submission",
            "state",
            "UPDATE",
            REFUSE_STATE.format(**SQLITE),
            postgresql=REFUSE_STATE.format(**POSTGRESQL),
            why=WHY,
        ),
    ]
