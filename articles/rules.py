"""Reasons shared by button, page, API and action."""

from accounts.models import User
from articles.models import Article


def why_not_write(actor: User) -> str | None:
    """Return why `actor` may not create or save drafts, or None."""
    if actor.has_perm("articles.change_edition"):
        return None
    return "Only editors write articles."


def why_not_freeze(actor: User) -> str | None:
    """Return why `actor` may not freeze a draft, or None."""
    if actor.has_perm("articles.add_version"):
        return None
    return "Only editors freeze a draft into a version."


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


def why_not_change_article(actor: User, article: Article) -> str | None:
    """Return why `actor` may not change the question, specialty or topics, or None."""
    if not actor.has_perm("articles.change_article"):
        return "Only editors change an article."
    return None
