"""The founding flow, walked by acts from a lead to its end: the whole way, and every way out of it.

Loops and branches in between: test_founding_loops.py.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.acts import ActionNotPossible, perform
from casework.audit import chain
from casework.models import (
    AuditEvent,
    Case,
    CreditApplication,
    Dossier,
    Filing,
    FollowUp,
)
from casework.months import add_months
from tests.workflows.walk import Walk
from workflows.acts import ClaimTask, CompleteTask, ReassignTask
from workflows.clock.calendar import close_of
from workflows.clock.deadline import columns_of, deadline_of
from workflows.clock.limits import limit_for
from workflows.demo.play import AnswerRefused
from workflows.engine.models import Process, Task, TaskAssignment


@pytest.fixture
def walk(world):
    return Walk(world, world.open_case())


# ── The whole way ────────────────────────────────────────────────────────────────────────────────────


def test_a_case_goes_from_lead_to_linked_and_to_its_end(walk):
    seen = []
    while walk.open():
        node = walk.open()[0]
        seen.append((walk.stage[0], node))
        walk.finish(node)

    assert seen == [
        ("lead", "screen_lead"),
        ("consultation", "survey_needs"),
        ("consultation", "hold_consultation"),
        ("consultation", "form_founding_group"),
        ("business_plan", "draft_plan"),
        ("business_plan", "draft_charter"),
        ("business_plan", "review_plan"),
        ("business_plan", "hold_founding_conference"),
        ("registration", "prepare_dossier"),
        ("registration", "file_dossier"),
        ("registration", "record_registration_result"),
        ("linkage", "link_market"),
        ("linkage", "request_credit"),
        ("linkage", "decide_credit"),
        ("linkage", "confirm_linkage"),
        ("linked", "record_disbursement"),
        ("linked", "follow_up_6_months"),
        ("linked", "follow_up_12_months"),
    ]
    assert walk.stage == ("linked", "closed", "completed")
    assert not Process.objects.filter(case=walk.case, finished=None).exists()


def test_every_finished_task_has_one_event_one_holder_and_an_outcome(walk):
    while walk.open():
        walk.finish(walk.open()[0])

    events = AuditEvent.objects.filter(chain=f"case:{walk.case.pk}").order_by("seq")
    done = Task.objects.human().filter(case=walk.case, status="DONE")
    assert list(chain.problems(events)) == []
    assert events.filter(verb="task.completed").count() == done.count() == 18
    assert not TaskAssignment.objects.filter(case=walk.case).exclude(ended_how="done").exists()
    assert all(task.outcome in task.step.outcomes for task in done)


def test_each_organisation_gets_its_own_tasks(walk):
    while walk.open():
        walk.finish(walk.open()[0])

    by_node = dict(Task.objects.human().filter(case=walk.case).values_list("node", "organisation__code"))
    lead = {node for node, code in by_node.items() if code == "wu-kh-a"}
    assert {node: code for node, code in by_node.items() if node not in lead} == {
        "review_plan": "al-kh",
        "prepare_dossier": "al-kh",
        "link_market": "al-kh",
        "decide_credit": CreditApplication.objects.get(case=walk.case).lender.code,
        "record_disbursement": CreditApplication.objects.get(case=walk.case).lender.code,
        "confirm_linkage": "wu-kh",
    }
    assert len(lead) == 12


# ── Lead ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_declined_lead_is_closed_with_its_reason(walk):
    walk.finish("screen_lead", decision="decline", reason="The women want a shop, not a cooperative.")

    assert walk.stage == ("lead", "closed", "declined")
    assert walk.case.closing_reason == "The women want a shop, not a cooperative."


def test_a_lead_is_not_declined_without_a_reason(walk):
    with pytest.raises(AnswerRefused, match="reason"):
        walk.finish("screen_lead", decision="decline", reason="")

    assert walk.stage == ("lead", "open", "")


def test_a_duplicate_names_the_other_case(world, walk):
    other = world.open_case(name="HTX Nấm Hoa Sen 2")

    walk.finish("screen_lead", decision="duplicate", duplicate_of=other.code.lower())

    assert walk.stage == ("lead", "closed", "duplicate")
    assert walk.case.duplicate_of == other


def test_a_duplicate_of_a_foreign_a_missing_or_its_own_case_is_refused_alike(world, walk):
    sentences = set()
    for code in (world.open_case("phuong").code, "KH-1999-999999", walk.case.code):
        with pytest.raises(AnswerRefused, match="duplicate_of") as refusal:
            walk.finish("screen_lead", decision="duplicate", duplicate_of=code)
        sentences.add(str(refusal.value))

    assert len(sentences) == 1


# ── Consultation ─────────────────────────────────────────────────────────────────────────────────────


def test_a_group_that_stops_is_closed(walk):
    walk.to("hold_consultation").finish("hold_consultation", outcome="stop", reason="The harvest failed.")

    assert walk.stage == ("consultation", "closed", "stopped")
    assert walk.case.closing_reason == "The harvest failed."


def test_a_group_may_go_on_as_a_cooperative_group(walk):
    walk.to("hold_consultation").finish("hold_consultation", outcome="group")

    assert walk.open() == ["form_founding_group"]
    walk.stage  # noqa: B018 (reads the case anew)
    assert walk.case.legal_form == "THT"

    while walk.open():
        walk.finish(walk.open()[0])
    assert walk.stage == ("linked", "closed", "completed")


def test_a_cooperative_stays_one(walk):
    walk.to("form_founding_group")

    assert Case.objects.get(pk=walk.case.pk).legal_form == "HTX"


# ── Registration ─────────────────────────────────────────────────────────────────────────────────────


def test_an_amended_dossier_goes_round_until_there_is_a_certificate(walk):
    for _round in range(2):
        walk.to("record_registration_result")
        walk.finish("record_registration_result", outcome="amend", to_amend="The list of members is unsigned.")
        assert walk.open() == ["prepare_dossier"]
        assert walk.stage[0] == "registration"
    walk.to("record_registration_result").finish("record_registration_result")

    assert walk.stage[0] == "linkage"
    assert walk.rounds("prepare_dossier") == walk.rounds("file_dossier") == [1, 2, 3]
    for model in (Dossier, Filing):
        assert list(model.objects.filter(case=walk.case).order_by("pk").values_list("round", flat=True)) == [1, 2, 3]


def test_a_refused_registration_ends_the_case(walk):
    walk.to("record_registration_result")
    walk.finish("record_registration_result", outcome="refused", refusal_reasons="The name is taken.")

    assert walk.stage == ("registration", "closed", "refused")


def _close_of_limit(node, begins):
    return columns_of(deadline_of(begins, limit_for(node, begins), None))["due_at"]


def test_the_registrars_answer_is_due_on_the_promised_day_of_a_term_from_the_day_of_filing(walk):
    walk.to("record_registration_result")

    filing, task = Filing.objects.get(case=walk.case), walk.task("record_registration_result")
    assert task.due_at == close_of(filing.promised_on)
    assert (task.term_begins, task.watched) == (filing.filed_on, True)
    assert task.limit == limit_for("record_registration_result", filing.filed_on)


# ── Afterwards ───────────────────────────────────────────────────────────────────────────────────────


def test_follow_ups_open_after_six_and_twelve_months(world, walk, time_machine):
    walk.to("follow_up_6_months")
    linked_on = timezone.localdate(Case.objects.get(pk=walk.case.pk).stage_since)
    half, whole = add_months(linked_on, 6), add_months(linked_on, 12)
    standing = world.standing("lan")

    first = walk.task("follow_up_6_months")
    assert (first.opens_on, first.due_at) == (half, _close_of_limit("follow_up_6_months", half))
    assert not Task.objects.queue(standing).filter(case=walk.case).exists()
    assert not Task.objects.of_organisations(standing).filter(case=walk.case).exists()

    time_machine.move_to(timezone.now() + (half - linked_on))
    assert Task.objects.queue(world.standing("lan")).filter(case=walk.case).get() == first
    walk.finish("follow_up_6_months")
    second = walk.task("follow_up_12_months")
    assert second.opens_on == whole
    assert not Task.objects.queue(world.standing("lan")).filter(case=walk.case).exists()

    time_machine.move_to(timezone.now() + (whole - half))
    assert Task.objects.queue(world.standing("lan")).filter(case=walk.case).get() == second
    walk.finish("follow_up_12_months")
    months = FollowUp.objects.filter(case=walk.case).order_by("pk").values_list("months", flat=True)
    assert list(months) == [6, 12]
    assert walk.stage == ("linked", "closed", "completed")


def test_a_closed_case_takes_no_more_work(world, walk):
    while walk.open():
        walk.finish(walk.open()[0])
    last = Task.objects.filter(case=walk.case, node="follow_up_12_months").get()

    for act, by in [(ClaimTask(last.pk), world.lan), (CompleteTask(last.pk), world.lan),
                    (ReassignTask(last.pk, world.mai, "no"), world.hanh)]:  # fmt: skip
        with pytest.raises(ActionNotPossible):
            perform(act, by=by)


def test_a_lead_counts_its_limit_from_the_day_it_was_received(world):
    received = timezone.localdate() - timedelta(days=10)
    case = world.open_case(received_on=received)

    assert world.task(case).due_at == _close_of_limit("screen_lead", received)
