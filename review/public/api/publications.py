"""Publications: what the public sees of each edition."""

from django.conf import settings
from django.http import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from articles.models import Audience
from kernel.api.base import ApiView, QuerySerializer, Slug, row_or_404
from review.models import GONE_STATES, READABLE_STATES, Notice, Publication
from review.public.api.conditional import conditional
from review.public.api.public import (
    PublicationDetailSerializer,
    PublicationSerializer,
    public_text,
)
from review.public.facts import gather
from review.public.models.publication import PublicationQuerySet

SHOWN = [*READABLE_STATES, *GONE_STATES]


class PublicationQuery(QuerySerializer):
    language = serializers.ChoiceField(choices=settings.LANGUAGES, required=False)
    audience = Slug(queryset=Audience.objects.all(), required=False)
    state = serializers.ChoiceField(
        choices=[(state.value, state.label) for state in SHOWN], required=False
    )


class PublicationViewSet(ApiView, viewsets.GenericViewSet[Publication]):
    """One row for each edition that is or was public, those taken down included."""

    permission_classes = [AllowAny]
    serializer_class = PublicationSerializer
    lookup_field = "edition"
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> PublicationQuerySet:
        """Return every publication, without the texts."""
        return gather(Publication.objects.all()).for_lists().with_edition()

    @extend_schema(
        summary="List publications",
        parameters=[PublicationQuery],
        responses=PublicationSerializer(many=True),
    )
    @conditional
    def list(self, request: Request) -> HttpResponseBase:
        """List what is public, and what was and is taken down, by edition."""
        said = PublicationQuery.read(request)
        fields = {
            "language": "language",
            "audience": "edition__audience",
            "state": "submission__state",
        }
        rows = self.get_queryset().filter(**{fields[name]: said[name] for name in said})
        page = self.paginate_queryset(rows.order_by("pk"))
        return self.get_paginated_response(
            PublicationSerializer(map(public_text, page or ()), many=True).data
        )

    @extend_schema(summary="Read a publication", responses=PublicationDetailSerializer)
    @conditional
    def retrieve(self, request: Request, edition: str) -> HttpResponseBase:
        """Say what the public sees of an edition, who signed it, and every notice on it."""
        row = row_or_404(self.get_queryset(), pk=edition)
        notices = Notice.objects.concerning(row.pk)
        context = {"notices": notices.order_by("-published_at", "-pk")}
        return Response(PublicationDetailSerializer(public_text(row), context=context).data)
