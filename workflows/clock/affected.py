"""Which open deadlines a change of the calendar or of a limit moves: counted for all of them with few statements."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from workflows.clock.calendar import Calendar, Day, close_of
from workflows.clock.deadline import named_day_of
from workflows.clock.models import CalendarDay, CalendarYear, TimeLimit
from workflows.clock.terms import HeldSpan, due, moved
from workflows.engine.models import Task
from workflows.holds.models import Extension, Hold

# A held term may reach beyond the day that is stored for it.
WIDER = timedelta(days=31)


@dataclass(frozen=True)
class Scope:
    """What a change touches: days, in one province or everywhere; a year that was entered; or a step from a day on."""

    first: date | None = None
    last: date | None = None
    area: int | None = None
    year: int | None = None
    node: str = ""

    def wire(self) -> dict[str, Any]:
        """The scope as JSON can hold it."""
        return {key: value.isoformat() if isinstance(value, date) else value for key, value in asdict(self).items()}

    @classmethod
    def from_wire(cls, data: dict[str, Any]) -> "Scope":
        """The scope again, from `wire()`."""
        days = {key: date.fromisoformat(data[key]) if data[key] else None for key in ("first", "last")}
        return cls(**{**data, **days})

    def tasks(self) -> QuerySet[Task]:
        """Open tasks whose deadline may depend on it; more than those that move, never fewer."""
        open_tasks = (
            Task.objects.open().select_related("case__area", "limit").beyond_sight("all move, those in sight are named")
        )
        if self.node:
            return open_tasks.filter(node=self.node, term_begins__gte=self.first, limit__isnull=False)
        if self.area:
            open_tasks = open_tasks.filter(Q(case__area=self.area) | Q(case__area__parent=self.area))
        return open_tasks.filter(self._runs_over_it())

    def _runs_over_it(self) -> Q:
        found = Q(missing_year=self.year) if self.year else Q(pk__in=[])
        if self.first and self.last:
            begun = Q(term_begins=None) | Q(term_begins__lte=self.last)
            found |= begun & Q(due_at__gte=close_of(self.first - WIDER))
        return found


@dataclass(frozen=True)
class Move:
    """A task whose deadline would be another one: its day, or whether its calendar is known to the end."""

    task: Task
    before: date
    after: date

    @property
    def another_day(self) -> bool:
        """Whether it is the day that moves."""
        return self.before != self.after


def moves(scope: Scope) -> list[Move]:
    """The deadlines that calendar and limits, as they now stand, move. Seven statements for any number of tasks.

    One statement more for each task whose day was promised by somebody outside.
    """
    tasks = list(scope.tasks().order_by("case_id", "pk"))
    known = _Known(tasks, scope.node)
    return [move for task in tasks if (move := known.move(task))]


class _Known:
    """Everything that the deadlines of some tasks depend on, read once."""

    def __init__(self, tasks: list[Task], node: str) -> None:
        cases = {task.case_id for task in tasks}
        self.holds: dict[int, list[Hold]] = defaultdict(list)
        held = Hold.objects.filter(case__in=cases, ended_at__isnull=False)
        for hold in held.beyond_sight("of the cases of tasks in hand"):
            self.holds[hold.case_id].append(hold)
        extensions = Extension.objects.filter(task__in=tasks).order_by("extended_at", "pk")
        self.extensions = {extension.task_id: extension for extension in extensions}
        self.calendars = Calendars(min(map(_begins, tasks), default=timezone.localdate()))
        self.limits = list(TimeLimit.objects.filter(node=node)) if node else []

    def move(self, task: Task) -> Move | None:
        """How the deadline of a task moves; None where it stays."""
        begins, calendar = _begins(task), self.calendars.of(task)
        spans = [
            HeldSpan(timezone.localdate(hold.began_at), timezone.localdate(hold.ended_at))
            for hold in self.holds[task.case_id]
            if hold.task_id in (None, task.pk)
        ]
        before, after = timezone.localdate(task.due_at), self._day(task, begins, calendar, spans)
        same = before == after and task.missing_year == calendar.missing_year(begins, after)
        return None if same else Move(task, before, after)

    def _day(self, task: Task, begins: date, calendar: Calendar, spans: list[HeldSpan]) -> date:
        """As `current_deadline` of workflows/clock/deadline.py, which asks for one task only."""
        extension = self.extensions.get(task.pk)
        if extension:
            return moved(extension.until, timezone.localdate(extension.extended_at), calendar, spans)
        named = named_day_of(task)
        if named:
            return moved(named, begins, calendar, spans)
        limit = narrowest(self.limits, task) or task.limit
        return due(begins, limit.length, limit.unit, calendar, spans).end if limit else timezone.localdate(task.due_at)


def narrowest(limits: Iterable[TimeLimit], task: Task) -> TimeLimit | None:
    """Of the limits of a step the one that holds for a task, as `limit_for` finds it; None without limits."""
    begins = _begins(task)
    fitting = [
        limit
        for limit in limits
        if limit.kind in ("", task.case.kind)
        and limit.organisation_id in (None, task.organisation_id)
        and limit.valid_from <= begins
        and (limit.valid_until is None or limit.valid_until >= begins)
    ]
    return max(fitting, key=lambda one: (one.organisation_id is not None, one.kind != "", one.valid_from), default=None)


class Calendars:
    """The calendars of all provinces from a day on. Two statements."""

    def __init__(self, first: date) -> None:
        self.years = frozenset(CalendarYear.objects.order_by().values_list("year", flat=True))
        self.days: dict[int | None, dict[date, Day]] = defaultdict(dict)
        for row in CalendarDay.objects.filter(day__gte=first).order_by():
            self.days[row.area_id][row.day] = Day(row.kind, row.name)
        self._made: dict[int | None, Calendar] = {}

    def of(self, task: Task) -> Calendar:
        """The calendar of the province of a task's case."""
        area = task.case.area
        province = (area.parent_id or area.pk) if area else None
        if province not in self._made:
            here = self.days.get(province, {}) if province else {}
            self._made[province] = Calendar({**self.days[None], **here}, self.years)
        return self._made[province]


def _begins(task: Task) -> date:
    return task.term_begins or timezone.localdate(task.created)
