"""Work goes back to a named earlier step and straight back again; branches, stage and token stay."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from casework.acts import ActionNotPossible, perform
from casework.models import AuditEvent, BusinessPlan, NeedsSurvey
from casework.organisations.acts import Relieve
from casework.organisations.models import Membership
from notifications.models import OutboxMessage
from workflows.acts import ClaimTask, CompleteTask, ReleaseTask
from workflows.demo.answers import answer_for
from workflows.demo.play import finish
from workflows.desk.forms import step_form
from workflows.engine.models import Task
from workflows.holds.models import Hold
from workflows.steering.corrections import CallBack, ReturnToStep, correctable_steps

WHY = "The survey names no seat."


def taken(walk, node, by=None):
    task = walk.task(node)
    walk.world.claim(task, by)
    return Task.objects.select_related("owner", "process", "case").get(pk=task.pk)


def send_back(walk, task, node, by=None, **more):
    receipt = perform(ReturnToStep(task.pk, node, WHY, **more), by=by or task.owner)
    return Task.objects.select_related("owner", "process", "case", "organisation").get(pk=receipt.result["correction"])


def correct(walk, correction, by=None):
    return finish(correction.pk, by or correction.owner, answer_for(correction))


def stored(task):
    return Task.objects.select_related("owner", "process", "case").get(pk=task.pk)


@pytest.fixture
def dossier(walk):
    """The dossier is being prepared by binh; everything before it is done."""
    walk.to("prepare_dossier")
    return taken(walk, "prepare_dossier", walk.world.binh)


def test_a_correction_goes_to_whoever_did_the_step_and_the_task_waits(walk, dossier):
    correction = send_back(walk, dossier, "survey_needs", marks=["trade", "no such field"])

    assert (correction.node, correction.owner, correction.status) == ("survey_needs", walk.world.lan, "ASSIGNED")
    assert (correction.back_to_id, correction.correction, correction.marks) == (dossier.pk, WHY, ["trade"])
    assert (correction.round, correction.organisation_id) == (2, walk.case.lead_organisation_id)
    assert correction.due_at > timezone.now()
    assert stored(dossier).held
    hold = Hold.objects.get(task=dossier, ended_at=None)
    assert (hold.waits_for, hold.reason, hold.began_by) == ("correction", WHY, walk.world.binh)
    assert walk.stage == ("registration", "open", "")
    told = OutboxMessage.objects.get(kind="task.returned", task_id=correction.pk)
    assert told.user == walk.world.lan


def test_the_corrected_step_goes_straight_back_without_moving_the_token(walk, dossier):
    correction = send_back(walk, dossier, "survey_needs")

    correct(walk, correction)

    assert walk.open() == ["prepare_dossier"]
    back = stored(dossier)
    assert (back.held, back.owner, back.status) == (False, walk.world.binh, "ASSIGNED")
    assert not Hold.objects.filter(case=walk.case, ended_at=None).exists()
    assert NeedsSurvey.objects.filter(case=walk.case).count() == 2
    assert OutboxMessage.objects.get(kind="task.corrected").user == walk.world.binh
    event = AuditEvent.objects.filter(case_id=walk.case.pk, verb="task.completed").latest("seq")
    assert event.facts["back_to"] == {"task": dossier.pk, "node": "prepare_dossier"}
    walk.finish("prepare_dossier").to("follow_up_6_months")


@pytest.mark.parametrize(
    "node",
    ["survey_needs", "hold_consultation", "form_founding_group", "draft_plan", "draft_charter", "prepare_dossier",
     "file_dossier", "link_market"],
)  # fmt: skip
def test_every_correctable_step_can_be_done_again_and_the_case_goes_on_to_the_end(walk, node):
    walk.to("confirm_linkage")
    task = taken(walk, "confirm_linkage")
    assert node in [one.name for one in correctable_steps(task)]

    correct(walk, send_back(walk, task, node))

    assert (walk.open(), walk.stage[0]) == (["confirm_linkage", "record_disbursement"], "linkage")
    walk.to("follow_up_12_months").finish("follow_up_12_months")
    assert walk.stage == ("linked", "closed", "completed")


def test_decisions_are_not_offered(walk):
    walk.to("follow_up_6_months")
    task = taken(walk, "follow_up_6_months")

    offered = {node.name for node in correctable_steps(task)}

    assert offered.isdisjoint(
        {"screen_lead", "review_plan", "hold_founding_conference", "record_registration_result", "request_credit",
         "decide_credit", "confirm_linkage"}
    )  # fmt: skip
    with pytest.raises(ActionNotPossible) as refusal:
        perform(ReturnToStep(task.pk, "decide_credit", WHY), by=task.owner)
    assert refusal.value.field == "node"


def test_a_later_or_unfinished_step_is_not_offered(walk):
    walk.to("hold_consultation")

    assert [node.name for node in correctable_steps(taken(walk, "hold_consultation"))] == ["survey_needs"]


def test_a_parallel_branch_is_not_disturbed(walk):
    walk.to("draft_plan")
    task = taken(walk, "draft_plan", walk.world.lan)
    correction = send_back(walk, task, "form_founding_group")

    walk.world.finish(walk.task("draft_charter"), walk.world.mai)
    assert sorted(walk.open()) == ["draft_plan", "form_founding_group"]
    correct(walk, correction)

    assert (walk.open(), walk.stage[0]) == (["draft_plan"], "business_plan")
    walk.finish("draft_plan")
    assert walk.open() == ["review_plan"]
    assert Task.objects.filter(case=walk.case, node="drafts_ready").count() == 1


def test_the_form_of_a_correction_opens_with_the_last_answers_and_shows_the_marks(walk, dossier):
    before = NeedsSurvey.objects.get(case=walk.case)
    correction = send_back(walk, dossier, "survey_needs", marks=["trade"])

    form = step_form(correction, walk.world.lan)

    assert form["trade"].value() == before.trade
    assert form["women_interested"].value() == str(before.women_interested)
    assert form["surveyed_on"].value() == f"{before.surveyed_on:%d/%m/%Y}"
    assert "<strong>" in form["trade"].help_text
    assert "<strong>" not in str(form["women_interested"].help_text)


def test_a_table_can_be_marked_too(walk, dossier):
    correction = send_back(walk, dossier, "draft_plan", marks=["products"])

    form = step_form(correction, walk.world.lan)

    assert correction.marks == ["products"]
    assert form.rows["products"].note
    assert not form.rows["sources"].note
    assert form["market"].value() == BusinessPlan.latest_of(walk.case).market


def test_a_correction_can_be_returned_further_back(walk, dossier):
    first = send_back(walk, dossier, "hold_consultation")
    second = send_back(walk, first, "survey_needs")

    assert stored(first).held
    assert stored(dossier).held
    correct(walk, second)
    assert not stored(first).held
    assert stored(dossier).held
    correct(walk, first)

    assert not stored(dossier).held
    assert walk.open() == ["prepare_dossier"]


def test_the_deadline_moves_by_the_days_that_the_task_waited(walk, dossier):
    due = dossier.due_at
    correction = send_back(walk, dossier, "survey_needs")

    with time_machine.travel(timezone.now() + timedelta(days=14), tick=False):
        correct(walk, correction)

    assert stored(dossier).due_at - due >= timedelta(days=7)
    assert stored(dossier).first_due_at == dossier.first_due_at


def test_somebody_who_left_gets_nothing_back(walk, dossier):
    seat = Membership.objects.get(user=walk.world.lan)
    perform(Relieve(seat.pk, "moved away"), by=walk.world.owner)

    correction = send_back(walk, dossier, "survey_needs")

    assert (correction.owner, correction.status) == (None, "NEW")
    told = OutboxMessage.objects.get(kind="task.returned")
    assert (told.user, told.organisation_id) == (None, walk.case.lead_organisation_id)
    perform(ClaimTask(correction.pk), by=walk.world.mai)


def test_only_one_correction_at_a_time(walk, dossier):
    send_back(walk, dossier, "survey_needs")

    with pytest.raises(ActionNotPossible):
        send_back(walk, dossier, "hold_consultation")


def test_a_waiting_task_is_neither_finished_nor_given_back(walk, dossier):
    send_back(walk, dossier, "survey_needs")

    for act in (CompleteTask(dossier.pk, {}), ReleaseTask(dossier.pk)):
        with pytest.raises(ActionNotPossible):
            perform(act, by=walk.world.binh)


@pytest.mark.parametrize(("who", "error"), [("bao", PermissionDenied), ("lan", PermissionDenied)])
def test_only_the_owner_returns_and_calls_back(walk, dossier, who, error):
    person = getattr(walk.world, who)

    with pytest.raises(error):
        perform(ReturnToStep(dossier.pk, "survey_needs", WHY), by=person)
    send_back(walk, dossier, "survey_needs")
    with pytest.raises(error):
        perform(CallBack(dossier.pk), by=person)


def test_a_reason_is_asked_for(walk, dossier):
    with pytest.raises(ActionNotPossible) as refusal:
        perform(ReturnToStep(dossier.pk, "survey_needs", " "), by=walk.world.binh)
    assert refusal.value.field == "reason"


def test_calling_back_cancels_the_whole_chain_and_the_task_goes_on(walk, dossier):
    first = send_back(walk, dossier, "hold_consultation")
    second = send_back(walk, first, "survey_needs")

    perform(CallBack(dossier.pk), by=walk.world.binh)

    assert {stored(first).status, stored(second).status} == {"CANCELED"}
    assert not stored(dossier).held
    assert not Hold.objects.filter(case=walk.case, ended_at=None).exists()
    assert set(OutboxMessage.objects.filter(kind="task.ended").values_list("user", flat=True)) == {walk.world.lan.pk}
    walk.finish("prepare_dossier")
    with pytest.raises(ActionNotPossible):
        perform(CallBack(dossier.pk), by=walk.world.binh)


def test_a_correction_in_which_the_group_gives_up_ends_the_case_and_all_that_waits(walk, dossier):
    correction = send_back(walk, dossier, "hold_consultation")
    answers = {**answer_for(correction), "outcome": "stop", "reason": "They move away."}

    finish(correction.pk, correction.owner, answers)

    assert walk.stage == ("registration", "closed", "stopped")
    assert stored(dossier).status == "CANCELED"
    assert walk.open() == []
