"""Adding a source by its DOI, its PMID or a pasted citation: found first, added once confirmed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.desk.sources import as_result
from articles.desk.views import DeskRequest, for_library
from articles.models import Reference
from articles.references import rules
from articles.references.actions.notices import ReadNotices, Taken
from articles.references.actions.reference_files import ImportOutcome, import_references
from articles.references.actions.references import add_reference
from articles.references.identifying import Found, Typed, find
from articles.references.lookups import lookups, why_not_look_up
from articles.references.views.candidates import formatted, shown_candidates, shown_notices
from articles.references.views.carrying import AS_TYPED, NotCarried, brought_back, carried
from articles.references.views.search import described
from articles.references.views.source_forms import FindForm, ReferenceForm
from kernel.errors import NotAllowed, WrongState
from manuscript.citing.csl import normalise_csl
from manuscript.citing.reading import ReadReference, ReadReferences


def shown_found(found: Found) -> dict[str, Any]:
    """Return what the pages and the dialog show of what was found."""
    typed, read = found.typed, found.read
    return {
        "typed": typed,
        "typed_shown": described(typed.csl),
        "existing": found.existing,
        "existing_shown": as_result(found.existing) if found.existing else None,
        "existing_formatted": formatted(found.existing.csl) if found.existing else "",
        "read": read,
        "read_shown": described(read.csl) if read else None,
        "formatted": formatted(read.csl) if read else "",
        "notices": shown_notices(read) if read else [],
        "carried": carried(read) if read else "",
        "doubts": found.doubts,
        "warnings": found.warnings,
        "candidates": shown_candidates(found.candidates),
        "problem": found.problem,
        "carried_as_typed": carried(ReadReference(csl=typed.csl, place=AS_TYPED, record=1)),
    }


def take(request: DeskRequest, read: ReadReference) -> ImportOutcome:
    """Add one record with its notices to the library; what was only typed is kept in the same words once.

    :raises WrongState: if somebody added it at the same moment.
    """
    if read.place == AS_TYPED:
        same = Reference.objects.filter(csl=normalise_csl(read.csl)).order_by("pk").first()
        if same is not None:
            return ImportOutcome(already_there=(Taken(read, same.merged_into or same),))
        added = add_reference(actor=request.user, csl=read.csl, at=timezone.now())
        return ImportOutcome(added=(Taken(read, added),))
    return import_references(
        actor=request.user, read=ReadReferences(references=(read,)), at=timezone.now()
    )


def taken_reference(outcome: ImportOutcome) -> Reference | None:
    """Return the library's reference for the one record that was taken, or None where it failed."""
    for taken in (*outcome.added, *outcome.already_there):
        return taken.reference
    return None


@for_library
def find_source(request: DeskRequest) -> HttpResponse:
    """Show what is known of a DOI, a PMID or a pasted citation. Nothing is stored."""
    if reason := rules.why_not_keep_references(request.user):
        raise NotAllowed(reason)
    if request.method != "POST":
        return redirect("articles:reference-new")
    form = FindForm(request.POST)
    if not form.is_valid():
        return new_page(request, ReferenceForm(), find_form=form, status=400)
    return found_page(request, find(form.cleaned_data["what"], lookups()))


@for_library
@require_POST
def take_source(request: DeskRequest) -> HttpResponse:
    """Add the record that was shown, with its notices, and go to it."""
    if reason := rules.why_not_keep_references(request.user):
        raise NotAllowed(reason)
    try:
        read = brought_back(request.POST.get("carried", ""))
        outcome = take(request, read)
    except NotCarried:
        form = FindForm()
        form.refused = _("The record lay here for too long. Look it up again.")
        return new_page(request, ReferenceForm(), find_form=form, status=400)
    except WrongState as exc:
        found = Found(typed=as_typed(read), read=read, problem=exc.reason)
        return found_page(request, found, status=409)
    except ValidationError as exc:
        found = Found(typed=as_typed(read), problem=" ".join(exc.messages))
        return found_page(request, found, status=400)
    reference = taken_reference(outcome)
    if reference is None:
        problem = " ".join(one.reason for one in outcome.failed)
        found = Found(typed=as_typed(read), problem=problem)
        return found_page(request, found, status=400)
    say(request, outcome, reference)
    return redirect("articles:reference", pk=reference.pk)


def as_typed(read: ReadReference) -> Typed:
    """Return a record as if it had been typed, to be shown again."""
    return Typed(text=str(described(read.csl)["title"]), csl=dict(read.csl))


def say(request: DeskRequest, outcome: ImportOutcome, reference: Reference) -> None:
    """Say what became of the one record, and of the notices and doubts that came with it."""
    if outcome.added:
        messages.success(request, _("“%(key)s” is in the library.") % {"key": reference.key})
    else:
        messages.info(
            request,
            _("The library had this source already, as “%(key)s”.") % {"key": reference.key},
        )
    say_notices(request, ReadNotices(outcome.noticed, outcome.failed, outcome.notices_left))
    if outcome.proposals:
        messages.info(
            request,
            _("The library has a source of the same title and year. See whether it is one."),
        )


def say_notices(request: DeskRequest, notices: ReadNotices) -> None:
    """Say what became of the notices that came with a source."""
    if notices.recorded:
        messages.warning(request, _("The notices against it were recorded with it."))
    if notices.left:
        messages.warning(request, notices.left)
    for failed in notices.failed:
        messages.warning(request, failed.reason)


def found_page(request: DeskRequest, found: Found, *, status: int = 200) -> HttpResponse:
    """Show what was found, and the ways on."""
    context = {
        "section": "references",
        "heading": _("What was found"),
        "found": shown_found(found),
        "find_form": FindForm(initial={"what": found.typed.text}),
        "fields": ReferenceForm(initial=ReferenceForm.initial_of(found.typed.csl)),
        "why_not_look_up": why_not_look_up(),
        "why_not_notice": rules.why_not_record_notice(request.user),
    }
    return render(request, "articles/reference_found.html", context, status=status)


def new_page(
    request: DeskRequest,
    form: ReferenceForm,
    *,
    find_form: FindForm | None = None,
    same: WrongState | None = None,
    status: int = 200,
) -> HttpResponse:
    """Ask for a source: by identifier or citation, or field by field."""
    context = {
        "section": "references",
        "heading": _("New reference"),
        "reference": None,
        "form": form,
        "find_form": find_form or FindForm(),
        "why_not_look_up": why_not_look_up(),
        "same": same,
        "same_reference": Reference.objects.filter(key=same.current).first() if same else None,
    }
    return render(request, "articles/reference_form.html", context, status=status)
