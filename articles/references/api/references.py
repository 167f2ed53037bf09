"""The reference library."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.people import actor
from articles.models import Reference
from articles.references import rules
from articles.references.actions.notices import record_notice
from articles.references.actions.references import add_reference, change_reference
from articles.references.models.reference import ReferenceQuerySet
from articles.texts.api.inputs import (
    ChangedReferenceSerializer,
    NewReferenceSerializer,
    ReferenceQuery,
    SourceNoticeInputSerializer,
)
from articles.texts.api.outputs import ReferenceSerializer, SourceNoticeSerializer
from kernel.api.base import ApiView, allow, row_or_404, sent


class ReferenceViewSet(ApiView, viewsets.GenericViewSet[Reference]):
    """The shared library, for editors, reviewers and chairs."""

    serializer_class = ReferenceSerializer
    lookup_field = "key"
    lookup_value_regex = "[^/]+"

    def get_queryset(self) -> ReferenceQuerySet:
        """Return the library to those who may read it, with the notices against each source."""
        rows = Reference.objects.select_related("merged_into").prefetch_related("notices")
        return rows if self.request.user.has_perm("articles.view_reference") else rows.none()

    @extend_schema(
        summary="List references",
        parameters=[ReferenceQuery],
        responses=ReferenceSerializer(many=True),
    )
    def list(self, request: Request) -> Response:
        """List the library, newest first, without references that were merged into another."""
        words = ReferenceQuery.read(request).get("search", "")
        rows = self.get_queryset().in_use().matching(words)
        page = self.paginate_queryset(rows.order_by("-added_at", "-pk"))
        return self.get_paginated_response(ReferenceSerializer(page, many=True).data)

    @extend_schema(summary="Read a reference")
    def retrieve(self, request: Request, key: str) -> Response:
        """Read one source with the notices against it, and what it was merged into."""
        return Response(ReferenceSerializer(row_or_404(self.get_queryset(), key=key)).data)

    @extend_schema(
        summary="Add a reference",
        request=NewReferenceSerializer,
        responses={201: ReferenceSerializer},
    )
    def create(self, request: Request) -> Response:
        """Add a source. One that is there already answers 409 with its key as `current`."""
        allow(rules.why_not_keep_references(actor(request)))
        said = sent(NewReferenceSerializer, request)
        reference = add_reference(actor=actor(request), at=timezone.now(), **said)
        return Response(ReferenceSerializer(reference).data, status=201)

    @extend_schema(summary="Correct a reference", request=ChangedReferenceSerializer)
    def update(self, request: Request, key: str) -> Response:
        """Replace a source's record. Drafts follow; versions keep it as it was frozen."""
        reference = row_or_404(self.get_queryset(), key=key)
        allow(rules.why_not_keep_references(actor(request)))
        said = sent(ChangedReferenceSerializer, request)
        change_reference(
            actor=actor(request), reference_id=reference.pk, csl=said["csl"], at=timezone.now()
        )
        return Response(ReferenceSerializer(row_or_404(self.get_queryset(), key=key)).data)

    @extend_schema(
        summary="Record a notice against a source",
        request=SourceNoticeInputSerializer,
        responses={201: SourceNoticeSerializer},
    )
    @action(detail=True, methods=["post"])
    def notices(self, request: Request, key: str) -> Response:
        """Record a retraction, correction, concern or reinstatement; it shows at once."""
        reference = row_or_404(self.get_queryset(), key=key)
        allow(rules.why_not_record_notice(actor(request)))
        said = sent(SourceNoticeInputSerializer, request)
        notice = record_notice(
            actor=actor(request), reference_id=reference.pk, at=timezone.now(), **said
        )
        return Response(SourceNoticeSerializer(notice).data, status=201)
