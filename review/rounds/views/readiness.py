"""Whether a reviewer could sign today: their credentials and their declaration of interests."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.models import Credential, User
from accounts.rules import newest_declaration, why_interests_do_not_count

SOON = timedelta(days=60)


@dataclass(frozen=True)
class CredentialLine:
    """One credential and how it stands: "valid", "soon", "expired" or "unverified"."""

    specialty: str
    standing: str
    expires_on: date | None


@dataclass(frozen=True)
class Readiness:
    """What the queue shows on top to somebody who signs."""

    credentials: list[CredentialLine]
    declared_at: datetime | None
    why_interests_do_not_count: str | None
    interests_expire_soon: bool

    @property
    def is_quiet(self) -> bool:
        """Tell whether there is nothing to do."""
        return (
            self.why_interests_do_not_count is None
            and not self.interests_expire_soon
            and any(line.standing == "valid" for line in self.credentials)
            and all(line.standing == "valid" for line in self.credentials)
        )


def readiness(user: User, *, at: datetime) -> Readiness | None:
    """Return how `user` stands as a signer, or None for those who do not sign. Two queries."""
    if not user.has_perm("review.sign_submission"):
        return None
    rows = list(
        Credential.objects.filter(user=user)
        .select_related("specialty")
        .order_by("specialty__name", "pk")
    )
    declaration = newest_declaration(user)
    if user.is_superuser and not rows and declaration is None:
        return None
    reason = why_interests_do_not_count(declaration, at=at)
    return Readiness(
        credentials=_lines(rows, at.date()),
        declared_at=declaration.declared_at if declaration else None,
        why_interests_do_not_count=reason,
        interests_expire_soon=reason is None
        and why_interests_do_not_count(declaration, at=at + SOON) is not None,
    )


def _lines(credentials: list[Credential], day: date) -> list[CredentialLine]:
    """Return a line for each credential that matters: not an expired one that another replaces."""
    held = {row.specialty_id for row in credentials if row.is_valid_on(day)}
    lasting = {row.specialty_id for row in credentials if row.is_valid_on(day + SOON)}
    lines: list[CredentialLine] = []
    for row in credentials:
        if row.is_valid_on(day + SOON):
            standing = "valid"
        elif row.specialty_id in lasting:
            continue
        elif row.is_valid_on(day):
            standing = "soon"
        elif row.specialty_id in held:
            continue
        else:
            standing = "unverified" if row.verified_at is None else "expired"
        lines.append(CredentialLine(row.specialty.name, standing, row.expires_on))
    return lines
