"""What a page of the board says where its action refuses."""

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.test import RequestFactory

from kernel.errors import NotAllowed, WrongState
from review.desk.form_page import form_page


class NoteForm(forms.Form):
    note = forms.CharField()


def refused(refusal: Exception) -> tuple[int, NoteForm]:
    """Send a form whose action refuses; return the status of the page and its form."""
    request = RequestFactory().post("/", {"note": "My words."})
    request.user = AnonymousUser()
    form = NoteForm(request.POST)

    def act(_fields):
        raise refusal

    response = form_page(
        request,
        form,
        reason=None,
        act=act,
        said=lambda _done: "",
        leads_to=lambda _done: "/",
        show=lambda status: HttpResponse(status=status),
    )
    return response.status_code, form


@pytest.mark.parametrize(
    ("refusal", "status", "errors"),
    [
        (NotAllowed("Not yours."), 403, {"__all__": ["Not yours."]}),
        (WrongState("Too late."), 409, {"__all__": ["Too late."]}),
        (ValidationError("No good."), 400, {"__all__": ["No good."]}),
        (ValidationError({"note": "Too short."}), 400, {"note": ["Too short."]}),
        (ValidationError({"due_on": "In the past."}), 400, {"__all__": ["In the past."]}),
    ],
)
def test_a_refusal_stands_beside_its_field_or_above_the_form_that_lacks_it(refusal, status, errors):
    code, form = refused(refusal)

    assert (code, form.errors) == (status, errors)
    assert form["note"].value() == "My words."
