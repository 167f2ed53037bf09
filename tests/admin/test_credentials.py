"""Credentials and who verifies them."""

import pytest
from django.urls import reverse

from accounts.actions.credentials import save_credential
from accounts.models import Credential
from accounts.models.user import Role
from kernel.models import AuditEntry
from tests import factories
from tests.admin.pages import page
from tests.factories import AT


class TestCredentials:
    @pytest.fixture
    def waiting(self, reviewer) -> Credential:
        credential = reviewer.credentials.get()
        return save_credential(actor=reviewer, credential=credential, at=AT)

    def form(self, credential: Credential, **changes) -> dict[str, str]:
        names = ["degree", "profession", "licence_number", "authority", "jurisdiction"]
        fields = {name: getattr(credential, name) for name in names}
        return {**fields, "specialty": str(credential.specialty_id), "expires_on": "", **changes}

    def test_the_button_verifies(self, as_administrator, administrator, waiting):
        response = as_administrator.post(
            reverse("admin:accounts_credential_verify", args=[waiting.pk])
        )

        assert response.status_code == 302
        waiting.refresh_from_db()
        assert waiting.verified_by == administrator

    def test_the_button_only_takes_posts(self, as_administrator, waiting):
        path = reverse("admin:accounts_credential_verify", args=[waiting.pk])

        assert as_administrator.get(path).status_code == 405
        waiting.refresh_from_db()
        assert waiting.verified_at is None

    @pytest.mark.parametrize("superuser", [False, True])
    def test_nobody_verifies_their_own_by_button_or_in_bulk(self, client, administrator, superuser):
        holder = factories.make_user("Hera Holder", Role.ADMINISTRATOR, is_superuser=superuser)
        credential = factories.qualify(holder, factories.make_specialty(), verifier=administrator)
        save_credential(actor=holder, credential=credential, at=AT)
        client.force_login(holder)

        shown = client.get(page(Credential, "change", credential.pk)).content.decode()
        button = client.post(reverse("admin:accounts_credential_verify", args=[credential.pk]))
        bulk = client.post(
            page(Credential, "changelist"),
            {"action": "verify_selected", "_selected_action": [credential.pk]},
            follow=True,
        )

        assert "Nobody verifies their own credential." in shown
        assert button.status_code == 403
        assert "Nobody verifies their own credential." in bulk.content.decode()
        credential.refresh_from_db()
        assert credential.verified_at is None

    def test_bulk_verifies_each_through_the_action(self, as_administrator, waiting):
        as_administrator.post(
            page(Credential, "changelist"),
            {"action": "verify_selected", "_selected_action": [waiting.pk]},
        )

        waiting.refresh_from_db()
        assert waiting.verified_at is not None
        assert AuditEntry.objects.filter(action="accounts.credential.verified").count() == 2

    def test_saving_a_change_takes_the_verification_back(self, as_administrator, reviewer):
        credential = reviewer.credentials.get()
        path = page(Credential, "change", credential.pk)
        assert "takes the verification back" in as_administrator.get(path).content.decode()

        assert as_administrator.post(path, self.form(credential, degree="MB")).status_code == 302

        credential.refresh_from_db()
        assert (credential.degree, credential.verified_at) == ("MB", None)

    def test_saving_no_change_keeps_it(self, as_administrator, reviewer):
        credential = reviewer.credentials.get()

        as_administrator.post(page(Credential, "change", credential.pk), self.form(credential))

        credential.refresh_from_db()
        assert credential.verified_at is not None

    def test_the_form_forges_no_verification(self, as_administrator, waiting, administrator):
        form = self.form(
            waiting, degree="MB", verified_by=administrator.pk, verified_at="2026-01-01"
        )

        as_administrator.post(page(Credential, "change", waiting.pk), form)

        waiting.refresh_from_db()
        assert waiting.verified_at is None

    def test_the_same_licence_twice_is_refused_on_the_form(self, as_administrator, waiting):
        form = self.form(waiting, user=str(waiting.user_id))

        response = as_administrator.post(page(Credential, "add"), form)

        assert response.status_code == 400
        assert Credential.objects.count() == 1
