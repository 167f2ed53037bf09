"""A task that a worker is killed in the middle of."""

import time
from pathlib import Path

from kernel.tasks import task


@task()
def sleep_once(mark: str) -> None:
    """Sleep for long the first time, which leaves `mark`; return at once when it is there."""
    path = Path(mark)
    if path.exists():
        return
    path.touch()
    time.sleep(600)
