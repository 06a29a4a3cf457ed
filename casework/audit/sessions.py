"""Connections to the database as one of the roles that look after the history (config/roles.py).

The product's own role may add events and nothing more. Whoever seals, reads for the inspection or shreds connects with
an address of its own, for the length of that work.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg2
from django.conf import settings
from django.db import connection


@contextmanager
def session(role: str) -> Iterator[Any]:
    """A psycopg2 connection as "sealer", "auditor" or "shredder" to the database that the product uses now.

    Leaving the block closes it; what was not committed is gone. Raises psycopg2.OperationalError.
    """
    address = settings.AUDIT_DATABASE_URLS[role]
    with closing(psycopg2.connect(address, dbname=connection.settings_dict["NAME"])) as opened:
        yield opened
