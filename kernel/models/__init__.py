"""What was done, by whom and when."""

from kernel.models.audit import AuditEntry
from kernel.models.generation import Generation

__all__ = ["AuditEntry", "Generation"]
