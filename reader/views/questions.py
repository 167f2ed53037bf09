"""Readers' follow-up questions, and the editors' queue of them."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from kernel.errors import NotAllowed
from reader import article_page, paging
from reader.actions.questions import ask_question, handle_question
from reader.addresses import page
from reader.context import page_context
from reader.cookies import chosen_role
from reader.forms import AskForm
from reader.models import Question
from reader.personalise import choose
from reader.throttle import WINDOW_MINUTES, is_flooding
from reader.views.answers import forbid_indexing, public_page
from reader.views.origin import same_origin
from review.models import Publication

QUEUE_SIZE = 25
# More than twice the longest question, each character of it written like `%F0%9F%A9%BA`.
LARGEST_BODY = 64 * 1024


@require_safe
@public_page
def questions(request: HttpRequest) -> HttpResponse:
    """Show the form for a question, about an article where `?article=` names one."""
    about = _about(request, request.GET.get("article", ""))
    form = AskForm(initial={"article": about.edition.article.slug if about else ""})
    return _form(request, form, about, status=200)


@require_POST
@public_page
@same_origin
def ask(request: HttpRequest) -> HttpResponse:
    """File a question for the editors and say what happens next."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
        return _too_large(request)
    form = AskForm(request.POST)
    about = _about(request, request.POST.get("article", ""))
    if not form.is_valid():
        return _form(request, form, about, status=400)
    now = timezone.now()
    if is_flooding(request, at=now):
        message = gettext(
            "Several questions came from your connection within a few minutes. Please send this "
            "one again in %(minutes)s minutes; it is still in the form."
        )
        form.add_error(None, message % {"minutes": WINDOW_MINUTES})
        return _form(request, form, about, status=429)
    article = about.edition.article if about else None
    try:
        ask_question(
            article=article,
            language=translation.get_language() or settings.LANGUAGE_CODE,
            text=form.cleaned_data["text"],
            reply_to=form.cleaned_data["reply_to"],
            at=now,
        )
    except ValidationError as exc:
        form.add_error(None, exc.messages)
        return _form(request, form, about, status=400)
    answer = "answer=yes&" if form.cleaned_data["reply_to"] else ""
    back = f"article={article.slug}" if article else ""
    return redirect(f"{page('question-thanks')}?{answer}{back}".rstrip("?&"))


@require_safe
@public_page
def thanks(request: HttpRequest) -> HttpResponse:
    """Say what happens with a question."""
    about = _about(request, request.GET.get("article", ""))
    article = about.edition.article if about else None
    context = page_context(request, article=article, wants_answer="answer" in request.GET)
    return forbid_indexing(render(request, "reader/question_thanks.html", context))


@require_safe
@never_cache
@login_required
def queue(request: HttpRequest) -> HttpResponse:
    """List readers' questions for editors and chairs, open ones first asked for."""
    user = _handler(request)
    asked = request.GET.get("state", Question.State.OPEN)
    if asked not in Question.State.values:
        raise Http404
    rows = Question.objects.visible_to(user).filter(state=asked)
    listing = paging.page(
        rows.select_related("article", "handled_by"),
        request.GET,
        time="asked_at",
        key="pk",
        size=QUEUE_SIZE,
    )
    open_number = Question.objects.visible_to(user).filter(state=Question.State.OPEN).count()
    context = {
        "heading": "Readers’ questions",
        "lede": "Readers see none of this. Who asked is not known, unless they left an address.",
        "area": "desk",
        "side_nav_title": "Questions",
        "side_nav": [
            {
                "label": Question.State(value).label,
                "url": f"?state={value}",
                "current": value == asked,
                "count": open_number if value == Question.State.OPEN else None,
            }
            for value in Question.State.values
        ],
        "listing": listing,
        "state": asked,
        "is_open": asked == Question.State.OPEN,
    }
    return render(request, "reader/question_queue.html", context)


@require_http_methods(["POST"])
@never_cache
@login_required
def handle(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a question as answered or closed."""
    user = _handler(request)
    question = get_object_or_404(Question.objects.visible_to(user), pk=pk)
    try:
        handle_question(
            actor=user,
            question_id=question.pk,
            state=request.POST.get("state", ""),
            at=timezone.now(),
        )
    except ValidationError:
        return HttpResponse("state: either ANSWERED or CLOSED.", status=400)
    return redirect("reader:question-queue")


def _handler(request: HttpRequest) -> User:
    user = request.user
    assert isinstance(user, User)
    if not user.has_perm("reader.handle_question"):
        raise NotAllowed("Only editors and chairs handle readers’ questions.")
    return user


def _about(request: HttpRequest, slug: str) -> Publication | None:
    """Return the text that this reader is shown of the article a question is about.

    None without a slug, and where every text of the article was taken down.

    :raises Http404: if nothing of such an article was ever public.
    """
    if not slug:
        return None
    publications = article_page.publications_of(slug[:120])
    if not publications:
        raise Http404
    choice = choose(
        publications,
        role=chosen_role(request),
        audiences=article_page.audiences(),
        language=translation.get_language() or settings.LANGUAGE_CODE,
    )
    return choice.publication if choice else None


def _too_large(request: HttpRequest) -> HttpResponse:
    """Answer what is far too long to be a question without reading it."""
    form = AskForm({})
    form.errors.clear()
    message = gettext(
        "What was sent is far longer than a question can be, so it was not read. Go back in your "
        "browser to find your text, and shorten it to 2,000 characters."
    )
    form.add_error(None, message)
    return _form(request, form, None, status=413)


def _form(
    request: HttpRequest, form: AskForm, about: Publication | None, *, status: int
) -> HttpResponse:
    article = about.edition.article if about else None
    context = page_context(
        request, ask_form=form, article=article, about=about, canonical_path=page("questions")
    )
    response = render(request, "reader/questions.html", context, status=status)
    return forbid_indexing(response) if article or form.errors else response
