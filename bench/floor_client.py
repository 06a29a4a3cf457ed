"""A worker of the floor: a completion by hand, as seven statements or as one function, with nothing of the product.

    python -m bench.floor_client seven|function NUMBER WORKERS

See bench/workers.py for what it is told on its standard input.
"""

import hashlib
import json
import os
import sys
import time
from typing import Any

import psycopg2

from bench.serving import serve

NOTE = json.dumps({"verb": "task.completed", "changes": [{"field": "status", "from": "ASSIGNED", "to": "DONE"}] * 8})


class Floor:
    """Completes tasks of the floor's tables, those of one worker only."""

    def __init__(self, how: str, number: int, workers: int):
        self.connection = psycopg2.connect(os.environ["DATABASE_URL"])
        self.complete_one = getattr(self, f"_{how}")
        self.number, self.workers, self.ready = number, workers, list[int]()
        # The two ways and all workers have tasks of their own.
        self.part = number + (workers if how == "function" else 0)

    def prepare(self, count: int) -> None:
        """Have so many tasks at hand."""
        if len(self.ready) < count:
            with self.connection, self.connection.cursor() as cursor:
                cursor.execute(
                    "SELECT id FROM floor.tasks WHERE status = 'ASSIGNED' AND case_id %% %s = %s ORDER BY id LIMIT %s",
                    [2 * self.workers, self.part, count],
                )
                self.ready = [row[0] for row in cursor.fetchall()]

    def complete(self, count: int) -> list[float]:
        """Complete so many; how long each took."""
        took = []
        for _time in range(count):
            task, began = self.ready.pop(0), time.perf_counter()
            self.ready.append(self.complete_one(task))
            took.append(time.perf_counter() - began)
        return took

    def _function(self, task: int) -> int:
        with self.connection, self.connection.cursor() as cursor:
            cursor.execute("SELECT floor.complete(%s, 1, %s)", [task, NOTE])
            return int(cursor.fetchone()[0])  # type: ignore[index]

    def _seven(self, task: int) -> int:
        with self.connection, self.connection.cursor() as cursor:
            return self.seven(cursor, task)

    @staticmethod
    def seven(cursor: Any, task: int) -> int:
        """The seven statements, within a transaction."""
        cursor.execute(
            "SELECT t.case_id, t.organisation_id, t.node, c.head, c.events FROM floor.tasks t JOIN floor.cases c"
            " ON c.id = t.case_id WHERE t.id = %s AND t.status = 'ASSIGNED' AND t.owner_id = 1 FOR UPDATE OF c",
            [task],
        )
        case, organisation, node, head, events = cursor.fetchone()
        cursor.execute(
            "SELECT 1 FROM floor.rights WHERE user_id = 1 AND organisation_id = %s AND codename = 'complete'",
            [organisation],
        )
        if not cursor.fetchone():
            raise PermissionError
        cursor.execute("UPDATE floor.tasks SET status = 'DONE', finished = now() WHERE id = %s", [task])
        cursor.execute(
            "INSERT INTO floor.tasks (case_id, organisation_id, node, status, owner_id, due_at)"
            " VALUES (%s, %s, %s, 'ASSIGNED', 1, now() + interval '9 days') RETURNING id",
            [case, organisation, node + "+"],
        )
        next_id = cursor.fetchone()[0]
        digest = hashlib.sha256(bytes(head) + NOTE.encode()).digest()
        cursor.execute(
            "UPDATE floor.cases SET stage = %s, head = %s, events = %s WHERE id = %s",
            [node + "+", digest, events + 1, case],
        )
        cursor.execute(
            "INSERT INTO floor.events (case_id, seq, at, canon, prev, hash) VALUES (%s, %s, now(), %s, %s, %s)",
            [case, events + 1, NOTE, head, digest],
        )
        cursor.execute(
            "INSERT INTO floor.outbox (case_id, task_id, kind) VALUES (%s, %s, 'task.waiting')", [case, next_id]
        )
        return int(next_id)


if __name__ == "__main__":
    serve(Floor(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
