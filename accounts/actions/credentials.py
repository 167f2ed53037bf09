"""Credentials: entering, changing and verifying them."""

from datetime import datetime

from accounts import rules
from accounts.events import AccountEvent
from accounts.models import Credential, User
from kernel.action import action
from kernel.errors import NotAllowed


def save_credential(*, actor: User, credential: Credential, at: datetime) -> Credential:
    """Store a new or changed credential. Whatever was verified before has to be verified anew.

    :raises NotAllowed: if it is another person's and `actor` does not manage credentials.
    :raises ValidationError: if a field is missing or wrong.
    """
    if reason := rules.why_not_edit_credential(actor=actor, holder=credential.user):
        raise NotAllowed(reason)
    created = credential.pk is None
    with action(actor=actor, at=at) as act:
        credential.verified_by = None
        credential.verified_at = None
        credential.full_clean()
        credential.save()
        act.record(
            AccountEvent.CREDENTIAL_ADDED if created else AccountEvent.CREDENTIAL_CHANGED,
            credential,
            {
                "user": credential.user_id,
                "degree": credential.degree,
                "specialty": credential.specialty.slug,
                "expires_on": credential.expires_on.isoformat() if credential.expires_on else None,
            },
        )
    return credential


def verify_credential(*, actor: User, credential_id: int, at: datetime) -> Credential:
    """State that `actor` checked this credential with the authority that issued it.

    :raises NotAllowed: if `actor` does not manage credentials, or holds this one.
    """
    with action(actor=actor, at=at) as act:
        credential = Credential.objects.select_for_update().get(pk=credential_id)
        if reason := rules.why_not_verify_credential(actor=actor, credential=credential):
            raise NotAllowed(reason)
        credential.verified_by = actor
        credential.verified_at = at
        credential.save(update_fields=["verified_by", "verified_at"])
        act.record(AccountEvent.CREDENTIAL_VERIFIED, credential, {"user": credential.user_id})
    return credential
