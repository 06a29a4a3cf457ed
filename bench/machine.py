"""What the figures were taken on."""

import os
import platform
import sys
from pathlib import Path
from typing import Any

import django
import psycopg2
from django.db import connection

_SETTINGS = ("server_version", "fsync", "synchronous_commit", "full_page_writes", "shared_buffers", "work_mem")


def facts() -> dict[str, Any]:
    """Processor, memory, versions and the settings of the server that matter."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, current_setting(name) FROM unnest(%s::text[]) AS name", [list(_SETTINGS)])
        server = dict(cursor.fetchall())
        cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
        server["database"] = cursor.fetchone()[0]
    return {
        "cores": len(os.sched_getaffinity(0)),
        "processor": _line("/proc/cpuinfo", "model name"),
        "memory": _line("/proc/meminfo", "MemTotal"),
        "system": platform.system(),
        "python": sys.version.split()[0],
        "django": django.get_version(),
        "psycopg2": psycopg2.__version__.split()[0],
        "postgresql": server,
        "load": os.getloadavg()[0],
    }


def _line(path: str, name: str) -> str:
    lines = Path(path).read_text().splitlines() if Path(path).exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")
