"""Importing a text: first a report of what was recognised, then a draft."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from accounts.errors import NotAllowed
from accounts.models import Specialty
from articles import rules
from articles.actions.imports import import_article
from articles.content.citations import citations, number
from articles.content.outline import outline
from articles.content.plain import word_count
from articles.content.rendering import render as render_body
from articles.forms import ImportForm
from articles.freezing import CALLOUT_LABELS
from articles.importing import read_article
from articles.importing.decoding import decode
from articles.importing.notes import Notes
from articles.importing.result import ImportedArticle, ImportRefused
from articles.models import Audience
from articles.views.import_words import grouped
from articles.views.shared import DeskRequest, for_editors

SALT = "articles.views.imports"


@dataclass(frozen=True, kw_only=True)
class Brought:
    """What somebody brought to be imported, and what it is to become."""

    data: bytes
    name: str
    language: str
    audience: int
    specialty: int

    @classmethod
    def from_form(cls, form: ImportForm) -> Self:
        """Return what a valid form holds."""
        data = form.cleaned_data
        file = data["file"]
        return cls(
            data=file.read() if file else data["pasted"].encode(),
            name=file.name if file else "",
            language=data["language"],
            audience=data["audience"].pk,
            specialty=data["specialty"].pk,
        )

    @classmethod
    def from_carried(cls, carried: str) -> Self:
        """Return what `carried` holds.

        :raises BadSignature: if this site did not write it.
        """
        fields = signing.loads(carried, salt=SALT)
        return cls(**fields | {"data": fields["data"].encode("latin-1")})

    @property
    def carried(self) -> str:
        """Return everything as one signed text for a hidden field."""
        fields = self.__dict__ | {"data": self.data.decode("latin-1")}
        return signing.dumps(fields, salt=SALT, compress=True)

    def read(self) -> ImportedArticle:
        """Read the text.

        :raises ImportRefused: if it is not a text that can be read.
        """
        return read_article(self.data, language=self.language, name=self.name)


@for_editors
def import_text(request: DeskRequest) -> HttpResponse:
    """Ask for a text; report what was recognised in it; make it a draft once confirmed.

    Nothing is stored before that: the text travels in the form, signed.
    """
    if reason := rules.why_not_write(request.user):
        raise NotAllowed(reason)
    if request.method != "POST":
        return _ask(request, ImportForm())
    if "carried" in request.POST:
        return _carried_on(request)
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _ask_again(request, form)
    brought = Brought.from_form(form)
    try:
        imported = brought.read()
    except ImportRefused as exc:
        form.add_error("file" if brought.name else "pasted", str(exc))
        return _ask_again(request, form)
    return _report(request, brought, imported)


def _carried_on(request: DeskRequest) -> HttpResponse:
    """Make the carried text a draft, or go back to the form with it."""
    try:
        brought = Brought.from_carried(request.POST["carried"])
        imported = brought.read()
    except (signing.BadSignature, ImportRefused):
        form = ImportForm(request.POST)
        form.full_clean()
        form.add_error(None, _("The text was changed on its way. Please give it again."))
        return _ask(request, form, status=400)
    if "back" in request.POST:
        return _ask(request, ImportForm(initial=_initial(brought)))
    try:
        edition = import_article(
            actor=request.user,
            imported=imported,
            audience=get_object_or_404(Audience, pk=brought.audience),
            language=brought.language,
            source_name=brought.name or _("Pasted text"),
            specialty=get_object_or_404(Specialty, pk=brought.specialty),
            at=timezone.now(),
        )
    except ValidationError as exc:
        return _report(request, brought, imported, refusals=exc.messages, status=400)
    messages.success(request, _("The text is a draft now. Check it against its source."))
    return redirect("articles:edition", pk=edition.pk)


def _initial(brought: Brought) -> dict[str, Any]:
    return {
        "pasted": decode(brought.data, Notes()),
        "language": brought.language,
        "audience": brought.audience,
        "specialty": brought.specialty,
    }


def _ask(request: DeskRequest, form: ImportForm, *, status: int = 200) -> HttpResponse:
    context = {"section": "import", "heading": _("Import an article"), "form": form}
    return render(request, "articles/import.html", context, status=status)


def _ask_again(request: DeskRequest, form: ImportForm) -> HttpResponse:
    """Show a refused form with the text of the file that came along, if it can be read."""
    file = request.FILES.get("file")
    if file is not None:
        text = ""
        if not form["pasted"].value().strip() and (file.size or 0) <= ImportForm.LIMIT:
            file.seek(0)
            with suppress(ImportRefused):
                text = decode(file.read(), Notes())
        form.keep(text)
    return _ask(request, form, status=400)


def _report(
    request: DeskRequest,
    brought: Brought,
    imported: ImportedArticle,
    *,
    refusals: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    rendered = render_body(
        imported.body,
        number(imported.body),
        labels=CALLOUT_LABELS.get(imported.language, CALLOUT_LABELS["en"]),
    )
    context = {
        "section": "import",
        "heading": imported.title or imported.heading or _("Imported text"),
        "imported": imported,
        "groups": grouped(imported),
        "brought": brought,
        "audience": Audience.objects.filter(pk=brought.audience).first(),
        "specialty": Specialty.objects.filter(pk=brought.specialty).first(),
        "language": dict(settings.LANGUAGES)[brought.language],
        "refusals": refusals or [],
        "rendered": mark_safe(rendered),  # noqa: S308 - rendered from a canonical body
        "headings": outline(imported.body),
        "words": word_count(imported.body),
        "citations": sum(1 for _citation in citations(imported.body)),
        "unidentified": sum(1 for row in imported.references if not row.identified),
    }
    return render(request, "articles/import_report.html", context, status=status)
