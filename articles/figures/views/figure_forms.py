"""Forms of the library of figures."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from manuscript.content.schema import KEY
from manuscript.imaging import LARGEST_BYTES

ACCEPTED = "image/png,image/jpeg,image/webp,image/gif,image/svg+xml,.svg"


class FigureFactsForm(forms.Form):
    """What is said of a figure wherever it is shown."""

    credit = forms.CharField(
        label=_("Credit"),
        required=False,
        max_length=300,
        help_text=_("Who made it. Shown to readers with the figure."),
    )
    licence = forms.CharField(
        label=_("Licence"),
        required=False,
        max_length=200,
        help_text=_("Why it may be shown, such as CC BY 4.0 or “own work”. Shown to readers."),
    )


class FigureForm(FigureFactsForm):
    """A new figure."""

    file = forms.FileField(
        label=_("Image"),
        help_text=_(
            "PNG, JPEG, WebP or SVG, at most 10 MB. Places, dates and names in it are removed."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )
    key = forms.CharField(
        label=_("Key"),
        required=False,
        max_length=80,
        help_text=_(
            "What texts call it, such as lung-scan. Made from the file’s name if empty; it never changes."
        ),
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocapitalize": "none"}),
    )
    field_order = ["file", "key", "credit", "licence"]

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        file = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_BYTES:
            raise forms.ValidationError(_("This file is larger than 10 MB."))
        return file

    def clean_key(self) -> str:
        """Refuse a key that no text could name."""
        key: str = self.cleaned_data["key"].strip().lower()
        if key and not KEY.fullmatch(key):
            raise forms.ValidationError(
                _(
                    "Small letters, digits, dots, hyphens and underscores, beginning with a letter or digit."
                )
            )
        return key
