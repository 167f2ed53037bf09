"""Who gets in, and that every page opens."""

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.models import Credential, User
from articles.models import (
    Edition,
    Reference,
    Version,
)
from reader.models import PolicyVersion
from review.models import (
    Assignment,
    Decision,
    Publication,
    Signature,
    Submission,
)
from tests.admin.pages import CONFIGURATION, READ_ONLY, page
from tests.factories import PASSWORD


class TestEntrance:
    def test_a_visitor_is_sent_to_the_sites_own_sign_in(self, client, db):
        first = client.get("/admin/accounts/user/")
        assert first["Location"] == "/admin/login/?next=/admin/accounts/user/"

        second = client.get(first["Location"])
        assert second["Location"] == "/accounts/sign-in/?next=/admin/accounts/user/"

    def test_the_admin_has_no_sign_in_of_its_own(self, client, administrator):
        response = client.post(
            "/admin/login/", {"username": administrator.email, "password": PASSWORD}
        )

        assert response.status_code == 302
        assert "_auth_user_id" not in client.session

    @pytest.mark.parametrize("who", ["editor", "chair", "reviewer", "stranger"])
    def test_other_roles_are_refused_with_the_reason(self, db, request, client, who):
        client.force_login(request.getfixturevalue(who))

        response = client.get("/admin/", follow=True)

        assert response.status_code == 403
        assert "does not have the administrator" in response.content.decode()

    @pytest.mark.parametrize("who", ["administrator", "superuser"])
    def test_administrators_and_superusers_get_in(self, db, request, client, who):
        client.force_login(request.getfixturevalue(who))

        assert client.get("/admin/").status_code == 200

    def test_who_was_deactivated_is_out_at_once(self, as_administrator, administrator):
        User.objects.filter(pk=administrator.pk).update(is_active=False)

        assert as_administrator.get("/admin/").status_code == 302

    def test_passwords_and_signing_out_are_the_sites_own(self, as_administrator):
        assert as_administrator.get("/admin/password_change/")["Location"] == "/accounts/password/"
        assert as_administrator.post("/admin/logout/")["Location"] == "/accounts/sign-out/"

    def test_links_lead_to_the_site_and_the_desks(self, as_administrator):
        text = as_administrator.get("/admin/").content.decode()

        for address in ("/", "/desk/", "/board/", "/accounts/profile/"):
            assert f'href="{address}"' in text


class TestEveryPage:
    @pytest.mark.parametrize("who", ["administrator", "superuser"])
    def test_lists_and_pages_of_every_model_open(self, request, client, everything, who):
        client.force_login(request.getfixturevalue(who))
        registered = dict(admin.site._registry)
        assert set(registered) == {
            *READ_ONLY, *CONFIGURATION, User, Credential, Reference, PolicyVersion
        }  # fmt: skip

        for model in registered:
            row = model._default_manager.order_by("pk").first()
            assert row is not None, model
            for address in (
                page(model, "changelist"),
                page(model, "changelist") + "?q=test",
                page(model, "change", row.pk),
                page(model, "history", row.pk),
            ):
                response = client.get(address)
                assert response.status_code == 200, address
                text = response.content.decode()
                assert " style=" not in text, address
                assert " onclick=" not in text, address

    @pytest.mark.parametrize("model", [*CONFIGURATION, User, Credential, Reference, PolicyVersion])
    def test_forms_for_a_new_row_open(self, as_administrator, model):
        response = as_administrator.get(page(model, "add"))

        assert response.status_code == 200
        assert " style=" not in response.content.decode()

    def test_the_desks_are_one_link_away(self, as_administrator, everything):
        edition = reverse("articles:edition", args=[everything.edition_id])
        version = reverse("articles:version", args=[everything.version_id])
        submission = reverse("review:submission", args=[everything.pk])
        links = {
            Edition: edition,
            Version: version,
            Submission: submission,
            Assignment: submission,
            Decision: submission,
            Signature: submission,
            Publication: submission,
        }
        for model, address in links.items():
            row = model.objects.get()
            for where in (page(model, "changelist"), page(model, "change", row.pk)):
                assert f'href="{address}"' in as_administrator.get(where).content.decode(), where
