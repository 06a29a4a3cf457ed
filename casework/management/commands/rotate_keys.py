"""Seals anew, with the first of FIELD_KEYS, whatever is sealed with an older one."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from casework import sealed
from casework.signing_in.models import SecondFactor


class Command(BaseCommand):
    """May be repeated; a value that no key opens stops it, and nothing is changed."""

    help = "After a new key was put first into FIELD_KEYS: seal everything with it."

    def handle(self, *args: Any, **options: Any) -> None:
        """One transaction."""
        changed = 0
        with transaction.atomic():
            for factor in SecondFactor.objects.select_for_update().order_by("pk"):
                if sealed.is_current(factor.secret):
                    continue
                try:
                    anew = sealed.seal(factor.key, factor.about)
                except sealed.CannotOpen as error:
                    raise CommandError(f"No key of FIELD_KEYS opens {error}. Put the older key back.") from error
                SecondFactor.objects.filter(pk=factor.pk).update(secret=anew)
                changed += 1
        self.stdout.write(f"{changed} values sealed anew.")
