"""What changed between two states of an edition, word by word."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from reversion.models import Version as Saved

from articles.desk.views import DeskRequest, signed_in
from articles.models import Edition, Version, VersionQuerySet
from articles.texts.comparison import (
    Comparison,
    Part,
    between_drafts,
    between_states,
)
from articles.texts.merging import text_of as text_of_save
from articles.texts.saves import numbered, saves_of
from articles.texts.states import State, draft_state, save_state, text_of, version_state
from articles.texts.views.frame import about, visible_edition
from manuscript.content.difference import is_too_long
from manuscript.content.parity import Parity, parity
from manuscript.content.section_changes import changed_blocks

__all__ = ["Comparison", "Part", "between_drafts", "compare", "text_of"]

NAME = re.compile(
    r"(?:(?P<edition>[0-9]{1,18})\.)?"
    r"(?:(?P<draft>draft)|(?P<number>[0-9]{1,9})|save-(?P<save>[0-9]{1,18}))"
)
LISTED = 50
"""How many versions, and how many saves, the two lists offer; the history leads to older ones."""
LISTED_OF_OTHERS = 20
MEANING = 20_000
"""Characters that differ up to which the meaning is compared unasked: it takes longer than all else."""


@dataclass(frozen=True)
class Choice:
    """One state that can be chosen: its name in the address, and what it is called, long and short."""

    name: str
    label: str
    short: str


@dataclass(frozen=True)
class Group:
    """Choices of one kind."""

    label: str
    choices: list[Choice]


@signed_in
def compare(request: DeskRequest, pk: int) -> HttpResponse:
    """Compare any two states of an edition: its draft, its versions, its saves; or one of them with
    another edition of the article in the same language.
    """
    edition = visible_edition(request, pk)
    groups = choices_of(request, edition)
    default = _defaults(edition, groups)
    before = request.GET.get("from", default[0])
    after = request.GET.get("to", default[1])
    sides = {name: _side(request, edition, name) for name in {before, after}}
    states = {name: read() for name, (_choice, read) in sides.items()}
    groups = _with_chosen(groups, [choice for choice, _read in sides.values()])
    found = between_states(states[before], states[after])
    context = {
        **about(request, edition),
        "heading": _("Compare"),
        "groups": groups,
        "before": before,
        "after": after,
        "before_name": sides[before][0].short,
        "after_name": sides[after][0].short,
        "has_two": sum(len(group.choices) for group in groups) > 2,
        "comparison": found,
        "parity": _parity(states[before], states[after], asked="meaning" in request.GET)
        if found.body_differs
        else None,
        "restores": _restores(before, after, sides[after][0]),
    }
    return render(request, "articles/compare.html", context)


def choices_of(request: DeskRequest, edition: Edition) -> list[Group]:
    """Return what can be compared, the newest first. Four queries, however much there is."""
    groups = [
        Group(_("Draft"), [_draft_choice()]),
        Group(_("Versions"), [_version_choice(row) for row in _listed(edition.versions.all())]),
        Group(_("Saves"), [_save_choice(row) for row in numbered(saves_of(edition))[:LISTED]]),
    ]
    others = (
        Edition.objects.visible_to(request.user)
        .filter(article=edition.article_id, language=edition.language)
        .exclude(pk=edition.pk)
        .select_related("audience")
        .without_text()
        .order_by("audience__position", "pk")
    )
    by_edition: dict[int, list[Choice]] = {
        row.pk: [_of_another(row, _draft_choice())] for row in others
    }
    names = {row.pk: row for row in others}
    versions = Version.objects.filter(edition__in=list(names))
    for version in _listed(versions, LISTED_OF_OTHERS):
        other = names[version.edition_id]
        by_edition[other.pk].append(_of_another(other, _version_choice(version)))
    groups += [
        Group(f"{names[key].get_language_display()}, {names[key].audience}", rows)
        for key, rows in by_edition.items()
    ]
    return [group for group in groups if group.choices]


def _listed(versions: VersionQuerySet, count: int = LISTED) -> VersionQuerySet:
    return versions.select_related("frozen_by").without_text().order_by("-number", "-pk")[:count]


def _draft_choice() -> Choice:
    return Choice("draft", _("The draft as it stands"), _("the draft"))


def _version_choice(version: Version) -> Choice:
    short = _("version %(number)s") % {"number": version.number}
    day = date_format(timezone.localtime(version.frozen_at), "DATE_FORMAT")
    return Choice(str(version.number), f"{short.capitalize()} · {day}, {version.frozen_by}", short)


def _save_choice(saved: Saved) -> Choice:
    """Name a save from `numbered`."""
    revision = saved.revision
    short = _("draft %(number)s") % {"number": saved.__dict__["draft"]}
    when = date_format(timezone.localtime(revision.date_created), "DATETIME_FORMAT")
    label = f"{short.capitalize()} · {when}, {revision.user}"
    if note := revision.comment:
        label += f": {Truncator(note).chars(60)}"
    return Choice(f"save-{saved.pk}", label, short)


def _of_another(edition: Edition, choice: Choice) -> Choice:
    short = _("%(state)s for %(audience)s") % {
        "state": choice.short,
        "audience": str(edition.audience).lower(),
    }
    return Choice(f"{edition.pk}.{choice.name}", choice.label, short)


def _defaults(edition: Edition, groups: list[Group]) -> tuple[str, str]:
    """Return what changed last: from the newest version to the draft, or to the newest version from
    the one before it, or from the save before the last.
    """
    listed = {group.label: [choice.name for choice in group.choices] for group in groups}
    versions, saves = listed.get(_("Versions"), []), listed.get(_("Saves"), [])
    frozen = edition.versions.filter(draft_number=edition.draft_number).exists()
    if versions and not frozen:
        return versions[0], "draft"
    if len(versions) > 1:
        return versions[1], versions[0]
    if len(saves) > 1:
        return saves[1], "draft"
    return versions[0] if versions else "draft", "draft"


def _side(request: DeskRequest, edition: Edition, name: str) -> tuple[Choice, Callable[[], State]]:
    """Return what a side is called and how to read it.

    :raises Http404: if there is no such state, or it is none that may be compared with this edition.
    """
    found = NAME.fullmatch(name)
    if found is None:
        raise Http404
    of = edition
    if found["edition"]:
        of = get_object_or_404(
            Edition.objects.visible_to(request.user).select_related("audience"),
            pk=found["edition"],
            article=edition.article_id,
            language=edition.language,
        )
    choice, read = _state(of, found)
    return (_of_another(of, choice) if found["edition"] else choice), read


def _state(edition: Edition, found: re.Match[str]) -> tuple[Choice, Callable[[], State]]:
    if found["number"]:
        version = get_object_or_404(
            edition.versions.select_related("frozen_by").defer("rendered"), number=found["number"]
        )
        return _version_choice(version), lambda: version_state(version)
    if found["save"]:
        saved = get_object_or_404(numbered(saves_of(edition)).defer(None), pk=found["save"])
        return _save_choice(saved), lambda: save_state(edition, text_of_save(saved))
    return _draft_choice(), lambda: draft_state(edition, timezone.localdate())


def _with_chosen(groups: list[Group], chosen: list[Choice]) -> list[Group]:
    """Return the groups with what was chosen and is too old to be listed."""
    listed = {choice.name for group in groups for choice in group.choices}
    missing = [choice for choice in chosen if choice.name not in listed]
    return [*groups, Group(_("Chosen"), missing)] if missing else groups


def _parity(before: State, after: State, *, asked: bool) -> Parity | None:
    """Return what only one side states, of the blocks that differ; None where that is much and
    nobody asked, or the texts are too long to be compared in detail.
    """
    if is_too_long(before.text.body, after.text.body):
        return None
    old, new = changed_blocks(before.text.body, after.text.body)
    if len(old) + len(new) > MEANING and not asked:
        return None
    return parity(old, new, before.language, after.language)


def _restores(before: str, after: str, choice: Choice) -> dict[str, str] | None:
    """Return what could be restored, where the page shows what that would change."""
    found = NAME.fullmatch(after)
    if before != "draft" or found is None or found["edition"] or found["draft"]:
        return None
    return {"short": choice.short, "number": found["number"] or "", "save": found["save"] or ""}
