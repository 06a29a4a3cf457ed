"""A worker of SpiffWorkflow, durable: the state is read, moved and written back in one transaction for each step.

python -m bench.peers.spiff.client make SIZE BODIES FEW MANY
python -m bench.peers.spiff.client NUMBER WORKERS               a worker (bench/workers.py)
"""

import hashlib
import json
import os
import sys
import time
from contextlib import closing
from pathlib import Path

import psycopg2
from psycopg2.extras import execute_values
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer

from bench.serving import serve

HERE = Path(__file__).resolve().parent
MOST = 20_000  # cases that are made: the steps of a case do not touch the others
NOTE = json.dumps({"verb": "task.completed", "changes": [{"field": "status", "from": "ASSIGNED", "to": "DONE"}] * 8})


def _begun():
    parser = BpmnParser()
    parser.add_bpmn_file(str(HERE / "process.bpmn"))
    workflow = BpmnWorkflow(parser.get_spec("founding"))
    workflow.do_engine_steps()
    return workflow


def _waiting(workflow):
    return workflow.get_tasks(state=TaskState.READY, manual=True)


def make(size: int, bodies: int, few: int, many: int) -> None:
    """Cases that wait at their first step."""
    serializer = BpmnWorkflowSerializer()
    with closing(psycopg2.connect(os.environ["DATABASE_URL"])) as connection, connection, connection.cursor() as cursor:
        cursor.execute((HERE / "schema.sql").read_text())
        cases, tasks = [], []
        for number in range(min(size, MOST)):
            if number % 500 == 0:
                state = json.dumps(serializer.to_dict(_begun()))
            cases.append((number, number % bodies, "lead", state, b"0", 0))
            tasks.append((f"{number:032x}", number, number % bodies, "lead", "NEW"))
        execute_values(cursor, "INSERT INTO cases VALUES %s", cases)
        execute_values(cursor, "INSERT INTO tasks VALUES %s", tasks, "(%s, %s, %s, %s, %s, now())")
        cursor.execute("ANALYZE")


class Spiff:
    """Completes steps of the cases of one worker."""

    def __init__(self, number: int, workers: int):
        self.connection = psycopg2.connect(os.environ["DATABASE_URL"])
        self.serializer = BpmnWorkflowSerializer()
        self.number, self.workers, self.ready, self.last = number, workers, [], -1

    def prepare(self, count: int) -> None:
        """Have so many tasks at hand: what came of those done before, then new cases."""
        with self.connection, self.connection.cursor() as cursor:
            if len(self.ready) < count:
                cursor.execute(
                    "SELECT id::text, case_id, node FROM tasks"
                    " WHERE status = 'NEW' AND node = 'lead' AND case_id %% %s = %s AND case_id > %s"
                    " ORDER BY case_id LIMIT %s",
                    [self.workers, self.number, self.last, count - len(self.ready)],
                )
                found = cursor.fetchall()
                self.last = found[-1][1]
                self.ready += found

    def complete(self, count: int) -> list[float]:
        """Finish so many; how long each took."""
        took = []
        for _time in range(count):
            task, began = self.ready.pop(0), time.perf_counter()
            following = self._complete(*task)
            took.append(time.perf_counter() - began)
            self.ready += following
        return took

    def _complete(self, pk: str, case: int, node: str) -> list[tuple]:
        with self.connection, self.connection.cursor() as cursor:
            cursor.execute("SELECT state, head, events, body_id FROM cases WHERE id = %s FOR UPDATE", [case])
            state, head, events, body = cursor.fetchone()
            workflow = self.serializer.from_dict(state)
            before = {str(task.id) for task in _waiting(workflow)}
            done = next(task for task in _waiting(workflow) if task.task_spec.name == node)
            done.run()
            workflow.do_engine_steps()
            new = [task for task in _waiting(workflow) if str(task.id) not in before]
            cursor.execute("UPDATE tasks SET status = 'DONE' WHERE id = %s", [pk])
            rows = [(task.id.hex, case, body, task.task_spec.name, "NEW") for task in new]
            if rows:
                # One split of a copied case has the ids of its brother: the rows get ids of their own.
                rows = [(hashlib.md5(f"{case}{row[0]}".encode()).hexdigest(), *row[1:]) for row in rows]  # noqa: S324
                execute_values(cursor, "INSERT INTO tasks VALUES %s", rows, "(%s, %s, %s, %s, %s, now())")
            digest = hashlib.sha256(bytes(head) + NOTE.encode()).digest()
            cursor.execute(
                "UPDATE cases SET state = %s, stage = %s, head = %s, events = %s WHERE id = %s",
                [json.dumps(self.serializer.to_dict(workflow)), node, digest, events + 1, case],
            )
            cursor.execute(
                "INSERT INTO events (case_id, seq, at, canon, hash) VALUES (%s, %s, now(), %s, %s)",
                [case, events + 1, NOTE, digest],
            )
        return [(row[0], case, row[3]) for row in rows]


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(*map(int, sys.argv[2:]))
    else:
        serve(Spiff(int(sys.argv[1]), int(sys.argv[2])))
