"""Whether a person may take or finish a task, asked of the acts themselves: nothing here decides on its own."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from viewflow.workflow.status import STATUS

from casework.acts import ActionNotPossible, Unit
from casework.audit.models import Channel
from casework.cases.models import Case
from casework.organisations.roles import PERMISSIONS
from casework.organisations.standing import Standing
from workflows.acts import ClaimTask, is_of, say_if_over
from workflows.desk.queries import organisation_of, title_of
from workflows.engine.models import Task
from workflows.four_eyes import look, say_if_own_work_of, with_eyes
from workflows.staff.why.words import NO, YES, Line, Part

TAKE, FINISH = "take", "finish"


@dataclass(frozen=True)
class Decision:
    """What a person may do with a task now (TAKE, FINISH or nothing), and the sentence that says why."""

    may: str
    because: str


def decide(task: Task, standing: Standing) -> Decision:
    """Ask the right, the state and the four eyes of the acts, without doing anything."""
    act = ClaimTask(task.pk)
    unit = Unit(act, standing.user, Channel.PAGE, standing=standing, case=task.case, task=task)
    try:
        act.authorise(unit)
        say_if_over(task)
        if task.owner_id is None or is_of(unit, task):
            say_if_own_work_of(unit, task)
    except PermissionDenied:
        return Decision("", _missing(task, standing))
    except ActionNotPossible as refusal:
        return Decision("", str(refusal))
    return _by_owner(unit, task)


def _by_owner(unit: Unit, task: Task) -> Decision:
    if task.owner_id and is_of(unit, task):
        return Decision(*_of_her_own(task))
    if task.status != STATUS.NEW:
        return Decision("", _("%(name)s has this task.") % {"name": task.owner})
    seat = unit.seat
    words = {"role": seat.role_label, "organisation": seat.organisation_name} if seat else {}
    return Decision(TAKE, _("Nobody has it, and her role gives the right: %(role)s, %(organisation)s.") % words)


def _of_her_own(task: Task) -> tuple[str, str]:
    if task.step is None:
        return "", _("This step no longer exists. Tell the programme office.")
    return FINISH, _("The task is hers, or of somebody whose substitute she is.")


def _missing(task: Task, standing: Standing) -> str:
    """Which right is missing where, and whether she has it elsewhere."""
    right = PERMISSIONS.get(task.permission, task.permission)
    words = {"right": right, "organisation": organisation_of(task)}
    if task.permission in standing.permissions:
        return _("She has the right “%(right)s”, but not in %(organisation)s.") % words
    return _("She lacks the right “%(right)s” in %(organisation)s.") % words


def open_tasks(case: Case) -> list[Task]:
    """The open tasks of a case, with all that the decision reads. At most two queries."""
    related = ("case", "organisation", "owner", "process")
    tasks = list(with_eyes(Task.objects.open().filter(case=case)).select_related(*related).order_by("pk"))
    look(tasks)
    return tasks


def doing(case: Case, standing: Standing) -> Part:
    """Every open task of the case with what the person may do."""
    lines = [_line(task, decide(task, standing)) for task in open_tasks(case)]
    return Part(_("Open tasks"), lines or [Line(_("This case has no open task."))])


def _line(task: Task, decision: Decision) -> Line:
    verdicts = {TAKE: _("she may take it."), FINISH: _("she may finish it."), "": _("she may not do it.")}
    words = {"step": title_of(task), "verdict": verdicts[decision.may], "why": decision.because}
    return Line(_("%(step)s: %(verdict)s %(why)s") % words, YES if decision.may else NO)
