"""What programs are told of the board's work."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.api.people import PersonSerializer
from accounts.models import User
from articles.texts.api.outputs import ArticleIdentitySerializer
from review.models import OPEN_STATES, Assignment, Decision, Submission
from review.public.api.public import (
    ShownVersionSerializer,
    SignedSerializer,
    StatusSerializer,
    status_of,
)
from review.public.facts import facts_of
from review.rounds.rules import missing_for_approval


class DecisionSerializer(serializers.ModelSerializer[Decision]):
    label = serializers.CharField(source="get_kind_display", read_only=True)  # type: ignore[assignment]

    class Meta:
        model = Decision
        fields = ["kind", "label", "comment", "decided_at"]
        read_only_fields = fields


class AssignmentSerializer(serializers.ModelSerializer[Assignment]):
    """One reviewer asked, and what they decided."""

    submission = serializers.IntegerField(source="submission_id", read_only=True)
    reviewer = PersonSerializer(read_only=True)
    capacity = serializers.CharField(source="capacity.slug", read_only=True)
    decision = serializers.SerializerMethodField(help_text="Null: not decided.")

    class Meta:
        model = Assignment
        fields = [
            "id",
            "submission",
            "reviewer",
            "capacity",
            "assigned_at",
            "due_on",
            "ended_at",
            "decision",
        ]
        read_only_fields = fields

    @extend_schema_field(DecisionSerializer(allow_null=True))
    def get_decision(self, row: Assignment) -> Any:
        """Return the decision, if there is one."""
        decision = getattr(row, "decision", None)
        return DecisionSerializer(decision).data if decision else None


class SubmissionRowSerializer(serializers.ModelSerializer[Submission]):
    """A version before the board, how far it is and what is still missing."""

    edition = serializers.IntegerField(source="edition_id", read_only=True)
    article = ArticleIdentitySerializer(source="edition.article", read_only=True)
    language = serializers.CharField(source="edition.language", read_only=True)
    audience = serializers.CharField(source="edition.audience.slug", read_only=True)
    version = ShownVersionSerializer(read_only=True)
    status = serializers.SerializerMethodField(help_text="Where it stands.")
    missing = serializers.SerializerMethodField(
        help_text="What the rule in force still wants, in words; empty once it is decided."
    )
    submitted_by = PersonSerializer(read_only=True)
    assignments = AssignmentSerializer(many=True, read_only=True)

    class Meta:
        model = Submission
        fields = [
            "id",
            "edition",
            "article",
            "language",
            "audience",
            "version",
            "status",
            "missing",
            "submitted_by",
            "submitted_at",
            "state_changed_at",
            "review_started_at",
            "approved_at",
            "latest_full_review_on",
            "review_due_on",
            "assignments",
        ]
        read_only_fields = fields

    @extend_schema_field(StatusSerializer)
    def get_status(self, row: Submission) -> Any:
        """Return the status."""
        return StatusSerializer(status_of(facts_of(row, on=timezone.now().date()))).data

    def get_missing(self, row: Submission) -> list[str]:
        """Return what an open submission still wants."""
        if row.state not in OPEN_STATES:
            return []
        return missing_for_approval(rule=row.rule, signatures=list(row.signatures.all()))


class SubmissionSerializer(SubmissionRowSerializer):
    """The same with the rule in force, the editor's note and the signatures given so far."""

    follows = serializers.IntegerField(
        source="follows_id", read_only=True, allow_null=True, help_text="The round before."
    )
    rule = serializers.DictField(read_only=True)
    signatures = serializers.SerializerMethodField(
        help_text="Those given so far, whether or not the rule is met."
    )

    class Meta(SubmissionRowSerializer.Meta):
        fields = [*SubmissionRowSerializer.Meta.fields, "follows", "note", "rule", "signatures"]
        read_only_fields = fields

    @extend_schema_field(SignedSerializer(many=True))
    def get_signatures(self, row: Submission) -> Any:
        """Return each signature, whether or not the rule is met yet."""
        return SignedSerializer(row.signatures.all(), many=True).data


class CandidateSerializer(serializers.Serializer[Any]):
    """Somebody who might be asked, or why they cannot be."""

    person = serializers.SerializerMethodField(help_text="Who it is.")
    can_be_asked = serializers.BooleanField()
    is_asked = serializers.BooleanField()
    reason = serializers.CharField(allow_null=True, help_text="Why they cannot be asked.")
    waiting = serializers.IntegerField(help_text="Reviews that wait for them.")
    interests_count = serializers.BooleanField(
        help_text="Whether their declaration of interests counts today."
    )

    @extend_schema_field(PersonSerializer)
    def get_person(self, row: Any) -> Any:
        """Return who it is."""
        person: User = row.person
        return PersonSerializer(person).data


class SignatureGivenSerializer(serializers.Serializer[Any]):
    """The signature, and whether it completed the approval."""

    approved = serializers.BooleanField()
    signature = SignedSerializer()
