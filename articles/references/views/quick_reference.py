"""Adding a source to the library from within the editor, without leaving the text."""

from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.desk.sources import as_result
from articles.desk.views import DeskRequest, for_library, sent_json
from articles.models import Reference
from articles.references import rules
from articles.references.actions.references import add_reference
from articles.references.identifying import Found, find
from articles.references.lookups import lookups
from articles.references.views.carrying import NotCarried, brought_back
from articles.references.views.finding import shown_found, take, taken_reference
from articles.references.views.source_forms import FindForm, ReferenceForm
from kernel.errors import NotAllowed, WrongState


@for_library
@require_POST
def add(request: DeskRequest) -> JsonResponse:
    """Add the source that JSON of the fields of `ReferenceForm` describes.

    Answers 201 with what the dialog shows of it; 409 with the source that the library has
    already, to be cited instead; 400 with the reasons beside the names of the fields.
    """
    if reason := rules.why_not_keep_references(request.user):
        raise NotAllowed(reason)
    sent = _sent(request)
    if not sent:
        return _errors({"__all__": [_("The fields of a source as a JSON object.")]})
    form = ReferenceForm({name: value for name, value in sent.items() if isinstance(value, str)})
    if not form.is_valid():
        return _errors({name: list(map(str, found)) for name, found in form.errors.items()})
    if form.is_to_be_looked_up:
        found = find(form.cleaned_data["doi"] or form.cleaned_data["pmid"], lookups())
        if found.read or found.existing:
            return JsonResponse({"found": _words(found)})
    try:
        reference = add_reference(actor=request.user, csl=form.csl, at=timezone.now())
    except ValidationError as exc:
        return _errors(_beside_fields(exc))
    except WrongState as exc:
        existing = Reference.objects.prefetch_related("notices").get(key=exc.current)
        return JsonResponse({"reason": exc.reason, "existing": as_result(existing)}, status=409)
    return JsonResponse({"added": as_result(reference)}, status=201)


@for_library
@require_POST
def find_quickly(request: DeskRequest) -> JsonResponse:
    """Answer with what is known of `what`: a DOI, a PMID or a pasted citation. Nothing is stored."""
    if reason := rules.why_not_keep_references(request.user):
        raise NotAllowed(reason)
    form = FindForm({"what": _sent(request).get("what", "")})
    if not form.is_valid():
        return _errors({"what": list(map(str, form.errors["what"]))})
    return JsonResponse({"found": _words(find(form.cleaned_data["what"], lookups()))})


@for_library
@require_POST
def take_quickly(request: DeskRequest) -> JsonResponse:
    """Add the record that `find_quickly` answered with, and answer with it as the dialog shows it."""
    if reason := rules.why_not_keep_references(request.user):
        raise NotAllowed(reason)
    try:
        outcome = take(request, brought_back(str(_sent(request).get("carried", ""))))
    except NotCarried:
        return _errors({"what": [_("The record lay here for too long. Look it up again.")]})
    except WrongState as exc:
        return JsonResponse({"reason": exc.reason}, status=409)
    except ValidationError as exc:
        return _errors({"what": exc.messages})
    taken = taken_reference(outcome)
    if taken is None:
        return _errors({"what": [one.reason for one in outcome.failed]})
    reference = Reference.objects.prefetch_related("notices").get(pk=taken.pk)
    name = "added" if outcome.added else "existing"
    return JsonResponse({name: as_result(reference)}, status=201 if outcome.added else 200)


def _sent(request: DeskRequest) -> dict[str, object]:
    try:
        return sent_json(request)
    except ValidationError:
        return {}


def _words(found: Found) -> dict[str, object]:
    """Return what was found as the dialog shows it; `carried` goes back to take a record."""
    shown = shown_found(found)
    proposals = [
        {
            "row": one["shown"],
            "in_library": one["reference"] is not None,
            "carried": one["carried"],
            "score": one["score"],
            "reasons": one["reasons"],
            "notices": one["notices"],
        }
        for one in shown["candidates"]
    ]
    if found.read and not found.existing:
        proposals = [
            {
                "row": shown["read_shown"],
                "in_library": False,
                "carried": shown["carried"],
                "score": None,
                "reasons": [],
                "notices": shown["notices"],
            }
        ]
    return {
        "existing": shown["existing_shown"],
        "proposals": proposals,
        "doubts": [*found.doubts, *found.warnings],
        "problem": found.problem,
        "carried": "" if found.typed.is_bare else shown["carried_as_typed"],
        "typed": shown["typed_shown"],
        "fields": {
            name: str(value)
            for name, value in ReferenceForm.initial_of(found.typed.csl).items()
            if value
        },
    }


def _errors(errors: dict[str, list[str]]) -> JsonResponse:
    return JsonResponse({"errors": errors}, status=400)


def _beside_fields(refusal: ValidationError) -> dict[str, list[str]]:
    """Return what the library refused by the form's field; a reason begins with the CSL field."""
    errors: dict[str, list[str]] = {}
    for message in refusal.messages:
        name = ReferenceForm.FIELDS.get(message.partition(":")[0], "__all__")
        errors.setdefault(name, []).append(message)
    return errors
