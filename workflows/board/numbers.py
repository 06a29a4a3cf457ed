"""Where the numbers of the board come from: the kept sums where the filters allow it, otherwise the cases."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property

from casework.organisations.models import Organisation
from casework.organisations.standing import Standing
from workflows.board import counts, kept
from workflows.board.counts import Tallies, Tally
from workflows.board.filters import CLOSED, BoardFilter
from workflows.casefile.listing import cases_for
from workflows.desk.soon import soon_until
from workflows.summary.places import places_seen
from workflows.summary.sums import seen_by

# The filters that a kept number knows: by name in the form, the column.
_KNOWN = {"organisation": "lead_organisation_id", "commune": "area_id"}


class Numbers:
    """What the board shows to one person under the filters that she chose."""

    def __init__(self, standing: Standing, query: QueryDict, now: datetime):
        self.standing, self.now, self.seen = standing, now, seen_by(standing)
        self.form = BoardFilter(query, places_seen(standing, query))

    @cached_property
    def _columns(self) -> dict[str, Any] | None:
        """The chosen filters as columns of the kept sums, or None when they do not know one of them."""
        chosen = {name: value for name, value in self.form.chosen.items() if name not in CLOSED}
        return {_KNOWN[name]: value for name, value in chosen.items()} if chosen.keys() <= _KNOWN.keys() else None

    @cached_property
    def _soon(self) -> kept.Soon:
        return soon_until(self.now)

    @cached_property
    def _counted(self) -> Tallies:
        """What no kept sum tells: all cases under other filters, otherwise those of dated accesses only."""
        if self._columns is None:
            return counts.running(self.form.apply(cases_for(self.standing)), self.now)
        besides = self.seen.besides
        return {} if besides is None else counts.running(self.form.apply(besides), self.now)

    def stages(self) -> dict[str, Tally]:
        """Tallies of the running cases by stage."""
        found = {} if self._columns is None else kept.stages(self.seen, self._columns, self._soon, self.now)
        return counts.together(found, ((stage, tally) for (_lead, stage), tally in self._counted.items()))

    def organisations(self) -> QuerySet[Organisation]:
        """The leading organisations that have a running case, in Vietnamese order."""
        ids = Q(pk__in={lead for lead, _stage in self._counted})
        if self._columns is not None:
            ids |= Q(pk__in=kept.leads(self.seen, self._columns))
        return Organisation.objects.filter(ids).order_by("name_key", "pk")

    def lines(self, organisations: Iterable[Organisation]) -> Tallies:
        """Tallies of the running cases of some organisations by organisation and stage."""
        leads = {organisation.pk for organisation in organisations}
        found = {} if self._columns is None else kept.lines(self.seen, self._columns, leads, self._soon, self.now)
        return counts.together(found, ((key, tally) for key, tally in self._counted.items() if key[0] in leads))

    def closed(self) -> dict[str, int]:
        """How many cases were closed in the period, by outcome."""
        columns, (first, last) = self._columns, self.form.closed_days
        whole = first.day == 1 and (last is None or (last + timedelta(days=1)).day == 1)
        if columns is None or not whole:
            return counts.closed(self.form.apply(cases_for(self.standing)), self.form)
        found = kept.closed(self.seen, columns, (first, last))
        if self.seen.besides is not None:
            for outcome, n in counts.closed(self.form.apply(self.seen.besides), self.form).items():
                found[outcome] = found.get(outcome, 0) + n
        return found
