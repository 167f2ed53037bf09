"""What is typed to submit, to assign and to take down."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Specialty, User
from articles.models import Audience
from review.desk.forms import words


class QueueFilter(forms.Form):
    """Narrows the queue. Sent by GET; what is not valid narrows nothing."""

    q = forms.CharField(
        label=_("Words in the title"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    specialty = forms.ModelChoiceField(
        Specialty.objects.order_by("name", "pk"), required=False, empty_label=_("Every specialty")
    )
    audience = forms.ModelChoiceField(
        Audience.objects.order_by("position"), required=False, empty_label=_("Every audience")
    )

    @property
    def narrows(self) -> bool:
        """Tell whether anything was chosen."""
        return any(self.cleaned_data.get(name) for name in self.fields)


class AssignForm(forms.Form):
    """Whom to ask, in which capacity, by when. The page draws the reviewers itself."""

    capacity = forms.ModelChoiceField(
        Specialty.objects.order_by("name", "pk"), widget=forms.HiddenInput
    )
    reviewer = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Reviewer"),
        error_messages={"required": _("Choose a reviewer.")},
    )
    due_on = forms.DateField(
        label=_("Ask for an answer by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "input--short"}, format="%Y-%m-%d"),
        help_text=_("The reviewer and the queue show it. It closes nothing by itself."),
    )

    def __init__(self, *args: Any, reviewers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reviewer"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = reviewers


class ConfirmForm(forms.Form):
    """Nothing to type: the button says it."""


class WithdrawForm(forms.Form):
    notice = words(
        _("Notice to readers"),
        required=False,
        rows=4,
        help_text=_("Only if readers could see the text: what became of it, in their words."),
    )


class RetractForm(forms.Form):
    notice = words(
        _("Notice to readers"),
        required=True,
        rows=5,
        help_text=_(
            "Why the text was taken down and what readers should do now. Public and kept for good."
        ),
    )
    confirm = forms.BooleanField(
        label=_("I have read what readers will see, and take the text down now."),
        error_messages={"required": _("Tick this to confirm. Nothing was taken down.")},
    )


class SubmitForm(forms.Form):
    note = words(
        _("Note to the board"),
        required=False,
        rows=4,
        help_text=_("What reviewers should look at first, and how you answered what they asked."),
    )
