"""Who keeps the library of figures: reasons shared by button, page, API and action."""

from accounts.models import User


def why_not_keep_figures(actor: User) -> str | None:
    """Return why `actor` may not add figures to the library or change what it says of them, or None."""
    if actor.has_perm("articles.add_figure") and actor.has_perm("articles.change_figure"):
        return None
    return "Only editors keep the library of figures."
