import pytest
from django.core.exceptions import ValidationError

from accounts.actions.users import add_user, change_user, set_password
from accounts.models import User
from accounts.models.user import Role
from kernel.errors import NotAllowed
from kernel.models import AuditEntry
from tests.factories import AT, PASSWORD


def change(actor: User, user: User, **changes) -> User:
    facts = {
        "email": user.email,
        "name": user.name,
        "orcid": user.orcid,
        "biography": user.biography,
        "is_active": user.is_active,
        "roles": [Role(name) for name in user.groups.values_list("name", flat=True)],
    }
    return change_user(actor=actor, user_id=user.pk, at=AT, **{**facts, **changes})


class TestAddUser:
    def test_an_administrator_may_enter_the_admin_and_others_may_not(self, db):
        people = {
            role: add_user(
                actor=None,
                email=f"{role}@example.invalid",
                name=role.label,
                password=PASSWORD,
                roles=[role],
                at=AT,
            )
            for role in Role
        }

        assert {role for role, user in people.items() if user.is_staff} == {Role.ADMINISTRATOR}

    def test_a_wrong_orcid_is_refused_naming_the_field(self, db):
        with pytest.raises(ValidationError) as refusal:
            add_user(
                actor=None,
                email="a@example.invalid",
                name="A",
                password=PASSWORD,
                roles=[],
                at=AT,
                orcid="0000-0002-1825-0098",
            )

        assert list(refusal.value.message_dict) == ["orcid"]
        assert not User.objects.exists()


class TestChangeUser:
    def test_the_way_into_the_admin_follows_the_role(self, administrator, editor):
        change(administrator, editor, roles=[Role.EDITOR, Role.ADMINISTRATOR])
        editor.refresh_from_db()
        assert editor.is_staff

        change(administrator, editor, roles=[Role.EDITOR])
        editor.refresh_from_db()
        assert not editor.is_staff

    def test_the_trail_says_what_was_changed_from_what_into_what(self, administrator, editor):
        change(administrator, editor, name="Eda Newname", roles=[Role.EDITOR, Role.CHAIR])

        entry = AuditEntry.objects.get(action="accounts.user.changed")
        assert entry.actor == administrator
        assert entry.data == {
            "name": ["Eda Editor", "Eda Newname"],
            "roles": [["editor"], ["chair", "editor"]],
        }

    def test_a_change_that_changes_nothing_leaves_no_trace(self, administrator, editor):
        change(administrator, editor)

        assert not AuditEntry.objects.exists()

    def test_changing_ones_own_roles_is_possible_and_leaves_a_trace(self, administrator):
        change(administrator, administrator, roles=[Role.ADMINISTRATOR, Role.REVIEWER])

        assert AuditEntry.objects.get().actor == administrator

    @pytest.mark.parametrize("who", ["editor", "chair", "reviewer", "stranger"])
    def test_nobody_but_administrators_changes_accounts(self, request, who, other_editor):
        with pytest.raises(NotAllowed):
            change(request.getfixturevalue(who), other_editor, roles=[Role.ADMINISTRATOR])

        other_editor.refresh_from_db()
        assert not other_editor.is_staff

    def test_an_administrator_does_not_change_a_superuser(self, administrator, superuser):
        with pytest.raises(NotAllowed, match="Only a superuser"):
            change(administrator, superuser, is_active=False)
        with pytest.raises(NotAllowed, match="Only a superuser"):
            set_password(actor=administrator, user_id=superuser.pk, password=PASSWORD + "2", at=AT)

    def test_a_taken_address_is_refused_in_any_case(self, administrator, editor, other_editor):
        with pytest.raises(ValidationError) as refusal:
            change(administrator, editor, email=other_editor.email.upper())

        assert "email" in refusal.value.message_dict


class TestSetPassword:
    def test_a_weak_password_is_refused(self, administrator, editor):
        with pytest.raises(ValidationError):
            set_password(actor=administrator, user_id=editor.pk, password="short", at=AT)

        editor.refresh_from_db()
        assert editor.check_password(PASSWORD)

    def test_the_trail_knows_who_set_it_and_not_what_it_is(self, administrator, editor):
        set_password(actor=administrator, user_id=editor.pk, password="a new long phrase", at=AT)

        entry = AuditEntry.objects.get()
        assert (entry.actor, entry.action) == (administrator, "accounts.password.set")
        assert entry.data == {}
