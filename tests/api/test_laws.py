"""The laws through the API: who cannot sign, and that evidence stays as it is."""

from datetime import timedelta

import pytest

from accounts.actions.interests import declare_interests
from accounts.models import Credential
from accounts.models.user import Role
from articles.models import Version
from review.models import Assignment, Decision, Publication, Signature, Submission
from tests import factories
from tests.api.conftest import NOW, V1, problem_of, program
from tests.triggers import triggers_off


@pytest.fixture(autouse=True)
def one_signature_suffices(db):
    factories.set_rule(approvals=1)


def sign(person, submission, **changes):
    body = {"digest": submission.version.digest, "password": factories.PASSWORD, **changes}
    return program(person).post(f"{V1}/submissions/{submission.pk}/sign/", body, format="json")


def asked(submission, person) -> Submission:
    """Ask somebody past the rules, as the chair could not: signing has to refuse by itself."""
    Assignment.objects.create(
        submission=submission,
        reviewer=person,
        capacity=factories.make_specialty(),
        assigned_by=submission.submitted_by,
        assigned_at=factories.AT,
    )
    with triggers_off():
        Submission.objects.filter(pk=submission.pk).update(state="UNDER_REVIEW")
    return Submission.objects.get(pk=submission.pk)


def refused(response) -> str:
    said = problem_of(response, 403, "not-allowed")
    assert not Signature.objects.exists()
    assert not Publication.objects.exists()
    return said["detail"]


class TestWhoCannotSign:
    def test_an_author_with_a_reviewers_role(self, administrator):
        author = factories.make_reviewer(
            "Aura Author", verifier=administrator, roles=(Role.EDITOR, Role.REVIEWER)
        )
        submission = asked(factories.make_submission(author), author)

        assert "not independent" in refused(sign(author, submission))

    def test_a_superuser_who_was_not_asked(self, editor, superuser, reviewer):
        submission = asked(factories.make_submission(editor), reviewer)

        assert "have not been asked" in refused(sign(superuser, submission))

    def test_a_superuser_without_a_credential(self, editor, superuser):
        submission = asked(factories.make_submission(editor), superuser)

        assert "no verified credential" in refused(sign(superuser, submission))

    def test_an_editor_of_an_earlier_draft_of_this_round(self, editor, administrator):
        colleague = factories.make_reviewer(
            "Cole Colleague", verifier=administrator, roles=(Role.EDITOR, Role.REVIEWER)
        )
        edition = factories.make_edition(editor)
        factories.edit(edition, colleague, summary="A sentence of mine.")
        factories.edit(edition, editor, summary="")
        submission = asked(factories.make_submission(editor, edition=edition), colleague)

        assert "not independent" in refused(sign(colleague, submission))

    def test_a_reviewer_whose_credential_has_expired(self, editor, reviewer):
        submission = asked(factories.make_submission(editor), reviewer)
        Credential.objects.filter(user=reviewer).update(expires_on=(NOW - timedelta(days=1)).date())

        assert "no verified credential" in refused(sign(reviewer, submission))

    def test_a_reviewer_who_never_declared_interests(self, editor, administrator):
        silent = factories.make_reviewer("Sil Silent", verifier=administrator, declares=False)
        submission = asked(factories.make_submission(editor), silent)

        assert "interests" in refused(sign(silent, submission))

    def test_a_reviewer_whose_declaration_is_out_of_date(self, editor, administrator):
        late = factories.make_reviewer("Lea Late", verifier=administrator, declares=False)
        declare_interests(user=late, interests=[], at=NOW - timedelta(days=800))
        submission = asked(factories.make_submission(editor), late)

        assert "expired" in refused(sign(late, submission))

    def test_somebody_with_the_wrong_password(self, editor, reviewer):
        submission = asked(factories.make_submission(editor), reviewer)

        assert "password" in refused(sign(reviewer, submission, password="something else"))

    def test_a_reviewer_of_another_text_than_the_one_they_read(self, editor, reviewer):
        submission = asked(factories.make_submission(editor), reviewer)

        said = problem_of(sign(reviewer, submission, digest="0" * 64), 409, "wrong-state")

        assert said["current"] == submission.version.digest
        assert not Signature.objects.exists()


class TestSigning:
    def test_approves_the_version_that_was_read_whatever_the_editor_saved(self, editor, reviewer):
        submission = asked(factories.make_submission(editor), reviewer)
        factories.edit(submission.edition, editor, body="<p>Not yet reviewed.</p>")

        response = sign(reviewer, submission)

        assert response.status_code == 201
        said = response.json()
        assert said["approved"] is True
        assert said["signature"]["signed"]["digest"] == submission.version.digest
        slug = submission.edition.article.slug
        shown = program(None).get(f"{V1}/articles/{slug}/").json()
        assert shown["publication"]["version"]["digest"] == submission.version.digest
        assert "Not yet reviewed" not in shown["text"]["body"]

    def test_twice_is_refused(self, editor, reviewer):
        submission = asked(factories.make_submission(editor), reviewer)
        sign(reviewer, submission)

        problem_of(sign(reviewer, submission), 403, "not-allowed")
        assert Signature.objects.count() == 1

    def test_wrong_passwords_lock_out_with_a_problem(self, editor, reviewer, settings, real_clock):
        settings.AXES_ENABLED = True
        settings.AXES_FAILURE_LIMIT = 2
        submission = asked(factories.make_submission(editor), reviewer)
        sign(reviewer, submission, password="wrong")
        sign(reviewer, submission, password="wrong")

        response = sign(reviewer, submission)

        problem_of(response, 429, "locked-out")
        assert int(response.headers["Retry-After"]) > 0
        assert not Signature.objects.exists()


class TestEvidence:
    def test_is_the_same_after_everything_that_the_api_refuses(self, desk):
        def evidence():
            return [
                list(model.objects.order_by("pk").values())
                for model in (Version, Signature, Decision, Submission, Publication)
            ]

        before = evidence()
        root = desk.as_("superuser")
        version, submission = desk.approved.version, desk.approved

        for url in (
            f"{V1}/versions/{version.pk}/",
            f"{V1}/submissions/{submission.pk}/",
            f"{V1}/publications/{submission.edition_id}/",
            f"{V1}/articles/{submission.edition.article.slug}/",
        ):
            for method in (root.put, root.patch, root.delete):
                body = {"state": "RETRACTED", "digest": "0" * 64, "title": "Other"}
                assert method(url, body, format="json").status_code == 405, url

        assert evidence() == before

    def test_a_changed_body_makes_an_unapproved_version_and_the_approved_one_stays(self, desk):
        edition = desk.approved.edition
        desk.as_("editor").patch(
            f"{V1}/editions/{edition.pk}/",
            {"body": "<p>Newer.</p>"},
            format="json",
            headers={"if-match": '"draft-1"'},
        )
        frozen = desk.as_("editor").post(
            f"{V1}/editions/{edition.pk}/freeze/",
            {"draft_number": 2, "change_class": "EDITORIAL", "change_note": "Newer."},
            format="json",
        )
        desk.as_("editor").post(f"{V1}/versions/{frozen.json()['id']}/submit/")

        shown = program(None).get(f"{V1}/publications/{edition.pk}/").json()

        assert shown["version"]["number"] == 1
        assert shown["status"]["code"] == "APPROVED"
        assert shown["newer_pending"] is True
