"""Commands that hand over to a program of their own, which chooses its database before any setting is read."""

import subprocess
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand


class Program(BaseCommand):
    """Runs `python -m <module>` with the arguments as they were typed, and ends as it ended."""

    module = ""
    requires_system_checks: list[str] = []

    def run_from_argv(self, argv: list[str]) -> None:
        """The arguments are the program's own."""
        self.handle(arguments=argv[2:])

    def handle(self, *args: Any, **options: Any) -> None:
        """Run it to its end."""
        command = [sys.executable, "-m", self.module, *options.get("arguments", args)]
        done = subprocess.run(command, cwd=settings.BASE_DIR, check=False)  # noqa: S603 (our own program)
        if done.returncode:
            raise SystemExit(done.returncode)
