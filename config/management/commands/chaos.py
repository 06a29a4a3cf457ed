"""`manage.py chaos`: hurt the product while people work with it, on a server of its own. See docs/concepts/chaos.md."""

import subprocess
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Hands over to `python -m tests.chaos.run`, which connects to its own database before any setting is read."""

    help = "chaos [--seed N] [--seconds S] [--plant BUG]: never in this database."
    requires_system_checks: list[str] = []

    def run_from_argv(self, argv: list[str]) -> None:
        """The arguments are its own."""
        self.handle(arguments=argv[2:])

    def handle(self, *args: Any, **options: Any) -> None:
        """Run it to its end."""
        command = [sys.executable, "-m", "tests.chaos.run", *options.get("arguments", args)]
        done = subprocess.run(command, cwd=settings.BASE_DIR, check=False)  # noqa: S603 (our own program)
        if done.returncode:
            raise SystemExit(done.returncode)
