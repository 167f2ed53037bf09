"""The advisory board: who they are, what they are qualified for, what they declared."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Credential, Interest, InterestDeclaration, User
from accounts.models.user import Role
from reader.context import page_context
from reader.views.answers import public_page
from review.models import WAS_APPROVED_STATES, Signature


@dataclass(frozen=True, slots=True)
class Member:
    """One board member as the public may know them."""

    person: User
    credentials: list[Credential]
    declaration: InterestDeclaration | None
    interests: list[Interest]
    signed: int


def members() -> list[Member]:
    """Return the reviewers by name. Five queries, however many there are."""
    today = timezone.now().date()
    people = list(User.objects.active().with_role(Role.REVIEWER).order_by("name", "pk"))
    ids = [person.pk for person in people]
    credentials = defaultdict(list)
    for credential in (
        Credential.objects.filter(user__in=ids)
        .valid_on(today)
        .select_related("specialty")
        .order_by("specialty__name", "pk")
    ):
        credentials[credential.user_id].append(credential)
    newest = (
        InterestDeclaration.objects.filter(user=OuterRef("user"))
        .order_by("-declared_at", "-pk")
        .values("pk")[:1]
    )
    declarations = {
        row.user_id: row
        for row in InterestDeclaration.objects.filter(user__in=ids, pk=Subquery(newest))
    }
    interests = defaultdict(list)
    for interest in Interest.objects.filter(
        declaration__in=[row.pk for row in declarations.values()]
    ).order_by("pk"):
        interests[interest.declaration_id].append(interest)
    # Only what led to an approval counts as a review (law 2).
    signed = dict(
        Signature.objects.filter(signer__in=ids, submission__state__in=WAS_APPROVED_STATES)
        .order_by()
        .values("signer")
        .annotate(number=Count("pk"))
        .values_list("signer", "number")
    )
    return [
        Member(
            person=person,
            credentials=credentials[person.pk],
            declaration=(declaration := declarations.get(person.pk)),
            interests=interests[declaration.pk] if declaration else [],
            signed=signed.get(person.pk, 0),
        )
        for person in people
    ]


@require_safe
@public_page
def board(request: HttpRequest) -> HttpResponse:
    """Show the advisory board."""
    return render(
        request, "reader/board.html", page_context(request, members=members(), nav="board")
    )
