"""What every page of the board's desk shares: who asks, which submission, how a refusal answers."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.models import User
from review.models import Submission

P = ParamSpec("P")


class SignedInRequest(HttpRequest):
    """A request of a person, not of a visitor."""

    user: User


def board_page(
    view: Callable[Concatenate[SignedInRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Make a view ask visitors to sign in, and keep its answer out of every store."""

    @wraps(view)
    def page(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return view(cast("SignedInRequest", request), *args, **kwargs)

    return cast(
        "Callable[Concatenate[HttpRequest, P], HttpResponse]", never_cache(login_required(page))
    )


def visible_submission(request: SignedInRequest, pk: int) -> Submission:
    """Return a submission that the person may know of.

    :raises Http404: if there is none, or it is not theirs to see.
    """
    return get_object_or_404(Submission.objects.visible_to(request.user).with_edition(), pk=pk)


def side_nav(user: User, current: str = "") -> list[dict[str, Any]]:
    """Return the links beside the queue that mean something to this person."""
    items: list[tuple[str, str, str]] = []
    if user.has_perm("review.view_submission"):
        items += [
            ("board", _("The board’s queue"), "queue-list"),
            ("all", _("All submissions"), "archive-box"),
        ]
    if user.has_perm("review.sign_submission"):
        items += [
            ("asked", _("Asked of you"), "inbox-arrow-down"),
            ("decided", _("Decided by you"), "check-circle"),
        ]
    address = reverse("review:queue")
    return [
        {"label": label, "url": f"{address}?show={show}", "icon": icon, "current": show == current}
        for show, label, icon in items
    ]


def board(
    request: SignedInRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page of the board's desk."""
    shell = {
        "area": "board",
        "side_nav_title": _("The board’s desk"),
        "crumbs": [{"label": _("The board’s desk"), "url": reverse("review:queue")}],
    }
    return render(request, template, {**shell, **context}, status=status)


def address_of(submission: Submission) -> str:
    """Return where a submission is read and answered."""
    return reverse("review:submission", args=[submission.pk])


def submission_crumbs(submission: Submission) -> list[dict[str, str]]:
    """Return the way back from an action's page to its submission."""
    return [
        {"label": _("The board’s desk"), "url": reverse("review:queue")},
        {
            "label": str(submission.version),
            "url": reverse("review:submission", args=[submission.pk]),
        },
    ]
