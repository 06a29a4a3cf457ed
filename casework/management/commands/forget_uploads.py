"""`forget_uploads`: delete the lists that were read and not entered in time. To be run every hour."""

from typing import Any

from django.core.management.base import BaseCommand

from casework.people.roll.uploads import forget_old_uploads
from casework.programme.models import RosterUpload


class Command(BaseCommand):
    """Deletes member lists after a day and rosters after a week: they hold what others typed about people."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete and say how many went."""
        members, rosters = forget_old_uploads(), RosterUpload.objects.forget_old()
        self.stdout.write(f"{members} member lists, {rosters} rosters deleted.")
