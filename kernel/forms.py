"""What an action refused, shown on a form."""

from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError


def add_refusal(
    form: forms.BaseForm, refusal: ValidationError, names: Mapping[str, str] | None = None
) -> None:
    """Show an action's refusal at the field it names, or above the form if that is not shown;
    `names` maps the action's names to those of fields that are called otherwise.
    """
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for field, errors in refusal.error_dict.items():
        name = (names or {}).get(field, field)
        form.add_error(name if name in form.fields else None, ValidationError(errors))
