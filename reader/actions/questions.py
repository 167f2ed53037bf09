"""Readers' follow-up questions."""

from datetime import datetime

from django.core.exceptions import ValidationError

from accounts.models import User
from articles.models import Article
from kernel.action import action
from kernel.canonical import nfc
from kernel.errors import NotAllowed, WrongState
from reader.events import ReaderEvent
from reader.models import Question

LONGEST = 2000


def ask_question(
    *, article: Article | None, language: str, text: str, reply_to: str, at: datetime
) -> Question:
    """File a reader's question for the editors. Nothing else about the reader is kept.

    :raises ValidationError: naming the field that is missing, too long or no address.
    """
    question = Question(
        article=article,
        language=language,
        text=nfc(text.strip()),
        reply_to=reply_to.strip(),
        asked_at=at,
    )
    with action(actor=None, at=at) as act:
        question.full_clean()
        question.save()
        act.record(
            ReaderEvent.QUESTION_ASKED, question, {"article": article.pk if article else None}
        )
    return question


def handle_question(*, actor: User, question_id: int, state: str, at: datetime) -> Question:
    """Mark an open question as answered or closed.

    :raises NotAllowed: if `actor` does not handle questions.
    :raises WrongState: if somebody else was faster.
    """
    if not actor.has_perm("reader.handle_question"):
        raise NotAllowed("Only editors and chairs handle readers' questions.")
    if state not in {Question.State.ANSWERED, Question.State.CLOSED}:
        raise ValidationError({"state": "Either ANSWERED or CLOSED."})
    with action(actor=actor, at=at) as act:
        question = Question.objects.select_for_update(of=("self",)).get(pk=question_id)
        if question.state != Question.State.OPEN:
            raise WrongState(
                f"This question is {question.get_state_display().lower()} already.",
                current=question.state,
            )
        question.state, question.handled_by, question.handled_at = state, actor, at
        question.save(update_fields=["state", "handled_by", "handled_at"])
        act.record(ReaderEvent.QUESTION_HANDLED, question, {"state": state})
    return question
