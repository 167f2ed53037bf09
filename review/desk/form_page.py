"""The one shape of the board's pages with a form: show it, call one action with it, say what came of it."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect

from kernel.errors import NotAllowed, WrongState
from kernel.forms import add_refusal
from review.desk.common import SignedInRequest

PAGE_METHODS = ["GET", "HEAD", "POST"]
OK, BAD_INPUT, FORBIDDEN, CONFLICT = 200, 400, 403, 409
Done = TypeVar("Done")


def typed(request: SignedInRequest) -> Any:
    """Return what a form is bound to: what was sent, or None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def form_page(
    request: SignedInRequest,
    form: Form,
    *,
    reason: str | None,
    act: Callable[[dict[str, Any]], Done],
    said: Callable[[Done], str],
    leads_to: Callable[[Done], str],
    show: Callable[[int], HttpResponse],
    require: Callable[[], None] = lambda: None,
) -> HttpResponse:
    """Answer a page whose form calls one action.

    Sent and valid: `act` takes the cleaned fields, `said` is the message, `leads_to` the address after
    it. Refused: `show` shows the page again with the status that fits, and the reason on the form, which
    keeps what was typed. Looked at: 403 with `reason` where the person may not, else `require` lets a
    state that has moved on answer 409.

    :raises WrongState: by `require`.
    """
    if request.method != "POST":
        if reason:
            return show(FORBIDDEN)
        require()
        return show(OK)
    if not form.is_valid():
        return show(BAD_INPUT)
    try:
        done = act(form.cleaned_data)
    except (NotAllowed, WrongState, ValidationError) as refusal:
        return show(_refuse(form, refusal))
    messages.success(request, said(done))
    return redirect(leads_to(done))


def _refuse(form: Form, refusal: NotAllowed | WrongState | ValidationError) -> int:
    """Add an action's refusal to the form that asked for it; return the answer's status."""
    if isinstance(refusal, ValidationError):
        add_refusal(form, refusal)
        return BAD_INPUT
    form.add_error(None, str(refusal))
    return FORBIDDEN if isinstance(refusal, NotAllowed) else CONFLICT
