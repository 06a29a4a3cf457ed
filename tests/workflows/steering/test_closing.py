"""Closing a case for a coded reason: everything open ends, everybody concerned is told."""

import pytest
from django.core.exceptions import PermissionDenied

from casework.acts import ActionNotPossible, perform
from casework.cases.stages import Outcome
from casework.models import AuditEvent
from notifications.models import OutboxMessage
from workflows.acts import CompleteTask
from workflows.engine.models import Process, Task, TaskAssignment
from workflows.errands.acts import GiveErrand
from workflows.errands.models import Errand
from workflows.holds.models import Hold
from workflows.steering.closing import CloseCase
from workflows.steering.corrections import ReturnToStep
from workflows.steering.models import ClosingReason
from workflows.steering.reference import load_closing_reasons


def close(walk, code="group_withdrew", by="lan", **more):
    return perform(CloseCase(walk.case.pk, code, **more), by=getattr(walk.world, by))


def test_there_is_a_reason_for_every_outcome_and_loading_again_adds_none(world):
    assert set(ClosingReason.objects.values_list("outcome", flat=True)) == set(Outcome.values)
    assert load_closing_reasons() == 0


def test_everything_open_ends_and_stays_readable(walk):
    walk.to("draft_plan")
    perform(GiveErrand(walk.case.pk, "Call the bank", walk.world.organisation("al-kh")), by=walk.world.lan)
    task = walk.task("draft_plan")
    walk.world.claim(task, walk.world.mai)
    perform(ReturnToStep(task.pk, "survey_needs", "why"), by=walk.world.mai)

    close(walk, text="They moved to the town.")

    assert walk.stage == ("business_plan", "closed", "stopped")
    assert walk.case.closing_reason.endswith(": They moved to the town.")
    assert walk.open() == []
    assert not Hold.objects.filter(case=walk.case, ended_at=None).exists()
    assert not Errand.objects.filter(case=walk.case, ended_at=None).exists()
    assert not Process.objects.filter(case=walk.case, finished=None).exists()
    assert not Task.objects.filter(case=walk.case).exclude(status__in=["DONE", "CANCELED"]).exists()
    assert not TaskAssignment.objects.filter(case=walk.case, ended_at=None).exists()


def test_the_event_names_reason_outcome_and_what_ended_and_owners_are_told(walk):
    walk.to("draft_plan")
    walk.world.claim(walk.task("draft_plan"), walk.world.mai)
    close(walk)

    event = AuditEvent.objects.filter(case_id=walk.case.pk, verb="case.closed").get()
    assert (event.facts["outcome"], event.facts["reason_code"]) == ("stopped", "group_withdrew")
    assert [row["node"] for row in event.facts["ended"]] == ["draft_plan", "draft_charter"]
    told = OutboxMessage.objects.filter(kind="case.closed").values_list("user__username", flat=True)
    assert list(told) == ["mai"]


@pytest.mark.parametrize("who", ["lan", "hanh"])
def test_an_advisor_of_the_lead_and_a_supervisor_may_close(walk, who):
    close(walk, by=who)

    assert walk.stage[1] == "closed"


@pytest.mark.parametrize("who", ["cuc", "binh", "ngan", "van", "thanh", "son", "phuong", "stranger"])
def test_nobody_else_may(walk, who):
    with pytest.raises(PermissionDenied):
        close(walk, by=who)


def test_a_closed_case_is_not_closed_again_and_a_reason_is_one_of_the_list(walk):
    with pytest.raises(ActionNotPossible) as refusal:
        close(walk, "no such reason")
    assert refusal.value.field == "reason_code"
    close(walk)
    with pytest.raises(ActionNotPossible):
        close(walk)


def test_a_duplicate_names_the_other_case(walk):
    for other in (None, walk.case):
        with pytest.raises(ActionNotPossible) as refusal:
            close(walk, "double_entry", duplicate_of=other)
        assert refusal.value.field == "duplicate_of"
    other = walk.world.open_case(name="HTX Khác")

    close(walk, "double_entry", duplicate_of=other)

    assert walk.stage[2] == "duplicate"
    assert walk.case.duplicate_of == other


def test_a_case_that_a_step_ends_takes_its_tasks_outside_the_steps_along(walk):
    walk.to("hold_consultation")
    perform(GiveErrand(walk.case.pk, "Call the bank", walk.world.organisation("al-kh")), by=walk.world.lan)

    walk.world.finish(walk.task("hold_consultation"), outcome="stop", reason="No time.")

    assert (walk.stage[1:], walk.open()) == (("closed", "stopped"), [])


def test_a_task_of_a_closed_case_is_not_finished(walk):
    walk.to("survey_needs")
    task = walk.task("survey_needs")
    walk.world.claim(task, walk.world.lan)
    close(walk)

    with pytest.raises(ActionNotPossible):
        perform(CompleteTask(task.pk, {}), by=walk.world.lan)
