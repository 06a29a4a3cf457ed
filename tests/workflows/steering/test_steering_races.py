"""Several people steer one case at once: one of them wins, the case hangs together."""

import pytest

from casework.acts import ActionNotPossible, Receipt
from casework.models import Case
from tests.workflows.test_races import completion, job, race, receipts  # noqa: F401 (race is a fixture)
from workflows.engine.models import Task
from workflows.holds.models import Hold
from workflows.steering.closing import CloseCase
from workflows.steering.corrections import CallBack, ReturnToStep
from workflows.steering.moving import JumpTo

ROUNDS = 3


def open_nodes(case):
    return sorted(Task.objects.open().filter(case=case).values_list("node", flat=True))


def test_two_jumps_at_once_leave_one_token(race, committed_world):  # noqa: F811
    world = committed_world

    for _round in range(ROUNDS):
        case = world.open_case()

        results = race(
            job(JumpTo(case.pk, "survey_needs", "a"), world.hanh), job(JumpTo(case.pk, "drafting", "b"), world.hanh)
        )

        assert len(receipts(results)) == 2
        assert open_nodes(case) in (["survey_needs"], ["draft_charter", "draft_plan"])


@pytest.mark.parametrize("rival", ["return", "jump", "close"])
def test_finishing_while_somebody_steers_ends_in_one_of_both(race, committed_world, rival):  # noqa: F811
    world = committed_world

    for _round in range(ROUNDS):
        case = world.open_case()
        world.advance(case, "hold_consultation")
        task = world.task(case)
        world.claim(task, world.lan)
        away = {
            "return": (ReturnToStep(task.pk, "survey_needs", "why"), world.lan),
            "jump": (JumpTo(case.pk, "survey_needs", "why"), world.hanh),
            "close": (CloseCase(case.pk, "no_contact"), world.hanh),
        }[rival]

        results = race(job(completion(task, world.lan), world.lan), job(*away))

        done, steered = (isinstance(result, Receipt) for result in results)
        assert done or steered
        if rival == "return":
            assert done != steered
        stored = Task.objects.get(pk=task.pk)
        assert stored.status in ("DONE", "CANCELED", "ASSIGNED")
        assert bool(open_nodes(case)) == (Case.objects.get(pk=case.pk).status == "open")
        for result in results:
            assert isinstance(result, Receipt | ActionNotPossible)


def test_calling_back_while_it_is_corrected_ends_in_one_of_both(race, committed_world):  # noqa: F811
    world = committed_world

    for _round in range(ROUNDS):
        case = world.open_case()
        world.advance(case, "hold_consultation")
        task = world.task(case)
        world.claim(task, world.lan)
        job(ReturnToStep(task.pk, "survey_needs", "why"), world.lan)()
        correction = Task.objects.select_related("case", "organisation").get(back_to=task)

        results = race(job(completion(correction, world.lan), world.lan), job(CallBack(task.pk), world.lan))

        assert len(receipts(results)) == 1
        assert open_nodes(case) == ["hold_consultation"]
        assert not Task.objects.get(pk=task.pk).held
        assert not Hold.objects.filter(case=case, ended_at=None).exists()
