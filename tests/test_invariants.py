"""What always holds: it holds after every kind of act, and each violation is found under its own name."""

import io
import json

import pytest
from django.core.management import call_command

from casework.acts import perform
from casework.documents.acts import AddDocument, NewFile
from casework.documents.storage import store
from config import settings as product
from config.invariants import Violated, check, invariants, nightly
from tests.cabinet import fill_the_file
from tests.owner import as_owner

WITHOUT_TRIGGERS = "ALTER TABLE {} DISABLE TRIGGER USER"
EVENT, TASK, CASE = "casework_auditevent", "workflows_task", "casework_case"
OPEN = "flow_task_type = 'HUMAN' AND status IN ('NEW', 'ASSIGNED')"
# What breaks each. `{case}` is a case with a taken task, three done ones, documents and a history.
BROKEN = {
    "open_case_waits_for_somebody": [
        WITHOUT_TRIGGERS.format(TASK),
        f"UPDATE {TASK} SET status = 'CANCELED' WHERE case_id = {{case}} AND {OPEN}",
    ],
    "closed_case_waits_for_nobody": [
        WITHOUT_TRIGGERS.format(CASE),
        f"UPDATE {CASE} SET status = 'closed', outcome = 'withdrawn', closed_at = now() WHERE id = {{case}}",
    ],
    "process_runs_while_it_has_tasks": [
        WITHOUT_TRIGGERS.format("workflows_process"),
        "UPDATE workflows_process SET status = 'DONE' WHERE case_id = {case}",
    ],
    "step_is_open_once": [
        WITHOUT_TRIGGERS.format(TASK),
        f"""UPDATE {TASK}
               SET status = 'NEW', node = (SELECT node FROM {TASK} WHERE case_id = {{case}} AND {OPEN} LIMIT 1)
             WHERE id = (SELECT min(id) FROM {TASK}
                          WHERE case_id = {{case}} AND status = 'DONE' AND flow_task_type = 'HUMAN')""",
    ],
    "done_task_was_told_once": [
        WITHOUT_TRIGGERS.format(TASK),
        f"UPDATE {TASK} SET status = 'DONE' WHERE case_id = {{case}} AND {OPEN}",
    ],
    "told_task_was_done": [
        WITHOUT_TRIGGERS.format(TASK),
        f"UPDATE {TASK} SET status = 'CANCELED' WHERE case_id = {{case}} AND status = 'DONE'",
    ],
    "stage_is_the_last_told": [
        WITHOUT_TRIGGERS.format(CASE),
        f"UPDATE {CASE} SET stage = 'linkage' WHERE id = {{case}}",
    ],
    "case_has_its_history": [
        WITHOUT_TRIGGERS.format(EVENT),
        f"DELETE FROM {EVENT} WHERE chain = 'case:{{case}}' AND seq = 1",
    ],
    "history_has_no_gap": [
        WITHOUT_TRIGGERS.format(EVENT),
        f"DELETE FROM {EVENT} WHERE chain = 'case:{{case}}' AND seq = 3",
    ],
    "event_is_sealed_or_waits": ["DELETE FROM casework_auditunsealed WHERE seq = 2"],
    "leaves_have_no_gap": [
        WITHOUT_TRIGGERS.format("casework_auditleaf"),
        f"""INSERT INTO casework_auditleaf (number, event_id, chain, seq, hash)
            SELECT 7, id, chain, seq, hash FROM {EVENT} WHERE chain = 'case:{{case}}' AND seq = 1""",
    ],
    "request_was_done_once": [
        WITHOUT_TRIGGERS.format(EVENT),
        "DROP INDEX one_event_per_request",
        f"""UPDATE {EVENT} SET actor_id = 1, request_id = '00000000-0000-4000-8000-000000000000'
             WHERE chain = 'case:{{case}}' AND seq < 3""",
    ],
    "new_task_was_announced": ["DELETE FROM notifications_outboxmessage WHERE case_id = {case}"],
    "nobody_is_told_of_nothing": ["UPDATE notifications_outboxmessage SET event_seq = 9999 WHERE case_id = {case}"],
    "taken_task_has_one_owner": [
        WITHOUT_TRIGGERS.format("workflows_taskassignment"),
        "UPDATE workflows_taskassignment SET ended_at = now() WHERE case_id = {case}",
    ],
    "held_task_says_why": [
        WITHOUT_TRIGGERS.format(TASK),
        f"UPDATE {TASK} SET held = NOT held WHERE case_id = {{case}} AND {OPEN}",
    ],
    "stay_is_the_stage": ["DELETE FROM workflows_stagestay WHERE case_id = {case}"],
    "sums_are_what_is_counted": ["UPDATE workflows_casesum SET n = n + 1 WHERE what = 'all'"],
    "share_has_a_consent": [
        WITHOUT_TRIGGERS.format("casework_caseaccess"),
        "ALTER TABLE casework_caseaccess DROP CONSTRAINT share_has_a_consent",
        "UPDATE casework_caseaccess SET kind = 'share' WHERE case_id = {case}",
    ],
    "document_has_a_file": [
        WITHOUT_TRIGGERS.format("casework_documentversion"),
        "UPDATE casework_documentversion SET sha256 = '' WHERE case_id = {case}",
    ],
}


def violated():
    return {one.invariant.name: one.rows for one in check() if one.rows}


@pytest.fixture
def case(world):
    case = world.open_case(name="HTX Bất Biến")
    world.claim(world.advance(case, "form_founding_group"))
    file = NewFile(store([b"%PDF-1.4"]), "giấy.pdf", "application/pdf")
    perform(AddDocument(case.pk, "certificate", "Giấy chứng nhận", file), by=world.lan)
    return case


def test_they_hold_after_one_of_everything(world):
    assert violated() == {}
    case = world.open_case()
    world.advance(case, "record_registration_result")
    world.finish(world.task(case))
    fill_the_file(world, case)

    assert violated() == {}
    assert nightly() == len(BROKEN)


def test_each_has_a_violation_here_and_a_sentence():
    assert {one.name for one in invariants()} == set(BROKEN)
    assert all(one.sentence.endswith(".") and len(one.sentence) > 40 for one in invariants())


@pytest.mark.parametrize("name", BROKEN)
def test_a_violation_is_found_under_its_name(case, name):
    assert violated() == {}
    as_owner("SET CONSTRAINTS ALL IMMEDIATE")  # what waits for the end of the transaction

    for statement in BROKEN[name]:
        as_owner(statement.format(case=case.pk))

    assert name in violated()
    with pytest.raises(Violated, match=name):
        nightly()
    with pytest.raises(SystemExit) as end:
        call_command("invariants", "--only", name, "--json", stdout=io.StringIO())
    assert end.value.code == 1


def test_the_command_says_each_and_knows_no_other(case):
    out = io.StringIO()
    call_command("invariants", stdout=out)
    assert out.getvalue().count("holds") >= len(BROKEN)
    assert "VIOLATED" not in out.getvalue()
    out = io.StringIO()
    call_command("invariants", "--only", "history", "--json", stdout=out)
    assert [one["name"] for one in json.loads(out.getvalue())] == ["case_has_its_history", "history_has_no_gap"]
    with pytest.raises(SystemExit) as end:
        call_command("invariants", "--only", "no such")
    assert end.value.code == 2


def test_the_worker_asks_them_every_night():
    assert product.WORKER_PERIODIC["config.invariants.nightly"] == 24 * 60 * 60
