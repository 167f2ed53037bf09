"""Importing a text: first a report of what was recognised, then a draft."""

import hashlib
from dataclasses import asdict, dataclass, field
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import Specialty
from articles.desk import stash
from articles.desk.import_words import grouped
from articles.desk.views import DeskRequest, for_editors
from articles.imports.actions.imports import Origin, import_article
from articles.imports.forms import ImportForm
from articles.models import Audience, ImportRecord
from articles.texts import rules
from articles.texts.freezing import CALLOUT_LABELS
from kernel.errors import NotAllowed
from manuscript.content.citations import number
from manuscript.content.outline import outline
from manuscript.content.plain import plain_text, word_count
from manuscript.content.rendering import render as render_body
from manuscript.importing import counts, read_article
from manuscript.importing.decoding import decode
from manuscript.importing.docx.changes import TrackedChanges
from manuscript.importing.notes import Notes
from manuscript.importing.result import ImportedArticle, ImportedReference, ImportRefused

SALT = "articles.imports.views.imports"
KEPT_TEXT = "text"


@dataclass(frozen=True, kw_only=True)
class Brought:
    """What somebody brought to be imported, and what it is to become. The bytes are in the stash."""

    kept: str
    name: str
    format: str
    tracked_changes: str
    language: str
    audience: int
    specialty: int
    ai_provenance: dict[str, str] = field(default_factory=dict)

    @property
    def carried(self) -> str:
        """Return everything as one signed text for a hidden field."""
        return signing.dumps(asdict(self), salt=SALT)

    def read(self, data: bytes) -> ImportedArticle:
        """Read the text.

        :raises ImportRefused: if it is not a text that can be read.
        """
        return read_article(
            data,
            format=self.format,
            language=self.language,
            name=self.name,
            tracked_changes=self.tracked_changes,
        )


@for_editors
def import_text(request: DeskRequest) -> HttpResponse:
    """Ask for a text; report what was recognised in it; make it a draft once confirmed.

    Until then the database knows nothing of it: the bytes lie in the stash for a day.
    """
    if reason := rules.why_not_write(request.user):
        raise NotAllowed(reason)
    if request.method != "POST":
        return _ask(request, ImportForm())
    if "carried" in request.POST:
        return _carried_on(request)
    form = ImportForm(request.POST, request.FILES)
    is_valid = form.is_valid()
    kept, name, data = _brought_bytes(request, form)
    if not is_valid:
        return _ask_again(request, form, kept, name)
    facts = form.cleaned_data
    brought = Brought(
        kept=kept,
        name=name,
        format=facts["format"] or "auto",
        tracked_changes=facts["tracked_changes"] or "ask",
        language=facts["language"],
        audience=facts["audience"].pk,
        specialty=facts["specialty"].pk,
        ai_provenance=form.provenance(request.user.name),
    )
    try:
        imported = brought.read(data)
    except TrackedChanges as exc:
        asking = ImportForm(request.POST, ask_about_changes=True)
        asking.full_clean()
        asking.add_error("tracked_changes", str(exc))
        return _ask_again(request, asking, kept, name)
    except ImportRefused as exc:
        form.add_error("file" if name else "pasted", str(exc))
        return _ask_again(request, form, "" if name else kept, name)
    return _report(request, brought, imported, data)


@for_editors
@require_POST
def keep_file(request: DeskRequest) -> JsonResponse:
    """Take a file while the rest of the form is being filled in; answer with the name it is kept by."""
    if reason := rules.why_not_write(request.user):
        raise NotAllowed(reason)
    file = request.FILES.get("file")
    if file is None:
        return JsonResponse({"reason": _("Choose a file.")}, status=400)
    if (file.size or 0) > ImportForm.LIMIT:
        reason = _("This has %(size).1f MB; at most %(limit)s MB are read.") % {
            "size": (file.size or 0) / 2**20,
            "limit": ImportForm.LIMIT // 2**20,
        }
        return JsonResponse({"reason": reason}, status=400)
    kept = stash.keep(file.read(), user=request.user, purpose=KEPT_TEXT, now=timezone.now())
    return JsonResponse({"kept": kept, "name": file.name, "size": file.size})


def _brought_bytes(request: DeskRequest, form: ImportForm) -> tuple[str, str, bytes]:
    """Return the stash's name for what was brought, the file's name, and the bytes.

    A new file goes before one that is kept, and either before pasted text. What cannot be found any
    more is an error of the form.
    """
    file = request.FILES.get("file")
    if file is not None and (file.size or 0) <= ImportForm.LIMIT:
        data = file.read()
        kept = stash.keep(data, user=request.user, purpose=KEPT_TEXT, now=timezone.now())
        return kept, file.name or _("File"), data
    pasted = request.POST.get("pasted_html", "") or request.POST.get("pasted", "")
    token = request.POST.get("kept", "")
    if token and not pasted.strip():
        try:
            data = stash.fetch(token, user=request.user, purpose=KEPT_TEXT)
        except stash.StashGone:
            form.add_error("file", _("Choose the file again."))
            return "", "", b""
        return token, request.POST.get("kept_name", ""), data
    if not pasted.strip() or len(pasted) > ImportForm.LIMIT:
        return "", "", b""
    data = pasted.encode(errors="surrogatepass")
    return stash.keep(data, user=request.user, purpose=KEPT_TEXT, now=timezone.now()), "", data


def _carried_on(request: DeskRequest) -> HttpResponse:
    """Make the carried text a draft, or go back to the form with it."""
    try:
        brought = Brought(**signing.loads(request.POST["carried"], salt=SALT))
        data = stash.fetch(brought.kept, user=request.user, purpose=KEPT_TEXT)
        imported = brought.read(data)
    except (signing.BadSignature, stash.StashGone, ImportRefused):
        form = ImportForm(request.POST)
        form.full_clean()
        form.add_error(
            None, _("The text was changed on its way, or its day is over. Please give it again.")
        )
        return _ask(request, form, status=400)
    if "back" in request.POST:
        return _ask(request, ImportForm(initial=_initial(brought, imported, data)))
    try:
        edition = import_article(
            actor=request.user,
            imported=imported,
            audience=get_object_or_404(Audience, pk=brought.audience),
            language=brought.language,
            origin=Origin(
                name=brought.name or _("Pasted text"),
                format=brought.format,
                digest=hashlib.sha256(data).hexdigest(),
            ),
            specialty=get_object_or_404(Specialty, pk=brought.specialty),
            ai_provenance=brought.ai_provenance,
            at=timezone.now(),
        )
    except ValidationError as exc:
        return _report(request, brought, imported, data, refusals=exc.messages, status=400)
    stash.drop(brought.kept, user=request.user, purpose=KEPT_TEXT)
    messages.success(request, _("The text is a draft now. Check it against its source."))
    return redirect("articles:edition", pk=edition.pk)


def _numbered(imported: ImportedArticle) -> list[tuple[int | None, ImportedReference]]:
    """Return the references as the draft will number them, and after them those that nothing cites."""
    numbers = number(imported.body)
    rows = [(numbers.get(row.key), row) for row in imported.references]
    return sorted(rows, key=lambda row: (row[0] is None, row[0] or 0))


def _initial(brought: Brought, imported: ImportedArticle, data: bytes) -> dict[str, Any]:
    """Return what the form shows when somebody comes back: a text to change, or the kept file."""
    facts = brought.ai_provenance
    initial: dict[str, Any] = {
        "language": brought.language,
        "audience": brought.audience,
        "specialty": brought.specialty,
        "format": brought.format,
        "tracked_changes": brought.tracked_changes,
        "had_model": "yes" if facts else "no",
        **{f"ai_{name}": facts.get(name, "") for name in ("model", "prompt", "date")},
    }
    text = _as_text(data)
    if text and not text.lstrip().startswith("<"):
        return initial | {"pasted": text}
    if text and not brought.name:
        return initial | {"pasted": plain_text(imported.body), "pasted_html": text}
    return initial | {"kept": brought.kept, "kept_name": brought.name or _("Pasted text")}


def _as_text(data: bytes) -> str:
    """Return what was brought as text to be changed; "" where it is not plain text."""
    try:
        return decode(data, Notes())
    except ImportRefused:
        return ""


def _ask(request: DeskRequest, form: ImportForm, *, status: int = 200) -> HttpResponse:
    context = {
        "section": "import",
        "heading": _("Import an article"),
        "form": form,
        "kept_name": form["kept_name"].value() if form["kept"].value() else "",
    }
    return render(request, "articles/import.html", context, status=status)


def _ask_again(request: DeskRequest, form: ImportForm, kept: str, name: str) -> HttpResponse:
    """Show a refused form; what was brought in a file stays kept and need not be chosen again."""
    form.data = {key: form.data.get(key) for key in form.data} | {
        "kept": kept if name else "",
        "kept_name": name if kept else "",
    }
    return _ask(request, form, status=400)


def _report(
    request: DeskRequest,
    brought: Brought,
    imported: ImportedArticle,
    data: bytes,
    *,
    refusals: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    rendered = render_body(
        imported.body,
        number(imported.body),
        labels=CALLOUT_LABELS.get(imported.language, CALLOUT_LABELS["en"]),
    )
    before = ImportRecord.objects.filter(digest=hashlib.sha256(data).hexdigest())
    context = {
        "section": "import",
        "heading": imported.title or imported.heading or _("Imported text"),
        "imported": imported,
        "groups": grouped(imported.warnings),
        "brought": brought,
        "audience": Audience.objects.filter(pk=brought.audience).first(),
        "specialty": Specialty.objects.filter(pk=brought.specialty).first(),
        "language": dict(settings.LANGUAGES)[brought.language],
        "refusals": refusals or [],
        "rendered": mark_safe(rendered),  # noqa: S308 - rendered from a canonical body
        "headings": outline(imported.body),
        "words": word_count(imported.body),
        "counts": counts(imported),
        "images": len(imported.figures),
        "references": _numbered(imported),
        "unidentified": sum(1 for row in imported.references if not row.identified),
        "imported_before": before.select_related("edition").order_by("pk").first(),
    }
    return render(request, "articles/import_report.html", context, status=status)
