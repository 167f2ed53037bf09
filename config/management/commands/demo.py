"""`manage.py demo`: load the demonstration once, and say who can sign in."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.test.utils import override_settings
from django.utils import timezone

from accounts.models import User
from demo.loader import Loader, is_loaded, sign_ins
from kernel.worker import new_worker_id, work_off


class Command(BaseCommand):
    help = (
        "Load the demo's people and articles into an empty database. Does nothing the second time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is not a demo site. Set DEMO=1, or run: make demo")
        if not is_loaded():
            if User.objects.exists():
                raise CommandError(
                    "This database holds people already, but not the whole demo. "
                    "Start over with: make demo RESET=1"
                )
            started = time.monotonic()
            # Years of invented letters to invented people stay unsent, also by the worker that comes.
            with override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"):
                Loader(now=timezone.now(), tell=self.tell).load()
                work_off(worker_id=new_worker_id())
            self.stdout.write(f"Loaded in {time.monotonic() - started:.0f} seconds.")
        self.stdout.write("\nSign in as (the password is the same for all):")
        for person in sign_ins():
            self.stdout.write(f"  {person['role']:14} {person['email']:32} {person['password']}")
        self.stdout.write(f"\nSite   {settings.SITE_URL}/")
        self.stdout.write(f"Desk   {settings.SITE_URL}/desk/")
        self.stdout.write(f"Board  {settings.SITE_URL}/board/")
        self.stdout.write(f"Admin  {settings.SITE_URL}/admin/")

    def tell(self, words: str) -> None:
        """Show how far the load is, at once: in a log, too, nobody wants to wait for a full page."""
        self.stdout.write(f"  {words}")
        self.stdout.flush()
