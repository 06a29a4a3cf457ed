"""A case walked through its flow by acts; after each one it is checked that the case still hangs together."""

from dataclasses import dataclass

from casework.models import (
    Case,
    User,
)
from tests.factories import World
from workflows.engine.models import Process, Task


@dataclass
class Walk:
    """A case and the hands that move it; after each act it is checked that the case still hangs together."""

    world: World
    case: Case

    def finish(self, node: str, by: User | None = None, **fields: object) -> "Walk":
        """Take the open task of a step and finish it."""
        self.world.finish(self.task(node), by, **fields)
        self.check()
        return self

    def to(self, node: str) -> "Walk":
        """Finish tasks until one of the step is open."""
        while node not in self.open():
            self.finish(self.open()[0])
        return self

    def task(self, node: str) -> Task:
        return Task.objects.open().get(case=self.case, node=node)

    def open(self) -> list[str]:
        return list(Task.objects.open().filter(case=self.case).order_by("pk").values_list("node", flat=True))

    def rounds(self, node: str) -> list[int]:
        return list(Task.objects.filter(case=self.case, node=node).order_by("pk").values_list("round", flat=True))

    @property
    def stage(self) -> tuple[str, str, str]:
        self.case = Case.objects.get(pk=self.case.pk)
        return self.case.stage, self.case.status, self.case.outcome

    def check(self) -> None:
        """An open case waits for somebody, a closed one for nobody; no step waits twice."""
        case, waiting = Case.objects.get(pk=self.case.pk), self.open()
        process = Process.objects.get(case=case, application=None)
        assert bool(waiting) == (case.status == "open"), f"{case.status} with {waiting}"
        assert (process.status == "DONE") == (case.status == "closed"), f"{case.status}, process {process.status}"
        assert len(set(waiting)) == len(waiting), waiting
        for task in Task.objects.open().filter(case=case):
            # The money of a lender holds up no case.
            assert task.stage == case.stage or task.node == "record_disbursement"
            assert task.due_at
            assert task.organisation_id
        stuck = Task.objects.filter(case=case, node__in=["drafts_ready", "linked_both"])
        assert stuck.exclude(status__in=["DONE", "CANCELED"]).count() <= 1
