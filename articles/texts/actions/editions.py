"""New articles and editions."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import reversion
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from accounts.models import Specialty, User
from articles.models import Article, Audience, Contribution, Edition, Topic, Version
from articles.texts import rules
from articles.texts.actions.authorship import contributors_to, credit_authors
from articles.texts.actions.citations import settle_citations
from articles.texts.actions.following import require_source
from articles.texts.actions.recite import follow_merges
from articles.texts.draft import DraftText, require_language, tidy_line
from articles.texts.events import TextEvent
from articles.texts.staleness import current_version
from articles.texts.states import text_of
from kernel.action import Action, action
from kernel.errors import NotAllowed, WrongState


def free_slug(question: str) -> str:
    """Return an address for `question` that no article has yet."""
    base = slugify(question)[:100].strip("-")
    if not base:
        base = "article-" + hashlib.sha256(question.encode()).hexdigest()[:8]
    taken = set(Article.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def _require_question(question: str) -> str:
    line = tidy_line(question)
    if not line:
        raise ValidationError({"question": "Write the question that the article answers."})
    if len(line) > 300:
        raise ValidationError({"question": f"At most 300 characters; this has {len(line)}."})
    return line


def _insert_edition(
    act: Action[User],
    *,
    article: Article,
    language: str,
    audience: Audience,
    text: DraftText,
    kind: Contribution.Kind,
    source: Edition | None = None,
    followed: Version | None = None,
) -> Edition:
    """Store a new draft inside the caller's transaction, with its first revision."""
    with reversion.create_revision():
        edition = Edition.objects.create(
            article=article,
            language=language,
            audience=audience,
            title=text.title,
            heading=text.heading,
            summary=text.summary,
            body=text.body,
            jurisdiction=text.jurisdiction,
            ai_provenance=text.ai_provenance,
            source=source,
            followed=followed,
            created_at=act.at,
            updated_at=act.at,
            updated_by=act.actor,
        )
        reversion.set_user(act.actor)
        reversion.set_comment(kind.label)
        reversion.set_date_created(act.at)
    settle_citations(act, edition)
    Contribution.objects.create(
        edition=edition, user=act.actor, kind=kind, draft_number=edition.draft_number, at=act.at
    )
    act.record(
        TextEvent.EDITION_CREATED,
        edition,
        {
            "article": article.pk,
            "language": language,
            "audience": audience.slug,
            "draft_digest": text.digest,
            **({"source": source.pk} if source else {}),
            **({"followed": followed.digest} if followed else {}),
        },
    )
    return edition


def insert_article(
    act: Action[User],
    *,
    question: str,
    specialty: Specialty,
    language: str,
    audience: Audience,
    topics: Sequence[Topic] = (),
    text: DraftText | None = None,
    slug: str = "",
    kind: Contribution.Kind = Contribution.Kind.CREATED,
) -> Edition:
    """Store an article and its first edition inside the caller's transaction, without asking
    who may. Raises as `create_article` does.
    """
    line = _require_question(question)
    tidied = (text or DraftText(title=line)).tidied()
    article = Article(
        question=line,
        slug=slug or free_slug(line),
        specialty=specialty,
        created_by=act.actor,
        created_at=act.at,
    )
    article.full_clean()
    article.save()
    article.topics.set(topics)
    return _insert_edition(
        act,
        article=article,
        language=require_language(language),
        audience=audience,
        text=tidied,
        kind=kind,
    )


def create_article(
    *,
    actor: User,
    question: str,
    specialty: Specialty,
    language: str,
    audience: Audience,
    at: datetime,
    topics: Sequence[Topic] = (),
    text: DraftText | None = None,
    slug: str = "",
) -> Edition:
    """Start an article with its first edition; return that edition.

    Without `text` the draft begins with the question as its title.

    :raises NotAllowed: if `actor` does not write articles.
    :raises ValidationError: naming the field that cannot be stored.
    """
    if reason := rules.why_not_write(actor):
        raise NotAllowed(reason)
    with action(actor=actor, at=at) as act:
        return insert_article(
            act,
            question=question,
            specialty=specialty,
            language=language,
            audience=audience,
            topics=topics,
            text=text,
            slug=slug,
        )


def add_edition(
    *,
    actor: User,
    article: Article,
    language: str,
    audience: Audience,
    at: datetime,
    text: DraftText | None = None,
    source: Edition | None = None,
    begins_with_source: bool = False,
) -> Edition:
    """Add the article in another language or for another audience.

    With `source`, the new edition adapts that one and follows its current version; the draft may
    begin with that version's text, or with the source's draft where it has no version yet; then
    whoever contributed to the source has written this text too (law 5).

    :raises NotAllowed: if `actor` does not write articles.
    :raises ValidationError: if `source` is no edition of this article, or none is named to begin with.
    :raises WrongState: if the article has that edition already.
    """
    if reason := rules.why_not_write(actor):
        raise NotAllowed(reason)
    if begins_with_source and (source is None or text is not None):
        raise ValidationError({"source": "Name one text to begin with."})
    tidied = (text or DraftText(title=article.question)).tidied()
    with action(actor=actor, at=at) as act:
        Article.objects.select_for_update().get(pk=article.pk)
        if Edition.objects.filter(article=article, language=language, audience=audience).exists():
            raise WrongState(
                f"There is an edition in this language ({language}) for {audience} already.",
                current="exists",
            )
        followed = None
        if source is not None:
            require_source(source, article_id=article.pk)
            followed = current_version(source.pk)
        if source is not None and begins_with_source:
            tidied = text_of(followed) if followed else DraftText.of(source)
        edition = _insert_edition(
            act,
            article=article,
            language=require_language(language),
            audience=audience,
            text=replace(tidied, body=follow_merges(tidied.body)),
            kind=Contribution.Kind.CREATED,
            source=source,
            followed=followed,
        )
        if source is not None and begins_with_source:
            credit_authors(
                act, edition, contributors_to(source) - {actor.pk}, kind=Contribution.Kind.EDITED
            )
        return edition


def change_article(
    *,
    actor: User,
    article_id: int,
    question: str,
    specialty: Specialty,
    topics: Sequence[Topic],
    at: datetime,
) -> Article:
    """Change what an article is about. Its address stays.

    :raises NotAllowed: if `actor` may not.
    """
    with action(actor=actor, at=at) as act:
        article = Article.objects.select_for_update().get(pk=article_id)
        if reason := rules.why_not_change_article(actor, article):
            raise NotAllowed(reason)
        reclassified = specialty.pk != article.specialty_id
        if reclassified and (reason := rules.why_not_reclassify(actor, article)):
            raise NotAllowed(reason)
        article.question = _require_question(question)
        article.specialty = specialty
        article.save(update_fields=["question", "specialty"])
        article.topics.set(topics)
        act.record(
            TextEvent.ARTICLE_CHANGED,
            article,
            {
                "question": article.question,
                "specialty": specialty.slug,
                "topics": sorted(topic.slug for topic in topics),
            },
        )
    return article
