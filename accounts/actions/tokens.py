"""Tokens: one for each program that works in somebody's name."""

from datetime import datetime

from django.db import transaction
from knox.models import AuthToken

from accounts.models import User
from kernel import audit


def issue_token(*, actor: User, at: datetime) -> tuple[AuthToken, str]:
    """Return a new token for `actor`, who has just proved who they are, and its secret."""
    with transaction.atomic(durable=True):
        token, secret = AuthToken.objects.create(actor)
        audit.record(
            actor=actor,
            action="accounts.token.issued",
            subject=actor,
            at=at,
            data={"token": token.token_key, "expires_at": token.expiry.isoformat()},
        )
    return token, secret


def revoke_token(*, actor: User, key: str, at: datetime) -> None:
    """End one of the person's own tokens at once.

    :raises AuthToken.DoesNotExist: if it is not theirs, or gone.
    """
    with transaction.atomic(durable=True):
        token = AuthToken.objects.select_for_update().get(user=actor, token_key=key)
        token.delete()
        audit.record(
            actor=actor, action="accounts.token.revoked", subject=actor, at=at, data={"token": key}
        )
