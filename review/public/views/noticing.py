"""Warning readers, and telling them that a warning no longer stands."""

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles.models import Article, Edition
from review.desk.common import (
    SignedInRequest,
    board,
    board_page,
)
from review.desk.form_page import PAGE_METHODS, form_page, typed
from review.models import Notice, Submission
from review.public.actions.noticing import publish_notice
from review.public.forms import NoticeForm
from review.public.rules import why_not_chair


@board_page
@require_http_methods(PAGE_METHODS)
def notice(request: SignedInRequest, pk: int) -> HttpResponse:
    """Publish a caution, its lifting or a correction on an article, and list what stands."""
    at = timezone.now()
    editions = Edition.objects.visible_to(request.user).filter(article=OuterRef("pk"))
    article = get_object_or_404(Article.objects.filter(Exists(editions)), pk=pk)
    reason = why_not_chair(request.user)
    form = NoticeForm(typed(request), article=article)

    def show(status: int) -> HttpResponse:
        context = {
            "heading": _("Notice to readers"),
            "article": article,
            "back_url": _where_from(request, article),
            "form": form,
            "reason": reason,
            "notices": Notice.objects.filter(article=article)
            .select_related("edition__audience", "published_by")
            .order_by("-published_at", "-pk"),
        }
        return board(request, "review/notice.html", context, status=status)

    return form_page(
        request,
        form,
        reason=reason,
        act=lambda fields: publish_notice(
            actor=request.user,
            article=article,
            kind=fields["kind"],
            text=fields["text"],
            edition=fields["edition"],
            at=at,
        ),
        said=lambda published: (
            _("%(kind)s published. Readers see it from now on.")
            % {"kind": published.get_kind_display()}
        ),
        leads_to=lambda _done: request.get_full_path(),
        show=show,
    )


def _where_from(request: SignedInRequest, article: Article) -> str:
    """Return the address of the submission that `from` names, or of the article."""
    named = request.GET.get("from", "")
    if named.isdecimal():
        rows = Submission.objects.visible_to(request.user).filter(edition__article=article)
        if row := rows.filter(pk=named).first():
            return reverse("review:submission", args=[row.pk])
    return reverse("articles:article", args=[article.pk])
