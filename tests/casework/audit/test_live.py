"""Checking the live history: an honest one never alarms; whatever somebody changed in it is told with its place."""

import json

import pytest
from django.core.management import call_command
from django.db import connection

from casework.audit import chain, live, sealing
from casework.models import AuditCheck
from tests.history import event_data, walk_to_the_end
from tests.owner import run_outside

EVENT, LEAF, POINT = "casework_auditevent", "casework_auditleaf", "casework_auditcheckpoint"


@pytest.fixture
def history(committed_world):
    """Sealed twice, with something that waits; a chain of twenty events by name."""
    walk_to_the_end(committed_world, committed_world.open_case())
    for number in range(20):
        chain.append("test:1", event_data(facts={"number": number}))
    sealing.seal()
    for _ in range(300):
        chain.append("test:2", event_data())
    sealing.seal()
    chain.append("test:3", event_data())
    chain.append("test:3", event_data())
    return committed_world


def as_superuser_would(*statements):
    """Change what is guarded: triggers off, change, triggers on."""
    tables = {table for table in (EVENT, LEAF, POINT, "casework_auditnode") if any(table in s for s in statements)}
    off = [f"ALTER TABLE {table} DISABLE TRIGGER ALL" for table in sorted(tables)]
    run_outside(*off, *statements, database=connection.settings_dict["NAME"])
    connection.close()


def told():
    return {(one.chain, one.reason) for one in live.check().problems}


def test_an_honest_history_never_alarms(history):
    result = live.check()

    assert result.problems == []
    assert result.events > 330
    assert result.waiting == 2
    assert result.checkpoints == 2


REHASHED = """
UPDATE {event} SET canon = replace(canon, '"verb":"test.done"', '"verb":"test.lied"'), verb = 'test.lied',
       hash = sha256(prev || convert_to(replace(canon, '"verb":"test.done"', '"verb":"test.lied"'), 'UTF8'))
 WHERE chain = 'test:1' AND seq = 20
"""
AT = "WHERE chain = 'test:1' AND seq = 7"
TAMPERING = {
    "text": (f"UPDATE {EVENT} SET canon = replace(canon, 'test.done', 'test.lied') {AT}", "text and hash differ"),
    "no json": (f"UPDATE {EVENT} SET canon = 'x' {AT}", "text and hash differ"),
    "verb": (f"UPDATE {EVENT} SET verb = 'test.lied' {AT}", "a column differs from the text"),
    "actor": (f"UPDATE {EVENT} SET actor_id = 1 {AT}", "a column differs from the text"),
    "organisation": (f"UPDATE {EVENT} SET organisation_id = 1 {AT}", "a column differs from the text"),
    "case": (f"UPDATE {EVENT} SET case_id = 1 {AT}", "a column differs from the text"),
    "role": (f"UPDATE {EVENT} SET role = 'x' {AT}", "a column differs from the text"),
    "channel": (f"UPDATE {EVENT} SET channel = 'page' {AT}", "a column differs from the text"),
    "reason": (f"UPDATE {EVENT} SET reason = 'x' {AT}", "a column differs from the text"),
    "facts": (f"""UPDATE {EVENT} SET facts = '{{"number": 8}}' {AT}""", "a column differs from the text"),
    "changes": (f"UPDATE {EVENT} SET changes = '[1]' {AT}", "a column differs from the text"),
    "time": (f"UPDATE {EVENT} SET at = at - interval '1 day' {AT}", "a column differs from the text"),
    "hash": (f"UPDATE {EVENT} SET hash = sha256('x') {AT}", "the event differs from what was sealed"),
    "link": (f"UPDATE {EVENT} SET prev = sha256('x') {AT}", "does not follow the event before it"),
    "last one, hashed anew": (REHASHED.format(event=EVENT), "the event differs from what was sealed"),
    "deleted": (f"DELETE FROM {EVENT} {AT}", "the event is gone"),
    "last one deleted": (f"DELETE FROM {EVENT} WHERE chain = 'test:1' AND seq = 20", "the event is gone"),
    "chain deleted": (f"DELETE FROM {EVENT} WHERE chain = 'test:1'", "the event is gone"),
    "moved": (f"UPDATE {EVENT} SET chain = 'test:9', seq = 1 {AT}", "the event now stands at test:9 1"),
    "waiting one deleted": (f"DELETE FROM {EVENT} WHERE chain = 'test:3' AND seq = 2", "the event is gone"),
    "taken from the queue": ("DELETE FROM casework_auditunsealed", "is neither sealed nor waits to be sealed"),
    "leaf": (f"UPDATE {LEAF} SET hash = sha256('x') {AT}", "the event differs from what was sealed"),
    "leaf and event": (
        REHASHED.format(event=EVENT)
        + f"; UPDATE {LEAF} SET hash = (SELECT hash FROM {EVENT} WHERE chain = 'test:1' AND seq = 20)"
        " WHERE chain = 'test:1' AND seq = 20",
        "the events hash to something else than what was signed",
    ),
    "last leaf gone": (
        f"DELETE FROM {LEAF} WHERE number = (SELECT max(number) FROM {LEAF})",
        "covers {size} leaves, there are {less}",
    ),
    "leaf gone": (f"DELETE FROM {LEAF} WHERE number = 5", "expected leaf 5"),
    "subtree": ("UPDATE casework_auditnode SET hash = sha256('x')", "the stored subtree 8/0 differs"),
    "root": (f'UPDATE {POINT} SET text = replace(text, \'"root":"\', \'"root":"00\')', "signature is wrong"),
    "signature": (
        f"UPDATE {POINT} SET signatures = jsonb_set(signatures, '{{0,signature}}', to_jsonb(repeat('0', 128)))",
        "signature is wrong",
    ),
    "no signature": (f"UPDATE {POINT} SET signatures = '[]'", "signature is wrong"),
    "no checkpoint": (f"DELETE FROM {POINT} WHERE number = 1", "left this system and is missing or another one here"),
    "first checkpoint gone": (f"DELETE FROM {POINT} WHERE number = 0", "does not follow the checkpoint before it"),
    "size": (f"UPDATE {POINT} SET size = size - 1 WHERE number = 1", "columns differ from the signed text"),
    "unreadable": (f"UPDATE {POINT} SET text = 'x' WHERE number = 1", "text is not readable"),
}


@pytest.mark.parametrize("name", TAMPERING)
def test_what_was_changed_is_told(history, name):
    statement, reason = TAMPERING[name]
    size = sealing.newest().size

    as_superuser_would(*statement.split("; "))

    found = told()
    assert reason.format(size=size, less=size - 1) in {reason for _chain, reason in found}
    if "test:1" in statement and LEAF not in statement:
        assert {chain for chain, _reason in found} <= {"test:1", "test:9"}


def test_a_back_dated_event_is_told_though_it_is_sealed_in_order(history):
    """Written as the owner, with the link trigger off: a whole new chain of the day before."""
    as_superuser_would(
        f"INSERT INTO {EVENT} (chain, seq, at, role, verb, channel, reason, facts, changes, canon, prev, hash)"
        " SELECT 'test:4', 1, day, '', 'test.done', 'command', '', '{}', '[]', canon, sha256('test:4'),"
        " sha256(sha256('test:4'::bytea) || convert_to(canon, 'UTF8')) FROM (SELECT day, '{\"at\":\"' || to_char(day"
        ' AT TIME ZONE \'UTC\', \'YYYY-MM-DD"T"HH24:MI:SS.US"Z"\') || \'","chain":"test:4","data":{"verb":'
        '"test.done","channel":"command"},"seq":1}\' AS canon'
        " FROM (SELECT now() - interval '1 day' AS day) one) two",
        "INSERT INTO casework_auditunsealed (event_id, chain, seq)"
        f" SELECT id, chain, seq FROM {EVENT} WHERE chain = 'test:4'",
    )
    sealing.seal()

    assert told() == {("test:4", "is older than a checkpoint that does not cover it")}


def test_rotation_and_restore_are_honest(history, settings, tmp_path):
    call_command("audit", "rotate", new=tmp_path / "new.pem")
    settings.AUDIT_KEY = tmp_path / "new.pem"
    chain.append("test:5", event_data())
    sealing.seal()

    assert live.check().problems == []


def test_what_is_new_is_checked_from_where_the_last_check_ended(history, capsys):
    live.check_and_keep()
    chain.append("test:5", event_data())
    sealing.seal()

    call_command("audit", "verify", "--new", "--json")

    found = json.loads(capsys.readouterr().out)
    assert (found["events"], found["problems"]) == (3, [])  # the two that waited before, and the new one
    assert found["size"] == sealing.newest().size

    as_superuser_would(f"UPDATE {EVENT} SET verb = 'test.lied' WHERE chain = 'test:5'")
    live.check_and_keep(live.Scope.WHOLE)
    assert len(AuditCheck.objects.latest("pk").problems) == 1
    with pytest.raises(SystemExit):
        call_command("audit", "verify", "--new")  # after a problem it looks at everything again
    assert "test:5 1: a column differs from the text" in capsys.readouterr().out
