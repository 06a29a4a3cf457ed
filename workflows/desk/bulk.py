"""The same act for many tasks at once: which tasks, which acts, and what came of each. See docs/concepts/desk.md."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.acts import Act, ActionNotPossible, perform
from casework.cases.stages import Status
from casework.organisations.models import User
from casework.organisations.standing import Standing
from workflows.acts import ClaimTask, PutBack, ReassignTask, ReleaseTask
from workflows.desk.bulk_forms import BulkForm, ExtendForm, GiveForm, PriorityForm, PutBackForm, ReleaseForm
from workflows.desk.filters import MINE, ORGANISATION, QUEUE, SEEN, WORKED_ON, Filters
from workflows.desk.paging import NEAREST, page_of
from workflows.desk.queries import tasks_in, with_words
from workflows.engine.models import Task
from workflows.holds.task_acts import ExtendTask, SetPriority

# So many rows answer within the time that a browser and a web server wait for each other.
AT_ONCE = 500
_LARGEST = 2**63 - 1


@dataclass(frozen=True)
class Bulk:
    """One thing that can be done with many tasks. `permission` (empty: none) decides who is offered it."""

    name: str
    label: Promise
    tabs: frozenset[str]
    form: type[BulkForm]
    act: Callable[[int, dict[str, Any]], Act]
    permission: str = ""


ACTIONS = {
    action.name: action
    for action in (
        Bulk(
            "claim",
            gettext_lazy("Take them"),
            frozenset({QUEUE, ORGANISATION, SEEN}),
            BulkForm,
            lambda task_id, _data: ClaimTask(task_id),
        ),
        Bulk(
            "release",
            gettext_lazy("Give them back"),
            frozenset({MINE}),
            ReleaseForm,
            lambda task_id, data: ReleaseTask(task_id, **data),
        ),
        Bulk(
            "reassign",
            gettext_lazy("Give them to…"),
            WORKED_ON,
            GiveForm,
            lambda task_id, data: ReassignTask(task_id, **data),
            "reassign_task",
        ),
        Bulk(
            "put_back",
            gettext_lazy("Put them back into the queue"),
            frozenset({ORGANISATION, SEEN}),
            PutBackForm,
            lambda task_id, data: PutBack(task_id, **data),
            "reassign_task",
        ),
        Bulk(
            "extend",
            gettext_lazy("Extend them until…"),
            WORKED_ON,
            ExtendForm,
            lambda task_id, data: ExtendTask(task_id, **data),
            "extend_deadline",
        ),
        Bulk(
            "priority",
            gettext_lazy("Set how much they press"),
            WORKED_ON,
            PriorityForm,
            lambda task_id, data: SetPriority(task_id, **data),
            "prioritise_task",
        ),
    )
}


def actions_for(standing: Standing, tab: str) -> list[Bulk]:
    """What a person is offered for the rows of a tab. The acts ask again, for each task."""
    return [
        action
        for action in ACTIONS.values()
        if tab in action.tabs and (not action.permission or action.permission in standing.permissions)
    ]


@dataclass(frozen=True)
class Chosen:
    """The tasks of one go. `rest`: the cursor behind which more of the same filters wait (empty: none)."""

    tasks: list[Task]
    rest: str = ""


def ids_in(texts: Iterable[str]) -> list[int]:
    """The ids among what an address or a form sent, each once, at most AT_ONCE of them."""
    numbers = (int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 20)
    return list(dict.fromkeys(number for number in numbers if 0 < number <= _LARGEST))[:AT_ONCE]


def ticked(ids: list[int], standing: Standing) -> Chosen:
    """Those of the ticked tasks that the person sees and that are neither over nor held. One query."""
    return Chosen(list(_workable(Task.objects.visible_to(standing).filter(pk__in=ids)).order_by(*NEAREST.names())))


def filtered(filters: Filters, standing: Standing, now: datetime, after: str = "") -> Chosen:
    """The first AT_ONCE tasks of a list behind a cursor, without held ones. One query."""
    if filters.tab not in WORKED_ON:
        return Chosen([])
    page = page_of(_workable(filters.apply(tasks_in(filters.tab, standing), now)), NEAREST, after, size=AT_ONCE)
    return Chosen(page.rows, page.next)


def _workable(tasks: QuerySet[Task]) -> QuerySet[Task]:
    return with_words(tasks.open().filter(held=False, case__status=Status.OPEN))  # type: ignore[attr-defined]


def in_their_order(ids: list[int], standing: Standing) -> list[Task]:
    """The tasks that a form names, whatever became of them since. One query.

    Raises Task.DoesNotExist when one is not hers to see or never was: the page never offers such a one, so nothing is
    done with the others either.
    """
    found = with_words(Task.objects.visible_to(standing)).in_bulk(ids)
    if len(found) < len(ids):
        raise Task.DoesNotExist
    return [found[pk] for pk in ids]


@dataclass(frozen=True)
class Outcome:
    """What came of one task: a sentence why not, or nothing when it was done."""

    task: Task
    refusal: str = ""


def carry_out(action: Bulk, tasks: list[Task], by: User, request_id: UUID, data: dict[str, Any]) -> list[Outcome]:
    """One act for each task, each in a transaction of its own; a refusal stops nothing.

    The id of each act follows from the request and the task: the same form sent again repeats nothing.
    """
    return [Outcome(task, _one(action, task, by, uuid5(request_id, str(task.pk)), data)) for task in tasks]


def _one(action: Bulk, task: Task, by: User, request_id: UUID, data: dict[str, Any]) -> str:
    """A task that was put on hold since it was chosen is left out, even where its own page would allow the act."""
    if task.held:
        return _("This task is on hold. It is left out of work with several tasks.")
    return _refusal_of(action.act(task.pk, data), by, request_id)


def _refusal_of(act: Act, by: User, request_id: UUID) -> str:
    try:
        perform(act, by=by, request_id=request_id)
    except ActionNotPossible as refusal:
        return str(refusal)
    except PermissionDenied:
        return _("You have no right to do this with this task.")
    except ObjectDoesNotExist:
        return _("This task is no longer there.")
    return ""
