"""The editorial policy."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db.models import Max

from accounts.models import User
from kernel.action import action
from kernel.canonical import nfc
from kernel.errors import NotAllowed, NothingChanged
from reader.events import ReaderEvent
from reader.models import PolicyVersion


def publish_policy(
    *, actor: User, text: str, change_note: str, in_force_from: date, at: datetime
) -> PolicyVersion:
    """Publish the next version of the policy; earlier ones stay readable.

    :raises NotAllowed: if `actor` does not publish the policy.
    :raises ValidationError: if the text is empty.
    :raises NothingChanged: if the newest version says the same.
    """
    if not actor.has_perm("reader.add_policyversion"):
        raise NotAllowed("Only administrators publish the editorial policy.")
    words = nfc(text.strip())
    if not words:
        raise ValidationError({"text": "The policy is empty."})
    with action(actor=actor, at=at) as act:
        newest = PolicyVersion.objects.order_by("-number").first()
        if newest and newest.text == words:
            raise NothingChanged(
                f"Version {newest.number} says the same.", current=f"version {newest.number}"
            )
        number = (PolicyVersion.objects.aggregate(top=Max("number"))["top"] or 0) + 1
        policy = PolicyVersion.objects.create(
            number=number,
            text=words,
            change_note=change_note.strip(),
            in_force_from=in_force_from,
            published_by=actor,
            published_at=at,
        )
        act.record(ReaderEvent.POLICY_PUBLISHED, policy, {"number": number})
    return policy
