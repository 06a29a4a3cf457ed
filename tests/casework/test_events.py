"""Events: never changed by anybody, and each says who acted for whom, in which role, and what changed."""

import copy
from contextlib import closing
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import psycopg2
import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from casework.acts import perform
from casework.audit import chain
from casework.models import (
    AuditEvent,
    FoundingConference,
    LeadScreening,
    Membership,
    Person,
)
from casework.organisations.acts import Relieve
from tests.history import REFUSED, event_data, events_of, run, walk_to_the_end
from tests.owner import as_owner
from workflows.acts import CompleteTask

# ── Events refuse to be changed ─────────────────────────────────────────────────────────────────────────


def change_events(event):
    """Every way to change or remove an event, as functions of nothing."""
    events, table = AuditEvent.objects.filter(pk=event.pk), "casework_auditevent"
    return {
        "update": lambda: events.update(verb="other"),
        "bulk_update": lambda: AuditEvent.objects.bulk_update([event], ["verb"]),
        "save": event.save,
        "delete": lambda: copy.copy(event).delete(),
        "delete many": events.delete,
        "sql update": lambda: run(f"UPDATE {table} SET canon = canon WHERE id = %s", event.pk),
        "sql delete": lambda: run(f"DELETE FROM {table} WHERE id = %s", event.pk),
        "sql truncate": lambda: run(f"TRUNCATE {table}"),
        "sql upsert": lambda: run(
            f"INSERT INTO {table} (id, chain, canon) SELECT id, chain, '{{}}' FROM {table} WHERE id = %s "
            "ON CONFLICT (id) DO UPDATE SET canon = EXCLUDED.canon",
            event.pk,
        ),
    }


WAYS_TO_CHANGE_EVENTS = [
    "update", "bulk_update", "save", "delete", "delete many", "sql update", "sql delete", "sql truncate", "sql upsert",
]  # fmt: skip


@pytest.mark.parametrize("way", WAYS_TO_CHANGE_EVENTS)
def test_events_are_never_changed(world, way):
    event = AuditEvent.objects.get(case_id=world.open_case().pk)

    with pytest.raises(DatabaseError, match=r"permission denied|verb") as caught, transaction.atomic():
        change_events(event)[way]()

    assert caught.value.__cause__.pgcode in (REFUSED, "23502")
    assert AuditEvent.objects.get(pk=event.pk).canon == event.canon


def test_not_even_by_the_owner_of_the_table(world):
    event = AuditEvent.objects.get(case_id=world.open_case().pk)
    for statement in (
        f"UPDATE casework_auditevent SET canon = canon WHERE id = {event.pk}",
        f"DELETE FROM casework_auditevent WHERE id = {event.pk}",
        "TRUNCATE casework_auditevent",
    ):
        with pytest.raises(DatabaseError, match="events are never changed"), transaction.atomic():
            as_owner(statement)


def test_nobody_of_ours_switches_triggers_off(world):
    for statement in (
        "SET LOCAL session_replication_role = replica",
        "ALTER TABLE casework_auditevent DISABLE TRIGGER ALL",
        "DROP TRIGGER audit_guard ON casework_case",
        "CREATE TABLE elsewhere (id int)",
    ):
        with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
            run(statement)


def test_not_even_a_superuser_who_switches_triggers_off(committed_world):
    case = committed_world.open_case()
    keys = {"dbname", "database", "host", "port"}
    params = {key: value for key, value in connection.get_connection_params().items() if key in keys}
    try:
        superuser = psycopg2.connect(**params, user="postgres")
    except psycopg2.OperationalError:
        pytest.skip("only the embedded server lets us in as its superuser")

    with closing(superuser), superuser.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for sql in ("UPDATE casework_auditevent SET verb = verb", "DELETE FROM casework_auditevent",
                    "TRUNCATE casework_auditevent"):  # fmt: skip
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                cursor.execute(sql)
            superuser.rollback()
            cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE casework_case SET stage = 'linked' WHERE id = %s", [case.pk])
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            superuser.commit()


def test_an_event_written_by_hand_is_linked_like_any_other(world):
    case = world.open_case()
    last = AuditEvent.objects.filter(case_id=case.pk).latest("seq")
    forged = AuditEvent(
        chain=last.chain, seq=1, at=datetime(1999, 1, 1, tzinfo=UTC), actor_id=1, verb="forged", hash=b"h", prev=b"p",
        case_id=0, role="administrator", channel="page", canon=chain.canonical(event_data(case=case.pk)),
    )  # fmt: skip

    forged.save(force_insert=True)

    stored = AuditEvent.objects.filter(case_id=case.pk).latest("seq")
    assert (stored.seq, stored.verb, stored.actor_id, stored.role) == (last.seq + 1, "test.done", None, "")
    assert (stored.at >= last.at, bytes(stored.prev)) == (True, bytes(last.hash))
    assert list(chain.problems(events_of(case))) == []


# ── What an event says ──────────────────────────────────────────────────────────────────────────────────


def test_an_event_keeps_who_acted_for_whom_in_which_role_at_that_time(world):
    case = world.open_case()
    task = world.task(case)
    world.finish(task, world.mai, decision="decline", reason="too far")
    perform(Relieve(Membership.objects.get(user=world.mai).pk, "retired"), by=world.owner)

    event = AuditEvent.objects.get(case_id=case.pk, verb="task.completed")

    assert (event.actor_id, event.role) == (world.mai.pk, "advisor")
    assert event.organisation_id == world.organisation("wu-kh-a").pk
    assert (event.reason, event.facts["node"], event.facts["outcome"]) == ("too far", "screen_lead", "decline")
    assert timezone.now() - event.at < timedelta(minutes=5)


def test_an_event_keeps_on_whose_behalf_somebody_acted(world):
    task = world.task(world.open_case())
    world.claim(task, world.mai)

    act = CompleteTask(task.pk, {"decision": "accept"})
    link = perform(act, by=world.mai, on_behalf_of=world.lan, request_id=(request := uuid4())).link

    event = AuditEvent.objects.get(chain=link.chain, seq=link.seq)
    assert (event.actor_id, event.on_behalf_of_id, event.request_id) == (world.mai.pk, world.lan.pk, request)


def test_an_event_tells_each_change_from_and_to(world):
    case = world.open_case()
    world.finish(world.task(case))

    changes = AuditEvent.objects.get(case_id=case.pk, verb="task.completed").changes

    assert {"object": f"case:{case.pk}", "field": "stage", "from": "lead", "to": "consultation"} in changes
    screening = LeadScreening.objects.get(case=case)
    decision = {"object": f"leadscreening:{screening.pk}", "field": "decision", "from": None, "to": "accept"}
    assert decision in changes


def test_personal_values_never_stand_in_an_event(world):
    case = walk_to_the_end(world, world.open_case(contact_name="Trần Thị Mẫu Riêng", contact_phone="+84900000987"))
    texts = "\n".join(AuditEvent.objects.values_list("canon", flat=True))
    conference = FoundingConference.objects.get(case=case)
    persons = Person.objects.all()
    private = {value for person in persons for value in (person.full_name, person.phone) if value}
    private |= {conference.chair_name, conference.supervisor_name, conference.filer_name}

    assert len(private) >= 10
    assert {value for value in private if value in texts} == set()
    assert "0900000987" not in texts


def test_that_a_personal_value_was_set_stands_in_the_event(world):
    case = world.open_case()

    changes = AuditEvent.objects.get(case_id=case.pk).changes

    told = [change for change in changes if change["object"] == f"person:{case.contact_id}"]
    assert {change["field"] for change in told} >= {"full_name", "phone"}
    assert all(change.keys() == {"object", "field", "personal"} for change in told if change["field"] != "sex")
