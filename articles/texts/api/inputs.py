"""What programs send to the editor's desk. What may be done is the actions' business."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from rest_framework import serializers

from accounts.models import Specialty
from articles.models import Audience, ReferenceNotice, Topic, Version
from articles.texts.draft import DraftText
from kernel.api.base import QuerySerializer, Slug, StrictSerializer

TEXT = ("title", "heading", "summary", "body", "jurisdiction", "ai_provenance")


class DraftSerializer(StrictSerializer):
    """The text of a draft: PUT sends all of it, PATCH what changes."""

    title = serializers.CharField(allow_blank=True, help_text="The question as its title.")
    heading = serializers.CharField(allow_blank=True, help_text="The page's own heading.")
    summary = serializers.CharField(allow_blank=True)
    body = serializers.CharField(
        allow_blank=True,
        trim_whitespace=False,
        help_text="HTML; stored in canonical form. Citations are "
        '`<cite data-refs="key …">`, keys of the reference library.',
    )
    jurisdiction = serializers.CharField(allow_blank=True, help_text="Country code, or nothing.")
    ai_provenance = serializers.DictField(
        child=serializers.CharField(allow_blank=True),
        help_text="`model`, `prompt`, `date`, `responsible`; empty where no model had a part.",
    )
    note = serializers.CharField(
        allow_blank=True, required=False, max_length=500, help_text="For the draft's history."
    )


def draft_of(said: dict[str, Any], base: DraftText) -> DraftText:
    """Return `base` with what was said put in; takes it out of `said`."""
    return replace(base, **{name: said.pop(name) for name in TEXT if name in said})


class NewEditionSerializer(StrictSerializer):
    """Another edition of an article; without a text it begins with the question as its title."""

    language = serializers.ChoiceField(choices=settings.LANGUAGES)
    audience = Slug(queryset=Audience.objects.all())
    title = serializers.CharField(allow_blank=True, required=False)
    heading = serializers.CharField(allow_blank=True, required=False)
    summary = serializers.CharField(allow_blank=True, required=False)
    body = serializers.CharField(allow_blank=True, required=False, trim_whitespace=False)
    jurisdiction = serializers.CharField(allow_blank=True, required=False)
    ai_provenance = serializers.DictField(
        child=serializers.CharField(allow_blank=True), required=False
    )


class AddedEditionSerializer(NewEditionSerializer):
    """Another edition of an article that may adapt one of the others."""

    follows = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=2**63 - 1,
        help_text="Number of the edition of the same article that this one translates or "
        "rewrites. It follows that edition's current version.",
    )


class NewArticleSerializer(NewEditionSerializer):
    """A new article with its first edition."""

    question = serializers.CharField(max_length=300)
    slug = serializers.SlugField(
        required=False, max_length=120, help_text="Made from the question unless given."
    )
    specialty = Slug(queryset=Specialty.objects.all())
    topics = Slug(queryset=Topic.objects.all(), many=True, required=False)


class FreezeSerializer(StrictSerializer):
    """Which draft to freeze, and what changed since the version before."""

    draft_number = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    change_class = serializers.ChoiceField(
        choices=Version.ChangeClass.choices,
        required=False,
        help_text="Needed from the second version on, and then not `FIRST`.",
    )
    change_note = serializers.CharField(
        required=False, allow_blank=True, max_length=2000, help_text="What changed and why."
    )


class NewReferenceSerializer(StrictSerializer):
    """A source for the library."""

    csl = serializers.DictField(help_text="One CSL-JSON record.")
    key = serializers.SlugField(
        required=False, max_length=80, help_text="Made from authors and year unless given."
    )


class ChangedReferenceSerializer(StrictSerializer):
    """A source's corrected record."""

    csl = serializers.DictField(help_text="One CSL-JSON record; it replaces the one there is.")


class SourceNoticeInputSerializer(StrictSerializer):
    """What a journal published against a source."""

    kind = serializers.ChoiceField(choices=ReferenceNotice.Kind.choices)
    noticed_on = serializers.DateField(help_text="The date of the notice itself.")
    doi = serializers.CharField(required=False, allow_blank=True, max_length=300)
    url = serializers.URLField(required=False, allow_blank=True, max_length=500)
    reason = serializers.CharField(required=False, allow_blank=True, max_length=10_000)


class EditionQuery(QuerySerializer):
    language = serializers.ChoiceField(choices=settings.LANGUAGES, required=False)
    audience = Slug(queryset=Audience.objects.all(), required=False)
    article = serializers.SlugField(required=False, help_text="Slug of the article.")


class ReferenceQuery(QuerySerializer):
    search = serializers.CharField(
        required=False,
        max_length=200,
        help_text="Every word, in key, title, authors, DOI or PMID.",
    )
