"""Who works: a number that lives exactly as long as one session of the database.

A process takes a new number for each connection, and its session holds the advisory lock of that number. The
lock goes with the session, whatever ends it: a kill, a lost network, a restart of the database. So whether a
worker lives is asked of the database itself; no clock and no heartbeat is compared with anything. Numbers are
never used twice and a lock is never taken again: who is dead stays dead.
"""

import os
import socket
from typing import Any

from django.db import connection
from django.db.models.functions import Now

from casework.background.models import Worker

NAMESPACE = 1146047047  # "DONG": the first of the two numbers of our advisory locks

# The numbers of those who live, as text: that is how the tasks' rows know them.
ALIVE = f"""
SELECT l.objid::text FROM pg_locks l
 WHERE l.locktype = 'advisory' AND l.classid = {NAMESPACE} AND l.objsubid = 2 AND l.granted
   AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""  # noqa: S608 (a constant of ours)

# The server must notice by itself that a client is gone, during a long statement and over a dead network too.
_SESSION = """
SET client_connection_check_interval = '1s';
SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3;
"""

# In one statement: the row is seen by others only with its lock held.
_TAKE = f"""
WITH born AS (INSERT INTO casework_worker (name) VALUES (%s) RETURNING id)
SELECT id, pg_advisory_lock({NAMESPACE}, id::int) FROM born
"""  # noqa: S608


class Identity:
    """A worker's number and the session that carries it."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(_SESSION)
            cursor.execute(_TAKE, [f"{socket.gethostname()}:{os.getpid()}"[:120]])
            self.number = str(cursor.fetchone()[0])
        self._session: Any = connection.connection

    def is_mine_still(self) -> bool:
        """Whether our lock can still be held and our session be used. No statement.

        Django may have opened another session meanwhile, and a task that was cut short may have left a transaction.
        """
        return connection.connection is self._session and not (self._session.closed or connection.in_atomic_block)

    def give_up(self) -> None:
        """End this life in good order. Two statements."""
        Worker.objects.filter(pk=self.number).update(ended_at=Now())
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [NAMESPACE, int(self.number)])


def alive() -> list[str]:
    """The numbers of the workers that live now. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(ALIVE)
        return [number for (number,) in cursor.fetchall()]
