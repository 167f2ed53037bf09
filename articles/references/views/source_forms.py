"""Forms of the reference library: a source's facts as fields, and back to CSL-JSON."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from articles.models import ReferenceNotice

TYPES = [
    ("article-journal", _("Journal article")),
    ("book", _("Book")),
    ("chapter", _("Chapter of a book")),
    ("report", _("Report or guideline")),
    ("webpage", _("Web page")),
    ("thesis", _("Thesis")),
    ("paper-conference", _("Conference paper")),
    ("dataset", _("Data set")),
    ("article", _("Preprint or other article")),
    ("document", _("Something else")),
]
TEXTS = {
    "title": "title",
    "container": "container-title",
    "volume": "volume",
    "issue": "issue",
    "page": "page",
    "doi": "DOI",
    "pmid": "PMID",
    "url": "URL",
    "publisher": "publisher",
}


class FindForm(forms.Form):
    """A source by its DOI or PMID, or by a citation as it stands somewhere."""

    LONGEST: ClassVar = 4000

    what = forms.CharField(
        label=_("DOI, PMID, or paste a citation"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "spellcheck": "false"}),
    )
    refused = ""


FILE_FORMATS = {
    "auto": _("As it looks"),
    "ris": _("RIS (Zotero, Mendeley, publishers)"),
    "bibtex": _("BibTeX or BibLaTeX"),
    "nbib": _("PubMed’s NBIB"),
    "endnote": _("EndNote XML"),
    "csl": _("CSL-JSON"),
    "crossref": _("Crossref JSON"),
    "pubmed": _("PubMed XML"),
    "retraction-watch": _("Retraction Watch CSV"),
}


class ReferenceFileForm(forms.Form):
    """A file of references."""

    LIMIT: ClassVar = 10 * 1024 * 1024
    ACCEPTED: ClassVar = ".ris,.bib,.bibtex,.nbib,.xml,.json,.csv,.txt,.enw"

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "RIS, BibTeX or BibLaTeX, NBIB, EndNote XML, CSL-JSON, Crossref JSON or PubMed XML; at most 10 MB."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED, "data-limit": LIMIT}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty."),
        },
    )
    format = forms.ChoiceField(
        label=_("Format"),
        choices=list(FILE_FORMATS.items()),
        initial="auto",
        help_text=_("Choose one where the file is not recognised."),
    )
    refused = ""

    def clean_file(self) -> "File[bytes]":
        """Refuse a file that is too large to be read."""
        file: File[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > self.LIMIT:
            raise forms.ValidationError(_("The file is larger than 10 MB. Split it."))
        return file


class ReferenceForm(forms.Form):
    """A source. What the form has no field for stays as it is in the library."""

    FIELDS: ClassVar = {csl: name for name, csl in TEXTS.items()} | {
        "author": "authors",
        "issued": "year",
        "accessed": "accessed",
    }

    type = forms.ChoiceField(label=_("Type"), choices=TYPES)
    title = forms.CharField(
        label=_("Title"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Not needed where you give a DOI or a PMID."),
    )
    authors = forms.CharField(
        label=_("Authors"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One on each line: Family name, Given names. An organisation as it is."),
    )
    container = forms.CharField(
        label=_("Journal, book or site"), required=False, help_text=_("Where it appeared.")
    )
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1000, max_value=2999)
    month = forms.IntegerField(label=_("Month"), required=False, min_value=1, max_value=12)
    day = forms.IntegerField(label=_("Day"), required=False, min_value=1, max_value=31)
    volume = forms.CharField(label=_("Volume"), required=False)
    issue = forms.CharField(label=_("Issue"), required=False)
    page = forms.CharField(label=_("Pages"), required=False)
    doi = forms.CharField(label="DOI", required=False, help_text=_("Such as 10.1000/182."))
    pmid = forms.CharField(label="PMID", required=False)
    url = forms.CharField(label=_("Web address"), required=False)
    publisher = forms.CharField(label=_("Publisher"), required=False)
    accessed = forms.DateField(
        label=_("Read on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("For web pages."),
    )

    def __init__(self, *args: Any, csl: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        self.before = dict(csl or {})
        kwargs["initial"] = _initial(self.before) or kwargs.get("initial")
        super().__init__(*args, **kwargs)
        kind = self.before.get("type")
        if kind and kind not in dict(TYPES):
            self.fields["type"].choices = [*TYPES, (kind, kind)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a day without a month, a month without a year, and what names no source."""
        data = self.cleaned_data
        named = any(data.get(name) or name in self.errors for name in ("title", "doi", "pmid"))
        if not (named or self.before.get("note")):
            self.add_error("title", _("Give a title, a DOI or a PMID."))
        if data.get("day") and not data.get("month"):
            self.add_error("month", _("Give the month as well as the day."))
        if data.get("month") and not data.get("year"):
            self.add_error("year", _("Give the year as well as the month."))
        return data

    @property
    def is_to_be_looked_up(self) -> bool:
        """Whether a valid form names a source by its identifier alone."""
        data = self.cleaned_data
        return not data["title"].strip() and bool(data["doi"].strip() or data["pmid"].strip())

    @staticmethod
    def initial_of(csl: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the form shows at first of a record."""
        return _initial(csl)

    @property
    def csl(self) -> dict[str, Any]:
        """Return the CSL-JSON of a valid form."""
        data = self.cleaned_data
        record = self.before | {"type": data["type"]}
        for name, field in TEXTS.items():
            _put(record, field, " ".join(data[name].split()))
        kept = {_line(person): person for person in self.before.get("author", [])}
        lines = [" ".join(line.split()) for line in data["authors"].splitlines()]
        _put(record, "author", [kept.get(line) or _person(line) for line in lines if line])
        date = [data[name] for name in ("year", "month", "day") if data[name]]
        if date != _date(self.before, "issued"):
            _put(record, "issued", {"date-parts": [date]} if date else None)
        read = data["accessed"]
        parts = [read.year, read.month, read.day] if read else []
        if parts != _date(self.before, "accessed"):
            _put(record, "accessed", {"date-parts": [parts]} if parts else None)
        return record


class NoticeForm(forms.Form):
    """What a journal published against a source."""

    kind = forms.ChoiceField(
        label=_("What was published"),
        choices=ReferenceNotice.Kind.choices,
        widget=forms.RadioSelect,
    )
    noticed_on = forms.DateField(
        label=_("Date of the notice"),
        widget=forms.DateInput(attrs={"type": "date", "class": "input--short"}),
    )
    doi = forms.CharField(label=_("DOI of the notice"), required=False, max_length=300)
    url = forms.URLField(
        label=_("Address of the notice"), required=False, max_length=500, assume_scheme="https"
    )
    reason = forms.CharField(
        label=_("Reason given"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


def type_label(kind: str) -> str:
    """Return what a type of CSL-JSON is called on the desk."""
    return str(dict(TYPES).get(kind, kind))


def _put(record: dict[str, Any], field: str, value: object) -> None:
    if value:
        record[field] = value
    else:
        record.pop(field, None)


def _date(csl: Mapping[str, Any], field: str) -> list[int]:
    parts = csl.get(field, {}).get("date-parts") or [[]]
    return list(parts[0])


def _line(person: Mapping[str, str]) -> str:
    """Return a person as a line of the form."""
    if "literal" in person:
        return person["literal"]
    family = " ".join(
        part
        for part in (
            person.get("dropping-particle"),
            person.get("non-dropping-particle"),
            person.get("family"),
        )
        if part
    )
    given = " ".join(part for part in (person.get("given"), person.get("suffix")) if part)
    return f"{family}, {given}" if given else family


def _person(line: str) -> dict[str, str]:
    family, comma, given = (part.strip() for part in line.partition(","))
    return {"family": family, "given": given} if comma and given else {"literal": line}


def _initial(csl: Mapping[str, Any]) -> dict[str, Any]:
    if not csl:
        return {}
    issued = [*_date(csl, "issued"), "", "", ""]
    read = _date(csl, "accessed")
    return {
        "type": csl["type"],
        **{name: csl.get(field, "") for name, field in TEXTS.items()},
        "authors": "\n".join(_line(person) for person in csl.get("author", [])),
        "year": issued[0],
        "month": issued[1],
        "day": issued[2],
        "accessed": "-".join(f"{part:02}" for part in read) if len(read) == 3 else "",
    }
