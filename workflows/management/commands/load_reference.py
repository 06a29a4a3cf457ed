"""Loads what the product needs before the first case: places, legal parameters, calendar, time limits."""

from django.core.management.base import BaseCommand
from django.db import transaction

from casework.organisations.acts import renew_role_groups
from casework.organisations.load_places import load_places
from casework.reference import load_reference
from workflows.clock.reference import load_calendar, load_time_limits
from workflows.steering.reference import load_closing_reasons


class Command(BaseCommand):
    """Safe to run again after every update."""

    help = "Load reference data: places, legal parameters, documents, calendar, time limits."

    @transaction.atomic
    def handle(self, *args, **options) -> None:
        """Load everything in one transaction and say what was loaded."""
        loaded = {
            "places": load_places(),
            **load_reference(),
            "calendar days": load_calendar(),
            "time limits": load_time_limits(),
            "reasons for closing": load_closing_reasons(),
            "role groups": renew_role_groups(),
        }
        if options["verbosity"]:
            for what, count in loaded.items():
                self.stdout.write(f"{what}: {count}")
