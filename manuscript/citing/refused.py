"""The one way a reference is turned down."""


class ReferenceRefused(ValueError):
    """A record that cannot stand as a reference; says which field and why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason
