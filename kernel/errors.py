"""What the domain refuses, and how each door answers (`docs/architecture.md`)."""

from django.core.exceptions import PermissionDenied


class NotAllowed(PermissionDenied):
    """The actor may see this but not do it; the message is the reason. Answered with 403."""


class WrongState(Exception):
    """Someone was faster, or the state moved on. Answered with 409 and the current state."""

    def __init__(self, reason: str, *, current: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.current = current


class NothingChanged(WrongState):
    """The action would have stored what already stands."""
