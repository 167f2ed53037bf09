"""An adaptation beside the edition that it adapts, section by section; and which edition that is."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.desk.views import DeskRequest, signed_in
from articles.models import Edition, Version
from articles.texts import rules
from articles.texts.actions.following import change_source, follow_source
from articles.texts.comparison import shown
from articles.texts.draft import DraftText
from articles.texts.staleness import Following, StaleSection, draft_following
from articles.texts.states import State, draft_state, save_state, version_state
from articles.texts.views.following import SourceForm
from articles.texts.views.frame import about, visible_edition
from kernel.errors import NotAllowed
from kernel.forms import add_refusal
from manuscript.content.parity import parity
from manuscript.content.section_pairs import adaptation, in_order
from manuscript.content.sections import Section, sections


@dataclass(frozen=True)
class Side:
    """One section as the page shows it: its heading, its text as safe HTML, and which heading of the
    text it is, from 1; 0 for what stands before the first.
    """

    heading: str
    html: SafeString
    number: int


@dataclass(frozen=True)
class Row:
    """A section of the source and the one that renders it; either may be missing."""

    source: Side | None
    target: Side | None
    stale: list[StaleSection]


@signed_in
def beside(request: DeskRequest, pk: int) -> HttpResponse:
    """Show an adaptation's draft beside its source: the approved version, the newest, or the draft."""
    edition = visible_edition(request, pk)
    following = draft_following(edition)
    context = {
        **about(request, edition),
        "heading": _("Beside its source"),
        "following": following,
    }
    if following is not None:
        source = get_object_or_404(
            Edition.objects.visible_to(request.user).with_article(), pk=edition.source_id
        )
        choices = _choices(source, following)
        name = request.GET.get("show") or next(iter(choices))
        if name not in choices:
            raise Http404
        left, right = (
            _source_state(source, choices[name]),
            draft_state(edition, timezone.localdate()),
        )
        context |= {
            "source": source,
            "choices": [(key, *_named(key, version)) for key, version in choices.items()],
            "shown": name,
            "left": left,
            "right": right,
            "rows": _rows(following, left, right),
            "parity": parity(left.text.body, right.text.body, left.language, right.language),
        }
    return render(request, "articles/beside.html", context)


@dataclass(frozen=True)
class Pane:
    """The source beside the editor: how the draft stands to it, its text, and the rows of both."""

    following: Following
    left: State
    rows: list[Row]


def source_pane(edition: Edition) -> Pane | None:
    """Return the current text of what an edition adapts, its draft where it has no version; None
    where it adapts nothing.
    """
    following = draft_following(edition)
    if following is None:
        return None
    version = Version.objects.get(pk=following.current.pk) if following.current else None
    source = Edition.objects.select_related("audience").get(pk=following.source.pk)
    left = _source_state(source, version)
    return Pane(following, left, _rows(following, left, save_state(edition, DraftText.of(edition))))


@signed_in
@require_POST
def follow(request: DeskRequest, pk: int) -> HttpResponse:
    """Record that the draft is in line with a version of its source."""
    edition = visible_edition(request, pk)
    version = request.POST.get("version", "")
    try:
        edition = follow_source(
            actor=request.user,
            edition_id=pk,
            version_id=int(version) if version.isdecimal() and len(version) < 19 else 0,
            at=timezone.now(),
        )
    except ValidationError as exc:
        messages.error(request, " ".join(exc.messages))
    else:
        number = edition.followed.number if edition.followed else 0
        messages.success(
            request,
            _("Recorded: this text is in line with version %(number)s of its source.")
            % {"number": number},
        )
    return redirect("articles:beside", pk=pk)


@signed_in
def source(request: DeskRequest, pk: int) -> HttpResponse:
    """Choose which edition this one adapts, and which version of it the text is in line with."""
    edition = visible_edition(request, pk)
    if reason := rules.why_not_write(request.user):
        raise NotAllowed(reason)
    form = SourceForm(
        request.POST if request.method == "POST" else None, edition=edition, user=request.user
    )
    if form.is_valid():
        try:
            change_source(
                actor=request.user,
                edition_id=pk,
                source_id=form.source_id,
                version_id=form.version_id,
                at=timezone.now(),
            )
        except ValidationError as exc:
            add_refusal(form, exc, {"source": "follows", "version": "follows"})
        else:
            messages.success(request, _("What this edition adapts is recorded."))
            return redirect("articles:edition", pk=pk)
    context = {
        **about(request, edition),
        "heading": _("What this edition adapts"),
        "form": form,
    }
    return render(request, "articles/source.html", context, status=400 if form.errors else 200)


def _choices(source: Edition, following: Following) -> dict[str, Version | None]:
    """Return the states of the source that can be shown, the current one first."""
    newest = source.versions.order_by("-number").first()
    current = following.current
    found: dict[str, Version | None] = {}
    if current is not None and newest is not None:
        is_approved = bool(current.__dict__["is_approved"])
        found["approved" if is_approved else "newest"] = (
            newest if newest.pk == current.pk else source.versions.get(pk=current.pk)
        )
        if newest.pk != current.pk:
            found["newest"] = newest
    return {**found, "draft": None}


def _named(key: str, version: Version | None) -> tuple[str]:
    if version is None:
        return (_("Its draft"),)
    words = {"approved": _("Approved version %(number)s"), "newest": _("Newest version %(number)s")}
    return (words[key] % {"number": version.number},)


def _source_state(source: Edition, version: Version | None) -> State:
    return version_state(version) if version else draft_state(source, timezone.localdate())


def _rows(following: Following, left: State, right: State) -> list[Row]:
    ours, theirs = sections(left.text.body), sections(right.text.body)
    followed = None
    if following.followed is not None:
        followed = sections(Version.objects.get(pk=following.followed.pk).frozen["body"])
    pairs = adaptation(
        ours, theirs, same_language=left.language == right.language, followed=followed
    )
    sides = _sides(ours, left, _("Source")), _sides(theirs, right, _("Adaptation"))
    rows: list[Row] = []
    for t, s in in_order(len(theirs), len(ours), {t: s for s, t in pairs.items()}):
        stale = following.by_target.get(t, []) if t is not None else []
        if t is None and s is not None:
            stale = [
                row
                for row in following.stale
                if row.target is None and row.change.after and row.change.after.id == ours[s].id
            ]
        rows.append(
            Row(
                sides[0][s] if s is not None else None,
                sides[1][t] if t is not None else None,
                stale,
            )
        )
    return rows


def _sides(parts: list[Section], state: State, side: str) -> list[Side]:
    first = 1 if parts and parts[0].level else 0
    return [
        Side(part.heading, shown(part.body, state, side=side), number)
        for number, part in enumerate(parts, start=first)
    ]
