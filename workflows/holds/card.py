"""What the file of a case and the page of a task say about holds and extensions."""

from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.cases.models import Case
from casework.cases.stages import Status
from workflows.casefile.words import Fact
from workflows.clock.words import day_words
from workflows.desk.due import has_moved
from workflows.desk.queries import title_of
from workflows.engine.models import Task
from workflows.holds.days import DaysHeld, days_held
from workflows.holds.models import Extension, Hold
from workflows.holds.words import held_words


@dataclass(frozen=True)
class Card:
    """Every hold and extension of a case, the newest first. `now` is the sentence of a case that is on hold."""

    now: str = ""
    total: str = ""
    holds: list[Fact] = field(default_factory=list)
    extensions: list[Fact] = field(default_factory=list)


def card_of(case: Case) -> Card:
    """The card of a case. Two queries; one more, for the calendar, when it ever was on hold."""
    holds = list(Hold.objects.filter(case=case).select_related("task").order_by("-began_at", "-pk"))
    extensions = Extension.objects.filter(case=case).select_related("task").order_by("-extended_at", "-pk")
    whole = [hold for hold in holds if hold.task_id is None]
    current = next((hold for hold in whole if hold.ended_at is None), None)
    return Card(
        now=held_words(current) if current and case.status == Status.ON_HOLD else "",
        total=days_words(days_held(whole, case.area_id)) if whole else "",
        holds=[_hold_line(hold) for hold in holds],
        extensions=[_extension_line(row) for row in extensions],
    )


def days_words(held: DaysHeld) -> str:
    """`12 days on hold, of these 8 working days`."""
    words = ngettext("%(n)d day on hold", "%(n)d days on hold", held.days) % {"n": held.days}
    working = ngettext("%(n)d working day", "%(n)d working days", held.working_days) % {"n": held.working_days}
    return _("%(held)s, of these %(working)s") % {"held": words, "working": working}


def _hold_line(hold: Hold) -> Fact:
    since = day_words(timezone.localdate(hold.began_at))
    until = day_words(timezone.localdate(hold.ended_at)) if hold.ended_at else _("today")
    title = title_of(hold.task) if hold.task else _("The whole case")
    words = {"what": hold.get_waits_for_display(), "since": since, "until": until}
    answer = _(" → %(answer)s") % {"answer": hold.answer} if hold.answer else ""
    return Fact(title, _("%(what)s, %(since)s to %(until)s") % words, f"{hold.reason}{answer}")


def _extension_line(row: Extension) -> Fact:
    words = {"before": day_words(row.before), "until": day_words(row.until)}
    return Fact(title_of(row.task), _("%(before)s → %(until)s") % words, row.reason)


def first_due_words(task: Task) -> str:
    """`Due at first on 20/02/2026; extended to 03/03/2026 (reason)`. Nothing for a day that never moved.

    One query for a day that moved, otherwise none.
    """
    if not has_moved(task):
        return ""
    first = _("Due at first on %(day)s") % {"day": day_words(timezone.localdate(task.first_due_at))}
    row = Extension.objects.filter(task=task).order_by("-extended_at", "-pk").first()
    if row is None:
        return first
    words = {"first": first, "until": day_words(row.until), "reason": row.reason}
    return _("%(first)s; extended to %(until)s (%(reason)s)") % words
