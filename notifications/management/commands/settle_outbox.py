"""Lets what waits in the outbox be told to nobody: after old cases were brought in, nobody needs news of them."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from notifications.models import OutboxMessage


class Command(BaseCommand):
    """Safe to run again."""

    help = "Mark waiting messages as told without telling them, but for the newest."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many of the newest messages are told all the same."""
        parser.add_argument("--keep-newest", type=int, default=0, metavar="N")

    def handle(self, *args: Any, **options: Any) -> None:
        """Mark them, in one statement."""
        waiting = OutboxMessage.objects.filter(state=OutboxMessage.State.WAITING)
        kept = waiting.order_by("-pk").values("pk")[: max(options["keep_newest"], 0)]
        told = waiting.exclude(pk__in=kept).update(state=OutboxMessage.State.SENT)
        self.stdout.write(f"{told} messages are told to nobody.")
