"""Making one of two references that are one source. It cannot be undone, so both are shown first."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.desk.sources import as_result
from articles.desk.views import DeskRequest, signed_in
from articles.models import Citation, CitedReference, Edition, Reference
from articles.references import rules
from articles.references.actions.merging import merge_references
from articles.references.views.candidates import formatted
from articles.references.views.references import moved_words, visible_reference
from articles.references.views.source_forms import ReferenceForm, type_label
from kernel.errors import NotAllowed, WrongState
from manuscript.citing.matching import Match, match

DRAFTS_SHOWN = 50


@dataclass(frozen=True)
class Row:
    """A field of both records."""

    label: str
    one: str
    other: str

    @property
    def differs(self) -> bool:
        """Whether the two say different things."""
        return self.one != self.other


@signed_in
def merge(request: DeskRequest, pk: int) -> HttpResponse:
    """Show two references side by side; merge them once somebody says which one stays."""
    one = visible_reference(request, pk)
    if reason := rules.why_not_keep_references(request.user):
        raise NotAllowed(reason)
    sent = request.POST if request.method == "POST" else request.GET
    other, problem = _other(request, one, sent.get("with", "").replace("\0", "").strip())
    if one.merged_into is not None:
        messages.info(request, moved_words(one))
        return redirect("articles:reference", pk=one.merged_into.pk)
    if other is None:
        return _page(request, one, None, problem=problem, status=400 if problem else 200)
    if request.method != "POST":
        return _page(request, one, other)
    stays = {str(row.pk): row for row in (one, other)}.get(request.POST.get("stays", ""))
    if stays is None:
        return _page(request, one, other, problem=_("Say which of the two stays."), status=400)
    goes = other if stays.pk == one.pk else one
    try:
        kept = merge_references(
            actor=request.user, reference_id=goes.pk, into_id=stays.pk, at=timezone.now()
        )
    except WrongState as exc:
        return _page(request, one, other, problem=exc.reason, status=409)
    messages.success(
        request,
        _("“%(gone)s” is merged into “%(kept)s”.") % {"gone": goes.key, "kept": kept.key},
    )
    return redirect("articles:reference", pk=kept.pk)


def _other(request: DeskRequest, one: Reference, wanted: str) -> tuple[Reference | None, str]:
    """Return the reference with this id or key, and what is wrong with the choice."""
    if not wanted:
        return None, ""
    rows = Reference.objects.select_related("merged_into")
    found = rows.filter(key=wanted).first()
    if found is None and wanted.isdecimal() and len(wanted) < 18:
        found = rows.filter(pk=int(wanted)).first()
    if found is None:
        return None, _("No reference has the key “%(key)s”.") % {"key": wanted[:80]}
    found = found.merged_into or found
    if found.pk == one.pk:
        return None, _("This is the reference itself.")
    return found, ""


def _page(
    request: DeskRequest,
    one: Reference,
    other: Reference | None,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "section": "references",
        "heading": _("Merge two references"),
        "one": one,
        "other": other,
        "problem": problem,
    }
    if other is not None:
        likeness = match(one.csl, other.csl)
        visible = Edition.objects.visible_to(request.user)
        pair = (one, other)
        context |= {
            "rows": compared(one, other),
            "match": likeness,
            "warns": _warnings(one, other, likeness),
            "sides": [
                {
                    "reference": row,
                    "shown": as_result(row),
                    "formatted": formatted(row.csl),
                    "drafts": visible.filter(citations__reference=row)
                    .with_article()
                    .order_by("pk")[:DRAFTS_SHOWN],
                    "in_drafts": Citation.objects.filter(reference=row).count(),
                    "in_versions": CitedReference.objects.filter(reference=row).count(),
                }
                for row in pair
            ],
            "stays": _suggested(one, other).pk,
        }
    return render(request, "articles/reference_merge.html", context, status=status)


def compared(one: Reference, other: Reference) -> list[Row]:
    """Return the fields that either record has, in the words of the form."""
    initials = [ReferenceForm.initial_of(row.csl) for row in (one, other)]
    labels = {name: str(field.label) for name, field in ReferenceForm.base_fields.items()}
    rows = []
    for name, label in labels.items():
        a, b = (str(initial.get(name) or "") for initial in initials)
        if name == "type":
            a, b = type_label(a), type_label(b)
        if a or b:
            rows.append(Row(label, a, b))
    return rows


def _suggested(one: Reference, other: Reference) -> Reference:
    """Return the one that says more: identified, with identifiers, with more fields; else the older."""

    def worth(row: Reference) -> tuple[bool, int, int, int]:
        return (
            row.is_identified,
            bool(row.doi) + bool(row.pmid),
            len(row.csl),
            -row.pk,
        )

    return max((one, other), key=worth)


def _warnings(one: Reference, other: Reference, likeness: Match) -> list[str]:
    warnings = []
    for name, label in (("doi", "DOI"), ("pmid", "PMID")):
        if (
            getattr(one, name)
            and getattr(other, name)
            and getattr(one, name) != getattr(other, name)
        ):
            warnings.append(
                _("They have different %(what)ss: probably they are two sources.") % {"what": label}
            )
    if not warnings and not likeness.reasons:
        warnings.append(_("Nothing that is known of them is the same."))
    return warnings
