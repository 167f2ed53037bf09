"""Adding a source to the library, and correcting one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.desk.views import DeskRequest, for_library, signed_in
from articles.models import Reference
from articles.references import rules
from articles.references.actions.references import add_reference, change_reference
from articles.references.identifying import find
from articles.references.lookups import lookups
from articles.references.views.finding import found_page, new_page
from articles.references.views.identifying import after_editing
from articles.references.views.references import moved_words, visible_reference
from articles.references.views.source_forms import ReferenceForm
from articles.texts.checks.web_pages import needed_of_web_page
from kernel.errors import NotAllowed, WrongState


@for_library
def new(request: DeskRequest) -> HttpResponse:
    """Add a source field by field. One that the library has already answers 409 and says where.

    A DOI or PMID without a title is looked up, and shown before it is added.
    """
    if reason := rules.why_not_keep_references(request.user):
        raise NotAllowed(reason)
    form = ReferenceForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return new_page(request, form, status=400 if form.errors else 200)
    unanswered = ""
    if form.is_to_be_looked_up:
        found = find(form.cleaned_data["doi"] or form.cleaned_data["pmid"], lookups())
        if found.read or found.existing:
            return found_page(request, found)
        unanswered = found.problem
    try:
        reference = add_reference(actor=request.user, csl=form.csl, at=timezone.now())
    except ValidationError as exc:
        _refused(form, exc)
        return new_page(request, form, status=400)
    except WrongState as exc:
        return new_page(request, form, same=exc, status=409)
    messages.success(request, _("“%(key)s” is in the library.") % {"key": reference.key})
    if unanswered:
        messages.warning(request, _("Its title is still missing. %(why)s") % {"why": unanswered})
    return redirect("articles:reference", pk=reference.pk)


@signed_in
def edit(request: DeskRequest, pk: int) -> HttpResponse:
    """Correct a source's record. Drafts follow, versions keep what was frozen."""
    reference = visible_reference(request, pk)
    if reference.merged_into is not None:
        messages.info(request, moved_words(reference))
        return redirect("articles:reference-edit", pk=reference.merged_into.pk)
    if reason := rules.why_not_keep_references(request.user):
        raise NotAllowed(reason)
    form = ReferenceForm(request.POST if request.method == "POST" else None, csl=reference.csl)
    if request.method == "POST" and form.is_valid():
        next_page = after_editing(request, pk) or reverse("articles:reference", args=[pk])
        try:
            change_reference(actor=request.user, reference_id=pk, csl=form.csl, at=timezone.now())
        except ValidationError as exc:
            _refused(form, exc)
        except WrongState as exc:
            return _page(request, form, reference=reference, same=exc)
        else:
            messages.success(request, _("The reference is saved."))
            return redirect(next_page)
    return _page(request, form, reference=reference)


def _refused(form: ReferenceForm, refusal: ValidationError) -> None:
    """Show what the library refused beside the field that its reason begins with."""
    for message in refusal.messages:
        field = message.partition(":")[0]
        form.add_error(ReferenceForm.FIELDS.get(field), message)


def _page(
    request: DeskRequest,
    form: ReferenceForm,
    *,
    reference: Reference,
    same: WrongState | None = None,
) -> HttpResponse:
    status = 409 if same else 400 if form.errors else 200
    context = {
        "section": "references",
        "heading": reference.title or reference.key,
        "needed": needed_of_web_page(reference.csl),
        "reference": reference,
        "form": form,
        "same": same,
        "same_reference": Reference.objects.filter(key=same.current).first() if same else None,
    }
    return render(request, "articles/reference_form.html", context, status=status)
