"""Where everything is, and what answers where nothing is."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import exceptions
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from kernel.api.base import ApiView

LISTS = ("article", "publication", "edition", "reference", "submission", "token")
PAGES = ("schema", "docs", "problems")


class Root(ApiView):
    """Where everything is."""

    permission_classes = [AllowAny]

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        """List the addresses of the lists, the schema and its documentation."""
        lists = {f"{name}s": f"api:{name}-list" for name in LISTS}
        names = lists | {name: f"api:{name}" for name in PAGES}
        return Response({name: reverse(route, request=request) for name, route in names.items()})


class Nowhere(ApiView):
    """Answer what no address matches as a problem too."""

    permission_classes = [AllowAny]
    schema = None  # type: ignore[assignment]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse, whatever the method.

        :raises NotFound: always.
        """
        super().initial(request, *args, **kwargs)
        raise exceptions.NotFound
