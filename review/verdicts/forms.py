"""What is typed to ask for changes or to step aside."""

from django import forms
from django.utils.translation import gettext_lazy as _

from review.desk.forms import words


class RequestChangesForm(forms.Form):
    comment = words(
        _("What has to change"),
        required=True,
        rows=8,
        help_text=_(
            "The editor reads this. Name the sentence, and the source that says otherwise."
        ),
    )


class RecuseForm(forms.Form):
    comment = words(
        _("Reason"),
        required=False,
        rows=4,
        help_text=_("The chair and the editor read this. You owe no details."),
    )
