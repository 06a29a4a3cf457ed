"""Jumping and reopening: from everywhere to everywhere, and on to the end."""

import pytest
from django.core.exceptions import PermissionDenied

from casework.acts import ActionNotPossible, perform
from casework.models import AuditEvent, Case
from notifications.models import OutboxMessage
from workflows.acts import ClaimTask
from workflows.engine.begin import landing_nodes
from workflows.engine.models import Process, Task
from workflows.errands.acts import GiveErrand
from workflows.flows.founding_v1 import FoundingV1
from workflows.holds.models import Hold
from workflows.steering.closing import CloseCase
from workflows.steering.corrections import ReturnToStep
from workflows.steering.landing import landings_of, main_process, preview
from workflows.steering.moving import JumpTo, ReopenCase

TARGETS = [node.name for node in landing_nodes(FoundingV1)]
FIRST = {"drafting": ["draft_plan", "draft_charter"], "linking": ["link_market", "request_credit"]}


def jump(walk, node, by=None):
    perform(JumpTo(walk.case.pk, node, "The seat changed."), by=by or walk.world.hanh)
    walk.check()
    return walk


def to_the_end(walk):
    while walk.open():
        walk.finish(walk.open()[0])
    assert walk.stage == ("linked", "closed", "completed")


def test_splits_stand_for_the_steps_within_their_branches():
    assert "drafting" in TARGETS
    assert "linking" in TARGETS
    assert {"draft_plan", "draft_charter", "link_market", "request_credit", "decide_credit"}.isdisjoint(TARGETS)
    assert len(TARGETS) == 14


@pytest.mark.parametrize("target", [name for name in TARGETS if name != "record_registration_result"])
def test_from_the_follow_up_a_case_goes_to_every_step_and_from_there_to_the_end(walk, target):
    walk.to("follow_up_12_months")

    jump(walk, target)

    assert walk.open() == FIRST.get(target, [target])
    to_the_end(walk)


def test_forward_a_case_goes_only_where_nothing_that_the_law_asks_for_is_missing(walk):
    walk.to("survey_needs")

    missing = {place.name for place in landings_of(walk.case, main_process(walk.case)) if place.missing}

    assert missing == {
        "review_plan", "hold_founding_conference", "prepare_dossier", "file_dossier", "record_registration_result",
        "linking", "confirm_linkage", "follow_up_6_months", "follow_up_12_months",
    }  # fmt: skip
    for name in missing:
        with pytest.raises(ActionNotPossible):
            jump(walk, name)
    assert walk.open() == ["survey_needs"]


def test_a_jump_forward_says_what_was_never_done_and_the_gates_come_later(walk):
    walk.to("survey_needs")
    process = main_process(walk.case)
    place = next(one for one in landings_of(walk.case, process) if one.name == "drafting")

    seen = preview(walk.case, process, place)

    titles = {node.name: str(node.task_title) for node in FoundingV1.nodes_in_order() if hasattr(node, "step")}
    assert seen.cancelled == [titles["survey_needs"]]
    assert seen.created == [titles["draft_plan"], titles["draft_charter"]]
    assert seen.never_done == [titles[n] for n in ("survey_needs", "hold_consultation", "form_founding_group")]


def test_a_certificate_that_is_there_lets_the_answer_only_be_recorded_after_filing_again(walk):
    walk.to("link_market")
    with pytest.raises(ActionNotPossible):
        jump(walk, "record_registration_result")

    jump(walk, "file_dossier").finish("file_dossier")

    assert walk.open() == ["record_registration_result"]


def test_a_jump_between_two_branches_cancels_both_and_the_join_that_waits(walk):
    walk.to("link_market").finish("link_market")
    waiting = walk.task("request_credit")
    walk.world.claim(waiting)

    jump(walk, "linking")

    assert walk.open() == ["link_market", "request_credit"]
    assert Task.objects.get(pk=waiting.pk).status == "CANCELED"
    event = AuditEvent.objects.filter(case_id=walk.case.pk, verb="case.jumped").get()
    assert event.facts["cancelled"] == [{"task": waiting.pk, "node": "request_credit"}]
    assert [row["node"] for row in event.facts["next"]] == ["link_market", "request_credit"]
    assert (event.facts["stage"], event.facts["place"], event.reason) == ("linkage", "linking", "The seat changed.")
    to_the_end(walk)


def test_after_a_plan_was_returned_a_jump_opens_both_drafts_whatever_was_marked(walk):
    marks = {"outcome": "return", "marked_in_plan": ["market"], "remarks": "Who buys?"}
    walk.to("review_plan").finish("review_plan", **marks)
    assert walk.open() == ["draft_plan"]

    jump(walk, "drafting")

    assert walk.open() == ["draft_plan", "draft_charter"]
    to_the_end(walk)


def test_tasks_outside_the_steps_go_on(walk):
    walk.to("hold_consultation")
    perform(GiveErrand(walk.case.pk, "Call the bank", walk.world.organisation("al-kh")), by=walk.world.lan)

    perform(JumpTo(walk.case.pk, "survey_needs", "again"), by=walk.world.hanh)

    assert sorted(walk.open()) == ["do_errand", "survey_needs"]


def test_a_correction_ends_with_the_task_that_waits_for_it(walk):
    walk.to("prepare_dossier")
    task = walk.task("prepare_dossier")
    walk.world.claim(task, walk.world.binh)
    perform(ReturnToStep(task.pk, "survey_needs", "why"), by=walk.world.binh)

    jump(walk, "hold_founding_conference")

    assert walk.open() == ["hold_founding_conference"]
    assert not Hold.objects.filter(case=walk.case, ended_at=None).exists()
    ended = OutboxMessage.objects.filter(kind="task.ended").values_list("user__username", flat=True)
    assert sorted(ended) == ["binh", "lan"]


@pytest.mark.parametrize("who", ["lan", "binh", "ngan", "van", "thanh", "son", "stranger"])
def test_only_a_supervisor_of_the_case_steers_it(walk, who):
    for act in (JumpTo(walk.case.pk, "survey_needs", "x"), ReopenCase(walk.case.pk, "survey_needs", "x")):
        with pytest.raises(PermissionDenied):
            perform(act, by=getattr(walk.world, who))


def test_a_reason_and_a_step_are_asked_for(walk):
    for node, reason, field in (("survey_needs", " ", "reason"), ("nowhere", "x", "node"), ("draft_plan", "x", "node")):
        with pytest.raises(ActionNotPossible) as refusal:
            perform(JumpTo(walk.case.pk, node, reason), by=walk.world.hanh)
        assert refusal.value.field == field


def test_a_case_on_hold_and_a_closed_one_do_not_jump(walk):
    perform(CloseCase(walk.case.pk, "no_contact"), by=walk.world.lan)

    with pytest.raises(ActionNotPossible):
        perform(JumpTo(walk.case.pk, "survey_needs", "x"), by=walk.world.hanh)


# ── Reopening ────────────────────────────────────────────────────────────────────────────────────────


def reopen(walk, node):
    perform(ReopenCase(walk.case.pk, node, "They want to go on."), by=walk.world.hanh)
    walk.check()
    return walk


@pytest.mark.parametrize("target", ["screen_lead", "survey_needs"])
def test_a_lead_that_was_declined_is_taken_up_after_all(walk, target):
    walk.finish("screen_lead", decision="decline", reason="Too early.")
    assert walk.stage == ("lead", "closed", "declined")

    reopen(walk, target)

    assert (walk.open(), walk.stage[1:]) == ([target], ("open", ""))
    assert walk.case.closed_at is None
    event = AuditEvent.objects.filter(case_id=walk.case.pk, verb="case.reopened").get()
    assert (event.facts["outcome"], event.facts["closed"]) == ("declined", "Too early.")
    to_the_end(walk)


@pytest.mark.parametrize("target", [name for name in TARGETS if name != "record_registration_result"])
def test_a_completed_case_is_reopened_at_every_step_and_completed_again(walk, target):
    walk.to("follow_up_12_months").finish("follow_up_12_months")

    reopen(walk, target)

    assert walk.open() == FIRST.get(target, [target])
    to_the_end(walk)


def test_a_case_closed_by_hand_in_the_middle_of_two_branches_goes_on(walk):
    walk.to("draft_plan").finish("draft_plan")
    perform(CloseCase(walk.case.pk, "group_withdrew", "Moved."), by=walk.world.lan)

    reopen(walk, "drafting")

    assert walk.open() == ["draft_plan", "draft_charter"]
    to_the_end(walk)


def test_an_open_case_is_not_reopened(walk):
    with pytest.raises(ActionNotPossible):
        perform(ReopenCase(walk.case.pk, "survey_needs", "x"), by=walk.world.hanh)


def test_a_closed_case_is_read_only_until_it_is_reopened(walk):
    walk.to("survey_needs")
    task = walk.task("survey_needs")
    perform(CloseCase(walk.case.pk, "no_contact"), by=walk.world.lan)

    with pytest.raises(ActionNotPossible):
        perform(ClaimTask(task.pk), by=walk.world.lan)
    with pytest.raises(ActionNotPossible):
        perform(GiveErrand(walk.case.pk, "Call", walk.world.organisation("al-kh")), by=walk.world.lan)


def test_the_lead_organisation_is_told_of_the_reopening(walk):
    walk.finish("screen_lead", decision="decline", reason="Too early.")

    reopen(walk, "survey_needs")

    assert OutboxMessage.objects.filter(kind="case.reopened", case=walk.case).exists()
    assert Process.objects.get(case=walk.case).finished is None
    assert Case.objects.get(pk=walk.case.pk).duplicate_of is None
