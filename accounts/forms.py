"""The forms of the account pages. What they check beyond shape is asked of rules and actions."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.actions.interests import DeclaredInterest
from accounts.models import Credential, Interest, User
from accounts.orcid import normalise_orcid


class DayInput(forms.DateInput):
    """A date field that the browser helps with; ISO 8601 in both directions."""

    input_type = "date"

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__(attrs=dict(attrs or {}), format="%Y-%m-%d")


class SignInForm(AuthenticationForm):
    """E-mail address and password. The one refusal does not tell which of them was wrong."""

    error_messages = {
        "invalid_login": _("The e-mail address or the password is not right."),
        "inactive": _("The e-mail address or the password is not right."),
    }

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.fields["username"].widget = forms.EmailInput(
            attrs={
                "autocomplete": "username",
                "autocapitalize": "none",
                "maxlength": self.fields["username"].max_length,  # type: ignore[attr-defined]
            }
        )
        self.fields["username"].label = _("E-mail address")

    def clean_username(self) -> str:
        """Return the address as accounts are kept, so that the lockout counts one name once."""
        address: str = self.cleaned_data["username"]
        return address.strip().lower()


class PasswordForm(PasswordChangeForm):
    """Old password, and the new one twice. Failures count towards the lockout."""

    user: User

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.request = request
        super().__init__(*args, **kwargs)

    def clean_old_password(self) -> str:
        """Return the old password if it is right."""
        password: str = self.cleaned_data["old_password"]
        person = authenticate(self.request, username=self.user.email, password=password)
        if person is None or person.pk != self.user.pk:
            raise ValidationError(_("This is not your password now."), code="password_incorrect")
        return password


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a person says of themselves."""

    orcid = forms.CharField(
        label=_("ORCID iD"),
        required=False,
        max_length=60,
        help_text=_("Like 0000-0002-1825-0097, or the whole address from orcid.org."),
        widget=forms.TextInput(attrs={"inputmode": "text", "autocapitalize": "characters"}),
    )

    class Meta:
        model = User
        fields = ["name", "orcid", "biography"]
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "biography": forms.Textarea(attrs={"rows": 5}),
        }

    def clean_orcid(self) -> str:
        """Return the ORCID iD in its one form."""
        try:
            return normalise_orcid(self.cleaned_data["orcid"])
        except ValueError as exc:
            raise ValidationError(str(exc)) from exc


class CredentialForm(forms.ModelForm):  # type: ignore[type-arg]
    """One qualification, as its holder enters it."""

    class Meta:
        model = Credential
        fields = [
            "degree",
            "profession",
            "specialty",
            "licence_number",
            "authority",
            "jurisdiction",
            "expires_on",
        ]
        widgets = {"expires_on": DayInput}
        help_texts = {"expires_on": _("Empty if the licence does not expire.")}


class InterestsForm(forms.Form):
    """Whether there is anything to declare."""

    NONE, SOME = "none", "some"
    answer = forms.ChoiceField(
        label=_("What do you declare?"),
        choices=[
            (NONE, _("I have nothing to declare")),
            (SOME, _("I declare the interests listed below")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )


class InterestForm(forms.Form):
    """One row of the declaration. A row with nothing in it is left out."""

    company = forms.CharField(label=_("Company or institution"), max_length=150)
    product = forms.CharField(
        label=_("Product"), max_length=150, required=False, help_text=_("Generic name, if one.")
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("Choose a kind")), *Interest.Kind.choices]
    )
    from_on = forms.DateField(label=_("From"), widget=DayInput)
    to_on = forms.DateField(
        label=_("To"), required=False, widget=DayInput, help_text=_("Empty while it goes on.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"empty_permitted": True, "use_required_attribute": False}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        cleaned = super().clean() or {}
        start, end = cleaned.get("from_on"), cleaned.get("to_on")
        if start and end and end < start:
            self.add_error("to_on", _("It ends before it begins."))
        return cleaned

    def declared(self) -> DeclaredInterest | None:
        """Return what the row declares, or None if it is empty. Call it on a valid row."""
        if not self.has_changed():
            return None
        said = self.cleaned_data
        to_on: date | None = said["to_on"]
        return DeclaredInterest(
            company=said["company"],
            product=said["product"],
            kind=said["kind"],
            from_on=said["from_on"],
            to_on=to_on,
        )
