"""Tokens: one for each program that works in somebody's name."""

from typing import Any

from django.contrib.auth import authenticate
from django.db.models import Q, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from knox.models import AuthToken
from rest_framework import serializers, viewsets
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle, BaseThrottle, SimpleRateThrottle

from accounts.actions.tokens import issue_token, revoke_token
from accounts.api.people import actor
from accounts.models import User
from kernel.api.base import ApiView, StrictSerializer, sent
from kernel.errors import NotAllowed


def _who(request: Request, *, email: str, password: str) -> User:
    """Return whoever has this address and password.

    Failures count towards the lockout like failed sign-ins; `request` tells it from where.

    :raises NotAllowed: if they are not right, or if there were too many failures.
    """
    # Accounts are kept in lower case, and the lockout is to count one name once.
    person = authenticate(request, username=email.strip().lower(), password=password)
    if not isinstance(person, User):
        raise NotAllowed("The e-mail address or the password is not right.")
    return person


class TokenRateThrottle(SimpleRateThrottle):
    """Few attempts from one place, whatever the address: the lockout counts by address."""

    scope = "tokens"
    rate = "20/min"

    def get_cache_key(self, request: Request, view: Any) -> str:
        """Return the key under which this place is counted."""
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}


class TokenRequestSerializer(StrictSerializer):
    email = serializers.EmailField(max_length=254)
    password = serializers.CharField(trim_whitespace=False, max_length=4096, write_only=True)


class TokenSerializer(serializers.ModelSerializer[AuthToken]):
    """A token as its owner sees it later: never its secret."""

    key = serializers.CharField(
        source="token_key", help_text="How the token begins; names it when it is revoked."
    )
    created_at = serializers.DateTimeField(source="created")
    expires_at = serializers.DateTimeField(source="expiry", allow_null=True)

    class Meta:
        model = AuthToken
        fields = ["key", "created_at", "expires_at"]
        read_only_fields = fields


class IssuedTokenSerializer(TokenSerializer):
    """A new token. This is the only time that its secret is shown."""

    token = serializers.SerializerMethodField(
        help_text="Send it as `Authorization: Token …`. Shown this once."
    )

    class Meta(TokenSerializer.Meta):
        fields = ["token", *TokenSerializer.Meta.fields]
        read_only_fields = fields

    def get_token(self, _token: AuthToken) -> str:
        """Return the secret that the view was given."""
        return str(self.context["secret"])


class TokenViewSet(ApiView, viewsets.GenericViewSet[AuthToken]):
    """Getting a token, seeing one's own, revoking one."""

    serializer_class = TokenSerializer
    lookup_field = "token_key"
    lookup_url_kwarg = "key"
    lookup_value_regex = "[0-9a-zA-Z]+"

    def get_authenticators(self) -> list[BaseAuthentication]:
        """Whoever asks for a token has only a password, and no session is looked at."""
        if self.request is not None and self.request.method == "POST":
            return []
        return super().get_authenticators()

    def get_permissions(self) -> list[BasePermission]:
        """Let everybody ask for a token; the rest is for its owner."""
        return [AllowAny()] if self.action == "create" else [IsAuthenticated()]

    def get_throttles(self) -> list[BaseThrottle]:
        """Hold back guessing."""
        if self.action == "create":
            return [TokenRateThrottle(), AnonRateThrottle()]
        return super().get_throttles()

    def get_queryset(self) -> QuerySet[AuthToken]:
        """Return the person's own tokens that still count."""
        if not self.request.user.is_authenticated:
            nothing: QuerySet[AuthToken] = AuthToken.objects.none()
            return nothing
        alive = Q(expiry__isnull=True) | Q(expiry__gt=timezone.now())
        rows: QuerySet[AuthToken] = AuthToken.objects.filter(alive, user=self.request.user)
        return rows.order_by("-created", "pk")

    @extend_schema(summary="List your tokens", responses=TokenSerializer(many=True))
    def list(self, request: Request) -> Response:
        """List your tokens that have not expired, newest first."""
        page = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(TokenSerializer(page, many=True).data)

    @extend_schema(
        summary="Get a token",
        request=TokenRequestSerializer,
        responses={201: IssuedTokenSerializer},
        auth=[],
    )
    def create(self, request: Request) -> Response:
        """Exchange your e-mail address and password for a token that is valid for 90 days.

        Wrong passwords count towards the same lockout as on the sign-in page.
        """
        said = sent(TokenRequestSerializer, request)
        token, secret = issue_token(actor=_who(request, **said), at=timezone.now())
        shown = IssuedTokenSerializer(token, context={"secret": secret})
        return Response(shown.data, status=201)

    @extend_schema(summary="Revoke a token", responses={204: None})
    def destroy(self, request: Request, key: str) -> Response:
        """Revoke one of your tokens. It stops working at once."""
        revoke_token(actor=actor(request), key=key, at=timezone.now())
        return Response(status=204)
