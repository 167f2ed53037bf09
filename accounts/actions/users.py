"""People and their roles."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from knox.models import AuthToken

from accounts import rules
from accounts.events import AccountEvent
from accounts.models import PasswordChange, User
from accounts.models.user import Role
from accounts.orcid import normalise_orcid
from kernel.action import Action, action
from kernel.errors import NotAllowed


def orcid_of(text: str) -> str:
    """Return an ORCID iD in its one form.

    :raises ValidationError: naming the field, if it is none.
    """
    try:
        return normalise_orcid(text)
    except ValueError as exc:
        raise ValidationError({"orcid": str(exc)}) from exc


def add_user(
    *,
    actor: User | None,
    email: str,
    name: str,
    password: str | None,
    roles: Iterable[Role],
    at: datetime,
    orcid: str = "",
    biography: str = "",
) -> User:
    """Add a person with roles. `actor` is None only where the first people are set up.

    :raises ValidationError: if the address is taken, the password too weak or the ORCID iD none.
    """
    granted = sorted({Role(role) for role in roles})
    with action(actor=actor, at=at) as act:
        if password is not None:
            validate_password(password, User(email=email, name=name))
        user = User.objects.create_user(
            email,
            password,
            name=name,
            orcid=orcid_of(orcid),
            biography=biography,
            is_staff=Role.ADMINISTRATOR in granted,
        )
        user.groups.set(Group.objects.filter(name__in=granted))
        PasswordChange.objects.create(user=user, changed_by=actor, changed_at=at)
        act.record(AccountEvent.USER_ADDED, user, {"roles": [str(role) for role in granted]})
    return user


def change_own_profile(*, user: User, name: str, orcid: str, biography: str, at: datetime) -> User:
    """Change what a person says of themselves. Signatures keep the name they were given under.

    :raises ValidationError: if the name is empty or the ORCID iD none.
    """
    with action(actor=user, at=at) as act:
        person = User.objects.select_for_update().get(pk=user.pk)
        person.name, person.orcid, person.biography = name, orcid_of(orcid), biography
        person.full_clean(exclude=["password"])
        person.save(update_fields=["name", "orcid", "biography"])
        act.record(AccountEvent.PROFILE_CHANGED, person, {"name": person.name})
    return person


def change_password(*, user: User, password: str, at: datetime) -> None:
    """Set a new password that the validators accept; it ends every session and API token.

    :raises ValidationError: if they do not.
    """
    validate_password(password, user)
    with action(actor=user, at=at) as act:
        _set_password(act, user, password)
        act.record(AccountEvent.PASSWORD_CHANGED, user)


def _set_password(act: Action[User], user: User, password: str) -> None:
    """Give `user` a password and end every token; who chose it stays on record."""
    user.set_password(password)
    user.save(update_fields=["password"])
    AuthToken.objects.filter(user=user).delete()
    PasswordChange.objects.create(user=user, changed_by=act.actor, changed_at=act.at)


def change_user(
    *,
    actor: User,
    user_id: int,
    email: str,
    name: str,
    orcid: str,
    biography: str,
    is_active: bool,
    roles: Iterable[Role],
    at: datetime,
) -> User:
    """Change a person's account and roles. Who may enter the admin follows from the roles.

    A change that changes nothing leaves no trace. Nobody is deleted: an account that is not
    active signs in nowhere, and what its owner signed stands.

    :raises NotAllowed: if `actor` does not manage users, or not this one.
    :raises ValidationError: if the address is taken, the name empty or the ORCID iD none.
    """
    granted = sorted({Role(role) for role in roles})
    with action(actor=actor, at=at) as act:
        user = User.objects.select_for_update().get(pk=user_id)
        if reason := rules.why_not_change_user(actor=actor, user=user):
            raise NotAllowed(reason)
        before = account_of(user)
        user.email, user.name, user.orcid = email, name, orcid_of(orcid)
        user.biography, user.is_active = biography, is_active
        user.is_staff = user.is_superuser or Role.ADMINISTRATOR in granted
        user.full_clean(exclude=["password"])
        after = account_of(user, roles=[str(role) for role in granted])
        changed = {
            field: [before[field], after[field]] for field in after if before[field] != after[field]
        }
        if not changed:
            return user
        user.save(update_fields=["email", "name", "orcid", "biography", "is_active", "is_staff"])
        user.groups.set(Group.objects.filter(name__in=granted))
        act.record(AccountEvent.USER_CHANGED, user, changed)
    return user


def account_of(user: User, roles: list[str] | None = None) -> dict[str, object]:
    """Return what `change_user` can change of an account, for the audit trail."""
    if roles is None:
        roles = sorted(user.groups.values_list("name", flat=True))
    return {
        "email": user.email,
        "name": user.name,
        "orcid": user.orcid,
        "biography": user.biography,
        "is_active": user.is_active,
        "is_staff": user.is_staff,
        "roles": roles,
    }


def set_password(*, actor: User, user_id: int, password: str, at: datetime) -> User:
    """Give a person a new password that the validators accept; it signs them out everywhere,
    programs with their tokens included.

    :raises NotAllowed: if `actor` does not manage users, or not this one.
    :raises ValidationError: if the password is too weak.
    """
    with action(actor=actor, at=at) as act:
        user = User.objects.select_for_update().get(pk=user_id)
        if reason := rules.why_not_change_user(actor=actor, user=user):
            raise NotAllowed(reason)
        validate_password(password, user)
        _set_password(act, user, password)
        act.record(AccountEvent.PASSWORD_SET, user)
    return user
