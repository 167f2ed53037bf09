"""Which edition an edition adapts, and which version of it the text is in line with."""

from datetime import datetime

from django.core.exceptions import ValidationError

from accounts.models import User
from articles.models import Article, Contribution, Edition, Version
from articles.texts import rules
from articles.texts.actions.locking import lock_edition
from articles.texts.events import TextEvent
from kernel.action import Action, action
from kernel.errors import NotAllowed


def require_source(source: Edition, *, article_id: int, adapting: Edition | None = None) -> None:
    """Return if `source` can be what an edition of an article adapts. Inside the caller's
    transaction, with the article locked, so that two changes at once make no circle.

    :raises ValidationError: if it belongs to another article, or adapts `adapting` itself.
    """
    if source.article_id != article_id:
        raise ValidationError({"source": "An edition adapts another edition of the same article."})
    step: int | None = source.pk
    seen: set[int] = set()
    while adapting is not None and step is not None and step not in seen:
        if step == adapting.pk:
            raise ValidationError(
                {"source": "That edition is adapted from this one, so this one cannot adapt it."}
            )
        seen.add(step)
        step = Edition.objects.values_list("source", flat=True).get(pk=step)


def follow_source(*, actor: User, edition_id: int, version_id: int, at: datetime) -> Edition:
    """Record that the draft is in line with a version of the edition that it adapts.

    The next version says so, and so whoever records it has a part in what the board signs.

    :raises NotAllowed: if `actor` does not write articles.
    :raises ValidationError: if the version is none of the edition's source.
    """
    if reason := rules.why_not_write(actor):
        raise NotAllowed(reason)
    with action(actor=actor, at=at) as act:
        edition = lock_edition(edition_id)
        version = Version.objects.filter(pk=version_id).without_text().first()
        if version is None or edition.source_id is None or version.edition_id != edition.source_id:
            raise ValidationError(
                {"version": "That is no version of the edition that this one adapts."}
            )
        return _settle(act, edition, source_id=edition.source_id, followed=version)


def change_source(
    *,
    actor: User,
    edition_id: int,
    source_id: int | None,
    at: datetime,
    version_id: int | None = None,
) -> Edition:
    """Record which edition this one adapts, or that it adapts none.

    `version_id` says which version of it the text is in line with; without it, no version is.

    :raises NotAllowed: if `actor` does not write articles.
    :raises ValidationError: if the source belongs to another article, is the edition itself or is
        adapted from it, or the version is none of the source.
    """
    if reason := rules.why_not_write(actor):
        raise NotAllowed(reason)
    with action(actor=actor, at=at) as act:
        edition = lock_edition(edition_id)
        Article.objects.select_for_update().get(pk=edition.article_id)
        source = Edition.objects.filter(pk=source_id).first() if source_id else None
        if source_id and source is None:
            raise ValidationError({"source": "There is no such edition."})
        version = None
        if source is not None:
            require_source(source, article_id=edition.article_id, adapting=edition)
        if version_id is not None:
            version = Version.objects.filter(pk=version_id).without_text().first()
            if version is None or source is None or version.edition_id != source.pk:
                raise ValidationError({"version": "That is no version of this source."})
        return _settle(act, edition, source_id=source.pk if source else None, followed=version)


def _settle(
    act: Action[User], edition: Edition, *, source_id: int | None, followed: Version | None
) -> Edition:
    """Store the link, unless it is the one that stands. The draft's words and number stay."""
    followed_id = followed.pk if followed else None
    if (edition.source_id, edition.followed_id) == (source_id, followed_id):
        return edition
    edition.source_id, edition.followed = source_id, followed
    edition.save(update_fields=["source", "followed"])
    Contribution.objects.create(
        edition=edition,
        user=act.actor,
        kind=Contribution.Kind.EDITED,
        draft_number=edition.draft_number,
        at=act.at,
    )
    act.record(
        TextEvent.EDITION_FOLLOWED,
        edition,
        {
            "source": source_id,
            "version": followed.number if followed else None,
            "digest": followed.digest if followed else None,
        },
    )
    return edition
