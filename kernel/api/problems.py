"""Problem details (RFC 9457): every refusal of the API has a kind, a status and a reason in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from rest_framework import serializers
from rest_framework.exceptions import APIException
from rest_framework.response import Response
from rest_framework.settings import api_settings

MEDIA_TYPE = "application/problem+json"
ROOT = "/api/v1/problems/"


@dataclass(frozen=True)
class Kind:
    """One kind of refusal: its address is `ROOT` and its code; the page there says all this."""

    code: str
    status: int
    title: str
    explanation: str

    @property
    def uri(self) -> str:
        """Return the stable address that stands in `type`."""
        return f"{ROOT}{self.code}/"


BAD_INPUT = Kind(
    "bad-input",
    400,
    "Something sent cannot be used",
    "`errors` names each field and says what is wrong with it. Nothing was stored.",
)
MALFORMED = Kind(
    "malformed", 400, "The request cannot be read", "The body is not JSON, or not what it says."
)
NOT_SIGNED_IN = Kind(
    "not-signed-in",
    401,
    "Not signed in",
    "Send `Authorization: Token …`. The token is missing, expired, revoked or not right.",
)
NOT_ALLOWED = Kind(
    "not-allowed",
    403,
    "Not allowed",
    "You may see this, but not do it. `detail` gives the reason, which the pages give as well.",
)
NOT_FOUND = Kind(
    "not-found",
    404,
    "Not found",
    "There is nothing here, or nothing that you may know of. For an article, `available` lists "
    "the texts that are public.",
)
METHOD_NOT_ALLOWED = Kind(
    "method-not-allowed",
    405,
    "Not done here",
    "Evidence is only ever added to: versions, signatures and submissions take no change and no "
    "deletion. `Allow` lists what this address does.",
)
NOT_ACCEPTABLE = Kind(
    "not-acceptable", 406, "No such form", "The API answers `application/json` and nothing else."
)
WRONG_STATE = Kind(
    "wrong-state",
    409,
    "The state has moved on",
    "Somebody was faster, or what is asked does not follow on the state that `current` names.",
)
NOTHING_CHANGED = Kind(
    "nothing-changed",
    409,
    "Nothing changed",
    "The text is that of the newest version, so there is nothing to freeze.",
)
FREEZE_REFUSED = Kind(
    "freeze-refused",
    409,
    "The draft cannot be frozen yet",
    "`problems` lists what blocks it: a code, the field, the reason and how to mend it.",
)
GONE = Kind(
    "gone",
    410,
    "Taken down",
    "The text was public and is not any more. `notices` says what readers have to know.",
)
STALE_DRAFT = Kind(
    "stale-draft",
    412,
    "The draft moved on",
    "Somebody saved it after you read it. `current` holds the draft as it is now with its number, "
    "`typed` what you sent. Merge them and send the result with the current `ETag`.",
)
TOO_LARGE = Kind("too-large", 413, "Too large", "The body is longer than this site accepts.")
UNSUPPORTED_MEDIA_TYPE = Kind(
    "unsupported-media-type", 415, "Not JSON", "Bodies are sent as `application/json`."
)
PRECONDITION_REQUIRED = Kind(
    "precondition-required",
    428,
    "Say which draft you read",
    "A draft is changed with `If-Match` and the `ETag` under which it was read, so that nobody "
    "writes over somebody else's text unawares.",
)
LOCKED_OUT = Kind(
    "locked-out",
    429,
    "Too many wrong passwords",
    "Passwords are not looked at for a while; `Retry-After` says for how many seconds.",
)
THROTTLED = Kind(
    "throttled",
    429,
    "Too many requests",
    "Ask less often; `Retry-After` says in how many seconds you may go on.",
)
KINDS: list[Kind] = [
    BAD_INPUT,
    MALFORMED,
    NOT_SIGNED_IN,
    NOT_ALLOWED,
    NOT_FOUND,
    METHOD_NOT_ALLOWED,
    NOT_ACCEPTABLE,
    WRONG_STATE,
    NOTHING_CHANGED,
    FREEZE_REFUSED,
    GONE,
    STALE_DRAFT,
    TOO_LARGE,
    UNSUPPORTED_MEDIA_TYPE,
    PRECONDITION_REQUIRED,
    LOCKED_OUT,
    THROTTLED,
]


class Refusal(APIException):
    """A refusal that only the API makes; `extra` goes into the problem."""

    def __init__(self, kind: Kind, detail: str, **extra: Any) -> None:
        super().__init__(detail)
        self.status_code = kind.status
        self.kind = kind
        self.extra = extra


def respond(
    kind: Kind, detail: str, *, headers: Mapping[str, str] | None = None, **extra: Any
) -> Response:
    """Return the answer that tells of a problem; `extra` are members beside RFC 9457's own."""
    return Response(
        {
            "type": kind.uri,
            "title": kind.title,
            "status": kind.status,
            "detail": detail,
            **extra,
        },
        status=kind.status,
        headers=dict(headers or {}),
        content_type=MEDIA_TYPE,
    )


def flat(detail: Any, path: str = "") -> dict[str, list[str]]:
    """Return reasons by field; a field within a field is named like `text.body`."""
    if isinstance(detail, Mapping):
        found: dict[str, list[str]] = {}
        for name, inner in detail.items():
            own = api_settings.NON_FIELD_ERRORS_KEY if name == NON_FIELD_ERRORS else str(name)
            for field, reasons in flat(inner, f"{path}.{own}" if path else own).items():
                found.setdefault(field, []).extend(reasons)
        return found
    field = path or api_settings.NON_FIELD_ERRORS_KEY
    if isinstance(detail, Sequence) and not isinstance(detail, str):
        found = {}
        for place, inner in enumerate(detail):
            within = f"{field}.{place}" if isinstance(inner, Mapping) else field
            for name, reasons in flat(inner, within).items():
                found.setdefault(name, []).extend(reasons)
        return found
    return {field: [str(detail)]}


class ProblemSerializer(serializers.Serializer[dict[str, Any]]):
    """How every refusal looks. Members that do not apply are left out."""

    type = serializers.CharField(help_text="Address of the kind of problem, stable.")
    title = serializers.CharField(help_text="The kind of problem, in words.")
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="The reason in this case, in words.")
    errors = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField()),
        required=False,
        help_text="bad-input: by field, what is wrong.",
    )
    current = serializers.JSONField(
        required=False,
        help_text="wrong-state: the state now. stale-draft: the draft now, with its number.",
    )
    typed = serializers.JSONField(required=False, help_text="stale-draft: what you sent.")
    problems = serializers.ListField(
        child=serializers.JSONField(), required=False, help_text="freeze-refused: what blocks it."
    )
    notices = serializers.ListField(
        child=serializers.JSONField(), required=False, help_text="gone: what readers must know."
    )
    available = serializers.ListField(
        child=serializers.JSONField(), required=False, help_text="not-found: the public texts."
    )
