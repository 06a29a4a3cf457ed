"""`manage.py invariants`: whether everything that always holds holds now. See docs/concepts/invariants.md."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from config.invariants import check


class Command(BaseCommand):
    """Exit 0 when all hold, 1 when one is violated, 2 when no name fits."""

    help = "Ask the whole database whether what must always hold, holds."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """All, or some; for people or for programs."""
        parser.add_argument("--only", default="", help="part of a name")
        parser.add_argument("--json", action="store_true", help="as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say of each whether it holds, and what contradicts it."""
        found = check(options["only"])
        if options["json"]:
            told = [{"name": f.invariant.name, "sentence": f.invariant.sentence, "violated_by": f.rows} for f in found]
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
        else:
            for one in found:
                self.stdout.write(
                    f"{'VIOLATED' if one.rows else 'holds':<9}{one.invariant.name}: {one.invariant.sentence}"
                )
                for row in one.rows:
                    self.stdout.write(f"         {row}")
        if not found:
            raise SystemExit(2)
        if any(one.rows for one in found):
            raise SystemExit(1)
