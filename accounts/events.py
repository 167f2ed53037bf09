"""What is done to people, as the trail calls it."""

from kernel.events import Event, Reach


class AccountEvent(Event):
    """The board's public page shows names, credentials and roles, so most of these reach the site."""

    USER_ADDED = "accounts.user.added", Reach.SITE
    USER_CHANGED = "accounts.user.changed", Reach.SITE
    PROFILE_CHANGED = "accounts.profile.changed", Reach.SITE
    PASSWORD_CHANGED = "accounts.password.changed"  # noqa: S105 - an event's name
    PASSWORD_SET = "accounts.password.set"  # noqa: S105 - an event's name
    CREDENTIAL_ADDED = "accounts.credential.added", Reach.SITE
    CREDENTIAL_CHANGED = "accounts.credential.changed", Reach.SITE
    CREDENTIAL_VERIFIED = "accounts.credential.verified", Reach.SITE
    INTERESTS_DECLARED = "accounts.interests.declared"
    TOKEN_ISSUED = "accounts.token.issued"  # noqa: S105 - an event's name
    TOKEN_REVOKED = "accounts.token.revoked"  # noqa: S105 - an event's name
    SPECIALTY_ADDED = "accounts.specialty.added", Reach.SITE
    SPECIALTY_CHANGED = "accounts.specialty.changed", Reach.SITE
    SPECIALTY_DELETED = "accounts.specialty.deleted", Reach.SITE
