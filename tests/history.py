"""What tests of the history share: a case walked to its end, its events, the bare data of an event, plain SQL."""

from django.db import connection

from casework.models import AuditEvent, Case
from tests.factories import World
from workflows.engine.models import Task

REFUSED = "42501"  # insufficient_privilege: how both of our triggers refuse


def walk_to_the_end(world: World, case: Case) -> Case:
    """Through every room, with the first open task each time, until the case is closed."""
    while tasks := list(Task.objects.open().filter(case=case).order_by("pk")):
        world.finish(tasks[0])
    return Case.objects.get(pk=case.pk)


def events_of(case):
    return list(AuditEvent.objects.filter(chain=f"case:{case.pk}").order_by("seq"))


def event_data(**more):
    nothing = dict.fromkeys(["actor", "case", "on_behalf_of", "organisation", "reason", "request", "role"])
    return {**nothing, "verb": "test.done", "channel": "command", "facts": {}, "changes": [], **more}


def run(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
