"""Warning readers, and telling them that a warning no longer stands."""

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles.models import Article, Edition
from review.desk.common import (
    BAD_INPUT,
    FORBIDDEN,
    PAGE_METHODS,
    REFUSALS,
    SignedInRequest,
    board,
    board_page,
    refuse,
)
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
    is_post = request.method == "POST"
    form = NoticeForm(request.POST if is_post else None, article=article)
    status = 200
    if is_post:
        status = BAD_INPUT
        if form.is_valid():
            try:
                published = publish_notice(
                    actor=request.user,
                    article=article,
                    kind=form.cleaned_data["kind"],
                    text=form.cleaned_data["text"],
                    edition=form.cleaned_data["edition"],
                    at=at,
                )
            except REFUSALS as refusal:
                status = refuse(form, refusal)
            else:
                messages.success(
                    request,
                    _("%(kind)s published. Readers see it from now on.")
                    % {"kind": published.get_kind_display()},
                )
                return redirect(request.get_full_path())
    elif reason:
        status = FORBIDDEN
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


def _where_from(request: SignedInRequest, article: Article) -> str:
    """Return the address of the submission that `from` names, or of the article."""
    named = request.GET.get("from", "")
    if named.isdecimal():
        rows = Submission.objects.visible_to(request.user).filter(edition__article=article)
        if row := rows.filter(pk=named).first():
            return reverse("review:submission", args=[row.pk])
    return reverse("articles:article", args=[article.pk])
