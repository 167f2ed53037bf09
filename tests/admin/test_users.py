"""Accounts and roles."""

from django.contrib.admin.models import LogEntry
from django.urls import reverse

from accounts.models import User
from kernel.models import AuditEntry
from tests.admin.pages import page
from tests.factories import PASSWORD


class TestUsers:
    FORM = {"name": "Nora New", "orcid": "", "biography": "", "roles": ["editor", "administrator"]}

    def test_adds_one_through_the_action(self, as_administrator, administrator):
        form = {**self.FORM, "email": "Nora@Example.invalid", "password": "a long enough phrase"}

        response = as_administrator.post(page(User, "add"), form)

        assert response.status_code == 302, response.content.decode()
        user = User.objects.get(email="nora@example.invalid")
        assert user.is_staff
        assert user.check_password("a long enough phrase")
        entry = AuditEntry.objects.get(action="accounts.user.added")
        assert entry.actor == administrator
        assert LogEntry.objects.filter(object_id=str(user.pk)).exists()

    def test_a_weak_password_or_a_taken_address_is_refused_on_the_form(
        self, as_administrator, editor
    ):
        form = {**self.FORM, "email": editor.email, "password": "short"}

        response = as_administrator.post(page(User, "add"), form)

        text = response.content.decode()
        assert response.status_code == 400
        assert "already exists" in text
        assert "at least 12 characters" in text
        assert "Nora New" in text

    def test_a_wrong_orcid_is_refused_by_the_action_and_nothing_is_lost(self, as_administrator):
        form = {
            **self.FORM,
            "email": "nora@example.invalid",
            "password": "a long enough phrase",
            "orcid": "0000-0002-1825-0098",
        }

        response = as_administrator.post(page(User, "add"), form)

        assert response.status_code == 400
        assert "its last digit does not fit" in response.content.decode()
        assert "Nora New" in response.content.decode()
        assert not User.objects.filter(name="Nora New").exists()

    def test_changing_roles_opens_and_closes_the_admin(self, as_administrator, editor):
        form = {**self.FORM, "email": editor.email, "name": editor.name, "is_active": "on"}

        assert as_administrator.post(page(User, "change", editor.pk), form).status_code == 302
        editor.refresh_from_db()
        assert editor.is_staff
        assert set(editor.groups.values_list("name", flat=True)) == {"editor", "administrator"}

        form["roles"] = ["editor"]
        as_administrator.post(page(User, "change", editor.pk), form)
        editor.refresh_from_db()
        assert not editor.is_staff
        assert AuditEntry.objects.filter(action="accounts.user.changed").count() == 2

    def test_the_form_forges_neither_superuser_nor_admin_rights(self, as_administrator, editor):
        form = {
            **self.FORM,
            "email": editor.email,
            "name": editor.name,
            "roles": ["editor"],
            "is_active": "on",
            "is_superuser": "on",
            "is_staff": "on",
            "user_permissions": ["1"],
        }

        as_administrator.post(page(User, "change", editor.pk), form)

        editor.refresh_from_db()
        assert (editor.is_superuser, editor.is_staff) == (False, False)
        assert not editor.user_permissions.exists()

    def test_deactivates_instead_of_deleting(self, as_administrator, editor):
        form = {**self.FORM, "email": editor.email, "name": editor.name, "roles": ["editor"]}

        as_administrator.post(page(User, "change", editor.pk), form)

        editor.refresh_from_db()
        assert not editor.is_active

    def test_an_administrator_only_looks_at_a_superuser(self, as_administrator, superuser):
        form = {**self.FORM, "email": superuser.email}
        assert as_administrator.get(page(User, "change", superuser.pk)).status_code == 200

        assert as_administrator.post(page(User, "change", superuser.pk), form).status_code == 403
        password = reverse("admin:accounts_user_password", args=[superuser.pk])
        assert as_administrator.post(password, {}).status_code == 403

    def test_sets_a_password_that_the_validators_accept(self, as_administrator, editor):
        path = reverse("admin:accounts_user_password", args=[editor.pk])
        weak = {"new_password1": "short", "new_password2": "short"}
        assert as_administrator.post(path, weak).status_code == 400

        good = {"new_password1": "a quite new phrase", "new_password2": "a quite new phrase"}
        assert as_administrator.post(path, good).status_code == 302

        editor.refresh_from_db()
        assert editor.check_password("a quite new phrase")
        assert AuditEntry.objects.filter(action="accounts.password.set").count() == 1

    def test_stock_password_page_is_not_a_second_door(self, as_superuser, editor):
        form = {"password1": "x" * 20, "password2": "x" * 20}

        as_superuser.post(f"/admin/accounts/user/{editor.pk}/password/", form)

        editor.refresh_from_db()
        assert editor.check_password(PASSWORD)
