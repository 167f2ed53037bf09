"""Editions: reading and writing drafts, checking and freezing them."""

from typing import Any

from django.utils import timezone
from django.utils.http import parse_etags
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.people import actor
from articles.models import Edition, EditionQuerySet
from articles.texts import rules
from articles.texts.actions.drafts import save_draft
from articles.texts.actions.freezing import freeze
from articles.texts.api.inputs import DraftSerializer, EditionQuery, FreezeSerializer, draft_of
from articles.texts.api.outputs import (
    ChecksSerializer,
    EditionRowSerializer,
    EditionSerializer,
    VersionRowSerializer,
)
from articles.texts.checks import report_of
from articles.texts.draft import DraftText
from kernel.api import problems
from kernel.api.base import ApiView, allow, row_or_404, sent

IF_MATCH = OpenApiParameter(
    "If-Match",
    location=OpenApiParameter.HEADER,
    required=True,
    description='The `ETag` under which the draft was read, such as `"draft-3"`.',
)


def tag_of(edition: Edition) -> str:
    """Return the entity tag of a draft."""
    return f'"draft-{edition.draft_number}"'


def tagged(edition: Edition, *, status: int = 200) -> Response:
    """Return the answer that shows a draft under its entity tag."""
    return Response(
        EditionSerializer(edition).data, status=status, headers={"ETag": tag_of(edition)}
    )


def draft_read(request: Request, edition: Edition) -> int:
    """Return the number of the draft that the sender read, or 0 if it is none that there is.

    :raises Refusal: with 428, if the request does not say.
    """
    header = request.headers.get("If-Match", "").strip()
    if not header or header == "*":
        raise problems.Refusal(
            problems.PRECONDITION_REQUIRED,
            "Send If-Match with the ETag of the draft that you read, such as "
            f"{tag_of(edition)}; “*” does not say which.",
        )
    return edition.draft_number if tag_of(edition) in parse_etags(header) else 0


class EditionViewSet(ApiView, viewsets.GenericViewSet[Edition]):
    """Drafts. What somebody may not know of is not found."""

    serializer_class = EditionSerializer
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> EditionQuerySet:
        """Return the drafts that the person may know of."""
        return Edition.objects.visible_to(self.request.user).with_article()  # type: ignore[arg-type]

    @extend_schema(
        summary="List drafts",
        parameters=[EditionQuery],
        responses=EditionRowSerializer(many=True),
    )
    def list(self, request: Request) -> Response:
        """List the drafts that you may see, the latest saved first, without their texts."""
        said = EditionQuery.read(request)
        if "article" in said:
            said["article__slug"] = said.pop("article")
        rows = self.get_queryset().filter(**said).without_text()
        page = self.paginate_queryset(rows.order_by("-updated_at", "-pk"))
        return self.get_paginated_response(EditionRowSerializer(page, many=True).data)

    @extend_schema(summary="Read a draft")
    def retrieve(self, request: Request, pk: str) -> Response:
        """Read a draft. Its `ETag` is needed to change it."""
        return tagged(row_or_404(self.get_queryset(), pk=pk))

    @extend_schema(summary="Replace a draft", request=DraftSerializer, parameters=[IF_MATCH])
    def update(self, request: Request, pk: str) -> Response:
        """Replace the text of a draft. A text that changes nothing saves nothing."""
        return self._save(request, pk, partial=False)

    @extend_schema(summary="Change a draft", request=DraftSerializer, parameters=[IF_MATCH])
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change parts of a draft's text; the rest stays as it was read."""
        return self._save(request, pk, partial=True)

    def _save(self, request: Request, pk: str, *, partial: bool) -> Response:
        edition = row_or_404(self.get_queryset(), pk=pk)
        allow(rules.why_not_write(actor(request)))
        number = draft_read(request, edition)
        said = sent(DraftSerializer, request, partial=partial)
        saved = save_draft(
            actor=actor(request),
            edition_id=edition.pk,
            draft_number=number,
            text=draft_of(said, DraftText.of(edition)),
            note=said.get("note", ""),
            at=timezone.now(),
        )
        return tagged(saved.edition)

    @extend_schema(summary="Check a draft", responses=ChecksSerializer)
    @action(detail=True)
    def checks(self, request: Request, pk: str) -> Response:
        """Say what keeps the draft from being frozen, by the same checks as the freeze itself, and give advice."""
        edition = row_or_404(self.get_queryset(), pk=pk)
        report = report_of(edition)
        said: dict[str, Any] = {
            "draft_number": edition.draft_number,
            "can_be_frozen": not report.blocking,
            "problems": report.blocking,
            "advice": report.advice,
            "reading_grade": report.reading_grade,
            "readings": report.readings,
        }
        return Response(ChecksSerializer(said).data)

    @extend_schema(
        summary="Freeze a draft",
        request=FreezeSerializer,
        responses={201: VersionRowSerializer},
    )
    @action(detail=True, methods=["post"])
    def freeze(self, request: Request, pk: str) -> Response:
        """Freeze a draft into the next version, which nothing changes any more."""
        edition = row_or_404(self.get_queryset(), pk=pk)
        allow(rules.why_not_freeze(actor(request)))
        said = sent(FreezeSerializer, request)
        version = freeze(
            actor=actor(request),
            edition_id=edition.pk,
            draft_number=said["draft_number"],
            change_class=said.get("change_class", ""),
            change_note=said.get("change_note", ""),
            at=timezone.now(),
        )
        return Response(VersionRowSerializer(version).data, status=201)

    @extend_schema(summary="List an edition's versions", responses=VersionRowSerializer(many=True))
    @action(detail=True)
    def versions(self, request: Request, pk: str) -> Response:
        """List every version of an edition, newest first."""
        edition = row_or_404(self.get_queryset(), pk=pk)
        rows = edition.versions.select_related("frozen_by").without_text()
        page = self.paginate_queryset(rows.order_by("-number"))
        return self.get_paginated_response(VersionRowSerializer(page, many=True).data)
