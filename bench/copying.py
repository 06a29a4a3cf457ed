"""Rows into tables by COPY: triggers off while they are loaded, indexes made again afterwards."""

import io
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from typing import Any

CHUNK = 20_000
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})

_TRIGGERS = """
SELECT c.relname, t.tgname, t.tgenabled FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
 WHERE c.relname = ANY(%s) AND NOT t.tgisinternal ORDER BY 1, 2
"""
_INDEXES = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
  FROM pg_index i WHERE i.indrelid = ANY(%s::regclass[]) AND NOT i.indisunique ORDER BY 1
"""
_STATES = {"O": "ENABLE", "A": "ENABLE ALWAYS", "R": "ENABLE REPLICA", "D": "DISABLE"}


def copy(cursor: Any, table: str, columns: str, rows: Iterable[tuple]) -> int:
    """Write rows of one table. Returns how many."""
    rows, written = iter(rows), 0
    while chunk := list(islice(rows, CHUNK)):
        text = "".join("\t".join(map(_cell, row)) + "\n" for row in chunk)
        cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", io.StringIO(text))
        written += len(chunk)
    return written


def _cell(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, bytes):
        return f"\\\\x{value.hex()}"
    if isinstance(value, list | tuple):
        return "{" + ",".join(map(str, value)) + "}"
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False).translate(_ESCAPES)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value).translate(_ESCAPES)


@contextmanager
def without_triggers(cursor: Any, tables: list[str]) -> Iterator[None]:
    """Let rows in as they are; afterwards every trigger is as it was. For the owner, in a transaction."""
    cursor.execute(_TRIGGERS, [tables])
    triggers = cursor.fetchall()
    for table, name, _state in triggers:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
    yield  # after an error the transaction gives them back
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table, name, state in triggers:
        cursor.execute(f"ALTER TABLE {table} {_STATES[state]} TRIGGER {name}")


@contextmanager
def without_indexes(cursor: Any, tables: list[str]) -> Iterator[None]:
    """Load without the indexes that are not unique, and make them again: many times faster for a million rows."""
    cursor.execute(_INDEXES, [tables])
    indexes = cursor.fetchall()
    for name, _definition in indexes:
        cursor.execute(f"DROP INDEX {name}")
    yield
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # every foreign key is checked
    for _name, definition in indexes:
        cursor.execute(definition)


def follow_ids(cursor: Any, tables: list[str]) -> None:
    """Let the numbers of new rows go on behind those that were loaded."""
    for table in tables:
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT COALESCE(max(id), 0) + 1 FROM {table}),"
            " false)"
        )
