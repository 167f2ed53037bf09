"""What was done, what of it readers see, and what is still to be told."""

from kernel.models.audit import AuditEntry
from kernel.models.outbox_message import OutboxMessage
from kernel.models.publication_entry import PublicationEntry

__all__ = ["AuditEntry", "OutboxMessage", "PublicationEntry"]
