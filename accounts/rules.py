"""Reasons, in words for the person who asked, shared by button, page, API and action."""

import calendar
from datetime import date, datetime

from django.conf import settings

from accounts.models import Credential, InterestDeclaration, User


def months_after(day: date, months: int) -> date:
    """Return the same day `months` later, or that month's last day if it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def why_not_change_user(*, actor: User, user: User) -> str | None:
    """Return why `actor` may not change `user`'s account, roles or password, or None."""
    if not actor.has_perm("accounts.change_user"):
        return "Only administrators change other people's accounts."
    if user.is_superuser and not actor.is_superuser:
        return "Only a superuser changes a superuser's account."
    return None


def why_not_edit_credential(*, actor: User, holder: User) -> str | None:
    """Return why `actor` may not enter or change `holder`'s credentials, or None."""
    if actor.pk == holder.pk or actor.has_perm("accounts.change_credential"):
        return None
    return "Only the holder or an administrator changes a credential."


def why_not_verify_credential(*, actor: User, credential: Credential) -> str | None:
    """Return why `actor` may not verify `credential`, or None."""
    if not actor.has_perm("accounts.verify_credential"):
        return "You do not have the right to verify credentials."
    if actor.pk == credential.user_id:
        return "Nobody verifies their own credential."
    return None


def newest_declaration(user: User) -> InterestDeclaration | None:
    """Return the declaration of interests that counts, or None if never asked. One query."""
    return InterestDeclaration.objects.filter(user=user).order_by("-declared_at", "-pk").first()


def interests_valid_until(declaration: InterestDeclaration) -> date:
    """Return the last day on which a declaration of interests counts."""
    return months_after(declaration.declared_at.date(), settings.INTEREST_DECLARATION_MONTHS)


def why_interests_do_not_count(
    declaration: InterestDeclaration | None, *, at: datetime
) -> str | None:
    """Return why a declaration of interests says nothing at this time, or None if it does."""
    if declaration is None:
        return "You have not been asked about your interests yet. Declare them first."
    until = interests_valid_until(declaration)
    if at.date() > until:
        return (
            f"Your declaration of interests expired on {until:%d %B %Y}. "
            "Declare your interests again first."
        )
    return None
