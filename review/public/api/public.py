"""What the API says of a text that is public."""

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
from review.models import WAS_APPROVED_STATES, Notice, Publication, Signature, State, Submission


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
    """Where a text stands: a code and its word. Derived from signatures, never typed in."""

    code = serializers.ChoiceField(choices=State.choices)
    label = serializers.CharField()  # type: ignore[assignment]


def status_of(submission: Submission) -> dict[str, str]:
    """Return the code and the word, for `StatusSerializer`."""
    return {"code": submission.state, "label": State(submission.state).label}


class NoticeSerializer(serializers.ModelSerializer[Notice]):
    """A public, dated statement."""

    label = serializers.CharField(source="get_kind_display", read_only=True)  # type: ignore[assignment]
    edition = serializers.IntegerField(
        source="edition_id",
        read_only=True,
        allow_null=True,
        help_text="Null: on every edition of the article.",
    )

    kind = serializers.CharField(read_only=True, help_text=one_of(Notice.Kind.values))

    class Meta:
        model = Notice
        fields = ["kind", "label", "edition", "text", "published_at"]
        read_only_fields = fields


class SignedSerializer(serializers.Serializer[Any]):
    """A signature: what was signed, word for word, and the digest of that."""

    signed = serializers.DictField(help_text="The signed payload, in full.")
    payload_digest = serializers.CharField(help_text="SHA-256 of the payload's canonical JSON.")


def signed(signature: Signature) -> dict[str, Any]:
    """Return a signature for `SignedSerializer`."""
    return {"signed": signature.signed, "payload_digest": signature.payload_digest}


def signatures_of(submission: Submission) -> list[dict[str, Any]]:
    """Return the signatures that made an approval. One query at most.

    Before an approval they are no review that readers are told of (law 2).
    """
    if submission.state not in WAS_APPROVED_STATES:
        return []
    return [signed(row) for row in submission.signatures.order_by("signed_at", "pk")]


class PublicationSerializer(serializers.ModelSerializer[Publication]):
    """What the public sees of an edition, and how it stands, without the text."""

    edition = serializers.IntegerField(source="edition_id", read_only=True)
    article = ArticleIdentitySerializer(source="edition.article", read_only=True)
    audience = serializers.CharField(source="edition.audience.slug", read_only=True)
    url = serializers.SerializerMethodField(help_text="The page that readers see.")
    status = serializers.SerializerMethodField(help_text="Where it stands.")
    is_approved = serializers.BooleanField(read_only=True)
    is_readable = serializers.SerializerMethodField(help_text="False once it is taken down.")
    newer_pending = serializers.BooleanField(
        read_only=True, help_text="A newer version is before the board."
    )
    source_alarm = serializers.BooleanField(
        read_only=True, help_text="A source that it cites was retracted."
    )
    review_overdue = serializers.SerializerMethodField(
        help_text="It should have been reviewed again before today."
    )
    version = ShownVersionSerializer(source="submission.version", read_only=True)
    submitted_at = serializers.DateTimeField(source="submission.submitted_at", read_only=True)
    approved_at = serializers.DateTimeField(
        source="submission.approved_at", read_only=True, allow_null=True
    )
    last_reviewed_on = serializers.SerializerMethodField(
        help_text="When the board last reviewed the whole text. Only for an approved one."
    )
    review_due_on = serializers.SerializerMethodField(
        help_text="When the next review of an approved text is due."
    )

    class Meta:
        model = Publication
        fields = [
            "edition",
            "article",
            "language",
            "audience",
            "url",
            "status",
            "is_approved",
            "is_readable",
            "newer_pending",
            "source_alarm",
            "review_overdue",
            "version",
            "submitted_at",
            "approved_at",
            "last_reviewed_on",
            "review_due_on",
            "first_published_at",
            "changed_at",
        ]
        read_only_fields = fields

    def to_representation(self, instance: Publication) -> dict[str, Any]:
        """Leave out what a text said that was taken down: of it only the question stays."""
        shown = super().to_representation(instance)
        if instance.is_gone:
            shown["version"] |= dict.fromkeys(("heading", "summary", "change_note"), "")
        return shown

    def get_url(self, row: Publication) -> str:
        """Return the address of the page."""
        with translation.override(row.language):
            path = reverse(
                "reader:article-for", args=[row.edition.article.slug, row.edition.audience.slug]
            )
        return f"{settings.SITE_URL}{path}"

    @extend_schema_field(StatusSerializer)
    def get_status(self, row: Publication) -> Any:
        """Return the status."""
        return StatusSerializer(status_of(row.submission)).data

    def get_is_readable(self, row: Publication) -> bool:
        """Tell whether there is a text to read."""
        return not row.is_gone

    def get_review_overdue(self, row: Publication) -> bool:
        """Tell whether it should have been reviewed again before today."""
        return row.is_review_overdue(timezone.now().date())

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_last_reviewed_on(self, row: Publication) -> date | None:
        """Return the day of the review that an approval rests on."""
        return row.submission.latest_full_review_on if row.is_approved else None

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_review_due_on(self, row: Publication) -> date | None:
        """Return the day by which an approved text is to be reviewed again."""
        return row.submission.review_due_on if row.is_approved else None


class PublicationDetailSerializer(PublicationSerializer):
    """The same with the signatures and every notice that ever was published on it."""

    signatures = serializers.SerializerMethodField(help_text="Those that made the approval.")
    notices = serializers.SerializerMethodField(help_text="Newest first, lifted ones included.")

    class Meta(PublicationSerializer.Meta):
        fields = [*PublicationSerializer.Meta.fields, "signatures", "notices"]
        read_only_fields = fields

    @extend_schema_field(SignedSerializer(many=True))
    def get_signatures(self, row: Publication) -> Any:
        """Return the signatures that made the approval."""
        return SignedSerializer(signatures_of(row.submission), many=True).data

    @extend_schema_field(NoticeSerializer(many=True))
    def get_notices(self, row: Publication) -> Any:
        """Return the notices, newest first."""
        return NoticeSerializer(self.context["notices"], many=True).data


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
        return PublicationSerializer(texts, many=True).data
