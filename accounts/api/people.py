"""People in the API: who asks, and how colleagues are named."""

from rest_framework import serializers
from rest_framework.request import Request

from accounts.models import User


class PersonSerializer(serializers.ModelSerializer[User]):
    """Somebody who did something, as colleagues know them."""

    class Meta:
        model = User
        fields = ["id", "name"]
        read_only_fields = fields


def actor(request: Request) -> User:
    """Return who asks; the view's permissions have let only people in."""
    assert isinstance(request.user, User)
    return request.user
