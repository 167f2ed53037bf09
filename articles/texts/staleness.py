"""Whether an adaptation is still in line with the edition that it adapts, and what moved on there.

The current text of a source is its approved version or, where none is approved, its newest one.
The board's rows are reached by the names of their relations alone (`submissions`), because imports
point left.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Edition, Version
from articles.texts.comparison import Part, changed_fields
from articles.texts.freezing import CALLOUT_LABELS
from articles.texts.shown_figures import images_of
from articles.texts.states import frozen_text
from manuscript.content import steps
from manuscript.content.citations import number
from manuscript.content.difference import difference
from manuscript.content.section_changes import SectionChange, section_changes
from manuscript.content.section_pairs import adaptation
from manuscript.content.sections import sections


@dataclass(frozen=True)
class StaleSection:
    """One section of the source that moved on.

    `html` shows what changed in it, word by word, as safe HTML; `target` is the position of the
    section of the adaptation that renders it, `heading` what that one is called; None and empty
    where there is none.
    """

    change: SectionChange
    html: SafeString
    target: int | None = None
    heading: str = ""

    @property
    def kind(self) -> str:
        """Return "changed", "added", "removed" or "moved"."""
        return self.change.kind

    @property
    def name(self) -> str:
        """Return what the section is called in the source."""
        return self.change.heading or _("The beginning")

    @property
    def what(self) -> str:
        """Return what happened to it, in words."""
        return {
            "changed": _("changed"),
            "added": _("new in the source"),
            "removed": _("gone from the source"),
            "moved": _("moved to another place"),
        }[self.kind]


@dataclass(frozen=True)
class Following:
    """How an adaptation stands to its source.

    `followed` is the version that it was last brought in line with, `current` the source's current
    one; either may be None. What moved on is empty where the source did not.
    """

    source: Edition
    followed: Version | None
    current: Version | None
    parts: list[Part] = field(default_factory=list)
    stale: list[StaleSection] = field(default_factory=list)

    @property
    def is_behind(self) -> bool:
        """Tell whether the source moved on since it was followed."""
        return _is_behind(self.followed, self.current)

    @property
    def is_unfollowed(self) -> bool:
        """Tell whether the source has a version and nobody said that the text follows one."""
        return self.followed is None and self.current is not None

    @cached_property
    def by_target(self) -> dict[int, list[StaleSection]]:
        """Return what moved on by the position of the adaptation's section that renders it."""
        found: dict[int, list[StaleSection]] = {}
        for row in self.stale:
            if row.target is not None:
                found.setdefault(row.target, []).append(row)
        return found

    @property
    def name(self) -> str:
        """Return what the source is called, such as "English clinician edition"."""
        return _("%(language)s %(audience)s edition") % {
            "language": self.source.get_language_display(),
            "audience": str(self.source.audience).lower(),
        }

    @property
    def line(self) -> str:
        """Return in a sentence what is followed and how far that moved on."""
        if self.current is None:
            return _("Adapts the %(name)s, which has no version yet.") % {"name": self.name}
        said: dict[str, Any] = {"name": self.name, "now": self.current.number}
        if self.followed is None:
            return (
                _(
                    "Adapts the %(name)s, now at version %(now)s. Nobody has recorded "
                    "which version it follows."
                )
                % said
            )
        said["then"] = self.followed.number
        if not self.is_behind:
            return _("Follows version %(then)s of the %(name)s, its current version.") % said
        said["what"] = self.count
        return (
            _(
                "Follows version %(then)s of the %(name)s; that edition is at version %(now)s "
                "now: %(what)s."
            )
            % said
        )

    @property
    def count(self) -> str:
        """Return how much moved on, in words."""
        if self.stale:
            return ngettext(
                "%(count)s section changed", "%(count)s sections changed", len(self.stale)
            ) % {"count": len(self.stale)}
        if self.parts:
            return _("its title or summary changed")
        return _("its text is the same")


def with_source_moved(editions: QuerySet[Edition]) -> QuerySet[Edition]:
    """Annotate `source_current`, the number of the source's current version, and
    `followed_number`, for `has_source_moved`.
    """
    versions = Version.objects.filter(edition=OuterRef("source"))
    approved = versions.filter(submissions__state="APPROVED").order_by("-number")
    return editions.annotate(
        source_current=Coalesce(
            Subquery(approved.values("number")[:1]),
            Subquery(versions.order_by("-number").values("number")[:1]),
        ),
        followed_number=F("followed__number"),
    )


def has_source_moved(edition: Edition) -> bool:
    """Tell of an edition from `with_source_moved` whether its source moved on. No query."""
    row = edition.__dict__
    followed, current = row["followed_number"], row["source_current"]
    return followed is not None and current is not None and current > followed


def current_version(edition_id: int) -> Version | None:
    """Return an edition's approved version, else its newest, else None; without its text."""
    return (
        Version.objects.filter(edition=edition_id)
        .without_text()
        .annotate(is_approved=Exists(_approved()))
        .order_by("-is_approved", "-number")
        .first()
    )


def draft_following(edition: Edition) -> Following | None:
    """Return how a draft stands to its source, or None if it adapts none. Five queries at most."""
    if edition.source_id is None:
        return None
    followed = (
        Version.objects.without_text().get(pk=edition.followed_id) if edition.followed_id else None
    )
    return _following(edition.source_id, followed, edition.body, edition.language)


def version_following(version: Version) -> Following | None:
    """Return how a version stands to what it followed when it was frozen, or None if it follows
    nothing. Five queries at most.
    """
    content = version.frozen
    follows = content.get("follows")
    if not follows:
        return None
    followed = Version.objects.without_text().get(
        edition=follows["edition"], number=follows["version"]
    )
    return _following(follows["edition"], followed, content["body"], content["language"])


def _approved() -> QuerySet[Version]:
    return Version.objects.filter(pk=OuterRef("pk"), submissions__state="APPROVED")


def _is_behind(followed: Version | None, current: Version | None) -> bool:
    """A version before the one followed can become the current one again: that is no news."""
    return followed is not None and current is not None and current.number > followed.number


def _following(source_id: int, followed: Version | None, body: str, language: str) -> Following:
    source = Edition.objects.select_related("audience").without_text().get(pk=source_id)
    current = current_version(source_id)
    if followed is None or current is None or not _is_behind(followed, current):
        return Following(source, followed, current)
    texts = {
        row.pk: row.frozen
        for row in Version.objects.filter(pk__in=[followed.pk, current.pk]).only("content")
    }
    before, after = texts[followed.pk], texts[current.pk]
    return Following(
        source,
        followed,
        current,
        parts=changed_fields(frozen_text(before), frozen_text(after)),
        stale=_stale(before, after, body, same_language=source.language == language),
    )


def _stale(
    before: Mapping[str, Any], after: Mapping[str, Any], body: str, *, same_language: bool
) -> list[StaleSection]:
    """Return the sections that differ, each with the section of `body` that renders it."""
    old, new, mine = sections(before["body"]), sections(after["body"]), sections(body)
    then = adaptation(old, mine, same_language=same_language)
    now = adaptation(new, mine, same_language=same_language, followed=old)
    numbers = number(before["body"]), number(after["body"])
    labels = CALLOUT_LABELS.get(after["language"], CALLOUT_LABELS["en"])
    figures = images_of([*before.get("figures", []), *after.get("figures", [])])

    found: list[StaleSection] = []
    for change in section_changes(old, new):
        shown = difference(
            change.before.body if change.before else "",
            change.after.body if change.after else "",
            numbers_before=numbers[0],
            numbers_after=numbers[1],
            labels=labels,
            figures=figures,
            step=steps.none,
        )
        place = now.get(change.now) if change.now is not None else None
        if place is None and change.then is not None:
            place = then.get(change.then)
        found.append(
            StaleSection(
                change,
                mark_safe(shown.html),  # noqa: S308 - of canonical bodies
                place,
                "" if place is None else mine[place].heading or _("The beginning"),
            )
        )
    return found
