"""What the API's views and serializers are built on."""

from collections.abc import Mapping
from typing import IO, Any

from django.db.models import Model, QuerySet
from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kernel.api.schema import ProblemSchema
from kernel.errors import NotAllowed


class ShallowJSONParser(JSONParser):
    """JSON nested no deeper than Python reads."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Return what the body says.

        :raises ParseError: if it is not JSON, or nested too deeply.
        """
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as exc:
            raise ParseError("JSON parse error - nested too deeply.") from exc


class ApiView(APIView):
    """What every view is: problems in the schema, answers stored nowhere."""

    parser_classes = [ShallowJSONParser]
    schema = ProblemSchema()

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        """Keep answers out of stores, unless the view said otherwise."""
        final = super().finalize_response(request, response, *args, **kwargs)
        final.headers.setdefault("Cache-Control", "private, no-store")
        return final


class StrictSerializer(serializers.Serializer[Any]):
    """Input that refuses what it does not know, rather than passing over it in silence."""

    def to_internal_value(self, data: Any) -> Any:
        """Return the validated input.

        :raises ValidationError: naming unknown fields too.
        """
        if isinstance(data, Mapping):
            known = {name for name, field in self.fields.items() if not field.read_only}
            if unknown := sorted(set(map(str, data)) - known):
                reason = "This cannot be set here."
                raise serializers.ValidationError({name: [reason] for name in unknown})
        return super().to_internal_value(data)


class Slug(serializers.SlugRelatedField[Any]):
    """A row named by its slug. An unknown one is answered with those there are."""

    def __init__(self, queryset: QuerySet[Any] | None = None, **kwargs: Any) -> None:
        super().__init__(slug_field="slug", queryset=queryset, **kwargs)

    def fail(self, key: str, **kwargs: Any) -> Any:
        """Refuse with the known slugs.

        :raises ValidationError: always.
        """
        if key != "does_not_exist":
            super().fail(key, **kwargs)
        rows = self.get_queryset()
        assert rows is not None
        known = rows.order_by("slug").values_list("slug", flat=True)[:100]
        raise serializers.ValidationError(
            f"There is no “{kwargs.get('value')}”. There are: {', '.join(known)}."
        )


class QuerySerializer(serializers.Serializer[Any]):
    """Query parameters. One that is not valid is refused, not passed over."""

    @classmethod
    def read(cls, request: Request) -> dict[str, Any]:
        """Return the parameters of `request` that say something.

        :raises ValidationError: naming the parameter and the reason.
        """
        sent = {name: value for name, value in request.query_params.items() if value}
        query = cls(data=sent)
        query.is_valid(raise_exception=True)
        return dict(query.validated_data)


def sent(
    serializer: type[serializers.BaseSerializer[Any]], request: Request, **kwargs: Any
) -> dict[str, Any]:
    """Return the validated body of `request`.

    :raises ValidationError: naming each field and the reason.
    """
    body = serializer(data=request.data, **kwargs)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


def allow(reason: str | None) -> None:
    """Go on if a rule gave no reason not to.

    :raises NotAllowed: with the reason.
    """
    if reason:
        raise NotAllowed(reason)


def row_or_404(rows: QuerySet[Any], **lookup: Any) -> Any:
    """Return the row of `rows` that `lookup` names.

    :raises DoesNotExist: answered with 404.
    """
    found: Model = rows.get(**lookup)
    return found
