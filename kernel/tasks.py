"""Work that is done behind the answers. The one module that knows which library runs it."""

from django.utils import timezone
from django_tasks import task

from kernel import outbox

__all__ = ["deliver_messages", "task"]


@task()
def deliver_messages() -> int:
    """Deliver what the outbox holds and is due; return how many messages were told."""
    return outbox.deliver_due(now=timezone.now)
