"""Who keeps the library of sources: reasons shared by button, page, API and action."""

from accounts.models import User


def why_not_keep_references(actor: User) -> str | None:
    """Return why `actor` may not change the reference library, or None."""
    if actor.has_perm("articles.change_reference"):
        return None
    return "Only editors and administrators change the reference library."


def why_not_record_notice(actor: User) -> str | None:
    """Return why `actor` may not record a notice against a source, or None."""
    if actor.has_perm("articles.add_referencenotice"):
        return None
    return "Only editors and chairs record notices against a source."
