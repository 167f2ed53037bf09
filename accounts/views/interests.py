"""Declaring one's interests."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import rules
from accounts.actions.interests import DeclaredInterest, declare_interests
from accounts.forms import InterestForm, InterestsForm
from accounts.models import InterestDeclaration, User
from accounts.views.shell import SignedInRequest, shell

EMPTY_ROWS = 3
MOST_ROWS = 50
FIELDS = ["company", "product", "kind", "from_on", "to_on"]


def standing_interests(user: User, *, at: datetime) -> dict[str, Any]:
    """Return the declaration that counts, its rows, until when, and why it counts for nothing."""
    declaration = rules.newest_declaration(user)
    return {
        "declaration": declaration,
        "rows": list(declaration.interests.order_by("company", "pk")) if declaration else [],
        "valid_until": rules.interests_valid_until(declaration) if declaration else None,
        "why_not": rules.why_interests_do_not_count(declaration, at=at),
    }


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def interests(request: SignedInRequest) -> HttpResponse:
    """Show what stands declared, and declare anew."""
    now = timezone.now()
    standing = standing_interests(request.user, at=now)
    if request.method != "POST":
        answer, rows = opened(standing)
        return shown(request, standing, answer, rows)
    count = asked_rows(request.POST)
    if "add_row" in request.POST:
        # Not an attempt to declare: what was typed comes back as it was, without complaints.
        answer = InterestsForm(initial={"answer": request.POST.get("answer")})
        rows = [
            InterestForm(prefix=f"row{n}", initial=typed(request.POST, n)) for n in range(count)
        ]
        rows.append(InterestForm(prefix=f"row{count}"))
        return shown(request, standing, answer, rows[:MOST_ROWS])
    answer = InterestsForm(request.POST)
    rows = [InterestForm(request.POST, prefix=f"row{n}") for n in range(count)]
    if (declared := declared_in(answer, rows)) is not None:
        try:
            declare_interests(user=request.user, interests=declared, at=now)
        except ValidationError as refusal:
            answer.add_error(None, refusal)
        else:
            messages.success(request, _("Your declaration is on record."))
            return redirect("accounts:interests")
    return shown(request, standing, answer, rows, status=400)


def opened(standing: dict[str, Any]) -> tuple[InterestsForm, list[InterestForm]]:
    """Return the forms as the page opens: with what was declared last, and empty rows."""
    declaration: InterestDeclaration | None = standing["declaration"]
    initial = [{field: getattr(row, field) for field in FIELDS} for row in standing["rows"]]
    initial += [{}] * EMPTY_ROWS
    rows = [InterestForm(prefix=f"row{n}", initial=row) for n, row in enumerate(initial)]
    answer = None
    if declaration is not None:
        is_none = declaration.state == InterestDeclaration.State.NONE
        answer = InterestsForm.NONE if is_none else InterestsForm.SOME
    return InterestsForm(initial={"answer": answer}), rows[:MOST_ROWS]


def asked_rows(data: QueryDict) -> int:
    """Return how many rows the page had, within reason."""
    typed_count = data.get("rows", "")
    count = int(typed_count) if typed_count.isascii() and typed_count.isdigit() else EMPTY_ROWS
    return max(1, min(count, MOST_ROWS))


def typed(data: QueryDict, row: int) -> dict[str, str]:
    """Return what was typed into one row."""
    return {field: data.get(f"row{row}-{field}", "") for field in FIELDS}


def declared_in(answer: InterestsForm, rows: list[InterestForm]) -> list[DeclaredInterest] | None:
    """Return what is declared, or None if the forms say why it cannot be."""
    # Every form is asked, so that all that is wrong shows at once.
    are_valid = [form.is_valid() for form in (answer, *rows)]
    is_none = answer.is_valid() and answer.cleaned_data["answer"] == InterestsForm.NONE
    if is_none and any(row.has_changed() for row in rows):
        answer.add_error(
            "answer",
            _("You have nothing to declare, yet a row below is filled in. Choose one or empty it."),
        )
        return None
    if not all(are_valid):
        return None
    declared = [interest for row in rows if (interest := row.declared()) is not None]
    if not is_none and not declared:
        answer.add_error("answer", _("You declare interests, but no row below is filled in."))
        return None
    return declared


def shown(
    request: SignedInRequest,
    standing: dict[str, Any],
    answer: InterestsForm,
    rows: list[InterestForm],
    *,
    status: int = 200,
) -> HttpResponse:
    """Show the page with these forms."""
    context = shell(
        "interests",
        _("Your interests"),
        interests=standing,
        form=answer,
        rows=rows,
        most_rows=MOST_ROWS,
        rows_with_errors=[(n, row) for n, row in enumerate(rows, start=1) if row.errors],
    )
    return render(request, "accounts/interests.html", context, status=status)
