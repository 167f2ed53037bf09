"""Fields that several forms of the board have. What may be done is the actions’ business, not the forms’."""

from typing import TYPE_CHECKING

from django import forms

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


LONGEST = 10_000


def words(
    label: "_StrPromise", *, required: bool, help_text: "_StrPromise", rows: int = 5
) -> forms.CharField:
    """Return a field for some sentences, of `rows` lines on the page."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
    )
