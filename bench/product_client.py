"""A worker of the product: claims and finishes tasks by acts, as pages do, without the pages.

    python -m bench.product_client NUMBER WORKERS

What is measured is `perform`: lock, right, step, tokens, event, outbox and every guard, durable when it returns.
"""

import sys
import time
from typing import Any
from uuid import uuid4

import django

STEPS = ("screen_lead", "survey_needs", "hold_consultation")


class Product:
    """Completes the first three steps of cases, those of one worker only."""

    def __init__(self, number: int, workers: int):
        self.number, self.workers = number, workers
        self.ready: list[tuple[Any, Any]] = []
        self.last, self.owners = 0, dict[int, Any]()

    def prepare(self, count: int) -> None:
        """Take so many tasks and fill in their forms."""
        while len(self.ready) < count:
            for task in self.free(count - len(self.ready)):
                by = self.owner_of(task.organisation_id)
                perform(ClaimTask(task.pk), by=by, request_id=uuid4())
                self.ready.append((self.act(task, by), by))

    def free(self, count: int) -> list[Any]:
        """Tasks that nobody has, of communes of this worker."""
        rows = Task.objects.filter(node__in=STEPS, status="NEW", held=False, pk__gt=self.last, case__status="open")
        rows = rows.extra(where=["workflows_task.case_id %% %s = %s"], params=[self.workers, self.number])
        found = list(rows.select_related("case").order_by("pk")[:count])
        if not found:
            raise RuntimeError("There are no tasks left.")
        self.last = found[-1].pk
        return found

    def owner_of(self, organisation: int) -> Any:
        """The advisor who works there and nowhere else."""
        if organisation not in self.owners:
            seats = Membership.objects.filter(organisation_id=organisation, role="advisor").select_related("user")
            self.owners[organisation] = seats.order_by("pk")[0].user
        return self.owners[organisation]

    def act(self, task: Any, by: Any) -> Any:
        """The act that finishes a task, with its form filled in."""
        form = task.form(by, data=posted(answer_for(task)))
        if not form.is_valid():
            raise RuntimeError(f"{task.node}: {form.errors.as_json()}")
        return CompleteTask(task.pk, form.cleaned_data)

    def complete(self, count: int) -> list[float]:
        """Finish so many; how long each took."""
        return [self._timed(*self.ready.pop()) for _time in range(count)]

    def claim(self, count: int) -> list[float]:
        """Take so many; how long each took."""
        return [
            self._timed(ClaimTask(task.pk), self.owner_of(task.organisation_id)) for task in self.free(count)
        ]  # fmt: skip

    def write(self, organisation: int, seconds: float) -> tuple[int, int]:
        """Open cases of one body and finish their first task for so long. Acts done, and times it was busy."""
        body, by = Organisation.objects.select_related("area").get(pk=organisation), self.owner_of(organisation)
        done, busy, end = 0, 0, time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                opened = perform(OpenCase(body, body.area, f"HTX thử {uuid4().hex[:9]}"), by=by, request_id=uuid4())
                task = Task.objects.select_related("case").get(case=opened.case_id, node="screen_lead")
                perform(ClaimTask(task.pk), by=by, request_id=uuid4())
                perform(self.act(task, by), by=by, request_id=uuid4())
                done += 3
            except Busy:
                busy += 1
        return done, busy

    @staticmethod
    def _timed(act: Any, by: Any) -> float:
        began = time.perf_counter()
        perform(act, by=by, request_id=uuid4())
        return time.perf_counter() - began


if __name__ == "__main__":
    django.setup()

from casework.acts import Busy, perform  # noqa: E402 (models only once all apps are loaded)
from casework.cases.acts import OpenCase  # noqa: E402
from casework.organisations.models import Membership, Organisation  # noqa: E402
from casework.sharing.scope import everything  # noqa: E402
from workflows.acts import ClaimTask, CompleteTask  # noqa: E402
from workflows.demo.answers import answer_for  # noqa: E402
from workflows.demo.play import posted  # noqa: E402
from workflows.engine.models import Task  # noqa: E402

if __name__ == "__main__":
    from bench.serving import serve

    with everything("a worker of the bench is everybody"):
        serve(Product(int(sys.argv[1]), int(sys.argv[2])))
