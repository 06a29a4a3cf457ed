"""`forget_uploads`: delete the lists that were read and not entered in time. The worker does it every hour."""

from typing import Any

from django.core.management.base import BaseCommand

from casework.background.chores import forget_uploads


class Command(BaseCommand):
    """Deletes member lists after a day and rosters after a week: they hold what others typed about people."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete and say how many went."""
        gone = forget_uploads()
        self.stdout.write(f"{gone['member_lists']} member lists, {gone['rosters']} rosters deleted.")
