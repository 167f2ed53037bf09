"""What programs are told of drafts, versions and references."""

from typing import Any

from rest_framework import serializers

from accounts.api.people import PersonSerializer
from articles.models import Article, Edition, Reference, ReferenceNotice, Topic, Version


def one_of(values: list[str]) -> str:
    """Return the help of a field that says one of `values`.

    Said in words: the schema has one enumeration for each set of values, where they are sent.
    """
    return f"One of {', '.join(values)}."


class TopicSerializer(serializers.ModelSerializer[Topic]):
    class Meta:
        model = Topic
        fields = ["slug", "name"]
        read_only_fields = fields


class ArticleIdentitySerializer(serializers.ModelSerializer[Article]):
    """What an article is about. Its slug never changes."""

    specialty = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True)

    class Meta:
        model = Article
        fields = ["slug", "question", "specialty"]
        read_only_fields = fields


class EditionRowSerializer(serializers.ModelSerializer[Edition]):
    """A draft in a list."""

    article = ArticleIdentitySerializer(read_only=True)
    audience = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True)
    updated_by = PersonSerializer(read_only=True)

    class Meta:
        model = Edition
        fields = [
            "id",
            "article",
            "language",
            "audience",
            "jurisdiction",
            "title",
            "heading",
            "source",
            "draft_number",
            "created_at",
            "updated_at",
            "updated_by",
        ]
        read_only_fields = fields


class FollowedSerializer(serializers.ModelSerializer[Version]):
    """The version of its source that a draft was last brought in line with."""

    edition = serializers.IntegerField(source="edition_id", read_only=True)

    class Meta:
        model = Version
        fields = ["id", "edition", "number", "digest"]
        read_only_fields = fields


class EditionSerializer(EditionRowSerializer):
    """A draft with its text. Its `ETag` is `"draft-<draft_number>"`."""

    ai_provenance = serializers.DictField(child=serializers.CharField(), read_only=True)
    followed = FollowedSerializer(read_only=True, allow_null=True)

    class Meta(EditionRowSerializer.Meta):
        fields = [*EditionRowSerializer.Meta.fields, "followed", "summary", "body", "ai_provenance"]
        read_only_fields = fields


class FindingSerializer(serializers.Serializer[Any]):
    """One finding of a check: where it is, why it matters and how to mend it. `docs/checks.md` lists the codes."""

    code = serializers.CharField()
    severity = serializers.CharField(help_text="One of blocking, advisory.")
    field = serializers.CharField(help_text="Of the draft.")
    section = serializers.CharField(help_text="The heading above the place, where it has one.")
    sentence = serializers.CharField(help_text="The sentence, table row or caption.")
    words = serializers.CharField(help_text="The words in it.")
    message = serializers.CharField(help_text="What is wrong.")
    why = serializers.CharField(help_text="Why it matters.")
    remedy = serializers.CharField(help_text="How to mend it.")
    insertion = serializers.CharField(
        help_text="What to insert after the words, where that mends it."
    )
    citation_number = serializers.IntegerField(
        allow_null=True, help_text="Of the reference that it is about, if it is."
    )
    reference_id = serializers.IntegerField(
        allow_null=True, help_text="Of the reference that it is about, if the library has it."
    )


class ReadingSerializer(serializers.Serializer[Any]):
    """How hard one section reads."""

    section = serializers.CharField(source="heading", help_text="Its heading.")
    measure = serializers.CharField(
        source="reading.measure",
        help_text="One of grade (Flesch-Kincaid), lix, characters (mean length of a sentence).",
    )
    value = serializers.FloatField(
        source="reading.value", allow_null=True, help_text="Null where there is too little text."
    )
    smog = serializers.FloatField(source="reading.smog", allow_null=True)
    sentences = serializers.IntegerField(source="reading.sentences")
    words = serializers.IntegerField(source="reading.words")


class ChecksSerializer(serializers.Serializer[Any]):
    """What keeps a draft from being frozen, and advice."""

    draft_number = serializers.IntegerField()
    can_be_frozen = serializers.BooleanField()
    problems = FindingSerializer(many=True, help_text="What blocks, in reading order.")
    advice = FindingSerializer(many=True, help_text="What does not block, in reading order.")
    reading_grade = serializers.IntegerField(
        allow_null=True, help_text="What the audience asks for."
    )
    readings = ReadingSerializer(many=True)


class VersionRowSerializer(serializers.ModelSerializer[Version]):
    """A version in a list of the desk."""

    edition = serializers.IntegerField(source="edition_id", read_only=True)
    frozen_by = PersonSerializer(read_only=True)

    class Meta:
        model = Version
        fields = [
            "id",
            "edition",
            "number",
            "draft_number",
            "title",
            "heading",
            "summary",
            "digest",
            "change_class",
            "change_note",
            "frozen_by",
            "frozen_at",
        ]
        read_only_fields = fields


class SourceNoticeSerializer(serializers.ModelSerializer[ReferenceNotice]):
    """What a journal published against a source."""

    label = serializers.CharField(source="get_kind_display", read_only=True)  # type: ignore[assignment]

    kind = serializers.CharField(read_only=True, help_text=one_of(ReferenceNotice.Kind.values))

    class Meta:
        model = ReferenceNotice
        fields = ["kind", "label", "noticed_on", "doi", "url", "reason"]
        read_only_fields = fields


class ReferenceSerializer(serializers.ModelSerializer[Reference]):
    """A source of the library."""

    csl = serializers.DictField(read_only=True)
    notices = SourceNoticeSerializer(many=True, read_only=True)
    merged_into: serializers.SlugRelatedField[Reference] = serializers.SlugRelatedField(
        slug_field="key",
        read_only=True,
        allow_null=True,
        help_text="Key of the reference that stands for this one since they were found to be one source.",
    )

    class Meta:
        model = Reference
        fields = [
            "key",
            "csl",
            "title",
            "authors",
            "year",
            "doi",
            "pmid",
            "is_identified",
            "merged_into",
            "added_at",
            "notices",
        ]
        read_only_fields = fields


class FrozenReferenceSerializer(serializers.Serializer[Any]):
    """A source as it was frozen into a version."""

    number = serializers.IntegerField()
    key = serializers.CharField()
    csl = serializers.DictField()
    html = serializers.CharField(help_text="In AMA style.")


class FrozenDisclaimerSerializer(serializers.Serializer[Any]):
    language = serializers.CharField()
    jurisdiction = serializers.CharField()
    text = serializers.CharField()


class FrozenTextSerializer(serializers.Serializer[Any]):
    """Everything that a version says."""

    language = serializers.CharField()
    audience = serializers.CharField()
    jurisdiction = serializers.CharField()
    title = serializers.CharField()
    heading = serializers.CharField()
    summary = serializers.CharField()
    body = serializers.CharField(help_text="In canonical form: what is signed.")
    html = serializers.CharField(help_text="The same body as readers see it.")
    references = FrozenReferenceSerializer(many=True)
    disclaimers = FrozenDisclaimerSerializer(many=True)
    ai_provenance = serializers.DictField(child=serializers.CharField())
    canonical = serializers.CharField(
        help_text="Canonical JSON (RFC 8785) of it all; its SHA-256 is the version's digest."
    )


def frozen_text(version: Version) -> dict[str, Any]:
    """Return what a version says, for `FrozenTextSerializer`. No query."""
    content = version.frozen
    names = (
        "language",
        "audience",
        "jurisdiction",
        "title",
        "heading",
        "summary",
        "body",
        "disclaimers",
        "ai_provenance",
    )
    return {
        **{name: content[name] for name in names},
        "html": version.rendered,
        "references": [
            {**row, "html": html}
            for row, html in zip(content["references"], version.rendered_references, strict=True)
        ],
        "canonical": version.content,
    }
