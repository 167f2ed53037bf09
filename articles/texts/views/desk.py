"""The desk: what there is to write."""

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from articles.desk.views import DeskRequest, for_editors, paged
from articles.models import Edition
from articles.texts import rules
from articles.texts.views.standing import STATES, badges, in_state, with_standing


@for_editors
def index(request: DeskRequest) -> HttpResponse:
    """List the drafts, newest change first: mine or all, by state, by words of the question."""
    mine = request.GET.get("drafts", "mine" if not rules.why_not_write(request.user) else "all")
    state = request.GET.get("state", "")
    query = request.GET.get("q", "").strip()
    editions = Edition.objects.visible_to(request.user)
    if mine == "mine":
        editions = editions.worked_on_by(request.user)
    for word in query.split():
        editions = editions.filter(
            Q(title__icontains=word)
            | Q(heading__icontains=word)
            | Q(article__question__icontains=word)
        )
    rows = in_state(with_standing(editions.with_article().without_text()), state)
    page, links = paged(request, rows.order_by("-updated_at", "-pk"))
    context = {
        "section": "desk",
        "heading": _("Drafts"),
        "rows": [(edition, badges(edition)) for edition in page],
        "links": links,
        "mine": mine == "mine",
        "state": state,
        "states": STATES,
        "query": query,
        "is_filtered": bool(query or state),
        "why_not_write": rules.why_not_write(request.user),
    }
    return render(request, "articles/desk.html", context)
