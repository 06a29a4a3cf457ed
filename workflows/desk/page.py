"""What the page of one task tells: what to do, for whom, why, until when, and who has it."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from viewflow.workflow.status import STATUS

from casework.cases.models import Case
from casework.cases.stages import Status
from casework.facts import Section
from casework.organisations.models import Membership, OrganisationGroupPermission, User
from casework.organisations.standing import Standing
from casework.vietnamese import VnKey
from workflows.clock.deadline import current_deadline
from workflows.clock.words import explain, limit_words
from workflows.desk import more
from workflows.desk.due import Due, due_of
from workflows.desk.queries import instead_of, is_mine, may_claim, organisation_of, outcome_of, owner_of, title_of
from workflows.engine.models import Task
from workflows.four_eyes import eyes_of
from workflows.holds.card import first_due_words
from workflows.holds.offers import may_answer
from workflows.holds.words import ANSWERS, held_words, open_hold_of
from workflows.links import Link
from workflows.staff.over import may_hand_over
from workflows.steering.gone import why_gone
from workflows.steering.marks import asked_back


@dataclass(frozen=True)
class NextTask:
    """A task that is open in the same case, and who has it or must take it."""

    title: str
    url: str
    who: str


@dataclass(frozen=True)
class TaskPage:
    """One task in words. `state` says which of the page's faces is shown."""

    id: int
    state: str  # mine, free, taken, elsewhere, held, over, gone
    title: str
    instruction: str
    why: str
    basis: str
    subject: str
    code: str
    case_url: str
    place: str
    organisation: str
    owner: str
    since: datetime | None
    due: Due
    limit: str
    round: int
    outcome: str
    finished: datetime | None
    reassign_url: str
    more: list[Link]
    explained: str
    # Why nothing can be done now, and where to say that the answer has come; the first day, when it has moved.
    held: str
    answered_url: str
    first_due: str
    # The absent owner for whom the reader does the task.
    instead_of: str = ""
    # Why the task is no more, when somebody cancelled it.
    gone: str = ""
    corrections: list[Section] = field(default_factory=list)
    background: list[Section] = field(default_factory=list)
    next_tasks: list[NextTask] = field(default_factory=list)


def task_seen(pk: int, standing: Standing, *, sent: bool = False) -> Task:
    """A task with its case, organisation and owner. Raises Task.DoesNotExist for one that the person may not see.

    `sent`: for what comes from a page that is open already, where the act says what ended meanwhile.
    """
    tasks = Task.objects.sent_to(standing) if sent else Task.objects.visible_to(standing)
    seen = tasks.select_related("case__area", "organisation", "owner", "process", "limit")
    task: Task = seen.get(pk=pk)
    task.process.case = task.case
    return task


def page_of_task(task: Task, standing: Standing) -> TaskPage:
    """Everything that the page says about a task. At most three queries besides those of its step."""
    step, state = task.step, state_of(task, standing)
    known = task.background() if step and task.is_open else []
    knows_case = Case.objects.visible_to(standing).filter(pk=task.case_id).exists()
    return TaskPage(
        id=task.pk,
        state=state,
        title=title_of(task),
        instruction=_asked(task) or (str(step.instruction) if step else ""),
        why=str(step.why) if step else "",
        basis=str(step.basis) if step else "",
        subject=task.case.working_name,
        code=task.case.code,
        case_url=reverse("cases:file", args=[task.case.code]) if knows_case else "",
        place=str(task.case.area) if knows_case else "",
        organisation=organisation_of(task),
        owner=owner_of(task, standing),
        instead_of=instead_of(task, standing),
        since=task.claimed_at,
        due=due_of(task, timezone.now()),
        limit=limit_words(task.limit),
        round=task.round,
        outcome=outcome_of(task),
        finished=task.finished,
        reassign_url=reverse("tasks:reassign", args=[task.pk]) if may_reassign(task, standing) else "",
        more=more.links_for(task, standing),
        explained=explain(current_deadline(task)) if task.is_open else "",
        **_standstill(task, state, standing),
        gone=why_gone(task) if task.status == STATUS.CANCELED else "",
        corrections=[*asked_back(task), *(section for section in known if section.correction)],
        background=[section for section in known if not section.correction],
        next_tasks=next_tasks(task, standing) if not task.is_open else [],
    )


def _standstill(task: Task, state: str, standing: Standing) -> dict[str, str]:
    """What holds the task, and the day it had at first. A query for each, only for tasks held and days moved."""
    hold = open_hold_of(task) if state == "held" else None
    waits = hold is not None and hold.waits_for in ANSWERS and may_answer(task, standing)
    return {
        "held": held_words(hold) if hold else "",
        "answered_url": reverse("taskclock:answered", args=[task.pk]) if waits else "",
        "first_due": first_due_words(task) if task.is_open else "",
    }


def _asked(task: Task) -> str:
    """What the person who gave a task outside the steps wrote; nothing for other tasks, and no query."""
    if not task.title:
        return ""
    errand = task.process.errand
    return _("%(who)s asks: %(text)s") % {"who": errand.given_by, "text": errand.text or errand.title}


def state_of(task: Task, standing: Standing) -> str:
    """Which face of the page a person gets.

    mine: she has it; free: she may take it; taken: somebody else has it; elsewhere: others may take it;
    held: nobody can work on it; over: finished; gone: cancelled, or its step no longer exists.
    """
    if task.step is None or not (task.is_open or task.status == STATUS.DONE):
        return "gone"
    if not task.is_open:
        return "over"
    if task.held or task.case.status != Status.OPEN:
        return "held"
    if task.owner_id:
        return "mine" if is_mine(task, standing) else "taken"
    return "free" if may_claim(task, standing) else "elsewhere"


def may_reassign(task: Task, standing: Standing) -> bool:
    """Whether a person may hand the task over now. The act asks again."""
    return task.is_open and may_hand_over(task, standing)


def next_tasks(task: Task, standing: Standing) -> list[NextTask]:
    """The open tasks of the same case that a person may see. One query."""
    found = Task.objects.visible_to(standing).open().begun().filter(case=task.case_id)  # type: ignore[attr-defined]
    return [
        NextTask(title_of(row), reverse("tasks:task", args=[row.pk]), str(row.owner or organisation_of(row)))
        for row in found.select_related("owner", "organisation").order_by("due_at", "pk")
    ]


def people_for(task: Task) -> QuerySet[User]:
    """People who sit in the task's organisation and have the right to do it, without its owner. One query."""
    today = timezone.localdate()
    seated = Membership.objects.filter(
        organisation=task.organisation_id, valid_from__lte=today, relieved_at=None
    ).exclude(valid_until__lt=today)
    rights = OrganisationGroupPermission.objects.filter(
        content_object=task.organisation_id, permission__codename=task.permission
    )
    able = User.objects.filter(
        is_active=True, pk__in=seated.values("user_id"), groups__in=rights.values("group_id")
    ).exclude(pk__in=[task.owner_id or 0, *eyes_of(task)])
    return User.objects.filter(pk__in=able.values("pk")).order_by(VnKey("given_name"), VnKey("full_name"), "pk")


def what_comes_next(task: Task) -> str:
    """A sentence about what a finished task has set going: who has which step next. One query."""
    done = _("Finished: %(step)s, %(case)s.") % {"step": title_of(task), "case": task.case.working_name}
    # By time and not by id: the other branch of a split has a greater id, but it was not opened by this task.
    opened = Task.objects.open().filter(case=task.case, created__gte=task.finished).select_related("organisation")
    steps = [_next_step(row) for row in opened.order_by("pk")]
    return _("%(done)s Sent to %(next)s.") % {"done": done, "next": "; ".join(steps)} if steps else done


def _next_step(task: Task) -> str:
    words = {"organisation": organisation_of(task), "step": title_of(task)}
    if task.opens_on and task.opens_on > timezone.localdate():
        return _("%(organisation)s: %(step)s, from %(day)s") % {**words, "day": task.opens_on.strftime("%d/%m/%Y")}
    return _("%(organisation)s: %(step)s") % words
