"""What readers send."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reader.actions.questions import LONGEST

SHORTEST = 8


class AskForm(forms.Form):
    """A follow-up question. Nothing else about the reader is asked for.

    `website` is a trap for programs: people neither see nor hear it, and whoever fills it in is
    told so rather than thanked for nothing.
    """

    text = forms.CharField(
        label=_("Your question"),
        min_length=SHORTEST,
        max_length=LONGEST,
        help_text=_("Please leave out names and anything that tells who you are."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Write your question."),
            "min_length": _("Write a little more, so that the editors understand your question."),
            "max_length": _("At most 2,000 characters. Please shorten your question."),
        },
    )
    reply_to = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        max_length=254,
        help_text=_("Only if you want an answer. It is used for that and for nothing else."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": _("This is not an e-mail address. Correct it, or leave it empty.")
        },
    )
    article = forms.SlugField(required=False, max_length=120, widget=forms.HiddenInput())
    website = forms.CharField(required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name the controls apart from those of other forms on the page."""
        kwargs.setdefault("auto_id", "ask-%s")
        super().__init__(*args, **kwargs)

    def clean_website(self) -> str:
        """Refuse what only a program fills in."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave this field empty."))
        return ""
