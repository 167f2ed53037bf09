"""Versions: reading what was frozen, and putting it before the board."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.people import actor
from articles.models import Version
from articles.texts.api.outputs import ArticleIdentitySerializer, FrozenTextSerializer, frozen_text
from kernel.api.base import ApiView, StrictSerializer, allow, row_or_404, sent
from review.api.outputs import SubmissionSerializer
from review.api.submissions import detailed
from review.public.api.public import (
    ShownVersionSerializer,
    SignedSerializer,
    StatusSerializer,
    status_of,
)
from review.public.details import reviewers_of
from review.public.facts import Facts, facts_of, gather
from review.public.visibility import versions_visible_to
from review.rounds.actions.submitting import submit_version
from review.rounds.rules import why_not_submit


class VersionSerializer(ShownVersionSerializer):
    """A version with everything that it says, and what the board made of it."""

    edition = serializers.IntegerField(source="edition_id", read_only=True)
    article = ArticleIdentitySerializer(source="edition.article", read_only=True)
    status = serializers.SerializerMethodField(help_text="Null: never before the board.")
    is_shown = serializers.SerializerMethodField(help_text="Whether readers see it now.")
    text = serializers.SerializerMethodField(help_text="Everything that it says.")
    signatures = serializers.SerializerMethodField(help_text="Those that made its approval.")

    class Meta(ShownVersionSerializer.Meta):
        fields = [
            *ShownVersionSerializer.Meta.fields,
            "edition",
            "article",
            "status",
            "is_shown",
            "text",
            "signatures",
        ]
        read_only_fields = fields

    @extend_schema_field(StatusSerializer(allow_null=True))
    def get_status(self, _row: Version) -> Any:
        """Return where its newest submission stands."""
        facts: Facts | None = self.context["facts"]
        return None if facts is None else StatusSerializer(status_of(facts)).data

    def get_is_shown(self, _row: Version) -> bool:
        """Tell whether readers of the edition see this version now."""
        facts: Facts | None = self.context["facts"]
        return facts is not None and facts.is_shown

    @extend_schema_field(FrozenTextSerializer)
    def get_text(self, row: Version) -> Any:
        """Return everything that it says."""
        return FrozenTextSerializer(frozen_text(row)).data

    @extend_schema_field(SignedSerializer(many=True))
    def get_signatures(self, _row: Version) -> Any:
        """Return the signatures that made its approval, if it was approved."""
        submission = self.context["submission"]
        shown = reviewers_of(submission) if submission else ()
        return SignedSerializer(shown, many=True).data


class SubmitSerializer(StrictSerializer):
    note = serializers.CharField(
        required=False, allow_blank=True, max_length=10_000, help_text="For the board."
    )


class VersionViewSet(ApiView, viewsets.GenericViewSet[Version]):
    """Versions are only ever read, and sent to the board."""

    serializer_class = VersionSerializer
    lookup_value_regex = "[0-9]{1,18}"

    def get_permissions(self) -> Sequence[BasePermission]:
        """Let everybody read what is public."""
        return [AllowAny()] if self.action == "retrieve" else [IsAuthenticated()]

    def get_queryset(self) -> QuerySet[Version]:
        """Return the versions that the person may read."""
        rows = versions_visible_to(self.request.user)
        return rows.select_related("edition__article__specialty", "edition__audience")

    @extend_schema(summary="Read a version")
    def retrieve(self, request: Request, pk: str) -> Response:
        """Read exactly what was frozen. Anybody may read what is, or was and still may be, public."""
        version = row_or_404(self.get_queryset(), pk=pk)
        submission = gather(version.submissions.all()).order_by("-pk").first()
        facts = facts_of(submission, on=timezone.now().date()) if submission else None
        context: dict[str, Any] = {"submission": submission, "facts": facts}
        return Response(VersionSerializer(version, context=context).data)

    @extend_schema(
        summary="Send a version to the board",
        request=SubmitSerializer,
        responses={201: SubmissionSerializer},
    )
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str) -> Response:
        """Put the newest version of an edition before the board."""
        version = row_or_404(self.get_queryset(), pk=pk)
        allow(why_not_submit(actor=actor(request), version=version))
        said = sent(SubmitSerializer, request)
        submission = submit_version(
            actor=actor(request), version_id=version.pk, at=timezone.now(), **said
        )
        return detailed(request, submission.pk, status=201)
