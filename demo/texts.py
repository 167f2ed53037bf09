"""Steps of an article's plan that write: begin, save, follow, freeze."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from accounts.models import Specialty, User
from articles.models import Audience, Edition, Topic, Version
from articles.texts.actions.drafts import save_draft
from articles.texts.actions.editions import add_edition, create_article
from articles.texts.actions.following import follow_source
from articles.texts.actions.freezing import freeze
from articles.texts.draft import DraftText
from demo.stage import FOLDER, Stage, Step


def text_of(article: Mapping[str, Any], step: Step) -> tuple[Mapping[str, Any], DraftText]:
    """Return the edition's data that a step names, and its text."""
    slug, language = step["edition"].split(".")
    row = next(
        row for row in article["editions"] if (row["audience"], row["language"]) == (slug, language)
    )
    body = (FOLDER / step.get("body_file", row["body_file"])).read_text(encoding="utf-8")
    return row, DraftText(
        title=row["title"],
        heading=row["heading"],
        summary=row["summary"],
        body=body,
        jurisdiction=row["jurisdiction"],
        ai_provenance=row["ai_provenance"] or {},
    )


def the_edition(article: Mapping[str, Any], name: str) -> Edition:
    """Return an article's edition by its name in plans, such as "clinician.en", as it stands."""
    slug, language = name.split(".")
    return Edition.objects.get(
        article__slug=article["slug"], language=language, audience__slug=slug
    )


def create(stage: Stage, article: Mapping[str, Any], step: Step, actor: User, at: datetime) -> None:
    """Start the article, or add an edition to it; with a source, the edition adapts that one."""
    row, text = text_of(article, step)
    audience = Audience.objects.get(slug=row["audience"])
    source = step.get("source")
    if existing := stage.articles.get(article["slug"]):
        add_edition(
            actor=actor,
            article=existing,
            language=row["language"],
            audience=audience,
            text=text,
            source=the_edition(article, source) if source else None,
            at=at,
        )
        return
    edition = create_article(
        actor=actor,
        question=article["question"],
        slug=article["slug"],
        specialty=Specialty.objects.get(slug=article["specialty"]),
        topics=list(Topic.objects.filter(slug__in=article["topics"]).order_by("pk")),
        language=row["language"],
        audience=audience,
        text=text,
        at=at,
    )
    stage.articles[article["slug"]] = edition.article


def save(stage: Stage, article: Mapping[str, Any], step: Step, actor: User, at: datetime) -> None:
    """Save another body into the draft."""
    edition = the_edition(article, step["edition"])
    _row, text = text_of(article, step)
    save_draft(
        actor=actor,
        edition_id=edition.pk,
        draft_number=edition.draft_number,
        text=replace(DraftText.of(edition), body=text.body),
        note=step["note"],
        at=at,
    )


def follow(stage: Stage, article: Mapping[str, Any], step: Step, actor: User, at: datetime) -> None:
    """Record which version of its source an edition is in line with."""
    edition = the_edition(article, step["edition"])
    version = Version.objects.get(edition=edition.source_id, number=step["version"])
    follow_source(actor=actor, edition_id=edition.pk, version_id=version.pk, at=at)


def freeze_draft(
    stage: Stage, article: Mapping[str, Any], step: Step, actor: User, at: datetime
) -> None:
    """Freeze the draft."""
    edition = the_edition(article, step["edition"])
    freeze(
        actor=actor,
        edition_id=edition.pk,
        draft_number=edition.draft_number,
        change_class=step.get("change_class", ""),
        change_note=step.get("change_note", ""),
        at=at,
    )
