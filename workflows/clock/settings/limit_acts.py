"""Time limits are never edited: a new one begins on a day and ends the one before it. Chain "limits"."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from casework.acts import ActionNotPossible, Unit
from casework.cases.stages import Kind
from casework.organisations.models import Organisation
from workflows.clock.affected import Scope
from workflows.clock.models import TimeLimit
from workflows.clock.models import Unit as TermUnit
from workflows.clock.settings.acts import ClockAct, refuse_empty, refuse_year
from workflows.clock.words import day_words
from workflows.flows.catalogue import node_titles

LONGEST = 366


@dataclass(frozen=True)
class SetLimit(ClockAct):
    """How long a step may take from a day on: for all cases, one kind, one organisation, or both."""

    verb: ClassVar[str] = "limits.set"
    on: ClassVar[str] = "limits"

    node: str
    kind: str
    organisation: Organisation | None
    length: int
    unit: str
    valid_from: date
    source: str
    legal: bool = False
    watched: bool = False
    confirmed: bool = True

    @property
    def scope(self) -> Scope:
        return Scope(first=self.valid_from, node=self.node)

    def change(self, unit: Unit) -> dict[str, Any]:
        self._refuse_values()
        newest = self._newest()
        if newest:
            self._refuse_day(newest)
        if newest and newest.valid_until is None:
            unit.change(newest, valid_until=self.valid_from - timedelta(days=1))
        row = unit.add(TimeLimit(organisation=self.organisation, **self._values()))
        return self.spread(unit, node=self.node, limit=row.pk, before=newest.pk if newest else None)

    def _values(self) -> dict[str, Any]:
        names = ("node", "kind", "length", "unit", "valid_from", "source", "legal", "watched", "confirmed")
        return {name: getattr(self, name) for name in names}

    def _newest(self) -> TimeLimit | None:
        """The row that this one follows: the same step, kind and organisation."""
        same = TimeLimit.objects.filter(node=self.node, kind=self.kind, organisation=self.organisation)
        return same.order_by("valid_from").last()

    def _refuse_values(self) -> None:
        if self.node not in node_titles():
            raise ActionNotPossible(_("There is no such step."), "node")
        if self.kind and self.kind not in Kind.values:
            raise ActionNotPossible(_("There is no such kind of case."), "kind")
        if self.unit not in TermUnit.values:
            raise ActionNotPossible(_("Choose in what the limit is counted."), "unit")
        if not 1 <= self.length <= LONGEST:
            raise ActionNotPossible(_("A limit is 1 to %(most)d long.") % {"most": LONGEST}, "length")
        refuse_empty(self.source, _("Name the decision or article that sets the limit."), "source")
        refuse_year(self.valid_from.year, "valid_from")

    def _refuse_day(self, newest: TimeLimit) -> None:
        """Two rows never hold on the same day."""
        if self.valid_from <= newest.valid_from:
            raise ActionNotPossible(
                _("A limit for these cases begins on %(day)s already; a new one can only begin after that day.")
                % {"day": day_words(newest.valid_from)},
                "valid_from",
            )
        if newest.valid_until and self.valid_from <= newest.valid_until:
            raise ActionNotPossible(
                _("The limit before it holds until %(day)s; a new one can only begin after that day.")
                % {"day": day_words(newest.valid_until)},
                "valid_from",
            )
