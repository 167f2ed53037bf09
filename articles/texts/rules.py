"""Reasons shared by button, page, API and action."""

from accounts.models import User
from articles.models import Article, Version


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


def why_not_change_article(actor: User, article: Article) -> str | None:
    """Return why `actor` may not change the question, specialty or topics, or None."""
    if actor.has_perm("articles.change_article") or actor.has_perm("articles.reclassify_article"):
        return None
    return "Only editors change an article."


def why_not_reclassify(actor: User, article: Article) -> str | None:
    """Return why `actor` may not change the specialty, or None.

    The specialty chooses the rule of the review. From the first frozen version on, whoever writes
    the article no longer chooses it.
    """
    if actor.has_perm("articles.reclassify_article"):
        return None
    if Version.objects.filter(edition__article=article).exists():
        return (
            "The specialty decides who has to review this article. "
            "Now that a version is frozen, only a chair changes it."
        )
    return None
