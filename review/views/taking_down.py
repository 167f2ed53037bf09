"""Taking text down, and warning readers."""

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles.models import Article, Edition
from review import rules
from review.actions.noticing import publish_notice
from review.actions.withdrawing import retract_submission, withdraw_submission
from review.forms import NoticeForm, RetractForm, WithdrawForm
from review.models import Notice, Publication, Submission
from review.models.submission import State
from review.views.common import (
    BAD_INPUT,
    FORBIDDEN,
    REFUSALS,
    SignedInRequest,
    board,
    board_page,
    refuse,
    submission_crumbs,
    visible_submission,
)
from review.views.deciding import PAGE_METHODS


@board_page
@require_http_methods(PAGE_METHODS)
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a submission back before it is approved, with or without a notice to readers."""
    at = timezone.now()
    row = visible_submission(request, pk)
    reason = rules.why_not_withdraw(actor=request.user, submission=row)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = BAD_INPUT
        if form.is_valid():
            try:
                withdraw_submission(
                    actor=request.user,
                    submission_id=row.pk,
                    notice=form.cleaned_data["notice"],
                    at=at,
                )
            except REFUSALS as refusal:
                status = refuse(form, refusal)
            else:
                messages.success(
                    request,
                    _("Version %(number)s is withdrawn.") % {"number": row.version.number},
                )
                return redirect("review:submission", pk=row.pk)
    elif reason:
        status = FORBIDDEN
    else:
        row.require(State.SUBMITTED, State.UNDER_REVIEW)
    context = {
        "heading": _("Withdraw version %(number)s") % {"number": row.version.number},
        "crumbs": submission_crumbs(row),
        "submission": row,
        "form": form,
        "reason": reason,
        "shown": _what_readers_see(row),
    }
    return board(request, "review/withdraw.html", context, status=status)


@board_page
@require_http_methods(PAGE_METHODS)
def retract(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take an approved text down at once, with a notice that says why."""
    at = timezone.now()
    row = visible_submission(request, pk)
    reason = rules.why_not_chair(request.user)
    form = RetractForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = BAD_INPUT
        if form.is_valid():
            try:
                retract_submission(
                    actor=request.user,
                    submission_id=row.pk,
                    notice=form.cleaned_data["notice"],
                    at=at,
                )
            except REFUSALS as refusal:
                status = refuse(form, refusal)
            else:
                messages.success(
                    request,
                    _("Version %(number)s is retracted. Readers see your notice in its place.")
                    % {"number": row.version.number},
                )
                return redirect("review:submission", pk=row.pk)
    elif reason:
        status = FORBIDDEN
    else:
        row.require(State.APPROVED)
    context = {
        "at": at,
        "heading": _("Retract version %(number)s") % {"number": row.version.number},
        "crumbs": submission_crumbs(row),
        "submission": row,
        "form": form,
        "reason": reason,
        "pending": Submission.objects.filter(edition=row.edition_id).is_open().first(),
    }
    return board(request, "review/retract.html", context, status=status)


def _what_readers_see(row: Submission) -> dict[str, Any]:
    """Return what the public sees of the edition now: this text, an approved one, or nothing."""
    publication = (
        Publication.objects.filter(edition=row.edition_id)
        .select_related("submission__version")
        .first()
    )
    if publication is None:
        return {"kind": "nothing"}
    if publication.submission_id == row.pk:
        return {"kind": "this"}
    return {
        "kind": "gone" if publication.is_gone else "other",
        "version": publication.submission.version,
    }


@board_page
@require_http_methods(PAGE_METHODS)
def notice(request: SignedInRequest, pk: int) -> HttpResponse:
    """Publish a caution, its lifting or a correction on an article, and list what stands."""
    at = timezone.now()
    editions = Edition.objects.visible_to(request.user).filter(article=OuterRef("pk"))
    article = get_object_or_404(Article.objects.filter(Exists(editions)), pk=pk)
    reason = rules.why_not_chair(request.user)
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
