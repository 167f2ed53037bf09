"""The schema: each operation says that it may answer with a problem."""

from typing import Any, Literal

from drf_spectacular.openapi import AutoSchema

from kernel.api.problems import MEDIA_TYPE, ProblemSerializer

Direction = Literal["request", "response"]


class ProblemSchema(AutoSchema):
    """Adds problem details as every operation's `default` answer."""

    def get_tags(self) -> list[str]:
        """Return the noun that the address begins with."""
        return super().get_tags() or ["api"]

    def _get_response_bodies(self, direction: Direction = "response") -> dict[str, Any]:
        """Return the declared answers and, as `default`, a problem."""
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        component = self.resolve_serializer(ProblemSerializer, "response")
        bodies["default"] = {
            "content": {MEDIA_TYPE: {"schema": component.ref}},
            "description": "A problem, with the reason in words.",
        }
        return bodies
