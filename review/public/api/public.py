"""What the API says of a text that is public."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from articles.models import Article, Version
from articles.texts.api.outputs import (
    ArticleIdentitySerializer,
    TopicSerializer,
    one_of,
)
from review.models import Notice, Publication, State
from review.public.details import notice_facts, reviewers_of
from review.public.facts import Caveat, Facts, facts_of
from review.public.value import Value
from review.public.wording import badge


class ShownVersionSerializer(serializers.ModelSerializer[Version]):
    """Which version, without its text."""

    class Meta:
        model = Version
        fields = [
            "id",
            "number",
            "title",
            "heading",
            "summary",
            "digest",
            "change_class",
            "change_note",
            "frozen_at",
        ]
        read_only_fields = fields


class StatusSerializer(serializers.Serializer[Any]):
    """Where a text stands: a code, its word, and what speaks against relying on the text, the gravest
    first. Derived from signatures and notices, never typed in.
    """

    code = serializers.ChoiceField(choices=State.choices)
    label = serializers.CharField()  # type: ignore[assignment]
    caveats = serializers.ListField(
        child=serializers.CharField(), help_text=f"Of {', '.join(Caveat)}; empty where none holds."
    )


def status_of(facts: Facts) -> dict[str, Any]:
    """Return where a text stands, for `StatusSerializer`."""
    shown = badge(facts.state)
    return {"code": shown.code, "label": shown.label, "caveats": list(facts.caveats)}


class NoticeSerializer(serializers.Serializer[Any]):
    """A public, dated statement."""

    kind = serializers.CharField(help_text=one_of(Notice.Kind.values))
    label = serializers.CharField()  # type: ignore[assignment]
    edition = serializers.IntegerField(
        source="edition_id", allow_null=True, help_text="Null: on every edition of the article."
    )
    text = serializers.CharField()
    published_at = serializers.DateTimeField()


class SignedSerializer(serializers.Serializer[Any]):
    """A signature: what was signed, word for word, and the digest of that."""

    signed = serializers.DictField(help_text="The signed payload, in full.")
    payload_digest = serializers.CharField(help_text="SHA-256 of the payload's canonical JSON.")


@dataclass(frozen=True, slots=True)
class PublicText(Value):
    """What the public sees of an edition, with what is said of it."""

    publication: Publication
    facts: Facts


def public_text(row: Publication) -> PublicText:
    """Return a publication that went through `light` with its facts of today."""
    return PublicText(row, facts_of(row, on=timezone.now().date()))


class PublicationSerializer(serializers.Serializer[Any]):
    """What the public sees of an edition, and how it stands, without the text."""

    edition = serializers.IntegerField(source="publication.edition_id")
    article = ArticleIdentitySerializer(source="publication.edition.article")
    language = serializers.CharField(source="publication.language")
    audience = serializers.CharField(source="publication.edition.audience.slug")
    url = serializers.SerializerMethodField(help_text="The page that readers see.")
    status = serializers.SerializerMethodField(help_text="Where it stands.")
    is_approved = serializers.BooleanField(source="facts.is_approved")
    is_readable = serializers.BooleanField(
        source="facts.is_readable", help_text="False once it is taken down."
    )
    newer_pending = serializers.BooleanField(
        source="facts.has_newer_pending", help_text="A newer version is before the board."
    )
    source_alarm = serializers.BooleanField(
        source="facts.has_retracted_source", help_text="A source that it cites was retracted."
    )
    under_caution = serializers.BooleanField(
        source="facts.is_under_caution", help_text="A caution stands on it."
    )
    review_overdue = serializers.BooleanField(
        source="facts.is_overdue",
        help_text="It should have been reviewed again before today.",
    )
    version = ShownVersionSerializer(source="publication.submission.version")
    submitted_at = serializers.DateTimeField(source="facts.submitted_at")
    approved_at = serializers.DateTimeField(source="facts.approved_at", allow_null=True)
    last_reviewed_on = serializers.SerializerMethodField(
        help_text="When the board last reviewed the whole text. Only for an approved one."
    )
    review_due_on = serializers.SerializerMethodField(
        help_text="When the next review of an approved text is due."
    )
    first_published_at = serializers.DateTimeField(source="publication.first_published_at")
    changed_at = serializers.DateTimeField(source="publication.changed_at")

    def to_representation(self, instance: PublicText) -> dict[str, Any]:
        """Leave out what a text said that was taken down: of it only the question stays."""
        shown = super().to_representation(instance)
        if not instance.facts.is_readable:
            shown["version"] |= dict.fromkeys(("heading", "summary", "change_note"), "")
        return shown

    def get_url(self, row: PublicText) -> str:
        """Return the address of the page."""
        edition = row.publication.edition
        with translation.override(row.publication.language):
            path = reverse("reader:article-for", args=[edition.article.slug, edition.audience.slug])
        return f"{settings.SITE_URL}{path}"

    @extend_schema_field(StatusSerializer)
    def get_status(self, row: PublicText) -> Any:
        """Return the status."""
        return StatusSerializer(status_of(row.facts)).data

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_last_reviewed_on(self, row: PublicText) -> date | None:
        """Return the day of the review that an approval rests on."""
        return row.facts.latest_full_review_on if row.facts.is_approved else None

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_review_due_on(self, row: PublicText) -> date | None:
        """Return the day by which an approved text is to be reviewed again."""
        return row.facts.review_due_on if row.facts.is_approved else None


class PublicationDetailSerializer(PublicationSerializer):
    """The same with the signatures and every notice that ever was published on it."""

    signatures = serializers.SerializerMethodField(help_text="Those that made the approval.")
    notices = serializers.SerializerMethodField(help_text="Newest first, lifted ones included.")

    @extend_schema_field(SignedSerializer(many=True))
    def get_signatures(self, row: PublicText) -> Any:
        """Return the signatures that made the approval."""
        shown = reviewers_of(row.publication.submission)
        return SignedSerializer(shown, many=True).data

    @extend_schema_field(NoticeSerializer(many=True))
    def get_notices(self, _row: PublicText) -> Any:
        """Return the notices, newest first."""
        return NoticeSerializer(map(notice_facts, self.context["notices"]), many=True).data


class ArticleSerializer(serializers.ModelSerializer[Article]):
    """An article and its public texts."""

    specialty = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True)
    question = serializers.SerializerMethodField(
        help_text="As the newest public text asks it; the editors' own wording is not public."
    )
    topics = serializers.SerializerMethodField(help_text="What readers browse by.")
    texts = serializers.SerializerMethodField(help_text="Every public text of it.")

    class Meta:
        model = Article
        fields = ["slug", "question", "specialty", "topics", "texts"]
        read_only_fields = fields

    def get_question(self, row: Article) -> str:
        """Return the title of the public text that changed last, or nothing."""
        texts = self.context["texts"].get(row.pk, [])
        newest = max(texts, key=lambda text: (text.changed_at, text.pk), default=None)
        return newest.submission.version.title if newest else ""

    @extend_schema_field(TopicSerializer(many=True))
    def get_topics(self, row: Article) -> Any:
        """Return the topics, prefetched."""
        topics = sorted(row.topics.all(), key=lambda topic: topic.slug)
        return TopicSerializer(topics, many=True).data

    @extend_schema_field(PublicationSerializer(many=True))
    def get_texts(self, row: Article) -> Any:
        """Return the public texts that the view found for the page of the list."""
        texts = self.context["texts"].get(row.pk, [])
        return PublicationSerializer(map(public_text, texts), many=True).data
