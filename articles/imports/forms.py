"""The form that brings a text to the desk."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import Specialty
from articles.models import Audience
from manuscript.importing import FORMATS, MAX_FILE_BYTES

ACCEPTED = ".txt,.md,.markdown,.html,.htm,.docx,.xml,.nxml,text/plain,text/markdown,text/html"
NAMES = {
    "auto": _("As it looks"),
    "text": _("Text copied from a page"),
    "markdown": _("Markdown, or an answer of a language model"),
    "html": _("Web page (HTML)"),
    "docx": _("Word document (.docx)"),
    "jats": _("Journal article (JATS XML)"),
    "medquad": _("Questions and answers (MedQuAD XML)"),
}


class ImportForm(forms.Form):
    """A text to import, in a file or pasted, and what it becomes."""

    LIMIT: ClassVar = MAX_FILE_BYTES

    file = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,
        help_text=_("Word (.docx), web page, JATS XML, Markdown or text, at most 30 MB."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED, "data-limit": LIMIT}),
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    kept_name = forms.CharField(required=False, widget=forms.HiddenInput)
    pasted = forms.CharField(
        label=_("Or paste the text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("From a web page, Word or a chat. Headings, lists and links come along."),
    )
    pasted_html = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    format = forms.ChoiceField(
        label=_("Read it as"),
        required=False,
        choices=[(name, NAMES[name]) for name in FORMATS],
    )
    tracked_changes = forms.ChoiceField(
        label=_("Tracked changes"),
        required=False,
        choices=[
            ("accept", _("Accept them: the text as it was meant to become")),
            ("reject", _("Reject them: the text as it was before")),
        ],
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    audience = forms.ModelChoiceField(Audience.objects.order_by("position"), label=_("Audience"))
    specialty = forms.ModelChoiceField(
        Specialty.objects.order_by("name", "pk"), label=_("Specialty")
    )
    had_model = forms.ChoiceField(
        label=_("Did a language model have a part in this text?"),
        choices=[("no", _("No, people wrote it")), ("yes", _("Yes"))],
        widget=forms.RadioSelect,
        help_text=_("The board and the readers are told."),
    )
    ai_model = forms.CharField(
        label=_("Which model"),
        max_length=200,
        error_messages={"required": _("Name the model that had a part in the text.")},
        help_text=_("Its name and version."),
    )
    ai_prompt = forms.CharField(
        label=_("Prompt"),
        required=False,
        max_length=500,
        help_text=_("Where the prompt is kept, such as a file or ticket number."),
    )
    ai_date = forms.DateField(
        label=_("Used on"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, ask_about_changes: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not ask_about_changes:
            self.fields["tracked_changes"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Require one thing to read, of a size that can be read, and the model where one is told of."""
        data = self.cleaned_data
        file, kept, pasted = data.get("file"), data.get("kept"), data.get("pasted", "")
        if file and pasted.strip():
            self.add_error("file", _("Give a file or paste a text, not both."))
        elif not file and not kept and not pasted.strip():
            self.add_error("pasted", _("Choose a file, or paste a text."))
        size = file.size if file else max(len(pasted), len(data.get("pasted_html", "")))
        if size > self.LIMIT:
            reason = _("This has %(size).1f MB; at most %(limit)s MB are read.") % {
                "size": size / 2**20,
                "limit": self.LIMIT // 2**20,
            }
            self.add_error("file" if file else "pasted", reason)
        if data.get("had_model") != "yes":  # it is asked for where there was one
            self.errors.pop("ai_model", None)
        return data

    def provenance(self, responsible: str) -> dict[str, str]:
        """Return what a valid form says of a language model; `responsible` brings the text."""
        data = self.cleaned_data
        if data["had_model"] != "yes":
            return {}
        facts = {
            "model": data["ai_model"],
            "prompt": data["ai_prompt"],
            "date": data["ai_date"].isoformat() if data["ai_date"] else "",
            "responsible": responsible,
        }
        return {name: value for name, value in facts.items() if value}
