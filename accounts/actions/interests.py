"""Declaring interests."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError

from accounts.events import AccountEvent
from accounts.models import Interest, InterestDeclaration, User
from kernel.action import action


@dataclass(frozen=True, kw_only=True)
class DeclaredInterest:
    company: str
    kind: str
    from_on: date
    to_on: date | None = None
    product: str = ""


def declare_interests(
    *, user: User, interests: Sequence[DeclaredInterest], at: datetime
) -> InterestDeclaration:
    """Store what `user` declares on this day; an empty sequence means nothing to declare.

    :raises ValidationError: if a row is incomplete.
    """
    state = InterestDeclaration.State
    with action(actor=user, at=at) as act:
        declaration = InterestDeclaration.objects.create(
            user=user, state=state.DECLARED if interests else state.NONE, declared_at=at
        )
        rows = [Interest(declaration=declaration, **asdict(interest)) for interest in interests]
        for number, row in enumerate(rows, start=1):
            try:
                row.full_clean()
            except ValidationError as exc:
                raise ValidationError(
                    [f"Interest {number}: {message}" for message in exc.messages]
                ) from exc
        Interest.objects.bulk_create(rows)
        act.record(
            AccountEvent.INTERESTS_DECLARED,
            declaration,
            {"state": declaration.state, "interests": len(rows)},
        )
    return declaration
