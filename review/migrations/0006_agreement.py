"""No row of the board names what belongs to another: where one repeats what another row says, for a
constraint or for a query, the database holds both to the same.
"""

from django.db import migrations

from kernel.guards import Refuse

WHY = "what it names belongs to another"

SUBMISSION = """
    (SELECT edition_id FROM articles_version WHERE id = NEW.version_id) <> NEW.edition_id
    OR (SELECT edition_id FROM review_submission WHERE id = NEW.follows_id) <> NEW.edition_id
"""
DECISION = """
    (SELECT reviewer_id FROM review_assignment WHERE id = NEW.assignment_id) <> NEW.decided_by_id
"""
SIGNATURE = """
    NOT EXISTS (
        SELECT 1 FROM review_decision d
        JOIN review_assignment a ON a.id = d.assignment_id
        JOIN review_submission s ON s.id = a.submission_id
        JOIN articles_version v ON v.id = s.version_id
        WHERE d.id = NEW.decision_id AND d.kind = 'APPROVE' AND d.decided_by_id = NEW.signer_id
        AND s.id = NEW.submission_id AND v.id = NEW.version_id AND v.digest = NEW.digest)
"""
PUBLICATION = """
    (SELECT edition_id FROM review_submission WHERE id = NEW.submission_id) <> NEW.edition_id
"""
NOTICE = """
    (SELECT article_id FROM articles_edition WHERE id = NEW.edition_id) <> NEW.article_id
    OR (NEW.submission_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM review_submission s
        JOIN articles_edition e ON e.id = s.edition_id
        WHERE s.id = NEW.submission_id AND e.article_id = NEW.article_id
        AND (NEW.edition_id IS NULL OR e.id = NEW.edition_id)))
"""


class Migration(migrations.Migration):
    dependencies = [("review", "0005_search_index"), ("articles", "0004_agreement")]
    operations = [
        Refuse("Submission", "strangers", "INSERT", SUBMISSION, why=WHY),
        Refuse("Decision", "strangers", "INSERT", DECISION, why=WHY),
        Refuse("Signature", "strangers", "INSERT", SIGNATURE, why=WHY),
        Refuse("Publication", "strangers", "INSERT", PUBLICATION, why=WHY),
        Refuse("Publication", "strangers_later", "UPDATE", PUBLICATION, why=WHY),
        Refuse("Notice", "strangers", "INSERT", NOTICE, why=WHY),
    ]
