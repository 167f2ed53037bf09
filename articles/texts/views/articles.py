"""Articles: starting one, changing what it is about, adding editions."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.desk.views import DeskRequest, for_editors, signed_in
from articles.models import Article, Edition, edition_text_columns
from articles.texts import rules
from articles.texts.actions.editions import add_edition, change_article, create_article
from articles.texts.forms import ArticleForm, NewArticleForm
from articles.texts.views.following import AdaptingEditionForm
from articles.texts.views.standing import badges, with_standing
from kernel.errors import NotAllowed, WrongState
from kernel.forms import add_refusal


@for_editors
def new(request: DeskRequest) -> HttpResponse:
    """Start an article with its first edition, then go and write."""
    if reason := rules.why_not_write(request.user):
        raise NotAllowed(reason)
    form = NewArticleForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            edition = create_article(actor=request.user, at=timezone.now(), **form.cleaned_data)
        except ValidationError as exc:
            add_refusal(form, exc)
        else:
            messages.success(request, _("The article is started. Write its text here."))
            return redirect("articles:edit", pk=edition.pk)
    context = {"section": "desk", "heading": _("New article"), "form": form}
    return render(request, "articles/new.html", context, status=400 if form.errors else 200)


@signed_in
def article(request: DeskRequest, pk: int) -> HttpResponse:
    """Show an article and its editions; change its question, specialty and topics."""
    article = _visible(request, pk)
    initial = ArticleForm.initial_of(article)
    if request.method != "POST":
        return _page(request, article, ArticleForm(initial=initial))
    if reason := rules.why_not_change_article(request.user, article):
        raise NotAllowed(reason)
    form = ArticleForm(request.POST, initial=initial)
    if form.is_valid():
        try:
            change_article(
                actor=request.user, article_id=pk, at=timezone.now(), **form.cleaned_data
            )
        except ValidationError as exc:
            add_refusal(form, exc)
        else:
            messages.success(request, _("The article is changed."))
            return redirect("articles:article", pk=pk)
    return _page(request, article, form, status=400)


@signed_in
@require_POST
def add(request: DeskRequest, pk: int) -> HttpResponse:
    """Add the article in another language or for another audience, then go and write."""
    article = _visible(request, pk)
    if reason := rules.why_not_write(request.user):
        raise NotAllowed(reason)
    form = AdaptingEditionForm(request.POST, article=article, user=request.user)
    status = 400
    if form.is_valid():
        try:
            edition = add_edition(
                actor=request.user, article=article, at=timezone.now(), **form.cleaned_data
            )
        except ValidationError as exc:
            add_refusal(form, exc)
        except WrongState as exc:
            form.add_error(None, exc.reason)
            status = 409
        else:
            messages.success(request, _("The edition is started. Write its text here."))
            return redirect("articles:edit", pk=edition.pk)
    article_form = ArticleForm(initial=ArticleForm.initial_of(article))
    return _page(request, article, article_form, edition_form=form, status=status)


def _visible(request: DeskRequest, pk: int) -> Article:
    """Return an article of which the user may see an edition.

    :raises Http404: if there is none.
    """
    if not Edition.objects.visible_to(request.user).filter(article=pk).exists():
        raise Http404
    return get_object_or_404(
        Article.objects.select_related("specialty", "created_by").prefetch_related("topics"), pk=pk
    )


def _page(
    request: DeskRequest,
    article: Article,
    form: ArticleForm,
    *,
    edition_form: AdaptingEditionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    editions = with_standing(
        Edition.objects.visible_to(request.user)
        .filter(article=article)
        .with_article()
        .select_related("source__audience")
        .without_text()
        .defer(*edition_text_columns("source"))
    ).order_by("audience__position", "language", "pk")
    context = {
        "section": "desk",
        "heading": article.question,
        "crumbs": [{"label": _("Drafts"), "url": reverse("articles:desk")}],
        "article": article,
        "rows": [(edition, badges(edition)) for edition in editions],
        "form": form,
        "edition_form": edition_form or AdaptingEditionForm(article=article, user=request.user),
        "why_not_write": rules.why_not_write(request.user),
        "why_not_change": rules.why_not_change_article(request.user, article),
    }
    return render(request, "articles/article.html", context, status=status)
