"""How a text stands to the one that it adapts, for the pages that say so beside their own work."""

from collections.abc import Iterable

from django import template
from django.utils.translation import gettext_lazy as _

from articles.models import Edition, Version
from articles.texts.staleness import Following, draft_following, version_following
from articles.texts.views.beside import Pane, source_pane
from manuscript.content.parity import KINDS, Difference

register = template.Library()

WORDS = {
    "number": _("numbers"),
    "dose": _("doses"),
    "comparison": _("comparisons"),
    "negation": _("negations"),
    "drug": _("medicines"),
    "strength": _("words of advice"),
}


@register.simple_tag
def following_of(text: Edition | Version) -> Following | None:
    """Return how a draft, or a version, stands to its source; None where it adapts nothing.

    Five queries at most.
    """
    return version_following(text) if isinstance(text, Version) else draft_following(text)


@register.simple_tag
def source_beside(edition: Edition) -> Pane | None:
    """Return the text that an edition adapts, to stand beside its editor. Constant queries."""
    return source_pane(edition)


@register.filter
def by_kind(differences: Iterable[Difference]) -> list[Difference]:
    """Return what a comparison of meaning found, one kind after the other, each in reading order."""
    return sorted(differences, key=lambda found: KINDS.index(found.kind))


@register.filter
def kind_words(kind: str) -> str:
    """Return what a kind of facts is called, in words."""
    return str(WORDS.get(kind, kind))
