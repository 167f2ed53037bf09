"""`manage.py verify`: recompute every digest, binding, publication and the audit trail."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from kernel.models import AuditEntry
from review.verification import CHECKS, counts


class Command(BaseCommand):
    help = "Recompute all evidence; exit with 1 and name what does not hold."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head",
            metavar="DIGEST",
            help="Digest of the newest audit entry that you noted earlier: it must still be there.",
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for name, check in CHECKS.items():
            findings = list(check())
            found += len(findings)
            self.stdout.write(f"{name}: {f'{len(findings)} found' if findings else 'holds'}")
            for finding in findings:
                self.stdout.write(f"  {finding}")
        head = AuditEntry.objects.order_by("-position").first()
        noted = options["head"]
        if noted and not AuditEntry.objects.filter(digest=noted).exists():
            found += 1
            self.stdout.write(f"Audit trail: no entry has the digest {noted} any more")
        self.stdout.write(", ".join(f"{number} {name}" for name, number in counts().items()))
        if head:
            self.stdout.write(f"Newest audit entry: {head.position}, {head.digest}")
        if found:
            self.stdout.write(f"{found} findings. The evidence does not hold.")
            raise SystemExit(1)
        self.stdout.write("Everything holds.")
