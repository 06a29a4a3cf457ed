"""`worker`: do the work in the background, until told to stop."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from casework.background.once import everything_once
from casework.background.supervisor import Supervisor


class Command(BaseCommand):
    """Runs tasks, periodic work and pumps. SIGTERM or Ctrl-C ends it after the tasks at hand, a second one at once."""

    help = __doc__
    # The site's own start checks everything; a worker that was killed shall be back at once.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is ready now, in this process, and end")
        parser.add_argument("--processes", type=int, default=2, choices=range(1, 33), metavar="N", help="how many (2)")
        parser.add_argument("--queues", nargs="+", metavar="QUEUE", help="take tasks of these queues only")

    def handle(self, *args: Any, once: bool, processes: int, queues: list[str] | None, **options: Any) -> None:
        """Work; say how much only for --once."""
        if once:
            self.stdout.write(f"{everything_once(queues)} done.")
        else:
            Supervisor(processes, queues).run()
