"""Keeping what somebody types, every few seconds, and telling who else is writing."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from articles.desk.views import DeskRequest, sent_json, signed_in
from articles.models import Edition
from articles.texts import rules
from articles.texts.actions.working_copies import company_of, empty_working_copy, keep_working_copy
from articles.texts.views.frame import visible_edition
from kernel.errors import NotAllowed


@never_cache
@require_http_methods(["GET", "POST", "DELETE"])
def working_copy(request: DeskRequest, pk: int) -> HttpResponse:
    """Keep what was typed (POST), drop it (DELETE), or tell how things stand (GET). JSON.

    Whoever is signed out gets 401, not a page to sign in on: the script says so and keeps the
    text on the device. Nobody reads anybody's text here, their own neither; the editor shows it.
    """
    if not request.user.is_authenticated:
        return JsonResponse({"reason": _("You are signed out.")}, status=401)
    edition = visible_edition(request, pk)
    if reason := rules.why_not_write(request.user):
        return JsonResponse({"reason": reason}, status=403)
    at = timezone.now()
    if request.method == "DELETE":
        empty_working_copy(
            actor=request.user, edition_id=pk, draft_number=edition.draft_number, at=at
        )
    elif request.method == "POST":
        try:
            sent = _sent(request)
            number = sent["draft_number"]
            keep_working_copy(
                actor=request.user,
                edition_id=pk,
                draft_number=number,
                text=sent.get("fields"),
                at=at,
            )
        except ValidationError as exc:
            return JsonResponse({"errors": exc.message_dict}, status=400)
        return JsonResponse(_standing(request, edition, opened=number))
    return JsonResponse(_standing(request, edition) | {"token": get_token(request)})


@signed_in
@require_POST
def drop(request: DeskRequest, pk: int) -> HttpResponse:
    """Drop what this person typed and did not save, and show the stored draft."""
    edition = visible_edition(request, pk)
    if reason := rules.why_not_write(request.user):
        raise NotAllowed(reason)
    number = edition.draft_number
    at = timezone.now()
    if empty_working_copy(actor=request.user, edition_id=pk, draft_number=number, at=at):
        messages.info(request, _("What you typed and did not save is dropped."))
    return redirect("articles:edit", pk=pk)


def _standing(request: DeskRequest, edition: Edition, *, opened: int = 0) -> dict[str, Any]:
    at = timezone.now()
    saved_by = None
    if 0 < opened < edition.draft_number:
        saved_by = {
            "name": edition.updated_by.name,
            "at": edition.updated_at.isoformat(),
            "you": edition.updated_by_id == request.user.pk,
        }
    return {
        "user": request.user.pk,
        "saved_at": at.isoformat(),
        "draft_number": edition.draft_number,
        "saved_by": saved_by,
        "others": [
            {
                "name": one.name,
                "typed_at": one.typed_at.isoformat() if one.typed_at else None,
                "typing": one.typing,
            }
            for one in company_of(request.user, edition, at=at)
        ],
    }


def _sent(request: DeskRequest) -> dict[str, Any]:
    """Return what was sent: {draft_number, fields}, without fields where nothing changed.

    :raises ValidationError: if it is nothing of the kind.
    """
    sent = sent_json(request, field="fields")
    if not isinstance(sent.get("fields", {}), dict | None):
        raise ValidationError({"fields": _("The fields as an object, or nothing.")})
    number = sent.get("draft_number")
    if not isinstance(number, int) or isinstance(number, bool) or not 0 < number < 2**31:
        raise ValidationError({"draft_number": _("The number of the draft that was opened.")})
    return sent
