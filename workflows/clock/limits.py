"""How long a step may take, and from when a later step is open."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from casework.months import add_months
from workflows.clock.known import Known
from workflows.clock.models import TimeLimit


class NoTimeLimit(LookupError):
    """A step without a limit in force: a fault of the installation, told at start-up."""


def opening_day(since: datetime, months: int) -> date:
    """The day on which a task opens: some months after a moment, or today for 0 months and for the past."""
    today = timezone.localdate()
    return max(today, add_months(timezone.localdate(since), months)) if months else today


def limit_for(
    node: str, begins: date, kind: str = "", organisation: int | None = None, known: Known | None = None
) -> TimeLimit:
    """The limit in force for a step that begins on a day: the narrowest for its kind of case and its organisation.

    One query, none with what is `known` already. Raises NoTimeLimit.
    """
    rows: Iterable[TimeLimit] = (
        _in_force(known, node, begins, kind, organisation)
        if known
        else TimeLimit.objects.filter(
            Q(valid_until=None) | Q(valid_until__gte=begins),
            Q(kind="") | Q(kind=kind),
            Q(organisation=None) | Q(organisation=organisation),
            node=node,
            valid_from__lte=begins,
        )
    )
    found = max(rows, key=_narrowness, default=None)
    if found is None:
        raise NoTimeLimit(node)
    return found


def _in_force(known: Known, node: str, begins: date, kind: str, organisation: int | None) -> list[TimeLimit]:
    return [
        limit
        for limit in known.limits.get(node, ())
        if limit.valid_from <= begins
        and (limit.valid_until is None or limit.valid_until >= begins)
        and limit.kind in ("", kind)
        and limit.organisation_id in (None, organisation)
    ]


def _narrowness(limit: TimeLimit) -> tuple[Any, ...]:
    return limit.organisation_id is not None, bool(limit.kind), limit.valid_from
