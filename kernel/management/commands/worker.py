"""`manage.py worker`: deliver mail and do the work behind the answers, beside the web server."""

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kernel.worker import Stop, new_worker_id, work, work_off


class Command(BaseCommand):
    help = "Deliver mail and do the work behind the answers, until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how often to look, and whether to stop when there is nothing left to do."""
        parser.add_argument("--interval", type=float, default=1.0, help="Seconds between looks.")
        parser.add_argument("--once", action="store_true", help="Do what is due now, and stop.")

    def handle(self, *args: Any, interval: float, once: bool, **options: Any) -> None:
        """Work; finish the task at hand on SIGTERM or Ctrl-C."""
        if once:
            work_off(worker_id=new_worker_id())
            return
        stop = Stop()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, stop)
        work(interval=max(0.1, interval), stop=stop)
