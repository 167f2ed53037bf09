from datetime import date

import pytest

from accounts.models import Credential
from kernel.models import AuditEntry
from tests import factories
from tests.factories import PASSWORD

PROFILE = "/accounts/profile/"
CREDENTIAL = {
    "degree": "MD",
    "profession": "Rheumatologist",
    "licence_number": "T-900",
    "authority": "Test Council",
    "jurisdiction": "GB",
    "expires_on": "2099-01-31",
}


@pytest.fixture
def signed_in(client, reviewer):
    client.force_login(reviewer)
    return client


class TestProfile:
    def test_saves_through_the_action_with_the_orcid_in_one_form(self, signed_in, reviewer):
        response = signed_in.post(
            PROFILE,
            {
                "name": "Rhea  Newname",
                "orcid": "https://orcid.org/0000000218250097",
                "biography": "B",
            },
        )

        assert response.status_code == 302
        reviewer.refresh_from_db()
        assert (reviewer.name, reviewer.orcid) == ("Rhea Newname", "0000-0002-1825-0097")
        assert AuditEntry.objects.filter(action="accounts.profile.changed", actor=reviewer).exists()

    def test_a_wrong_orcid_is_named_and_nothing_typed_is_lost(self, signed_in, reviewer):
        response = signed_in.post(
            PROFILE, {"name": "Other", "orcid": "0000-0002-1825-0098", "biography": "Typed text"}
        )

        page = response.content.decode()
        assert response.status_code == 400
        assert "its last digit does not fit" in page
        assert "Typed text" in page
        assert "Signed in as Rhea Reviewer" in page
        reviewer.refresh_from_db()
        assert reviewer.name == "Rhea Reviewer"

    def test_a_save_that_changes_nothing_leaves_no_trace(self, signed_in, reviewer):
        before = AuditEntry.objects.count()

        signed_in.post(PROFILE, {"name": reviewer.name, "orcid": "", "biography": ""})

        assert AuditEntry.objects.count() == before

    def test_shows_roles_credentials_and_interests_in_words(
        self, signed_in, reviewer, administrator
    ):
        factories.qualify(
            reviewer,
            factories.make_specialty("pulmonology"),
            verifier=administrator,
            expires_on=date(2020, 1, 1),
        )
        signed_in.post(
            "/accounts/credentials/add/",
            {**CREDENTIAL, "specialty": factories.make_specialty("cardiology").pk},
        )

        page = " ".join(signed_in.get(PROFILE).content.decode().split())

        assert "<dd>Reviewer</dd>" in page
        assert "By Ada Administrator on 22 November 2026." in page
        for words in ("Verified", "Expired", "Not verified", "Nothing to declare"):
            assert words in page

    @pytest.mark.parametrize("rows", [1, 30])
    def test_costs_the_same_with_many_credentials(
        self, signed_in, reviewer, administrator, django_assert_num_queries, rows
    ):
        for number in range(rows):
            factories.qualify(
                reviewer, factories.make_specialty(f"s{number}"), verifier=administrator
            )

        with django_assert_num_queries(9):
            signed_in.get(PROFILE)


class TestPassword:
    NEW = "an entirely new phrase"

    def change(self, client, old: str = PASSWORD, new: str = NEW, again: str = ""):
        form = {"old_password": old, "new_password1": new, "new_password2": again or new}
        return client.post("/accounts/password/", form)

    def test_sets_it_and_stays_signed_in_here_alone(self, signed_in, reviewer, client):
        from django.test import Client

        elsewhere = Client()
        elsewhere.force_login(reviewer)

        assert self.change(signed_in).status_code == 302

        reviewer.refresh_from_db()
        assert reviewer.check_password(self.NEW)
        assert signed_in.get(PROFILE).status_code == 200
        assert elsewhere.get(PROFILE).status_code == 302
        assert AuditEntry.objects.filter(action="accounts.password.changed").exists()

    @pytest.mark.parametrize(
        ("form", "words"),
        [
            ({"old": "wrong"}, "not your password"),
            ({"new": "short"}, "at least 12 characters"),
            ({"again": "another long phrase"}, "didn’t match"),
        ],
    )
    def test_refuses_with_the_reason(self, signed_in, reviewer, form, words):
        response = self.change(signed_in, **form)

        assert response.status_code == 400
        assert words in response.content.decode()
        reviewer.refresh_from_db()
        assert reviewer.check_password(PASSWORD)


class TestCredential:
    def test_a_new_one_waits_for_verification(self, signed_in, reviewer):
        specialty = factories.make_specialty("cardiology")

        response = signed_in.post(
            "/accounts/credentials/add/", {**CREDENTIAL, "specialty": specialty.pk}
        )

        assert response.status_code == 302
        credential = reviewer.credentials.get(licence_number="T-900")
        assert credential.verified_at is None
        assert credential.expires_on == date(2099, 1, 31)

    def test_a_missing_field_is_named_and_nothing_typed_is_lost(self, signed_in, reviewer):
        response = signed_in.post("/accounts/credentials/add/", {**CREDENTIAL, "authority": ""})

        assert response.status_code == 400
        assert "T-900" in response.content.decode()
        assert reviewer.credentials.count() == 1

    def test_the_same_licence_twice_is_refused_on_the_page(self, signed_in, reviewer):
        stored = reviewer.credentials.get()
        form = {**CREDENTIAL, "specialty": stored.specialty_id, "authority": stored.authority}

        response = signed_in.post(
            "/accounts/credentials/add/", {**form, "licence_number": stored.licence_number}
        )

        assert response.status_code == 400
        assert "already exists" in response.content.decode()

    def test_says_beforehand_that_a_change_takes_the_verification_back(self, signed_in, reviewer):
        path = f"/accounts/credentials/{reviewer.credentials.get().pk}/"
        assert "takes the verification back" in signed_in.get(path).content.decode()

        form = {**CREDENTIAL, "specialty": factories.make_specialty().pk}
        assert signed_in.post(path, form).status_code == 302

        assert reviewer.credentials.get().verified_at is None

    def test_a_save_that_changes_nothing_keeps_the_verification(self, signed_in, reviewer):
        stored = reviewer.credentials.get()
        form = {name: getattr(stored, name) for name in CREDENTIAL if name != "expires_on"}

        signed_in.post(
            f"/accounts/credentials/{stored.pk}/", {**form, "specialty": stored.specialty_id}
        )

        assert reviewer.credentials.get().verified_at is not None

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_another_persons_does_not_exist_here(self, client, reviewer, administrator, method):
        client.force_login(administrator)
        path = f"/accounts/credentials/{reviewer.credentials.get().pk}/"

        assert getattr(client, method)(path).status_code == 404
        assert Credential.objects.get().verified_at is not None
