"""A worker of stock viewflow.

python -m bench.peers.stock.client make SIZE BODIES FEW MANY    the tables with so many cases that wait
python -m bench.peers.stock.client NUMBER WORKERS               a worker (bench/workers.py)
"""

import os
import sys
import time

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.peers.stock.settings"
django.setup()

from django.contrib.auth.models import Permission, User  # noqa: E402 (models only once all apps are loaded)
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from guardian.shortcuts import assign_perm  # noqa: E402
from viewflow.workflow.models import Process, Task  # noqa: E402
from viewflow.workflow.status import STATUS  # noqa: E402

from bench.peers.stock.flows import Founding  # noqa: E402
from bench.peers.stock.models import Body, CaseProcess  # noqa: E402
from bench.serving import serve  # noqa: E402

QUEUE = "/founding/queue/"


def make(size: int, bodies: int, few: int, many: int) -> None:
    """One case made by viewflow, then copies of its rows; two people with a right on few and on many bodies."""
    call_command("migrate", verbosity=0)
    Body.objects.bulk_create(Body(name=f"Body {number}") for number in range(bodies))
    ids = list(Body.objects.order_by("pk").values_list("pk", flat=True))
    for name, count in (("few", few), ("many", many)):
        user = User.objects.create(username=name)
        user.user_permissions.add(Permission.objects.get(codename="view_caseprocess"))
        assign_perm("stock.work_on", user, Body.objects.filter(pk__in=ids[:count]))
    Founding.start.run(body=Body.objects.get(pk=ids[0]), name="Case 0")
    with connection.cursor() as cursor:
        for _model, table, changed in (
            (Process, Process._meta.db_table, {"id": "id + n"}),
            (
                CaseProcess,
                CaseProcess._meta.db_table,
                {
                    "process_ptr_id": "process_ptr_id + n",
                    "name": "'Case ' || n",
                    "body_id": f"{ids[0]} + n %% {bodies}",
                },
            ),
        ):
            _multiply(cursor, table, changed, size)
        lead = Task.objects.get(status=STATUS.NEW)
        pk = {
            "id": "id + n",
            "process_id": "process_id + n",
            "owner_permission_obj_pk": f"({ids[0]} + n %% {bodies})::text",
        }
        _multiply(cursor, Task._meta.db_table, pk, size, f"id = {lead.pk}")
        for table in (Process._meta.db_table, Task._meta.db_table):
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
        cursor.execute("ANALYZE")


def _multiply(cursor, table, changed, size, which="true"):
    cursor.execute(f"SELECT * FROM {table} LIMIT 0")
    names = [column[0] for column in cursor.description]
    values = ", ".join(changed.get(name, name) for name in names)
    cursor.execute(
        f"INSERT INTO {table} ({', '.join(names)}) SELECT {values}"
        f" FROM {table} CROSS JOIN generate_series(1, %s) n WHERE {which}",
        [size - 1],
    )


class Stock:
    """Completes tasks as viewflow's own pages do, without the pages; and opens its queue."""

    def __init__(self, number: int, workers: int):
        self.number, self.workers, self.ready, self.last = number, workers, [], 0
        self.user, self.clients = User.objects.get(username="many"), {}

    def prepare(self, count: int) -> None:
        """Take so many tasks: what came of those done before, then new ones."""
        while len(self.ready) < count:
            rows = Task.objects.filter(status=STATUS.NEW, flow_task_type="HUMAN", pk__gt=self.last)
            rows = rows.extra(where=["process_id %% %s = %s"], params=[self.workers, self.number])
            found = list(rows.order_by("pk")[: count - len(self.ready)])
            if not found:
                raise RuntimeError("There are no tasks left.")
            for task in found:
                task.flow_task.activation_class(task).assign(self.user)
                self.ready.append(task.pk)
            self.last = found[-1].pk

    def complete(self, count: int) -> list[float]:
        """Finish so many; how long each took."""
        took = []
        for _time in range(count):
            pk, began = self.ready.pop(0), time.perf_counter()
            self._complete(pk)
            took.append(time.perf_counter() - began)
        return took

    def _complete(self, pk: int) -> None:
        found = Task.objects.get(pk=pk)
        with transaction.atomic(), Founding.lock(found.process_id):
            task = Founding.task_class.objects.get(pk=pk)
            activation = task.flow_task.activation_class(task)
            right = self.user.has_perm(task.owner_permission, activation.process.body)
            if not (activation.flow_task.can_execute(self.user, task) and right):
                raise PermissionError
            activation.start(None)
            activation.process.stage = task.flow_task.name
            activation.process.save()
            activation.execute()

    def queue(self, who: str) -> float:
        """Open viewflow's queue page; how long it took."""
        if who not in self.clients:
            self.clients[who] = Client()
            self.clients[who].force_login(User.objects.get(username=who), "django.contrib.auth.backends.ModelBackend")
        began = time.perf_counter()
        response = self.clients[who].get(QUEUE)
        body = response.content
        took = time.perf_counter() - began
        if response.status_code != 200 or b"data-row-id" not in body:
            raise RuntimeError(f"{response.status_code} {response.headers}")
        return took


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(*map(int, sys.argv[2:]))
    else:
        serve(Stock(int(sys.argv[1]), int(sys.argv[2])))
