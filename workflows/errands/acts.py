"""Giving somebody a task outside the steps, and taking it back."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.acts import Act, ActionNotPossible, Notice, Unit
from casework.cases.models import Case
from casework.cases.stages import Status
from casework.organisations.models import Organisation, User
from casework.sharing.querysets import working_organisations
from workflows.acts import begin_assignment, can_do, tell_of_tasks
from workflows.ending import end_open_tasks, end_runs
from workflows.engine.models import Task
from workflows.errands.models import Errand
from workflows.flows.errand_v1 import ErrandV1


@dataclass(frozen=True)
class GiveErrand(Act):
    """Ask an organisation of the case, or one person there, to do something until a day."""

    verb: ClassVar[str] = "errand.given"

    case_id: int
    title: str
    organisation: Organisation
    text: str = ""
    person: User | None = None
    due_on: date | None = None
    blocks_stage: bool = False

    def lock(self, unit: Unit) -> None:
        unit.about_case(Case.objects.locked(self.case_id))

    def authorise(self, unit: Unit) -> None:
        unit.authorise_any("give_errand", working_organisations(unit.case.pk))

    def change(self, unit: Unit) -> dict[str, Any]:
        self._say_if_not_possible(unit)
        now = timezone.now()
        errand = unit.add(
            Errand(
                case=unit.case,
                title=self.title,
                text=self.text,
                organisation=self.organisation,
                person=self.person,
                due_on=self.due_on,
                blocks_stage=self.blocks_stage,
                given_by=unit.by,
            )
        )
        process = ErrandV1.start.run(case=unit.case, errand=errand)
        unit.change(errand, process_id=process.pk)
        unit.facts.update({"errand": errand.pk, "title": self.title})
        task = Task.objects.open().get(process=process)
        if self.person:
            task.case = task.process.case = unit.case
            self._hand_over(unit, task)
        else:
            tell_of_tasks(unit, since=now)
        return {"errand": errand.pk, "task": task.pk}

    def _say_if_not_possible(self, unit: Unit) -> None:
        if unit.case.status != Status.OPEN:
            raise ActionNotPossible(_("This case is on hold or closed, so nothing new can be asked for."))
        if self.organisation.pk not in working_organisations(unit.case.pk):
            raise ActionNotPossible(
                _("%(name)s does not work on this case.") % {"name": self.organisation.name}, "organisation"
            )
        if self.due_on and self.due_on < timezone.localdate():
            raise ActionNotPossible(_("This day has passed. Choose today or a later day."), "due_on")

    def _hand_over(self, unit: Unit, task: Task) -> None:
        if not can_do(self.person, task):  # type: ignore[arg-type]
            raise ActionNotPossible(
                _("%(name)s has no right to do this task in %(organisation)s.")
                % {"name": self.person, "organisation": self.organisation},
                "person",
            )
        begin_assignment(unit, task, self.person)  # type: ignore[arg-type]
        unit.tell(Notice("task.assigned", user_id=self.person.pk, task_id=task.pk))  # type: ignore[union-attr]


@dataclass(frozen=True)
class WithdrawErrand(Act):
    """Whoever gave it, or a supervisor, takes it back; its task ends."""

    verb: ClassVar[str] = "errand.withdrawn"

    errand_id: int
    reason: str

    def lock(self, unit: Unit) -> None:
        unit.about_case(Case.objects.locked(Errand.objects.values_list("case_id", flat=True).get(pk=self.errand_id)))

    def authorise(self, unit: Unit) -> None:
        errand = Errand.objects.get(pk=self.errand_id)
        right = "give_errand" if errand.given_by_id == unit.by.pk else "reassign_task"
        unit.authorise_any(right, working_organisations(unit.case.pk))

    def change(self, unit: Unit) -> dict[str, Any]:
        errand = Errand.objects.select_related("process").get(pk=self.errand_id)
        if errand.ended_at:
            raise ActionNotPossible(_("This task has already ended."))
        unit.reason = self.reason
        unit.facts.update({"errand": errand.pk, "title": errand.title})
        end_open_tasks(unit, unit.case, process=errand.process)
        end_runs(unit, unit.case, pk=errand.process_id)
        unit.change(errand, ended_at=timezone.now(), result=self.reason)
        return {"errand": errand.pk}
