"""`manage.py verify` finds what was changed below the triggers."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.models.user import Role
from articles.models import Version
from articles.texts.shown_figures import stored_name
from articles.texts.verification import figure_findings
from kernel.append_only import FURTHER_GUARDS, TABLES_OF_EVIDENCE
from kernel.canonical import canonical_json, sha256
from kernel.models import AuditEntry
from review.models import Publication, Signature, Submission
from review.verdicts.actions.deciding import request_changes
from tests import factories
from tests.factories import AT
from tests.triggers import triggers_off


@pytest.fixture
def approved(editor, reviewer, chair) -> Submission:
    factories.set_rule(approvals=1)
    factories.make_reference(editor, key="source-1")
    submission = factories.make_submission(
        editor, body='<p>A sentence.<cite data-refs="source-1"></cite></p>'
    )
    factories.approve(submission, reviewer, chair)
    submission.refresh_from_db()
    return submission


def verify(*arguments: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("verify", *arguments, stdout=out)
    except SystemExit as stop:
        return int(stop.code), out.getvalue()
    return 0, out.getvalue()


def below_the_triggers(statement: str, *parameters: object) -> None:
    """Run one statement as somebody with the database's own keys could."""
    with triggers_off(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def test_an_untouched_database_holds(approved):
    code, words = verify()
    assert code == 0, words
    assert "Everything holds." in words


def test_the_head_that_was_noted_earlier_is_asked_for(approved):
    head = AuditEntry.objects.order_by("-position").first().digest
    assert verify("--head", head)[0] == 0
    assert verify("--head", "f" * 64)[0] == 1


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE articles_version SET content = replace(content, 'sentence', 'lie')", "version 1"),
        ("UPDATE articles_version SET rendered = replace(rendered, 'sentence', 'lie')", "rendered"),
        ("UPDATE articles_version SET rendered_references = '[]'", "rendered_references"),
        ("UPDATE articles_version SET title = 'Another'", "title"),
        (
            "UPDATE articles_version SET number = 2, change_class = 'EDITORIAL'",
            "version 1 is missing",
        ),
        ("DELETE FROM articles_citedreference", "cited references"),
        ("UPDATE review_signature SET payload = replace(payload, 'Rhea', 'Rita')", "signature"),
        ("UPDATE review_signature SET signer_id = {editor}", "signer does not match"),
        ("UPDATE review_decision SET kind = 'RECUSE'", "kind of decision"),
        ("UPDATE review_submission SET state = 'SUPERSEDED'", "publication of edition"),
        ("DELETE FROM review_publication", "see nothing"),
        ("UPDATE review_publication SET body_text = 'spam'", "body_text"),
        ("UPDATE review_publication SET body_folded = 'spam'", "body_folded"),
        ("UPDATE kernel_auditentry SET action = 'nothing' WHERE position = 3", "audit entry 3"),
        ("DELETE FROM kernel_auditentry WHERE position = 3", "entry 3 is missing"),
        ("UPDATE kernel_auditentry SET actor_id = {chair} WHERE position = 5", "audit entry 5"),
        ("UPDATE articles_contribution SET user_id = {chair}", "recorded as the author"),
        ("UPDATE articles_contribution SET user_id = {reviewer}", "had worked on the text"),
    ],
)
def test_a_change_below_the_triggers_is_named(approved, editor, chair, reviewer, statement, named):
    people = {"editor": editor.pk, "chair": chair.pk, "reviewer": reviewer.pk}
    below_the_triggers(statement.format(**people))
    code, words = verify()
    assert code == 1
    assert named in words, words


class TestIndependenceInTime:
    """Who signs had not worked on the text since it was last approved, and not before signing."""

    @pytest.fixture
    def both(self, reviewer):
        """Somebody who writes and reviews."""
        reviewer.groups.add(Group.objects.get(name=Role.EDITOR))
        return User.objects.get(pk=reviewer.pk)

    def test_who_signed_may_work_on_the_next_draft(self, approved, both):
        factories.edit(
            approved.edition, both, body="<p>The next.</p>", at=AT + timedelta(seconds=1)
        )

        code, words = verify()
        assert code == 0, words

    def test_work_of_the_very_moment_of_signing_counts(self, approved, both):
        factories.edit(approved.edition, both, body="<p>The next.</p>", at=AT)

        assert "had worked on the text" in verify()[1]

    def test_work_before_the_last_approval_counts_no_more(self, editor, both, chair, administrator):
        factories.set_rule(approvals=1)
        other = factories.make_reviewer("Olga Other", verifier=administrator)
        edition = factories.make_edition(both)
        first = factories.submit(factories.make_version(edition, both), both)
        factories.approve(first, other, chair)
        later = AT + timedelta(days=1)
        factories.edit(edition, editor, body="<p>Another.</p>", at=later)
        second = factories.submit(
            factories.make_version(edition, editor, at=later), editor, at=later
        )
        factories.approve(second, both, chair, at=later)

        code, words = verify()
        assert code == 0, words

    def test_work_before_a_version_that_nobody_approved_counts(
        self, editor, reviewer, chair, administrator
    ):
        factories.set_rule(approvals=1)
        other = factories.make_reviewer("Olga Other", verifier=administrator)
        first = factories.make_submission(editor)
        factories.assign(first, other, chair)
        request_changes(actor=other, submission_id=first.pk, comment="No.", at=AT)
        later = AT + timedelta(days=1)
        factories.edit(first.edition, editor, body="<p>Another.</p>", at=later)
        second = factories.submit(
            factories.make_version(first.edition, editor, at=later), editor, at=later
        )
        factories.approve(second, reviewer, chair, at=later)
        assert verify()[0] == 0

        below_the_triggers(
            f"UPDATE articles_contribution SET user_id = {reviewer.pk} WHERE draft_number = 1"
        )

        assert "had worked on the text" in verify()[1]


def test_an_approval_without_signatures_is_named(editor, chair, reviewer):
    submission = factories.make_submission(editor)
    factories.assign(submission, reviewer, chair)
    below_the_triggers(
        "UPDATE review_submission SET state = 'APPROVED', approved_at = submitted_at"
    )
    code, words = verify()
    assert code == 1
    assert "lacks 2 more signatures" in words
    assert "knows no approval of it" in words


def test_a_forged_version_with_a_matching_digest_is_named_by_the_audit_trail(approved):
    version = Version.objects.get()
    content = {**version.frozen, "summary": "Forged."}
    canonical = canonical_json(content)
    below_the_triggers(
        "UPDATE articles_version SET content = %s, digest = %s, summary = 'Forged.'",
        canonical.decode(),
        sha256(canonical),
    )
    code, words = verify()
    assert code == 1
    assert "audit trail knows another digest" in words
    assert "bound to another digest" in words


def test_a_forged_signature_with_a_matching_digest_is_named_by_the_audit_trail(approved):
    signed = {**Signature.objects.get().signed, "method": "none"}
    canonical = canonical_json(signed)
    below_the_triggers(
        "UPDATE review_signature SET payload = %s, payload_digest = %s",
        canonical.decode(),
        sha256(canonical),
    )
    code, words = verify()
    assert code == 1
    assert "the audit trail knows another digest" in words


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE review_signature SET payload = '{}'", "payload cannot be read"),
        ("UPDATE review_signature SET payload = 'x'", "payload cannot be read"),
        ("UPDATE articles_version SET content = '{}'", "content cannot be read"),
        ("UPDATE articles_version SET content = 'x'", "content cannot be read"),
    ],
)
def test_what_cannot_be_read_is_named_and_the_rest_is_still_checked(approved, statement, named):
    below_the_triggers(statement)
    code, words = verify()
    assert code == 1
    assert named in words, words
    assert "Publications:" in words


@pytest.mark.parametrize(
    ("table", "verb"),
    [
        (TABLES_OF_EVIDENCE[0], "update"),
        *((table, verb) for table, verbs in FURTHER_GUARDS.items() for verb in verbs),
    ],
)
def test_a_missing_trigger_is_named(approved, table, verb):
    with connection.cursor() as cursor:
        on = f" ON {table}" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER {table}_refuse_{verb}{on}")
    code, words = verify()
    assert code == 1
    assert f"table {table}: the trigger that refuses {verb} is missing" in words


def test_a_publication_that_shows_another_submission_is_named(approved, editor):
    factories.edit(approved.edition, editor, body="<p>Pending.</p>")
    pending = factories.make_submission(editor, edition=approved.edition)
    Publication.objects.update(submission=pending)
    code, words = verify()
    assert code == 1
    assert "publication of edition" in words


def test_the_trail_is_canonical_json_all_the_way(approved):
    for entry in AuditEntry.objects.order_by("position"):
        assert json.loads(canonical_json(entry.data)) == entry.data


class TestFigures:
    @pytest.fixture
    def figure(self, editor):
        figure = factories.make_figure(editor, key="scan", data=factories.picture(500, 40))
        body = '<p>A.</p><figure data-figure="scan" data-alt="x"></figure>'
        factories.make_version(factories.make_edition(editor, body=body), editor)
        return figure

    def test_untouched_files_hold(self, figure):
        code, out = verify()

        assert code == 0
        assert "Figures: holds" in out

    def test_another_widest_file_is_found(self, figure):
        with default_storage.open(stored_name(figure.digest, 500, "image/webp"), "wb") as file:
            file.write(b"another")

        code, out = verify()

        assert code == 1
        assert "figure scan: its widest file is not the one that was frozen" in out
        default_storage.delete(stored_name(figure.digest, 500, "image/webp"))

    @pytest.mark.parametrize("width", [480, 500])
    def test_a_missing_file_is_found(self, figure, width):
        default_storage.delete(stored_name(figure.digest, width, "image/webp"))

        code, out = verify()

        assert code == 1
        assert f"figure scan: its file of {width} pixels is missing from the storage" in out

    def test_a_figure_that_lost_its_place_is_found(self, figure):
        with triggers_off():
            below_the_triggers("DELETE FROM articles_placedfigure")

        assert "its placed figures are not those of its content" in verify()[1]

    def test_a_figure_that_no_version_shows_is_not_read(self, editor):
        figure = factories.make_figure(editor)
        default_storage.delete(stored_name(figure.digest, 40, "image/webp"))

        assert verify()[0] == 0

    def test_its_queries_do_not_grow(self, editor):
        def cost(number: int) -> int:
            for _ in range(number):
                key = factories.make_figure(editor).key
                body = f'<p>A.</p><figure data-figure="{key}" data-alt="x"></figure>'
                factories.make_version(factories.make_edition(editor, body=body), editor)
            with CaptureQueriesContext(connection) as queries:
                assert list(figure_findings()) == []
            return len(queries)

        assert cost(1) == cost(6) == 3
