"""How one public text of an article is asked for and told. Which one it is: `config.api`."""

from typing import Any

from django.conf import settings
from rest_framework import serializers

from articles.models import Audience, ReferenceNotice
from articles.texts.api.outputs import FrozenTextSerializer, TopicSerializer, one_of
from kernel.api.base import QuerySerializer, Slug
from review.public.api.public import (
    NoticeSerializer,
    PublicationSerializer,
    SignedSerializer,
    StatusSerializer,
)


class TextQuery(QuerySerializer):
    """Which text of an article. What is not said is chosen as for a reader who said nothing."""

    audience = Slug(queryset=Audience.objects.all(), required=False)
    language = serializers.ChoiceField(choices=settings.LANGUAGES, required=False)


class JournalNoticeSerializer(serializers.Serializer[Any]):
    """What a journal published against a source."""

    kind = serializers.CharField(help_text=one_of(ReferenceNotice.Kind.values))
    label = serializers.CharField()  # type: ignore[assignment]
    noticed_on = serializers.DateField()
    doi = serializers.CharField()
    url = serializers.CharField(source="address")
    reason = serializers.CharField()
    stands = serializers.BooleanField(help_text="False: a reinstatement lifted it.")


class SourceSerializer(serializers.Serializer[Any]):
    """What journals published against one of the text's sources."""

    number = serializers.IntegerField()
    is_retracted = serializers.BooleanField(help_text="And not reinstated since.")
    notices = JournalNoticeSerializer(many=True)


class ReadStatusSerializer(StatusSerializer):
    """The same with the words of the page."""

    board_line = serializers.CharField()
    line = serializers.CharField()


class OtherTextSerializer(serializers.Serializer[Any]):
    language = serializers.CharField()
    audience = serializers.CharField()
    status = serializers.CharField()


class ReadArticleSerializer(serializers.Serializer[Any]):
    """One public text of an article, with all that a reader is told of it."""

    publication = PublicationSerializer()
    topics = TopicSerializer(many=True)
    status = ReadStatusSerializer()
    text = FrozenTextSerializer()
    signatures = SignedSerializer(many=True)
    notices = NoticeSerializer(many=True, help_text="Those that stand on this text.")
    source_notices = SourceSerializer(many=True)
    others = OtherTextSerializer(many=True, help_text="The article's other public texts.")
