"""What each kind of notification says. Words are made when they are shown, in the reader's language.

Nothing personal is in them beyond the code and the working name of a case, a step and a day: they leave by mail.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.cases.models import Case
from casework.organisations.standing import Standing
from notifications.kinds import Group, group_of
from notifications.models import Notification
from workflows.desk.queries import title_of
from workflows.engine.models import Task

# One wording per kind. `step` and `case` are names; the day is added where the work is still to be done.
WORDINGS: dict[str, str | Promise] = {
    "task.waiting": gettext_lazy("“%(step)s” waits for your organisation: %(case)s."),
    "task.assigned": gettext_lazy("“%(step)s” was given to you: %(case)s."),
    "task.taken_away": gettext_lazy("“%(step)s” was handed over to somebody else: %(case)s. You need do no more."),
    "task.returned": gettext_lazy("“%(step)s” was sent back for correction: %(case)s."),
    "task.corrected": gettext_lazy("The correction you asked for is done. Go on with “%(step)s”: %(case)s."),
    "task.resumed": gettext_lazy("“%(step)s” goes on: %(case)s."),
    "task.ended": gettext_lazy("“%(step)s” has ended, nothing more is to be done: %(case)s."),
    "case.held": gettext_lazy("On hold now: %(case)s."),
    "case.closed": gettext_lazy("Closed: %(case)s. Your tasks in it have ended."),
    "case.reopened": gettext_lazy("Reopened: %(case)s."),
    "deadline.extended": gettext_lazy("More time was given for “%(step)s”: %(case)s."),
    "deadline.moved": gettext_lazy("The deadline of “%(step)s” has moved: %(case)s."),
    "absence.set": gettext_lazy("An absence was entered that concerns you. See your tasks."),
    "export.ready": gettext_lazy("The file you exported is ready, or could not be made. See your exports."),
    "support.overlaps": gettext_lazy("A cooperative that you supported was supported for the same need again."),
    "results.missing": gettext_lazy("A body has not sent its results yet, and its link soon expires."),
    "results.told": gettext_lazy("A body has sent its results."),
    "share.ended": gettext_lazy("An application is not shared with your organisation any more."),
    "share.ran_out": gettext_lazy("A consent for a lender has run out, and its work has ended: %(case)s."),
    "credit.asked": gettext_lazy("A lender asks for more: %(case)s."),
    "credit.answered": gettext_lazy("Your question about an application was answered."),
    "credit.disbursed": gettext_lazy("A lender paid out: %(case)s."),
    "hold.expected_over": gettext_lazy("Still on hold, though the expected day has passed: %(case)s."),
    "clock.opened": gettext_lazy("“%(step)s” can be done from today: %(case)s."),
    "clock.half": gettext_lazy("Half of the time for “%(step)s” has passed: %(case)s."),
    "clock.warn": gettext_lazy("Little time is left for “%(step)s”: %(case)s."),
    "clock.late": gettext_lazy("“%(step)s” is late: %(case)s."),
}
# Somebody else's term, such as the registrar's: nobody of ours is late.
WATCHED: dict[str, str | Promise] = {
    "clock.warn": gettext_lazy("The answer on “%(step)s” is expected soon: %(case)s."),
    "clock.late": gettext_lazy("The answer on “%(step)s” has not come in time: %(case)s."),
}
# Where a kind leads that is about no case: the address name of the page.
ELSEWHERE: dict[str, str] = {
    "export.ready": "exports:list",
    "support.overlaps": "support:overlaps",
    "results.missing": "collected:list",
    "results.told": "collected:list",
    "share.ended": "credit:desk",
    "credit.answered": "credit:desk",
}
_ABOUT_A_STEP = gettext_lazy("Something was done about “%(step)s”: %(case)s.")
_ABOUT_A_CASE = gettext_lazy("Something was done: %(case)s.")
_WITHOUT_A_DAY = frozenset({"task.taken_away", "task.ended", "case.closed"})
_ICONS = {
    Group.GIVEN: "tasks", Group.QUEUE: "people", Group.CASE: "held", Group.DEADLINE: "soon", Group.LATE: "late",
}  # fmt: skip


@dataclass(frozen=True)
class Subjects:
    """The tasks and cases that notifications speak of, as far as a person may see them still."""

    tasks: Mapping[int, Task] = field(default_factory=dict)
    cases: Mapping[int, Case] = field(default_factory=dict)


@dataclass(frozen=True)
class Words:
    """A notification in words, and where it leads (a path; empty: nowhere any more)."""

    text: str
    path: str
    icon: str = "info"


def subjects_of(notifications: Iterable[Notification], standing: Standing) -> Subjects:
    """What these notifications speak of and the person may see. Two queries, however many they are."""
    rows = list(notifications)
    tasks = Task.objects.visible_to(standing).filter(pk__in={row.task_id for row in rows if row.task_id})
    cases = Case.objects.visible_to(standing).filter(pk__in={row.case_id for row in rows if row.case_id})
    return Subjects(
        {task.pk: task for task in tasks.select_related("case")},
        {case.pk: case for case in cases.only("code", "working_name", "status")},
    )


def words_of(notification: Notification, subjects: Subjects) -> Words:
    """A notification as its reader may read it now. No query."""
    icon = _ICONS.get(group_of(notification.kind), "info")
    task = subjects.tasks.get(notification.task_id or 0)
    case = task.case if task else subjects.cases.get(notification.case_id or 0)
    if (notification.task_id and task is None) or (notification.case_id and case is None):
        return Words(_("A piece of work that you can no longer see."), "", "lock")
    text = _sentence(notification, task, case)
    return Words(text, _path(task, case, notification.kind), icon)


def task_words(task: Task) -> Words:
    """A task of her own as one line of a list."""
    line = f"{title_of(task)}: {_name(task.case)}."
    return Words(" ".join(part for part in (line, _due("", task)) if part), _path(task, task.case))


def _sentence(notification: Notification, task: Task | None, case: Case | None) -> str:
    """What the kind says; of a kind without words of its own, or one that lacks what they need, a general sentence."""
    general = _ABOUT_A_STEP if task else _ABOUT_A_CASE if case else _("There is something new for you.")
    names = {"case": _name(case) if case else ""} | ({"step": title_of(task)} if task else {})
    kind = notification.kind
    watched = WATCHED.get(kind) if notification.facts.get("watched") else None
    pattern = str(watched or WORDINGS.get(kind, general))
    if ("%(step)s" in pattern and task is None) or ("%(case)s" in pattern and case is None):
        pattern = str(general)
    return " ".join(part for part in (pattern % names, _due(kind, task)) if part)


def _name(case: Case) -> str:
    """The working name and the code, in one line."""
    return f"{' '.join(case.working_name.split())} ({case.code})"


def _due(kind: str, task: Task | None) -> str:
    if task is None or task.due_at is None or not task.is_open or kind in _WITHOUT_A_DAY:
        return ""
    return _("Due %(day)s.") % {"day": date_format(timezone.localtime(task.due_at), "SHORT_DATE_FORMAT")}


def _path(task: Task | None, case: Case | None, kind: str = "") -> str:
    if task:
        return reverse("tasks:task", args=[task.pk])
    return reverse("cases:file", args=[case.code]) if case else reverse(ELSEWHERE.get(kind, "tasks:inbox"))


def facts_words(facts: Mapping[str, Any]) -> str:
    """The reason that was given, if one was; for pages of the product only, never for mail."""
    reason = facts.get("reason")
    return reason if isinstance(reason, str) else ""
