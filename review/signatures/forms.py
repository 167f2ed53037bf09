"""What is typed to sign."""

from django import forms
from django.utils.translation import gettext_lazy as _

from review.desk.forms import words


class SignForm(forms.Form):
    """The password again, and the digest of the text that the page showed."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    comment = words(
        _("Comment"),
        required=False,
        rows=3,
        help_text=_("For the editor and the board. Readers do not see it."),
    )
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("Asked again, so that nobody else signs with your name."),
    )
