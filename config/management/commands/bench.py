"""`manage.py bench`: what the product costs beside its peers and the floor, on a server of its own."""

import subprocess
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Hands over to `python -m bench`, which connects to its own database before any setting is read."""

    help = "bench [desk|board|search|…|all] [--size 10k|100k|1m] [--json OUT]: measure, never in this database."
    requires_system_checks: list[str] = []

    def run_from_argv(self, argv: list[str]) -> None:
        """The arguments are the bench's own."""
        self.handle(arguments=argv[2:])

    def handle(self, *args: Any, **options: Any) -> None:
        """Run it to its end."""
        command = [sys.executable, "-m", "bench", *options.get("arguments", args)]
        done = subprocess.run(command, cwd=settings.BASE_DIR, check=False)  # noqa: S603 (our own program)
        if done.returncode:
            raise SystemExit(done.returncode)
