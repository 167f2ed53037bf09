"""What the account pages have in common: who asks, and the side navigation."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User


class SignedInRequest(HttpRequest):
    """A request that `login_required` let through."""

    user: User


def shell(current: str, heading: str, **context: Any) -> dict[str, Any]:
    """Return the context of an account page; `current` is the name of its route."""
    pages = [
        ("profile", _("Profile"), "user"),
        ("interests", _("Interests"), "scale"),
        ("password", _("Password"), "key"),
    ]
    return {
        "area": "account",
        "heading": heading,
        "side_nav_title": _("Your account"),
        "side_nav": [
            {
                "label": label,
                "url": reverse(f"accounts:{name}"),
                "icon": icon,
                "current": name == current,
            }
            for name, label, icon in pages
        ],
        **context,
    }
