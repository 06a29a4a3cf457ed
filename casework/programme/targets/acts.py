"""Setting a target, taking one back, entering a reporting period and moving its cut-off."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Unit
from casework.organisations.models import Organisation
from casework.programme.indicators.models import Indicator, ReportingPeriod, Target
from casework.programme.reports.models import Report

KEEP = "keep_targets"


def _lock(name: str) -> None:
    """Two people at once wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


@dataclass(frozen=True)
class SetTarget(Act):
    """An organisation gets a target for an indicator and a period; the one before it ends and stays readable."""

    verb: ClassVar[str] = "target.set"

    organisation_id: int
    period_id: int
    indicator_id: int
    value: Decimal
    source: str

    def lock(self, unit: Unit) -> None:
        Organisation.objects.get(pk=self.organisation_id)
        unit.chain = f"organisation:{self.organisation_id}"
        _lock(f"targets:{self.organisation_id}")

    def authorise(self, unit: Unit) -> None:
        unit.authorise(KEEP, self.organisation_id)

    def change(self, unit: Unit) -> dict[str, Any]:
        period, indicator = _period(self.period_id), Indicator.objects.get(pk=self.indicator_id)
        _say_if_reported(self.organisation_id, period)
        same = {"indicator": indicator, "organisation_id": self.organisation_id, "period": period}
        before = Target.objects.filter(**same, withdrawn_at=None).first()
        if before and (before.value, before.source) == (self.value, self.source):
            raise ActionNotPossible(_("This is the target already."), "value")
        if before:
            unit.change(before, withdrawn_at=timezone.now())
        target = unit.add(Target(**same, value=self.value, source=self.source, recorded_by=unit.by))
        unit.facts.update({"indicator": indicator.code, "period": str(period)})
        return {"target": target.pk}


@dataclass(frozen=True)
class WithdrawTarget(Act):
    """A target was set by mistake: it counts no more and stays readable."""

    verb: ClassVar[str] = "target.withdrawn"

    target_id: int
    reason: str

    def lock(self, unit: Unit) -> None:
        organisation_id = Target.objects.values_list("organisation_id", flat=True).get(pk=self.target_id)
        unit.chain = f"organisation:{organisation_id}"
        _lock(f"targets:{organisation_id}")

    def authorise(self, unit: Unit) -> None:
        unit.authorise(KEEP, Target.objects.values_list("organisation_id", flat=True).get(pk=self.target_id))

    def change(self, unit: Unit) -> dict[str, Any]:
        target = Target.objects.select_related("period", "indicator").get(pk=self.target_id)
        if target.withdrawn_at:
            raise ActionNotPossible(_("This target was taken back already."))
        _say_if_reported(target.organisation_id, target.period)
        unit.reason = self.reason
        unit.facts.update({"indicator": target.indicator.code, "period": str(target.period)})
        unit.change(target, withdrawn_at=timezone.now())
        return {"target": target.pk}


def _period(pk: int) -> ReportingPeriod:
    return ReportingPeriod.objects.get(pk=pk)


def _say_if_reported(organisation_id: int, period: ReportingPeriod) -> None:
    """A frozen report says which target it was measured against: after it none is changed."""
    if Report.objects.filter(organisation_id=organisation_id, period=period, state=Report.State.FROZEN).exists():
        raise ActionNotPossible(
            _("The report of this period is frozen, so its targets stay as they are. Set them for the next period.")
        )


@dataclass(frozen=True)
class SetPeriod(Act):
    """A reporting period is entered, or its days move: never into another one, never once it is reported on."""

    verb: ClassVar[str] = "period.set"

    kind: str
    year: int
    first_day: date
    last_day: date
    due_on: date
    source: str

    def lock(self, unit: Unit) -> None:
        unit.chain = "periods"
        _lock("periods")

    def authorise(self, unit: Unit) -> None:
        """Periods are the same for all, so they are set by whoever may set targets in a programme office."""
        seats = unit.standing.every_seat if unit.standing else ()
        office = Organisation.Kind.PROGRAMME_OFFICE
        seat = next((s for s in seats if KEEP in s.permissions and s.organisation_kind == office), None)
        if seat is None:
            raise PermissionDenied(KEEP)
        unit.take(seat)

    def change(self, unit: Unit) -> dict[str, Any]:
        days = {"first_day": self.first_day, "last_day": self.last_day, "due_on": self.due_on, "source": self.source}
        known = ReportingPeriod.objects.filter(kind=self.kind, year=self.year).first()
        self._say_if_wrong(known)
        if known:
            period = unit.change(known, **days)
        else:
            period = unit.add(ReportingPeriod(kind=self.kind, year=self.year, **days))
        unit.facts["period"] = str(period)
        return {"period": period.pk}

    def _say_if_wrong(self, known: ReportingPeriod | None) -> None:
        if self.last_day <= self.first_day:
            raise ActionNotPossible(_("The cut-off comes before the first day."), "last_day")
        if self.due_on < self.last_day:
            raise ActionNotPossible(_("The report would be due before its cut-off."), "due_on")
        if known and Report.objects.filter(period=known, state=Report.State.FROZEN).exists():
            raise ActionNotPossible(_("A report of this period is frozen, so its days stay as they are."))
        others = ReportingPeriod.objects.filter(kind=self.kind, first_day__lte=self.last_day)
        other = others.filter(last_day__gte=self.first_day).exclude(year=self.year).first()
        if other:
            raise ActionNotPossible(
                _("These days overlap those of %(period)s (%(first)s to %(last)s).")
                % {"period": other, "first": f"{other.first_day:%d/%m/%Y}", "last": f"{other.last_day:%d/%m/%Y}"},
                "first_day",
            )
