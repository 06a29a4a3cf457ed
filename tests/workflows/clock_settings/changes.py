"""Changes that move open deadlines, whatever day the tests run on."""

from datetime import timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from casework.acts import perform
from casework.audit.models import AuditEvent
from casework.organisations.models import AdministrativeUnit
from workflows.clock.calendar import calendar_between
from workflows.clock.recount import recount_after
from workflows.clock.settings.calendar_acts import SetCalendarDay
from workflows.engine.models import Task

SOURCE = "123/QĐ-TTg"


def province(code="56"):
    return AdministrativeUnit.objects.get(code=code)


def last_day(task):
    """The day on which a task is due now."""
    return timezone.localdate(Task.objects.get(pk=task.pk).due_at)


def weekday_in_term(task):
    """A day from Monday to Friday that is worked and counts for a task."""
    day, calendar = last_day(task), calendar_between(task.term_begins, last_day(task))
    while day.weekday() > 4 or not calendar.is_working_day(day):
        day -= timedelta(days=1)
    assert day > task.term_begins
    return day


def day_off(task, area=None, **more):
    """An act that sets a day off within the term of a task."""
    return SetCalendarDay(area, weekday_in_term(task), "off", "Nghỉ thử", SOURCE, **more)


def change(world, act):
    """Perform a change as the administrator; the order for its recount, as the worker gets it."""
    receipt = perform(act, by=world.van)
    event = AuditEvent.objects.get(chain=receipt.link.chain, seq=receipt.link.seq)
    return DBTaskResult.objects.get(pk=event.facts["job"]).args_kwargs["args"][0]


def change_and_recount(world, act):
    """Perform a change and what the worker does after it. What the recount returns."""
    return recount_after.call(change(world, act))


def recounts(case):
    """The events of a case that tell of a recount."""
    return list(AuditEvent.objects.filter(case_id=case.pk, verb="deadlines.recounted").order_by("seq"))
