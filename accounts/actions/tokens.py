"""Tokens: one for each program that works in somebody's name."""

from datetime import datetime

from knox.models import AuthToken

from accounts.events import AccountEvent
from accounts.models import User
from kernel.action import action


def issue_token(*, actor: User, at: datetime) -> tuple[AuthToken, str]:
    """Return a new token for `actor`, who has just proved who they are, and its secret."""
    with action(actor=actor, at=at) as act:
        token, secret = AuthToken.objects.create(actor)
        act.record(
            AccountEvent.TOKEN_ISSUED,
            actor,
            {"token": token.token_key, "expires_at": token.expiry.isoformat()},
        )
    return token, secret


def revoke_token(*, actor: User, key: str, at: datetime) -> None:
    """End one of the person's own tokens at once.

    :raises AuthToken.DoesNotExist: if it is not theirs, or gone.
    """
    with action(actor=actor, at=at) as act:
        token = AuthToken.objects.select_for_update().get(user=actor, token_key=key)
        token.delete()
        act.record(AccountEvent.TOKEN_REVOKED, actor, {"token": key})
