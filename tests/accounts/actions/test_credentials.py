from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.actions.credentials import save_credential, verify_credential
from accounts.actions.interests import DeclaredInterest, declare_interests
from accounts.models import Credential, Interest, InterestDeclaration
from accounts.models.user import Role
from kernel.errors import NotAllowed
from tests import factories
from tests.factories import AT


@pytest.fixture
def waiting(editor) -> Credential:
    return save_credential(
        actor=editor,
        credential=Credential(
            user=editor,
            degree="MD",
            profession="Rheumatologist",
            specialty=factories.make_specialty(),
            licence_number="T-1",
            authority="Test Council",
            jurisdiction="GB",
        ),
        at=AT,
    )


class TestVerifyCredential:
    def test_an_administrator_verifies_it_with_name_and_time(self, waiting, administrator):
        verified = verify_credential(actor=administrator, credential_id=waiting.pk, at=AT)

        assert (verified.verified_by, verified.verified_at) == (administrator, AT)

    def test_its_holder_cannot_verify_it_even_as_administrator(self, administrator):
        specialty = factories.make_specialty()
        own = factories.make_user("Olga Other", Role.ADMINISTRATOR)
        credential = factories.qualify(own, specialty, verifier=administrator)
        save_credential(actor=own, credential=credential, at=AT)

        with pytest.raises(NotAllowed, match="Nobody verifies their own"):
            verify_credential(actor=own, credential_id=credential.pk, at=AT)

        credential.refresh_from_db()
        assert credential.verified_at is None

    def test_its_holder_cannot_verify_it_even_as_superuser(self, waiting, editor):
        editor.is_superuser = True
        editor.save()

        with pytest.raises(NotAllowed, match="Nobody verifies their own"):
            verify_credential(actor=editor, credential_id=waiting.pk, at=AT)

    def test_the_database_refuses_a_holder_who_verifies(self, waiting, editor):
        rows = Credential.objects.filter(pk=waiting.pk)
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(verified_by=editor, verified_at=AT)

    @pytest.mark.parametrize("who", ["chair", "reviewer", "other_editor"])
    def test_nobody_without_the_right_verifies_it(self, request, waiting, who):
        with pytest.raises(NotAllowed, match="do not have the right"):
            verify_credential(actor=request.getfixturevalue(who), credential_id=waiting.pk, at=AT)


class TestSaveCredential:
    def test_a_change_takes_the_verification_back(self, waiting, editor, administrator):
        verified = verify_credential(actor=administrator, credential_id=waiting.pk, at=AT)
        verified.licence_number = "T-2"

        saved = save_credential(actor=editor, credential=verified, at=AT)

        saved.refresh_from_db()
        assert (saved.verified_by, saved.verified_at) == (None, None)

    def test_another_editor_cannot_change_it(self, waiting, other_editor):
        with pytest.raises(NotAllowed, match="Only the holder or an administrator"):
            save_credential(actor=other_editor, credential=waiting, at=AT)

    def test_the_same_licence_twice_is_refused(self, waiting, editor):
        waiting.pk = None
        waiting._state.adding = True

        with pytest.raises(ValidationError):
            save_credential(actor=editor, credential=waiting, at=AT)


class TestDeclareInterests:
    ROW = DeclaredInterest(company="Fictional Ltd", kind="FEES", from_on=AT.date())

    def test_an_empty_declaration_says_nothing_to_declare(self, editor):
        declaration = declare_interests(user=editor, interests=[], at=AT)

        assert declaration.state == InterestDeclaration.State.NONE

    def test_an_incomplete_row_is_named_and_nothing_is_stored(self, editor):
        with pytest.raises(ValidationError, match="Interest 2"):
            declare_interests(
                user=editor, interests=[self.ROW, replace(self.ROW, company="")], at=AT
            )

        assert not InterestDeclaration.objects.exists()
        assert not Interest.objects.exists()

    def test_an_end_before_the_beginning_is_refused(self, editor):
        with pytest.raises(ValidationError):
            declare_interests(
                user=editor,
                interests=[replace(self.ROW, to_on=AT.date() - timedelta(days=1))],
                at=AT,
            )
