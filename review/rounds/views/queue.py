"""The board's queue: what is asked of me, and what every submission needs next."""

from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import F, Q, QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from articles.models import edition_text_columns, version_text_columns
from review.desk.common import SignedInRequest, board, board_page, side_nav
from review.models import Assignment, Decision, State, Submission
from review.public.facts import facts_of_submissions
from review.public.wording import board_badges
from review.rounds.forms import QueueFilter
from review.rounds.views.needs import Need, counts, with_needs
from review.rounds.views.people import reviewer_lines, still_missing
from review.rounds.views.readiness import readiness

PAGE_SIZE = 25
ON_TOP = 5


@board_page
@require_safe
def queue(request: SignedInRequest) -> HttpResponse:
    """Show the queue: `show` is board, all, asked or decided."""
    at = timezone.now()
    sees_all = request.user.has_perm("review.view_submission")
    show = request.GET.get("show", "")
    if show not in {"board", "all", "asked", "decided"} or (
        show in {"board", "all"} and not sees_all
    ):
        show = "board" if sees_all else "asked"
    context: dict[str, Any] = {
        "at": at,
        "show": show,
        "side_nav": side_nav(request.user, show),
        "readiness": readiness(request.user, at=at),
        "sees_all": sees_all,
        "is_chair": request.user.has_perm("review.chair_submission"),
    }
    if show in {"board", "all"}:
        context |= _board(request, show=show, day=at.date())
        context["asked_on_top"] = _asked(request.user)[:ON_TOP]
    elif show == "asked":
        context |= _page(request, _asked(request.user), "asked")
        context["decided"] = _decided(request.user)[:ON_TOP]
        context["heading"] = _("Asked of you")
    else:
        context |= _page(request, _decided(request.user), "decided")
        context["heading"] = _("Decided by you")
    return board(request, "review/queue.html", context)


def _asked(user: User) -> "QuerySet[Assignment]":
    """Return the reviews that wait for `user`: the earliest due date first."""
    return (
        Assignment.objects.filter(
            reviewer=user,
            ended_at__isnull=True,
            decision__isnull=True,
            submission__state=State.UNDER_REVIEW,
        )
        .select_related(
            "capacity",
            "assigned_by",
            "submission__version",
            "submission__edition__audience",
            "submission__edition__article",
        )
        .defer(
            *version_text_columns("submission__version"),
            *edition_text_columns("submission__edition"),
        )
        .order_by(F("due_on").asc(nulls_last=True), "assigned_at", "pk")
    )


def _decided(user: User) -> "QuerySet[Decision]":
    """Return what `user` decided, newest first."""
    return (
        Decision.objects.filter(decided_by=user)
        .select_related(
            "assignment__capacity",
            "assignment__submission__version",
            "assignment__submission__edition__audience",
        )
        .defer(
            *version_text_columns("assignment__submission__version"),
            *edition_text_columns("assignment__submission__edition"),
        )
        .order_by("-decided_at", "-pk")
    )


def _board(request: SignedInRequest, *, show: str, day: date) -> dict[str, Any]:
    """Return the rows that everybody with the right to view sees, grouped by what they need."""
    form = QueueFilter(request.GET)
    visible = with_needs(Submission.objects.visible_to(request.user).for_lists(), day)
    found = _filtered(visible, form)
    numbers = counts(found)
    need = None
    if show == "board":
        need = next((row for row in Need if row.code == request.GET.get("need")), None)
        rows = found.filter(need=need) if need else found.filter(need__isnull=False)
        rows = rows.order_by("need", "submitted_at", "pk")
    else:
        rows = found.order_by("-submitted_at", "-pk")
    page = _page(request, rows, "submissions")
    facts = facts_of_submissions([row.pk for row in page["page"]], on=day)
    lines = [
        {
            "submission": row,
            "reviewers": reviewer_lines(row, day=day),
            "missing": still_missing(row),
            "badges": board_badges(facts[row.pk]),
        }
        for row in page["page"]
    ]
    groups: list[dict[str, Any]] = []
    if show == "board":
        for value, members in groupby(lines, key=lambda line: line["submission"].need):
            found_need = Need(value)
            groups.append(
                {
                    "need": found_need,
                    "count": numbers.get(found_need, 0),
                    "rows": list(members),
                }
            )
    elif lines:
        groups.append({"need": None, "count": page["page"].paginator.count, "rows": lines})
    return {
        **page,
        "heading": _("The board’s queue") if show == "board" else _("All submissions"),
        "filter": form,
        "is_filtered": need is not None or form.narrows,
        "need": need,
        "needs": [(row, numbers.get(row, 0)) for row in Need],
        "total": sum(numbers.values()),
        "groups": groups,
    }


def _filtered(rows: "QuerySet[Any]", form: QueueFilter) -> "QuerySet[Any]":
    """Return the rows that the filter leaves; what is not valid in it narrows nothing."""
    form.is_valid()
    chosen = form.cleaned_data
    if words := chosen.get("q"):
        for word in words.split():
            rows = rows.filter(
                Q(version__title__icontains=word)
                | Q(version__heading__icontains=word)
                | Q(edition__article__question__icontains=word)
            )
    if specialty := chosen.get("specialty"):
        rows = rows.filter(edition__article__specialty=specialty)
    if audience := chosen.get("audience"):
        rows = rows.filter(edition__audience=audience)
    return rows


def _page(request: SignedInRequest, rows: "QuerySet[Any]", name: str) -> dict[str, Any]:
    """Return one page of `rows` and the addresses of the pages beside it."""
    page: Page[Any] = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))

    def address(number: int) -> str:
        kept = {key: value for key, value in request.GET.items() if key != "page" and value}
        return "?" + urlencode({**kept, "page": number})

    return {
        "page": page,
        name: page.object_list,
        "where": _("%(first)s to %(last)s of %(all)s")
        % {"first": page.start_index(), "last": page.end_index(), "all": page.paginator.count},
        "previous_url": address(page.previous_page_number()) if page.has_previous() else "",
        "next_url": address(page.next_page_number()) if page.has_next() else "",
    }
