"""What is written down about a cooperative outside its cases: acts on the chain of its entry."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Unit
from casework.cooperatives.models import Alias, Cooperative, Fact, FormPeriod, SeatPeriod, StatePeriod, Succession
from casework.organisations.standing import Seat, Standing

KEEP = "keep_register"
PERIODS = (FormPeriod, SeatPeriod, StatePeriod)


def keeper_seat(standing: Standing, cooperative: Cooperative) -> Seat | None:
    """The seat from which a person may write in an entry: one with the right, in a province where she sees it."""
    if not Cooperative.objects.visible_to(standing).filter(pk=cooperative.pk).exists():
        return None
    return next((seat for seat in standing.seats if KEEP in seat.permissions), None)


@dataclass(frozen=True)
class _OnEntry(Act):
    """An act on one entry of the register: locks it and asks for the right to keep it."""

    cooperative_id: int

    def lock(self, unit: Unit) -> None:
        Cooperative.objects.select_for_update().get(pk=self.cooperative_id)
        unit.chain = f"cooperative:{self.cooperative_id}"

    def authorise(self, unit: Unit) -> None:
        seat = keeper_seat(unit.standing, self._entry()) if unit.standing else None
        if seat is None:
            raise PermissionDenied(KEEP)
        unit.seat = seat

    def _entry(self) -> Cooperative:
        return Cooperative.objects.get(pk=self.cooperative_id)

    def _living(self) -> Cooperative:
        """The entry, unless it turned out to be another one."""
        entry = self._entry()
        if entry.merged_into_id:
            raise ActionNotPossible(
                _("This entry was merged into “%(name)s”. Write it down there.") % {"name": entry.merged_into}
            )
        return entry


@dataclass(frozen=True)
class NoteFigure(_OnEntry):
    """A figure of a day is written down with its source. A figure of the same day and source is corrected by it."""

    verb: ClassVar[str] = "cooperative.figure_noted"

    indicator: str
    value: int
    as_of: str
    source: str

    def change(self, unit: Unit) -> dict[str, Any]:
        note_figures(unit, self._living(), {self.indicator: self.value}, self.as_of, self.source)
        return {"cooperative": self.cooperative_id}


def note_figures(unit: Unit, cooperative: Cooperative, figures: dict[str, int | None], as_of: str, source: str) -> None:
    """Write down figures of one day from one source; those that are None are left out. Part of an act.

    `as_of` is a year, a month or a day (2024, 2024-06, 2024-06-30). What the same source said of the same day
    before is withdrawn.
    """
    told = {indicator: value for indicator, value in figures.items() if value is not None}
    before = Fact.objects.filter(
        cooperative=cooperative, indicator__in=told, as_of=as_of, source=source, withdrawn_at=None
    )
    known = {fact.indicator: fact for fact in before}
    for indicator, value in told.items():
        old = known.get(indicator)
        if old is not None and old.value == value:
            continue
        if old is not None:
            unit.change(old, withdrawn_at=timezone.now())
        unit.add(
            Fact(
                cooperative=cooperative,
                indicator=indicator,
                value=value,
                as_of=as_of,
                source=source,
                told_by=unit.case,
                recorded_by=unit.by,
            )
        )


@dataclass(frozen=True)
class BeginPeriod(_OnEntry):
    """A new form, seat or state begins; the one before ends on that day."""

    verb: ClassVar[str] = "cooperative.period_begun"

    kind: str
    since: str
    source: str
    values: dict[str, Any] = field(default_factory=dict)

    def change(self, unit: Unit) -> dict[str, Any]:
        model = next(m for m in PERIODS if m._meta.model_name == self.kind)
        begin_period(unit, self._living(), model, self.since, self.source, **self.values)
        return {"cooperative": self.cooperative_id}


def begin_period(
    unit: Unit, cooperative: Cooperative, model: Any, since: str, source: str, **values: Any
) -> FormPeriod | SeatPeriod | StatePeriod:
    """End what held before and begin what holds now. Part of an act. Raises ActionNotPossible.

    What the entry is now follows the newest period.
    """
    rows = model.objects.filter(cooperative=cooperative, withdrawn_at=None)
    last = rows.filter(until="").order_by("-pk").first()
    if last is not None:
        if _before(since, last.since):
            raise ActionNotPossible(
                _("This begins before what was written down last (%(day)s). Withdraw that first if it is wrong.")
                % {"day": last.since}
            )
        unit.change(last, until=since)
    begun = unit.add(model(cooperative=cooperative, since=since, source=source, recorded_by=unit.by, **values))
    unit.change(cooperative, **_now(begun))
    return begun


def _before(day: str, other: str) -> bool:
    """Whether a day is surely before another, as far as both are precise."""
    shared = min(len(day), len(other))
    return day[:shared] < other[:shared]


def _now(period: Any) -> dict[str, Any]:
    """What an entry is now, by its newest period."""
    if isinstance(period, FormPeriod):
        code = {"registration_code": period.registration_code} if period.registration_code else {}
        return {"legal_form": period.legal_form, **code}
    if isinstance(period, SeatPeriod):
        commune = period.commune
        place = {"commune_id": commune.pk, "province_id": commune.parent_id} if commune else {}
        return {"place_as_written": period.address[:200], **place}
    return {}


@dataclass(frozen=True)
class NoteName(_OnEntry):
    """Another name is written down, or the cooperative is called differently from a day on."""

    verb: ClassVar[str] = "cooperative.named"

    name: str
    kind: str
    source: str
    since: str = ""
    becomes_current: bool = False

    def change(self, unit: Unit) -> dict[str, Any]:
        entry = self._living()
        if self.becomes_current:
            note_alias(unit, entry, entry.name, Alias.Kind.EARLIER, self.source, until=self.since)
            unit.change(entry, name=self.name)
        else:
            note_alias(unit, entry, self.name, self.kind, self.source, since=self.since)
        return {"cooperative": self.cooperative_id}


def note_alias(unit: Unit, entry: Cooperative, name: str, kind: str, source: str, **days: str) -> None:
    """Write another name down once. Part of an act."""
    if not Alias.objects.filter(cooperative=entry, name=name, kind=kind, withdrawn_at=None).exists():
        unit.add(Alias(cooperative=entry, name=name, kind=kind, source=source, recorded_by=unit.by, **days))


@dataclass(frozen=True)
class NoteSuccession(_OnEntry):
    """The cooperative came out of another one; written to both chains."""

    verb: ClassVar[str] = "cooperative.succession_noted"

    earlier: Cooperative
    kind: str
    on: str
    source: str

    def change(self, unit: Unit) -> dict[str, Any]:
        entry = self._living()
        if self.earlier.pk == entry.pk:
            raise ActionNotPossible(_("A cooperative cannot come out of itself."), "earlier")
        row = Succession(
            earlier=self.earlier, later=entry, kind=self.kind, on=self.on, source=self.source, recorded_by=unit.by
        )
        try:
            with transaction.atomic():
                unit.add(row)
        except IntegrityError as error:
            raise ActionNotPossible(_("This is already written down."), "earlier") from error
        unit.also_about(f"cooperative:{self.earlier.pk}")
        return {"cooperative": self.cooperative_id}


WITHDRAWABLE = {m._meta.model_name: m for m in (Fact, FormPeriod, Alias, SeatPeriod, StatePeriod, Succession)}


@dataclass(frozen=True)
class WithdrawNote(_OnEntry):
    """Something was written down by mistake: it counts no more and stays readable."""

    verb: ClassVar[str] = "cooperative.note_withdrawn"

    kind: str
    note_id: int
    reason: str

    def change(self, unit: Unit) -> dict[str, Any]:
        model = WITHDRAWABLE[self.kind]
        owner = {"later_id": self.cooperative_id} if model is Succession else {"cooperative_id": self.cooperative_id}
        row = model.objects.get(pk=self.note_id, **owner)  # type: ignore[attr-defined]
        if row.withdrawn_at:
            raise ActionNotPossible(_("This was withdrawn already."))
        unit.reason = self.reason
        unit.change(row, withdrawn_at=timezone.now())
        if model in PERIODS:
            self._reopen_before(unit, model)
        return {"cooperative": self.cooperative_id}

    def _reopen_before(self, unit: Unit, model: Any) -> None:
        """What held before the withdrawn period holds again."""
        rows = model.objects.filter(cooperative_id=self.cooperative_id, withdrawn_at=None)
        last = rows.order_by("-pk").first()
        if last is not None and not rows.filter(until="").exists():
            unit.change(last, until="")
            unit.change(self._entry(), **_now(last))
