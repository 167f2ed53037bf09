"""Public statements on an article that leave its text standing."""

from datetime import datetime

from django.core.exceptions import ValidationError

from accounts.models import User
from articles.models import Article, Edition
from articles.texts.draft import tidy_lines
from kernel.action import action
from kernel.errors import NotAllowed
from review.models import Notice
from review.public.events import PublicEvent
from review.public.rules import why_not_chair

KINDS = {Notice.Kind.CAUTION, Notice.Kind.CAUTION_LIFTED, Notice.Kind.CORRECTION}


def publish_notice(
    *,
    actor: User,
    article: Article,
    kind: str,
    text: str,
    at: datetime,
    edition: Edition | None = None,
) -> Notice:
    """Publish a caution, its lifting, or a correction; it shows on the very next request.

    Retractions and withdrawals come with their own actions.

    :raises NotAllowed: if `actor` is no chair.
    :raises ValidationError: if the text is empty, the kind is not one of these, or the edition is
        another article's.
    """
    if reason := why_not_chair(actor):
        raise NotAllowed(reason)
    words = tidy_lines(text)
    if not words:
        raise ValidationError({"text": "Say what readers have to know."})
    if kind not in KINDS:
        raise ValidationError({"kind": f"One of {', '.join(sorted(KINDS))}."})
    if edition is not None and edition.article_id != article.pk:
        raise ValidationError({"edition": "This edition belongs to another article."})
    with action(actor=actor, at=at) as act:
        Article.objects.select_for_update().get(pk=article.pk)
        notice = Notice.objects.create(
            article=article,
            edition=edition,
            kind=kind,
            text=words,
            published_by=actor,
            published_at=at,
        )
        act.record(PublicEvent.NOTICE_PUBLISHED, notice, {"article": article.pk, "kind": kind})
    return notice
