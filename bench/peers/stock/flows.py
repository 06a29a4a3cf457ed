"""The job: six steps of people with one split and its join."""

from viewflow import this
from viewflow.workflow import flow, lock
from viewflow.workflow.flow.views import UpdateProcessView

from bench.peers.stock.models import CaseProcess


def _step(following):
    view = UpdateProcessView.as_view(fields=["stage"])
    return flow.View(view).Permission("stock.work_on", obj=lambda process: process.body).Next(following)


class Founding(flow.Flow):
    """Lead, consultation, plan, registration, then market and credit side by side."""

    process_class = CaseProcess
    lock_impl = lock.select_for_update_lock

    start = flow.StartHandle(this.begin).Next(this.lead)
    lead = _step(this.consultation)
    consultation = _step(this.plan)
    plan = _step(this.registration)
    registration = _step(this.split)
    split = flow.Split().Next(this.market).Next(this.credit)
    market = _step(this.join)
    credit = _step(this.join)
    join = flow.Join().Next(this.end)
    end = flow.End()

    def begin(self, activation, *, body, name):
        """A case comes in."""
        activation.process.body, activation.process.name, activation.process.stage = body, name, "lead"
        return activation.process
