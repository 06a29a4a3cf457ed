"""Loads the reasons for closing a case; an administrator's own rows are left as they are."""

import csv
from datetime import date
from pathlib import Path

from django.db.models import Q, QuerySet

from workflows.steering.models import ClosingReason

DATA = Path(__file__).parent / "data"


def load_closing_reasons() -> int:
    """Insert the reasons of `closing_reasons.csv` that are not there yet. Returns how many were new."""
    with (DATA / "closing_reasons.csv").open(encoding="utf-8", newline="") as file:
        rows = [ClosingReason(**{**row, "valid_until": row["valid_until"] or None}) for row in csv.DictReader(file)]
    before = ClosingReason.objects.count()
    ClosingReason.objects.bulk_create(rows, ignore_conflicts=True)
    return ClosingReason.objects.count() - before


def reasons_on(day: date) -> QuerySet[ClosingReason]:
    """The reasons that may be given on a day, by outcome."""
    return ClosingReason.objects.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)
