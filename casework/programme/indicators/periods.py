"""Reporting periods: found by their year, never guessed."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.acts import ActionNotPossible
from casework.programme.indicators.models import ReportingPeriod


def period_for(year: int, kind: str = ReportingPeriod.Kind.YEAR) -> ReportingPeriod:
    """The period of a year. Raises ActionNotPossible for one that was not entered or has not begun."""
    found = ReportingPeriod.objects.filter(year=year, kind=kind).first()
    if found is None:
        raise ActionNotPossible(
            _("The reporting year %(year)s has not been entered. Ask the programme office to enter its days.")
            % {"year": year}
        )
    if found.first_day > timezone.localdate():
        raise ActionNotPossible(
            _("The reporting year %(year)s has not begun: it begins on %(day)s.")
            % {"year": year, "day": f"{found.first_day:%d/%m/%Y}"}
        )
    return found


def current_period(on: date, kind: str = ReportingPeriod.Kind.YEAR) -> ReportingPeriod | None:
    """The period in which a day lies, or None where none was entered."""
    return ReportingPeriod.objects.filter(kind=kind, first_day__lte=on, last_day__gte=on).first()
